"""Designs of pools, and the exact law of what can happen in them.

Shares no code with the toolkit: laws are built pool by pool from whole numbers. What depends on the total of the group over pools alone
(every conditional method, and every method that throws the pools together) is gone through total by total, without drawing.
What depends on each table is gone through table by table where they are few, and drawn with a fixed seed where they are many.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from eia.stats.exact.stratified_test import stratified_test
from eia.stats.results import StratifiedTest

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

FEW_TABLES = 5_000
DRAWN = 2_000


@dataclass(frozen=True)
class Design:
    """Pools by their margins, one entry a pool."""

    name: str
    group: tuple[int, ...]
    selected: tuple[int, ...]
    total: tuple[int, ...]

    @property
    def margins(self) -> Ints:
        return np.array([self.group, self.selected, self.total])

    @property
    def least(self) -> Ints:
        g, m, n = self.margins
        return np.maximum(0, g + m - n)

    @property
    def most(self) -> Ints:
        g, m, _ = self.margins
        return np.minimum(g, m)


def _drawn_design(name: str, seed: int, pools: int, sizes: tuple[int, int], share: tuple[float, float]) -> Design:
    """Pools of uneven sizes; a fifth or so goes; the group's share lies between two bounds."""
    rng = np.random.default_rng(seed)
    total = rng.integers(*sizes, pools)
    group = rng.binomial(total, rng.uniform(*share, pools))
    selected = np.maximum(1, np.rint(total * rng.uniform(0.12, 0.3, pools)).astype(int))
    return Design(name, tuple(group.tolist()), tuple(selected.tolist()), tuple(total.tolist()))


_SMALL = Design("few small pools", (2, 4, 3, 6), (2, 2, 3, 4), (6, 8, 10, 12))

DESIGNS = (
    Design("one pool of 20", (6,), (5,), (20,)),
    _SMALL,
    _drawn_design("30 pools of 4 to 7", 1, 30, (4, 8), (0.3, 0.6)),
    _drawn_design("rare group, 12 pools of 10 to 40", 2, 12, (10, 41), (0.02, 0.08)),
    _drawn_design("three pools of 150 to 400", 3, 3, (150, 401), (0.3, 0.5)),
    _drawn_design("20 pools of 10 to 60", 4, 20, (10, 61), (0.2, 0.6)),
    Design(
        "few small pools, and pools that tell nothing",
        (*_SMALL.group, 5, 4, 7),
        (*_SMALL.selected, 9, 3, 0),
        (*_SMALL.total, 9, 4, 12),
    ),
)

TIED = Design(  # the pools where most go are those with most of the group: inside a pool nothing need be wrong
    "30 pools of 6, the group where most go", (4,) * 15 + (2,) * 15, (3,) * 15 + (1,) * 15, (6,) * 30
)


def pool_law(g: int, m: int, n: int, odds_ratio: float) -> Floats:
    """The chance of every number of the group selected in one pool, from the least to the most."""
    ways = [math.comb(g, x) * math.comb(n - g, m - x) for x in range(max(0, g + m - n), min(g, m) + 1)]
    logs = np.array([math.log(way) for way in ways]) + math.log(odds_ratio) * np.arange(len(ways))
    weight = np.exp(logs - logs.max())
    return weight / weight.sum()


def total_law(design: Design, odds_ratio: float) -> Floats:
    """The chance of every total over pools, from the least to the most."""
    law = np.ones(1)
    for margins in design.margins.T.tolist():
        law = np.convolve(law, pool_law(*margins, odds_ratio))
    return law


@cache
def by_total(design: Design) -> tuple[StratifiedTest, ...]:
    """The stratified test of every total, from the least to the most; which tables make it up does not matter."""
    g, m, n = design.margins
    x, tests = design.least.copy(), []
    while True:
        tests.append(stratified_test(group_selected=x, group_total=g, selected=m, total=n))
        room = np.flatnonzero(x < design.most)
        if not room.size:
            return tuple(tests)
        x = x + (np.arange(x.size) == room[0])


@cache
def tables(design: Design) -> Ints | None:
    """Every set of tables, as the numbers of the group selected, (sets, pools); None where they are too many."""
    if math.prod((design.most - design.least + 1).tolist()) > FEW_TABLES:
        return None
    ranges = (range(low, high + 1) for low, high in zip(design.least.tolist(), design.most.tolist(), strict=True))
    return np.array(list(itertools.product(*ranges)))


def table_law(design: Design, odds_ratio: float, draws: int = DRAWN) -> tuple[Ints, Floats]:
    """Sets of tables with their chances: all of them, or that many drawn with a fixed seed."""
    laws = [pool_law(*margins, odds_ratio) for margins in design.margins.T.tolist()]
    everything = tables(design)
    if everything is not None:
        place = everything - design.least
        return everything, np.prod([law[place[:, pool]] for pool, law in enumerate(laws)], axis=0)
    rng = np.random.default_rng(2030)
    drawn = [low + rng.choice(law.size, draws, p=law) for low, law in zip(design.least, laws, strict=True)]
    return np.stack(drawn, axis=1), np.full(draws, 1.0 / draws)


def binomial_law(size: int, rate: float) -> Floats:
    """The chance of every number selected among people each selected at this rate."""
    return np.array([math.comb(size, x) * rate**x * (1 - rate) ** (size - x) for x in range(size + 1)])
