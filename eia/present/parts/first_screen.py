"""Takes an Assessment; gives what the first screen says before anything else: the verdict in a sentence, how often chance would do it, and three large numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eia.findings.assessment import Assessment
from eia.findings.gaps import Gap, gaps, totals
from eia.findings.headlines import limits
from eia.present.figures.exact import chance, no_gap
from eia.present.figures.gap_told import seen_and_even, who
from eia.present.figures.unknowns import cannot_say_of, missing_answers, silent_groups
from eia.present.parts.page_one import NAMED
from eia.present.text.numbers import how_often, people, whole
from eia.present.text.words import IF_EVEN, capital, listed, more_or_fewer, plural


def verdict(assessment: Assessment) -> str:
    """What the evidence comes to, in one sentence."""
    found = gaps(assessment)
    if clear := [gap for gap in found if gap.evidence == 2]:
        return f"There is a clear gap against {_named(clear)}."
    if alone := [gap for gap in found if gap.evidence == 1]:
        return f"{capital(_named(alone))} stand out: a reason to ask, and not yet a clear gap."
    if found:
        return f"No group shows a clear gap. Five people or more than expected are selected of {_named(found)}."
    return no_gap(assessment)


def by_chance(assessment: Assessment) -> str:
    """How often chance would do what the verdict names, in a sentence; nothing where it names no gap that is clear or stands out."""
    found = gaps(assessment)
    alone = [gap.finding.own_p for gap in found if gap.evidence == 1]
    if said := chance(found):
        return said
    rarer = ", or less often," if len(alone) > 1 else ""
    return (
        f"Chance would do this {how_often(max(alone))}{rarer} among the groups of its characteristic." if alone else ""
    )


def _named(found: Sequence[Gap]) -> str:
    """The groups that page one tells in full, and how many more there are."""
    more = len(found) - NAMED
    return listed([*map(who, found[:NAMED]), *([plural(more, "more group", "more groups")] if more > 0 else [])])


@dataclass(frozen=True, slots=True)
class LargeNumber:
    """A number to be seen from afar, and the words that it begins."""

    number: str
    says: str


def large_numbers(assessment: Assessment) -> tuple[LargeNumber, ...]:
    """How many are selected, the clearest gap, and what is not known."""
    return _selected(assessment), _clearest(assessment), _not_known(assessment)


def _selected(assessment: Assessment) -> LargeNumber:
    numbers = totals(assessment)
    if numbers.going is None:
        return LargeNumber("?", "people selected: we do not know how many")
    if numbers.at_risk is None:
        return LargeNumber(people(numbers.going), "people selected")
    how = f"leave, {people(numbers.volunteers)} of them as volunteers" if numbers.volunteers else "lose their jobs"
    return LargeNumber(people(numbers.going), f"people would {how}, of {people(numbers.at_risk)} at risk")


def _clearest(assessment: Assessment) -> LargeNumber:
    """As the chart beside it shows it, where it does."""
    gap = next(iter(gaps(assessment)), None)
    if gap is None:
        return LargeNumber("0", "groups with a clear gap")
    evenly = IF_EVEN["selection"] if gap.step == "selection" else "if the cuts fell evenly"
    for seen, even in seen_and_even(gap.step, gap.finding):
        return LargeNumber(whole(seen - even), f"more {who(gap)} selected than {evenly}")
    where = "in pools" if gap.finding.in_all is None else "selected"
    return LargeNumber(more_or_fewer(gap.people).split()[1], f"more {who(gap)} {where} than if the cuts fell evenly")


def _not_known(assessment: Assessment) -> LargeNumber:
    """The answers missing of a group with a gap, or else the groups of whom nothing can be said, or the characteristics not in the file."""
    if missing := next(missing_answers(assessment), None):
        gap, unknown, everyone = missing
        title = gap.finding.characteristic.title.lower()
        return LargeNumber(people(unknown), f"of the {people(everyone)} people at risk have no known answer on {title}")
    if silent := silent_groups(assessment):
        return LargeNumber(people(len(silent)), f"groups of whom {cannot_say_of(assessment)}")
    absent = next((limit.names for limit in limits(assessment) if limit.key == "not in the file"), ())
    return LargeNumber(people(len(absent)), "protected characteristics of which the file says nothing")
