"""Takes what a case says of changes to try; gives the parts that hold them: how scores select, and each change of rule by name.

A change acts on criteria, pools and numbers, and never on a group of people: no key here can name a characteristic.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from eia.case.proposal import Date, Name, Part, Text
from eia.vocabulary.synonyms import AbsenceKind

Weight = Annotated[float, Field(ge=0, le=1_000_000)]
Steps = Annotated[tuple[tuple[float, float], ...], Field(min_length=1, max_length=100)]
"""Pairs of a figure and what everything from there on is worth, in rising order."""


def _rising(name: str, steps: Mapping[str, Steps]) -> None:
    for pairs in steps.values():
        if any(later[0] <= earlier[0] for earlier, later in pairwise(pairs)):
            raise ValueError(f"the steps of {name} begin at rising figures")


class Scoring(Part):
    """How the employer's scores select.

    selects: whether those with the "lowest" totals are selected, or the "highest". points: criterion -> what days of absence are worth, as pairs of
    days and marks: from so many days on, so many marks.
    """

    selects: Literal["lowest", "highest"] = "lowest"
    points: Mapping[Name, Steps] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        _rising("points", self.points)
        return self


class Scenario(Part):
    """One change to try, everything else staying as it is; the number to go from each pool too, unless it is changed.

    reason: why it is tried. tried_on: the day. Of the criteria: without, those left out; weights, new ones by criterion, or all "equal"; most,
    least: a criterion's cap and floor, in marks; bands: marks in steps, as pairs of a mark and what everything from there on is worth;
    absences_out: kinds of absence whose days do not count, by the points of ``[scoring]``; missing: what stands in for a mark that is missing,
    "as now", the "pool mean", or "not counted" with the other weights raised to make up for it; tie_break: what decides between equal
    totals, the longer "service" staying; rule: by "scores", or "last in, first out".
    Of the pools: to_go, new numbers; merged: new pool -> the pools that it is made of; split: pool -> whether each "unit" or each "post" in it
    becomes one, as many going from each as now; out_of_scope: pools, or posts, that are not at risk; vacancies_kept: pool -> so many fewer go,
    because vacancies are kept for them; volunteers_first: whether those who applied to leave are accepted before anybody is selected.
    """

    reason: Text = ""
    tried_on: Date | None = None
    without: tuple[Name, ...] = ()
    weights: Literal["equal"] | Annotated[Mapping[Name, Weight], Field(min_length=1)] | None = None
    most: Mapping[Name, float] = Field(default_factory=dict)
    least: Mapping[Name, float] = Field(default_factory=dict)
    bands: Mapping[Name, Steps] = Field(default_factory=dict)
    absences_out: tuple[AbsenceKind, ...] = ()
    missing: Literal["as now", "pool mean", "not counted"] = "as now"
    tie_break: Literal["service"] | None = None
    rule: Literal["scores", "last in, first out"] = "scores"
    to_go: Mapping[Name, Annotated[int, Field(ge=0)]] = Field(default_factory=dict)
    merged: Mapping[Name, Annotated[tuple[Name, ...], Field(min_length=2)]] = Field(default_factory=dict)
    split: Mapping[Name, Literal["unit", "post"]] = Field(default_factory=dict)
    out_of_scope: tuple[Name, ...] = ()
    vacancies_kept: Mapping[Name, Annotated[int, Field(ge=1)]] = Field(default_factory=dict)
    volunteers_first: bool = False

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        _rising("bands", self.bands)
        if self.rule != "scores" and self.of_marks:
            raise ValueError("last in, first out looks at no scores: leave what changes criteria out")
        if any(self.least.get(name, most) > most for name, most in self.most.items()):
            raise ValueError("a cap is not below the floor of the same criterion")
        parts = [pool for pools in self.merged.values() for pool in pools]
        if len(set(parts)) != len(parts) or set(parts) & set(self.split):
            raise ValueError("each pool is merged or split once")
        return self

    @property
    def of_marks(self) -> bool:
        """Whether it changes what anybody's criteria add up to."""
        return bool(
            self.without
            or self.weights
            or self.most
            or self.least
            or self.bands
            or self.absences_out
            or self.missing != "as now"
        )

    @property
    def of_pools(self) -> bool:
        """Whether it changes who is in which pool, or how many go."""
        return bool(
            self.to_go or self.merged or self.split or self.out_of_scope or self.vacancies_kept or self.volunteers_first
        )
