"""Takes a frame whose rows are in an engine (DuckDB, Spark, a database); gives what may leave it: headers, first cells column by column, counts, and codes.

The engine counts how often each combination of cells stands in some columns. Such counts are all that is known here of anybody, but for people
in pools: of them the place of each of their cells among the distinct ones is fetched, a number, and nothing else.

What an engine says when it fails may quote a record, and is never passed on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from eia.errors import EiaError, Fault
from eia.intake.files.frame_text import NoTextError, column_text, header_text

if TYPE_CHECKING:
    import narwhals as nw
    import pyarrow

Codes = npt.NDArray[np.int64]
_Answer = TypeVar("_Answer")

FIRST_CELLS = 200
_PEOPLE, _NUMBER = "eia_people", "eia_number"
_WIDE = 1 << 31
_SHORT = 300  # so many distinct cells an engine numbers quickly; of a column with more the cells are fetched, and numbered here


@dataclass(frozen=True, slots=True)
class Lines:
    """How many people hold each combination of cells. codes: for each of the columns ``names`` the place among its distinct cells, -1 for an empty
    one, (lines, columns). people: (lines,)."""

    names: tuple[str, ...]
    codes: Codes
    people: Codes

    def of(self, names: Sequence[str]) -> Lines:
        """The same by some of the columns alone."""
        codes = self.codes[:, [self.names.index(name) for name in names]]
        _, first, line = np.unique(_numbered(codes), return_index=True, return_inverse=True)
        people = np.zeros(len(first), dtype=np.int64)
        np.add.at(people, line, self.people)
        return Lines(tuple(names), codes[first], people)

    def places_in(self, other: Lines) -> Codes:
        """The line of another, by fewer columns, that each belongs to; -1 where there is none."""
        own = self.codes[:, [self.names.index(name) for name in other.names]]
        number = _numbered(np.concatenate([other.codes, own]))
        known, ours = number[: len(other.codes)], number[len(other.codes) :]  # those known in order, since lines are
        at = np.minimum(np.searchsorted(known, ours), len(known) - 1)
        return np.where(known[at] == ours, at, -1)


@dataclass(frozen=True, kw_only=True)
class LazyTable:
    """A frame in an engine. file: what messages call it. days: by column with dates, the day up to which the engine counts completed years, which
    stand in place of the dates."""

    frame: nw.LazyFrame[Any] = field(repr=False)
    file: str
    days: Mapping[str, dt.date] = field(default_factory=dict)
    _cells: dict[str, tuple[pyarrow.Array, list[str]]] = field(default_factory=dict, repr=False, compare=False)

    def ask(self, question: Callable[[nw.LazyFrame[Any]], _Answer]) -> _Answer:
        """What the engine answers. Raises EiaError where it does not; its own message may quote a record, and goes no further."""
        try:
            return question(self.frame)
        except EiaError:
            raise
        except Exception:  # noqa: S110 - every engine has errors of its own, and each of them may quote a record
            pass
        raise EiaError(Fault(code="engine-failed", what="The engine that holds the table could not answer.", file=self.file,
                             allowed="a table that the engine can group and count",
                             do="Count the rows by each column in the engine itself: what it says there names the cause."))  # fmt: skip

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The columns by the names that the engine has for them."""
        return tuple(self.ask(lambda frame: frame.collect_schema().names()))

    @cached_property
    def people(self) -> int:
        """How many rows there are."""
        import narwhals as nw

        return int(self.ask(lambda frame: frame.select(nw.len()).collect("pyarrow").item()))

    @property
    def headers(self) -> tuple[str, ...]:
        """The columns by their headers, as they are shown."""
        return tuple(map(header_text, self.names))

    def first_cells(self, name: str) -> list[str]:
        """Some cells of a column, sorted: whose they are cannot be seen."""
        cells = self.ask(lambda frame: _arrow(frame.select(name).head(FIRST_CELLS)).column(0))
        return sorted(self._texts(name, cells))

    def with_years(self, days: Mapping[str, dt.date]) -> LazyTable:
        """The same, with completed years in place of dates where the engine knows them for dates; dates written as text stay text."""
        import narwhals as nw

        schema = self.ask(lambda frame: frame.collect_schema())
        dated = {name: day for name, day in days.items() if schema[name] in (nw.Date, nw.Datetime)}
        if not dated:
            return self
        frame = self.ask(lambda frame: frame.with_columns(*(_years(name, day) for name, day in dated.items())))
        return replace(self, frame=frame, days=dated, _cells={})

    def lines(self, names: Sequence[str]) -> Lines:
        """How many people hold each combination of cells of these columns: one question to the engine."""
        import narwhals as nw

        names = tuple(dict.fromkeys(names))
        table = self.ask(lambda frame: _arrow(frame.group_by(*names).agg(nw.len().alias(_PEOPLE))))
        codes = np.stack([self._codes(name, table.column(name)) for name in names], axis=1)
        people = table.column(_PEOPLE).to_numpy().astype(np.int64)
        return Lines(names, codes, people).of(names)

    def texts(self, name: str) -> list[str]:
        """The distinct cells of a column as text, by their places."""
        return self._cells[name][1]

    def holds(self, name: str, places: Sequence[int]) -> nw.Expr:
        """The condition that a column holds one of its distinct cells, by their places; -1 for an empty one."""
        import narwhals as nw

        values, _ = self._cells[name]
        empty = nw.col(name).is_null()
        held = nw.col(name).is_in([values[place].as_py() for place in places if place >= 0]) & ~empty  # never unknown
        return held | empty if -1 in places else held

    def only(self, condition: nw.Expr) -> LazyTable:
        """The same of the rows of which a condition holds."""
        return replace(self, frame=self.ask(lambda frame: frame.filter(condition)), _cells={})

    def codes_where(self, condition: nw.Expr | None, names: Sequence[str]) -> Lines:
        """For each row of which the condition holds the places of its cells among the distinct ones, in an order that says nothing of the rows."""
        table = self.ask(
            lambda frame: _arrow(
                (frame if condition is None else frame.filter(condition)).select(*(self._numbered(name) for name in names))
            )
        )  # fmt: skip
        codes = np.stack(
            [
                self._codes(name, table.column(name)) if self._is_long(name) else _whole(table.column(name))
                for name in names
            ],
            axis=1,
        )
        codes = codes[np.lexsort(codes.T[::-1])]
        return Lines(tuple(names), codes, np.ones(len(codes), dtype=np.int64))

    # ------------------------------------------------------------------------------------------------- cells and their places

    def _is_long(self, name: str) -> bool:
        return len(self._cells[name][0]) > _SHORT

    def _numbered(self, name: str) -> nw.Expr:
        import narwhals as nw

        values, _ = self._cells[name]
        if self._is_long(name):
            return nw.col(name)
        places = (nw.when(nw.col(name) == value).then(nw.lit(at)) for at, value in enumerate(values.to_pylist()))
        return nw.coalesce(*places, nw.lit(-1)).alias(name)

    def _codes(self, name: str, cells: pyarrow.ChunkedArray) -> Codes:
        import pyarrow.compute as pc

        if name not in self._cells:
            values = pc.unique(cells).drop_null()
            texts = self._texts(name, values)
            order = sorted(range(len(texts)), key=lambda place: (texts[place], place))
            self._cells[name] = values.take(np.array(order, dtype=np.int64)), [texts[place] for place in order]
        return np.asarray(pc.index_in(cells, value_set=self._cells[name][0]).fill_null(-1), dtype=np.int64)

    def _texts(self, name: str, cells: pyarrow.Array) -> list[str]:
        if day := self.days.get(name):
            return [_born(day, years) for years in cells.to_pylist()]
        if not len(cells):
            return []
        try:
            return list(column_text(pd.Series(pd.arrays.ArrowExtensionArray(cells))).text)
        except NoTextError:
            raise EiaError(Fault(code="cells-without-text", what="Some cells hold lists, or something else that is no text.", file=self.file,
                                 column=header_text(name), allowed="text, numbers, dates, true and false",
                                 do="Turn them into text, or take the column out.")) from None  # fmt: skip


