"""Takes a file of scores and the file of people; gives the Scores of everybody, joined by reference, and what is wrong with them.

Two layouts are read: a row for each person and criterion, with the criterion's weight; or a row for each person, with a
column for each criterion and one of totals. A column of words is no criterion and is not kept.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from eia.case import Case
from eia.errors import Fault, inert, visible
from eia.intake.columns.cells import FileColumn, file_columns, numbers
from eia.intake.columns.identifiers import held_by_cells, held_by_header
from eia.intake.files.layout import as_written
from eia.intake.files.raw_table import RawTable
from eia.intake.files.references import Keys
from eia.intake.files.text_columns import Cells
from eia.intake.intake_record import Recoding, Source
from eia.intake.people.multiple_posts import Persons
from eia.intake.people.people_file import PeopleFile
from eia.intake.workforce import Criterion, Scores
from eia.vocabulary.synonyms import headers, is_missing, plain

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "criterion": ("criterion", "criteria", "selection criterion"),
    "weight": ("weight", "weighting"),
    "score": ("score", "mark", "points"),
    "total": ("total", "total score", "overall score", "weighted total", "final score", "total points"),
}
MOST = 1_000_000
MOST_CRITERIA = 50
_WEIGHT = re.compile(r"\(weight(?:ing)? ?(\d+(?:\.\d+)?) ?%?\)\s*$", re.IGNORECASE)

Rows = npt.NDArray[np.int64]
Marks = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoresRead:
    """What a file of scores gives: nothing but faults where something is wrong with it. Marks are by person."""

    scores: Scores | None = None
    source: Source | None = None
    recodings: tuple[Recoding, ...] = ()
    faults: tuple[Fault, ...] = ()


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

    Faults: no reference, no criterion, marks or weights that are no numbers, somebody scored twice or not in the file of
    people, a criterion with two weights.
    """
    raw = raw.without_totals()
    at = _positions(raw, case)
    criteria = [] if "criterion" in at else _numeric(raw, case, at)
    missing = _missing(raw, at, criteria)
    if missing:
        return ScoresRead(faults=tuple(missing))
    wanted = [*(at[name] for name in at if name != "reference"), *criteria]
    cells = raw.read(wanted, at["reference"]).without_empty_end()
    columns = file_columns(raw, cells, {index: index for index in wanted})
    person, faults = _people(raw, cells.keys, staff, who, each_once="criterion" not in at)
    marked = _in_rows(at, columns, person) if "criterion" in at else _in_columns(at, criteria, columns, person)
    faults += _twice(marked, raw, each_once="criterion" not in at)
    faults += [fault for column in columns.values() for fault in column.faults]
    if faults:
        return ScoresRead(faults=tuple(faults))
    scores, said = _scores(marked, who.main if who else np.arange(staff.rows), raw)
    return ScoresRead(scores=scores, source=_source(raw, cells), recodings=tuple(said))


def _positions(raw: RawTable, case: Case) -> dict[str, int]:
    """Where the columns of known headers stand, the first of each."""
    words = {word: name for name, known in COLUMNS.items() for word in known}
    found: dict[str, int] = {}
    for index, header in enumerate(raw.headers):
        word = plain(as_written(header))
        name = "reference" if header == case.columns.get("reference") else words.get(word, "")
        if not name and headers().get(word) == "reference" and case.columns.get("reference") not in raw.headers:
            name = "reference"
        if name:
            found.setdefault(name, index)
    if "criterion" not in found and "score" in found:  # one score a person is a total
        found.setdefault("total", found.pop("score"))
    if "criterion" in found:
        found.pop("total", None)
    else:
        found.pop("weight", None)
    return found


def _numeric(raw: RawTable, case: Case, at: Mapping[str, int]) -> list[int]:
    """The columns of numbers that are nothing else that is known: criteria."""
    found = []
    for index, header in enumerate(raw.headers):
        word, cells = plain(as_written(header)), [row[index] for row in raw.sample]
        filled = [cell for cell in cells if cell and not is_missing(cell)]
        other = index in at.values() or word in headers() or header in case.ignored or not word
        if other or held_by_header(as_written(header)) or held_by_cells(cells):
            continue
        if filled and sum(_is_number(cell) for cell in filled) * 2 > len(filled):
            found.append(index)
    return found


def _is_number(cell: str) -> bool:
    return re.fullmatch(r"[+-]?(\d+([.,]\d*)?|\.\d+) ?%?", cell) is not None


def _missing(raw: RawTable, at: Mapping[str, int], criteria: Sequence[int]) -> list[Fault]:
    faults = []
    if "reference" not in at:
        faults.append(
            Fault(code="no-reference", what="There is no column of references to join the scores to.", file=raw.file,
                  row=(raw.header_row,), allowed="an anonymised reference in both files, the same for the same person",
                  do='Name it in the case: [columns] reference = "the header".')
        )  # fmt: skip
    if ("criterion" in at and "score" not in at) or ("criterion" not in at and "total" not in at and not criteria):
        faults.append(
            Fault(code="no-scores", what="There is no column of scores.", file=raw.file, row=(raw.header_row,),
                  allowed="columns of criterion and score; or a column of numbers for each criterion, or of totals",
                  do="Add it, or leave the file of scores out.")
        )  # fmt: skip
    if len(criteria) > MOST_CRITERIA:
        faults.append(
            Fault(code="many-criteria", what=f"There are {len(criteria)} columns of numbers in the file of scores.", file=raw.file,
                  row=(raw.header_row,), allowed=f"at most {MOST_CRITERIA} criteria", do="Leave out the columns that are none.")
        )  # fmt: skip
    return faults


