"""Takes the Cube, the stages and the Rules; gives the tables that may be published, with every number in them audited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from eia.case import Stages
from eia.counts.cube import Cube
from eia.counts.disclosure.cells import SHOWN, Counts, GroupCounts, group_counts
from eia.counts.disclosure.evenly.even import if_even
from eia.counts.disclosure.protect import Earlier, Protected, protect
from eia.counts.disclosure.published import COUNTED, Kind, PublishedRow, PublishedTable
from eia.counts.disclosure.rounding import everyone, nearest
from eia.counts.disclosure.rules import SENSITIVE, TOLD_OTHERWISE, Rules
from eia.counts.stages import compulsory
from eia.errors import EiaError, Fault
from eia.vocabulary.characteristics import Dimension

EVERYONE = "Everyone"
_PARTS = {"workforce": (0, 1, 2), "at risk": (0, 1), "selected": (0,), "not selected": (1,)}


def publishable(cube: Cube) -> list[str]:
    """The characteristics to publish: of two that tell the same people, only one."""
    return [key for key in cube.layout.dimensions if TOLD_OTHERWISE.get(key) not in cube.layout.dimensions]


def published_tables(
    cube: Cube,
    stages: Stages,
    rules: Rules,
    *,
    by_unit: bool = False,
    earlier: Mapping[str, Sequence[Earlier]] | None = None,
) -> tuple[PublishedTable, ...]:
    """Give a table for each characteristic, and then for each unit where that is asked. earlier: what was published before, by characteristic.

    Raises EiaError where counts are ranges, where the audit fails, and where it cannot follow what was published before.
    """
    found: list[_Made] = []
    rounded_once: dict[tuple[tuple[tuple[int, str], int], ...], Mapping[tuple[int, str], int]] = {}
    units_before = _units_of(earlier or {})
    for key in publishable(cube):
        # numbers by unit published before lie beside these: what both tell has to be asked unit by unit
        table = group_counts(cube, key, stages, by_unit=by_unit or bool(units_before))
        if units_before and (len(table.areas) < 2 or not units_before & set(table.areas)):
            raise EiaError(Fault(code="units-before", what="An earlier version has figures by unit, and this evidence does not have these units. What the earlier figures tell beside these cannot be checked.",
                                 allowed="evidence with the units of the earlier version", do="Assess a file with the units of the earlier version, named as they were then."))  # fmt: skip
        if not table.groups or (key in SENSITIVE and not _may_be_listed(cube, key, rules)):
            continue
        known = _known(table)
        people = tuple(known.items())  # mostly the same of every characteristic
        totals = rounded_once[people] = rounded_once.get(people) or _rounded(known, rules)
        before = (earlier or {}).get(key, ())
        made = protect(table, rules, totals, before, by_unit=by_unit)
        told_evenly = cube.chosen and key not in SENSITIVE
        even = if_even(made, _by_pool(cube, key, stages, table), rules, before) if told_evenly else []
        shown = {place: totals[place] for place, n in known.items() if _large_enough(place, n, known, rules)}
        found.append(_Made(made, cube.layout.dimensions[key], shown, even))
    with_even = any(number is not None for each in found for number in each.even)
    units = dict.fromkeys(unit for each in found for unit in each.protected.cells.areas if by_unit or not unit)
    return tuple(
        _printed(each, each.protected.cells.areas.index(unit), with_even=with_even)
        for unit in units for each in found
        if unit in each.protected.cells.areas and not (unit and each.protected.cells.table.key in SENSITIVE)
    )  # fmt: skip


def _units_of(earlier: Mapping[str, Sequence[Earlier]]) -> set[str]:
    """The units of which there are numbers in what was published before."""
    return {unit for versions in earlier.values() for each in versions for _, unit, _ in each.values if unit}


def _may_be_listed(cube: Cube, key: str, rules: Rules) -> bool:
    """Whether a sensitive characteristic has two answers or more, each of a whole group: otherwise a row that is missing could say that somebody gave an
    answer which few give."""
    counts = cube.tables[key].high.sum(axis=(1, 2))
    answers = [
        number
        for group, number in zip(cube.layout.dimensions[key].groups, counts.tolist(), strict=True)
        if group.kind == "answer" and number
    ]
    return len(answers) > 1 and min(answers) >= rules.group


@dataclass(frozen=True, slots=True)
class _Made:
    """One characteristic, what is shown of it, the numbers of everyone that are, and those if the cuts fell evenly."""

    protected: Protected
    dimension: Dimension
    totals: Mapping[tuple[int, str], int]
    even: list[int | None]


def _known(table: GroupCounts) -> dict[tuple[int, str], int]:
    """How many people there are in all, by area and measure."""
    by_area = table.counts.sum(axis=0)
    areas = [by_area.sum(axis=0), *(by_area if len(by_area) > 1 else ())]
    measures = [measure for measure in SHOWN if table.chosen or measure in ("workforce", "at risk")]
    return {
        (place, measure): int(area[list(_PARTS[measure])].sum())
        for place, area in enumerate(areas)
        for measure in measures
    }


def _rounded(known: Mapping[tuple[int, str], int], rules: Rules) -> Mapping[tuple[int, str], int]:
    """The numbers of everyone as they are printed."""
    if rules.adds_up:
        return everyone(known, rules.base)
    return {place: int(nearest(np.array(n), rules.base)) for place, n in known.items()}


def _large_enough(place: tuple[int, str], n: int, known: Mapping[tuple[int, str], int], rules: Rules) -> bool:
    """Whether the number of everyone is shown: like that of a group."""
    area, measure = place
    sides = (
        [known[area, each] for each in ("selected", "not selected")] if measure in ("selected", "not selected") else []
    )
    return (known[area, "at risk"] if sides else n) >= rules.group and min(sides, default=rules.side) >= rules.side


def _by_pool(cube: Cube, key: str, stages: Stages, table: GroupCounts) -> Counts:
    """Selected and not selected by group and pool, of the groups that are published."""
    stage = compulsory(cube, key, stages)
    groups = [cube.layout.dimensions[key].groups.index(group) for group in table.groups]
    went = np.zeros_like(stage.there) if stage.went is None else stage.went
    return np.stack([went, stage.there - went], axis=2)[groups, :-1]


def _printed(made: _Made, area: int, *, with_even: bool) -> PublishedTable:
    """The table of one characteristic in one area, everyone first. A group without any number to show is not listed, like one that nobody is in: a row
    of marks would say that somebody is."""
    cells, key, dimension = made.protected.cells, made.protected.cells.table.key, made.dimension
    measures = [
        measure for measure in COUNTED if made.protected.cells.table.chosen or measure in ("workforce", "at risk")
    ]
    even = [*made.even, *[None] * (len(cells.rows) - len(made.even))] if not area else [None] * len(cells.rows)
    rows = {}
    for place, row in enumerate(cells.rows):
        kind: Kind = row.kind if place < len(cells.table.groups) else "answered"
        numbers = [_number(made.protected, cells.find(place, area, measure)) for measure in measures]
        rows[row.label] = PublishedRow(
            label=row.label, kind=kind, values=(*numbers, *([even[place]] if with_even else []))
        )
    order = {group.label: place for place, group in enumerate(dimension.groups)}
    everybody = [made.totals.get((area, measure)) for measure in measures]
    everybody += [made.totals.get((area, "selected")) if not area else None] if with_even else []
    return PublishedTable(
        key=key, title=dimension.characteristic.title, unit=cells.areas[area], adds_up=made.protected.adds_up,
        measures=(*measures, *(("if even",) if with_even else ())),
        rows=(PublishedRow(label=EVERYONE, kind="total", values=tuple(everybody)), *sorted(filter(_tells, rows.values()), key=lambda row: order.get(row.label, len(order)))),
    )  # fmt: skip


def _tells(row: PublishedRow) -> bool:
    return any(row.values)


def _number(made: Protected, cell: int | None) -> int | None:
    return None if cell is None or made.withheld[cell] else int(made.values[cell])
