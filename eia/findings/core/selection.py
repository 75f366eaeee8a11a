"""Takes the Comparisons and what was drawn from people; gives the Findings of who is selected within each pool."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from eia.case import Case
from eia.findings.core.comparison_bounds import ComparisonBounds
from eia.findings.core.comparisons import (
    AnyComparison,
    Comparison,
    complementary_pairs,
    counted_exactly,
    family,
    untested,
)
from eia.findings.core.evidence_level import SMALL_P, judge, judge_bounds
from eia.findings.core.family import family_weights
from eia.findings.core.finding import Finding, Reason
from eia.findings.core.grounds import grounds, grounds_before_choosing
from eia.findings.core.permutation_results import PermutationResults
from eia.findings.core.pool_agreement import PoolAgreement, pool_agreement
from eia.stats.bounds.ranges import Figure, least, most
from eia.stats.bounds.stratified_test_bounds import StratifiedTestBounds
from eia.stats.exact.stratified_test import stratified_tests
from eia.stats.multiplicity import holm, holm_criticals, holm_within
from eia.stats.permutation.min_p import MinP
from eia.stats.results import Interval, StratifiedTest
from eia.stats.sensitivity.pool_contributions import pool_contributions


def selection(
    compared: Sequence[AnyComparison], case: Case, drawn: PermutationResults, *, with_grounds: bool = True
) -> list[Finding]:
    """Test who is selected within each pool, then judge every comparison against the whole family.

    drawn: with the family adjusted by drawing proposals by chance; where there are only counts Holm's method stands in. While nobody
    has been chosen nothing is said of counts that are ranges. with_grounds: whether each finding is also given what stands behind it, which takes
    longer than the finding.
    """
    exact = counted_exactly(compared)
    if not any(comparison.chosen for comparison in compared):
        return _before_choosing(exact, case, age_trend=_has_trend(exact, drawn))
    tests = _tests(compared, case.analysis.level)
    equivalence = [_interval(test) for test in _tests(compared, case.analysis.equivalence_level)]
    repeats = complementary_pairs(compared, [comparison.can_tell for comparison in compared])
    members = family(compared)
    place_of = {place: at for at, place in enumerate(members)}
    place_of |= {place: place_of[partner] for place, partner in repeats.items()}
    midp = [test.midp for place in members if (test := tests[place])]
    judged = _judged_together(midp, drawn.selection, [compared[place] for place in members], case)
    pools = pool_agreement([(compared[place], tests[place]) for place in members], case)
    return [
        _finding(
            comparison,
            test,
            case,
            family=judged,
            pools=pools,
            at=place_of.get(place, -1),
            mirrored=place in repeats,
            equivalence=equivalence[place],
            with_grounds=with_grounds,
        )
        for place, (comparison, test) in enumerate(zip(compared, tests, strict=True))
    ]


def tested(compared: Sequence[Comparison], level: float) -> tuple[StratifiedTest, ...]:
    """The exact test of every comparison whose counts of those who went are known. level: of its intervals."""
    margins = [comparison.margins() for comparison in compared]
    return stratified_tests(**{name: np.array([one[name] for one in margins]) for name in margins[0]}, level=level)


def _tests(compared: Sequence[AnyComparison], level: float) -> list[StratifiedTest | StratifiedTestBounds | None]:
    exact = counted_exactly(compared)
    of_exact = iter(tested(exact, level) if exact else ())
    return [next(of_exact) if isinstance(one, Comparison) else one.test(level) for one in compared]


def _interval(test: StratifiedTest | StratifiedTestBounds | None) -> Interval | None:
    """The headline interval of the odds ratio."""
    if test is None:
        return None
    return test.odds_ratio.midp_interval if isinstance(test, StratifiedTest) else test.interval


@dataclass(frozen=True, slots=True, kw_only=True)
class _Family:
    """The family of selection: its size, the trend with age counted; adjusted, own: p of each comparison in it, and in that of its own characteristic.

    least: adjusted where p is known to within a range, at the lower ends. asked: the mid-p at or below which each comparison is found,
    whatever the others show; asked_of: the same, the others being as they are, which is larger where others are found without it. standing_out:
    how often some group stands out with nothing amiss; nan where that cannot be drawn.
    """

    size: int
    adjusted: Sequence[float]
    least: Sequence[float]
    own: Sequence[float]
    asked: Sequence[float]
    asked_of: Sequence[float]
    standing_out: float = math.nan


def _judged_together(
    midp: Sequence[Figure], drawn: MinP | None, members: Sequence[AnyComparison], case: Case
) -> _Family:
    """Adjust the comparisons of the family for their number: by drawing where there are people, otherwise by Holm's method."""
    alpha = case.analysis.alpha
    if drawn is None:
        largest, shared = [most(p) for p in midp], family_weights(members, case)
        return _Family(
            size=len(midp),
            adjusted=holm(largest, shared.weights).tolist(),
            least=holm([least(p) for p in midp], shared.weights).tolist(),
            own=holm_within(largest, shared.own).tolist(),
            asked=(alpha * shared.weights / shared.weights.sum()).tolist(),
            asked_of=holm_criticals(largest, alpha, shared.weights).tolist(),
        )
    shared = family_weights(members, case, age_trend=len(drawn.scores) > len(members))
    there = ~np.isnan(drawn.scores)
    bonferroni = np.minimum(alpha * shared.weights / shared.weights[there].sum(), alpha)
    # Where so few draws are unusual that none is told apart, Bonferroni's share of alpha stands in.
    asked, asked_of = (
        np.where(np.array(critical) > 0, np.minimum(critical, alpha), bonferroni).tolist()
        for critical in (drawn.first_criticals, drawn.criticals)
    )
    adjusted = drawn.adjusted_pvalues
    return _Family(
        size=int(there.sum()), adjusted=adjusted, least=adjusted, own=drawn.own_pvalues, asked=asked, asked_of=asked_of,
        standing_out=drawn.standing_out,
    )  # fmt: skip


