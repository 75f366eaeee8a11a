"""Takes an Assessment, or a Finding; gives it in short: a few lines, sentences with one table, or the notes that go with a frame."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from eia.findings.assessment import Assessment
from eia.findings.core.finding import Finding, Level
from eia.findings.frames import numbers
from eia.findings.headlines import NEVER_LEADING, at_level, once, size
from eia.intake.columns.cells import MISSING_IN_FRAME
from eia.present.documents.model import Table, heads, plain
from eia.present.tables.findings_tables import NOT_KNOWN
from eia.present.text.evidence import statement
from eia.present.text.grounds import grounds_told
from eia.present.text.mixed import as_told
from eia.present.text.narrative import CONFIDENTIAL, NOT_THE_LAW, answers, cannot_tell
from eia.present.text.numbers import pvalue, ratio
from eia.present.text.open_questions import questions_told
from eia.present.text.said_first import said_first
from eia.present.text.words import LEVELS, QUESTIONS, adds_up, plural, row_name

WIDTH = 100
WORTH_A_ROW = 5
"""People above even from which on a group has a row, whatever can be said of chance."""
SHOWN = 60
"""Letters of a title or the name of a file in a few lines."""


class Told(str):
    """Text that shows itself as it reads, also where it is the last line of a notebook's cell."""

    __slots__ = ()
    __repr__ = str.__str__


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """An assessment in short. notice: who may see it. read: what was read. first: what may have been misread, which is said before any answer.
    answers: each question with its answer. cannot: what cannot be told."""

    notice: str
    title: str
    read: str
    first: tuple[str, ...]
    answers: tuple[tuple[str, str], ...]
    table: Table
    cannot: tuple[str, ...]


def overview(assessment: Assessment) -> Overview:
    """The questions in sentences, and the evidence in one table."""
    told = Overview(
        notice=CONFIDENTIAL,
        title=plain(assessment.case.title),
        read=_read(assessment),
        first=(*_first(assessment), *said_first(assessment)),
        answers=answers(assessment),
        table=_evidence(assessment),
        cannot=_limits(assessment),
    )
    return as_told(assessment, told)


def summary(assessment: Assessment) -> Told:
    """The overview as text of at most 100 columns."""
    made = overview(assessment)
    lines = [*_wrapped(made.notice), "", *_wrapped(made.title), *_wrapped(made.read)]
    lines += [line for text in made.first for line in _wrapped(text, "  ? ")]
    for question, answer in made.answers:
        lines += ["", question, *_wrapped(answer, "  ")]
    lines += ["", *_typed(made.table), "", "What cannot be told"]
    lines += [line for text in made.cannot for line in _wrapped(text, "  - ")]
    return Told("\n".join([*lines, "", *_wrapped(NOT_THE_LAW)]))


def short(assessment: Assessment) -> str:
    """What was read, and how many comparisons have which level under each question."""
    lines = [f"Assessment: {_cut(assessment.case.title)}", _read(assessment)]
    for question in assessment.case.analysis.questions:
        levels = [finding.level for finding in once(assessment.under(question))]
        counts = [f"{levels.count(level)} {level}" for level in LEVELS if level in levels]
        lines.append(f"{question}: {', '.join(counts) or 'nothing to compare'}")
    if first := _first(assessment):
        lines.append(f"{plural(len(first), 'thing', 'things')} to look at first: see summary()")
    return "\n  ".join(lines)


def finding_summary(finding: Finding) -> Told:
    """What a finding shows, how the gap adds up, and how sure we are: a paragraph each."""
    told = [statement(finding), *([adds_up(finding)] if finding.split else []), *grounds_told(finding, ())]
    return Told("\n".join(line for text in told for line in _wrapped(text)))


def notes(assessment: Assessment) -> tuple[str, ...]:
    """What has to be said with any figure of an assessment: what may have been misread, and what cannot be told."""
    return (*_first(assessment), *_limits(assessment))


def _first(assessment: Assessment) -> tuple[str, ...]:
    """What may have been misread."""
    missing = [one.rows for one in assessment.evidence.intake.recodings if one.rule == MISSING_IN_FRAME]
    lost = (
        f"{sum(missing):,} cells in {plural(len(missing), 'column', 'columns')} of the data frame have no value. Words such as “None” may be lost: "
        "read the file with eia.read_table."
    )
    held = (
        f"{one.characteristic} was not assessed: {one.reason}, in {plural(one.rows, 'row', 'rows')}."
        for one in assessment.evidence.intake.held_back
    )
    return (*questions_told(assessment.evidence.intake), *([lost] if missing else []), *held)


