"""Counts and levels are checked once, and every fault is named."""

from __future__ import annotations

import numpy as np
import pytest

from eia.errors import EiaError
from eia.stats.checks import counts, error_rate, strata


def test_whole_floats_are_counts() -> None:
    assert counts({"selected": np.array([1.0, 2.0])})["selected"].dtype == np.int64


def test_unsigned_and_small_integers_do_not_wrap_round() -> None:
    small = np.array([200], dtype=np.uint8)
    assert strata(group_selected=small, group_total=small, selected=small, total=small)[3][0] == 200


def test_all_faults_travel_in_one_error() -> None:
    with pytest.raises(EiaError) as caught:
        counts({"selected": [-1], "total": [1.5]})
    assert [fault.code for fault in caught.value.faults] == ["not-counts", "not-counts"]


@pytest.mark.parametrize(
    "wrong", [[-1], [0.5], [float("nan")], [float("inf")], ["a"], [None], [[1]], 3, [2**60], [True]]
)
def test_what_is_not_a_list_of_counts_is_refused(wrong: object) -> None:
    with pytest.raises(EiaError, match="selected"):
        counts({"selected": wrong})


def test_part_may_not_exceed_its_whole_and_the_place_is_named() -> None:
    with pytest.raises(EiaError, match="selected is larger than total in 2 of 3 entries, first in entry 1"):
        counts({"selected": [1, 4, 5], "total": [3, 3, 3]}, at_most=[("selected", "total")])


def test_more_selected_outside_the_group_than_people_there_is_refused() -> None:
    with pytest.raises(EiaError, match="outside the group"):
        strata(group_selected=[0], group_total=[3], selected=[2], total=[4])


@pytest.mark.parametrize("level", [0.0, 1.0, -0.5, 95.0, float("nan")])
def test_level_outside_zero_and_one_is_refused(level: float) -> None:
    with pytest.raises(EiaError, match="between 0 and 1"):
        error_rate(level)


@pytest.mark.parametrize(("level", "alpha"), [(0.95, 0.05), (0.9, 0.1), (0.99, 0.01), (0.8, 0.2)])
def test_error_rate_of_a_decimal_level_is_that_decimal(level: float, alpha: float) -> None:
    assert error_rate(level) == alpha
