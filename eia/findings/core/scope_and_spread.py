"""Takes the Comparisons and what was drawn; gives the Findings of which jobs are at risk, and of which pools lose most.

Both state people more or fewer than if even, and ask whether whole posts, or the pools' shares to go, could fall so by chance.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from eia.case import Case
from eia.counts.cube import Cube
from eia.findings.core.comparisons import AnyComparison, untested
from eia.findings.core.evidence_level import SMALL_P, judge
from eia.findings.core.finding import STANDING_OUT, Finding, Headcounts, Reason
from eia.findings.core.permutation_results import PermutationResults
from eia.stats.bounds.ranges import most
from eia.stats.exact.binomial import binomial_test
from eia.stats.exact.stratified_test import stratified_test
from eia.stats.permutation.whole_posts import PermutedTest
from eia.stats.results import BinomialTest, Interval, Split, StratifiedTest

FEWEST_BLOCKS = 10
"""With fewer posts (or pools) than this on a side, whether chance could do it cannot be told."""


def scope(compared: Sequence[AnyComparison], cube: Cube, case: Case, drawn: PermutationResults) -> list[Finding]:
    """State how many more or fewer of every group are in pools than if even, and judge whether chance could put them there."""
    stated = [_in_pools(comparison, cube, case, drawn) for comparison in compared]
    return _judged(stated, drawn.scope, case)


def spread(compared: Sequence[AnyComparison], case: Case, drawn: PermutationResults) -> list[Finding]:
    """State how many more of every group go than if pools lost equal shares, and judge whether chance could share them out so."""
    return _judged([_to_go(comparison, case) for comparison in compared], drawn.spread, case)


def _in_pools(comparison: AnyComparison, cube: Cube, case: Case, drawn: PermutationResults) -> Finding:
    finding = untested(comparison, "scope", case, "posts not given" if drawn.from_people else "needs people")
    people = finding.people
    if people.workforce is None:
        lacking: Reason = "no rest of the workforce" if cube.whole_workforce is None else "whole workforce not given"
        return replace(finding, reasons=(lacking,))
    if most(people.in_scope) == 0:
        return replace(finding, reasons=("nobody in a pool",))
    if isinstance(people, Headcounts):
        return replace(finding, drawn_one_by_one=_drawn_one_by_one(people, case))
    return finding


def _drawn_one_by_one(people: Headcounts, case: Case) -> StratifiedTest | BinomialTest:
    """The test as if people had been put in pools one by one. Posts are, so this is for the annex."""
    level = case.analysis.level
    group, everyone = people.group_workforce or 0.0, people.workforce or 0.0
    if everyone == int(everyone) and group == int(group) and everyone >= people.in_scope > 0 and everyone > 1:
        return stratified_test(
            group_selected=[people.group_in_scope],
            group_total=[int(group)],
            selected=[people.in_scope],
            total=[int(everyone)],
            level=level,
        )
    return binomial_test(
        group_selected=people.group_in_scope, selected=people.in_scope, share=group / everyone, level=level
    )


def _to_go(comparison: AnyComparison, case: Case) -> Finding:
    """Where counts are ranges the shares to go cannot be permuted. With fewer than twice the fewest pools, though, one side has too
    few of them in every table that fits."""
    finding = untested(comparison, "spread", case, "no other arrangement")
    if finding.split is None:
        return replace(finding, reasons=("number to go not known",))
    if comparison.pools < 2:
        return replace(finding, reasons=("one pool",))
    if not finding.in_ranges:
        return finding
    if comparison.pools < 2 * FEWEST_BLOCKS:
        return replace(finding, level="cannot_say", reasons=("few blocks",))
    return replace(finding, reasons=("needs exact counts",))


def _judged(stated: Sequence[Finding], tests: Sequence[PermutedTest], case: Case) -> list[Finding]:
    """Judge every stated finding that was tested, which takes exact counts. One that repeats another from the other side has that one's
    adjusted p."""
    if not tests:
        return list(stated)
    exact = [finding for finding in stated if not finding.in_ranges]
    counted = {
        finding.characteristic.key: test
        for finding, test in zip(exact, tests, strict=True)
        if finding.group.kind == "answer" and not math.isnan(test.adjusted_pvalue)
    }
    family = sum(not math.isnan(test.adjusted_pvalue) for test in tests)
    result, of_exact = [], iter(tests)
    for finding in stated:
        test = None if finding.in_ranges else next(of_exact)
        if test and finding.stated:
            repeats = math.isnan(test.adjusted_pvalue)
            counts = counted.get(finding.characteristic.key) if repeats else test
            finding = replace(
                finding,
                adjusted_p=counts.adjusted_pvalue if counts else math.nan,
                own_p=counts.own_pvalue if counts else math.nan,
                family=family,
                standing_out=test.standing_out,
                mirrored=repeats,
            )
            finding = _judge(finding, test, case)
        result.append(finding)
    return result


def _judge(finding: Finding, test: PermutedTest, case: Case) -> Finding:
    if test.sd == 0:
        return replace(finding, reasons=("no other arrangement",), adjusted_p=math.nan, own_p=math.nan, mirrored=False)
    odds = _odds_ratio(finding, test.gap_interval)
    equivalence = _odds_ratio(finding, test.interval(case.analysis.equivalence_level))
    level, direction, reasons = judge(
        pvalue=test.pvalue,
        adjusted_p=finding.adjusted_p,
        own_p=finding.own_p,
        odds_ratio=odds,
        equivalence=equivalence,
        excess=test.gap,
        conventions=case.analysis,
        doubts=_doubts(test, max(case.analysis.alpha, SMALL_P)),
    )
    if test.apart and level in STANDING_OUT:
        level, direction, reasons = "cannot_say", None, ("points apart",)
    if test.fewest < FEWEST_BLOCKS:
        level, direction, reasons = "cannot_say", None, ("few blocks" if math.isnan(test.among_units) else "few units",)
    return replace(
        finding,
        level=level,
        direction=direction,
        reasons=reasons,
        permuted=test,
        odds_ratio=odds,
        equivalence=equivalence,
    )


def _doubts(test: PermutedTest, small: float) -> tuple[Reason, ...]:
    """Whether the answer depends on what is permuted: all posts, posts of about one size, or whole units."""
    if test.pvalue <= small or not any(p <= small for p in test.deciding):
        return ()
    return ("follows units",) if test.among_units > small >= max(test.deciding[:-1]) else ("follows size",)


def _odds_ratio(finding: Finding, limits: Interval) -> Interval:
    """The limits of the gap as odds ratios, the group against everyone else: of being in a pool, or of being selected."""
    people, split = finding.people, finding.split
    assert isinstance(people, Headcounts) and isinstance(split, Split | None)  # noqa: S101, PT018 - ranges are not permuted
    if finding.question == "scope":
        even, group = people.even_share_of_pools or 0.0, people.group_workforce or 0.0
        chosen, everyone = float(people.in_scope), people.workforce or 0.0
    else:
        even, group = split.expected_by_scope if split else 0.0, float(people.group_there)
        chosen, everyone = people.selected or 0.0, float(people.there)

    def at(excess: float) -> float:
        among = min(max(even + excess, group + chosen - everyone, 0.0), group, chosen)
        cross, other = among * (everyone - group - chosen + among), (group - among) * (chosen - among)
        return cross / other if other > 0 else math.inf

    return Interval(low=at(limits.low), high=at(limits.high), level=limits.level, method=limits.method)
