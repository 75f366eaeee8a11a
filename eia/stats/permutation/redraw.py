"""Takes who is in each pool by kind, and what each kind scores; gives the sums of scores of selections drawn anew."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import gammaln

from eia.stats.checks import Floats, Ints

CHUNK = 1 << 22
"""So many counts are drawn at a time, and no larger pool is kept person by person."""

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
    people = np.array([pool.people.sum() for pool in pools], dtype=np.float64)
    chosen = np.array([pool.selected.sum() for pool in pools], dtype=np.float64)
    log_ways = float((gammaln(people + 1.0) - gammaln(chosen + 1.0) - gammaln(people - chosen + 1.0)).sum())
    if log_ways <= math.log(draws + 0.5):
        rows = np.zeros((1, pools[0].scores.shape[1]))
        for pool in pools:
            rows = (rows[:, None] + _every_sum(pool)).reshape(-1, rows.shape[1])
        return rows, True
    rng = np.random.default_rng(seed)
    observed = sum(pool.selected @ pool.scores for pool in pools)
    drawn = sum(_drawn_sums(pool, draws, rng) for pool in pools)
    return np.concatenate([np.atleast_2d(observed), drawn]), False


def _every_sum(pool: ScoredPool) -> Floats:
    """Give the sums of scores of all selections of as many people: (ways, scores)."""
    chosen, everyone = int(pool.selected.sum()), int(pool.people.sum())
    fewer = min(chosen, everyone - chosen)
    each = np.repeat(pool.scores, pool.people, axis=0)
    combinations = np.array(list(itertools.combinations(range(everyone), fewer)), dtype=np.intp)
    sums: Floats = each[combinations].sum(axis=1)
    return sums if fewer == chosen else each.sum(axis=0) - sums


def _drawn_sums(pool: ScoredPool, draws: int, rng: np.random.Generator) -> Floats:
    """Give the sums of scores of selections drawn: (draws, scores)."""
    chosen, everyone, kinds = int(pool.selected.sum()), int(pool.people.sum()), pool.people.size
    one_by_one = min(chosen, everyone - chosen) <= PEOPLE_PER_KIND * kinds and everyone <= CHUNK
    method: Literal["count", "marginals"] = "count" if one_by_one else "marginals"
    step = max(CHUNK // kinds, 1)
    sums = np.empty((draws, pool.scores.shape[1]))
    for start in range(0, draws, step):
        rows = sums[start : start + step]
        rows[:] = rng.multivariate_hypergeometric(pool.people, chosen, size=len(rows), method=method) @ pool.scores
    return sums
