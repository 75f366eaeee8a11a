"""Takes marks, who is of a group and everybody's pool; gives how far the group's marks lie from everyone else's in the same pools."""

from __future__ import annotations

from numpy.typing import ArrayLike

from eia.stats.models.contrast import Contrast, within_strata


def score_difference(
    *, mark: ArrayLike, group: ArrayLike, pool: ArrayLike, level: float, marker: ArrayLike | None = None
) -> Contrast:
    """Compare a group's marks with those of everyone else in the same pools: the difference, in marks, with its interval.

    Parameters
    ----------
    mark: (people,) marks by one criterion or in total, ``nan`` where not known. group: (people,) True or False, of people whose answer is known.
    pool: (people,) whole numbers from 0. level: of the interval. marker: (people,) who gave the mark, where that is known: whole numbers from 0.

    Returns
    -------
    Contrast, ``estimate`` below 0 where the group has lower marks; its clusters are the pools, or the markers.

    Notes
    -----
    Ordinary least squares of the mark on membership of the group and an effect of each pool: each pool's difference of means, weighed by
    group · others / people. Marks of one pool (or by one marker) may err together. Formula and edges: :func:`~eia.stats.models.contrast.within_strata`.

    Example
    -------
    Women have 2 marks less than men in each of three pools, and 4 less in a fourth.

    >>> found = score_difference(mark=[5, 7, 1, 3, 6, 8, 2, 6], group=[True, False] * 4, pool=[0, 0, 1, 1, 2, 2, 3, 3], level=0.95)
    >>> found.estimate, round(found.interval.low, 2), round(found.interval.high, 2), found.clusters, found.reliable
    (-2.5, -4.09, -0.91, 4, False)
    """
    return within_strata(value=mark, group=group, stratum=pool, cluster=marker, level=level, method="marks, OLS, CR1")
