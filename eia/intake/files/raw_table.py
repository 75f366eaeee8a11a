"""Takes a file of a table, text or workbook; gives a RawTable: headers, and columns of text as codes into a short dictionary.

Everything is text: no type is guessed, "007" and "N/A" stay what they are. Only the columns asked for are ever turned
into values, and a value that repeats is stored once, so that later steps look at tens of labels and not at a million
rows. The bytes are hashed as they are; nothing is written anywhere.
"""

from __future__ import annotations

import csv
import io
import mmap
import re
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from eia.errors import EiaError, Fault, inert
from eia.intake.files.layout import DIVIDERS, layout
from eia.intake.files.opening import not_text, open_table
from eia.intake.files.references import Keys, trimmed
from eia.intake.files.text_columns import TextColumn, text_columns

if TYPE_CHECKING:
    import pyarrow

_WINDOW = 1 << 20
_BLANK = b' \t\r\n"\xc2\xa0\x1a'
_BREAK = re.compile(rb"\r\n|\n|\r")
_BLOCK = 1 << 22  # fewer dictionaries to unite than in the parser's own blocks of a megabyte


@dataclass(frozen=True, slots=True)
class Cells:
    """What was read: the text columns by position, the keys, and how the file was encoded.

    blank_at_end: how many of the last rows hold nothing in any column, read or not: somebody of whom only another column tells is there.
    """

    texts: Mapping[int, TextColumn]
    keys: Keys | None
    encoding: str
    rows: int
    blank_at_end: int = 0

    def empty(self) -> npt.NDArray[np.bool_]:
        """Which rows hold nothing in any of these columns."""
        empty = np.ones(self.rows, dtype=bool)
        for text in self.texts.values():
            if "" not in text.values:
                return np.zeros(self.rows, dtype=bool)
            empty &= text.codes == text.values.index("")
        if self.keys is not None:
            without_key = np.zeros(self.rows, dtype=bool)
            without_key[self.keys.blank()] = True
            empty &= without_key
        return empty

    def empty_at_end(self) -> int:
        """How many of the last rows hold nothing, in these columns or any other."""
        empty = self.empty()
        return min(self.blank_at_end, self.rows if empty.all() else int(np.argmin(empty[::-1])))


