"""Takes a file of a table, text or workbook, or a DataFrame; gives a RawTable: headers, and columns of text on demand.

Everything is text: no type is guessed, "007" and "N/A" stay what they are. Only the columns asked for are ever turned
into values, and a value that repeats is stored once, so that later steps look at tens of labels and not at a million
rows. The bytes are hashed as they are; nothing is written anywhere.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from eia.errors import EiaError, Fault, rows_named
from eia.intake.files.frame_rows import SAMPLE_ROWS, frame_rows
from eia.intake.files.laid_out_rows import LaidOutRows
from eia.intake.files.layout import below, checked_headers, first_rows, layout
from eia.intake.files.opening import WINDOW, not_text, open_text
from eia.intake.files.text_columns import ONE_EACH, Cells, Weights, text_frame
from eia.intake.files.text_rows import TextRows

if TYPE_CHECKING:
    from narwhals.typing import IntoDataFrame

PAGE_ROWS = 5_000  # a table with more rows is no table of counts as people publish them

TableSource: TypeAlias = "str | os.PathLike[str] | bytes | IntoDataFrame"


class Rows(Protocol):
    """The rows of a table, wherever they are."""

    @property
    def sha256(self) -> str:
        """SHA-256 of what they hold."""

    def without_totals(self) -> Rows:
        """The same without the rows of totals at the end."""

    def read(self, indices: Sequence[int], key: int | None) -> Cells:
        """The columns at these positions, and the references."""

    def empty(self) -> Sequence[int]:
        """Positions of the rows that hold nothing in any column."""


@dataclass(frozen=True, slots=True)
class MadeColumn:
    """A column made of others. of: their positions. made: its cells by theirs."""

    of: tuple[int, ...]
    made: Callable[[Sequence[pd.Categorical]], pd.Categorical]


@dataclass(frozen=True, kw_only=True)
class RawTable:
    """A table as it came: its name, its headers, and its columns on demand. The hash is made while columns are read.

    sheet: the sheet of a workbook, else "". among: the sheets that it was guessed from; none where nothing was. header_row: the number of the row of headers in a spreadsheet, 0 where rows have no numbers. sample: the
    first rows below it. totals: the rows of totals at its end. remarks: what was left out or decided when it was opened, in
    plain words. around: the cells of titles above the table and of notes below it. weights: how many people each row stands
    for, of what was read of it.
    """

    file: str
    sheet: str = ""
    among: tuple[str, ...] = ()
    headers: tuple[str, ...]
    header_row: int
    sample: tuple[tuple[str, ...], ...] = field(repr=False)
    totals: int
    remarks: tuple[str, ...]
    around: tuple[str, ...] = field(default=(), repr=False)
    weights: Weights = field(default=ONE_EACH, repr=False, compare=False)
    _rows: Rows = field(repr=False)
    _page: Callable[[], Iterable[tuple[str, ...]]] = field(repr=False, default=tuple)
    _kept: npt.NDArray[np.int64] | None = field(default=None, repr=False, compare=False)
    _made: Mapping[int, MadeColumn] = field(default_factory=dict, repr=False, compare=False)

    @property
    def sha256(self) -> str:
        """SHA-256 of the file as it came, or of the text in a frame: 64 hexadecimal digits."""
        return self._rows.sha256

    def without_totals(self) -> RawTable:
        """The same table without rows of totals at its end, which are no people; that they were left out is remarked."""
        if not self.totals:
            return self
        remark = f"{_rows_of(self.totals)} of totals at the end left out"
        return replace(self, _rows=self._rows.without_totals(), totals=0, remarks=(*self.remarks, remark))

    def page(self) -> list[tuple[str, ...]]:
        """All rows as they stand, titles, headers and notes included, where there are no more than a published table has; else none."""
        rows = list(self._page())
        return rows if len(rows) <= PAGE_ROWS else []

    @property
    def is_laid_out(self) -> bool:
        """Whether its rows were laid out anew."""
        return isinstance(self._rows, LaidOutRows)

    def laid_out(self, rows: LaidOutRows) -> RawTable:
        """The same file, its table laid out anew."""
        return replace(self, headers=rows.headers, sample=rows.cells[:SAMPLE_ROWS], totals=0, _rows=rows)

    def with_column(self, header: str, column: MadeColumn) -> RawTable:
        """The same table with a column made of others behind the last."""
        cells = [[row[of] for row in self.sample] for of in column.of]
        made = column.made([pd.Categorical(one) for one in cells]).tolist()
        sample = tuple((*row, cell) for row, cell in zip(self.sample, made, strict=True))
        return replace(
            self, headers=(*self.headers, header), sample=sample, _made={**self._made, len(self.headers): column}
        )

    @property
    def made_of(self) -> frozenset[str]:
        """The headers of the columns that others were made of."""
        return frozenset(self.headers[of] for column in self._made.values() for of in column.of)

    def only(self, rows: npt.NDArray[np.int64]) -> RawTable:
        """The same table of these rows alone, by their positions; each keeps its number."""
        return replace(self, _kept=rows if self._kept is None else self._kept[rows])

    def read(self, indices: Sequence[int], key: int | None) -> Cells:
        """The columns at these positions and the key column, in one pass over the file.

        The key column is the one whose values tell people apart: they can be compared and joined, never read.
        Raises EiaError if rows are ragged; every such row is named.
        """
        needed = [of for index in indices for of in (self._made[index].of if index in self._made else (index,))]
        cells = self._rows.read(list(dict.fromkeys(needed)), key)
        if made := {index: self._made[index] for index in indices if index in self._made}:
            columns = {index: cells.texts[index].array for index in cells.texts}
            columns |= {index: one.made([columns[of] for of in one.of]) for index, one in made.items()}
            cells = replace(
                cells, texts=text_frame({index: columns[index] for index in indices if index in columns}, cells.rows)
            )
        return cells if self._kept is None else cells.only(self._kept)

    def without_gaps(self, cells: Cells) -> tuple[RawTable, Cells]:
        """The same table, and what was read of it, without the rows amid the others that hold nothing in any column: they are
        nobody. Which they are is remarked; those at the end are left to the reader."""
        filled = cells.rows - cells.empty_at_end
        if not cells.empty[:filled].any():
            return self, cells
        empty = np.array(self._rows.empty(), dtype=np.int64)
        gap = np.isin(np.arange(cells.rows) if self._kept is None else self._kept, empty)
        gap[filled:] = False
        if not gap.any():
            return self, cells
        named = rows_named(self.row_numbers(np.flatnonzero(gap)), int(gap.sum()))
        rest, remark = np.flatnonzero(~gap), f"empty among the others and skipped: {named}"
        return replace(self.only(rest), remarks=(*self.remarks, remark)), cells.only(rest)

    def how_many(self, positions: npt.ArrayLike) -> int:
        """How many people the rows at these positions stand for."""
        return self.weights.of(np.asarray(positions))

    def row_numbers(self, positions: npt.NDArray[np.int64]) -> tuple[int, ...]:
        """Row numbers as a spreadsheet shows them, for positions counted from the first row below the headers; none where rows have none."""
        if not self.header_row:
            return ()
        if isinstance(self._rows, LaidOutRows):
            return tuple(sorted({self._rows.numbers[int(position)] for position in positions}))[:50]
        named = positions[:50] if self._kept is None else self._kept[positions[:50]]
        return tuple(int(position) + self.header_row + 1 for position in named)


def open_table(
    source: TableSource, *, name: str | None = None, sheet: str | None = None, guess_sheet: bool = False
) -> RawTable:
    """Open a table: hash it, find its encoding, its divider, its headers, and what stands above and below it.

    Parameters
    ----------
    source: a path, the bytes of an upload (CSV or other divided text, XLSX, XLSM, XLS or ODS), or a DataFrame of any library
    that narwhals knows. name: what messages call it; a path's own name by default. sheet: the sheet to read, needed where
    several of a workbook hold a table. guess_sheet: whether the likeliest of several will do; the table then says among which.

    Raises
    ------
    EiaError if the table is empty, has headers only, is no table, or is larger than this version reads; if a workbook
    has a password, is damaged, or does not say which sheet to read; if a frame is not in memory.

    >>> open_table(b"Staff list\\n\\nreference;sex\\nA1;F\\n", name="staff.csv").headers
    ('reference', 'sex')
    """
    if isinstance(source, str | os.PathLike):
        if len(os.fspath(source).splitlines()) > 1:  # the text itself, which no message may show
            raise EiaError(Fault(code="text-no-path", what="The text of a file was given, and not its path.", allowed="a path, or bytes",
                                 do="Give the text as bytes: text.encode()."))  # fmt: skip
        path = Path(source)
        return _open_file(path, name or path.name, sheet, guess_sheet)
    if isinstance(source, bytes):
        return _open_file(source, name or "the file", sheet, guess_sheet)
    return _open_frame(source, name or "the DataFrame")


def _open_file(source: Path | bytes, file: str, sheet: str | None, guess_sheet: bool) -> RawTable:
    opened = open_text(source, file, sheet, guess_sheet=guess_sheet)
    if b"\0" in bytes(opened.body[:WINDOW]):
        raise EiaError(not_text(file, "no text"))
    found = layout(opened.body, file)
    zeros, quotes = _holds(opened.body[found.start :], b"\0", b'"')
    if zeros:
        raise EiaError(not_text(file, "no text"))
    body = _without_tail(opened.body[found.start : found.end])
    if not len(body):
        raise EiaError(nobody(file))
    remarks = list(opened.remarks)
    if found.header_row > 1:
        remarks.append(f"{_rows_of(found.header_row - 1)} above the headers left out")
    if found.notes:
        remarks.append(f"{_rows_of(found.notes)} of notes below the table left out")
    rows = TextRows(
        body=body, digest=opened.digest, file=file, sheet=opened.sheet, header_row=found.header_row,
        width=len(found.headers), divider=found.divider, marked=opened.marked, quotes=quotes,
        people_end=found.people_end - found.start,
    )  # fmt: skip
    whole = opened.body
    page = (lambda: first_rows(bytes(whole), found.divider, PAGE_ROWS + 1)) if len(whole) <= WINDOW else tuple
    return RawTable(
        file=file, sheet=opened.sheet, among=opened.among, headers=found.headers, header_row=found.header_row, sample=found.sample,
        totals=found.totals, remarks=tuple(remarks), around=found.around, _rows=rows, _page=page,
    )  # fmt: skip


def _open_frame(source: IntoDataFrame, file: str) -> RawTable:
    rows = frame_rows(source, file)
    sample = rows.sample(slice(SAMPLE_ROWS))
    headers = checked_headers(rows.headers, sample, file, row=1)
    notes, totals = below(rows.sample(slice(-SAMPLE_ROWS, None)), len(headers))
    rows = rows.first(rows.rows - notes, rows.rows - notes - totals)
    if not rows.rows:
        raise EiaError(nobody(file))
    short = rows.rows <= PAGE_ROWS
    page = (lambda: [rows.headers, *rows.sample(slice(None))]) if short else tuple
    remarks = [*rows.remarks, *([f"{_rows_of(notes)} of notes below the table left out"] if notes else [])]
    return RawTable(
        file=file, headers=headers, header_row=1, sample=sample, totals=totals, remarks=tuple(remarks), _rows=rows, _page=page,
    )  # fmt: skip


def _rows_of(count: int) -> str:
    return "1 row" if count == 1 else f"{count} rows"


def nobody(file: str) -> Fault:
    """The fault of a file without people."""
    return Fault(
        code="headers-only", what="The file has headers and nobody below them.", file=file,
        allowed="one line a person below the headers", do="Export it again: the selection was probably empty.",
    )  # fmt: skip


def _holds(body: memoryview, *marks: bytes) -> list[bool]:
    """Whether each of these bytes stands anywhere, looked for a megabyte at a time."""
    held = [False] * len(marks)
    for at in range(0, len(body), WINDOW):
        window = bytes(body[at : at + WINDOW])
        held = [before or mark in window for before, mark in zip(held, marks, strict=True)]
    return held


def _without_tail(body: memoryview) -> memoryview:
    """The body without the empty lines at its end, which hold nobody. Tabs that end the last row are cells of it."""
    tail = bytes(body[-WINDOW:])
    kept = tail.rstrip(b"\r\n \t\x1a")
    blanks = re.match(rb"[ \t]*", tail[len(kept) :])
    return body[: len(body) - len(tail) + len(kept) + (blanks.end() if blanks and kept else 0)]
