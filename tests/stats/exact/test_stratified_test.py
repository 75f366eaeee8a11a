"""The exact stratified test: against R, brute force, other packages, itself put back in, and by its rules."""

from __future__ import annotations

import dataclasses
import itertools
import math
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.stats import fisher_exact
from scipy.stats.contingency import odds_ratio
from statsmodels.stats.contingency_tables import StratifiedTable

from eia.errors import EiaError
from eia.stats.exact.conditional_distribution import GroupTotal, PoolMargins
from eia.stats.exact.stratified_test import stratified_test, stratified_tests
from eia.stats.results import Interval, StratifiedTest

LEVELS = [0.8, 0.9, 0.95, 0.99, 0.999]
Tables = list[tuple[int, int, int, int]]


def margins(tables: Any) -> dict[str, np.ndarray]:
    """Tables [group selected, group not, others selected, others not], as the arguments of the stratified test."""
    a, b, c, d = np.asarray(tables, dtype=np.int64).reshape(-1, 4).T
    return {"group_selected": a, "group_total": a + b, "selected": a + c, "total": a + b + c + d}


@st.composite
def one_pool(draw: st.DrawFn, largest: int = 8) -> tuple[int, int, int, int]:
    cells = st.integers(0, largest)
    return draw(cells), draw(cells), draw(cells), draw(cells)


tables = st.lists(one_pool(), max_size=5)
larger_tables = st.lists(one_pool(largest=400), min_size=1, max_size=6)


def run(pools: Tables, level: float = 0.95) -> StratifiedTest:
    return stratified_test(**margins(pools), level=level)


def is_informative(pool: tuple[int, int, int, int]) -> bool:
    a, b, c, d = pool
    return min(a + b, c + d, a + c, b + d) > 0


def brute_force(pools: Tables) -> tuple[int, dict[int, int]]:
    """The observed total over informative pools, and the number of ways to every total: whole numbers throughout."""
    ways = {0: 1}
    for a, b, c, d in filter(is_informative, pools):
        following: dict[int, int] = {}
        for so_far, x in itertools.product(ways, range(max(0, a - d), min(a + b, a + c) + 1)):
            more = math.comb(a + b, x) * math.comb(c + d, a + c - x)
            following[so_far + x] = following.get(so_far + x, 0) + ways[so_far] * more
        ways = following
    return sum(pool[0] for pool in filter(is_informative, pools)), ways


def tails_at(pools: Tables, psi: float) -> tuple[float, float, float, float]:
    """P(X < observed), P(X = observed), P(X > observed) and E(X) at an odds ratio, from whole numbers of ways."""
    observed, ways = brute_force(pools)
    scale = Fraction(psi)
    mass = {x: float(way * scale ** (x - observed)) for x, way in ways.items()}
    everything = math.fsum(mass.values())
    below = math.fsum(p for x, p in mass.items() if x < observed)
    above = math.fsum(p for x, p in mass.items() if x > observed)
    mean = math.fsum(x * p for x, p in mass.items())
    return below / everything, mass[observed] / everything, above / everything, mean / everything


# ---- the worked cases ---------------------------------------------------------------------------------------------


def test_exact_results_equal_the_worked_case(table_case: Any) -> None:
    truth = table_case["results"]["exact"]
    test = run(table_case["tables"])
    assert test.observed == truth["S"]
    assert test.pvalue == pytest.approx(truth["p_two_minlike"], rel=1e-9, abs=0.0)
    assert test.pvalue_greater == pytest.approx(truth["p_greater"], rel=1e-9, abs=0.0)
    assert test.pvalue_less == pytest.approx(truth["p_less"], rel=1e-9, abs=0.0)
    assert test.midp == pytest.approx(truth["midp_two_doubled"], rel=1e-9, abs=0.0)
    assert test.log10_pvalue == pytest.approx(truth["log10_p_two_minlike"], rel=1e-12, abs=1e-9)
    assert test.odds_ratio.estimate == pytest.approx(truth["cond_mle_or"], rel=1e-9)
    assert ends(test.odds_ratio.interval) == pytest.approx(truth["ci95_exact"], rel=1e-9)
    assert ends(test.odds_ratio.midp_interval) == pytest.approx(truth["ci95_midp"], rel=1e-9)


