"""Takes blocks, which of them are chosen and the unit of each; gives how often chance would choose as many from the same units."""

from __future__ import annotations

import numpy as np

from eia.stats.checks import Flags, Ints
from eia.stats.permutation.arrangements import drawn_arrangements


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
    units = int(unit.max(initial=0)) + 1
    observed = _pairs(chosen[None, :], unit, units)[0]
    chunks = drawn_arrangements(chosen.astype(np.int64), alike, draws=draws, seed=seed)  # the first is the one observed
    as_many = sum(int((_pairs(chunk, unit, units) >= observed).sum()) for chunk in chunks)
    return as_many / (draws + 1)


def _pairs(chosen: Flags | Ints, unit: Ints, units: int) -> Ints:
    """Count the squares of chosen blocks by unit, row by row: as pairs in one unit grow, so do they."""
    row, block = np.nonzero(chosen)
    counts = np.bincount(row * units + unit[block], minlength=len(chosen) * units).reshape(-1, units)
    squares: Ints = (counts.astype(np.int64) ** 2).sum(axis=1)
    return squares
