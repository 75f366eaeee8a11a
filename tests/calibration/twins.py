"""Takes a council drawn; gives what the whole toolkit finds there, from file to findings."""

from __future__ import annotations

from datasets.generator import riverbank
from datasets.generator.tables import csv_text
from eia.case import parse_case
from eia.findings.assessment import Assessment, assess
from eia.intake.evidence import read_workforce

DRAWS = (
    999  # of even-handed selections in each assessment: enough for a level of 0.05, and quicker than the usual number
)

Found = set[tuple[str, str, str, str]]


def assessed(council: riverbank.Riverbank) -> Assessment:
    """Read the council's files and assess them."""
    case = parse_case(riverbank.case_text(council))
    workforce, selections = (csv_text(table).encode() for table in (council.workforce, council.selections))
    return assess(read_workforce(workforce, case, selections=selections, name="workforce.csv"), case)


def found(assessment: Assessment) -> Found:
    """What is at level "found": question, characteristic, group and direction."""
    return {
        (finding.question, finding.characteristic.key, finding.group.label, str(finding.direction))
        for finding in assessment.findings
        if finding.level == "found"
    }


def found_in_twin(seed: int, *, planted: bool = False) -> Found:
    """Draw a council and say what is found: in a null twin it is a false alarm."""
    return found(assessed(riverbank.make(seed, planted=planted)))
