"""Takes blocks, which of them are chosen and the unit of each; gives how often chance would choose as many from the same units."""

from __future__ import annotations

import numpy as np

from eia.stats.checks import Flags, Ints

CHUNK = 1 << 20
"""Blocks arranged at a time."""


def clustering_pvalue(*, chosen: Flags, unit: Ints, alike: Ints, draws: int = 1_999, seed: int = 1) -> float:
    """Test whether blocks chosen stand together in units more than chance would put them there.

    Parameters
    ----------
    chosen: (blocks,) which are chosen. unit: (blocks,) the unit of each, whole numbers from 0. alike: (blocks,) a number for each, the same for
    blocks of about one size; they are permuted among themselves only. draws, seed: how many permutations, and where they begin.

    Returns
    -------
    The one-sided p of as many pairs of chosen blocks in the same unit, 1 where nothing can be permuted.

    Example
    -------
    Two of five units of four blocks go in whole.

    >>> unit = np.repeat(np.arange(5), 4)
    >>> clustering_pvalue(chosen=unit < 2, unit=unit, alike=unit * 0)
    0.0005
    """
    order = np.argsort(alike, kind="stable")
    chosen, unit, alike = chosen[order], unit[order], alike[order]
    together = [np.flatnonzero(alike == each) for each in np.unique(alike)]
    units = int(unit.max(initial=0)) + 1
    rng = np.random.default_rng(seed)
    observed = _pairs(chosen[None, :], unit, units)[0]
    as_many, rows = 1, max(CHUNK // max(chosen.size, units), 1)
    for start in range(0, draws, rows):
        arranged = np.tile(chosen, (min(rows, draws - start), 1))
        for blocks in together:
            arranged[:, blocks] = rng.permuted(arranged[:, blocks], axis=1)
        as_many += int((_pairs(arranged, unit, units) >= observed).sum())
    return as_many / (draws + 1)


def _pairs(chosen: Flags, unit: Ints, units: int) -> Ints:
    """Count the squares of chosen blocks by unit, row by row: as pairs in one unit grow, so do they."""
    row, block = np.nonzero(chosen)
    counts = np.bincount(row * units + unit[block], minlength=len(chosen) * units).reshape(-1, units)
    squares: Ints = (counts.astype(np.int64) ** 2).sum(axis=1)
    return squares
