"""Takes a table of pregnancies and family leave; gives the dates of each row, or one error that lists every fault.

Neither names nor references are kept: a row is known by its number, as a spreadsheet shows it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, get_args

import numpy as np

from eia.errors import EiaError, Fault
from eia.intake.read import RawTable
from eia.intake.values import Column, days, numbers
from eia.intake.words import plain

LeaveKind = Literal[
    "pregnancy", "maternity leave", "adoption leave", "shared parental leave", "neonatal care leave",
    "bereaved partner's paternity leave",
]  # fmt: skip
_HEADERS: Mapping[str, tuple[str, ...]] = {
    "kind": ("leave type", "type of leave", "family leave"),
    "told": ("employer told", "pregnancy notified", "date employer told"),
    "expected_week": ("expected week of childbirth", "ewc", "expected week"),
    "birth": ("birth or placement", "date of birth or placement", "birth", "placement", "child s date of birth"),
    "start": ("leave start", "start of leave"),
    "end": ("leave end", "end of leave"),
    "longest_run": ("longest run in weeks", "longest run", "consecutive weeks"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    """One pregnancy or one spell of leave; a date is None where the file does not give it.

    row: its number, the header being 1. told: the day the employer was told of the pregnancy. expected_week: the first
    day of the expected week of childbirth. birth: of birth, or of placement for adoption. start, end: the first and the
    last day of leave. longest_run: the most weeks of it taken in one run.
    """

    row: int
    kind: LeaveKind
    told: dt.date | None = None
    expected_week: dt.date | None = None
    birth: dt.date | None = None
    start: dt.date | None = None
    end: dt.date | None = None
    longest_run: float | None = None


def read_leave(raw: RawTable) -> tuple[Leave, ...]:
    """Read a table of leave.

    Raises EiaError with every fault: no column of the kind of leave, two headers for one thing, a kind that is not
    known, cells that are no dates, leave that ends before it starts. Rows without a kind are left out. A pregnancy is
    read only where the file says so: it is never inferred.
    """
    at, faults = _columns(raw)
    if "kind" not in at:
        raise EiaError(
            [*faults, Fault(code="no-leave-type", what="There is no column of the type of leave.", file=raw.file, row=(1,),
                            allowed=", ".join(_HEADERS["kind"]), do="Add it: each row is a pregnancy or one spell of leave.")]
        )  # fmt: skip
    texts = raw.read(list(at.values()), None).texts
    columns = {name: Column(raw, index, texts[index]) for name, index in at.items()}
    kinds = _kinds(columns["kind"])
    dates = {name: days(column) for name, column in columns.items() if name not in ("kind", "longest_run")}
    runs = numbers(columns["longest_run"], low=0, high=520) if "longest_run" in columns else None
    faults += [fault for column in columns.values() for fault in column.faults]
    leaves = [
        Leave(
            row=place + 2,
            kind=kind,
            longest_run=None if runs is None or np.isnan(runs[place]) else float(runs[place]),
            **{name: found[place] for name, found in dates.items()},
        )
        for place, kind in enumerate(kinds)
        if kind
    ]
    backwards = tuple(leave.row for leave in leaves if leave.start and leave.end and leave.end < leave.start)
    if backwards:
        faults.append(
            Fault(code="leave-ends-first", what="Some leave ends before it starts.", file=raw.file, row=backwards,
                  allowed="an end on or after the start, or an empty cell", do="Correct these dates.")
        )  # fmt: skip
    if faults:
        raise EiaError(faults)
    return tuple(leaves)


def _columns(raw: RawTable) -> tuple[dict[str, int], list[Fault]]:
    """Where each column stands; a header twice is a fault."""
    found = [next((name for name, words in _HEADERS.items() if plain(head) in words), "") for head in raw.headers]
    twice = [one for one, next_one in pairwise(sorted(filter(None, found))) if one == next_one]
    faults = [
        Fault(code="two-headers", what=f"More than one column could be the {name.replace('_', ' ')} of leave.", file=raw.file,
              row=(1,), allowed="one", do="Rename or remove the others.")
        for name in dict.fromkeys(twice)
    ]  # fmt: skip
    return {name: index for index, name in enumerate(found) if name}, faults


def _kinds(column: Column) -> list[LeaveKind | None]:
    known = {plain(kind): kind for kind in get_args(LeaveKind)}
    found = [known.get(plain(cell)) for cell in column.text.values]
    column.blame(
        [index for index, kind in enumerate(found) if kind is None and column.text.values[index]],
        code="unknown-leave-type", what="Some types of leave are not known.", allowed=", ".join(known.values()),
        do="Use these words. Ordinary paternity leave, parental leave and carer's leave give no priority: leave them out.",
    )  # fmt: skip
    return [found[code] for code in column.text.codes.tolist()]
