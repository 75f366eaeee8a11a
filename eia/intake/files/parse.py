"""Takes the bytes of the rows below the headers; gives their columns numbered piece by piece, each with the dictionary of its own cells.

A file is parsed in pieces of a few megabytes, beside each other: what the parser holds for a moment is small, codes are
narrowed and pages of the file given back before the next piece is begun.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from eia.intake.files.opening import WINDOW, let_go
from eia.intake.files.text_columns import Codes, narrow

if TYPE_CHECKING:
    import pyarrow

PIECE = 4 * WINDOW


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be read: the positions of text columns, and of the references. width: the number of headers. quotes: whether any
    cell stands in quotation marks, where a line end may be part of it."""

    texts: Sequence[int]
    key: int | None
    width: int
    divider: str
    quotes: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """Some rows. texts: of each column its codes, and the distinct cells as bytes. keys: the references."""

    rows: int
    texts: dict[int, tuple[Codes, pyarrow.Array]]
    keys: pyarrow.Array | None


def parse(body: memoryview, wanted: Wanted) -> list[Piece] | None:
    """Parse all rows, in their order; None where some have more or fewer cells than there are headers."""
    import pyarrow as pa

    cuts = [(0, len(body))] if wanted.quotes else list(_cuts(body))
    with ThreadPoolExecutor(pa.cpu_count()) as pool:
        pieces = list(pool.map(partial(_parsed, body, wanted), cuts))
    pa.default_memory_pool().release_unused()
    return [piece for piece in pieces if piece] if all(pieces) else None


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


def _parsed(body: memoryview, wanted: Wanted, cut: tuple[int, int]) -> Piece | None:
    import pyarrow as pa
    import pyarrow.csv as pc

    begin, end = cut
    kinds = dict.fromkeys(wanted.texts, pa.dictionary(pa.int32(), pa.string()))
    if wanted.key is not None:
        kinds[wanted.key] = pa.binary()
    table = None
    with suppress(pa.ArrowInvalid):  # its message quotes a row: it must not travel with ours
        table = pc.read_csv(
            pa.BufferReader(pa.py_buffer(body[begin:end])),
            read_options=pc.ReadOptions(
                column_names=[f"c{index}" for index in range(wanted.width)],
                block_size=2 * PIECE,
                use_threads=wanted.quotes,
            ),
            parse_options=pc.ParseOptions(
                delimiter=wanted.divider, newlines_in_values=wanted.quotes, ignore_empty_lines=False
            ),
            convert_options=pc.ConvertOptions(
                include_columns=[f"c{index}" for index in kinds],
                column_types={f"c{index}": kind for index, kind in kinds.items()},
                check_utf8=False,
                strings_can_be_null=False,
                null_values=[],
            ),
        )
    page = begin // mmap.PAGESIZE * mmap.PAGESIZE
    let_go(body.obj, page, end - page)
    if table is None:
        return None
    texts = {}
    for index in kinds:
        if index != wanted.key:
            column = table[f"c{index}"].combine_chunks()
            codes = column.indices.to_numpy().astype(narrow(len(column.dictionary)))
            texts[index] = codes, column.dictionary.cast(pa.binary())
    keys = table[f"c{wanted.key}"].combine_chunks() if wanted.key is not None else None
    return Piece(table.num_rows, texts, keys)
