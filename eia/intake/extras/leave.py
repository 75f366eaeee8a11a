"""Takes a table of pregnancies and family leave; gives the dates of each row, or one error that lists every fault.

Neither names nor references are kept: a row is known by its number, as a spreadsheet shows it, and rows of one person by
the place of that person.
"""

from __future__ import annotations

import datetime as dt
import operator
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from eia.case import Case
from eia.intake.columns.cells import by_word, days, numbers
from eia.intake.columns.known_table import open_known
from eia.intake.files.raw_table import RawTable
from eia.intake.files.references import Keys
from eia.vocabulary.synonyms import known_words, plain

Locate = Callable[[Keys], npt.NDArray[np.int64]]
"""The place in the workforce of each reference, -1 for one that is not there."""

LeaveKind = Literal[
    "pregnancy", "maternity leave", "adoption leave", "shared parental leave", "neonatal care leave",
    "bereaved partner's paternity leave",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    """One pregnancy or one spell of leave; a date is None where the file does not give it.

    row: its number, the header being 1. person: the same for every row of a person: the place in the workforce where the
    file was joined to one, -1 for somebody who is not in it, else a number of its own. told: the day the employer was told
    of the pregnancy. expected_week: the first day of the expected week of childbirth. ended: the day a pregnancy ended that
    gave no right to maternity leave. birth: of birth, or of placement for adoption. start, end: the first and the last day
    of leave. longest_run: the most weeks of it taken in one run.
    """

    row: int
    kind: LeaveKind
    person: int = -1
    told: dt.date | None = None
    expected_week: dt.date | None = None
    ended: dt.date | None = None
    birth: dt.date | None = None
    start: dt.date | None = None
    end: dt.date | None = None
    longest_run: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveFile:
    """The rows of a file of leave. joined: whether ``person`` is a place in the workforce."""

    rows: tuple[Leave, ...]
    joined: bool


def _kinds() -> dict[str, LeaveKind]:
    """Plain cell -> the kind of leave: in its own words, and in those of a column of family leave."""
    own: dict[str, LeaveKind] = {plain(kind): kind for kind in get_args(LeaveKind)}
    return {word: own[plain(label)] for word, label in known_words("family_leave").items() if plain(label) in own} | own


def read_leave(raw: RawTable, case: Case | None = None, locate: Locate | None = None) -> LeaveFile:
    """Read a table of leave.

    Parameters
    ----------
    case: names the column of references where its header does not. locate: where people of these references stand in the
    workforce; without it, rows of one reference are one person and each row without one is a person of its own.

    Raises
    ------
    EiaError with every fault: no column of the kind of leave, two headers for one thing, a kind that is not known, cells
    that are no dates, leave that ends before it starts. Rows without a kind are left out. A pregnancy is read only where
    the file says so: it is never inferred.
    """
    table = open_known(raw, "leave", case or Case(), needed=("kind",), each_row="a pregnancy or one spell of leave")
    columns = table.columns
    kinds = by_word(
        columns["kind"], _kinds(), silent=operator.not_, code="unknown-leave-type",
        what="Some types of leave are not known.", allowed=", ".join(get_args(LeaveKind)),
        do="Use these words. Ordinary paternity leave, parental leave and carer's leave give no priority: leave them out.",
    )  # fmt: skip
    dates = {name: days(column) for name, column in columns.items() if name not in ("kind", "longest_run")}
    runs = numbers(columns["longest_run"], low=0, high=520) if "longest_run" in columns else None
    first = raw.header_row + 1
    joined = locate is not None and table.keys is not None
    if table.keys is None:
        person = np.arange(table.rows)
    else:
        person = locate(table.keys) if locate else table.keys.codes().astype(np.int64)
    leaves = [
        Leave(
            row=place + first,
            kind=kind,
            person=int(person[place]),
            longest_run=None if runs is None or np.isnan(runs[place]) else float(runs[place]),
            **{name: found[place] for name, found in dates.items()},
        )
        for place, kind in enumerate(kinds)
        if kind
    ]
    faults = table.faults()
    faults.of_rows(
        raw, [one.row - first for one in leaves if one.start and one.end and one.end < one.start], code="leave-ends-first", what="Some leave ends before it starts.",
        allowed="an end on or after the start, or an empty cell", do="Correct these dates.",
    )  # fmt: skip
    faults.raise_if_any()
    return LeaveFile(rows=tuple(leaves), joined=joined)
