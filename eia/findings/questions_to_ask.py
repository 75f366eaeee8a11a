"""Takes an Assessment; gives what to ask the employer: what its data do not answer, the groups furthest above their share first."""

from __future__ import annotations

from collections.abc import Mapping

from eia.findings.assessment import Assessment
from eia.findings.core.finding import Finding
from eia.findings.headlines import leading_overall, size_in_all
from eia.process.checklist import Checklist, Datum, checklist


def to_ask(assessment: Assessment) -> Checklist:
    """The checklist of an assessment."""
    above = {key: size_in_all(finding) for key, finding in furthest_above(assessment).items()}
    return checklist(held=_held(assessment), above=above)


def furthest_above(assessment: Assessment) -> Mapping[str, Finding]:
    """Of each characteristic, by key, the group that is furthest above an even share of the workforce."""
    return {finding.characteristic.key: finding for finding in leading_overall(assessment.findings, most=99)}


def _held(assessment: Assessment) -> set[Datum]:
    """What the data hold: characteristics that anybody has answered, and whatever else a question could be answered from."""
    layout, tables = assessment.cube.layout, assessment.cube.tables
    held: set[Datum] = {
        key
        for key, table in tables.items()
        if any(
            group.kind == "answer" and table.high[place].any()
            for place, group in enumerate(layout.dimensions[key].groups)
        )
    }
    more: Mapping[Datum, bool] = {
        "rest of the workforce": any(f.question == "scope" and f.stated for f in assessment.findings),
        "dismissals": any(outcome == "dismissed" and count for outcome, count in assessment.evidence.outcomes),
        "extract date": assessment.case.dates.extract is not None,
        "rounds": bool(assessment.further.rounds),
    }
    return held | {datum for datum, there in more.items() if there}
