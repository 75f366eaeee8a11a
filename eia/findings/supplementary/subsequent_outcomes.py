"""Takes the people and the case; gives what happened next, step by step: who went through each, how much pay they lost, how long they waited.

Each step has a family of its own, adjusted by Holm's method. None of it changes a level under the three questions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from eia import budget
from eia.case import Case
from eia.counts.cube import Cube
from eia.counts.subsequent_steps import SubsequentStep, subsequent_steps
from eia.findings.core.comparison_bounds import OfOneGroup
from eia.findings.core.comparisons import Comparison, compared_at, complementary_pairs, family
from eia.findings.core.evidence_level import judge, judge_number
from eia.findings.core.finding import Level
from eia.findings.core.pool_agreement import pool_agreement
from eia.findings.core.selection import tested
from eia.findings.supplementary.adjusted_comparisons import adjuster_columns
from eia.findings.supplementary.score_gaps import LEAST_PEOPLE
from eia.intake.workforce import Numbers, codes_of, numbers_of
from eia.stats.models.contrast import Contrast
from eia.stats.models.pay import pay_difference
from eia.stats.models.waiting import placement_hazard_ratio
from eia.stats.multiplicity import holm, holm_within
from eia.stats.permutation.logrank import LogrankTest, logrank_test, median_wait
from eia.stats.permutation.trend import TrendTest, trend_test
from eia.stats.results import Interval, StratifiedTest
from eia.vocabulary.characteristics import Group

Mask = npt.NDArray[np.bool_]
PAY_ADJUSTERS = ("grade", "service", "hours")
"""What differences of pay allow for, as far as the files have it."""
_SAME_AS = {"working_pattern": "hours"}  # who works part-time follows from hours, and is not compared at the same ones

Measure = Literal["pay lost", "pay protection", "days in the redeployment pool"]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupAt:
    """One group at one step. characteristic: its key. there, went: people of the group; everyone, everyone_went: the group and all
    it is compared with.

    test: inside pools; adjusted_p: in the family of the step. more: whether more of the group went than would be
    expected by chance, where anything is said of chance. mirrored: the same comparison as that of the group before, seen from the other side.
    """

    characteristic: str
    group: Group
    there: int
    went: int
    everyone: int
    everyone_went: int
    test: StratifiedTest
    adjusted_p: float
    level: Level
    more: bool | None
    mirrored: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AtStep:
    """One step: its name, how many were there when it began, how many went through it, and every group that could be tested.

    family: how many comparisons were made.
    """

    step: str
    there: int
    went: int
    family: int
    groups: tuple[GroupAt, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupNumber:
    """One group by a number, inside pools. characteristic: its key. more: whether it loses more, is protected or waits for longer.

    contrast: with everyone else in the same pools: pay lost in per cent, or the ratio of hazards of being placed. None for months of
    protection, and with fewer than five people on a side.
    """

    characteristic: str
    group: Group
    test: TrendTest | LogrankTest
    contrast: Contrast | None
    adjusted_p: float
    level: Level
    more: bool | None
    mirrored: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ByNumber:
    """Pay lost in pounds a year, months of pay protection, or days in the redeployment pool.

    people: whose number is known. total: of all of them, in the same unit. median: of the number; of days, those by which half were
    placed in a new post, ``inf`` where half never were. placed: people placed, for days alone. allowing: what contrasts of pay allow for.
    family: how many comparisons were made. groups: every group that could be tested.
    """

    measure: Measure
    people: int
    total: float
    median: float
    placed: int | None
    allowing: tuple[str, ...]
    family: int
    groups: tuple[GroupNumber, ...]

    def allowing_at(self, characteristic: str) -> tuple[str, ...]:
        """What contrasts of pay of a characteristic's groups allow for: nothing that tells the group."""
        return _others(self.allowing, characteristic)


@dataclass(frozen=True, slots=True, kw_only=True)
class SubsequentOutcomes:
    """Everything that came of it beside selection, in its order; empty where the files say nothing."""

    steps: tuple[AtStep, ...] = ()
    numbers: tuple[ByNumber, ...] = ()


def subsequent_outcomes(people: pd.DataFrame, cube: Cube, case: Case) -> SubsequentOutcomes:
    """What happened next, of everybody in a pool."""
    return SubsequentOutcomes(
        steps=tuple(_at_step(step, people, cube, case) for step in subsequent_steps(people, case.stages)),
        numbers=tuple(_numbers(people, cube, case)),
    )


