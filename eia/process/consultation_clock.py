"""Takes a Case; gives the clock of collective consultation: whether it is owed, for how long, and what may not be before when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from eia.case import Case, Consultation, Jurisdiction
from eia.law.lookup import in_force, rule, rules
from eia.law.records import NATIONS, Rule

Duty = Literal["owed", "too few", "Crown", "not recorded", "number not given", "day not given", "place not given"]
Moment = Literal[
    "proposal", "begins", "notice", "first dismissal",  # entered
    "begin by for notice", "begin by", "HR1 by", "not before",  # by a rule
]  # fmt: skip
OutOfOrder = Literal[
    "drafted after consultation began",
    "selected during consultation",
    "selected before consultation",
    "on file before consultation",
]
Caution = Literal[
    "period too short", "notice before consultation", "notice within the period", "dismissal before notice"
]

YEAR = dt.timedelta(days=365)  # how far ahead changes are looked for: no period of the law's, so not a calendar year
_CITED = (
    "consultation_trigger", "consultation_longer_trigger", "redundancy_for_consultation", "consultation_subject", "consultation_window_days", "counting_proposals",
    "fixed_term_expiry_not_counted", "establishment", "consultation_elections", "notice_during_consultation",
    "special_circumstances", "protective_award_pay", "hr1_offence",
)  # fmt: skip
_TURN_ON_DISMISSAL = ("protective_award_days", "unfair_dismissal_service", "compensatory_award_cap", "restricted_variation",
                      "week_pay_cap")  # fmt: skip
_NOT_CROWN = ("protective_award_days", "week_pay_cap")  # of those, what does not reach Crown employment


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """What is owed for ``low`` to ``high`` dismissals proposed at one establishment; ``high`` is None in the last band.

    days: least days of consultation before the first dismissal. hr1: least days between form HR1 and the first
    dismissal. Both are None where nothing is owed.
    """

    low: int
    high: int | None
    days: Rule | None = None
    hr1: Rule | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """One day of the clock; ``rule`` is what it follows from, None for a day that was entered."""

    moment: Moment
    day: dt.date
    rule: Rule | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationClock:
    """Collective consultation in one case.

    duty: whether it is owed, or why that is not told. number: dismissals proposed, as entered. to_go: posts to go in all
    the pools of the case, beside it; None where no pool has a number. bands: what is owed for how many, in order; band:
    the one of this case. milestones: in order of their days. counted_from: the day the least period is counted from,
    that of the proposal where the beginning was not entered. short_by: days by which the first dismissal comes too
    early, 0 for none. award: the most days' pay of a protective award, None where there is no duty to breach;
    award_uplift: per cent, None before there was one. recipient: where form HR1 goes. cited: rules on how to count and
    how to consult. bargaining: the rule on information for bargaining. changes: rules that turn on the day of
    dismissal and of which another version begins after the proposal and within a year of it. cautions: what does not fit.
    """

    duty: Duty
    number: int | None
    to_go: int | None
    bands: tuple[Band, ...] = ()
    band: Band | None = None
    milestones: tuple[Milestone, ...] = ()
    counted_from: dt.date | None = None
    short_by: int = 0
    award: Rule | None = None
    award_uplift: Rule | None = None
    recipient: Rule | None = None
    crown: Rule | None = None
    bargaining: Rule | None = None
    cited: tuple[Rule, ...] = ()
    changes: tuple[Rule, ...] = ()
    cautions: tuple[Caution, ...] = ()

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule that the clock rests on, once."""
        of_bands = (rule for band in self.bands for rule in (band.days, band.hr1))
        single = (self.recipient, self.award, self.award_uplift, self.crown, self.bargaining)
        every = (*of_bands, *single, *self.cited, *self.changes)
        return tuple(dict.fromkeys(rule for rule in every if rule))

    @property
    def most_award(self) -> float | None:
        """The most days' pay with the uplift, which is for breach of the Code on dismissal and re-engagement only."""
        if self.award is None or self.award_uplift is None:
            return None
        return self.award.number * (100 + self.award_uplift.number) / 100


def consultation_clock(case: Case) -> ConsultationClock | None:
    """Work out the clock of collective consultation.

    Parameters
    ----------
    case: read for ``consultation``, ``dates.proposal``, ``employer`` and the posts to go of each pool.

    Returns
    -------
    The Clock, or None where nothing was entered under ``consultation``. Days are counted as calendar days: 30 days from
    1 October is 31 October. Where number, day of the proposal or jurisdiction is missing, ``duty`` says which, and
    nothing is worked out. A minimum is never a forecast: consultation may have to be longer.

    Raises
    ------
    EiaError where the day of the proposal is before the first day of the law that is recorded.

    References
    ----------
    Trade Union and Labour Relations (Consolidation) Act 1992, ss.188, 189, 193; Employment Rights (Northern Ireland)
    Order 1996, arts 216, 221. Each value comes with its own record.

    Example
    -------
    >>> from eia.case import Dates, Employer
    >>> made = consultation_clock(Case(
    ...     employer=Employer(jurisdiction="England"), dates=Dates(proposal=dt.date(2012, 3, 1)),
    ...     consultation=Consultation(number_proposed=120),
    ... ))
    >>> made.duty, made.band.days.value, made.milestones[-1].moment, made.milestones[-1].day.isoformat()
    ('owed', 90, 'not before', '2012-05-30')
    """
    given, where, proposed = case.consultation, case.employer.jurisdiction, case.dates.proposal
    if given == Consultation():
        return None
    number = given.number_proposed
    clock = partial(ConsultationClock, number=number, to_go=_to_go(case))
    if where is None or proposed is None or number is None:
        return clock(
            duty="place not given" if where is None else "day not given" if proposed is None else "number not given"
        )
    crown_case = case.employer.kind == "Crown"
    bargaining = in_force("bargaining_information", on=proposed, where=where)
    changes = _changes(proposed, where, leave_out=_NOT_CROWN if crown_case else ())
    clock = partial(clock, bargaining=bargaining, changes=changes)
    if crown_case:
        crown = in_force("crown_consultation", on=proposed, where=where)
        return clock(duty="Crown" if crown else "not recorded", crown=crown)
    bands = _bands(proposed, where)
    band = next(band for band in bands if band.high is None or number <= band.high)
    cited = tuple(found for key in _CITED if (found := in_force(key, on=proposed, where=where)))
    clock = partial(clock, bands=bands, band=band, cited=cited)
    if band.days is None or band.hr1 is None:
        return clock(duty="too few")
    counted_from = given.begins or proposed
    not_before = counted_from + _days(band.days)
    first = given.first_dismissal or not_before
    return clock(
        duty="owed",
        milestones=_milestones(proposed, given, band.days, band.hr1, not_before),
        counted_from=counted_from,
        short_by=max((not_before - first).days, 0),
        award=rule("protective_award_days", on=max(first, proposed), where=where),
        award_uplift=in_force("protective_award_uplift", on=max(first, proposed), where=where),
        recipient=in_force("hr1_recipient", on=proposed, where=where),
        cautions=tuple(_cautions(given, not_before)),
    )


