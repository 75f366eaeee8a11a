"""Takes the margins of pools; gives how likely each total of a group is where people are selected evenly within every pool."""

from __future__ import annotations

from dataclasses import dataclass

from numpy.typing import ArrayLike

from eia.stats.checks import strata
from eia.stats.exact.conditional_distribution import PoolMargins, add_up, tilt


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalsByChance:
    """How many of a group can be selected in all, and how likely each number is.

    totals: consecutive whole numbers; those that are left out have next to no probability. probabilities: of each, at odds ratio 1.
    """

    totals: tuple[int, ...]
    probabilities: tuple[float, ...]


def totals_by_chance(
    *, group_selected: ArrayLike, group_total: ArrayLike, selected: ArrayLike, total: ArrayLike
) -> TotalsByChance:
    """Give the law of the total that :func:`eia.stats.exact.stratified_test.stratified_test` holds the observed one against.

    Of the same arrays as that takes, of which ``group_selected`` decides nothing.

    >>> law = totals_by_chance(group_selected=[1], group_total=[2], selected=[2], total=[4])
    >>> law.totals, [round(6 * probability, 9) for probability in law.probabilities]
    ((0, 1, 2), [1.0, 4.0, 1.0])
    """
    _, group, going, everyone = strata(
        group_selected=group_selected, group_total=group_total, selected=selected, total=total
    )
    law = add_up(tilt(PoolMargins.of(group, going, everyone), 0.0))
    return TotalsByChance(totals=tuple(int(x) for x in law.x), probabilities=tuple(law.mass.tolist()))
