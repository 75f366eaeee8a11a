"""Takes the columns of a table of counts; gives the CountTable: what its rows are of, and which outcomes its figures tell apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from eia.case import RETAINED, Case
from eia.errors import inert, visible
from eia.intake.columns.cells import FileColumn
from eia.intake.counts.measures import SELECTED, Measure
from eia.intake.files.raw_table import RawTable
from eia.intake.layouts.terms import is_count, measure_called
from eia.intake.people.pools import ALL_STAFF
from eia.vocabulary.notes import without_notes
from eia.vocabulary.synonyms import plain, row_words

Place = int | Literal["total", "everyone"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CountTable:
    """A table of counts, row by row, and the outcomes that its columns of figures tell apart.

    names, groups: what each row calls its characteristic and its group. pools: their names. places: the pool of each row by
    its number, one more than the last for no pool; or the word for several. pool_cells: what the cells call them. one_pool:
    whether nothing tells pools apart. outcomes: retained, then the stages of the case; a code is a position in them. used: the
    codes told apart; everybody is retained where none is. parts: columns that only together count the people of one outcome,
    such as two marks that both mean retained: each has a code of its own, beyond those of the outcomes. selections_given:
    whether any column counts an outcome.
    """

    raw: RawTable
    case: Case
    measures: tuple[Measure, ...]
    names: tuple[str, ...]
    groups: tuple[str, ...]
    pools: tuple[str, ...]
    places: tuple[Place, ...]
    pool_cells: tuple[str, ...]
    one_pool: bool
    outcomes: tuple[str, ...]
    used: tuple[int, ...]
    parts: Mapping[Measure, int]
    selections_given: bool

    @property
    def outside(self) -> int:
        """The number that stands for no pool."""
        return len(self.pools)

    @property
    def are_shares(self) -> bool:
        """Whether shares are given instead of people."""
        return any(measure.counts == "share" for measure in self.measures)

    def counting(self, name: str) -> Measure | None:
        """The first column that counts this in people."""
        return next((one for one in self.measures if one.counts == name and not one.percentage), None)

    def codes(self, counts: str) -> tuple[int, ...]:
        """The codes of the outcomes that a column of this name counts: everyone selected, one outcome, or everybody."""
        if counts == SELECTED:
            return tuple(code for code in self.used if code >= self.outcomes.index(self.case.stages.compulsory))
        return (self.outcomes.index(counts),) if counts in self.outcomes else self.used


def count_table(
    raw: RawTable, case: Case, labels: Mapping[str, FileColumn], measures: Sequence[Measure], rows: int
) -> CountTable:
    """The table. labels: its columns of labels, by name. measures: its columns of figures. rows: how many there are."""
    one_pool = "pool" not in labels and not any(one.counts in ("whole", "rest") for one in measures)
    cells = _texts(labels["pool"]) if "pool" in labels else (_only_pool(raw, case, measures, one_pool),) * rows
    pools = tuple(dict.fromkeys(visible(cell) for cell in cells if not _no_pool(cell, cells)))
    outcomes = (RETAINED, *case.stages.order)
    told = [one for one in measures if one.counts in (*outcomes, SELECTED) and any(one.column.cells)]
    used = {outcomes.index(case.stages.compulsory if one.counts == SELECTED else one.counts) for one in told}
    shared = [one for one in told if sum(other.outcome == one.outcome for other in told) > 1]
    return CountTable(
        raw=raw,
        case=case,
        measures=tuple(measures),
        names=_filled_down(_texts(labels["characteristic"]), _texts(labels["group"])),
        groups=_texts(labels["group"]),
        pools=pools,
        places=tuple(_place(cell, pools) for cell in cells),
        pool_cells=cells,
        one_pool=one_pool,
        outcomes=outcomes,
        used=tuple(sorted({0, *used})),
        parts={one: len(outcomes) + number for number, one in enumerate(shared)},
        selections_given=bool(told),
    )


def _only_pool(raw: RawTable, case: Case, measures: Sequence[Measure], one_pool: bool) -> str:
    """What the one pool is called where none is named: beside everybody else, as its column of people is."""
    people = next((measure for measure in measures if measure.counts == "people"), None)
    if one_pool or people is None:
        return ALL_STAFF
    header = people.column.header
    says_nothing = is_count(header) or (raw.is_laid_out and not measure_called(header, case))
    return "At risk" if says_nothing else inert(header)


def _no_pool(cell: str, cells: Sequence[str]) -> bool:
    """Whether a cell of the pool column names no pool: it is empty, or it is a total of the other pools."""
    word = plain(cell)
    if word in row_words("no pool"):
        return True
    return word in row_words("total", "everyone") and len({plain(other) for other in cells}) > 1


def _place(cell: str, pools: Sequence[str]) -> Place:
    if visible(cell) in pools:
        return pools.index(visible(cell))
    word = plain(cell)
    return "everyone" if word in row_words("everyone") else "total" if word in row_words("total") else len(pools)


def _texts(column: FileColumn) -> tuple[str, ...]:
    """What each row says, without references to notes."""
    cells = [without_notes(cell) for cell in column.cells]
    return tuple(cells[code] for code in column.text.codes)


def _filled_down(names: Sequence[str], groups: Sequence[str]) -> tuple[str, ...]:
    """Names with those left out below the first, as published tables leave them out. A row without a group names nothing."""
    result: list[str] = []
    for name, group in zip(names, groups, strict=True):
        result.append(result[-1] if not name and group and result else name)
    return tuple(result)
