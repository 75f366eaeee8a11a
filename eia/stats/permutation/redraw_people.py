"""Takes people pool by pool, who of them is selected, and what to count; gives what selections of them drawn anew add up to.

A draw keeps each person whole, so that everything counted of them moves together. Pools of few people are drawn from person by person; in
the largest the selection made is turned: see :func:`eia.stats.permutation.min_p.min_p`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eia.stats.checks import Flags, Floats

ONE_BY_ONE = 40_000
"""People drawn one by one, those of the smallest pools; in larger pools what was selected is turned."""

CHUNK = 1 << 18
"""People drawn or turned at a time, over all draws or groups together: they stay near the processor."""

PRODUCT, COLUMNS = 1 << 18, 64
"""Multiplications in one product of matrices, and its columns: more, and BLAS would wake every processor, and wait for busy ones."""


@dataclass(frozen=True, slots=True)
class Redrawn:
    """What the selections add up to: in the first row the one made, then those drawn.

    group_selected: (rows, comparisons). rank_sums: (rows, trends). known_selected: (sets, pools, rows).
    """

    group_selected: NDArray[np.int32]
    rank_sums: Floats
    known_selected: NDArray[np.int32]


def redraw_people(
    *, selected: Flags, groups: Flags, known: Flags, ranks: Floats, pools: Sequence[slice], rows: int, seed: int
) -> Redrawn:
    """Select anew in every pool, as many people as were selected, in every row but the first; and count what each selection comes to.

    selected: (people,), pool after pool. groups, known, ranks: (people, comparisons), (people, sets) and (people, trends): what is counted,
    of known pool by pool. pools: where each pool's people stand.

    >>> everyone, nothing = np.ones((2, 1), dtype=bool), np.empty((2, 0))
    >>> redrawn = redraw_people(selected=np.array([True, False]), groups=np.array([[True], [False]]), known=everyone, ranks=nothing,
    ...     pools=[slice(0, 2)], rows=100, seed=1)
    >>> redrawn.group_selected[0], np.unique(redrawn.group_selected), np.unique(redrawn.known_selected)
    (array([1], dtype=int32), array([0, 1], dtype=int32), array([1], dtype=int32))
    """
    rng = np.random.default_rng(seed)
    group_selected = np.zeros((rows, groups.shape[1]), dtype=np.int32)
    rank_sums = np.zeros((rows, ranks.shape[1]))
    known_selected = np.empty((known.shape[1], len(pools), rows), dtype=np.int32)
    one_by_one = _smallest(pools)
    for k, members in enumerate(pools):
        flags = np.concatenate([groups[members], known[members]], axis=1)
        draw = _drawn if one_by_one[k] else _turned
        for these, counts, sums in draw(rng, selected[members], flags, ranks[members], rows):
            group_selected[these] += counts[:, : group_selected.shape[1]]
            known_selected[:, k, these] = counts[:, group_selected.shape[1] :].T
            rank_sums[these] += sums
    return Redrawn(group_selected, rank_sums, known_selected)


def _smallest(pools: Sequence[slice]) -> Flags:
    """Say of every pool whether it is among the smallest, which hold no more people together than are drawn one by one."""
    sizes = np.array([members.stop - members.start for members in pools], dtype=np.int64)
    order = np.argsort(sizes, kind="stable")
    among = np.empty(sizes.size, dtype=bool)
    among[order] = np.cumsum(sizes[order]) <= ONE_BY_ONE
    return among


_Counted = Iterator[tuple[slice, NDArray[np.int32], Floats]]
"""Which rows; how many people of each kind (columns) each of them selects; and their sums of ranks."""


def _drawn(rng: np.random.Generator, made: Flags, flags: Flags, ranks: Floats, rows: int) -> _Counted:
    """Select people of one pool anew in every row but the first, which is the selection made."""
    weights = flags.astype(np.float32)
    step = max(CHUNK // made.size, 1)
    for start in range(0, rows, step):
        these = slice(start, min(start + step, rows))
        selections = _selections(rng, these.stop - start, made.size, int(made.sum()))
        if start == 0:
            selections[0] = made
        yield these, _count(selections, weights), selections @ ranks


def _turned(rng: np.random.Generator, made: Flags, flags: Flags, ranks: Floats, rows: int) -> _Counted:
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
    drawn = selections.astype(np.float32)
    counts = np.empty((len(drawn), flags.shape[1]), dtype=np.float32)
    rows = max(PRODUCT // (COLUMNS * len(flags)), 1)
    for column in range(0, flags.shape[1], COLUMNS):
        some = np.ascontiguousarray(flags[:, column : column + COLUMNS])
        for row in range(0, len(drawn), rows):
            with np.errstate(invalid="ignore"):  # BLAS may work on what lies beyond the arrays, and flag what it finds
                product = drawn[row : row + rows] @ some
            counts[row : row + rows, column : column + COLUMNS] = product
    return counts.astype(np.int32)
