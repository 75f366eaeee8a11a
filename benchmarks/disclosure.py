"""Takes nothing; prints how long it takes to withhold, round and check the figures of a document: at a glance, and by unit.

Run it as ``python benchmarks/disclosure.py``. 20,000 people in 14 characteristics with 65 groups, some of them small; 15% at risk, a third of
these selected; at a glance, in 6 units and in 12. Then the numbers if the cuts fell evenly, of the same people in 60 pools. Every time is the median of three runs, by the clock.
"""

from __future__ import annotations

import statistics
import time
from dataclasses import replace

import numpy as np

from eia.counts.disclosure.cells import GroupCounts
from eia.counts.disclosure.evenly.even import if_even
from eia.counts.disclosure.protect import Protected, protect
from eia.counts.disclosure.rounding import everyone
from eia.counts.disclosure.rules import PRESETS, Rules
from eia.vocabulary.characteristics import Group

PEOPLE, RUNS, POOLS = 20_000, 3, 60
GROUPS = (2, 2, 2, 2, 2, 2, 2, 2, 3, 4, 5, 9, 12, 16)
PARTS = {"workforce": [0, 1, 2], "at risk": [0, 1], "selected": [0], "not selected": [1]}


def tables(units: int, people: int = PEOPLE, *, seed: int = 1) -> list[GroupCounts]:
    """The counts of a made-up workforce, the same people in every characteristic."""
    rng = np.random.default_rng(seed)
    unit = rng.choice(units, people, p=rng.dirichlet(np.full(units, 5.0)))
    status = rng.choice(3, people, p=[0.05, 0.1, 0.85])
    found = []
    for groups in GROUPS:
        code = rng.choice(groups, people, p=rng.dirichlet(30.0 * 0.6 ** np.arange(groups)))
        counts = np.bincount((code * units + unit) * 3 + status, minlength=groups * units * 3).reshape(groups, units, 3)
        kept = counts.sum(axis=(1, 2)) > 0
        names = tuple(f"Unit {place}" for place in range(units)) if units > 1 else ("",)
        found.append(
            GroupCounts(
                key="made up",
                groups=tuple(Group(f"{place}") for place in range(groups) if kept[place]),
                areas=names,
                counts=counts[kept],
                chosen=True,
            )
        )
    return found


def made(table: GroupCounts, rules: Rules) -> Protected:
    """What is published of a table, audited."""
    by_area = table.counts.sum(axis=0)
    areas = [by_area.sum(axis=0), *(by_area if len(by_area) > 1 else ())]
    known = {(place, name): int(area[which].sum()) for place, area in enumerate(areas) for name, which in PARTS.items()}
    return protect(table, rules, everyone(known, rules.base) if rules.adds_up else {})


def published(table: GroupCounts, rules: Rules) -> tuple[int, int]:
    """How many numbers are withheld, of how many."""
    protected = made(table, rules)
    shown = protected.cells.at[:, 2] < len(PARTS)
    return int(protected.withheld[shown].sum()), int(shown.sum())


def evenly(rules: Rules) -> tuple[float, int]:
    """Seconds for the numbers if the cuts fell evenly of all characteristics, and how many are printed."""
    pooled, start, printed = tables(POOLS, PEOPLE // 6), time.perf_counter(), 0
    for table in pooled:
        alone = replace(table, areas=("",), counts=table.counts.sum(axis=1, keepdims=True))
        printed += sum(
            number is not None for number in if_even(made(alone, rules), table.counts[:, :, :2].astype(np.int64), rules)
        )
    return time.perf_counter() - start, printed


def main() -> None:
    """Print a line for each set of rules and number of units."""
    published(tables(1)[0], PRESETS["default"])  # reads the solver in
    for rules in PRESETS.values():
        for units in (1, 6, 12):
            all_tables, seconds = tables(units), []
            for _ in range(RUNS if units < 12 else 1):
                start = time.perf_counter()
                numbers = [published(table, rules) for table in all_tables]
                seconds.append(time.perf_counter() - start)
            withheld, cells = (sum(each) for each in zip(*numbers, strict=True))
            print(
                f"{rules.key:8} {units:2} units: {statistics.median(seconds):6.2f} s, {withheld:4} of {cells:4} numbers withheld",
                flush=True,
            )
    seconds_taken, printed = evenly(PRESETS["default"])
    print(f"if even in {POOLS} pools: {seconds_taken:6.2f} s, {printed} numbers printed")


if __name__ == "__main__":
    main()
