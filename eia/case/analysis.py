"""Takes what a case says of the analysis; gives the parts that hold it: questions, conventions, what may be published, what the response names."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from eia import budget
from eia.case.proposal import Name, Part, Share
from eia.vocabulary.characteristics import characteristics

Question = Literal["scope", "spread", "selection"]

QUESTIONS: tuple[Question, ...] = ("scope", "spread", "selection")
ALPHAS = (0.01, 0.05, 0.1)
MOST_NAMED = 4
"""Groups chosen for the response: it is to stay a letter."""


def adjusters() -> tuple[str, ...]:
    """What a disparity may be shown allowing for: age and service in years, and any built-in characteristic."""
    return ("age", "service", *(key for key in characteristics() if key != "age"))


class AnotherPool(Part):
    """Another pool for comparison than the default of one question: who else the practice may be said to apply to, and why.

    question: the question that is also answered so. reason: why these are the people to compare. pools: only people of these; for who goes
    within a job they are compared as one pool. units: only people of these, in pools or not.
    """

    question: Question
    reason: Annotated[str, Field(min_length=1, max_length=2000)]
    pools: tuple[Name, ...] = ()
    units: tuple[Name, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if not self.pools and not self.units:
            raise ValueError("another pool for comparison names pools or units")
        if self.question == "scope" and self.pools:
            raise ValueError("which jobs are at risk compares people in pools with the rest: name units, not pools")
        return self


class Analysis(Part):
    """The conventions of the analysis. None of them is law: pages print them as conventions.

    level: of every interval. alpha: the adjusted p at or below which a gap counts as clear, one of ALPHAS. matters: the odds
    ratio (or its inverse) beyond which a gap would matter; where the interval reaches beyond it nothing can be said. age_bands: the lower
    edges of all age bands but the first, in years. draws, seed: how many even-handed
    proposals are drawn where chance is worked out by drawing, and the number that makes the same ones be drawn again.
    declared, declared_on: the characteristic that this assessment is most of all about, and the day it was said, before anybody saw who is
    selected: half of the error of each family is kept for its groups.
    adjust_for: what a gap is also shown allowing for, named before anything is looked at. overlaps_of_three:
    characteristics whose groups are looked at three at a time, beside every two.
    """

    questions: Annotated[tuple[Question, ...], Field(min_length=1)] = QUESTIONS
    level: Share = 0.95
    alpha: Share = 0.05
    matters: Annotated[float, Field(gt=1, le=3)] = 2.0
    age_bands: Annotated[tuple[int, ...], Field(min_length=1)] = (25, 35, 45, 55, 65)
    draws: Annotated[int, Field(ge=999, le=budget.DRAWS)] = 10_000
    seed: Annotated[int, Field(ge=0, lt=2**32)] = 1
    declared: Name | None = None
    declared_on: datetime.date | None = None
    adjust_for: Annotated[tuple[Name, ...], Field(max_length=10)] = ()
    overlaps_of_three: Annotated[tuple[tuple[Name, Name, Name], ...], Field(max_length=20)] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if list(self.age_bands) != sorted(set(self.age_bands)) or not all(14 <= edge <= 100 for edge in self.age_bands):
            raise ValueError("age bands are whole years between 14 and 100, each higher than the one before")
        if len(set(self.questions)) != len(self.questions):
            raise ValueError("each question is named once")
        if unfit := [name for name in self.adjust_for if name not in adjusters()]:
            raise ValueError(
                f"not to be allowed for: {', '.join(unfit)}; scores, ratings, absence and whatever else people are chosen by are the "
                f"practice under test. Allowed: {', '.join(adjusters())}"
            )
        if unknown := {name for names in self.overlaps_of_three for name in names} - set(characteristics()):
            raise ValueError(f"no built-in characteristics: {', '.join(sorted(unknown))}")
        if any(len(set(names)) < 3 for names in self.overlaps_of_three):
            raise ValueError("an overlap of three names three different characteristics")
        if (self.declared is None) != (self.declared_on is None):
            raise ValueError(
                "a characteristic is declared with the day it was said: give declared and declared_on, or neither"
            )
        if abs(self.level + self.alpha - 1) > 1e-9:
            raise ValueError("level and alpha belong together: alpha is 1 minus level")
        if not any(abs(self.alpha - usual) < 1e-9 for usual in ALPHAS):
            raise ValueError(f"alpha is one of {', '.join(map(str, ALPHAS))}")
        return self

    @property
    def equivalence_level(self) -> float:
        """The level of the interval that has to lie within what matters before "no clear gap" is said: both of its ends are tests at alpha, or at
        5% where alpha is larger."""
        return max(0.9, 1.0 - 2.0 * self.alpha)

    def changed(self) -> tuple[str, ...]:
        """Which of the conventions that decide what is said are not the usual ones."""
        usual = Analysis()
        return tuple(name for name in ("alpha", "matters", "declared") if getattr(self, name) != getattr(usual, name))


class Publication(Part):
    """What a published version may show: no count below ``smallest_count``."""

    smallest_count: Annotated[int, Field(ge=3, le=100)] = 10


class Response(Part):
    """What the response to the employer names. findings: groups that it names before others, each as "disability: Disabled"; as many as it has room for."""

    findings: Annotated[
        tuple[Annotated[Name, Field(pattern=r"^[a-z][a-z0-9_]*: \S")], ...], Field(max_length=MOST_NAMED)
    ] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if len(set(self.findings)) != len(self.findings):
            raise ValueError("each finding is named once")
        return self
