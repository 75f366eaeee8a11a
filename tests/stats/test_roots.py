"""Root finding that cannot leave its bracket."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eia.stats.roots import rising_root


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
