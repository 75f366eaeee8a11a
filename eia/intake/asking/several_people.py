"""Takes a raw table; gives what shows that its rows stand for several people each, or None where nothing does.

Only headers and the first rows are looked at. A word such as Count tells little: it may stand above the marks or the number of
one person. So where the header alone does not say it, the other columns have to be labels, and no two rows the same in them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from eia.case import Case
from eia.errors import Fault, inert
from eia.intake.files.layout import is_total
from eia.intake.files.raw_table import RawTable
from eia.intake.questions import Choice, OpenQuestion
from eia.vocabulary.headers import OF_MONEY, as_written, column_of, header_word
from eia.vocabulary.synonyms import group_of, is_missing, withheld_marks

SEVERAL_ALLOWED = (
    "one row a person; or a table of counts with the columns characteristic, group, pool, people and selected"
)
SEVERAL_DO = (
    "Ask for one row a person, or lay the figures out as counts: one row for each group of each characteristic in each pool. Leave the rows "
    "in until then, totals too."
)
_PEOPLE = r"(people|persons?|staff|employees?|workers?|posts?|records?|heads?|individuals|headcount|fte|wte)"
_SURE = re.compile(
    rf"(number|no|nr|num|volume|count|sum|total|how many) (of )?{_PEOPLE}.*|{_PEOPLE} ?(count|nos?|numbers?)|record ?count|frequency|freq|staff in post"
    r"|how many|(post|job|role)? ?holders|occupants|incumbents|hc|of (whom|which) .+"
)
_LIKELY = re.compile(
    rf"n|no|num|number|counts?|totals?|value|values|obs value|sum|{_PEOPLE}|all {_PEOPLE}|(count|number|sum|total)s? (of )?.+"
)
_NUMBER = re.compile(r"\d{1,3}(,\d{3})+|\d+(\.\d+)?", re.ASCII)
_LEAST_ROWS, _CODES = 3, 2
_NEARLY_UNIQUE = 0.8
_OF_A_PERSON = frozenset({
    "age", "service", "hours", "full_time_hours", "pay", "date_of_birth", "start_date", "reference", "post_reference", "fte_percent",
    "pay_after", "pay_lost", "pay_protection", "fte_after", "round",
})  # fmt: skip
_CHARACTERISTICS = (
    "sex",
    "race",
    "religion",
    "sexual_orientation",
    "marriage",
    "disability",
    "working_pattern",
    "contract",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StandsForSeveral:
    """Why the rows of a table stand for several people each.

    how: "count" where a column says how many, "fte" where it says how much full-time work, "groups" where each group has a
    column. columns: where the figures stand, by position. headers: the same by name, as they may be shown.
    """

    how: Literal["count", "fte", "groups"]
    columns: tuple[int, ...]
    headers: tuple[str, ...]


def stands_for_several(raw: RawTable) -> StandsForSeveral | None:
    """What shows that each row stands for several people; None where each may be one person.

    >>> from eia.intake.files.raw_table import open_table
    >>> stands_for_several(open_table(b"Pool,Sex,Count\\nA,F,14\\nA,M,6\\nB,F,7\\nB,M,5\\n")).headers
    ('Count',)
    >>> stands_for_several(open_table(b"Ref,Sex,Number\\nA1,F,14\\nA2,M,6\\nA3,F,7\\nA4,M,5\\n")) is None
    True
    """
    columns = list(zip(*raw.sample, strict=True)) if raw.sample else []
    figures = {index: _figures(cells) for index, cells in enumerate(columns)}
    known = [column_of(header, "people") for header in raw.headers]
    counting = [
        index
        for index, found in figures.items()
        if found and known[index] not in _OF_A_PERSON and not OF_MONEY.search(header_word(raw.headers[index]))
    ]
    words = [header_word(header) for header in raw.headers]
    for index in counting:
        if (_SURE.fullmatch(words[index]) or column_of(words[index], "headcounts")) and max(figures[index]) > 1:
            return _found(raw, "count", (index,))
    whole = [index for index in counting if _whole(figures[index]) and known[index] != "fte"]
    if "reference" not in known and (summed := [index for index in whole if _adds_up(raw, index)]):
        return _found(raw, "count", tuple(summed[:1]))
    labels = [index for index, found in figures.items() if not found]
    if not _only_labels(columns, labels, known):
        return None
    if likely := [index for index in whole if _LIKELY.fullmatch(words[index])]:
        return _found(raw, "count", tuple(likely[:1]))
    groups = tuple(index for index in whole if _is_group(raw.headers[index]))
    if len(groups) > 1:
        return _found(raw, "groups", groups)
    fte = [
        index
        for index in counting
        if known[index] == "fte" and sum(value > 2 for value in figures[index]) * 3 >= len(figures[index])
    ]
    if fte:
        return _found(raw, "fte", tuple(fte[:1]))
    crossed = math.prod(len(set(columns[index])) for index in labels)
    if len(whole) == 1 and len(labels) > 1 and len(raw.sample) * 2 >= crossed:
        return _found(raw, "count", tuple(whole))
    return None


def ask_several(raw: RawTable, case: Case) -> OpenQuestion | None:
    """The question whether a column of whole numbers under a header that is not known says how many people each row stands for.

    Asked only where nothing else in the file is of one person: no reference, no age, no pay. Two different numbers are codes.

    >>> from eia.intake.files.raw_table import open_table
    >>> ask_several(open_table(b"Pool,Sex,Zahl\\nA,F,4\\nA,F,6\\nB,M,7\\nB,F,5\\n"), Case()).about
    'Zahl'
    """
    known = [column_of(header, "people") for header in raw.headers]
    said = {*case.columns.values(), *case.ignored}
    if case.people.rows is not None or _OF_A_PERSON & {*known, *case.columns} or len(raw.sample) < _LEAST_ROWS:
        return None
    for index, cells in enumerate(zip(*raw.sample, strict=True)):
        header, figures = raw.headers[index], _figures(cells)
        if (
            not known[index]
            and header not in said
            and _whole(figures)
            and len(set(figures)) > _CODES
            and not OF_MONEY.search(header_word(header))
        ):
            return OpenQuestion(
                kind="several people", about=inert(header), seen=(), rows=0, guess="people", setting=("people", "rows"),
                reason="several rows have the same labels, as people do",
                choices=(
                    Choice(answer="people", words="No, each row is one person"),
                    Choice(answer="counts", words="Yes, the column says how many people have these labels"),
                ),
                depends="how many people there are",
            )  # fmt: skip
    return None


def several_fault(raw: RawTable, found: StandsForSeveral) -> Fault:
    """The fault of a table whose rows stand for several people each, where people are wanted."""
    how = {
        "count": "says how many", "fte": "holds the work of more than one person", "groups": "and others hold how many of each group",
    }[found.how]  # fmt: skip
    return Fault(
        code="rows-are-counts", what=f"Each row stands for several people: the column “{found.headers[0]}” {how}.", file=raw.file,
        column=found.headers[0], row=(raw.header_row,),
        allowed=SEVERAL_ALLOWED, do=f'{SEVERAL_DO} If each row is one person, say so in the case: [people] rows = "people".',
    )  # fmt: skip


def _found(raw: RawTable, how: Literal["count", "fte", "groups"], columns: tuple[int, ...]) -> StandsForSeveral:
    return StandsForSeveral(how=how, columns=columns, headers=tuple(inert(raw.headers[index]) for index in columns))


def _figures(cells: Sequence[str]) -> list[float]:
    """The numbers of a column in which nothing but numbers stands, or marks in place of them; none elsewhere."""
    filled = [cell for cell in cells if cell and not is_missing(cell) and cell not in withheld_marks()]
    read = [float(cell.replace(",", "")) for cell in filled if _NUMBER.fullmatch(cell)]
    years = all(1900 <= number <= 2100 for number in read)  # the label of a year
    return read if len(read) == len(filled) and not years else []


def _whole(values: Sequence[float]) -> bool:
    return all(value.is_integer() for value in values) and any(value > 1 for value in values)


def _adds_up(raw: RawTable, column: int) -> bool:
    """Whether a row of totals is the sum of the rows since the last: people have no sums."""
    added, rows = 0.0, 0
    for row in raw.sample:
        number = float(row[column].replace(",", "")) if _NUMBER.fullmatch(row[column]) else 0.0
        if any(map(is_total, row)):
            if rows > 1 and number == added > rows:
                return True
            added, rows = 0.0, 0
        else:
            added, rows = added + number, rows + 1
    return False


def _only_labels(columns: Sequence[Sequence[str]], labels: Sequence[int], known: Sequence[str]) -> bool:
    """Whether these columns are labels that many rows share one by one, and no two rows are the same in all of them.

    In a list of people somebody soon is as another is, unless a column tells them apart; and that is then no label.
    """
    rows = list(zip(*(columns[index] for index in labels), strict=True))
    if len(rows) < _LEAST_ROWS or any(known[index] in _OF_A_PERSON for index in labels):
        return False
    rows = [row for row in rows if not any(map(is_total, row))]
    if len(set(rows)) < len(rows):
        return False
    shared = [len({row[place] for row in rows}) <= _NEARLY_UNIQUE * len(rows) for place in range(len(labels))]
    return all(shared) or (len(labels) == 1 and len(rows) <= 20)


def _is_group(header: str) -> bool:
    """Whether a header is a group of a characteristic, or says that it is a total."""
    word = as_written(header)
    return is_total(word) or any(group_of(key, word) is not None for key in _CHARACTERISTICS)
