"""Takes an Assessment; gives sections 4 and 5 of the draft: what the evidence shows, and the impact by characteristic."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from eia.case import Question
from eia.findings.assessment import Assessment
from eia.findings.core.finding import STANDING_OUT, Finding, Level
from eia.findings.gaps import Gap, gaps, of_step
from eia.findings.headlines import NEVER_LEADING, size, size_in_all
from eia.present.charts.specs import PairRow, Pairs
from eia.present.documents.model import Answer, Block, Figure, Heading, Paragraph, Table, heads
from eia.present.parts.actions import Action, actions
from eia.present.parts.duties import aims, asked_here, to_cover
from eia.present.parts.gap_told import SECTION, names, told, who
from eia.present.parts.page_one import NAMED
from eia.present.parts.proposal import OFFICER
from eia.present.sections.law_section import asides
from eia.present.text.evidence import levels_counted
from eia.present.text.numbers import people, whole
from eia.present.text.words import LEVELS, QUESTIONS, REASONS, SOURCES, capital, group_beside
from eia.stats.results import Split

_NO_DATA = "–"
_STRENGTH: tuple[Level, ...] = ("found", "stands_out", "cannot_say", "not_found", "not_tested")


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


def gaps_chart(found: Sequence[Gap]) -> Pairs | None:
    """How many of each group are selected, beside how many if the cuts fell evenly, under the question that the gap comes from."""
    told_of = found[:NAMED]
    rows = tuple(
        pair_row(capital(who(gap)), seen, even, QUESTIONS[step])
        for step in QUESTIONS
        for gap in of_step(told_of, step)
        for seen, even in seen_and_even(step, gap.finding)
    )
    if not rows:
        return None
    return Pairs(
        title="Selected, beside what it would be if the cuts fell evenly, by the question that the gap comes from",
        alt="; ".join(f"{row.label}: {row.seen_text} against {row.even_text} ({row.group})" for row in rows) + ".",
        rows=rows,
        axis="People selected",
    )


def pair_row(label: str, seen: float, even: float, group: str = "") -> PairRow:
    """People as they are and as they would be if even, each with its words."""
    return PairRow(
        label=label, seen=seen, even=even, seen_text=people(seen), even_text=f"about {whole(even)}", group=group
    )


def seen_and_even(step: Question, finding: Finding) -> Iterator[tuple[int, float]]:
    """How many of the group are selected and how many would be if even: within pools, where the step is that; nothing before that."""
    split = finding.split
    if step == "selection":
        if test := finding.tested:
            yield test.observed, test.expected
    elif isinstance(split, Split) and split.group_selected is not None:
        yield split.group_selected, split.expected_by_workforce


@dataclass(frozen=True, slots=True)
class Impact:
    """One row of the table by characteristic: its title, and the findings of the group that says most of it; none where nothing is known."""

    title: str
    findings: tuple[Finding, ...] = ()


def impacts(assessment: Assessment) -> tuple[Impact, ...]:
    """A row for each characteristic that was counted, then for each other that the law of the place goes through. The group told is the one with
    the clearest gap, then the one furthest above."""
    groups: dict[str, dict[str, list[Finding]]] = {}
    for finding in assessment.findings:
        of = finding.characteristic
        protects = all(route.key != "no route the other way" for route in finding.routes)
        if (
            finding.group.kind == "answer"
            and protects
            and finding.group.label != of.others
            and of.key not in NEVER_LEADING
        ):
            groups.setdefault(of.protected or of.title, {}).setdefault(finding.group.label, []).append(finding)
    rows = [Impact(title, max(map(tuple, found.values()), key=_telling)) for title, found in groups.items()]
    missing = [
        Impact(title)
        for title in to_cover(assessment.law.applies)
        if title not in groups and _SAME.get(title) not in groups
    ]
    return (*rows, *missing)


_SAME = {"Religious belief": "Religion or belief", "Marital status": "Marriage and civil partnership"}


def _telling(findings: Sequence[Finding]) -> tuple[float, float]:
    """How much the findings of a group say: a clear gap against it first, then people."""
    against = [finding for finding in findings if finding.direction == "against"]
    evidence = max(({"found": 2, "stands_out": 1}.get(finding.level, 0) for finding in against), default=0)
    return evidence, size_in_all(findings[0]) or max(map(size, findings))


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
    duty = aims(assessment.law.applies)
    if duty:
        yield Paragraph(f"{duty} People say below which of them each gap touches.")
    if clear := [one for one in gaps(assessment) if one.evidence]:
        yield Answer(
            f"How severe this is: {names(clear)}",
            f"Of each group: who exactly, how badly, for how long?{' Which aims of the duty does it touch?' if duty else ''}",
            OFFICER,
            "the decision",
        )
    absent = [row.title for row in rows if not row.findings]
    if absent:
        yield Answer(
            f"Without figures: {', '.join(absent)}", "What is known from staff, unions and networks? What will be done to find out?", OFFICER, "the decision"
        )  # fmt: skip
    yield Answer("Carers and flexible working", "Who cares for others or works flexibly, and how would this change their days?", OFFICER, "the decision")  # fmt: skip


def _row(row: Impact, made: Sequence[Action]) -> tuple[str, ...]:
    if not row.findings:
        return row.title, "Not in the file", *[_NO_DATA] * 3, "Not tested", "To write"
    finding = row.findings[0]
    group = capital(group_beside(finding.characteristic, finding.group))
    split, counted = finding.split, finding.people
    even = whole(split.expected_by_workforce) if isinstance(split, Split) else _NO_DATA
    gone = people(counted.group_selected) if counted.group_selected is not None and split else _NO_DATA
    if isinstance(split, Split) and split.group_selected is None:
        gone = f"about {whole(split.expected_by_pools)}"
    acts = [
        f"{place}" for place, action in enumerate(made, start=1) for gap in action.answers
        if gap.finding.characteristic == finding.characteristic
    ]  # fmt: skip
    return (
        row.title,
        group,
        people(counted.group_in_scope),
        gone,
        even,
        _evidence(row.findings),
        ", ".join(acts) or "To write",
    )


def _evidence(findings: Sequence[Finding]) -> str:
    """The strongest word that any question has for the group, with the step of a clear gap."""
    finding = min(findings, key=lambda one: _STRENGTH.index(one.level))
    favoured = " in their favour" if finding.direction == "for" else ""
    step = f": {SOURCES[finding.question]}" if finding.level in STANDING_OUT else ""
    return f"{LEVELS[finding.level]}{favoured}{step}"
