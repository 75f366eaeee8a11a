"""Takes a Cube and the case; gives its Comparisons: every group that anybody is in, and everyone it is compared with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from eia.case import Case, Question
from eia.counts.cube import Counts, Cube
from eia.counts.stages import Stage, compulsory
from eia.errors import EiaError, Fault, quotable
from eia.findings.core.comparison_bounds import ComparisonBounds, OfOneGroup, comparison_bounds
from eia.findings.core.finding import Finding, Headcounts, Reason
from eia.stats.effect_sizes.split import split
from eia.stats.exact.informative_pools import informative_pools
from eia.stats.results import Split
from eia.vocabulary.characteristics import Dimension

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison(OfOneGroup):
    """One group and everyone it is compared with, by pool: only people whose answer is known, and the group itself.

    among: the groups that everyone is made of, (groups,). group, everyone: people there when choosing began, (pools + 1,), the last entry in no pool. group_start,
    everyone_start: the same before any stage. group_went, went: those who went, (pools,); went holds the numbers to go
    while nobody has been chosen. unknown, unknown_went: the same of people who declined or are not recorded, (pools,); nobody
    where the group is itself one of these. whole: the group and everyone in a table of the whole workforce, and whether these are
    shares. has_rest: whether anything is known of people outside the pools.
    """

    among: npt.NDArray[np.bool_]
    group: Counts
    everyone: Counts
    group_start: Counts
    everyone_start: Counts
    group_went: Counts | None
    went: Numbers | None
    unknown: Counts
    unknown_went: Counts | None
    whole: tuple[float, float, bool] | None
    has_rest: bool
    left_out: int

    @property
    def workforce(self) -> tuple[float, float] | None:
        """The group and everyone in the workforce before any stage; None where only people in pools are known."""
        if self.whole:
            return self.whole[:2]
        return (float(self.group_start.sum()), float(self.everyone_start.sum())) if self.has_rest else None

    @property
    def chosen(self) -> bool:
        """Whether anybody has been chosen."""
        return self.group_went is not None

    @property
    def pools(self) -> int:
        """Pools that hold anybody."""
        return int((self.everyone[:-1] > 0).sum())

    @property
    def can_tell(self) -> bool:
        """Whether any pool can say who is selected within each pool: some go, or are to, and some stay, and both the group and others are there."""
        if self.went is None:
            return False
        return bool(informative_pools(self.group[:-1], np.rint(self.went), self.everyone[:-1]).any())

    def margins(self) -> dict[str, Counts]:
        """The counts of pools from which people went, as the stratified test takes them."""
        if self.group_went is None or self.went is None:
            raise ValueError("Nobody has been chosen.")
        return {
            "group_selected": self.group_went,
            "group_total": self.group[:-1],
            "selected": self.went.astype(np.int64),
            "total": self.everyone[:-1],
        }

    def people(self) -> Headcounts:
        """The totals."""
        workforce = self.workforce
        return Headcounts(
            group_workforce=workforce[0] if workforce else None,
            workforce=workforce[1] if workforce else None,
            group_in_scope=int(self.group_start[:-1].sum()),
            in_scope=int(self.everyone_start[:-1].sum()),
            group_there=int(self.group[:-1].sum()),
            there=int(self.everyone[:-1].sum()),
            group_selected=int(self.group_went.sum()) if self.group_went is not None else None,
            selected=float(self.went.sum()) if self.went is not None else None,
            left_out=self.left_out,
        )

    def split(self) -> Split | None:
        """The excess as three parts, among people still there when choosing began, so that the parts add up.

        Without a workforce outside the pools the pools stand for it, and scope is 0.
        """
        if self.went is None:
            return None
        group, everyone = self._workforce_there()
        return split(
            group_people=group,
            people=everyone,
            pool_group=self.group[:-1],
            pool_people=self.everyone[:-1],
            selected=self.went,
            group_selected=self.group_went,
        )

    def _workforce_there(self) -> tuple[float, float]:
        if self.whole and self.whole[2]:
            return self.whole[:2]
        if self.whole:
            gone, all_gone = (self.group_start - self.group).sum(), (self.everyone_start - self.everyone).sum()
            return self.whole[0] - float(gone), self.whole[1] - float(all_gone)
        there = slice(None) if self.has_rest else slice(-1)
        return float(self.group[there].sum()), float(self.everyone[there].sum())


AnyComparison: TypeAlias = Comparison | ComparisonBounds


def comparisons(cube: Cube, case: Case) -> tuple[AnyComparison, ...]:
    """Every comparison of every characteristic, in the order of the pages: of exact counts, and over all tables that fit where counts are ranges.

    Who declined and who is not recorded are compared with all who answered; "not applicable" is counted and never compared.

    Raises EiaError where nobody has been chosen and the case gives the number to go for some pools and not for others.
    """
    given = to_go(cube, case)
    return tuple(
        comparison
        for key in cube.layout.dimensions
        for comparison in (comparison_bounds if cube.tables[key].are_ranges else _of)(cube, key, case, given)
    )


def counted_exactly(compared: Iterable[AnyComparison]) -> tuple[Comparison, ...]:
    """The comparisons of exact counts."""
    return tuple(comparison for comparison in compared if isinstance(comparison, Comparison))


def _of(cube: Cube, key: str, case: Case, to_go: Numbers | None) -> Iterator[Comparison]:
    table = cube.whole_workforce
    return compared_at(
        compulsory(cube, key, case.stages),
        cube.layout.dimensions[key],
        to_go=to_go,
        amounts=table.amounts.get(key) if table else None,
        are_shares=table is not None and table.are_shares,
        has_rest=cube.has_rest and table is None,
    )


def compared_at(
    stage: Stage,
    dimension: Dimension,
    *,
    to_go: Numbers | None = None,
    amounts: Numbers | None = None,
    are_shares: bool = False,
    has_rest: bool = False,
) -> Iterator[Comparison]:
    """Every comparison of one characteristic at one stage.

    to_go: from each pool, where the case gives it. amounts: of each group in the whole workforce, people or shares, where that is a
    table of its own. has_rest: whether anything is known of people outside the pools.
    """
    start = stage.there + stage.earlier
    answered = np.array([group.kind == "answer" for group in dimension.groups])
    unanswered = np.array([group.kind in ("declined", "not recorded") for group in dimension.groups])
    for index, group in enumerate(dimension.groups):
        if group.kind == "not applicable" or not (start[index].any() or (amounts is not None and amounts[index] > 0)):
            continue
        among = answered.copy()
        among[index] = True
        everyone = stage.there[among].sum(axis=0)
        beside = unanswered if group.kind == "answer" else unanswered & False
        whole = None
        if amounts is not None and amounts[index]:
            whole = (float(amounts[index]), float(amounts[among].sum()), are_shares)
        yield Comparison(
            dimension=dimension,
            index=index,
            among=among,
            group=stage.there[index],
            everyone=everyone,
            group_start=start[index],
            everyone_start=start[among].sum(axis=0),
            group_went=stage.went[index, :-1] if stage.went is not None else None,
            went=_went(stage, among, everyone, to_go),
            unknown=stage.there[beside, :-1].sum(axis=0),
            unknown_went=stage.went[beside, :-1].sum(axis=0) if stage.went is not None else None,
            whole=whole,
            has_rest=has_rest,
            left_out=int(start[~among].sum()),
        )


def _went(stage: Stage, among: npt.NDArray[np.bool_], everyone: Counts, to_go: Numbers | None) -> Numbers | None:
    """People of known answer who went from each pool; before anybody is chosen, the part of the number to go that is
    theirs when answers are missing evenly within the pool."""
    if stage.went is not None:
        return np.asarray(stage.went[among][:, :-1].sum(axis=0), dtype=float)
    if to_go is None:
        return None
    there = stage.there[:, :-1].sum(axis=0)
    return np.asarray(to_go * everyone[:-1] / np.maximum(there, 1))


def to_go(cube: Cube, case: Case) -> Numbers | None:
    """The number to go from each pool as the case gives it; None where it gives none."""
    given = [case.pools[pool].to_go if pool in case.pools else None for pool in cube.layout.pools]
    if all(number is None for number in given):
        return None
    missing = [pool for pool, number in zip(cube.layout.pools, given, strict=True) if number is None]
    if missing and not cube.chosen:
        raise EiaError(
            Fault(code="to-go-missing", what=f"The case gives the number to go for some pools and not for {_named(cube, missing)}.",
                  file="case.toml", allowed="a number to go for every pool, 0 included, while nobody has been chosen",
                  do='Add to_go = 0 under [pools."the pool"] for pools from which nobody is to go.')
        )  # fmt: skip
    return np.array([number or 0 for number in given], dtype=float)


def _named(cube: Cube, missing: list[str]) -> str:
    """How many pools these are, and the names of those that enough people share."""
    table = cube.by_pool(next(iter(cube.layout.dimensions)))
    sizes = dict(zip(cube.layout.pools, table.low.sum(axis=(0, 2)).tolist(), strict=False))
    names = [name for pool in missing[:5] if (name := quotable(pool, sizes[pool]))]
    return f"{len(missing)} others" + (f", among them {', '.join(names)}" if names else "")


def untested(comparison: AnyComparison, question: Question, case: Case, *reasons: Reason) -> Finding:
    """A finding of numbers of people alone, not tested, for these reasons."""
    return Finding(
        question=question,
        characteristic=comparison.dimension.characteristic,
        group=comparison.group_of,
        people=comparison.people(),
        split=comparison.split(),
        level="not_tested",
        reasons=reasons,
        conventions=case.analysis,
    )


def complementary_pairs(compared: Sequence[OfOneGroup], testable: Iterable[bool]) -> dict[int, int]:
    """Comparisons that repeat another from the other side: where exactly two answers of a characteristic can be tested,
    the second repeats the first. Given as place of the second -> place of the first."""
    answers: dict[str, list[int]] = {}
    for place, (one, can_be) in enumerate(zip(compared, testable, strict=True)):
        if can_be and one.group_of.kind == "answer":
            answers.setdefault(one.dimension.characteristic.key, []).append(place)
    return {places[1]: places[0] for places in answers.values() if len(places) == 2}


def family(compared: Sequence[AnyComparison]) -> list[int]:
    """The places of the comparisons that count towards the family of selection: those that can tell anything, each once."""
    can_tell = [comparison.can_tell for comparison in compared]
    repeats = complementary_pairs(compared, can_tell)
    return [place for place, can in enumerate(can_tell) if can and place not in repeats]
