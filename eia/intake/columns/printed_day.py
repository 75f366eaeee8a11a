"""Takes the cells around a table, its titles and notes; gives the day on which it was drawn, where they say so."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from eia.intake.columns.dates import read_dates
from eia.vocabulary.synonyms import plain

_SAYS_SO = (  # what the data are of comes before when they were printed
    re.compile(r"\b(?:as at|as of|position at|position on|snapshot|data at|correct at|correct on|effective)\b"),
    re.compile(r"\b(?:extract|extracted|extraction|download|downloaded|exported)\b"),
    re.compile(r"\b(?:run|report date|date of report|printed|print date|produced|generated|created|date)\b"),
)
_DATE = re.compile(
    r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})|\d{1,2}(?:st|nd|rd|th)?[ -](?:of )?[A-Za-z]{3,9},?[ -]\d{4}"
    r"|[A-Za-z]{3,9} \d{1,2}(?:st|nd|rd|th)?,? \d{4}", re.ASCII,
)  # fmt: skip
_LATEST = dt.date(2099, 12, 31)


def printed_day(around: Sequence[str]) -> dt.date | None:
    """The day that the titles or notes of a table give for it; None where they give none, or several.

    >>> printed_day(["Workforce extract", "Run date: 14/05/2026"]), printed_day(["Report for 2025/26"])
    (datetime.date(2026, 5, 14), None)
    """
    for says_so in _SAYS_SO:
        days = set()
        for cell, beside in zip(around, [*around[1:], ""], strict=False):
            if says_so.search(plain(cell)):
                found = _DATE.findall(cell) or (_DATE.findall(beside) if _DATE.fullmatch(beside.strip()[:10]) else [])
                days |= {day for day in read_dates(found, _LATEST).dates if day}
        if len(days) == 1:
            return days.pop()
    return None
