"""Takes the columns that the parser read; gives them as a DataFrame of categoricals: codes into the few distinct cells of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from eia import budget
from eia.intake.files.references import Keys

if TYPE_CHECKING:
    import pyarrow

Codes = npt.NDArray[np.signedinteger]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Weights:
    """How many people the rows of a table stand for. each: of every row; None where each row is one person."""

    each: npt.NDArray[np.int64] | None = None

    def of(self, rows: npt.NDArray[np.int64] | Mask) -> int:
        """How many people these rows stand for, told by their positions or by a mask.

        >>> Weights().of(np.array([3, 4])), Weights(np.array([10, 20])).of(np.array([False, True]))
        (2, 20)
        """
        if self.each is not None:
            return int(self.each[rows].sum())
        return int(np.count_nonzero(rows)) if rows.dtype == bool else len(rows)

    def by(self, codes: Codes, groups: int) -> npt.NDArray[np.int64]:
        """How many people hold each of so many codes, that of every row given."""
        counted: npt.NDArray[np.int64] = np.bincount(codes, weights=self.each, minlength=groups).astype(np.int64)
        return counted  # whole, below 2 to the 53rd

    def only(self, rows: npt.NDArray[np.int64]) -> Weights:
        """The same of these rows alone."""
        return self if self.each is None else Weights(self.each[rows])


ONE_EACH = Weights()


@dataclass(frozen=True)
class Cells:
    """What was read of a table.

    texts: the text columns, labelled by their position in it, since headers may repeat. Each is a categorical; an empty cell is "".
    keys: the references. encoding: how the table is written, in words. blank_at_end: how many of the last rows hold nothing in
    any column, read or not: somebody of whom only another column tells is there. missing: by position, the rows of a text
    column in which a frame holds no value, which are read as empty. weights: how many people each row stands for.
    """

    texts: pd.DataFrame
    keys: Keys | None
    encoding: str
    blank_at_end: int = 0
    missing: Mapping[int, Mask] = field(default_factory=dict)
    weights: Weights = ONE_EACH

    @property
    def rows(self) -> int:
        """Number of rows."""
        return len(self.texts)

    @cached_property
    def empty(self) -> Mask:
        """Which rows hold nothing in any of these columns."""
        empty = np.ones(self.rows, dtype=bool)
        for _, text in self.texts.items():
            if "" not in text.cat.categories:
                return np.zeros(self.rows, dtype=bool)
            empty &= text.array.codes == text.cat.categories.get_loc("")
        if self.keys is not None:
            keyless = np.zeros(self.rows, dtype=bool)
            keyless[self.keys.blank()] = True
            empty &= keyless
        return empty

    @property
    def empty_at_end(self) -> int:
        """How many of the last rows hold nothing, in these columns or any other."""
        return min(self.blank_at_end, self.rows if self.empty.all() else int(np.argmin(self.empty[::-1])))

    def without_empty_end(self) -> Cells:
        """The same without the empty rows at the end, which are nobody: only there, since a row number must keep its meaning."""
        kept = self.rows - self.empty_at_end
        if kept == self.rows:
            return self
        keys = self.keys.first(kept) if self.keys is not None else None
        return replace(self, texts=self.texts.iloc[:kept], keys=keys, blank_at_end=0)

    def only(self, rows: npt.NDArray[np.int64]) -> Cells:
        """The same of these rows alone, without the cells that stand in none of them."""
        texts = {index: text.array.take(rows).remove_unused_categories() for index, text in self.texts.items()}
        missing = {index: mask[rows] for index, mask in self.missing.items()}
        keys = self.keys.only(rows) if self.keys is not None else None
        weights = self.weights.only(rows)
        return replace(self, texts=text_frame(texts, len(rows)), keys=keys, missing=missing, weights=weights)


def text_frame(columns: Mapping[int, pd.Categorical], rows: int) -> pd.DataFrame:
    """Columns of text by position as a DataFrame; none of them is copied."""
    return pd.DataFrame(dict(columns), index=pd.RangeIndex(rows), copy=False)


def cell_text(cell: str) -> str:
    """A cell as it is read: without the blanks around it, and cut where no label, header or figure goes on.

    >>> cell_text(" Female "), len(cell_text("a" * 100_000))
    ('Female', 1000)
    """
    return cell.strip()[: budget.CELL_CHARACTERS].rstrip()


def categorical(codes: Codes, labels: Sequence[str]) -> pd.Categorical:
    """A column whose row i holds ``labels[codes[i]]``, blanks around it removed.

    >>> categorical(np.array([0, 1, 2]), ["F", " F", "M"]).categories.tolist()
    ['F', 'M']
    """
    trimmed = list(map(cell_text, labels))
    distinct = list(dict.fromkeys(trimmed))
    if len(distinct) < len(trimmed):
        place = {label: index for index, label in enumerate(distinct)}
        codes = np.array([place[label] for label in trimmed], dtype=narrow(len(distinct))).take(codes)
    return pd.Categorical.from_codes(codes, dtype=pd.CategoricalDtype(pd.Index(distinct, dtype="str")), validate=False)


def categoricals(
    pieces: Sequence[Mapping[int, tuple[Codes, pyarrow.Array]]], marked: str
) -> tuple[dict[int, pd.Categorical], str]:
    """Text columns by position from what was parsed of them, and the encoding: Windows-1252 where anything is not UTF-8, unless a
    mark at the start of the file says that it is. Raises UnicodeDecodeError where neither fits."""
    raw = {index: _united([piece[index] for piece in pieces]) for index in pieces[0]}
    try:
        return _decoded(raw, "utf-8"), marked or "utf-8"
    except UnicodeDecodeError:
        if marked:
            raise
        return _decoded(raw, "cp1252"), "windows-1252"


def _decoded(raw: Mapping[int, tuple[Codes, list[bytes]]], codec: str) -> dict[int, pd.Categorical]:
    return {index: categorical(codes, _texts(cells, codec)) for index, (codes, cells) in raw.items()}


def _texts(cells: list[bytes], codec: str) -> list[str]:
    """Cells decoded all at once, since there can be a million of them; none holds a zero, which no text does."""
    return b"\0".join(cells).decode(codec).split("\0") if cells else []


def _united(pieces: Sequence[tuple[Codes, pyarrow.Array]]) -> tuple[Codes, list[bytes]]:
    """Codes and distinct cells of a whole column, in the order in which they first appear. Each piece has codes of its own."""
    import pyarrow as pa

    united = pa.concat_arrays([distinct for _, distinct in pieces]).dictionary_encode()
    place = united.indices.to_numpy().astype(narrow(len(united.dictionary)))
    codes = np.empty(sum(len(own) for own, _ in pieces), dtype=place.dtype)
    row = entry = 0
    for own, distinct in pieces:
        here = place[entry : entry + len(distinct)]
        here.take(own, out=codes[row : row + len(own)], mode="clip")  # clip: fills `out` in place
        row, entry = row + len(own), entry + len(distinct)
    return codes, united.dictionary.to_pylist()


def narrow(size: int) -> type[np.signedinteger]:
    """The narrowest codes that pandas keeps for so many categories."""
    return next((kind for kind in (np.int8, np.int16) if size < np.iinfo(kind).max), np.int32)
