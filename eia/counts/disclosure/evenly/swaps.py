"""Takes counts by group and pool, and how far the numbers if the cuts fell evenly may move; gives other tables of whole people that fit as well.

People of the same side change places: one of the group moves from a pool to another, one of another group moves back. Groups and pools
keep all their numbers. Only what would be if the cuts fell evenly moves, by the difference of the two rates.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from eia.counts.disclosure.cells import Counts, Flags, Sums

_TOGETHER = 256  # tables made at once: more take memory and no less time
_LITTLE = 1e-3  # between swaps of as many people, the one that moves the numbers less


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ByPool:
    """Who is in the pools. counts: (groups, pools, 2), selected and not selected. rate: of each pool, how many of one are selected.
    low, high: what each group's number if the cuts fell evenly may be."""

    counts: Counts
    rate: Sums
    low: Sums
    high: Sums


def swapped(there: ByPool, group: Counts, pool: Counts, wanted: Counts) -> Counts:
    """Give tables, (tables, groups, pools, 2), one for each group and pool of which swaps can make the number that is wanted.

    >>> two = np.array([[[1, 1], [3, 3]], [[3, 3], [5, 5]]])
    >>> there = ByPool(counts=two, rate=np.array([0.5, 0.5]), low=np.array([3.9, 7.9]), high=np.array([4.1, 8.1]))
    >>> made = swapped(there, np.array([0, 0]), np.array([0, 0]), np.array([0, 5]))
    >>> made.sum(axis=3)[:, 0, 0].tolist(), made.sum(axis=2).tolist() == [two.sum(axis=1).tolist()] * 2
    ([0, 5], True)
    """
    here = there.counts.sum(axis=2)[group, pool]
    found = [np.zeros((0, *there.counts.shape), dtype=np.int64)]
    for up in (False, True):
        which = np.flatnonzero((wanted > here) if up else (wanted < here))
        for start in range(0, len(which), _TOGETHER):
            some = which[start : start + _TOGETHER]
            found.append(_moved(there, group[some], pool[some], np.abs(wanted - here)[some], up=up))
    return np.concatenate(found)


def _moved(there: ByPool, group: Counts, pool: Counts, left: Counts, *, up: bool) -> Counts:
    """The tables in which as many as are ``left`` have come into the pool (``up``) or gone from it: the largest swap first, then the next."""
    tables = np.repeat(there.counts[None], len(group), axis=0)
    even = tables.sum(axis=3) @ there.rate
    left, active = left.copy(), np.arange(len(group))
    while len(active):
        moved = _swap(there, tables, even, active, group, pool, left, up=up)
        active = active[moved & (left[active] > 0)]
    done: Counts = tables[left == 0]
    return done


def _swap(there: ByPool, tables: Counts, even: Sums, active: Counts, group: Counts, pool: Counts, left: Counts, *, up: bool) -> Flags:  # fmt: skip
    """Do the largest swap with one other group and one other pool in each table; give in which there was one."""
    mine, home, now, at = group[active], pool[active], tables[active], np.arange(len(active))
    coming = now[at, mine][:, None] if up else now[at, mine, home][:, None, None]
    going = now[at, :, home][:, :, None] if up else now
    room = np.minimum(coming, going)  # (tables, other groups, other pools, sides)
    sign = 1 if up else -1
    step = sign * (there.rate[home][:, None] - there.rate)  # by how much one person moves the number of the group
    e = even[active]
    ours = np.where(step > 0, (there.high[mine] - e[at, mine])[:, None], (e[at, mine] - there.low[mine])[:, None])
    theirs = np.where(step[:, None] > 0, (e - there.low)[:, :, None], (there.high - e)[:, :, None])
    size = np.abs(step)[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        bound = np.where(size > 0, np.minimum(ours[:, None], theirs) / size, np.inf)
    people = np.minimum(np.minimum(room.sum(axis=3), np.floor(bound)), left[active][:, None, None])
    people[at, mine], people[at, :, home] = 0, 0
    other, where = np.divmod((people - _LITTLE * size).reshape(len(active), -1).argmax(axis=1), tables.shape[2])
    number = people[at, other, where].astype(np.int64)
    first = np.minimum(number, room[at, other, where, 0])
    for side, some in ((0, first), (1, number - first)):
        tables[active, mine, home, side] += sign * some
        tables[active, other, home, side] -= sign * some
        tables[active, mine, where, side] -= sign * some
        tables[active, other, where, side] += sign * some
    change = number * step[at, where]
    even[active, mine] += change
    even[active, other] -= change
    left[active] -= number
    moved: Flags = number > 0
    return moved
