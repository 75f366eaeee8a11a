"""Selections drawn anew person by person, or turned: each selects as many, and none more readily than it should."""

from __future__ import annotations

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
