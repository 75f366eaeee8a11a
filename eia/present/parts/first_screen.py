"""Takes an Assessment; gives what the first screen says before anything else: the verdict, how often chance would do it, three large numbers and a chart, the clear gaps of any step first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from eia.findings.assessment import Assessment
from eia.findings.gaps import Gap, gaps, totals
from eia.findings.headlines import limits
from eia.findings.supplementary.subsequent_outcomes import GroupAt
from eia.present.charts.specs import PairRow, Pairs
from eia.present.figures.exact import chance, no_gap
from eia.present.figures.gap_told import pair_row, seen_and_even, shown_gaps, who
from eia.present.figures.model import ShownGap
from eia.present.figures.unknowns import groups_looked_at, missing_answers, silent_groups
from eia.present.parts.impact import gaps_chart
from eia.present.parts.page_one import NAMED
from eia.present.sections.extras.clear_steps import (
    StepGap,
    alone_at_step,
    clear_steps,
    clear_steps_in_short,
    outstanding_steps,
    steps_by_chance,
    told_at_step,
)
from eia.present.sections.extras.subsequent_outcomes import step_words
from eia.present.text.evidence import common
from eia.present.text.numbers import how_often, people, whole
from eia.present.text.words import IF_EVEN, capital, listed, more_or_fewer, plural


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the evidence comes to, in a sentence or two, and how often chance would do it; nothing where no gap is clear or stands out.

    leads: whether it is what a reader should take away first."""

    says: str
    chance: str = ""
    leads: bool = True


def verdicts(assessment: Assessment) -> tuple[Verdict, ...]:
    """The verdict, and what else has to be said with it: clear gaps of the three questions, then of other steps, then what only stands out. Where no
    gap is told, how many groups nothing can be said of comes first."""
    return tuple(_verdicts(assessment, gaps(assessment)))


def _verdicts(assessment: Assessment, found: Sequence[Gap]) -> Iterator[Verdict]:
    clear, alone = ([gap for gap in found if gap.evidence == evidence] for evidence in (2, 1))
    steps = clear_steps_in_short(assessment)
    if clear:
        yield Verdict(f"There is a clear gap against {_named(clear)}.", chance(tuple(clear)))
    if steps:
        yield Verdict(steps, steps_by_chance(assessment))
    if alone and not clear:
        yield Verdict(
            f"{capital(_named(alone))} stand out: a reason to ask, not yet a clear gap.",
            common(alone[0].finding) if steps else _by_chance(alone),
            leads=not steps,
        )
    if found and not clear and not alone:
        yield Verdict(
            f"{'There no' if steps else 'No'} group shows a clear gap. Five people or more than expected are selected of {_named(found)}."
        )
    if not found and not steps:
        yield Verdict(no_gap(assessment))
    if not clear and not steps and not alone and (outstanding := outstanding_steps(assessment)):
        yield Verdict(told_at_step(assessment, outstanding[0]), alone_at_step(outstanding[0]), leads=False)


def _by_chance(alone: Sequence[Gap]) -> str:
    """How often chance would do what stands out, and how common it is that something does."""
    weakest = max((gap.finding for gap in alone), key=lambda finding: finding.own_p)
    rarer = ", or less often" if len(alone) > 1 else ""
    return f"Looking at this characteristic alone, chance would do this {how_often(weakest.own_p)}{rarer}. {common(weakest)}"


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
    return _selected(assessment), clearest(assessment), *_not_known(assessment)


def _selected(assessment: Assessment) -> LargeNumber:
    numbers = totals(assessment)
    if numbers.leave is None:
        return LargeNumber("?", "people selected: we do not know how many")
    if numbers.at_risk is None:
        return LargeNumber(people(numbers.selected or 0), "people selected")
    how = f"leave, {people(numbers.volunteers)} as volunteers" if numbers.volunteers else "lose their jobs"
    return LargeNumber(people(numbers.leave), f"of {people(numbers.at_risk)} people at risk would {how}")


