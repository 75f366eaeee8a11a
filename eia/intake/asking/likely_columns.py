"""Takes a raw table and what was made of its headers; gives a question for each header that only looks like a column of the model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from eia.errors import visible
from eia.intake.columns.headers import Recognised
from eia.intake.columns.identifiers import may_be_shown
from eia.intake.files.raw_table import RawTable
from eia.intake.questions import Choice, Kind, OpenQuestion
from eia.vocabulary.characteristics import characteristics

_SHOWN = 4
_WHO_IS_COUNTED: dict[str, Kind] = {"pool": "pool", "outcome": "outcome"}


def ask_columns(raw: RawTable, found: Recognised) -> Iterator[OpenQuestion]:
    """Which of the headers that look like a column of the model is it, one question a column. None is used meanwhile."""
    likely: dict[str, list[int]] = {}
    for index, match in enumerate(found.matches):
        if match.confidence == "asked":
            likely.setdefault(match.column, []).append(index)
    for column, at in likely.items():
        named, first = characteristics().get(column), found.matches[at[0]]
        name = named.title.lower() if named else column.replace("_", " ")
        headers = [found.matches[index].header for index in at]
        yield OpenQuestion(
            kind=_WHO_IS_COUNTED.get(column, "column"), about=first.header, seen=_shown([row[at[0]] for row in raw.sample]),
            rows=0, guess="", reason=first.reason, setting=("columns", column),
            choices=(Choice(answer="", words="Do not use it"), *(Choice(answer=header, words=f"“{header}” is the {name}") for header in headers)),
            depends=f"what can be said by {name}",
        )  # fmt: skip


def _shown(cells: list[str]) -> tuple[str, ...]:
    """The commonest of the first cells, where enough rows share them."""
    often = Counter(cell for cell in cells if cell).most_common(_SHOWN)
    return tuple(visible(cell) for cell, rows in often if may_be_shown(cell, rows))