def _people(
    raw: RawTable, keys: Keys | None, staff: PeopleFile, who: Persons | None, *, each_once: bool
) -> tuple[Rows, list[Fault]]:
    """For each row the row of that person in the file of people, -1 for a stranger; the faults of the references."""
    faults: list[Fault] = []
    if keys is None or staff.keys is None:
        return np.empty(0, dtype=np.int64), faults
    places = keys.positions_in(staff.keys)
    blank = keys.blank()
    strangers = np.setdiff1d(np.flatnonzero(places < 0), blank)
    repeated = keys.repeated if each_once else np.empty(0, dtype=np.int64)
    for code, rows, what, do in (
        ("blank-reference", blank, "Some scores have no reference.", "Give each of them the reference of its person."),
        ("scored-not-in-file", strangers, "Some people who were scored are not in the workforce file.",
         "Add these people, or correct their references."),
        ("scored-twice", repeated, "Some people were scored twice.", "Remove one of the rows."),
    ):  # fmt: skip
        if len(rows):
            faults.append(
                Fault(code=code, what=what, file=raw.file, row=raw.row_numbers(rows), rows=len(rows),
                      allowed="people of the workforce file, each scored once", do=do)
            )  # fmt: skip
    return np.where(places < 0, -1, who.main[who.of_row[places]]) if who else places, faults


def _in_rows(at: Mapping[str, int], columns: Mapping[int, FileColumn], person: Rows) -> _Marked:
    """Marks of a file with a row for each person and criterion."""
    named = columns[at["criterion"]]
    blank = [index for index, value in enumerate(named.cells) if not value]
    named.blame(blank, code="no-criterion", what="Some scores are by no criterion.", allowed="the name of a criterion in every row",
                do="Fill these cells in, or remove the rows.")  # fmt: skip
    names = list(dict.fromkeys(plain(value) for value in named.cells))  # capitals make no criterion of its own
    code = np.array([names.index(plain(value)) for value in named.cells], dtype=np.int64)[named.text.codes]
    written = {plain(value): visible(value) for value in reversed(named.cells)}
    marks = numbers(columns[at["score"]], low=-MOST, high=MOST).astype(np.float64)
    weights: list[float | None] = [None] * len(names)
    if "weight" in at:
        column = columns[at["weight"]]
        given = numbers(column, low=0, high=MOST).astype(np.float64)
        for criterion in range(len(weights)):
            held = np.unique(given[(code == criterion) & ~np.isnan(given)])
            weights[criterion] = float(held[0]) if len(held) else None
            if len(held) > 1:
                rows = np.flatnonzero(code == criterion)
                column.faults.append(
                    Fault(code="weights-differ", what="A criterion has more than one weight.", file=column.raw.file, column=column.header,
                          row=column.raw.row_numbers(rows), rows=len(rows), allowed="the same weight for everybody",
                          do="Correct the weights. Where pools have weights of their own, give the totals as a criterion called Total.")
                )  # fmt: skip
    criteria = tuple(Criterion(name=written[name], weight=weight) for name, weight in zip(names, weights, strict=True))
    return _Marked(person, code, marks, criteria)


def _in_columns(
    at: Mapping[str, int], criteria: Sequence[int], columns: Mapping[int, FileColumn], person: Rows
) -> _Marked:
    """Marks of a file with a row for each person."""
    named = [*criteria, *([at["total"]] if "total" in at else [])]
    marks = [numbers(columns[index], low=-MOST, high=MOST).astype(np.float64) for index in named]
    made = []
    for index in named:
        header = columns[index].header
        weight = _WEIGHT.search(header)
        name = "Total" if index == at.get("total") else _WEIGHT.sub("", visible(header)).strip()
        made.append(Criterion(name=name, weight=float(weight[1]) if weight else None))
    return _Marked(
        np.tile(person, len(named)), np.repeat(np.arange(len(named)), len(person)), np.concatenate(marks), tuple(made)
    )


def _twice(marked: _Marked, raw: RawTable, *, each_once: bool) -> list[Fault]:
    """People with two marks by one criterion. Where people have several posts, two rows may come to be of one person."""
    known = marked.person >= 0
    cell = marked.person * max(1, len(marked.criteria)) + marked.criterion
    _, place, often = np.unique(cell[known], return_inverse=True, return_counts=True)
    rows = np.flatnonzero(known)[often[place.reshape(-1)] > 1]
    if not len(rows) or each_once:
        return []
    return [
        Fault(code="scored-twice", what="Some people were scored twice by one criterion.", file=raw.file, row=raw.row_numbers(rows),
              rows=len(rows), allowed="one score a person and criterion", do="Remove one of the rows.")
    ]  # fmt: skip


def _scores(marked: _Marked, people: Rows, raw: RawTable) -> tuple[Scores, list[Recoding]]:
    """The marks by person, and the total: as given, or from marks and weights. people: the row of each in the file of people."""
    table = np.full((len(marked.criteria), int(people.max()) + 1), np.nan)
    table[marked.criterion, marked.person] = marked.mark
    table = table[:, people]
    is_total = [plain(one.name) in COLUMNS["total"] for one in marked.criteria]
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
        said.append(
            Recoding(
                column="scores",
                rule="total worked out as the sum of weight × score",
                rows=int((~np.isnan(total)).sum()),
            )
        )
    elif total is None:
        said.append(
            Recoding(column="scores", rule="no total: neither it nor a weight for every criterion is given", rows=0)
        )
    held = pd.DataFrame(marks.T, columns=[one.name for one in criteria])
    return Scores(
        criteria=criteria, marks=held, total=None if total is None else pd.Series(total), total_given=any(is_total)
    ), said


def _source(raw: RawTable, cells: Cells) -> Source:
    return Source(
        file=raw.file, sha256=raw.sha256, encoding=cells.encoding, rows=cells.rows, remarks="; ".join(raw.remarks)
    )
