"""Takes the columns that the parser read; gives each as text: codes into the short dictionary of its distinct cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import pyarrow

Codes = npt.NDArray[np.int32]


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


def text_columns(columns: dict[int, pyarrow.ChunkedArray], marked: str) -> tuple[dict[int, TextColumn], str]:
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
    codes = np.concatenate([int32(chunk.indices) for chunk in column.chunks])
    return codes, column.chunk(0).dictionary.cast("binary").to_pylist()


def _text_column(codes: Codes, raw: list[bytes], codec: str) -> TextColumn:
    """Codes and trimmed values, each value once."""
    trimmed = [value.decode(codec).strip() for value in raw]
    values = tuple(dict.fromkeys(trimmed))
    if len(values) < len(trimmed):
        place = {value: index for index, value in enumerate(values)}
        codes = np.array([place[value] for value in trimmed], dtype=np.int32)[codes]
    return TextColumn(codes, values)


def int32(array: pyarrow.Array) -> Codes:
    """The numbers of an int32 array. Not ``to_numpy``, whose first call imports pandas, as any Python scalar does too."""
    numbers = np.frombuffer(array.buffers()[1], dtype=np.int32)
    return numbers[array.offset : array.offset + len(array)]
