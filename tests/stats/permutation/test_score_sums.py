"""Selections drawn anew within pools: all of them where few, even-handed where drawn; and how far out a sum of scores is."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from eia.stats.permutation import score_sums
from eia.stats.permutation.score_sums import ScoredPool, ScoreSumTest, redraw, score_sum_test


def pool(people: list[int], selected: list[int]) -> ScoredPool:
    return ScoredPool(np.array(people), np.array(selected), np.eye(len(people)))


def test_every_way_is_one_row_where_there_are_few() -> None:
    rows, complete = redraw([pool([2, 3], [1, 1]), pool([1, 2], [1, 1])], draws=30, seed=1)
    assert complete
    assert rows.shape == (math.comb(5, 2) * math.comb(3, 2), 2)
    assert rows.sum(axis=1) == pytest.approx(4.0)
    # Of the first kind 0, 1 or 2 in one pool in 3, 6 and 1 ways, and 0 or 1 in the other in 1 and 2.
    assert np.bincount(rows[:, 0].astype(int)).tolist() == [3, 6 + 2 * 3, 1 + 2 * 6, 2]


def test_one_way_more_and_they_are_drawn() -> None:
    rows, complete = redraw([pool([2, 3], [1, 1])], draws=9, seed=1)
    assert not complete
    assert rows.shape == (10, 2)
    assert rows[0].tolist() == [1.0, 1.0]


@pytest.mark.parametrize("people_per_kind", [0, 10**9], ids=["kind by kind", "one by one"])
@pytest.mark.parametrize("chunk", [7, 1 << 22])
def test_draws_have_the_mean_and_variance_of_the_hypergeometric(
    people_per_kind: int, chunk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(score_sums, "PEOPLE_PER_KIND", people_per_kind)
    monkeypatch.setattr(score_sums, "CHUNK", chunk)
    (n, m, g), draws = (60, 20, 15), 4_000
    rows, _ = redraw([pool([15, 30, 15], [5, 10, 5])], draws=draws, seed=11)
    drawn = rows[1:, 0]
    variance = m * g * (n - g) * (n - m) / (n * n * (n - 1))
    assert rows.sum(axis=1) == pytest.approx(20.0)
    assert abs(drawn.mean() - m * g / n) < 5 * math.sqrt(variance / draws)
    assert drawn.var() == pytest.approx(variance, rel=0.15)  # 5 standard errors of a variance of 4,000: 11%


def test_how_many_pools_are_scored_together_changes_no_draw(monkeypatch: pytest.MonkeyPatch) -> None:
    pools = [pool([2, 3], [1, 1]), pool([4, 1], [2, 0]), pool([9, 9], [3, 0])]
    together, _ = redraw(pools, draws=50, seed=5)
    monkeypatch.setattr(score_sums, "KINDS", 1)
    one_by_one, _ = redraw(pools, draws=50, seed=5)
    assert np.array_equal(together, one_by_one)


PICKED = [((-2.0, -1.0, 0.0, 3.0), (3,)), ((-1.0, -1.0, 2.0), (0, 2))]
"""Two pools: the scores of their people, which average 0, and who is picked."""


def each_alone(scores: tuple[float, ...], picked: tuple[int, ...]) -> ScoredPool:
    flags = np.isin(np.arange(len(scores)), picked).astype(int)
    return ScoredPool(np.ones(len(scores), dtype=int), flags, np.array(scores)[:, None])


def test_chance_of_a_sum_is_the_share_of_all_ways_to_pick_as_many() -> None:
    sums = [
        sum(sum(scores[i] for i in way) for (scores, _), way in zip(PICKED, ways, strict=True))
        for ways in itertools.product(
            *(itertools.combinations(range(len(scores)), len(picked)) for scores, picked in PICKED)
        )
    ]
    test = score_sum_test([each_alone(*pool) for pool in PICKED], draws=100, seed=1)
    assert (test.complete, test.standard_error, test.excess) == (True, 0.0, 4.0)
    assert test.variance == pytest.approx(np.var(sums))
    assert test.z == pytest.approx(4.0 / np.std(sums))
    assert test.pvalue == pytest.approx(np.mean(np.abs(sums) >= 4.0))
    assert test.pvalue_greater == pytest.approx(np.mean(np.array(sums) >= 4.0))
    assert test.pvalue_less == pytest.approx(np.mean(np.array(sums) <= 4.0))


def test_of_no_pools_every_p_is_one() -> None:
    nothing = dict.fromkeys(("excess", "variance", "z", "standard_error"), 0.0)
    ones = dict.fromkeys(("pvalue", "pvalue_greater", "pvalue_less"), 1.0)
    assert score_sum_test([], draws=9, seed=1) == ScoreSumTest(**nothing, **ones, complete=True, draws=0)
