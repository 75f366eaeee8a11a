"""Takes the people, their scores and who was chosen; gives how scores differ between groups, and whether the lowest went.

Scores are the practice under test. They are shown beside the findings, found by searching, and no finding allows for them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from eia import budget
from eia.case import Analysis, Case
from eia.counts.stages import Choosing
from eia.intake.workforce import Criterion, Workforce, codes_of
from eia.stats.models.contrast import Contrast, two_sided
from eia.stats.models.scores import score_difference
from eia.stats.multiplicity import holm
from eia.stats.permutation.trend import TrendTest, trend_test
from eia.vocabulary.characteristics import Dimension, Group, answers_to_compare

FEW_WAYS = 999  # ways to pick that are all gone through in a first look; of more the normal law tells whether to draw
NEAR = 1.5  # times alpha: what the normal law has at less may be at alpha or below, and is drawn
LEAST_PEOPLE = 5  # of a group and of everyone else: a mean of fewer would tell somebody's marks

Mask = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.float64]
_Marks = tuple[str | None, Numbers]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreGap:
    """One group's scores by one criterion, or in total, against everyone else who answered in the same pools.

    criterion: its name; None for the total. mean: of the group. contrast: how many marks it lies from everyone else, in pools where
    somebody of the group and somebody else were scored. z: of van Elteren's test, below 0 where the group scores lower.
    pvalue: within-pool permutation; adjusted_p: Holm over all gaps searched.
    """

    characteristic: str
    group: Group
    criterion: str | None
    mean: float
    contrast: Contrast
    z: float
    pvalue: float
    adjusted_p: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolOrder:
    """Whether the lowest totals of one pool were selected.

    people: those with a total. selected: of them. above: selected with a total higher than that of somebody retained.
    below: retained with a total lower than that of somebody selected. tied: others selected, whose total somebody retained
    has too.
    """

    pool: int
    people: int
    selected: int
    above: int
    below: int
    tied: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoresLook:
    """What the scores show. scored: people in pools with any score; not_scored: the others. gaps: every one searched that
    pools can tell of. orders: pools where some were selected and some retained, of those with a total; empty before that."""

    criteria: tuple[Criterion, ...]
    total_given: bool
    scored: int
    not_scored: int
    gaps: tuple[ScoreGap, ...]
    orders: tuple[PoolOrder, ...]

    def apart(self, alpha: float) -> tuple[ScoreGap, ...]:
        """Gaps that chance rarely gives, all of them allowed for, in which the group scores lower by ranks and on average; the widest first."""
        found = [gap for gap in self.gaps if gap.adjusted_p <= alpha and gap.z < 0 and gap.contrast.estimate < 0]
        return tuple(sorted(found, key=lambda gap: gap.z))

    @property
    def most(self) -> ScoreGap | None:
        """The criterion, and the group, that stand furthest apart; None where no criterion can be compared."""
        by_criterion = [gap for gap in self.gaps if gap.criterion is not None]
        return max(by_criterion, key=lambda gap: abs(gap.z), default=None)


def look_at_scores(workforce: Workforce, chosen: Choosing | None, case: Case) -> ScoresLook | None:
    """Look at the scores; None where the case has none.

    Parameters
    ----------
    workforce: everybody. chosen: those among whom some were chosen; without it, everybody in a pool is looked at.
    case: seed, draws and conventions.

    Notes
    -----
    Each group is compared with everyone else whose answer is known: by how many marks it differs, and by van Elteren's test with within-pool
    permutation of the marks. A characteristic of two groups counts once, and one with fewer than five people, or others, is left out. All criteria, the total and all groups are one family, found by
    searching, for which Holm allows. A p of the normal law above 1.5 times alpha stands; nearer to alpha, and below it, that of all draws counts, so that
    none is at or below alpha more often than alpha says. Up to 999 ways to pick are always gone through.

    References
    ----------
    van Elteren (1960), *Bulletin of the International Statistical Institute* 37, 351-361; Holm (1979), *Scandinavian
    Journal of Statistics* 6, 65-70.
    """
    scores = workforce.scores
    if scores is None:
        return None
    people = chosen.people if chosen else workforce.frame[workforce.frame["pool"].notna()]
    total = None if scores.total is None else scores.total.loc[people.index].to_numpy()
    given = scores.marks.loc[people.index].to_numpy().T
    marks: list[_Marks] = [(one.name, row) for one, row in zip(scores.criteria, given, strict=True)]
    if total is not None:
        marks.append((None, total))
    gaps = tuple(_gaps(workforce.dimensions, people, marks, case.analysis))
    known = ~np.isnan(np.array([row for _, row in marks])).all(axis=0)
    return ScoresLook(
        criteria=scores.criteria,
        total_given=scores.total_given,
        scored=int(known.sum()),
        not_scored=int((~known).sum()),
        gaps=gaps,
        orders=tuple(_orders(codes_of(people, "pool"), chosen.selected, total)) if chosen and total is not None else (),
    )


@dataclass(frozen=True, slots=True)
class _Compared:
    """One comparison: what it is of, and pool, whether of the group, and mark of everybody whose answer is known."""

    characteristic: str
    group: Group
    criterion: str | None
    pool: npt.NDArray[np.int32]
    ours: Mask
    mark: Numbers

    def test(self, conventions: Analysis, draws: int, drawn_to: float = 1.0) -> TrendTest:
        """Those of the group against everyone else, by their marks."""
        return trend_test(
            pool=self.pool, selected=self.ours, value=self.mark, seed=conventions.seed, draws=draws, drawn_to=drawn_to
        )

    def contrast(self, conventions: Analysis) -> Contrast:
        """How many marks the group lies from everyone else in the same pools."""
        return score_difference(mark=self.mark, group=self.ours, pool=self.pool, level=conventions.level)

    def mean(self) -> float:
        """Of the group, in the same pools."""
        inside = two_sided(group=self.ours, stratum=self.pool, known=~np.isnan(self.mark))
        return float(self.mark[inside & self.ours].mean())


def _gaps(
    dimensions: Mapping[str, Dimension], people: pd.DataFrame, marks: Sequence[_Marks], conventions: Analysis
) -> Iterator[ScoreGap]:
    """Every gap that pools can tell of, of five people and five others or more. The second look takes so many draws that the least p it can give, allowed for all
    comparisons, is a tenth of alpha."""
    looks = [(one, one.test(conventions, FEW_WAYS, drawn_to=0.0)) for one in _compared(dimensions, people, marks)]
    looks = [(one, test) for one, test in looks if min(test.selected, test.people - test.selected) >= LEAST_PEOPLE]
    draws = min(budget.DRAWS_OF_SCORES, max(conventions.draws, math.ceil(10 * len(looks) / conventions.alpha) - 1))
    near = NEAR * conventions.alpha
    tests = [one.test(conventions, draws) if test.pvalue <= near else test for one, test in looks]
    adjusted = holm([test.pvalue for test in tests])
    for (one, _), test, p in zip(looks, tests, adjusted.tolist(), strict=True):
        yield ScoreGap(
            characteristic=one.characteristic,
            group=one.group,
            criterion=one.criterion,
            mean=one.mean(),
            contrast=one.contrast(conventions),
            z=test.z,
            pvalue=test.pvalue,
            adjusted_p=p,
        )


def _compared(
    dimensions: Mapping[str, Dimension], people: pd.DataFrame, marks: Sequence[_Marks]
) -> Iterator[_Compared]:
    """Each group by each criterion and in total; of a characteristic of two groups one, since the other says the same."""
    pool = codes_of(people, "pool")
    for key, dimension in dimensions.items():
        answers = [code for code, group in enumerate(dimension.groups) if group.kind == "answer"]
        held = codes_of(people, key)
        known = np.isin(held, answers)
        given = [code for code in answers if (held == code).any()]
        for code in answers_to_compare(dimension.characteristic, dimension.groups, given):
            for criterion, row in marks:
                yield _Compared(key, dimension.groups[code], criterion, pool[known], held[known] == code, row[known])


def _orders(pool: npt.NDArray[np.int32], selected: Mask, total: Numbers) -> Iterator[PoolOrder]:
    known = ~np.isnan(total)
    for code in np.unique(pool[known]).tolist():
        here = known & (pool == code)
        went, stayed = total[here & selected], total[here & ~selected]
        if len(went) and len(stayed):
            above = went > stayed.min()
            yield PoolOrder(
                pool=code,
                people=len(went) + len(stayed),
                selected=len(went),
                above=int(above.sum()),
                below=int((stayed < went.max()).sum()),
                tied=int((np.isin(went, stayed) & ~above).sum()),
            )
