"""Takes an Assessment; gives the evidence matrix: a row a group under its characteristic, a cell a question with its mark, a word and people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from eia.case import Question
from eia.findings.assessment import Assessment
from eia.findings.core.finding import Finding
from eia.findings.gaps import gaps
from eia.findings.headlines import NEVER_LEADING, size, size_in_all
from eia.present.charts.from_assessment import chart_level
from eia.present.charts.specs import LEVEL_WORDS, Level
from eia.present.sections.extras.clear_steps import clear_steps
from eia.present.text.mixed import as_told
from eia.present.text.words import OVERALL, QUESTIONS, capital, more_or_fewer
from eia.stats.bounds.ranges import Figure

ABOUT = (
    "The first column counts people at risk, the others people selected: more or fewer than if it were even. "
    "A gap in favour means that there are fewer. The story of a group says how many of those at risk are selected."
)
IN_ORDER = frozenset({"age"})
"""Characteristics whose groups follow one another: by their order where the evidence is alike."""
_COUNTED: Mapping[Question, str] = {
    "scope": "people at risk",
    "spread": "people selected",
    "selection": "people selected",
}
"""Whom a column counts, said in its head: numbers of different people do not add up along a row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What one group shows under one question: the level that its mark stands for, the word for it, and people more or fewer, if known."""

    level: Level
    word: str
    people: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupRow:
    """One group. address: what tells it from the others without saying its name. named: whether the first screen names it. clear: whether any question shows
    a clear gap. total: people more or fewer in all, if known."""

    characteristic: str
    address: str
    group: str
    protected: bool
    named: bool
    clear: bool
    cells: tuple[Cell, ...]
    total: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """The rows, those with the clearest evidence first, each characteristic in one piece; and the heads of the cells, that of the total last."""

    columns: tuple[str, ...]
    rows: tuple[GroupRow, ...]

    def only(self, *, protected: bool, clear: bool) -> Matrix:
        """The rows of protected characteristics and of groups that the first screen names, those with a clear gap alone, or both."""
        kept = (row for row in self.rows if (row.protected or row.named) >= protected and row.clear >= clear)
        return Matrix(columns=self.columns, rows=tuple(kept))


def evidence_matrix(assessment: Assessment) -> Matrix:
    """Every group that was looked at."""
    groups = by_address(assessment)
    first: dict[str, tuple[float, ...]] = {}
    for found in groups.values():
        key = found[0].characteristic.key
        first[key] = max(first.get(key, ()), _telling(found))
    named = {(gap.finding.characteristic.key, gap.finding.group.label) for gap in gaps(assessment)}
    named |= {(gap.group.characteristic, gap.group.group.label) for gap in clear_steps(assessment)}

    def place(item: tuple[str, tuple[Finding, ...]]) -> tuple[object, ...]:
        address, found = item
        key, (*evidence, size) = found[0].characteristic.key, _telling(found)
        number = int(address.rpartition("-")[2])
        return first[key], key, evidence, -number if key in IN_ORDER else size

    ordered = sorted(groups.items(), key=place, reverse=True)
    made = Matrix(
        columns=(
            *(f"{QUESTIONS[q]} ({_COUNTED[q]})" for q in assessment.case.analysis.questions),
            f"{OVERALL} (people selected)",
        ),
        rows=tuple(
            _row(address, found, named=(found[0].characteristic.key, found[0].group.label) in named)
            for address, found in ordered
        ),
    )
    return as_told(assessment, made)


def by_address(assessment: Assessment) -> Mapping[str, tuple[Finding, ...]]:
    """The findings of each group, one a question asked, by the key of its characteristic and its number there: no address holds a label."""
    places = {
        (key, group.label): f"{key}-{number}"
        for key, dimension in assessment.cube.layout.dimensions.items()
        for number, group in enumerate(dimension.groups, start=1)
    }
    found: dict[str, tuple[Finding, ...]] = {}
    for finding in assessment.findings:
        address = places[finding.characteristic.key, finding.group.label]
        found[address] = (*found.get(address, ()), finding)
    return found


def _telling(findings: Sequence[Finding]) -> tuple[float, ...]:
    """How much the findings of a group say: evidence against it, then evidence in its favour, then answers before missing ones, then people.
    Grade, which is no sort of people, comes after all others."""
    leads = findings[0].characteristic.key not in NEVER_LEADING
    against, favour = (_strength(findings, direction) for direction in ("against", "for"))
    answered = findings[0].group.kind == "answer"
    return leads, against, favour, answered, size_in_all(findings[0]) or max(map(size, findings))


def _strength(findings: Iterable[Finding], direction: str) -> int:
    return max(
        ({"found": 2, "stands_out": 1}.get(one.level, 0) for one in findings if one.direction == direction), default=0
    )


def _row(address: str, findings: Sequence[Finding], *, named: bool) -> GroupRow:
    one = findings[0]
    return GroupRow(
        characteristic=one.characteristic.title,
        address=address,
        group=one.group.label,
        protected=one.characteristic.protected is not None,
        named=named,
        clear=any(finding.level == "found" for finding in findings),
        cells=tuple(map(_cell, findings)),
        total=_people(one.in_all),
    )


def _cell(finding: Finding) -> Cell:
    level = chart_level(finding)
    return Cell(level=level, word=capital(LEVEL_WORDS[level]), people=_people(finding.excess))


def _people(excess: Figure | None) -> str:
    return "" if excess is None else more_or_fewer(excess).removeprefix("about ")
