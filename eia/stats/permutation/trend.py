"""Takes people with their pool, whether they are selected, and a number such as age; gives the test for a trend within pools."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr

from eia.stats import checks
from eia.stats.checks import Floats
from eia.stats.permutation.score_sums import ScoredPool, score_sum_test
from eia.stats.permutation.values_by_pool import PoolValues, values_by_pool


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendTest:
    """Those selected against those retained in the same pools, by a number such as age.

    Counts of pools
        pools: all given. informative_pools: those that can say anything. The others are of one kind each: none_selected_pools (nobody
        goes, or nobody's value is known), all_selected_pools (everybody goes) and one_value_pools (some go, but all have one value).
    Counts of people
        unknown: left out, since their value is not known. people, selected: everyone, and everyone selected, in informative pools.
    In words, informative pools only
        probability_higher: how often someone selected has a higher value than someone retained in the same pool, over all such pairs, ties
        counting half; 0.5 is even-handed. mean_selected: mean value of those selected. expected_mean: the mean expected if as many had
        been drawn from each pool without regard to the value. ``nan`` with no informative pool.
    Chance, informative pools only
        statistic: van Elteren's, Σ ranks of those selected / (people + 1) over pools. expected, variance: if selection ignored the value.
        z: (statistic - expected) / sd: above 0 where those selected have the higher values.
        pvalue: two-sided, of a z at least as far from 0. pvalue_greater, pvalue_less: of a z at least, at most as large.
        standard_error: Monte Carlo standard error of pvalue; 0 where nothing was drawn.
        normal_pvalue: two-sided, from the normal law.
    draws: selections drawn besides the one made; 0 where every way to select was gone through, or the normal law served. seed: where they began.
    """

    pools: int
    informative_pools: int
    none_selected_pools: int
    all_selected_pools: int
    one_value_pools: int
    unknown: int
    people: int
    selected: int
    probability_higher: float
    mean_selected: float
    expected_mean: float
    statistic: float
    expected: float
    variance: float
    z: float
    pvalue: float
    pvalue_greater: float
    pvalue_less: float
    standard_error: float
    normal_pvalue: float
    draws: int
    seed: int
    method: str


def trend_test(
    *, pool: ArrayLike, selected: ArrayLike, value: ArrayLike, seed: int, draws: int = 10_000, drawn_to: float = 1.0
) -> TrendTest:
    """Test whether those selected have higher or lower values than those retained in the same pools.

    Parameters
    ----------
    pool, selected, value: as for :func:`eia.stats.permutation.values_by_pool.values_by_pool`, which raises EiaError;
        value may be codes of an ordered characteristic.
    seed: where the draws begin. draws: how many. drawn_to: where the normal law gives a larger two-sided p, that p serves and nothing is drawn; 1 to
        draw always.

    Returns
    -------
    TrendTest: see there for every field.

    Notes
    -----
    Ranks are taken within the pool, among people of known value; equal values share the mean of their ranks. Weights 1 / (people + 1) make
    the sum of ranks most sensitive to a shift that is the same in all pools.

    - With no more ways to select than ``draws``, each is gone through, and p is exact. Otherwise p = (b + 1) / (draws + 1), where b draws
      are at least as far out. Statistics within 1e-7 standard deviations of each other count as equal.
    - A pool where nobody or everybody goes, or where everyone has one value, says nothing. It is counted and left out.
    - No informative pool: every p is 1, statistic, variance and z are 0.

    References
    ----------
    van Elteren (1960), *Bulletin of the International Statistical Institute* 37, 351-361; ties: Lehmann (1975), *Nonparametrics*, 3.3.

    Example
    -------
    Martin v Westvaco, round 2, as told by Watkins, Scheaffer and Cobb (*Statistics in Action*, chapter 1): of ten hourly workers three,
    aged 55, 55 and 64, were laid off.

    >>> ages = [25, 33, 35, 38, 48, 55, 55, 55, 56, 64]
    >>> test = trend_test(pool=[1] * 10, selected=[a in (5, 6, 9) for a in range(10)], value=ages, seed=1)
    >>> round(test.pvalue, 4), round(test.pvalue_greater, 4), test.draws
    (0.1083, 0.0583, 0)
    >>> round(test.probability_higher, 3), test.mean_selected, round(test.expected_mean, 1)
    (0.857, 58.0, 46.4)
    """
    everyone, unknown = values_by_pool(pool=pool, selected=selected, value=value)
    draws = checks.count("draws", draws)
    pools = [each for each in everyone if each.is_informative]
    none = sum(each.chosen == 0 for each in everyone)
    every = sum(0 < each.chosen == each.everyone for each in everyone)
    people, chosen = sum(each.everyone for each in pools), sum(each.chosen for each in pools)
    chance = score_sum_test(
        [ScoredPool(each.people, each.selected, _scores(each)[:, None]) for each in pools],
        draws=draws,
        seed=seed,
        drawn_to=drawn_to,
    )
    higher = sum(_pairs_higher(each) for each in pools)
    pairs = sum(each.chosen * (each.everyone - each.chosen) for each in pools)
    return TrendTest(
        pools=len(everyone),
        informative_pools=len(pools),
        none_selected_pools=none,
        all_selected_pools=every,
        one_value_pools=len(everyone) - none - every - len(pools),
        unknown=unknown,
        people=people,
        selected=chosen,
        probability_higher=higher / pairs if pools else math.nan,
        mean_selected=sum(float(each.selected @ each.value) for each in pools) / chosen if pools else math.nan,
        expected_mean=sum(each.chosen * each.mean for each in pools) / chosen if pools else math.nan,
        statistic=chance.excess + 0.5 * chosen,
        expected=0.5 * chosen,
        variance=chance.variance,
        z=chance.z,
        pvalue=chance.pvalue,
        pvalue_greater=chance.pvalue_greater,
        pvalue_less=chance.pvalue_less,
        standard_error=chance.standard_error,
        normal_pvalue=2.0 * float(ndtr(-abs(chance.z))),
        draws=chance.draws,
        seed=seed,
        method="van Elteren, " + ("exact" if chance.complete else "drawn" if chance.draws else "normal law"),
    )


def _scores(pool: PoolValues) -> Floats:
    """Give every value's midrank within the pool less the mean rank, over people and one."""
    midranks = np.cumsum(pool.people) - 0.5 * (pool.people - 1.0)
    return (midranks - 0.5 * (pool.everyone + 1.0)) / (pool.everyone + 1.0)


def _pairs_higher(pool: PoolValues) -> float:
    """Count the pairs of someone selected and someone retained in which the first has the higher value; ties are half a pair."""
    retained = pool.people - pool.selected
    return float(pool.selected @ (np.cumsum(retained) - 0.5 * retained))
