"""Takes how many of a group are among those selected, and a stated share; gives the exact binomial test."""

from __future__ import annotations

import math
from bisect import bisect_right

import numpy as np
from scipy.special import betaincinv

from eia.errors import Fault
from eia.stats import checks
from eia.stats.exact.conditional_distribution import TIE, reach
from eia.stats.exact.log_probabilities import log_binomial
from eia.stats.results import BinomialTest, Interval


def binomial_test(*, group_selected: int, selected: int, share: float, level: float = 0.95) -> BinomialTest:
    """Test the share of a group among those selected against a stated share of the workforce.

    Parameters
    ----------
    group_selected, selected: people of the group selected, and people selected in all.
    share: the group's share of the workforce, in [0, 1], taken as known.
    level: coverage of the interval, in (0, 1).

    Returns
    -------
    BinomialTest: see there for every field.

    Raises
    ------
    EiaError
        where a count is not one, the group selected outnumber those selected, or share or level lie outside their range.

    Notes
    -----
    People are taken to be drawn one by one, from a workforce so large that drawing one leaves its shares as they were. Where the workforce's
    numbers are known, the stratified test is the better one.

    - Two-sided p: the probability of all numbers no likelier than the one observed, to within a factor 1 + 1e-7, as in R's ``binom.test``.
    - Share 0 or 1 allows one number: p = 1 if it is the one observed, and else 0, with log -inf.
    - Nobody selected: p = 1, estimate ``nan``, interval [0, 1].

    References
    ----------
    Clopper and Pearson (1934), *Biometrika* 26, 404-413.

    Example
    -------
    Of 31 people laid off 30 were forty or older, of a workforce of which 60% were (Meacham v Knolls Atomic Power Laboratory).

    >>> test = binomial_test(group_selected=30, selected=31, share=0.6)
    >>> round(test.excess, 1), round(1 / test.pvalue_greater), round(test.interval.low, 4)
    (11.4, 347952, 0.833)
    """
    x, n = checks.count("group_selected", group_selected), checks.count("selected", selected)
    alpha = checks.error_rate(level)
    _check(x, n, share)
    log_less, log_greater, log_two_sided, point = _log_pvalues(x, n, share)
    less, greater = math.exp(log_less), math.exp(log_greater)
    return BinomialTest(
        group_selected=x,
        selected=n,
        share=share,
        expected=n * share,
        excess=x - n * share,
        estimate=x / n if n else math.nan,
        interval=clopper_pearson(x, n, level=level, alpha=alpha),
        pvalue=math.exp(log_two_sided),
        pvalue_greater=greater,
        pvalue_less=less,
        log10_pvalue=log_two_sided / math.log(10.0),
        log10_pvalue_greater=log_greater / math.log(10.0),
        log10_pvalue_less=log_less / math.log(10.0),
        midp=min(2.0 * (min(less, greater) - 0.5 * point), 1.0),
        method="exact binomial",
    )


def clopper_pearson(x: int, n: int, *, level: float, alpha: float) -> Interval:
    """Give the exact equal-tailed interval of a share: 0 and 1 at the ends of the range, [0, 1] of nobody."""
    low = float(betaincinv(x, n - x + 1, 0.5 * alpha)) if x > 0 else 0.0
    high = float(betaincinv(x + 1, n - x, 1.0 - 0.5 * alpha)) if x < n else 1.0
    return Interval(low=low, high=high, level=level, method="Clopper-Pearson")


def _log_pvalues(x: int, n: int, share: float) -> tuple[float, float, float, float]:
    """Give the logs of P(X <= x), P(X >= x) and the two-sided p, and P(X = x) itself."""
    if n == 0 or share in (0.0, 1.0):
        certain = round(n * share)
        return _log_of(x >= certain), _log_of(x <= certain), _log_of(x == certain), float(x == certain)
    if x >= n * share:
        return _log_pvalues_above(x, n, share, 1.0 - share)
    log_greater, log_less, log_two_sided, point = _log_pvalues_above(n - x, n, 1.0 - share, share)
    return log_less, log_greater, log_two_sided, point


def _log_pvalues_above(x: int, n: int, p: float, q: float) -> tuple[float, float, float, float]:
    """As :func:`_log_pvalues`, for a number at or above its mean.

    The law rises to its mode and then falls, so where it is no likelier than at x is found by bisection on either side.
    """

    def log_mass(number: int) -> float:
        return float(log_binomial(np.asarray(float(number)), np.asarray(float(n)), p, q))

    here = log_mass(x)
    threshold = here + math.log1p(TIE)
    mode = min(math.floor((n + 1) * p), x)
    log_greater, point = _log_tail(x, n, p, q), math.exp(here)
    log_less = math.log1p(min(point - math.exp(log_greater), 0.0))
    above = x + 1 - bisect_right(range(x, mode - 1, -1), threshold, key=log_mass)
    if above <= mode:
        return log_less, log_greater, 0.0, point
    below = bisect_right(range(mode), threshold, key=log_mass) - 1
    near = _log_tail(above, n, p, q)
    far = _log_tail(n - below, n, q, p) if below >= 0 else -math.inf
    return log_less, log_greater, min(float(np.logaddexp(near, far)), 0.0), point


def _log_tail(x: int, n: int, p: float, q: float) -> float:
    """Give log P(X >= x) of a number x at or above the mean: the mass there, and the ratios of those beyond it."""
    j = np.arange(min(float(n - x), float(reach(np.asarray(n * p * q)))))
    beyond = np.cumprod((n - x - j) * p / ((x + 1.0 + j) * q))
    return float(log_binomial(np.asarray(float(x)), np.asarray(float(n)), p, q)) + math.log1p(float(beyond.sum()))


def _log_of(certain: bool) -> float:
    return 0.0 if certain else -math.inf


def _check(x: int, n: int, share: float) -> None:
    faults = []
    if x > n:
        faults.append(
            Fault(
                code="part-larger-than-whole",
                what=f"group_selected is {x:,}, selected is {n:,}.",
                allowed="group_selected is at most selected.",
                do="Count the group among the people selected.",
            )
        )
    if not 0.0 <= share <= 1.0:
        faults.append(
            Fault(
                code="share-out-of-range",
                what=f"The stated share of the workforce is {share!r}.",
                allowed="A number from 0 to 1.",
                do="Give a share such as 0.45 for 45%.",
            )
        )
    checks.refuse(faults)
