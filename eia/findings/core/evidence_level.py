"""Takes what a test of any question says and the conventions of the case; gives the evidence level, direction and reasons."""

from __future__ import annotations

from collections.abc import Sequence

from eia.case import Analysis
from eia.findings.core.finding import Direction, Level, Reason
from eia.stats.bounds.stratified_test_bounds import StratifiedTestBounds
from eia.stats.permutation.logrank import LogrankTest
from eia.stats.permutation.trend import TrendTest
from eia.stats.results import Interval

SMALL_P = 0.05
"""At or below this p nothing is called "no clear gap", whatever conventions the case has."""

Judgement = tuple[Level, Direction | None, tuple[Reason, ...]]


def judge(
    *,
    pvalue: float,
    adjusted_p: float,
    own_p: float,
    odds_ratio: Interval,
    equivalence: Interval,
    excess: float,
    conventions: Analysis,
    doubts: Sequence[Reason] = (),
) -> Judgement:
    """The first level that holds, in the order of the design.

    pvalue, adjusted_p, own_p: of the comparison alone, in its family, and in the family of its own characteristic. odds_ratio: the headline
    interval. equivalence: the narrower one, both of whose ends are tests at alpha. excess: people above expectation, for the direction.
    doubts: what else stands in the way of saying that there is no clear gap.

    found: adjusted p at or below alpha and the headline interval excludes 1. stands_out: p within its own characteristic at or below alpha, or 0.05
    where alpha is smaller. cannot_say: the equivalence interval reaches beyond what would matter, p alone is that small, or there is a
    doubt. not_found: it lies inside. (Not tested is for the caller to say, who knows why.)
    """
    direction: Direction = "against" if excess > 0 else "for"
    small, matters = max(conventions.alpha, SMALL_P), conventions.matters
    if adjusted_p <= conventions.alpha and (odds_ratio.low > 1 or odds_ratio.high < 1):
        return "found", direction, ()
    if own_p <= small:
        return "stands_out", direction, ()
    wide = equivalence.low < 1 / matters or equivalence.high > matters
    reasons: tuple[Reason, ...] = (
        *(("interval too wide",) if wide else ()),
        *(("small p",) if pvalue <= small else ()),
        *doubts,
    )
    return ("cannot_say" if reasons else "not_found"), None, reasons


def judge_bounds(
    test: StratifiedTestBounds,
    *,
    least_p: float,
    most_p: float,
    own_p: float,
    equivalence: Interval,
    conventions: Analysis,
) -> Judgement:
    """The level that every table that fits gives: that of the largest p. least_p, most_p: in the family, the least and the most it can be;
    own_p: the most it can be in that of its own characteristic.

    "cannot_say" where a smaller p that fits would give another level, or where not finding anything rests on whether the pools agree,
    which is not known of ranges.
    """
    alpha = conventions.alpha
    one_sided = test.excess.low > 0 or test.excess.high < 0
    largest, adjusted, own = (test.midp.high, most_p, own_p) if one_sided else (1.0, 1.0, 1.0)
    if least_p <= alpha < adjusted and test.midp.low <= alpha:
        return "cannot_say", None, ("counts are ranges",)
    doubts: list[Reason] = ["counts are ranges"] if test.midp.low <= max(alpha, SMALL_P) < largest else []
    doubts += ["needs exact counts"] if test.informative_pools.high > 1 else []
    return judge(
        pvalue=largest,
        adjusted_p=adjusted,
        own_p=own,
        odds_ratio=test.interval,
        equivalence=equivalence,
        excess=test.excess.low if test.excess.low > 0 else test.excess.high,
        conventions=conventions,
        doubts=doubts,
    )


def judge_number(
    test: TrendTest | LogrankTest, *, adjusted_p: float, own_p: float, conventions: Analysis
) -> tuple[Level, Direction | None]:
    """The level of a comparison of numbers within pools, such as ages. direction: "against" where z is above 0.

    Never "not_found": that an average stands still can hide what happens at some numbers.
    """
    direction: Direction = "against" if test.z > 0 else "for"
    if test.informative_pools == 0:
        return "not_tested", None
    if adjusted_p <= conventions.alpha:
        return "found", direction
    if own_p <= max(conventions.alpha, SMALL_P):
        return "stands_out", direction
    return "cannot_say", None
