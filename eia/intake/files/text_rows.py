"""Takes the text of the rows below the headers; gives its columns as Cells, in one pass over it, or the rows that are at fault.

A file is parsed in pieces of a few megabytes, beside each other: what the parser holds for a moment is small, codes are
narrowed and pages of the file given back before the next piece is begun.
"""

from __future__ import annotations

import csv
import io
import mmap
import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from eia.errors import EiaError, Fault, inert
from eia.intake.files.layout import DIVIDERS, records
from eia.intake.files.opening import WINDOW, let_go, refuse_changed
from eia.intake.files.references import Keys, trimmed
from eia.intake.files.text_columns import Cells, Codes, categoricals, narrow, text_frame

if TYPE_CHECKING:
    import pyarrow

PIECE = 4 * WINDOW
_BLANK = b' \t\r\n"\xc2\xa0\x1a'
_BREAK = re.compile(rb"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class _Piece:
    """Some rows. texts: of each column its codes, and the distinct cells as bytes. keys: the references."""

    rows: int
    texts: dict[int, tuple[Codes, pyarrow.Array]]
    keys: pyarrow.Array | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRows:
    """The rows of a text. digest: the hash of the whole file, made beside the reading. marked: its encoding, where the file says it.

    file, sheet, header_row: where the rows stand, for faults. width: the number of headers. quotes: whether any cell stands in
    quotation marks, where a line end may be part of it. people_end: where the rows of totals begin.
    """

    body: memoryview
    digest: Future[str]
    file: str
    sheet: str
    header_row: int
    width: int
    divider: str
    marked: str
    quotes: bool
    people_end: int

    @property
    def sha256(self) -> str:
        """SHA-256 of the file as it came."""
        return self.digest.result()

    def without_totals(self) -> TextRows:
        """The same without the rows of totals at the end."""
        return replace(self, body=self.body[: self.people_end])

    def read(self, indices: Sequence[int], key: int | None) -> Cells:
        """The columns at these positions, and the references. Raises EiaError where rows are ragged, or no text."""
        import pyarrow as pa

        texts = [index for index in dict.fromkeys(indices) if index != key]
        cuts = [(0, len(self.body))] if self.quotes else list(_cuts(self.body))
        with ThreadPoolExecutor(pa.cpu_count()) as pool:
            parsed = list(pool.map(partial(self._parsed, texts, key), cuts))
        pa.default_memory_pool().release_unused()
        pieces = [piece for piece in parsed if piece]
        if len(pieces) < len(parsed):
            wrong = self._where(lambda cells: len(cells) != self.width and any(cell.strip() for cell in cells), "utf-8")
            filled = self._with_cells_in_gaps()
            if wrong or self.width == 1 or filled.body == self.body:
                raise EiaError(self._shape_fault())
            return filled.read(indices, key)
        read = None
        with suppress(UnicodeDecodeError):  # it holds the cells: it must not travel with our message
            read = categoricals([piece.texts for piece in pieces], self.marked)
        if read is None:
            raise EiaError(self._undecodable_fault())
        columns, encoding = read
        keys = None if key is None else Keys(trimmed(pa.chunked_array([piece.keys for piece in pieces])))
        rows = sum(piece.rows for piece in pieces)
        return Cells(text_frame(columns, rows), keys, self._written(encoding), self._blank_at_end())

    def _with_cells_in_gaps(self) -> TextRows:
        """The same with empty lines as rows of empty cells. Slow: only where there are empty lines amid the others."""
        text, filled = bytes(self.body), self.divider.encode() * (self.width - 1) + b"\n"
        rows = records(text, self.divider, "cp1252")
        return replace(
            self,
            body=memoryview(
                b"".join(text[row.start : row.end] if len(row.cells) == self.width else filled for row in rows)
            ),
        )

    def _parsed(self, texts: Sequence[int], key: int | None, cut: tuple[int, int]) -> _Piece | None:
        """The rows between two places; None where some have more or fewer cells than there are headers."""
        import pyarrow as pa
        import pyarrow.csv as pc

        begin, end = cut
        refuse_changed(self.body.obj, self.file)
        kinds = {f"c{index}": pa.dictionary(pa.int32(), pa.string()) for index in texts}
        if key is not None:
            kinds[f"c{key}"] = pa.binary()
        table = None
        with suppress(pa.ArrowInvalid):  # its message quotes a row: it must not travel with ours
            table = pc.read_csv(
                pa.BufferReader(pa.py_buffer(self.body[begin:end])),
                read_options=pc.ReadOptions(
                    column_names=[f"c{index}" for index in range(self.width)],
                    block_size=2 * PIECE,
                    use_threads=self.quotes,
                ),
                parse_options=pc.ParseOptions(
                    delimiter=self.divider, newlines_in_values=self.quotes, ignore_empty_lines=False
                ),
                convert_options=pc.ConvertOptions(
                    include_columns=list(kinds),
                    column_types=kinds,
                    check_utf8=False,
                    strings_can_be_null=False,
                    null_values=[],
                ),
            )
        page = begin // mmap.PAGESIZE * mmap.PAGESIZE
        let_go(self.body.obj, page, end - page)
        if table is None:
            return None
        found = {}
        for index in texts:
            column = table[f"c{index}"].combine_chunks()
            codes = column.indices.to_numpy().astype(narrow(len(column.dictionary)))
            found[index] = codes, column.dictionary.cast(pa.binary())
        return _Piece(table.num_rows, found, None if key is None else table[f"c{key}"].combine_chunks())

    def empty(self) -> list[int]:
        """Positions of the rows that hold nothing in any column. Slow: for faults only."""
        return self._where(lambda cells: not any(cell.strip() for cell in cells), "utf-8")

    def _blank_at_end(self) -> int:
        """How many lines at the end are dividers, blanks and quotation marks only."""
        size = WINDOW
        while True:
            tail = bytes(self.body[-size:])
            blank = tail[len(tail.rstrip(_BLANK + self.divider.encode())) :]
            if len(blank) < len(tail) or size >= len(self.body):
                return len(_BREAK.findall(blank)) + (len(blank) == len(self.body))
            size *= 2

    def _written(self, encoding: str) -> str:
        """How the table is written, in words."""
        if self.sheet:
            return f"sheet “{inert(self.sheet)}”"
        return encoding if self.divider == "," else f"{encoding}, divided by {DIVIDERS[self.divider]}"

    def _where(self, wrong: Callable[[list[str]], bool], encoding: str) -> list[int]:
        """Positions of the rows whose cells are wrong. Slow: for faults only."""
        lines = io.TextIOWrapper(io.BytesIO(bytes(self.body)), encoding=encoding, errors="replace", newline="")
        found, position = [], -1
        try:
            for position, cells in enumerate(csv.reader(lines, delimiter=self.divider)):
                if wrong(cells):
                    found.append(position)
        except csv.Error:  # a quotation mark that is never closed makes one cell of all that follows
            found.append(position + 1)
        return found

    def _rows(self, positions: Sequence[int]) -> tuple[int, ...]:
        return tuple(position + self.header_row + 1 for position in positions[:50])

    def _undecodable_fault(self) -> Fault:
        """Name the rows with bytes that are text in no encoding known here."""
        wrong = self._where(lambda cells: any("\ufffd" in cell for cell in cells), self.marked or "cp1252")
        return Fault(
            code="undecodable", what="Some text cannot be read: it is neither UTF-8 nor what Windows writes.",
            file=self.file, row=self._rows(wrong), rows=len(wrong), allowed="text saved as UTF-8",
            do="Save it again as “CSV UTF-8 (comma delimited)”, and look at these rows.",
        )  # fmt: skip

    def _shape_fault(self) -> Fault:
        """Name the rows with more or fewer cells than there are headers; where there are none, say only that it is no table."""
        wrong = self._where(lambda cells: len(cells) != self.width, "utf-8")
        if not wrong:
            return Fault(
                code="not-a-table", what="The file cannot be read as a table.", file=self.file,
                allowed="one line of headers, then one line a person",
                do="Open it in a spreadsheet and save it again as CSV UTF-8.",
            )  # fmt: skip
        return Fault(
            code="ragged-rows", what=f"{len(wrong):,} of the rows have more or fewer cells than the {self.width} headers.",
            file=self.file, row=self._rows(wrong), rows=len(wrong),
            allowed="the same number of cells in every row, and no empty rows",
            do="Look at these rows in a spreadsheet: a divider inside a cell must stand in quotes, notes amid the rows must go.",
        )  # fmt: skip


def _cuts(body: memoryview) -> Iterator[tuple[int, int]]:
    """Where the pieces begin and end: at line ends."""
    begin = 0
    while len(body) - begin > 2 * PIECE:
        end = begin + PIECE
        while (found := bytes(body[end : end + WINDOW]).find(b"\n")) < 0 and end < len(body):
            end += WINDOW
        if found < 0:
            break
        yield begin, end + found + 1
        begin = end + found + 1
    yield begin, len(body)
