"""Takes a file of absences and the file of people; gives the days of everybody by kind of reason, joined by reference, and what is wrong with them.

A row is some days, or a spell from its first to its last day, both counted. A reason that is not known is asked about.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

import numpy as np
import numpy.typing as npt
import pandas as pd

from eia.case import Case
from eia.errors import EiaError, Fault, Faults, inert, quotable
from eia.intake.columns.cells import FileColumn, days, numbers
from eia.intake.columns.known_table import KnownTable, open_known
from eia.intake.files.raw_table import RawTable
from eia.intake.intake_record import Recoding, Source
from eia.intake.people.join_causes import join_cause
from eia.intake.people.link import Persons, Rows
from eia.intake.people.people_file import PeopleFile
from eia.intake.questions import Choice, Kind, OpenQuestion
from eia.intake.workforce import Absences
from eia.vocabulary.synonyms import AbsenceKind, absence_kinds, is_missing, likely_absence, plain

KINDS: tuple[AbsenceKind, ...] = get_args(AbsenceKind)
MOST_DAYS = 3_660
_CHOICES = tuple(Choice(answer=kind, words=kind.capitalize()) for kind in KINDS)
_DEPENDS = "which kind of absence these days are told as"

Days = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsencesRead:
    """What a file of absences gives. Days are by person."""

    absences: Absences
    source: Source
    recodings: tuple[Recoding, ...]
    asked: tuple[OpenQuestion, ...]


def read_absences(raw: RawTable, case: Case, staff: PeopleFile, who: Persons | None) -> AbsencesRead:
    """Read a file of absences.

    Parameters
    ----------
    raw: the file. case: which header is the reference, and what reasons stand for. staff: the file of people. who: whose rows are
    whose, where people have several posts: days count beside the main one.

    Raises
    ------
    EiaError with every fault: no reference, reason or days, people who are not in the file of people, days that are no numbers or dates, spells that
    end before they start; and where every post of a person counts, so that nobody can say whose days these are.
    """
    if case.people.repeated == "every post" and staff.keys is not None and len(staff.keys.repeated):
        raise EiaError(Fault(code="absences-of-posts", what="Every post is counted, and absences are of people: whose days they are cannot be told.",
                             file=raw.file, allowed="absences where everybody counts once",
                             do='Count people: [people] repeated = "main post". Or leave the file of absences out.'))  # fmt: skip
    table = open_known(
        raw.without_totals(),
        "absences",
        case,
        needed=("reference", "reason"),
        each_row="days of absence for one reason",
    )
    if "days" not in table.columns and not {"start", "end"} <= table.columns.keys():
        raise EiaError(Fault(code="no-days-absent", what="There is no column of days in the file of absences.", file=raw.file,
                             row=(raw.header_row,), allowed="a column of days, or of the first and of the last day of each spell",
                             do="Add it, or leave the file of absences out."))  # fmt: skip
    faults = Faults()
    person, absent = _people(table, staff, who, faults), _days(table, faults)
    faults.extend(table.faults())
    faults.raise_if_any()
    kind, asked = _kinds(table.columns["reason"], person, case)
    held = np.zeros((len(KINDS), staff.rows))
    np.add.at(held, (kind, person), np.nan_to_num(absent))
    people = who.main if who else np.arange(staff.rows)
    told = f"days of absence read in {inert(raw.file)} by kind of reason"
    recodings = [Recoding(column="absences", rule=told, rows=table.rows)]
    if blank := int(np.isnan(absent).sum()):
        recodings.append(Recoding(column="absences", rule="absences without days: no day counted", rows=blank))
    return AbsencesRead(
        absences=Absences(days=pd.DataFrame(held.T[people], columns=list(KINDS))),
        source=table.source,
        recodings=tuple(recodings),
        asked=asked,
    )


def _people(table: KnownTable, staff: PeopleFile, who: Persons | None, faults: Faults) -> Rows:
    """For each row the row of that person in the file of people, -1 for a stranger."""
    keys = table.keys
    if keys is None or staff.keys is None:
        return np.full(table.rows, -1, dtype=np.int64)
    places = keys.positions_in(staff.keys)
    blank = keys.blank()
    strangers = np.setdiff1d(np.flatnonzero(places < 0), blank)
    what, do = (
        "Some people in the file of absences are not in the workforce file.",
        "Add these people, or leave their rows out.",
    )
    if cause := join_cause(keys, staff.keys):
        what, do = f"{what[:-1]}: {cause.what}.", cause.do
    faults.of_rows(table.raw, blank, code="blank-reference", what="Some absences have no reference.",
                   allowed="a reference in every row", do="Give each of them the reference of its person.")  # fmt: skip
    faults.of_rows(
        table.raw, strangers, code="absent-not-in-file", what=what, allowed="people of the workforce file", do=do
    )
    return who.main_of(places) if who else places


def _days(table: KnownTable, faults: Faults) -> Days:
    """The days of each row, nan where it gives none."""
    given = (
        numbers(table.columns["days"], low=0, high=MOST_DAYS).astype(np.float64)
        if "days" in table.columns
        else np.full(table.rows, np.nan)
    )
    if not {"start", "end"} <= table.columns.keys():
        return given
    spell = _day_numbers(table.columns["end"]) - _day_numbers(table.columns["start"]) + 1
    faults.of_rows(
        table.raw, np.flatnonzero((spell < 1) | (spell > MOST_DAYS)), code="absence-ends-first", what="Some absences end before they start, or last over ten years.",
        allowed="a last day on or after the first, or an empty cell", do="Correct these dates.",
    )  # fmt: skip
    return np.where(np.isnan(given), spell, given)


def _day_numbers(column: FileColumn) -> Days:
    """The day of each row as a number, nan where there is none."""
    dates, codes = days(column), column.text.codes
    held, first = np.unique(codes, return_index=True)
    by_code = np.full(len(column.cells), np.nan)
    for code, row in zip(held.tolist(), first.tolist(), strict=True):
        if (date := dates[row]) is not None:
            by_code[code] = date.toordinal()
    found: Days = by_code[codes]
    return found


def _kinds(column: FileColumn, person: Rows, case: Case) -> tuple[Rows, tuple[OpenQuestion, ...]]:
    """For each row the place of its kind in KINDS, and what is asked: reasons that are not known, by name where enough people share them."""
    said = {plain(reason): kind for reason, kind in case.absences.reasons.items()}
    known, codes = absence_kinds(), column.text.codes
    found: list[int] = []
    asked: list[OpenQuestion] = []
    rare: list[int] = []
    sharing = np.bincount(np.unique(np.stack([codes, person]), axis=1)[0], minlength=len(column.cells)).tolist()
    for code, cell in enumerate(column.cells):
        kind = said.get(plain(cell)) or known.get(plain(cell)) or ("not recorded" if is_missing(cell) else None)
        if kind is None and column.quoted_cell(code) and quotable(cell, sharing[code]):
            kind = likely_absence(cell)
            asked.append(
                _question(
                    "absence reason", inert(cell), column.rows_with(code), kind, ("absences", "reasons", inert(cell))
                )
            )
        elif kind is None:
            kind = case.absences.others or "other"
            rare.append(code)
        found.append(KINDS.index(kind))
    if rare and case.absences.others is None:
        rows = sum(column.rows_with(code) for code in rare)
        asked.append(_question("rare absences", column.header, rows, "other", ("absences", "others")))
    return np.array(found, dtype=np.int64)[codes], tuple(asked)


def _question(kind: Kind, about: str, rows: int, guess: AbsenceKind, setting: tuple[str, ...]) -> OpenQuestion:
    reason = "too few people share each to show it" if kind == "rare absences" else "by the words in it"
    if kind == "absence reason" and guess == "other":
        reason = "no word in it says another kind"
    return OpenQuestion(kind=kind, about=about, seen=(), rows=rows, guess=guess, reason=reason,
                        choices=_CHOICES, setting=setting, depends=_DEPENDS)  # fmt: skip
