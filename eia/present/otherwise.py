"""Takes an Assessment; gives what another pool for comparison, which the case names, shows beside the default: sentences and a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from eia.case import Question
from eia.findings.another_pool import OtherwiseCompared
from eia.findings.assessment import Assessment
from eia.findings.finding import Finding, Level
from eia.findings.telling import at_level, once
from eia.present.document import Table
from eia.present.tables import table_of
from eia.present.words import LEVELS, group_name, listed, plural, statement

MOST_TOLD = 4
_TELLING: frozenset[Level] = frozenset({"found", "could be chance"})
CHANGES_NOTHING = "This stands beside the pool for comparison above, as a family of comparisons of its own, and changes no evidence level there."


def otherwise_under(assessment: Assessment, question: Question) -> tuple[OtherwiseCompared, ...]:
    """The other pools for comparison that the case names for a question."""
    return tuple(other for other in assessment.otherwise if other.choice.question == question)


def otherwise_heading(other: OtherwiseCompared) -> str:
    """What another pool for comparison is called."""
    return f"Another pool for comparison: {other.name}"


def otherwise_told(assessment: Assessment, other: OtherwiseCompared) -> tuple[str, ...]:
    """Who is compared and why, what is found there, and where that is another level than by default."""
    return tuple(_told(assessment, other))


def _told(assessment: Assessment, other: OtherwiseCompared) -> Iterator[str]:
    yield f"{_who(other)} The reason given: {other.choice.reason.rstrip('.')}. {CHANGES_NOTHING}"
    findings = once(other.findings)
    told = [*at_level(findings, "found"), *at_level(findings, "could be chance")]
    yield from (statement(finding, assessment.case.analysis) for finding in told[:MOST_TOLD])
    yield _compared(assessment, findings)


def _who(other: OtherwiseCompared) -> str:
    pools, units = other.choice.pools, other.choice.units
    whom = f"people of {listed(units)}" if units else "people"
    if not pools:
        return f"Only {whom} are compared."
    as_one = ", taken as one pool" if other.choice.question == "selection" and len(pools) > 1 else ""
    return f"Only {whom} in {listed(pools)} are compared{as_one}."


def _compared(assessment: Assessment, findings: tuple[Finding, ...]) -> str:
    """How many comparisons have the level that they have by default, and which have not."""
    default = {_key(finding): finding for finding in assessment.findings}
    both = [(default[_key(finding)], finding) for finding in findings if _key(finding) in default]
    same = sum(ours.level == theirs.level for ours, theirs in both)
    differ = [
        (ours, theirs) for ours, theirs in both if ours.level != theirs.level and _TELLING & {ours.level, theirs.level}
    ]
    told = "; ".join(
        f"{group_name(theirs.characteristic, theirs.group)} ({LEVELS[theirs.level].lower()} here, {LEVELS[ours.level].lower()} above)"
        for ours, theirs in differ
    )
    said = f"{same:,} of {plural(len(both), 'comparison comes', 'comparisons come')} out at the same level as above."
    return f"{said} Found, or standing out alone, one way and not the other: {told}." if told else said


def _key(finding: Finding) -> tuple[str, str, str, str]:
    return finding.question, finding.characteristic.key, finding.group.label, finding.group.kind


def otherwise_table(other: OtherwiseCompared) -> Table:
    """Every group with another pool for comparison."""
    made = table_of(other.findings, other.choice.question)
    return replace(made, title=f"{otherwise_heading(other)}. {made.title}", notes=(*made.notes, CHANGES_NOTHING))


def otherwise_tables(assessment: Assessment) -> tuple[Table, ...]:
    """The tables of all of them."""
    return tuple(otherwise_table(other) for other in assessment.otherwise)
