"""Log probabilities that keep their digits at any size, against exact integers and many-digit arithmetic."""

from __future__ import annotations

import math
from decimal import Decimal, localcontext

import numpy as np
import pytest

from eia.stats.exact.log_probabilities import log_binomial, log_hypergeometric, stirling_rest


def exact_log(numerator: int, denominator: int) -> float:
    with localcontext() as context:
        context.prec = 60
        return float((Decimal(numerator) / Decimal(denominator)).ln())


@pytest.mark.parametrize("n", [0, 1, 2, 9, 15, 16, 17, 50, 1_000])
def test_rest_of_a_factorial_is_right_on_both_sides_of_where_the_series_begins(n: int) -> None:
    with localcontext() as context:
        context.prec = 60
        truth = Decimal(math.factorial(n)).ln() - (Decimal(n) * Decimal(n).ln() - n if n else Decimal(0))
    assert stirling_rest(np.array([float(n)]))[0] == pytest.approx(float(truth), abs=5e-15)


@pytest.mark.parametrize(
    "cells", [(3, 1, 1, 3), (0, 5, 7, 2), (5, 0, 0, 5), (12, 30, 40, 11), (700, 1_300, 2_900, 5_100), (0, 9, 4_000, 1)]
)
def test_hypergeometric_equals_exact_integers(cells: tuple[int, int, int, int]) -> None:
    a, b, c, d = cells
    truth = exact_log(math.comb(a + b, a) * math.comb(c + d, c), math.comb(a + b + c + d, a + c))
    found = log_hypergeometric(*(np.array([float(cell)]) for cell in cells))[0]
    assert found == pytest.approx(truth, rel=1e-13, abs=1e-13)


@pytest.mark.parametrize(("x", "n", "share"), [(0, 7, 3), (7, 7, 3), (3, 7, 5), (339, 870, 8), (20_100, 40_000, 5)])
def test_binomial_equals_exact_integers(x: int, n: int, share: int) -> None:
    truth = exact_log(math.comb(n, x) * share**x * (10 - share) ** (n - x), 10**n)
    found = log_binomial(np.array([float(x)]), np.array([float(n)]), share / 10, (10 - share) / 10)[0]
    assert found == pytest.approx(truth, rel=1e-13, abs=1e-12)


def test_ten_million_people_keep_ten_digits() -> None:
    # Beside the mode the log of the ratio of neighbours is known from the counts alone.
    a, b, c, d = 2_000_000.0, 3_000_000.0, 2_000_100.0, 2_999_900.0
    here = log_hypergeometric(*(np.array([cell]) for cell in (a, b, c, d)))[0]
    there = log_hypergeometric(*(np.array([cell]) for cell in (a + 1, b - 1, c - 1, d + 1)))[0]
    assert there - here == pytest.approx(math.log(b * c / ((a + 1) * (d + 1))), abs=1e-10)