def test_limits_at_ninety_percent_equal_the_worked_case(table_case: Any) -> None:
    truth = table_case["results"]["exact"]
    assert ends(run(table_case["tables"], level=0.9).odds_ratio.interval) == pytest.approx(
        truth["ci90_exact"], rel=1e-9
    )


def test_estimates_across_pools_equal_the_worked_case(stratified_case: Any) -> None:
    truth = stratified_case["results"]
    test = run(stratified_case["tables"])
    assert (test.pools, test.informative_pools) == (truth["n_strata"], truth["n_informative"])
    assert test.observed == truth["observed"]
    assert test.expected == pytest.approx(truth["expected"], rel=1e-12)
    assert test.variance == pytest.approx(truth["variance"], rel=1e-12)
    assert test.cmh_pvalue == pytest.approx(truth["mh_p_nocc"], rel=1e-9)
    for estimate, value, limits in (
        (test.mh_odds_ratio, "mh_or", "mh_or_rbg_ci95"),
        (test.mh_rate_ratio, "mh_rr", "mh_rr_ci95"),
        (test.mh_rate_difference, "mh_rd", "mh_rd_sato_ci95"),
    ):
        assert estimate.estimate == pytest.approx(truth[value], rel=1e-9)
        assert ends(estimate.interval) == pytest.approx(truth[limits], rel=1e-9)


def test_homogeneity_equals_the_worked_case(stratified_case: Any) -> None:
    truth = stratified_case["results"]
    found = run(stratified_case["tables"]).homogeneity
    assert found.dof == truth["breslow_day"]["df"]
    assert found.uncorrected_statistic == pytest.approx(truth["breslow_day"]["statistic"], rel=1e-9)
    assert found.uncorrected_pvalue == pytest.approx(truth["breslow_day"]["p"], rel=1e-9)
    assert found.statistic == pytest.approx(truth["breslow_day_tarone"]["statistic"], rel=1e-9)
    assert found.pvalue == pytest.approx(truth["breslow_day_tarone"]["p"], rel=1e-9)
    if "zelen" in truth:
        assert found.zelen_pvalue == pytest.approx(truth["zelen"]["p"], rel=1e-9)


# ---- against whole numbers and other packages ---------------------------------------------------------------------


@settings(deadline=None, derandomize=True, max_examples=60)
@given(tables)
def test_pvalues_equal_counts_of_all_tables(pools: Tables) -> None:
    observed, ways = brute_force(pools)
    test, everything = run(pools), sum(ways.values())
    greater = Fraction(sum(way for x, way in ways.items() if x >= observed), everything)
    less = Fraction(sum(way for x, way in ways.items() if x <= observed), everything)
    two_sided = Fraction(sum(w for w in ways.values() if w * 10**7 <= ways[observed] * (10**7 + 1)), everything)
    smaller = min(greater, less) - Fraction(ways[observed], 2 * everything)
    assert test.observed == observed
    assert (test.least, test.most) == (min(ways), max(ways))
    assert test.pvalue_greater == pytest.approx(float(greater), rel=1e-11)
    assert test.pvalue_less == pytest.approx(float(less), rel=1e-11)
    assert test.pvalue == pytest.approx(float(two_sided), rel=1e-11)
    assert test.log10_pvalue == pytest.approx(math.log10(two_sided), rel=1e-11, abs=1e-11)
    assert test.midp == pytest.approx(float(2 * smaller), rel=1e-11)
    assert test.expected == pytest.approx(float(Fraction(sum(x * w for x, w in ways.items()), everything)), rel=1e-12)


@settings(deadline=None, derandomize=True, max_examples=60)
@given(one_pool(largest=30).filter(is_informative))
def test_one_pool_equals_fisher_and_the_conditional_odds_ratio(pool: tuple[int, int, int, int]) -> None:
    test, table = run([pool]), np.reshape(pool, (2, 2))
    assert test.pvalue == pytest.approx(fisher_exact(table).pvalue, rel=1e-9)
    assert test.pvalue_greater == pytest.approx(fisher_exact(table, alternative="greater").pvalue, rel=1e-9)
    assert test.pvalue_less == pytest.approx(fisher_exact(table, alternative="less").pvalue, rel=1e-9)
    assert test.odds_ratio.estimate == pytest.approx(odds_ratio(table).statistic, rel=1e-6)


