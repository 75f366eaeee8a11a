"""Takes the cells of informative pools and their common odds ratio; gives tests of whether they share it."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import chdtrc, ndtr

from eia import budget
from eia.stats.checks import Floats, Ints
from eia.stats.exact.conditional_distribution import TIE, cell_at
from eia.stats.exact.informative_pools import informative_pools
from eia.stats.exact.log_probabilities import log_hypergeometric
from eia.stats.results import Homogeneity

MANY = 1000
"""Pools from which on the log probability of tables, which is a sum over pools, is taken as normal."""


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

    Takes the cells of informative pools. ``None`` where there would be too many tables (:data:`budget.TABLES_OF_POOLS`).

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
    if float(np.log(tables).sum()) > 2.0 * math.log(budget.TABLES_OF_POOLS):
        return None
    halves = [(np.zeros(1), np.zeros(1)), (np.zeros(1), np.zeros(1))]
    for pool in np.argsort(-tables, kind="stable"):  # most tables first, each to the shorter list
        shorter = int(halves[0][0].size > halves[1][0].size)
        sums, logs = halves[shorter]
        if sums.size * tables[pool] > budget.TABLES_OF_POOLS:
            return None
        cell = np.arange(lowest[pool], highest[pool] + 1.0)
        gap = cell - a[pool]
        mass = log_hypergeometric(cell, b[pool] - gap, c[pool] - gap, d[pool] + gap)
        halves[shorter] = np.add.outer(sums, cell).ravel(), np.add.outer(logs, mass).ravel()
    return [(sums[order], logs[order]) for sums, logs in halves for order in [np.lexsort((logs, sums))]]


def zelen_monte_carlo(
    *,
    group_selected: ArrayLike,
    group_total: ArrayLike,
    selected: ArrayLike,
    total: ArrayLike,
    rng: np.random.Generator,
    draws: int,
) -> float | None:
    """Give Zelen's p by drawing tables with this total, where they are too many to go through.

    Parameters
    ----------
    group_selected, group_total, selected, total: one entry a pool, as for ``stratified_test``; pools that can tell nothing
        are left out.
    rng: where the draws come from. draws: how many; the p given is never below 1 / (draws + 1).

    Returns
    -------
    (1 + tables drawn no likelier than the one observed) / (1 + draws); from more than 1,000 informative pools on the normal form, which is
    quicker and as close. ``None`` with fewer than two informative pools, or
    where the pools are so large that the chi-squared test serves.

    Notes
    -----
    Given the total, the law of the tables does not depend on the common odds ratio, so every pool's law is tilted to the
    Mantel-Haenszel odds ratio first: nothing underflows. Tables are drawn pool by pool, each given what is left of the
    total, from the laws of the sums of the pools still to come.

    References
    ----------
    Zelen (1971), *Biometrika* 58, 129-137, section 2; the p of a Monte Carlo test: Davison and Hinkley (1997), (4.11).

    Example
    -------
    Where Zelen's test can be made, the two agree.

    >>> margins = dict(group_selected=[2, 1], group_total=[4, 5], selected=[3, 6], total=[10, 11])
    >>> abs(zelen_monte_carlo(**margins, rng=np.random.default_rng(1), draws=1999) - 0.0769667708) < 0.02
    True
    """
    x, g, m, n = (np.asarray(values, dtype=float) for values in (group_selected, group_total, selected, total))
    informative = informative_pools(g, m, n)
    x, g, m, n = (values[informative] for values in (x, g, m, n))
    low, high = np.maximum(0.0, m - (n - g)), np.minimum(g, m)
    if x.size < 2 or float((high - low).sum()) > budget.STEPS_OF_POOLS:
        return None
    tilt = _tilt(x, g - x, m - x, n - g - m + x)
    tables = (high - low).astype(np.int64) + 1
    pool, ends = np.repeat(np.arange(x.size), tables), np.cumsum(tables)
    cell = low[pool] + np.arange(pool.size) - (ends - tables)[pool]
    log_mass = log_hypergeometric(cell, g[pool] - cell, m[pool] - cell, (n - g - m)[pool] + cell)
    tilted = log_mass + tilt * cell
    highest = np.maximum.reduceat(tilted, ends - tables)
    weight = np.exp(tilted - highest[pool])
    if x.size > MANY:
        at = ends - tables + (x - low).astype(np.int64)
        return _normal_given_total(
            cell, log_mass, weight, ends - tables, total=float(x.sum()), observed=log_mass[at].sum()
        )
    null, laws = np.split(log_mass, ends[:-1]), np.split(weight, ends[:-1])
    drawn = _draw_given_total(laws, null, int((x - low).sum()), rng.random((x.size, draws)))
    observed = sum(float(mass[int(at)]) for mass, at in zip(null, x - low, strict=True))
    return float(1 + np.count_nonzero(drawn <= observed + TIE)) / (draws + 1)


def _normal_given_total(
    cell: Floats, log_mass: Floats, weight: Floats, starts: Ints, *, total: float, observed: float
) -> float:
    """Zelen's p where pools are many: the log probability of tables, a sum over pools, is nearly normal given their total."""

    def mean_of(values: Floats) -> Floats:
        means: Floats = np.add.reduceat(weight * values, starts) / np.add.reduceat(weight, starts)
        return means

    mean_x, mean_log = mean_of(cell), mean_of(log_mass)
    variance_x = float((mean_of(cell**2) - mean_x**2).sum())
    variance_log = float((mean_of(log_mass**2) - mean_log**2).sum())
    together = float((mean_of(cell * log_mass) - mean_x * mean_log).sum())
    expected = float(mean_log.sum()) + together / variance_x * (total - float(mean_x.sum()))
    variance = variance_log - together**2 / variance_x
    return float(ndtr((observed - expected) / math.sqrt(variance))) if variance > 0.0 else 1.0


