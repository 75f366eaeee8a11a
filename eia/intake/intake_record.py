"""Holds the record of intake: which files were read, which columns were recognised, and what was done to them. No person's values."""

from __future__ import annotations

from dataclasses import dataclass

from eia.intake.questions import OpenQuestion


@dataclass(frozen=True, slots=True)
class Mapped:
    """A header of the file and the column of the model that it was taken for."""

    header: str
    column: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recoding:
    """What was done to a column: ``rule`` in plain words, and the number of rows it touched."""

    column: str
    rule: str
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldBack:
    """A characteristic that is not assessed, and why. Labels are given only where they cannot point at a person.

    labels: with the rows of each, in words. key, unread: the characteristic to which the case can map labels, and those
    that it could map, as the file has them.
    """

    characteristic: str
    reason: str
    rows: int
    labels: tuple[str, ...] = ()
    key: str = ""
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file that was read. encoding: how it is written, in words. remarks: what was left out or decided when it was opened."""

    file: str
    sha256: str
    encoding: str
    rows: int
    remarks: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """The record of reading: files, columns, what was dropped or recoded, what was held back, what is still to be asked. No
    person's values."""

    sources: tuple[Source, ...]
    mapped: tuple[Mapped, ...] = ()
    unused: tuple[str, ...] = ()
    empty_rows: int = 0
    recodings: tuple[Recoding, ...] = ()
    held_back: tuple[HeldBack, ...] = ()
    one_pool: bool = False
    questions: tuple[OpenQuestion, ...] = ()
