"""Takes an Assessment; gives the part of it that a visitor looks at: some characteristics, or one group's findings."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from eia.case import Question
from eia.findings.assessment import Assessment
from eia.findings.core.finding import Finding
from eia.findings.headlines import at_level, leading

FEW = 4  # so many characteristics are shown together from the start


def titles(assessment: Assessment) -> tuple[str, ...]:
    """The characteristics of an assessment, in its order."""
    return tuple(dict.fromkeys(finding.characteristic.title for finding in assessment.findings))


def standing_out(assessment: Assessment, question: Question) -> tuple[str, ...]:
    """The characteristics that the answer to a question speaks of; every one where there are few, or none stands out."""
    every = titles(assessment)
    findings = assessment.under(question)
    told = (*leading(findings), *at_level(findings, "found"), *at_level(findings, "could be chance"))
    named = {finding.characteristic.title for finding in told}
    return tuple(title for title in every if title in named) if named and len(every) > FEW else every


def about(assessment: Assessment, chosen: Collection[str]) -> Assessment:
    """The assessment with the findings of some characteristics only."""
    return replace(assessment, findings=tuple(f for f in assessment.findings if f.characteristic.title in chosen))


def groups(assessment: Assessment, characteristic: str) -> Mapping[str, tuple[Finding, ...]]:
    """The groups of a characteristic by label, each with its findings under every question asked."""
    found: dict[str, tuple[Finding, ...]] = {}
    for finding in assessment.findings:
        if finding.characteristic.title == characteristic:
            found[finding.group.label] = (*found.get(finding.group.label, ()), finding)
    return found
