"""Takes finished words of numbers; gives Figures: all that a document may print of how many people there are, in one of its two editions.

The parts of a document read numbers here and nowhere else. What is withheld is not here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from eia.case import Question
from eia.findings.core.finding import Level
from eia.findings.legal.legal_routes import Route
from eia.present.charts.specs import PairRow
from eia.present.documents.model import Edition, Table
from eia.present.text.words import group_name, listed
from eia.vocabulary.characteristics import Characteristic, Group


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownGap:
    """A gap as a document tells it. step: the question whose answer made it; level: what is said of it there; evidence: 2 for a clear gap, 1 where it
    stands out, otherwise 0.

    numbers, source, clear: sentences. seen, even: cells, of those selected and of how many would be if the cuts fell evenly. pair: both as the
    marks of a chart, of everybody selected; beside: the same of each group of the characteristic.
    """

    characteristic: Characteristic
    group: Group
    step: Question
    level: Level
    evidence: int
    routes: tuple[Route, ...]
    numbers: str
    source: str
    clear: str
    seen: str
    even: str
    pair: PairRow | None
    beside: tuple[PairRow, ...]

    @property
    def who(self) -> str:
        """The people of the gap as a noun."""
        return group_name(self.characteristic, self.group)

    @property
    def told(self) -> str:
        """The gap in short sentences, the number of people first."""
        return " ".join(filter(None, (self.numbers, self.source, self.clear)))


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRow:
    """A row of the table by characteristic: its group, three numbers and the word for the evidence. key: of the characteristic, none where the
    file does not have it."""

    title: str
    key: str
    group: str
    at_risk: str
    selected: str
    even: str
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """All numbers of people that a document prints, in words. None or nothing where a number is not known, or is withheld.

    notice: who may see them. guesses, first: what stands before any answer, of how the file was read, and of conventions. staff, at_risk, selected:
    totals. choice: in how many pools there was none. unnamed: that some groups are not named. no_gap, chance, levels: what is said where no group is named, of how often chance would do it, and of all groups under a question.
    missing: rows of answers not known. chosen: the gaps that the case names for the response, whether or not they are among the others. reading: how to read the numbers. leave, volunteers, redeployed: how many lose their jobs, how many of
    those leave by choice, and how many of those selected stay in work. later: clear gaps at other steps than
    selection; later_named: these steps, each with its groups. priority: who must be offered vacancies first. scored, criteria, left_out:
    of scores, the last two by criterion. alternatives, jobs: tables.
    """

    edition: Edition
    notice: str
    guesses: tuple[str, ...]
    first: tuple[str, ...]
    staff: str | None
    at_risk: str | None
    selected: str | None
    pools: int
    gaps: tuple[ShownGap, ...]
    no_gap: str
    chance: str
    levels: Mapping[Question, str]
    rows: tuple[ShownRow, ...]
    rows_note: str
    unknowns: tuple[str, ...]
    missing: tuple[tuple[str, ...], ...]
    reading: tuple[str, ...]
    priority: str
    leave: str | None = None
    volunteers: str = ""
    choice: str = ""
    unnamed: str = ""
    redeployed: str = ""
    chosen: tuple[ShownGap, ...] = ()
    later: tuple[str, ...] = ()
    later_named: str = ""
    scored: str = ""
    criteria: Mapping[str, str] = field(default_factory=dict)
    left_out: Mapping[str, str] = field(default_factory=dict)
    alternatives: Table | None = None
    jobs: Table | None = None

    @property
    def clear(self) -> tuple[ShownGap, ...]:
        """The gaps for which the evidence speaks."""
        return tuple(gap for gap in self.gaps if gap.evidence)

    @property
    def later_first(self) -> bool:
        """Whether what is clear is clear at other steps alone: then these are told before a gap that is not."""
        return bool(self.later) and not any(gap.level == "found" for gap in self.gaps)

    def see(self, part: str) -> str:
        """Where the annex has more, in brackets after a blank; nothing for readers who do not have it."""
        return f" (annex, {part})" if self.edition == "confidential" else ""


def names(found: Sequence[ShownGap]) -> str:
    """The people of several gaps, in a row."""
    return listed([gap.who for gap in found])
