"""Rounds add up: each is the stratified test of its own people, and so is any number of them together."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eia.errors import EiaError
from eia.stats.exact.selection_rounds import SelectionRounds, selection_rounds
from eia.stats.exact.stratified_test import stratified_test

NAMES = ("group_selected", "group_total", "selected", "total")
Tables = tuple[tuple[int, int, int, int], ...]
Cells = st.tuples(*[st.integers(0, 6)] * 4)


def run(tables: Any, level: float = 0.95) -> SelectionRounds:
    """Tables [group selected, group not, others selected, others not], (rounds, pools, 4)."""
    a, b, c, d = np.moveaxis(np.asarray(tables, dtype=np.int64), -1, 0)
    return selection_rounds(group_selected=a, group_total=a + b, selected=a + c, total=a + b + c + d, level=level)


def one(tables: Any, level: float = 0.95) -> Any:
    a, b, c, d = np.asarray(tables, dtype=np.int64).reshape(-1, 4).T
    return stratified_test(group_selected=a, group_total=a + b, selected=a + c, total=a + b + c + d, level=level)


@given(st.lists(st.tuples(Cells, Cells, Cells), min_size=1, max_size=4), st.sampled_from([0.9, 0.95]))
@settings(max_examples=25, deadline=None)
def test_each_round_and_all_so_far_are_stratified_tests_of_their_own_pools(tables, level):
    result = run(tables, level)
    # By their printed form, in which nan equals nan.
    assert [repr(test) for test in result.rounds] == [repr(one(table, level)) for table in tables]
    assert [repr(test) for test in result.so_far] == [repr(one(tables[: r + 1], level)) for r in range(len(tables))]
    assert repr(result.combined) == repr(result.so_far[-1])
    assert result.level == level


@given(st.lists(st.tuples(Cells, Cells), min_size=1, max_size=4))
@settings(max_examples=25, deadline=None)
def test_people_above_expectation_add_up_over_rounds(tables):
    result = run(tables)
    assert sum(test.excess for test in result.rounds) == pytest.approx(result.combined.excess, abs=1e-9)


def test_rounds_too_small_to_show_it_show_it_together():
    result = run([[(4, 8, 2, 16)], [(3, 5, 2, 14)], [(3, 2, 2, 12)]])
    assert min(test.midp for test in result.rounds) > 0.05
    assert result.combined.midp < 0.05
    assert (result.looks, result.same_direction_rounds) == (3, 3)


def test_a_round_the_other_way_is_not_in_the_same_direction():
    result = run([[(6, 2, 1, 7)], [(0, 4, 3, 3)], [(5, 1, 1, 5)]])
    assert result.directions == (1, -1, 1)
    assert result.same_direction_rounds == 2


def test_a_round_that_can_say_nothing_has_no_direction_and_is_no_look():
    result = run([[(3, 1, 1, 3)], [(0, 4, 0, 4)], [(2, 0, 5, 0)]])
    assert (result.looks, result.directions, result.same_direction_rounds) == (1, (1, 0, 0), 1)


def test_an_excess_of_nothing_but_rounding_has_no_direction():
    result = run([[(1, 2, 2, 4)] * 3, [(3, 6, 1, 2)] * 3])
    assert result.directions == (0, 0)
    assert result.same_direction_rounds == 0


def test_no_rounds_show_nothing():
    result = selection_rounds(**{name: np.empty((0, 4), dtype=int) for name in NAMES})
    assert (result.rounds, result.so_far, result.looks, result.directions) == ((), (), 0, ())
    assert math.isnan(result.combined.odds_ratio.estimate)


def courses(group: int, people: int, to_go: tuple[int, ...]) -> list[tuple[Tables, float]]:
    """Every course that even-handed rounds in one pool can take, with its probability."""
    if not to_go:
        return [((), 1.0)]
    m, others = to_go[0], people - group
    return [
        (((x, group - x, m - x, others - m + x), *rest), chance * math.comb(group, x) * math.comb(others, m - x))
        for x in range(max(0, m - others), min(group, m) + 1)
        for rest, chance in [
            (rest, chance / math.comb(people, m)) for rest, chance in courses(group - x, people - m, to_go[1:])
        ]
    ]


def test_even_handed_rounds_raise_few_false_alarms_on_average_though_who_is_left_depends_on_who_went():
    alarms = [
        sum(chance for course, chance in courses(group, people, to_go) if one(course).midp <= 0.05)
        for people in range(6, 13, 2)
        for group in range(1, people // 2 + 1)
        for to_go in [(1, 1), (1, 2), (2, 2), (1, 1, 1)]
    ]
    assert np.mean(alarms) == pytest.approx(0.015, abs=5e-4)
    assert max(alarms) == pytest.approx(0.1)  # a pool of six, three of the group, one to go and then two


def test_faults_are_those_of_counts():
    with pytest.raises(EiaError):
        selection_rounds(group_selected=[1], group_total=[2], selected=[1], total=[4])
    with pytest.raises(EiaError):
        selection_rounds(group_selected=[[3]], group_total=[[2]], selected=[[1]], total=[[4]])
