"""Takes an Assessment and its Figures; gives sections 4 and 5 of the draft: what the evidence shows, and the impact by characteristic."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from eia.case import Question
from eia.findings.assessment import Assessment
from eia.findings.core.finding import Level
from eia.findings.gaps import of_step
from eia.present.charts.specs import Pairs
from eia.present.documents.model import Answer, Block, Figure, Heading, Paragraph, Table, heads
from eia.present.figures.model import Figures, ShownGap, ShownRow, names
from eia.present.parts.actions import Action, actions
from eia.present.parts.duties import aims, asked_here
from eia.present.parts.page_one import NAMED
from eia.present.parts.proposal import OFFICER
from eia.present.sections.law_section import asides
from eia.present.text.words import LEVELS, QUESTIONS, SOURCES

EVEN_ON: Mapping[Question, str] = {"scope": "overall", "spread": "overall", "selection": "within each pool"}
"""Where the cuts would fall evenly for the number beside those selected: rows of a chart that differ in it say so."""
_SAID: Mapping[Level, str] = {
    "found": "A clear gap for {who} comes from {source}.",
    "stands_out": "The gap of {who} stands out.",
    "cannot_say": "More {who} are selected than expected. We cannot say whether this is chance.",
    "not_found": "More {who} are selected than expected. This is no clear gap.",
    "not_tested": "More {who} are selected than expected. This was not tested.",
}
"""What a section says of groups by the level of their gap: the same word as in the tables and on charts."""
SEVERITY, TO_WRITE = "Severity", "To write"
"""The column that people fill, and its prompt."""


def evidence(assessment: Assessment, figures: Figures) -> Iterator[Block]:
    """Section 4: a few sentences for each question, and one chart with the numbers."""
    found = figures.gaps
    yield Heading("4 What the evidence shows", 2, "evidence")
    for question in assessment.case.analysis.questions:
        yield Heading(QUESTIONS[question], 3, question)
        yield Paragraph(_answer(figures, question, of_step(found, question)))
    yield from map(Paragraph, filter(None, (figures.unnamed, *asides(assessment))))
    if chart := gaps_chart(found):
        yield Figure(chart.title, chart, "gaps")


def _answer(figures: Figures, question: Question, found: Sequence[ShownGap]) -> str:
    """For whom a step made a gap, by its level; then how many groups show what under its question. Page one has the numbers."""
    of_level = {level: [gap for gap in found if gap.level == level] for level in _SAID}
    told = [_SAID[level].format(who=names(of), source=SOURCES[question]) for level, of in of_level.items() if of] or [
        "No group is named under this question."
    ]
    return " ".join([*told, figures.levels.get(question, "")]).strip()


def gaps_chart(found: Sequence[ShownGap]) -> Pairs | None:
    """How many of each group are selected, beside how many if the cuts fell evenly, under the question that the gap comes from; a gap that is not clear
    is marked as such."""
    told_of = found[:NAMED]
    rows = tuple(
        replace(gap.pair, label=f"{gap.pair.label}{_mark(gap)}", group=QUESTIONS[step], even_text=f"{gap.pair.even_text} {EVEN_ON[step]}")
        for step in QUESTIONS for gap in of_step(told_of, step) if gap.pair
    )  # fmt: skip
    if not rows:
        return None
    return Pairs(
        title="Everybody selected, beside what it would be if the cuts fell evenly",
        alt="; ".join(f"{row.label}: {row.seen_text} against {row.even_text} ({row.group})" for row in rows) + ".",
        rows=rows,
        axis="People selected",
    )


def _mark(gap: ShownGap) -> str:
    """What a chart says behind the name of a group: bars of different length alone would look like a clear gap."""
    return "" if gap.level == "found" else f" ({LEVELS[gap.level].lower()})"


def by_characteristic(assessment: Assessment, figures: Figures) -> Iterator[Block]:
    """Section 5: the table of impact, what the law of the place asks, and how severe each gap is, which people write."""
    yield Heading("5 Impact by characteristic", 2, "impact")
    yield Paragraph(f"{asked_here(assessment)}{figures.see('C9')}.")
    made = actions(assessment, figures)
    yield Table(
        title="Impact by characteristic",
        columns=heads("Characteristic", "Group with the largest gap", "At risk", "Selected", "If even", "Evidence", SEVERITY, "Action",
                      words=("Group with the largest gap", "Evidence", "Action"), written=(SEVERITY,)),
        rows=tuple(_cells(row, made) for row in figures.rows),
        notes=(
            f"If even: how many of the group would be selected if the cuts fell evenly{figures.see('C4')}. {figures.rows_note}",
        ),
    )  # fmt: skip
    duty = aims(assessment.law.applies)
    yield Paragraph(
        f"People write how severe each is: who exactly, how badly, for how long.{f' {duty} Say which of them each gap touches.' if duty else ''}"
    )
    absent = [row.title for row in figures.rows if not row.key]
    if absent:
        yield Answer(
            f"Without figures: {', '.join(absent)}", "What is known from staff, unions and networks? What will be done to find out?", OFFICER, "the decision"
        )  # fmt: skip
    yield Answer("Carers and flexible working", "Who cares for others or works flexibly, and how would this change their days?", OFFICER, "the decision")  # fmt: skip


def _cells(row: ShownRow, made: Sequence[Action]) -> tuple[str, ...]:
    acts = [
        f"{place}" for place, action in enumerate(made, start=1) for gap in action.answers
        if gap.characteristic.key == row.key
    ]  # fmt: skip
    return row.title, row.group, row.at_risk, row.selected, row.even, row.evidence, TO_WRITE, ", ".join(acts) or "–"
