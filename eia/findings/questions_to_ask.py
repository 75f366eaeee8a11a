"""Takes an Assessment; gives what to ask the employer: what its data do not answer, the largest gaps first, each with the step that made it."""

from __future__ import annotations

from collections.abc import Mapping

from eia.findings.assessment import Assessment
from eia.findings.gaps import gaps
from eia.process.checklist import Checklist, Datum, checklist


def to_ask(assessment: Assessment) -> Checklist:
    """The checklist of an assessment."""
    above = {(gap.finding.characteristic.key, gap.step): gap.people for gap in gaps(assessment)}
    return checklist(held=_held(assessment), above=above)


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
