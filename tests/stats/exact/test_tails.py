"""The p-values of a total observed: against whole numbers, from the law about it and from the law at odds ratio 1 alike."""

from __future__ import annotations

import itertools
import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eia.stats.exact.conditional_distribution import PoolMargins
from eia.stats.exact.tails import CLEAR, Pvalues, observe, pvalues

Kind = tuple[int, int, int]


@st.composite
def informative(draw: st.DrawFn, largest: int = 12) -> Kind:
    total = draw(st.integers(2, largest))
    return draw(st.integers(1, total - 1)), draw(st.integers(1, total - 1)), total


def margins(kinds: list[Kind]) -> PoolMargins:
    return PoolMargins.of(*np.array(kinds, dtype=np.int64).reshape(-1, 3).T)


def law(kinds: list[Kind]) -> dict[int, Fraction]:
    """Every total with its probability, by going through every table."""
    mass: dict[int, Fraction] = {}
    pools = [
        [(x, math.comb(g, x) * math.comb(n - g, m - x)) for x in range(max(0, g + m - n), min(g, m) + 1)]
        for g, m, n in kinds
    ]
    for tables in itertools.product(*pools):
        total = sum(x for x, _ in tables)
        mass[total] = mass.get(total, Fraction(0)) + Fraction(math.prod(ways for _, ways in tables))
    everything = sum(mass.values())
    return {total: ways / everything for total, ways in mass.items()}


def truth(kinds: list[Kind], observed: int) -> tuple[float, ...]:
    """Two-sided, greater, less, and the mid-p."""
    mass = law(kinds)
    point = mass[observed]
    greater = sum(p for x, p in mass.items() if x >= observed)
    less = sum(p for x, p in mass.items() if x <= observed)
    two_sided = sum(p for p in mass.values() if p <= point)
    return tuple(map(float, (two_sided, greater, less, 2 * (min(greater, less) - point / 2))))


def figures(p: Pvalues) -> tuple[float, ...]:
    return p.two_sided, p.greater, p.less, p.midp


@settings(deadline=None, derandomize=True)
@given(st.lists(informative(), min_size=1, max_size=4))
def test_both_ways_give_the_p_of_whole_numbers_at_every_total(kinds: list[Kind]) -> None:
    for observed in law(kinds):
        exact = truth(kinds, observed)
        assert figures(observe(margins(kinds), observed).pvalues) == pytest.approx(exact, rel=1e-11)
        assert figures(pvalues(margins(kinds), observed)) == pytest.approx(exact, rel=1e-9)


def test_a_p_too_small_for_the_law_at_odds_ratio_one_keeps_its_digits() -> None:
    kinds = [(60, 40, 200), (30, 40, 100)]
    exact = truth(kinds, 60)
    assert exact[1] < CLEAR
    assert figures(pvalues(margins(kinds), 60)) == pytest.approx(exact, rel=1e-9)


def test_a_total_at_an_end_has_an_infinite_odds_ratio() -> None:
    assert [observe(margins([(3, 4, 10)]), at).theta for at in (0, 3)] == [-math.inf, math.inf]


def test_margins_that_allow_one_total_say_nothing() -> None:
    for nothing in (observe(margins([]), 0).pvalues, pvalues(margins([]), 0)):
        assert figures(nothing) == (1.0, 1.0, 1.0, 1.0)
    assert math.isnan(observe(margins([]), 0).theta)
