"""Takes the findings of several assessments, versions of one case or different cases; gives them side by side, by key and never by text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from eia.case import Question
from eia.findings.core.finding import STANDING_OUT, Direction, Finding, Level
from eia.stats.bounds.ranges import Figure, Range, least, most
from eia.vocabulary.characteristics import Characteristic, Group


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """One group under one question in one assessment. people: of the group, in pools for scope, else selected; gap: people above what is expected; None where
    not known."""

    people: Figure | None
    gap: Figure | None
    level: Level
    direction: Direction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SideBySide:
    """One group under one question. states: one for each assessment in their order, None where it has no such finding. mirrored: what is compared is the same as
    for another group, seen from the other side."""

    question: Question
    characteristic: Characteristic
    group: Group
    states: tuple[State | None, ...]
    mirrored: bool

    @property
    def stands_out(self) -> bool:
        """Whether any of them has a gap."""
        return any(state is not None and state.level in STANDING_OUT for state in self.states)

    @property
    def level_changed(self) -> bool:
        """Whether the level or the side of the last differs from that of the first."""
        first, last = self.states[0], self.states[-1]
        if first is None or last is None:
            return first is not last
        return (first.level, first.direction) != (last.level, last.direction)

    @property
    def moved(self) -> float:
        """By how many people the gap of the last lies from that of the first; 0 where either is not known."""
        gaps = [None if state is None else state.gap for state in (self.states[0], self.states[-1])]
        return abs(most(gaps[1]) - most(gaps[0])) if gaps[0] is not None and gaps[1] is not None else 0.0


class Assessed(Protocol):
    """Whatever has findings."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """What changed since an earlier version of the same case.

    when, case_hash, files_hash: of that version; sha256: of its record, as it was read. changed: what both versions have and is not the same in both. new, gone: groups that only one of them has.
    """

    when: dt.datetime
    case_hash: str
    files_hash: str
    sha256: str
    changed: tuple[SideBySide, ...]
    new: tuple[tuple[Characteristic, Group], ...]
    gone: tuple[tuple[Characteristic, Group], ...]

    @property
    def levels(self) -> tuple[SideBySide, ...]:
        """Groups of which something else is said now than was said then, and which stand out in one of the versions: all that may be told of a change where no
        number may be."""
        return tuple(one for one in self.changed if one.level_changed and one.stands_out)


def since(then: Assessed, now: Assessed, *, when: dt.datetime, case_hash: str, files_hash: str, sha256: str) -> Since:
    """What changed from one version to the next. when, case_hash, files_hash, sha256: of the first."""
    found = compare([then, now])
    before, after = ({_who(one): one for one in found if one.states[place] is not None} for place in (0, 1))
    return Since(
        when=when,
        case_hash=case_hash,
        files_hash=files_hash,
        sha256=sha256,
        changed=tuple(one for one in found if None not in one.states and one.states[0] != one.states[1]),
        new=tuple((one.characteristic, one.group) for who, one in after.items() if who not in before),
        gone=tuple((one.characteristic, one.group) for who, one in before.items() if who not in after),
    )


def compare(assessments: Sequence[Assessed]) -> tuple[SideBySide, ...]:
    """Every finding of any of them, in the order in which they first come.

    >>> from eia import assess
    >>> before = assess(b"sex,pool,selected\\nF,A,yes\\nF,A,yes\\nM,A,no\\nM,A,no\\n")
    >>> after = assess(b"sex,pool,selected\\nF,A,yes\\nF,A,no\\nM,A,yes\\nM,A,no\\n")
    >>> women = [one for one in compare([before, after]) if one.question == "selection" and one.group.label == "Female"]
    >>> [state.gap for state in women[0].states]
    [1.0, 0.0]
    """
    tables = [{_key(finding): finding for finding in one.findings} for one in assessments]
    keys = dict.fromkeys(key for table in tables for key in table)
    return tuple(_side_by_side([table.get(key) for table in tables]) for key in keys)


def each_once(found: Sequence[SideBySide]) -> tuple[SideBySide, ...]:
    """The same with one of any two groups that mirror each other: the one that the proposal falls on in any of them, else the one with more people than expected
    in the last, else the first."""
    left_out = [
        min(one, other, key=_falls_on) if _falls_on(one) != _falls_on(other) else one
        for one in found if one.mirrored
        for other in found if _two_sides(one, other)
    ]  # fmt: skip
    return tuple(one for one in found if not any(one is other for other in left_out))


def _two_sides(one: SideBySide, other: SideBySide) -> bool:
    """Whether two groups of one characteristic and question have opposite gaps in every assessment, to a thousandth of a person."""
    of = ((each.question, each.characteristic.key, each.group.kind) for each in (one, other))
    gaps = zip(one.states, other.states, strict=True)
    return one is not other and len(set(of)) == 1 and all(_opposite(*pair) for pair in gaps)


def _opposite(one: State | None, other: State | None) -> bool:
    if one is None or other is None or one.gap is None or other.gap is None:
        return one is other
    return abs(least(one.gap) + most(other.gap)) < 1e-3 and abs(most(one.gap) + least(other.gap)) < 1e-3


def _falls_on(one: SideBySide) -> tuple[bool, float]:
    """Whether the group stands out with more people than expected in any of them; and by how many people in the last."""
    told = [state for state in one.states if state is not None]
    against = any(state.level in STANDING_OUT and state.direction == "against" for state in told)
    last = one.states[-1]
    return against, 0.0 if last is None or last.gap is None else most(last.gap)


def _key(finding: Finding) -> tuple[str, str, str, str]:
    return finding.question, finding.characteristic.key, finding.group.label, finding.group.kind


def _who(one: SideBySide) -> tuple[str, str, str]:
    return one.characteristic.key, one.group.label, one.group.kind


def _side_by_side(findings: Sequence[Finding | None]) -> SideBySide:
    first = next(finding for finding in findings if finding is not None)
    return SideBySide(
        question=first.question,
        characteristic=first.characteristic,
        group=first.group,
        states=tuple(None if finding is None else _state(finding) for finding in findings),
        mirrored=any(finding.mirrored for finding in findings if finding is not None),
    )


def _state(finding: Finding) -> State:
    people = finding.people.group_in_scope if finding.question == "scope" else finding.people.group_selected
    return State(people=_exact(people), gap=_exact(finding.excess), level=finding.level, direction=finding.direction)


def _exact(figure: Figure | None) -> Figure | None:
    """The same figure as a record gives it back."""
    return figure if figure is None or isinstance(figure, Range) else float(figure)
