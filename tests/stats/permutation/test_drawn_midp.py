"""The mid-p of many draws, each with margins of its own."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest

from eia.stats.exact.stratified_test import stratified_test
from eia.stats.permutation.drawn_midp import LARGE, drawn_midp


def drawn(group: np.ndarray, total: np.ndarray, selected: np.ndarray, *, seed: int) -> np.ndarray:
    """Numbers of the group selected, pool by pool, for margins (pools, draws)."""
    rng = np.random.default_rng(seed)
    return rng.hypergeometric(group[:, None], (total - group)[:, None], selected)


def one_by_one(x: np.ndarray, m: np.ndarray, g: np.ndarray, n: np.ndarray) -> list[float]:
    return [
        stratified_test(group_selected=a, group_total=g, selected=b, total=n).midp
        for a, b in zip(x.T, m.T, strict=True)
    ]


def scored(x: np.ndarray, m: np.ndarray, g: np.ndarray, n: np.ndarray) -> np.ndarray:
    return drawn_midp(group_selected=x.sum(axis=0)[:, None], selected=m, group_total=g[None], total=n)[:, 0]


@pytest.mark.parametrize(
    ("group", "total", "selected"),
    [
        ([3, 0, 5, 8], [10, 6, 5, 20], [4, 2, 2, 7]),
        ([40, 200, 90], [100, 260, 100], [30, 60, 50]),
        ([1], [200], [30]),
        ([90, 3], [100, 10], [5, 10]),
    ],
)
def test_with_the_same_margins_in_every_draw_it_is_the_mid_p_of_the_stratified_test(group, total, selected):
    g, n = np.array(group), np.array(total)
    m = np.repeat(np.array(selected)[:, None], 60, axis=1)
    x = drawn(g, n, m, seed=1)
    np.testing.assert_allclose(scored(x, m, g, n), one_by_one(x, m, g, n), rtol=1e-9, atol=1e-14)


@pytest.mark.parametrize(
    ("group", "total", "low", "high"),
    [
        ([3, 0, 5, 8], [10, 6, 5, 20], [3, 0, 0, 5], [6, 6, 5, 8]),
        ([1, 2, 1, 1], [300, 40, 90, 400], [20, 3, 9, 30], [30, 7, 15, 50]),
        ([198, 30, 5], [200, 31, 6], [40, 5, 0], [50, 9, 6]),
        ([1000], [2000], [0], [15]),
        ([1000], [2000], [1985], [2000]),
        ([1000, 50_000], [1002, 50_003], [980, 49_990], [1002, 50_003]),
    ],
    ids=["small", "few in large pools", "few outside", "few go", "few stay", "nearly all go"],
)
@pytest.mark.parametrize("seed", range(2))
def test_with_margins_by_draw_it_is_that_of_each_draw_while_few_are_concerned(group, total, low, high, seed: int):
    g, n = np.array(group), np.array(total)
    m = np.random.default_rng(seed).integers(np.array(low)[:, None], np.array(high)[:, None] + 1, (g.size, 60))
    x = drawn(g, n, m, seed=seed)
    np.testing.assert_allclose(scored(x, m, g, n), one_by_one(x, m, g, n), atol=1e-9)


def test_one_pool_in_exact_fractions():
    mass = [Fraction(math.comb(4, x) * math.comb(6, 3 - x), math.comb(10, 3)) for x in range(4)]
    tails = [(sum(mass[:x]) + mass[x] / 2, sum(mass[x + 1 :]) + mass[x] / 2) for x in range(4)]
    found = drawn_midp(
        group_selected=np.arange(4)[:, None],
        selected=np.full((1, 4), 3),
        group_total=np.array([[4]]),
        total=np.array([10]),
    )
    assert found[:, 0].tolist() == pytest.approx([float(2 * min(pair)) for pair in tails])


def test_where_many_are_concerned_the_normal_form_is_near_enough():
    rng = np.random.default_rng(3)
    n = rng.integers(50, 200, 20)
    g, m = n // 3, rng.integers((n // 5)[:, None], (n // 4)[:, None] + 1, (20, 200))
    x = drawn(g, n, m, seed=4)
    assert np.var(x.sum(axis=0)) > LARGE
    np.testing.assert_allclose(scored(x, m, g, n), one_by_one(x, m, g, n), atol=0.01)


def test_the_group_and_everyone_else_are_scored_alike():
    rng = np.random.default_rng(5)
    n, g = np.array([30, 12, 7]), np.array([4, 3, 6])
    m = rng.integers(1, 7, (3, 80))
    x = drawn(g, n, m, seed=6)
    np.testing.assert_allclose(scored(x, m, g, n), scored(m - x, m, n - g, n), atol=1e-9)


@pytest.mark.parametrize(
    ("selected", "group"), [([0, 10], [4, 4]), ([5, 5], [10, 0])], ids=["nobody or everybody goes", "one side only"]
)
def test_margins_that_allow_one_number_are_scored_one(selected: list[int], group: list[int]):
    g, m = np.array(group), np.repeat(np.array(selected)[:, None], 3, axis=1)
    x = g[:, None] * m // 10
    assert scored(x, m, g, np.array([10, 10])).tolist() == [1.0] * 3


def test_a_draw_whose_own_margins_allow_one_number_is_scored_one_among_others():
    m = np.array([[0, 4, 9, 3]])
    x = np.array([[0, 3, 3, 0]])
    found = scored(x, m, np.array([3]), np.array([9]))
    assert found[[0, 2]].tolist() == pytest.approx([1.0, 1.0])
    assert found[1] < 0.1


def test_groups_scored_together_are_scored_as_each_alone():
    rng = np.random.default_rng(7)
    n = np.array([60, 45, 8, 30])
    groups = np.array([[0, 0, 3, 0], [30, 20, 4, 15], [60, 45, 8, 30], [0, 2, 8, 0], [59, 44, 7, 29]])
    m = rng.integers([[5], [9], [2], [0]], [[9], [10], [7], [1]], (4, 50))
    x = np.stack([drawn(g, n, m, seed=8).sum(axis=0) for g in groups], axis=1)
    together = drawn_midp(group_selected=x, selected=m, group_total=groups, total=n)
    for i, group in enumerate(groups):
        alone = drawn_midp(group_selected=x[:, [i]], selected=m, group_total=group[None], total=n)
        np.testing.assert_allclose(together[:, i], alone[:, 0], rtol=1e-12)
