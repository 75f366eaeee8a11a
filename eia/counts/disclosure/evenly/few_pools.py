"""Takes a programme of counts by pool and a table of it; gives tables that differ from that one in a few pools only: a small programme, and quick."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from eia.counts.disclosure.attacker import Attacker, Ranges
from eia.counts.disclosure.cells import Cells, Flags, Sums
from eia.counts.disclosure.needs import Needs

_POOLS = 4


def in_few_pools(cells: Cells, ranges: Ranges, asked: Needs, truth: Sums, pools: int) -> Sums:
    """Tables, one a row, that may show what is asked to be possible. truth: what the counts are, by group, pool and side, and then of
    who is not at risk."""
    found = [truth]
    if not len(asked.cell):
        return truth[None]
    free = _free(cells, asked, truth, pools)
    fixed = np.where(free, 0.0, truth)
    touched, around = cells.totals[:, free].any(axis=1), cells.sums @ fixed
    small = replace(
        cells,
        sums=cells.sums[:, free],
        totals=cells.totals[touched][:, free],
        known=np.rint(cells.known - cells.totals @ fixed)[touched].astype(np.int64),
    )
    need = replace(asked, bound=asked.bound - around[asked.cell])
    attacker = Attacker(small, Ranges(low=ranges.low - around, high=ranges.high - around), whole=True)
    met = np.zeros(len(asked.cell), dtype=np.bool_)

    def take(table: Sums) -> None:
        whole = fixed.copy()
        whole[free] = np.rint(table)
        found.append(whole)
        np.logical_or(met, asked.served_by(whole, cells), out=met)

    for table in need.tables(np.arange(len(met)), attacker, small):
        take(table)
    for place in range(len(met)):
        one = None if met[place] else attacker.table_with(int(need.cell[place]), *need.ask(place))
        if one is not None:
            take(one.counts)
    return np.array(found)


def _free(cells: Cells, asked: Needs, truth: Sums, pools: int) -> Flags:
    """Which counts may differ: those of the largest pools, of pools with people of whom is asked, and of who is not at risk."""
    in_pools = cells.totals[: pools * 2]
    size = cells.known[: pools * 2].reshape(pools, 2).sum(axis=1)
    there = in_pools @ (cells.sums[asked.cell].any(axis=0) * truth)
    chosen = np.isin(np.arange(pools), np.argsort(-size, kind="stable")[:_POOLS])
    chosen |= there.reshape(pools, 2).any(axis=1)
    free: Flags = np.repeat(chosen, 2) @ in_pools > 0
    return free | ~in_pools.any(axis=0)