def out_of_order(
    clock: ConsultationClock | None, case: Case, *, chosen: bool, today: dt.date, held: dt.date | None = None
) -> tuple[OutOfOrder, ...]:
    """What has come before what it should follow, by the days of the case; nothing that they do not show.

    chosen: whether the data already say who is selected. today: of the assessment. held: the day of the file that says who is
    selected, where that is known. Consultation covers the method of
    selection where it is owed; it is taken to last until the first notice entered, or else
    the first dismissal, or else the least period.

    >>> import datetime as dt
    >>> case = Case(consultation=Consultation(begins=dt.date(2026, 11, 2)))
    >>> out_of_order(None, case, chosen=True, today=dt.date(2026, 11, 3))
    ('drafted after consultation began',)
    """
    found: list[OutOfOrder] = []
    begins = case.consultation.begins
    if begins and begins < today:
        found.append("drafted after consultation began")
    if chosen and begins and clock and clock.duty == "owed":
        least = next(each.day for each in clock.milestones if each.moment == "not before")
        ends = case.consultation.notice_from or case.consultation.first_dismissal or least
        if today < begins:
            found.append("selected before consultation")
        elif held and held < begins:
            found.append("on file before consultation")
        elif today < ends:
            found.append("selected during consultation")
    return tuple(found)


def _to_go(case: Case) -> int | None:
    known = [pool.to_go for pool in case.pools.values() if pool.to_go is not None]
    return sum(known) if known else None


def _bands(proposed: dt.date, where: Jurisdiction) -> tuple[Band, ...]:
    twenty, hundred = (
        int(rule(key, on=proposed, where=where).number)
        for key in ("consultation_trigger", "consultation_longer_trigger")
    )
    days20, hr20, days100, hr100 = (
        rule(key, on=proposed, where=where)
        for key in ("consultation_days_20", "hr1_days_20", "consultation_days_100", "hr1_days_100")
    )
    return (
        Band(low=0, high=twenty - 1),
        Band(low=twenty, high=hundred - 1, days=days20, hr1=hr20),
        Band(low=hundred, high=None, days=days100, hr1=hr100),
    )


def _milestones(
    proposed: dt.date, given: Consultation, days: Rule, hr1: Rule, not_before: dt.date
) -> tuple[Milestone, ...]:
    """The days entered and the days that follow from them, in their order."""
    entered: tuple[tuple[Moment, dt.date | None], ...] = (
        ("proposal", proposed), ("begins", given.begins), ("notice", given.notice_from),
        ("first dismissal", given.first_dismissal),
    )  # fmt: skip
    found = [Milestone(moment=moment, day=day) for moment, day in entered if day]
    found.append(Milestone(moment="not before", day=not_before, rule=days))
    form = []
    if given.first_dismissal:
        found.append(Milestone(moment="begin by", day=given.first_dismissal - _days(days), rule=days))
        form.append(given.first_dismissal - _days(hr1))
    if given.notice_from:
        found.append(Milestone(moment="begin by for notice", day=given.notice_from - _days(days), rule=days))
        form.append(given.notice_from - dt.timedelta(days=1))  # the form goes in before notice is given
    if form:
        found.append(Milestone(moment="HR1 by", day=min(form), rule=hr1))
    return tuple(sorted(found, key=lambda each: each.day))


def _cautions(given: Consultation, not_before: dt.date) -> list[Caution]:
    notice, first = given.notice_from, given.first_dismissal
    found: list[Caution] = []
    if first and first < not_before:
        found.append("period too short")
    if notice and given.begins and notice < given.begins:
        found.append("notice before consultation")
    elif notice and notice < not_before:
        found.append("notice within the period")
    if notice and first and first < notice:
        found.append("dismissal before notice")
    return found


def _changes(proposed: dt.date, where: Jurisdiction, *, leave_out: Sequence[str]) -> tuple[Rule, ...]:
    """Versions of rules on dismissal that begin in the year after the proposal, the first of them first."""
    coming = [
        version
        for key in _TURN_ON_DISMISSAL
        if key not in leave_out
        for version in rules()[key]
        if NATIONS[where] <= NATIONS[version.extent] and proposed < version.from_ <= proposed + YEAR
    ]
    return tuple(sorted(coming, key=lambda version: version.from_))


def _days(found: Rule) -> dt.timedelta:
    return dt.timedelta(days=found.number)
