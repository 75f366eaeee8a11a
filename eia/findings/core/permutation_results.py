"""Takes the Comparisons and, where there are people, their table; gives what was found by drawing proposals by chance.

It is worked out once and kept with the Assessment: a record holds counts, and from counts alone it could not be drawn again.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from eia.case import Case
from eia.counts.cube import Counts, Cube
from eia.counts.stages import Choosing
from eia.counts.whole_posts import Kind, WholePosts, whole_posts
from eia.findings.core.comparisons import Comparison, complementary_pairs, family
from eia.findings.core.evidence_level import SMALL_P
from eia.findings.core.family import family_weights
from eia.findings.core.finding import Finding
from eia.findings.draws import draws_of
from eia.intake.workforce import Everybody, codes_of, numbers_of
from eia.stats.multiplicity import FamilyWeights
from eia.stats.permutation.arrangements import of_about_one_size
from eia.stats.permutation.clustering import clustering_pvalue
from eia.stats.permutation.family_draws import Draws, FamilyMember, family_draws
from eia.stats.permutation.min_p import MinP, min_p
from eia.stats.permutation.whole_posts import Decides, PermutedTest, excess_by_chance, permuted_blocks

BY_UNIT = 0.05
"""At or below this p posts are taken to go in by unit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PermutationResults:
    """Chance worked out by drawing, one entry a comparison in their order; empty where it could not be.

    from_people: whether there were people, and not counts alone. scope: whole posts permuted. moved: what was permuted there, posts or units; None
    where nothing could be. by_unit: whether posts go in by unit more than chance would have it, so that whole units were permuted too. parted:
    posts of which only some people are in a pool. spread: the pools' shares to go permuted. selection: who is selected within each pool, all comparisons
    together.
    """

    from_people: bool = False
    scope: tuple[PermutedTest, ...] = ()
    moved: Kind | None = None
    by_unit: bool = False
    parted: int = 0
    spread: tuple[PermutedTest, ...] = ()
    selection: MinP | None = None


def permutation_results(
    compared: Sequence[Comparison],
    cube: Cube,
    case: Case,
    people: pd.DataFrame | None,
    choosing: Choosing | None,
    within: Future[Draws | None] | None = None,
    everybody: Everybody | None = None,
) -> PermutationResults:
    """Draw what the questions that the case asks need. people: None where there are counts alone; choosing: None while nobody
    has been chosen. within: selections being drawn within the pools, which are waited for, and not drawn again. everybody: as an engine counted them."""
    asked = case.analysis.questions
    scope, posts, by_unit = (
        _scope(compared, cube, case, people if everybody is None else everybody)
        if "scope" in asked
        else ((), None, False)
    )
    spread = _spread(compared, case) if "spread" in asked else ()
    against = within.result() if within else None
    return PermutationResults(
        from_people=people is not None,
        scope=scope,
        moved=posts.kind if posts else None,
        by_unit=by_unit,
        parted=posts.parted if posts else 0,
        spread=spread,
        selection=_selection(compared, cube, case, choosing, against) if "selection" in asked else None,
    )


def _scope(
    compared: Sequence[Comparison], cube: Cube, case: Case, people: pd.DataFrame | Everybody | None
) -> tuple[tuple[PermutedTest, ...], WholePosts | None, bool]:
    if people is None or cube.whole_workforce is not None or not cube.has_rest:
        return (), None, False
    if (posts := whole_posts(people, cube.layout)) is None:
        return (), None, False
    unit = posts.unit if posts.unit is not None and _by_unit(posts, posts.unit, case) else None
    return _permuted(_posts(compared, posts, unit), compared, case, decides="larger"), posts, unit is not None


def _posts(compared: Sequence[Comparison], posts: WholePosts, unit: Counts | None) -> _Blocks:
    return _Blocks(
        weights=posts.in_pool.astype(float),
        group=np.array([posts.people[c.dimension.characteristic.key][c.index] for c in compared]),
        everyone=np.array([posts.people[c.dimension.characteristic.key][c.among].sum(axis=0) for c in compared]),
        size=posts.size,
        unit=unit,
    )


def _by_unit(posts: WholePosts, unit: npt.NDArray[np.int64], case: Case) -> bool:
    """Whether posts of the same unit go in together more often than chance would have it: then it is units that are chosen, not posts."""
    alike = of_about_one_size(posts.size)
    return clustering_pvalue(chosen=posts.in_pool, unit=unit, alike=alike, seed=case.analysis.seed) <= BY_UNIT


def _over_counted(compared: Sequence[Comparison], counted: npt.NDArray[np.bool_], case: Case) -> FamilyWeights:
    """How the error is shared out over the comparisons that count; one that repeats another has a place, and no share."""
    every = family_weights(compared, case)
    weights = np.ones(len(compared))
    weights[counted] = family_weights(
        [one for one, counts in zip(compared, counted.tolist(), strict=True) if counts], case
    ).weights
    return FamilyWeights(weights, every.own)


