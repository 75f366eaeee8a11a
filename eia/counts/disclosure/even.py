"""Takes a protected characteristic and its counts by pool; gives about how many of each group would be selected if the cuts fell evenly.

Such a number is a sum of how many of the group are in each pool, so that it tells of pools, of which nothing is published. It is printed to
the nearest 5, and only where whole people can still be in the pools in every way that matters.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from eia.counts.disclosure.attacker import Ranges
from eia.counts.disclosure.audit import given_away, told
from eia.counts.disclosure.cells import Counts, Flags, Sums
from eia.counts.disclosure.needs import Needs
from eia.counts.disclosure.protect import Protected
from eia.counts.disclosure.rules import Rules

TO, FEW = 5, 5
_MOST = 4_000  # counts by group and pool: of more the audit would take long


def if_even(protected: Protected, by_pool: Counts, rules: Rules) -> list[int | None]:
    """Give a number for each group, None where it is not to be printed: where its own counts are not, or the audit fails.

    by_pool: (groups, pools, 2), selected and not selected.
    """
    cells = protected.cells
    groups, pools, _ = by_pool.shape
    nothing: list[int | None] = [None] * groups
    shown = np.array([_all_shown(protected, row) for row in range(groups)], dtype=np.bool_)
    if len(cells.areas) > 1 or by_pool.size > _MOST or not shown.any():
        return nothing
    size = by_pool.sum(axis=(0, 2))
    rate = np.divide(by_pool[:, :, 0].sum(axis=0), size, out=np.zeros(pools), where=size > 0)
    even = by_pool.sum(axis=2) @ rate
    printed = np.floor(even / TO + 0.5) * TO
    if _gives_away(protected, by_pool, rules, rate, even, np.where(shown, printed, np.nan)):
        return nothing
    return [int(number) if show else None for number, show in zip(printed, shown, strict=True)]


def _all_shown(protected: Protected, row: int) -> bool:
    places = [protected.cells.find(row, 0, measure) for measure in ("at risk", "selected", "not selected")]
    return all(place is not None and not protected.withheld[place] for place in places)


def _gives_away(protected: Protected, by_pool: Counts, rules: Rules, rate: Sums, even: Sums, printed: Sums) -> bool:
    """Whether a small number of a group in a pool, or a protected cell, can be narrowed with these numbers too."""
    cells = protected.cells
    groups, pools, _ = by_pool.shape
    pool_counts, rest = groups * pools * 2, groups
    of = np.zeros((groups * 3, pool_counts + rest))  # which counts by pool make each count of the table
    for group in range(groups):
        for side in (0, 1):
            of[group * 3 + side, group * pools * 2 + side : (group + 1) * pools * 2 : 2] = 1
        of[group * 3 + 2, pool_counts + group] = 1
    in_pool = np.hstack([np.kron(np.eye(groups * pools), np.ones((1, 2))), np.zeros((groups * pools, rest))])
    evens = np.hstack([np.kron(np.eye(groups), np.repeat(rate, 2)), np.zeros((groups, rest))])
    totals = np.vstack([
        np.hstack([np.tile(np.eye(pools * 2), groups), np.zeros((pools * 2, rest))]),
        np.hstack([np.zeros((1, pool_counts)), np.ones((1, rest))]),
    ])  # fmt: skip
    here = by_pool.sum(axis=2).ravel()
    small = (here > 0) & (here < FEW) & (groups > 1)
    need = np.minimum(FEW, np.tile(by_pool.sum(axis=(0, 2)), groups))
    numbers = len(cells.n)
    wide = replace(
        cells, sums=np.vstack([cells.sums @ of, evens, in_pool]), n=np.concatenate([cells.n, np.rint(even).astype(np.int64), here]),
        totals=totals, known=np.concatenate([by_pool.sum(axis=0).ravel(), cells.known[2:]]),
    )  # fmt: skip
    ranges = told(cells, protected.values, rules, off=rules.off).but(protected.withheld)
    free = np.full(groups * pools, np.inf)
    off = np.where(np.isnan(printed), np.inf, TO / 2)
    level = np.nan_to_num(printed)
    ranges = Ranges(
        low=np.concatenate([ranges.low, level - off, -free]), high=np.concatenate([ranges.high, level + off, free])
    )
    asked = _asked(
        np.flatnonzero(cells.protected),
        cells.need[cells.protected],
        numbers + groups + np.flatnonzero(small),
        need[small],
    )
    return bool(given_away(wide, ranges, asked, whole=True))


def _asked(cells: Counts, need: Counts, pools: Counts, in_pools: Counts) -> Needs:
    """What has to stay possible to somebody outside, of cells and of groups in pools."""
    places, bounds = np.concatenate([cells, pools]), np.concatenate([need, in_pools]).astype(float)
    up: Flags = np.repeat([False, True], len(places))
    return Needs(
        cell=np.tile(places, 2),
        insider=np.full(2 * len(places), -1),
        up=up,
        bound=np.where(up, np.tile(bounds, 2), 0.0),
    )
