"""Takes a column of a DataFrame, whatever it holds; gives the text that a CSV file would hold of it, as a categorical."""

from __future__ import annotations

import datetime as dt
import numbers
from collections.abc import Hashable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

import numpy as np
import numpy.typing as npt
import pandas as pd

from eia.intake.files.references import Keys, trimmed
from eia.intake.files.text_columns import Codes, Mask, categorical, cell_text, narrow

if TYPE_CHECKING:
    import pyarrow

_MIDNIGHT = dt.time()


class NoTextError(ValueError):
    """Some cells hold nothing that a CSV file could hold, such as lists. positions: those of their rows."""

    def __init__(self, positions: npt.NDArray[np.int64]) -> None:
        """Take the positions."""
        self.positions = positions
        super().__init__("cells without a text")


@dataclass(frozen=True, slots=True)
class FrameText:
    """A column of a frame as text. missing: the rows without a value, which are read as empty; None where there are none, or where
    the column holds numbers or dates, among which a gap hides no word."""

    text: pd.Categorical
    missing: Mask | None


def column_text(column: pd.Series[Any]) -> FrameText:
    """Read a column as text, its distinct cells in the order in which they first appear. Raises NoTextError.

    >>> column_text(pd.Series([1.0, None, 0.5])).text.tolist()
    ['1', '', '0.5']
    """
    codes, values = _numbered(column)
    texts: list[str | None] = []
    wrong = []
    for index, value in enumerate(values):
        try:
            texts.append(_text(value))
        except (TypeError, ValueError):
            texts.append(None)
            wrong.append(index)
    if wrong:
        raise NoTextError(np.flatnonzero(np.isin(codes, wrong)))
    texts.append(None)  # what the code -1 stands for
    used = _first_seen(codes, len(texts))
    place = np.zeros(len(texts), dtype=narrow(len(used)))
    place[used] = np.arange(len(used))
    blank = np.array([text is None for text in texts])
    says = any(isinstance(value, str) for value in values) or blank[used].all()
    return FrameText(
        categorical(place.take(codes), [texts[code] or "" for code in used]),
        blank.take(codes) if says and blank[used].any() else None,
    )


def column_keys(column: pd.Series[Any]) -> Keys:
    """Read a column as references. Raises NoTextError."""
    import pyarrow as pa

    if _is_string(column.dtype) or pd.api.types.is_integer_dtype(column.dtype):
        text = _arrow(column).cast(pa.string()).fill_null("")
    else:
        read = column_text(column).text
        text = pa.DictionaryArray.from_arrays(read.codes, pa.array(read.categories, pa.string())).cast(pa.string())
    return Keys(trimmed(pa.chunked_array([text.cast(pa.binary())])))


def header_text(header: object) -> str:
    """The text of a header, whatever it is."""
    try:
        return cell_text(_text(header) or "")
    except (TypeError, ValueError):
        return cell_text(str(header))


def _numbered(column: pd.Series[Any]) -> tuple[Codes, list[Any]]:
    """A code for each row, -1 where there is no value, and the value that each code stands for."""
    dtype = column.dtype
    if isinstance(dtype, pd.CategoricalDtype):
        return column.cat.codes.to_numpy(), dtype.categories.tolist()
    if _is_string(dtype):
        numbered = _arrow(column).dictionary_encode()
        return numbered.indices.fill_null(-1).to_numpy(), numbered.dictionary.to_pylist()
    if _is_plain(column):
        codes, distinct = pd.factorize(column)
        return codes, list(distinct.to_numpy())  # which keeps 0.1 of 32 bits from becoming 0.10000000149
    return _each_once(column)


def _each_once(column: pd.Series[Any]) -> tuple[Codes, list[Any]]:
    """Codes and values of a column of several kinds, by kind and value: 1, 1.0 and True are equal, and not the same text."""
    places: dict[Any, int] = {}
    values: list[Any] = []
    codes: list[int] = []
    for value in column:
        key = (value.__class__, value if isinstance(value, Hashable) else id(value))
        if key not in places:
            places[key] = len(values)
            values.append(value)
        codes.append(places[key])
    return np.array(codes, dtype=np.int64), values


def _is_plain(column: pd.Series[Any]) -> bool:
    """Whether equal cells are the same text: all but objects of several kinds, and lists of Arrow."""
    if isinstance(column.dtype, pd.ArrowDtype):
        import pyarrow as pa

        return not bool(pa.types.is_nested(column.dtype.pyarrow_dtype))
    return column.dtype != object or str(pd.api.types.infer_dtype(column, skipna=True)) == "string"


def _is_string(dtype: Any) -> bool:
    if isinstance(dtype, pd.ArrowDtype):
        import pyarrow as pa

        return dtype.pyarrow_dtype in (pa.string(), pa.large_string(), pa.string_view())
    return isinstance(dtype, pd.StringDtype)


def _arrow(column: pd.Series[Any]) -> pyarrow.Array:
    """A column as one Arrow array."""
    import pyarrow as pa

    array = pa.array(column.array)
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array


def _first_seen(codes: Codes, size: int) -> npt.NDArray[np.int64]:
    """The codes that are used, in the order in which they first appear. ``size``: one more than the largest, for -1."""
    used = np.zeros(size, dtype=bool)
    used[codes] = True
    looked = 1024
    while True:  # most often they all stand among the first rows
        found, at = np.unique(codes[:looked], return_index=True)
        if len(found) == np.count_nonzero(used):
            return found[np.argsort(at)]
        looked *= 8


def _text(value: object) -> str | None:
    """One value as a CSV file holds it; None where it is missing. Raises TypeError for what is no single value.

    Whole numbers stand without a point, since a column of them with gaps is one of fractions to pandas. Days stand without a time. A time
    of day keeps its zone: 23:00 in one is the next day in another, and which day was meant only the reader of dates may say.
    """
    if isinstance(value, str):
        value.encode()  # half a character pair, which no file can hold, raises here
        return value
    if value is None or value is pd.NA or value is pd.NaT:
        return None
    if isinstance(value, bytes):
        return _decoded(value)
    if isinstance(value, np.datetime64):
        return _text(pd.Timestamp(value))
    if isinstance(value, bool | np.bool_):
        return str(bool(value))
    if isinstance(value, numbers.Integral):
        return str(int(value))
    if isinstance(value, float | np.floating):
        return None if np.isnan(value) else np.format_float_positional(value, trim="-")
    if isinstance(value, Decimal):
        return None if value.is_nan() else f"{value:f}"
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == _MIDNIGHT else value.isoformat(sep=" ")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, UUID | pd.Period):
        return str(value)
    raise TypeError("no single value")


def _decoded(value: bytes) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("cp1252")
