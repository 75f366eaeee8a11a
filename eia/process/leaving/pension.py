"""Takes a Workforce and a Case; gives who would have to draw a local government pension on redundancy, by age and service."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from eia.case import Case
from eia.intake.people.outcomes import chosen_by
from eia.intake.workforce import Workforce, codes_of, numbers_of, outcomes_of
from eia.law.lookup import in_force, rules
from eia.law.records import Rule
from eia.process.leaving.large_groups import GroupNumber, large_groups
from eia.process.severance import at_dismissal, place, relevant_date


@dataclass(frozen=True, slots=True, kw_only=True)
class PensionOnRedundancy:
    """Who has reached the age at which a local government pension is drawn on redundancy, in numbers alone.

    on: the day of the first dismissal, or before it is entered that of the proposal. trigger, least, membership: the rules on
    the age, on the least age for most pensions, and on the years of membership; age: the higher of the two ages. coming: the next
    version of the least age, None where none is recorded. chosen: whether those counted are selected; else they are everybody
    in a pool. people: so many are counted; known: of these, whose age and service are known. reached: of these, who have that age and
    as many years of service. below_coming: of these, who are younger than the age that is coming. groups: of reached, by group.
    """

    on: dt.date
    trigger: Rule
    least: Rule
    membership: Rule
    age: int
    coming: Rule | None
    chosen: bool
    people: int
    known: int
    reached: int
    below_coming: int
    groups: tuple[GroupNumber, ...]

    @property
    def cited(self) -> tuple[Rule, ...]:
        """The rules it rests on."""
        return tuple(rule for rule in (self.trigger, self.membership, self.least, self.coming) if rule)


def pension_on_redundancy(workforce: Workforce, case: Case) -> PensionOnRedundancy | None:
    """Count who has reached the age, of those selected, or of everybody in a pool while nobody is.

    Returns
    -------
    None where the case does not name the local government scheme, gives no day, or the rule is not law there; and where the file
    gives no ages or lengths of service. Service stands for membership, which no file gives.

    References
    ----------
    Local Government Pension Scheme Regulations 2013, reg 30(7); Finance Act 2022, s.10.
    """
    on, where = relevant_date(case), place(case)
    if case.severance.pension_scheme != "local government" or on is None:
        return None
    trigger, membership, least = (
        in_force(key, on=on, where=where)
        for key in ("local_government_redundancy_pension", "local_government_pension_membership", "least_pension_age")
    )
    then = at_dismissal(workforce).frame
    age, service = (numbers_of(then, name) for name in ("age_years", "service_years"))
    if trigger is None or membership is None or least is None or age is None or service is None:
        return None
    outcome = outcomes_of(workforce.frame)
    counted = codes_of(workforce.frame, "pool") >= 0 if outcome is None else chosen_by(outcome, case)
    known = counted & ~np.isnan(age) & ~np.isnan(service)
    from_age = int(max(trigger.number, least.number))
    reached = known & (age >= from_age) & (service >= membership.number)
    coming = next((each for each in rules()["least_pension_age"] if each.from_ > on), None)
    return PensionOnRedundancy(
        on=on,
        trigger=trigger,
        least=least,
        membership=membership,
        age=from_age,
        coming=coming,
        chosen=outcome is not None,
        people=int(counted.sum()),
        known=int(known.sum()),
        reached=int(reached.sum()),
        below_coming=int((reached & (age < coming.number)).sum()) if coming else 0,
        groups=large_groups(workforce, reached, among=known),
    )