def lazy_table(source: Any, file: str) -> LazyTable | None:
    """The frame of an engine; None for what is none, such as a path, bytes or a frame in memory.

    >>> import polars
    >>> staff = lazy_table(polars.LazyFrame({"Sex": ["F", "M", "F"]}), "staff")
    >>> staff.lines(["Sex"]).people.tolist(), staff.texts("Sex")
    ([2, 1], ['F', 'M'])
    """
    if source is None or isinstance(source, str | bytes | pd.DataFrame):
        return None
    import narwhals as nw

    known = nw.from_native(source, pass_through=True)
    return LazyTable(frame=known, file=file) if isinstance(known, nw.LazyFrame) else None


def _arrow(frame: nw.LazyFrame[Any]) -> pyarrow.Table:
    import pyarrow as pa

    table: pa.Table = frame.collect("pyarrow").to_native()
    names = {name: table.column(name) for name in table.column_names}
    plain = {
        name: column.cast(column.type.value_type) if pa.types.is_dictionary(column.type) else column
        for name, column in names.items()
    }
    return pa.table(plain)


def _whole(column: pyarrow.ChunkedArray) -> Codes:
    import pyarrow as pa

    return np.asarray(column.cast(pa.int64()).fill_null(-1), dtype=np.int64)


def _years(name: str, day: dt.date) -> nw.Expr:
    """Completed years from each date to a day: a birthday on 29 February is on 1 March in other years."""
    import narwhals as nw

    date = nw.col(name).dt
    written = [
        part.cast(nw.Int64) * digits for part, digits in ((date.year(), 10_000), (date.month(), 100), (date.day(), 1))
    ]
    since = int(f"{day:%Y%m%d}") - (written[0] + written[1] + written[2])
    return nw.when(since < 0).then(nw.lit(-1)).otherwise(since // 10_000).cast(nw.Int64).alias(name)


def _born(day: dt.date, years: int | None) -> str:
    """A date from which so many years are completed on the day, for those who read dates and count the years again."""
    if years is None:
        return ""
    return f"{day.year - years:04}-{day.month:02}-{28 if (day.month, day.day) == (2, 29) else day.day:02}"


def _numbered(codes: Codes) -> Codes:
    """A number for each line, the same for the same line, which sorts as the line does."""
    number = np.zeros(len(codes), dtype=np.int64)
    for column in codes.T:
        number = number * (int(column.max(initial=0)) + 2) + column + 1
        if int(number.max(initial=0)) > _WIDE:  # with the next column it could be too large for a number
            number = np.unique(number, return_inverse=True)[1]
    return number
