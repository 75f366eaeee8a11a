"""Whether pools share one odds ratio: Breslow-Day, Tarone and Zelen."""

from __future__ import annotations

import itertools
import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eia.stats.exact.homogeneity import homogeneity, pools_given_total, zelen, zelen_monte_carlo

informative = st.tuples(*[st.integers(0, 6)] * 4).filter(
    lambda t: min(t[0] + t[1], t[2] + t[3], t[0] + t[2], t[1] + t[3]) > 0
)


def cells(tables: list[tuple[int, int, int, int]]) -> np.ndarray:
    return np.array(tables, dtype=float).reshape(-1, 4).T


@settings(deadline=None, derandomize=True)
@given(st.lists(informative, min_size=2, max_size=4))
def test_zelen_equals_going_through_every_table(tables: list[tuple[int, int, int, int]]) -> None:
    ways = [
        {x: math.comb(a + b, x) * math.comb(c + d, a + c - x) for x in range(max(0, a - d), min(a + b, a + c) + 1)}
        for a, b, c, d in tables
    ]
    observed = math.prod(way[t[0]] for way, t in zip(ways, tables, strict=True))
    same_total = [
        math.prod(way[x] for way, x in zip(ways, xs, strict=True))
        for xs in itertools.product(*ways)
        if sum(xs) == sum(t[0] for t in tables)
    ]
    truth = Fraction(sum(way for way in same_total if way <= observed * (1 + Fraction(1, 10**7))), sum(same_total))
    assert zelen(*cells(tables)) == pytest.approx(float(truth), rel=1e-11)


def test_zelen_is_not_made_where_there_are_too_many_tables() -> None:
    assert zelen(*cells([(10, 10, 10, 10)] * 40)) is None


def test_common_odds_ratio_of_exactly_one_is_no_special_case() -> None:
    at_one = homogeneity(*cells([(10, 5, 5, 10), (5, 10, 10, 5)]), common=1.0)
    beside = homogeneity(*cells([(10, 5, 5, 10), (5, 10, 10, 5)]), common=1.0 + 1e-9)
    assert at_one.statistic == pytest.approx(beside.statistic, rel=1e-7)


@pytest.mark.parametrize("common", [0.0, math.inf, math.nan])
def test_no_common_odds_ratio_leaves_the_statistic_undefined(common: float) -> None:
    result = homogeneity(*cells([(3, 0, 0, 3), (2, 0, 0, 2)]), common=common)
    assert result.dof == 1
    assert all(map(math.isnan, (result.statistic, result.pvalue, result.uncorrected_statistic)))


def test_one_pool_has_nothing_to_differ_from() -> None:
    result = homogeneity(*cells([(3, 1, 1, 3)]), common=9.0)
    assert (result.dof, result.zelen_pvalue) == (0, None)
    assert math.isnan(result.pvalue)


def drawn(tables: list[tuple[int, int, int, int]], *, seed: int, draws: int = 1999) -> float | None:
    a, b, c, d = np.array(tables).T
    rng = np.random.default_rng(seed)
    return zelen_monte_carlo(
        group_selected=a, group_total=a + b, selected=a + c, total=a + b + c + d, rng=rng, draws=draws
    )


@pytest.mark.parametrize("seed", range(5))
def test_zelen_by_drawing_comes_out_where_zelen_by_going_through_does(stratified_case, seed: int) -> None:
    tables = [(a, b, c, d) for a, b, c, d in stratified_case["tables"] if min(a + b, c + d, a + c, b + d) > 0]
    exact, estimate = zelen(*cells(tables)), drawn(tables, seed=seed)
    if exact is None or estimate is None:
        return  # too many tables to go through, or too large to draw
    assert abs(estimate - exact) < 4 * math.sqrt(exact * (1 - exact) / 2000) + 1 / 2000


def test_zelen_by_drawing_is_the_same_for_the_same_seed() -> None:
    tables = [(3, 1, 1, 3)] * 20 + [(1, 3, 3, 1)] * 20
    assert drawn(tables, seed=7) == drawn(tables, seed=7)


def test_zelen_by_drawing_sees_pools_that_point_opposite_ways() -> None:
    assert drawn([(4, 0, 0, 4)] * 12 + [(0, 4, 4, 0)] * 12, seed=1) == 1 / 2000


def test_zelen_by_drawing_says_nothing_of_fewer_than_two_pools_that_can_tell() -> None:
    assert drawn([(3, 1, 1, 3), (2, 0, 2, 0)], seed=1) is None