def _at_step(step: SubsequentStep, people: pd.DataFrame, cube: Cube, case: Case) -> AtStep:
    compared = _compared(step, people, cube)
    members, repeats = family(compared), complementary_pairs(compared, [comparison.can_tell for comparison in compared])
    tests, narrower = (tested(compared, level) for level in (case.analysis.level, case.analysis.equivalence_level))
    adjusted = _adjusted(
        [tests[place].midp for place in members], [compared[place] for place in members], members, repeats
    )
    agreement = pool_agreement([(compared[place], tests[place]) for place in members], case)
    differ = {place: agreement[at].differ for at, place in enumerate(members)}
    differ |= {place: differ[partner] for place, partner in repeats.items()}
    return AtStep(
        step=step.name,
        there=int(step.there.sum()),
        went=int(step.went.sum()),
        family=len(members),
        groups=tuple(
            _group_at(
                compared[place],
                tests[place],
                adjusted[place],
                narrower[place].odds_ratio.midp_interval,
                case,
                differ=differ[place],
                mirrored=place in repeats,
            )
            for place in sorted(adjusted)
        ),
    )


def _compared(step: SubsequentStep, people: pd.DataFrame, cube: Cube) -> list[Comparison]:
    layout = cube.layout
    return [
        comparison
        for key, dimension in layout.dimensions.items()
        for comparison in compared_at(
            step.counted(people, key, groups=len(dimension.groups), pools=len(layout.pools)), dimension
        )
    ]


@dataclass(frozen=True, slots=True)
class _Adjusted:
    """p of one comparison in the family of its step, and in that of its own characteristic."""

    family: float
    own: float


def _adjusted(
    pvalues: Sequence[float], compared: Sequence[OfOneGroup], members: Sequence[int], repeats: dict[int, int]
) -> dict[int, _Adjusted]:
    """The adjusted p of every comparison that could be tested, by its place; one that repeats another has that one's."""
    keys = [comparison.dimension.characteristic.key for comparison in compared]
    each = map(_Adjusted, holm(pvalues).tolist(), holm_within(pvalues, keys).tolist())
    adjusted = dict(zip(members, each, strict=True))
    return adjusted | {place: adjusted[partner] for place, partner in repeats.items()}


