"""What the not known could change: against every answer they could give, and by its rules."""

from __future__ import annotations

import itertools
import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eia.errors import EiaError
from eia.stats.exact.stratified_test import stratified_test
from eia.stats.results import StratifiedTest
from eia.stats.sensitivity.missing_answer_bounds import (
    MissingAnswerBounds,
    TippingPoint,
    missing_answer_bounds,
    tipping_point,
)

Pool = tuple[int, int, int, int, int, int]
"""Cells of the known (a, b, c, d), then the selected and the retained whose answer is not known."""
SLACK = 1e-9


def arguments(pools: list[Pool]) -> dict[str, np.ndarray]:
    a, b, c, d, chosen, kept = np.array(pools, dtype=np.int64).reshape(-1, 6).T
    known = {"group_selected": a, "group_total": a + b, "selected": a + c, "total": a + b + c + d}
    return known | {"unknown_selected": chosen, "unknown_retained": kept}


def bounds(pools: list[Pool]) -> MissingAnswerBounds:
    return missing_answer_bounds(**arguments(pools))


def tipping(pools: list[Pool], alpha: float = 0.05, sign: int = 1) -> TippingPoint | None:
    return tipping_point(**arguments(pools), holds=lambda midp, excess: midp <= alpha and sign * excess > 0)


def answered(pools: list[Pool], of_chosen: tuple[int, ...], of_kept: tuple[int, ...]) -> StratifiedTest:
    """The test had so many of the not known been of the group."""
    a, b, c, d, chosen, kept = np.array(pools).T
    i, j = np.array(of_chosen), np.array(of_kept)
    return stratified_test(
        group_selected=a + i, group_total=a + b + i + j, selected=a + c + chosen, total=a + b + c + d + chosen + kept
    )


cells, few = st.integers(0, 5), st.integers(0, 3)
pools = st.lists(st.tuples(cells, cells, cells, cells, few, few), min_size=1, max_size=2)
larger = st.integers(0, 12)
larger_pools = st.lists(st.tuples(larger, larger, larger, larger, larger, larger), min_size=1, max_size=4)


# ---- best and worst case ------------------------------------------------------------------------------------------


@settings(deadline=None, derandomize=True, max_examples=20)
@given(pools)
def test_whatever_the_not_known_answer_lies_between_the_ends(people: list[Pool]) -> None:
    ends = bounds(people)
    least, most = ends.least, ends.most
    answers = [itertools.product(*(range(pool[place] + 1) for pool in people)) for place in (4, 5)]
    for of_chosen, of_kept in itertools.product(*answers):
        test = answered(people, of_chosen, of_kept)
        assert least.excess - SLACK <= test.excess <= most.excess + SLACK
        assert most.pvalue_greater * (1 - SLACK) <= test.pvalue_greater <= least.pvalue_greater * (1 + SLACK)
        assert least.pvalue_less * (1 - SLACK) <= test.pvalue_less <= most.pvalue_less * (1 + SLACK)
        odds = [least.odds_ratio, test.odds_ratio.estimate, most.odds_ratio]
        assert any(map(math.isnan, odds)) or odds[0] * (1 - SLACK) <= odds[1] <= odds[2] * (1 + SLACK)


@settings(deadline=None, derandomize=True, max_examples=20)
@given(pools)
def test_ends_are_answers_the_not_known_could_give(people: list[Pool]) -> None:
    chosen, kept = (tuple(pool[place] for pool in people) for place in (4, 5))
    none = (0,) * len(people)
    ends = bounds(people)
    for end, truth in ((ends.least, answered(people, none, kept)), (ends.most, answered(people, chosen, none))):
        assert (end.observed, end.expected, end.excess) == (truth.observed, truth.expected, truth.excess)
        ours = (end.midp, end.pvalue_greater, end.pvalue_less, end.odds_ratio)
        theirs = (truth.midp, truth.pvalue_greater, truth.pvalue_less, truth.odds_ratio.estimate)
        assert ours == pytest.approx(theirs, rel=1e-12, nan_ok=True)


def test_all_known_leaves_nothing_open() -> None:
    ends, known = bounds([(5, 3, 9, 16, 0, 0)]), answered([(5, 3, 9, 16, 0, 0)], (0,), (0,))
    assert ends.least == ends.most
    assert (ends.least.excess, ends.least.midp) == pytest.approx((known.excess, known.midp), rel=1e-12)
    assert (ends.unknown_selected, ends.unknown_retained) == (0, 0)


def test_nobody_known_leaves_everything_open() -> None:
    ends = bounds([(0, 0, 0, 0, 3, 4)])
    assert (ends.least.odds_ratio, ends.most.odds_ratio) == (0.0, math.inf)


def test_no_pools_have_nothing_to_bound() -> None:
    most = bounds([]).most
    assert (most.midp, most.excess) == (1.0, 0.0)
    assert math.isnan(most.odds_ratio)


# ---- tipping share ------------------------------------------------------------------------------------------------


def by_trying(people: list[Pool], alpha: float) -> tuple[int, bool] | None:
    """Raise the share through every value at which anyone joins, in whole fractions; the first that changes the answer."""
    half = Fraction(1, 2)
    kept = tuple(
        math.floor(Fraction(u * (a + b), a + b + c + d) + half) if a + b + c + d else 0 for a, b, c, d, _, u in people
    )
    shares = sorted({(i + half) / pool[4] for pool in people for i in range(pool[4])})
    first = None
    for share in [Fraction(-1), *shares]:
        joined = tuple(max(0, math.floor(share * pool[4] + half)) for pool in people)
        test = answered(people, joined, kept)
        holds = test.midp <= alpha and test.excess > 0
        if first is None:
            first = holds
        elif holds != first:
            return sum(joined), holds
    return None


@settings(deadline=None, derandomize=True, max_examples=40)
@given(larger_pools, st.sampled_from([0.05, 0.3]))
def test_tipping_is_the_first_share_that_changes_the_answer(people: list[Pool], alpha: float) -> None:
    found, truth = tipping(people, alpha), by_trying(people, alpha)
    assert (found and (found.people, found.holds)) == truth
    if found:
        assert found.of == sum(pool[4] for pool in people)
        assert found.share == found.people / found.of


def test_a_finding_against_the_group_appears_as_the_share_rises() -> None:
    found = tipping([(10, 40, 10, 90, 10, 30)])
    assert found is not None
    assert found.holds
    assert 0 < found.people <= found.of == 10


def test_a_finding_for_the_group_vanishes_as_the_share_rises() -> None:
    found = tipping([(2, 48, 18, 82, 20, 0)], sign=-1)
    assert found is not None
    assert not found.holds


def test_no_share_changes_what_is_plain() -> None:
    assert tipping([(40, 10, 0, 50, 1, 1)]) is None


def test_nobody_selected_of_unknown_answer_decides_nothing() -> None:
    assert tipping([(10, 40, 10, 90, 0, 30)]) is None
    assert tipping([]) is None


# ---- faults -------------------------------------------------------------------------------------------------------


def test_unknown_counts_of_another_shape_are_refused() -> None:
    known = arguments([(5, 3, 9, 16, 0, 0)])
    with pytest.raises(EiaError, match="unknown_retained has shape"):
        missing_answer_bounds(**known | {"unknown_retained": [1, 2]})


def test_negative_unknown_counts_are_refused() -> None:
    known = arguments([(5, 3, 9, 16, 0, 0)])
    with pytest.raises(EiaError, match="unknown_selected holds negative"):
        missing_answer_bounds(**known | {"unknown_selected": [-1]})
