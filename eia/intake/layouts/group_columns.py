"""Takes a table of people and the case; gives the question about columns that are a group each, with 0 or 1 for everybody; None without any."""

from __future__ import annotations

from eia.case import Case
from eia.errors import inert
from eia.intake.files.raw_table import RawTable
from eia.intake.layouts.terms import characteristic_called, is_answer, told_by_labels
from eia.intake.questions import Choice, OpenQuestion
from eia.vocabulary.characteristics import characteristics

_YES, _NO = frozenset(("1", "1.0", "y", "yes", "true", "x")), frozenset(("", "0", "0.0", "n", "no", "false"))


def ask_group_columns(raw: RawTable, case: Case) -> OpenQuestion | None:
    """Ask about columns named as groups of one characteristic that has no column of its own: nobody is assessed by them.

    >>> from eia.intake.files.raw_table import open_table
    >>> staff = open_table(b"Ref,White,Asian,Black,Pool\\nA1,1,0,0,P\\nA2,0,1,0,P\\nA3,0,0,1,P\\n", name="staff.csv")
    >>> ask_group_columns(staff, Case()).about
    'White, Asian, Black'
    """
    flags = [index for index in range(len(raw.headers)) if _is_flag(raw, index)]
    key = told_by_labels([raw.headers[index] for index in flags], case, least=2) or _first_of(raw, flags, case)
    named = [index for index in flags if key and is_answer(key, raw.headers[index], case)]
    if len(named) < 2 or any(characteristic_called(header, case) == key for header in raw.headers):
        return None
    others = [index for index in flags if index not in named and min(named) < index <= max(named) + 1]
    found = sorted([*named, *others]) if _one_each(raw, [*named, *others]) else named
    about = ", ".join(inert(raw.headers[index]) for index in found)
    if about in case.ignored or all(raw.headers[index] in case.ignored for index in found):
        return None
    title = characteristics()[key].title
    return OpenQuestion(
        kind="group columns", about=about, seen=tuple(inert(raw.headers[index]) for index in found), rows=raw.read([found[0]], None).rows, guess="",
        reason=f"each is named as a group of {title} and says yes or no, and {title} has no column of its own",
        choices=(Choice(answer="", words=f"Leave them out. To assess {title}, put everybody's group into one column"),),
        setting=("ignored",), depends=f"whether {title} is assessed",
    )  # fmt: skip


def _is_flag(raw: RawTable, index: int) -> bool:
    """Whether a column says yes of some people and no of others, and nothing else."""
    cells = {row[index].casefold() for row in raw.sample}
    return bool(cells & _YES) and bool(cells & _NO) and cells <= _YES | _NO


def _first_of(raw: RawTable, flags: list[int], case: Case) -> str:
    """The characteristic of which two or more of the columns are groups, where others among them are of something else."""
    keys = [told_by_labels([raw.headers[index]], case, least=1) for index in flags]
    return next((key for key in keys if key and keys.count(key) > 1), "")


def _one_each(raw: RawTable, columns: list[int]) -> bool:
    """Whether each of the first rows says yes in one of these columns only."""
    return all(sum(row[index].casefold() in _YES for index in columns) == 1 for row in raw.sample)
