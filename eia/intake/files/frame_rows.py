"""Takes a DataFrame of any library; gives its headers, and its columns as Cells on demand, as if a file of the same text were read.

The frame is never changed. What its index says is not read.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pandas as pd

from eia.errors import EiaError, Fault, inert
from eia.intake.files.frame_text import FrameText, NoTextError, column_keys, column_text, header_text
from eia.intake.files.references import Keys
from eia.intake.files.text_columns import Cells, text_frame

if TYPE_CHECKING:
    from narwhals.typing import IntoDataFrame

SAMPLE_ROWS = 200
_MOSTLY_DISTINCT = 0.9
_RENAMED = re.compile(r"(.+)\.\d+")


@dataclass(frozen=True, kw_only=True)
class FrameRows:
    """The rows of a frame. file: what messages call it. headers: as text. people: how many rows there are without totals at the end.
    remarks: what is not read of it."""

    file: str
    headers: tuple[str, ...]
    columns: tuple[pd.Series[Any], ...] = field(repr=False)
    rows: int
    people: int
    remarks: tuple[str, ...] = ()
    _texts: dict[int, FrameText] = field(default_factory=dict, repr=False)
    _keys: dict[int, Keys] = field(default_factory=dict, repr=False)

    def first(self, rows: int, people: int) -> FrameRows:
        """The first rows, of which so many are no totals."""
        columns = tuple(column.iloc[:rows] for column in self.columns)
        return replace(self, columns=columns, rows=rows, people=people, _texts={}, _keys={})

    def without_totals(self) -> FrameRows:
        """The same without the rows of totals at the end."""
        return self.first(self.people, self.people)

    def sample(self, rows: slice) -> tuple[tuple[str, ...], ...]:
        """Some rows as text."""
        return tuple(zip(*(_sample(column.iloc[rows]) for column in self.columns), strict=True))

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of headers and text: the same for the same text in whatever kind of frame."""
        digest = hashlib.sha256("\0".join(self.headers).encode())
        for index, cells in enumerate(zip(*self.sample(slice(SAMPLE_ROWS)), strict=True)):
            try:
                # references, most likely: numbering them is of no use
                if len(set(cells)) > _MOSTLY_DISTINCT * len(cells):
                    self._key(index).hash_into(digest)
                else:
                    text = self._text(index).text
                    digest.update("\0".join(text.categories).encode())
                    digest.update(text.codes.tobytes())
            except NoTextError:
                digest.update(b"\0")
        return digest.hexdigest()

    def read(self, indices: Sequence[int], key: int | None) -> Cells:
        """The columns at these positions, and the references. Raises EiaError where cells have no text."""
        wanted = [index for index in indices if index != key]
        try:
            with ThreadPoolExecutor() as pool:
                texts = dict(zip(wanted, pool.map(self._text, wanted), strict=True))
            keys = self._key(key) if key is not None else None
        except NoTextError:
            raise EiaError(self._faults(indices)) from None
        return Cells(
            text_frame({index: read.text for index, read in texts.items()}, self.rows),
            keys,
            "a DataFrame",
            self._blank_at_end(),
            {index: read.missing for index, read in texts.items() if read.missing is not None},
        )

    def empty(self) -> list[int]:
        """Positions of the rows that hold nothing in any column. Slow: for faults only."""
        return [position for position, cells in enumerate(self.sample(slice(None))) if not any(cells)]

    def _text(self, index: int) -> FrameText:
        if index not in self._texts:
            self._texts[index] = column_text(self.columns[index])
        return self._texts[index]

    def _key(self, index: int) -> Keys:
        if index not in self._keys:
            self._keys[index] = column_keys(self.columns[index])
        return self._keys[index]

    def _blank_at_end(self) -> int:
        size = SAMPLE_ROWS
        while True:
            rows = self.sample(slice(-size, None))
            blank = next((count for count, cells in enumerate(reversed(rows)) if any(cells)), len(rows))
            if blank < size:
                return blank
            size *= 8

    def _faults(self, indices: Sequence[int]) -> list[Fault]:
        """A fault for each column with cells that are no text."""
        faults = []
        for index in dict.fromkeys(indices):
            try:
                self._text(index)
            except NoTextError as error:
                rows = tuple(int(position) + 2 for position in error.positions[:50])
                faults.append(Fault(code="cells-without-text", what="Some cells hold lists, or something else that is no text.", file=self.file,
                                    column=self.headers[index], row=rows, rows=len(error.positions),
                                    allowed="text, numbers, dates, true and false", do="Turn them into text, or take the column out."))  # fmt: skip
        return faults


def frame_rows(source: IntoDataFrame, file: str) -> FrameRows:
    """Take a frame of pandas, polars, pyarrow or another library that narwhals knows.

    Raises EiaError where it is none, is not in memory, or its headers stand in several rows.
    """
    columns, names = _columns(source, file)
    named = [inert(str(name)) for name in getattr(getattr(source, "index", None), "names", ()) if name is not None]
    remarks = tuple(f"the index “{name}” is not read: df.reset_index() makes a column of it" for name in named)
    if any(isinstance(name, tuple) for name in names):
        raise EiaError(Fault(code="several-header-rows", what="The headers of the frame stand in several rows.", file=file, allowed="one row of headers",
                             do='Join them, for example: df.columns = [" ".join(map(str, names)) for names in df.columns].'))  # fmt: skip
    rows = len(columns[0]) if columns else 0
    return FrameRows(file=file, headers=_as_they_were(names), columns=columns, rows=rows, people=rows, remarks=remarks)


def _columns(source: IntoDataFrame, file: str) -> tuple[tuple[pd.Series[Any], ...], list[Any]]:
    if isinstance(source, pd.DataFrame):
        return tuple(source.iloc[:, index] for index in range(source.shape[1])), list(source.columns)
    import narwhals as nw
    import pyarrow as pa

    try:
        table = source if isinstance(source, pa.Table) else nw.from_native(source, eager_only=True).to_arrow()
    except (TypeError, AttributeError):
        raise EiaError(Fault(code="not-a-frame", what="This is neither a file nor a DataFrame in memory.", file=file,
                             allowed="a path, the bytes of a file, or a DataFrame of pandas, polars or pyarrow",
                             do="Give the path as text; collect a lazy frame first, for example: frame.collect().")) from None  # fmt: skip
    return tuple(_from_arrow(column) for column in table.columns), table.column_names


def _from_arrow(column: Any) -> pd.Series[Any]:
    """A column of Arrow as one of pandas, which holds the same memory; one of numbered labels as the labels."""
    import pyarrow as pa

    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    return pd.Series(pd.arrays.ArrowExtensionArray(column))


def _as_they_were(names: Sequence[object]) -> tuple[str, ...]:
    """Headers as text, those repeated as they stood in the file: pandas makes “Sex.1” of a second “Sex”."""
    headers = [header_text(name) for name in names]
    first = {header: match[1] for header in headers if (match := _RENAMED.fullmatch(header)) and match[1] in headers}
    return tuple(first.get(header, header) for header in headers)


def _sample(column: pd.Series[Any]) -> list[str]:
    try:
        return list(column_text(column).text)
    except NoTextError:
        return ["?"] * len(column)
