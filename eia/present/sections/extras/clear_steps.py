"""Takes an Assessment; gives the clear gaps at every step but selection, such as who was downgraded, in short sentences for a first page, and the steps in order of evidence."""

from __future__ import annotations

from collections.abc import Iterator

from eia.case import REDEPLOYED, SLOTTED_IN, VOLUNTEER
from eia.counts.subsequent_steps import ACCEPTED, OFFERED
from eia.findings.assessment import Assessment
from eia.findings.headlines import NEVER_LEADING
from eia.findings.supplementary.subsequent_outcomes import AtStep, ByNumber, GroupAt
from eia.present.documents.model import Block
from eia.present.sections.extras.subsequent_outcomes import step_words, subsequent_outcomes_parts
from eia.present.text.numbers import people, whole
from eia.present.text.supplementary import characteristic_of
from eia.present.text.words import capital, group_name, listed

_SOUGHT = frozenset({SLOTTED_IN, VOLUNTEER, ACCEPTED, REDEPLOYED, OFFERED})
"""Steps that people want to go through: there a gap is against those of whom fewer do."""


def clear_steps_told(assessment: Assessment) -> tuple[str, ...]:
    """Each group with a clear gap against it at such a step: how many went through it, and how many would have, had it fallen evenly."""
    return tuple(_told(assessment, step, group) for step, group in _clear(assessment))


def clearest_of_each_step(assessment: Assessment) -> tuple[str, ...]:
    """The same of one group a step, the one that chance would give least often."""
    first: dict[str, str] = {}
    for step, group in _clear(assessment):
        first.setdefault(step.step, _told(assessment, step, group))
    return tuple(first.values())


def clear_steps_in_short(assessment: Assessment) -> str:
    """All of them in one sentence: the step, and the groups; nothing where there is none."""
    steps: dict[str, list[str]] = {}
    for step, group in _clear(assessment):
        steps.setdefault(step_words(assessment, step.step).title.lower(), []).append(_who(assessment, group))
    said = "; ".join(f"{title}: {listed(who)}" for title, who in steps.items())
    return f"There are clear gaps at other steps. {capital(said)}." if said else ""


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


def _clear(assessment: Assessment) -> Iterator[tuple[AtStep, GroupAt]]:
    for step in assessment.further.subsequent_outcomes.steps:
        worse = step.step not in _SOUGHT
        for group in sorted(step.groups, key=lambda one: one.adjusted_p):
            if (
                group.level == "found"
                and group.more is worse
                and group.characteristic not in NEVER_LEADING
                and group.group.kind == "answer"
            ):
                yield step, group  # fmt: skip


def _told(assessment: Assessment, step: AtStep, group: GroupAt) -> str:
    test, went = group.test, step_words(assessment, step.step).went
    return (
        f"{capital(_who(assessment, group))}: {people(test.observed)} of {people(test.group_people)} are {went}. "
        f"About {whole(test.expected)} would be if it had fallen evenly within each pool. This is a clear gap."
    )


def _who(assessment: Assessment, group: GroupAt) -> str:
    return group_name(characteristic_of(assessment, group.characteristic), group.group)
