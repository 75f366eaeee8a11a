"""Takes thousands of single pools; gives the exact test of each, all in one call."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from eia.stats import checks
from eia.stats.checks import Floats
from eia.stats.exact.conditional_distribution import NEGLIGIBLE, TIE
from eia.stats.exact.informative_pools import informative_pools
from eia.stats.exact.log_probabilities import log_hypergeometric

AREA = 1 << 14
"""So many probabilities are worked on at a time: they fit the cache."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SinglePoolPvalues:
    """Exact tests of single pools, one entry a pool in every array.

    pvalue: two-sided exact. log10_pvalue: its decimal log, right where pvalue itself is too small for a float.
    pvalue_greater, pvalue_less: exact, of a number at least, at most as large as that observed.
    midp: twice the smaller mid-p tail, at most 1.
    """

    pvalue: Floats
    log10_pvalue: Floats
    pvalue_greater: Floats
    pvalue_less: Floats
    midp: Floats
    method: str


def single_pool_pvalues(
    *, group_selected: ArrayLike, group_total: ArrayLike, selected: ArrayLike, total: ArrayLike
) -> SinglePoolPvalues:
    """Test a group against everyone else in each pool on its own, exactly.

    Parameters
    ----------
    group_selected, group_total, selected, total: as for ``stratified_test``. Raises EiaError as :func:`eia.stats.checks.strata`.

    Returns
    -------
    SinglePoolPvalues: arrays of shape (pools,), each entry what ``stratified_test`` gives of that pool alone.

    Notes
    -----
    Fisher's exact test, for any number of pools of any size at once. Every tail is summed from its own first term outwards, so a
    p-value of 1e-300 is as good as one of 0.3.

    - Two-sided p: the probability of all numbers no likelier than the one observed, to within a factor 1 + 1e-7, as in R.
    - A pool where nobody or everybody goes, or that holds only the group or nobody of it, allows one number: every p is 1.
    - Many pools tested singly are a family of tests: adjust for their number.

    References
    ----------
    Fisher (1935), *JRSS* 98, 39-54; Lancaster (1961), *JASA* 56, 223-234 (mid-p).

    Example
    -------
    A lady tasting tea (Fisher 1935), 3 cups of 4 right; and a pool where everybody goes.

    >>> tests = single_pool_pvalues(group_selected=[3, 5], group_total=[4, 5], selected=[4, 9], total=[8, 9])
    >>> tests.pvalue.round(4), tests.midp.round(4)
    (array([0.4857, 1.    ]), array([0.2571, 1.    ]))
    """
    checked = checks.strata(group_selected=group_selected, group_total=group_total, selected=selected, total=total)
    x, g, m, n = (counts.astype(np.float64) for counts in checked)
    informative = informative_pools(g, m, n)
    x, g, m, n = x[informative], g[informative], m[informative], n[informative]
    # Where x is below its mean the group's retained are counted, so that all numbers stand at or above their means.
    above = x * n >= g * m
    log_two_sided, tail, rest, midp = _upward(np.where(above, x, g - x), g, np.where(above, m, n - m), n)

    def whole(values: Floats, otherwise: float) -> Floats:
        result = np.full(informative.size, otherwise)
        result[informative] = values
        return result

    return SinglePoolPvalues(
        pvalue=whole(np.exp(log_two_sided), 1.0),
        log10_pvalue=whole(log_two_sided / math.log(10.0), 0.0),
        pvalue_greater=whole(np.where(above, tail, rest), 1.0),
        pvalue_less=whole(np.where(above, rest, tail), 1.0),
        midp=whole(midp, 1.0),
        method="Fisher's exact",
    )


