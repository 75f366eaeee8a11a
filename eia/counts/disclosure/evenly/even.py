"""Takes a protected characteristic and its counts by pool; gives about how many of each group would be selected if the cuts fell evenly.

Such a number is a sum of how many of the group are in each pool, so that it tells of pools, of which nothing is published. It is printed to
the nearest 5, and only where whole people can still be in the pools in every way that matters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from eia.counts.disclosure.attacker import Ranges
from eia.counts.disclosure.audit import given_away, shown_possible, told
from eia.counts.disclosure.cells import Counts, Flags, Sums
from eia.counts.disclosure.evenly.few_pools import in_few_pools
from eia.counts.disclosure.evenly.swaps import ByPool, swapped
from eia.counts.disclosure.needs import Needs
from eia.counts.disclosure.protect import Earlier, Protected
from eia.counts.disclosure.rules import TO, Rules
from eia.errors import EiaError, Fault

FEW = 5
EVEN = "if even"
_MOST = 4_000  # counts by group and pool: of more the audit would take long
_ABOVE = 1e-5  # a number half way is printed as the higher one


def if_even(protected: Protected, by_pool: Counts, rules: Rules, earlier: Sequence[Earlier] = ()) -> list[int | None]:
    """Give a number for each group, None where it is not to be printed: where its own counts are not, or the audit fails.

    by_pool: (groups, pools, 2), selected and not selected. earlier: what was published before, with numbers of this kind or without.

    Raises EiaError where what was published before would give somebody away beside the new counts, or where that cannot be checked.
    """
    groups, pools, _ = by_pool.shape
    nothing: list[int | None] = [None] * groups
    shown = np.array([_all_shown(protected, row) for row in range(groups)], dtype=np.bool_)
    size = by_pool.sum(axis=(0, 2))
    rate = np.divide(by_pool[:, :, 0].sum(axis=0), size, out=np.zeros(pools), where=size > 0)
    even = by_pool.sum(axis=2) @ rate
    before = _before(protected, even, earlier)
    too_many = len(protected.cells.areas) > 1 or by_pool.size > _MOST
    if too_many and np.isfinite(before.low).any():
        raise EiaError(Fault(code="even-before", what="An earlier version says how many would be selected if the cuts fell evenly. What that tells beside these figures cannot be checked.",
                             allowed="figures without units, where such numbers were published before", do="Publish without units."))  # fmt: skip
    if too_many or not (shown.any() or np.isfinite(before.low).any()):
        return nothing
    printed = np.floor(even / TO + 0.5) * TO
    told = _printed(np.where(shown, printed, np.nan))
    both = Ranges(low=np.maximum(told.low, before.low), high=np.minimum(told.high, before.high))
    if not _gives_away(
        protected, by_pool, rules, even, ByPool(counts=by_pool, rate=rate, low=both.low, high=both.high)
    ):
        return [int(number) if show else None for number, show in zip(printed, shown, strict=True)]
    alone = ByPool(counts=by_pool, rate=rate, low=before.low, high=before.high)
    if np.isfinite(before.low).any() and _gives_away(protected, by_pool, rules, even, alone):
        raise EiaError(Fault(code="gives-away", what="Beside an earlier version, these figures would let somebody work out a number that has to be withheld. Nothing was written.",
                             allowed="figures that give nobody away", do="Publish by rules that withhold more."))  # fmt: skip
    return nothing


def _all_shown(protected: Protected, row: int) -> bool:
    places = [protected.cells.find(row, 0, measure) for measure in ("at risk", "selected", "not selected")]
    return all(place is not None and not protected.withheld[place] for place in places)


def _printed(numbers: Sums) -> Ranges:
    """What each number tells when it is printed to the nearest; nothing where none is."""
    level, off = np.nan_to_num(numbers), np.where(np.isnan(numbers), np.inf, TO / 2)
    return Ranges(low=level - off, high=level + off - _ABOVE)


def _before(protected: Protected, even: Sums, earlier: Sequence[Earlier]) -> Ranges:
    """What earlier versions tell of these numbers, wherever it is still true: somebody may take it that nothing has changed."""
    low, high = np.full(len(even), -np.inf), np.full(len(even), np.inf)
    for version in earlier:
        labels = [row.label for row in protected.cells.rows[: len(even)]]
        told = _printed(np.array([version.values.get((label, "", EVEN)) for label in labels], dtype=float))
        still = (even >= told.low) & (even <= told.high)
        low, high = np.where(still, np.maximum(low, told.low), low), np.where(still, np.minimum(high, told.high), high)
    return Ranges(low=low, high=high)


def _gives_away(protected: Protected, by_pool: Counts, rules: Rules, even: Sums, there: ByPool) -> bool:
    """Whether a small number of a group in a pool, or a protected cell, can be narrowed with these numbers too.

    Most can be another number by swaps of a few people, which need no solver; nearly all others by changes in a few pools.
    """
    cells = protected.cells
    groups, pools, _ = by_pool.shape
    pool_counts, rest = groups * pools * 2, groups
    of = np.zeros((groups * 3, pool_counts + rest))  # which counts by pool make each count of the table
    for group in range(groups):
        for side in (0, 1):
            of[group * 3 + side, group * pools * 2 + side : (group + 1) * pools * 2 : 2] = 1
        of[group * 3 + 2, pool_counts + group] = 1
    here = by_pool.sum(axis=2)
    small = np.argwhere((here > 0) & (here < FEW) & (groups > 1))
    need = np.minimum(FEW, by_pool.sum(axis=(0, 2)))[small[:, 1]]
    in_pool = np.zeros((len(small), groups * pools, 2))
    in_pool[np.arange(len(small)), small[:, 0] * pools + small[:, 1]] = 1
    in_pool = np.hstack([in_pool.reshape(len(small), pool_counts), np.zeros((len(small), rest))])
    evens = np.hstack([np.kron(np.eye(groups), np.repeat(there.rate, 2)), np.zeros((groups, rest))])
    totals = np.vstack([
        np.hstack([np.tile(np.eye(pools * 2), groups), np.zeros((pools * 2, rest))]),
        np.hstack([np.zeros((1, pool_counts)), np.ones((1, rest))]),
    ])  # fmt: skip
    wide = replace(
        cells, sums=np.vstack([cells.sums @ of, evens, in_pool]),
        n=np.concatenate([cells.n, np.rint(even).astype(np.int64), here[small[:, 0], small[:, 1]]]),
        totals=totals, known=np.concatenate([by_pool.sum(axis=0).ravel(), cells.known[2:]]),
    )  # fmt: skip
    ranges = told(cells, protected.values, rules, off=rules.off).but(protected.withheld)
    free = np.full(len(small), np.inf)
    ranges = Ranges(
        low=np.concatenate([ranges.low, there.low, -free]), high=np.concatenate([ranges.high, there.high, free])
    )
    asked = _asked(
        np.flatnonzero(cells.protected),
        cells.need[cells.protected],
        len(cells.n) + groups + np.arange(len(small)),
        need,
    )
    truth = np.concatenate([by_pool.ravel(), cells.table.counts[:, 0, 2]])
    swaps = np.concatenate([swapped(there, small[:, 0], small[:, 1], wanted) for wanted in (np.zeros_like(need), need)])
    rests = np.tile(truth[pool_counts:], (len(swaps), 1))
    tables = np.vstack([truth, np.hstack([swaps.reshape(len(swaps), pool_counts), rests])])
    left = asked.only(~shown_possible(tables, wide, ranges, asked, whole=True))
    few = in_few_pools(wide, ranges, left, truth, pools)
    return bool(given_away(wide, ranges, left, whole=True, known=few))


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
