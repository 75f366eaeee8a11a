"""The split of ranges: against the split of every table that fits, and by its rules."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eia.errors import EiaError
from eia.stats.bounds.ranges import Range
from eia.stats.bounds.split_bounds import SplitBounds, above_even_share, split_bounds
from eia.stats.effect_sizes.split import split
from eia.stats.results import Split

Cells = tuple[int, int, int, int]  # the group selected and retained, the others selected and retained
Limits = list[tuple[int, int]]  # of each of the four cells, from the least to the most
NAMES = ("group_selected", "pool_group", "selected", "pool_people")
SLACK = 1e-9


def counts(cells: Cells) -> tuple[int, int, int, int]:
    a, b, c, d = cells
    return a, a + b, a + c, a + b + c + d


def plain(pools: list[Cells], rest: tuple[int, int]) -> Split:
    of_pools = dict(zip(NAMES, np.array([counts(cells) for cells in pools]).T, strict=True))
    group, others = rest
    in_pools = of_pools["pool_group"].sum(), of_pools["pool_people"].sum()
    return split(group_people=in_pools[0] + group, people=in_pools[1] + group + others, **of_pools)


def bounded(pools: list[Limits], rest: Limits, *, cells_known: bool = True) -> SplitBounds:
    """Bounds from the ends of the cells: those of each count are those of its cells added up."""
    ends = [np.array([counts(tuple(cell[end] for cell in pool)) for pool in pools]).T for end in (0, 1)]
    of_pools = {name: (ends[0][place], ends[1][place]) for place, name in enumerate(NAMES)}
    outside = [[side[end] for side in rest] for end in (0, 1)]
    cells = np.array(pools).transpose(2, 1, 0)
    beside = np.stack([cells[:, 1], cells[:, 2], cells[:, 3], cells[:, 2] + cells[:, 3]], axis=1)
    return split_bounds(
        group_people=[ends[end][1].sum() + outside[end][0] for end in (0, 1)],
        people=[ends[end][3].sum() + sum(outside[end]) for end in (0, 1)],
        beside=beside if cells_known else None,
        rest=outside if cells_known else None,
        **of_pools,
    )


def every_table(pools: list[Limits], rest: Limits) -> list[tuple[list[Cells], tuple[int, int]]]:
    spans = [range(low, high + 1) for limits in (*pools, rest) for low, high in limits]
    return [
        ([tuple(cells[at : at + 4]) for at in range(0, 4 * len(pools), 4)], cells[-2:])
        for cells in itertools.product(*spans)
    ]


@st.composite
def proposals(draw: st.DrawFn, unsure: int = 3) -> tuple[list[Limits], Limits]:
    """Pools and a rest of the workforce, a few cells of which are ranges."""
    pools = draw(st.integers(1, 3))
    cells = [draw(st.integers(0, 6)) for _ in range(4 * pools + 2)]
    wide = draw(st.dictionaries(st.integers(0, len(cells) - 1), st.integers(1, 3), max_size=unsure))
    limits = [(cell, cell + wide.get(place, 0)) for place, cell in enumerate(cells)]
    return [limits[at : at + 4] for at in range(0, 4 * pools, 4)], limits[-2:]


def assert_inside(bounds: Range | None, value: float | None) -> None:
    if bounds is None or value is None:
        assert bounds is None
        assert value is None
    else:
        assert bounds.low - SLACK <= value <= bounds.high + SLACK


@settings(deadline=None, max_examples=150)
@given(proposals(), st.booleans())
def test_no_table_that_fits_lies_outside(proposal: tuple[list[Limits], Limits], cells_known: bool) -> None:
    found = bounded(*proposal, cells_known=cells_known)
    for pools, rest in every_table(*proposal):
        true = plain(pools, rest)
        for part in ("scope", "spread", "selection", "overall", "overall_before_selection"):
            assert_inside(getattr(found, part), getattr(true, part))


@settings(deadline=None, max_examples=80)
@given(proposals(unsure=0))
def test_counts_that_are_known_give_the_split_itself(proposal: tuple[list[Limits], Limits]) -> None:
    found, ((pools, rest),) = bounded(*proposal), every_table(*proposal)
    true = plain(pools, rest)
    for part in ("scope", "spread", "selection", "overall", "overall_before_selection"):
        ends = getattr(found, part)
        assert (ends.low, ends.high) == pytest.approx((getattr(true, part),) * 2, abs=SLACK)


@settings(deadline=None, max_examples=80)
@given(st.lists(st.tuples(*[st.integers(0, 9)] * 4), min_size=2, max_size=3), st.integers(1, 4), st.booleans())
def test_spread_is_reached_where_the_group_alone_is_unsure_or_those_selected_alone(
    tables: list[Cells], wide: int, who_is_unsure: bool
) -> None:
    of_pools = np.array([counts(cells) for cells in tables])
    _, g, m, n = of_pools.T
    unsure, whole = (g, n) if who_is_unsure else (m, n)
    most = np.minimum(unsure + wide, whole)
    ranges = {"pool_group": (g, g), "selected": (m, m)} | {
        "pool_group" if who_is_unsure else "selected": (unsure, most)
    }
    found = split_bounds(group_people=(int(g.sum()), 120), people=(120, 120), pool_people=(n, n), **ranges).spread
    spreads = []
    for value in itertools.product(*(range(low, high + 1) for low, high in zip(unsure, most, strict=True))):
        group, gone = (np.array(value), m) if who_is_unsure else (g, np.array(value))
        spreads.append(split(group_people=50, people=120, pool_group=group, pool_people=n, selected=gone).spread)
    assert (found.low, found.high) == pytest.approx((min(spreads), max(spreads)), abs=SLACK)


@settings(deadline=None, max_examples=80)
@given(proposals())
def test_the_whole_and_selection_are_reached_where_every_cell_has_its_own_range(
    proposal: tuple[list[Limits], Limits],
) -> None:
    found = bounded(*proposal)
    every = [plain(pools, rest) for pools, rest in every_table(*proposal)]
    for part in ("overall", "selection"):
        values, ends = [getattr(true, part) for true in every], getattr(found, part)
        assert (ends.low, ends.high) == pytest.approx((min(values), max(values)), abs=SLACK)


@settings(deadline=None, max_examples=60)
@given(proposals())
def test_cells_that_are_known_never_widen(proposal: tuple[list[Limits], Limits]) -> None:
    narrow, wide = bounded(*proposal), bounded(*proposal, cells_known=False)
    for part in ("scope", "spread", "selection", "overall"):
        assert getattr(narrow, part).low >= getattr(wide, part).low - SLACK
        assert getattr(narrow, part).high <= getattr(wide, part).high + SLACK


def test_a_total_of_those_selected_makes_the_whole_narrower_than_its_pools() -> None:
    counted = {"pool_group": ([20, 20], [20, 20]), "pool_people": ([40, 40], [40, 40]), "selected": ([5, 5], [5, 5])}
    hidden = ([0, 0], [4, 4])
    together = ([6, 40, 10, 80], [6, 40, 10, 80])
    wide = split_bounds(group_people=(50, 50), people=(100, 100), group_selected=hidden, **counted)
    known = split_bounds(group_people=(50, 50), people=(100, 100), group_selected=hidden, together=together, **counted)
    assert wide.overall == Range(low=-5.0, high=3.0)
    assert known.overall == Range(low=1.0, high=1.0)


# ---- degenerate cases ---------------------------------------------------------------------------------------------


def test_before_anybody_is_chosen_numbers_to_go_may_be_fractions() -> None:
    found = split_bounds(
        group_people=(30, 30), people=(100, 100), pool_group=([8, 2], [8, 2]), pool_people=([10, 10], [10, 10]),
        selected=([1.5, 0.5], [2.5, 0.5]),
    )  # fmt: skip
    assert (found.selection, found.overall) == (None, None)
    assert (found.spread.low, found.spread.high) == pytest.approx((0.3, 0.6))
    assert (found.scope.low, found.scope.high) == pytest.approx((0.4, 0.6))


def test_nobody_in_any_pool() -> None:
    found = bounded([[(0, 0)] * 4], [(5, 7), (5, 5)])
    assert {found.scope, found.spread, found.selection, found.overall} == {Range(low=0.0, high=0.0)}


def test_everybody_of_the_group() -> None:
    ends = ([2, 0], [4, 2])
    found = split_bounds(
        group_people=(20, 20), people=(20, 20), pool_group=([7, 5], [7, 5]), pool_people=([7, 5], [7, 5]), selected=ends, group_selected=ends
    )  # fmt: skip
    assert {found.scope, found.selection, found.overall} == {Range(low=0.0, high=0.0)}
    assert (found.spread.low, found.spread.high) == pytest.approx((0.0, 0.0))


def test_pools_that_may_be_empty_are_bounded() -> None:
    found = bounded([[(0, 2), (0, 2), (0, 2), (0, 2)], [(1, 1), (1, 1), (1, 1), (1, 1)]], [(0, 0), (0, 0)])
    assert all(map(math.isfinite, (found.spread.low, found.spread.high)))


def test_a_share_of_the_workforce_serves_where_its_number_is_not_known() -> None:
    pools = {"pool_group": ([30], [30]), "pool_people": ([40], [45]), "selected": ([10], [10])}
    by_share = split_bounds(group_people=0, people=0, share=0.5, group_selected=([6], [8]), **pools)
    assert by_share.overall == Range(low=1.0, high=3.0)
    assert (by_share.scope.low, by_share.scope.high) == pytest.approx((10 / 45 * 7.5, 10 / 40 * 10))


def test_a_part_is_bounded_by_the_people_of_the_whole() -> None:
    assert above_even_share(group_part=(0, 9), part=(9, 9), group=(3, 3), whole=(30, 30)).high == pytest.approx(2.1)


def test_ranges_that_no_table_fits_are_refused() -> None:
    with pytest.raises(EiaError) as caught:
        above_even_share(group_part=(5, 6), part=(3, 4), group=(9, 9), whole=(30, 30))
    assert caught.value.faults[0].code == "no-table-fits"
