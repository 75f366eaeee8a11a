"""Single pools by the thousand, against exact integers, scipy, the worked cases and the stratified test."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import fisher_exact

from eia.errors import EiaError
from eia.stats.exact.single_pool_pvalues import SinglePoolPvalues, single_pool_pvalues
from eia.stats.exact.stratified_test import stratified_test

Table = tuple[int, int, int, int]


def of(*tables: Table) -> SinglePoolPvalues:
    x, g, m, n = np.array(tables, dtype=int).reshape(-1, 4).T
    return single_pool_pvalues(group_selected=x, group_total=g, selected=m, total=n)


def exact(table: Table) -> dict[str, Fraction]:
    """Every p by counting the ways in whole numbers."""
    x, g, m, n = table  # small g: the ways to make up the group then are of a size to write down
    numbers = range(max(0, g + m - n), min(g, m) + 1)
    ways = {number: math.comb(m, number) * math.comb(n - m, g - number) for number in numbers}
    everything = sum(ways.values())
    greater, less = sum(ways[k] for k in numbers if k >= x), sum(ways[k] for k in numbers if k <= x)
    two_sided = sum(way for way in ways.values() if way * 10**7 <= ways[x] * (10**7 + 1))
    midp = min(2 * min(greater, less) - ways[x], everything)
    return {
        "pvalue": Fraction(two_sided, everything),
        "pvalue_greater": Fraction(greater, everything),
        "pvalue_less": Fraction(less, everything),
        "midp": Fraction(midp, everything),
    }


@st.composite
def tables(draw: st.DrawFn, largest: int = 60) -> Table:
    n = draw(st.integers(0, largest))
    g, m = draw(st.integers(0, n)), draw(st.integers(0, n))
    return draw(st.integers(max(0, g + m - n), min(g, m))), g, m, n


def random_tables(people: int, count: int, *, seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    n = rng.integers(people // 2, people * 3 // 2, count)
    g, m = rng.binomial(n, rng.uniform(0.05, 0.95, count)), rng.binomial(n, rng.uniform(0.05, 0.5, count))
    low, high = np.maximum(0, g + m - n), np.minimum(g, m)
    even = np.rint(g * m / n)
    lean = np.rint(rng.normal(0.0, 0.15, count) * (high - low))
    return np.stack([np.clip(even + lean, low, high).astype(int), g, m, n])


@settings(deadline=None, derandomize=True, max_examples=100)
@given(st.lists(tables(), max_size=30))
def test_equal_what_counting_in_whole_numbers_gives(some: list[Table]) -> None:
    tests = of(*some)
    for i, table in enumerate(some):
        for name, p in exact(table).items():
            assert getattr(tests, name)[i] == pytest.approx(float(p), rel=1e-12), (name, table)
        assert tests.log10_pvalue[i] == pytest.approx(math.log10(tests.pvalue[i]), rel=1e-12, abs=1e-15)


def test_equal_the_worked_case(one_pool_case: Any) -> None:
    (a, b, c, d), truth = one_pool_case["tables"][0], one_pool_case["results"]["exact"]
    tests = of((a, a + b, a + c, a + b + c + d))
    assert tests.pvalue[0] == pytest.approx(truth["p_two_minlike"], rel=1e-9)
    assert tests.pvalue_greater[0] == pytest.approx(truth["p_greater"], rel=1e-9)
    assert tests.pvalue_less[0] == pytest.approx(truth["p_less"], rel=1e-9)
    assert tests.midp[0] == pytest.approx(truth["midp_two_doubled"], rel=1e-9)
    assert tests.log10_pvalue[0] == pytest.approx(truth["log10_p_two_minlike"], rel=1e-9)


@pytest.mark.parametrize("people", [50, 5_000])
def test_equal_a_loop_over_scipy(people: int) -> None:
    x, g, m, n = random_tables(people, 200, seed=people)
    tests = single_pool_pvalues(group_selected=x, group_total=g, selected=m, total=n)
    cells = np.stack([x, g - x, m - x, n - g - m + x], axis=1).reshape(-1, 2, 2)
    for side, ps in (("two-sided", tests.pvalue), ("greater", tests.pvalue_greater), ("less", tests.pvalue_less)):
        assert ps == pytest.approx([fisher_exact(table, side).pvalue for table in cells], rel=1e-12)


@pytest.mark.parametrize("table", [(570, 570, 300_000, 1_000_000), (0, 1_900, 300_000, 1_000_000)])
def test_a_million_people_and_a_p_of_1e_300_are_as_exact_as_ten(table: Table) -> None:
    tests = of(table)
    assert tests.pvalue[0] < 1e-290
    for name, p in exact(table).items():
        assert getattr(tests, name)[0] == pytest.approx(float(p), rel=1e-12), name


def test_a_p_too_small_for_a_float_keeps_its_logarithm() -> None:
    table = (1_000, 1_000, 300_000, 1_000_000)
    tests, p = of(table), exact(table)["pvalue"]
    assert tests.pvalue[0] == 0.0
    assert tests.log10_pvalue[0] == pytest.approx(math.log10(p.numerator) - math.log10(p.denominator), rel=1e-13)


@pytest.mark.parametrize("people", [40, 3_000, 10**6, 10**8])
def test_equal_the_stratified_test_of_each_pool_alone(people: int) -> None:
    _, g, m, n = random_tables(people, 6, seed=people)
    x = np.rint(g / n * m + [0.0, 1.0, -2.0, 5.0, -3.0, 0.5] * np.sqrt(g / n * m * (1 - g / n) * (1 - m / n))).astype(
        int
    )
    x = np.clip(x, np.maximum(0, g + m - n), np.minimum(g, m))
    tests = single_pool_pvalues(group_selected=x, group_total=g, selected=m, total=n)
    for i, margins in enumerate(zip(x, g, m, n, strict=True)):
        names = ("group_selected", "group_total", "selected", "total")
        one = stratified_test(**{name: [count] for name, count in zip(names, margins, strict=True)})
        for name in ("pvalue", "pvalue_greater", "pvalue_less", "midp", "log10_pvalue"):
            # The transform of 10^8 people leaves the other test some ten digits.
            assert getattr(tests, name)[i] == pytest.approx(getattr(one, name), rel=1e-9, abs=1e-12), name


def test_neighbours_within_the_tie_count_as_no_likelier() -> None:
    # A variance of v = 2.5 x 10^10: d from the mean is as likely as the mean itself to within d² / 2v, here 5 x 10^-8.
    quarter = 10**11
    assert of((quarter + 50, 2 * quarter, 2 * quarter, 4 * quarter)).pvalue[0] == 1.0
    # 1,000 away the two next numbers inwards are tied, (1000² - 998²) / 2v = 8 x 10^-8, and the third is not.
    tests = of((quarter + 1_000, 2 * quarter, 2 * quarter, 4 * quarter))
    greater = tests.pvalue_greater[0]
    point = 2.0 * greater - tests.midp[0]
    assert tests.pvalue[0] == pytest.approx(2.0 * (greater + 2.0 * point), abs=1e-11)


@settings(deadline=None, derandomize=True, max_examples=50)
@given(st.lists(tables(400), min_size=1, max_size=10))
def test_counting_everyone_else_or_the_retained_swaps_the_tails(some: list[Table]) -> None:
    tests = of(*some)
    for others in (
        of(*[(m - x, n - g, m, n) for x, g, m, n in some]),
        of(*[(g - x, g, n - m, n) for x, g, m, n in some]),
    ):
        assert others.pvalue == pytest.approx(tests.pvalue, rel=1e-12)
        assert others.midp == pytest.approx(tests.midp, rel=1e-12)
        assert others.pvalue_greater == pytest.approx(tests.pvalue_less, rel=1e-11)


def test_the_company_of_other_pools_changes_nothing() -> None:
    x, g, m, n = random_tables(300, 3_000, seed=5)
    together = single_pool_pvalues(group_selected=x, group_total=g, selected=m, total=n)
    alone = single_pool_pvalues(group_selected=x[7:8], group_total=g[7:8], selected=m[7:8], total=n[7:8])
    assert together.pvalue[7] == pytest.approx(alone.pvalue[0], rel=1e-14)


@pytest.mark.parametrize(
    "table",
    [(0, 0, 0, 0), (0, 3, 0, 9), (3, 3, 9, 9), (0, 0, 4, 9), (4, 9, 4, 9)],
    ids=["nobody there", "nobody goes", "everybody goes", "nobody of the group", "nobody else"],
)
def test_a_pool_that_can_say_nothing_has_p_1(table: Table) -> None:
    tests = of(table, (3, 4, 4, 8))
    for name in ("pvalue", "pvalue_greater", "pvalue_less", "midp"):
        assert getattr(tests, name)[0] == 1.0
    assert tests.log10_pvalue[0] == 0.0
    assert tests.pvalue[1] == pytest.approx(34 / 70)


def test_no_pools_give_empty_arrays() -> None:
    assert of().pvalue.shape == (0,)


def test_a_part_larger_than_its_whole_is_refused() -> None:
    with pytest.raises(EiaError, match="group_selected is larger than group_total in 1 of 2 entries"):
        single_pool_pvalues(group_selected=[1, 5], group_total=[4, 4], selected=[4, 6], total=[8, 8])
