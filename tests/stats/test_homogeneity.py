"""Whether pools share one odds ratio: Breslow-Day, Tarone and Zelen."""

from __future__ import annotations

import itertools
import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eia.stats.homogeneity import homogeneity, zelen

informative = st.tuples(*[st.integers(0, 6)] * 4).filter(
    lambda t: min(t[0] + t[1], t[2] + t[3], t[0] + t[2], t[1] + t[3]) > 0
)


def cells(tables: list[tuple[int, int, int, int]]) -> np.ndarray:
    return np.array(tables, dtype=float).reshape(-1, 4).T


@settings(deadline=None, derandomize=True)
@given(st.lists(informative, min_size=2, max_size=4))
def test_zelen_equals_going_through_every_table(tables: list[tuple[int, int, int, int]]) -> None:
    ways = [
        {x: math.comb(a + b, x) * math.comb(c + d, a + c - x) for x in range(max(0, a - d), min(a + b, a + c) + 1)}
        for a, b, c, d in tables
    ]
    observed = math.prod(way[t[0]] for way, t in zip(ways, tables, strict=True))
    same_total = [
        math.prod(way[x] for way, x in zip(ways, xs, strict=True))
        for xs in itertools.product(*ways)
        if sum(xs) == sum(t[0] for t in tables)
    ]
    truth = Fraction(sum(way for way in same_total if way <= observed * (1 + Fraction(1, 10**7))), sum(same_total))
    assert zelen(*cells(tables)) == pytest.approx(float(truth), rel=1e-11)


def test_zelen_is_not_made_where_there_are_too_many_tables() -> None:
    assert zelen(*cells([(10, 10, 10, 10)] * 40)) is None


def test_common_odds_ratio_of_exactly_one_is_no_special_case() -> None:
    at_one = homogeneity(*cells([(10, 5, 5, 10), (5, 10, 10, 5)]), common=1.0)
    beside = homogeneity(*cells([(10, 5, 5, 10), (5, 10, 10, 5)]), common=1.0 + 1e-9)
    assert at_one.statistic == pytest.approx(beside.statistic, rel=1e-7)


@pytest.mark.parametrize("common", [0.0, math.inf, math.nan])
def test_no_common_odds_ratio_leaves_the_statistic_undefined(common: float) -> None:
    result = homogeneity(*cells([(3, 0, 0, 3), (2, 0, 0, 2)]), common=common)
    assert result.dof == 1
    assert all(map(math.isnan, (result.statistic, result.pvalue, result.uncorrected_statistic)))


def test_one_pool_has_nothing_to_differ_from() -> None:
    result = homogeneity(*cells([(3, 1, 1, 3)]), common=9.0)
    assert (result.dof, result.zelen_pvalue) == (0, None)
    assert math.isnan(result.pvalue)
