"""Takes an Assessment; gives the gaps at every step but selection, such as who was downgraded or loses pay: those that are clear, those that stand out, and the steps in order of evidence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from eia.case import REDEPLOYED, SLOTTED_IN, VOLUNTEER
from eia.counts.subsequent_steps import ACCEPTED, OFFERED
from eia.findings.assessment import Assessment
from eia.findings.core.finding import Level
from eia.findings.headlines import NEVER_LEADING
from eia.findings.supplementary.subsequent_outcomes import AtStep, ByNumber, GroupAt, GroupNumber
from eia.present.documents.model import Block
from eia.present.figures.gap_told import CLEAR
from eia.present.sections.extras.subsequent_outcomes import (
    number_of,
    question_about,
    step_words,
    subsequent_outcomes_parts,
)
from eia.present.text.numbers import how_often, people, whole
from eia.present.text.supplementary import characteristic_of
from eia.present.text.words import capital, group_name, listed

_SOUGHT = frozenset({SLOTTED_IN, VOLUNTEER, ACCEPTED, REDEPLOYED, OFFERED, "pay protection"})
"""What people want: there a gap is against those who get less of it."""


@dataclass(frozen=True, slots=True)
class StepGap:
    """A group that fares worse at a step, or by a number such as pay lost. who: its people, as a noun."""

    step: AtStep | ByNumber
    group: GroupAt | GroupNumber
    who: str

    @property
    def name(self) -> str:
        """What tells the step from the others."""
        return _name(self.step)

    @property
    def alone(self) -> float:
        """P of this group by itself."""
        return self.group.test.midp if isinstance(self.group, GroupAt) else self.group.test.pvalue


def clear_steps(assessment: Assessment) -> tuple[StepGap, ...]:
    """Every clear gap, the steps in their order and in each the clearest first."""
    return tuple(_worse_off(assessment, "found"))


def clear_steps_told(assessment: Assessment) -> tuple[str, ...]:
    """Each clear gap with its numbers, and what they would be if it had fallen evenly."""
    return tuple(told_at_step(assessment, gap) for gap in clear_steps(assessment))


def outstanding_steps(assessment: Assessment) -> tuple[StepGap, ...]:
    """Every gap that stands out and is not clear, the one first that chance would give least often."""
    return tuple(sorted(_worse_off(assessment, "stands_out"), key=lambda gap: gap.alone))


def asked_of_steps(assessment: Assessment) -> tuple[str, ...]:
    """Of each step with a clear gap a question to the employer, with the figure of the group that chance would give least often."""
    first: dict[str, str] = {}
    for gap in clear_steps(assessment):
        first.setdefault(gap.name, f"{told_at_step(assessment, gap)} {question_about(assessment, gap.step)}")
    return tuple(first.values())


def clear_steps_in_short(assessment: Assessment) -> str:
    """All clear gaps in one sentence: the steps, and the groups; nothing where there is none."""
    said = clear_steps_named(assessment)
    return f"There are clear gaps at other steps. {capital(said)}." if said else ""


def clear_steps_named(assessment: Assessment) -> str:
    """The steps with clear gaps, each with its groups; nothing where there is none."""
    groups: dict[str, list[str]] = {}
    for gap in clear_steps(assessment):
        title = step_words(assessment, gap.name).title if isinstance(gap.step, AtStep) else gap.name
        groups.setdefault(title.lower(), []).append(gap.who)
    steps: dict[str, list[str]] = {}
    for title, who in groups.items():
        steps.setdefault(listed(who), []).append(title)
    return "; ".join(f"{listed(titles)}: {who}" for who, titles in steps.items())


def steps_by_chance(assessment: Assessment) -> str:
    """How often chance would do what the clear gaps show, in a sentence; nothing where there is none."""
    clear = [gap.group.adjusted_p for gap in clear_steps(assessment)]
    if not clear:
        return ""
    often = how_often(max(clear))
    rarer = ", or less often" if len(clear) > 1 and not often.startswith("less") else ""
    return f"Chance would do {'each of these' if len(clear) > 1 else 'this'} {often}{rarer}."


def alone_at_step(gap: StepGap) -> str:
    """How often chance would do what stands out, and that something often does."""
    return f"Chance would do this {how_often(gap.alone)} for one group by itself. Among so many groups, some often stand out with nothing wrong."


def steps_by_evidence(assessment: Assessment) -> tuple[tuple[tuple[Block, ...], ...], tuple[tuple[Block, ...], ...]]:
    """The parts on what happened next in which a group shows something, those with a clear gap first; and the parts in which none does."""
    told = assessment.further.subsequent_outcomes
    rates = [*map(_evidence, told.steps), *map(_evidence, told.numbers)]
    rated = list(zip(rates, subsequent_outcomes_parts(assessment), strict=True))
    telling = sorted((one for one in rated if one[0]), key=lambda one: -one[0])
    return tuple(part for _, part in telling), tuple(part for evidence, part in rated if not evidence)


def _evidence(one: AtStep | ByNumber) -> int:
    levels = {group.level for group in one.groups if group.characteristic not in NEVER_LEADING}
    return 2 if "found" in levels else 1 if "stands_out" in levels else 0


def _name(step: AtStep | ByNumber) -> str:
    return step.step if isinstance(step, AtStep) else step.measure


def _worse_off(assessment: Assessment, level: Level) -> Iterator[StepGap]:
    made = assessment.further.subsequent_outcomes
    steps: tuple[AtStep | ByNumber, ...] = (*made.steps, *made.numbers)
    for step in steps:
        groups: tuple[GroupAt | GroupNumber, ...] = step.groups
        for group in sorted(groups, key=lambda one: one.adjusted_p):
            of = characteristic_of(assessment, group.characteristic)
            describes = group.group.kind == "answer" and of.key not in NEVER_LEADING
            if group.level == level and describes and group.more is (_name(step) not in _SOUGHT):
                yield StepGap(step, group, group_name(of, group.group))


def told_at_step(assessment: Assessment, gap: StepGap) -> str:
    """A gap with its numbers, and what they would be if it had fallen evenly."""
    group = gap.group
    if isinstance(group, GroupNumber):
        return f"{capital(gap.who)}: {number_of(group, gap.step)}. {CLEAR[group.level]}"
    went = step_words(assessment, gap.name).went
    return (
        f"{capital(gap.who)}: {people(group.test.observed)} of {people(group.test.group_people)} are {went}. "
        f"About {whole(group.test.expected)} would be if it had fallen evenly within each pool. {CLEAR[group.level]}"
    )
