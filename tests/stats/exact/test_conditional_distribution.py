"""The law of a total over pools: against whole numbers, and by what holds of any such law."""

from __future__ import annotations

import itertools
import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eia.stats.exact.conditional_distribution import GroupTotal, PoolMargins, cell_at, reach, tilt, tilt_to_mean


@st.composite
def informative(draw: st.DrawFn, largest: int = 12) -> tuple[int, int, int]:
    total = draw(st.integers(2, largest))
    return draw(st.integers(1, total - 1)), draw(st.integers(1, total - 1)), total


pools = st.lists(informative(), min_size=1, max_size=5)
thetas = st.floats(-6.0, 6.0)


def margins(kinds: list[tuple[int, int, int]]) -> PoolMargins:
    return PoolMargins.of(*np.array(kinds, dtype=np.int64).T)


def exact(kinds: list[tuple[int, int, int]], psi: Fraction) -> dict[int, Fraction]:
    law = {0: Fraction(1)}
    for g, m, n in kinds:
        one = {x: math.comb(g, x) * math.comb(n - g, m - x) * psi**x for x in range(max(0, g + m - n), min(g, m) + 1)}
        following: dict[int, Fraction] = {}
        for (x, p), (y, q) in itertools.product(law.items(), one.items()):
            following[x + y] = following.get(x + y, Fraction(0)) + p * q
        law = following
    everything = sum(law.values())
    return {x: p / everything for x, p in law.items()}


@settings(deadline=None, derandomize=True)
@given(pools, thetas)
def test_law_equals_whole_numbers_at_any_tilt(kinds: list[tuple[int, int, int]], theta: float) -> None:
    law, truth = GroupTotal(margins(kinds)).law(theta), exact(kinds, Fraction(math.exp(theta)))
    assert law.x.tolist() == sorted(truth)
    np.testing.assert_allclose(law.mass, [float(truth[x]) for x in sorted(truth)], rtol=1e-9, atol=1e-15)
    mean = sum(x * p for x, p in truth.items())
    assert law.mean == pytest.approx(float(mean), rel=1e-11)
    assert law.sd**2 == pytest.approx(float(sum((x - mean) ** 2 * p for x, p in truth.items())), rel=1e-9, abs=1e-13)


@settings(deadline=None, derandomize=True)
@given(pools, thetas)
def test_law_carried_back_to_odds_ratio_one_is_the_same_whatever_the_tilt(
    kinds: list[tuple[int, int, int]], theta: float
) -> None:
    law, truth = GroupTotal(margins(kinds)).law(theta), exact(kinds, Fraction(1))
    bulk = law.mass > 1e-6
    logs = [math.log(truth[int(x)]) for x in law.x[bulk]]
    np.testing.assert_allclose(law.log_null()[bulk], logs, rtol=1e-11, atol=1e-9)


@settings(deadline=None, derandomize=True)
@given(pools, thetas)
def test_negative_of_a_total_has_the_law_read_backwards(kinds: list[tuple[int, int, int]], theta: float) -> None:
    total = GroupTotal(margins(kinds))
    law, negative = total.law(theta), (-total).law(-theta)
    assert negative.x.tolist() == (-law.x[::-1]).tolist()
    np.testing.assert_allclose(negative.mass, law.mass[::-1], rtol=1e-12, atol=1e-15)
    assert ((-total).least, (-total).mean) == (-total.margins.most, -total.mean)


@settings(deadline=None, derandomize=True, max_examples=50)
@given(pools, st.floats(0.02, 0.98))
def test_tilt_to_a_mean_reaches_it(kinds: list[tuple[int, int, int]], part: float) -> None:
    total = GroupTotal(margins(kinds))
    mean = total.margins.least + part * (total.margins.most - total.margins.least)
    theta, _ = tilt_to_mean(total, mean, start=0.0)
    assert total.tilt(theta).mean == pytest.approx(mean, rel=1e-10)


@settings(deadline=None, derandomize=True)
@given(informative(largest=10_000), st.floats(-8.0, 8.0))
def test_nothing_worth_keeping_is_cut_off(pool: tuple[int, int, int], theta: float) -> None:
    g, m, n = pool
    law = GroupTotal(margins([pool])).law(theta)
    assert law.mass.sum() == pytest.approx(1.0, abs=1e-12)
    inside = tilt(margins([pool]), theta)
    last = inside.rows[0][0][:, -1] / inside.norm
    whole_support = law.x.size == min(g, m) - max(0, g + m - n) + 1
    assert whole_support or np.all(last <= 1e-17)


@settings(deadline=None, derandomize=True)
@given(informative(largest=10_000), st.floats(-20.0, 20.0))
def test_fitted_cell_has_the_odds_ratio_asked_for(pool: tuple[int, int, int], theta: float) -> None:
    g, m, n = (np.array([float(number)]) for number in pool)
    psi = math.exp(theta)
    a = cell_at(psi, g, m, n)
    assert max(0.0, (g + m - n)[0]) < a[0] < min(g, m)[0]
    # One side of the equation over the other would lose the digits that 1/cell has; the product form keeps them.
    left, right = a * (n - g - m + a), psi * (g - a) * (m - a)
    assert left[0] == pytest.approx(right[0], rel=1e-5, abs=1e-9 * float(n[0]) ** 2)


def test_work_grows_with_spread_not_with_people() -> None:
    small = GroupTotal(margins([(400, 200, 1_000)])).law(0.0)
    large = GroupTotal(margins([(400_000, 200_000, 1_000_000)])).law(0.0)
    assert large.x.size < 40 * small.x.size
    assert large.x.size < 20 * large.sd + 60


def test_reach_covers_a_number_that_is_nearly_poisson() -> None:
    rate = 0.3
    far = float(reach(np.array([rate]))[0])
    assert math.exp(-rate) * rate**far / math.gamma(far + 1.0) < 1e-18


def test_pools_of_the_same_margins_count_once_and_weigh_as_many_as_they_are() -> None:
    one_kind = margins([(2, 3, 6)] * 50)
    assert one_kind.times.tolist() == [50.0]
    apart = GroupTotal(margins([(2, 3, 6)])).law(0.7)
    convolved = np.array([1.0])
    for _ in range(50):
        convolved = np.convolve(convolved, apart.mass)
    law = GroupTotal(one_kind).law(0.7)
    np.testing.assert_allclose(law.mass, convolved[law.x.astype(int)], rtol=1e-9, atol=1e-16)