def _limits(assessment: Assessment) -> tuple[str, ...]:
    """What cannot be told."""
    groups = sum(finding.in_ranges for finding in assessment.each_group())
    ranges = f"The counts of {plural(groups, 'group', 'groups')} are ranges. The report has their ends."
    return (*([ranges] if groups else []), *cannot_tell(assessment))


def left_out_note(groups: pd.DataFrame) -> tuple[str, ...]:
    """How many of the people in the frame of a characteristic have no known answer; nothing where all have."""
    people = groups["people"].where(groups["people"].notna(), groups["in_scope"])
    without = people[groups["kind"].isin(["declined", "not recorded"])].sum()
    return (f"We do not know the answers of {without:,.0f} of these {people.sum():,.0f} people.",) if without else ()


def _read(assessment: Assessment) -> str:
    evidence = assessment.evidence
    files = [_cut(source.file) for source in evidence.intake.sources]
    named = ", ".join(files[:3]) + (f" and {len(files) - 3} more" if len(files) > 3 else "")
    if evidence.people is None:
        return f"counts of {plural(len(assessment.cube.tables), 'characteristic', 'characteristics')}: {named}"
    return f"{plural(evidence.people, 'person', 'people')}, {evidence.in_pools:,} of them in pools: {named}"


def _cut(text: str) -> str:
    return textwrap.shorten(plain(text), SHOWN, placeholder=" …") if len(text) > SHOWN else plain(text)


def _evidence(assessment: Assessment) -> Table:
    """Every group found or standing out alone, and those with five people or more than if even; the others are counted."""
    rows, sections, others = [], [], 0
    for question in assessment.case.analysis.questions:
        findings = once(assessment.under(question))
        strong = (*at_level(findings, "found"), *at_level(findings, "stands_out"))
        rest = [one for one in findings if one.level not in _STRONG and one.characteristic.key not in NEVER_LEADING]
        large = [one for one in rest if size(one) >= WORTH_A_ROW]
        told = (*strong, *sorted(large, key=size, reverse=True))
        rows += [_row(finding) for finding in told]
        sections += [QUESTIONS[question]] * len(told)
        others += len(findings) - len(told)
    left = f"Left out: {plural(others, 'group', 'groups')}. None of them stands out or has {WORTH_A_ROW} people or more above even. "
    return Table(
        title="The evidence",
        columns=heads("Group", "People", "Selected", "Even", "Odds ratio", "p", "Evidence", words=("Evidence",)),
        rows=tuple(rows),
        sections=tuple(sections),
        notes=(
            "Even: how many of the group it would be if the cuts fell evenly. Under the first question, selected means in a pool. Under the "
            "second, it means people who would lose their jobs if each pool chose evenly.",
            "p allows for the number of comparisons.",
            *([f"{left}findings_frame() has every group."] if others else []),
        ),
    )


_STRONG: tuple[Level, ...] = ("found", "stands_out")


def _row(finding: Finding) -> tuple[str, ...]:
    figures = numbers(finding)
    counts = (_whole(figures[name]) for name in ("people", "selected", "expected"))
    odds = NOT_KNOWN if math.isnan(figures.get("odds_ratio", math.nan)) else ratio(figures["odds_ratio"])
    return row_name(finding), *counts, odds, pvalue(finding.adjusted_p), LEVELS[finding.level]


def _whole(people: float) -> str:
    return NOT_KNOWN if math.isnan(people) else f"{people:,.0f}"


def _typed(table: Table) -> Iterator[str]:
    """A table as lines of text, each heading over its rows."""
    heads = tuple(column.title for column in table.columns)
    widths = [max(len(row[at]) for row in (heads, *table.rows)) for at in range(len(heads))]
    widths[0] = min(widths[0] + 2, WIDTH - sum(widths[1:]) - 2 * len(widths[1:]))

    def lines(row: Sequence[str], lead: str = "") -> Iterator[str]:
        first, *more = textwrap.wrap(plain(row[0]), widths[0], initial_indent=lead, subsequent_indent=f"{lead}  ")
        cells = (cell.rjust(width) if column.numeric else cell
                 for cell, width, column in zip(row[1:], widths[1:], table.columns[1:], strict=True))  # fmt: skip
        yield "  ".join([first.ljust(widths[0]), *cells]).rstrip()
        yield from more

    yield table.title
    if table.rows:
        yield from lines(heads)
    for heading, rows in table.bodies:
        yield heading
        yield from (line for row in rows for line in lines(row, "  "))
    for note in table.notes:
        yield from _wrapped(note)


def _wrapped(text: str, lead: str = "") -> list[str]:
    return textwrap.wrap(plain(text), WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead))
