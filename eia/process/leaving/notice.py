"""Takes a Workforce and a Case; gives the notice that the law requires by length of service, and whose is longer than the case states."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from eia.case import Case
from eia.intake.people.outcomes import chosen_by
from eia.intake.workforce import Workforce, numbers_of, outcomes_of
from eia.law.lookup import in_force
from eia.law.records import Place, Rule
from eia.process.leaving.large_groups import GroupNumber, Mask, large_groups
from eia.process.severance import place

Weeks = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRules:
    """The least notice that an employer gives: a week from a month's service, then a week for each year, up to a limit."""

    months_of_service: Rule
    weeks_at_first: Rule
    years_at_first: Rule
    weeks_a_year: Rule
    most_weeks: Rule

    @property
    def all(self) -> tuple[Rule, ...]:
        """Each rule once."""
        return (
            self.months_of_service,
            self.weeks_at_first,
            self.years_at_first,
            self.weeks_a_year,
            self.most_weeks,
        )

    def weeks(self, service: Weeks) -> Weeks:
        """Weeks of notice by complete years of service; nan where that is not known.

        Everybody is taken to have been there for a month: complete years do not show it.
        """
        years = np.floor(service)
        later = np.minimum(years * self.weeks_a_year.number, self.most_weeks.number)
        return np.where(
            years < self.years_at_first.number, np.where(np.isnan(years), np.nan, self.weeks_at_first.number), later
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Notice in one case, as far as the law recorded and the case say.

    on: the day of notice, or before it is entered that of the first dismissal or of the proposal. rules: None in Crown employment
    and where the law is not recorded. crown: the notice of the civil service scheme. days: between the first notice and the first
    dismissal, None where the case does not give both. longest_ends: the day on which the longest notice would end, given on the
    first day of notice. chosen: those selected, volunteers left aside; None while nobody is. known: of these, whose service is known;
    longer: of these, whose notice is longer than ``days``. groups: of those, by group.
    """

    on: dt.date
    rules: NoticeRules | None
    crown: Rule | None = None
    days: int | None = None
    longest_ends: dt.date | None = None
    chosen: int | None = None
    known: int = 0
    longer: int = 0
    groups: tuple[GroupNumber, ...] = ()

    @property
    def cited(self) -> tuple[Rule, ...]:
        """The rules it rests on."""
        return self.rules.all if self.rules else (self.crown,) if self.crown else ()


def notice(workforce: Workforce | None, case: Case) -> Notice | None:
    """Work out the notice in a case; None where it gives no day.

    Parameters
    ----------
    workforce: the people, None where there is a table of counts. case: its stages, dates and ``consultation``.

    References
    ----------
    Employment Rights Act 1996, s.86.

    Example
    -------
    >>> from eia.case import Consultation
    >>> days = Consultation(notice_from=dt.date(2027, 1, 11), first_dismissal=dt.date(2027, 2, 8))
    >>> made = notice(None, Case(consultation=days))
    >>> made.days, made.longest_ends.isoformat(), made.rules.weeks(np.array([0.0, 1.0, 2.0, 5.0, 30.0])).tolist()
    (28, '2027-04-05', [1.0, 1.0, 2.0, 5.0, 12.0])
    """
    given = case.consultation
    on = given.notice_from or given.first_dismissal or case.dates.proposal
    if on is None:
        return None
    if case.employer.kind == "Crown":
        return Notice(on=on, rules=None, crown=in_force("cscs_notice_months", on=on, where=place(case)))
    rules = notice_rules(on=on, where=place(case))
    days = (given.first_dismissal - given.notice_from).days if given.notice_from and given.first_dismissal else None
    ends = given.notice_from + dt.timedelta(weeks=rules.most_weeks.number) if rules and given.notice_from else None
    chosen = _chosen(workforce, case)
    service = numbers_of(workforce.frame, "service_years") if workforce else None
    if rules is None or workforce is None or chosen is None or service is None:
        return Notice(
            on=on, rules=rules, days=days, longest_ends=ends, chosen=None if chosen is None else int(chosen.sum())
        )
    weeks = rules.weeks(service.astype(np.float64))
    known = chosen & ~np.isnan(weeks)
    longer = known & (weeks * 7 > (np.inf if days is None else days))
    return Notice(
        on=on,
        rules=rules,
        days=days,
        longest_ends=ends,
        chosen=int(chosen.sum()),
        known=int(known.sum()),
        longer=int(longer.sum()),
        groups=large_groups(workforce, longer, among=known),
    )


def notice_rules(*, on: dt.date, where: Place) -> NoticeRules | None:
    """The rules on notice as they stand on a day; None where they are not recorded."""
    months, first, years, a_year, most = (
        in_force(key, on=on, where=where)
        for key in (
            "notice_months_of_service", "notice_weeks_at_first", "notice_years_at_first", "notice_weeks_a_year", "notice_most_weeks",
        )
    )  # fmt: skip
    if months and first and years and a_year and most:
        return NoticeRules(
            months_of_service=months, weeks_at_first=first, years_at_first=years, weeks_a_year=a_year, most_weeks=most
        )
    return None


def _chosen(workforce: Workforce | None, case: Case) -> Mask | None:
    """Who is selected against their will; None while nobody is."""
    outcome = outcomes_of(workforce.frame) if workforce else None
    return None if outcome is None else chosen_by(outcome, case)