def _upward(x: Floats, g: Floats, m: Floats, n: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Give log two-sided p, P(X >= x), P(X <= x) and the doubled mid-p of numbers at or above their means."""
    log_point = _log_mass(x, g, m, n)
    log_tail = log_point + _log_outward(x, g - x, m - x, n - g - m + x)
    point, tail = np.exp(log_point), np.exp(log_tail)
    mid_tail = tail - 0.5 * point
    log_two_sided = _log_two_sided(x, g, m, n, log_point, log_tail)
    return (
        log_two_sided,
        np.minimum(tail, 1.0),
        np.minimum(1.0 - tail + point, 1.0),
        2.0 * np.minimum(mid_tail, 1.0 - mid_tail),  # above its mean a number may still lie below the median
    )


def _log_two_sided(x: Floats, g: Floats, m: Floats, n: Floats, log_point: Floats, log_tail: Floats) -> Floats:
    """Give the log probability of all numbers no likelier than x: an upper tail, and the lower one across the mode."""
    threshold = log_point + math.log1p(TIE)
    mode = np.minimum(np.floor((g + 1.0) * (m + 1.0) / (n + 2.0)), x)
    log_two_sided = np.zeros_like(x)

    some = np.flatnonzero(_log_mass(mode, g, m, n) > threshold)
    x, g, m, n, mode, threshold = (values[some] for values in (x, g, m, n, mode, threshold))
    near = log_tail[some]
    tied = np.flatnonzero((n - g - m + x) * x <= (1.0 + TIE) * (g - x + 1.0) * (m - x + 1.0))
    if tied.size:  # the number next to x is as likely as x to within a hair: that takes a hundred million people
        margins = g[tied], m[tied], n[tied]
        near[tied] = _log_tail(_rare(x[tied], mode[tied], *margins, threshold[tied]), *margins)

    lowest = np.maximum(0.0, g + m - n)
    across = _rare(lowest - 1.0, mode, g, m, n, threshold)
    far = np.full_like(x, -np.inf)
    there = np.flatnonzero(across >= lowest)
    across, g, m, n = across[there], g[there], m[there], n[there]
    far[there] = _log_tail(g - across, g, n - m, n)
    log_two_sided[some] = np.minimum(np.logaddexp(near, far), 0.0)
    return log_two_sided


def _rare(rare: Floats, likely: Floats, g: Floats, m: Floats, n: Floats, threshold: Floats) -> Floats:
    """Give the last number on the way from a rare one to a likely one whose log mass is at most the threshold."""
    rare, likely = rare.copy(), likely.copy()
    left = np.flatnonzero(np.abs(likely - rare) > 1.0)
    while left.size:
        middle = np.floor(0.5 * (rare[left] + likely[left]))
        is_rare = _log_mass(middle, g[left], m[left], n[left]) <= threshold[left]
        rare[left[is_rare]], likely[left[~is_rare]] = middle[is_rare], middle[~is_rare]
        left = left[np.abs(likely[left] - rare[left]) > 1.0]
    return rare


def _log_mass(x: Floats, g: Floats, m: Floats, n: Floats) -> Floats:
    return log_hypergeometric(x, g - x, m - x, n - g - m + x)


def _log_tail(x: Floats, g: Floats, m: Floats, n: Floats) -> Floats:
    """Give log P(X >= x) of numbers at or above their modes."""
    return _log_mass(x, g, m, n) + _log_outward(x, g - x, m - x, n - g - m + x)


def _log_outward(a: Floats, b: Floats, c: Floats, d: Floats) -> Floats:
    """Give log P(X >= a) - log P(X = a) of tables whose mass falls from a onwards.

    Each mass is the one before it times bc/((a+1)(d+1)), and these factors fall; so what is left out after a mass is at most that mass
    relative to the sum, and tables drop out one by one as that becomes negligible.
    """
    beyond, last, done = np.zeros_like(a), np.ones_like(a), 0.0
    left = np.arange(a.size)
    while left.size:
        j = done + np.arange(1.0, max(AREA // left.size, 8) + 1.0)
        ratio = ((b[left] + 1.0)[:, None] - j) * ((c[left] + 1.0)[:, None] - j)
        ratio /= (a[left][:, None] + j) * (d[left][:, None] + j)
        ratio[:, 0] *= last[left]
        mass = np.cumprod(ratio, axis=1, out=ratio)
        beyond[left] += mass.sum(axis=1)
        last[left] = mass[:, -1]
        done = j[-1]
        left = left[last[left] > math.exp(-NEGLIGIBLE)]
    return np.log1p(beyond)
