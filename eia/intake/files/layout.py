"""Takes the text of a table; gives how it is laid out: the divider, the headers, and where the rows of people begin and end.

Systems print titles above a table and notes below it. Both are looked for in the first and the last rows only, and what
is left out is said. A row is taken for a person unless it plainly is none: a row left out by mistake is a person lost.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

import numpy as np

from eia import budget
from eia.errors import EiaError, Fault
from eia.intake.columns.cells_as_headers import cells_as_headers, is_reference_alone, is_somebodys
from eia.intake.files.text_columns import cell_text
from eia.vocabulary.headers import column_of
from eia.vocabulary.synonyms import plain

DIVIDERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "upright bars"}
_WINDOW = 1 << 20
_TAIL, _MOST_OF_TAIL = 1 << 16, 1 << 24
_FIRST_ROWS = 40
_SAMPLE_ROWS = 200
_LINE = re.compile(rb"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+\Z")
_NOTE = re.compile(
    r"(?:(?:foot)?notes?|(?:data )?sources?|version|key|end of|printed|produced|generated|prepared|report|run|extracted"
    r"|confidential|official|copyright|crown copyright|please note)\b"
)
_TOTAL = re.compile(
    r"(?:grand |overall |sub)?totals?(?: headcount| staff| people| employees| fte)?(?: \d+)*|sum|average|mean"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableLayout:
    """How a table is laid out. ``start``, ``end``: the bytes of the rows below the headers, notes left out.

    divider: what stands between cells. headers: each once. header_row: its number in a spreadsheet. notes: rows left out
    below the table. people_end: where the rows end without ``totals``, the rows of totals at the end, which are no people.
    sample: the first rows below the headers that have a cell for each of them. around: the cells above the headers and in the
    notes.
    """

    divider: str
    headers: tuple[str, ...]
    header_row: int
    start: int
    end: int
    notes: int
    people_end: int
    totals: int
    sample: tuple[tuple[str, ...], ...]
    around: tuple[str, ...]


class Record(NamedTuple):
    """A row: its cells, and where it begins and ends among the bytes."""

    cells: list[str]
    start: int
    end: int


def layout(body: memoryview, file: str) -> TableLayout:
    """Find the table in a text. Raises EiaError where there is none, or it has more columns than are read."""
    window = bytes(body[:_WINDOW])
    codec = "utf-8" if _decodes(window) else "cp1252"
    divider = _divider(window, codec)
    first = list(records(window, divider, codec, rows=_SAMPLE_ROWS))
    if not first:
        raise EiaError(_no_table(file))
    at = _header_row([record.cells for record in first[:_FIRST_ROWS]])
    header = first[at]
    sample = tuple(tuple(row.cells) for row in first[at + 1 :] if len(row.cells) == len(header.cells))
    headers = checked_headers(header.cells, sample, file, at + 1)
    tail = _tail(body, header.end, divider, codec, len(headers))
    notes, totals = below([record.cells for record in tail], len(headers))
    above_notes = tail[: len(tail) - notes]
    end = above_notes[-1].end if above_notes else header.end
    people_end = above_notes[-totals - 1].end if totals < len(above_notes) else header.end
    return TableLayout(
        divider=divider,
        headers=headers,
        header_row=at + 1,
        start=header.end,
        end=end if notes else len(body),
        notes=notes,
        people_end=people_end if totals else (end if notes else len(body)),
        totals=totals,
        sample=sample,
        around=tuple(filter(None, chain(*(row.cells for row in (*first[:at], *tail[len(tail) - notes :]))))),
    )


def checked_headers(cells: Sequence[str], sample: Sequence[Sequence[str]], file: str, row: int) -> tuple[str, ...]:
    """The headers, each once, without what is a cell of somebody. ``row``: the number of theirs. Raises EiaError where they are none,
    too many, or a person."""
    if len(cells) > budget.COLUMNS:
        raise EiaError(Fault(code="too-many-columns", what=f"The table has {len(cells):,} columns.", file=file,
                             allowed=f"up to {budget.COLUMNS:,} columns", do="Keep only the columns that the assessment needs."))  # fmt: skip
    if not any(cells) or any(not _printable(cell) for cell in cells):
        raise EiaError(_no_table(file))
    below = [other for other in sample if list(other) != list(cells) and not _are_other_headers(other, cells, sample)]
    strange = cells_as_headers(cells, below)
    if _are_cells(strange, cells):
        raise EiaError(Fault(code="no-headers", what="There are no headers: the first row looks like the ones below it.", file=file, row=(row,),
                             allowed="one line of headers above the people", do="Put a line above it that says what each column is."))  # fmt: skip
    somebodys = {index for index in strange if is_somebodys(cells[index]) and not column_of(cells[index], "people")}
    return _each_once(["" if index in somebodys else cell for index, cell in enumerate(cells)])


def below(rows: Sequence[Sequence[str]], width: int) -> tuple[int, int]:
    """How many of the last rows are notes, and how many of those above them are totals."""
    notes = _notes(rows, width)
    return notes, _totals(rows[: len(rows) - notes])


def holds_table(text: bytes) -> bool:
    """Whether a sheet, as text, holds more than one row of more than one cell."""
    rows = [_filled(record.cells) for record in records(text[:_WINDOW], ",", "utf-8", rows=_FIRST_ROWS)]
    return sum(filled > 1 for filled in rows) > 1


def knows_headers(text: bytes) -> bool:
    """Whether among the first rows of a sheet, as text, is one made mostly of headers that are known."""
    return any(_is_known(record.cells) for record in records(text[:_WINDOW], ",", "utf-8", rows=_FIRST_ROWS))


def first_rows(text: bytes, divider: str, rows: int) -> Iterator[tuple[str, ...]]:
    """The first rows of a text as they stand, titles and notes included."""
    codec = "utf-8" if _decodes(text) else "cp1252"
    return (tuple(record.cells) for record in records(text, divider, codec, rows=rows))


def headers_known(text: bytes) -> int:
    """How many headers that are known stand in one of the first rows of a sheet, as text: the most of any of them."""
    return max((_known(record.cells) for record in records(text[:_WINDOW], ",", "utf-8", rows=_FIRST_ROWS)), default=0)


def records(text: bytes, divider: str, codec: str, *, start: int = 0, rows: int | None = None) -> Iterator[Record]:
    """The rows of a text, each with its place; ``start`` is where the text begins among the bytes of the file."""
    begun = consumed = start

    def lines() -> Iterator[str]:
        nonlocal consumed
        for line in _LINE.finditer(text):
            consumed = start + line.end()
            yield line.group().decode(codec, "replace")

    reader = csv.reader(lines(), delimiter=divider)
    try:
        for number, cells in enumerate(reader, start=1):
            yield Record([cell_text(cell) for cell in cells], begun, consumed)
            begun = consumed
            if number == rows:
                return
    except csv.Error:  # a cell beyond all bounds: what follows cannot be told apart
        return


def _divider(window: bytes, codec: str) -> str:
    """The divider by which most of the first rows have as many cells as each other; the earlier named where several do."""

    def agreeing(divider: str) -> tuple[int, int]:
        widths = Counter(len(record.cells) for record in records(window, divider, codec, rows=_FIRST_ROWS))
        width, rows = max(widths.items(), key=lambda item: (item[0] > 1, item[1]), default=(1, 0))
        return (rows, width) if width > 1 else (0, 1)

    return max(DIVIDERS, key=agreeing)


def _header_row(rows: Sequence[Sequence[str]]) -> int:
    """The first row that fills half the width of the table; but one above it with two known headers more, which is then a row of
    headers with gaps, or a fuller one below it that is made of known headers."""
    filled = [_filled(cells) for cells in rows]
    first = next(index for index, count in enumerate(filled) if 2 * count >= max(filled))
    known = [_known(cells) for cells in rows[: first + 1]]
    above = (index for index, count in enumerate(known) if count >= known[first] + 2)
    below = (index for index, cells in enumerate(rows) if filled[index] > filled[first] and _is_known(cells))
    return next(above, next(below, first))


def _known(cells: Sequence[str]) -> int:
    """How many cells are headers that are known."""
    return sum(bool(column_of(cell, "people")) for cell in cells if cell)


def _is_known(cells: Sequence[str]) -> bool:
    """Whether a row is made mostly of headers that are known, and holds two of them at least."""
    return _known(cells) >= 2 and 2 * _known(cells) > _filled(cells)


def _are_cells(strange: frozenset[int], cells: Sequence[str]) -> bool:
    """Whether what should be headers are cells of somebody: two at least and as many as there are headers that are known, or the only one."""
    if _filled(cells) == 1:
        return any(is_reference_alone(cells[index]) for index in strange)
    return len(strange) >= max(2, _known([cell for index, cell in enumerate(cells) if index not in strange]))


def _are_other_headers(row: Sequence[str], cells: Sequence[str], sample: Sequence[Sequence[str]]) -> bool:
    """Whether a row has known headers where these headers are others that are known: “Ethnic group” below “Sex”; or repeats these above
    numbers alone."""
    again = [index for index, cell in enumerate(cells) if cell and row[index] == cell]
    if again and all(2 * sum(other[index].isdecimal() for other in sample) > len(sample) for index in again):
        return True
    pairs = [(one, other) for one, other in zip(row, cells, strict=True) if one != other]
    return any(column_of(one, "people") and column_of(other, "people") for one, other in pairs)


def is_total(cell: str) -> bool:
    """Whether a cell says that its row is a total.

    >>> is_total("Grand total"), is_total("Total: 120"), is_total("Total Quality Team")
    (True, True, False)
    """
    return bool(_TOTAL.fullmatch(plain(cell)))


def is_note(cell: str) -> bool:
    """Whether a cell opens as notes below a table do.

    >>> is_note("Note: small numbers are hidden"), is_note("Finance")
    (True, False)
    """
    return bool(_NOTE.match(plain(cell)))


def _tail(body: memoryview, after: int, divider: str, codec: str, width: int) -> list[Record]:
    """The last rows below the headers: so many that one of them is somebody's, since notes may stand far below the people."""
    size = _TAIL
    while True:
        begin = max(after, len(body) - size)
        if begin > after:
            begin = _row_boundary(body, begin)
        rows = list(records(bytes(body[begin:]), divider, codec, start=begin))
        if begin == after or size >= _MOST_OF_TAIL or any(2 * _filled(row.cells) > min(width, 4) for row in rows):
            return rows
        size *= 4


