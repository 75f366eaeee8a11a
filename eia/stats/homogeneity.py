"""Takes the cells of informative pools and their common odds ratio; gives tests of whether they share it."""

from __future__ import annotations

import math

import numpy as np
from scipy.special import chdtrc

from eia.stats.checks import Floats
from eia.stats.conditional import TIE, cell_at
from eia.stats.logmass import log_hypergeometric
from eia.stats.results import Homogeneity

MOST_TABLES = 1 << 16
"""Zelen's test is made where each half of the pools allows at most this many different combinations of tables."""


def homogeneity(a: Floats, b: Floats, c: Floats, d: Floats, *, common: float) -> Homogeneity:
    """Test whether informative pools share one odds ratio.

    Takes the cells pool by pool, and the Mantel-Haenszel odds ratio. See :class:`eia.stats.results.Homogeneity` for what
    is undefined when. With sparse pools the chi-squared law fits poorly; Zelen's p is the one to read where it is given.

    Breslow and Day (1980), *Statistical Methods in Cancer Research* I, 4.4, (4.30)-(4.32); Tarone (1985), *Biometrika* 72, 91-95, (4.3);
    Zelen (1971), *Biometrika* 58, 129-137, section 2.
    """
    dof = max(a.size - 1, 0)
    statistic, correction = math.nan, math.nan
    if dof and 0.0 < common < math.inf:
        statistic, correction = _breslow_day(a, b, c, d, common)
    corrected = max(statistic - correction, 0.0) if dof else math.nan
    return Homogeneity(
        statistic=corrected,
        dof=dof,
        pvalue=float(chdtrc(dof, corrected)) if dof else math.nan,
        uncorrected_statistic=statistic,
        uncorrected_pvalue=float(chdtrc(dof, statistic)) if dof else math.nan,
        zelen_pvalue=zelen(a, b, c, d) if dof else None,
        method="Breslow-Day-Tarone",
    )


def _breslow_day(a: Floats, b: Floats, c: Floats, d: Floats, common: float) -> tuple[float, float]:
    """Give the Breslow-Day statistic, and what Tarone takes off it because the common odds ratio is not the best fit."""
    fit = cell_at(common, a + b, a + c, a + b + c + d)
    gap = a - fit
    variance = 1.0 / (1.0 / fit + 1.0 / (b + gap) + 1.0 / (c + gap) + 1.0 / (d - gap))
    return float((gap * gap / variance).sum()), float(gap.sum()) ** 2 / float(variance.sum())


def zelen(a: Floats, b: Floats, c: Floats, d: Floats) -> float | None:
    """Give Zelen's exact p: of all tables with this total, the probability of those no likelier than the ones observed.

    Takes the cells of informative pools. ``None`` where there would be too many tables (:data:`MOST_TABLES`).

    The pools are dealt into two halves, and each half's combinations of tables are listed with their total and log probability. For each way
    the total can fall to the halves, the combinations of one half are sorted and summed up once, and then each of the other half is
    looked up in them: the work is that of the two lists, not of all their pairs.
    """
    halves = _halves(a, b, c, d)
    if halves is None:
        return None
    (left_sum, left_log), (right_sum, right_log) = halves
    observed, wanted = float(log_hypergeometric(a, b, c, d).sum()), float(a.sum())
    totals = np.intersect1d(left_sum, wanted - right_sum)
    extreme = everything = 0.0
    for left, right in zip(_runs(left_sum, totals), _runs(right_sum, wanted - totals), strict=True):
        cumulative = np.cumsum(np.exp(right_log[right] - observed))
        no_likelier = np.searchsorted(right_log[right], observed + math.log1p(TIE) - left_log[left], side="right")
        weight = np.exp(left_log[left])
        everything += float(weight.sum() * cumulative[-1])
        extreme += float(weight @ np.concatenate([[0.0], cumulative])[no_likelier])
    return min(extreme / everything, 1.0)


def _runs(ordered: Floats, values: Floats) -> list[slice]:
    """Give where each value stands in an ordered array."""
    starts, stops = np.searchsorted(ordered, values, side="left"), np.searchsorted(ordered, values, side="right")
    return [slice(start, stop) for start, stop in zip(starts.tolist(), stops.tolist(), strict=True)]


def _halves(a: Floats, b: Floats, c: Floats, d: Floats) -> list[tuple[Floats, Floats]] | None:
    """List the combinations of tables of two halves of the pools: totals, and log probabilities, ordered by the two."""
    lowest, highest = a - np.minimum(a, d), a + np.minimum(b, c)
    tables = highest - lowest + 1.0
    if float(np.log(tables).sum()) > 2.0 * math.log(MOST_TABLES):
        return None
    halves = [(np.zeros(1), np.zeros(1)), (np.zeros(1), np.zeros(1))]
    for pool in np.argsort(-tables, kind="stable"):  # most tables first, each to the shorter list
        shorter = int(halves[0][0].size > halves[1][0].size)
        sums, logs = halves[shorter]
        if sums.size * tables[pool] > MOST_TABLES:
            return None
        cell = np.arange(lowest[pool], highest[pool] + 1.0)
        gap = cell - a[pool]
        mass = log_hypergeometric(cell, b[pool] - gap, c[pool] - gap, d[pool] + gap)
        halves[shorter] = np.add.outer(sums, cell).ravel(), np.add.outer(logs, mass).ravel()
    return [(sums[order], logs[order]) for sums, logs in halves for order in [np.lexsort((logs, sums))]]
