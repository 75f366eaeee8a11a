"""Takes a Case; gives the record of its decisions: who decided what, when, having read what, and what is missing from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from eia.case import Case, Decision
from eia.law.lookup import in_force
from eia.law.records import Rule
from eia.process.severance import place

Missing = Literal["day", "version read", "papers given", "consultation had not begun"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedDecision:
    """One decision, by its name in the case, and what its record lacks."""

    name: str
    decision: Decision
    missing: tuple[Missing, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """Every decision, the first of them first and those without a day last. rule: what due regard asks of whoever decides, None where the
    equality duty is not recorded."""

    every: tuple[RecordedDecision, ...]
    rule: Rule | None


def recorded_decisions(case: Case) -> Decisions | None:
    """The record of decisions; None where the case has none.

    >>> case = Case(decisions={"Pools": Decision(by="Cabinet", on=dt.date(2026, 11, 16), read="0123abcd")})
    >>> [(each.name, each.missing) for each in recorded_decisions(case).every]
    [('Pools', ('papers given',))]
    """
    if not case.decisions:
        return None
    every = [
        RecordedDecision(name=name, decision=each, missing=tuple(_missing(each, case)))
        for name, each in case.decisions.items()
    ]
    on = case.dates.proposal
    bound = case.employer.kind in ("public authority", "other body with public functions", "Crown")
    return Decisions(
        every=tuple(sorted(every, key=lambda each: each.decision.on or dt.date.max)),
        rule=in_force("decision_record", on=on, where=place(case)) if on and bound else None,
    )


def _missing(decision: Decision, case: Case) -> Iterator[Missing]:
    begins = case.consultation.begins
    if decision.on is None:
        yield "day"
    elif begins and decision.on < begins:
        yield "consultation had not begun"
    if decision.read is None:
        yield "version read"
    if not decision.given:
        yield "papers given"
