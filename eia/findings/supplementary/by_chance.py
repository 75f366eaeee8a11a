"""Takes a Finding; gives what chance would give of its group: how many selected within the same pools, or how many more or fewer than if even."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from eia.findings.core.finding import Finding
from eia.stats.exact.totals_by_chance import totals_by_chance

RARE = 0.0005
"""What is rarer than this at an end is left out: less than once in 1,000 times at both ends together."""
BARS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """Numbers of people from ``low`` to ``high``, how likely they are by chance, and whether the one observed is among them."""

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
    return _in_bars(law.totals, law.probabilities, finding.tested.observed)


def drawn_by_chance(excess: npt.NDArray[np.float64]) -> tuple[Bar, ...]:
    """The same of people more or fewer than if even, at every arrangement that was drawn, the one observed first; nothing where none was."""
    if not excess.size:
        return ()
    totals, times = np.unique(np.rint(excess), return_counts=True)
    return _in_bars(totals.astype(int).tolist(), (times / excess.size).tolist(), round(float(excess[0])))


def _in_bars(totals: Sequence[int], probabilities: Sequence[float], at: int) -> tuple[Bar, ...]:
    likely, before = [], 0.0
    for total, probability in zip(totals, probabilities, strict=True):
        if before + probability > RARE and before < 1 - RARE:
            likely.append(total)
        before += probability
    low, high = min([*likely, at]), max([*likely, at])
    width = -(-(high - low + 1) // BARS)
    return tuple(
        Bar(
            low=start, high=start + width - 1, observed=start <= at < start + width,
            probability=sum(mass for total, mass in zip(totals, probabilities, strict=True) if start <= total < start + width),
        )
        for start in range(low, high + 1, width)
    )  # fmt: skip
