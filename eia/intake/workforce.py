"""Holds the Workforce: the checked table that everything after the intake rests on, and what was done to get there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt

from eia.vocabulary.characteristics import Characteristic, Group

if TYPE_CHECKING:
    from eia.intake.extras.redeployment import Redeployment

Codes = npt.NDArray[np.int32]
Numbers = npt.NDArray[np.float32]
Numbers64 = npt.NDArray[np.float64]

Bools = npt.NDArray[np.bool_]
Change = Literal["downgraded", "hours cut", "pay cut", "moved"]

NO_POOL = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """One characteristic of everybody: ``groups[codes[i]]`` is the group of person i. Groups nobody is in are kept."""

    characteristic: Characteristic
    groups: tuple[Group, ...]
    codes: Codes


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A plain column of labels, such as the post: ``labels[codes[i]]`` is the label of person i; code -1 is none."""

    labels: tuple[str, ...]
    codes: Codes


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One thing by which people are scored; ``weight`` as the file gives it, or None."""

    name: str
    weight: float | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Scores:
    """Marks of everybody: ``marks[c, i]`` is that of person i by criterion c, nan where not given.

    total: of each person, nan where not known; None where it is neither given nor can be worked out from marks and weights.
    total_given: whether the file gives it.
    """

    criteria: tuple[Criterion, ...]
    marks: Numbers64
    total: Numbers64 | None
    total_given: bool

    def of(self, people: npt.NDArray[np.bool_] | npt.NDArray[np.intp] | slice) -> Scores:
        """The same of some of the people, or of all in another order."""
        total = None if self.total is None else self.total[people]
        return Scores(criteria=self.criteria, marks=self.marks[:, people], total=total, total_given=self.total_given)


@dataclass(frozen=True, slots=True)
class Mapped:
    """A header of the file and the column of the model that it was taken for."""

    header: str
    column: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A header that may be a column of the model: not used until the case says so. reason: why it may be."""

    header: str
    column: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recoding:
    """What was done to a column: ``rule`` in plain words, and the number of rows it touched."""

    column: str
    rule: str
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldBack:
    """A characteristic that is not assessed, and why. Labels are given only where they cannot point at a person.

    labels: with the rows of each, in words. key, unread: the characteristic to which the case can map labels, and those
    that it could map, as the file has them.
    """

    characteristic: str
    reason: str
    rows: int
    labels: tuple[str, ...] = ()
    key: str = ""
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file that was read. encoding: how it is written, in words. remarks: what was left out or decided when it was opened."""

    file: str
    sha256: str
    encoding: str
    rows: int
    remarks: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """The record of reading: files, columns, what was dropped or recoded, what was held back. No person's values."""

    sources: tuple[Source, ...]
    mapped: tuple[Mapped, ...] = ()
    asked: tuple[Asked, ...] = ()
    unused: tuple[str, ...] = ()
    empty_rows: int = 0
    recodings: tuple[Recoding, ...] = ()
    held_back: tuple[HeldBack, ...] = ()
    one_pool: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Afterwards:
    """What came of everybody beside the outcome, one entry a person in every array; None where no file says.

    applied: for voluntary exit, accepted or not. changes: of people who stay in work, whether each is downgraded, has hours
    or pay cut, or is moved to another place: 1 yes, 0 no, -1 not said or not in work. pay_lost: pounds a year, below 0 where pay
    rises; protected: months of pay protection of those who lose pay; waited: days in the redeployment pool; nan where not
    known. placed: whether the wait ended in a new post.
    """

    applied: Bools | None = None
    changes: Mapping[Change, Codes] = field(default_factory=dict)
    pay_lost: Numbers | None = None
    protected: Numbers | None = None
    waited: Numbers | None = None
    placed: Bools | None = None

    def of(self, people: Bools | npt.NDArray[np.intp] | slice) -> Afterwards:
        """The same of some of the people, or of all in another order."""
        return Afterwards(
            applied=None if self.applied is None else self.applied[people],
            changes={change: codes[people] for change, codes in self.changes.items()},
            pay_lost=None if self.pay_lost is None else self.pay_lost[people],
            protected=None if self.protected is None else self.protected[people],
            waited=None if self.waited is None else self.waited[people],
            placed=None if self.placed is None else self.placed[people],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Workforce:
    """Everybody in the file, one entry a person in every array, without references and without unneeded columns.

    posts: how many posts they hold, which are more than they are where somebody has several. pool: -1 for
    people in no pool. outcome: None while nobody has been chosen; else 0 for retained and 1, 2, ... for the stages in the
    order of the case. age and service: years, nan where not known; None where the file does not say. leaving_age and
    leaving_service: the same on the day of the first dismissal; None where nothing tells them from these.
    fte: full-time equivalents in all, or None. round: the round of selection in which each was chosen, from 1, and 0
    for those who were not; None where the file names no rounds. hours: full-time equivalent of each, pay: pounds a year of
    each, as the case says it is meant, of the main post; nan where not known, None where the file does not say. scores: as
    a file of them gives them, None without one. redeployment: who may have priority for which vacancies, None where the
    case names no file of leave. afterwards: what came of each beside the outcome; None where no file says anything of it.
    """

    people: int
    posts: int
    pool: Labelled
    unit: Labelled
    post: Labelled
    outcome: Codes | None
    answers: Mapping[str, Answers]
    age: Numbers | None
    service: Numbers | None
    leaving_age: Numbers | None
    leaving_service: Numbers | None
    fte: float | None
    round: Codes | None
    hours: Numbers | None
    pay: Numbers | None
    scores: Scores | None
    intake: Intake
    redeployment: Redeployment | None = None
    afterwards: Afterwards | None = None
