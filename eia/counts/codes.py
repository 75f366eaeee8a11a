"""Takes a Workforce; gives Codes (aligned whole numbers, one entry a person) and the Layout that says what they mean.

Codes hold no labels and no references. What must carry people across characteristics reads these; everything else
reads the cube that is counted from them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from eia.case import RETAINED, Case
from eia.intake.workforce import Afterwards, Scores, Workforce
from eia.vocabulary.characteristics import Characteristic, Group

Whole = npt.NDArray[np.int32]
Numbers = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    """One characteristic as it is counted: what it is, and its groups in order, ways of not answering last."""

    characteristic: Characteristic
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CubeAxes:
    """What the codes mean. pools, units: labels by code. outcomes: "retained", then the stages in their order."""

    pools: tuple[str, ...]
    units: tuple[str, ...]
    outcomes: tuple[str, ...]
    dimensions: Mapping[str, Dimension]


@dataclass(frozen=True, slots=True, kw_only=True)
class Codes:
    """Everybody as whole numbers. Code -1 in pool, unit and post is none; outcome is None while nobody is chosen.

    round: the round of selection in which they were chosen, 1 for the first and 0 for those who were not; None where the
    file names no rounds. hours, scores, afterwards: as the Workforce has them.
    """

    pool: Whole
    unit: Whole
    post: Whole
    outcome: Whole | None
    characteristics: Mapping[str, Whole]
    age: Numbers | None
    service: Numbers | None
    round: Whole | None = None
    hours: Numbers | None = None
    afterwards: Afterwards | None = None
    scores: Scores | None = None

    def of(self, people: npt.NDArray[np.bool_] | npt.NDArray[np.intp]) -> Codes:
        """The same of some of the people, or of all in another order."""
        return Codes(
            pool=self.pool[people],
            unit=self.unit[people],
            post=self.post[people],
            outcome=None if self.outcome is None else self.outcome[people],
            characteristics={key: codes[people] for key, codes in self.characteristics.items()},
            age=None if self.age is None else self.age[people],
            service=None if self.service is None else self.service[people],
            round=None if self.round is None else self.round[people],
            hours=None if self.hours is None else self.hours[people],
            afterwards=None if self.afterwards is None else self.afterwards.of(people),
            scores=None if self.scores is None else self.scores.of(people),
        )


def encode(workforce: Workforce, case: Case) -> tuple[Codes, CubeAxes]:
    """Strip a workforce of its labels. Shares the arrays: nothing is copied."""
    layout = CubeAxes(
        pools=workforce.pool.labels,
        units=workforce.unit.labels,
        outcomes=(RETAINED, *case.stages.order),
        dimensions={
            key: Dimension(characteristic=answers.characteristic, groups=answers.groups)
            for key, answers in workforce.answers.items()
        },
    )
    codes = Codes(
        pool=workforce.pool.codes,
        unit=workforce.unit.codes,
        post=workforce.post.codes,
        outcome=workforce.outcome,
        characteristics={key: answers.codes for key, answers in workforce.answers.items()},
        age=workforce.age,
        service=workforce.service,
        round=workforce.round,
        hours=workforce.hours,
        afterwards=workforce.afterwards,
        scores=workforce.scores,
    )
    return codes, layout
