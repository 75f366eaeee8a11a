"""Makes random counts of a characteristic, and prints what is published of them as the attacker reads it."""

from __future__ import annotations

import numpy as np
from attack import COLUMNS, Truth

from eia.counts.disclosure.cells import MEASURES, Cells, GroupCounts
from eia.counts.disclosure.protect import Protected, protect
from eia.counts.disclosure.rounding import everyone
from eia.counts.disclosure.rules import Rules
from eia.vocabulary.characteristics import DECLINED, NOT_RECORDED, Group


def drawn(seed: int) -> GroupCounts:
    """Counts of 2 to 7 groups, large and small, in 1 to 3 units; people not at risk, or none."""
    rng = np.random.default_rng(seed)
    answers, units = int(rng.integers(2, 6)), int(rng.choice([1, 1, 2, 3]))
    groups = (
        *(Group(f"Group {place}") for place in range(answers)),
        *(DECLINED, NOT_RECORDED)[: int(rng.integers(0, 3))],
    )
    sizes = rng.choice([1, 3, 8, 15, 40, 200], len(groups))
    at_risk = rng.binomial(sizes[:, None], rng.uniform(0.1, 0.9, units)) // units
    selected = rng.binomial(at_risk, rng.choice([0.0, 0.1, 0.4, 1.0], (len(groups), 1), p=[0.1, 0.4, 0.4, 0.1]))
    rest = rng.poisson(sizes[:, None] * rng.choice([0.0, 0.5]), (len(groups), units))
    counts = np.stack([selected, at_risk - selected, rest], axis=2)
    kept = counts.sum(axis=(1, 2)) > 0
    areas = tuple(f"Unit {place}" for place in range(units)) if units > 1 else ("",)
    there = tuple(group for group, keep in zip(groups, kept, strict=True) if keep)
    return GroupCounts(key="made up", groups=there, areas=areas, counts=counts[kept], chosen=True)


def truth_of(table: GroupCounts) -> Truth:
    answers = tuple(group.kind == "answer" for group in table.groups)
    return Truth(tuple(group.label for group in table.groups), table.areas, table.counts, answers)


def published(table: GroupCounts, rules: Rules) -> Protected:
    by_area = table.counts.sum(axis=0)
    areas = [by_area.sum(axis=0), *(by_area if len(by_area) > 1 else ())]
    parts = {"workforce": [0, 1, 2], "at risk": [0, 1], "selected": [0], "not selected": [1]}
    known = {(place, name): int(area[which].sum()) for place, area in enumerate(areas) for name, which in parts.items()}
    return protect(table, rules, everyone(known, rules.base) if rules.adds_up else {})


def printed(cells: Cells, values: np.ndarray, withheld: np.ndarray) -> dict[tuple[str, str], dict[str, int | None]]:
    """What a reader sees."""
    found: dict[tuple[str, str], dict[str, int | None]] = {}
    for (row, area, measure), value, hide in zip(cells.at.tolist(), values.tolist(), withheld.tolist(), strict=True):
        if MEASURES[measure] != "rest":
            here = found.setdefault((cells.rows[row].label, cells.areas[area] or "All"), {})
            here[COLUMNS[measure]] = None if hide else int(value)
    return found
