"""Takes the Cube and the Rules; gives the Cells of one characteristic: every number that a table of it could show, and which may not be known.

A cell is a sum of counts. Some cells are never shown, and are there because subtracting would give them: people who are not at risk.
The totals of all groups are no cells: the employer has to disclose them, so they are taken as known.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from eia.case import Stages
from eia.counts.cube import Cube
from eia.counts.disclosure.rules import SENSITIVE, Rules
from eia.errors import EiaError, Fault
from eia.vocabulary.characteristics import Group

Counts = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Sums = npt.NDArray[np.float64]

Measure = Literal["workforce", "at risk", "selected", "not selected", "rest"]
MEASURES: tuple[Measure, ...] = ("workforce", "at risk", "selected", "not selected", "rest")
SHOWN = MEASURES[:-1]
_NUMBER: dict[str, int] = {name: place for place, name in enumerate(MEASURES)}
OUTCOMES = frozenset({"at risk", "selected", "not selected"})
ANSWERED = "All who answered"
_ADDED: dict[Measure, tuple[int, ...]] = {
    "workforce": (0, 1, 2), "at risk": (0, 1), "selected": (0,), "not selected": (1,), "rest": (2,),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GroupCounts:
    """The counts of one characteristic: (groups, areas, 3), the last being selected, not selected and not at risk.

    groups: those that anybody is in. areas: names of the units, or one without a name. chosen: whether anybody has been selected.
    """

    key: str
    groups: tuple[Group, ...]
    areas: tuple[str, ...]
    counts: Counts
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Cells:
    """Every number that a table could show, and those that follow from it.

    rows, areas: labels; the first area is all of them together. at: (cells, 3), the row, area and measure of each. sums: (cells, counts),
    1 for each count that a cell adds up. n: the number. withheld: what the rules do not let show. protected: what nobody may be able to
    work out. limit: how far up what is thought possible has to reach for a protected cell, where ``most``, the totals that
    it is a part of, lets it; down it has to reach 0.
    totals: (totals, counts) and their numbers, which everybody knows.
    """

    table: GroupCounts
    rows: tuple[Group, ...]
    areas: tuple[str, ...]
    at: Counts
    sums: Sums
    n: Counts
    withheld: Flags
    protected: Flags
    limit: Counts
    most: Counts
    totals: Sums
    known: Counts

    @property
    def need(self) -> Counts:
        """How far up what is thought possible has to reach, to somebody outside."""
        return np.minimum(self.limit, self.most)

    def find(self, row: int, area: int, measure: str) -> int | None:
        """The place of a cell, or None where there is none."""
        found = np.flatnonzero((self.at == (row, area, _NUMBER[measure])).all(axis=1))
        return int(found[0]) if len(found) else None


def group_counts(cube: Cube, key: str, stages: Stages, *, by_unit: bool) -> GroupCounts:
    """Count one characteristic as it is published: groups that nobody is in are left out.

    Raises EiaError where some counts are known as ranges only.
    """
    table = cube.tables[key]
    if table.are_ranges:
        raise EiaError(Fault(code="counts-are-ranges", what="Some counts are ranges, which cannot be published safely.",
                             allowed="exact counts", do="Ask for the exact counts."))  # fmt: skip
    compulsory = 1 + stages.order.index(stages.compulsory)
    pooled = cube.place_pool >= 0
    went = table.low[:, :, compulsory:].sum(axis=2) * pooled
    stayed = table.low[:, :, 0] * pooled
    rest = table.low.sum(axis=2) - went - stayed
    by_place = np.stack([went, stayed, rest], axis=2)
    area = cube.place_unit if by_unit else np.zeros_like(cube.place_unit)
    units = cube.layout.units if by_unit else ("",)
    counts = np.zeros((len(by_place), len(units) + 1, 3), dtype=np.int64)
    np.add.at(counts.swapaxes(0, 1), np.where(area < 0, len(units), area), by_place.swapaxes(0, 1))
    whole = cube.whole_workforce
    if whole is not None and not whole.are_shares and key in whole.amounts:
        counts[:, -1, 2] += whole.amounts[key].astype(np.int64) - counts.sum(axis=(1, 2))
    groups, kept = cube.layout.dimensions[key].groups, counts.sum(axis=(1, 2)) > 0
    if not by_unit:
        return GroupCounts(
            key=key,
            groups=_of(groups, kept),
            areas=units,
            counts=counts.sum(axis=1, keepdims=True)[kept],
            chosen=cube.chosen,
        )
    areas = counts.sum(axis=(0, 2)) > 0
    names = tuple(name for name, there in zip((*units, "No unit recorded"), areas, strict=True) if there)
    return GroupCounts(
        key=key, groups=_of(groups, kept), areas=names, counts=counts[kept][:, areas], chosen=cube.chosen
    )


def _of(groups: tuple[Group, ...], kept: Flags) -> tuple[Group, ...]:
    return tuple(group for group, there in zip(groups, kept, strict=True) if there)


def cells_of(table: GroupCounts, rules: Rules) -> Cells:
    """Every cell of a characteristic, by row, area and measure.

    >>> both = GroupCounts(key="sex", groups=(Group("Female"), Group("Male")), areas=("",), chosen=True,
    ...                    counts=np.array([[[20, 30, 50]], [[3, 40, 60]]]))
    >>> from eia.counts.disclosure.rules import rules_called
    >>> cells = cells_of(both, rules_called("default"))
    >>> [int(cells.n[place]) for place in np.flatnonzero(cells.withheld & (cells.at[:, 2] < 4))]
    [3, 40]
    """
    groups, areas, _ = table.counts.shape
    answers = [place for place, group in enumerate(table.groups) if group.kind == "answer"]
    members = [[place] for place in range(groups)] + ([answers] if 1 < len(answers) < groups else [])
    rows = (*table.groups, Group(ANSWERED))[: len(members)]
    wholes = [list(range(areas))] + ([[area] for area in range(areas)] if areas > 1 else [])
    measures = [
        place for place, name in enumerate(MEASURES) if table.chosen or name not in ("selected", "not selected")
    ]
    at = np.array([(r, a, m) for r in range(len(rows)) for a in range(len(wholes)) for m in measures], dtype=np.int64)
    sums = np.zeros((len(at), *table.counts.shape))
    for place, (r, a, m) in enumerate(at):
        sums[place][np.ix_(members[r], wholes[a], _ADDED[MEASURES[m]])] = 1
    columns = sums.max(axis=1)  # which totals a cell is a part of
    n = (sums * table.counts).sum(axis=(1, 2, 3)).astype(np.int64)
    limit = np.where(at[:, 2] <= MEASURES.index("at risk"), rules.group, rules.side)
    protected = (n < limit) & ((n > 0) | (at[:, 2] != MEASURES.index("rest"))) & _others_too(sums, table)
    most = (columns * table.counts.sum(axis=0)).sum(axis=(1, 2)).astype(np.int64)
    return Cells(
        table=table, rows=rows, areas=("", *table.areas)[: len(wholes)], at=at, sums=sums.reshape(len(at), -1), n=n,
        withheld=_withheld(table, rows, at, n, rules), protected=protected, limit=limit, most=most,
        totals=np.tile(np.eye(areas * 3), groups), known=table.counts.sum(axis=0).ravel(),
    )  # fmt: skip


def _others_too(sums: Sums, table: GroupCounts) -> Flags:
    """Whether a cell has not all groups in it: one that has is a total."""
    groups: Counts = sums.max(axis=(2, 3)).sum(axis=1).astype(np.int64)
    return groups < len(table.groups)


def _withheld(table: GroupCounts, rows: tuple[Group, ...], at: Counts, n: Counts, rules: Rules) -> Flags:
    """What the rules do not let show, whatever else is shown."""
    by = {tuple(map(int, place)): int(number) for place, number in zip(at, n, strict=True)}
    found = np.zeros(len(at), dtype=np.bool_)
    for place, (row, area, m) in enumerate(at.tolist()):
        measure = MEASURES[m]
        size = by[row, area, 1 if measure in OUTCOMES else 0]
        sides = [by[row, area, each] for each in (2, 3)] if measure in ("selected", "not selected") else []
        found[place] = (
            measure == "rest"
            or size < rules.group
            or min(sides, default=rules.side) < rules.side
            or (measure in OUTCOMES and table.key in SENSITIVE)
            or rows[row].kind == "not applicable"  # it says who everybody else is
        )
    return found
