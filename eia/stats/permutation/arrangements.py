"""Takes blocks (posts, units or pools) with their weights; gives every group's excess at arrangements of these weights over the blocks."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from eia.stats import checks
from eia.stats.checks import Flags, Floats, Ints
from eia.stats.products import product

FEWEST = 10
"""Blocks of about one size that stand together, at least."""

CHUNK = 1 << 20
"""Blocks arranged at a time: a chunk of so many weights stays near the processor."""


@dataclass(frozen=True, slots=True, eq=False)
class Blocks:
    """Blocks as every group sees them, each (groups, blocks). weights: 0 where there is nobody. residuals: people of the group less its share of
    everyone. people: everyone of known answer."""

    weights: Floats
    residuals: Floats
    people: Ints

    @property
    def held(self) -> Flags:
        """Which blocks have anyone in them."""
        return self.people > 0

    @property
    def fewest(self) -> Ints:
        """Blocks on the smaller side: with a weight above the average over people, or without."""
        everyone = np.maximum(self.people.sum(axis=1), 1)
        average = (self.weights * self.people).sum(axis=1) / everyone
        above = (self.held & (self.weights > average[:, None] + checks.ROUNDING)).sum(axis=1)
        fewest: Ints = np.minimum(above, self.held.sum(axis=1) - above)
        return fewest

    def by(self, unit: Ints) -> Blocks:
        """The units as blocks, each with the average weight of the blocks in it."""
        order = np.argsort(unit, kind="stable")
        starts = np.searchsorted(unit[order], np.unique(unit))
        weights, residuals, people, held = (
            np.add.reduceat(values[:, order], starts, axis=1)
            for values in (self.weights, self.residuals, self.people, self.held.astype(np.int64))
        )
        return Blocks(weights / np.maximum(held, 1), residuals, people)


@dataclass(frozen=True, slots=True)
class Draw:
    """How many arrangements are drawn, and where the draws begin."""

    seed: int | tuple[int, int]
    draws: int


@dataclass(frozen=True, slots=True, eq=False)
class Arranged:
    """Every group's excess (columns) at each arrangement (rows, the observed first), its mean and standard deviation over all there are, and
    whether the rows are all there are."""

    excess: Floats
    mean: Floats
    sd: Floats
    complete: bool


def arranged(blocks: Blocks, alike: Ints, draw: Draw) -> Arranged:
    """Permute the weights among blocks that are alike, which have the same number."""
    mean, sd = _mean_and_sd(blocks.weights, blocks.residuals, blocks.held, alike)
    excess, complete = _permuted_excess(
        blocks.weights, blocks.residuals, blocks.held, alike, draws=draw.draws, seed=draw.seed
    )
    return Arranged(excess, mean, sd, complete)


def by_unit(within: Arranged, units: Blocks, draw: Draw) -> Arranged:
    """Permute the weights of whole units, and those of blocks within each unit, the one apart from the other.

    Permuted within units, the excess keeps the part that lies between them as its mean; the units permuted, another takes its place.
    """
    between = arranged(
        units, np.zeros(units.people.shape[1], dtype=np.int64), replace(draw, seed=(_first(draw.seed), 1))
    )
    rows = np.random.default_rng((_first(draw.seed), 2)).integers(0, len(between.excess), len(within.excess))
    rows[0] = 0
    excess = within.excess - within.mean + between.excess[rows if between.complete else slice(len(within.excess))]
    return Arranged(excess, between.mean, np.hypot(within.sd, between.sd), complete=False)


def _first(seed: int | tuple[int, int]) -> int:
    return seed if isinstance(seed, int) else seed[0]


def of_about_one_size(size: Ints) -> Ints:
    """Number blocks by size, the smallest first: at least ten to a number, and those of one size never apart.

    >>> of_about_one_size(np.array([1] * 9 + [2] * 5 + [3] * 10))
    array([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1,
           1, 1])
    """
    numbers, number, together = np.zeros(size.size, dtype=np.int64), 0, 0
    order = np.argsort(size, kind="stable")
    for place, block in enumerate(order):
        if together >= FEWEST and size[block] != size[order[place - 1]]:
            number, together = number + 1, 0
        numbers[block], together = number, together + 1
    return np.minimum(numbers, number - 1) if together < FEWEST and number else numbers


def _mean_and_sd(w: Floats, residuals: Floats, held: Flags, alike: Ints) -> tuple[Floats, Floats]:
    """Give mean and standard deviation of every group's excess over all permutations, those of blocks that are alike added up."""
    mean, variance = np.zeros((2, len(w)))
    for each in np.unique(alike):
        here = held & (alike == each)
        blocks = np.maximum(here.sum(axis=1), 1)
        middle, centre = ((values * here).sum(axis=1) / blocks for values in (w, residuals))
        mean += blocks * middle * centre
        scatter, spread = (
            (np.where(here, values - at[:, None], 0.0) ** 2).sum(axis=1)
            for values, at in ((w, middle), (residuals, centre))
        )
        variance += scatter * spread / np.maximum(blocks - 1, 1)
    return mean, np.sqrt(variance)


