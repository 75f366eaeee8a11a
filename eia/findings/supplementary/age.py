"""Takes the people and who was chosen; gives what age as a number shows: the trend, every age cut, and the cuts that rules use."""

from __future__ import annotations

from dataclasses import dataclass

from eia.case import Analysis, Case
from eia.counts.stages import Choosing
from eia.findings.core.evidence_level import judge_number
from eia.findings.core.finding import Direction, Level
from eia.findings.core.permutation_results import PermutationResults
from eia.findings.draws import draws_of
from eia.intake.workforce import codes_of, numbers_of
from eia.stats.exact.stratified_test import stratified_test
from eia.stats.permutation.age_thresholds import AgeThreshold, AgeThresholdSearch, age_thresholds
from eia.stats.permutation.trend import TrendTest, trend_test
from eia.stats.results import StratifiedTest


@dataclass(frozen=True, slots=True, kw_only=True)
class Age:
    """Age as a number, inside pools.

    trend: whether those selected are older or younger than those retained. adjusted_p: its p in the family of selection, own_p: in
    that of age alone; nan where nothing was to be learned. level, direction: "against" where older people go more often; "not_found" is never said of a
    trend, since an average can hide what happens at some ages. cuts: every age cut searched, and the named ones. best, named: the
    exact tests of the cut that tells most, found by searching, and of the cuts that law or schemes use.
    """

    trend: TrendTest
    adjusted_p: float
    own_p: float
    level: Level
    direction: Direction | None
    cuts: AgeThresholdSearch
    best: StratifiedTest | None
    named: tuple[StratifiedTest, ...]


def age(choosing: Choosing, case: Case, drawn: PermutationResults) -> Age | None:
    """What age as a number shows; None where the file has no ages."""
    years = numbers_of(choosing.people, "age_years")
    if years is None or drawn.selection is None:
        return None
    conventions = case.analysis
    pool, seed, draws = (
        codes_of(choosing.people, "pool"),
        conventions.seed,
        draws_of(case, choosing.people["pool"].nunique()),
    )
    trend = trend_test(pool=pool, selected=choosing.selected, value=years, seed=seed, draws=draws)
    cuts = age_thresholds(pool=pool, selected=choosing.selected, age=years, seed=seed, draws=draws)
    together = drawn.selection
    adjusted_p = together.adjusted_pvalues[-1]  # the trend stands last in the family
    own_p = together.own_pvalues[-1]
    level, direction = judge_number(trend, adjusted_p=adjusted_p, own_p=own_p, conventions=conventions)
    return Age(
        trend=trend,
        adjusted_p=adjusted_p,
        own_p=own_p,
        level=level,
        direction=direction,
        cuts=cuts,
        best=_test(cuts.best, conventions) if cuts.best else None,
        named=tuple(_test(cut, conventions) for cut in cuts.named),
    )


def _test(cut: AgeThreshold, conventions: Analysis) -> StratifiedTest:
    return stratified_test(
        group_selected=cut.group_selected,
        group_total=cut.group_total,
        selected=cut.selected,
        total=cut.total,
        level=conventions.level,
    )
