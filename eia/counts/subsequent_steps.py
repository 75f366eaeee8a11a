"""Takes a table of people and the stages of the case; gives every step beside selection: who was there when it began, and who went through it.

Steps are the stages of the case in their order, what became of those who applied for voluntary exit, who of those selected is
offered other work and what becomes of it, and how those who stay in work are placed: downgraded, with hours or pay cut, moved. The compulsory stage is none of them: it is the question of who goes
within a job.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from eia.case import VOLUNTEER, Stages
from eia.counts.stages import Stage
from eia.intake.workforce import codes_of, numbers_of, outcomes_of
from eia.vocabulary.person_columns import ANSWERS, CHANGES

Mask = npt.NDArray[np.bool_]

ACCEPTED = "application accepted"
"""The step of those who applied for voluntary exit: accepted or refused."""
OFFERED, REFUSED, LEFT = "other work offered", "other work refused", "left after trial"
"""The steps of those selected who are offered other work."""


@dataclass(frozen=True, slots=True)
class SubsequentStep:
    """One step, by person. name: that of the stage, ACCEPTED, or that of a change. there, went: (people,), went among there."""

    name: str
    there: Mask
    went: Mask

    def counted(self, people: pd.DataFrame, characteristic: str, *, groups: int, pools: int) -> Stage:
        """The people of one characteristic at this step, by group and pool."""
        group, pool = codes_of(people, characteristic), codes_of(people, "pool")

        def by_group(some: Mask) -> npt.NDArray[np.int64]:
            cell = group[some] * np.int64(pools) + pool[some]
            counted = np.bincount(cell, minlength=groups * pools).reshape(groups, pools)
            return np.pad(counted, ((0, 0), (0, 1)))  # nobody at a step is in no pool

        there = by_group(self.there)
        return Stage(there=there, went=by_group(self.went), earlier=there * 0)


def subsequent_steps(people: pd.DataFrame, stages: Stages) -> tuple[SubsequentStep, ...]:
    """Every step that anybody went through, in the order in which they happen.

    A stage before the compulsory one is compared with all in a pool still there; one after it, with those selected and still
    there. Applications: of those who applied and had not gone before. Offers of other work: of those selected; answers: of those
    offered it whose answer is known. Changes: of those of whom the files say yes or no.
    """
    return tuple(step for step in _every(people, stages) if step.went.any())


def _every(people: pd.DataFrame, stages: Stages) -> Iterator[SubsequentStep]:
    in_pool, outcome = codes_of(people, "pool") >= 0, outcomes_of(people)
    compulsory = 1 + stages.order.index(stages.compulsory)
    for code, name in enumerate(stages.order, start=1):
        if outcome is None or code == compulsory:
            continue
        before = 0 if code < compulsory else compulsory
        there = in_pool & ((outcome == before) | (outcome >= code))
        yield SubsequentStep(name, there, there & (outcome == code))
        if name == VOLUNTEER and "applied" in people:
            applied = there & people["applied"].to_numpy()
            yield SubsequentStep(ACCEPTED, applied, applied & (outcome == code))
    yield from _offers(people, in_pool & (outcome >= compulsory)) if outcome is not None else ()
    for change in filter(CHANGES.__contains__, people.columns):
        answer = people[change]
        yield SubsequentStep(
            change.replace("_", " "),
            in_pool & answer.notna().to_numpy(),
            in_pool & answer.fillna(value=False).to_numpy(dtype=bool),
        )


def _offers(people: pd.DataFrame, chosen: Mask) -> Iterator[SubsequentStep]:
    """Who of those selected is offered other work, who of these refuses it, and who of those that took it leaves after a trial."""
    day, answer = (numbers_of(people, column) for column in ("other_work_offered", "other_work_answer"))
    told = [~np.isnan(column) for column in (day, answer) if column is not None]
    if not told:
        return
    yield SubsequentStep(OFFERED, chosen, chosen & np.logical_or.reduce(told))
    if answer is not None:
        answered, refused = chosen & ~np.isnan(answer), answer == ANSWERS.index("refused")
        yield SubsequentStep(REFUSED, answered, answered & refused)
        yield SubsequentStep(LEFT, answered & ~refused, answered & (answer == ANSWERS.index(LEFT)))
