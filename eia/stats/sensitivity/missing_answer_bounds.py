"""Takes known counts and the not known beside them, pool by pool; gives how far the not known could move the exact test."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from eia.stats import checks
from eia.stats.checks import Ints
from eia.stats.exact.conditional_distribution import PoolMargins
from eia.stats.exact.informative_pools import informative_pools
from eia.stats.exact.stratified_pvalues import stratified_pvalues
from eia.stats.exact.tails import observe


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundingTest:
    """The exact test at one end of what the not known could be. Each field as in :class:`eia.stats.results.StratifiedTest`.

    odds_ratio: the estimate, by conditional maximum likelihood; ``nan`` where no pool is informative.
    """

    observed: int
    expected: float
    excess: float
    odds_ratio: float
    pvalue_greater: float
    pvalue_less: float
    midp: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingAnswerBounds:
    """The test at both ends of what the not known could be; everyone counts in it.

    least: no selected person of unknown answer belongs to the group, and all those retained do. most: the reverse.
        The excess, the odds ratio and the one-sided p-values lie between their values in the two.
    unknown_selected, unknown_retained: people whose answer is not known.
    """

    least: BoundingTest
    most: BoundingTest
    unknown_selected: int
    unknown_retained: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TippingPoint:
    """How many of the selected people of unknown answer decide.

    people: the fewest who would have to belong to the group for the answer to be other than with none of them. of: all of them.
    share: people / of.
    holds: whether the condition holds with that many or more of the group; if not, it holds with fewer.
    """

    people: int
    of: int
    share: float
    holds: bool


def missing_answer_bounds(
    *,
    group_selected: ArrayLike,
    group_total: ArrayLike,
    selected: ArrayLike,
    total: ArrayLike,
    unknown_selected: ArrayLike,
    unknown_retained: ArrayLike,
) -> MissingAnswerBounds:
    """Test the group as if the not known were all for it, and all against.

    Parameters
    ----------
    group_selected, group_total, selected, total: people whose answer is known, as for ``stratified_test``.
    unknown_selected, unknown_retained: people whose answer is not known. All are integer arrays with one entry a pool; raises EiaError
        as :func:`eia.stats.checks.strata`.

    Returns
    -------
    MissingAnswerBounds: see there for every field.

    Notes
    -----
    Everyone counts now, so who is selected and how many people there are is fixed; only who of them is of the group is not. One person
    more of the group raises the number of the group selected that even-handed selection gives by at least 0 and at most 1,
    stochastically, at any odds ratio. If that person is selected, the observed number rises by 1, and so by no less; if retained, by 0, and
    so by no more. Hence the two ends, which some answers of the not known do give.

    Where a bounding table has no informative pool its odds ratio is ``nan``: nothing bounds it on that side.

    References
    ----------
    Manski (2003), *Partial Identification of Probability Distributions*, chapter 1 (bounds without assumptions on who does not answer);
    Efron (1965), *Annals of Mathematical Statistics* 36, 272-279 (the order).

    Example
    -------
    >>> bounds = missing_answer_bounds(group_selected=[6], group_total=[15], selected=[10], total=[40],
    ...     unknown_selected=[2], unknown_retained=[3])
    >>> round(bounds.least.excess, 2), round(bounds.most.excess, 2)
    (1.2, 3.47)
    """
    x, g, m, n, chosen, kept = checks.strata(
        group_selected=group_selected,
        group_total=group_total,
        selected=selected,
        total=total,
        unknown_selected=unknown_selected,
        unknown_retained=unknown_retained,
    )
    everyone = m + chosen, n + chosen + kept
    return MissingAnswerBounds(
        least=_bound(x, g + kept, *everyone),
        most=_bound(x + chosen, g + chosen, *everyone),
        unknown_selected=int(chosen.sum()),
        unknown_retained=int(kept.sum()),
    )


def _bound(x: Ints, g: Ints, m: Ints, n: Ints) -> BoundingTest:
    margins, observed = PoolMargins.of(g, m, n), int(x[informative_pools(g, m, n)].sum())
    seen = observe(margins, observed)
    return BoundingTest(
        observed=observed,
        expected=margins.mean,
        excess=observed - margins.mean,
        odds_ratio=math.exp(seen.theta),
        pvalue_greater=seen.pvalues.greater,
        pvalue_less=seen.pvalues.less,
        midp=seen.pvalues.midp,
    )


def tipping_point(
    *,
    group_selected: ArrayLike,
    group_total: ArrayLike,
    selected: ArrayLike,
    total: ArrayLike,
    unknown_selected: ArrayLike,
    unknown_retained: ArrayLike,
    holds: Callable[[float, float], bool],
) -> TippingPoint | None:
    """Find how many of the selected people of unknown answer would have to belong to the group to change the answer.

    Parameters
    ----------
    group_selected, group_total, selected, total, unknown_selected, unknown_retained: as for :func:`missing_answer_bounds`.
    holds: the condition asked about, given a test's mid-p and its excess. It must look one way: as more of the group are selected it may
        begin to hold, or cease to, but not both. So "found against the group", or "found for it", and not "found".

    Returns
    -------
    TippingPoint; ``None`` where any share gives the same answer.

    Notes
    -----
    The same share of the not known selected is taken to belong to the group in every pool, rounded to whole people, a half upwards. Of those not
    known and retained, the group has its share among its pool's known people, rounded so; none where nobody there is known. As the share
    rises one person after another is added to the group among the selected; the answer turns once, and halving finds where.

    References
    ----------
    Yan, Lee and Li (2009), *Journal of Biopharmaceutical Statistics* 19, 1085-1098 (tipping points of missing answers).

    Example
    -------
    Of 10 selected people who did not say, how many would have to be of the group before a disparity against it is found?

    >>> tipping = tipping_point(group_selected=[10], group_total=[50], selected=[20], total=[150], unknown_selected=[10],
    ...     unknown_retained=[30], holds=lambda midp, excess: midp <= 0.05 and excess > 0)
    >>> tipping.people, tipping.of, tipping.holds
    (6, 10, True)
    """
    x, g, m, n, chosen, kept = checks.strata(
        group_selected=group_selected,
        group_total=group_total,
        selected=selected,
        total=total,
        unknown_selected=unknown_selected,
        unknown_retained=unknown_retained,
    )
    kept_of_group = np.floor(kept * g.astype(np.float64) / np.maximum(n, 1) + 0.5).astype(np.int64)
    pool = np.repeat(np.arange(chosen.size), chosen)
    place = np.arange(pool.size) - (np.cumsum(chosen) - chosen)[pool]
    joins_at = (2 * place + 1) / (2 * chosen[pool])
    shares = np.unique(joins_at)

    def holds_at(step: int) -> bool:
        """Whether it does once the share has passed so many of those at which somebody joins the group."""
        of_group = np.bincount(pool[joins_at <= shares[step - 1]], minlength=chosen.size) if step else 0
        test = stratified_pvalues(
            group_selected=[x + of_group],
            group_total=[g + of_group + kept_of_group],
            selected=m + chosen,
            total=n + chosen + kept,
        )
        return holds(float(test.midp[0]), float(test.excess[0]))

    with_none = holds_at(0)
    if holds_at(shares.size) == with_none:
        return None
    turns_at = bisect_left(range(shares.size), True, lo=1, key=lambda step: holds_at(step) != with_none)
    joined = int((joins_at <= shares[turns_at - 1]).sum())
    return TippingPoint(people=joined, of=pool.size, share=joined / pool.size, holds=not with_none)
