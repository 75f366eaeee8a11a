"""Holds what may be published: numbers as they are printed, and marks. No count that is not printed can be got from here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

WITHHELD, NOT_ASKED = "[c]", "[z]"

Kind = Literal["total", "answer", "answered", "declined", "not recorded", "not applicable"]
PublishedMeasure = Literal["workforce", "at risk", "selected", "not selected", "if even"]
COUNTED: tuple[PublishedMeasure, ...] = ("workforce", "at risk", "selected", "not selected")


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedRow:
    """A group and its numbers, in the order of the table's measures; None where one is withheld."""

    label: str
    kind: Kind
    values: tuple[int | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedTable:
    """One characteristic in one unit, or in all where ``unit`` is empty. adds_up: whether the numbers shown add up wherever all of a sum are shown."""

    key: str
    title: str
    unit: str
    measures: tuple[PublishedMeasure, ...]
    rows: tuple[PublishedRow, ...]
    adds_up: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedRules:
    """The rules by which numbers were withheld and rounded. relaxed: where they allow more than the default, and why."""

    key: str
    title: str
    group: int
    side: int
    base: int
    adds_up: bool
    relaxed: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """Everything of an assessment that may be published.

    case, case_hash, data_date, version: what these are figures of. not_asked: titles of protected characteristics that the evidence
    does not have. left_out: titles of those that tell the same people as another one. earlier: how many versions published before were
    part of the audit.
    """

    case: str
    case_hash: str
    data_date: str
    version: str
    rules: PublishedRules
    tables: tuple[PublishedTable, ...]
    not_asked: tuple[str, ...]
    left_out: tuple[str, ...]
    earlier: int

    @property
    def withheld(self) -> int:
        """How many numbers are withheld."""
        return sum(value is None for table in self.tables for row in table.rows for value in row.values)
