"""Takes the dictionary of a column (its distinct cells); gives numbers, dates or groups, and which cells are at fault.

Everything here works on tens of distinct cells. The million rows of a column are only ever looked up in the result.
"""

from __future__ import annotations

import copy
import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from eia.errors import Faults, quotable
from eia.intake.columns.dates import Dates, read_dates
from eia.intake.columns.identifiers import says_who
from eia.intake.files.raw_table import RawTable
from eia.intake.files.text_columns import Cells, Mask
from eia.intake.intake_record import Recoding
from eia.vocabulary.synonyms import is_missing, is_unknown, plain

Numbers = npt.NDArray[np.float32]

MISSING_IN_FRAME = (
    "cells without a value in the DataFrame read as empty. pandas.read_csv makes them of words such as “None” and “N/A”: to keep "
    "those, read the file with eia.read_table, or with dtype=str, keep_default_na=False"
)
Meaning = TypeVar("Meaning")
_LATEST_DAY = dt.date(2099, 12, 31)  # leave may lie ahead: a year of two digits is one of this century
OLDEST_DATE = dt.date(1900, 1, 1)
_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.ASCII)
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", re.ASCII)
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d{1,2}", re.ASCII)


Name = TypeVar("Name", str, int)


class FileColumn:
    """One column of a file with its header, and the faults found and recodings made while it is turned into values.

    text: the column; person i has the cell ``cells[text.codes[i]]``. cells: the distinct ones. The codes are as narrow as can be:
    look values up by them, and never calculate with them.
    """

    def __init__(self, raw: RawTable, index: int, text: pd.Categorical, missing: Mask | None = None) -> None:
        """Take the file, the column's position and its text, and the rows in which a frame has no value for it."""
        self.raw, self.header, self.text = raw, raw.headers[index], text
        self.cells: list[str] = text.categories.tolist()
        self.faults = Faults()
        self.recodings: list[Recoding] = []
        if missing is not None and (rows := int(np.count_nonzero(missing[: len(text)]))):
            self.recodings.append(Recoding(column=self.header, rule=MISSING_IN_FRAME, rows=rows))

    def rows_of(self, cells: Sequence[int]) -> npt.NDArray[np.int64]:
        """Positions of the rows that hold one of these cells (by their index in ``cells``)."""
        wanted = np.zeros(len(self.cells), dtype=bool)
        wanted[list(cells)] = True
        return np.flatnonzero(wanted[self.text.codes])

    def rows_with(self, cell: int) -> int:
        """How many rows hold the cell with this index in ``cells``."""
        return self._rows_with[cell]

    @cached_property
    def _rows_with(self) -> list[int]:
        """How many rows hold each cell: counted once, since a column may have as many cells as rows."""
        counted: list[int] = self.raw.weights.by(self.text.codes, len(self.cells)).tolist()
        return counted

    @property
    def people(self) -> int:
        """How many people the column is of."""
        return sum(self._rows_with)

    def called(self, names: Mapping[int, str]) -> FileColumn:
        """The same column with these cells (by their index in ``cells``) called otherwise, each by a name that no other has."""
        made = copy.copy(self)
        made.text = self.text.rename_categories([names.get(index, cell) for index, cell in enumerate(self.cells)])
        made.cells = made.text.categories.tolist()
        return made

    def note(self, cells: Sequence[int], rule: str) -> None:
        """Record how these cells (by their index in ``cells``) were read."""
        if len(cells):
            self.recodings.append(Recoding(column=self.header, rule=rule, rows=self.raw.how_many(self.rows_of(cells))))

    def blame(self, cells: Sequence[int], *, code: str, what: str, allowed: str, do: str) -> None:
        """Record a fault of the rows that hold these cells (by their index in ``cells``)."""
        if len(cells):
            rows = self.rows_of(cells)
            self.faults.of_rows(self.raw, rows, code=code, what=what, column=self.header, allowed=allowed, do=do)

    def listed(self, cells: Sequence[int]) -> tuple[str, ...]:
        """These labels with the number of rows of each, those that may not be quoted as one."""
        sizes = [(cell, self.rows_with(cell)) for cell in cells]
        named = [(label, rows) for cell, rows in sizes if (label := self.quoted_cell(cell))]
        rest, rows = len(sizes) - len(named), sum(rows for _, rows in sizes) - sum(rows for _, rows in named)
        others = (f"{rest} more not shown here ({rows:,})",) if rest else ()
        return (*(f"{label} ({rows:,})" for label, rows in named), *others)

    def nameable(self, cells: Sequence[int]) -> tuple[str, ...]:
        """The labels of these cells that may be quoted, as the file has them."""
        return tuple(self.cells[cell] for cell in cells if self.quoted_cell(cell))

    def quoted(self, cells: Sequence[int]) -> tuple[str, ...]:
        """The labels of these cells that may be quoted."""
        return tuple(filter(None, map(self.quoted_cell, cells)))

    def quoted_cell(self, cell: int) -> str | None:
        """The label of a cell where it may be quoted: enough rows share it, and it does not look as if it said who somebody is."""
        label, rows = self.cells[cell], self.rows_with(cell)
        return None if says_who(label, rows) else quotable(label, rows)


def file_columns(raw: RawTable, cells: Cells, at: Mapping[Name, int]) -> dict[Name, FileColumn]:
    """Columns that were read, each under its name. ``at``: where each stands in the file."""
    return {
        name: FileColumn(raw, index, cells.texts[index].array, cells.missing.get(index)) for name, index in at.items()
    }


