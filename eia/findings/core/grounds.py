"""Takes a Comparison and its test; gives the Grounds of its finding: how sure we are, and what could have been seen at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from eia.case import Case
from eia.counts.cube import Counts
from eia.findings.core.comparisons import Comparison
from eia.findings.core.finding import Grounds
from eia.stats.effect_sizes.rates import selection_rates
from eia.stats.exact.tails import TIED
from eia.stats.results import StratifiedTest
from eia.stats.sensitivity.fragility import fragility
from eia.stats.sensitivity.minimum_detectable import minimum_detectable
from eia.stats.sensitivity.missing_answer_bounds import (
    MissingAnswerBounds,
    TippingPoint,
    missing_answer_bounds,
    tipping_point,
)
from eia.stats.sensitivity.pool_contributions import PoolContributions


def grounds_before_choosing(comparison: Comparison, case: Case, *, asked: float) -> Grounds:
    """What these pools could show once somebody is chosen, the numbers to go being known.

    asked: the p that the family asks of one comparison. Numbers to go among people of known answer are rounded to whole people.
    """
    went = comparison.went if comparison.went is not None else np.zeros(comparison.group.size - 1)
    selected, group, total = np.rint(went).astype(np.int64), comparison.group[:-1], comparison.everyone[:-1]
    in_family, alone = (
        minimum_detectable(group_total=group, selected=selected, total=total, alpha=alpha)
        for alpha in (asked, case.analysis.alpha)
    )
    return Grounds(could_show=in_family, could_show_alone=alone)


def grounds(
    comparison: Comparison,
    test: StratifiedTest,
    driving: PoolContributions,
    case: Case,
    *,
    in_family: float,
    asked: float,
) -> Grounds:
    """Everything behind a finding that was tested.

    in_family: the mid-p that the family asks of any comparison, whatever the others show. asked: of this one, the others being as they are.
    """
    margins = comparison.margins()
    unknown, tipping = _unknown(comparison, margins, test, asked)
    return replace(
        grounds_before_choosing(comparison, case, asked=in_family),
        rates=selection_rates(
            **{name: int(people.sum()) for name, people in margins.items()}, level=case.analysis.level
        ),
        fragility=fragility(**margins, alpha=asked),
        driving=driving,
        unknown=unknown,
        tipping=tipping,
    )


def _unknown(
    comparison: Comparison, margins: dict[str, Counts], test: StratifiedTest, asked: float
) -> tuple[MissingAnswerBounds | None, TippingPoint | None]:
    """What the answers not known could make of a test; and, where that differs, how many of those selected decide."""
    if comparison.unknown_went is None or not comparison.unknown.any():
        return None, None
    counts = margins | {
        "unknown_selected": comparison.unknown_went,
        "unknown_retained": comparison.unknown - comparison.unknown_went,
    }
    bounds = missing_answer_bounds(**counts)
    ways = (_found(asked, against=True), _found(asked, against=False))
    for found in sorted(ways, key=lambda way: way(test.midp, test.excess), reverse=True):
        if found(bounds.least.midp, bounds.least.excess) != found(bounds.most.midp, bounds.most.excess):
            return bounds, tipping_point(**counts, holds=found)
    return bounds, None


def _found(asked: float, *, against: bool) -> Callable[[float, float], bool]:
    """Whether a test of this mid-p and excess would be found against the group, or for it."""
    return lambda midp, excess: midp <= asked * (1.0 + TIED) and (excess > 0) == against