def _has_trend(compared: Sequence[Comparison], drawn: PermutationResults) -> bool:
    """Whether age will add its trend to the family once people are chosen: where there are ages, and not the bands of a file alone."""
    ages = (c for c in compared if c.dimension.characteristic.key == "age" and not c.dimension.characteristic.groups)
    return drawn.from_people and any(c.can_tell for c in ages)


def _before_choosing(compared: Sequence[Comparison], case: Case, *, age_trend: bool) -> list[Finding]:
    """Nobody has been chosen: what these pools could show once someone is, allowing for the comparisons that there will be."""
    members = family(compared)
    shared = family_weights([compared[place] for place in members], case, age_trend=age_trend)
    asked = dict(zip(members, (case.analysis.alpha * shared.weights / shared.weights.sum()).tolist(), strict=False))
    repeats = complementary_pairs(compared, [comparison.can_tell for comparison in compared])
    findings = []
    for place, comparison in enumerate(compared):
        finding = untested(comparison, "selection", case, _why_not_chosen(comparison))
        if comparison.went is not None and finding.reasons != ("everyone goes",):
            p = asked.get(repeats.get(place, place), case.analysis.alpha / max(shared.weights.size, 1))
            grounds_of = grounds_before_choosing(comparison, case, asked=p)
            finding = replace(finding, family=shared.weights.size, grounds=grounds_of)
        findings.append(finding)
    return findings


def _finding(
    comparison: AnyComparison,
    test: StratifiedTest | StratifiedTestBounds | None,
    case: Case,
    *,
    family: _Family,
    pools: Mapping[int, PoolAgreement],
    at: int,
    mirrored: bool,
    equivalence: Interval | None,
    with_grounds: bool,
) -> Finding:
    """at: the place of the comparison, or of the one that it mirrors, in the family."""
    finding = replace(untested(comparison, "selection", case), test=test)
    if (not finding.tested and not finding.bounds) or equivalence is None:
        return replace(finding, reasons=(_why_not_tested(comparison),))
    finding = replace(
        finding, adjusted_p=family.adjusted[at], own_p=family.own[at], family=family.size, mirrored=mirrored,
        standing_out=family.standing_out, equivalence=equivalence,
    )  # fmt: skip
    if isinstance(test, StratifiedTestBounds):
        level, direction, reasons = judge_bounds(
            test,
            least_p=family.least[at],
            most_p=finding.adjusted_p,
            own_p=finding.own_p,
            equivalence=equivalence,
            conventions=case.analysis,
        )
        return replace(finding, level=level, direction=direction, reasons=reasons)
    assert isinstance(comparison, Comparison)  # noqa: S101 - counts are exact, as the test is
    assert test is not None  # noqa: S101 - so it was made
    agree = pools[at]
    level, direction, reasons = judge(
        pvalue=test.midp,
        adjusted_p=finding.adjusted_p,
        own_p=finding.own_p,
        odds_ratio=test.odds_ratio.midp_interval,
        equivalence=equivalence,
        excess=test.excess,
        conventions=case.analysis,
        doubts=("pools differ",) if agree.differ <= max(case.analysis.alpha, SMALL_P) else (),
    )
    finding = replace(
        finding,
        level=level,
        direction=direction,
        reasons=reasons,
        agreement=agree.agreement,
        pools_differ=agree.differ,
    )
    if not with_grounds:
        return finding
    driving = pool_contributions(**comparison.margins()) if mirrored else agree.driving
    asked = _fitting(family.asked_of[at], test.midp, found=level == "found")
    return replace(
        finding,
        grounds=grounds(comparison, test, driving, case, in_family=family.asked[at], asked=asked),
    )


def _fitting(asked: float, midp: float, *, found: bool) -> float:
    """The mid-p asked of a comparison, made to fit what was found: where answers are missing, drawn selections are scored nearly
    and not exactly by their mid-p."""
    return max(asked, midp) if found else min(asked, midp * (1 - 1e-9))


def _why_not_chosen(comparison: Comparison) -> Reason:
    """Nobody has been chosen; where everybody in the pools is selected, nobody ever will be."""
    there = comparison.everyone[:-1]
    closed = comparison.went is not None and there.any() and bool(np.allclose(comparison.went, there))
    return "everyone goes" if closed else "nobody chosen yet"


def _why_not_tested(comparison: AnyComparison) -> Reason:
    """Why no pool can say anything of this group: what happened in the pools that hold it, which ranges do not tell."""
    if isinstance(comparison, ComparisonBounds):
        return "nobody to compare"
    held = comparison.group[:-1] > 0
    went = comparison.went[held] if comparison.went is not None else comparison.everyone[:-1][held] * 0
    if not held.any():
        return "nobody to compare"
    if (went == comparison.everyone[:-1][held]).all():
        return "everyone goes"
    return "nobody to compare" if went.any() else "nobody goes"
