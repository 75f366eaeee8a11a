"""Takes a column of references as it was read; gives which are blank or repeated, and where they stand in another file."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import hashlib

    import pyarrow


Rewriting = Literal["zeros", "decimals", "capitals", "marks", "letters", "suffix"]
"""zeros, letters: without those in front. decimals: without .0 at the end. marks: letters and digits alone. suffix: without the number or letter
that tells assignments of one person apart, as in 12345678-2, 12345678/2 or 12345678B."""

_SUFFIX = r"^(?:(.*[0-9][0-9A-Za-z]*)(?: *[-_/. ] *(?:[0-9]{1,3}|[A-Za-z])| *[(] *[0-9]{1,2} *[)])|(.*[0-9])[A-Za-z])$"


class Keys:
    """A column of references. Two uses only: which rows share one, and which row of another file is this."""

    def __init__(self, column: pyarrow.ChunkedArray, stood: Keys | None = None) -> None:
        """Take a binary column as it was read. stood: the same references as they stood in the file, where they were written anew."""
        self._column, self._stood = column, stood

    @property
    def stood(self) -> Keys:
        """The references as they stood in the file."""
        return self._stood or self

    def __len__(self) -> int:
        """Number of rows."""
        return len(self._column)

    def first(self, rows: int) -> Keys:
        """The references of the first rows."""
        return Keys(self._column.slice(0, rows))

    def only(self, rows: npt.NDArray[np.int64]) -> Keys:
        """The references of these rows."""
        import pyarrow as pa

        return Keys(pa.chunked_array([self._column.take(pa.array(rows)).combine_chunks()]))

    def blank(self) -> npt.NDArray[np.int64]:
        """Positions of the rows without a reference."""
        import pyarrow.compute as pc

        return np.flatnonzero(pc.binary_length(self._column).to_numpy() == 0)

    def codes(self) -> npt.NDArray[np.int64]:
        """A number for each row, the same where the reference is the same; every row without one has its own."""
        codes = self._numbers()
        blank = self.blank()
        codes[blank] = len(codes) + np.arange(len(blank))
        return codes

    @cached_property
    def repeated(self) -> npt.NDArray[np.int64]:
        """Positions of every row whose reference stands in another row too, blanks left aside.

        Equal references have equal 64-bit sums, so when no sum repeats no reference does, and that is quick to see.
        Only otherwise are the references themselves compared.
        """
        sums = np.concatenate([_sums(chunk) for chunk in self._column.chunks] or [np.empty(0, np.uint64)])
        sums.sort()
        if not (sums[1:] == sums[:-1]).any():
            return np.empty(0, dtype=np.int64)
        codes = self._numbers()
        often = np.bincount(codes)[codes] > 1
        often[self.blank()] = False
        return np.flatnonzero(often)

    def positions_in(self, other: Keys) -> npt.NDArray[np.int64]:
        """For each row the position of its reference in another column, or -1."""
        import pyarrow.compute as pc

        found = pc.index_in(self._column, value_set=other._column.combine_chunks()).fill_null(-1)
        return np.asarray(found, dtype=np.int64)

    def written(self, rule: Rewriting) -> Keys:
        """The same references written by a rule, to see whether two files differ in that alone; as they are where they are no text."""
        import pyarrow as pa
        import pyarrow.compute as pc

        try:
            text = self._column.cast(pa.string())
        except pa.ArrowInvalid:
            return self
        if rule == "zeros":
            text = pc.replace_substring_regex(text, r"^0+(.)", r"\1")
        elif rule == "decimals":
            text = pc.replace_substring_regex(text, r"\.0+$", "")
        elif rule == "capitals":
            text = pc.utf8_lower(text)
        elif rule == "letters":
            text = pc.replace_substring_regex(text, r"^[A-Za-z]+[-_/. ]*([0-9])", r"\1")
        elif rule == "suffix":
            text = pc.replace_substring_regex(text, _SUFFIX, r"\1\2")
        else:
            text = pc.replace_substring_regex(text, r"[^\pL\pN]+", "")
        return Keys(text.cast(pa.binary()), self.stood)

    def rows_like(self, pattern: str) -> int:
        """How many references match a pattern."""
        import pyarrow.compute as pc

        return int(pc.sum(pc.match_substring_regex(self._column, pattern)).as_py() or 0)

    def hash_into(self, digest: hashlib._Hash) -> None:
        """Add the references, and where each ends, to a hash."""
        text = self._column.combine_chunks()
        offsets = _offsets(text)
        digest.update(np.diff(offsets).tobytes())
        digest.update(memoryview(text.buffers()[2] or b"")[offsets[0] : offsets[-1]])

    def _numbers(self) -> npt.NDArray[np.int64]:
        numbered = self._column.dictionary_encode().combine_chunks()
        return np.array(numbered.indices, dtype=np.int64)


def trimmed(column: pyarrow.ChunkedArray) -> pyarrow.ChunkedArray:
    """References without blanks around them, as all other cells are; most files have none there, which is quick to see."""
    if not any(_blanks_around(chunk) for chunk in column.chunks):
        return column
    import pyarrow as pa
    import pyarrow.compute as pc

    text, raw = pa.string(), pa.binary()
    return pa.chunked_array([pc.ascii_trim_whitespace(chunk.view(text)).view(raw) for chunk in column.chunks], raw)


def _offsets(chunk: pyarrow.Array) -> npt.NDArray[np.int32]:
    numbers = np.frombuffer(chunk.buffers()[1], dtype=np.int32)
    return numbers[chunk.offset : chunk.offset + len(chunk) + 1]


def _blanks_around(chunk: pyarrow.Array) -> bool:
    if not chunk.buffers()[2]:
        return False
    text, offsets = np.frombuffer(chunk.buffers()[2], dtype=np.uint8), _offsets(chunk)
    held = offsets[1:] > offsets[:-1]
    return bool((text[offsets[:-1][held]] <= ord(" ")).any() or (text[offsets[1:][held] - 1] <= ord(" ")).any())


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
