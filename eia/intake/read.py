"""Takes a CSV file or its bytes; gives a RawTable: headers, and columns of text as codes into a short dictionary.

Everything is text: no type is guessed, "007" and "N/A" stay what they are. Only the columns asked for are ever turned
into values, and a value that repeats is stored once, so that later steps look at tens of labels and not at a million
rows. The bytes are hashed as they are; nothing is written anywhere.
"""

from __future__ import annotations

import csv
import hashlib
import io
import mmap
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from eia.errors import EiaError, Fault

if TYPE_CHECKING:
    import pyarrow

Codes = npt.NDArray[np.int32]
Bytes = bytes | mmap.mmap

MAX_BYTES = 1 << 30
MAX_COLUMNS = 1_000
_WINDOW = 1 << 20

_NOT_TEXT = {
    b"PK\x03\x04": "an Excel or other zipped file",
    b"\xd0\xcf\x11\xe0": "an old Excel or Word file",
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"\x1f\x8b": "a compressed file",
}
_BYTE_ORDER_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8"}


@dataclass(frozen=True, slots=True)
class TextColumn:
    """A column of text: ``values[codes[i]]`` is the cell of person i, surrounding blanks removed."""

    codes: Codes
    values: tuple[str, ...]

    def rows_of(self, value_indices: Sequence[int]) -> npt.NDArray[np.int64]:
        """Positions of the rows whose value is one of those given by their index in ``values``."""
        wanted = np.zeros(len(self.values), dtype=bool)
        wanted[list(value_indices)] = True
        return np.flatnonzero(wanted[self.codes])

    def rows_with(self, value_index: int) -> int:
        """How many rows hold the value with this index in ``values``."""
        return int(np.count_nonzero(self.codes == value_index))


