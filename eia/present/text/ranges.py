"""Takes findings whose counts are ranges; gives what they answer, in a sentence or two."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from eia.findings.core.finding import Finding
from eia.findings.headlines import every_hit, size, size_in_all
from eia.present.text.evidence import levels_told
from eia.present.text.numbers import signed
from eia.present.text.words import REASONS, WHICHEVER, capital, group_name, listed, plural
from eia.stats.bounds.ranges import Figure


def answer_in_ranges(findings: Sequence[Finding]) -> str:
    """What they answer to their question; empty where there are none."""
    if not findings:
        return ""
    if findings[0].question == "selection":
        return f"Of those whose counts are ranges: {levels_told(findings)}"
    stated = [finding for finding in findings if finding.stated]
    if not stated:
        return f"Where counts are ranges, not tested: {REASONS[findings[0].reasons[0]]}."
    hit = _hit(stated, size, lambda finding: finding.excess)
    return f"{hit} {capital(REASONS[stated[0].reasons[0]])}."


def overall_in_ranges(findings: Sequence[Finding]) -> str:
    """What it adds up to; empty where that is not known."""
    known = [finding for finding in findings if finding.split]
    return _hit(known, size_in_all, lambda finding: finding.in_all) if known else ""


def _hit(
    findings: Sequence[Finding], measure: Callable[[Finding], float], excess: Callable[[Finding], Figure | None]
) -> str:
    """The groups surely hit by a person or more."""
    groups = f"Of {plural(len(findings), 'group', 'groups')} whose counts are ranges"
    clauses = [
        f"{group_name(finding.characteristic, finding.group)} ({signed(people)} people)"
        for finding in every_hit(findings, measure)
        if (people := excess(finding)) is not None
    ]
    if not clauses:
        return f"{groups} none is hit by as much as one person in every table that fits."
    return f"{groups} these are hit by a person or more, {WHICHEVER}: {listed(clauses)}."
