"""Takes a Workforce and a Case; gives the days of other work that was offered, against the law's, and why it was refused."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from eia.case import Case
from eia.intake.workforce import Numbers, Workforce, numbers_of
from eia.law.lookup import in_force
from eia.law.records import Rule
from eia.process.leaving.large_groups import FEWEST
from eia.process.severance import place, relevant_date
from eia.vocabulary.person_columns import REFUSALS


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherWork:
    """Offers of other work to people selected, in numbers alone.

    offered: offers of which the day is known. late: made after the contracts end; late_start: work that starts later than the law's weeks
    after that; None where the case does not say when contracts end, or no file gives the day. long_trial: trials longer than the law's
    weeks; None where their days are not known. refused: reasons that ten people or more give, and how many. rules: on offers, trials and refusals.
    """

    offered: int
    late: int | None
    late_start: int | None
    long_trial: int | None
    refused: tuple[tuple[str, int], ...]
    rules: tuple[Rule, ...]


def other_work_offered(workforce: Workforce, case: Case) -> OtherWork | None:
    """Count the offers; None where no file tells of any, or the case gives no day.

    References
    ----------
    Employment Rights Act 1996, ss.138 and 141.
    """
    frame, on, where = workforce.frame, relevant_date(case), place(case)
    day, starts, ended, reason = (
        numbers_of(frame, column)
        for column in ("other_work_offered", "other_work_starts", "trial_ended", "refusal_reason")
    )
    if on is None or all(
        column is None for column in (day, starts, ended, reason, numbers_of(frame, "other_work_answer"))
    ):
        return None
    weeks, trial = (in_force(key, on=on, where=where) for key in ("other_work_starts_weeks", "trial_period_weeks"))
    further = (in_force(key, on=on, where=where) for key in ("trial_period_longer", "suitable_offer_refused"))
    ends = case.priority.contracts_end.toordinal() if case.priority.contracts_end else None
    return OtherWork(
        offered=0 if day is None else int((~np.isnan(day)).sum()),
        late=_after(day, ends),
        late_start=_after(starts, ends + 7 * int(weeks.number)) if ends and weeks else None,
        long_trial=_after(ended - starts, 7 * int(trial.number) - 1)
        if ended is not None and starts is not None and trial
        else None,
        refused=() if reason is None else _reasons(reason),
        rules=tuple(rule for rule in (weeks, trial, *further) if rule),
    )


def _after(days: Numbers | None, last: int | None) -> int | None:
    """How many of some days are after the last."""
    return None if days is None or last is None else int((days > last).sum())


def _reasons(reason: Numbers) -> tuple[tuple[str, int], ...]:
    counts = np.bincount(reason[~np.isnan(reason)].astype(np.int64), minlength=len(REFUSALS)).tolist()
    return tuple((why, count) for why, count in zip(REFUSALS, counts, strict=True) if count >= FEWEST)
