"""Selections drawn anew person by person, or turned: each selects as many, and none more readily than it should."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from eia.stats.permutation import redraw_people


@pytest.mark.parametrize("size", [1, 2, 7, 64, 97])
def test_turning_moves_the_selection_made_round_the_circle(size: int):
    rng = np.random.default_rng(size)
    made, flags, ranks = rng.random(size) < 0.3, rng.random((size, 3)) < 0.5, rng.normal(size=(size, 1))
    order = np.random.default_rng(9).permutation(size)
    every_turn = [np.roll(made[order], turn) for turn in range(size)]
    counts = [flags[order][selected].sum(axis=0).tolist() for selected in every_turn]
    sums = [ranks[order][selected].sum() for selected in every_turn]
    ((rows, counted, summed),) = redraw_people.turned(np.random.default_rng(9), made, flags, ranks, 2000)
    assert (rows.start, rows.stop) == (0, 2000)
    assert counted[0].tolist() == flags[made].sum(axis=0).tolist()
    assert summed[0, 0] == pytest.approx(ranks[made].sum(), abs=1e-9)
    seen = {(*row, round(total, 9)) for row, total in zip(counted.tolist(), summed[:, 0].tolist(), strict=True)}
    assert seen == {(*row, round(total, 9)) for row, total in zip(counts, sums, strict=True)}


def test_the_turns_of_a_pool_have_the_mean_of_all_selections_and_nearly_their_variance():
    size, to_go = 6000, 900
    ratios = []
    for seed in range(40):
        rng = np.random.default_rng(seed)
        made, flags = np.arange(size) < to_go, np.array([0.5, 0.1, 0.02]) > rng.random((size, 1))
        ((_, counted, _),) = redraw_people.turned(rng, made, flags, np.empty((size, 0)), size)
        group = flags.sum(axis=0)
        variance = to_go * (size - to_go) * group * (size - group) / (size**2 * (size - 1.0))
        away = counted - to_go * group / size
        assert np.all(np.abs(away.mean(axis=0)) < 5 * np.sqrt(variance / size))
        ratios.append((away**2).mean(axis=0) / variance)
    assert np.mean(ratios, axis=0) == pytest.approx(np.ones(3), abs=0.02)
    assert np.std(ratios, axis=0).max() < 2 * math.sqrt(2 / size) * 1.5


def test_the_smallest_pools_are_drawn_one_by_one_as_long_as_there_is_room(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(redraw_people, "ONE_BY_ONE", 10)
    pools = [slice(0, 7), slice(7, 10), slice(10, 17), slice(17, 30)]
    assert redraw_people.smallest(pools).tolist() == [True, True, False, False]
    assert redraw_people.smallest([]).tolist() == []


def test_small_pools_beside_each_other_are_worked_out_together_as_long_as_they_hold_few(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(redraw_people, "TOGETHER", 10)
    ends = np.cumsum([0, 4, 6, 1, 30, 2, 2])
    pools = [slice(start, stop) for start, stop in itertools.pairwise(ends.tolist())]
    small = np.array([True, True, True, False, True, True])
    assert list(redraw_people.batches(pools, small)) == [[0, 1], [2], [3], [4, 5]]
    assert list(redraw_people.batches([], small[:0])) == []


def test_pools_drawn_together_are_drawn_as_they_are_alone():
    rng = np.random.default_rng(3)
    made = [rng.random(size) < 0.3 for size in (5, 20, 1, 8)]
    pools = [slice(stop - each.size, stop) for each, stop in zip(made, np.cumsum([5, 20, 1, 8]).tolist(), strict=True)]
    flags, ranks = rng.random((34, 3)) < 0.5, rng.normal(size=(34, 1))
    ((_, together, sums),) = redraw_people.drawn(np.random.default_rng(7), made, flags, ranks, 400)
    one_by_one = np.random.default_rng(7)
    alone = [
        next(redraw_people.drawn(one_by_one, [each], flags[at], ranks[at], 400))
        for each, at in zip(made, pools, strict=True)
    ]
    assert np.array_equal(together, sum(counts for _, counts, _ in alone))
    assert sums == pytest.approx(sum(added for _, _, added in alone))
    assert together[0].tolist() == flags[np.concatenate(made)].sum(axis=0).tolist()