@settings(deadline=None, derandomize=True, max_examples=50)
@given(st.lists(one_pool(largest=60).filter(lambda pool: min(pool) > 0), min_size=2, max_size=6))
def test_estimates_across_pools_equal_statsmodels(pools: Tables) -> None:
    test, other = run(pools), StratifiedTable(np.reshape(pools, (-1, 2, 2)).transpose(1, 2, 0).astype(float))
    assume(abs(other.oddsratio_pooled - 1.0) > 1e-9)  # statsmodels gives nan for homogeneity at exactly 1
    assert test.mh_odds_ratio.estimate == pytest.approx(other.oddsratio_pooled, rel=1e-9)
    assert ends(test.mh_odds_ratio.interval) == pytest.approx(other.oddsratio_pooled_confint(), rel=1e-9)
    assert test.mh_rate_ratio.estimate == pytest.approx(other.riskratio_pooled, rel=1e-9)
    assert test.cmh_pvalue == pytest.approx(other.test_null_odds(correction=False).pvalue, rel=1e-9)
    tarone = other.test_equal_odds(adjust=True)
    assert test.homogeneity.statistic == pytest.approx(tarone.statistic, rel=1e-7, abs=1e-9)


# ---- put back in --------------------------------------------------------------------------------------------------


@settings(deadline=None, derandomize=True, max_examples=60)
@given(tables, st.sampled_from(LEVELS))
def test_each_limit_put_back_into_the_law_gives_half_of_alpha(pools: Tables, level: float) -> None:
    test, half = run(pools, level), (1.0 - level) / 2.0
    for interval, share in ((test.odds_ratio.interval, 1.0), (test.odds_ratio.midp_interval, 0.5)):
        if interval.low > 0.0:
            _, at, above, _ = tails_at(pools, interval.low)
            assert above + share * at == pytest.approx(half, rel=1e-8)
        if interval.high < math.inf:
            below, at, _, _ = tails_at(pools, interval.high)
            assert below + share * at == pytest.approx(half, rel=1e-8)


@settings(deadline=None, derandomize=True, max_examples=60)
@given(tables)
def test_estimate_put_back_into_the_law_has_the_observed_total_as_mean(pools: Tables) -> None:
    test = run(pools)
    if 0.0 < test.odds_ratio.estimate < math.inf:
        assert tails_at(pools, test.odds_ratio.estimate)[3] == pytest.approx(test.observed, rel=1e-10)


@settings(deadline=None, derandomize=True, max_examples=60)
@given(tables)
def test_excess_interval_is_the_mean_at_the_midp_limits_above_that_at_one(pools: Tables) -> None:
    test = run(pools)
    limits = test.odds_ratio.midp_interval
    low = tails_at(pools, limits.low)[3] if limits.low > 0.0 else test.least
    high = tails_at(pools, limits.high)[3] if limits.high < math.inf else test.most
    assert test.excess_interval.low == pytest.approx(low - test.expected, abs=1e-8)
    assert test.excess_interval.high == pytest.approx(high - test.expected, abs=1e-8)


@pytest.mark.parametrize("people", [100_000, 1_000_000])
def test_limits_hold_at_a_million_people(people: int) -> None:
    data = uneven_pools(people)
    test = stratified_test(**data)
    g, m, n = data["group_total"], data["selected"], data["total"]
    total = GroupTotal(PoolMargins.of(g, m, n))
    for interval, share in ((test.odds_ratio.interval, 1.0), (test.odds_ratio.midp_interval, 0.5)):
        low, high = math.log(interval.low), math.log(interval.high)
        assert math.exp(total.law(low).upper_tail(low, test.observed, share)[0]) == pytest.approx(0.025, rel=1e-9)
        assert math.exp((-total).law(-high).upper_tail(-high, -test.observed, share)[0]) == pytest.approx(
            0.025, rel=1e-9
        )
    # At this size the large-sample interval is nearly right: one far narrower would be noise, not knowledge.
    assert ends(test.odds_ratio.midp_interval) == pytest.approx(ends(test.mh_odds_ratio.interval), rel=2e-3)


# ---- rules --------------------------------------------------------------------------------------------------------