def _group_at(
    comparison: Comparison,
    test: StratifiedTest,
    adjusted: _Adjusted,
    equivalence: Interval,
    case: Case,
    *,
    differ: float,
    mirrored: bool,
) -> GroupAt:
    level, direction, _ = judge(
        pvalue=test.midp,
        adjusted_p=adjusted.family,
        own_p=adjusted.own,
        odds_ratio=test.odds_ratio.midp_interval,
        equivalence=equivalence,
        excess=test.excess,
        conventions=case.analysis,
        doubts=("pools differ",) if differ <= case.analysis.alpha else (),
    )
    people = comparison.people()
    return GroupAt(
        characteristic=comparison.dimension.characteristic.key,
        group=comparison.group_of,
        there=people.group_there,
        went=people.group_selected or 0,
        everyone=people.there,
        everyone_went=int(people.selected or 0),
        test=test,
        adjusted_p=adjusted.family,
        level=level,
        more=None if direction is None else direction == "against",
        mirrored=mirrored,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Side(OfOneGroup):
    """One group among people with a known answer: among and member are masks of the people given."""

    among: Mask
    member: Mask


def _sides(people: pd.DataFrame, cube: Cube) -> Iterator[_Side]:
    """Every group that anybody is in; those who declined or are not recorded against all who answered."""
    for key, dimension in cube.layout.dimensions.items():
        given = codes_of(people, key)
        answered = np.array([group.kind == "answer" for group in dimension.groups])
        for index, group in enumerate(dimension.groups):
            member = given == index
            if group.kind != "not applicable" and member.any():
                yield _Side(dimension=dimension, index=index, among=answered[given] | member, member=member)


def _numbers(people: pd.DataFrame, cube: Cube, case: Case) -> Iterator[ByNumber]:
    people = people[people["pool"].notna()]
    lost, protected, waited = (numbers_of(people, c) for c in ("pay_lost", "protected_months", "redeployment_days"))
    if lost is not None and (lost > 0).any():
        yield _amount("pay lost", people, lost, cube, case)
    if protected is not None and not np.isnan(protected).all():
        yield _amount("pay protection", people, protected, cube, case)
    if waited is not None and people["redeployed"].any():
        yield _waits(people, waited, cube, case)


def _amount(measure: Measure, people: pd.DataFrame, number: Numbers, cube: Cube, case: Case) -> ByNumber:
    """By the number of each of the people, those left out of whom it is not known."""
    told = ~np.isnan(number)
    people, known = people[told], number[told].astype(np.float64)
    sides, pool = tuple(_sides(people, cube)), codes_of(people, "pool")
    draws = _draws(known.size, len(sides), case)

    def test(side: _Side) -> TrendTest:
        return trend_test(
            pool=pool[side.among], selected=side.member[side.among], value=known[side.among],
            seed=case.analysis.seed, draws=draws,
        )  # fmt: skip

    held = {name: columns for name in PAY_ADJUSTERS if (columns := adjuster_columns(people, name)).any()}

    def contrast(side: _Side) -> Contrast:
        allowed = [
            np.empty((known.size, 0)),
            *(held[name] for name in _others(tuple(held), side.dimension.characteristic.key)),
        ]
        return pay_difference(
            amount=known[side.among], group=side.member[side.among], stratum=pool[side.among],
            covariates=np.concatenate(allowed, axis=1)[side.among], level=case.analysis.level,
        )  # fmt: skip

    paid = measure == "pay lost"
    family, groups = _compare(sides, test, contrast if paid else None, case)
    return ByNumber(
        measure=measure, people=known.size, total=float(known.sum()), median=float(np.median(known)), placed=None,
        allowing=tuple(held) if paid else (), family=family, groups=groups,
    )  # fmt: skip


def _others(adjusters: tuple[str, ...], characteristic: str) -> tuple[str, ...]:
    return tuple(name for name in adjusters if name != _SAME_AS.get(characteristic, characteristic))


def _waits(people: pd.DataFrame, waited: Numbers, cube: Cube, case: Case) -> ByNumber:
    told = ~np.isnan(waited)
    people, days = people[told], waited[told].astype(np.float64)
    sides, pool, ended = tuple(_sides(people, cube)), codes_of(people, "pool"), people["redeployed"].to_numpy()
    draws = _draws(days.size, len(sides), case)

    def test(side: _Side) -> LogrankTest:
        return logrank_test(
            pool=pool[side.among], group=side.member[side.among], days=days[side.among], ended=ended[side.among],
            seed=case.analysis.seed, draws=draws,
        )  # fmt: skip

    def contrast(side: _Side) -> Contrast:
        return placement_hazard_ratio(
            days=days[side.among], placed=ended[side.among], group=side.member[side.among], pool=pool[side.among],
            level=case.analysis.level,
        )  # fmt: skip

    family, groups = _compare(sides, test, contrast, case)
    return ByNumber(
        measure="days in the redeployment pool", people=days.size, total=float(days.sum()), median=median_wait(days, ended),
        placed=int(ended.sum()), allowing=(), family=family, groups=groups,
    )  # fmt: skip


FEWEST_DRAWS = 999


def _draws(people: int, sides: int, case: Case) -> int:
    """How many draws each comparison gets: fewer where there are many people and groups, and never fewer than the fewest."""
    return min(case.analysis.draws, max(FEWEST_DRAWS, budget.PEOPLE_TIMES_DRAWS // max(people * sides, 1)))


def _compare(
    sides: Sequence[_Side],
    test: Callable[[_Side], TrendTest | LogrankTest],
    contrast: Callable[[_Side], Contrast] | None,
    case: Case,
) -> tuple[int, tuple[GroupNumber, ...]]:
    """How many comparisons were made, and each group that any pool can say anything of."""
    told = [(side, found) for side in sides if (found := test(side)).informative_pools]
    repeats = complementary_pairs([side for side, _ in told], [True] * len(told))
    members = [place for place in range(len(told)) if place not in repeats]
    adjusted = _adjusted(
        [told[place][1].pvalue for place in members], [told[place][0] for place in members], members, repeats
    )
    groups = []
    for place, (side, found) in enumerate(told):
        p = adjusted[place]
        level, direction = judge_number(found, adjusted_p=p.family, own_p=p.own, conventions=case.analysis)
        apart = contrast and contrast(side)
        groups.append(
            GroupNumber(
                characteristic=side.dimension.characteristic.key,
                group=side.group_of,
                test=found,
                contrast=apart if apart and apart.smaller_side >= LEAST_PEOPLE else None,
                adjusted_p=p.family,
                level=level,
                more=None if direction is None else direction == "against",
                mirrored=place in repeats,
            )
        )
    return len(members), tuple(groups)
