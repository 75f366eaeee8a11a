"""Holds the open questions of a reading: what was seen and may matter, our guess, the choices, and what depends on it. No person's values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "several people", "at risk flag", "leavers", "panel", "reference", "assignments", "same reference", "sheet", "pool", "pool words", "outcome",
    "outcome words", "outcome column", "percentages", "column", "label", "rare labels", "near labels", "held names", "not answered", "age or birth",
    "group columns", "twice", "extract date", "absence reason", "rare absences",
]  # fmt: skip

_WHO_IS_COUNTED: frozenset[Kind] = frozenset(
    ("several people", "at risk flag", "leavers", "panel", "reference", "assignments", "same reference", "sheet", "pool", "pool words", "outcome",
     "outcome words", "outcome column", "percentages")
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One answer to a question. answer: what the case says if it is chosen; "" leaves out what the question is about. words:
    the same in plain words."""

    answer: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenQuestion:
    """Something in a file that may matter and that the case does not answer.

    kind: what it is about. about: the header, label or characteristic, as it may be shown; "" where it may not. seen: examples
    that may be shown: labels that at least 5 rows share, or words of a status. rows: how many it concerns. guess: the answer
    taken meanwhile; "" where it is not used. reason: why that one. choices: the answers there are. setting: where the answer
    stands in the case. depends: what depends on it.

    >>> cell = OpenQuestion(kind="column", about="Basis", seen=("Full time",), rows=40, guess="", reason="its cells look so",
    ...     choices=(Choice(answer="Basis", words="Working pattern"),), setting=("columns", "working_pattern"), depends="working pattern")
    >>> cell.changes_who_is_counted
    False
    """

    kind: Kind
    about: str
    seen: tuple[str, ...]
    rows: int
    guess: str
    reason: str
    choices: tuple[Choice, ...]
    setting: tuple[str, ...]
    depends: str

    @property
    def changes_who_is_counted(self) -> bool:
        """Whether its answer changes who is counted, or counted as selected: an assessment waits for those."""
        return self.kind in _WHO_IS_COUNTED
