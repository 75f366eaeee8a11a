"""Takes a header that is not known and its first cells; gives the column of the model that it may be, and why.

The cells decide. A likeness of letters, or a word that means a column in some files only, leads to a question where the cells could
be of that column, and to none where they speak against it: Region is no religion, and the day somebody was hired no birthday.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from eia.case import RETAINED, Case
from eia.intake.columns.age_groups import band_of
from eia.intake.columns.categories import groups_of
from eia.intake.columns.dates import read_dates
from eia.vocabulary.characteristics import characteristics
from eia.vocabulary.headers import as_written, column_of, header_word, header_words
from eia.vocabulary.synonyms import group_of, is_missing, outcomes, plain, row_words, volunteering, yes_no

_BY_ANSWERS = (
    "sex", "race", "religion", "sexual_orientation", "marriage", "disability", "working_pattern", "contract", "family_leave",
)  # fmt: skip
_LEAST_ANSWERS = 5
_MOST = 0.9
_HALF = 0.5
_LIKENESS = 0.85
_REFERENCE = "reference"  # asked about where it matters, which a header alone does not tell
_CODE = 2  # so few characters, or digits only, may be a code of anything
_AROUND = frozenset(
    [
        "cd",
        "code",
        "desc",
        "description",
        "descr",
        "txt",
        "text",
        "name",
        "ind",
        "indicator",
        "flag",
        "value",
        "val",
        "field",
        "col",
        "self",
        "declared",
        "reported",
        "current",
        "latest",
        "employee",
        "emp",
        "staff",
        "person",
        "worker",
        "member",
        "hr",
        "type",
        "category",
        "detail",
        "details",
        "status",
        "yes",
        "no",
        "y",
        "n",
        "my",
        "your",
        "the",
        "of",
        "at",
        "as",
        "is",
        "group",
        "data",
        "info",
        "key",
    ]
)
_OTHER_DAYS = frozenset(
    [
        "hire",
        "hired",
        "start",
        "started",
        "end",
        "ended",
        "join",
        "joined",
        "joining",
        "service",
        "entry",
        "appointment",
        "appointed",
        "commenced",
        "left",
        "leaving",
        "leaver",
        "termination",
        "effective",
        "training",
        "contract",
        "renewal",
        "expiry",
        "review",
        "probation",
        "post",
        "grade",
        "promotion",
    ]
)
_RANGES: Mapping[str, tuple[float, float]] = {
    "fte": (0, 2), "fte_after": (0, 2), "fte_percent": (0, 200), "hours": (0, 100), "full_time_hours": (1, 100), "age": (14, 100),
    "service": (0, 70), "round": (1, 20), "pay_protection": (0, 120),
}  # fmt: skip
_DAYS = {
    "start_date", "redeployment_entered", "redeployment_left", "other_work_offered", "other_work_starts", "trial_ended",
}  # fmt: skip


def guessed(header: str, cells: Sequence[str], case: Case, day: dt.date | None) -> tuple[str, str]:
    """The column that a header which is not known may be, and the reason; two empty texts where nothing speaks for one.

    >>> guessed("Is it F or M", ["F", "M", "F", "M", "F"], Case(), None)
    ('sex', '100% of its first cells are answers of this kind')
    >>> guessed("Region", ["North", "South"], Case(), None)
    ('', '')
    """
    filled = [cell for cell in cells if cell and not is_missing(cell)]
    of_cells = _by_cells(header, filled, case, day)
    for column, reason in (_by_word(header), of_cells, _by_likeness(header)):
        if column and column != _REFERENCE and ((column, reason) == of_cells or _could_be(column, filled, case, day)):
            return column, reason
    return "", ""


def share_known(column: str, cells: Sequence[str], case: Case) -> float:
    """The share of the cells with an answer that are known answers of a characteristic."""
    filled = [cell for cell in cells if cell and not is_missing(cell)]
    return sum(group is not None for group in groups_of(column, filled, case)) / len(filled) if filled else 0.0


def are_codes(cells: Sequence[str]) -> bool:
    """Whether cells may be codes: of two characters at most, or of digits."""
    filled = [cell for cell in cells if cell and not is_missing(cell)]
    return bool(filled) and all(len(cell) <= _CODE or cell.isdecimal() for cell in filled)


def _by_word(header: str) -> tuple[str, str]:
    """The column that the header is a word for in some files, or that a part of it is known for, and the reason."""
    if column := column_of(header, "asked"):
        return column, "some files have it under this header"
    bare = re.sub(r"\([^)]*\)", " ", as_written(header))
    rest = " ".join(word for word in header_word(header).split() if word not in _AROUND)
    for part in (bare, rest):
        if part.strip() and (column := column_of(part, "people") or column_of(part, "asked")):
            return column, f"a part of its header is “{header_word(part)}”"
    return "", ""


def _by_likeness(header: str) -> tuple[str, str]:
    """The column whose header this one is like, and the reason."""
    known = header_words("people")
    near = difflib.get_close_matches(header_word(header), known, n=1, cutoff=_LIKENESS)
    return (known[near[0]], f"its header is like “{near[0]}”") if near else ("", "")


def _by_cells(header: str, filled: Sequence[str], case: Case, day: dt.date | None) -> tuple[str, str]:
    """The column that these cells look like, and the reason; two empty texts where they look like none."""
    if len(filled) < _LEAST_ANSWERS:
        return "", ""
    times = Counter(filled)
    share, column = max((_share_told(column, times), column) for column in _BY_ANSWERS)
    if share >= _MOST:
        return column, f"{share:.0%} of its first cells are answers of this kind"
    if _looks_like_fte(filled):
        return "fte", "its first cells are 1 or a fraction of it"
    if sum(band_of(cell) is not None for cell in filled) >= _MOST * len(filled) and len(set(filled)) > 2:
        return "age_band", "its first cells are bands of numbers"
    if (
        not all(map(str.isdecimal, filled))
        and _could_be("date_of_birth", filled, case, day)
        and not _OTHER_DAYS & set(header_word(header).split())
    ):
        return "date_of_birth", "its first cells are dates from 15 to 80 years ago"
    return "", ""


def _share_told(column: str, times: Counter[str]) -> float:
    """The share of cells, as often as there are of each, that are answers of a characteristic; 0 unless two different ones speak for it
    and for few others."""
    often_meant = row_words("several meanings") | yes_no().keys()
    groups = {cell: group_of(column, cell) for cell in times}
    telling = {group for cell, group in groups.items() if plain(cell) not in often_meant} - {None}
    if len(telling) < 2:
        return 0.0
    return sum(times[cell] for cell, group in groups.items() if group is not None) / times.total()


def _could_be(column: str, filled: Sequence[str], case: Case, day: dt.date | None) -> bool:
    """Whether these cells may be those of a column: at least half of them, for what is known of it."""
    if not filled:
        return False
    if column == "date_of_birth":
        years = [] if day is None else [day.year - date.year for date in _dates(filled, day)]
        return len(years) == len(filled) and min(years) >= 15 and max(years) <= 80
    if column in _DAYS:
        return 2 * len(_dates(filled, dt.date(2099, 12, 31))) > len(filled)
    fits = _fits(column, case)
    return fits is None or sum(map(fits, filled)) >= _HALF * len(filled)


def _fits(column: str, case: Case) -> Callable[[str], bool] | None:
    """Whether a single cell may be of a column; None where any may."""
    if column in _RANGES:
        low, high = _RANGES[column]
        return lambda cell: (number := _number(cell)) is not None and low <= number <= high
    if column == "age_band":
        return lambda cell: band_of(cell) is not None
    if column == "outcome":
        known = {*outcomes(), *(plain(word) for word in (RETAINED, *case.stages.order, *case.outcomes))}
        return lambda cell: plain(cell) in known
    if column == "volunteered":
        return lambda cell: plain(cell) in volunteering()
    if column in ("downgraded", "hours_cut", "moved"):
        return lambda cell: plain(cell) in yes_no("changed") or _number(cell) is not None
    if column in characteristics() and characteristics()[column].groups:
        key = characteristics()[column].combined_from or column
        return lambda cell: (
            len(cell) <= _CODE or cell.isdecimal() or plain(cell) in yes_no() or group_of(key, cell) is not None
        )
    return None


def _dates(filled: Sequence[str], day: dt.date) -> list[dt.date]:
    return [date for date in read_dates(filled, day).dates if date is not None]


def _number(cell: str) -> float | None:
    try:
        return float(cell.removesuffix("%").replace(",", ""))
    except ValueError:
        return None


def _looks_like_fte(filled: Sequence[str]) -> bool:
    values = [number for cell in filled if (number := _number(cell)) is not None]
    whole = len(values) == len(filled) and 1 in values and any(value < 1 for value in values)
    return whole and all(0 < value <= 1 for value in values)
