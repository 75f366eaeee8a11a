"""Takes a Contrast; gives it as the cells of a table, and what a table says of them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from eia.present.text.numbers import MINUS, ratio
from eia.stats.models.contrast import FEW_CLUSTERS, Contrast, NoInterval

CLUSTERED = (
    "Intervals allow for people of one pool being treated alike (errors clustered by pool). With fewer than "
    f"{FEW_CLUSTERS} pools they are called unreliable: they are then likely to be too narrow."
)
DESCRIPTIVE = (
    "These differences describe: no evidence level rests on them. Their intervals do not allow for how many there are, so that some "
    "leave out “no difference” by chance alone."
)

_NO_INTERVAL: Mapping[NoInterval, str] = {
    "nobody to compare": "none: nobody to compare",
    "all the same": "none: all alike",
    "told by what is allowed for": "none: follows from what is allowed for",
    "one cluster": "none: one pool",
    "clusters agree": "none: the same in every pool",
    "one side alone": "none: one side alone placed",
    "not settled": "none: could not be worked out",
}


def contrast_cells(contrast: Contrast | None, shown: Callable[[float], str]) -> tuple[str, str]:
    """The estimate and its interval; dashes where there are too few people to tell. shown: how a number of this kind is printed."""
    if contrast is None or contrast.no_interval == "nobody to compare":
        return "–", "–"
    if contrast.interval is None:
        return shown(contrast.estimate), _NO_INTERVAL[contrast.no_interval] if contrast.no_interval else "–"
    limits = f"{shown(contrast.interval.low)} to {shown(contrast.interval.high)}"
    return shown(contrast.estimate), limits if contrast.reliable else f"{limits}, unreliable"


def per_cent(value: float) -> str:
    """A difference in per cent, with its sign; 0% has none.

    >>> per_cent(31.46), per_cent(-4.4), per_cent(0.04), per_cent(math.nan), per_cent(math.inf)
    ('+31%', '−4.4%', '0%', 'undefined', 'infinite')
    """
    if not math.isfinite(value):
        return ratio(value)
    shown = f"{abs(value):,.0f}" if abs(value) >= 9.95 else f"{abs(value):.1f}".removesuffix(".0")
    return f"{'' if shown == '0' else '+' if value > 0 else MINUS}{shown}%"
