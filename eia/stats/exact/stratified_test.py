"""Takes selections and margins pool by pool; gives the exact test of who is selected within each pool, with all that hangs on it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri

from eia.stats import checks
from eia.stats.checks import Ints
from eia.stats.effect_sizes import mantel_haenszel
from eia.stats.exact.conditional_distribution import GroupTotal, PoolMargins, TotalDistribution, log_odds_limit
from eia.stats.exact.homogeneity import homogeneity
from eia.stats.exact.informative_pools import informative_pools, some_but_not_all
from eia.stats.exact.tails import TIED, Pvalues, observe
from eia.stats.results import Interval, OddsRatio, StratifiedTest

METHOD = "exact conditional"


def stratified_test(
    *,
    group_selected: ArrayLike,
    group_total: ArrayLike,
    selected: ArrayLike,
    total: ArrayLike,
    level: float = 0.95,
) -> StratifiedTest:
    """Test one group against everyone else in the same pools, exactly.

    Parameters
    ----------
    group_selected, group_total: people of the group selected, and of the group in all, pool by pool.
    selected, total: people selected, and in all, the group included. Four integer arrays with one entry a pool; no pools
        at all is allowed.
    level: coverage of the intervals, in (0, 1).

    Returns
    -------
    StratifiedTest: see there for every field.

    Raises
    ------
    EiaError
        where a count is not a whole number from 0, a part is larger than its whole, or the level is not in (0, 1).

    Notes
    -----
    The model: within each pool, who goes has nothing to do with the group, given how many go. Each pool's number is then hypergeometric,
    their total has the law of the convolution, and at a common odds ratio ψ that law is multiplied by ψ^x.

    - Two-sided p: the probability of all totals no likelier than the one observed, to within a factor 1 + 1e-7, as in R.
    - Mid-p: twice the smaller tail, with half the probability of the observed total. It is at most 1 - level exactly where the mid-p
      interval excludes 1, at any level; a limit that would come out on the wrong side of 1 by rounding is set next to it.
    - A pool where nobody or everybody goes, or that holds only the group or nobody of it, allows one number and says nothing of ψ. It
      is counted, and left out of everything but the Mantel-Haenszel rate ratio and difference.
    - Observed at an end of its support: odds ratio 0 or infinite, with that end of both intervals.
    - No informative pool: p = 1, odds ratio ``nan``, its intervals (0, inf), all numbers of people 0.

    References
    ----------
    Birch (1964), *JRSS B* 26, 313-324 (the exact test); Gart (1970), *Biometrika* 57, 471-475 (the exact limits); Mehta, Patel and Gray
    (1985), *JASA* 80, 969-973; Lancaster (1961), *JASA* 56, 223-234, and Vollset, Hirji and Elashoff (1991), *JASA* 86, 404-409 (mid-p).

    Example
    -------
    Penicillin in rabbits, five doses (Agresti 1990, p. 231); nobody was cured at the lowest, and everybody at the highest.

    >>> test = stratified_test(group_selected=[0, 3, 6, 5, 2], group_total=[6, 6, 6, 6, 2],
    ...     selected=[0, 3, 8, 11, 7], total=[11, 12, 12, 12, 7])
    >>> test.informative_pools, test.observed, test.expected
    (3, 14, 11.0)
    >>> round(test.pvalue, 6), round(test.midp, 6), round(test.odds_ratio.estimate, 4)
    (0.039945, 0.02135, 10.361)
    """
    margins = checks.strata(group_selected=group_selected, group_total=group_total, selected=selected, total=total)
    return _test(*margins, level=level, alpha=checks.error_rate(level))


def stratified_tests(
    *,
    group_selected: ArrayLike,
    group_total: ArrayLike,
    selected: ArrayLike,
    total: ArrayLike,
    level: float = 0.95,
) -> tuple[StratifiedTest, ...]:
    """Test many groups, each against everyone else in the same pools.

    Takes ``group_selected`` and ``group_total`` as (groups, pools); ``selected`` and ``total`` as (pools,) where all groups share
    them, or (groups, pools). Gives one StratifiedTest a group, in order, equal to those of :func:`stratified_test`.

    >>> women, men = stratified_tests(group_selected=[[3, 1], [0, 1]], group_total=[[4, 2], [4, 2]],
    ...     selected=[3, 2], total=[8, 4])
    >>> women.excess, men.excess
    (1.5, -1.5)
    """
    alpha = checks.error_rate(level)
    margins = checks.strata_of_groups(
        group_selected=group_selected, group_total=group_total, selected=selected, total=total
    )
    return tuple(_test(*rows, level=level, alpha=alpha) for rows in zip(*margins, strict=True))


def _test(x: Ints, g: Ints, m: Ints, n: Ints, *, level: float, alpha: float) -> StratifiedTest:
    informative, both = informative_pools(g, m, n), some_but_not_all(g, n)
    cells = np.stack([x, g - x, m - x, n - g - m + x]).astype(np.float64)
    inside, across = cells[:, informative], cells[:, both]
    observed = int(x[informative].sum())
    margins = PoolMargins.of(g, m, n)

    mh_odds_ratio = mantel_haenszel.odds_ratio(*inside, level=level, alpha=alpha)
    start = math.log(mh_odds_ratio.estimate) if 0.0 < mh_odds_ratio.estimate < math.inf else 0.0  # a first guess of θ
    p, theta, low, high = _exact(margins, observed, start=start, alpha=alpha)
    excess = observed - margins.mean
    return StratifiedTest(
        pools=x.size,
        informative_pools=int(informative.sum()),
        none_selected_pools=int((m == 0).sum()),
        all_selected_pools=int(((m == n) & (n > 0)).sum()),
        one_group_pools=int((some_but_not_all(m, n) & ~both).sum()),
        people=int(n[informative].sum()),
        selected=int(m[informative].sum()),
        group_people=int(g[informative].sum()),
        observed=observed,
        least=margins.least,
        most=margins.most,
        expected=margins.mean,
        variance=margins.variance,
        excess=excess,
        excess_interval=Interval(low=low.excess, high=high.excess, level=level, method="mid-p"),
        pvalue=p.two_sided,
        log10_pvalue=min(p.log_two_sided / math.log(10.0), 0.0),
        pvalue_greater=p.greater,
        pvalue_less=p.less,
        midp=_tied(p.midp, alpha),
        cmh_pvalue=mantel_haenszel.chi_squared_pvalue(excess, margins.variance),
        odds_ratio=OddsRatio(
            estimate=math.exp(theta),
            interval=_odds(low.exact, high.exact, level, "exact, equal tails"),
            midp_interval=_odds(low.midp, high.midp, level, "mid-p"),
            method="conditional maximum likelihood",
        ),
        mh_odds_ratio=mh_odds_ratio,
        mh_rate_ratio=mantel_haenszel.rate_ratio(*across, level=level, alpha=alpha),
        mh_rate_difference=mantel_haenszel.rate_difference(*across, level=level, alpha=alpha),
        homogeneity=homogeneity(*inside, common=mh_odds_ratio.estimate),
        level=level,
        method=METHOD,
    )


def _odds(low: float, high: float, level: float, method: str) -> Interval:
    return Interval(low=math.exp(low), high=math.exp(high), level=level, method=method)


_NEXT = 2.0**-52
"""The distance to which a limit is moved off 1 (in θ, off 0) when it must not lie on it."""


@dataclass(frozen=True, slots=True)
class _Limit:
    """Limits of θ on one side, and people above expectation at the mid-p one."""

    exact: float = -math.inf
    midp: float = -math.inf
    excess: float = 0.0

    def __neg__(self) -> _Limit:
        return _Limit(-self.exact, -self.midp, 0.0 - self.excess)


def _exact(margins: PoolMargins, observed: int, *, start: float, alpha: float) -> tuple[Pvalues, float, _Limit, _Limit]:
    """Give the p-values, θ, and its limits, low and high, from the law about the observed total, one side after the other."""
    seen = observe(margins, observed, start=start)
    total, law, p = GroupTotal(margins), seen.law, seen.pvalues
    if law is None:
        return p, seen.theta, _Limit(), -_Limit()
    low = _low(total, law, observed, alpha=alpha, rejected=_tied(2.0 * p.midp_greater, alpha) <= alpha)
    high = -_low(-total, -law, -observed, alpha=alpha, rejected=_tied(2.0 * p.midp_less, alpha) <= alpha)
    return p, seen.theta, low, high


def _low(total: GroupTotal, law: TotalDistribution, observed: int, *, alpha: float, rejected: bool) -> _Limit:
    """Give the lower limits of θ: from ``law``, tilted to about the observed total, on down to where it lies in the tail."""
    if observed == total.least:
        return _Limit(excess=total.least - total.mean)
    law = total.law(law.theta + float(ndtri(0.5 * alpha)) / law.sd)
    midp, law = log_odds_limit(total, law, observed, alpha=0.5 * alpha, share=0.5)
    exact, _ = log_odds_limit(total, law, observed, alpha=0.5 * alpha, share=1.0)
    excess = law.mean_at(midp) - total.mean
    if rejected:
        return _Limit(exact, max(midp, _NEXT), max(excess, _NEXT))
    return _Limit(exact, min(midp, 0.0), min(excess, 0.0))


def _tied(p: float, alpha: float) -> float:
    """Give alpha for a p that differs from it by rounding alone."""
    return alpha if abs(p - alpha) <= TIED * alpha else p
