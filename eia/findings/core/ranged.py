"""Takes a Cube some of whose counts are ranges; gives its findings under the three questions, over every table that fits."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from eia.case import Case, Question
from eia.counts.cube import Cube
from eia.findings.core.comparisons import complementary_pairs
from eia.findings.core.evidence_level import judge
from eia.findings.core.finding import Direction, Level, Reason
from eia.findings.core.ranged_comparisons import IN_POOLS, OUTSIDE, Ends, RangedComparison, Sides, ranged_comparisons
from eia.findings.core.scope_and_spread import FEWEST_BLOCKS
from eia.stats.bounds.fitting_tables import NO_LIMIT
from eia.stats.bounds.split_bounds import SplitBounds, above_even_share, split_bounds
from eia.stats.bounds.stratified_test_bounds import Range, StratifiedTestBounds, stratified_test_bounds
from eia.stats.multiplicity import holm
from eia.vocabulary.characteristics import Characteristic, Group


@dataclass(frozen=True, slots=True, kw_only=True)
class RangedPeople:
    """How many people a finding speaks of, as ``People`` does, each from the least to the most. None where not known."""

    group_workforce: Range | None
    workforce: Range | None
    group_in_scope: Range
    in_scope: Range
    group_there: Range
    there: Range
    group_selected: Range | None
    selected: Range | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RangedFinding:
    """One group whose counts are ranges, one question. A level is given only where every table that fits gives it.

    excess: people of the group above what would be even-handed under this question, in pools for scope, to go for spread and
    selection; None where it is not known. split: how those to go add up, None while the numbers to go are not known.
    test: of selection alone; None where no pool could tell anything in any table. adjusted_p: of the largest mid-p that
    fits, in the family of selection, by Holm's method.
    """

    question: Question
    characteristic: Characteristic
    group: Group
    people: RangedPeople
    excess: Range | None
    split: SplitBounds | None
    level: Level
    direction: Direction | None = None
    reasons: tuple[Reason, ...] = ()
    test: StratifiedTestBounds | None = None
    adjusted_p: float = math.nan

    @property
    def in_all(self) -> Range | None:
        """People of the group to go above an even share of the workforce; before selection, what is settled already."""
        return (self.split.overall or self.split.overall_before_selection) if self.split else None


def ranged(cube: Cube, case: Case, exact: Sequence[float]) -> tuple[RangedFinding, ...]:
    """Every finding about counts that are ranges, of the questions that the case asks, in the order of the pages.

    exact: the mid-p of the comparisons of selection counted exactly, which are in the same family.
    """
    compared = ranged_comparisons(cube, case)
    splits = [_split(comparison) for comparison in compared]
    found: list[RangedFinding] = []
    for question in case.analysis.questions:
        if question == "selection":
            found += _selection(compared, splits, case, exact)
        else:
            state = _in_pools if question == "scope" else _to_go
            found += [state(one, split, cube) for one, split in zip(compared, splits, strict=True)]
    return tuple(found)


def largest_pvalues(cube: Cube, case: Case) -> list[float]:
    """The largest mid-p that fits, of each comparison of ranges: what they add to the family of selection."""
    compared = ranged_comparisons(cube, case)
    tests = [_test(comparison, case) for comparison in compared]
    repeats = complementary_pairs(compared, map(bool, tests))
    return [test.midp.high for place, test in enumerate(tests) if test and place not in repeats]


def _in_pools(comparison: RangedComparison, split: SplitBounds | None, cube: Cube) -> RangedFinding:
    """People in pools above an even share. Posts go with the people in them, so of chance nothing can be said."""
    reason: Reason = "needs people"
    if comparison.workforce is None:
        reason = "no rest of the workforce" if cube.whole_workforce is None else "whole workforce not given"
    elif not comparison.start.everyone[1, IN_POOLS]:
        reason = "nobody in a pool"
    excess = None
    if comparison.workforce and reason == "needs people":
        group, everyone = comparison.workforce
        inside, outside = comparison.start.at(IN_POOLS), _outside(comparison, comparison.start)
        excess = above_even_share(
            group_part=inside.group,
            part=inside.everyone,
            group=group,
            whole=everyone,
            beside=np.stack([outside[:, 0], inside.others, outside[:, 1], inside.others + outside[:, 1]], axis=1),
            share=comparison.share,
        )
    return _stated("scope", comparison, split, excess, reason)


def _to_go(comparison: RangedComparison, split: SplitBounds | None, _: Cube) -> RangedFinding:
    """People to go above what equal shares would take. With fewer than twice the fewest pools one side has too few of them in
    every table; with more the shares would have to be dealt out again, which needs exact counts."""
    pools = int((comparison.there.in_pool.everyone[1] > 0).sum())
    if split is None:
        return _stated("spread", comparison, split, None, "number to go not known")
    if pools < 2:
        return _stated("spread", comparison, split, None, "one pool")
    if pools < 2 * FEWEST_BLOCKS:
        return _stated("spread", comparison, split, split.spread, "few blocks", level="cannot tell")
    return _stated("spread", comparison, split, split.spread, "needs exact counts")


def _stated(
    question: Question,
    comparison: RangedComparison,
    split: SplitBounds | None,
    excess: Range | None,
    *reasons: Reason,
    level: Level = "not tested",
) -> RangedFinding:
    return RangedFinding(
        question=question,
        characteristic=comparison.dimension.characteristic,
        group=comparison.group_of,
        people=_people(comparison),
        excess=excess,
        split=split,
        level=level,
        reasons=reasons,
    )


def _people(comparison: RangedComparison) -> RangedPeople:
    workforce, went, to_go = comparison.workforce, comparison.went, comparison.to_go
    start, there = comparison.start.at(IN_POOLS), comparison.there.at(IN_POOLS)
    selected = went.at(IN_POOLS).everyone if went else None if to_go is None else to_go.sum(axis=1)
    return RangedPeople(
        group_workforce=_range(workforce[0]) if workforce else None,
        workforce=_range(workforce[1]) if workforce else None,
        group_in_scope=_range(start.group),
        in_scope=_range(start.everyone),
        group_there=_range(there.group),
        there=_range(there.everyone),
        group_selected=_range(went.at(IN_POOLS).group) if went else None,
        selected=None if selected is None else _range(selected),
    )


def _range(ends: Ends) -> Range:
    return Range(low=float(ends[0]), high=float(ends[1]))


def _outside(comparison: RangedComparison, of: Sides) -> Ends:
    """The group and everyone else outside the pools, (2, 2); free where they are not counted with those inside."""
    if not comparison.has_rest:
        nobody = comparison.workforce is None
        return np.array([[0.0, 0.0], [0.0 if nobody else NO_LIMIT] * 2])
    return np.stack([of.at(OUTSIDE).group, of.at(OUTSIDE).others], axis=1)


def _split(comparison: RangedComparison) -> SplitBounds | None:
    there, went = comparison.there, comparison.went
    selected = went.in_pool.everyone if went else comparison.to_go
    if selected is None:
        return None
    group, everyone = comparison.workforce_there
    all_there = there.at(IN_POOLS)
    free = np.array([0.0, np.inf])
    all_went = went.at(IN_POOLS) if went else Sides(group=free, everyone=free, others=free)
    return split_bounds(
        group_people=group,
        people=everyone,
        pool_group=there.in_pool.group,
        pool_people=there.in_pool.everyone,
        selected=selected,
        group_selected=went.in_pool.group if went else None,
        beside=comparison.beside(),
        together=np.stack([all_went.group, all_there.group, all_went.everyone, all_there.everyone], axis=1),
        rest=_outside(comparison, there),
        share=comparison.share,
    )


def _selection(
    compared: Sequence[RangedComparison], splits: Sequence[SplitBounds | None], case: Case, exact: Sequence[float]
) -> list[RangedFinding]:
    if not any(comparison.went for comparison in compared):
        return []
    tests = [_test(comparison, case) for comparison in compared]
    repeats = complementary_pairs(compared, map(bool, tests))
    members = {place: test.midp for place, test in enumerate(tests) if test and place not in repeats}
    adjusted = []
    for ends in ([midp.low for midp in members.values()], [midp.high for midp in members.values()]):
        of_place = dict(zip(members, holm([*exact, *ends])[len(exact) :].tolist(), strict=True))
        adjusted.append(of_place | {place: of_place[partner] for place, partner in repeats.items()})
    return [
        _judged(comparison, split, test, tuple(end.get(place, math.nan) for end in adjusted), case)
        for place, (comparison, split, test) in enumerate(zip(compared, splits, tests, strict=True))
    ]


def _test(comparison: RangedComparison, case: Case) -> StratifiedTestBounds | None:
    """The test over all tables that fit; None where no pool could tell anything in any of them."""
    if not comparison.can_tell or comparison.went is None:
        return None
    there, went = comparison.there.in_pool, comparison.went.in_pool
    return stratified_test_bounds(
        group_selected=went.group,
        group_total=there.group,
        selected=went.everyone,
        total=there.everyone,
        beside=comparison.beside(),
        level=case.analysis.level,
    )


def _judged(
    comparison: RangedComparison,
    split: SplitBounds | None,
    test: StratifiedTestBounds | None,
    adjusted: Sequence[float],
    case: Case,
) -> RangedFinding:
    """adjusted: p in the family, from the least to the most it can be."""
    if test is None:
        return _stated("selection", comparison, split, None, "nobody to compare")
    least_p, adjusted_p = adjusted
    level, direction, reasons = _level(test, adjusted_p, least_p, case)
    stated = _stated("selection", comparison, split, test.excess, *reasons, level=level)
    return replace(stated, direction=direction, test=test, adjusted_p=adjusted_p)


def _level(
    test: StratifiedTestBounds, adjusted_p: float, least_p: float, case: Case
) -> tuple[Level, Direction | None, tuple[Reason, ...]]:
    """The level by the largest p; "cannot tell" where a smaller one that fits would give another, or where not finding
    anything rests on whether the pools agree, which is not known of ranges."""
    alpha = case.analysis.alpha
    one_sided = test.excess.low > 0 or test.excess.high < 0
    largest, adjusted = (test.midp.high, adjusted_p) if one_sided else (1.0, 1.0)
    if least_p <= alpha < adjusted and test.midp.low <= alpha:
        return "cannot tell", None, ("counts are ranges",)
    doubts: list[Reason] = ["counts are ranges"] if test.midp.low <= alpha < largest else []
    doubts += ["needs exact counts"] if test.informative_pools.high > 1 else []
    return judge(
        pvalue=largest,
        adjusted_p=adjusted,
        odds_ratio=test.interval,
        excess=test.excess.low if test.excess.low > 0 else test.excess.high,
        conventions=case.analysis,
        doubts=doubts,
    )
