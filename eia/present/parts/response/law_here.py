"""Takes an Assessment and its Figures; gives the law that matters to its gaps as a table of what we say and what the employer is asked to show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from eia.findings.assessment import Assessment
from eia.law.records import Rule
from eia.present.documents.model import Table, tabulated
from eia.present.figures.model import Figures, ShownGap, names
from eia.present.parts.duties import duties
from eia.present.sections.law import citations
from eia.present.sections.law_section import rules_used
from eia.present.text.words import capital, listed


@dataclass(frozen=True, slots=True)
class Point:
    """What we say of a rule, and what we ask to be shown."""

    rules: tuple[Rule, ...]
    say: str
    show: str


def points(assessment: Assessment, figures: Figures) -> tuple[Point, ...]:
    """The points of law that this proposal raises, as the law was held when the assessment was made; those whose rules are not held are left out."""
    return tuple(point for point in _points(assessment, figures) if point.rules)


def rules_cited(assessment: Assessment, figures: Figures) -> tuple[Rule, ...]:
    """Every rule that the documents cite, once: duties, points, routes of the gaps and of disability, days of the clock, time limits."""
    law = assessment.law
    clock = (each.rule for each in law.clock.milestones if each.rule) if law.clock else ()
    found = figures.clear or figures.gaps
    return tuple(
        dict.fromkeys(
            (
                *duties(assessment),
                *(rule for point in points(assessment, figures) for rule in point.rules),
                *(rule for gap in found for route in gap.routes for rule in route.rules),
                *clock,
                *_held(assessment, "direct_discrimination", "reasonable_adjustments"),
                *(
                    rule
                    for finding in assessment.each_group()
                    for route in finding.routes
                    if route.key in DISABILITY
                    for rule in route.rules
                ),
                *law.applies.claim_times,
            )
        )
    )


def law_table(told: Sequence[Point]) -> Table:
    """The points as a table. It never says that a rule was broken."""
    return tabulated(
        "The law here",
        told,
        {
            "The rule": lambda one: citations(one.rules),
            "We say": lambda one: one.say,
            "Please show us": lambda one: one.show,
        },
        words=None,
        notes=("No figure shows that a claim succeeds.",),
    )


def _points(assessment: Assessment, figures: Figures) -> Iterator[Point]:
    found = figures.clear or figures.gaps
    if assessment.law.applies.duties:
        yield Point(
            duties(assessment)[:1] + _held(assessment, "decision_record"),
            "Whoever decides must think about equality before deciding, and at the time. They must do it themselves, with the real effects before them.",
            _who_decides(assessment),
        )
    disabled = [gap for gap in found if gap.characteristic.protected == "Disability"]
    if disabled:
        yield Point(
            _held(assessment, "discrimination_arising_from_disability", "reasonable_adjustments"),
            "Absence or a lower score can arise from a disability. Adjustments can be owed to a disabled person, whatever the figures.",
            "Why each criterion is needed, and which adjustments were made.",
        )
    if others := [gap for gap in found if gap not in disabled and _rules(gap, _INDIRECT)]:
        yield Point(
            tuple(dict.fromkeys(rule for gap in others for rule in _rules(gap, _INDIRECT))),
            " ".join((*_at_a_disadvantage(others), "A rule or choice that does that has to be justified.")),
            "What each rule or choice is for, and why nothing less harmful would do.",
        )
    if treated := [gap for gap in found if _rules(gap, _TREATMENT)]:
        yield Point(
            tuple(dict.fromkeys(rule for gap in treated for rule in _rules(gap, _TREATMENT))),
            f"On these figures more {names(treated)} are selected than would be expected. The law asks why.",
            "What decided, for these people and for the others.",
        )
    if assessment.law.papers.duty:
        yield Point(
            _held(assessment, "consultation_subject", "consultation_information"),
            "We must be consulted on ways to avoid the dismissals, to reduce their number and to soften what follows.",
            "Everything in writing that the law lists (below).",
        )
    if assessment.priority:
        yield Point(
            _held(assessment, "priority_offer", "priority_begins"),
            "People who are pregnant, on family leave or lately back must be offered a suitable vacancy first.",
            "Which vacancies there are, whom they suit, and what was offered.",
        )


def _who_decides(assessment: Assessment) -> str:
    """What is asked about whoever decides: by name, where decisions are on record, and what was given to them where that is on record too."""
    decided = assessment.law.decisions.every if assessment.law.decisions else ()
    if not decided:
        return "Who decides, what they were given, and when they read it."
    given = tuple(dict.fromkeys(one.decision.by for one in decided if one.decision.given))
    others = tuple(dict.fromkeys(one.decision.by for one in decided if not one.decision.given))
    asked = (
        f"When {listed(given)} read what they were given." if given else "",
        f"What {listed(others)} had before them, and when they read it." if others else "",
    )
    return " ".join(filter(None, asked))


DISABILITY = ("disability", "separate law on disability")
"""Routes of disability, whose rules are cited wherever disability is shown."""
_INDIRECT = ("indirect", "indirect sex", "separate law", "part-time")
_TREATMENT = ("separate law on treatment", "pregnancy", "fixed-term", "flexible")


def _rules(gap: ShownGap, keys: Sequence[str]) -> tuple[Rule, ...]:
    """The first rule of each route of these kinds that a gap speaks to."""
    return tuple(rule for route in gap.routes if route.key in keys for rule in route.rules[:1])


def _held(assessment: Assessment, *keys: str) -> tuple[Rule, ...]:
    """The rules of these keys that the assessment rests on."""
    return tuple(dict.fromkeys(rule for key in keys for rule in rules_used(assessment) if rule.key == key))


def _at_a_disadvantage(found: Sequence[ShownGap]) -> Iterator[str]:
    """Who is at a disadvantage by these figures, and who may be: a gap that is not clear is not told as one that is."""
    clear, unclear = [gap for gap in found if gap.evidence == 2], [gap for gap in found if gap.evidence < 2]
    if clear:
        yield f"On these figures {names(clear)} are at a disadvantage."
    if unclear:
        yield (
            f"{capital(names(unclear))} may be: that is not clear from them."
            if clear
            else f"On these figures {names(unclear)} may be at a disadvantage: that is not clear."
        )
