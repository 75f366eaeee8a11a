"""Holds the Finding: what one group of one characteristic shows under one question. Keys and numbers, never prose."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from eia.case import Question
from eia.law.characteristics import Characteristic, Group
from eia.stats.results import BinomialTest, Split, StratifiedTest

Level = Literal["found", "could be chance", "cannot tell", "not found", "not tested"]
Direction = Literal["against", "for"]

Reason = Literal[
    "stated in people",  # the chance model of this question permutes posts, which this version does not do yet
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
    "pools differ",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
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
class Finding:
    """One group, one question.

    level: the evidence level; direction: against the group (more of it go) or for it, None where nothing is said.
    reasons: why the level is what it is. split: the excess in people as scope + spread + selection, where it is known.
    test: the exact stratified test (selection only). adjusted_p: Holm within the family of this question; nan where not
    tested. family: comparisons in the family. agreement: p that the pools share one odds ratio. mirrored: the same comparison as that of the group before, seen from the
    other side, which counts once in the family. drawn_one_by_one: for the annex only, the test as if people, not
    posts, had been put in pools one by one.
    """

    question: Question
    characteristic: Characteristic
    group: Group
    people: People
    split: Split | None
    level: Level
    direction: Direction | None = None
    reasons: tuple[Reason, ...] = ()
    test: StratifiedTest | None = None
    adjusted_p: float = float("nan")
    family: int = 0
    agreement: float = float("nan")
    mirrored: bool = False
    drawn_one_by_one: StratifiedTest | BinomialTest | None = None

    @property
    def stated(self) -> bool:
        """Told as numbers of people: this version has no test of chance for its question."""
        return self.reasons == ("stated in people",)

    @property
    def tested(self) -> StratifiedTest | None:
        """The test, where any pool could tell something."""
        return self.test if self.test and self.test.informative_pools else None

    @property
    def excess(self) -> float | None:
        """People of the group above what would be even-handed under this question; None where it is not known.

        In pools for scope; to go for spread and selection.
        """
        if self.question == "scope":
            return self.people.scope_excess
        if self.split is None:
            return None
        return self.split.spread if self.question == "spread" else self.split.selection
