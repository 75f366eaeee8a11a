"""Takes a Comparison and its test; gives the Grounds of its finding: how far it holds, and what could have been seen at all."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypedDict

import numpy as np
import numpy.typing as npt

from eia.case import Case
from eia.findings.core.comparisons import Comparison
from eia.findings.core.finding import Grounds
from eia.stats.effect_sizes.rates import Rates, selection_rates
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
from eia.stats.sensitivity.pool_contributions import PoolContributions, pool_contributions


class _Counts(TypedDict):
    group_selected: npt.NDArray[np.int64]
    group_total: npt.NDArray[np.int64]
    selected: npt.NDArray[np.int64]
    total: npt.NDArray[np.int64]


class _Unknown(TypedDict):
    unknown_selected: npt.NDArray[np.int64]
    unknown_retained: npt.NDArray[np.int64]


def grounds_before_choosing(comparison: Comparison, case: Case, *, asked: float) -> Grounds | None:
    """What these pools could show once somebody is chosen; None while the numbers to go are not known.

    asked: the p that the family asks of one comparison. Numbers to go among people of known answer are rounded to whole people.
    """
    if comparison.went is None:
        return None
    return _could_show(comparison, case, asked)


def driving_of(comparison: Comparison) -> PoolContributions:
    """The pools that the excess of a comparison comes from."""
    return pool_contributions(**_counts(comparison))


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
    counts = _counts(comparison)
    could = _could_show(comparison, case, in_family)
    unknown, tipping = _unknown(comparison, counts, test, asked)
    return Grounds(
        could_show=could.could_show,
        could_show_alone=could.could_show_alone,
        rates=_rates(counts, case.analysis.level),
        fragility=fragility(**counts, alpha=asked),
        driving=driving,
        unknown=unknown,
        tipping=tipping,
    )


def _rates(counts: _Counts, level: float) -> Rates:
    return selection_rates(
        group_selected=int(counts["group_selected"].sum()),
        group_total=int(counts["group_total"].sum()),
        selected=int(counts["selected"].sum()),
        total=int(counts["total"].sum()),
        level=level,
    )


def _could_show(comparison: Comparison, case: Case, asked: float) -> Grounds:
    went = comparison.went if comparison.went is not None else np.zeros(comparison.group.size - 1)
    selected, group, total = np.rint(went).astype(np.int64), comparison.group[:-1], comparison.everyone[:-1]
    in_family, alone = (
        minimum_detectable(group_total=group, selected=selected, total=total, alpha=alpha)
        for alpha in (asked, case.analysis.alpha)
    )
    return Grounds(could_show=in_family, could_show_alone=alone)


def _counts(comparison: Comparison) -> _Counts:
    if comparison.group_went is None or comparison.went is None:
        raise ValueError("Nobody has been chosen.")
    return _Counts(
        group_selected=comparison.group_went,
        group_total=comparison.group[:-1],
        selected=comparison.went.astype(np.int64),
        total=comparison.everyone[:-1],
    )


def _unknown(
    comparison: Comparison, counts: _Counts, test: StratifiedTest, asked: float
) -> tuple[MissingAnswerBounds | None, TippingPoint | None]:
    """What the answers not known could make of a test; and, where that differs, how many of those selected decide."""
    if comparison.unknown_went is None or not comparison.unknown.any():
        return None, None
    unknown = _Unknown(
        unknown_selected=comparison.unknown_went, unknown_retained=comparison.unknown - comparison.unknown_went
    )
    bounds = missing_answer_bounds(**counts, **unknown)
    ways = (_found(asked, against=True), _found(asked, against=False))
    for found in sorted(ways, key=lambda way: way(test.midp, test.excess), reverse=True):
        if found(bounds.least.midp, bounds.least.excess) != found(bounds.most.midp, bounds.most.excess):
            return bounds, tipping_point(**counts, **unknown, holds=found)
    return bounds, None


def _found(asked: float, *, against: bool) -> Callable[[float, float], bool]:
    """Whether a test of this mid-p and excess would be found against the group, or for it."""
    return lambda midp, excess: midp <= asked * (1.0 + TIED) and (excess > 0) == against