def test_zelen_by_drawing_leaves_large_pools_to_the_chi_squared_test() -> None:
    assert drawn([(3000, 2000, 2000, 3000)] * 2, seed=1) is None


@pytest.mark.simulation
def test_zelen_by_drawing_keeps_its_level_in_many_small_pools() -> None:
    rng, runs, alarms = np.random.default_rng(3), 300, 0
    for _ in range(runs):
        group, selected, total = rng.integers(1, 4, 60), rng.integers(1, 4, 60), np.full(60, 4)
        chosen = rng.hypergeometric(group, total - group, selected)
        pvalue = zelen_monte_carlo(
            group_selected=chosen, group_total=group, selected=selected, total=total, rng=rng, draws=499
        )
        assert pvalue is not None
        alarms += pvalue <= 0.05
    assert alarms / runs <= 0.05 + 2 * math.sqrt(0.05 * 0.95 / runs)


def by_going_through(x: list[int], g: list[int], m: list[int], n: list[int]) -> list[float]:
    """The doubled mid-p of each pool among all tables with this total, weighed by how many ways there are to make them."""
    cells = [range(max(0, a + b - c), min(a, b) + 1) for a, b, c in zip(g, m, n, strict=True)]
    ways = {
        table: math.prod(math.comb(a, i) * math.comb(c - a, b - i) for i, a, b, c in zip(table, g, m, n, strict=True))
        for table in itertools.product(*cells)
        if sum(table) == sum(x)
    }
    whole, found = sum(ways.values()), []
    for pool, seen in enumerate(x):
        less = sum(w for table, w in ways.items() if table[pool] < seen) / whole
        same = sum(w for table, w in ways.items() if table[pool] == seen) / whole
        found.append(min(1.0, 2 * min(less + same / 2, 1 - less - same / 2)))
    return found


@pytest.mark.parametrize(
    ("x", "g", "m", "n"),
    [
        ([1, 2, 0], [4, 3, 2], [3, 4, 2], [9, 8, 6]),
        ([4, 0, 2, 1], [5, 4, 4, 3], [5, 4, 3, 2], [10, 9, 8, 7]),
        ([3, 3], [3, 5], [3, 4], [6, 9]),
    ],
)
def test_a_pool_given_the_total_is_as_unusual_as_going_through_every_table_makes_it(
    x: list[int], g: list[int], m: list[int], n: list[int]
) -> None:
    found = pools_given_total(group_selected=x, group_total=g, selected=m, total=n)
    assert found is not None
    assert found.tolist() == pytest.approx(by_going_through(x, g, m, n), abs=1e-9)


def test_of_one_pool_and_of_pools_too_large_nothing_is_said() -> None:
    assert pools_given_total(group_selected=[3], group_total=[5], selected=[4], total=[9]) is None
    large = {"group_total": [9_000] * 2, "selected": [9_000] * 2, "total": [30_000] * 2}
    assert pools_given_total(group_selected=[3_000, 2_500], **large) is None


def test_of_more_than_a_thousand_pools_the_normal_form_is_as_near_as_drawing() -> None:
    rng = np.random.default_rng(5)
    pools = 1_200
    total = rng.integers(4, 8, pools)
    group = rng.binomial(total, 0.4)
    selected = rng.integers(1, 3, pools)
    for strength in (0.0, 1.0):
        odds = np.exp(strength * rng.normal(size=pools))
        x = np.array([fishers_noncentral(rng, *margins) for margins in zip(group, selected, total, odds, strict=True)])
        margins = {"group_selected": x, "group_total": group, "selected": selected, "total": total}
        normal = zelen_monte_carlo(**margins, rng=np.random.default_rng(1), draws=199)
        drawn = drawn_of_many(margins)
        assert normal == pytest.approx(drawn, abs=5 * math.sqrt(0.25 / 1_999))


def fishers_noncentral(rng: np.random.Generator, g: int, m: int, n: int, odds: float) -> int:
    cells = list(range(max(0, g + m - n), min(g, m) + 1))
    weight = np.array([math.comb(g, i) * math.comb(n - g, m - i) * odds**i for i in cells])
    return int(rng.choice(cells, p=weight / weight.sum()))


def drawn_of_many(margins: dict[str, np.ndarray]) -> float:
    """The same by drawing, the normal form held off."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("eia.stats.exact.homogeneity.MANY", 10_000)
        found = zelen_monte_carlo(**margins, rng=np.random.default_rng(2), draws=1_999)
    assert found is not None
    return found