@settings(deadline=None, derandomize=True, max_examples=150)
@given(tables | larger_tables, st.sampled_from(LEVELS))
def test_midp_is_at_most_alpha_exactly_where_its_interval_excludes_one(pools: Tables, level: float) -> None:
    test = run(pools, level)
    rejected = test.midp <= round(1.0 - level, 15)
    assert rejected == (1.0 not in test.odds_ratio.midp_interval)
    assert rejected == (0.0 not in test.excess_interval)


@pytest.mark.parametrize("pool", [(3, 0, 0, 3), (0, 3, 3, 0)])
def test_midp_that_ties_with_alpha_counts_as_at_most_alpha(pool: tuple[int, int, int, int]) -> None:
    # One of 20 ways, half of it, doubled: mid-p is 0.05, and a limit is 1. Rounding must not decide.
    test = run([pool])
    assert test.midp == 0.05
    assert 1.0 not in test.odds_ratio.midp_interval
    assert 0.0 not in test.excess_interval
    assert 1.0 in ends(test.odds_ratio.midp_interval) or min(
        abs(end - 1.0) for end in ends(test.odds_ratio.midp_interval)
    ) == pytest.approx(0.0, abs=1e-12)


@settings(deadline=None, derandomize=True, max_examples=60)
@given(tables | larger_tables)
def test_probabilities_lie_between_zero_and_one_and_estimates_in_their_intervals(pools: Tables) -> None:
    test = run(pools)
    for p in (test.pvalue, test.pvalue_greater, test.pvalue_less, test.midp, test.cmh_pvalue):
        assert 0.0 <= p <= 1.0
    assert test.pvalue_greater + test.pvalue_less >= 1.0 - 1e-12
    assert test.midp <= 2.0 * min(test.pvalue_greater, test.pvalue_less)
    assert test.least <= test.observed <= test.most
    assert test.excess in test.excess_interval
    odds = test.odds_ratio
    assert math.isnan(odds.estimate) == (test.informative_pools == 0)
    if test.informative_pools:
        assert odds.estimate in odds.midp_interval
        assert odds.interval.low <= odds.midp_interval.low <= odds.midp_interval.high <= odds.interval.high
    for estimate in (test.mh_odds_ratio, test.mh_rate_ratio, test.mh_rate_difference):
        assert math.isnan(estimate.estimate) or estimate.estimate in estimate.interval


@settings(deadline=None, derandomize=True, max_examples=60)
@given(tables | larger_tables)
def test_swapping_group_and_comparator_inverts_ratios_and_negates_differences(pools: Tables) -> None:
    assert_mirrored(run(pools), run([(c, d, a, b) for a, b, c, d in pools]))


@settings(deadline=None, derandomize=True, max_examples=60)
@given(tables | larger_tables)
def test_swapping_selected_and_retained_inverts_odds_and_negates_differences(pools: Tables) -> None:
    assert_mirrored(run(pools), run([(b, a, d, c) for a, b, c, d in pools]), rate_ratio=False)


@settings(deadline=None, derandomize=True, max_examples=50)
@given(st.lists(one_pool(), min_size=2, max_size=5).flatmap(lambda p: st.tuples(st.just(p), st.permutations(p))))
def test_order_of_pools_changes_nothing(pair: tuple[Tables, Tables]) -> None:
    one, other = run(pair[0]), run(pair[1])
    assert_same(one, other)


@settings(deadline=None, derandomize=True, max_examples=50)
@given(tables, st.sampled_from([(0, 3, 0, 4), (3, 0, 4, 0), (0, 0, 2, 3), (2, 3, 0, 0), (0, 0, 0, 0), (1, 0, 0, 0)]))
def test_uninformative_pool_is_counted_and_changes_nothing_exact(pools: Tables, extra: tuple) -> None:
    one, other = run(pools), run([*pools, extra])
    counted = ("pools", "none_selected_pools", "all_selected_pools", "one_group_pools")
    kept_across = ("mh_rate_ratio", "mh_rate_difference")
    assert_same(one, other, leave_out=counted + kept_across)
    assert other.pools == one.pools + 1 == sum(getattr(other, name) for name in counted[1:]) + other.informative_pools


def test_uninformative_pools_are_counted_by_their_reason() -> None:
    test = run([(0, 3, 0, 4), (0, 0, 0, 0), (3, 0, 4, 0), (0, 0, 2, 3), (2, 3, 0, 0), (1, 2, 2, 1)])
    assert (test.none_selected_pools, test.all_selected_pools, test.one_group_pools) == (2, 1, 2)
    assert (test.pools, test.informative_pools, test.people, test.group_people, test.selected) == (6, 1, 6, 3, 3)


