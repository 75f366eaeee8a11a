"""Takes the people, who was chosen and the findings; gives what stands beside the findings, worked out when it is asked for. None of it changes a level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property

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

    def all(self) -> Supplementary:
        """All of it, which it is already."""
        return self


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class LookFurther:
    """The same, each part worked out when it is first asked for: a page that shows one part does not wait for the others.

    workforce: None where there are counts alone. choosing: also None where nobody has been chosen. compared: what could be compared with every
    count known. earlier: what was compared in earlier rounds.
    """

    workforce: Workforce | None
    choosing: Choosing | None
    cube: Cube
    case: Case
    compared: Sequence[Comparison]
    drawn: PermutationResults
    findings: Sequence[Finding]
    earlier: Sequence[Sequence[Comparison]] = ()

    @property
    def _asked(self) -> bool:
        return "selection" in self.case.analysis.questions

    @cached_property
    def omnibus_tests(self) -> tuple[OmnibusFinding, ...]:
        """Each characteristic as a whole."""
        return omnibus_findings(self.compared, self.case) if self._asked else ()

    @cached_property
    def leaving(self) -> tuple[Leaving, ...]:
        """Everyone leaving, volunteers included."""
        return everyone_leaving(self.cube, self.case) if self._asked else ()

    @cached_property
    def age(self) -> Age | None:
        """Age as a number."""
        return age(self.choosing, self.case, self.drawn) if self.choosing and self._asked else None

    @cached_property
    def intersections(self) -> Intersections | None:
        """Overlaps of groups."""
        return intersections(self.choosing, self.cube, self.case) if self.choosing and self._asked else None

    @cached_property
    def allowed(self) -> tuple[AdjustedComparison, ...]:
        """Gaps allowing for what the case names."""
        if self.choosing is None or not self._asked:
            return ()
        of_selection = [finding for finding in self.findings if finding.question == "selection"]
        return adjusted_comparisons(self.choosing, self.case, self.compared, of_selection)

    @cached_property
    def rounds(self) -> tuple[ByRound, ...]:
        """The rounds of selection, added up."""
        if not self._asked:
            return ()
        if self.earlier:
            return added_up(self.compared, self.earlier, self.case)
        return by_round(self.choosing, self.case, self.compared, len(self.cube.layout.pools)) if self.choosing else ()

    @cached_property
    def subsequent_outcomes(self) -> SubsequentOutcomes:
        """What happened at every other step."""
        people = self.workforce.frame if self.workforce and self._asked else None
        return SubsequentOutcomes() if people is None else subsequent_outcomes(people, self.cube, self.case)

    @cached_property
    def scores(self) -> ScoresLook | None:
        """The scores."""
        return look_at_scores(self.workforce, self.choosing, self.case) if self.workforce and self._asked else None

    def all(self) -> Supplementary:
        """All of it, as it goes into a record."""
        return Supplementary(**{part.name: getattr(self, part.name) for part in fields(Supplementary)})


Further = LookFurther | Supplementary
"""Worked out when asked, or held in a record: whoever reads a part of it need not know which."""
