"""Worked cases of linked tables with known answers: what can be worked out, and what has to be withheld that it cannot."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tables_of import drawn

from eia.counts.disclosure.attacker import Attacker, Ranges
from eia.counts.disclosure.audit import given_away, shown_possible, told
from eia.counts.disclosure.cells import Cells, GroupCounts
from eia.counts.disclosure.cells import cells_of as protected_cells
from eia.counts.disclosure.cheapest import cheapest
from eia.counts.disclosure.needs import Needs, needs
from eia.counts.disclosure.possible import Withheld
from eia.counts.disclosure.rounding import nearest
from eia.counts.disclosure.rules import PRESETS
from eia.counts.disclosure.suppress import suppressed
from eia.vocabulary.characteristics import Group

CASES = json.loads((Path(__file__).parents[2] / "data/disclosure/cases.json").read_text(encoding="utf-8"))["instances"]
MOST_MORE = 1.35  # of the fewest cells: a quick search withholds more than an exact one


def cells_of(case: dict[str, Any]) -> Cells:
    inner = np.array(case["inner"], dtype=np.int64)
    sums = np.zeros((len(case["cells"]), len(inner)))
    for place, cell in enumerate(case["cells"]):
        sums[place, cell["members"]] = 1
    primary = np.isin(np.arange(len(sums)), case["primary"])
    table = GroupCounts(key="case", groups=(), areas=("",), counts=inner.reshape(-1, 1, 1), chosen=True)
    return Cells(
        table=table, rows=(Group("all"),), areas=("",), at=np.zeros((len(sums), 3), dtype=np.int64), sums=sums,
        n=(sums @ inner).astype(np.int64), withheld=primary, protected=primary, limit=np.full(len(sums), case["threshold"]), most=np.full(len(sums), inner.sum()),
        totals=np.zeros((0, len(inner))), known=np.zeros(0, dtype=np.int64),
    )  # fmt: skip


def asked_of(cells: Cells) -> Needs:
    primary = np.flatnonzero(cells.protected)
    up = np.repeat([False, True], len(primary))
    bound = np.where(up, np.tile(cells.need[primary], 2), 0.0)
    return Needs(cell=np.tile(primary, 2), insider=np.full(len(up), -1), up=up, bound=bound)


def exactly(cells: Cells) -> Ranges:
    return Ranges(low=cells.n.astype(float), high=cells.n.astype(float))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_intervals_are_those_of_the_worked_case(case: dict[str, Any]) -> None:
    cells = cells_of(case)
    attacker = Attacker(cells, exactly(cells).but(cells.withheld))
    for cell, (low, high) in case["expect"]["interval_when_only_primary_hidden"].items():
        which = cells.sums[int(cell)]
        found = [which @ attacker.extreme(sign * which, {}) for sign in (1, -1)]
        assert found == pytest.approx([low, high], abs=1e-6)


@pytest.mark.parametrize("case", [case for case in CASES if len(case["cells"]) < 50], ids=lambda case: case["id"])
def test_of_a_small_table_the_fewest_cells_are_found(case: dict[str, Any]) -> None:
    cells = cells_of(case)
    asked, ranges, prices = asked_of(cells), exactly(cells), np.ones(len(cells.n))
    everything = Withheld(np.ones(len(cells.n), dtype=bool), np.zeros((0, cells.sums.shape[1])))
    hidden = cheapest(cells, ranges, asked, prices, start=cells.withheld, enough=everything).cells
    assert hidden.sum() == case["expect"]["fewest_hidden_for_0_to_threshold"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_what_is_withheld_is_safe_and_not_much_more_than_has_to_be(case: dict[str, Any]) -> None:
    cells = cells_of(case)
    asked, ranges = asked_of(cells), exactly(cells)
    hidden = suppressed(cells, ranges, asked, start=cells.withheld).cells
    fewest = case["expect"]["fewest_hidden_for_0_to_threshold"]
    assert given_away(cells, ranges.but(hidden), asked) == []
    assert fewest <= hidden.sum() <= MOST_MORE * fewest
    assert bool(given_away(cells, ranges.but(cells.withheld), asked)) == (fewest > cells.withheld.sum())


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("name", ["default", "below-5"])
def test_the_tables_that_the_search_found_show_all_of_it_to_be_safe(seed: int, name: str) -> None:
    """The audit has nothing left to ask of the solver where numbers are printed as the search took them to be."""
    rules = PRESETS[name]
    cells = protected_cells(drawn(seed), rules)
    asked = needs(cells)
    ranges = told(cells, nearest(cells.n, rules.base), rules, off=rules.base // 2)
    withheld = suppressed(cells, ranges, asked, start=cells.withheld)
    assert shown_possible(withheld.tables, cells, ranges.but(withheld.cells), asked).all()


def test_tables_that_do_not_fit_pass_no_audit() -> None:
    """Whoever says that everything is possible is not believed."""
    found = 0
    for seed in range(20):
        cells = protected_cells(drawn(seed), PRESETS["below-5"])
        asked, ranges = needs(cells), exactly(cells).but(cells.withheld)
        lies = np.stack([cells.table.counts.ravel() * 0.0, cells.table.counts.ravel() + 9.0])
        honest = given_away(cells, ranges, asked)
        assert given_away(cells, ranges, asked, known=lies) == honest
        found += bool(honest)
    assert found >= 8
