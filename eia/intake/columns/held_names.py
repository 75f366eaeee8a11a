"""Takes the columns that name pools and units; gives them without names that may say who somebody is, and the questions about those.

Pools and units of few people need their names, so here it is the look of a name that counts, and not how many share it.
"""

from __future__ import annotations

from collections.abc import Mapping

from eia.case import AS_WRITTEN, LIKELIEST, NAMED, Case
from eia.errors import rows_named, visible
from eia.intake.columns.cells import FileColumn
from eia.intake.columns.identifiers import is_reference, never_kept, says_who
from eia.intake.questions import Choice, OpenQuestion
from eia.vocabulary.synonyms import is_missing, plain, row_words

_CHOICES = (
    Choice(answer=LIKELIEST, words="keep them hidden: each is called by a row of it"),
    Choice(answer=AS_WRITTEN, words="show them as they are written: they say of nobody who it is"),
)


def hold_names(columns: Mapping[str, FileColumn], case: Case) -> tuple[dict[str, FileColumn], tuple[OpenQuestion, ...]]:
    """The columns, each name that looks like a person's, a reference or a sentence called by its first row, and a question for each
    column that has any. Names that the case says are kept."""
    found, asked = dict(columns), []
    for name in NAMED:
        told = case.categories.others.get(name, "")
        if name not in columns or told == AS_WRITTEN:
            continue
        column = columns[name]
        if held := [index for index in _that_say_who(column) if visible(column.cells[index]) not in case.pools]:
            rows = column.rows_of(held)
            found[name] = column.called({index: _by_row(name, column, index) for index in held})
            if not told:
                asked.append(_question(name, column, rows_named(column.raw.row_numbers(rows), len(rows)), len(rows)))
    return found, tuple(asked)


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


def _by_row(name: str, column: FileColumn, cell: int) -> str:
    (row,) = column.raw.row_numbers(column.rows_of([cell])[:1])
    return f"{name.capitalize()} of row {row}"


def _question(name: str, column: FileColumn, where: str, rows: int) -> OpenQuestion:
    return OpenQuestion(
        kind="held names", about=column.header, seen=(), rows=rows, guess=LIKELIEST, choices=_CHOICES, setting=("categories", "others", name),
        reason=f"they look like names of people, references or sentences ({where})", depends=f"what each {name} is called",
    )  # fmt: skip
