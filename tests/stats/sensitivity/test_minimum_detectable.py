"""What pools could show: against R, whole numbers and the test itself, and by its rules."""

from __future__ import annotations

import itertools
import json
import math
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eia.errors import EiaError
from eia.stats.exact.stratified_test import stratified_test
from eia.stats.sensitivity.minimum_detectable import DetectableDisparity, minimum_detectable

REFERENCE = json.loads((Path(__file__).parents[2] / "data" / "detectable.json").read_text(encoding="utf-8"))["cases"]
Kinds = list[tuple[int, int, int]]


def could(kinds: Kinds, *, alpha: float = 0.05, power: float = 0.8) -> Any:
    g, m, n = np.array(kinds, dtype=np.int64).reshape(-1, 3).T
    return minimum_detectable(group_total=g, selected=m, total=n, alpha=alpha, power=power)


@st.composite
def informative(draw: st.DrawFn, largest: int = 12) -> tuple[int, int, int]:
    total = draw(st.integers(2, largest))
    return draw(st.integers(1, total - 1)), draw(st.integers(1, total - 1)), total


pools = st.lists(informative(), min_size=1, max_size=5)
alphas = st.sampled_from([0.001, 0.01, 0.05, 0.2, 0.4])


def ways(kinds: Kinds) -> dict[int, int]:
    """The number of ways to every total: whole numbers throughout."""
    law = {0: 1}
    for g, m, n in kinds:
        following: dict[int, int] = {}
        for so_far, x in itertools.product(law, range(max(0, g + m - n), min(g, m) + 1)):
            more = math.comb(g, x) * math.comb(n - g, m - x)
            following[so_far + x] = following.get(so_far + x, 0) + law[so_far] * more
        law = following
    return law


def mass_at(kinds: Kinds, psi: float) -> dict[int, float]:
    law, scale = ways(kinds), Fraction(psi)
    weight = {x: way * scale**x for x, way in law.items()}
    everything = sum(weight.values())
    return {x: float(w / everything) for x, w in weight.items()}


# ---- against R and whole numbers ----------------------------------------------------------------------------------


@pytest.mark.parametrize("case", REFERENCE, ids=lambda case: f"{case['name']}-{case['alpha']:.4f}-{case['power']}")
def test_smallest_detectable_equals_r(case: Any) -> None:
    found = could(case["pools"], alpha=case["alpha"], power=case["power"])
    for side, truth in ((found.above, case["above"]), (found.below, case["below"])):
        if truth is None:
            assert side is None
            continue
        assert side.critical_total == truth["critical_total"]
        assert side.odds_ratio == pytest.approx(truth["odds_ratio"], rel=1e-8)
        assert side.excess == pytest.approx(truth["excess"], rel=1e-8)


@settings(deadline=None, derandomize=True, max_examples=80)
@given(pools, alphas)
def test_totals_that_would_be_found_are_those_of_whole_numbers(kinds: Kinds, alpha: float) -> None:
    law = ways(kinds)
    everything, level = sum(law.values()), Fraction(alpha) * (1 + Fraction(1, 10**12))

    def doubled(x: int, sign: int) -> Fraction:
        return Fraction(2 * sum(way for y, way in law.items() if sign * (y - x) > 0) + law[x], everything)

    above = [x for x in law if doubled(x, 1) <= level]
    below = [x for x in law if doubled(x, -1) <= level]
    found = could(kinds, alpha=alpha)
    assert (found.above and found.above.critical_total) == (min(above) if above else None)
    assert (found.below.critical_total if found.below else None) == (max(below) if below else None)


@settings(deadline=None, derandomize=True, max_examples=60)
@given(pools, alphas, st.sampled_from([0.5, 0.8, 0.99]))
def test_odds_ratio_put_back_into_the_law_gives_the_power(kinds: Kinds, alpha: float, power: float) -> None:
    found = could(kinds, alpha=alpha, power=power)
    for side, sign in ((found.above, 1), (found.below, -1)):
        if side is None:
            continue
        mass = mass_at(kinds, side.odds_ratio)
        reached = math.fsum(p for x, p in mass.items() if sign * (x - side.critical_total) >= 0)
        assert reached == pytest.approx(power, rel=1e-8)
        excess = math.fsum(x * p for x, p in mass.items()) - found.expected
        assert side.excess == pytest.approx(excess, rel=1e-8, abs=1e-9)


# ---- rules --------------------------------------------------------------------------------------------------------


