"""Takes a Case; gives every limit on a week's pay that its dismissals run over, since each person comes under that of their own day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from eia.case import Case
from eia.law.lookup import in_force
from eia.law.records import Rule
from eia.process.severance import place, relevant_date


@dataclass(frozen=True, slots=True, kw_only=True)
class Caps:
    """The limits on a week's pay between the first and the last day on which people leave.

    limits: in order, the first in force on the first day. after: the day from which none is recorded although people still
    leave, None where there is no such day. whose_day: the rule on which day counts for whom.
    """

    limits: tuple[Rule, ...]
    after: dt.date | None
    whose_day: Rule | None

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule among these."""
        return (*self.limits, *((self.whose_day,) if self.whose_day else ()))


def week_pay_caps(case: Case) -> Caps | None:
    """Give the limits that the dismissals of a case run over; None without a day, where none is recorded, and for the Crown.

    >>> from eia.case import Employer, Priority
    >>> days = Priority(impracticable_from=dt.date(2026, 1, 12), contracts_end=dt.date(2026, 5, 9))
    >>> case = Case(employer=Employer(jurisdiction="England"), priority=days)
    >>> made = week_pay_caps(case.model_copy(update={"dates": case.dates.model_copy(update={"proposal": dt.date(2026, 1, 12)})}))
    >>> [limit.value for limit in made.limits], made.after
    ([719, 751], None)
    """
    first = relevant_date(case)
    found = in_force("week_pay_cap", on=first, where=place(case)) if first and case.employer.kind != "Crown" else None
    if first is None or found is None:
        return None
    last = max(filter(None, (first, case.consultation.first_dismissal, case.priority.contracts_end)))
    limits, after = [found], None
    while (ends := limits[-1].until) and ends < last:
        after = ends + dt.timedelta(days=1)
        following = in_force("week_pay_cap", on=after, where=place(case))
        if following is None:
            break
        limits.append(following)
        after = None
    return Caps(limits=tuple(limits), after=after, whose_day=in_force("relevant_date", on=first, where=place(case)))
