"""Holds the Finding: what one group of one characteristic shows under one question. Keys and numbers, never prose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from eia.case import Analysis, Question
from eia.findings.legal.legal_routes import Route
from eia.stats.bounds.ranges import Figure, Range, share
from eia.stats.bounds.split_bounds import SplitBounds
from eia.stats.bounds.stratified_test_bounds import StratifiedTestBounds
from eia.stats.effect_sizes.rates import Rates
from eia.stats.permutation.whole_posts import PermutedTest
from eia.stats.results import BinomialTest, Interval, Split, StratifiedTest
from eia.stats.sensitivity.fragility import Fragility
from eia.stats.sensitivity.minimum_detectable import MinimumDetectable
from eia.stats.sensitivity.missing_answer_bounds import MissingAnswerBounds, TippingPoint
from eia.stats.sensitivity.pool_contributions import PoolContributions
from eia.vocabulary.characteristics import Characteristic, Group

Level = Literal["found", "stands_out", "cannot_say", "not_found", "not_tested"]
STANDING_OUT: tuple[Level, ...] = ("found", "stands_out")
Direction = Literal["against", "for"]

Reason = Literal[
    "needs people",  # the chance model permutes posts with the people in them, which counts do not tell
    "posts not given",
    "no other arrangement",
    "no rest of the workforce",
    "whole workforce not given",
    "nobody in a pool",
    "one pool",
    "number to go not known",
    "nobody chosen yet",
    "everyone goes",
    "nobody goes",
    "nobody to compare",
    "interval too wide",
    "small p",  # and yet it neither is found nor stands out
    "pools differ",
    "few blocks",
    "few units",  # posts go in by whole units, of which there are too few
    "follows size",  # what is chosen depends on the size of posts or pools, and so may where the group works
    "follows units",  # it depends on whether posts are permuted or whole units
    "points apart",  # among posts of about one size, or among units, to the other side than among all
    "counts are ranges",
    "needs exact counts",
]
Caution = Literal["exact p disagrees", "pools differ", "smaller than matters", "size turns it"]

NOTHING_TO_STATE: frozenset[Reason] = frozenset(
    {"no rest of the workforce", "whole workforce not given", "nobody in a pool", "one pool", "number to go not known"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Headcounts:
    """How many people a finding speaks of: those whose answer is known.

    ``group_...`` counts the group, the other count of each pair the group and everyone it is compared with.
    workforce and in_scope (in any pool) count everybody, before any stage; there counts those still in a pool when people
    were chosen. workforce is None where the file holds only people in pools; where it is known as shares,
    group_workforce is a share and workforce 1. selected is None while neither selections nor numbers to go are known;
    group_selected is None while nobody has been chosen. left_out: people without a known answer.
    """

    group_workforce: float | None
    workforce: float | None
    group_in_scope: int
    in_scope: int
    group_there: int
    there: int
    group_selected: int | None
    selected: float | None
    left_out: int

    @property
    def even_share_of_pools(self) -> float | None:
        """People of the group there would be in pools at its share of the workforce; None where that is not known."""
        if not self.workforce or self.group_workforce is None:
            return None
        return self.in_scope * self.group_workforce / self.workforce

    @property
    def scope_excess(self) -> float | None:
        """People of the group in pools above that."""
        even = self.even_share_of_pools
        return None if even is None else self.group_in_scope - even


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadcountBounds:
    """The same where counts are ranges, each from the least to the most it can be.

    scope_excess: people of the group in pools, more than if even, over all tables that fit: narrower than the other ranges tell.
    """

    group_workforce: Range | None
    workforce: Range | None
    group_in_scope: Range
    in_scope: Range
    group_there: Range
    there: Range
    group_selected: Range | None
    selected: Range | None
    left_out: Range
    scope_excess: Range | None

    @property
    def even_share_of_pools(self) -> Range | None:
        """People of the group there would be in pools at its share of the workforce; None where that is not known."""
        if self.workforce is None or self.group_workforce is None or not self.workforce.high:
            return None
        even = share(self.group_workforce, self.workforce)
        return Range(low=self.in_scope.low * even.low, high=self.in_scope.high * even.high)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """What stands behind one finding of who is selected within each pool.

    could_show, could_show_alone: the smallest disparity these pools could show, at the p that the family asks of this comparison,
    and at alpha for a comparison made alone. The others are None while nobody has been chosen. fragility: exchanges of two
    people inside a pool after which what is found would turn. rates: of all pools taken together. driving: the pools that the excess comes from. unknown: what
    the answers not known could make of it, None where all are known; tipping: how many of those selected decide.
    """

    could_show: MinimumDetectable
    could_show_alone: MinimumDetectable
    rates: Rates | None = None
    fragility: Fragility | None = None
    driving: PoolContributions | None = None
    unknown: MissingAnswerBounds | None = None
    tipping: TippingPoint | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One group, one question. Where counts are exact a figure is a number; where they are ranges it is a Range over all tables that fit,
    and a level is given only where every one of them gives it.

    level: the evidence level; direction: against the group (more of it go) or for it, None where nothing is said.
    reasons: why the level is what it is. split: the excess in people as scope + spread + selection, where it is known.
    conventions: of the case that it was judged by. adjusted_p: p within the family of this question, the largest that fits; nan where not
    tested; own_p: within the comparisons of its own characteristic alone. family: comparisons in the family.
    standing_out: how often, nothing being amiss, some group of the family stands out within its own characteristic; nan where not known.
    equivalence: the interval that has to lie within what matters before "no clear gap" is said.
    mirrored: the same comparison as that of the group before, seen from the other side, which counts once in the family.

    Scope and spread: permuted, the test that permutes whole posts, or the pools' shares to go; odds_ratio, its interval;
    drawn_one_by_one, for the annex only, the test as if people, not posts, had been put in pools one by one.

    Selection: test, the exact stratified test. agreement: p that the pools share one odds ratio; pools_differ: that they do and that none
    stands out among them, allowing for all comparisons. grounds: how sure we are,
    and what these pools could have shown at all. routes: the ways in law that it speaks to, with the dated rules as they were
    recorded when it was made.
    """

    question: Question
    characteristic: Characteristic
    group: Group
    people: Headcounts | HeadcountBounds
    split: Split | SplitBounds | None
    level: Level
    conventions: Analysis
    direction: Direction | None = None
    reasons: tuple[Reason, ...] = ()
    adjusted_p: float = float("nan")
    own_p: float = float("nan")
    family: int = 0
    standing_out: float = float("nan")
    equivalence: Interval | None = None
    mirrored: bool = False
    permuted: PermutedTest | None = None
    odds_ratio: Interval | None = None
    drawn_one_by_one: StratifiedTest | BinomialTest | None = None
    test: StratifiedTest | StratifiedTestBounds | None = None
    agreement: float = float("nan")
    pools_differ: float = float("nan")
    grounds: Grounds | None = None
    routes: tuple[Route, ...] = ()

    @property
    def in_ranges(self) -> bool:
        """Whether some counts behind it are known only as ranges."""
        return isinstance(self.people, HeadcountBounds)

    @property
    def stated(self) -> bool:
        """Whether a question of shares, scope or spread, is answered in people, whatever can be said of chance."""
        return self.question != "selection" and not NOTHING_TO_STATE.intersection(self.reasons)

    @property
    def tested(self) -> StratifiedTest | None:
        """The test of exact counts, where any pool could tell something."""
        return self.test if isinstance(self.test, StratifiedTest) and self.test.informative_pools else None

    @property
    def bounds(self) -> StratifiedTestBounds | None:
        """The test over all tables that fit, where counts are ranges and any pool could tell something."""
        return self.test if isinstance(self.test, StratifiedTestBounds) else None

    @property
    def excess(self) -> Figure | None:
        """People of the group more than if even under this question; None where it is not known.

        In pools for scope; selected for spread and selection.
        """
        if self.question == "scope":
            return self.people.scope_excess
        if self.split is None or (self.question == "spread" and not self.stated):
            return None
        return self.split.spread if self.question == "spread" else self.split.selection

    @property
    def in_all(self) -> Figure | None:
        """People of the group selected, more than if the cuts fell evenly on the workforce; before selection, what is settled already."""
        if self.split is None:
            return None
        return self.split.overall_before_selection if self.split.overall is None else self.split.overall

    @property
    def cautions(self) -> tuple[Caution, ...]:
        """What a clear gap has to be treated with caution for. Selection: the exact p is above alpha, the pools do not share one odds
        ratio, all odds ratios that fit lie within what the case treats as not mattering. Spread: it lies among pools of about one size, and
        among all of them together the other way."""
        if self.level not in STANDING_OUT:
            return ()
        test, matters = self.test, self.conventions.matters
        if not isinstance(test, StratifiedTest):
            turned = self.permuted is not None and self.permuted.gap * self.permuted.excess < 0
            return ("size turns it",) if turned else ()
        if self.level != "found":
            return ()
        limits = test.odds_ratio.midp_interval
        holds: dict[Caution, bool] = {
            "exact p disagrees": test.pvalue > self.conventions.alpha,
            "pools differ": self.pools_differ <= self.conventions.alpha,
            "smaller than matters": 1 / matters < limits.low and limits.high < matters,
        }
        return tuple(caution for caution, does in holds.items() if does)

    def summary(self) -> str:
        """The sentences of evidence of this finding, as text."""
        from eia.present.text.overview import finding_summary

        return finding_summary(self)
