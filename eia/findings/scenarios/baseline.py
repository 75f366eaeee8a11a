"""Takes people, the case and what was found of them; gives the Baseline that every change is held against. It holds people, and goes into no file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from eia.case import Case, Scenario
from eia.counts.cube import Cube, count, cube_axes
from eia.counts.stages import Choosing, choosing
from eia.findings.core.comparisons import Comparison, comparisons, counted_exactly, family
from eia.findings.core.finding import Finding
from eia.findings.core.permutation_results import PermutationResults, draws_within_pools, within_pools
from eia.findings.core.selection import selection
from eia.intake.workforce import Workforce
from eia.scenarios.rule import Rule, stated_rule
from eia.scenarios.try_rule import try_rule
from eia.stats.permutation.family_draws import Draws


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Baseline:
    """The people as they are, and the rule as it is stated.

    workforce: with the selections made; where none are, as the files have it. before: what was found of who is selected within each pool, once somebody is.
    drawn: the draws that it was judged by.
    """

    workforce: Workforce
    case: Case
    before: tuple[Finding, ...]
    drawn: Draws | None = None

    @cached_property
    def rule(self) -> Rule:
        """The rule as it is stated."""
        return stated_rule(self.workforce, self.case)

    @cached_property
    def counted(self) -> Counted:
        """The people counted; where nobody has been selected yet, as the stated rule would select.

        Raises EiaError where that cannot be told.
        """
        made = self.workforce
        if not self.rule.chosen:
            made = try_rule(self.rule, made, self.case, Scenario()).workforce
        return counted(made, self.case)

    @cached_property
    def draws(self) -> Draws | None:
        """Selections drawn within the pools as they are, which serve every change that leaves pools and numbers as they are."""
        people = self.counted
        if self.drawn is not None and self.rule.chosen:
            return self.drawn
        return draws_within_pools(people.compared, people.cube, self.case, people.choosing)

    @cached_property
    def selection(self) -> tuple[Finding, ...]:
        """Who is selected within each pool, before any change."""
        found = tuple(finding for finding in self.before if finding.question == "selection")
        if self.rule.chosen and found:
            return found
        return judged(self.counted, self.case, self.draws)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Counted:
    """People of whom some are selected, counted."""

    cube: Cube
    compared: tuple[Comparison, ...]
    choosing: Choosing


def counted(workforce: Workforce, case: Case) -> Counted:
    """Count them."""
    cube = count(workforce.frame, cube_axes(workforce, case))
    chosen = choosing(workforce.frame, cube.layout, case.stages)
    if chosen is None:
        raise ValueError("Nobody is selected.")
    return Counted(cube=cube, compared=counted_exactly(comparisons(cube, case)), choosing=chosen)


def judged(people: Counted, case: Case, draws: Draws | None = None) -> tuple[Finding, ...]:
    """What is found of who is selected within each pool, without what stands behind it. draws: made before of the same pools and numbers."""
    compared: Sequence[Comparison] = people.compared
    drawn = PermutationResults(
        from_people=True,
        selection=within_pools(compared, people.cube, case, people.choosing, draws) if family(compared) else None,
    )
    return tuple(selection(compared, case, drawn, with_grounds=False))
