"""Takes an Assessment, or a change that was tried; gives what changes of the rule would do, in sentences, tables and a chart. Nobody is pointed at."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from eia.findings.assessment import Assessment
from eia.findings.core.finding import STANDING_OUT
from eia.findings.scenarios.changes import Changes
from eia.findings.scenarios.one_criterion import WithoutOne
from eia.findings.scenarios.tried import Effect, GroupChange, Tried
from eia.present.charts.specs import RatesChart, RatesRow
from eia.present.documents.model import Block, Bullets, Document, Figure, Heading, Notice, Paragraph, Table, tabulated
from eia.present.text.narrative import CONFIDENTIAL
from eia.present.text.numbers import people, percent, whole
from eia.present.text.scenarios import (
    COMPARES,
    EVIDENCE,
    REFUSED,
    change_told,
    column_name,
    gap_groups,
    headline,
    leading,
    left_open,
    left_out_cell,
    name_of,
    robustness_told,
    rule_told,
    told_once,
    tried_told,
    without_told,
)
from eia.present.text.words import LEVELS, capital

TITLE = "What if the rule were another?"
FEWEST = 5  # of fewer people a share says little
STANDING = set(STANDING_OUT)
EFFECTS: dict[Effect, str] = {
    "gone": "The gap is gone",
    "cannot say": "We can no longer say",
    "smaller": "Smaller",
    "as before": "As before",
    "wider": "Wider",
    "opened": "A gap opens",
}


def scenarios_section(assessment: Assessment) -> Iterator[Block]:
    """The section of a document; nothing where no change could be tried."""
    changes = assessment.changes
    if changes is None:
        return
    yield Heading(TITLE, 2, "changes")
    yield from rule_blocks(changes)
    for tried in changes.tried:
        yield Heading(tried.name, 3)
        yield from tried_blocks(tried)
    yield from refused_blocks(changes)


def changes_page(assessment: Assessment, tried: Sequence[Tried]) -> Document:
    """A page of its own: the rule, the changes that were tried, and what is not done with them."""
    blocks: list[Block] = [Notice(CONFIDENTIAL, "confidential"), Heading(TITLE, 2, "changes")]
    if assessment.changes:
        blocks += [*rule_blocks(assessment.changes), *refused_blocks(assessment.changes)]
    for one in tried:
        blocks += [Heading(one.name, 2), *tried_blocks(one)]
    blocks += [Heading("What this does not do", 2), Bullets(tuple(f"{what}. {why}" for what, why in REFUSED.items()))]
    return Document(title=TITLE, subtitle=assessment.case.title, notice=CONFIDENTIAL, blocks=tuple(blocks))


def refused_blocks(changes: Changes) -> Iterator[Block]:
    """The scenarios of the case that could not be tried, each with why."""
    for refused in changes.refused:
        yield Notice(f"The change “{refused.name}” could not be tried. {refused.what} {refused.do}", "caution")


def nothing_to_try() -> Iterator[Block]:
    """What stands where there are no scores and no scenarios."""
    yield Paragraph(
        "There are no scores in this case, so no criterion can be left out. Ask the employer for the scores of everybody in the pools, by criterion."
    )


def tried_in_short(tried: Tried) -> Iterator[Block]:
    """One change on a few lines: its sentences, and the groups with a gap before or after."""
    yield Heading(tried.name, 2)
    if tried.scenario.reason:
        yield Paragraph(f"Why it was tried: {tried.scenario.reason}")
    yield from map(Paragraph, (*tried_told(tried), COMPARES))
    if gaps := [one for one in shown(tried) if STANDING & {one.before.level, one.after.level}]:
        yield Bullets(tuple(_in_short(one) for one in gaps))


def _in_short(one: GroupChange) -> str:
    return (
        f"{capital(name_of(one))}: {people(one.before.selected)} selected now, {_range(one)} then, about {whole(one.after.expected)} expected. "
        f"{LEVELS[one.before.level]} now, {LEVELS[one.after.level].lower()} then."
    )


def rule_blocks(changes: Changes) -> Iterator[Block]:
    """The rule as it is: whether it gives the selections, and what each criterion does."""
    if changes.check:
        yield from map(Paragraph, rule_told(changes.check))
    yield from map(Paragraph, without_told(changes))
    if table := without_one_table(changes):
        yield table
    yield from map(Paragraph, robustness_told(changes.robustness))
    yield Paragraph(f"{COMPARES} {EVIDENCE}")


def tried_blocks(tried: Tried) -> Iterator[Block]:
    """One change: what it would do, its chart and its table."""
    if tried.scenario.reason:
        yield Paragraph(f"Why it was tried: {tried.scenario.reason}")
    yield from map(Paragraph, (*tried_told(tried), COMPARES))
    yield from tried_chart_block(tried)
    yield tried_table(tried)


def tried_chart_block(tried: Tried) -> Iterator[Block]:
    """The chart of one change; nothing where nobody is at risk."""
    if chart := tried_chart(tried):
        letters = "".join(c if c.isalnum() and c.isascii() else "-" for c in tried.name.lower())
        yield Figure(chart.title, chart, f"change-{letters[:60]}".strip("-"))


def without_one_table(changes: Changes) -> Table | None:
    """Each criterion left out in turn, side by side, in the order of the scores; None where there are none."""
    if not changes.without_one:
        return None
    pairs = gap_groups(changes)
    columns: dict[str, Callable[[WithoutOne], str]] = {
        "Criterion left out": lambda one: one.criterion,
        "Weight": lambda one: "differs" if math.isnan(one.weight) else f"{one.weight:g}",
    }
    for pair in pairs:
        columns[column_name(changes, pair)] = partial(left_out_cell, pair=pair)
    columns["Different people selected"] = lambda one: people(one.others)
    return tabulated(
        "Each criterion left out in turn",
        changes.without_one,
        columns,
        words=[column_name(changes, pair) for pair in pairs],
        notes=(
            "Everything else stays as it is, the number from each pool too. One row a criterion, in the order of the scores, and not in the order of what they do.",
            *left_open(changes.without_one),
        ),
    )


def shown(tried: Tried) -> tuple[GroupChange, ...]:
    """The groups of a table: all of the core, and every other with a gap before or after."""
    return tuple(
        group
        for group in told_once(tried.groups)
        if group.core or group.before.level in STANDING_OUT or group.after.level in STANDING_OUT
    )


def tried_table(tried: Tried) -> Table:
    """Before and after for every group of the core family, and every other with a gap: selected, expected, gap, level."""
    return tabulated(
        f"Before and after: {tried.name}",
        shown(tried),
        {
            "Group": lambda one: one.group.label,
            "At risk": lambda one: people(one.after.at_risk),
            "Selected now": lambda one: people(one.before.selected),
            "Selected then": lambda one: _range(one),
            "Expected now": lambda one: whole(one.before.expected),
            "Expected then": lambda one: whole(one.after.expected),
            "Evidence now": lambda one: LEVELS[one.before.level],
            "Evidence then": lambda one: LEVELS[one.after.level],
            "The gap": lambda one: EFFECTS[one.effect],
        },
        words=("Evidence now", "Evidence then", "The gap"),
        under=lambda one: one.title,
        notes=(
            "Expected: of the group, if each pool lost as many people, whoever they are. People whose answer is not known are left out of these counts.",
        ),
    )  # fmt: skip


def _range(one: GroupChange) -> str:
    exact = people(one.after.selected)
    return exact if one.least == one.most else f"{exact} ({people(one.least)} to {people(one.most)})"


def tried_chart(tried: Tried) -> RatesChart | None:
    """The share selected of every group of the table, before and after, on one scale, of five people or more; None where there is none."""
    groups = [one for one in shown(tried) if min(one.before.at_risk, one.after.at_risk) >= FEWEST]
    if not groups:
        return None
    return RatesChart(
        title=f"Share selected, now and {change_told(tried.scenario)}",
        alt=f"The share of {len(groups)} groups that is selected, now and with the change. {headline(tried)} The table has every figure.",
        rows=tuple(
            RatesRow(
                label=one.group.label,
                group=one.title,
                group_rate=one.after.selected / one.after.at_risk,
                comparator_rate=one.before.selected / one.before.at_risk,
                group_text=percent(one.after.selected, one.after.at_risk),
                comparator_text=percent(one.before.selected, one.before.at_risk),
            )
            for one in groups
        ),
        axis="Share of those at risk who are selected",
        group_label="With the change",
        comparator_label="Now",
    )


def alternatives(changes: Changes | None) -> tuple[tuple[str, str, str], ...]:
    """The changes that were tried, for a list of alternatives: the change, what it does to each group with a clear gap and to each that a gap opens against, and how
    many of those selected would be different people."""
    if changes is None:
        return ()
    return tuple(
        (
            capital(tried.name),
            " ".join(_alternative(one) for one in leading(tried) if _told_of(one)) or "No clear gap changes.",
            f"{people(tried.others)} of {people(tried.selected_before)}",
        )
        for tried in changes.tried
    )


def _told_of(one: GroupChange) -> bool:
    clear = "found" in (one.before.level, one.after.level)
    opened = one.effect == "opened" and one.after.direction == "against"
    return opened or (clear and "against" in (one.before.direction, one.after.direction))


def _alternative(one: GroupChange) -> str:
    said = f"{capital(name_of(one))}: {people(one.after.selected)} instead of {people(one.before.selected)}"
    opens = {"found": ", a clear gap", "stands_out": ", who would stand out"} if one.effect == "opened" else {}
    return f"{said}{opens.get(one.after.level, '')}."
