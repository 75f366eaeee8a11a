"""Every cell's range is what trying all tables gives, and what cannot all be right is named with nothing to spare."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eia.intake.counts.integer_bounds import KnownSum, contradiction, integer_bounds

MOST = 5


@st.composite
def systems(draw: st.DrawFn) -> tuple[list[KnownSum], int]:
    """Sums of up to three cells from 0 to 5, most of them true of one table."""
    cells = draw(st.integers(1, 3))
    true = draw(st.lists(st.integers(0, MOST), min_size=cells, max_size=cells))
    sums = [KnownSum((cell,), (1,), 0, MOST) for cell in range(cells)]
    for _ in range(draw(st.integers(1, 4))):
        chosen = tuple(sorted(draw(st.sets(st.integers(0, cells - 1), min_size=1))))
        weights = tuple(draw(st.sampled_from([1, 1, 2, -1, -3])) for _ in chosen)
        value = sum(weight * true[cell] for cell, weight in zip(chosen, weights, strict=True))
        value += draw(st.sampled_from([0, 0, 0, 2]))
        below, above = draw(st.sampled_from([0, 1, math.inf])), draw(st.sampled_from([0, 1, math.inf]))
        sums.append(KnownSum(chosen, weights, value - below, value + above))
    return sums, cells


def tables(sums: list[KnownSum], cells: int, most: int = MOST) -> Iterator[tuple[int, ...]]:
    """Every table that agrees with the sums."""
    for table in product(range(most + 1), repeat=cells):
        totals = [sum(w * table[c] for c, w in zip(one.cells, one.weights, strict=True)) for one in sums]
        if all(one.low <= total <= one.high for one, total in zip(sums, totals, strict=True)):
            yield table


@settings(deadline=None, max_examples=80)
@given(systems())
def test_ranges_are_what_trying_every_table_gives(system: tuple[list[KnownSum], int]) -> None:
    sums, cells = system
    found = list(tables(sums, cells))
    bounds = integer_bounds(sums, cells)
    if found:
        columns = list(zip(*found, strict=True))
        assert bounds == ([min(column) for column in columns], [max(column) for column in columns])
        assert contradiction(sums, cells) == ()
    else:
        assert bounds is None


@settings(deadline=None, max_examples=60)
@given(systems())
def test_of_what_cannot_all_be_right_nothing_can_be_left_out(system: tuple[list[KnownSum], int]) -> None:
    sums, cells = system
    wrong = contradiction(sums, cells)
    if wrong:
        assert not any(tables([sums[place] for place in wrong], cells, most=MOST * 4))
        for spare in wrong:
            fewer = [sums[place] for place in wrong if place != spare]
            assert integer_bounds(fewer, cells) is not None


def test_a_cell_that_nothing_limits_has_no_upper_end() -> None:
    assert integer_bounds([KnownSum((0,), (1,), 2, math.inf)], 2) == ([2, 0], [math.inf, math.inf])


def test_ends_found_by_sums_together_are_found() -> None:
    a_b, b_c, a_c = KnownSum((0, 1), (1, 1), 3, 3), KnownSum((1, 2), (1, 1), 3, 3), KnownSum((0, 2), (1, 1), 4, 4)
    assert integer_bounds([a_b, b_c, a_c], 3) == ([2, 1, 2], [2, 1, 2])


def test_sums_that_only_fractions_could_meet_are_refused() -> None:
    odd = [KnownSum((0, 1), (1, 1), 3, 3), KnownSum((1, 2), (1, 1), 3, 3), KnownSum((0, 2), (1, 1), 3, 3)]
    assert integer_bounds(odd, 3) is None
    assert contradiction(odd, 3) == (0, 1, 2)


@pytest.mark.parametrize("size", [40_000, 900_000_000])
def test_large_counts_are_exact(size: int) -> None:
    sums = [KnownSum((0, 1), (1, 1), size + 7, size + 7), KnownSum((0,), (1,), 0, 4), KnownSum((0, 2), (1, 1), 5, 5)]
    assert integer_bounds(sums, 3) == ([0, size + 3, 1], [4, size + 7, 5])