@dataclass(frozen=True)
class RawTable:
    """A file as it came: its name, its headers, and its columns on demand. The hash is made while columns are read."""

    file: str
    headers: tuple[str, ...]
    _body: memoryview = field(repr=False)
    _digest: Future[str] = field(repr=False)
    _marked: str = field(repr=False)
    _marks: _Marks = field(repr=False)

    @property
    def sha256(self) -> str:
        """SHA-256 of the file as it came: 64 hexadecimal digits."""
        return self._digest.result()

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
        keys = Keys(_trimmed(columns.pop(key))) if key is not None else None
        read = None
        with suppress(UnicodeDecodeError):  # it holds the cells: it must not travel with our message
            read = _text_columns(columns, self._marked)
        if read is None:
            raise EiaError(self._undecodable_fault())
        texts, encoding = read
        return Cells(texts, keys, encoding, rows)

    def row_numbers(self, positions: npt.NDArray[np.int64]) -> tuple[int, ...]:
        """Row numbers as a spreadsheet shows them, for positions counted from the first row below the headers."""
        return tuple(int(position) + 2 for position in positions[:50])

    def _parse(self, kinds: dict[int, str]) -> pyarrow.Table:
        import pyarrow as pa
        import pyarrow.csv as pc

        names = [f"c{index}" for index in range(len(self.headers))]
        types = {"dictionary": pa.dictionary(pa.int32(), pa.string()), "binary": pa.binary()}
        if (
            self._marks.doubled_line_ends
            and len(self.headers) > 1
            and self._rows_where(lambda cells: not cells, "utf-8")
        ):
            raise EiaError(
                self._shape_fault()
            )  # the parser would give an empty line as a person of whom nothing is known
        table = None
        with suppress(pa.ArrowInvalid):  # its message quotes a row: it must not travel with ours
            table = pc.read_csv(
                pa.BufferReader(pa.py_buffer(self._body)),
                read_options=pc.ReadOptions(column_names=names),
                parse_options=pc.ParseOptions(newlines_in_values=self._marks.quotes, ignore_empty_lines=False),
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
        rows, number = [], 1
        try:
            for number, cells in enumerate(csv.reader(lines), start=2):
                if wrong(cells):
                    rows.append(number)
        except csv.Error:  # a quotation mark that is never closed makes one cell of all that follows
            rows.append(number + 1)
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
                allowed="one line of headers, then one line a person, divided by commas",
                do="Open it in a spreadsheet and save it again as CSV UTF-8.",
            )  # fmt: skip
        return Fault(
            code="ragged-rows",
            what=f"{len(wrong):,} of the rows have more or fewer cells than the {len(self.headers)} headers.",
            file=self.file, row=tuple(wrong[:50]), rows=len(wrong),
            allowed="the same number of cells in every row, and no empty rows",
            do="Look at these rows in a spreadsheet: a comma inside a cell must stand in quotes, titles and totals must go.",
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cells:
    """What was read: the text columns by position, the keys, and how the file was encoded."""

    texts: Mapping[int, TextColumn]
    keys: Keys | None
    encoding: str
    rows: int


class Keys:
    """A column of references. Two uses only: are any repeated, and which row of another file is this."""

    def __init__(self, column: pyarrow.ChunkedArray) -> None:
        """Take a binary column as it was read."""
        self._column = column

    def __len__(self) -> int:
        """Number of rows."""
        return len(self._column)

    def first(self, rows: int) -> Keys:
        """The references of the first rows."""
        return Keys(self._column.slice(0, rows))

    def blank(self) -> npt.NDArray[np.int64]:
        """Positions of the rows without a reference."""
        lengths = np.concatenate([_lengths(chunk) for chunk in self._column.chunks] or [np.empty(0, np.int64)])
        return np.flatnonzero(lengths == 0)

    def repeated(self) -> npt.NDArray[np.int64]:
        """Positions of every row whose reference stands in another row too, blanks left aside.

        Equal references have equal 64-bit sums, so when no sum repeats no reference does, and that is quick to see.
        Only otherwise are the references themselves compared.
        """
        sums = np.concatenate([_sums(chunk) for chunk in self._column.chunks] or [np.empty(0, np.uint64)])
        sums.sort()
        if not (sums[1:] == sums[:-1]).any():
            return np.empty(0, dtype=np.int64)
        import pyarrow.compute as pc

        codes = _dictionary_codes(pc.dictionary_encode(self._column))
        often = np.bincount(codes)[codes] > 1
        often[self.blank()] = False
        return np.flatnonzero(often)

    def positions_in(self, other: Keys) -> npt.NDArray[np.int64]:
        """For each row the position of its reference in another column, or -1."""
        import pyarrow.compute as pc

        found = pc.index_in(self._column, value_set=other._column.combine_chunks())
        places = [np.where(_bits(pc.is_valid(chunk)), _int32(chunk), -1) for chunk in found.chunks]
        return np.concatenate(places or [np.empty(0, np.int32)]).astype(np.int64)


def read_table(source: Path | bytes, *, name: str | None = None) -> RawTable:
    """Open a CSV file: hash it, find its encoding, read its headers.

    Parameters
    ----------
    source: a path, or the bytes of an upload. name: the file name that messages give; a path's own name by default.

    Raises
    ------
    EiaError if the file is empty, has headers only, is no text, is divided by something other than commas, or is larger
    than this version reads.

    >>> read_table(b"reference,sex\\nA1,F\\n", name="staff.csv").headers
    ('reference', 'sex')
    """
    file = name or (source.name if isinstance(source, Path) else "the file")
    data = _load(source, file)
    start = bytes(data[:4096])
    if not start.strip():
        raise EiaError(
            Fault(code="empty-file", what="The file is empty.", file=file,
                  allowed="one line of headers, then one line a person", do="Export it again and look inside before sending.")
        )  # fmt: skip
    for magic, what in _NOT_TEXT.items():
        if start.startswith(magic):
            raise EiaError(_not_text(file, what))
    marked = next((codec for mark, codec in _BYTE_ORDER_MARKS.items() if start.startswith(mark)), "")
    body = memoryview(data)
    if marked == "utf-16":
        text = None
        with suppress(UnicodeDecodeError):  # it holds the bytes of the file: it must not travel with our message
            text = bytes(data).decode("utf-16")
        if text is None:
            raise EiaError(_not_text(file, "damaged text"))
        body = memoryview(text.encode())
    elif marked:
        body = body[3:]
    marks = _marks(body)
    if marks.nulls:
        raise EiaError(_not_text(file, "no text"))
    headers, at = _headers(body, file)
    body = _without_tail(body[at:])
    if not len(body):
        raise EiaError(nobody(file))
    digest = _in_background(lambda: hashlib.sha256(data).hexdigest())
    return RawTable(file, headers, body, digest, marked, marks)


def nobody(file: str) -> Fault:
    """The fault of a file without people."""
    return Fault(
        code="headers-only", what="The file has headers and nobody below them.", file=file,
        allowed="one line a person below the headers", do="Export it again: the selection was probably empty.",
    )  # fmt: skip


def _in_background(work: Callable[[], str]) -> Future[str]:
    """Run work beside the reading: hashing a large file takes as long as a fifth of reading it."""
    pool = ThreadPoolExecutor(max_workers=1)
    future = pool.submit(work)
    pool.shutdown(wait=False)
    return future


def _load(source: Path | bytes, file: str) -> Bytes:
    if isinstance(source, bytes):
        size = len(source)
    else:
        try:
            size = source.stat().st_size
        except OSError:
            size = -1
    if size > MAX_BYTES:
        raise EiaError(
            Fault(code="file-too-large", what=f"The file is larger than {MAX_BYTES >> 30} GB.", file=file,
                  allowed=f"up to {MAX_BYTES >> 30} GB", do="Keep only the columns that the assessment needs.")
        )  # fmt: skip
    if isinstance(source, bytes) or size == 0:
        return source if isinstance(source, bytes) else b""
    try:
        with source.open("rb") as handle:
            return mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError):
        raise EiaError(
            Fault(code="file-unreadable", what="There is no such file, or it cannot be opened.", file=file,
                  allowed="a file that is there and that you may read", do="Check the name and the folder, and close the file in other programs.")
        ) from None  # fmt: skip


