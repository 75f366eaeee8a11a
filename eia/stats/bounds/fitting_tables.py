"""Takes counts of pools known to within ranges; gives the smallest and the largest cells of the tables that fit them.

A pool is a table of four cells: a, b (the group, selected and retained) and c, d (everyone else). In the order b, a, c, d every
count is a difference of two running totals, so that the ranges bound differences, and what follows from them are shortest
paths (Cormen, Leiserson, Rivest and Stein 2009, *Introduction to Algorithms*, 24.4), in whole numbers.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from eia.errors import EiaError, Fault
from eia.stats import checks
from eia.stats.checks import Floats, Ints

GROUP_SELECTED, GROUP, SELECTED, EVERYONE = (1, 2), (0, 2), (1, 3), (0, 4)
GROUP_RETAINED, OTHERS_SELECTED, OTHERS_RETAINED, OTHERS = (0, 1), (2, 3), (3, 4), (2, 4)
"""Counts of a pool as pairs of running totals, from the first to the second."""

NO_LIMIT = 2**40
"""More people than there are: the largest of a count that nothing limits."""

BESIDE = (GROUP_RETAINED, OTHERS_SELECTED, OTHERS_RETAINED, OTHERS)
"""Counts that may be known better than the four that a test is given say: an array with one row for each, in this order."""


def checked_ranges(pairs: dict[str, ArrayLike]) -> tuple[Ints, Ints]:
    """Check pairs of smallest and largest counts; give all the smallest, and all the largest, as (counts, pools) each."""
    both = np.stack(list(checks.counts(pairs, dimensions=2).values()), axis=1)
    if len(both) != 2:
        raise EiaError(
            Fault(
                code="counts-of-different-shape",
                what=f"The counts have {len(both)} rows.",
                allowed="Two rows for every count: the smallest it may be, and the largest.",
                do="Give each count as a pair of arrays.",
            )
        )
    low, high = both
    named = {f"smallest {name}": row for name, row in zip(pairs, low, strict=True)}
    named |= {f"largest {name}": row for name, row in zip(pairs, high, strict=True)}
    checks.counts(named, at_most=[(f"smallest {name}", f"largest {name}") for name in pairs])
    return low, high


def shortest_paths(low: Ints | Floats, high: Ints | Floats, beside: ArrayLike | None = None) -> Floats:
    """Give how far one running total can be above another at most: [i, j] bounds total j less total i, pool by pool.

    low, high: the group selected, the group, selected and everyone, (4, pools). beside: the smallest and the largest of the counts of
    ``BESIDE``, (2, 4, pools), infinite where nothing limits one; ``None`` for nothing more. The running totals are 0, b, b + a, b + a + c and
    everyone. Raises EiaError where no table fits.
    """
    result = np.full((5, 5, low.shape[1]), np.inf)
    result[range(5), range(5)] = 0.0
    result[range(1, 5), range(4)] = 0.0  # no cell is below 0
    for count, (start, stop) in enumerate([GROUP_SELECTED, GROUP, SELECTED, EVERYONE]):
        result[start, stop] = high[count]
        result[stop, start] = -low[count]
    if beside is not None:
        least, most = np.asarray(beside, dtype=np.float64)
        for count, (start, stop) in enumerate(BESIDE):
            result[start, stop] = np.minimum(result[start, stop], most[count])
            result[stop, start] = np.minimum(result[stop, start], -least[count])
    for middle in range(5):
        result = np.minimum(result, result[:, middle, None] + result[None, middle, :])
    impossible = np.flatnonzero((result[range(5), range(5)] < 0.0).any(axis=0))
    if impossible.size:
        raise EiaError(
            Fault(
                code="no-table-fits",
                what=f"The ranges of {impossible.size} of {low.shape[1]} pools cannot all be right, first in entry {impossible[0]}.",
                allowed="At least one table of whole people within the ranges.",
                do="Check that the counts are of the same people, and how they were rounded or withheld.",
            )
        )
    return result


def cells(paths: Floats) -> tuple[Ints, Ints]:
    """Give cells a, b, c, d with the fewest of the group selected that fit, and with the most, as (4, pools) each."""
    least, most = bounds(paths, [GROUP_SELECTED, GROUP_RETAINED, OTHERS_SELECTED, OTHERS_RETAINED])
    falling = np.array([False, True, True, False])[:, None]
    return np.where(falling, most, least), np.where(falling, least, most)


def bounds(paths: Floats, counts: list[tuple[int, int]]) -> tuple[Ints, Ints]:
    """Give the smallest and the largest of each count, named by its pair of running totals, as (counts, pools) each."""
    start, stop = np.transpose(counts)
    return (-paths[stop, start]).astype(np.int64), paths[start, stop].astype(np.int64)
