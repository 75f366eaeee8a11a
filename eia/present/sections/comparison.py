"""Takes several Assessments; gives what differs between them: versions of one case, or different cases, side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from eia.findings.assessment import Assessment
from eia.findings.compare import SideBySide, State, compare, each_once
from eia.findings.core.finding import STANDING_OUT
from eia.present.documents.model import Block, Bullets, Document, Heading, Paragraph, Table, tabulated
from eia.present.text.narrative import CONFIDENTIAL
from eia.present.text.numbers import people
from eia.present.text.words import LEVELS, QUESTIONS, capital, group_name
from eia.stats.bounds.ranges import Figure, Range

TITLE = "Side by side"
MOVED = 5
"""People by which a gap has to move to be told."""

_EVEN = "as expected"
_MOST = 12
"""Changes told in sentences; the table has the rest."""


def comparison_page(assessments: Sequence[Assessment], names: Sequence[str]) -> Document:
    """A page of its own. names: of each, as the columns are headed."""
    blocks: list[Block] = [Heading("What is compared", 2), _compared(assessments, names)]
    found = compare(assessments)
    blocks += [
        Heading("What changed" if _versions(assessments) else "What differs", 2),
        *changed_blocks(assessments, names, found),
    ]
    blocks += [Heading("Every gap", 2), gaps_table(names, found)]
    return Document(
        title=TITLE,
        subtitle="; ".join(dict.fromkeys(one.case.title for one in assessments)),
        notice=CONFIDENTIAL,
        blocks=tuple(blocks),
    )


def changed_blocks(
    assessments: Sequence[Assessment], names: Sequence[str], found: Sequence[SideBySide]
) -> Iterator[Block]:
    """Gaps of the last that the first did not have, those that went, and those that moved by five people or more."""
    if not _versions(assessments):
        yield Paragraph(
            "These are different cases. A gap in one says nothing of another: jobs, pools and rules differ."
        )
    told = [sentence for one in each_once(found) if (sentence := _told(one, names))]
    if told:
        yield Bullets(tuple(told[:_MOST]))
    if len(told) > _MOST:
        yield Paragraph(f"{people(len(told) - _MOST)} more differences are in the table.")
    if not told:
        yield Paragraph(f"No gap opens, goes or moves by {MOVED} people or more between {names[0]} and {names[-1]}.")


def gaps_table(names: Sequence[str], found: Sequence[SideBySide]) -> Table:
    """Every group with a gap in any of them: people, more or fewer than expected, evidence."""
    columns: dict[str, Callable[[SideBySide], str]] = {"Group": lambda one: one.group.label}
    for place, name in enumerate(names):
        columns[f"People: {name}"] = partial(_cell, place=place, show=lambda state: _figure(state.people))
        columns[f"More or fewer: {name}"] = partial(_cell, place=place, show=lambda state: _signed(state.gap))
        columns[f"Evidence: {name}"] = partial(_cell, place=place, show=lambda state: LEVELS[state.level])
    return tabulated(
        "Groups with a gap in any of these",
        [one for one in found if one.stands_out],
        columns,
        words=[name for name in columns if name.startswith("Evidence")],
        under=lambda one: f"{QUESTIONS[one.question]} {one.characteristic.title}",
        notes=(
            "People: of the group, in pools under the first question, selected under the others. A dash: no such figure there.",
        ),
    )


def _compared(assessments: Sequence[Assessment], names: Sequence[str]) -> Table:
    rows = list(zip(names, assessments, strict=True))
    return tabulated(
        "What is compared",
        rows,
        {
            "Name": lambda row: row[0],
            "Case": lambda row: row[1].case.title,
            "Assessed": lambda row: f"{row[1].run.when:%d %B %Y %H:%M}",
            "Case hash": lambda row: row[1].run.case_hash[:12],
            "Files": lambda row: "; ".join(f"{source.file} {source.sha256[:12]}" for source in row[1].evidence.intake.sources),
            "Selected": lambda row: people(sum(count for outcome, count in row[1].evidence.outcomes if outcome == row[1].case.stages.compulsory)),
        },
        words=("Case", "Assessed", "Case hash", "Files"),
    )  # fmt: skip


def _versions(assessments: Sequence[Assessment]) -> bool:
    """Whether these are versions of one case: of the same employer and name."""
    return len({(one.case.title, one.case.employer.name) for one in assessments}) == 1


def _told(one: SideBySide, names: Sequence[str]) -> str:
    """What becomes of one gap between the first and the last; empty where nothing does that matters."""
    first, last = one.states[0], one.states[-1]
    name = capital(group_name(one.characteristic, one.group))
    if first is None or last is None:
        return _in_one_alone(one, names, name)
    was, still = (state.level in STANDING_OUT for state in (first, last))
    figures = f"{than_expected(first.gap)} in {names[0]}, {than_expected(last.gap)} in {names[-1]}"
    question = QUESTIONS[one.question]
    if one.level_changed and (was or still):
        each = [
            f"{LEVELS[state.level].lower()} in {where} ({than_expected(state.gap)})"
            for state, where in ((first, names[0]), (last, names[-1]))
        ]
        return f"{name}: {', '.join(each)}. {question}"
    if (was or still) and one.moved >= MOVED:
        return f"{name}: {figures}. {question}"
    return ""


def _in_one_alone(one: SideBySide, names: Sequence[str], name: str) -> str:
    """A gap of the first or the last, where the other has no such group."""
    (state, where, other) = (one.states[0], names[0], names[-1]) if one.states[-1] is None else (one.states[-1], names[-1], names[0])  # fmt: skip
    if state is None or state.level not in STANDING_OUT:
        return ""
    return f"{name}: {LEVELS[state.level].lower()} in {where} ({than_expected(state.gap)}). {other} has no such group. {QUESTIONS[one.question]}"


def _cell(one: SideBySide, place: int, show: Callable[[State], str]) -> str:
    state = one.states[place]
    return "–" if state is None else show(state)


def _figure(figure: Figure | None) -> str:
    return "–" if figure is None else people(figure)


def than_expected(gap: Figure | None) -> str:
    """A gap in words; "not known" where it is not.

    >>> than_expected(5.2), than_expected(-0.3)
    ('5 more than expected', 'as many as expected')
    """
    if gap is None:
        return "not known"
    told = _signed(gap)
    return "as many as expected" if told == _EVEN else f"{told} than expected"


def _signed(gap: Figure | None) -> str:
    if gap is None:
        return "–"
    if isinstance(gap, Range):
        low, high = _signed(gap.low), _signed(gap.high)
        return low if low == high else f"{low} to {high}"
    number = round(gap)
    return _EVEN if not number else f"{people(abs(number))} {'more' if number > 0 else 'fewer'}"