def _headers(body: memoryview, file: str) -> tuple[tuple[str, ...], int]:
    """The headers, and where the first row below them begins."""
    window = bytes(body[:_WINDOW])
    text = window.decode("utf-8", errors="surrogateescape") if _decodes(window) else window.decode("cp1252", "replace")
    lines = io.StringIO(text, newline="")
    reader = csv.reader(lines)
    try:
        headers = tuple(cell.strip() for cell in next(reader))
    except (csv.Error, StopIteration):
        raise EiaError(_not_text(file, "no table")) from None
    for divider, called in ((";", "semicolons"), ("\t", "tabs"), ("|", "upright bars")):
        if len(headers) == 1 and divider in headers[0]:
            raise EiaError(
                Fault(code="wrong-divider", what=f"The columns look divided by {called}, not by commas.", file=file, row=(1,),
                      allowed="columns divided by commas", do="Save it again as “CSV UTF-8 (comma delimited)”.")
            )  # fmt: skip
    if len(headers) > MAX_COLUMNS or not any(headers) or any(not _printable(header) for header in headers):
        raise EiaError(_not_text(file, "no table of people"))
    physical = reader.line_num
    at = 0
    for _ in range(physical):
        found = window.find(b"\n", at)
        at = len(window) if found < 0 else found + 1
    if physical == 1 and b"\r" in window[:at].rstrip(b"\r\n"):
        raise EiaError(
            Fault(code="line-ends", what="The lines of the file end in an outdated way (carriage returns alone).", file=file,
                  allowed="lines as today's spreadsheets end them", do="Open it in a spreadsheet and save it again as CSV UTF-8.")
        )  # fmt: skip
    return headers, at


@dataclass(frozen=True, slots=True)
class _Marks:
    """What the bytes of a file hold: nulls; quotation marks, without which no cell can hold a line end; empty lines, perhaps."""

    nulls: bool
    quotes: bool
    doubled_line_ends: bool


def _marks(body: memoryview) -> _Marks:
    """Look through a file once, a megabyte at a time, each window beginning three bytes before the end of the last."""
    data = np.frombuffer(body, dtype=np.uint8)
    windows = [data[max(0, at - 3) : at + _WINDOW] for at in range(0, len(data), _WINDOW)]
    return _Marks(
        nulls=any(window.min() == 0 for window in windows),
        quotes=any((window == ord('"')).any() for window in windows),
        doubled_line_ends=any(map(_has_doubled_line_end, windows)),
    )


def _has_doubled_line_end(window: npt.NDArray[np.uint8]) -> bool:
    """Whether two line ends follow each other with nothing, or a carriage return alone, between them."""
    ends = np.flatnonzero(window == ord("\n"))
    apart = np.diff(ends)
    return bool((apart == 1).any() or (window[ends[:-1][apart == 2] + 1] == ord("\r")).any())


def _without_tail(body: memoryview) -> memoryview:
    """The body without the empty lines at its end, which hold nobody."""
    tail = bytes(body[-_WINDOW:])
    return body[: len(body) - (len(tail) - len(tail.rstrip(b"\r\n \t\x1a")))]


def _printable(header: str) -> bool:
    """Whether a header holds no control characters but a line end of today's kind; invisible marks are common in copies."""
    return not any(unicodedata.category(mark) in ("Cc", "Cn", "Co") for mark in re.sub(r"\r?\n", " ", header))


def _decodes(window: bytes) -> bool:
    try:
        window.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start > len(window) - 4 and len(window) == _WINDOW
    return True


def _not_text(file: str, what: str) -> Fault:
    return Fault(
        code="not-text", what=f"This is not a CSV file: it looks like {what}.", file=file,
        allowed="a CSV file: text, with columns divided by commas",
        do="Open it in a spreadsheet and save the sheet as “CSV UTF-8 (comma delimited)”.",
    )  # fmt: skip


def _let_go(body: memoryview) -> None:
    """Give back memory that reading needed for a moment: the parser's, and the pages of the file itself."""
    import pyarrow as pa

    pa.default_memory_pool().release_unused()
    if isinstance(body.obj, mmap.mmap) and hasattr(mmap, "MADV_DONTNEED"):
        body.obj.madvise(mmap.MADV_DONTNEED)