def test_uninformative_pools_stay_in_the_rate_difference() -> None:
    # A pool where nobody goes is as even as can be, and brings the average difference nearer to none.
    alone, beside = run([(4, 2, 2, 4)]), run([(4, 2, 2, 4), (0, 6, 0, 6)])
    assert beside.mh_rate_difference.estimate == pytest.approx(alone.mh_rate_difference.estimate / 2)
    assert beside.mh_odds_ratio == alone.mh_odds_ratio


# ---- degenerate cases, by name ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "pools",
    [
        pytest.param([], id="no pools"),
        pytest.param([(0, 0, 0, 0)], id="an empty pool"),
        pytest.param([(0, 1, 0, 0), (0, 0, 1, 0)], id="one person a pool"),
        pytest.param([(3, 0, 4, 0), (2, 0, 1, 0)], id="everyone selected"),
        pytest.param([(0, 3, 0, 4), (0, 2, 0, 1)], id="nobody selected"),
        pytest.param([(0, 0, 3, 4), (0, 0, 2, 1)], id="empty group"),
        pytest.param([(3, 4, 0, 0), (2, 1, 0, 0)], id="empty comparator"),
    ],
)
def test_no_informative_pool_says_nothing(pools: Tables) -> None:
    test = run(pools)
    assert (test.informative_pools, test.observed, test.expected, test.variance, test.excess) == (0, 0, 0.0, 0.0, 0.0)
    assert (test.pvalue, test.pvalue_greater, test.pvalue_less, test.midp, test.cmh_pvalue) == (1.0,) * 5
    assert test.log10_pvalue == 0.0
    assert math.isnan(test.odds_ratio.estimate)
    assert math.isnan(test.mh_odds_ratio.estimate)
    assert ends(test.odds_ratio.interval) == ends(test.odds_ratio.midp_interval) == [0.0, math.inf]
    assert ends(test.mh_odds_ratio.interval) == [0.0, math.inf]
    assert ends(test.excess_interval) == [0.0, 0.0]
    assert math.isnan(test.homogeneity.statistic)
    assert math.isnan(test.homogeneity.pvalue)
    assert (test.homogeneity.dof, test.homogeneity.zelen_pvalue) == (0, None)


def test_nobody_selected_leaves_the_rate_difference_at_zero_with_nothing_known_of_its_precision() -> None:
    test = run([(0, 3, 0, 4)])
    assert test.mh_rate_difference.estimate == 0.0
    assert ends(test.mh_rate_difference.interval) == [-1.0, 1.0]
    assert math.isnan(test.mh_rate_ratio.estimate)


def test_pool_of_two_can_say_nothing_at_five_percent() -> None:
    test = run([(1, 0, 0, 1)])
    assert (test.pvalue, test.midp) == pytest.approx((1.0, 0.5), rel=1e-12)
    assert test.odds_ratio.estimate == math.inf


def test_perfect_separation_gives_infinity_and_an_interval_open_above() -> None:
    test = run([(5, 0, 0, 5), (4, 0, 0, 4)])
    ways = math.comb(10, 5) * math.comb(8, 4)
    assert test.odds_ratio.estimate == test.mh_odds_ratio.estimate == math.inf
    assert test.odds_ratio.interval.high == test.odds_ratio.midp_interval.high == math.inf
    assert test.odds_ratio.midp_interval.low > test.odds_ratio.interval.low > 1.0
    assert test.pvalue_greater == pytest.approx(1 / ways, rel=1e-12)
    assert test.pvalue == pytest.approx(2 / ways, rel=1e-12)
    assert ends(test.mh_odds_ratio.interval) == [0.0, math.inf]
    assert test.mh_rate_difference.estimate == 1.0
    assert test.excess_interval.high == test.most - test.expected
    assert math.isnan(test.homogeneity.pvalue)
    assert test.homogeneity.zelen_pvalue == 1.0


def test_perfect_separation_the_other_way_gives_zero_and_an_interval_open_below() -> None:
    test = run([(0, 5, 5, 0), (0, 4, 4, 0)])
    assert test.odds_ratio.estimate == test.mh_odds_ratio.estimate == 0.0
    assert test.odds_ratio.interval.low == test.odds_ratio.midp_interval.low == 0.0
    assert test.excess_interval.low == test.least - test.expected


