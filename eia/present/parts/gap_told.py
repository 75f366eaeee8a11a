"""Takes a Gap; gives it in short sentences: who and how many, what it would be if even, where it comes from, how clear it is."""

from __future__ import annotations

from collections.abc import Sequence

from eia.case import Question
from eia.findings.core.finding import Headcounts
from eia.findings.gaps import Gap
from eia.present.text.numbers import people, whole
from eia.present.text.words import REASONS, SOURCES, capital, comes_from, group_name, listed, more_or_fewer
from eia.stats.results import Split

SECTION: dict[Question, str] = {"scope": "annex, C4", "spread": "annex, C4", "selection": "annex, C4 and C5"}
"""Where the annex has the figures of each question."""


def who(gap: Gap) -> str:
    """The people of a gap as a noun."""
    return group_name(gap.finding.characteristic, gap.finding.group)


def names(found: Sequence[Gap]) -> str:
    """The people of several gaps, in a row."""
    return listed([who(gap) for gap in found])


def told(gap: Gap) -> str:
    """A gap in short sentences, the number of people first."""
    return " ".join(filter(None, (in_numbers(gap), source(gap), how_clear(gap))))


def in_numbers(gap: Gap) -> str:
    """How many of the group there are among those selected, and how many there would be if the cuts fell evenly."""
    finding, split, counted = gap.finding, gap.finding.split, gap.finding.people
    name = capital(who(gap))
    if not isinstance(counted, Headcounts) or (split is not None and not isinstance(split, Split)):
        return f"{name}: {more_or_fewer(gap.finding.in_all or gap.people)} than if the cuts fell evenly. Some counts are withheld, so this can be a range."
    if gap.step == "selection" and (test := finding.tested):
        others = percent_of(test.selected - test.observed, test.people - test.group_people)
        return (
            f"{name}: {people(test.observed)} of the {people(test.group_people)} in these pools are selected. That is "
            f"{percent_of(test.observed, test.group_people)}, against {others} of everyone else there. If the cuts fell evenly within each pool, "
            f"about {whole(test.expected)} would be selected."
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
    """Which step the gap comes from: the one with the evidence, where what it adds up to does not name it."""
    said = comes_from(gap.finding)
    return said if SOURCES[gap.step] in said else f"The gap comes from {SOURCES[gap.step]}."


def how_clear(gap: Gap) -> str:
    """What can be said of chance, in a short sentence."""
    finding = gap.finding
    if finding.question != gap.step:
        return "This step was not tested."
    if finding.level == "not_tested":
        return f"Not tested: {REASONS[finding.reasons[0]]}."
    return {
        "found": "This is a clear gap.",
        "stands_out": "This stands out, and is not yet clear.",
        "cannot_say": "We cannot say whether this is chance.",
        "not_found": "This is no clear gap.",
    }[finding.level]
