"""Takes a group and everyone else, selected and in all; gives the rates of both, their difference and their ratios."""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy.special import ndtri

from eia.stats import checks
from eia.stats.effect_sizes.mantel_haenszel import ratio
from eia.stats.exact.binomial import clopper_pearson
from eia.stats.exact.root_finding import crossing
from eia.stats.results import Estimate, Interval

FARTHEST = 100.0
"""No limit of the log of a ratio of two rates of people lies beyond."""

CLOSE = 1e-14
"""The log of a limit is found to within this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """A share of people.

    count, total: of the people in all, those counted. estimate: count / total, in [0, 1]; ``nan`` of nobody.
    interval: Wilson's, covers close to its level. exact_interval: Clopper and Pearson's, covers at least at its level.
    """

    count: int
    total: int
    estimate: float
    interval: Interval
    exact_interval: Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """The rates of a group, beside those of its comparator: everyone else.

    selection, retention: of the group. comparator_selection, comparator_retention: of everyone else.
    difference: selection rate of the group minus that of everyone else, in [-1, 1], with Newcombe's interval.
    selection_ratio, retention_ratio: rate of the group over that of everyone else, in [0, inf], with Koopman's interval.
    level: coverage of every interval, in (0, 1).
    """

    selection: Rate
    retention: Rate
    comparator_selection: Rate
    comparator_retention: Rate
    difference: Estimate
    selection_ratio: Estimate
    retention_ratio: Estimate
    level: float


def selection_rates(*, group_selected: int, group_total: int, selected: int, total: int, level: float = 0.95) -> Rates:
    """Give the selection and retention rates of a group and of everyone else, with what sets them apart.

    Parameters
    ----------
    group_selected, group_total, selected, total, level: as for ``stratified_test``, of one pool; raises EiaError as it does.

    Returns
    -------
    Rates: see there for every field.

    Notes
    -----
    The intervals take selection to be decided person by person, each side at a rate of its own. Where the number to go was fixed
    beforehand, the stratified test and its odds ratio are the ones to read.

    - Wilson's interval: every rate whose score test keeps it. Difference d of rates p1 and p2 with Wilson limits l and u: from
      d - √((p1 - l1)² + (u2 - p2)²) to d + √((u1 - p1)² + (p2 - l2)²).
    - Ratio: every φ at which p1 - φ p2 is within z standard errors of 0, these taken at the likeliest rates with that ratio.
    - None or all of a side: the ends of Wilson's interval are 0 or 1 exactly. Nobody selected in the group: ratio 0, from 0. Nobody selected
      elsewhere: ratio ``inf``, to ``inf``. Nobody selected at all: ``nan``, (0, inf).
    - Nobody on a side: its rate, the difference and the ratios are ``nan``, with intervals (0, 1), (-1, 1) and (0, inf).

    References
    ----------
    Wilson (1927), *JASA* 22, 209-212; Clopper and Pearson (1934), *Biometrika* 26, 404-413; Newcombe (1998), *Statistics in Medicine* 17,
    873-890, method 10; Koopman (1984), *Biometrics* 40, 513-517.

    Example
    -------
    Newcombe's example (a), 56 of 70 against 48 of 80; and the ratio.

    >>> rates = selection_rates(group_selected=56, group_total=70, selected=104, total=150)
    >>> round(rates.difference.estimate, 4), round(rates.difference.interval.low, 4), round(rates.difference.interval.high, 4)
    (0.2, 0.0524, 0.3339)
    >>> round(rates.selection_ratio.estimate, 3), round(rates.retention_ratio.estimate, 3)
    (1.333, 0.5)
    """
    margins = checks.strata(
        group_selected=[group_selected], group_total=[group_total], selected=[selected], total=[total]
    )
    x, g, m, n = (int(margin[0]) for margin in margins)
    alpha = checks.error_rate(level)
    z = -float(ndtri(0.5 * alpha))
    selection, retention, comparator_selection, comparator_retention = (
        _rate(count, whole, level, alpha, z)
        for count, whole in ((x, g), (g - x, g), (m - x, n - g), (n - g - m + x, n - g))
    )
    return Rates(
        selection=selection,
        retention=retention,
        comparator_selection=comparator_selection,
        comparator_retention=comparator_retention,
        difference=_newcombe(selection, comparator_selection, level),
        selection_ratio=_koopman(selection, comparator_selection, level, z),
        retention_ratio=_koopman(retention, comparator_retention, level, z),
        level=level,
    )


def _rate(x: int, n: int, level: float, alpha: float, z: float) -> Rate:
    return Rate(
        count=x,
        total=n,
        estimate=x / n if n else math.nan,
        interval=_wilson(x, n, level, z),
        exact_interval=clopper_pearson(x, n, level=level, alpha=alpha),
    )


def _wilson(x: int, n: int, level: float, z: float) -> Interval:
    low, high = 0.0, 1.0
    if n:
        centre, half = x + 0.5 * z * z, z * math.sqrt(x * (n - x) / n + 0.25 * z * z)
        low = (centre - half) / (n + z * z) if x > 0 else 0.0
        high = (centre + half) / (n + z * z) if x < n else 1.0
    return Interval(low=low, high=high, level=level, method="Wilson")


def _newcombe(one: Rate, other: Rate, level: float) -> Estimate:
    difference = one.estimate - other.estimate
    low, high = -1.0, 1.0
    if one.total and other.total:
        low = difference - math.hypot(one.estimate - one.interval.low, other.interval.high - other.estimate)
        high = difference + math.hypot(one.interval.high - one.estimate, other.estimate - other.interval.low)
    interval = Interval(low=low, high=high, level=level, method="Newcombe")
    return Estimate(estimate=difference, interval=interval, method="difference of rates")


def _koopman(one: Rate, other: Rate, level: float, z: float) -> Estimate:
    estimate, low, high = math.nan, 0.0, math.inf
    if one.total and other.total:
        estimate = ratio(one.estimate, other.estimate)
        if one.count:
            up_to = math.log(estimate) if other.count else FARTHEST
            low = _limit(z, one, other, low=-FARTHEST, high=up_to)
        if other.count:
            down_to = math.log(estimate) if one.count else -FARTHEST
            high = _limit(-z, one, other, low=down_to, high=FARTHEST)
    interval = Interval(low=low, high=high, level=level, method="Koopman")
    return Estimate(estimate=estimate, interval=interval, method="ratio of rates")


def _limit(z: float, one: Rate, other: Rate, *, low: float, high: float) -> float:
    return math.exp(crossing(lambda theta: _score(theta, one, other) - z, low=low, high=high, close=CLOSE))


def _score(theta: float, one: Rate, other: Rate) -> float:
    """Give how many standard errors p1 - φ p2 lies above 0, at the likeliest rates whose ratio is φ = exp(theta).

    The second of those rates is the smaller root of Nφp² - [φ(n1 + x2) + n2 + x1]p + x1 + x2, written so that nothing cancels.
    """
    phi = math.exp(theta)
    gap = one.estimate - phi * other.estimate
    if gap == 0.0:
        return 0.0
    more, fewer = phi * (one.total + other.count), float(other.total + one.count)
    retained = float(one.total - one.count) * (other.total - other.count)
    root = math.sqrt((more - fewer) ** 2 + 4.0 * phi * retained)
    p2 = min(2.0 * (one.count + other.count) / (more + fewer + root), 1.0)
    p1 = min(phi * p2, 1.0)
    return gap / math.sqrt(p1 * (1.0 - p1) / one.total + phi * phi * p2 * (1.0 - p2) / other.total)