@dataclass(frozen=True, kw_only=True)
class RawTable:
    """A file as it came: its name, its headers, and its columns on demand. The hash is made while columns are read.

    sheet: the sheet of a workbook, else "". header_row: the number of the row of headers in a spreadsheet. sample: the
    first rows below it. remarks: what was left out or decided when the file was opened, in plain words.
    """

    file: str
    sheet: str
    headers: tuple[str, ...]
    header_row: int
    sample: tuple[tuple[str, ...], ...] = field(repr=False)
    remarks: tuple[str, ...]
    _body: memoryview = field(repr=False)
    _people: int = field(repr=False)
    _totals: int = field(repr=False)
    _divider: str = field(repr=False)
    _digest: Future[str] = field(repr=False)
    _marked: str = field(repr=False)
    _quotes: bool = field(repr=False)

    @property
    def sha256(self) -> str:
        """SHA-256 of the file as it came: 64 hexadecimal digits."""
        return self._digest.result()

    def without_totals(self) -> RawTable:
        """The same table without rows of totals at its end, which are no people; that they were left out is remarked."""
        if not self._totals:
            return self
        remark = f"{_rows(self._totals)} of totals at the end left out"
        return replace(self, _body=self._body[: self._people], _totals=0, remarks=(*self.remarks, remark))

    def read(self, indices: Sequence[int], key: int | None) -> Cells:
        """The columns at these positions and the key column, in one pass over the file.

        The key column is the one whose values tell people apart: they can be compared and joined, never read.
        Raises EiaError if rows are ragged; every such row is named.
        """
        kinds = dict.fromkeys(indices, "dictionary") | ({key: "binary"} if key is not None else {})
        table = self._parse(kinds)
        columns = {index: table[f"c{index}"] for index in kinds}
        rows = table.num_rows
        del table  # each column is let go as soon as its codes are taken
        _let_go(self._body)
        keys = Keys(trimmed(columns.pop(key))) if key is not None else None
        read = None
        with suppress(UnicodeDecodeError):  # it holds the cells: it must not travel with our message
            read = text_columns(columns, self._marked)
        if read is None:
            raise EiaError(self._undecodable_fault())
        texts, encoding = read
        cells = Cells(texts, keys, self._written(encoding), rows, self._blank_at_end())
        self._refuse_empty_rows(cells)
        return cells

    def _refuse_empty_rows(self, cells: Cells) -> None:
        """Refuse empty rows amid the others: each would be a person of whom nothing is known. Those at the end are left."""
        last = cells.empty_at_end()
        if not cells.empty()[: cells.rows - last].any():
            return
        end = self.header_row + cells.rows - last
        wrong = [
            row for row in self._rows_where(lambda row: not any(cell.strip() for cell in row), "utf-8") if row <= end
        ]
        if wrong:
            raise EiaError(
                Fault(code="empty-rows", what="Some rows amid the others are empty.", file=self.file, row=tuple(wrong[:50]),
                      rows=len(wrong), allowed="one row a person or a group, and none between them", do="Delete these rows.")
            )  # fmt: skip

    def _blank_at_end(self) -> int:
        """How many lines at the end are dividers, blanks and quotation marks only."""
        size = _WINDOW
        while True:
            tail = bytes(self._body[-size:])
            blank = tail[len(tail.rstrip(_BLANK + self._divider.encode())) :]
            if len(blank) < len(tail) or size >= len(self._body):
                return len(_BREAK.findall(blank)) + (len(blank) == len(self._body))
            size *= 2

    def _written(self, encoding: str) -> str:
        """How the table is written, in words."""
        if self.sheet:
            return f"sheet “{inert(self.sheet)}”"
        return encoding if self._divider == "," else f"{encoding}, divided by {DIVIDERS[self._divider]}"

    def row_numbers(self, positions: npt.NDArray[np.int64]) -> tuple[int, ...]:
        """Row numbers as a spreadsheet shows them, for positions counted from the first row below the headers."""
        return tuple(int(position) + self.header_row + 1 for position in positions[:50])

    def _parse(self, kinds: dict[int, str]) -> pyarrow.Table:
        import pyarrow as pa
        import pyarrow.csv as pc

        names = [f"c{index}" for index in range(len(self.headers))]
        types = {"dictionary": pa.dictionary(pa.int32(), pa.string()), "binary": pa.binary()}
        table = None
        with suppress(pa.ArrowInvalid):  # its message quotes a row: it must not travel with ours
            table = pc.read_csv(
                pa.BufferReader(pa.py_buffer(self._body)),
                read_options=pc.ReadOptions(column_names=names, block_size=_BLOCK),
                parse_options=pc.ParseOptions(
                    delimiter=self._divider, newlines_in_values=self._quotes, ignore_empty_lines=False
                ),
                convert_options=pc.ConvertOptions(
                    include_columns=[f"c{index}" for index in kinds],
                    column_types={f"c{index}": types[kind] for index, kind in kinds.items()},
                    check_utf8=False,
                    strings_can_be_null=False,
                    null_values=[],
                ),
            )
        if table is None:
            raise EiaError(self._shape_fault())
        return table

    def _rows_where(self, wrong: Callable[[list[str]], bool], encoding: str) -> list[int]:
        """Row numbers, as a spreadsheet shows them, of the rows whose cells are wrong. Slow: for faults only."""
        lines = io.TextIOWrapper(io.BytesIO(bytes(self._body)), encoding=encoding, errors="replace", newline="")
        rows, last = [], self.header_row
        try:
            for number, cells in enumerate(csv.reader(lines, delimiter=self._divider), start=last + 1):
                last = number
                if wrong(cells):
                    rows.append(number)
        except csv.Error:  # a quotation mark that is never closed makes one cell of all that follows
            rows.append(last + 1)
        return rows

    def _undecodable_fault(self) -> Fault:
        """Name the rows with bytes that are text in no encoding known here."""
        known = self._marked or "cp1252"
        rows = self._rows_where(lambda cells: any("\ufffd" in cell for cell in cells), known)
        return Fault(
            code="undecodable", what="Some text cannot be read: it is neither UTF-8 nor what Windows writes.",
            file=self.file, row=tuple(rows[:50]), rows=len(rows), allowed="text saved as UTF-8",
            do="Save it again as “CSV UTF-8 (comma delimited)”, and look at these rows.",
        )  # fmt: skip

    def _shape_fault(self) -> Fault:
        """Name the rows with more or fewer cells than there are headers; where there are none, say only that it is no table."""
        wrong = self._rows_where(lambda cells: len(cells) != len(self.headers), "utf-8")
        if not wrong:
            return Fault(
                code="not-a-table", what="The file cannot be read as a table.", file=self.file,
                allowed="one line of headers, then one line a person",
                do="Open it in a spreadsheet and save it again as CSV UTF-8.",
            )  # fmt: skip
        return Fault(
            code="ragged-rows",
            what=f"{len(wrong):,} of the rows have more or fewer cells than the {len(self.headers)} headers.",
            file=self.file, row=tuple(wrong[:50]), rows=len(wrong),
            allowed="the same number of cells in every row, and no empty rows",
            do="Look at these rows in a spreadsheet: a divider inside a cell must stand in quotes, notes amid the rows must go.",
        )  # fmt: skip


