"""Takes selections and margins pool by pool; gives which pools an excess comes from, the largest part first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from eia.stats import checks
from eia.stats.exact.informative_pools import informative_pools
from eia.stats.exact.single_pool_pvalues import single_pool_pvalues
from eia.stats.multiplicity import holm


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolContribution:
    """One informative pool's part in an excess.

    pool: its place in the arrays given, from 0.
    group_selected, group_total, selected, total: its counts.
    excess: people of the group selected above expectation, in this pool.
    share: its part of the sum of all pools' excesses taken without their signs, in [0, 1]; ``nan`` where all are 0.
    midp: of this pool alone, twice the smaller mid-p tail. adjusted: the same by Holm's method over the informative pools, which are a family
        of their own: found by searching.
    """

    pool: int
    group_selected: int
    group_total: int
    selected: int
    total: int
    excess: float
    share: float
    midp: float
    adjusted: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolContributions:
    """Where an excess comes from.

    pools: the informative ones, by share, the largest first; in the order given where shares are equal.
    excess: their sum. gross: the sum without signs.
    cancelling: whether some pools lie above expectation and others below. If not, gross is the size of the excess, and shares are parts of it.
    """

    pools: tuple[PoolContribution, ...]
    excess: float
    gross: float
    cancelling: bool
    method: str


def pool_contributions(
    *, group_selected: ArrayLike, group_total: ArrayLike, selected: ArrayLike, total: ArrayLike
) -> PoolContributions:
    """Share out an excess to the pools it comes from, and test each pool on its own.

    Parameters
    ----------
    group_selected, group_total, selected, total: as for ``stratified_test``. Raises EiaError as :func:`eia.stats.checks.strata`.

    Returns
    -------
    PoolContributions: their excess is that of ``stratified_test``. Without an informative pool there are no pools, and both sums are 0.

    Notes
    -----
    Pools are small: one that drives a finding may well not be found on its own, and that is no reason to leave it out.

    References
    ----------
    Lancaster (1961), *JASA* 56, 223-234 (mid-p); Holm (1979), *Scandinavian Journal of Statistics* 6, 65-70.

    Example
    -------
    Ricci v DeStefano: 69% of the excess comes from the second exam.

    >>> driving = pool_contributions(group_selected=[5, 13], group_total=[8, 19], selected=[14, 31], total=[33, 62])
    >>> [(part.pool, round(part.excess, 2), round(part.share, 2), round(part.adjusted, 3)) for part in driving.pools]
    [(1, 3.5, 0.69, 0.123), (0, 1.61, 0.31, 0.224)]
    """
    margins = np.stack(
        checks.strata(group_selected=group_selected, group_total=group_total, selected=selected, total=total)
    )
    _, g, m, n = margins
    informative = np.flatnonzero(informative_pools(g, m, n))
    x, g, m, n = margins[:, informative].astype(np.float64)
    excess = (x * n - g * m) / n
    gross = float(np.abs(excess).sum())
    shares = np.abs(excess) / gross if gross > 0.0 else np.full(excess.shape, np.nan)
    midp = single_pool_pvalues(group_selected=x, group_total=g, selected=m, total=n).midp
    adjusted = holm(midp)
    return PoolContributions(
        pools=tuple(
            PoolContribution(
                pool=int(informative[k]),
                group_selected=int(x[k]),
                group_total=int(g[k]),
                selected=int(m[k]),
                total=int(n[k]),
                excess=float(excess[k]),
                share=float(shares[k]),
                midp=float(midp[k]),
                adjusted=float(adjusted[k]),
            )
            for k in np.argsort(-shares, kind="stable")
        ),
        excess=float(excess.sum()),
        gross=gross,
        cancelling=bool((excess > 0.0).any() and (excess < 0.0).any()),
        method="exact conditional, mid-p, Holm",
    )
