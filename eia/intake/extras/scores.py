"""Takes a file of scores and the file of people; gives the Scores of everybody, joined by reference, and what is wrong with them.

Two layouts are read: a row for each person and criterion, with the criterion's weight; or a row for each person, with a
column for each criterion and one of totals. A column of words is no criterion and is not kept.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from eia import budget
from eia.case import AS_WRITTEN, Case
from eia.errors import EiaError, Fault, Faults, inert, visible
from eia.intake.columns.cells import numbers
from eia.intake.columns.identifiers import held_by_cells, held_by_header, says_who
from eia.intake.columns.known_table import REFERENCE, KnownTable, columns_at, read_columns
from eia.intake.files.raw_table import RawTable
from eia.intake.intake_record import Recoding, Source
from eia.intake.people.join_causes import join_cause
from eia.intake.people.link import Persons, Rows
from eia.intake.people.people_file import PeopleFile
from eia.intake.workforce import Criterion, Scores
from eia.vocabulary.headers import column_headers, column_of, header_word
from eia.vocabulary.synonyms import is_missing, plain

MOST = 1_000_000
_WEIGHT = re.compile(r"\(weight(?:ing)? ?(\d+(?:\.\d+)?) ?%?\)\s*$", re.IGNORECASE)

Marks = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoresRead:
    """What a file of scores gives. Marks are by person."""

    scores: Scores
    source: Source
    recodings: tuple[Recoding, ...]


@dataclass(frozen=True, slots=True)
class _Marked:
    """Marks as the file gives them: whose (-1 for a stranger), by which criterion of ``criteria``, which mark."""

    person: Rows
    criterion: Rows
    mark: Marks
    criteria: tuple[Criterion, ...]


def read_scores(raw: RawTable, case: Case, staff: PeopleFile, who: Persons | None) -> ScoresRead:
    """Read a file of scores.

    Parameters
    ----------
    raw: the file. case: which header is the reference, and what to ignore. staff: the file of people. who: whose rows are
    whose, where people have several posts: marks count beside the main one.

    Raises
    ------
    EiaError with every fault: no reference, no criterion, marks or weights that are no numbers, somebody scored twice or not in the file
    of people, a criterion with two weights.
    """
    raw = raw.without_totals()
    at = _positions(raw, case)
    by_row = "criterion" in at
    criteria = {} if by_row else _numeric(raw, case, at)
    _refuse_without_scores(raw, at, criteria)
    table = read_columns(raw, at | criteria, case)
    faults = Faults()
    person = _people(table, staff, who, faults, each_once=not by_row)
    if by_row:
        marked = _in_rows(table, person, case, faults)
        faults.of_rows(
            raw, _twice(marked), code="scored-twice", what="Some people were scored twice by one criterion.",
            allowed="one score a person and criterion", do="Remove one of the rows.",
        )  # fmt: skip
    else:
        marked = _in_columns(table, [*criteria, *({"total"} & at.keys())], person)
    faults.extend(table.faults())
    faults.raise_if_any()
    scores, said = _scores(marked, who.main if who else np.arange(staff.rows), raw)
    return ScoresRead(scores=scores, source=table.source, recodings=tuple(said))


def _positions(raw: RawTable, case: Case) -> dict[str, int]:
    """Where the columns of known headers stand, the first of each."""
    found = {name: min(at) for name, at in columns_at(raw, "scores", case).items()}
    if "criterion" not in found and "score" in found:  # one score a person is a total
        found.setdefault("total", found.pop("score"))
    found.pop("total" if "criterion" in found else "weight", None)
    return found


def _numeric(raw: RawTable, case: Case, at: Mapping[str, int]) -> dict[str, int]:
    """The columns of numbers that are nothing else that is known, by their headers: criteria."""
    found = {}
    for index, header in enumerate(raw.headers):
        word, cells = header_word(header), [row[index] for row in raw.sample]
        filled = [cell for cell in cells if cell and not is_missing(cell)]
        other = index in at.values() or column_of(header, "people") or header in case.ignored or not word
        if other or held_by_header(header) or held_by_cells(cells):
            continue
        if filled and sum(_is_number(cell) for cell in filled) * 2 > len(filled):
            found[f"criterion {header}"] = index
    return found


def _is_number(cell: str) -> bool:
    return re.fullmatch(r"[+-]?(\d+([.,]\d*)?|\.\d+) ?%?", cell) is not None


def _refuse_without_scores(raw: RawTable, at: Mapping[str, int], criteria: Collection[str]) -> None:
    faults = Faults()
    if REFERENCE not in at:
        faults.add(Fault(code="no-reference", what="There is no column of references to join the scores to.", file=raw.file,
                         row=(raw.header_row,), allowed="an anonymised reference in both files, the same for the same person",
                         do='Name it in the case: [columns] reference = "the header".'))  # fmt: skip
    if ("criterion" in at and "score" not in at) or ("criterion" not in at and "total" not in at and not criteria):
        faults.add(Fault(code="no-scores", what="There is no column of scores.", file=raw.file, row=(raw.header_row,),
                         allowed="columns of criterion and score; or a column of numbers for each criterion, or of totals",
                         do="Add it, or leave the file of scores out."))  # fmt: skip
    faults.raise_if_any()
    _refuse_many(raw, len(criteria), "columns of numbers")


def _refuse_many(raw: RawTable, criteria: int, what: str) -> None:
    if criteria > budget.CRITERIA:
        raise EiaError(Fault(code="many-criteria", what=f"There are {criteria:,} {what} in the file of scores.", file=raw.file,
                             row=(raw.header_row,), allowed=f"at most {budget.CRITERIA} criteria", do="Leave out what is none."))  # fmt: skip


def _people(table: KnownTable, staff: PeopleFile, who: Persons | None, faults: Faults, *, each_once: bool) -> Rows:
    """For each row the row of that person in the file of people, -1 for a stranger."""
    keys = table.keys
    if keys is None or staff.keys is None:
        return np.empty(0, dtype=np.int64)
    places = keys.positions_in(staff.keys)
    blank = keys.blank()
    strangers = np.setdiff1d(np.flatnonzero(places < 0), blank)
    repeated = keys.repeated if each_once else np.empty(0, dtype=np.int64)
    cause = join_cause(keys, staff.keys)
    for code, rows, what, do in (
        ("blank-reference", blank, "Some scores have no reference.", "Give each of them the reference of its person."),
        ("scored-not-in-file", strangers, "Some people who were scored are not in the workforce file.",
         "Add these people, or correct their references."),
        ("scored-twice", repeated, "Some people were scored twice.", "Remove one of the rows."),
    ):  # fmt: skip
        if cause and rows is strangers:
            what, do = f"{what[:-1]}: {cause.what}.", cause.do
        faults.of_rows(
            table.raw, rows, code=code, what=what, allowed="people of the workforce file, each scored once", do=do
        )
    return who.main_of(places) if who else places


def _in_rows(table: KnownTable, person: Rows, case: Case, faults: Faults) -> _Marked:
    """Marks of a file with a row for each person and criterion."""
    named = table.columns["criterion"]
    blank = [index for index, value in enumerate(named.cells) if not value]
    named.blame(blank, code="no-criterion", what="Some scores are by no criterion.", allowed="the name of a criterion in every row",
                do="Fill these cells in, or remove the rows.")  # fmt: skip
    names = list(dict.fromkeys(plain(value) for value in named.cells))  # capitals make no criterion of its own
    _refuse_many(table.raw, len(names), "criteria")
    code = np.array([names.index(plain(value)) for value in named.cells], dtype=np.int64)[named.text.codes]
    shown = case.categories.others.get("criterion", "") == AS_WRITTEN
    held = [index for index, cell in enumerate(named.cells) if not shown and says_who(cell, named.rows_with(index))]
    named.note(
        held,
        f'names that look like people\'s or sentences: called by a number; [categories.others] criterion = "{AS_WRITTEN}" shows them',
    )
    written = {plain(value): visible(value) for value in reversed(named.cells)}
    written |= {plain(named.cells[index]): f"Criterion {names.index(plain(named.cells[index])) + 1}" for index in held}
    marks = numbers(table.columns["score"], low=-MOST, high=MOST).astype(np.float64)
    weights = _weights(table, code, len(names), faults)
    criteria = tuple(Criterion(name=written[name], weight=weight) for name, weight in zip(names, weights, strict=True))
    return _Marked(person, code, marks, criteria)


def _weights(table: KnownTable, criterion: Rows, criteria: int, faults: Faults) -> list[float | None]:
    """The weight of each criterion, which is the same in every row of it."""
    if "weight" not in table.columns:
        return [None] * criteria
    column, weights = table.columns["weight"], []
    given = numbers(column, low=0, high=MOST).astype(np.float64)
    for each in range(criteria):
        held = np.unique(given[(criterion == each) & ~np.isnan(given)])
        weights.append(float(held[0]) if len(held) else None)
        faults.of_rows(
            table.raw, np.flatnonzero(criterion == each) if len(held) > 1 else (), column=column.header, code="weights-differ",
            what="A criterion has more than one weight.", allowed="the same weight for everybody",
            do="Correct the weights. Where pools have weights of their own, give the totals as a criterion called Total.",
        )  # fmt: skip
    return weights


def _in_columns(table: KnownTable, names: Sequence[str], person: Rows) -> _Marked:
    """Marks of a file with a row for each person, a column for each criterion and one of totals."""
    made = []
    for name in names:
        header = table.columns[name].header
        weight = _WEIGHT.search(header)
        shown = "Total" if name == "total" else _WEIGHT.sub("", visible(header)).strip()
        made.append(Criterion(name=shown, weight=float(weight[1]) if weight else None))
    marks = [numbers(table.columns[name], low=-MOST, high=MOST).astype(np.float64) for name in names]
    criterion = np.repeat(np.arange(len(names)), len(person))
    return _Marked(np.tile(person, len(names)), criterion, np.concatenate(marks), tuple(made))


def _twice(marked: _Marked) -> Rows:
    """Rows of people with two marks by one criterion. Where people have several posts, two rows may come to be of one person."""
    known = marked.person >= 0
    cell = marked.person * max(1, len(marked.criteria)) + marked.criterion
    _, place, often = np.unique(cell[known], return_inverse=True, return_counts=True)
    rows: Rows = np.flatnonzero(known)[often[place.reshape(-1)] > 1]
    return rows


def _scores(marked: _Marked, people: Rows, raw: RawTable) -> tuple[Scores, list[Recoding]]:
    """The marks by person, and the total: as given, or from marks and weights. people: the row of each in the file of people."""
    table = np.full((len(marked.criteria), int(people.max()) + 1), np.nan)
    table[marked.criterion, marked.person] = marked.mark
    table = table[:, people]
    is_total = [plain(one.name) in column_headers("scores")["total"] for one in marked.criteria]
    criteria = tuple(one for one, total in zip(marked.criteria, is_total, strict=True) if not total)
    marks = table[np.flatnonzero(~np.array(is_total, dtype=np.bool_))]
    total = table[is_total.index(True)] if any(is_total) else None
    weights = [one.weight for one in criteria if one.weight is not None]
    said = []
    if criteria:
        rule = f"criteria read in {inert(raw.file)}: {', '.join(inert(one.name) for one in criteria)}"
        said.append(Recoding(column="scores", rule=rule, rows=int((~np.isnan(table)).any(axis=0).sum())))
    if total is None and criteria and len(weights) == len(criteria):
        total = np.round(np.array(weights) @ marks, 6)  # nobody without every mark has one
        rule = "total worked out as the sum of weight × score"
        said.append(Recoding(column="scores", rule=rule, rows=int((~np.isnan(total)).sum())))
    elif total is None:
        rule = "no total: neither it nor a weight for every criterion is given"
        said.append(Recoding(column="scores", rule=rule, rows=0))
    held = pd.DataFrame(marks.T, columns=[one.name for one in criteria])
    return Scores(
        criteria=criteria, marks=held, total=None if total is None else pd.Series(total), total_given=any(is_total)
    ), said
