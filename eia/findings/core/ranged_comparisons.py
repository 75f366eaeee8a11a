"""Takes a Cube some of whose counts are ranges, and the case; gives each group of these and everyone it is compared with.

It is what ``Comparison`` is where counts are exact: people whose answer is known, and the group itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from eia.case import Case
from eia.counts.codes import Dimension
from eia.counts.cube import CharacteristicCounts, Cube
from eia.findings.core.comparisons import Numbers, to_go
from eia.intake.counts.count_bounds import CountMargins
from eia.stats.exact.informative_pools import some_but_not_all
from eia.vocabulary.characteristics import Group

Ends = npt.NDArray[np.float64]
"""Numbers of people from the least to the most: the first axis has the two ends."""

OUTSIDE, IN_POOLS, EVERYBODY = -3, -2, -1
"""Places after the pools: no pool, all pools together, and everybody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """A group, everyone it is compared with, and everyone but the group: numbers of people by place, (2, places).

    Places are the pools, no pool, all pools together, and everybody.
    """

    group: Ends
    everyone: Ends
    others: Ends

    @property
    def in_pool(self) -> Sides:
        """The pools alone."""
        return self.at(slice(-3))

    def at(self, place: int | slice) -> Sides:
        """One place, or some."""
        return Sides(group=self.group[:, place], everyone=self.everyone[:, place], others=self.others[:, place])


@dataclass(frozen=True, slots=True, kw_only=True)
class RangedComparison:
    """One group and everyone it is compared with, each count from the least to the most.

    there: people there when choosing began; start: before any stage; stayed, went: those of them who stayed, and who went. went is None
    while nobody has been chosen; to_go is then the numbers to go of people of known answer, (2, pools), or None. workforce: the
    group and everyone in the whole workforce before any stage, each (2,); None where only people in pools are known.
    workforce_there: the same when choosing began, for which the pools stand in where it is not known. are_shares: whether
    these are shares. has_rest: whether the people outside the pools are counted with those inside.
    """

    dimension: Dimension
    index: int
    start: Sides
    there: Sides
    stayed: Sides
    went: Sides | None
    to_go: Ends | None
    workforce: tuple[Ends, Ends] | None
    workforce_there: tuple[Ends, Ends]
    are_shares: bool
    has_rest: bool

    @property
    def group_of(self) -> Group:
        """The group compared."""
        return self.dimension.groups[self.index]

    @property
    def share(self) -> float | None:
        """The group's share of the workforce where only shares are known."""
        return float(self.workforce[0][0] / self.workforce[1][0]) if self.workforce and self.are_shares else None

    @property
    def can_tell(self) -> bool:
        """Whether any pool, in any table that fits, can say who goes within a job."""
        if self.went is None:
            return False
        there, went, stayed = self.there.in_pool, self.went.in_pool, self.stayed.in_pool
        held = some_but_not_all(there.group[1], there.group[1] + there.others[1])
        return bool((held & some_but_not_all(went.everyone[1], went.everyone[1] + stayed.everyone[1])).any())

    def beside(self) -> Ends:
        """What more is known of each pool, as ``stratified_test_bounds`` takes it."""
        others = self.there.in_pool.others
        if self.went is None:
            free = np.stack([np.zeros_like(others[0]), np.full_like(others[0], np.inf)])
            return np.stack([free, free, free, others], axis=1)
        stayed, went = self.stayed.in_pool, self.went.in_pool
        return np.stack([stayed.group, went.others, stayed.others, others], axis=1)


def ranged_comparisons(cube: Cube, case: Case) -> tuple[RangedComparison, ...]:
    """Every comparison of every characteristic that has ranges, in the order of the pages.

    Raises EiaError where nobody has been chosen and the case gives the number to go for some pools and not for others.
    """
    given = to_go(cube, case)
    keys = [key for key in cube.layout.dimensions if cube.tables[key].are_ranges]
    return tuple(comparison for key in keys for comparison in _of(cube, key, case, given))


def _of(cube: Cube, key: str, case: Case, given: Numbers | None) -> Iterator[RangedComparison]:
    dimension, table = cube.layout.dimensions[key], cube.by_pool(key)
    outcomes = range(table.low.shape[2])
    at = 1 + case.stages.order.index(case.stages.compulsory)
    kinds = np.array([group.kind for group in dimension.groups])
    start = _sums(table, kinds, outcomes).within(table.margins)
    went = _sums(table, kinds, outcomes[at:]).chosen_within(table.margins)
    gone, stayed = _sums(table, kinds, outcomes[1:at]), _sums(table, kinds, (0,))
    there = _sums(table, kinds, (0, *outcomes[at:])) if gone.groups.any() else start
    whole = cube.whole_workforce
    amounts = whole.amounts.get(key) if whole else None
    for index, group in enumerate(dimension.groups):
        held = start.groups[1, index].any() or (amounts is not None and amounts[index] > 0)
        if group.kind == "not applicable" or not held:
            continue
        workforce = _workforce(cube, amounts, kinds, index, start)
        yield RangedComparison(
            dimension=dimension,
            index=index,
            start=start.compared(index),
            there=there.compared(index),
            stayed=stayed.compared(index),
            went=went.compared(index) if cube.chosen else None,
            to_go=None if cube.chosen else _shared_out(given, there.compared(index).everyone, there.left_out(index)),
            workforce=workforce,
            workforce_there=_there(cube, workforce, there.compared(index), gone.compared(index)),
            are_shares=whole is not None and whole.are_shares,
            has_rest=whole is None and cube.has_rest,
        )


