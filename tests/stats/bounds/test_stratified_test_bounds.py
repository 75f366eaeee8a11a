"""The exact test on ranges: against every table that fits, against the plain test, and by its rules."""

from __future__ import annotations

import dataclasses
import itertools
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from eia.errors import EiaError
from eia.stats.bounds.stratified_test_bounds import StratifiedTestBounds, stratified_test_bounds
from eia.stats.exact.stratified_test import stratified_test
from eia.stats.results import StratifiedTest

Table = tuple[int, int, int, int]
Bounds = tuple[Table, Table]
NAMES = ("group_selected", "group_total", "selected", "total")
SLACK = 1e-9


def run(pools: list[Bounds], level: float = 0.95) -> StratifiedTestBounds:
    """Pools as the smallest and largest (group selected, group total, selected, total)."""
    ends = np.array(pools, dtype=np.int64).reshape(-1, 2, 4).transpose(2, 1, 0)
    return stratified_test_bounds(**dict(zip(NAMES, ends, strict=True)), level=level)


def plain(tables: list[Table], level: float = 0.95) -> StratifiedTest:
    return stratified_test(**dict(zip(NAMES, np.reshape(tables, (-1, 4)).T, strict=True)), level=level)


def fitting(pool: Bounds) -> list[Table]:
    counts = itertools.product(*(range(low, high + 1) for low, high in zip(*pool, strict=True)))
    return [(x, g, m, n) for x, g, m, n in counts if x <= min(g, m) and g - x <= n - m]


@st.composite
def ranged_pool(draw: st.DrawFn, unsure: int = 4, wide: int = 3) -> Bounds:
    """A table, and ranges about so many of its counts at most: some table fits."""
    a, b, c, d = (draw(st.integers(0, 6)) for _ in range(4))
    table = (a, a + b, a + c, a + b + c + d)
    ranged = draw(st.sets(st.integers(0, 3), max_size=unsure))
    low, high = list(table), list(table)
    for count in ranged:
        low[count] = max(0, low[count] - draw(st.integers(0, wide)))
        high[count] += draw(st.integers(0, wide))
    return tuple(low), tuple(high)


def assert_outer(pools: list[Bounds]) -> None:
    ranged = run(pools)
    for tables in itertools.product(*(fitting(pool) for pool in pools)):
        test = plain(list(tables))
        a, g, m, n = (sum(column) for column in zip(*tables, strict=True))
        inside = [
            (ranged.people, n),
            (ranged.informative_pools, test.informative_pools),
            (ranged.group_rate, a / g if g else math.nan),
            (ranged.comparator_rate, (m - a) / (n - g) if n > g else math.nan),
            (ranged.excess, test.excess),
            (ranged.odds_ratio, test.odds_ratio.estimate),
            (ranged.pvalue_greater, test.pvalue_greater),
            (ranged.pvalue_less, test.pvalue_less),
            (ranged.midp, test.midp),
        ]
        for bounds, value in inside:
            slack = SLACK * abs(value) + 1e-12 if math.isfinite(value) else 0.0
            assert math.isnan(value) or bounds.low - slack <= value <= bounds.high + slack
        for outer, inner in (
            (ranged.interval, test.odds_ratio.midp_interval),
            (ranged.exact_interval, test.odds_ratio.interval),
        ):
            assert outer.low <= inner.low * (1 + SLACK)
            assert inner.high <= outer.high * (1 + SLACK)
        assert test.pvalue <= ranged.largest_pvalue * (1 + SLACK)


# ---- against every table that fits --------------------------------------------------------------------------------


@settings(deadline=None, derandomize=True, max_examples=80)
@given(ranged_pool(wide=1))
def test_no_table_that_fits_lies_outside_in_one_pool(pool: Bounds) -> None:
    assert_outer([pool])


@settings(deadline=None, derandomize=True, max_examples=40)
@given(ranged_pool(unsure=2, wide=1), ranged_pool(unsure=2, wide=1))
def test_no_table_that_fits_lies_outside_in_two_pools(one: Bounds, other: Bounds) -> None:
    assert_outer([one, other])


@pytest.mark.slow
@settings(deadline=None, derandomize=True, max_examples=200, suppress_health_check=[HealthCheck.filter_too_much])
@given(st.lists(ranged_pool(unsure=3), min_size=1, max_size=3))
def test_no_table_that_fits_lies_outside_at_length(pools: list[Bounds]) -> None:
    assume(math.prod(len(fitting(pool)) for pool in pools) <= 100)
    assert_outer(pools)


@settings(deadline=None, derandomize=True, max_examples=30)
@given(ranged_pool())
def test_bounds_are_reached_where_only_the_group_is_unsure(pool: Bounds) -> None:
    (x_low, g_low, m, n), (x_high, g_high, _, _) = pool
    pool = ((x_low, g_low, m, n), (x_high, g_high, m, n))
    tables = fitting(pool)
    assume(tables)
    ranged, tests = run([pool]), [plain([table]) for table in tables]
    for bounds, values in (
        (ranged.excess, [test.excess for test in tests]),
        (ranged.pvalue_greater, [test.pvalue_greater for test in tests]),
        (ranged.pvalue_less, [test.pvalue_less for test in tests]),
    ):
        assert (bounds.low, bounds.high) == pytest.approx((min(values), max(values)), rel=1e-9, abs=1e-12)


@settings(deadline=None, derandomize=True, max_examples=30)
@given(ranged_pool(unsure=2, wide=2))
def test_largest_two_sided_p_is_that_of_a_table_that_fits(pool: Bounds) -> None:
    largest = max(plain([table]).pvalue for table in fitting(pool))
    assert run([pool]).largest_pvalue == pytest.approx(largest, rel=1e-9)


