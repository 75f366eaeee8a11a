"""Takes a raw table and the case; gives the question whether a file of several years is read as one, and the table of the latest.

In a panel the same people stand once for each year or date: a reference repeats, each time with another of them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from eia.case import Case
from eia.errors import MIN_ROWS_TO_QUOTE, inert
from eia.intake.columns.dates import read_dates
from eia.intake.files.raw_table import RawTable
from eia.intake.intake_record import Recoding
from eia.intake.questions import Choice, OpenQuestion
from eia.vocabulary.headers import column_of, match

SETTING = ("people", "panel")
_YEAR = re.compile(r"(?:fy|ay)? ?((?:19|20)\d{2})(?:\s?[-/_ ]\s?(?:\d{4}|\d{2}))?", re.ASCII | re.IGNORECASE)
_SHORT_YEAR = re.compile(r"(?:fy|ay) ?(\d{2})\s?[-/]\s?\d{2}", re.ASCII | re.IGNORECASE)
_MOSTLY = 0.9
_MOST_PERIODS = 15
_LAST_DAY = dt.date(2199, 12, 31)


@dataclass(frozen=True, slots=True)
class Panel:
    """The years or dates of a file. header: the column with them. periods: in order, as the file has them. of_row: the place of each row's among them."""

    header: str
    periods: tuple[str, ...]
    of_row: npt.NDArray[np.int64]


def find_panel(raw: RawTable, case: Case) -> Panel | None:
    """The years of a file in which the same people stand once for each of several; None in a file of one day."""
    said = set(case.columns.values())
    at = match(raw.headers, "people", said=case.columns)
    taken = {index for indices in at.values() for index in indices}
    likely = [
        index
        for index, header in enumerate(raw.headers)
        if column_of(header, "panel") and header not in (*case.ignored, *said) and index not in taken
    ]  # fmt: skip
    for index in likely:
        if (
            len({row[index] for row in raw.sample}) < 2 and len(raw.sample) < 100
        ):  # one day alone, as far as can be seen at once
            continue
        key = at["reference"][0] if "reference" in at else None
        cells = raw.read([index], key)
        column = cells.texts[index].array
        times = _times(column.categories.tolist())
        if times is None or len(set(times)) < 2:
            continue
        order = sorted(set(times))
        of_row = np.array([order.index(time) for time in times])[column.codes]
        if _even(cells.weights.by(of_row, len(order))) if cells.keys is None else _repeats(cells.keys.codes(), of_row):
            name = {time: label for label, time in zip(column.categories, times, strict=True)}
            return Panel(raw.headers[index], tuple(name[time] for time in order), of_row)
    return None


def ask_panel(raw: RawTable, case: Case) -> OpenQuestion | None:
    """The question which years count, where the case does not say."""
    if case.people.panel or (found := find_panel(raw, case)) is None:
        return None
    sizes = np.bincount(found.of_row, minlength=len(found.periods))
    seen = tuple(inert(period) for period, size in zip(found.periods, sizes, strict=True) if size >= MIN_ROWS_TO_QUOTE)
    latest = f" ({seen[-1]})" if seen and sizes[-1] >= MIN_ROWS_TO_QUOTE else ""
    return OpenQuestion(
        kind="panel", about=inert(found.header), seen=seen[:2] + seen[-3:] if len(seen) > 5 else seen, rows=len(found.of_row), setting=SETTING,
        guess="latest", reason="the same people stand in it once for each of these",
        choices=(
            Choice(answer="latest", words=f"Count the people of the latest only{latest}: {int(sizes[-1]):,} rows"),
            Choice(answer="every row", words=f"Count every row as a person: {len(found.of_row):,} rows"),
        ),
        depends="how many people there are: each would count once for every year",
    )  # fmt: skip


def latest_only(raw: RawTable, case: Case) -> tuple[RawTable, list[Recoding]]:
    """The table of the latest year or date, where the case says so, and what to say of it."""
    if case.people.panel != "latest" or (found := find_panel(raw, case)) is None:
        return raw, []
    latest = found.of_row == len(found.periods) - 1
    said = Recoding(
        column=inert(found.header),
        rule="rows of earlier years or dates: left out, the same people stand in the latest",
        rows=int((~latest).sum()),
    )
    return raw.only(np.flatnonzero(latest)), [said]


def _times(labels: Sequence[str]) -> list[dt.date] | None:
    """The day or the first day of the year that each cell names; None where one names none."""
    years = [_YEAR.fullmatch(label) or _SHORT_YEAR.fullmatch(label) for label in labels]
    if all(years):
        return [dt.date(int(f"20{year[1]}"[-4:]), 1, 1) for year in years if year]
    read = read_dates(labels, _LAST_DAY)
    dates = [date for date in read.dates if date is not None]
    return dates if len(dates) == len(labels) else None


def _even(sizes: npt.NDArray[np.int64]) -> bool:
    """Whether about as many rows are of each year, as those of a workforce are, and unlike the years in which people were born or joined."""
    return len(sizes) <= _MOST_PERIODS and int(sizes.min()) * 2 >= int(sizes.max())


def _repeats(people: npt.NDArray[np.int64], of_row: npt.NDArray[np.int64]) -> bool:
    """Whether references repeat, and nearly always with another year each time."""
    distinct, several = np.unique(people, return_inverse=True)
    if len(distinct) == len(people):
        return False
    pairs = len(np.unique(several * (int(of_row.max()) + 1) + of_row))
    again = len(people) - len(distinct)
    return pairs - len(distinct) >= _MOSTLY * again
