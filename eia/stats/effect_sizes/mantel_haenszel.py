"""Takes the cells of pools as float arrays; gives the Mantel-Haenszel estimates across them, with their intervals.

Cells are those of Rothman, Greenland and Lash: a, b selected and retained in the group, c, d outside it; n1 = a + b, n0 = c + d, m1 = a + c,
N = n1 + n0. Sums run over pools. Intervals are symmetric about the estimate, on the log scale for ratios.
"""

from __future__ import annotations

import math

from scipy.special import chdtrc, ndtri

from eia.stats.checks import Floats
from eia.stats.results import Estimate, Interval


def odds_ratio(a: Floats, b: Floats, c: Floats, d: Floats, *, level: float, alpha: float) -> Estimate:
    """Give the Mantel-Haenszel odds ratio, ΣR / ΣS with R = ad/N and S = bc/N, over pools with people.

    The interval is that of Robins, Breslow and Greenland (1986), *Biometrics* 42, 311-323. Where ΣR or ΣS is 0 the estimate is 0 or
    infinite (``nan`` where both are), the variance is infinite, and the interval is (0, inf).
    """
    total = a + b + c + d
    r, s = a * d / total, b * c / total
    p, q = (a + d) / total, (b + c) / total
    big_r, big_s = float(r.sum()), float(s.sum())
    variance = math.inf
    if big_r > 0.0 and big_s > 0.0:
        variance = (
            float(p @ r) / (2.0 * big_r**2)
            + float(p @ s + q @ r) / (2.0 * big_r * big_s)
            + float(q @ s) / (2.0 * big_s**2)
        )
    interval = _log_interval(big_r, big_s, variance, level, alpha, "Robins-Breslow-Greenland")
    return Estimate(estimate=ratio(big_r, big_s), interval=interval, method="Mantel-Haenszel")


def rate_ratio(a: Floats, b: Floats, c: Floats, d: Floats, *, level: float, alpha: float) -> Estimate:
    """Give the Mantel-Haenszel rate ratio, Σ(a n0/N) / Σ(c n1/N), over pools with both the group and others.

    The interval is that of Greenland and Robins (1985), *Biometrics* 41, 55-68, eq. 13. Where either sum is 0 the estimate is
    0 or infinite (``nan`` where both are); there, and where the variance comes out as 0 because nobody or everybody is
    selected on each side, nothing is known of the precision, and the interval is (0, inf).
    """
    n1, n0 = a + b, c + d
    total = n1 + n0
    over, under = float((a * n0 / total).sum()), float((c * n1 / total).sum())
    variance = math.inf
    if over > 0.0 and under > 0.0:
        scatter = float((((a + c) * n1 * n0 - a * c * total) / total**2).sum())
        variance = scatter / (over * under) or math.inf
    interval = _log_interval(over, under, variance, level, alpha, "Greenland-Robins")
    return Estimate(estimate=ratio(over, under), interval=interval, method="Mantel-Haenszel")


def rate_difference(a: Floats, b: Floats, c: Floats, d: Floats, *, level: float, alpha: float) -> Estimate:
    """Give the Mantel-Haenszel rate difference, Σ w (a/n1 - c/n0) / Σw with w = n1 n0 / N, over pools with both sides.

    The interval is that of Sato (1989), *Biometrics* 45, 1323-1324, as the formula has it: it is not cut at -1 and 1. With no such
    pool the estimate is ``nan``; there, and where the variance comes out as 0 because nobody or everybody is selected on each side,
    nothing is known of the precision, and the interval is (-1, 1).
    """
    n1, n0 = a + b, c + d
    total = n1 + n0
    weight = float((n1 * n0 / total).sum())
    low, high, difference = -1.0, 1.0, math.nan
    if weight > 0.0:
        difference = float(((a * n0 - c * n1) / total).sum()) / weight
        p = (n1 * n1 * c - n0 * n0 * a + n1 * n0 * (n0 - n1) / 2.0) / total**2
        q = (a * (n0 - c) + c * (n1 - a)) / (2.0 * total)
        variance = (difference * float(p.sum()) + float(q.sum())) / weight**2
        if variance > _NOTHING:
            half = -float(ndtri(alpha / 2.0)) * math.sqrt(variance)
            low, high = difference - half, difference + half
    interval = Interval(low=low, high=high, level=level, method="Sato")
    return Estimate(estimate=difference, interval=interval, method="Mantel-Haenszel")


def chi_squared_pvalue(excess: float, variance: float) -> float:
    """Give the Cochran-Mantel-Haenszel p-value, without continuity correction; 1 where the variance is 0.

    Mantel and Haenszel (1959), *JNCI* 22, 719-748; the correction is left out as it makes the test needlessly shy.
    """
    return float(chdtrc(1.0, excess * excess / variance)) if variance > 0.0 else 1.0


def ratio(over: float, under: float) -> float:
    """Give over / under for sums that are never negative: ``inf`` over 0, and ``nan`` for 0 over 0."""
    if under > 0.0:
        return over / under
    return math.inf if over > 0.0 else math.nan


_NOTHING = 1e-30
"""A variance below this is 0 but for rounding: the variance of a rate in 10^12 people is larger."""


def _log_interval(over: float, under: float, variance: float, level: float, alpha: float, method: str) -> Interval:
    if not _NOTHING < variance < math.inf:
        return Interval(low=0.0, high=math.inf, level=level, method=method)
    centre, half = math.log(over / under), -float(ndtri(alpha / 2.0)) * math.sqrt(variance)
    return Interval(low=math.exp(centre - half), high=math.exp(centre + half), level=level, method=method)
