"""Takes the stated Rule and weights drawn evenly; gives who would be selected by each, as a table of people in memory only."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from eia import budget
from eia.scenarios.choose import Floats, Ints, Mask
from eia.scenarios.rule import Rule

WEIGHTINGS = 2_000
FEWEST = 100
_AT_ONCE = 1 << 22  # people times weightings


def drawn_weights(criteria: int, number: int, seed: int) -> Floats:
    """Weights drawn evenly over all that add to 1, (number, criteria).

    >>> drawn_weights(3, 5, seed=1).sum(axis=1).round(9).tolist()
    [1.0, 1.0, 1.0, 1.0, 1.0]
    """
    return np.random.default_rng(seed).dirichlet(np.ones(criteria), size=number)


def affordable(people: int) -> int:
    """How many weightings are looked at: fewer where there are many people, and none where a share of them would say little."""
    number = min(WEIGHTINGS, budget.PEOPLE_TIMES_WEIGHTINGS // max(people, 1))
    return number if number >= FEWEST else 0


def selections(rule: Rule, weights: Floats) -> Iterator[Mask]:
    """Who is selected by each row of weights, (rows, people in order of ``looked_at``), some rows at a time; equals as they were.

    Everybody without a mark that counts stays as they are.
    """
    people = looked_at(rule)
    pool, marks, now = rule.pool[people], rule.marks[people], rule.now[people]
    if rule.highest:
        marks = -marks
    placed: Mask = np.logical_not(np.isnan(marks).any(axis=1))
    to_go: Ints = np.bincount(pool[now & placed], minlength=len(rule.pools))
    order = np.lexsort((~now, pool))  # equals keep this order: sorting below is stable
    order = order[np.flatnonzero(placed[order])]
    rank = np.arange(len(order)) - np.searchsorted(pool[order], pool[order])
    goes: Mask = np.less(rank, to_go[pool[order]])
    step = max(1, _AT_ONCE // max(len(people), 1))
    for start in range(0, len(weights), step):
        totals = weights[start : start + step] @ marks[order].T
        low, high = (totals.min(initial=0.0), totals.max(initial=0.0))
        width = max(high - low, 1.0) * 2.0
        keys = np.round(totals, 9) + pool[order] * width  # pools stay apart, so that one sort serves all
        sorted_places = np.argsort(keys, axis=1, kind="stable")
        selected = np.tile(now & ~placed, (len(totals), 1))
        np.put_along_axis(selected, order[sorted_places], np.broadcast_to(goes, totals.shape), axis=1)
        yield selected


def looked_at(rule: Rule) -> Ints:
    """The places of everybody who could be selected."""
    return np.flatnonzero(rule.pool >= 0)
