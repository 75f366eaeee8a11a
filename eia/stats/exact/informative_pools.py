"""Takes the margins of pools; gives which of them are informative: which can say anything of who is selected."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from eia.stats.checks import Flags


def informative_pools(group_total: ArrayLike, selected: ArrayLike, total: ArrayLike) -> Flags:
    """Say of every pool whether it can tell anything: some but not all are selected, and it holds both the group and others.

    Parameters
    ----------
    group_total, selected, total: people of the group, people selected, everyone. Arrays of whole numbers that go together: one entry a
        pool, or a row a group where there are several. Several groups are told apart by the pools that are informative of any of them.

    Returns
    -------
    True or False for every pool, or every group and pool.

    Notes
    -----
    Given its margins every other pool allows one number of the group among those selected. It is certain at any odds ratio, so that the pool
    adds 1 to the conditional likelihood as a factor: to the observed and to the expected total it adds the same, and nothing to the variance,
    to p or to the odds ratio. Such pools are counted and said; they stay where rates are compared, and not odds.

    References
    ----------
    Birch (1964), *JRSS B* 26, 313-324 (the test given the margins); Breslow and Day (1980), *Statistical Methods in Cancer Research* I, 4.4.

    Example
    -------
    Some go of both; nobody goes; everybody goes; nobody is of the group; everybody is.

    >>> informative_pools(np.array([2, 2, 2, 0, 5]), np.array([1, 0, 5, 1, 1]), np.array([5, 5, 5, 5, 5]))
    array([ True, False, False, False, False])
    """
    return some_but_not_all(group_total, total) & some_but_not_all(selected, total)


def some_but_not_all(part: ArrayLike, whole: ArrayLike) -> Flags:
    """Say of every pool whether it holds people of a part and people outside it: half of the rule, where the other half is of other people.

    >>> some_but_not_all(np.array([0, 1, 2]), 2)
    array([False,  True, False])
    """
    part = np.asarray(part)
    return np.asarray((part > 0) & (part < np.asarray(whole)))
