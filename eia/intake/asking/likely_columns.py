"""Takes a raw table and what was made of its headers; gives a question for each header that only looks like a column of the model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from eia.errors import quotable, visible
from eia.intake.columns.headers import Recognised
from eia.intake.files.raw_table import RawTable
from eia.intake.questions import Choice, Kind, OpenQuestion
from eia.vocabulary.characteristics import characteristics

_SHOWN = 4
_WHO_IS_COUNTED: dict[str, Kind] = {"pool": "pool", "outcome": "outcome"}


def ask_columns(raw: RawTable, found: Recognised) -> Iterator[OpenQuestion]:
    """Whether each of these headers is the column that it may be. None is used meanwhile."""
    for index, match in enumerate(found.matches):
        if match.confidence != "asked":
            continue
        named = characteristics().get(match.column)
        name = named.title.lower() if named else match.column.replace("_", " ")
        yield OpenQuestion(
            kind=_WHO_IS_COUNTED.get(match.column, "column"), about=match.header, seen=_shown([row[index] for row in raw.sample]),
            rows=len(raw.sample), guess="", reason=match.reason, setting=("columns", match.column),
            choices=(Choice(answer="", words="Do not use it"), Choice(answer=match.header, words=f"It is the {name}")),
            depends=f"what can be said by {name}",
        )  # fmt: skip


def _shown(cells: list[str]) -> tuple[str, ...]:
    """The commonest of the first cells, where enough rows share them."""
    often = Counter(cell for cell in cells if cell).most_common(_SHOWN)
    return tuple(visible(cell) for cell, rows in often if quotable(cell, rows))