def _row_boundary(body: memoryview, begin: int) -> int:
    """Where the first row at or after ``begin`` starts: a line end inside quotation marks ends no row."""
    inside = sum(bytes(body[at : min(at + _WINDOW, begin)]).count(b'"') for at in range(0, begin, _WINDOW)) % 2
    tail = np.frombuffer(body[begin:], dtype=np.uint8)
    outside = (np.cumsum(tail == ord('"')) + inside) % 2 == 0
    ends = np.flatnonzero(outside & (tail == ord("\n")))
    return begin + int(ends[0]) + 1 if len(ends) else len(body)


def _filled(cells: Sequence[str]) -> int:
    return sum(map(bool, cells))


def _opening(cells: Sequence[str]) -> str:
    """The first cell that says something, in plain words."""
    return next((plain(cell) for cell in cells if cell), "")


def _notes(rows: Sequence[Sequence[str]], width: int) -> int:
    """How many of the last rows are notes: from a row that opens like one, or stands alone below an empty row, no row being
    more than half filled."""
    sparse = 0
    for cells in reversed(rows):
        if 2 * _filled(cells) > width:
            break
        sparse += 1
    ends = rows[len(rows) - sparse :]
    for index, cells in enumerate(ends):
        filled, opening = _filled(cells), _opening(cells)
        alone = (
            index > 0 and not _filled(ends[index - 1]) and filled == 1 and width > 2 and not _TOTAL.fullmatch(opening)
        )
        if alone or (0 < filled <= 2 and _NOTE.match(opening)):
            first = index
            while first and not _filled(ends[first - 1]):
                first -= 1
            return len(ends) - first
    return 0


