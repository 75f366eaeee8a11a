"""Takes an Assessment; gives sections 4 and 5 of the draft: what the evidence shows, and the impact by characteristic."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from eia.case import Question
from eia.findings.assessment import Assessment
from eia.findings.core.finding import STANDING_OUT, Finding
from eia.findings.gaps import Gap, gaps, of_step
from eia.findings.headlines import NEVER_LEADING, size
from eia.present.charts.specs import Excess, ExcessRow
from eia.present.documents.model import Answer, Block, Figure, Heading, Paragraph, Table, heads
from eia.present.parts.actions import Action, actions
from eia.present.parts.duties import asked_here, to_cover
from eia.present.parts.gap_told import SECTION, names, told, who
from eia.present.parts.page_one import NAMED
from eia.present.parts.proposal import OFFICER
from eia.present.sections.law_section import asides
from eia.present.text.evidence import levels_counted
from eia.present.text.numbers import people, whole
from eia.present.text.words import LEVELS, QUESTIONS, REASONS, SOURCES, capital, group_beside
from eia.stats.results import Split

AIMS = "The duty has three aims: to end discrimination, to give equal opportunity, and to bring people together."
_NO_DATA = "–"


def evidence(assessment: Assessment) -> Iterator[Block]:
    """Section 4: one paragraph for each question, and one chart."""
    found = gaps(assessment)
    yield Heading("4 What the evidence shows", 2, "evidence")
    for question in assessment.case.analysis.questions:
        yield Heading(QUESTIONS[question], 3, question)
        yield Paragraph(_answer(assessment, question, of_step(found, question)))
    yield from map(Paragraph, asides(assessment))
    if chart := gaps_chart(found):
        yield Figure(chart.title, chart, "gaps")


def _answer(assessment: Assessment, question: Question, found: Sequence[Gap]) -> str:
    """The gaps that a step made, then how many groups show what under its question."""
    findings, see = assessment.under(question), f"See {SECTION[question]}."
    if findings and all(finding.level == "not_tested" for finding in findings):
        reason = f"Chance was not tested: {REASONS[findings[0].reasons[0]]}."
        return " ".join([*map(told, found), reason, see])
    clear = [gap for gap in found if gap.evidence]
    lead = list(map(told, clear)) or [f"No clear gap comes from {SOURCES[question]}."]
    if others := [gap for gap in found if gap not in clear]:
        lead.append(f"There are gaps of five people or more that are not clear for {names(others)}.")
    return " ".join([*lead, levels_counted(findings), see])


def gaps_chart(found: Sequence[Gap]) -> Excess | None:
    """How many more of each group are selected than if the cuts fell evenly, under the question that the gap comes from."""
    told_of = found[:NAMED]
    rows = tuple(
        ExcessRow(
            label=capital(who(gap)),
            value=seen - even,
            text=f"{people(seen)} against about {whole(even)}",
            group=QUESTIONS[step],
        )
        for step in QUESTIONS
        for gap in of_step(told_of, step)
        for seen, even in _seen_and_even(gap)
    )
    if not rows:
        return None
    return Excess(
        title="More selected than if the cuts fell evenly, by the question that the gap comes from",
        alt="; ".join(f"{row.label}: {row.text} ({row.group})" for row in rows) + ".",
        rows=rows,
        axis="People more than if the cuts fell evenly (selected, against what it would then be)",
    )


def _seen_and_even(gap: Gap) -> Iterator[tuple[int, float]]:
    """How many of the group are selected and how many would be if even: within pools, where the gap comes from there; nothing before that."""
    split = gap.finding.split
    if gap.step == "selection" and (test := gap.finding.tested):
        yield test.observed, test.expected
    elif isinstance(split, Split) and split.group_selected is not None:
        yield split.group_selected, split.expected_by_workforce


@dataclass(frozen=True, slots=True)
class Impact:
    """One row of the table by characteristic: the characteristic, the finding that says most of it, None where nothing is known."""

    title: str
    finding: Finding | None = None


def impacts(assessment: Assessment) -> tuple[Impact, ...]:
    """A row for each characteristic that the law of the place goes through, then for each other that was counted. The group told is the one with
    the clearest gap, then the one furthest above."""
    by_title: dict[str, list[Finding]] = {}
    for finding in assessment.findings:
        told_of = finding.characteristic
        protects = all(route.key != "no route the other way" for route in finding.routes)
        if (
            finding.group.kind == "answer"
            and protects
            and finding.group.label != told_of.others
            and told_of.key not in NEVER_LEADING
        ):
            by_title.setdefault(told_of.protected or told_of.title, []).append(finding)
    rows = [Impact(title, max(found, key=_telling)) for title, found in by_title.items()]
    missing = [Impact(title) for title in to_cover(assessment.law.applies) if not _held(title, by_title)]
    return (*rows, *missing)


_SAME = {"Religious belief": "Religion or belief", "Marital status": "Marriage and civil partnership"}


def _held(title: str, counted: dict[str, list[Finding]]) -> bool:
    return title in counted or _SAME.get(title) in counted


def _telling(finding: Finding) -> tuple[float, float]:
    """How much a finding says: a clear gap against its group first, then people."""
    evidence = {"found": 2, "stands_out": 1}.get(finding.level, 0) if finding.direction == "against" else 0
    return evidence, size(finding)


def by_characteristic(assessment: Assessment) -> Iterator[Block]:
    """Section 5: the table of impact, what the law of the place asks, and how severe each gap is, which people write."""
    yield Heading("5 Impact by characteristic", 2, "impact")
    yield Paragraph("The law here asks this of an assessment:")
    yield from asked_here(assessment)
    rows = impacts(assessment)
    yield Table(
        title="Impact by characteristic",
        columns=heads("Characteristic", "Group with the largest gap", "At risk", "Selected", "If even", "Evidence", "Action",
                      words=("Group with the largest gap", "Evidence", "Action")),
        rows=tuple(_row(row, actions(assessment)) for row in rows),
        notes=(
            "If even: how many of the group would be selected if the cuts fell evenly. Every group: annex, C4.",
            "“Cannot say” is not “no impact”. Page one counts only pools where some are selected and some stay, for a gap that comes from selection.",
        ),
    )  # fmt: skip
    yield Paragraph(f"{AIMS} People say below which of them each gap touches, and how severe it is.")
    if clear := [one for one in gaps(assessment) if one.evidence]:
        yield Answer(
            f"How severe this is: {names(clear)}",
            "Of each group: who exactly, how badly, for how long? Which of the three aims does it touch?",
            OFFICER,
            "the decision",
        )
    absent = [row.title for row in rows if row.finding is None]
    if absent:
        yield Answer(
            f"Without figures: {', '.join(absent)}", "What is known from staff, unions and networks? What will be done to find out?", OFFICER, "the decision"
        )  # fmt: skip
    yield Answer("Carers and flexible working", "Who cares for others or works flexibly, and how would this change their days?", OFFICER, "the decision")  # fmt: skip


def _row(row: Impact, made: Sequence[Action]) -> tuple[str, ...]:
    finding = row.finding
    if finding is None:
        return row.title, "Not in the file", *[_NO_DATA] * 3, "Not tested", "To write"
    group = capital(group_beside(finding.characteristic, finding.group))
    split, counted = finding.split, finding.people
    even = whole(split.expected_by_workforce) if isinstance(split, Split) else _NO_DATA
    gone = people(counted.group_selected) if counted.group_selected is not None and finding.split else _NO_DATA
    if isinstance(split, Split) and split.group_selected is None:
        gone = f"about {whole(split.expected_by_pools)}"
    acts = [
        f"{place}"
        for place, action in enumerate(made, start=1)
        for gap in action.answers
        if gap.finding.characteristic == finding.characteristic
    ]
    return (
        row.title,
        group,
        people(counted.group_in_scope),
        gone,
        even,
        _evidence(finding),
        ", ".join(acts) or "To write",
    )


def _evidence(finding: Finding) -> str:
    word = LEVELS[finding.level]
    favoured = " in their favour" if finding.direction == "for" else ""
    return f"{word}{favoured}: {SOURCES[finding.question]}" if finding.level in STANDING_OUT else word
