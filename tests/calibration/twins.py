"""Takes a council drawn; gives what the toolkit finds there under its three questions, from file to findings."""

from __future__ import annotations

from collections.abc import Iterable

from datasets.generator import riverbank
from datasets.generator.riverbank import NOTHING, PLANTED, Effects
from datasets.generator.tables import csv_text
from eia.case import parse_case
from eia.counts.cube import count, cube_axes
from eia.counts.stages import choosing
from eia.findings.core.comparisons import comparisons, counted_exactly
from eia.findings.core.finding import Finding
from eia.findings.core.permutation_results import permutation_results
from eia.findings.core.questions import findings
from eia.intake.evidence import read_workforce

DRAWS = 999  # of even-handed proposals in each council: enough for a level of 0.05, and quicker than the usual number
TIED = Effects(spread=PLANTED.spread)  # the share to go follows who is in a pool, and nothing else is wrong

Found = set[tuple[str, str, str, str]]


def found_in(council: riverbank.Riverbank) -> Found:
    """Read the council's files, and say what is found under the three questions. What stands beside findings is left out."""
    case = parse_case(riverbank.case_text(council))
    case = case.model_copy(update={"analysis": case.analysis.model_copy(update={"draws": DRAWS})})
    workforce, selections = (csv_text(table).encode() for table in (council.workforce, council.selections))
    read = read_workforce(workforce, case, selections=selections, name="workforce.csv")
    people, axes = read.frame, cube_axes(read, case)
    cube, chosen = count(people, axes), choosing(people, axes, case.stages)
    compared = comparisons(cube, case)
    drawn = permutation_results(counted_exactly(compared), cube, case, people, chosen)
    return found(findings(compared, cube, case, drawn, with_grounds=False))


def found(given: Iterable[Finding]) -> Found:
    """What is at level "found": question, characteristic, group and direction."""
    return {
        (finding.question, finding.characteristic.key, finding.group.label, str(finding.direction))
        for finding in given
        if finding.level == "found"
    }


def found_in_twin(seed: int, effects: Effects = NOTHING) -> Found:
    """Draw a council and say what is found: in a null twin it is a false alarm."""
    return found_in(riverbank.draw(seed, effects))
