"""Takes a table of vacancies, and one of who was offered them; gives their rows, or one error that lists every fault."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from eia.case import Case
from eia.errors import EiaError, Fault, inert
from eia.intake.columns.cells import FileColumn, days, numbers
from eia.intake.extras.known_headers import REFERENCE, Named, open_named
from eia.intake.extras.leave import Locate
from eia.intake.files.raw_table import RawTable
from eia.vocabulary.synonyms import plain

MOST_POSTS = 10_000
_VACANCY: Mapping[str, tuple[str, ...]] = {
    "vacancy": ("vacancy", "vacancy reference", "vacancy ref", "vacancy number", "vacancy no", "vacancy id"),
    "title": ("title", "vacancy title", "job title", "post title", "post", "role"),
    "posts": ("posts", "number of posts", "vacancies", "number of vacancies"),
    "opens": ("opens", "opening date", "advertised", "advertised from", "available from", "date opened"),
    "closes": ("closes", "closing date", "available until", "date closed", "filled on", "date filled"),
    "unit": ("unit", "service", "team", "department", "directorate"),
    "grade": ("grade", "band", "pay grade", "pay band"),
    "hours": ("hours", "weekly hours", "hours per week", "fte"),
    "place": ("place", "location", "site", "workplace", "base"),
}
_OFFER: Mapping[str, tuple[str, ...]] = {
    "vacancy": _VACANCY["vacancy"],
    "suitable": ("suitable", "suitable and appropriate", "is it suitable"),
    "offered": ("offered", "offered on", "date offered", "date of offer"),
}
_YES_OR_NO: Mapping[str, bool | None] = {"yes": True, "y": True, "no": False, "n": False, "": None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Vacancy:
    """One vacancy, known by the reference that the file gives it.

    posts: how many are to be filled. opens, closes: the first and the last day on which it could be offered; closes is
    None while it is open. title, unit, grade, hours, place: as the file has them, for people to judge by, "" where not given.
    """

    reference: str
    title: str
    posts: int
    opens: dt.date
    closes: dt.date | None
    unit: str = ""
    grade: str = ""
    hours: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What was said of one vacancy to one person.

    vacancy: its reference. person: the place in the workforce. suitable: what people answered, None for no answer yet.
    offered: the day it was offered, None where it was not.
    """

    vacancy: str
    person: int
    suitable: bool | None
    offered: dt.date | None


def read_vacancies(raw: RawTable) -> tuple[Vacancy, ...]:
    """Read a table of vacancies.

    Raises EiaError with every fault: no column of references or of opening days, an empty or repeated reference, no day on
    which it opens, one that closes before it opens, posts that are no whole number from 1. Posts not given are one.
    """
    table = open_named(raw, _VACANCY, needed=("vacancy", "opens"), of="vacancies", each_row="one vacancy", case=Case())
    columns = table.columns
    opens = days(columns["opens"])
    closes = days(columns["closes"]) if "closes" in columns else (None,) * table.rows
    posts = _posts(table)
    references = _cells(columns["vacancy"])
    checks = (
        ("no-vacancy-reference", [not each for each in references], "Some vacancies have no reference.",
         "Fill them in: offers and answers name vacancies by it."),
        ("vacancy-twice", [bool(each) and references.count(each) > 1 for each in references],
         "Some vacancies stand in more than one row.", "Give the number of posts instead."),
        ("no-opening-day", [day is None for day in opens], "Some vacancies have no day on which they open.",
         "Ask from which day each could be offered, and fill it in."),
        ("vacancy-closes-first", [bool(a and b and b < a) for a, b in zip(opens, closes, strict=True)],
         "Some vacancies close before they open.", "Correct these dates."),
    )  # fmt: skip
    allowed = "one row a vacancy: a reference of its own, the day it opens, and a later day or none on which it closes"
    faults = [*table.faults(), *_found(raw, checks, allowed)]
    if faults:
        raise EiaError(faults)
    told = {name: _cells(columns[name]) for name in ("title", "unit", "grade", "hours", "place") if name in columns}
    return tuple(
        Vacancy(
            reference=references[row],
            posts=posts[row],
            opens=opened,
            closes=closes[row],
            **{"title": "", **{name: cells[row] for name, cells in told.items()}},
        )
        for row, opened in enumerate(opens)
        if opened
    )


