"""Takes where everybody stands in their pool, and the number to go; gives who would be selected, and where equal totals leave it open."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from eia.errors import EiaError, Fault

Mask = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Standing:
    """Everybody as a rule sees them, (people,) each.

    pool: the code of their pool, -1 for who cannot be selected. total: the lowest go first; nan where it cannot be told. then: what decides between equal
    totals, the lowest going first. to_go: (pools,), how many go from each.
    """

    pool: npt.NDArray[np.int32]
    total: Floats
    then: Floats
    to_go: Ints

    @property
    def placed(self) -> Mask:
        """Who is in a pool and has a total."""
        return (self.pool >= 0) & ~np.isnan(self.total)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Choice:
    """selected: (people,), who would be selected. tied: (people,), those of equal standing at the line of their pool, of whom only some are."""

    selected: Mask
    tied: Mask


def choose(standing: Standing, now: Mask) -> Choice:
    """Select the lowest of every pool.

    Parameters
    ----------
    standing: of everybody. now: (people,), who is selected now: of equals these are selected first, so that as few as possible change; and who has no
    total stays as they are.

    Raises
    ------
    EiaError where fewer can be selected than are to go, or fewer are to go than have no total and are selected.

    >>> everyone = Standing(pool=np.zeros(4, dtype=np.int32), total=np.array([3.0, 1.0, 2.0, 2.0]), then=np.zeros(4), to_go=np.array([2]))
    >>> choice = choose(everyone, np.array([False, False, False, True]))
    >>> choice.selected.tolist(), choice.tied.tolist()
    ([False, True, False, True], [False, False, True, True])
    """
    placed = standing.placed
    held = (standing.pool >= 0) & ~placed & now
    left = standing.to_go - np.bincount(standing.pool[held], minlength=len(standing.to_go))
    _refuse_impossible(left, np.bincount(standing.pool[placed], minlength=len(standing.to_go)))
    people = np.flatnonzero(placed)
    order = people[np.lexsort((~now[people], standing.then[people], standing.total[people], standing.pool[people]))]
    pool = standing.pool[order]
    first = np.searchsorted(pool, pool)  # where the pool of each begins
    goes = np.arange(len(order)) - first < left[pool]
    equals = _equals(pool, standing.total[order], standing.then[order])
    of_them = np.bincount(equals, minlength=1)
    going = np.bincount(equals, weights=goes, minlength=1)
    selected, tied = held.copy(), np.zeros(len(held), dtype=np.bool_)
    selected[order] = goes
    tied[order] = ((going > 0) & (going < of_them))[equals]
    return Choice(selected=selected, tied=tied)


def same_order(one: Standing, other: Standing) -> Mask:
    """Which pools, (pools,), hold the same people in the same order, equals included, with as many to go.

    >>> before = Standing(pool=np.zeros(2, dtype=np.int32), total=np.array([1.0, 2.0]), then=np.zeros(2), to_go=np.array([1]))
    >>> after = Standing(pool=before.pool, total=before.total * 2, then=before.then, to_go=before.to_go)
    >>> same_order(before, after).tolist()
    [True]
    """
    pools = len(one.to_go)
    if len(other.to_go) != pools:
        return np.zeros(len(other.to_go), dtype=np.bool_)
    apart = (one.pool != other.pool) | (_place(one) != _place(other))
    same: Mask = np.equal(one.to_go, other.to_go)
    for standing in (one, other):
        same[np.unique(standing.pool[apart & (standing.pool >= 0)])] = False
    return same


def _place(standing: Standing) -> Ints:
    """The place of everybody among those of their pool, equals sharing one; -1 for who has no total."""
    people = np.flatnonzero(standing.placed)
    order = people[np.lexsort((standing.then[people], standing.total[people], standing.pool[people]))]
    equals = _equals(standing.pool[order], standing.total[order], standing.then[order])
    place = np.full(len(standing.pool), -1, dtype=np.int64)
    if len(order):
        place[order] = equals - equals[np.searchsorted(standing.pool[order], standing.pool[order])]
    return place


def _equals(pool: npt.NDArray[np.int32], total: Floats, then: Floats) -> Ints:
    """Of people in order, the number of the set of equals that each is in."""
    new = (np.diff(pool) != 0) | (np.diff(total) != 0) | (np.diff(then) != 0)
    return np.cumsum(np.concatenate([np.zeros(min(1, len(pool)), dtype=np.int64), new.astype(np.int64)]))


def _refuse_impossible(left: Ints, placed: Ints) -> None:
    if (left < 0).any():
        raise EiaError(Fault(code="too-few-to-go", what=f"In {_pools(left < 0)} more people without a total are selected than are to go.",
                             allowed="at least as many to go as are selected without a total", do="Say how missing scores count, or change the number."))  # fmt: skip
    if (left > placed).any():
        raise EiaError(Fault(code="too-many-to-go", what=f"In {_pools(left > placed)} more people are to go than can be selected.",
                             allowed="at most the people in the pool who have a total", do="Lower the number, or say how missing scores count."))  # fmt: skip


def _pools(which: Mask) -> str:
    number = np.count_nonzero(which)
    return "one pool" if number == 1 else f"{number:,} pools"
