"""Takes the people of one pool, who is selected, and what to count; gives what selections of them drawn anew, or turned, come to.

Each person is kept whole, so that everything counted moves together. Which pools are turned, and why: see :mod:`eia.stats.permutation.min_p`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from eia.stats.checks import Flags, Floats
from eia.stats.products import product

ONE_BY_ONE = 40_000
"""People drawn one by one, those of the smallest pools; in larger pools what was selected is turned."""

CHUNK = 1 << 18
"""People drawn or turned at a time, over all draws or groups together: they stay near the processor."""


def smallest(pools: Sequence[slice]) -> Flags:
    """Say of every pool whether it is among the smallest, which hold no more people together than are drawn one by one."""
    sizes = np.array([members.stop - members.start for members in pools], dtype=np.int64)
    order = np.argsort(sizes, kind="stable")
    among = np.empty(sizes.size, dtype=bool)
    among[order] = np.cumsum(sizes[order]) <= ONE_BY_ONE
    return among


Counted = Iterator[tuple[slice, NDArray[np.int32], Floats]]
"""Which rows; how many people of each kind (columns) each of them selects; and their sums of ranks."""


def drawn(rng: np.random.Generator, made: Flags, flags: Flags, ranks: Floats, rows: int) -> Counted:
    """Select people of one pool anew in every row but the first, which is the selection made."""
    weights = flags.astype(np.float32)
    step = max(CHUNK // made.size, 1)
    for start in range(0, rows, step):
        these = slice(start, min(start + step, rows))
        selections = _selections(rng, these.stop - start, made.size, int(made.sum()))
        if start == 0:
            selections[0] = made
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
    selections = keys <= np.partition(keys, to_go - 1, axis=1)[:, to_go - 1, None]
    tied = np.count_nonzero(selections, axis=1) != to_go
    if tied.any():
        selections[tied] = _selections(rng, int(tied.sum()), people, to_go)
    return selections


def _count(selections: Flags, flags: NDArray[np.float32]) -> NDArray[np.int32]:
    """Count the people of each kind (columns) in each selection (rows): exactly, as no pool holds 2^24 people."""
    return product(selections.astype(np.float32), flags).astype(np.int32)