def numbers(column: FileColumn, *, low: float, high: float, unit: float = 1) -> Numbers:
    """Numbers of every row, nan where blank or said not to be known. ``unit``: what a cell of 1 stands for, such as 0.01.

    Faults: no number, negative where low is not, or otherwise outside low to high.
    """
    parsed = [_number(cell, unit) for cell in column.cells]
    allowed = f"numbers from {low / unit:g} to {high / unit:g}, or an empty cell"
    unknown = [i for i, cell in enumerate(column.cells) if cell and parsed[i] is None and is_missing(cell)]
    wrong = [i for i, value in enumerate(parsed) if value is None and i not in unknown]
    negative = [i for i, value in enumerate(parsed) if value is not None and value < 0 <= low]
    outside = [i for i, n in enumerate(parsed) if n is not None and (n < low or n > high) and i not in negative]
    do = "Correct these cells, or leave them empty if the number is not known."
    column.note(unknown, "words for not known read as no number")
    column.blame(wrong, code="not-a-number", what="Some cells are not numbers.", allowed=allowed, do=do)
    column.blame(negative, code="negative-number", what="Some numbers are negative.", allowed=allowed, do=do)
    column.blame(outside, code="out-of-range", what="Some numbers are out of range.", allowed=allowed, do=do)
    kept = [value if value is not None and low <= value <= high else np.nan for value in parsed]
    found: Numbers = np.array(kept, dtype=np.float32)[column.text.codes]
    return found


def _dates(column: FileColumn, day: dt.date) -> tuple[Dates, list[int]]:
    """The dates of the cells, how they were read noted, and which cells hold one before 1900."""
    read = read_dates(column.cells, day)
    for rule, cells in read.rules.items():
        column.note(cells, rule)
    return read, [i for i, date in enumerate(read.dates) if date is not None and date < OLDEST_DATE]


def days(column: FileColumn) -> tuple[dt.date | None, ...]:
    """The date of every row, None where there is none. Faults: no date, or one before 1900."""
    read, early = _dates(column, _LATEST_DAY)
    column.blame(
        [*read.wrong, *early], code="not-a-date", what="Some cells are not dates.",
        allowed="dates from 01/01/1900, for example 31/12/2026, 31-Dec-2026 or 2026-12-31, or an empty cell",
        do="Correct these cells, or leave them empty if the date is not known.",
    )  # fmt: skip
    return tuple(read.dates[code] for code in column.text.codes.tolist())


def by_word(
    column: FileColumn,
    known: Mapping[str, Meaning],
    *,
    code: str,
    what: str,
    allowed: str,
    do: str,
    silent: Callable[[str], bool] = is_unknown,
) -> list[Meaning | None]:
    """What each row says; None where it says nothing.

    known: plain cell -> what it means. silent: which other cells may stand there, and say nothing; all others are a fault with
    this code and these words.
    """
    found = [known.get(plain(cell)) for cell in column.cells]
    wrong = [i for i, cell in enumerate(column.cells) if found[i] is None and not silent(cell)]
    column.blame(wrong, code=code, what=what, allowed=allowed, do=do)
    return [found[cell] for cell in column.text.codes.tolist()]


def years_until(column: FileColumn, day: dt.date, *, low: float, high: float) -> Numbers:
    """Completed years from the date in each row to ``day``, nan where there is no date.

    Faults: no date, before 1900, after ``day``, or giving fewer years than ``low`` or more than ``high``.
    """
    read, early = _dates(column, day)
    late = [i for i, date in enumerate(read.dates) if date is not None and date > day]
    allowed = (
        f"dates from 01/01/1900 to {day:%d/%m/%Y}, for example 31/12/1980, 31-Dec-1980 or 1980-12-31, or an empty cell"
    )
    do = "Correct these cells, or leave them empty if the date is not known."
    column.blame(read.wrong, code="not-a-date", what="Some cells are not dates.", allowed=allowed, do=do)
    column.blame(early, code="date-before-1900", what="Some dates are before 1900.", allowed=allowed, do=do)
    column.blame(
        late, code="date-too-late", what="Some dates are after the day of the extract.", allowed=allowed, do=do
    )
    years = [_completed_years(date, day) if date else np.nan for date in read.dates]
    outside = [i for i, n in enumerate(years) if (n < low or n > high) and i not in early and i not in late]
    what = f"Some dates give fewer than {low:g} years or more than {high:g}."
    column.blame(outside, code="out-of-range", what=what, allowed=allowed, do=do)
    kept = [n if low <= n <= high else np.nan for n in years]
    found: Numbers = np.array(kept, dtype=np.float32)[column.text.codes]
    return found


def natural(label: str) -> tuple[tuple[int, int, str], ...]:
    """Sort key in which "Grade 9" comes before "Grade 10".

    >>> sorted(["Grade 10", "Grade 9"], key=natural)
    ['Grade 9', 'Grade 10']
    """
    return tuple(
        (0, int(part), "") if part.isdecimal() else (1, 0, part)
        for part in re.split(r"(\d+)", label.casefold())
        if part
    )


def _number(cell: str, unit: float) -> float | None:
    """The number in a cell, nan where it is empty, None where it is none. A comma divides thousands, or two decimals."""
    if not cell:
        return float("nan")
    if cell.endswith("%"):
        cell, unit = cell[:-1].rstrip(), 0.01
    if _THOUSANDS.fullmatch(cell):
        cell = cell.replace(",", "")
    elif _DECIMAL_COMMA.fullmatch(cell):
        cell = cell.replace(",", ".")
    return float(cell) * unit if _NUMBER.fullmatch(cell) else None


def _completed_years(date: dt.date, day: dt.date) -> int:
    """Whole years, that from 29 February complete on 1 March: relativedelta has it complete the day before."""
    return day.year - date.year - ((day.month, day.day) < (date.month, date.day))
