"""Takes a Cube, a characteristic some of whose counts are ranges, and the case; gives its comparisons over all tables that fit.

Each is what ``Comparison`` is where counts are exact: a group, and everyone it is compared with.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from eia.case import Case
from eia.counts.cube import CharacteristicCounts, Cube
from eia.findings.core.finding import HeadcountBounds
from eia.intake.counts.tallies import CountMargins
from eia.stats.bounds.fitting_tables import NO_LIMIT
from eia.stats.bounds.ranges import Range
from eia.stats.bounds.split_bounds import SplitBounds, above_even_share, split_bounds
from eia.stats.bounds.stratified_test_bounds import StratifiedTestBounds, stratified_test_bounds
from eia.stats.exact.informative_pools import some_but_not_all
from eia.vocabulary.characteristics import Dimension, Group

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
class OfOneGroup:
    """Whatever compares one group of a characteristic, by its place there, with everyone else."""

    dimension: Dimension
    index: int

    @property
    def group_of(self) -> Group:
        """The group compared."""
        return self.dimension.groups[self.index]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonBounds(OfOneGroup):
    """One group and everyone it is compared with, each count from the least to the most.

    there: people there when choosing began; start: before any stage; stayed, went: those of them who stayed, and who went. went is None
    while nobody has been chosen; to_go is then the numbers to go of people of known answer, (2, pools), or None. workforce: the
    group and everyone in the whole workforce before any stage, each (2,); None where only people in pools are known.
    workforce_there: the same when choosing began, for which the pools stand in where it is not known. left_out: people without a known
    answer before any stage, (2,). are_shares: whether the whole workforce is known as shares. has_rest: whether the people outside the
    pools are counted with those inside.
    """

    start: Sides
    there: Sides
    stayed: Sides
    went: Sides | None
    to_go: Ends | None
    workforce: tuple[Ends, Ends] | None
    workforce_there: tuple[Ends, Ends]
    left_out: Ends
    are_shares: bool
    has_rest: bool

    @property
    def chosen(self) -> bool:
        """Whether anybody has been chosen."""
        return self.went is not None

    @property
    def pools(self) -> int:
        """Pools that may hold anybody."""
        return int((self.there.in_pool.everyone[1] > 0).sum())

    @property
    def can_tell(self) -> bool:
        """Whether any pool, in any table that fits, can say who is selected within each pool."""
        if self.went is None:
            return False
        there, went, stayed = self.there.in_pool, self.went.in_pool, self.stayed.in_pool
        held = some_but_not_all(there.group[1], there.group[1] + there.others[1])
        return bool((held & some_but_not_all(went.everyone[1], went.everyone[1] + stayed.everyone[1])).any())

    def people(self) -> HeadcountBounds:
        """The totals."""
        went, to_go, start, there = self.went, self.to_go, self.start.at(IN_POOLS), self.there.at(IN_POOLS)
        selected = went.at(IN_POOLS).everyone if went else None if to_go is None else to_go.sum(axis=1)
        return HeadcountBounds(
            group_workforce=_range(self.workforce[0]) if self.workforce else None,
            workforce=_range(self.workforce[1]) if self.workforce else None,
            group_in_scope=_range(start.group),
            in_scope=_range(start.everyone),
            group_there=_range(there.group),
            there=_range(there.everyone),
            group_selected=_range(went.at(IN_POOLS).group) if went else None,
            selected=None if selected is None else _range(selected),
            left_out=_range(self.left_out),
            scope_excess=self._scope_excess(),
        )

    def _scope_excess(self) -> Range | None:
        """People in pools, more than if even; None without a workforce, or without anybody in a pool."""
        inside, outside = self.start.at(IN_POOLS), self._outside(self.start)
        if self.workforce is None or not inside.everyone[1]:
            return None
        group, everyone = self.workforce
        return above_even_share(
            group_part=inside.group,
            part=inside.everyone,
            group=group,
            whole=everyone,
            beside=np.stack([outside[:, 0], inside.others, outside[:, 1], inside.others + outside[:, 1]], axis=1),
            share=self._share,
        )

    def split(self) -> SplitBounds | None:
        """The excess as three parts, as ``Comparison`` has it; None while the numbers to go are not known."""
        there, went = self.there, self.went
        selected = went.in_pool.everyone if went else self.to_go
        if selected is None:
            return None
        group, everyone = self.workforce_there
        all_there, free = there.at(IN_POOLS), np.array([0.0, np.inf])
        all_went = went.at(IN_POOLS) if went else Sides(group=free, everyone=free, others=free)
        return split_bounds(
            group_people=group,
            people=everyone,
            pool_group=there.in_pool.group,
            pool_people=there.in_pool.everyone,
            selected=selected,
            group_selected=went.in_pool.group if went else None,
            beside=self._beside(),
            together=np.stack([all_went.group, all_there.group, all_went.everyone, all_there.everyone], axis=1),
            rest=self._outside(there),
            share=self._share,
        )

    def test(self, level: float) -> StratifiedTestBounds | None:
        """The test over all tables that fit; None where no pool could tell anything in any of them."""
        if not self.can_tell or self.went is None:
            return None
        there, went = self.there.in_pool, self.went.in_pool
        return stratified_test_bounds(
            group_selected=went.group,
            group_total=there.group,
            selected=went.everyone,
            total=there.everyone,
            beside=self._beside(),
            level=level,
        )

    @property
    def _share(self) -> float | None:
        """The group's share of the workforce where only shares are known."""
        return float(self.workforce[0][0] / self.workforce[1][0]) if self.workforce and self.are_shares else None

    def _beside(self) -> Ends:
        """What more is known of each pool, as the bounds of a test take it."""
        others = self.there.in_pool.others
        if self.went is None:
            free = np.stack([np.zeros_like(others[0]), np.full_like(others[0], np.inf)])
            return np.stack([free, free, free, others], axis=1)
        stayed, went = self.stayed.in_pool, self.went.in_pool
        return np.stack([stayed.group, went.others, stayed.others, others], axis=1)

    def _outside(self, of: Sides) -> Ends:
        """The group and everyone else outside the pools, (2, 2); free where they are not counted with those inside."""
        if not self.has_rest:
            nobody = self.workforce is None
            return np.array([[0.0, 0.0], [0.0 if nobody else NO_LIMIT] * 2])
        return np.stack([of.at(OUTSIDE).group, of.at(OUTSIDE).others], axis=1)


