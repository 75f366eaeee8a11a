"""Takes what was read and found; gives what stands beside the findings, worked out when it is first asked for, or as a record holds it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from eia.case import Case
from eia.counts.cube import Cube
from eia.findings.core.finding import Finding
from eia.findings.core.permutation_results import excess_drawn
from eia.findings.scenarios.baseline import Baseline
from eia.findings.scenarios.changes import Changes, changes
from eia.findings.supplementary.alternative_comparators import (
    AlternativeComparison,
    alternative_comparisons,
    alternative_permutations,
)
from eia.findings.supplementary.by_chance import Bar, drawn_by_chance
from eia.findings.supplementary.look_further import LookFurther, Supplementary
from eia.intake.workforce import Everybody


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What stands beside the findings, as a record holds it.

    otherwise: the findings with every other pool for comparison that the case names. changes: what other rules would do; None without scores and scenarios.
    """

    further: Supplementary
    otherwise: tuple[AlternativeComparison, ...]
    changes: Changes | None = None

    def drawn(self, _: Finding) -> tuple[Bar, ...]:
        """Nothing: a record holds no people, and nothing is drawn from it anew."""
        return ()


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Beside:
    """The same, each part worked out when it is first asked for. The first answer shows none of it, and does not wait.

    people: None where there are counts alone; so is baseline. everybody: as an engine counted them, None where none did.
    """

    further: LookFurther
    cube: Cube
    case: Case
    people: pd.DataFrame | None
    baseline: Baseline | None
    everybody: Everybody | None = None

    def drawn(self, finding: Finding) -> tuple[Bar, ...]:
        """What chance would give of posts put in pools, or of the shares that pools lose: people more or fewer than if even."""
        people = self.people if self.everybody is None else self.everybody
        return drawn_by_chance(excess_drawn(finding, self.further.compared, self.cube, self.case, people))

    @cached_property
    def otherwise(self) -> tuple[AlternativeComparison, ...]:
        """The findings with every other pool for comparison that the case names."""
        drawn = alternative_permutations(self.cube, self.case, self.people, self.everybody)
        return alternative_comparisons(self.cube, self.case, drawn)

    @cached_property
    def changes(self) -> Changes | None:
        """What other rules would do."""
        return changes(self.baseline) if self.baseline else None