def read_table(source: Path | bytes, *, name: str | None = None, sheet: str | None = None) -> RawTable:
    """Open a file of a table: hash it, find its encoding, its divider, its headers, and what stands above and below it.

    Parameters
    ----------
    source: a path, or the bytes of an upload: CSV or other divided text, XLSX, XLSM, XLS or ODS. name: the file name that
    messages give; a path's own name by default. sheet: the sheet to read, needed where several of a workbook hold a table.

    Raises
    ------
    EiaError if the file is empty, has headers only, holds no table, or is larger than this version reads; if a workbook
    has a password, is damaged, or does not say which sheet to read.

    >>> read_table(b"Staff list\\n\\nreference;sex\\nA1;F\\n", name="staff.csv").headers
    ('reference', 'sex')
    """
    file = name or (source.name if isinstance(source, Path) else "the file")
    opened = open_table(source, file, sheet)
    if _holds(opened.body, b"\0"):
        raise EiaError(not_text(file, "no text"))
    found = layout(opened.body, file)
    body = _without_tail(opened.body[found.start : found.end])
    if not len(body):
        raise EiaError(nobody(file))
    remarks = list(opened.remarks)
    if found.header_row > 1:
        remarks.append(f"{_rows(found.header_row - 1)} above the headers left out")
    if found.notes:
        remarks.append(f"{_rows(found.notes)} of notes below the table left out")
    return RawTable(
        file=file,
        sheet=opened.sheet,
        headers=found.headers,
        header_row=found.header_row,
        sample=found.sample,
        remarks=tuple(remarks),
        _body=body,
        _people=found.people_end - found.start,
        _totals=found.totals,
        _divider=found.divider,
        _digest=opened.digest,
        _marked=opened.marked,
        _quotes=_holds(body, b'"'),
    )


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count} rows"


def nobody(file: str) -> Fault:
    """The fault of a file without people."""
    return Fault(
        code="headers-only", what="The file has headers and nobody below them.", file=file,
        allowed="one line a person below the headers", do="Export it again: the selection was probably empty.",
    )  # fmt: skip


def _holds(body: memoryview, mark: bytes) -> bool:
    """Whether a byte stands anywhere, looked for a megabyte at a time."""
    return any(mark in bytes(body[at : at + _WINDOW]) for at in range(0, len(body), _WINDOW))


def _without_tail(body: memoryview) -> memoryview:
    """The body without the empty lines at its end, which hold nobody. Tabs that end the last row are cells of it."""
    tail = bytes(body[-_WINDOW:])
    kept = tail.rstrip(b"\r\n \t\x1a")
    blanks = re.match(rb"[ \t]*", tail[len(kept) :])
    return body[: len(body) - len(tail) + len(kept) + (blanks.end() if blanks and kept else 0)]


def _let_go(body: memoryview) -> None:
    """Give back memory that reading needed for a moment: the parser's, and the pages of the file itself."""
    import pyarrow as pa

    pa.default_memory_pool().release_unused()
    if isinstance(body.obj, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
        body.obj.madvise(mmap.MADV_DONTNEED)