def _permuted_excess(
    w: Floats, residuals: Floats, held: Flags, alike: Ints, *, draws: int, seed: int | tuple[int, int]
) -> tuple[Floats, bool]:
    """Give every group's excess (columns) at each arrangement (rows, the observed first), and whether these are all there are.

    Blocks with the same weights for every group are of one kind, and are not told apart. Groups with the same weights are worked
    out together. Blocks that are alike stand together, so that leaving out those without anyone moves no weight to another kind of block.
    """
    order = np.argsort(alike, kind="stable")
    order = order[np.any(held[:, order], axis=0)]
    w, residuals, held, alike = w[:, order], residuals[:, order], held[:, order], alike[order]
    of_kind, kind = np.unique(np.concatenate([w, held]), axis=1, return_inverse=True)
    weight_of, held_of = of_kind[: len(w)], of_kind[len(w) :] > 0.0
    same = np.unique(np.concatenate([w, held], axis=1), axis=0, return_inverse=True)[1]
    arrangements, complete = _arrangements(kind, alike, draws=draws, seed=seed)
    chunks = []
    for arranged in arrangements:
        excess = np.empty((len(arranged), len(w)))
        for together in (np.flatnonzero(same == each) for each in np.unique(same)):
            first = together[0]
            dealt = arranged[held_of[first][arranged]].reshape(len(arranged), -1) if not held[first].all() else arranged
            excess[:, together] = product(weight_of[first][dealt], residuals[np.ix_(together, held[first])].T)
        chunks.append(excess)
    return np.concatenate(chunks), complete


def _arrangements(kind: Ints, alike: Ints, *, draws: int, seed: int | tuple[int, int]) -> tuple[Iterable[Ints], bool]:
    """Give arrangements of the kinds in chunks (rows, blocks), the observed one first; and whether these are all there are."""
    number = math.factorial(kind.size) // math.prod(math.factorial(times) for times in np.bincount(kind).tolist())
    if np.unique(alike).size <= 1 and number <= draws:
        return [_every_arrangement(kind)], True
    return drawn_arrangements(kind, alike, draws=draws, seed=seed), False


def _every_arrangement(kind: Ints) -> Ints:
    """List the distinct orders, placing one kind after another; kind 0 keeps the places that are left."""
    orders = np.zeros((1, kind.size), dtype=np.int64)
    for each, times in enumerate(np.bincount(kind)[1:].tolist(), start=1):
        free = np.nonzero(orders == 0)[1].reshape(len(orders), -1)
        choices = np.array(list(itertools.combinations(range(free.shape[1]), times)))
        orders = np.repeat(orders, len(choices), axis=0)
        np.put_along_axis(orders, free[:, choices].reshape(-1, times), each, axis=1)
    return orders[np.argsort((orders != kind).any(axis=1), kind="stable")]


def drawn_arrangements(kind: Ints, alike: Ints, *, draws: int, seed: int | tuple[int, int]) -> Iterator[Ints]:
    """Draw arrangements of the kinds among blocks that are alike, in chunks (rows, blocks), the observed one alone in the first."""
    rng = np.random.default_rng(seed)
    together = [np.flatnonzero(alike == each) for each in np.unique(alike)]
    yield kind[None, :]
    rows = max(CHUNK // kind.size, 1)
    for start in range(0, draws, rows):
        arranged = np.tile(kind, (min(rows, draws - start), 1))
        for blocks in together:
            arranged[:, blocks] = rng.permuted(arranged[:, blocks], axis=1)
        yield arranged
