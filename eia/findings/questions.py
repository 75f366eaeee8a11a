"""Takes a Cube, the case and what was drawn; gives the Findings of the three questions, for every group that anybody is in."""

from __future__ import annotations

from eia.case import Case
from eia.counts.cube import Cube
from eia.findings.comparison import comparisons
from eia.findings.drawn import Drawn
from eia.findings.finding import Finding
from eia.findings.ranged import largest_pvalues
from eia.findings.selection import selection
from eia.findings.shares import scope, spread


def findings(cube: Cube, case: Case, drawn: Drawn) -> tuple[Finding, ...]:
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
