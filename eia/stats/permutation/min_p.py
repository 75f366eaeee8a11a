"""Takes people, their pools and who is selected; gives p-values for who is selected within each pool, adjusted for the whole family.

Selections are drawn again and again within every pool, among everyone in it. A draw keeps each person whole, so that the tests of all
characteristics move together as they would under even-handed selection, and saying the same of the same people twice costs nothing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from eia.stats import checks
from eia.stats.multiplicity import FamilyWeights
from eia.stats.permutation.drawn_midp import LARGE
from eia.stats.permutation.family_draws import Draws, FamilyMember, selections_scored
from eia.stats.permutation.westfall_young import (
    any_family_positive,
    critical_score,
    critical_scores,
    in_families,
    standard_error,
    tail_shares,
    westfall_young,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MinP:
    """The family of selection, adjusted by step-down minima over drawn selections.

    scores: how unusual each comparison, and then each trend, finds the selections made: a comparison's mid-p, exact or nearly so; a trend's
        permutation p. ``nan`` where there is nothing to learn.
    adjusted_pvalues: adjusted for the family; ``nan`` likewise. standard_errors: their Monte Carlo standard errors.
    own_pvalues: adjusted for the tests of its own family within it alone. standing_out: how often even-handed selection gives at least one of
        these that is small; ``nan`` for an empty family.
    overall: how often even-handed selection gives a smallest score, over its weight, at least this small; ``nan`` for an empty family.
    draws: selections drawn besides the one made. seed: where they began.
    first_criticals: the score of each at or below which it would be positive at alpha, whatever the others are. criticals: the same, the others
        being as they are: larger where others are positive without it. ``nan`` likewise.
    """

    scores: tuple[float, ...]
    adjusted_pvalues: tuple[float, ...]
    standard_errors: tuple[float, ...]
    own_pvalues: tuple[float, ...]
    standing_out: float
    overall: float
    first_criticals: tuple[float, ...]
    criticals: tuple[float, ...]
    draws: int
    seed: int
    method: str


def min_p(
    *,
    pool: ArrayLike,
    selected: ArrayLike,
    columns: Sequence[ArrayLike],
    comparisons: Sequence[FamilyMember],
    trends: Sequence[ArrayLike] = (),
    weights: FamilyWeights | None = None,
    seed: int,
    draws: int = 10_000,
    alpha: float = 0.05,
    small: float = 0.05,
    large: float = LARGE,
    against: Draws | None = None,
) -> MinP:
    """Adjust the tests of who is selected within each pool for their number, by drawing selections that are even-handed.

    Parameters
    ----------
    pool: (people,) whole numbers from 0; people of no pool are left out beforehand. selected: (people,) True or False.
    columns: arrays (people,) of integer codes, one a characteristic.
    comparisons: the family; of two groups that mirror each other, one.
    trends: arrays (people,) of numbers such as age, ``nan`` where not known.
    weights: how the error of the family is shared out over the comparisons and then the trends, and which are families of their own; evenly,
        and all one, by default.
    seed: where the draws begin. draws: how many. alpha: the chance of any false alarm that the critical scores answer to. small: at or
        below which an own_pvalue stands out. large: from
        which variance on a mid-p may be scored by the normal form, which is quicker: see :func:`eia.stats.permutation.drawn_midp.drawn_midp`.
    against: draws that were made for the same people, comparisons and numbers selected of each pool: nothing is drawn again.

    Returns
    -------
    MinP: see there for every field.

    Raises
    ------
    EiaError
        where the arrays are not of the same people, not of the kind named above, or a comparison names a column that is not there.
    ValueError
        where the draws given are of other numbers selected, or of other comparisons.

    Notes
    -----
    - Each draw selects as many people of each pool as were selected, everyone in the pool being equally likely, known or not.
    - Up to 40,000 people are drawn one by one. Where there are more, the largest pools are turned: everyone there stands in a circle, in an
      order drawn once, and each draw moves the selection made round it by any number of places. To turn pools so, each on its own, is a
      subgroup of all ways to permute people within pools, and any such gives a p that is valid as it stands. A pool has as many
      turns as people: the variance of a score over them differs from that over all selections by about the root of 2 / people.
    - Each comparison is scored by its doubled mid-p, given how many people known to it the draw selects in each pool: see
      :func:`eia.stats.permutation.drawn_midp.drawn_midp`.
    - A trend is scored by van Elteren's statistic: ranks within the pool among the known, pools weighted by 1 / (known + 1), standardised
      given how many known are selected; then by the share of draws at least as far from 0.
    - The data are scored as the draws are, and count as one of them. So the adjusted p-values hold whatever the scores.
    - A comparison is ``nan`` and does not count where no pool from which some but not all go holds both someone of the group and someone
      known outside it; a trend, where no such pool has two different values. Where it is only that those selected are all unknown,
      it counts, with score 1.

    - With weights each score counts over its weight, so that a test of weight 10 is positive at ten times the score of one of weight 1.

    References
    ----------
    Westfall and Young (1993), *Resampling-Based Multiple Testing*, algorithm 2.8; weights: Westfall, Kropf and Finos (2004), in *Recent
    Developments in Multiple Comparison Procedures*, IMS Lecture Notes 47, 143-154; van Elteren (1960), *Bulletin of the International
    Statistical Institute* 37, 351-361; Chung and Fraser (1958), *JASA* 53, 729-735, and Hemerik and Goeman (2018), *TEST* 27, 811-825
    (subgroups).

    Example
    -------
    Two pools of four, one of each selected, the only one over fifty both times; two characteristics that agree.

    >>> family = min_p(pool=[0] * 4 + [1] * 4, selected=[True, False, False, False] * 2, columns=[[1, 0, 0, 0] * 2] * 2,
    ...     comparisons=[FamilyMember(parts=((column, 1, (0, 1)),)) for column in (0, 1)], seed=1)
    >>> [round(score, 4) for score in family.scores], [round(p, 2) for p in family.adjusted_pvalues]
    ([0.0625, 0.0625], [0.06, 0.06])
    """
    rows = 1 if against else checks.count("draws", draws) + 1
    selections = selections_scored(
        pool=pool, selected=selected, columns=columns, comparisons=comparisons, trends=trends, rows=rows, seed=seed, large=large
    )  # fmt: skip
    against = against or selections.drawn
    if not selections.fits(against):
        raise ValueError("The draws were made of other numbers selected, or of other comparisons.")
    distances = np.concatenate([selections.trends[:1], against.trends])
    shares = np.where(np.isnan(distances), np.nan, tail_shares(distances))
    scores = np.concatenate([np.concatenate([selections.midp[:1], against.midp]), shares], axis=1)
    tested = ~np.isnan(scores[0])
    shared = (weights or FamilyWeights.even(tested.size)).of(tested.size)
    weight, own_family = shared.weights[tested], shared.own[tested]
    weighted = scores[:, tested] / weight
    adjusted, own, first, criticals = np.full((4, tested.size), np.nan)
    adjusted[tested], own[tested] = westfall_young(weighted), in_families(scores[:, tested], own_family)
    if tested.any():
        first[tested] = weight * critical_score(weighted, alpha)
    criticals[tested] = weight * critical_scores(weighted, alpha)
    return MinP(
        scores=tuple(scores[0].tolist()),
        adjusted_pvalues=tuple(adjusted.tolist()),
        standard_errors=tuple(standard_error(p, len(scores)) for p in adjusted.tolist()),
        own_pvalues=tuple(own.tolist()),
        standing_out=any_family_positive(scores[:, tested], own_family, small) if tested.any() else math.nan,
        overall=float(adjusted[tested].min()) if tested.any() else math.nan,
        first_criticals=tuple(first.tolist()),
        criticals=tuple(criticals.tolist()),
        draws=len(scores) - 1,
        seed=seed,
        method="step-down minima of mid-p over drawn selections",
    )
