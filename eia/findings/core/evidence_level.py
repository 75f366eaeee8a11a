"""Takes what a test of any question says and the conventions of the case; gives the evidence level, direction and reasons."""

from __future__ import annotations

from collections.abc import Sequence

from eia.case import Analysis
from eia.findings.core.finding import Direction, Level, Reason
from eia.stats.bounds.stratified_test_bounds import StratifiedTestBounds
from eia.stats.permutation.logrank import LogrankTest
from eia.stats.permutation.trend import TrendTest
from eia.stats.results import Interval


def judge(
    *,
    pvalue: float,
    adjusted_p: float,
    odds_ratio: Interval,
    excess: float,
    conventions: Analysis,
    doubts: Sequence[Reason] = (),
) -> tuple[Level, Direction | None, tuple[Reason, ...]]:
    """The first level that holds, in the order of the design.

    pvalue, adjusted_p: of the comparison alone, and in its family. odds_ratio: the headline interval. excess: people above
    expectation, for the direction. doubts: what else stands in the way of saying that no disparity was found.

    found: adjusted p at or below alpha and the interval excludes 1. could be chance: the unadjusted p is at or below alpha, but
    it is not found. cannot tell: the interval reaches beyond what would matter, or there is a doubt. not found: the interval
    lies inside. (Not tested is for the caller to say, who knows why.)
    """
    direction: Direction = "against" if excess > 0 else "for"
    excludes_one = odds_ratio.low > 1 or odds_ratio.high < 1
    if adjusted_p <= conventions.alpha and excludes_one:
        return "found", direction, ()
    if pvalue <= conventions.alpha:
        return "could be chance", direction, ()
    wide = odds_ratio.low < 1 / conventions.matters or odds_ratio.high > conventions.matters
    reasons: tuple[Reason, ...] = (*(("interval too wide",) if wide else ()), *doubts)
    return ("cannot tell" if reasons else "not found"), None, reasons


def judge_bounds(
    test: StratifiedTestBounds, *, least_p: float, most_p: float, conventions: Analysis
) -> tuple[Level, Direction | None, tuple[Reason, ...]]:
    """The level that every table that fits gives: that of the largest p. least_p, most_p: in the family, the least and the most it can be.

    "cannot tell" where a smaller p that fits would give another level, or where not finding anything rests on whether the pools agree,
    which is not known of ranges.
    """
    alpha = conventions.alpha
    one_sided = test.excess.low > 0 or test.excess.high < 0
    largest, adjusted = (test.midp.high, most_p) if one_sided else (1.0, 1.0)
    if least_p <= alpha < adjusted and test.midp.low <= alpha:
        return "cannot tell", None, ("counts are ranges",)
    doubts: list[Reason] = ["counts are ranges"] if test.midp.low <= alpha < largest else []
    doubts += ["needs exact counts"] if test.informative_pools.high > 1 else []
    return judge(
        pvalue=largest,
        adjusted_p=adjusted,
        odds_ratio=test.interval,
        excess=test.excess.low if test.excess.low > 0 else test.excess.high,
        conventions=conventions,
        doubts=doubts,
    )


def judge_number(
    test: TrendTest | LogrankTest, adjusted_p: float, conventions: Analysis
) -> tuple[Level, Direction | None]:
    """The level of a comparison of numbers within pools, such as ages. direction: "against" where z is above 0.

    Never "not found": that an average stands still can hide what happens at some numbers.
    """
    direction: Direction = "against" if test.z > 0 else "for"
    if test.informative_pools == 0:
        return "not tested", None
    if adjusted_p <= conventions.alpha:
        return "found", direction
    if test.pvalue <= conventions.alpha:
        return "could be chance", direction
    return "cannot tell", None
