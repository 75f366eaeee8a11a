"""Takes the columns that name pools, units, posts and the like; gives them without names that may say who somebody is.

Pools and units of few people need their names, so here it is the look of a name that counts, and not how many share it. Of a file of people
each such column is a question; of the files beside it the record says what was done.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from eia.case import AS_WRITTEN, LIKELIEST, Case
from eia.errors import rows_named, visible
from eia.intake.columns.cells import FileColumn
from eia.intake.columns.identifiers import is_reference, never_kept, says_who
from eia.intake.intake_record import Recoding
from eia.intake.questions import Choice, OpenQuestion
from eia.vocabulary.synonyms import is_missing, plain, row_words

_OF_PEOPLE = ("pool", "unit")
_CHOICES = (
    Choice(answer=LIKELIEST, words="keep them hidden: each is called by a row of it"),
    Choice(answer=AS_WRITTEN, words="show them as they are written: they say of nobody who it is"),
)


def hold_names(columns: Mapping[str, FileColumn], case: Case) -> tuple[dict[str, FileColumn], tuple[OpenQuestion, ...]]:
    """The columns, each name that looks like a person's, a reference or a sentence called by its first row, and a question for each
    column that has any. Names that the case says are kept."""
    found, asked = dict(columns), []
    for name in _OF_PEOPLE:
        told = case.categories.others.get(name, "")
        if name not in columns or told == AS_WRITTEN:
            continue
        column = columns[name]
        if held := [index for index in _that_say_who(column) if visible(column.cells[index]) not in case.pools]:
            rows = column.rows_of(held)
            people = column.raw.how_many(rows)
            found[name] = column.called(by_row(name, column, held))
            if not told:
                asked.append(_question(name, column, rows_named(column.raw.row_numbers(rows), people), people))
    return found, tuple(asked)


def called_by_row(name: str, texts: Sequence[str], rows: Sequence[int], case: Case) -> dict[str, str]:
    """What names are called that look as if they said who somebody is, by themselves: each by the first row that holds it. None where the
    case says that such names are shown as they are written.

    name: what they are names of, as the case says it. texts, rows: the name in each row, and its number.

    >>> called_by_row("post", ["Clerk", "Jane Smith", "Jane Smith"], [2, 3, 4], Case())
    {'Jane Smith': 'Post of row 3'}
    """
    if case.categories.others.get(name, "") == AS_WRITTEN:
        return {}
    first = dict(zip(reversed(texts), reversed(rows), strict=True))
    often = Counter(texts)
    return {text: f"{name.capitalize()} of row {first[text]}" for text in often if says_who(text, often[text])}


def held_told(name: str, held: Mapping[str, str]) -> Recoding:
    """What is said of names that were not kept."""
    rule = (
        "names that look like those of people, references or sentences: each called by a row of it; "
        f'[categories.others] {name} = "{AS_WRITTEN}" in the case shows them'
    )
    return Recoding(column=name, rule=rule, rows=len(held))


def _that_say_who(column: FileColumn) -> list[int]:
    """The names that look as if they said who somebody is. A number of five digits or more may be a code of a unit: where most names are
    none, it is taken for somebody's however many share it."""
    named = [
        index for index, cell in enumerate(column.cells) if _is_name(cell) and not never_kept(cell)
    ]  # those are refused
    codes = [index for index in named if is_reference(column.cells[index])]
    odd = set(codes) if 2 * len(codes) < len(named) else set()
    return [index for index in named if index in odd or says_who(column.cells[index], column.rows_with(index))]


def _is_name(cell: str) -> bool:
    return not is_missing(cell) and plain(cell) not in row_words("no pool")


def by_row(name: str, column: FileColumn, cells: Sequence[int]) -> dict[int, str]:
    """What these names are called, each by its first row, or by a number where rows have none; those rows are looked for once, since there may be as many as people."""
    cell, first = np.unique(column.text.codes, return_index=True)
    place = dict(zip(cell.tolist(), first[:, np.newaxis], strict=True))
    numbered = {index: column.raw.row_numbers(place[index]) for index in cells}
    return {
        index: f"{name.capitalize()} of row {rows[0]}" if rows else f"{name.capitalize()} not shown ({at})"
        for at, (index, rows) in enumerate(numbered.items(), start=1)
    }


def _question(name: str, column: FileColumn, where: str, rows: int) -> OpenQuestion:
    return OpenQuestion(
        kind="held names", about=column.header, seen=(), rows=rows, guess=LIKELIEST, choices=_CHOICES, setting=("categories", "others", name),
        reason=f"they look like names of people, references or sentences ({where})", depends=f"what each {name} is called",
    )  # fmt: skip
