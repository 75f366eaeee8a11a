"""Takes hundreds or thousands of groups in the same pools; gives the exact p-values of each, and nothing else.

For a search: the few groups that stand out then have their whole test, intervals and all, from :mod:`eia.stats.stratified`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from eia.stats import checks
from eia.stats.checks import Floats, Ints
from eia.stats.conditional import TIE, Margins, Total
from eia.stats.stratified import for_each_group, stratified_test

CLEAR = 1e-6
"""Probabilities are read from the law at odds ratio 1 down to this, where its noise still is 1e-10 of them."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StratifiedPvalues:
    """Exact tests over pools, one entry a group in every array.

    informative_pools, observed, expected, pvalue, midp: see :class:`eia.stats.results.StratifiedTest`.
    """

    informative_pools: Ints
    observed: Ints
    expected: Floats
    pvalue: Floats
    midp: Floats
    method: str


def stratified_pvalues(
    *, group_selected: ArrayLike, group_total: ArrayLike, selected: ArrayLike, total: ArrayLike
) -> StratifiedPvalues:
    """Test many groups, each against everyone else in the same pools, exactly and quickly.

    Parameters
    ----------
    group_selected, group_total: (groups, pools) people of the group selected, and of the group in all.
    selected, total: people selected, and in all, the group included: (pools,) where all groups share them, or (groups, pools).

    Returns
    -------
    StratifiedPvalues: arrays (groups,), each entry what :func:`eia.stats.stratified.stratified_test` gives of that group.

    Raises
    ------
    EiaError
        where a count is not a whole number from 0, or a part is larger than its whole.

    Notes
    -----
    p-values, two-sided and mid-p, are read from the law of the total at odds ratio 1. Below 1e-6 that law has too few digits there, and
    the stratified test gives them. With no informative pool both are 1.

    References
    ----------
    As :func:`eia.stats.stratified.stratified_test`.

    Example
    -------
    >>> tests = stratified_pvalues(group_selected=[[3, 1], [0, 1]], group_total=[[4, 2], [4, 2]], selected=[3, 2], total=[8, 4])
    >>> tests.midp.round(4), tests.expected
    (array([0.1429, 0.1429]), array([2.5, 2.5]))
    """
    shape = np.shape(group_total)
    rows = checks.strata(
        group_selected=group_selected,
        group_total=group_total,
        selected=for_each_group(selected, shape),
        total=for_each_group(total, shape),
        dimensions=2,
    )
    x, g, m, n = rows
    informative = (g > 0) & (g < n) & (m > 0) & (m < n)
    pvalues = [_pvalues(*(row[here] for row in group)) for *group, here in zip(*rows, informative, strict=True)]
    pvalue, midp = np.array(pvalues).reshape(-1, 2).T
    return StratifiedPvalues(
        informative_pools=informative.sum(axis=1),
        observed=(x * informative).sum(axis=1),
        expected=(g * m / np.maximum(n, 1) * informative).sum(axis=1),
        pvalue=pvalue,
        midp=midp,
        method="exact conditional",
    )


def _pvalues(x: Ints, g: Ints, m: Ints, n: Ints) -> tuple[float, float]:
    """Give the two-sided p and the mid-p of one group over informative pools."""
    if not x.size:
        return 1.0, 1.0
    law = Total(Margins.of(g, m, n)).law(0.0)
    here = int(x.sum() - law.x[0])
    point = law.mass[here] if 0 <= here < law.mass.size else 0.0
    if point < CLEAR:
        test = stratified_test(group_selected=x, group_total=g, selected=m, total=n)
        return test.pvalue, test.midp
    lower = law.mass[:here].sum() + 0.5 * point
    upper = law.mass[here + 1 :].sum() + 0.5 * point
    as_unlikely = law.mass[law.mass <= point * (1.0 + TIE)].sum()
    return min(float(as_unlikely), 1.0), min(2.0 * float(min(lower, upper)), 1.0)
