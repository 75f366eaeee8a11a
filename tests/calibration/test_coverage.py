"""Intervals cover as often as they promise, and tests speak as often as they should: from exact laws, without drawing where possible."""

from __future__ import annotations

import numpy as np
import pytest
from exact_laws import DESIGNS, TIED, Design, by_total, total_law
from measured import (
    ODDS_RATIOS,
    SIDES,
    mantel_haenszel_coverage,
    odds_ratio_coverage,
    rates_coverage,
    says_so,
)

MANY_TOTALS = 30
designs = pytest.mark.parametrize("design", DESIGNS, ids=lambda design: design.name)


@designs
@pytest.mark.parametrize("odds_ratio", ODDS_RATIOS)
def test_the_law_of_totals_is_one_and_has_the_stratified_tests_own_mean(design: Design, odds_ratio):
    law = total_law(design, odds_ratio)
    g, m, n = design.margins
    assert law.sum() == pytest.approx(1.0)
    assert law.size == len(by_total(design))
    if odds_ratio == 1.0:
        assert law @ (design.least.sum() + np.arange(law.size)) == pytest.approx((g * m / n).sum())


@designs
def test_exact_intervals_cover_at_least_at_their_level_everywhere(design: Design):
    assert odds_ratio_coverage(design)["exact"].worst >= 0.95
    assert odds_ratio_coverage(design, np.array(ODDS_RATIOS))["exact"].worst >= 0.95


@designs
def test_mid_p_intervals_cover_on_average_over_odds_ratios_at_their_level_or_above(design: Design):
    midp = odds_ratio_coverage(design)["mid-p"]
    assert midp.average >= 0.95
    assert midp.worst >= 0.92
    if len(by_total(design)) >= MANY_TOTALS:
        assert midp.average == pytest.approx(0.95, abs=0.01)


def test_mid_p_intervals_are_on_average_over_designs_within_one_point_of_their_level():
    assert np.mean([odds_ratio_coverage(design)["mid-p"].average for design in DESIGNS]) == pytest.approx(
        0.95, abs=0.01
    )


@pytest.mark.slow
@designs
def test_the_interval_of_the_mantel_haenszel_odds_ratio_covers_near_its_level(design: Design):
    shares = mantel_haenszel_coverage(design)
    assert shares["RBG"].average >= 0.94
    if len(by_total(design)) >= MANY_TOTALS:
        for kind in ("RBG", "Greenland-Robins", "Sato"):
            assert shares[kind].average == pytest.approx(0.95, abs=0.02)


@pytest.mark.parametrize(("group", "others"), SIDES)
def test_intervals_of_rates_cover_on_average_within_one_point_of_their_level(group, others):
    shares = rates_coverage(group, others)
    assert shares["Clopper-Pearson"].worst >= 0.95
    for kind in ("Wilson", "Newcombe", "Koopman"):
        assert shares[kind].average == pytest.approx(0.95, abs=0.01)
        assert shares[kind].worst >= 0.89


@designs
def test_the_exact_test_raises_no_more_false_alarms_than_stated(design: Design):
    law = total_law(design, 1.0)
    assert law @ [test.pvalue <= 0.05 for test in by_total(design)] <= 0.05


def test_where_the_group_is_in_the_pools_most_go_from_pooled_methods_cry_out_and_stratified_ones_do_not():
    shares = says_so(TIED, 1.0)
    assert shares["mid-p"] < 0.06
    assert shares["exact"] < 0.05
    assert min(shares["pooled chi-squared"], shares["pooled Fisher"], shares["four-fifths rule"]) > 0.25


def test_half_a_person_added_costs_a_third_of_the_power_in_small_pools():
    shares = says_so(DESIGNS[2], 2.0)
    assert shares["CMH, half a person added"] < 0.67 * shares["mid-p"]


def test_mid_p_sees_at_least_as_much_as_the_exact_test_in_these_designs():
    for design in (*DESIGNS, TIED):
        for psi in (0.5, 2.0, 3.0):
            law = total_law(design, psi)
            midp, exact = (law @ [getattr(test, p) <= 0.05 for test in by_total(design)] for p in ("midp", "pvalue"))
            assert midp >= exact - 1e-12
