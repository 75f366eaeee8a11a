"""Takes counts known only to within ranges, pool by pool; gives bounds on the exact test over all tables that fit."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from eia import budget
from eia.stats.bounds import fitting_tables as fitting
from eia.stats.bounds.ranges import Range
from eia.stats.checks import Floats, Ints
from eia.stats.exact.informative_pools import informative_pools
from eia.stats.exact.stratified_test import stratified_tests
from eia.stats.results import Interval, StratifiedTest


@dataclass(frozen=True, slots=True, kw_only=True)
class StratifiedTestBounds:
    """One group against everyone else in the same pools, over all tables that fit the ranges.

    Every Range and Interval is an outer bound: no table that fits gives a figure beyond it. All are those of ``stratified_test`` where every
    count is known.

    exact: whether one table alone fits.
    people: everyone, in all pools. informative_pools: pools that can say anything.
    group_rate, comparator_rate: selection rates in all pools, in the group and outside it.
    excess: people of the group selected above expectation. odds_ratio: conditional maximum likelihood.
    interval: from the lowest mid-p limit of the odds ratio to the highest. exact_interval: the same of the exact limits.
    pvalue_greater, pvalue_less: one-sided exact. midp: twice the smaller mid-p tail, at most 1.
    largest_pvalue: the most the two-sided exact p can be; 1 where more than ``budget.MARGINS_THAT_FIT`` margins fit.
    """

    exact: bool
    people: Range
    informative_pools: Range
    group_rate: Range
    comparator_rate: Range
    excess: Range
    odds_ratio: Range
    interval: Interval
    exact_interval: Interval
    pvalue_greater: Range
    pvalue_less: Range
    midp: Range
    largest_pvalue: float
    level: float
    method: str


def stratified_test_bounds(
    *,
    group_selected: ArrayLike,
    group_total: ArrayLike,
    selected: ArrayLike,
    total: ArrayLike,
    beside: ArrayLike | None = None,
    level: float = 0.95,
) -> StratifiedTestBounds:
    """Bound the exact stratified test where counts were rounded or withheld.

    Parameters
    ----------
    group_selected, group_total, selected, total: as for ``stratified_test``, but each a pair of integer arrays with one entry a pool:
        the smallest the count may be, and the largest, both included; equal where the count is known.
    beside: what more is known of each pool: the group retained; the others selected, retained, and in all. A pair of arrays with one row
        for each of these, from the smallest to the largest, infinite where nothing limits one. ``None`` for nothing more.
    level: coverage of the intervals, in (0, 1).

    Returns
    -------
    StratifiedTestBounds: see there for every field.

    Raises
    ------
    EiaError
        where a count is not a whole number from 0, a smallest is larger than its largest, the level is not in (0, 1), or some pool has no
        table that fits.

    Notes
    -----
    A table fits where all its cells are at least 0: a, b (the group, selected and retained) and c, d (everyone else). At any common odds
    ratio ψ, let X be the number of the group selected, given the margins.

    - One more place among the selected adds at least 0 and at most 1 to X, stochastically (Efron 1965). One more person adds what
      follows, if selected and if not: in a, 1, or one more place; in b, 1 less one place, or nothing; in c, nothing, or one more
      place; in d, less one place, or nothing. So X grows by at most 1 with a, grows with b and c, and falls with d.
    - So X >= a becomes less likely as a or d grows and more likely as b or c does, and so does X > a. A sum over pools keeps that order.
      Hence the one-sided p-values, exact or mid-p, move one way with each cell; the limits of ψ and its estimate the other way; and so
      does the excess, as its differences show.
    - The largest a and d and smallest b and c that fit, pool by pool, therefore bound every table on one side, the reverse on the other,
      whether or not they fit together. Where they do, the bounds are reached.

    The largest and smallest cells are exact: see :mod:`eia.stats.bounds.fitting_tables`.

    The two-sided mid-p lies between its values at the ends, or reaches up to 1 where these lie on different sides of evenness. The
    two-sided exact p has no such order: for each set of margins that fits, it is largest at the total nearest to the mode, which lies
    within 1 of the mean (Darroch 1964).

    Rates and the odds ratio: an end is open (0, 1, infinity) where the table at that end leaves the figure undefined; ``nan`` where one
    table alone fits and leaves it so.

    References
    ----------
    Efron (1965), *Annals of Mathematical Statistics* 36, 272-279; Darroch (1964), *Annals of Mathematical Statistics* 35, 1317-1321.

    Example
    -------
    A pool of 50, of whom 20 are women; 12 go, "fewer than 5" of them women.

    >>> test = stratified_test_bounds(group_selected=([1], [4]), group_total=([20], [20]), selected=([12], [12]), total=([50], [50]))
    >>> round(test.excess.low, 1), round(test.excess.high, 1)
    (-3.8, -0.8)
    >>> round(test.midp.low, 2), round(test.midp.high, 2)
    (0.01, 0.62)
    """
    low, high = fitting.checked_ranges(
        {"group_selected": group_selected, "group_total": group_total, "selected": selected, "total": total}
    )
    paths = fitting.shortest_paths(low, high, beside)
    group_less, group_more = fitting.cells(paths)
    less, more = _tests(np.stack([group_less, group_more]), level=level)
    exact = np.array_equal(group_less, group_more)

    def between(least: float, most: float, *, top: float) -> Range:
        if exact:
            return Range(low=least, high=most)
        return Range(low=0.0 if math.isnan(least) else least, high=top if math.isnan(most) else most)

    odds_low, odds_high = less.odds_ratio, more.odds_ratio
    return StratifiedTestBounds(
        exact=exact,
        people=Range(low=int(-paths[4, 0].sum()), high=int(paths[0, 4].sum())),
        informative_pools=_informative_pools(group_less, group_more),
        group_rate=between(_rate(*group_less[:2]), _rate(*group_more[:2]), top=1.0),
        comparator_rate=between(_rate(*group_more[2:]), _rate(*group_less[2:]), top=1.0),
        excess=Range(low=less.excess, high=more.excess),
        odds_ratio=between(odds_low.estimate, odds_high.estimate, top=math.inf),
        interval=_outer(odds_low.midp_interval, odds_high.midp_interval),
        exact_interval=_outer(odds_low.interval, odds_high.interval),
        pvalue_greater=Range(low=more.pvalue_greater, high=less.pvalue_greater),
        pvalue_less=Range(low=less.pvalue_less, high=more.pvalue_less),
        midp=_midp(less, more),
        largest_pvalue=_largest_pvalue(paths, level=level),
        level=level,
        method="exact conditional, over all tables that fit",
    )


def _tests(tables: Ints, *, level: float) -> tuple[StratifiedTest, ...]:
    """Test tables given as (tables, 4, pools)."""
    a, b, c, d = tables.transpose(1, 0, 2)
    return stratified_tests(group_selected=a, group_total=a + b, selected=a + c, total=a + b + c + d, level=level)


def _informative_pools(group_less: Ints, group_more: Ints) -> Range:
    """Count the pools that are surely informative, with every cell as small as it can be, and those that may be."""
    low, high = (
        int(informative_pools(a + b, a + c, a + b + c + d).sum())
        for a, b, c, d in (np.minimum(group_less, group_more), np.maximum(group_less, group_more))
    )
    return Range(low=low, high=high)


def _rate(selected: Ints, retained: Ints) -> float:
    chosen, people = int(selected.sum()), int(selected.sum() + retained.sum())
    return chosen / people if people else math.nan


def _outer(low: Interval, high: Interval) -> Interval:
    return Interval(low=low.low, high=high.high, level=low.level, method=f"{low.method}, over all tables that fit")


def _midp(less: StratifiedTest, more: StratifiedTest) -> Range:
    """Bound the doubled mid-p from its values at the two ends: in between it is 1 if they lie on different sides."""
    same_side = (less.pvalue_greater < less.pvalue_less) == (more.pvalue_greater < more.pvalue_less)
    return Range(low=min(less.midp, more.midp), high=max(less.midp, more.midp) if same_side else 1.0)


def _largest_pvalue(paths: Floats, *, level: float) -> float:
    """Give the largest two-sided exact p over the margins that fit; 1 where they are too many to go through."""
    low, high = fitting.bounds(paths, [fitting.GROUP, fitting.SELECTED, fitting.EVERYONE])
    (low_x,), (high_x,) = fitting.bounds(paths, [fitting.GROUP_SELECTED])
    width = high - low
    if float(np.log1p(width).sum()) > math.log(budget.MARGINS_THAT_FIT + 0.5):
        return 1.0
    steps = list(itertools.product(*(range(size + 1) for size in width[width > 0].tolist())))
    margins = np.repeat(low[None], len(steps), axis=0)
    margins[:, width > 0] += np.array(steps, dtype=np.int64)
    g, m, n = margins.transpose(1, 0, 2)
    least = np.maximum(low_x, g + m - n)
    room = np.minimum(np.minimum(high_x, g), m) - least
    fits = (room >= 0).all(axis=1)
    g, m, n, least, room = (array[fits] for array in (g, m, n, least, room))
    mean = (g / np.maximum(n, 1) * m).sum(axis=1)
    short = np.stack([np.floor(mean), np.ceil(mean)]).astype(np.int64) - least.sum(axis=1)
    x = least + np.clip(short[:, :, None] - (np.cumsum(room, axis=1) - room), 0, room)
    tests = stratified_tests(
        group_selected=np.concatenate(x),
        group_total=np.tile(g, (2, 1)),
        selected=np.tile(m, (2, 1)),
        total=np.tile(n, (2, 1)),
        level=level,
    )
    return max(test.pvalue for test in tests)
