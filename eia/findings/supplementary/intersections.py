"""Takes the people and who was chosen; gives the overlaps of two groups, or three, that stand out, found by searching.

An overlap says where a gap is felt most; the law has no rule for overlaps by themselves.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from eia import budget
from eia.case import Case
from eia.counts.cube import Cube
from eia.counts.intersections import IntersectionCounts, intersection_counts
from eia.counts.stages import Choosing
from eia.intake.workforce import codes_of
from eia.stats.exact.informative_pools import informative_pools
from eia.stats.exact.stratified_pvalues import StratifiedPvalues, stratified_pvalues
from eia.stats.exact.stratified_test import stratified_test
from eia.stats.multiplicity import holm
from eia.stats.permutation.family_draws import FamilyMember
from eia.stats.permutation.min_p import min_p
from eia.stats.results import StratifiedTest
from eia.vocabulary.characteristics import Dimension, Group

FEWEST = 10
"""People of an overlap in pools that can tell anything: with fewer it is not looked at."""


FEWEST_DRAWS, MANY_POOLS = 999, 1_000
"""From so many pools on fewer are drawn, and never fewer than these."""

LARGE = 5.0
"""From this variance on an overlap is scored by the normal form: exactly, so many would take twice as long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Intersection:
    """People of two groups, or three, at once, against everyone else known in the same pools.

    parts: key of each characteristic and the group. adjusted_p: in the family of all overlaps searched. within: the mid-p again,
    stratified by pool and by each of its characteristics in turn, in the order of the parts; 1 where it turns the other way there.
    """

    parts: tuple[tuple[str, Group], ...]
    test: StratifiedTest
    adjusted_p: float
    within: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Intersections:
    """The search: how many overlaps of enough people there were, and those reported, the smallest adjusted p first."""

    searched: int
    reported: tuple[Intersection, ...]
    draws: int
    seed: int


@dataclass(frozen=True, slots=True)
class _Place:
    """One overlap: the characteristics, its row in their counts, and the counts."""

    keys: tuple[str, ...]
    row: int
    counts: IntersectionCounts

    @property
    def groups(self) -> tuple[int, ...]:
        return tuple(self.counts.groups[self.row].tolist())


