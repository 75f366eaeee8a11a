"""Takes a raw table and the case; gives the question whether people who have left count, and the table without them.

Somebody has left where a date of leaving is filled in and not ahead of the day of the file, or where a reason or a status says so.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from eia.case import Case
from eia.errors import inert
from eia.intake.columns.dates import read_dates
from eia.intake.columns.identifiers import may_be_shown
from eia.intake.files.raw_table import RawTable
from eia.intake.files.text_columns import Mask, Weights
from eia.intake.intake_record import Recoding
from eia.intake.questions import Choice, OpenQuestion
from eia.vocabulary.headers import column_of, match
from eia.vocabulary.synonyms import is_missing, plain, row_words, yes_no

SETTING = ("people", "leavers")
_STAYS = re.compile(r"\b(employed|active|current|not applicable|n a)\b")
_AHEAD = dt.date(2199, 12, 31)


@dataclass(frozen=True, slots=True)
class Leavers:
    """Who has left, one entry a row. people: how many they are. by: the positions of the columns that may say it. beside: of those read with them. header: the column that
    says it. words: what it says of them, where that is a status."""

    gone: Mask
    people: int
    by: tuple[int, ...]
    beside: tuple[int, ...]
    header: str
    words: tuple[str, ...]
    listed: (
        bool  # whether most of them are in a pool or have an outcome: the file tells of a redundancy that has happened
    )


def find_leavers(raw: RawTable, case: Case) -> Leavers | None:
    """The people of a file who have left; None where no column says so, or it says so of everybody."""
    taken = match(raw.headers, "people", said=case.columns)
    chosen = [taken[name][0] for name in ("outcome", "pool") if name in taken]
    kinds = {
        index: kind
        for index, header in enumerate(raw.headers)
        if index not in chosen
        and header not in case.ignored
        and (kind := _kind(header, [row[index] for row in raw.sample]))
    }
    if not kinds:
        return None
    cells = raw.read([*kinds, *chosen], None)
    gone, told, words = np.zeros(cells.rows, dtype=bool), "", []
    for index, kind in kinds.items():
        column = cells.texts[index].array
        labels = column.categories.tolist()
        left = _left(labels, kind, case)
        if any(left):
            here = np.array(left)[column.codes]
            told = told or raw.headers[index]
            gone |= here
            words += _shown(column, left, cells.weights) if kind == "status" else []
    if not gone.any() or gone.all():
        return None
    listed = np.zeros(cells.rows, dtype=bool)
    for index in chosen[:1]:  # whoever had left by then stays in the pool on paper, with no outcome
        column = cells.texts[index].array
        named = [plain(label) not in row_words("no pool") for label in column.categories]
        listed |= np.array(named)[column.codes]
    return Leavers(
        gone,
        cells.weights.of(gone),
        tuple(kinds),
        tuple(chosen),
        inert(told),
        tuple(map(inert, words[:5])),
        cells.weights.of(listed & gone) * 2 > cells.weights.of(gone),
    )


def ask_leavers(raw: RawTable, case: Case, selections: RawTable | None) -> OpenQuestion | None:
    """The question whether people who have left count, where the case does not say."""
    if case.people.leavers or (found := find_leavers(raw, case)) is None:
        return None
    rows, listed = found.people, found.listed or _in_selections(raw, case, selections, found.gone)
    return OpenQuestion(
        kind="leavers", about=found.header, seen=found.words, rows=rows, setting=SETTING,
        guess="counted" if listed else "left out",
        reason="most of them have an outcome, or are in a pool where none is given" if listed else "they are not employed any more, and few of them have an outcome or, where none is given, a pool",
        choices=(
            Choice(answer="left out", words="They have left: leave them out"),
            Choice(answer="counted", words="Count them with everybody else"),
        ),
        depends="how many people there are, and what share of each group is at risk",
    )  # fmt: skip


def without_leavers(raw: RawTable, case: Case) -> tuple[RawTable, list[Recoding]]:
    """The table without people who have left, where the case says that these are left out, and what to say of it."""
    if case.people.leavers != "left out" or (found := find_leavers(raw, case)) is None:
        return raw, []
    said = Recoding(
        column=found.header, rule="people who have left by the day of the file: left out", rows=found.people
    )
    return raw.only(np.flatnonzero(~found.gone)), [said]


def _in_selections(raw: RawTable, case: Case, selections: RawTable | None, gone: Mask) -> bool:
    """Whether a file of selections names most of these people."""
    ours = match(raw.headers, "people", said=case.columns).get("reference")
    theirs = match(selections.headers, "people", said=case.columns).get("reference") if selections else None
    if selections is None or ours is None or theirs is None:
        return False
    keys, named = raw.read([], ours[0]).keys, selections.read([], theirs[0]).keys
    if keys is None or named is None:
        return False
    return bool((keys.positions_in(named)[gone] >= 0).sum() * 2 > gone.sum())


def _shown(column: pd.Categorical, left: list[bool], weights: Weights) -> list[str]:
    """The cells of these that may be shown: words of a status, and what enough rows share."""
    sizes = weights.by(column.codes, len(left)).tolist()
    told = zip(column.categories, left, sizes, strict=True)
    return [
        label
        for label, is_left, rows in told
        if is_left and (plain(label) in row_words("left") or may_be_shown(label, rows))
    ]


def _kind(header: str, cells: list[str]) -> str:
    """Whether a column may say who has left: "date", "flag", "reason" or "status"; "" where it cannot."""
    distinct = {plain(cell) for cell in cells if cell}
    if kind := column_of(header, "leavers"):
        return kind
    speak = distinct & row_words("left"), distinct & row_words("employed")
    return "status" if len(distinct) <= 12 and all(speak) else ""


def _left(labels: list[str], kind: str, case: Case) -> list[bool]:
    """Which of these cells say that somebody has left."""
    if kind == "date":
        day = case.dates.extract or case.dates.proposal
        dates = read_dates(labels, day or _AHEAD).dates
        return [
            date is not None and not is_missing(label) and (day is None or date <= day)
            for label, date in zip(labels, dates, strict=True)
        ]
    if kind == "reason":
        return [bool(label) and not is_missing(label) and not _STAYS.search(plain(label)) for label in labels]
    if kind == "flag":
        return [yes_no().get(plain(label), False) for label in labels]
    return [_says_left(plain(label)) for label in labels]


def _says_left(word: str) -> bool:
    """Whether a status says it: in one of the known words, or as one such as “voluntarily terminated”."""
    return word in row_words("left") or bool({"terminated", "leaver", "former"} & set(word.split()))
