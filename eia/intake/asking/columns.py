"""Takes a raw table and the case; gives the questions about columns that would change who is counted: reference, at risk, pool, outcome.

Asked is only where the column is in no known header and the cells speak for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

import numpy as np

from eia.case import Case
from eia.errors import inert, visible
from eia.intake.asking.outcome_words import outcome_by_words
from eia.intake.columns.identifiers import held_by_cells, held_by_header, may_be_shown
from eia.intake.files.raw_table import RawTable
from eia.intake.people.link import are_copies, are_posts
from eia.intake.people.outcomes import known_outcomes
from eia.intake.people.pools import says_at_risk
from eia.intake.questions import Choice, OpenQuestion
from eia.vocabulary.headers import OF_MONEY, header_word, match
from eia.vocabulary.synonyms import is_missing, plain, row_words, yes_no

_POOLS = ("post", "unit", "grade")
"""Columns that may name the pools, the likeliest first: people in the same job are as a rule chosen among."""
_AT_RISK = re.compile(r"\b(at risk|in scope|within scope|affected|impacted|in pool|in a pool|in the pool)\b")
_OUTCOME = re.compile(r"\b(outcome|outcomes|selected|selection|redundan\w+|decision|result|proposal|proposed)\b")
_POOL = re.compile(r"\bpools?\b")
_REFERENCE = re.compile(
    r"\b(ref|refs|reference|id|ids|no|nos|num|number|numbers|code|cd|key|identifier|assignment|payroll|employee|emp|staff|person|personnel)\b"
)
_LOOKS_LIKE_ONE = re.compile(
    r"[A-Za-z]{0,6}[-_/ ]?\d{1,12}([-/]\d{1,4})?[A-Za-z]?|[0-9a-f]{8,36}(-[0-9a-f]{4,12})*", re.ASCII
)
_LEAST = 10
_MOSTLY = 0.9
_HALF = 0.5
_NEARLY_UNIQUE = 0.7
_MOST_POOLS = 60
_SHOWN = 4
_LEAST_DIGITS, _DAY = 6, 8


class _Unknown:
    """The columns of a table whose headers are not known: their positions, and the cells of the first rows."""

    def __init__(self, raw: RawTable, case: Case) -> None:
        self.at = match(raw.headers, "people", said=case.columns)
        taken = {index for indices in self.at.values() for index in indices}
        others = {header for key, header in case.columns.items()} | {
            extra.column for extra in case.characteristics.values()
        }
        self.cells: dict[int, list[str]] = {}
        for index, header in enumerate(raw.headers):
            cells = [row[index] for row in raw.sample]
            named = header in case.ignored or header in others or held_by_header(header)
            if header and index not in taken and not named:
                self.cells[index] = cells


def ask_reference(raw: RawTable, case: Case, *, joined: bool) -> OpenQuestion | None:
    """The question whether a column is the reference, where it matters: it repeats, or another file is joined by it."""
    unknown = _Unknown(raw, case)
    likely = [index for index, cells in unknown.cells.items() if _is_reference(raw.headers[index], cells)]
    if "reference" in unknown.at or not likely:
        return None
    cells = raw.read([indices[0] for indices in unknown.at.values()], likely[0])
    repeated = len(cells.keys.written("suffix").repeated) if cells.keys is not None else 0
    if cells.keys is None or not (repeated or joined):
        return None
    columns = {name: cells.texts[indices[0]].array for name, indices in unknown.at.items()}
    posts = next((columns[name] for name in ("post_reference", "post") if name in columns), None)
    same = (
        not repeated or are_copies(cells.keys, columns.values()) or (posts is not None and are_posts(cells.keys, posts))
    )
    header, share = (
        inert(raw.headers[likely[0]]),
        f"nearly every row has another one, and {repeated:,} rows share theirs",
    )
    differ = "rows that share it differ, and nothing says why"
    return OpenQuestion(
        kind="reference", about=header, seen=(), rows=repeated or cells.rows, guess=header if same else "",
        reason=(share if same else differ) if repeated else "every row has another one",
        choices=(Choice(answer=header, words=f"Rows with the same “{header}” are one person"), Choice(answer="", words="Every row is a person")),
        setting=("columns", "reference"), depends="whether somebody who stands in several rows is counted once",
    )  # fmt: skip


def ask_at_risk(raw: RawTable, case: Case, selections: RawTable | None) -> Iterator[OpenQuestion]:
    """Where nothing names the pools and a column says yes or no of who is at risk: whether that is who is in a pool, and which
    column names the job."""
    unknown = _Unknown(raw, case)
    elsewhere = selections is not None and "pool" in match(selections.headers, "people", said=case.columns)
    flag = case.columns.get("at_risk", "")
    if elsewhere or ("pool" in unknown.at and not flag):
        return
    index = raw.headers.index(flag) if flag and flag in raw.headers else _flag(raw, unknown.cells)
    if index is None:
        return
    header, cells = inert(raw.headers[index]), raw.read([index], None)
    column = cells.texts[index].array
    yes = np.array([says_at_risk(cell) for cell in column.categories.tolist()])[column.codes]
    people, others = cells.weights.of(yes), cells.weights.of(~yes)
    if not flag:
        yield OpenQuestion(
            kind="at risk flag", about=header, seen=("yes", "no"), rows=people, guess=header,
            reason=f"it says yes of {people:,} of {people + others:,} people, and no column names the pools",
            choices=(Choice(answer=header, words=f"Those with yes in “{header}” are in a pool, the others in none"), Choice(answer="", words="It says nothing about pools")),
            setting=("columns", "at_risk"), depends="who could be selected, and whose empty outcome needs no answer",
        )  # fmt: skip
    if "pool" in unknown.at:
        return
    jobs = [(name, unknown.at[name][0]) for name in _POOLS if name in unknown.at]
    choices = [
        Choice(
            answer=inert(raw.headers[at]), words=f"Those at risk with the same “{inert(raw.headers[at])}” are one pool"
        )
        for _, at in jobs
    ]
    one = Choice(answer=header, words="All those at risk are one pool")
    yield OpenQuestion(
        kind="pool", about=choices[0].answer if choices else header, seen=(), rows=people, guess=(choices[0] if choices else one).answer,
        reason="people are as a rule chosen among those who do the same job" if choices else "no other column names jobs or teams",
        choices=(*choices, one), setting=("columns", "pool"), depends="with whom people are compared",
    )  # fmt: skip


def ask_pool_and_outcome(raw: RawTable, case: Case, selections: RawTable | None) -> Iterator[OpenQuestion]:
    """Columns that look as if they named the pools, or held the outcomes, under headers that are not known."""
    unknown = _Unknown(raw, case)
    there = {*unknown.at, *(match(selections.headers, "people", said=case.columns) if selections else ())}
    pools = [index for index, cells in unknown.cells.items() if _names_pools(raw.headers[index], cells)]
    outcomes = [index for index, cells in unknown.cells.items() if _holds_outcomes(raw.headers[index], cells, case)]
    if pools and "pool" not in there:
        yield _may_be(raw, "pool", pools, "“{}” names the pools", "its header says so", "with whom people are compared")
    if outcomes and "outcome" not in there:
        yield _may_be(
            raw, "outcome", outcomes, "“{}” says who is selected", "its cells are outcomes", "who counts as selected"
        )


def _names_pools(header: str, cells: Sequence[str]) -> bool:
    """Whether a column looks as if it named the pools: its header says so, and many share each of its cells."""
    filled = [cell for cell in cells if cell and not is_missing(cell)]
    named = {cell for cell in filled if plain(cell) not in row_words("no pool")}
    if all(plain(cell) in yes_no("in_scope") for cell in filled):  # who is in one, and not in which
        return False
    word = header_word(header)
    return bool(_POOL.search(word) or _AT_RISK.search(word)) and 0 < len(named) <= min(_MOST_POOLS, len(filled) // 2)


def _holds_outcomes(header: str, cells: Sequence[str], case: Case) -> bool:
    """Whether the cells of a column are outcomes: most of them, of two kinds or more, and in words unless the header speaks of outcomes."""
    known = known_outcomes(case)
    filled = [plain(cell) for cell in cells if cell and not is_missing(cell)]
    meant = [found for cell in filled if (found := known.get(cell) or outcome_by_words(cell, case))]
    speaks = any(cell in known and cell not in yes_no() for cell in filled) or _OUTCOME.search(header_word(header))
    return bool(speaks) and len(set(meant)) > 1 and len(meant) > _HALF * len(filled)


def _may_be(
    raw: RawTable, kind: Literal["pool", "outcome"], at: Sequence[int], words: str, reason: str, depends: str
) -> OpenQuestion:
    """The question which of these columns it is, the first as our guess."""
    headers = [inert(raw.headers[index]) for index in at]
    cells = raw.read([at[0]], None)
    column = cells.texts[at[0]].array
    sizes = cells.weights.by(column.codes, len(column.categories)).tolist()
    shared = [
        visible(cell) for cell, rows in zip(column.categories, sizes, strict=True) if cell and may_be_shown(cell, rows)
    ]
    choices = [Choice(answer=header, words=words.format(header)) for header in headers]
    return OpenQuestion(
        kind=kind, about=headers[0], seen=tuple(shared[:_SHOWN]), rows=sum(sizes), guess=headers[0], reason=reason,
        choices=(*choices, Choice(answer="", words=f"Do not use “{headers[0]}”")), setting=("columns", kind), depends=depends,
    )  # fmt: skip


def _flag(raw: RawTable, cells: Mapping[int, Sequence[str]]) -> int | None:
    """The column that says yes or no of who is at risk; None where there is none, or more than one."""
    answers = yes_no("in_scope")
    found = []
    for index, column in cells.items():
        said = {answers.get(plain(cell)) for cell in column if not is_missing(cell)}
        if _AT_RISK.search(header_word(raw.headers[index])) and said and said <= {True, False}:
            found.append(index)
    return found[0] if len(found) == 1 else None


def _is_reference(header: str, cells: Sequence[str]) -> bool:
    """Whether a column looks like references: nearly every cell is another one, of the form of a number or a code."""
    filled, words = [cell for cell in cells if cell], header_word(header)
    if len(filled) < _LEAST or len(filled) < _MOSTLY * len(cells) or OF_MONEY.search(words) or held_by_cells(cells):
        return False
    if len(set(filled)) < _NEARLY_UNIQUE * len(filled) or not all(map(_LOOKS_LIKE_ONE.fullmatch, filled)):
        return False
    with_letters = all(re.search("[A-Za-z]", cell) for cell in filled)
    return bool(_REFERENCE.search(words)) or with_letters or _are_numbers_of_something(filled)


def _are_numbers_of_something(cells: Sequence[str]) -> bool:
    """Whether cells are digits of one length, as a register gives them, perhaps with an assignment behind, and no days written without marks."""
    cells = [re.split(r"[-/_. ]", cell)[0] for cell in cells]
    alike = (
        {len(cell) for cell in cells} <= {len(cells[0])}
        and len(cells[0]) >= _LEAST_DIGITS
        and all(cell.isdecimal() for cell in cells)
    )
    return alike and not (len(cells[0]) == _DAY and all(cell[:2] in ("19", "20") for cell in cells))
