"""Takes findings, the case and the day of the run; gives the law of the assessment, taken down once: each rule as it was held then.

What the law files say can be corrected later. A finding, and the record of an assessment, keep the rules they were made with.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from eia.case import Case
from eia.findings.core.finding import Finding
from eia.findings.legal.applicable_law import Applicable, applicable
from eia.findings.legal.legal_routes import routes
from eia.law.open_points import OpenPoint, open_on
from eia.law.records import Rule
from eia.process.checklist import Papers, papers
from eia.process.consultation_clock import ConsultationClock, consultation_clock
from eia.process.papers.decisions import Decisions, recorded_decisions
from eia.process.papers.hr1 import FormHR1, form_hr1
from eia.process.severance import Limits, limits
from eia.process.staying.transfer import Transfer, transfers
from eia.process.week_pay_caps import Caps, week_pay_caps


@dataclass(frozen=True, slots=True, kw_only=True)
class LawOfTheCase:
    """The law of an assessment.

    applies: which law and which duties. clock: of collective consultation; limits: on severance pay; None where the case
    does not say enough. papers: what must be given in writing. form: HR1, None where it is not owed. transfers: of pools to
    another employer. decisions: None where the case records none. unsettled: what is open about any rule of all these.
    caps: the limits on a week's pay that the dismissals run over.
    """

    applies: Applicable
    clock: ConsultationClock | None
    limits: Limits | None
    papers: Papers
    form: FormHR1 | None
    transfers: tuple[Transfer, ...]
    decisions: Decisions | None
    unsettled: tuple[OpenPoint, ...]
    caps: Caps | None = None


def with_law(findings: Iterable[Finding], case: Case, *, today: dt.date) -> tuple[tuple[Finding, ...], LawOfTheCase]:
    """Give each finding the routes in law that it speaks to, and take down the law of the case.

    >>> law = with_law((), Case(), today=dt.date(2026, 11, 22))[1]
    >>> law.applies.where, law.applies.general[0].provision, law.clock
    ('Great Britain', 's.4', None)
    """
    applies = applicable(case, today=today)
    found = tuple(replace(each, routes=routes(each.characteristic, each.group, law=applies)) for each in findings)
    days, pay, written, caps = consultation_clock(case), limits(case), papers(case), week_pay_caps(case)
    form, moved, decided = form_hr1(case, days), transfers(case), recorded_decisions(case)
    rules = (
        *rules_of_routes(applies, found),
        *(days.rules if days else ()),
        *(pay.rules if pay else ()),
        *written.rules,
        *(caps.rules if caps else ()),
        *((form.contents,) if form else ()),
        *((decided.rule,) if decided and decided.rule else ()),
        *(rule for each in moved for rule in each.rules),
    )
    law = LawOfTheCase(
        applies=applies,
        clock=days,
        limits=pay,
        papers=written,
        form=form,
        transfers=moved,
        decisions=decided,
        unsettled=open_on(rules),
        caps=caps,
    )
    return found, law


def rules_of_routes(applies: Applicable, findings: Iterable[Finding]) -> tuple[Rule, ...]:
    """Every rule of the duties and routes that findings rest on, once: the duties first, what stands behind
    all of them and the time limits for claims last."""
    ways = dict.fromkeys(route for finding in findings for route in finding.routes)
    by_route = (rule for way in ways for rule in way.cited)
    return tuple(dict.fromkeys((*applies.duties, *by_route, *applies.general, *applies.claim_times)))