def comparison_bounds(
    cube: Cube, key: str, case: Case, given: npt.NDArray[np.float64] | None
) -> Iterator[ComparisonBounds]:
    """Every comparison of one characteristic that has ranges. given: the number to go from each pool, where the case gives it."""
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
        yield ComparisonBounds(
            dimension=dimension,
            index=index,
            start=start.compared(index),
            there=there.compared(index),
            stayed=stayed.compared(index),
            went=went.compared(index) if cube.chosen else None,
            to_go=None if cube.chosen else _shared_out(given, there.compared(index).everyone, there.left_out(index)),
            workforce=workforce,
            workforce_there=_there(cube, workforce, there.compared(index), gone.compared(index)),
            left_out=start.left_out(index)[:, EVERYBODY],
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


def _range(ends: Ends) -> Range:
    return Range(low=float(ends[0]), high=float(ends[1]))


def _within(ours: Ends, theirs: tuple[Ends, Ends]) -> Ends:
    return np.stack([np.maximum(ours[0], theirs[0]), np.minimum(ours[1], theirs[1])])


def _sums(table: CharacteristicCounts, kinds: npt.NDArray[np.str_], outcomes: Iterable[int]) -> _Sums:
    counts = np.stack([table.low, table.high])[..., list(outcomes)].sum(axis=-1).astype(np.float64)
    in_pools = counts[..., :-1].sum(axis=-1, keepdims=True)
    groups = np.concatenate([counts, in_pools, in_pools + counts[..., -1:]], axis=-1)
    return _Sums(groups, groups[:, kinds == "answer"].sum(axis=1), kinds)


def _workforce(
    cube: Cube, amounts: npt.NDArray[np.float64] | None, kinds: npt.NDArray[np.str_], index: int, start: _Sums
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


def _shared_out(given: npt.NDArray[np.float64] | None, everyone: Ends, left_out: Ends) -> Ends | None:
    """The part of each pool's number to go that falls to people of known answer; None where no number is given."""
    if given is None:
        return None
    ours, theirs = everyone[:, :-3], left_out[:, :-3]
    return np.stack([given * ours[end] / np.maximum(ours[end] + theirs[1 - end], 1) for end in (0, 1)])