def _text_columns(columns: dict[int, pyarrow.ChunkedArray], marked: str) -> tuple[dict[int, TextColumn], str]:
    """Text columns in the order given, and the encoding: Windows-1252 where anything is not UTF-8, unless a mark at the
    start of the file says that it is. Empties ``columns``. Raises UnicodeDecodeError where neither fits."""
    raw = {}
    for index in list(columns):
        raw[index] = _raw_column(columns.pop(index))
    try:
        return {index: _text_column(*column, "utf-8") for index, column in raw.items()}, marked or "utf-8"
    except UnicodeDecodeError:
        if marked:
            raise
        return {index: _text_column(*column, "cp1252") for index, column in raw.items()}, "windows-1252"


def _raw_column(column: pyarrow.ChunkedArray) -> tuple[Codes, list[bytes]]:
    """Codes and distinct cells of a dictionary column, as bytes."""
    column = column.unify_dictionaries()
    if not column.num_chunks:
        return np.empty(0, np.int32), []
    codes = np.concatenate([_int32(chunk.indices) for chunk in column.chunks])
    return codes, column.chunk(0).dictionary.cast("binary").to_pylist()


def _text_column(codes: Codes, raw: list[bytes], codec: str) -> TextColumn:
    """Codes and trimmed values, each value once."""
    trimmed = [value.decode(codec).strip() for value in raw]
    values = tuple(dict.fromkeys(trimmed))
    if len(values) < len(trimmed):
        place = {value: index for index, value in enumerate(values)}
        codes = np.array([place[value] for value in trimmed], dtype=np.int32)[codes]
    return TextColumn(codes, values)


def _dictionary_codes(column: pyarrow.ChunkedArray) -> Codes:
    return np.concatenate([_int32(chunk.indices) for chunk in column.unify_dictionaries().chunks])


def _bits(array: pyarrow.Array) -> npt.NDArray[np.bool_]:
    """The truth values of a boolean array without nulls, one bit each."""
    bits = np.unpackbits(np.frombuffer(array.buffers()[1], dtype=np.uint8), bitorder="little")
    return bits[array.offset : array.offset + len(array)].astype(bool)


def _int32(array: pyarrow.Array) -> Codes:
    """The numbers of an int32 array. Not ``to_numpy``, whose first call imports pandas, as any Python scalar does too."""
    numbers = np.frombuffer(array.buffers()[1], dtype=np.int32)
    return numbers[array.offset : array.offset + len(array)]


def _offsets(chunk: pyarrow.Array) -> Codes:
    numbers = np.frombuffer(chunk.buffers()[1], dtype=np.int32)
    return numbers[chunk.offset : chunk.offset + len(chunk) + 1]


def _trimmed(column: pyarrow.ChunkedArray) -> pyarrow.ChunkedArray:
    """References without blanks around them, as all other cells are; most files have none there, which is quick to see."""
    if not any(_blanks_around(chunk) for chunk in column.chunks):
        return column
    import pyarrow as pa
    import pyarrow.compute as pc

    text, raw = pa.string(), pa.binary()
    return pa.chunked_array([pc.ascii_trim_whitespace(chunk.view(text)).view(raw) for chunk in column.chunks], raw)


def _blanks_around(chunk: pyarrow.Array) -> bool:
    if not chunk.buffers()[2]:
        return False
    text, offsets = np.frombuffer(chunk.buffers()[2], dtype=np.uint8), _offsets(chunk)
    held = offsets[1:] > offsets[:-1]
    return bool((text[offsets[:-1][held]] <= ord(" ")).any() or (text[offsets[1:][held] - 1] <= ord(" ")).any())


def _lengths(chunk: pyarrow.Array) -> npt.NDArray[np.int64]:
    return np.diff(_offsets(chunk)).astype(np.int64)


def _sums(chunk: pyarrow.Array) -> npt.NDArray[np.uint64]:
    """A 64-bit sum of each reference: random odd weights by place, so that different references rarely share one."""
    offsets = _offsets(chunk)
    text = np.frombuffer(chunk.buffers()[2], dtype=np.uint8) if chunk.buffers()[2] else np.empty(0, np.uint8)
    lengths = np.diff(offsets)
    sums = np.empty(len(chunk), dtype=np.uint64)
    for length in np.flatnonzero(np.bincount(lengths)):
        rows = np.flatnonzero(lengths == length)
        if len(rows) == len(chunk):  # the common case: one block of equal lengths, looked at in place
            cells = text[offsets[0] : offsets[-1]].reshape(len(rows), length)
        else:
            cells = text[offsets[rows][:, None] + np.arange(length)]
        weights = np.random.default_rng(int(length)).integers(1, 1 << 63, int(length), dtype=np.uint64)
        total = np.full(len(rows), length, dtype=np.uint64)
        for place, weight in enumerate(weights):
            total += (cells[:, place] + np.uint64(1)) * (weight * np.uint64(2) + np.uint64(1))
        sums[rows] = total
    return sums