def read_offers(raw: RawTable, case: Case, vacancies: Collection[str], locate: Locate | None) -> tuple[Offer, ...]:
    """Read a table of offers and of answers whether a vacancy suits a person.

    Parameters
    ----------
    vacancies: the references that there are. locate: where people stand in the workforce.

    Raises
    ------
    EiaError with every fault: no references to join by, people who are not in the workforce, vacancies that are not in their
    file, answers other than yes and no, one person twice for one vacancy.
    """
    if locate is None:
        raise EiaError(
            Fault(code="offers-not-joined", what="Offers name people by reference, and the workforce file has no references.",
                  file=raw.file, allowed="an anonymised reference in both files", do="Add it to the workforce file.")
        )  # fmt: skip
    table = open_named(
        raw, _OFFER, needed=("vacancy", REFERENCE), of="offers", each_row="one vacancy and one person", case=case
    )
    named = _cells(table.columns["vacancy"])
    suitable = _answers(table.columns["suitable"]) if "suitable" in table.columns else [None] * table.rows
    offered = days(table.columns["offered"]) if "offered" in table.columns else (None,) * table.rows
    person = locate(table.keys).tolist() if table.keys else []
    pairs = list(zip(named, person, strict=True))
    checks = (
        ("offer-of-no-vacancy", [each not in vacancies for each in named], "Some offers are of no vacancy in the file.",
         "Correct these references."),
        ("offered-not-in-file", [each < 0 for each in person], "Some offers are to people who are not in the workforce file.",
         "Add these people, or correct their references."),
        ("offer-twice", [pair[1] >= 0 and pairs.count(pair) > 1 for pair in pairs],
         "Some people stand twice for the same vacancy.", "Put the answer and the offer in one row."),
    )  # fmt: skip
    allowed = "one row for each vacancy and person, both as the other files have them, letter for letter"
    faults = [*table.faults(), *_found(raw, checks, allowed)]
    if faults:
        raise EiaError(faults)
    return tuple(
        Offer(vacancy=vacancy, person=place, suitable=suitable[row], offered=offered[row])
        for row, (vacancy, place) in enumerate(pairs)
    )


def _posts(table: Named) -> list[int]:
    if "posts" not in table.columns:
        return [1] * table.rows
    column = table.columns["posts"]
    found = numbers(column, low=1, high=MOST_POSTS)
    odd = np.unique(column.text.codes[np.nan_to_num(found, nan=1) % 1 != 0]).tolist()
    column.blame(odd, code="posts-not-whole", what="Some numbers of posts are not whole.", allowed="whole numbers from 1",
                 do="Give posts, not full-time equivalents.")  # fmt: skip
    return [1 if np.isnan(each) else int(each) for each in found]


def _answers(column: FileColumn) -> list[bool | None]:
    read = [_YES_OR_NO.get(plain(cell)) for cell in column.cells]
    column.blame(
        [place for place, cell in enumerate(column.cells) if plain(cell) not in _YES_OR_NO],
        code="not-yes-or-no", what="Some answers whether a vacancy suits are neither yes nor no.", allowed="yes, no, or an empty cell",
        do="Write yes or no; leave the cell empty where nobody has answered.",
    )  # fmt: skip
    return [read[code] for code in column.text.codes.tolist()]


def _cells(column: FileColumn) -> list[str]:
    return [inert(column.cells[code]) for code in column.text.codes.tolist()]


def _found(raw: RawTable, checks: Iterable[tuple[str, list[bool], str, str]], allowed: str) -> Iterator[Fault]:
    """The faults of those checks that some row fails."""
    for code, wrong, what, do in checks:
        rows = np.flatnonzero(wrong)
        if len(rows):
            yield Fault(
                code=code, what=what, file=raw.file, row=raw.row_numbers(rows), rows=len(rows), allowed=allowed, do=do
            )
