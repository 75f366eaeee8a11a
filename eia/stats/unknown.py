"""Takes known counts and the not known beside them, pool by pool; gives how far the not known could move the exact test."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from eia.stats import checks
from eia.stats.checks import Ints
from eia.stats.results import StratifiedTest
from eia.stats.stratified import stratified_test, stratified_tests


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownBounds:
    """The test on known answers, and at both ends of what the not known could be.

    known: on the people whose answer is known. The other two count everyone.
    least: no selected person of unknown answer belongs to the group, and all those retained do. most: the reverse.
        The excess, the odds ratio and its limits, and the one-sided p-values lie between their values in the two.
    unknown_selected, unknown_retained: people whose answer is not known.
    """

    known: StratifiedTest
    least: StratifiedTest
    most: StratifiedTest
    unknown_selected: int
    unknown_retained: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tipping:
    """How many of the selected people of unknown answer decide.

    people: the fewest who would have to belong to the group for the answer to be other than with none of them. of: all of them.
    share: people / of.
    holds: whether the condition holds with that many or more of the group; if not, it holds with fewer.
    test: the test with that many.
    """

    people: int
    of: int
    share: float
    holds: bool
    test: StratifiedTest


def unknown_bounds(
    *,
    group_selected: ArrayLike,
    group_total: ArrayLike,
    selected: ArrayLike,
    total: ArrayLike,
    unknown_selected: ArrayLike,
    unknown_retained: ArrayLike,
    level: float = 0.95,
) -> UnknownBounds:
    """Test the group as if the not known were all for it, and all against.

    Parameters
    ----------
    group_selected, group_total, selected, total: people whose answer is known, as for ``stratified_test``.
    unknown_selected, unknown_retained: people whose answer is not known. All are integer arrays with one entry a pool.
    level: coverage of the intervals, in (0, 1).

    Returns
    -------
    UnknownBounds: see there for every field.

    Raises
    ------
    EiaError
        where a count is not a whole number from 0, a part is larger than its whole, or the level is not in (0, 1).

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
    >>> bounds = unknown_bounds(group_selected=[6], group_total=[15], selected=[10], total=[40],
    ...     unknown_selected=[2], unknown_retained=[3])
    >>> round(bounds.least.excess, 2), round(bounds.known.excess, 2), round(bounds.most.excess, 2)
    (1.2, 2.25, 3.47)
    """
    x, g, m, n, chosen, kept = _counted(
        group_selected, group_total, selected, total, unknown_selected, unknown_retained
    )
    least, most = stratified_tests(
        group_selected=np.stack([x, x + chosen]),
        group_total=np.stack([g + kept, g + chosen]),
        selected=m + chosen,
        total=n + chosen + kept,
        level=level,
    )
    return UnknownBounds(
        known=stratified_test(group_selected=x, group_total=g, selected=m, total=n, level=level),
        least=least,
        most=most,
        unknown_selected=int(chosen.sum()),
        unknown_retained=int(kept.sum()),
    )


def tipping_share(
    *,
    group_selected: ArrayLike,
    group_total: ArrayLike,
    selected: ArrayLike,
    total: ArrayLike,
    unknown_selected: ArrayLike,
    unknown_retained: ArrayLike,
    holds: Callable[[StratifiedTest], bool],
    level: float = 0.95,
) -> Tipping | None:
    """Find how many of the selected people of unknown answer would have to belong to the group to change the answer.

    Parameters
    ----------
    group_selected, group_total, selected, total, unknown_selected, unknown_retained, level: as for :func:`unknown_bounds`.
    holds: the condition asked about. It must look one way: as more of the group are selected it may begin to hold, or cease to, but not
        both. So "found against the group", or "found for it", and not "found".

    Returns
    -------
    Tipping; ``None`` where any share gives the same answer.

    Raises
    ------
    EiaError
        as :func:`unknown_bounds`.

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

    >>> tipping = tipping_share(group_selected=[10], group_total=[50], selected=[20], total=[150], unknown_selected=[10],
    ...     unknown_retained=[30], holds=lambda test: test.midp <= 0.05 and test.excess > 0)
    >>> tipping.people, tipping.of, tipping.holds
    (6, 10, True)
    """
    x, g, m, n, chosen, kept = _counted(
        group_selected, group_total, selected, total, unknown_selected, unknown_retained
    )
    kept_of_group = np.floor(kept * g.astype(np.float64) / np.maximum(n, 1) + 0.5).astype(np.int64)
    pool = np.repeat(np.arange(chosen.size), chosen)
    place = np.arange(pool.size) - (np.cumsum(chosen) - chosen)[pool]
    joins_at = (2 * place + 1) / (2 * chosen[pool])
    shares = np.unique(joins_at)

    def test_at(step: int) -> StratifiedTest:
        """Give the test once the share has passed so many of those at which somebody joins the group."""
        of_group = np.bincount(pool[joins_at <= shares[step - 1]], minlength=chosen.size) if step else 0
        return stratified_test(
            group_selected=x + of_group,
            group_total=g + of_group + kept_of_group,
            selected=m + chosen,
            total=n + chosen + kept,
            level=level,
        )

    with_none = holds(test_at(0))
    same, other = 0, shares.size
    if holds(test_at(other)) == with_none:
        return None
    while other - same > 1:
        middle = (same + other) // 2
        if holds(test_at(middle)) == with_none:
            same = middle
        else:
            other = middle
    joined = int((joins_at <= shares[other - 1]).sum())
    return Tipping(people=joined, of=pool.size, share=joined / pool.size, holds=not with_none, test=test_at(other))


def _counted(
    x: ArrayLike, g: ArrayLike, m: ArrayLike, n: ArrayLike, unknown_selected: ArrayLike, unknown_retained: ArrayLike
) -> tuple[Ints, ...]:
    """Check the known counts and the not known, all of one shape; in that order."""
    checked = checks.counts(
        {
            "group_selected": x,
            "group_total": g,
            "selected": m,
            "total": n,
            "unknown_selected": unknown_selected,
            "unknown_retained": unknown_retained,
        }
    )
    of_group, group, chosen, people, *unknown = checked.values()
    return *checks.strata(group_selected=of_group, group_total=group, selected=chosen, total=people), *unknown
