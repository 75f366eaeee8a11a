"""Takes a Cube, the case and what was drawn; gives the Findings of the three questions, for every group that anybody is in."""

from __future__ import annotations

from eia.case import Case
from eia.counts.cube import Cube
from eia.findings.core.comparisons import comparisons
from eia.findings.core.finding import Finding
from eia.findings.core.permutation_results import PermutationResults
from eia.findings.core.ranged import largest_pvalues
from eia.findings.core.scope_and_spread import scope, spread
from eia.findings.core.selection import selection


def findings(cube: Cube, case: Case, drawn: PermutationResults) -> tuple[Finding, ...]:
    """Every finding of the questions that the case asks, in the order of the pages.

    Raises EiaError where nobody has been chosen and the case gives the number to go for some pools and not for others.
    """
    compared = comparisons(cube, case)
    asked = case.analysis.questions
    found: list[Finding] = []
    if "scope" in asked:
        found += scope(compared, cube, case, drawn)
    if "spread" in asked:
        found += spread(compared, case, drawn)
    if "selection" in asked:
        found += selection(compared, case, drawn, largest_pvalues(cube, case))
    return tuple(found)