def _spread(compared: Sequence[Comparison], case: Case) -> tuple[PermutedTest, ...]:
    """Where there are pools of more than one size, chance is that of dealing shares out among pools of about one size."""
    if not compared or compared[0].went is None:
        return ()
    return _permuted(_shares(compared), compared, case, decides="one size")


def _shares(compared: Sequence[Comparison]) -> _Blocks:
    everyone, went = np.array([c.everyone[:-1] for c in compared]), np.array([c.went for c in compared])
    return _Blocks(
        weights=np.divide(went, everyone, out=np.zeros_like(went), where=everyone > 0),
        group=np.array([c.group[:-1] for c in compared]),
        everyone=everyone,
        size=everyone.max(axis=0),
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Blocks:
    """Posts or pools as every group sees them, as :func:`permuted_blocks` takes them."""

    weights: npt.NDArray[np.float64]
    group: Counts
    everyone: Counts
    size: Counts
    unit: Counts | None = None


def excess_drawn(
    finding: Finding, compared: Sequence[Comparison], cube: Cube, case: Case, people: pd.DataFrame | Everybody | None
) -> npt.NDArray[np.float64]:
    """People more or fewer than if even at every arrangement that the test of a permuted finding was held against, the one there is first; none where
    there are no people to draw posts from. compared: every comparison of exact counts."""
    name = finding.characteristic.key, finding.group.label
    test, mine = (
        finding.permuted,
        [c for c in compared if (c.dimension.characteristic.key, c.dimension.groups[c.index].label) == name],
    )
    if test is None or not mine or (finding.question == "scope" and people is None):
        return np.empty(0)
    if finding.question == "scope" and people is not None:
        posts = whole_posts(people, cube.layout)
        assert posts is not None  # noqa: S101 - they were permuted
        blocks = _posts(mine, posts, posts.unit)
    else:
        blocks = _shares(mine)
    weights = blocks.weights if blocks.weights.ndim == 1 else blocks.weights[0]
    return excess_by_chance(
        weights=weights, group_total=blocks.group[0], total=blocks.everyone[0], among=test.decides, size=blocks.size,
        unit=() if blocks.unit is None else blocks.unit, seed=test.seed, draws=draws_of(case, len(weights)),
    )  # fmt: skip


def _permuted(
    blocks: _Blocks, compared: Sequence[Comparison], case: Case, *, decides: Decides
) -> tuple[PermutedTest, ...]:
    group, everyone = blocks.group, blocks.everyone
    some, all_of_it = group.sum(axis=1) > 0, group.sum(axis=1) == everyone.sum(axis=1)
    repeats = complementary_pairs(compared, (some & ~all_of_it).tolist())
    counted = np.array([place not in repeats for place in range(len(compared))])
    return permuted_blocks(
        weights=blocks.weights,
        group_total=group,
        total=everyone,
        size=blocks.size,
        unit=blocks.unit,
        decides=decides,
        family=_over_counted(compared, counted, case),
        counted=counted,
        small=max(case.analysis.alpha, SMALL_P),
        seed=case.analysis.seed,
        draws=draws_of(case, group.shape[1]),
        level=case.analysis.level,
    )


def _selection(
    compared: Sequence[Comparison], cube: Cube, case: Case, choosing: Choosing | None, within: Draws | None
) -> MinP | None:
    """Every comparison of the family, then age as a number where it is known."""
    if choosing is None or not family(compared):
        return None
    return within_pools(compared, cube, case, choosing, within)


def within_pools(
    compared: Sequence[Comparison], cube: Cube, case: Case, choosing: Choosing, against: Draws | None = None
) -> MinP:
    """Who is selected within each pool, all comparisons of the family together. against: draws made before of the same pools, as many being selected."""
    members = [compared[place] for place in family(compared)]
    drawn = _to_draw(members, cube, case, choosing)
    return min_p(
        **drawn,
        weights=family_weights(members, case, age_trend=bool(drawn["trends"])),
        alpha=case.analysis.alpha,
        small=max(case.analysis.alpha, SMALL_P),
        against=against,
    )


def draws_within_pools(
    compared: Sequence[Comparison], cube: Cube, case: Case, choosing: Choosing | None
) -> Draws | None:
    """The draws that :func:`within_pools` makes; None where it makes none."""
    if choosing is None or not family(compared) or "selection" not in case.analysis.questions:
        return None
    return family_draws(**_to_draw([compared[place] for place in family(compared)], cube, case, choosing))


def _to_draw(members: Sequence[Comparison], cube: Cube, case: Case, choosing: Choosing) -> dict[str, Any]:
    people, columns = choosing.people, list(cube.layout.dimensions)
    years = numbers_of(people, "age_years")
    return {
        "pool": codes_of(people, "pool"),
        "selected": choosing.selected,
        "columns": [codes_of(people, key) for key in columns],
        "comparisons": [
            FamilyMember(
                parts=((columns.index(c.dimension.characteristic.key), c.index, np.flatnonzero(c.among).tolist()),)
            )
            for c in members
        ],
        "trends": [] if years is None else [years],
        "seed": case.analysis.seed,
        "draws": draws_of(case, len(cube.layout.pools)),
    }
