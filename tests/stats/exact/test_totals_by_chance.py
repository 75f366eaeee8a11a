"""The law of a total is the one that the exact test uses: its mean, its tails, and its sum over pools by hand."""

from __future__ import annotations

import numpy as np
import pytest

from eia.errors import EiaError
from eia.stats.exact.stratified_test import stratified_test
from eia.stats.exact.totals_by_chance import totals_by_chance

POOLS = {"group_selected": [4, 2, 0], "group_total": [6, 5, 3], "selected": [7, 3, 4], "total": [15, 12, 9]}


def test_two_pools_add_up_as_by_hand() -> None:
    law = totals_by_chance(group_selected=[1, 1], group_total=[1, 1], selected=[1, 1], total=[2, 4])
    assert law.totals == (0, 1, 2)
    assert law.probabilities == pytest.approx((3 / 8, 4 / 8, 1 / 8))


def test_it_is_the_law_of_the_exact_test() -> None:
    law, test = totals_by_chance(**POOLS), stratified_test(**POOLS)
    totals, mass = np.array(law.totals), np.array(law.probabilities)
    assert mass.sum() == pytest.approx(1)
    assert totals @ mass == pytest.approx(test.expected)
    assert mass[totals >= test.observed].sum() == pytest.approx(test.pvalue_greater)


def test_pools_that_tell_nothing_change_nothing() -> None:
    with_others = {name: [*numbers, *more] for (name, numbers), more in zip(POOLS.items(), ([0, 2], [4, 2], [0, 5], [9, 5]), strict=True)}  # fmt: skip
    assert totals_by_chance(**with_others).totals == totals_by_chance(**POOLS).totals


def test_counts_that_cannot_be_are_refused() -> None:
    with pytest.raises(EiaError):
        totals_by_chance(group_selected=[3], group_total=[2], selected=[4], total=[9])
