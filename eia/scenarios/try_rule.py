"""Takes a Workforce, the case and a Scenario; gives the Workforce as it would be under the changed rule, and what changed hands."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from eia.case import RETAINED, VOLUNTEER, Case, Scenario
from eia.errors import EiaError, Fault
from eia.intake.workforce import Workforce, codes_of, outcomes_of
from eia.scenarios.choose import Mask, Standing, choose, same_order
from eia.scenarios.pools import Pools, changed_pools
from eia.scenarios.rule import Rule
from eia.scenarios.totals import totals


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Changed:
    """A workforce under another rule.

    workforce: with the pools and outcomes as they would be. selected, tied: (people,), who would be selected, and who is of equal standing at the line of a pool; they
    never leave memory. others: of those selected now, how many would not be. not_placed: people in pools without a total,
    who stay as they are. not_by_points: people whose mark the employer's points do not give. not_adding_up: where marks are weighed anew, people whose stated total is not what marks
    and weights add up to. pools_changed: in how many pools anything changes.
    volunteers: people accepted before anybody is selected.
    """

    workforce: Workforce
    selected: Mask
    tied: Mask
    others: int
    not_placed: int
    not_by_points: int
    not_adding_up: int
    pools_changed: int
    volunteers: int


def try_rule(rule: Rule, workforce: Workforce, case: Case, scenario: Scenario) -> Changed:
    """Select anew under the scenario. Pools in which its rule puts the same people in the same order, as many going, stay as they are: there the employer's
    choices stand, whether or not the stated rule gives them.

    Raises
    ------
    EiaError with everything that the scenario names and the files do not have, and where they cannot tell who would be selected.
    """
    new = totals(rule, workforce, case, scenario)
    pools = changed_pools(rule, workforce, scenario)
    there = (rule.pool >= 0) & (pools.pool.codes >= 0) & ~pools.volunteers
    after = Standing(
        pool=np.where(there, pools.pool.codes, -1).astype(np.int32),
        total=-new.total if rule.highest else new.total,
        then=_then(rule, scenario),
        to_go=pools.to_go,
    )
    if np.isnan(after.total[after.pool >= 0]).all() and not scenario.out_of_scope and not pools.volunteers.any():
        raise EiaError(Fault(code="no-scores-to-try", what="There are no scores, so nobody can be selected by another rule.",
                             allowed="a file of scores, by criterion or in total", do="Ask the employer for the scores."))  # fmt: skip
    now = rule.now & there
    choice = choose(after, now)
    same = same_order(rule.standing(), after)
    unchanged = (after.pool >= 0) & same[after.pool]
    selected = np.where(unchanged, now, choice.selected)
    tied = choice.tied & ~unchanged
    touched = np.bincount(after.pool[(after.pool >= 0) & (selected != now)], minlength=len(after.to_go)) > 0
    return Changed(
        workforce=_workforce(workforce, case, pools, selected, there),
        selected=selected,
        tied=tied,
        others=int((rule.now & ~selected).sum()),
        not_placed=int(((after.pool >= 0) & ~after.placed).sum()),
        not_by_points=new.not_by_points,
        not_adding_up=int((rule.unlike_total & (after.pool >= 0)).sum()) if scenario.of_marks else 0,
        pools_changed=int(touched.sum()),
        volunteers=int(pools.volunteers.sum()),
    )


def _then(rule: Rule, scenario: Scenario) -> npt.NDArray[np.float64]:
    """What decides between equal totals: the shortest service first, where the scenario says so."""
    if scenario.tie_break is None:
        return np.zeros(len(rule.pool))
    if rule.service is None:
        raise EiaError(Fault(code="no-service", what="No file gives the length of service.", allowed="a column of service, or of the day it began",
                             do="Add it to the workforce file, or leave the tie-break out."))  # fmt: skip
    if unknown := int((np.isnan(rule.service) & (rule.pool >= 0)).sum()):
        raise EiaError(Fault(code="service-not-known", what=f"For {unknown:,} people in pools the length of service is not known, so it cannot decide between equal totals.",
                             allowed="the length of service of everybody in a pool", do="Fill it in, or leave the tie-break out."))  # fmt: skip
    return rule.service


def _workforce(workforce: Workforce, case: Case, pools: Pools, selected: Mask, there: Mask) -> Workforce:
    """The people with these pools and outcomes. Who was selected and still is keeps what came of it since."""
    frame, order = workforce.frame.copy(deep=False), case.stages.order
    before = outcomes_of(workforce.frame)
    outcome = np.zeros(len(frame), dtype=np.int32) if before is None else before.copy()
    at = 1 + order.index(case.stages.compulsory)
    outcome[there & ~selected] = 0
    outcome[there & selected & (outcome < at)] = at
    outcome[(pools.pool.codes < 0) & (codes_of(workforce.frame, "pool") >= 0) & (outcome >= at)] = 0
    if pools.volunteers.any():
        outcome[pools.volunteers] = 1 + order.index(VOLUNTEER)
    frame["pool"] = pools.pool
    frame["outcome"] = pd.Categorical.from_codes(outcome, categories=[RETAINED, *order], ordered=True)
    return replace(workforce, frame=frame)