def _tilt(a: Floats, b: Floats, c: Floats, d: Floats) -> float:
    """The log of the Mantel-Haenszel odds ratio, held within bounds where it is 0 or infinite."""
    n = a + b + c + d
    above, below = float((a * d / n).sum()), float((b * c / n).sum())
    return max(-8.0, min(8.0, math.log(above / below))) if above > 0 and below > 0 else (8.0 if above else -8.0)


def _draw_given_total(laws: list[Floats], null: list[Floats], total: int, uniform: Floats) -> Floats:
    """Log null probabilities of tables drawn given their total; ``uniform`` is (pools, draws)."""
    to_come = [np.ones(1)]
    for law in reversed(laws[1:]):
        together = np.convolve(law, to_come[-1])
        to_come.append(together / together.max())
    left = np.full(uniform.shape[1], total)
    result = np.zeros(uniform.shape[1])
    for law, mass, rest, chance in zip(laws, null, reversed(to_come), uniform, strict=True):
        fewest = left.min()  # what is left differs little between draws: no other totals are worked out
        needs = np.arange(fewest, left.max() + 1)[:, None] - np.arange(law.size)
        weight = np.where((needs >= 0) & (needs < rest.size), rest[np.clip(needs, 0, rest.size - 1)], 0.0) * law
        cumulative = np.cumsum(weight, axis=1)
        reached = chance * cumulative[left - fewest, -1]
        step = np.zeros(left.size, dtype=np.int64)
        for column in cumulative.T[:-1]:
            step += column[left - fewest] < reached
        left, result = left - step, result + mass[step]
    return result


def pools_given_total(
    *, group_selected: ArrayLike, group_total: ArrayLike, selected: ArrayLike, total: ArrayLike
) -> Floats | None:
    """Give the doubled mid-p of each informative pool, given the total over all pools: whether one of them stands out among the others.

    Given the total, the law of one pool does not depend on the odds ratio that the pools share, whatever it is. So a gap that is the same in
    every pool makes none of them stand out.

    Parameters
    ----------
    group_selected, group_total, selected, total: one entry a pool, as for ``stratified_test``; pools that can tell nothing are left out.

    Returns
    -------
    (informative pools,) in order; ``None`` with fewer than two, with more than 1,000, or where they are so large that it would take long.

    Example
    -------
    Two pools of twenty with the same gap, and one in which it is the other way round.

    >>> same = dict(group_total=[10] * 3, selected=[8] * 3, total=[20] * 3)
    >>> pools_given_total(group_selected=[7, 7, 1], **same).round(3), pools_given_total(group_selected=[7, 7, 7], **same).round(3)
    (array([0.04, 0.04, 0.  ]), array([0.988, 0.988, 0.988]))
    """
    x, g, m, n = (np.asarray(values, dtype=float) for values in (group_selected, group_total, selected, total))
    informative = informative_pools(g, m, n)
    x, g, m, n = (values[informative] for values in (x, g, m, n))
    low, high = np.maximum(0.0, m - (n - g)), np.minimum(g, m)
    if not 2 <= x.size <= MANY or float((high - low).sum()) > budget.STEPS_OF_POOLS:
        return None
    tilt = _tilt(x, g - x, m - x, n - g - m + x)
    laws = []
    for least, most, of_group, gone, people in zip(low, high, g, m, n, strict=True):
        cell = np.arange(least, most + 1.0)
        log_mass = tilt * cell + log_hypergeometric(cell, of_group - cell, gone - cell, people - of_group - gone + cell)
        weight = np.exp(log_mass - log_mass.max())
        laws.append(weight / weight.sum())
    before, after = [np.ones(1)], [np.ones(1)]
    for law in laws[:-1]:
        before.append(np.convolve(before[-1], law))
    for law in reversed(laws[1:]):
        after.append(np.convolve(after[-1], law))
    left, above = int((x - low).sum()), (x - low).astype(np.int64)
    midp = [
        _midp(law * [_together(earlier, later, left - at) for at in range(law.size)], int(seen))
        for law, earlier, later, seen in zip(laws, before, reversed(after), above, strict=True)
    ]
    return np.array(midp)


def _together(earlier: Floats, later: Floats, number: int) -> float:
    """The chance that two laws add up to a number."""
    first, last = max(0, number - later.size + 1), min(number, earlier.size - 1)
    if last < first:
        return 0.0
    return float(earlier[first : last + 1] @ later[number - last : number - first + 1][::-1])


def _midp(weight: Floats, seen: int) -> float:
    mass = weight / weight.sum()
    lower = float(mass[:seen].sum() + 0.5 * mass[seen])
    return min(1.0, 2.0 * min(lower, 1.0 - lower))
