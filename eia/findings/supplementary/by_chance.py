"""Takes a Finding of who is selected; gives what chance would select of its group within the same pools, and how many were."""

from __future__ import annotations

from dataclasses import dataclass

from eia.findings.core.finding import Finding
from eia.stats.exact.totals_by_chance import totals_by_chance

RARE = 0.0005
"""What is rarer than this at an end is left out: less than once in 1,000 times at both ends together."""
BARS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """Numbers of people from ``low`` to ``high``, how likely they are by chance, and whether as many were selected."""

    low: int
    high: int
    probability: float
    observed: bool


def by_chance(finding: Finding) -> tuple[Bar, ...]:
    """The numbers that chance would give and the one observed, in at most so many bars of one width; nothing where nothing was tested."""
    pools = finding.grounds.driving.pools if finding.tested and finding.grounds and finding.grounds.driving else ()
    if not pools or finding.tested is None:
        return ()
    law = totals_by_chance(
        group_selected=[pool.group_selected for pool in pools], group_total=[pool.group_total for pool in pools],
        selected=[pool.selected for pool in pools], total=[pool.total for pool in pools],
    )  # fmt: skip
    likely, before = [], 0.0
    for total, probability in zip(law.totals, law.probabilities, strict=True):
        if before + probability > RARE and before < 1 - RARE:
            likely.append(total)
        before += probability
    at = finding.tested.observed
    low, high = min([*likely, at]), max([*likely, at])
    width = -(-(high - low + 1) // BARS)
    return tuple(
        Bar(
            low=start, high=start + width - 1, observed=start <= at < start + width,
            probability=sum(mass for total, mass in zip(law.totals, law.probabilities, strict=True) if start <= total < start + width),
        )
        for start in range(low, high + 1, width)
    )  # fmt: skip
