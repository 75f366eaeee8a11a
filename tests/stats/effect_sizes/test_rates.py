"""Rates, their difference and their ratios: published tables, statsmodels, the worked cases, limits put back, and edges."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import ndtri
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from eia.errors import EiaError
from eia.stats.effect_sizes.rates import Rates, selection_rates
from eia.stats.results import Interval

Table = tuple[int, int, int, int]
sides = st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def of(x1: int, n1: int, x2: int, n2: int, level: float = 0.95) -> Rates:
    return selection_rates(group_selected=x1, group_total=n1, selected=x1 + x2, total=n1 + n2, level=level)


def ends(interval: Interval) -> list[float]:
    return [interval.low, interval.high]


def pearson(x1: int, n1: int, x2: int, n2: int, phi: float) -> float:
    """Koopman's statistic at ratio phi: Pearson's chi-squared at the likeliest rates, these found by halving."""
    low, high = 0.0, min(1.0, 1.0 / phi)
    for _ in range(200):
        p = 0.5 * (low + high)
        gain = (x1 + x2) * (1.0 - phi * p) * (1.0 - p)
        loss = (n1 - x1) * phi * p * (1.0 - p) + (n2 - x2) * p * (1.0 - phi * p)
        low, high = (p, high) if gain > loss else (low, p)
    terms = [((x - n * q) ** 2, n * q * (1.0 - q)) for x, n, q in ((x1, n1, phi * p), (x2, n2, p))]
    return sum(gap / variance for gap, variance in terms if variance > 0.0)


@pytest.mark.parametrize(
    ("table", "published"),
    [
        ((56, 70, 48, 80), (0.0524, 0.3339)),
        ((9, 10, 3, 10), (0.1705, 0.8090)),
        ((6, 7, 2, 7), (0.0582, 0.8062)),
        ((5, 56, 0, 29), (-0.0381, 0.1926)),
        ((0, 10, 0, 20), (-0.1611, 0.2775)),
        ((0, 10, 0, 10), (-0.2775, 0.2775)),
        ((10, 10, 0, 20), (0.6791, 1.0)),
        ((10, 10, 0, 10), (0.6075, 1.0)),
    ],
)
def test_difference_is_that_of_newcombes_table_ii(table: Table, published: tuple[float, float]) -> None:
    assert ends(of(*table).difference.interval) == pytest.approx(published, abs=5e-5)


def test_ratio_is_that_of_koopmans_example() -> None:
    rates = of(36, 40, 16, 80)
    assert rates.selection_ratio.estimate == pytest.approx(4.5)
    assert ends(rates.selection_ratio.interval) == pytest.approx([2.94, 7.15], abs=0.005)


def test_equal_the_worked_case(one_pool_case: Any) -> None:
    (a, b, c, d), truth = one_pool_case["tables"][0], one_pool_case["results"]
    rates = of(a, a + b, c, c + d)
    assert ends(rates.selection.interval) == pytest.approx(truth["wilson_ci95_focal"], rel=1e-9, abs=1e-15)
    assert ends(rates.comparator_selection.interval) == pytest.approx(truth["wilson_ci95_comp"], rel=1e-9, abs=1e-15)
    assert ends(rates.selection.exact_interval) == pytest.approx(truth["clopper_pearson_ci95_focal"], rel=1e-9)
    assert ends(rates.difference.interval) == pytest.approx(truth["risk_difference_newcombe_ci95"], rel=1e-9)
    assert rates.difference.estimate == pytest.approx(truth["risk_difference"], rel=1e-12)
    for ours, theirs in ((rates.selection_ratio, "risk_ratio"), (rates.retention_ratio, "retention_ratio")):
        if theirs in truth:  # it is left out where infinite
            assert ours.estimate == pytest.approx(truth[theirs], rel=1e-12)


@settings(deadline=None, derandomize=True, max_examples=60)
@given(sides, sides, st.sampled_from([0.8, 0.95, 0.99]))
def test_equal_statsmodels(one: tuple[int, int], other: tuple[int, int], level: float) -> None:
    rates, alpha = of(*one, *other, level=level), 1.0 - level
    assert ends(rates.selection.interval) == pytest.approx(proportion_confint(*one, alpha, "wilson"), abs=1e-12)
    assert ends(rates.selection.exact_interval) == pytest.approx(proportion_confint(*one, alpha, "beta"), abs=1e-12)
    newcombe = confint_proportions_2indep(*one, *other, method="newcomb", compare="diff", alpha=alpha)
    assert ends(rates.difference.interval) == pytest.approx(newcombe, abs=1e-12)


@settings(deadline=None, derandomize=True, max_examples=100)
@given(sides, sides, st.sampled_from([0.8, 0.95, 0.99]))
def test_each_limit_of_a_ratio_put_back_is_just_rejected(
    one: tuple[int, int], other: tuple[int, int], level: float
) -> None:
    critical = float(ndtri(0.5 + 0.5 * level)) ** 2
    for ratio, (x1, n1, x2, n2) in (
        (of(*one, *other, level=level).selection_ratio, (*one, *other)),
        (of(*one, *other, level=level).retention_ratio, (one[1] - one[0], one[1], other[1] - other[0], other[1])),
    ):
        for limit in ends(ratio.interval):
            if 0.0 < limit < math.inf:
                # A rate of just 0 or 1 has a variance of just 0, and the halving finds it to ten digits or so.
                assert pearson(x1, n1, x2, n2, limit) == pytest.approx(critical, rel=1e-5)


@settings(deadline=None, derandomize=True, max_examples=60)
@given(sides, sides)
def test_swapping_the_sides_turns_everything_round(one: tuple[int, int], other: tuple[int, int]) -> None:
    rates, swapped = of(*one, *other), of(*other, *one)
    assert swapped.selection == rates.comparator_selection
    assert swapped.retention == rates.comparator_retention
    assert swapped.difference.estimate == -rates.difference.estimate
    assert swapped.difference.interval.low == pytest.approx(-rates.difference.interval.high, abs=1e-12)
    low, high = ends(rates.selection_ratio.interval)
    turned = [1.0 / high, 1.0 / low if low else math.inf]
    assert ends(swapped.selection_ratio.interval) == pytest.approx(turned, rel=1e-9)


@settings(deadline=None, derandomize=True, max_examples=60)
@given(sides, sides)
def test_every_estimate_lies_inside_its_interval_and_rates_add_up(one: tuple[int, int], other: tuple[int, int]) -> None:
    rates = of(*one, *other)
    for estimate in (rates.difference, rates.selection_ratio, rates.retention_ratio):
        assert math.isnan(estimate.estimate) or estimate.interval.low <= estimate.estimate <= estimate.interval.high
    for rate in (rates.selection, rates.retention, rates.comparator_selection, rates.comparator_retention):
        assert rate.estimate in rate.interval
        assert rate.estimate in rate.exact_interval
    assert rates.selection.count + rates.retention.count == rates.selection.total
    assert rates.selection.interval.low == pytest.approx(1.0 - rates.retention.interval.high, abs=1e-12)


def test_nobody_selected_in_the_group_gives_ratio_0_from_0() -> None:
    rates = of(0, 10, 8, 20)
    assert rates.selection_ratio.estimate == rates.selection_ratio.interval.low == 0.0
    assert 0.0 < rates.selection_ratio.interval.high < math.inf
    assert rates.selection.interval.low == rates.selection.exact_interval.low == 0.0


def test_nobody_selected_elsewhere_gives_an_infinite_ratio() -> None:
    ratio = of(5, 56, 0, 29).selection_ratio
    assert ratio.estimate == ratio.interval.high == math.inf
    assert 0.0 < ratio.interval.low < math.inf


def test_nobody_selected_at_all_tells_nothing_of_the_ratio() -> None:
    rates = of(0, 10, 0, 20)
    assert math.isnan(rates.selection_ratio.estimate)
    assert ends(rates.selection_ratio.interval) == [0.0, math.inf]
    assert rates.retention_ratio.estimate == 1.0


def test_everybody_selected_gives_ratio_1_within_the_limits_of_wilson() -> None:
    rates, z2 = of(10, 10, 20, 20), float(ndtri(0.975)) ** 2
    assert rates.selection_ratio.estimate == 1.0
    assert ends(rates.selection_ratio.interval) == pytest.approx([10 / (10 + z2), (20 + z2) / 20], rel=1e-12)
    assert rates.selection.interval.high == 1.0


@pytest.mark.parametrize("table", [(0, 0, 3, 9), (3, 9, 0, 0), (0, 0, 0, 0)])
def test_nobody_on_a_side_leaves_everything_open(table: Table) -> None:
    rates = of(*table)
    for estimate, open_ in (
        (rates.difference, [-1.0, 1.0]),
        (rates.selection_ratio, [0.0, math.inf]),
        (rates.retention_ratio, [0.0, math.inf]),
    ):
        assert math.isnan(estimate.estimate)
        assert ends(estimate.interval) == open_
    empty = rates.selection if table[1] == 0 else rates.comparator_selection
    assert math.isnan(empty.estimate)
    assert ends(empty.interval) == ends(empty.exact_interval) == [0.0, 1.0]


def test_a_million_million_people_keep_their_digits() -> None:
    n, z2 = 5 * 10**11, float(ndtri(0.975)) ** 2
    assert of(n, n, n, n).selection_ratio.interval.high - 1.0 == pytest.approx(z2 / n, rel=1e-2)
    one = of(1, n, 1, n).selection_ratio.interval
    assert ends(one) == pytest.approx(ends(of(1, 10**8, 1, 10**8).selection_ratio.interval), rel=1e-6)


def test_what_cannot_be_is_refused_in_words() -> None:
    with pytest.raises(EiaError, match="group_selected is larger than group_total"):
        selection_rates(group_selected=5, group_total=4, selected=6, total=9)
    with pytest.raises(EiaError, match="level"):
        selection_rates(group_selected=1, group_total=4, selected=6, total=9, level=95)
