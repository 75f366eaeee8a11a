"""Takes pools of people by score, and how many of each score are picked; gives chance: how far out the sum of the scores picked is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from eia.stats.exact.conditional_distribution import TIE
from eia.stats.permutation.redraw import ScoredPool, redraw
from eia.stats.permutation.westfall_young import standard_error


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreSumTest:
    """The sum of the scores of those picked, about its mean, with as many picked from each pool whoever they are.

    excess, variance: of the sum. z: excess / sd; 0 of no pools. pvalue: two-sided, of a z at least as far from 0. pvalue_greater,
    pvalue_less: of a z at least, at most as large. standard_error: Monte Carlo standard error of pvalue; 0 where complete: whether
    every way to pick was gone through.
    """

    excess: float
    variance: float
    z: float
    pvalue: float
    pvalue_greater: float
    pvalue_less: float
    standard_error: float
    complete: bool


def score_sum_test(pools: Sequence[ScoredPool], *, draws: int, seed: int) -> ScoreSumTest:
    """Work out chance for pools of one score, whose scores average 0 over the people of each pool.

    With no more ways to pick than ``draws`` each is gone through, and p is exact. Otherwise p = (b + 1) / (draws + 1), where b draws are at
    least as far out. Sums within 1e-7 standard deviations of each other count as equal. No pools: every p is 1.

    >>> two_of_four = ScoredPool(np.ones(4, int), np.array([0, 0, 1, 1]), np.array([[-1.5], [-0.5], [0.5], [1.5]]))
    >>> found = score_sum_test([two_of_four], draws=100, seed=1)
    >>> found.excess, round(found.pvalue_greater, 3), round(found.pvalue, 3), found.complete
    (2.0, 0.167, 0.333, True)
    """
    if not pools:
        return ScoreSumTest(excess=0.0, variance=0.0, z=0.0, pvalue=1.0, pvalue_greater=1.0, pvalue_less=1.0,
                      standard_error=0.0, complete=True)  # fmt: skip
    excess = math.fsum(float(pool.selected @ pool.scores[:, 0]) for pool in pools)
    variance = math.fsum(_variance(pool) for pool in pools)
    z = excess / math.sqrt(variance)
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
    )


def _variance(pool: ScoredPool) -> float:
    """Give the variance of the sum of the scores of those picked from one pool."""
    m, n = int(pool.selected.sum()), int(pool.people.sum())
    return m * (n - m) / (n * (n - 1.0)) * float(pool.people @ pool.scores[:, 0] ** 2)
