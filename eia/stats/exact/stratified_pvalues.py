"""Takes groups in the same pools, few or thousands; gives the exact p-values of each, and nothing else.

For a search, and wherever nobody reads an interval: the whole test, from :mod:`eia.stats.exact.stratified_test`, takes six times as long.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from eia.stats import checks
from eia.stats.checks import Floats, Ints
from eia.stats.exact.conditional_distribution import PoolMargins
from eia.stats.exact.informative_pools import informative_pools
from eia.stats.exact.tails import pvalues


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StratifiedPvalues:
    """Exact tests over pools, one entry a group in every array.

    informative_pools, observed, expected, excess, pvalue, midp: see :class:`eia.stats.results.StratifiedTest`.
    """

    informative_pools: Ints
    observed: Ints
    expected: Floats
    excess: Floats
    pvalue: Floats
    midp: Floats
    method: str


def stratified_pvalues(
    *, group_selected: ArrayLike, group_total: ArrayLike, selected: ArrayLike, total: ArrayLike
) -> StratifiedPvalues:
    """Test many groups, each against everyone else in the same pools, exactly and quickly.

    Parameters
    ----------
    group_selected, group_total, selected, total: as for :func:`eia.stats.exact.stratified_test.stratified_tests`. Raises EiaError as
        :func:`eia.stats.checks.strata`.

    Returns
    -------
    StratifiedPvalues: arrays (groups,), each entry what :func:`eia.stats.exact.stratified_test.stratified_test` gives of that group.

    Notes
    -----
    p-values, two-sided and mid-p, are read from the law of the total at odds ratio 1; below 1e-6, where that has too few digits, from the law
    that the stratified test uses. With no informative pool both are 1.

    Example
    -------
    >>> tests = stratified_pvalues(group_selected=[[3, 1], [0, 1]], group_total=[[4, 2], [4, 2]], selected=[3, 2], total=[8, 4])
    >>> tests.midp.round(4), tests.expected
    (array([0.1429, 0.1429]), array([2.5, 2.5]))
    """
    x, g, m, n = checks.strata_of_groups(
        group_selected=group_selected, group_total=group_total, selected=selected, total=total
    )
    informative = informative_pools(g, m, n)
    observed = (x * informative).sum(axis=1)
    expected = (g * m / np.maximum(n, 1) * informative).sum(axis=1)
    found = [pvalues(PoolMargins.of(*margins), seen) for *margins, seen in zip(g, m, n, observed.tolist(), strict=True)]
    return StratifiedPvalues(
        informative_pools=informative.sum(axis=1),
        observed=observed,
        expected=expected,
        excess=observed - expected,
        pvalue=np.array([p.two_sided for p in found]),
        midp=np.array([p.midp for p in found]),
        method="exact conditional",
    )
