"""Takes one cell of a published table; gives the Figures that it states: whole numbers, or shares, from low to high.

Published tables hide small counts and round the rest. Each way of doing so leaves a range: ``<5`` is 0 to 4, ``40`` in a
table rounded to 5 is 38 to 42, ``44%`` is 43.5% to 44.5% of something. Ends are kept generous (a ``<5`` may be 0, a half
may have been rounded either way), so that the true count is always inside.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from eia import budget
from eia.case import Case
from eia.vocabulary.notes import without_notes
from eia.vocabulary.synonyms import withheld_marks

_WORDS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
_WHOLE = r"\d{1,3}(?:,\d{3})+|\d+"
_PERCENT = r"(\d{1,3})(?:\.(\d{0,6}))?\s*(?:%|per ?cent)"
_NUMBER = re.compile(_WHOLE, re.ASCII)
_BELOW = re.compile(rf"(?:<|(?:fewer|less) than|under|below)\s*({_WHOLE}|{'|'.join(_WORDS)})", re.ASCII)
_UP_TO = re.compile(rf"(?:<=|≤|up to|at most)\s*({_WHOLE}|{'|'.join(_WORDS)})", re.ASCII)
_FROM = re.compile(rf"(?:>=|≥|at least)\s*({_WHOLE})|({_WHOLE})\s*or more", re.ASCII)
_BETWEEN = re.compile(rf"({_WHOLE})\s*(?:-|–|to)\s*({_WHOLE})", re.ASCII)
_SHARE = re.compile(_PERCENT, re.ASCII)
_BOTH = re.compile(rf"({_WHOLE})\s*[(\[]\s*({_PERCENT})\s*[)\]]", re.ASCII)


@dataclass(frozen=True, slots=True)
class Figure:
    """What a cell states. parts 0: from ``low`` to ``high`` people, ``high`` None where nothing limits it; otherwise from
    ``low`` to ``high`` of that many equal parts of a base, which is how percentages stay whole numbers."""

    low: int
    high: int | None
    parts: int = 0

    @property
    def exact(self) -> bool:
        """Whether it states one number of people."""
        return not self.parts and self.low == self.high


def figures(
    cell: str, *, rounded_to: int = 1, marks: Mapping[str, str] | None = None, percentage: bool = False
) -> tuple[Figure, ...]:
    """What a cell states; nothing where it is empty or cannot be read, two figures where it gives a count and its percentage.

    Parameters
    ----------
    cell: as the file has it. rounded_to: what plain counts were rounded to, 1 for not at all. marks: what marks stand
    for, written as a cell would be, or "any". percentage: whether a plain number is a percentage.

    >>> figures("<5"), figures("40", rounded_to=5), figures("*", marks={"*": "1 to 4"})
    ((Figure(low=0, high=4, parts=0),), (Figure(low=38, high=42, parts=0),), (Figure(low=1, high=4, parts=0),))
    >>> figures("44%")  # 87 to 89 parts of 200
    (Figure(low=87, high=89, parts=200),)
    >>> figures("**"), figures("76**")
    ((Figure(low=0, high=None, parts=0),), ())
    """
    as_written, text = (" ".join(written.casefold().split()) for written in (cell, without_notes(cell)))
    if marks and (said := marks.get(as_written, marks.get(text))):
        return figures(said)
    if percentage and (share := _share(f"{text}%")):
        return (share,)
    if both := _BOTH.fullmatch(text):
        share = _share(both[2])
        return (*_count(both[1], rounded_to), *((share,) if share else ()))
    if share := _share(text):
        return (share,)
    return _count(text, rounded_to)


def published_marks(case: Case) -> Mapping[str, str]:
    """What the case says marks stand for, by each as cells are compared."""
    return {" ".join(mark.casefold().split()): meaning for mark, meaning in case.counts.marks.items()}


def _count(text: str, rounded_to: int) -> tuple[Figure, ...]:
    if text in withheld_marks():
        return (Figure(0, None),)
    if from_ := _FROM.fullmatch(text):
        return (Figure(_whole(from_[1] or from_[2]), None),)
    found: tuple[int, int] | None = None
    if _NUMBER.fullmatch(text):
        number = _whole(text)
        found = (max(0, number - rounded_to // 2), number + rounded_to // 2)
    elif below := _BELOW.fullmatch(text):
        found = (0, _whole(below[1]) - 1)
    elif up_to := _UP_TO.fullmatch(text):
        found = (0, _whole(up_to[1]))
    elif between := _BETWEEN.fullmatch(text):
        found = (_whole(between[1]), _whole(between[2]))
    if found is None or not found[0] <= found[1] <= budget.COUNT_IN_A_CELL:
        return ()
    return (Figure(*found),)


def _share(text: str) -> Figure | None:
    """A percentage of so many decimals: half a unit of its last digit to either side."""
    match = _SHARE.fullmatch(text)
    if match is None:
        return None
    decimals = match[2] or ""
    parts = 200 * 10 ** len(decimals)
    middle = 2 * int(match[1] + decimals)
    return Figure(max(0, middle - 1), min(parts, middle + 1), parts) if middle <= parts else None


def _whole(text: str) -> int:
    return _WORDS.get(text) or int(text.replace(",", ""))
