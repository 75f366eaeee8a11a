"""Takes a Case and its clock; gives form HR1 as a checklist: what the case fills in, and what the employer has to give."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from eia.case import Case
from eia.law.lookup import in_force
from eia.law.records import Rule
from eia.process.consultation_clock import ConsultationClock
from eia.process.severance import place

FILLED_FROM: Mapping[str, str] = {
    "the employer's name": "employer.name",
    "the establishment": "consultation.establishment",
    "how many are proposed to be dismissed": "consultation.number_proposed",
    "the day consultation began, or begins": "consultation.begins",
    "the first day on which a dismissal takes effect": "consultation.first_dismissal",
    "the last day on which one takes effect": "consultation.last_dismissal",
    "the method of selection": "consultation.selection_method",
    "the reason": "consultation.reason",
    "the representatives who are consulted": "consultation.representatives",
}
"""What the form asks for -> the key of the case that fills it in. Whatever has none is for the employer alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that the form asks for. answer: what the case says, day: the day it gives, None where it gives none; source: the key that
    fills it in, None where no key of a case does."""

    asked: str
    answer: str | int | None = None
    day: dt.date | None = None
    source: str | None = None

    @property
    def filled(self) -> bool:
        """Whether the case says it."""
        return self.answer is not None or self.day is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class FormHR1:
    """Form HR1 in one case. contents: the rule on what it asks for. by: the last day for it, None where that cannot be told."""

    contents: Rule
    entries: tuple[Entry, ...]
    by: dt.date | None


def form_hr1(case: Case, clock: ConsultationClock | None) -> FormHR1 | None:
    """Fill in form HR1 as far as the case can; None where it is not owed, or what it asks for is not recorded.

    >>> from eia.case import Consultation, Dates, Employer
    >>> from eia.process.consultation_clock import consultation_clock
    >>> case = Case(employer=Employer(jurisdiction="England"), dates=Dates(proposal=dt.date(2026, 11, 16)),
    ...             consultation=Consultation(number_proposed=120, reason="Savings"))
    >>> made = form_hr1(case, consultation_clock(case))
    >>> [entry.answer for entry in made.entries if entry.answer]
    [120, 'Savings']
    """
    if clock is None or clock.duty != "owed" or case.dates.proposal is None:
        return None
    contents = in_force("hr1_contents", on=case.dates.proposal, where=place(case))
    if contents is None:
        return None
    wanted = contents.value if isinstance(contents.value, tuple) else ()
    return FormHR1(
        contents=contents,
        entries=tuple(_entry(asked, case) for asked in wanted),
        by=next((each.day for each in clock.milestones if each.moment == "HR1 by"), None),
    )


def _entry(asked: str, case: Case) -> Entry:
    source = FILLED_FROM.get(asked)
    if source is None:
        return Entry(asked=asked)
    part, key = source.split(".")
    answer = getattr(getattr(case, part), key)
    if isinstance(answer, dt.date):
        return Entry(asked=asked, source=source, day=answer)
    return Entry(asked=asked, source=source, answer=None if answer == "" else answer)
