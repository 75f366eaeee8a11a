"""Takes the Comparisons and what was drawn from people; gives the Findings of who goes within a job."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from eia.case import Case
from eia.findings.comparison import Comparison, mirrors, untested
from eia.findings.finding import Finding, Reason
from eia.findings.grounds import grounds, grounds_before_choosing
from eia.findings.rules import judge
from eia.stats.homogeneity import zelen_monte_carlo
from eia.stats.min_p import MinP
from eia.stats.multiplicity import holm
from eia.stats.results import StratifiedTest
from eia.stats.stratified import stratified_tests


def selection(compared: Sequence[Comparison], case: Case, drawn: MinP | None, beside: Sequence[float]) -> list[Finding]:
    """Test who goes within a job, then judge every comparison against the whole family.

    drawn: the family adjusted by drawing even-handed proposals; None where there are only counts, and Holm's method stands in.
    beside: p of the comparisons of the family whose counts are ranges.
    """
    if not any(comparison.group_went is not None for comparison in compared):
        return [_before_choosing(comparison, case, family=len(compared)) for comparison in compared]
    tests = tested(compared, case)
    repeats = mirrors(compared, [comparison.can_tell for comparison in compared])
    members = family(compared)
    size = len(members) + len(beside)
    in_family = np.full(len(compared), np.nan)
    if drawn is None:
        in_family[members] = holm([*(tests[place].midp for place in members), *beside])[: len(members)]
    else:
        in_family[members] = drawn.adjusted_pvalues[: len(members)]
    for place, partner in repeats.items():
        in_family[place] = in_family[partner]
    asked = drawn.critical if drawn and drawn.critical > 0 else case.analysis.alpha / max(size, 1)
    return [
        _finding(
            comparison,
            test,
            case,
            adjusted_p=float(pvalue),
            family=size,
            mirrored=place in repeats,
            asked=asked,
        )
        for place, (comparison, test, pvalue) in enumerate(zip(compared, tests, in_family, strict=True))
    ]


def tested(compared: Sequence[Comparison], case: Case) -> tuple[StratifiedTest, ...]:
    """The exact test of every comparison whose counts of those who went are known."""
    return stratified_tests(
        group_selected=np.array([comparison.group_went for comparison in compared]),
        group_total=np.array([comparison.group[:-1] for comparison in compared]),
        selected=np.array([comparison.went for comparison in compared], dtype=np.int64),
        total=np.array([comparison.everyone[:-1] for comparison in compared]),
        level=case.analysis.level,
    )


def in_family(findings: Sequence[Finding]) -> list[float]:
    """The mid-p of every finding that counts towards the family of selection, each comparison once."""
    return [f.test.midp for f in findings if f.question == "selection" and f.tested and f.test and not f.mirrored]


def family(compared: Sequence[Comparison]) -> list[int]:
    """The places of the comparisons that count towards the family: those that can tell anything, each once."""
    can_tell = [comparison.can_tell for comparison in compared]
    repeats = mirrors(compared, can_tell)
    return [place for place, can in enumerate(can_tell) if can and place not in repeats]


def _before_choosing(comparison: Comparison, case: Case, *, family: int) -> Finding:
    """Nobody has been chosen: what these pools could show once someone is."""
    finding = untested(comparison, "selection", _why_not_chosen(comparison))
    if comparison.went is None or finding.reasons == ("everyone goes",):
        return finding
    asked = case.analysis.alpha / family
    return replace(finding, family=family, grounds=grounds_before_choosing(comparison, case, asked=asked))


def _finding(
    comparison: Comparison,
    test: StratifiedTest,
    case: Case,
    *,
    adjusted_p: float,
    family: int,
    mirrored: bool,
    asked: float,
) -> Finding:
    if test.informative_pools == 0:
        return replace(untested(comparison, "selection", _why_not_tested(comparison)), test=test)
    agrees = agreement(comparison, test, case)
    level, direction, reasons = judge(
        pvalue=test.midp,
        adjusted_p=adjusted_p,
        odds_ratio=test.odds_ratio.midp_interval,
        excess=test.excess,
        conventions=case.analysis,
        doubts=("pools differ",) if agrees <= case.analysis.alpha else (),
    )
    return replace(
        untested(comparison, "selection"),
        level=level,
        direction=direction,
        reasons=reasons,
        test=test,
        adjusted_p=adjusted_p,
        family=family,
        agreement=agrees,
        mirrored=mirrored,
        grounds=grounds(comparison, test, case, asked=max(asked, test.midp) if level == "found" else asked),
    )


def agreement(comparison: Comparison, test: StratifiedTest, case: Case) -> float:
    """P that the pools share one odds ratio: Zelen's exact test where it can be made. Where it cannot, and Tarone's says
    that they differ, Zelen's by drawing, since Tarone's raises false alarms in small pools; in large ones Tarone's stands.
    """
    if test.homogeneity.zelen_pvalue is not None:
        return test.homogeneity.zelen_pvalue
    if not test.homogeneity.pvalue <= case.analysis.alpha:
        return test.homogeneity.pvalue
    name = f"{comparison.dimension.characteristic.key}/{comparison.group_of.label}"
    drawn = zelen_monte_carlo(
        group_selected=comparison.group_went if comparison.group_went is not None else [],
        group_total=comparison.group[:-1],
        selected=comparison.went if comparison.went is not None else [],
        total=comparison.everyone[:-1],
        rng=np.random.default_rng(zlib.crc32(name.encode())),  # the same draws for the same group in every run
    )
    return test.homogeneity.pvalue if drawn is None else drawn


def _why_not_chosen(comparison: Comparison) -> Reason:
    """Nobody has been chosen; where everybody in the pools is to go, nobody ever will be."""
    there = comparison.everyone[:-1]
    closed = comparison.went is not None and there.any() and bool(np.allclose(comparison.went, there))
    return "everyone goes" if closed else "nobody chosen yet"


def _why_not_tested(comparison: Comparison) -> Reason:
    """Why no pool can say anything of this group: what happened in the pools that hold it."""
    held = comparison.group[:-1] > 0
    went = comparison.went[held] if comparison.went is not None else comparison.everyone[:-1][held] * 0
    if not held.any():
        return "nobody to compare"
    if (went == comparison.everyone[:-1][held]).all():
        return "everyone goes"
    return "nobody to compare" if went.any() else "nobody goes"