def test_pools_that_cancel_give_one_and_are_told_apart_by_homogeneity() -> None:
    test = run([(10, 5, 5, 10), (5, 10, 10, 5)])
    assert test.odds_ratio.estimate == pytest.approx(1.0, abs=1e-12)
    assert test.pvalue == 1.0
    # Fitted cells are 7.5 at an odds ratio of exactly 1: (2.5² · 4 / 7.5) a pool.
    assert test.homogeneity.uncorrected_statistic == pytest.approx(2 * 2.5**2 * 4 / 7.5, rel=1e-12)
    assert test.homogeneity.pvalue < 0.05
    assert test.homogeneity.zelen_pvalue is not None
    assert test.homogeneity.zelen_pvalue < 0.05


def test_simpson_reversal_is_seen_through() -> None:
    # The pool that loses most is mostly the group's; inside each pool the group does a little better.
    pools = [(60, 25, 12, 3), (1, 9, 12, 78)]
    together = run([tuple(np.sum(pools, axis=0))])
    assert together.odds_ratio.estimate > 1.0
    assert together.midp < 0.001
    assert run(pools).odds_ratio.estimate < 1.0
    assert run(pools).midp > 0.3


def test_half_of_a_two_sided_p_may_lie_across_the_mean() -> None:
    test = run([(1, 4, 5, 1), (2, 2, 1, 5)])
    observed, ways = brute_force([(1, 4, 5, 1), (2, 2, 1, 5)])
    across = sum(way for x, way in ways.items() if way <= ways[observed] and x > test.expected)
    assert across / sum(ways.values()) > 0.3 * test.pvalue
    assert test.pvalue == pytest.approx(test.pvalue_less + across / sum(ways.values()), rel=1e-12)


def test_p_far_below_the_smallest_float_keeps_its_logarithm() -> None:
    test = run([(5_000, 0, 0, 5_000)])
    truth = -(math.lgamma(10_001) - 2 * math.lgamma(5_001)) / math.log(10) + math.log10(2)
    assert test.pvalue == test.midp == 0.0
    assert test.log10_pvalue == pytest.approx(truth, rel=1e-10)
    assert ends(test.odds_ratio.midp_interval)[0] > 1_000


def test_thousands_of_small_pools_are_one_law() -> None:
    test = run([(1, 2, 1, 2), (2, 1, 1, 2), (0, 2, 1, 2)] * 4_000)
    assert test.informative_pools == 12_000
    assert test.expected == pytest.approx(4_000 * (1.0 + 1.5 + 0.4), rel=1e-12)
    assert ends(test.odds_ratio.midp_interval) == pytest.approx(ends(test.mh_odds_ratio.interval), rel=2e-2)


# ---- many groups at once ------------------------------------------------------------------------------------------


def test_batch_gives_what_single_tests_give() -> None:
    rng = np.random.default_rng(7)
    total = rng.integers(4, 60, 12)
    selected = rng.integers(0, total + 1)
    sizes = np.array([rng.multinomial(n, [0.5, 0.3, 0.2]) for n in total]).T
    chosen = np.array([rng.multivariate_hypergeometric(size, m) for size, m in zip(sizes.T, selected, strict=True)]).T
    both = stratified_tests(group_selected=chosen, group_total=sizes, selected=selected, total=total)
    own = stratified_tests(
        group_selected=chosen, group_total=sizes, selected=np.tile(selected, (3, 1)), total=np.tile(total, (3, 1))
    )
    for group, test, again in zip(range(3), both, own, strict=True):
        single = stratified_test(group_selected=chosen[group], group_total=sizes[group], selected=selected, total=total)
        assert_same(test, single)
        assert_same(again, single)


def test_two_groups_that_make_up_everyone_mirror_each_other_in_a_batch() -> None:
    one, other = (
        margins([(5, 7, 2, 9), (0, 6, 3, 4), (2, 2, 2, 2)]),
        margins([(2, 9, 5, 7), (3, 4, 0, 6), (2, 2, 2, 2)]),
    )
    first, second = stratified_tests(
        group_selected=np.stack([one["group_selected"], other["group_selected"]]),
        group_total=np.stack([one["group_total"], other["group_total"]]),
        selected=one["selected"],
        total=one["total"],
    )
    assert_same(first, stratified_test(**one))
    assert_same(second, stratified_test(**other))