@settings(deadline=None, derandomize=True, max_examples=25)
@given(st.lists(informative(largest=8), min_size=1, max_size=2))
def test_the_test_itself_finds_exactly_the_totals_named(kinds: Kinds) -> None:
    g, m, n = np.array(kinds).T
    found = could(kinds)
    for cells in itertools.product(*(range(max(0, a + b - c), min(a, b) + 1) for a, b, c in kinds)):
        test = stratified_test(group_selected=cells, group_total=g, selected=m, total=n)
        high = found.above is not None and sum(cells) >= found.above.critical_total
        low = found.below is not None and sum(cells) <= found.below.critical_total
        assert (test.midp <= 0.05) == (high or low)


@settings(deadline=None, derandomize=True, max_examples=50)
@given(pools, alphas)
def test_swapping_group_and_comparator_swaps_the_directions(kinds: Kinds, alpha: float) -> None:
    one, other = could(kinds, alpha=alpha), could([(n - g, m, n) for g, m, n in kinds], alpha=alpha)
    for here, there in ((one.above, other.below), (one.below, other.above)):
        assert (here is None) == (there is None)
        if here is not None:
            assert here.odds_ratio == pytest.approx(1.0 / there.odds_ratio, rel=1e-8)
            assert here.people == -there.people


def grows(smaller: DetectableDisparity | None, larger: DetectableDisparity | None) -> bool:
    return larger is None or (smaller is not None and smaller.odds_ratio <= larger.odds_ratio * (1.0 + 1e-9))


@settings(deadline=None, derandomize=True, max_examples=50)
@given(pools)
def test_more_power_or_a_smaller_alpha_needs_a_larger_disparity(kinds: Kinds) -> None:
    plain = could(kinds).above
    assert grows(plain, could(kinds, power=0.9).above)
    assert grows(plain, could(kinds, alpha=0.05 / 20).above)


def test_people_are_rounded_away_from_none() -> None:
    found = could([(20, 12, 50)])
    assert found.above.people == math.ceil(found.above.excess)
    assert found.below.people == math.floor(found.below.excess)


def test_uninformative_pools_change_nothing() -> None:
    alone, beside = could([(20, 12, 50)]), could([(20, 12, 50), (0, 3, 9), (9, 3, 9), (4, 0, 9), (4, 9, 9), (0, 0, 0)])
    assert alone == beside
    assert (beside.informative_pools, beside.people) == (1, 50)


def test_a_million_people_in_two_hundred_pools_can_show_a_small_disparity() -> None:
    total = np.linspace(300, 9_700, 200).astype(int)
    found = minimum_detectable(group_total=total // 2, selected=total // 5, total=total, alpha=0.05)
    # The normal approximation is close at this size: (1.96 + 0.84) standard deviations.
    sd = math.sqrt(float((total / 4 * 0.16 * total / (total - 1)).sum()))
    assert found.above.excess == pytest.approx(2.8016 * sd, rel=2e-3)
    assert 1.0 < found.above.odds_ratio < 1.02


# ---- degenerate cases, by name ------------------------------------------------------------------------------------


@pytest.mark.parametrize("kinds", [[], [(0, 0, 0)], [(4, 0, 9)], [(9, 3, 9)]], ids=str)
def test_no_informative_pool_can_show_nothing(kinds: Kinds) -> None:
    found = could(kinds)
    assert (found.above, found.below, found.expected, found.people) == (None, None, 0.0, 0)


def test_a_pool_too_small_shows_nothing_however_large() -> None:
    assert could([(2, 1, 5)]).above is None
    assert could([(2, 1, 5)]).below is None


def test_a_group_of_one_can_be_found_hit_but_never_spared() -> None:
    found = could([(1, 1, 100)])
    assert found.above.critical_total == 1
    assert found.below is None


def test_one_in_a_million_keeps_its_digits() -> None:
    # P(X = 1) = ψ / (ψ + 999,999) = 0.8.
    assert could([(1, 1, 1_000_000)]).above.odds_ratio == pytest.approx(4 * 999_999, rel=1e-9)


def test_midp_that_ties_with_alpha_would_be_found() -> None:
    assert could([(3, 3, 6)]).above.critical_total == 3


# ---- faults -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("alpha", "power"), [(0.0, 0.8), (0.5, 0.8), (math.nan, 0.8), (0.05, 0.05), (0.05, 1.0)])
def test_alpha_or_power_out_of_range_is_refused(alpha: float, power: float) -> None:
    with pytest.raises(EiaError, match="between"):
        could([(3, 3, 6)], alpha=alpha, power=power)


def test_a_group_larger_than_its_pool_is_refused() -> None:
    with pytest.raises(EiaError, match="group_total is larger than total"):
        could([(7, 3, 6)])
