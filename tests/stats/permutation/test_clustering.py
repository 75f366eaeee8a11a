"""Whether posts that are chosen stand together in units."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from eia.stats.permutation.clustering import clustering_pvalue


def every_choice(chosen: np.ndarray, unit: np.ndarray, alike: np.ndarray) -> float:
    """The share of all ways to choose as many blocks of each size that have as many pairs in one unit."""

    def pairs(some: set[int]) -> int:
        return sum(math.comb(sum(unit[i] == u for i in some), 2) for u in set(unit.tolist()))

    sizes = [[i for i in range(len(unit)) if alike[i] == each] for each in sorted(set(alike.tolist()))]
    ways = [itertools.combinations(blocks, sum(chosen[i] for i in blocks)) for blocks in sizes]
    all_of_them = [set().union(*some) for some in itertools.product(*ways)]
    made = pairs(set(np.flatnonzero(chosen).tolist()))
    return sum(pairs(some) >= made for some in all_of_them) / len(all_of_them)


@pytest.mark.parametrize("seed", range(5))
def test_it_agrees_with_every_choice_of_as_many_blocks_of_each_size(seed: int):
    rng = np.random.default_rng(seed)
    chosen, unit, alike = np.arange(12) % 2 == 0, rng.integers(0, 4, 12), np.repeat([0, 1], 6)
    exact = every_choice(chosen, unit, alike)
    drawn = clustering_pvalue(chosen=chosen, unit=unit, alike=alike, draws=3_999)
    assert drawn == pytest.approx(exact, abs=5 * math.sqrt(0.25 / 4_000))


def test_units_that_go_in_whole_are_seen():
    unit = np.repeat(np.arange(12), 5)
    assert clustering_pvalue(chosen=unit % 4 == 0, unit=unit, alike=unit * 0) <= 0.001


def test_where_blocks_of_one_size_are_all_in_nothing_can_be_told():
    alike = np.repeat([0, 1], 6)
    assert clustering_pvalue(chosen=alike == 1, unit=np.arange(12) % 3, alike=alike) == 1.0


def test_blocks_chosen_at_random_seem_clustered_no_more_often_than_promised():
    unit, alike, rng = np.repeat(np.arange(15), 6), np.arange(90) % 3, np.random.default_rng(4)
    seen = sum(
        clustering_pvalue(chosen=rng.permutation(90) < 20, unit=unit, alike=alike, draws=99) <= 0.05 for _ in range(300)
    )
    assert seen / 300 <= 0.05 + 3 * math.sqrt(0.05 * 0.95 / 300)


def test_nothing_chosen_is_nothing_clustered():
    assert clustering_pvalue(chosen=np.zeros(6, bool), unit=np.arange(6) % 2, alike=np.zeros(6, int)) == 1.0
