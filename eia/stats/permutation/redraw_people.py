"""Takes the people of pools, who is selected, and what to count; gives what selections of them drawn anew, or turned, come to.

Each person is kept whole, so that everything counted moves together. Which pools are turned, and why: see :mod:`eia.stats.permutation.min_p`.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from eia.stats.checks import Flags, Floats
from eia.stats.products import product

ONE_BY_ONE = 40_000
"""People drawn one by one, those of the smallest pools; in larger pools what was selected is turned."""

CHUNK = 1 << 18
"""People drawn or turned at a time, over all draws or groups together: they stay near the processor."""

FEW = 16
"""People of a pool whose keys are compared column by column."""

TOGETHER = 64
"""People of several pools counted together."""


def smallest(pools: Sequence[slice]) -> Flags:
    """Say of every pool whether it is among the smallest, which hold no more people together than are drawn one by one."""
    sizes = np.array([members.stop - members.start for members in pools], dtype=np.int64)
    order = np.argsort(sizes, kind="stable")
    among = np.empty(sizes.size, dtype=bool)
    among[order] = np.cumsum(sizes[order]) <= ONE_BY_ONE
    return among


def batches(pools: Sequence[slice], small: Flags) -> Iterator[list[int]]:
    """Give the places of pools that are worked out together: neighbours among the small ones, as long as they hold few people."""
    together: list[int] = []
    people = 0
    for place, (members, is_small) in enumerate(zip(pools, small, strict=True)):
        size = members.stop - members.start
        if together and (not is_small or people + size > TOGETHER):
            yield together
            together, people = [], 0
        together.append(place)
        people += size if is_small else TOGETHER
    if together:
        yield together


Counted = Iterator[tuple[slice, NDArray[np.int32], Floats]]
"""Which rows; how many people of each kind (columns) each of them selects; and their sums of ranks."""


def drawn(rng: np.random.Generator, made: Sequence[Flags], flags: Flags, ranks: Floats, rows: int) -> Counted:
    """Select people anew in each of some pools in every row but the first, which is the selection made. Everyone stands pool after pool."""
    weights, everyone = flags.astype(np.float32), np.concatenate(made)
    step = rows if len(made) > 1 else max(CHUNK // everyone.size, 1)
    for start in range(0, rows, step):
        these = slice(start, min(start + step, rows))
        number = these.stop - start
        selections = np.concatenate([_selections(rng, number, pool.size, int(pool.sum())) for pool in made], axis=1)
        if start == 0:
            selections[0] = everyone
        yield these, _count(selections, weights), selections @ ranks


def turned(rng: np.random.Generator, made: Flags, flags: Flags, ranks: Floats, rows: int) -> Counted:
    """Turn the selection made of one pool by any number of places in every row but the first.

    What every turn selects of a kind is the cyclic correlation of the selection with that kind, and comes of one discrete Fourier transform.
    """
    order, turns = rng.permutation(made.size), rng.integers(0, made.size, rows)
    turns[0] = 0
    selection = np.conj(np.fft.rfft(made[order]))
    kinds = flags.shape[1]
    sums = np.empty((rows, kinds + ranks.shape[1]))
    step = max(CHUNK // made.size, 1)
    for values, into in ((flags, sums[:, :kinds]), (ranks, sums[:, kinds:])):
        for start in range(0, values.shape[1], step):
            columns = np.ascontiguousarray(values[order, start : start + step].T, dtype=np.float64)
            correlated = np.fft.irfft(np.fft.rfft(columns, axis=1) * selection, made.size, axis=1)
            into[:, start : start + step] = correlated[:, turns].T
    yield slice(0, rows), np.rint(sums[:, :kinds]).astype(np.int32), sums[:, kinds:]


def _selections(rng: np.random.Generator, rows: int, people: int, to_go: int) -> Flags:
    """Select so many of a pool's people, evenly: those with the lowest random keys; rows whose keys tie there are drawn anew."""
    if to_go in (0, people):
        return np.full((rows, people), to_go > 0)
    keys = rng.integers(0, 2**32, (rows, people), dtype=np.uint32)
    selections = keys <= _lowest(keys, to_go)[:, None]
    if np.count_nonzero(selections) > rows * to_go:
        tied = np.count_nonzero(selections, axis=1) != to_go
        selections[tied] = _selections(rng, int(tied.sum()), people, to_go)
    return selections


def _lowest(keys: NDArray[np.uint32], to_go: int) -> NDArray[np.uint32]:
    """Give the highest of so many lowest keys of each row. Of few people one is selected mostly, and a few columns are quickly gone through."""
    if to_go == 1 and keys.shape[1] <= FEW:
        return functools.reduce(np.minimum, keys.T)
    highest: NDArray[np.uint32] = np.partition(keys, to_go - 1, axis=1)[:, to_go - 1]
    return highest


def _count(selections: Flags, flags: NDArray[np.float32]) -> NDArray[np.int32]:
    """Count the people of each kind (columns) in each selection (rows): exactly, as no pool holds 2^24 people."""
    return product(selections.astype(np.float32), flags).astype(np.int32)
