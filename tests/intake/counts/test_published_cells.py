"""A published cell gives every number that it can stand for, and nothing where it can be read in two ways."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eia.intake.counts.published_cells import Figure, figures


@pytest.mark.parametrize(
    ("cell", "low", "high"),
    [
        ("0", 0, 0), ("12", 12, 12), ("1,234", 1234, 1234), ("<5", 0, 4), ("< 10", 0, 9), ("<1,000", 0, 999),
        ("fewer than five", 0, 4), ("Less than 10", 0, 9), ("under 5", 0, 4), ("≤5", 0, 5), ("up to 3", 0, 3),
        ("1-4", 1, 4), ("1 to 4", 1, 4), ("1–4", 1, 4), ("*", 0, None), ("**", 0, None), ("[c]", 0, None), ("..", 0, None),
        ("....", 0, None), ("~", 0, None), ("Withheld", 0, None), ("-", 0, None), ("–", 0, None), ("[low]", 0, None), ("[x]", 0, None),
        ("12 [r]", 12, 12), ("1,234 [p]", 1234, 1234), ("12 [note 3]", 12, 12), ("at least 5", 5, None), ("10 or more", 10, None),
    ],
)  # fmt: skip
def test_a_cell_gives_its_range(cell: str, low: int, high: int | None) -> None:
    assert figures(cell) == (Figure(low, high),)


@pytest.mark.parametrize(
    "cell",
    ["", "76**", "1.5", "-3", "5-1", "12 34", "1,23", "nil", "101%", "1e3", "²", "9" * 30, "<0"],
)
def test_a_cell_that_could_be_read_in_two_ways_or_in_none_gives_nothing(cell: str) -> None:
    assert figures(cell) == ()


@given(st.integers(0, 10_000), st.sampled_from([1, 5, 10, 100]))
def test_the_count_that_was_rounded_is_inside(count: int, unit: int) -> None:
    lower = count // unit * unit
    for printed in {lower, lower + unit} if count % unit * 2 == unit else {round(Fraction(count, unit)) * unit}:
        (figure,) = figures(f"{printed:,}", rounded_to=unit)
        assert figure.high is not None
        assert figure.low <= count <= figure.high
        assert figure.high - figure.low <= unit


@given(st.integers(0, 2000), st.integers(1, 2000), st.integers(0, 3))
def test_the_share_that_was_rounded_is_inside_its_percentage(part: int, base: int, decimals: int) -> None:
    share = Fraction(min(part, base), base)
    (figure,) = figures(f"{float(share * 100):.{decimals}f}%")
    assert figure.high is not None
    assert Fraction(figure.low, figure.parts) <= share <= Fraction(figure.high, figure.parts)
    assert figures(f"{float(share * 100):.{decimals}f}", percentage=True) == (figure,)


def test_a_count_with_its_percentage_gives_both() -> None:
    assert figures("10 (83%)") == (Figure(10, 10), Figure(165, 167, 200))
    assert figures("1,200 [8.5 per cent]") == (Figure(1200, 1200), Figure(169, 171, 2000))


def test_the_case_says_what_a_mark_stands_for() -> None:
    marks = {"*": "1 to 4", "-": "0", "x": "any"}
    assert [figures(cell, marks=marks) for cell in ("*", " - ", "X")] == [
        (Figure(1, 4),), (Figure(0, 0),), (Figure(0, None),),
    ]  # fmt: skip
    assert figures("7", marks=marks, rounded_to=5) == (Figure(5, 9),)
