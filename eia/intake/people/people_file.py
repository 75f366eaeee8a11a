"""Takes a raw table and the case; gives the file with its recognised columns read, and what is wrong with it as a list of people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from eia.case import Case
from eia.errors import EiaError, Fault, Faults
from eia.intake.asking.several_people import SEVERAL_ALLOWED, SEVERAL_DO, several_fault, stands_for_several
from eia.intake.columns.cells import FileColumn
from eia.intake.columns.headers import Recognised, recognise
from eia.intake.columns.held_names import hold_names
from eia.intake.columns.identifiers import never_kept
from eia.intake.columns.known_table import KnownTable, read_columns
from eia.intake.files.layout import is_total
from eia.intake.files.raw_table import RawTable
from eia.intake.intake_record import Recoding
from eia.intake.questions import OpenQuestion
from eia.vocabulary.characteristics import characteristics


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleFile(KnownTable):
    """A file with its recognised columns read. at: what was made of its headers. asked: about names that are not shown."""

    at: Recognised
    asked: tuple[OpenQuestion, ...] = ()

    def faults(self) -> Faults:
        """Everything wrong with its cells that has been found so far, and rows of totals amid the people, by any of their labels."""
        faults = KnownTable.faults(self)
        faults.extend(identifiers_kept(self.columns))
        total = np.zeros(self.rows, dtype=bool)
        for column in self.columns.values():
            total[column.rows_of([index for index, cell in enumerate(column.cells) if is_total(cell)])] = True
        faults.of_rows(
            self.raw, np.flatnonzero(total), code="totals-amid-people", what="Some rows amid the people are totals.",
            allowed="one row a person", do="Delete these rows.",
        )  # fmt: skip
        return faults

    def recodings(self) -> list[Recoding]:
        """What has been done to its columns so far, and which were dropped since they say who somebody is."""
        dropped = (
            Recoding(column=match.header, rule=f"{match.reason}: dropped before anything else was read", rows=self.rows)
            for match in self.at.of("identifier")  # never read: only their first cells were looked at
        )
        return [*(done for column in self.columns.values() for done in column.recodings), *dropped]


def open_people(raw: RawTable, case: Case, *, beside: Sequence[RawTable], wanted: tuple[str, ...] = ()) -> PeopleFile:
    """Recognise and read the columns of a file. ``wanted``: the only columns of interest; all of them when empty. ``beside``: the
    files that go with it.

    Raises EiaError where nothing is recognised, or rows are not of one cell each header.
    """
    raw = raw.without_totals()
    at = recognise(raw, case, wanted=wanted, beside=[header for table in beside for header in table.headers])
    if not at.at:
        raise EiaError(no_characteristic(raw, at))
    read = read_columns(raw, at.at, case)
    columns, asked = hold_names(read.columns, case)
    return PeopleFile(
        at=at, asked=asked, raw=read.raw, columns=columns, keys=read.keys, rows=read.rows, empty_rows=read.empty_rows, encoding=read.encoding
    )  # fmt: skip


def refuse_several(raw: RawTable, case: Case) -> None:
    """Refuse a file whose rows stand for several people each, unless the case says that they do not; and one of which it says so."""
    if case.people.rows is None and (found := stands_for_several(raw)):
        raise EiaError(several_fault(raw, found))
    if case.people.rows == "counts":
        raise EiaError(Fault(code="rows-are-counts", what="The case says that each row stands for several people.", file=raw.file,
                             row=(raw.header_row,), allowed=SEVERAL_ALLOWED, do=SEVERAL_DO))  # fmt: skip


def refuse_headings(raw: RawTable) -> None:
    """Refuse a file in which rows amid the people are headings over those below: a first cell of words that
    nobody else has, and nothing beside it."""
    of_people = {row[0] for row in raw.sample if any(row[1:])}
    alone = [_is_heading(row) and row[0] not in of_people for row in raw.sample]
    over = [place for place, (one, below) in enumerate(pairwise(alone)) if one and not below]
    faults = Faults()
    if len(over) > 1 and 2 * sum(alone) < len(alone):
        faults.of_rows(
            raw, np.array(over), code="headings-amid-people", what="Some rows amid the people hold one cell only, as headings do.",
            allowed="one row a person, with the same columns filled in for everybody",
            do="If they are headings, put what each says into a column of its own beside everybody below it, such as the pool, and take these rows out.",
        )  # fmt: skip
    faults.raise_if_any()


def _is_heading(row: Sequence[str]) -> bool:
    return len(row) > 2 and bool(row[0]) and not any(row[1:]) and (" " in row[0] or row[0].isalpha())


def no_characteristic(raw: RawTable, found: Recognised) -> Fault:
    """The fault of a file without a characteristic, with the columns that look like one."""
    named_by = {key: one.title.lower() for key, one in characteristics().items()} | dict.fromkeys(
        ("age_band", "date_of_birth"), "age"
    )
    likely = [match for match in found.of("asked") if match.column in named_by]
    seen = "; ".join(f"“{match.header}” looks like {named_by[match.column]}" for match in likely)
    named = likely[0] if likely else None
    example = f'{named.column} = "{named.header}"' if named else 'sex = "the header in the file"'
    return Fault(
        code="no-characteristic", what=f"None of the headers is a characteristic that can be assessed.{seen and f' But {seen}.'}", file=raw.file,
        row=(raw.header_row,), allowed="at least one of: sex, age, disability, ethnicity, working pattern, contract and so on",
        do=f"Say in the case which column is which, for example: [columns] {example}.",
    )  # fmt: skip


def identifiers_kept(columns: Mapping[str, FileColumn]) -> Faults:
    """Cells that stand for one person, in a column whose labels would be kept."""
    faults = Faults()
    for name, column in columns.items():
        held = [index for index, cell in enumerate(column.cells) if never_kept(cell)]
        if held and name not in ("date_of_birth", "start_date"):
            faults.of_rows(
                column.raw, column.rows_of(held), code="identifier-in-column", what="Some cells are e-mail addresses or National Insurance numbers.",
                column=column.header, allowed="labels that many people share", do="Take them out, or leave the column out of the file.",
            )  # fmt: skip
    return faults
