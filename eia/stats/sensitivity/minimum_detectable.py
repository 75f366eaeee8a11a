"""Takes the margins of pools, and nothing of who is selected; gives the smallest disparity the exact test could show there."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri

from eia.stats import checks
from eia.stats.exact.conditional_distribution import (
    GroupTotal,
    PoolMargins,
    TotalDistribution,
    log_odds_limit,
    tilt_to_mean,
)
from eia.stats.exact.informative_pools import informative_pools
from eia.stats.exact.tails import TIED


@dataclass(frozen=True, slots=True, kw_only=True)
class DetectableDisparity:
    """The least disparity in one direction that would be found with the power asked for.

    odds_ratio: common to the pools; above 1 against the group, below 1 for it.
    excess: the same in people above expectation: E_ψ(X) - E_1(X); negative below 1.
    people: excess rounded away from 0 to whole people, so that it may pass the largest excess possible by less than one.
    critical_total: people of the group selected, in informative pools, from which on (above 1) or down (below 1) it is found.
    """

    odds_ratio: float
    excess: float
    people: int
    critical_total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MinimumDetectable:
    """What pools could show, whoever is chosen in them.

    above, below: the least disparity against the group, and for it; ``None`` where none is found, however large.
    expected: people of the group selected if selection ignored the group, informative pools only.
    informative_pools, people: pools that can say anything, and everyone in them.
    alpha: the doubled mid-p at or below which a disparity counts as found. power: the probability of finding it.
    """

    above: DetectableDisparity | None
    below: DetectableDisparity | None
    expected: float
    informative_pools: int
    people: int
    alpha: float
    power: float
    method: str


def minimum_detectable(
    *, group_total: ArrayLike, selected: ArrayLike, total: ArrayLike, alpha: float, power: float = 0.8
) -> MinimumDetectable:
    """Give the odds ratios nearest to 1, each way, that the exact test would find with this power.

    Parameters
    ----------
    group_total, selected, total: people of the group, people to go, everyone. Three integer arrays with one entry a pool.
        Raises EiaError as :func:`eia.stats.checks.strata`.
    alpha: found means a doubled mid-p at or below it, in (0, 1/2). power: in (alpha, 1). Raises EiaError elsewhere.

    Returns
    -------
    MinimumDetectable: see there for every field.

    Notes
    -----
    The margins fix which totals would be found. At a common odds ratio ψ the chance of a total in that region, in the direction of ψ, rises
    with ψ and is worked out exactly; the ψ at which it equals the power is the answer. Who is selected plays no part: power at the
    disparity observed would only say the p-value again (Hoenig and Heisey 2001).

    No informative pool, or so few people that not even the largest total possible would be found: ``None`` in that direction.

    References
    ----------
    Gail and Gart (1973), *Biometrics* 29, 441-448 (power of the exact conditional test, one table); Hoenig and Heisey (2001), *The American
    Statistician* 55, 19-24.

    Example
    -------
    Of 20 people, 10 are women and 6 are to go. Only if all 6 were women, or none, would it be found; an odds ratio of 52 brings the first
    about four times in five.

    >>> could = minimum_detectable(group_total=[10], selected=[6], total=[20], alpha=0.05)
    >>> could.above.critical_total, could.below.critical_total
    (6, 0)
    >>> round(could.above.odds_ratio, 1), could.above.people
    (51.6, 3)
    >>> minimum_detectable(group_total=[2], selected=[1], total=[5], alpha=0.05).above is None
    True
    """
    checked = checks.counts(
        {"group_total": group_total, "selected": selected, "total": total},
        at_most=[("group_total", "total"), ("selected", "total")],
    )
    check_alpha(alpha)
    checks.between(
        alpha, power, 1.0, code="power-out-of-range", what="The power asked for", do="Give a power such as 0.8."
    )
    g, m, n = checked.values()
    informative = informative_pools(g, m, n)
    margins = PoolMargins.of(g, m, n)
    return MinimumDetectable(
        above=_detectable(GroupTotal(margins), alpha=alpha, power=power),
        below=_detectable(-GroupTotal(margins), alpha=alpha, power=power),
        expected=margins.mean,
        informative_pools=int(informative.sum()),
        people=int(n[informative].sum()),
        alpha=alpha,
        power=power,
        method="exact conditional, mid-p",
    )


def check_alpha(alpha: float) -> None:
    """Check that alpha lies between 0 and 1/2; raise EiaError otherwise. From 1/2 on, every total could be found."""
    what = "The p-value at which a disparity counts as found"
    checks.between(0.0, alpha, 0.5, code="alpha-out-of-range", what=what, do="Give a number such as 0.05.")


def critical_total(total: GroupTotal, *, alpha: float) -> tuple[int, TotalDistribution] | None:
    """Give the smallest total with a doubled upper mid-p of at most alpha, and a law tilted to about it.

    ``None`` where even the largest total possible has more. For totals that are too small, give the negative of the total.
    """
    least, most = total.least, -(-total).least
    if least == most:
        return None
    sd = math.sqrt(total.margins.variance)
    away = -float(ndtri(0.5 * alpha)) * sd
    about = min(max(total.mean + away, least + 0.5), most - 0.5)
    _, tilted = tilt_to_mean(total, about, start=(about - total.mean) / (sd * sd), enough=0.25 * sd)  # near is enough
    law = total.law_of(tilted)
    null = np.exp(law.log_null())
    midp = np.cumsum(null[::-1])[::-1] - 0.5 * null
    found = np.flatnonzero(2.0 * midp <= alpha * (1.0 + TIED))
    return (int(law.x[found[0]]), law) if found.size else None


def _detectable(total: GroupTotal, *, alpha: float, power: float) -> DetectableDisparity | None:
    critical = critical_total(total, alpha=alpha)
    if critical is None:
        return None
    at, law = critical
    theta, law = log_odds_limit(total, law, at, alpha=power, share=1.0)
    excess = law.mean_at(theta) - total.mean
    return DetectableDisparity(
        odds_ratio=math.exp(total.sign * theta),
        excess=total.sign * excess,
        people=total.sign * math.ceil(excess - checks.ROUNDING),
        critical_total=total.sign * at,
    )