def clearest(assessment: Assessment) -> LargeNumber:
    """As the chart beside it shows it, where it does; where no gap is told, how many groups nothing can be said of."""
    gap, steps = next(iter(gaps(assessment)), None), clear_steps(assessment)
    if steps and (gap is None or gap.evidence < 2):
        return _clearest_step(assessment, steps)
    if gap is None:
        return next(_silent(assessment), LargeNumber("0", "groups with a clear gap"))
    evenly = IF_EVEN["selection"] if gap.step == "selection" else "if the cuts fell evenly"
    for seen, even in seen_and_even(gap.step, gap.finding):
        return LargeNumber(whole(seen - even), f"more {who(gap)} selected than {evenly}")
    where = "in pools" if gap.finding.in_all is None else "selected"
    return LargeNumber(more_or_fewer(gap.people).split()[1], f"more {who(gap)} {where} than if the cuts fell evenly")


def _clearest_step(assessment: Assessment, steps: Sequence[StepGap]) -> LargeNumber:
    """The clear gap of another step that chance would give least often, of those counted in people; how many there are, where none is."""
    counted = [(gap, gap.group) for gap in steps if isinstance(gap.group, GroupAt)]
    if not counted:
        return LargeNumber(people(len(steps)), "clear gaps at other steps")
    gap, group = min(counted, key=lambda one: one[1].adjusted_p)
    seen, even = group.test.observed, group.test.expected
    way, went = "more" if seen > even else "fewer", step_words(assessment, gap.name).went
    return LargeNumber(whole(abs(seen - even)), f"{way} {gap.who} {went} than if it fell evenly")


def _silent(assessment: Assessment) -> Iterator[LargeNumber]:
    if silent := silent_groups(assessment):
        yield LargeNumber(people(len(silent)), f"of {people(len(groups_looked_at(assessment)))} groups: we cannot say")


def _not_known(assessment: Assessment) -> Iterator[LargeNumber]:
    """The answers missing of a group with a gap, or else the groups of whom nothing can be said, or the characteristics not in the file."""
    if missing := next(missing_answers(assessment), None):
        gap, unknown, everyone = missing
        title = gap.finding.characteristic.title.lower()
        yield LargeNumber(people(unknown), f"of the {people(everyone)} at risk have no known answer on {title}")
        return
    left = [one for one in _silent(assessment) if one != clearest(assessment)]
    absent = next((limit.names for limit in limits(assessment) if limit.key == "not in the file"), ())
    if absent:
        left.append(LargeNumber(people(len(absent)), "protected characteristics of which the file says nothing"))
    yield from left[:1]


def answer_chart(assessment: Assessment) -> Pairs | None:
    """The chart of the gaps that page one tells, with the clear gaps of other steps before those that are not clear: each as it is, beside what it would
    be if even."""
    shown, steps = shown_gaps(assessment), tuple(_step_rows(assessment))
    if not steps:
        return gaps_chart(shown)
    clear, alone, others = (_rows([gap for gap in shown if gap.evidence == evidence]) for evidence in (2, 1, 0))
    rows = (*clear, *steps, *alone, *others)[:NAMED]
    return Pairs(
        title="How many, beside what it would be if it fell evenly, by the step that the gap comes from",
        alt="; ".join(f"{row.label}: {row.seen_text} against {row.even_text} ({row.group})" for row in rows) + ".",
        rows=rows,
        axis="People",
        seen_label="As it is",
        even_label="If it fell evenly",
    )


def _rows(shown: Sequence[ShownGap]) -> tuple[PairRow, ...]:
    chart = gaps_chart(shown)
    return chart.rows if chart else ()


def _step_rows(assessment: Assessment) -> Iterator[PairRow]:
    """A row for each clear gap of another step that is counted in people; the same people are not shown twice."""
    told = set()
    for gap in clear_steps(assessment):
        if isinstance(gap.group, GroupAt):
            test, name = gap.group.test, capital(gap.who)
            if (name, test.observed, test.expected) not in told:
                yield pair_row(name, test.observed, test.expected, step_words(assessment, gap.name).title)
            told.add((name, test.observed, test.expected))
