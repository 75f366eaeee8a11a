"""Nobody can work out what has to be hidden, by any rules; and whoever is shown more can."""

from __future__ import annotations

import numpy as np
import pytest
from attack import OFF, narrowed
from tables_of import drawn, printed, published, truth_of

from eia.counts.disclosure.cells import cells_of
from eia.counts.disclosure.protect import Protected
from eia.counts.disclosure.rules import PRESETS, Rules

QUICK = range(20)


def leaks(made: Protected, rules: Rules) -> list[tuple[str, str, str]]:
    shown = printed(made.cells, made.values, made.withheld)
    return narrowed(truth_of(made.cells.table), shown, off=OFF[rules.key], group=rules.group, side=rules.side)


@pytest.mark.parametrize("name", PRESETS)
@pytest.mark.parametrize("seed", QUICK)
def test_an_attacker_finds_nothing(seed: int, name: str) -> None:
    assert leaks(published(drawn(seed), PRESETS[name]), PRESETS[name]) == []


@pytest.mark.parametrize("name", ["default", "below-5"])
@pytest.mark.parametrize("seed", range(12))
def test_nor_does_whoever_is_the_only_one_in_a_count(seed: int, name: str) -> None:
    rules = PRESETS[name]
    made = published(drawn(seed), rules)
    shown = printed(made.cells, made.values, made.withheld)
    for alone in np.flatnonzero(made.cells.table.counts.ravel() == 1):
        arguments = {"off": OFF[name], "group": rules.group, "side": rules.side, "alone": int(alone)}
        assert narrowed(truth_of(made.cells.table), shown, **arguments) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", PRESETS)
@pytest.mark.parametrize("seed", range(20, 200))
def test_an_attacker_finds_nothing_in_200_tables(seed: int, name: str) -> None:
    assert leaks(published(drawn(seed), PRESETS[name]), PRESETS[name]) == []


@pytest.mark.slow
def test_the_attacker_finds_what_is_shown_or_withheld_alone() -> None:
    rules, alone, all_shown = PRESETS["below-5"], 0, 0
    for seed in QUICK:
        table = drawn(seed)
        cells = cells_of(table, rules)
        arguments = {"off": 0, "group": rules.group, "side": rules.side}
        all_shown += bool(
            narrowed(truth_of(table), printed(cells, cells.n, np.zeros(len(cells.n), dtype=bool)), **arguments)
        )
        alone += bool(narrowed(truth_of(table), printed(cells, cells.n, cells.withheld), **arguments))
    assert all_shown >= 15
    assert alone >= 8


@pytest.mark.slow
@pytest.mark.parametrize("name", PRESETS)
def test_what_is_shown_is_as_large_as_the_rules_ask_and_as_near_as_they_say(name: str) -> None:
    rules = PRESETS[name]
    for seed in QUICK:
        made = published(drawn(seed), rules)
        shown = ~made.withheld
        least = np.where(made.cells.at[:, 2] < 2, rules.group, rules.side)
        assert (made.cells.n[shown] >= least[shown]).all()
        assert (np.abs(made.values - made.cells.n)[shown] <= OFF[name]).all()
        assert (made.values[shown] % rules.base == 0).all()


@pytest.mark.slow
def test_numbers_add_up_where_all_of_a_sum_are_shown() -> None:
    rules = PRESETS["default"]
    for seed in range(40):
        made = published(drawn(seed), rules)
        by = {
            tuple(place): None if hide else int(n)
            for place, n, hide in zip(made.cells.at.tolist(), made.values, made.withheld, strict=True)
        }
        for row in range(len(made.cells.rows)):
            at_risk, *sides = (by[row, 0, measure] for measure in (1, 2, 3))
            if made.adds_up and at_risk is not None and None not in sides:
                assert at_risk == sum(sides)