def _totals(rows: Sequence[Sequence[str]]) -> int:
    """How many of the last rows are totals, empty rows among and below them included."""
    count = 0
    for index, cells in enumerate(reversed(rows), start=1):
        if _TOTAL.fullmatch(_opening(cells)):
            count = index
        elif _filled(cells):
            break
    while 0 < count < len(rows) and not _filled(rows[-count - 1]):
        count += 1
    return count


def _each_once(cells: Sequence[str]) -> tuple[str, ...]:
    """Headers so that each stands once: of those repeated each says its column, as a spreadsheet letters it."""
    often = {cell for cell, count in Counter(cells).items() if count > 1 and cell}
    return tuple(f"{cell} (column {letters(index)})" if cell in often else cell for index, cell in enumerate(cells))


def letters(index: int) -> str:
    """The letters of a column, counted from 0.

    >>> letters(0), letters(25), letters(26), letters(701), letters(702)
    ('A', 'Z', 'AA', 'ZZ', 'AAA')
    """
    before, last = divmod(index, 26)
    return (letters(before - 1) if before else "") + chr(ord("A") + last)


def _printable(header: str) -> bool:
    """Whether a header holds no control characters but a line end of today's kind; invisible marks are common in copies."""
    return not any(unicodedata.category(mark) in ("Cc", "Cn", "Co") for mark in re.sub(r"\r?\n", " ", header))


def _decodes(window: bytes) -> bool:
    try:
        window.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start > len(window) - 4 and len(window) == _WINDOW
    return True


def _no_table(file: str) -> Fault:
    return Fault(
        code="not-a-table", what="There is no table of people or counts in the file.", file=file,
        allowed="one line of headers, then one line a person or a group",
        do="Open it in a spreadsheet, see that the headers stand in one row, and save it again.",
    )  # fmt: skip
