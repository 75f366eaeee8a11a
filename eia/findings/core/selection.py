"""Takes the Comparisons and what was drawn from people; gives the Findings of who goes within a job."""

from __future__ import annotations

import math
import zlib
from collections.abc import Sequence
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
from eia.findings.core.evidence_level import judge, judge_bounds
from eia.findings.core.finding import Finding, Reason
from eia.findings.core.grounds import grounds, grounds_before_choosing
from eia.findings.core.permutation_results import PermutationResults
from eia.stats.bounds.ranges import Figure, least, most
from eia.stats.bounds.stratified_test_bounds import StratifiedTestBounds
from eia.stats.exact.homogeneity import zelen_monte_carlo
from eia.stats.exact.stratified_test import stratified_tests
from eia.stats.multiplicity import holm, holm_criticals
from eia.stats.permutation.min_p import MinP
from eia.stats.results import StratifiedTest
from eia.stats.sensitivity.pool_contributions import PoolContributions, pool_contributions


def selection(compared: Sequence[AnyComparison], case: Case, drawn: PermutationResults) -> list[Finding]:
    """Test who goes within a job, then judge every comparison against the whole family.

    drawn: with the family adjusted by drawing even-handed proposals; where there are only counts Holm's method stands in. While nobody
    has been chosen nothing is said of counts that are ranges.
    """
    exact = counted_exactly(compared)
    if not any(comparison.chosen for comparison in compared):
        size = len(family(compared)) + _has_trend(exact, drawn)
        return [_before_choosing(comparison, case, family=size) for comparison in exact]
    of_exact = iter(tested(exact, case) if exact else ())
    tests = [
        next(of_exact) if isinstance(comparison, Comparison) else comparison.test(case.analysis.level)
        for comparison in compared
    ]
    repeats = complementary_pairs(compared, [comparison.can_tell for comparison in compared])
    members = family(compared)
    midp = [test.midp for place in members if (test := tests[place])]
    judged = _judged_together(midp, drawn.selection, case.analysis.alpha)
    place_of = {place: at for at, place in enumerate(members)}
    place_of |= {place: place_of[partner] for place, partner in repeats.items()}
    return [
        _finding(comparison, test, case, family=judged, at=place_of.get(place, -1), mirrored=place in repeats)
        for place, (comparison, test) in enumerate(zip(compared, tests, strict=True))
    ]


