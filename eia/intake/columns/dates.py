"""Takes the distinct cells of a column of dates; gives the date of each, the ones that stand for no date, and how they were read.

Systems write dates in many ways, and each column in one of them as a rule. Whether 04/05/1980 is the fourth of May or the
fifth of April is decided over the whole column, and where nothing decides it the day comes first, which is said.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from eia.vocabulary.synonyms import is_missing

EPOCH = dt.date(1899, 12, 30)  # day 0 of a spreadsheet's calendar, as it counts from March 1900 on
NO_BIRTHDAY = dt.date(1900, 1, 1)  # what systems put where they have none
_BEFORE_MIDNIGHT = 23
END_OF_TIME = 2900  # Oracle ends time in 4712, SAP in 9999, others in 2999

_TIME = (
    r"(?:(?:[ T]|, ?)(?P<hour>\d{1,2})[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?(?: ?[AP]\.?M\.?)?"
    r"(?: ?(?:(?P<utc>Z|UTC|GMT|\+00:?(?:00)?)|BST|(?:GMT|UTC)?[+-]\d{2}:?(?:\d{2})?))?(?: ?\[[A-Za-z/_]+\])?)?"
)
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}[,.]? )?"
_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})" + _TIME, re.ASCII | re.IGNORECASE)
_COMPACT = re.compile(r"(\d{4})()(\d{2})(\d{2})" + _TIME, re.ASCII)
_NUMBERS = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})" + _TIME, re.ASCII | re.IGNORECASE)
_NAMED = re.compile(
    _WEEKDAY + r"(\d{1,2})(?:st|nd|rd|th)?[ /.-]?(?:of )?([a-z]{3,9})[ /.,-]{0,2}(\d{4}|\d{2})" + _TIME,
    re.ASCII | re.IGNORECASE,
)
_NAMED_FIRST = re.compile(
    _WEEKDAY + r"([a-z]{3,9})[ .-](\d{1,2})(?:st|nd|rd|th)?,?[ -](\d{4})" + _TIME, re.ASCII | re.IGNORECASE
)
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?", re.ASCII)
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")  # fmt: skip

DAY_FIRST = "dates such as 04/05/1980 read day first: no cell shows which way round they are"
MONTH_FIRST = "dates read month first, as some of them can only be"
TWO_DIGITS = "years of two digits read as the last such year that is not after the extract"
SERIALS = "numbers read as days of a spreadsheet's calendar"
IN_LONDON = "times in Greenwich read as the day that it was in London"
NO_DATE = "01/01/1900, the end of time, and words for not known read as no date"


@dataclass(frozen=True, slots=True)
class Dates:
    """The date of each cell, None where there is none; the cells that are no dates; and the rules used, each with its cells."""

    dates: tuple[dt.date | None, ...]
    wrong: tuple[int, ...]
    rules: Mapping[str, tuple[int, ...]]


def read_dates(cells: Sequence[str], day: dt.date) -> Dates:
    """Read the distinct cells of one column. ``day``: the day of the extract.

    >>> read_dates(["31-DEC-80", "01.04.1990", "1985-06-07", "31/12/9999", ""], dt.date(2026, 9, 30)).dates[:4]
    (datetime.date(1980, 12, 31), datetime.date(1990, 4, 1), datetime.date(1985, 6, 7), None)
    >>> read_dates(["1980-12-31T00:00:00+01:00", "Dec 31, 1980", "31/12/1980 12:00:00 AM"], dt.date(2026, 9, 30)).wrong
    ()
    >>> read_dates(["12/31/1980", "04/05/1980"], dt.date(2026, 9, 30)).dates[1]
    datetime.date(1980, 4, 5)
    """
    found = [_NUMBERS.fullmatch(cell) for cell in cells]
    numbers = [(int(match[1]), int(match[3])) for match in found if match]
    month_first = any(second > 12 for _, second in numbers) and not any(first > 12 for first, _ in numbers)
    undecided = not any(max(pair) > 12 for pair in numbers)
    rules: dict[str, list[int]] = {}
    dates: list[dt.date | None] = []
    wrong = []
    for index, (cell, match) in enumerate(zip(cells, found, strict=True)):
        date, rule = _date(cell, match, day, month_first=month_first)
        if date is not None and (date.year >= END_OF_TIME or date == NO_BIRTHDAY):
            date, rule = None, NO_DATE
        elif date is None and cell and is_missing(cell):
            rule = NO_DATE
        elif date is None and cell:
            wrong.append(index)
        elif match and date is not None and match[1] != match[3] and (undecided or month_first):
            rules.setdefault(MONTH_FIRST if month_first else DAY_FIRST, []).append(index)
        if rule:
            rules.setdefault(rule, []).append(index)
        dates.append(date)
    return Dates(tuple(dates), tuple(wrong), {rule: tuple(held) for rule, held in rules.items()})


def _date(cell: str, numbers: re.Match[str] | None, day: dt.date, *, month_first: bool) -> tuple[dt.date | None, str]:
    """The date of a cell, and the rule by which it was found where one was needed."""
    if numbers:
        first, second, year = int(numbers[1]), int(numbers[3]), numbers[4]
        date_of, month = (second, first) if month_first else (first, second)
        return _told(numbers, _made(year, month, date_of, day), TWO_DIGITS if len(year) == 2 else "")
    if named := _NAMED.fullmatch(cell):
        date = _made(named[3], _month(named[2]), int(named[1]), day)
        return _told(named, date, TWO_DIGITS if len(named[3]) == 2 else "")
    if named := _NAMED_FIRST.fullmatch(cell):
        return _told(named, _made(named[3], _month(named[1]), int(named[2]), day), "")
    if ordered := _ISO.fullmatch(cell) or _COMPACT.fullmatch(cell):
        return _told(ordered, _made(ordered[1], int(ordered[3]), int(ordered[4]), day), "")
    if serial := _SERIAL.fullmatch(cell):
        return EPOCH + dt.timedelta(days=int(serial[1])), SERIALS
    return None, ""


def _told(written: re.Match[str], date: dt.date | None, rule: str) -> tuple[dt.date | None, str]:
    """The date without its time of day, and the rule. An hour before midnight in Greenwich is the next day in London's summer, and
    systems write a day of London as its first moment in Greenwich."""
    if date is None or not written["utc"] or int(written["hour"]) != _BEFORE_MIDNIGHT:
        return date, rule
    moment = dt.datetime(date.year, date.month, date.day, _BEFORE_MIDNIGHT, tzinfo=dt.UTC)
    return moment.astimezone(ZoneInfo("Europe/London")).date(), IN_LONDON


def _month(name: str) -> int:
    """The number of a month by its name or the beginning of it; 0 for none."""
    return next((number for number, month in enumerate(_MONTHS, start=1) if month.startswith(name.lower())), 0)


def _made(year: str, month: int, day_of_month: int, day: dt.date) -> dt.date | None:
    """A date that the calendar has, or None. Of two digits the last such year that gives no date after ``day``."""
    if len(year) == 4:
        return _day(int(year), month, day_of_month)
    date = _day(day.year // 100 * 100 + int(year), month, day_of_month)
    return date if date is None or date <= day else _day(date.year - 100, month, day_of_month)


def _day(year: int, month: int, day_of_month: int) -> dt.date | None:
    try:
        return dt.date(year, month, day_of_month)
    except ValueError:
        return None
