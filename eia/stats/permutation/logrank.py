"""Takes people with their pool, whether they are of a group, how long they waited and whether it ended; gives the log-rank test."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from eia.stats import checks
from eia.stats.checks import Flags, Floats
from eia.stats.permutation.score_sums import ScoredPool, score_sum_test
from eia.stats.permutation.values_by_pool import values_by_pool


@dataclass(frozen=True, slots=True, kw_only=True)
class LogrankTest:
    """How long a group waits, such as for a new post, against everyone else waiting in the same pools.

    Counts of pools
        pools: all given. informative_pools: those that hold both the group and others, and where somebody's wait ended while
        somebody else waited.
    Counts of people, informative pools only
        people, group_people: everyone, and the group. placed: everyone whose wait ended. observed: of the group.
        expected: of the group, had waits ended without regard to it among those waiting on each day.
    Chance, informative pools only
        z: (expected - observed) / sd: above 0 where the group waits longer. pvalue: two-sided, of a z at least as far from 0.
        pvalue_longer, pvalue_shorter: of a z at least, at most as large. standard_error: Monte Carlo standard error of pvalue; 0 where
        every way to pick the group was gone through.
    In words, all pools together
        median, others_median: days by which half of the group, and of everyone else, had their wait ended, allowing for waits
        still going on; ``inf`` where half never did, ``nan`` of nobody.
    draws: groups drawn besides the one there is; 0 where every way was gone through. seed: where they began.
    """

    pools: int
    informative_pools: int
    people: int
    group_people: int
    placed: int
    observed: int
    expected: float
    z: float
    pvalue: float
    pvalue_longer: float
    pvalue_shorter: float
    standard_error: float
    median: float
    others_median: float
    draws: int
    seed: int
    method: str


def logrank_test(
    *, pool: ArrayLike, group: ArrayLike, days: ArrayLike, ended: ArrayLike, seed: int, draws: int = 10_000
) -> LogrankTest:
    """Test whether a group waits longer or shorter than everyone else in the same pools.

    Parameters
    ----------
    pool: (people,) whole numbers from 0, one a pool. group, ended: (people,) True or False; ended False where somebody was
        still waiting when last looked at, or stopped waiting for another reason.
    days: (people,) how long each waited up to then, from 0.
    seed: where the draws begin. draws: how many. Raises EiaError as :func:`eia.stats.permutation.values_by_pool.values_by_pool`.

    Returns
    -------
    LogrankTest: see there for every field.

    Notes
    -----
    Each person scores the hazard of ending added up over the days waited in the pool, (ended that day) / (waiting that day), less one if
    the wait ended. The scores of a group add up to expected - observed of the log-rank test, and chance is worked out by dealing
    the same scores to as many people of the pool anew.

    - That supposes that whether somebody is still waiting when last looked at has nothing to do with the group: people who entered
      at the same time for all groups, or are looked at equally long.
    - With no more ways to deal than ``draws``, each is gone through, and p is exact; otherwise it is drawn.
    - A pool without the group, without others, or where no score differs from another says nothing. No informative pool: p is 1, z is 0.
    - Someone whose wait ends on the day on which another is last looked at was waiting together with them on that day.

    References
    ----------
    Mantel (1966), *Cancer Chemotherapy Reports* 50, 163-170; as a permutation test: Peto and Peto (1972), *JRSS A* 135, 185-207;
    medians: Kaplan and Meier (1958), *JASA* 53, 457-481.

    Example
    -------
    Two groups of four in one pool: of the first all wait longest.

    >>> test = logrank_test(pool=[0] * 8, group=[True] * 4 + [False] * 4, days=[50, 60, 70, 80, 10, 20, 30, 40],
    ...                     ended=[True, True, False, False, True, True, True, True], seed=1)
    >>> test.observed, round(test.expected, 2), round(test.pvalue, 4), test.draws, test.median, test.others_median
    (2, 4.54, 0.0286, 0, 60.0, 20.0)
    """
    place = checks.counts({"pool": pool})["pool"]
    draws = checks.count("draws", draws)
    of_group, over, waited = np.asarray(group), np.asarray(ended), np.asarray(days)
    faults = checks.not_of_people(
        place.size,
        {"group": ("b", of_group), "ended": ("b", over), "days": ("iuf", waited)},
        allowed="True or False in group and ended, finite numbers from 0 in days.",
        from_0={"days"},
    )
    checks.refuse(faults)
    waited = waited.astype(np.float64)
    score = np.zeros(place.size)
    for each in np.unique(place):
        here = place == each
        score[here] = _scores(waited[here], over[here])
    by_score, _ = values_by_pool(pool=place, selected=of_group, value=score)
    telling = [each for each in by_score if each.is_informative]
    chance = score_sum_test(
        [ScoredPool(e.people, e.selected, e.value[:, None]) for e in telling], draws=draws, seed=seed
    )
    inside = np.isin(place, [each.pool for each in telling])
    observed = int((inside & of_group & over).sum())
    return LogrankTest(
        pools=len(by_score),
        informative_pools=len(telling),
        people=int(inside.sum()),
        group_people=int((inside & of_group).sum()),
        placed=int((inside & over).sum()),
        observed=observed,
        expected=observed + chance.excess,
        z=chance.z,
        pvalue=chance.pvalue,
        pvalue_longer=chance.pvalue_greater,
        pvalue_shorter=chance.pvalue_less,
        standard_error=chance.standard_error,
        median=median_wait(waited[of_group], over[of_group]),
        others_median=median_wait(waited[~of_group], over[~of_group]),
        draws=0 if chance.complete else draws,
        seed=seed,
        method="log-rank, exact" if chance.complete else "log-rank, drawn",
    )


def median_wait(days: Floats, ended: Flags) -> float:
    """Give the first day by which half of the waits had ended, by Kaplan and Meier's estimate.

    Takes days and whether each ended, as :func:`logrank_test` does. ``inf`` where half never did, ``nan`` of nobody.

    >>> median_wait(np.array([10.0, 20.0, 20.0, 30.0]), np.array([True, False, True, True]))
    20.0
    """
    if not days.size:
        return math.nan
    each, place = np.unique(days, return_inverse=True)
    waiting = np.cumsum(np.bincount(place)[::-1])[::-1]
    over = np.bincount(place, weights=ended, minlength=each.size)
    still = np.cumprod(1.0 - over / waiting)
    half = np.flatnonzero(still <= 0.5 + 1e-12)
    return float(each[half[0]]) if half.size else math.inf


def _scores(days: Floats, ended: Flags) -> Floats:
    """Give everybody's hazard added up over the days waited, less one if the wait ended. The scores add up to 0.

    People of equal days who ended share a score to the last bit, since each day's hazard is added once.
    """
    each, place = np.unique(days, return_inverse=True)
    waiting = np.cumsum(np.bincount(place)[::-1])[::-1]
    hazard = np.cumsum(np.bincount(place, weights=ended, minlength=each.size) / waiting)
    scores: Floats = hazard[place] - ended
    return scores
