"""Takes who is in each pool by kind, and what each kind scores; gives the sums of scores of selections drawn anew, and their chance."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import gammaln, ndtr

from eia.stats.checks import Floats, Ints
from eia.stats.exact.conditional_distribution import TIE
from eia.stats.permutation.westfall_young import standard_error
from eia.stats.products import product

CHUNK = 1 << 22
"""So many counts are drawn at a time, and no larger pool is kept person by person."""

KINDS = 64
"""Kinds of people scored at a time, where pools have few of them."""

PEOPLE_PER_KIND = 5
"""It takes about as long to draw this many people one by one as to draw how many people of one kind there are."""


@dataclass(frozen=True, slots=True, eq=False)
class ScoredPool:
    """One pool, its people told apart by kind alone.

    people, selected: (kinds,) people of each kind, and those selected. scores: (kinds, scores) what each person of a kind adds.
    """

    people: Ints
    selected: Ints
    scores: Floats


def redraw(pools: Sequence[ScoredPool], *, draws: int, seed: int) -> tuple[Floats, bool]:
    """Select anew in every pool, as many people as were selected, everyone there being as likely as anyone else.

    Takes pools with one number of scores in all of them. Gives the scores of those selected, added up over pools, as (rows, scores); and
    whether the rows are all there are. With no more ways to select than ``draws``, each way is one row. Otherwise the first row
    is that of the people selected, and ``draws`` follow. Either way a p-value is a share of rows.

    >>> pool = ScoredPool(np.array([1, 2]), np.array([1, 0]), np.array([[1.0], [0.0]]))
    >>> redraw([pool], draws=100, seed=1)
    (array([[1.],
           [0.],
           [0.]]), True)
    """
    if _log_ways(pools) <= math.log(draws + 0.5):
        rows = np.zeros((1, pools[0].scores.shape[1]))
        for pool in pools:
            rows = (rows[:, None] + _every_sum(pool)).reshape(-1, rows.shape[1])
        return rows, True
    rng = np.random.default_rng(seed)
    observed = sum(pool.selected @ pool.scores for pool in pools)
    return np.concatenate([np.atleast_2d(observed), _drawn_sums(pools, draws, rng)]), False


def _log_ways(pools: Sequence[ScoredPool]) -> float:
    """Give the log of how many selections there are of as many people from each pool."""
    people = np.array([pool.people.sum() for pool in pools], dtype=np.float64)
    chosen = np.array([pool.selected.sum() for pool in pools], dtype=np.float64)
    return float((gammaln(people + 1.0) - gammaln(chosen + 1.0) - gammaln(people - chosen + 1.0)).sum())


def _every_sum(pool: ScoredPool) -> Floats:
    """Give the sums of scores of all selections of as many people: (ways, scores)."""
    chosen, everyone = int(pool.selected.sum()), int(pool.people.sum())
    fewer = min(chosen, everyone - chosen)
    each = np.repeat(pool.scores, pool.people, axis=0)
    combinations = np.array(list(itertools.combinations(range(everyone), fewer)), dtype=np.intp)
    sums: Floats = each[combinations].sum(axis=1)
    return sums if fewer == chosen else each.sum(axis=0) - sums


def _drawn_sums(pools: Sequence[ScoredPool], draws: int, rng: np.random.Generator) -> Floats:
    """Give the sums of scores of selections drawn, added up over pools: (draws, scores).

    Pools are drawn one after another, and scored many small ones at a time.
    """
    sums = np.zeros((draws, pools[0].scores.shape[1]))
    for together in _batches(pools):
        scores = np.concatenate([pool.scores for pool in together])
        step = max(CHUNK // len(scores), 1)
        for start in range(0, draws, step):
            rows = sums[start : start + step]
            counts = np.empty((len(rows), len(scores)))
            end = 0
            for pool in together:
                begin, end = end, end + pool.people.size
                counts[:, begin:end] = _counts(pool, len(rows), rng)
            rows += product(counts, scores)
    return sums


def _batches(pools: Sequence[ScoredPool]) -> Iterator[list[ScoredPool]]:
    """Pools of few kinds together, one of many alone."""
    together: list[ScoredPool] = []
    kinds = 0
    for pool in pools:
        if together and kinds + pool.people.size > KINDS:
            yield together
            together, kinds = [], 0
        together.append(pool)
        kinds += pool.people.size
    yield together


def _counts(pool: ScoredPool, rows: int, rng: np.random.Generator) -> Ints:
    """Draw how many of each kind are selected: (rows, kinds)."""
    chosen, everyone = int(pool.selected.sum()), int(pool.people.sum())
    one_by_one = min(chosen, everyone - chosen) <= PEOPLE_PER_KIND * pool.people.size and everyone <= CHUNK
    method: Literal["count", "marginals"] = "count" if one_by_one else "marginals"
    counts: Ints = rng.multivariate_hypergeometric(pool.people, chosen, size=rows, method=method)
    return counts


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreSumTest:
    """The sum of the scores of those picked, about its mean, with as many picked from each pool whoever they are.

    excess, variance: of the sum. z: excess / sd; 0 of no pools. pvalue: two-sided, of a z at least as far from 0. pvalue_greater,
    pvalue_less: of a z at least, at most as large. standard_error: Monte Carlo standard error of pvalue; 0 where nothing was drawn. complete:
    whether every way to pick was gone through. draws: how many were drawn; 0 where every way was gone through, or the normal law served.
    """

    excess: float
    variance: float
    z: float
    pvalue: float
    pvalue_greater: float
    pvalue_less: float
    standard_error: float
    complete: bool
    draws: int


def score_sum_test(pools: Sequence[ScoredPool], *, draws: int, seed: int, drawn_to: float = 1.0) -> ScoreSumTest:
    """Work out chance for pools of one score, whose scores average 0 over the people of each pool.

    With no more ways to pick than ``draws`` each is gone through, and p is exact. Otherwise p = (b + 1) / (draws + 1), where b draws are at
    least as far out. Sums within 1e-7 standard deviations of each other count as equal. No pools: every p is 1. drawn_to: where the two-sided p of
    the normal law is larger than that, it serves, and nothing is drawn.

    >>> two_of_four = ScoredPool(np.ones(4, int), np.array([0, 0, 1, 1]), np.array([[-1.5], [-0.5], [0.5], [1.5]]))
    >>> found = score_sum_test([two_of_four], draws=100, seed=1)
    >>> found.excess, round(found.pvalue_greater, 3), round(found.pvalue, 3), found.complete
    (2.0, 0.167, 0.333, True)
    """
    if not pools:
        return ScoreSumTest(excess=0.0, variance=0.0, z=0.0, pvalue=1.0, pvalue_greater=1.0, pvalue_less=1.0,
                      standard_error=0.0, complete=True, draws=0)  # fmt: skip
    excess = math.fsum(float(pool.selected @ pool.scores[:, 0]) for pool in pools)
    variance = math.fsum(_variance(pool) for pool in pools)
    z = excess / math.sqrt(variance)
    by_normal = 2.0 * float(ndtr(-abs(z)))
    if by_normal > drawn_to and _log_ways(pools) > math.log(draws + 0.5):
        return ScoreSumTest(excess=excess, variance=variance, z=z, pvalue=by_normal, pvalue_greater=float(ndtr(-z)), pvalue_less=float(ndtr(z)),
                      standard_error=0.0, complete=False, draws=0)  # fmt: skip
    rows, complete = redraw(pools, draws=draws, seed=seed)
    drawn = rows[:, 0] / math.sqrt(variance)
    pvalue = float(np.mean(np.abs(drawn) >= abs(z) - TIE))
    return ScoreSumTest(
        excess=excess,
        variance=variance,
        z=z,
        pvalue=pvalue,
        pvalue_greater=float(np.mean(drawn >= z - TIE)),
        pvalue_less=float(np.mean(drawn <= z + TIE)),
        standard_error=0.0 if complete else standard_error(pvalue, drawn.size),
        complete=complete,
        draws=0 if complete else draws,
    )


def _variance(pool: ScoredPool) -> float:
    """Give the variance of the sum of the scores of those picked from one pool."""
    m, n = int(pool.selected.sum()), int(pool.people.sum())
    return m * (n - m) / (n * (n - 1.0)) * float(pool.people @ pool.scores[:, 0] ** 2)
