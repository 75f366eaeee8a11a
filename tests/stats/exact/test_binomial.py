"""The exact binomial test, against R, exact fractions and by its rules."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom, binomtest

from eia.errors import EiaError
from eia.stats.exact.binomial import binomial_test

shares = st.integers(1, 99).map(lambda percent: percent / 100)
draws = st.integers(0, 40).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def test_equals_the_worked_case(binomial_case: Any) -> None:
    truth = binomial_case["results"]
    test = binomial_test(group_selected=truth["x"], selected=truth["n"], share=truth["p0"])
    assert test.expected == pytest.approx(truth["expected"], rel=1e-12)
    assert test.estimate == pytest.approx(truth["share"], rel=1e-12)
    assert test.pvalue == pytest.approx(truth["p_two_minlike"], rel=1e-9)
    assert test.pvalue_less == pytest.approx(truth["p_less"], rel=1e-9)
    assert test.pvalue_greater == pytest.approx(truth["p_greater"], rel=1e-9)
    assert test.log10_pvalue_less == pytest.approx(truth["log10_p_less"], rel=1e-9, abs=1e-15)
    assert test.log10_pvalue_greater == pytest.approx(truth["log10_p_greater"], rel=1e-9, abs=1e-15)
    assert [test.interval.low, test.interval.high] == pytest.approx(truth["clopper_pearson_ci95"], rel=1e-9)


@settings(deadline=None, derandomize=True, max_examples=200)
@given(draws, st.integers(1, 99))
def test_equals_sums_of_exact_fractions(draw: tuple[int, int], percent: int) -> None:
    x, n = draw
    share = Fraction(percent, 100)
    mass = [math.comb(n, k) * share**k * (1 - share) ** (n - k) for k in range(n + 1)]
    test = binomial_test(group_selected=x, selected=n, share=percent / 100)
    assert test.pvalue == pytest.approx(
        float(sum(p for p in mass if p <= mass[x] * (1 + Fraction(1, 10**7)))), rel=1e-11
    )
    assert test.pvalue_greater == pytest.approx(float(sum(mass[x:])), rel=1e-11)
    assert test.pvalue_less == pytest.approx(float(sum(mass[: x + 1])), rel=1e-11)
    smaller = min(sum(mass[x:]), sum(mass[: x + 1])) - mass[x] / 2
    assert test.midp == pytest.approx(min(float(2 * smaller), 1.0), rel=1e-11)


@settings(deadline=None, derandomize=True, max_examples=100)
@given(draws.filter(lambda draw: draw[1] > 0), shares)
def test_equals_scipy(draw: tuple[int, int], share: float) -> None:
    x, n = draw
    assert binomial_test(group_selected=x, selected=n, share=share).pvalue == pytest.approx(
        binomtest(x, n, share).pvalue, rel=1e-9
    )


@settings(deadline=None, derandomize=True, max_examples=100)
@given(draws, shares)
def test_counting_everyone_else_instead_swaps_the_tails(draw: tuple[int, int], share: float) -> None:
    x, n = draw
    one = binomial_test(group_selected=x, selected=n, share=share)
    other = binomial_test(group_selected=n - x, selected=n, share=1.0 - share)
    assert one.pvalue == pytest.approx(other.pvalue, rel=1e-9)
    assert one.pvalue_greater == pytest.approx(other.pvalue_less, rel=1e-9)
    assert one.excess == pytest.approx(-other.excess, abs=1e-12)
    assert one.interval.low == pytest.approx(1.0 - other.interval.high, abs=1e-12)


@settings(deadline=None, derandomize=True, max_examples=100)
@given(draws.filter(lambda draw: 0 < draw[0] < draw[1]), st.sampled_from([0.8, 0.95, 0.99]))
def test_each_limit_put_back_as_the_share_gives_half_of_alpha(draw: tuple[int, int], level: float) -> None:
    x, n = draw
    interval = binomial_test(group_selected=x, selected=n, share=0.5, level=level).interval
    assert binom.sf(x - 1, n, interval.low) == pytest.approx((1 - level) / 2, rel=1e-9)
    assert binom.cdf(x, n, interval.high) == pytest.approx((1 - level) / 2, rel=1e-9)
    assert x / n in interval


def test_nobody_selected_says_nothing() -> None:
    test = binomial_test(group_selected=0, selected=0, share=0.4)
    assert (test.pvalue, test.pvalue_greater, test.pvalue_less, test.midp) == (1.0, 1.0, 1.0, 1.0)
    assert math.isnan(test.estimate)
    assert (test.interval.low, test.interval.high) == (0.0, 1.0)


def test_none_and_all_of_the_group_reach_the_ends_of_the_interval() -> None:
    assert binomial_test(group_selected=0, selected=5, share=0.4).interval.low == 0.0
    assert binomial_test(group_selected=5, selected=5, share=0.4).interval.high == 1.0


def test_share_of_zero_allows_none() -> None:
    assert binomial_test(group_selected=0, selected=5, share=0.0).pvalue == 1.0
    impossible = binomial_test(group_selected=1, selected=5, share=0.0)
    assert (impossible.pvalue, impossible.pvalue_greater, impossible.pvalue_less) == (0.0, 0.0, 1.0)
    assert (impossible.midp, impossible.log10_pvalue) == (0.0, -math.inf)


def test_share_of_one_allows_only_all() -> None:
    assert binomial_test(group_selected=5, selected=5, share=1.0).pvalue == 1.0
    assert binomial_test(group_selected=4, selected=5, share=1.0).pvalue_less == 0.0


def test_probability_too_small_for_a_float_keeps_its_logarithm() -> None:
    test = binomial_test(group_selected=5_000, selected=5_000, share=0.5)
    assert test.pvalue == 0.0
    assert test.log10_pvalue == pytest.approx(4_999 * math.log10(0.5), rel=1e-12)  # two equal tails


def test_a_million_selected_is_as_exact_as_ten() -> None:
    test = binomial_test(group_selected=501_000, selected=1_000_000, share=0.5)
    assert test.pvalue == pytest.approx(binomtest(501_000, 1_000_000, 0.5).pvalue, rel=1e-8)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"group_selected": 6}, "group_selected is 6, selected is 5"),
        ({"share": 1.2}, "share"),
        ({"share": float("nan")}, "share"),
        ({"level": 1.0}, "level"),
        ({"group_selected": -1}, "negative"),
        ({"selected": 5.5}, "not whole"),
    ],
)
def test_what_cannot_be_is_refused_in_words(change: dict, words: str) -> None:
    with pytest.raises(EiaError, match=words):
        binomial_test(**{"group_selected": 2, "selected": 5, "share": 0.4, **change})
