"""Takes how long people waited, who is of a group and everybody's pool; gives the ratio of hazards: how fast the group is placed."""

from __future__ import annotations

import math
import warnings
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtrit

from eia.stats import checks
from eia.stats.checks import Flags, Floats, Ints
from eia.stats.models.contrast import ROUNDING, Contrast
from eia.stats.results import Interval

SETTLED = 1e-6
"""So near to 0 the slope of the log likelihood has to be, a person of the group, for its maximum to be reached."""


def placement_hazard_ratio(
    *, days: ArrayLike, placed: ArrayLike, group: ArrayLike, pool: ArrayLike, level: float
) -> Contrast:
    """Compare how fast a group is placed with everyone else waiting in the same pools: the ratio of hazards, with its interval.

    Parameters
    ----------
    days: (people,) how long each waited, from 0; ``nan`` where not known. placed: (people,) True where the wait ended in a post, False where somebody
    was still waiting when last looked at or stopped for another reason.
    group: (people,) True or False, of people whose answer is known. pool: (people,) whole numbers from 0. level: of the interval.
        Raises EiaError as :func:`~eia.stats.models.contrast.within_strata`.

    Returns
    -------
    Contrast, ``estimate`` below 1 where the group is placed more slowly. people: those waiting, in pools where both sides waited, when somebody was placed.

    Notes
    -----
    Cox's proportional hazards, a baseline of its own for each pool, ties by Breslow's method; errors robust to people of a pool being placed
    together (Lin and Wei 1989), times √(G/(G-1)), and an interval by t with G-1 degrees of freedom, for G pools.

    - A pool where both sides never waited together when somebody was placed says nothing, nor does somebody who left before anybody was placed.
    - Whenever both waited, only others were placed: the ratio is 0. Only people of the group: infinite. There is no interval.

    References
    ----------
    Cox (1972), *Journal of the Royal Statistical Society B* 34, 187-220; Lin and Wei (1989), *Journal of the American Statistical
    Association* 84, 1074-1078.

    Example
    -------
    In each of three pools two women and two men wait; women for longer.

    >>> found = placement_hazard_ratio(days=[30, 90, 20, 40, 50, 60, 10, 55, 80, 25, 40, 70], placed=[True] * 12,
    ...                                group=[True, True, False, False] * 3, pool=[0] * 4 + [1] * 4 + [2] * 4, level=0.95)
    >>> round(found.estimate, 2), found.people, found.clusters, found.reliable
    (0.45, 12, 3, False)
    """
    tail = checks.error_rate(level) / 2
    pools = checks.counts({"pool": pool})["pool"]
    waited, ended, member = np.asarray(days), np.asarray(placed), np.asarray(group)
    faults = checks.not_of_people(
        pools.size,
        {"group": ("b", member), "placed": ("b", ended), "days": ("iuf", waited)},
        allowed="True or False in group and placed, finite numbers in days.",
    )
    checks.refuse(faults)
    known = np.isfinite(waited)
    inside, of_group, of_others = _comparable(waited, ended & known, member, pools)
    clusters, method = np.unique(pools[inside]).size, "ratio of hazards, Cox by pool, robust"
    contrast = partial(Contrast.of, inside=inside, group=member, known=known, clusters=clusters, method=method)
    if not inside.any():
        return contrast(math.nan, "nobody to compare")
    if not of_group or not of_others:
        return contrast(math.inf if of_group else 0.0, "one side alone")
    start = math.log(of_group / of_others)
    fitted = _fit(waited[inside], ended[inside], member[inside], pools[inside], start)
    if fitted is None:
        return contrast(math.nan, "not settled")
    log_ratio, variance = fitted
    if clusters == 1:
        return contrast(math.exp(log_ratio), "one cluster")
    if not variance:
        return contrast(math.exp(log_ratio), "clusters agree")
    reach = -float(stdtrit(clusters - 1, tail)) * math.sqrt(clusters / (clusters - 1) * variance)
    with np.errstate(over="ignore"):
        low, high = np.exp([log_ratio - reach, log_ratio + reach]).tolist()
    return contrast(math.exp(log_ratio), Interval(low=low, high=high, level=level, method="robust, t"))


def _comparable(days: Floats, placed: Flags, group: Flags, pool: Ints) -> tuple[Flags, float, float]:
    """Who waited when somebody was placed, in pools where both sides waited together then; and the two sums whose ratio is that of Mantel and Haenszel.

    These are the people of the group placed times the share of others waiting, and others placed times the share of the group.
    """
    inside, of_group, of_others = np.zeros(days.size, dtype=np.bool_), 0.0, 0.0
    for each in np.unique(pool[placed]):
        here = pool == each
        moments = np.unique(days[here & placed])
        ours, theirs = ((days[here & side] >= moments[:, None]).sum(axis=1) for side in (group, ~group))
        if not (ours * theirs).any():
            continue
        ours_placed, theirs_placed = (
            (days[here & side & placed] == moments[:, None]).sum(axis=1) for side in (group, ~group)
        )
        of_group += float(ours_placed @ (theirs / (ours + theirs)))
        of_others += float(theirs_placed @ (ours / (ours + theirs)))
        inside |= here & (days >= moments[0])
    return inside, of_group, of_others


def _fit(days: Floats, placed: Flags, group: Flags, pool: Ints, start: float) -> tuple[float, float] | None:
    """The log of the ratio and its robust variance, 0 but for rounding told as 0; None where the search, from a start near it, does not settle."""
    from statsmodels.duration.hazard_regression import PHReg

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what they warn of is looked at below
        try:
            model: Any = PHReg(days, group.astype(np.float64)[:, None], status=placed.astype(int), strata=pool)
            found = model.fit(groups=pool, start_params=[start])
            slope = float(model.score(found.params)[0])
            log_ratio, variance = float(found.params[0]), float(found.cov_params()[0, 0])
            independent = -1.0 / float(model.hessian(found.params)[0, 0])
        except (ArithmeticError, ValueError, np.linalg.LinAlgError):
            return None
    settled = abs(slope) <= SETTLED * group.sum() and math.isfinite(log_ratio) and math.isfinite(variance)
    return (log_ratio, variance if variance > ROUNDING * independent else 0.0) if settled else None
