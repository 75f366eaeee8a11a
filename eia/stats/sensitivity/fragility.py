"""Takes selections and margins pool by pool; gives how many exchanges of two people would turn what is found."""

from __future__ import annotations

from dataclasses import dataclass

from numpy.typing import ArrayLike

from eia.stats import checks
from eia.stats.exact.conditional_distribution import GroupTotal, PoolMargins
from eia.stats.exact.informative_pools import informative_pools
from eia.stats.sensitivity.minimum_detectable import check_alpha, critical_total


@dataclass(frozen=True, slots=True, kw_only=True)
class Fragility:
    """How far the observed total is from where the answer changes.

    This measures how firm a figure is. It is not a target: never choose who goes because of a characteristic.

    found: whether the doubled mid-p is at or below alpha.
    exchanges: the fewest exchanges after which that is no longer so, or would be so; ``None`` where no number of them does it. One exchange
        is one person of the group and one outside it, in the same pool, one selected and one retained, changing places.
    direction: +1 where they select more of the group, -1 fewer, 0 where there are none.
    observed: of the group and selected, informative pools only. critical_low, critical_high: the totals at or below which, and at or above
        which, a disparity is found; ``None`` where the margins allow none.
    """

    found: bool
    exchanges: int | None
    direction: int
    observed: int
    critical_low: int | None
    critical_high: int | None
    alpha: float
    method: str


def fragility(
    *, group_selected: ArrayLike, group_total: ArrayLike, selected: ArrayLike, total: ArrayLike, alpha: float = 0.05
) -> Fragility:
    """Count the exchanges within pools after which a finding would vanish, or appear.

    Parameters
    ----------
    group_selected, group_total, selected, total: as for ``stratified_test``. Raises EiaError as :func:`eia.stats.checks.strata`.
    alpha: found means a doubled mid-p at or below it, in (0, 1/2); raises EiaError elsewhere.

    Returns
    -------
    Fragility: towards the nearer crossing, and the upper one where both are as near.

    Notes
    -----
    An exchange moves the observed total by one and leaves every margin as it is. So the law of the total stays, and with it the two totals
    at which a disparity begins to be found; the number of exchanges is the distance to them. Every total the margins allow can be
    reached one exchange at a time. A finding can always vanish; it can appear only where some total possible would be found.

    References
    ----------
    Walsh et al. (2014), *Journal of Clinical Epidemiology* 67, 622-628 (the fragility index, which moves one margin; here none moves).

    Example
    -------
    Ricci v DeStefano: had one candidate of each kind changed places, the mid-p would be above 0.05.

    >>> held = fragility(group_selected=[5, 13], group_total=[8, 19], selected=[14, 31], total=[33, 62])
    >>> held.found, held.exchanges, held.direction, held.critical_high
    (True, 1, -1, 18)
    """
    x, g, m, n = checks.strata(group_selected=group_selected, group_total=group_total, selected=selected, total=total)
    check_alpha(alpha)
    observed = int(x[informative_pools(g, m, n)].sum())
    law = GroupTotal(PoolMargins.of(g, m, n))
    upper, lower = critical_total(law, alpha=alpha), critical_total(-law, alpha=alpha)
    high = upper[0] if upper else None
    low = -lower[0] if lower else None
    if high is not None and observed >= high:
        found, crossings = True, [high - 1]
    elif low is not None and observed <= low:
        found, crossings = True, [low + 1]
    else:
        found, crossings = False, [critical for critical in (high, low) if critical is not None]
    moves = min((crossing - observed for crossing in crossings), key=abs, default=0)
    return Fragility(
        found=found,
        exchanges=abs(moves) or None,
        direction=(moves > 0) - (moves < 0),
        observed=observed,
        critical_low=low,
        critical_high=high,
        alpha=alpha,
        method="exact conditional, mid-p",
    )
