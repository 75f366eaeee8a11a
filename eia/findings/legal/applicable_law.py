"""Takes the case and the day of the run; gives which law the case comes under: of what day, of what place, which duties.

What binds is cited only where it is known to bind. A case of a day before the law that this toolkit holds is refused.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from eia.case import Case
from eia.errors import EiaError, Fault
from eia.law.lookup import in_force, rule, rules, written
from eia.law.records import Place, Rule

Bound = Literal["bound", "in public functions", "not bound", "not known"]

_BOUND: dict[str | None, Bound] = {
    "public authority": "bound", "Crown": "bound", "other body with public functions": "in public functions",
    "other body": "not bound", None: "not known",
}  # fmt: skip
_SPECIFIC = ("assessment_duty", "engagement", "workforce_information", "specific_duties", "socio_economic_duty",
             "no_statutory_assessment")  # fmt: skip
_BEHIND_EVERY_ROUTE = ("protected_characteristics", "direct_discrimination", "reasonable_adjustments", "employment", "comparator", "burden_of_proof", "combined_discrimination",
                        "northern_ireland_discrimination_law")  # fmt: skip

_CLAIM_TIMES = ("claim_time_discrimination", "claim_time_unfair_dismissal", "claim_time_redundancy_payment")


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicable:
    """The law that a case comes under.

    on: the day whose law it is: of the proposal, or of the run where the case does not date it (``dated`` is False).
    where: the nation, or Great Britain where the case names none. bound: whether the employer is bound by the equality
    duty of the place; crown: whether it is the Crown. duties: the rules of that duty, the general one first; none where
    it is not known to bind. general: the rules behind every route. claim_times: the time limits for claims to a tribunal.
    """

    on: dt.date
    dated: bool
    where: Place
    bound: Bound
    crown: bool
    duties: tuple[Rule, ...]
    general: tuple[Rule, ...]
    claim_times: tuple[Rule, ...] = ()

    @property
    def northern_ireland(self) -> bool:
        """Whether the Equality Act 2010 is not the law here."""
        return self.where == "Northern Ireland"


def applicable(case: Case, *, today: dt.date) -> Applicable:
    """Say which law a case comes under.

    >>> from eia.case import Dates, Employer
    >>> law = applicable(Case(employer=Employer(kind="public authority", jurisdiction="Wales")), today=dt.date(2026, 11, 22))
    >>> law.where, law.bound, [duty.key for duty in law.duties][:2]
    ('Wales', 'bound', ['equality_duty', 'equality_duty_bodies'])
    """
    kind, where = case.employer.kind, case.employer.jurisdiction or "Great Britain"
    on, bound = case.dates.proposal or today, _BOUND[kind]

    def held(*keys: str) -> tuple[Rule, ...]:
        return tuple(found for key in keys if (found := in_force(key, on=on, where=where)))

    return Applicable(
        on=on,
        dated=case.dates.proposal is not None,
        where=where,
        bound=bound,
        crown=kind == "Crown",
        duties=tuple(_duties(on, where, bound, crown=kind == "Crown")),
        general=held(*_BEHIND_EVERY_ROUTE),
        claim_times=held(*_CLAIM_TIMES),
    )


def _duties(on: dt.date, where: Place, bound: Bound, *, crown: bool) -> Iterator[Rule]:
    """The rules of the equality duty that bind. The Crown has no specific duties here: whether those of a nation reach one of its
    departments depends on a list, not on where its people work."""
    if where == "Northern Ireland":
        if bound == "bound":
            yield rule("northern_ireland_duty", on=on, where=where)
            yield rule("assessment_duty", on=on, where=where)
        yield rule("fair_employment_monitoring", on=on, where=where)
    elif bound == "in public functions":
        yield rule("equality_duty_private", on=on, where=where)
        yield rule("equality_duty_bodies", on=on, where=where)
    elif bound == "bound":
        yield rule("equality_duty", on=on, where=where)
        yield rule("equality_duty_bodies", on=on, where=where)
        found = [in_force(key, on=on, where=where) for key in _SPECIFIC if not crown]
        yield from (duty for duty in found if duty is not None)
        yield rule("equality_duty_enforcement", on=on, where=where)


def refuse_before_the_law(case: Case) -> None:
    """Refuse a case whose proposal is older than the law that would judge it.

    Raises
    ------
    EiaError for a proposal in Great Britain from before the Equality Act 2010 began; for an employer whom the equality
    duty binds, from before that duty began.
    """
    proposal, employer = case.dates.proposal, case.employer
    if proposal is None or employer.jurisdiction == "Northern Ireland":
        return
    key = "equality_duty" if _BOUND[employer.kind] in ("bound", "in public functions") else "indirect_discrimination"
    first = rules()[key][0]
    if proposal < first.from_:
        raise EiaError(
            Fault(code="case-before-the-law",
                  what=f"The proposal is dated {written(proposal)}. What it comes under, {first.title[0].lower()}{first.title[1:]} ({first.instrument} {first.provision}), began on {written(first.from_)}; eia holds no law of before.",
                  column="dates.proposal", allowed=f"{written(first.from_)} or later",
                  do="Check the date. For an older proposal, take the date out and read the figures without the law.")
        )  # fmt: skip
