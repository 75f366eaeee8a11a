"""How firm a finding is: against exchanges made one at a time, and by its rules."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eia.errors import EiaError
from eia.stats.exact.stratified_test import stratified_test
from eia.stats.sensitivity.fragility import Fragility, fragility

Table = tuple[int, int, int, int]


def held(tables: list[Table], alpha: float = 0.05) -> Fragility:
    a, b, c, d = np.array(tables, dtype=np.int64).reshape(-1, 4).T
    return fragility(group_selected=a, group_total=a + b, selected=a + c, total=a + b + c + d, alpha=alpha)


def exchanged(table: Table, more: int) -> Table:
    a, b, c, d = table
    return a + more, b - more, c - more, d + more


cells = st.integers(0, 5)
pools = st.lists(st.tuples(cells, cells, cells, cells), min_size=1, max_size=3)


def found(tables: list[Table], alpha: float) -> bool:
    a, b, c, d = np.array(tables).T
    test = stratified_test(group_selected=a, group_total=a + b, selected=a + c, total=a + b + c + d)
    return test.midp <= alpha


def exchanges_by_trying(tables: list[Table], alpha: float) -> int | None:
    """Make exchanges one after another, every way there is, until the answer is another."""
    answer, seen, now = found(tables, alpha), {tuple(tables)}, [tuple(tables)]
    for made in itertools.count(1):
        following = set()
        for state in now:
            for pool, more in itertools.product(range(len(state)), (1, -1)):
                table = exchanged(state[pool], more)
                if min(table) >= 0:
                    following.add((*state[:pool], table, *state[pool + 1 :]))
        now = list(following - seen)
        if not now:
            return None
        if any(found(list(state), alpha) != answer for state in now):
            return made
        seen |= following
    return None


@settings(deadline=None, derandomize=True, max_examples=25)
@given(pools.filter(lambda tables: math.prod(min(a + b, a + c) + 1 for a, b, c, _ in tables) <= 120))
def test_exchanges_are_the_fewest_that_any_way_of_making_them_needs(tables: list[Table]) -> None:
    result = held(tables)
    assert result.found == found(tables, 0.05)
    assert result.exchanges == exchanges_by_trying(tables, 0.05)


@settings(deadline=None, derandomize=True, max_examples=60)
@given(pools, st.sampled_from([0.01, 0.05, 0.2, 0.4]))
def test_swapping_group_and_comparator_turns_the_direction(tables: list[Table], alpha: float) -> None:
    one, other = held(tables, alpha), held([(c, d, a, b) for a, b, c, d in tables], alpha)
    assert (one.found, one.exchanges) == (other.found, other.exchanges)
    if one.found:
        assert one.direction == -other.direction


@settings(deadline=None, derandomize=True, max_examples=60)
@given(pools, st.sampled_from([0.01, 0.05, 0.2, 0.4]))
def test_a_finding_can_always_vanish(tables: list[Table], alpha: float) -> None:
    result = held(tables, alpha)
    assert not result.found or result.exchanges is not None
    assert (result.exchanges is None) == (result.direction == 0)


def test_a_finding_against_the_group_vanishes_as_fewer_of_it_go() -> None:
    result = held([(9, 1, 1, 9)])
    assert (result.found, result.direction) == (True, -1)
    assert found([exchanged((9, 1, 1, 9), -result.exchanges)], 0.05) is False
    assert found([exchanged((9, 1, 1, 9), 1 - result.exchanges)], 0.05) is True


def test_a_finding_for_the_group_vanishes_as_more_of_it_go() -> None:
    assert held([(1, 9, 9, 1)]).direction == 1


def test_both_crossings_as_near_give_the_upper_one() -> None:
    assert held([(5, 5, 5, 5)]).direction == 1


def test_a_pool_too_small_can_show_nothing() -> None:
    result = held([(1, 1, 1, 1)])
    assert (result.found, result.exchanges, result.direction) == (False, None, 0)
    assert (result.critical_low, result.critical_high) == (None, None)


@pytest.mark.parametrize("tables", [[], [(0, 0, 0, 0)], [(3, 0, 4, 0)], [(0, 3, 0, 4)], [(0, 0, 2, 3)]], ids=str)
def test_no_informative_pool_has_no_exchange_to_make(tables: list[Table]) -> None:
    result = held(tables)
    assert (result.found, result.exchanges, result.observed) == (False, None, 0)


def test_midp_that_ties_with_alpha_is_found() -> None:
    assert held([(3, 0, 0, 3)]).found


def test_alpha_out_of_range_is_refused() -> None:
    with pytest.raises(EiaError, match="between 0 and"):
        held([(3, 0, 0, 3)], alpha=0.5)
