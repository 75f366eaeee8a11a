"""Takes a Workforce and a Case; gives days of absence by kind of reason and group, in totals that ten people or more stand behind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from eia.case import Case
from eia.intake.people.outcomes import chosen_by
from eia.intake.workforce import Absences, Workforce, codes_of, outcomes_of
from eia.law.lookup import in_force
from eia.law.records import Rule
from eia.process.leaving.large_groups import FEWEST, Mask, large_groups
from eia.process.severance import place
from eia.vocabulary.synonyms import counts_absence

_RULES = ("pregnancy_discrimination", "discrimination_arising_from_disability", "reasonable_adjustments")


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceTotal:
    """Days of one kind. whose: "selected", "retained", or "in pools" while nobody is. title, group: "" for all groups together.
    people: so many have such days."""

    kind: str
    whose: str
    title: str
    group: str
    people: int
    days: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceTotals:
    """totals: those that ten people or more stand behind. criteria: of the scores, those called after attendance or absence.
    rules: on pregnancy and disability, where such a criterion is scored."""

    totals: tuple[AbsenceTotal, ...]
    criteria: tuple[str, ...]
    rules: tuple[Rule, ...]


def absence_totals(workforce: Workforce, case: Case, *, today: dt.date) -> AbsenceTotals | None:
    """Add up the days of people in pools; None without a file of absences.

    today: stands for the day of the proposal, where the case gives none.

    References
    ----------
    Equality Act 2010, ss.15, 18 and 20.
    """
    if workforce.absences is None:
        return None
    outcome, pooled = outcomes_of(workforce.frame), codes_of(workforce.frame, "pool") >= 0
    whose = {"in pools": pooled}
    if outcome is not None:
        whose = {"selected": pooled & chosen_by(outcome, case), "retained": pooled & (outcome == 0)}
    criteria = tuple(
        one.name for one in (workforce.scores.criteria if workforce.scores else ()) if counts_absence(one.name)
    )
    on = case.dates.proposal or today
    rules = (in_force(key, on=on, where=place(case)) for key in _RULES) if criteria else ()
    return AbsenceTotals(
        totals=tuple(
            total
            for kind in workforce.absences.days.columns
            for name, among in whose.items()
            for total in _totals(workforce, workforce.absences, kind, name, among)
        ),
        criteria=criteria,
        rules=tuple(rule for rule in rules if rule),
    )


def _totals(workforce: Workforce, absences: Absences, kind: str, whose: str, among: Mask) -> Iterator[AbsenceTotal]:
    days = absences.days[kind].to_numpy()
    absent = among & (days > 0)
    if absent.sum() < FEWEST:
        return
    yield AbsenceTotal(
        kind=kind, whose=whose, title="", group="", people=int(absent.sum()), days=float(days[absent].sum())
    )
    keys = {dimension.characteristic.title: key for key, dimension in workforce.dimensions.items()}
    for each in large_groups(workforce, absent, among=among):
        dimension = workforce.dimensions[keys[each.title]]
        code = [group.label for group in dimension.groups].index(each.group)
        of_group = absent & (codes_of(workforce.frame, keys[each.title]) == code)
        yield AbsenceTotal(
            kind=kind,
            whose=whose,
            title=each.title,
            group=each.group,
            people=each.number,
            days=float(np.sum(days[of_group])),
        )
