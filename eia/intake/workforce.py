"""Holds the Workforce: the checked table of people that everything after the intake rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from eia.intake.extras.redeployment import Redeployment
from eia.intake.intake_record import Intake
from eia.vocabulary.characteristics import Dimension

Codes = npt.NDArray[np.int32]
Numbers = npt.NDArray[np.float32]
Counts = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One thing by which people are scored; ``weight`` as the file gives it, or None."""

    name: str
    weight: float | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Scores:
    """Marks of everybody, aligned with the frame of the Workforce, nan where not given.

    marks: one column a criterion, in the order of ``criteria``, which hold their weights. total: None where it is neither given
    nor can be worked out from marks and weights. total_given: whether the file gives it.
    """

    criteria: tuple[Criterion, ...]
    marks: pd.DataFrame
    total: pd.Series | None
    total_given: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Absences:
    """Days of absence of everybody, aligned with the frame of the Workforce: a column a kind, 0 where the file gives none."""

    days: pd.DataFrame


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Everybody:
    """All people as counts, where an engine holds them: of those outside the pools nothing else is known.

    places: each combination of pool, unit, post and outcome that anybody is in, in columns as those of the frame of a Workforce. people: how many are
    in each, (places,). groups: by characteristic how many of each group are, (groups, places).
    """

    places: pd.DataFrame
    people: Counts
    groups: Mapping[str, Counts]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Workforce:
    """Everybody in the file, once each, without references and without columns that nobody asked for.

    frame: one row a person; of a table in an engine only of those in pools, or of nobody. Its columns are those of :data:`eia.vocabulary.person_columns.PERSON_COLUMNS`, which says what each
    holds, as far as the files tell them, and then one for each characteristic, under its key: an ordered categorical of its
    groups, with those that nobody is in. dimensions: each characteristic with its groups and their kinds, in the order of the
    pages. posts: how many posts they hold, more than people where somebody has several. fte: full-time equivalents in all, or
    None. scores: None without a file of them, and so absences. redeployment: who may have priority for which vacancies, None where the case
    names no file of leave. everybody: as counts, where an engine holds them; None where all are in the frame. intake: what was read, and
    what was done to it.
    """

    frame: pd.DataFrame
    dimensions: Mapping[str, Dimension]
    posts: int
    fte: float | None
    intake: Intake
    scores: Scores | None = None
    absences: Absences | None = None
    redeployment: Redeployment | None = None
    everybody: Everybody | None = None

    @property
    def people(self) -> int:
        """How many there are."""
        return len(self.frame) if self.everybody is None else int(self.everybody.people.sum())

    @property
    def counted(self) -> pd.DataFrame | Everybody:
        """Everybody, as they are known: one by one, or as counts."""
        return self.frame if self.everybody is None else self.everybody

    @property
    def in_pools(self) -> int:
        """How many are in a pool."""
        places, people = self.by_place
        return int(people[codes_of(places, "pool") >= 0].sum())

    @property
    def by_place(self) -> tuple[pd.DataFrame, Counts]:
        """Pool, unit, post and outcome of everybody, and how many people each row is: one, where they are not counts."""
        if self.everybody is None:
            return self.frame, np.ones(len(self.frame), dtype=np.int64)
        return self.everybody.places, self.everybody.people

    @property
    def holds_people(self) -> bool:
        """Whether those in pools are in the frame, and not counts alone."""
        return self.everybody is None or len(self.frame) == self.in_pools

    def __repr__(self) -> str:
        """The size of it, and what is still to be asked; nobody's values."""
        told = [f"{self.people:,} people"]
        if not self.intake.one_pool:
            told.append(f"{len(labels_of(self.frame, 'pool')):,} pools")
        told.append(f"characteristics: {', '.join(self.dimensions)}")
        if asked := len(self.intake.questions) + len(self.intake.held_back):
            told.append(f"open questions: {asked}")
        return f"<Workforce: {'; '.join(told)}>"


def codes_of(people: pd.DataFrame, column: str) -> Codes:
    """The codes of a column of groups or labels, -1 for none: wide enough for arithmetic, as the narrow ones of pandas are not."""
    codes: Codes = people[column].array.codes.astype(np.int32)
    return codes


def labels_of(people: pd.DataFrame, column: str) -> tuple[str, ...]:
    """What the codes of a column stand for."""
    return tuple(people[column].cat.categories)


def outcomes_of(people: pd.DataFrame) -> Codes | None:
    """The outcomes: 0 for retained and 1, 2, ... for the stages in their order; None while nobody has been chosen."""
    return codes_of(people, "outcome") if "outcome" in people else None


def numbers_of(people: pd.DataFrame, column: str) -> Numbers | None:
    """A column of numbers, nan where not known; None where no file says."""
    return people[column].to_numpy() if column in people else None
