"""Takes the counts of one characteristic and the Rules; gives the numbers to print, audited: None where one is withheld."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from eia.counts.disclosure.attacker import Ranges
from eia.counts.disclosure.audit import given_away, told
from eia.counts.disclosure.cells import MEASURES, SHOWN, Cells, Counts, Flags, GroupCounts, Measure, cells_of
from eia.counts.disclosure.needs import needs
from eia.counts.disclosure.rounding import Adding, nearest, rounded
from eia.counts.disclosure.rules import Rules
from eia.counts.disclosure.suppress import suppressed
from eia.errors import EiaError, Fault

Where = tuple[str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """The numbers of one characteristic as they were published before: by row, unit and measure, None where withheld; and by which rules."""

    values: Mapping[Where, int | None]
    rules: Rules


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Protected:
    """Cells, which of them are withheld, and the number of every other one as it is printed. adds_up: whether these add up where all are shown."""

    cells: Cells
    withheld: Flags
    values: Counts
    adds_up: bool


def protect(
    table: GroupCounts,
    rules: Rules,
    totals: Mapping[tuple[int, str], int],
    earlier: Sequence[Earlier] = (),
    *,
    by_unit: bool = True,
) -> Protected:
    """Withhold, round, and audit. totals: the numbers of everyone as they are printed, by area and measure. by_unit: whether numbers of the
    units that the table has are printed, or were only before.

    Raises EiaError where the audit finds that something could be worked out.
    """
    cells = cells_of(table, rules)
    before = _before(cells, earlier)
    asked = needs(cells, before)
    start = cells.withheld | _withheld_before(cells, earlier) | ((cells.at[:, 1] > 0) & (not by_unit))
    # as if every number were printed to the nearest: how they are made to add up depends on the counts, and tells no more than that
    to_nearest = told(cells, nearest(cells.n, rules.base), rules, off=rules.base // 2)
    while True:
        hidden = suppressed(cells, to_nearest, asked, start=start, before=before)
        values, adds_up = _printed(cells, hidden.cells, rules, totals)
        printed = told(cells, values, rules, off=rules.off)
        open_to_all = given_away(cells, printed.but(hidden.cells), asked, before, known=hidden.tables)
        if open_to_all:
            hidden = suppressed(cells, printed, asked, start=hidden.cells, before=before)
            open_to_all = given_away(cells, printed.but(hidden.cells), asked, before, known=hidden.tables)
        too_near = ~hidden.cells & _changed_by_a_few(cells, values, rules, earlier)
        if not too_near.any():
            break
        start = start | too_near
    if open_to_all:
        raise EiaError(Fault(code="gives-away", what="These figures would let somebody work out a number that has to be withheld. Nothing was written.",
                             allowed="figures that give nobody away", do="Publish without units, or by rules that withhold more."))  # fmt: skip
    return Protected(cells=cells, withheld=hidden.cells, values=values, adds_up=adds_up)


def _printed(cells: Cells, hidden: Flags, rules: Rules, totals: Mapping[tuple[int, str], int]) -> tuple[Counts, bool]:
    """Round what is shown. Only sums of which everything is shown are made to add up, so that nothing is said of what is withheld."""
    if not rules.adds_up:
        return nearest(cells.n, rules.base), rules.base == 1
    shown = np.flatnonzero(~hidden)
    number = {
        (row, area, MEASURES[measure]): place for place, (row, area, measure) in enumerate(cells.at[shown].tolist())
    }
    values, adds_up = rounded(cells.n[shown], list(_adding(cells, number, totals)), rules.base)
    printed = cells.n.copy()
    printed[shown] = values
    return printed, adds_up


def _adding(
    cells: Cells, number: Mapping[tuple[int, int, Measure], int], totals: Mapping[tuple[int, str], int]
) -> list[Adding]:
    """Every sum of which all cells are shown: of sides, of groups, of answers, of units. number: of each shown cell."""
    groups = range(len(cells.table.groups))
    answers = [place for place in groups if cells.table.groups[place].kind == "answer"]
    areas = range(len(cells.areas))

    def places(wanted: Sequence[tuple[int, int, Measure]]) -> list[int] | None:
        return [number[each] for each in wanted] if all(each in number for each in wanted) else None

    found: list[tuple[list[int] | None, list[int] | None, int]] = []
    for row in range(len(cells.rows)):
        found += [
            (places([(row, area, "at risk")]), places([(row, area, "selected"), (row, area, "not selected")]), 0)
            for area in areas
        ]
        if len(areas) > 1:
            found += [
                (places([(row, 0, each)]), places([(row, area, each) for area in areas[1:]]), 0) for each in SHOWN
            ]
    for area in areas:
        for measure in SHOWN:
            if (area, measure) in totals:
                found.append(([], places([(row, area, measure) for row in groups]), totals[area, measure]))
            if len(cells.rows) > len(groups):
                found.append(
                    (places([(len(groups), area, measure)]), places([(row, area, measure) for row in answers]), 0)
                )
    return [
        Adding(whole=whole[0] if whole else None, parts=parts, known=known)
        for whole, parts, known in found
        if whole is not None and parts is not None
    ]


def _where(cells: Cells) -> list[Where]:
    """The row, unit and measure of each cell in words, as they are printed."""
    return [(cells.rows[row].label, cells.areas[area], MEASURES[measure]) for row, area, measure in cells.at.tolist()]


def _before(cells: Cells, earlier: Sequence[Earlier]) -> Ranges | None:
    """What earlier versions tell of the counts, wherever it is still true: somebody may take it that nothing has changed."""
    if not earlier:
        return None
    low, high = np.full(len(cells.n), -np.inf), np.full(len(cells.n), np.inf)
    for version in earlier:
        values = [version.values.get(where) for where in _where(cells)]
        ranges = told(cells, np.array([value or 0 for value in values]), version.rules, off=version.rules.off)
        still = np.array([value is not None for value in values]) & (cells.n >= ranges.low) & (cells.n <= ranges.high)
        low, high = (
            np.where(still, np.maximum(low, ranges.low), low),
            np.where(still, np.minimum(high, ranges.high), high),
        )
    return Ranges(low=low, high=high)


def _withheld_before(cells: Cells, earlier: Sequence[Earlier]) -> Flags:
    """What was withheld once stays so: with what has changed since, it could be worked out for then."""
    return np.array(
        [any(_withheld_in(version, where) for version in earlier) for where in _where(cells)], dtype=np.bool_
    )


def _withheld_in(version: Earlier, where: Where) -> bool:
    """Whether it was not shown, with a mark or without a row, where that version has such numbers at all."""
    return version.values.get(where) is None and any(each[1:] == where[1:] for each in version.values)


def _changed_by_a_few(cells: Cells, values: Counts, rules: Rules, earlier: Sequence[Earlier]) -> Flags:
    """Numbers that are not what was published, and nearer to it than a group is large: the difference is a few people."""
    found = np.zeros(len(values), dtype=np.bool_)
    for version in earlier:
        then = [version.values.get(where) for where in _where(cells)]
        found |= [
            value is not None and 0 < abs(value - now) < rules.group
            for value, now in zip(then, values.tolist(), strict=True)
        ]
    return found
