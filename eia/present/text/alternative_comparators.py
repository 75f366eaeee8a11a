"""Takes an Assessment; gives what another pool for comparison, which the case names, shows beside the default: sentences and a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from eia.case import Question
from eia.findings.assessment import Assessment
from eia.findings.core.finding import STANDING_OUT, Finding
from eia.findings.headlines import at_level, once
from eia.findings.supplementary.alternative_comparators import AlternativeComparison
from eia.present.documents.model import Table
from eia.present.tables.findings_tables import table_of
from eia.present.text.evidence import statement
from eia.present.text.words import LEVELS, group_name, listed, plural

MOST_TOLD = 4
CHANGES_NOTHING = (
    "It stands beside the default, as a family of comparisons of its own, and changes no evidence level there."
)


def alternatives_told(assessment: Assessment, question: Question) -> tuple[str, ...]:
    """Of every other pool for comparison of a question: who is compared and why, what is found there, and where that is another level than
    by default."""
    named = [other for other in assessment.otherwise if other.choice.question == question]
    return tuple(line for other in named for line in _told(assessment, other))


def _told(assessment: Assessment, other: AlternativeComparison) -> Iterator[str]:
    """Every line names the pool for comparison that it speaks of, since it stands among those of the default."""
    name, findings = _name(other), once(other.findings)
    yield f"{name}. {_who(other)} The reason given: {other.choice.reason.rstrip('.')}. {CHANGES_NOTHING} {_compared(assessment, findings)}"
    told = [*at_level(findings, "found"), *at_level(findings, "stands_out")]
    yield from (f"{name}. {statement(finding)}" for finding in told[:MOST_TOLD])


def _who(other: AlternativeComparison) -> str:
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
        (ours, theirs)
        for ours, theirs in both
        if ours.level != theirs.level and {ours.level, theirs.level}.intersection(STANDING_OUT)
    ]
    told = "; ".join(
        f"{group_name(theirs.characteristic, theirs.group)} ({LEVELS[theirs.level].lower()} here, {LEVELS[ours.level].lower()} by default)"
        for ours, theirs in differ
    )
    said = (
        f"{same:,} of {plural(len(both), 'comparison comes', 'comparisons come')} out at the same level as by default."
    )
    return f"{said} Found, or standing out alone, one way and not the other: {told}." if told else said


def _key(finding: Finding) -> tuple[str, str, str, str]:
    return finding.question, finding.characteristic.key, finding.group.label, finding.group.kind


def alternatives_tables(assessment: Assessment) -> tuple[Table, ...]:
    """Every group with every other pool for comparison that the case names, a table each."""
    made = ((other, table_of(other.findings, other.choice.question)) for other in assessment.otherwise)
    return tuple(
        replace(table, title=f"{_name(other)}. {table.title}", notes=(*table.notes, CHANGES_NOTHING))
        for other, table in made
    )


def _name(other: AlternativeComparison) -> str:
    return f"Another pool for comparison, “{other.name}”"
