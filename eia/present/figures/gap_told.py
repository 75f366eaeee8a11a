"""Takes a Gap; gives it as a ShownGap with its exact numbers: who and how many, what it would be if even, where it comes from, how clear it is."""

from __future__ import annotations

from collections.abc import Iterator

from eia.case import Question
from eia.findings.assessment import Assessment
from eia.findings.core.finding import Finding, Headcounts, Level
from eia.findings.gaps import Gap, gaps
from eia.present.charts.specs import PairRow
from eia.present.figures.model import ShownGap
from eia.present.text.numbers import people, whole
from eia.present.text.words import REASONS, SOURCES, capital, comes_from, group_name, more_or_fewer
from eia.stats.results import Split


def shown_gaps(assessment: Assessment) -> tuple[ShownGap, ...]:
    """Every gap that a first page names, in its order."""
    return tuple(shown_gap(assessment, gap) for gap in gaps(assessment))


def shown_gap(assessment: Assessment, gap: Gap) -> ShownGap:
    """The gap with every number that it is told with."""
    finding, step = gap.finding, gap.step
    pairs = [
        (one, pair)
        for one in assessment.under(step)
        if one.characteristic == finding.characteristic and one.group.kind == "answer"
        for pair in seen_and_even(step, one)
    ]
    seen, even = _cells(gap)
    return ShownGap(
        characteristic=finding.characteristic, group=finding.group, step=step, level=level_of(gap), evidence=gap.evidence, routes=finding.routes,
        numbers=in_numbers(gap), source=source(gap), clear=how_clear(gap), seen=seen, even=even,
        pair=next((pair_row(capital(who(gap)), *pair) for pair in seen_and_even(step, finding)), None),
        beside=tuple(pair_row(one.group.label, *pair) for one, pair in pairs),
    )  # fmt: skip


def level_of(gap: Gap) -> Level:
    """The level of the step that made a gap; of a step that was not asked about there is none."""
    return gap.finding.level if gap.finding.question == gap.step else "not_tested"


def who(gap: Gap) -> str:
    """The people of a gap, as a noun."""
    return group_name(gap.finding.characteristic, gap.finding.group)


def in_numbers(gap: Gap) -> str:
    """How many of the group there are among those selected, and how many there would be if the cuts fell evenly."""
    finding, split, counted = gap.finding, gap.finding.split, gap.finding.people
    name = capital(who(gap))
    if not isinstance(counted, Headcounts) or (split is not None and not isinstance(split, Split)):
        return f"{name}: {more_or_fewer(gap.finding.in_all or gap.people)} than if the cuts fell evenly. Some counts are withheld, so this can be a range."
    if gap.step == "selection" and (test := finding.tested):
        others = percent_of(test.selected - test.observed, test.people - test.group_people)
        return (
            f"{name}: {people(test.observed)} of the {people(test.group_people)} in pools where some go and some stay are selected. That is "
            f"{percent_of(test.observed, test.group_people)}, against {others} of everyone else there. If the cuts fell evenly within each pool, "
            f"about {whole(test.expected)} would be."
        )
    if split is None:
        even = counted.even_share_of_pools
        then = f" If the posts had been chosen evenly, about {whole(even)} would be." if even is not None else ""
        return f"{name}: {people(counted.group_in_scope)} of the {people(counted.in_scope)} people at risk.{then}"
    evenly = f"If the cuts fell evenly, about {whole(split.expected_by_workforce)} would be."
    if split.group_selected is None:
        return (
            f"{name}: about {whole(split.expected_by_pools)} of the {whole(split.selected)} people to be selected, if each pool chose evenly. "
            f"If the cuts fell evenly on all, about {whole(split.expected_by_workforce)} would be."
        )
    share = ""
    if counted.workforce and counted.group_workforce:
        among = "staff" if counted.workforce > 1 else "the workforce"
        share = (
            f" They are {percent_of(counted.group_workforce, counted.workforce)} of {among}, and "
            f"{percent_of(split.group_selected, split.selected)} of those selected."
        )
    return f"{name}: {people(split.group_selected)} of the {people(split.selected)} people selected.{share} {evenly}"


def percent_of(part: float, of: float) -> str:
    """A share in whole per cent, as sentences say it; "none" of nobody.

    >>> percent_of(75, 99), percent_of(1, 0)
    ('76%', 'none')
    """
    return f"{100 * part / of:.0f}%" if of else "none"


def source(gap: Gap) -> str:
    """Which step the gap comes from: within pools, where its numbers are of these alone; otherwise the one with the evidence, where what it adds up to
    does not name it."""
    said = comes_from(gap.finding)
    within = gap.step == "selection" and gap.finding.tested
    return said if SOURCES[gap.step] in said and not within else f"The gap comes from {SOURCES[gap.step]}."


def how_clear(gap: Gap) -> str:
    """What can be said of chance, in a short sentence."""
    finding = gap.finding
    if finding.question != gap.step:
        return "This step was not tested."
    if finding.level == "not_tested":
        return f"Not tested: {REASONS[finding.reasons[0]]}."
    return CLEAR[finding.level]


CLEAR = {
    "found": "This is a clear gap.",
    "stands_out": "This stands out, and is not yet clear.",
    "cannot_say": "We cannot say whether this is chance.",
    "not_found": "This is no clear gap.",
    "not_tested": "Chance was not tested.",
}
"""What each level says of a gap."""


def pair_row(label: str, seen: float, even: float, group: str = "") -> PairRow:
    """People as they are and as they would be if even, each with its words."""
    return PairRow(
        label=label, seen=seen, even=even, seen_text=people(seen), even_text=f"about {whole(even)}", group=group
    )


def seen_and_even(step: Question, finding: Finding) -> Iterator[tuple[int, float]]:
    """How many of the group are selected and how many would be if even: within pools, where the step is that; nothing before anybody is selected. All of
    those selected, whatever the step, so that the bars of a chart are of the same people: pools without a choice add as many to both."""
    split = finding.split
    if isinstance(split, Split) and split.group_selected is not None:
        yield split.group_selected, split.expected_by_pools if step == "selection" else split.expected_by_workforce


def _cells(gap: Gap) -> tuple[str, str]:
    """Those selected and those expected, as a table shows them."""
    split = gap.finding.split
    if gap.step == "selection" and (test := gap.finding.tested):
        return f"{people(test.observed)} of {people(test.group_people)}", f"about {whole(test.expected)}"
    if isinstance(split, Split):
        gone = split.expected_by_pools if split.group_selected is None else split.group_selected
        return f"{whole(gone)} of {whole(split.selected)}", f"about {whole(split.expected_by_workforce)}"
    return f"{more_or_fewer(gap.people)} than if even", "–"
