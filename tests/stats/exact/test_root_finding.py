"""Root finding that cannot leave its bracket."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eia.stats.exact.root_finding import crossing, rising_root


@settings(deadline=None, derandomize=True)
@given(st.floats(-20.0, 20.0), st.floats(-30.0, 30.0))
def test_root_is_found_from_anywhere_even_on_flat_stretches(root: float, start: float) -> None:
    found = rising_root(
        lambda x: (math.tanh(x - root), 1.0 - math.tanh(x - root) ** 2), start=start, low=-40.0, high=40.0
    )
    assert found == pytest.approx(root, abs=1e-12)


def test_root_is_found_without_a_usable_slope() -> None:
    assert rising_root(lambda x: (x**3 - 2.0, 0.0), start=0.0, low=-4.0, high=4.0) == pytest.approx(2.0 ** (1 / 3))


@pytest.mark.parametrize(("shift", "end"), [(10.0, 5.0), (-10.0, -5.0)])
def test_root_beyond_the_bracket_gives_the_nearer_end(shift: float, end: float) -> None:
    assert rising_root(lambda x: (x - shift, 1.0), start=0.0, low=-5.0, high=5.0) == pytest.approx(end)


def test_search_stops_where_the_value_is_near_enough() -> None:
    seen: list[float] = []

    def line(x: float) -> tuple[float, float]:
        seen.append(x)
        return 0.1 * x, 0.05

    assert abs(rising_root(line, start=1.0, low=-5.0, high=5.0, enough=0.2)) <= 2.0
    assert len(seen) == 1


@pytest.mark.parametrize(
    ("function", "low", "high", "root"),
    [
        (lambda x: 0.1 - x, 0.0, 1.0, 0.1),
        (lambda x: 5.0 - math.exp(x), -100.0, 100.0, math.log(5.0)),
        (lambda x: -math.tanh(50.0 * x) - 0.5, -100.0, 3.0, -math.atanh(0.5) / 50.0),
        (lambda x: 1.0 if x < 1.0 else -1.0, -50.0, 70.0, 1.0),
        (lambda x: 1e6 - x, 0.0, 1e16, 1e6),
    ],
)
def test_a_crossing_needs_no_slope(function, low, high, root):
    assert crossing(function, low=low, high=high, close=1e-14) == pytest.approx(root, rel=1e-12)


def test_a_crossing_may_lie_at_an_end():
    assert crossing(lambda x: -x, low=0.0, high=1.0, close=1e-14) == pytest.approx(0.0, abs=1e-14)
    assert crossing(lambda x: 1.0 - x, low=0.0, high=1.0, close=1e-14) == pytest.approx(1.0, abs=1e-14)