def tested(compared: Sequence[Comparison], case: Case) -> tuple[StratifiedTest, ...]:
    """The exact test of every comparison whose counts of those who went are known."""
    margins = [comparison.margins() for comparison in compared]
    return stratified_tests(
        **{name: np.array([one[name] for one in margins]) for name in margins[0]}, level=case.analysis.level
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Family:
    """The family of selection: its size, the trend with age counted; adjusted, p of each comparison.

    least: the same where p is known to within a range, at the lower ends. asked: the mid-p at or below which any comparison is found,
    whatever the others show; asked_of: the same of each, the others being as they are, which is larger where others are found without it.
    """

    size: int
    adjusted: Sequence[float]
    least: Sequence[float]
    asked: float
    asked_of: Sequence[float]


def _judged_together(midp: Sequence[Figure], drawn: MinP | None, alpha: float) -> _Family:
    """Adjust the comparisons of the family for their number: by drawing where there are people, otherwise by Holm's method."""
    if drawn is None:
        largest = [most(p) for p in midp]
        return _Family(
            size=len(midp),
            adjusted=holm(largest).tolist(),
            least=holm([least(p) for p in midp]).tolist(),
            asked=alpha / max(len(midp), 1),
            asked_of=holm_criticals(largest, alpha).tolist(),
        )
    size = sum(not math.isnan(score) for score in drawn.scores)
    # Where so few draws are unusual that none is told apart, Bonferroni's share of alpha stands in.
    asked, *asked_of = (min(critical or alpha / size, alpha) for critical in (drawn.critical, *drawn.criticals))
    adjusted = drawn.adjusted_pvalues
    return _Family(size=size, adjusted=adjusted, least=adjusted, asked=asked, asked_of=asked_of)


def _has_trend(compared: Sequence[Comparison], drawn: PermutationResults) -> bool:
    """Whether age will add its trend to the family once people are chosen: where there are ages, and not the bands of a file alone."""
    ages = (c for c in compared if c.dimension.characteristic.key == "age" and not c.dimension.characteristic.groups)
    return drawn.from_people and any(c.can_tell for c in ages)


def _before_choosing(comparison: Comparison, case: Case, *, family: int) -> Finding:
    """Nobody has been chosen: what these pools could show once someone is. family: comparisons that there will be."""
    finding = untested(comparison, "selection", case, _why_not_chosen(comparison))
    if comparison.went is None or finding.reasons == ("everyone goes",):
        return finding
    asked = case.analysis.alpha / max(family, 1)
    return replace(finding, family=family, grounds=grounds_before_choosing(comparison, case, asked=asked))


def _finding(
    comparison: AnyComparison,
    test: StratifiedTest | StratifiedTestBounds | None,
    case: Case,
    *,
    family: _Family,
    at: int,
    mirrored: bool,
) -> Finding:
    """at: the place of the comparison, or of the one that it mirrors, in the family."""
    finding = replace(untested(comparison, "selection", case), test=test)
    if not finding.tested and not finding.bounds:
        return replace(finding, reasons=(_why_not_tested(comparison),))
    finding = replace(finding, adjusted_p=family.adjusted[at], family=family.size, mirrored=mirrored)
    if isinstance(test, StratifiedTestBounds):
        level, direction, reasons = judge_bounds(
            test, least_p=family.least[at], most_p=finding.adjusted_p, conventions=case.analysis
        )
        return replace(finding, level=level, direction=direction, reasons=reasons)
    assert isinstance(comparison, Comparison)  # noqa: S101 - counts are exact, as the test is
    assert test is not None  # noqa: S101 - so it was made
    agrees, driving = agreement(comparison, test, case), pool_contributions(**comparison.margins())
    level, direction, reasons = judge(
        pvalue=test.midp,
        adjusted_p=finding.adjusted_p,
        odds_ratio=test.odds_ratio.midp_interval,
        excess=test.excess,
        conventions=case.analysis,
        doubts=("pools differ",) if _pools_differ(agrees, driving, case.analysis.alpha) else (),
    )
    asked = _fitting(family.asked_of[at], test.midp, found=level == "found")
    return replace(
        finding,
        level=level,
        direction=direction,
        reasons=reasons,
        agreement=agrees,
        grounds=grounds(comparison, test, driving, case, in_family=family.asked, asked=asked),
    )


def _pools_differ(agreement: float, driving: PoolContributions, alpha: float) -> bool:
    """Whether the pools do not share one odds ratio; or one pool stands out among all of them, which among many that agree a test of them all
    may not see: against the group in one pool and for it in another would come out as nothing at all."""
    return agreement <= alpha or any(pool.adjusted <= alpha for pool in driving.pools)


def _fitting(asked: float, midp: float, *, found: bool) -> float:
    """The mid-p asked of a comparison, made to fit what was found: where answers are missing, drawn selections are scored nearly
    and not exactly by their mid-p."""
    return max(asked, midp) if found else min(asked, midp * (1 - 1e-9))


def agreement(comparison: Comparison, test: StratifiedTest, case: Case) -> float:
    """P that the pools share one odds ratio: Zelen's exact test where it can be made. Where it cannot, and Tarone's says
    that they differ, Zelen's by drawing, since Tarone's raises false alarms in small pools; in large ones Tarone's stands.
    """
    if test.homogeneity.zelen_pvalue is not None:
        return test.homogeneity.zelen_pvalue
    if not test.homogeneity.pvalue <= case.analysis.alpha:
        return test.homogeneity.pvalue
    name = f"{comparison.dimension.characteristic.key}/{comparison.group_of.label}"
    rng = np.random.default_rng(zlib.crc32(name.encode()))  # the same draws for the same group in every run
    drawn = zelen_monte_carlo(**comparison.margins(), rng=rng, draws=1999)
    return test.homogeneity.pvalue if drawn is None else drawn


def _why_not_chosen(comparison: Comparison) -> Reason:
    """Nobody has been chosen; where everybody in the pools is to go, nobody ever will be."""
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
