"""Numbers are rounded so that they still say what they said: parts add up, p stays on its side, limits have their names."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eia.case import ALPHAS
from eia.present.text.numbers import expected, interval, parts, people, percent, pvalue, ratio, signed
from eia.stats.results import Interval

EXCESS = st.floats(-1e6, 1e6)


@given(st.lists(EXCESS, min_size=1, max_size=4))
def test_parts_shown_add_up_to_their_rounded_total(values: list[float]) -> None:
    shown = parts(values)
    assert sum(shown) == pytest.approx(round(10 * math.fsum(values)) / 10, abs=0.1001 if _on_the_edge(values) else 1e-6)
    assert signed(sum(shown)) == signed(sum(round(10 * part) for part in shown) / 10)
    for value, part in zip(values, shown, strict=True):
        assert abs(part - value) < 0.1 + 1e-6
        assert 10 * part == pytest.approx(round(10 * part), abs=1e-6)


def _on_the_edge(values: list[float]) -> bool:
    """Whether the total lies so near half a tenth that the order of adding up decides."""
    tenths = 10 * math.fsum(values)
    return abs(tenths - math.floor(tenths) - 0.5) < 1e-6


def test_whole_parts_stay_as_they_are() -> None:
    assert parts([3.0, -2.0, 0.0]) == (3.0, -2.0, 0.0)
    assert parts([]) == ()


@given(st.floats(0, 1))
def test_p_is_never_rounded_across_a_conventional_alpha_nor_to_nothing(value: float) -> None:
    shown = pvalue(value)
    if shown == "less than 0.001":
        assert value < 0.001
        return
    for alpha in ALPHAS:
        assert (float(shown) <= alpha) == (value <= alpha)
        assert (float(shown) == alpha) == (value == alpha)
    assert float(shown) == pytest.approx(value, abs=0.0005 + 1e-12)


@pytest.mark.parametrize("alpha", ALPHAS)
@pytest.mark.parametrize("off", [-5e-4, -1e-7, 0.0, 1e-7, 5e-4, -math.inf, math.inf])
def test_p_next_to_a_conventional_alpha_keeps_its_side(alpha: float, off: float) -> None:
    value = math.nextafter(alpha, off) if math.isinf(off) else alpha + off
    if alpha == 0.001 and value < alpha:
        assert pvalue(value) == "less than 0.001"
    else:
        assert (float(pvalue(value)) <= alpha) == (value <= alpha)
        assert (float(pvalue(value)) == alpha) == (value == alpha)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (math.nan, "–"),
        (0.0, "less than 0.001"),
        (1.0, "1"),
        (0.0009999, "less than 0.001"),
        (0.001, "0.001"),
        (0.9994, "0.999"),
    ],
)
def test_p_at_its_ends(value: float, shown: str) -> None:
    assert pvalue(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (math.inf, "infinite"),
        (math.nan, "undefined"),
        (0.0, "0"),
        (1e-9, "1e-09"),
        (0.05, "0.05"),
        (1.0, "1.00"),
        (99.99, "99.99"),
        (1e6, "1,000,000"),
    ],
)
def test_a_ratio_at_its_limits_is_named(value: float, shown: str) -> None:
    assert ratio(value) == shown


@given(st.floats(0, 1e9))
def test_a_ratio_above_nothing_is_not_printed_as_nothing(value: float) -> None:
    assert (ratio(value) == "0") == (value == 0)


def test_an_open_interval_says_so() -> None:
    assert interval(Interval(low=0.0, high=math.inf, level=0.95, method="mid-p")) == "0 to infinite"


@given(EXCESS)
def test_an_excess_has_its_sign_and_no_sign_at_nothing(value: float) -> None:
    shown = signed(value)
    assert shown[0] in "+−" if shown != "0.0" else abs(value) <= 0.05 + 1e-9
    assert float(shown.replace("−", "-").replace(",", "")) == pytest.approx(value, abs=0.0501)
    assert "-" not in shown


def test_shares_of_nobody_are_no_number() -> None:
    assert percent(0, 0) == "–"
    assert percent(1, 3) == "33.3%"


@pytest.mark.parametrize(("count", "shown"), [(0, "0"), (1234567, "1,234,567"), (2.5, "2.5"), (3.0, "3")])
def test_people_are_whole_unless_expected(count: float, shown: str) -> None:
    assert people(count) == shown
    assert "." in expected(count)
