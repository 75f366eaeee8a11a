"""Takes what is wrong with an input; gives one message a person can act on.

Every fault says what was found, where, what is allowed and what to do. All faults of an input travel in one error,
so nobody has to mend a file one message at a time. A message never holds a value from a person's record: the makers
of faults pass a category label only when enough people share it (see :func:`quotable`), and row numbers otherwise.
Always raise from ``None``: the message of a library underneath may quote a record.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

_Read = TypeVar("_Read")

SHOWN_ROWS = 5
OPEN_QUESTION = "open-question"
"""The code of a question that has to be answered before anything is assessed."""
MIN_ROWS_TO_QUOTE = 5
MAX_QUOTED_LENGTH = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing wrong with an input.

    Parameters
    ----------
    code: short stable name of the kind of fault, for example ``"duplicate-reference"``.
    what: what was found, one plain sentence.
    file, sheet, column: where; names only. ``row``: the row numbers as a spreadsheet shows them (the header is row 1);
        ``rows``: how many rows in all, when more than the ones named.
    allowed: what would have been right. do: what to do now.
    """

    code: str
    what: str
    file: str | None = None
    sheet: str | None = None
    column: str | None = None
    row: tuple[int, ...] = ()
    rows: int = 0
    allowed: str | None = None
    do: str | None = None

    def place(self) -> str:
        """Where the fault is, in words: file, sheet, column and rows, as far as they are known.

        >>> Fault(code="x", what="", file="staff.csv", column="FTE", row=(4, 9), rows=12).place()
        'staff.csv, column “FTE”, rows 4, 9 and 10 more'
        """
        parts = []
        if self.file:
            parts.append(inert(self.file))
        if self.sheet:
            parts.append(f"sheet “{inert(self.sheet)}”")
        if self.column:
            parts.append(f"column “{inert(self.column)}”")
        if any(self.row) or self.rows:
            parts.append(rows_named(tuple(filter(None, self.row)), self.rows))
        return ", ".join(parts)


class EiaError(ValueError):
    """Everything wrong with an input, at once.

    Carries ``faults``, in the order they were found; ``str()`` of it is the message for the user.
    """

    def __init__(self, faults: Iterable[Fault] | Fault) -> None:
        """Take one fault or many; never none."""
        self.faults: tuple[Fault, ...] = (faults,) if isinstance(faults, Fault) else tuple(faults)
        super().__init__(message(self.faults))


class Numbered(Protocol):
    """A table whose rows have numbers: those that a spreadsheet shows for positions in it."""

    @property
    def file(self) -> str:
        """Its name."""

    def row_numbers(self, positions: Any) -> tuple[int, ...]:
        """The numbers of the rows at these positions, the first few."""

    def how_many(self, positions: Any) -> int:
        """How many people or lines the rows at these positions stand for."""


class Faults:
    """The one collector of an input: every step adds the faults it finds, and all are raised together at the end.

    >>> faults = Faults()
    >>> faults.raise_if_any()
    >>> faults.add(Fault(code="empty", what="The file is empty."))
    >>> [fault.code for fault in faults]
    ['empty']
    """

    def __init__(self) -> None:
        """Start with none."""
        self._found: list[Fault] = []

    def __iter__(self) -> Iterator[Fault]:
        """The faults so far, in the order they were found."""
        return iter(self._found)

    def __len__(self) -> int:
        """How many there are so far."""
        return len(self._found)

    def add(self, fault: Fault) -> None:
        """Take one."""
        self._found.append(fault)

    def extend(self, faults: Iterable[Fault]) -> None:
        """Take several."""
        self._found.extend(faults)

    def of_rows(
        self, table: Numbered, positions: Any, *, code: str, what: str, allowed: str, do: str, column: str | None = None
    ) -> None:
        """Take a fault of the rows of a table at these positions, an array of them; nothing where there are none."""
        if len(positions):
            self.add(
                Fault(code=code, what=what, file=table.file, column=column, row=table.row_numbers(positions),
                      rows=table.how_many(positions), allowed=allowed, do=do)
            )  # fmt: skip

    def read(self, read: Callable[[], _Read]) -> _Read | None:
        """What a reader gives, or None with its faults taken, so that those of the next file are told with them."""
        try:
            return read()
        except EiaError as error:
            self.extend(error.faults)
            return None

    def raise_if_any(self) -> None:
        """Raise one EiaError of everything taken; do nothing where there is nothing."""
        if self._found:
            raise EiaError(self._found)


def message(faults: Sequence[Fault]) -> str:
    """Write faults as the one message a user sees. Whatever they hold, it only shows: nothing in it steers a terminal.

    >>> print(message([Fault(code="empty", what="The file is empty.", file="staff.csv", do="Export it again.")]))
    One thing needs putting right before this can be assessed.
    <BLANKLINE>
    1. The file is empty.
       Where: staff.csv
       What to do: Export it again.
    """
    count, asked = len(faults), all(fault.code == OPEN_QUESTION for fault in faults)
    one, many = (
        ("question has to be answered", "questions have to be answered")
        if asked
        else ("thing needs putting right", "things need putting right")
    )
    blocks = [f"{f'One {one}' if count == 1 else f'{count} {many}'} before this can be assessed."]
    for number, fault in enumerate(faults, start=1):
        lines = [f"{number}. {visible(fault.what)}"]
        indent = " " * (len(str(number)) + 2)
        for label, text in (("Where", fault.place()), ("Allowed", fault.allowed), ("What to do", fault.do)):
            if text:
                first, *others = map(visible, text.split("\n"))  # what is allowed may be one choice a line
                lines += [f"{indent}{label}: {first}".rstrip(), *(f"{indent}  {other}" for other in others)]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def rows_named(row: Sequence[int], rows: int = 0) -> str:
    """Row numbers in words, the first few by number. ``rows``: how many there are, when more than are given; where rows have no numbers,
    all that is said.

    >>> rows_named([4]), rows_named([4, 9], 12), rows_named([], 12)
    ('row 4', 'rows 4, 9 and 10 more', '12 rows')
    """
    if not row:
        return "1 row" if rows == 1 else f"{rows:,} rows"
    named = [str(number) for number in row[:SHOWN_ROWS]]
    more = max(rows, len(row)) - len(named)
    tail = f" and {more:,} more" if more > 0 else ""
    return ("row " if len(named) == 1 and not more else "rows ") + ", ".join(named) + tail


def visible(text: str) -> str:
    """Leave out control, invisible and direction-changing characters, and keep all others, however long the text is.

    >>> visible("a\\x1b[31mb\\n")
    'a[31mb'
    """
    return "".join(character for character in text if unicodedata.category(character)[0] != "C")


def inert(text: str) -> str:
    """Make text from outside safe to print on one line: visible characters only, at most 80 of them.

    >>> len(inert("a" * 100)), inert("a" * 100)[-2:]
    (80, 'a…')
    """
    kept = visible(text)
    return kept if len(kept) <= 80 else kept[:79] + "…"


def quotable(label: str, rows: int) -> str | None:
    """Give a category label as it may be quoted in a message, or None when quoting it could point at a person.

    A label is quoted only when at least 5 rows hold it and it is of 60 characters at most.

    >>> quotable("Manager", 12), quotable("Jo Smith", 1)
    ('“Manager”', None)
    """
    if rows >= MIN_ROWS_TO_QUOTE and len(label) <= MAX_QUOTED_LENGTH:
        return f"“{inert(label)}”"
    return None
