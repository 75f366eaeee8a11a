"""Takes a raw table; gives the question which sheet it should be, where that was guessed."""

from __future__ import annotations

from collections.abc import Iterator

from eia.errors import inert
from eia.intake.files.raw_table import RawTable
from eia.intake.questions import Choice, OpenQuestion


def ask_sheet(raw: RawTable) -> Iterator[OpenQuestion]:
    """The question which of several sheets of a workbook holds the table."""
    if raw.among:
        yield OpenQuestion(
            kind="sheet", about="", seen=tuple(map(inert, raw.among)), rows=0, guess=raw.sheet, setting=("files", "sheet"),
            reason="it has the most headers that are known, or the most rows",
            choices=tuple(Choice(answer=name, words=f"The sheet “{inert(name)}”") for name in raw.among), depends="who is counted at all",
        )  # fmt: skip