def intersections(choosing: Choosing, cube: Cube, case: Case) -> Intersections:
    """Search every overlap of two answers, and the threes that the case names.

    Reported are those whose p in the family of all of them is at most alpha, and that go further in the same direction within each of
    their own groups' characteristics, Holm's method allowing for how many got so far: otherwise one of the groups alone tells as much.
    """
    conventions, dimensions = case.analysis, cube.layout.dimensions
    places = list(_places(choosing, dimensions, case, len(cube.layout.pools)))
    pools = len(cube.layout.pools)
    draws = min(
        conventions.draws,
        budget.DRAWS_OF_OVERLAPS,
        max(FEWEST_DRAWS, budget.DRAWS_OF_OVERLAPS * MANY_POOLS // max(pools, 1)),
    )
    if not places:
        return Intersections(searched=0, reported=(), draws=0, seed=conventions.seed)
    columns = list(dimensions)
    family = min_p(
        pool=codes_of(choosing.people, "pool"),
        selected=choosing.selected,
        columns=[codes_of(choosing.people, key) for key in columns],
        comparisons=[
            FamilyMember(
                parts=tuple(
                    (columns.index(key), group, np.flatnonzero(_answers(dimensions[key])).tolist())
                    for key, group in zip(place.keys, place.groups, strict=True)
                )
            )
            for place in places
        ],
        seed=conventions.seed,
        draws=draws,
        large=LARGE,
    )
    strongest = np.argsort(family.adjusted_pvalues, kind="stable").tolist()
    passed = [at for at in strongest if family.adjusted_pvalues[at] <= conventions.alpha]
    within = [_within(choosing, dimensions, places[at]) for at in passed]
    holds_up = holm([max(again) for again in within]) <= conventions.alpha
    reported = tuple(
        _overlap(dimensions, places[at], family.adjusted_pvalues[at], again, conventions.level)
        for at, again, holds in zip(passed, within, holds_up, strict=True)
        if holds
    )
    return Intersections(searched=len(places), reported=reported, draws=draws, seed=conventions.seed)


def _answers(dimension: Dimension) -> npt.NDArray[np.bool_]:
    return np.array([group.kind == "answer" for group in dimension.groups])


def _places(choosing: Choosing, dimensions: Mapping[str, Dimension], case: Case, pools: int) -> Iterator[_Place]:
    """Every overlap with enough people in pools where some go and some stay, and both it and others are."""
    sets = [*itertools.combinations(dimensions, 2), *case.analysis.overlaps_of_three]
    for keys in sets:
        if not set(keys) <= dimensions.keys() or _same_answers(keys, dimensions):
            continue
        counts = intersection_counts(choosing, [(key, _answers(dimensions[key])) for key in keys], pools=pools)
        informative = informative_pools(counts.group_total, counts.selected, counts.total)
        enough = (counts.group_total * informative).sum(axis=1) >= FEWEST
        for row in np.flatnonzero(enough).tolist():
            yield _Place(keys=keys, row=row, counts=counts)


def _same_answers(keys: Sequence[str], dimensions: Mapping[str, Dimension]) -> bool:
    """Whether one of the characteristics is counted from another: detailed and combined race overlap by definition, and
    contracts overlap with themselves where long fixed terms are left out."""
    return "contract_short" in keys or any(dimensions[key].characteristic.combined_from in keys for key in keys)


def _overlap(
    dimensions: Mapping[str, Dimension], place: _Place, adjusted_p: float, within: tuple[float, ...], level: float
) -> Intersection:
    return Intersection(
        parts=tuple((key, dimensions[key].groups[group]) for key, group in zip(place.keys, place.groups, strict=True)),
        test=stratified_test(
            group_selected=place.counts.group_selected[place.row],
            group_total=place.counts.group_total[place.row],
            selected=place.counts.selected,
            total=place.counts.total,
            level=level,
        ),
        adjusted_p=adjusted_p,
        within=within,
    )


def _within(choosing: Choosing, dimensions: Mapping[str, Dimension], place: _Place) -> tuple[float, ...]:
    """The mid-p of an overlap by pool and by each of its characteristics in turn; 1 where it turns the other way there."""
    counts = place.counts
    alone = stratified_pvalues(
        group_selected=counts.group_selected[[place.row]],
        group_total=counts.group_total[[place.row]],
        selected=counts.selected,
        total=counts.total,
    )
    inside = [_inside(choosing, dimensions, place, key) for key in place.keys]
    return tuple(float(one.midp[0]) if one.excess[0] * alone.excess[0] > 0 else 1.0 for one in inside)


def _inside(choosing: Choosing, dimensions: Mapping[str, Dimension], place: _Place, key: str) -> StratifiedPvalues:
    """The p of an overlap with each group of one of its characteristics in each pool as a stratum of its own."""
    pool, codes = codes_of(choosing.people, "pool"), {one: codes_of(choosing.people, one) for one in place.keys}
    known = np.all([_answers(dimensions[one])[codes[one]] for one in place.keys], axis=0)
    inside = np.all([codes[one] == group for one, group in zip(place.keys, place.groups, strict=True)], axis=0)
    groups = len(dimensions[key].groups)
    stratum = (pool * groups + codes[key]).astype(np.int64)
    strata = int(pool.max()) * groups + groups

    def counted(which: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
        return np.bincount(stratum[which & known], minlength=strata)

    return stratified_pvalues(
        group_selected=[counted(inside & choosing.selected)],
        group_total=[counted(inside)],
        selected=counted(choosing.selected),
        total=counted(np.ones_like(known)),
    )