# ---- against the plain test ---------------------------------------------------------------------------------------


def assert_equals_plain(tables: list[Table]) -> None:
    ranged, test = run([(table, table) for table in tables]), plain(tables)
    figures = {
        "excess": test.excess,
        "odds_ratio": test.odds_ratio.estimate,
        "pvalue_greater": test.pvalue_greater,
        "pvalue_less": test.pvalue_less,
        "midp": test.midp,
        "informative_pools": test.informative_pools,
        "people": sum(table[3] for table in tables),
    }
    assert ranged.exact
    for name, value in figures.items():
        bounds = getattr(ranged, name)
        assert bounds.low == pytest.approx(value, rel=1e-12, nan_ok=True)
        assert bounds.high == pytest.approx(value, rel=1e-12, nan_ok=True)
    assert ranged.largest_pvalue == test.pvalue
    for interval, truth in (
        (ranged.interval, test.odds_ratio.midp_interval),
        (ranged.exact_interval, test.odds_ratio.interval),
    ):
        assert dataclasses.replace(interval, method=truth.method) == truth


def test_known_counts_give_the_worked_case(stratified_case: Any) -> None:
    assert_equals_plain([(a, a + b, a + c, a + b + c + d) for a, b, c, d in stratified_case["tables"]])


@pytest.mark.parametrize(
    "tables",
    [
        pytest.param([], id="no pools"),
        pytest.param([(0, 0, 0, 0)], id="an empty pool"),
        pytest.param([(3, 3, 7, 7)], id="everyone selected"),
        pytest.param([(0, 3, 0, 7)], id="nobody selected"),
        pytest.param([(0, 0, 3, 7)], id="empty group"),
        pytest.param([(0, 3, 3, 9)], id="none of the group selected"),
    ],
)
def test_known_counts_give_the_plain_test_at_the_edges(tables: list[Table]) -> None:
    assert_equals_plain(tables)


def test_counts_that_others_settle_are_exact() -> None:
    # Nobody goes, so nobody of the group does, whatever its range.
    assert run([((0, 4, 0, 10), (3, 4, 0, 10))]).exact


# ---- rules --------------------------------------------------------------------------------------------------------


@settings(deadline=None, derandomize=True, max_examples=30)
@given(st.lists(ranged_pool(), min_size=1, max_size=4))
def test_swapping_group_and_comparator_mirrors_the_bounds(pools: list[Bounds]) -> None:
    """Pools whose group total and total are known, so that the other side's ranges are known too."""
    fixed = [((x, g, m, n), (y, g, m, n)) for (x, _, _, _), (y, g, m, n) in pools]
    assume(all(fitting(pool) for pool in fixed))
    mirrored = [((m - y, n - g, m, n), (m - x, n - g, m, n)) for (x, g, m, n), (y, *_) in fixed if m >= y]
    assume(len(mirrored) == len(fixed))
    one, other = run(fixed), run(mirrored)
    assert one.excess.low == pytest.approx(-other.excess.high, abs=1e-9)
    assert one.pvalue_greater.low == pytest.approx(other.pvalue_less.low, rel=1e-9)
    assert one.midp.high == pytest.approx(other.midp.high, rel=1e-9)


def test_wider_ranges_give_wider_bounds() -> None:
    narrow, wide = run([((2, 20, 12, 50), (4, 20, 12, 50))]), run([((1, 18, 12, 50), (5, 22, 12, 50))])
    assert wide.excess.low <= narrow.excess.low <= narrow.excess.high <= wide.excess.high
    assert wide.interval.low <= narrow.interval.low <= narrow.interval.high <= wide.interval.high
    assert wide.midp.low <= narrow.midp.low <= narrow.midp.high <= wide.midp.high


def test_ranges_on_both_sides_of_evenness_leave_the_midp_open() -> None:
    assert run([((0, 10, 10, 20), (10, 10, 10, 20))]).midp.high == 1.0


def test_undefined_ends_are_open() -> None:
    ranged = run([((0, 0, 0, 2), (2, 2, 2, 2))])
    assert (ranged.odds_ratio.low, ranged.odds_ratio.high) == (0.0, math.inf)
    assert (ranged.group_rate.low, ranged.group_rate.high) == (0.0, 1.0)
    assert (ranged.informative_pools.low, ranged.informative_pools.high) == (0, 1)


def test_margins_too_many_to_go_through_leave_the_two_sided_p_open() -> None:
    ranged = run([((0, 0, 0, 10**6), (10**5, 10**5, 10**5, 10**6))] * 200)
    assert ranged.largest_pvalue == 1.0


# ---- faults -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pool", "words"),
    [
        (((5, 10, 12, 50), (4, 10, 12, 50)), "smallest group_selected is larger than largest group_selected"),
        (((5, 1, 12, 50), (6, 4, 12, 50)), "cannot all be right"),
        (((0, 10, 45, 50), (3, 10, 45, 50)), "cannot all be right"),
    ],
)
def test_ranges_that_cannot_be_right_are_refused(pool: Bounds, words: str) -> None:
    with pytest.raises(EiaError, match=words):
        run([((0, 1, 1, 2), (1, 1, 1, 2)), pool])


def test_counts_that_are_not_pairs_are_refused() -> None:
    with pytest.raises(EiaError, match="Two rows"):
        stratified_test_bounds(group_selected=[[1]], group_total=[[2]], selected=[[1]], total=[[4]])
