"""Takes the Comparisons, the case and what was drawn; gives the Findings of the three questions, for every group that anybody is in."""

from __future__ import annotations

from collections.abc import Sequence

from eia.case import Case
from eia.counts.cube import Cube
from eia.findings.core.comparisons import AnyComparison
from eia.findings.core.finding import Finding
from eia.findings.core.permutation_results import PermutationResults
from eia.findings.core.scope_and_spread import scope, spread
from eia.findings.core.selection import selection


def findings(
    compared: Sequence[AnyComparison],
    cube: Cube,
    case: Case,
    drawn: PermutationResults,
    *,
    with_grounds: bool = True,
) -> tuple[Finding, ...]:
    """Every finding of the questions that the case asks, in the order of the pages. drawn: of the comparisons of exact counts. with_grounds: whether
    what stands behind each is worked out too, on which no level rests."""
    asked = case.analysis.questions
    found: list[Finding] = []
    if "scope" in asked:
        found += scope(compared, cube, case, drawn)
    if "spread" in asked:
        found += spread(compared, case, drawn)
    if "selection" in asked:
        found += selection(compared, case, drawn, with_grounds=with_grounds)
    return tuple(found)
