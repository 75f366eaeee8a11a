"""Takes Codes and the stages of the case; gives every step beside selection: who was there when it began, and who went through it.

Steps are the stages of the case in their order, what became of those who applied for voluntary exit, and how those who stay in
work are placed: downgraded, with hours or pay cut, moved. The compulsory stage is none of them: it is the question of who goes
within a job.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from eia.case import VOLUNTEER, Stages
from eia.counts.codes import Codes
from eia.counts.stages import Stage

Mask = npt.NDArray[np.bool_]

ACCEPTED = "application accepted"
"""The step of those who applied for voluntary exit: accepted or refused."""


@dataclass(frozen=True, slots=True)
class SubsequentStep:
    """One step, by person. name: that of the stage, ACCEPTED, or that of a change. there, went: (people,), went among there."""

    name: str
    there: Mask
    went: Mask

    def counted(self, codes: Codes, characteristic: str, *, groups: int, pools: int) -> Stage:
        """The people of one characteristic at this step, by group and pool."""
        group = codes.characteristics[characteristic]

        def by_group(people: Mask) -> npt.NDArray[np.int64]:
            cell = group[people] * np.int64(pools) + codes.pool[people]
            counted = np.bincount(cell, minlength=groups * pools).reshape(groups, pools)
            return np.pad(counted, ((0, 0), (0, 1)))  # nobody at a step is in no pool

        there = by_group(self.there)
        return Stage(there=there, went=by_group(self.went), earlier=there * 0)


def subsequent_steps(codes: Codes, stages: Stages) -> tuple[SubsequentStep, ...]:
    """Every step that anybody went through, in the order in which they happen.

    A stage before the compulsory one is compared with all in a pool still there; one after it, with those selected and still
    there. Applications: of those who applied and had not gone before. Changes: of those of whom the files say yes or no.
    """
    return tuple(step for step in _every(codes, stages) if step.went.any())


def _every(codes: Codes, stages: Stages) -> Iterator[SubsequentStep]:
    in_pool = codes.pool >= 0
    after = codes.afterwards
    compulsory = 1 + stages.order.index(stages.compulsory)
    outcome = codes.outcome
    for code, name in enumerate(stages.order, start=1):
        if outcome is None or code == compulsory:
            continue
        before = 0 if code < compulsory else compulsory
        there = in_pool & ((outcome == before) | (outcome >= code))
        yield SubsequentStep(name, there, there & (outcome == code))
        if name == VOLUNTEER and after is not None and after.applied is not None:
            yield SubsequentStep(ACCEPTED, there & after.applied, there & after.applied & (outcome == code))
    for change, answer in after.changes.items() if after is not None else ():
        yield SubsequentStep(change, in_pool & (answer >= 0), in_pool & (answer > 0))
