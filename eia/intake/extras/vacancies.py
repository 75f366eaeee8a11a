"""Takes a table of vacancies, and one of who was offered them; gives their rows, or one error that lists every fault."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np

from eia import budget
from eia.case import Case
from eia.errors import EiaError, Fault
from eia.intake.columns.cells import by_word, days, numbers
from eia.intake.columns.held_names import called_by_row
from eia.intake.columns.identifiers import names_somebody
from eia.intake.columns.known_table import REFERENCE, KnownTable, open_known
from eia.intake.extras.leave import Locate
from eia.intake.files.raw_table import RawTable
from eia.vocabulary.synonyms import yes_no

_NAMES = {"title": "post", "unit": "unit", "grade": "grade", "hours": "hours", "place": "place"}


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


def read_vacancies(raw: RawTable, case: Case | None = None) -> tuple[Vacancy, ...]:
    """Read a table of vacancies. case: whether names in it are shown as they are written.

    Raises EiaError with every fault: no column of references or of opening days, an empty or repeated reference, or one that says who somebody is, no day on
    which it opens, one that closes before it opens, posts that are no whole number from 1. Posts not given are one.
    """
    table = open_known(raw, "vacancies", Case(), needed=("vacancy", "opens"), each_row="one vacancy")
    columns = table.columns
    opens = days(columns["opens"])
    closes = days(columns["closes"]) if "closes" in columns else (None,) * table.rows
    posts = _posts(table)
    references = table.cells("vacancy")
    often = Counter(references)
    checks = (
        ("no-vacancy-reference", [not each for each in references], "Some vacancies have no reference.",
         "Fill them in: offers and answers name vacancies by it."),
        ("vacancy-twice", [bool(each) and often[each] > 1 for each in references],
         "Some vacancies stand in more than one row.", "Give the number of posts instead."),
        ("vacancy-named", [names_somebody(each) for each in references],
         "Some references of vacancies look like names of people, or sentences.", "Give each vacancy a number."),
        ("no-opening-day", [day is None for day in opens], "Some vacancies have no day on which they open.",
         "Ask from which day each could be offered, and fill it in."),
        ("vacancy-closes-first", [bool(a and b and b < a) for a, b in zip(opens, closes, strict=True)],
         "Some vacancies close before they open.", "Correct these dates."),
    )  # fmt: skip
    allowed = "one row a vacancy: a reference of its own, the day it opens, and a later day or none on which it closes"
    _check(table, checks, allowed)
    told = {name: _shown(table, name, kind, case or Case()) for name, kind in _NAMES.items()}
    return tuple(
        Vacancy(
            reference=references[row],
            posts=posts[row],
            opens=opened,
            closes=closes[row],
            **{name: cells[row] for name, cells in told.items()},
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
        raise EiaError(Fault(code="offers-not-joined", what="Offers name people by reference, and the workforce file has no references.",
                             file=raw.file, allowed="an anonymised reference in both files", do="Add it to the workforce file."))  # fmt: skip
    table = open_known(raw, "offers", case, needed=("vacancy", REFERENCE), each_row="one vacancy and one person")
    named = table.cells("vacancy")
    suitable: list[bool | None] = [None] * table.rows
    if "suitable" in table.columns:
        suitable = by_word(
            table.columns["suitable"], yes_no(), code="not-yes-or-no",
            what="Some answers whether a vacancy suits are neither yes nor no.", allowed="yes, no, or an empty cell",
            do="Write yes or no; leave the cell empty where nobody has answered.",
        )  # fmt: skip
    offered = days(table.columns["offered"]) if "offered" in table.columns else (None,) * table.rows
    person = locate(table.keys).tolist() if table.keys else []
    pairs = list(zip(named, person, strict=True))
    often = Counter(pairs)
    checks = (
        ("offer-of-no-vacancy", [each not in vacancies for each in named], "Some offers are of no vacancy in the file.",
         "Correct these references."),
        ("offered-not-in-file", [each < 0 for each in person], "Some offers are to people who are not in the workforce file.",
         "Add these people, or correct their references."),
        ("offer-twice", [pair[1] >= 0 and often[pair] > 1 for pair in pairs],
         "Some people stand twice for the same vacancy.", "Put the answer and the offer in one row."),
    )  # fmt: skip
    allowed = "one row for each vacancy and person, both as the other files have them, letter for letter"
    _check(table, checks, allowed)
    return tuple(
        Offer(vacancy=vacancy, person=place, suitable=suitable[row], offered=offered[row])
        for row, (vacancy, place) in enumerate(pairs)
    )


def _shown(table: KnownTable, name: str, kind: str, case: Case) -> list[str]:
    """What each row says in a column, names that look like people's called by their row. kind: what the case calls them."""
    cells = table.cells(name)
    held = called_by_row(kind, cells, range(table.raw.header_row + 1, table.raw.header_row + 1 + table.rows), case)
    return [held.get(cell, cell) for cell in cells]


def _posts(table: KnownTable) -> list[int]:
    if "posts" not in table.columns:
        return [1] * table.rows
    column = table.columns["posts"]
    found = numbers(column, low=1, high=budget.VACANT_POSTS)
    odd = np.unique(column.text.codes[np.nan_to_num(found, nan=1) % 1 != 0]).tolist()
    column.blame(odd, code="posts-not-whole", what="Some numbers of posts are not whole.", allowed="whole numbers from 1",
                 do="Give posts, not full-time equivalents.")  # fmt: skip
    return [1 if np.isnan(each) else int(each) for each in found]


def _check(table: KnownTable, checks: Iterable[tuple[str, list[bool], str, str]], allowed: str) -> None:
    """Raise everything wrong with a table: the cells at fault, and the rows that fail one of these checks."""
    faults = table.faults()
    for code, wrong, what, do in checks:
        faults.of_rows(table.raw, np.flatnonzero(wrong), code=code, what=what, allowed=allowed, do=do)
    faults.raise_if_any()
