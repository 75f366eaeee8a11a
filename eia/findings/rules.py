"""Takes the result of a test and the conventions of the case; gives the evidence level, its direction and the reasons."""

from __future__ import annotations

from eia.case import Analysis
from eia.findings.finding import Direction, Level, Reason
from eia.stats.results import StratifiedTest


def judge(
    test: StratifiedTest, adjusted_p: float, agreement: float, conventions: Analysis
) -> tuple[Level, Direction | None, tuple[Reason, ...]]:
    """The first level that holds, in the order of the design.

    not tested: no pool can say anything; why is for the caller to say, who knows the pools. found: adjusted p at or below
    alpha and the mid-p interval excludes 1. could be chance: the unadjusted mid-p is at or below alpha, but it is not
    found. cannot tell: the interval reaches beyond what would matter, or the pools differ. not found: the interval lies
    inside.
    """
    if test.informative_pools == 0:
        return "not tested", None, ()
    interval = test.odds_ratio.midp_interval
    direction: Direction = "against" if test.excess > 0 else "for"
    excludes_one = interval.low > 1 or interval.high < 1
    if adjusted_p <= conventions.alpha and excludes_one:
        return "found", direction, ()
    if test.midp <= conventions.alpha:
        return "could be chance", direction, ()
    reasons: list[Reason] = []
    if interval.low < 1 / conventions.matters or interval.high > conventions.matters:
        reasons.append("interval too wide")
    if agreement <= conventions.alpha:
        reasons.append("pools differ")
    return ("cannot tell" if reasons else "not found"), None, tuple(reasons)