@dataclass(frozen=True, slots=True)
class _Sums:
    """People with some outcomes by place: of each group, (2, groups, places), and of all who answered, (2, places)."""

    groups: Ends
    answered: Ends
    kinds: npt.NDArray[np.str_]

    def compared(self, index: int) -> Sides:
        """A group, everyone it is compared with (all who answered, and the group itself), and these but the group."""
        group = self.groups[:, index]
        if self.kinds[index] != "answer":
            return Sides(group=group, everyone=self.answered + group, others=self.answered)
        among = self.kinds == "answer"
        among[index] = False
        limits = self.answered[0] - group[1], self.answered[1] - group[0]
        return Sides(group=group, everyone=self.answered, others=_within(self.groups[:, among].sum(axis=1), limits))

    def left_out(self, index: int) -> Ends:
        """Everybody whom a group is not compared with."""
        missing = self.kinds != "answer"
        missing[index] = False
        return np.asarray(self.groups[:, missing].sum(axis=1))

    def within(self, margins: CountMargins | None) -> _Sums:
        """The same no wider than what is known of everybody."""
        if margins is None:
            return self
        return replace(
            self, groups=_within(self.groups, margins.group), answered=_within(self.answered, margins.everyone)
        )

    def chosen_within(self, margins: CountMargins | None) -> _Sums:
        """The same no wider than what is known of those selected."""
        if margins is None:
            return self
        groups = self.groups.copy()
        for place in (IN_POOLS, EVERYBODY):
            groups[:, :, place] = _within(groups[:, :, place], margins.group_selected)
        return replace(self, groups=groups, answered=_within(self.answered, margins.selected))


def _within(ours: Ends, theirs: tuple[Ends, Ends]) -> Ends:
    return np.stack([np.maximum(ours[0], theirs[0]), np.minimum(ours[1], theirs[1])])


def _sums(table: CharacteristicCounts, kinds: npt.NDArray[np.str_], outcomes: Iterable[int]) -> _Sums:
    counts = np.stack([table.low, table.high])[..., list(outcomes)].sum(axis=-1).astype(np.float64)
    in_pools = counts[..., :-1].sum(axis=-1, keepdims=True)
    groups = np.concatenate([counts, in_pools, in_pools + counts[..., -1:]], axis=-1)
    return _Sums(groups, groups[:, kinds == "answer"].sum(axis=1), kinds)


def _workforce(
    cube: Cube, amounts: Numbers | None, kinds: npt.NDArray[np.str_], index: int, start: _Sums
) -> tuple[Ends, Ends] | None:
    """The group and everyone in the whole workforce: from a table of its own, or with people outside the pools."""
    if cube.whole_workforce is None:
        everybody = start.compared(index).at(EVERYBODY)
        return (everybody.group, everybody.everyone) if cube.has_rest else None
    if amounts is None or not amounts[index]:
        return None
    among = kinds == "answer"
    among[index] = True
    return np.full(2, amounts[index]), np.full(2, amounts[among].sum())


def _there(cube: Cube, workforce: tuple[Ends, Ends] | None, there: Sides, gone: Sides) -> tuple[Ends, Ends]:
    """The same without the people gone before choosing began; of the pools where the workforce is not known."""
    place = IN_POOLS if workforce is None else EVERYBODY
    if workforce is None or cube.whole_workforce is None:
        return there.at(place).group, there.at(place).everyone
    if cube.whole_workforce.are_shares:
        return workforce
    return workforce[0] - gone.group[::-1, EVERYBODY], workforce[1] - gone.everyone[::-1, EVERYBODY]


def _shared_out(given: Numbers | None, everyone: Ends, left_out: Ends) -> Ends | None:
    """The part of each pool's number to go that falls to people of known answer; None where no number is given."""
    if given is None:
        return None
    ours, theirs = everyone[:, :-3], left_out[:, :-3]
    return np.stack([given * ours[end] / np.maximum(ours[end] + theirs[1 - end], 1) for end in (0, 1)])
