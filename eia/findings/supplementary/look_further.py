"""Takes the people, who was chosen and the findings; gives what stands beside the findings. None of it changes a level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from eia.case import Case
from eia.counts.cube import Cube
from eia.counts.stages import Choosing
from eia.findings.core.comparisons import Comparison
from eia.findings.core.finding import Finding
from eia.findings.core.permutation_results import PermutationResults
from eia.findings.supplementary.adjusted_comparisons import AdjustedComparison, adjusted_comparisons
from eia.findings.supplementary.age import Age, age
from eia.findings.supplementary.everyone_leaving import Leaving, everyone_leaving
from eia.findings.supplementary.intersections import Intersections, intersections
from eia.findings.supplementary.omnibus_tests import OmnibusFinding, omnibus_findings
from eia.findings.supplementary.score_gaps import ScoresLook, look_at_scores
from eia.findings.supplementary.selection_rounds import ByRound, added_up, by_round
from eia.findings.supplementary.subsequent_outcomes import SubsequentOutcomes, subsequent_outcomes
from eia.intake.workforce import Workforce


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplementary:
    """What stands beside the findings of who is selected within each pool; nothing of it where that was not asked or nobody is chosen.

    omnibus_tests: each characteristic as a whole. leaving: everyone leaving, volunteers included. rounds: of selection, added up.
    The others need people: age as a number, overlaps of groups, gaps allowing for what the case names, the scores, which may be there before anybody is chosen, and what
    came of it at every other step.
    """

    omnibus_tests: tuple[OmnibusFinding, ...] = ()
    leaving: tuple[Leaving, ...] = ()
    age: Age | None = None
    intersections: Intersections | None = None
    allowed: tuple[AdjustedComparison, ...] = ()
    rounds: tuple[ByRound, ...] = ()
    subsequent_outcomes: SubsequentOutcomes = field(default_factory=SubsequentOutcomes)
    scores: ScoresLook | None = None


def supplementary(
    workforce: Workforce | None,
    choosing: Choosing | None,
    cube: Cube,
    case: Case,
    compared: Sequence[Comparison],
    drawn: PermutationResults,
    findings: Sequence[Finding],
    *,
    earlier: Sequence[Sequence[Comparison]] = (),
) -> Supplementary:
    """Look beside the findings. workforce: None where there are counts alone; choosing: also where nobody has been chosen. earlier: what was
    compared in earlier rounds."""
    if "selection" not in case.analysis.questions:
        return Supplementary()
    beside = Supplementary(
        omnibus_tests=omnibus_findings(compared, case),
        leaving=everyone_leaving(cube, case),
        scores=look_at_scores(workforce, choosing, case) if workforce else None,
        subsequent_outcomes=subsequent_outcomes(workforce.frame, cube, case) if workforce else SubsequentOutcomes(),
    )
    if earlier:
        beside = replace(beside, rounds=added_up(compared, earlier, case))
    if choosing is None:
        return beside
    of_selection = [finding for finding in findings if finding.question == "selection"]
    return replace(
        beside,
        age=age(choosing, case, drawn),
        intersections=intersections(choosing, cube, case),
        allowed=adjusted_comparisons(choosing, case, compared, of_selection),
        rounds=beside.rounds or by_round(choosing, case, compared, len(cube.layout.pools)),
    )