def test_batch_of_no_groups_is_empty() -> None:
    empty = np.zeros((0, 3), dtype=int)
    assert stratified_tests(group_selected=empty, group_total=empty, selected=[1, 1, 1], total=[3, 3, 3]) == ()


# ---- refusals -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"group_selected": [5, 0]}, "group_selected is larger than group_total"),
        ({"selected": [1, 1]}, "group_selected is larger than selected"),
        ({"total": [2, 2]}, "group_total is larger than total"),
        ({"total": [6, 1]}, "larger than total"),
        ({"group_selected": [0, 1]}, "outside the group"),
        ({"selected": [3]}, "shape"),
        ({"selected": [3, -1]}, "negative"),
        ({"selected": [3, 0.5]}, "not whole"),
        ({"level": 95.0}, "level"),
    ],
)
def test_what_cannot_be_is_refused_in_words(change: dict, words: str) -> None:
    good = {"group_selected": [2, 1], "group_total": [4, 2], "selected": [3, 1], "total": [6, 2]}
    with pytest.raises(EiaError, match=words):
        stratified_test(**{**good, **change})


# ---- helpers ------------------------------------------------------------------------------------------------------


def ends(interval: Interval) -> list[float]:
    return [interval.low, interval.high]


def uneven_pools(people: int) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(3)
    total = np.rint(people * rng.dirichlet(np.full(60, 2.0))).astype(int) + 2
    group, selected = rng.binomial(total, 0.4), rng.binomial(total, 0.2)
    return {
        "group_selected": rng.hypergeometric(group, total - group, selected),
        "group_total": group,
        "selected": selected,
        "total": total,
    }


def assert_same(one: object, other: object, leave_out: tuple[str, ...] = ()) -> None:
    """Two results agree, number by number, to far more digits than anyone will read."""
    for field in dataclasses.fields(one):  # type: ignore[arg-type]
        here, there = getattr(one, field.name), getattr(other, field.name)
        if field.name in leave_out:
            continue
        if dataclasses.is_dataclass(here):
            assert_same(here, there)
        elif isinstance(here, float):
            assert here == pytest.approx(there, rel=1e-9, abs=1e-9, nan_ok=True), field.name
        else:
            assert here == there, field.name


def assert_mirrored(one: StratifiedTest, other: StratifiedTest, *, rate_ratio: bool = True) -> None:
    """The second test is the first seen from the other side."""
    for p in ("pvalue", "midp", "log10_pvalue", "cmh_pvalue", "variance"):
        assert getattr(one, p) == pytest.approx(getattr(other, p), rel=1e-8, abs=1e-9), p
    assert one.pvalue_greater == pytest.approx(other.pvalue_less, rel=1e-9)
    assert one.excess == pytest.approx(-other.excess, abs=1e-9)
    assert ends(one.excess_interval) == pytest.approx([-end for end in reversed(ends(other.excess_interval))], abs=1e-7)
    assert one.odds_ratio.estimate == pytest.approx(inverse(other.odds_ratio.estimate), rel=1e-9, nan_ok=True)
    ratios = [("mh_odds_ratio", one.mh_odds_ratio, other.mh_odds_ratio)]
    if rate_ratio:
        ratios.append(("mh_rate_ratio", one.mh_rate_ratio, other.mh_rate_ratio))
    for name, here, there in ratios:
        assert here.estimate == pytest.approx(inverse(there.estimate), rel=1e-9, nan_ok=True), name
        assert ends(here.interval) == pytest.approx([inverse(e) for e in reversed(ends(there.interval))], rel=1e-8)
    for interval in ("interval", "midp_interval"):
        here, there = ends(getattr(one.odds_ratio, interval)), ends(getattr(other.odds_ratio, interval))
        assert here == pytest.approx([inverse(end) for end in reversed(there)], rel=1e-8)
    assert one.mh_rate_difference.estimate == pytest.approx(-other.mh_rate_difference.estimate, abs=1e-12, nan_ok=True)
    assert one.homogeneity.pvalue == pytest.approx(other.homogeneity.pvalue, rel=1e-6, abs=1e-9, nan_ok=True)


def inverse(value: float) -> float:
    return math.inf if value == 0.0 else 1.0 / value
