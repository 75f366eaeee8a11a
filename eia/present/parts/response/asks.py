"""Takes an Assessment and its Figures; gives what a union asks of the employer, each ask with its day, and the findings behind them in four rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from eia.counts.disclosure.published import WITHHELD
from eia.findings.assessment import Assessment
from eia.findings.gaps import of_step
from eia.law.lookup import written
from eia.present.documents.model import Table, heads
from eia.present.figures.gap_told import CLEAR
from eia.present.figures.model import Figures, ShownGap, names
from eia.present.parts.actions import ABSENCE, criterion_apart, posts_closed_to_part_time
from eia.present.sections.consultation import came_early
from eia.present.sections.extras.scores import gap_told
from eia.present.text.words import capital, listed
from eia.process.consultation_clock import OutOfOrder

A_WEEK, FRIDAY = dt.timedelta(days=7), 4
MOST, NAMED = 5, 4
SELECTED_EARLY: frozenset[OutOfOrder] = frozenset(
    {"on file before consultation", "selected during consultation", "selected before consultation"}
)


def reply_by(assessment: Assessment) -> dt.date:
    """The day by which an answer is asked for: a week from the day of this document, and before notice where that is still to come; on a weekend the Friday before,
    where that is still to come."""
    today, notice = assessment.run.when.date(), assessment.case.consultation.notice_from
    before = notice - dt.timedelta(days=1) if notice else dt.date.max
    day = min(today + A_WEEK, before) if before > today else today + A_WEEK
    friday = day - dt.timedelta(days=max(day.weekday() - FRIDAY, 0))
    return friday if friday > today else day


def notice_due(assessment: Assessment) -> dt.date | None:
    """The first day of notice, where it is no later than the day of the letter: people may have been given notice by then."""
    notice = assessment.case.consultation.notice_from
    return notice if notice and notice <= assessment.run.when.date() else None


def named(figures: Figures) -> tuple[ShownGap, ...]:
    """The gaps that a letter names: those that somebody chose, then every clear one, and others up to four in all; beside clear ones, none of
    which chance is known to give as much."""
    first = (*figures.chosen, *(gap for gap in figures.clear if gap not in figures.chosen))
    beside = [
        gap for gap in figures.gaps if gap not in first and not (figures.clear and gap.clear == CLEAR["not_found"])
    ]
    return (*first, *beside)[: max(NAMED, len(first))]


def asks(assessment: Assessment, figures: Figures) -> tuple[str, ...]:
    """Up to five asks, each a sentence or two, the most pressing first; more only where each of the gaps needs one of its own."""
    day = written(reply_by(assessment))
    first = (*_to_pause(assessment, day), *_of_gaps(assessment, figures, day))
    return (*first, *tuple(_of_everybody(assessment, day))[: max(MOST - len(first), 0)])


def _to_pause(assessment: Assessment, day: str) -> Iterator[str]:
    if assessment.cube.chosen and assessment.evidence.people is not None:
        if notice_due(assessment):
            yield f"Pause every selection, and give no more notice until this is answered. Tell us by {day} how many people have been given notice."
        else:
            yield f"Pause every selection. Confirm by {day} that no notice will be given until this is answered."
    if SELECTED_EARLY.intersection(came_early(assessment)):
        yield "Consult us afresh on how people are selected, before any decision."


def _of_gaps(assessment: Assessment, figures: Figures, day: str) -> Iterator[str]:
    """What each gap that the letter names asks for, by the step that made it."""
    found = named(figures)
    scored = [(gap, criterion_apart(assessment, gap)) for gap in of_step(found, "selection")]
    asked = f"By {day}, show us how these gaps at other steps were made, and who decided each. They are: {figures.later_named}."
    steps = asked if figures.later else ""
    if figures.later_first:
        yield steps
    told: dict[str, str] = {}
    for gap, apart in scored:
        if apart and apart.criterion:
            why = " ".join(criteria_apart(assessment, figures, [gap]))
            told.setdefault(apart.criterion, f"{_of_criterion(apart.criterion, day)} {why}".rstrip())
    yield from told.values()
    if others := [gap for gap, apart in scored if apart is None]:
        yield (
            f"By {day}, send us the criteria, the rules and each criterion's scores by group, as counts. "
            f"Explain what makes the gap for {names(others)}."
        )
    if choices := _choices(found):
        yield f"Look again at {choices}. Tell us by {day} what else was looked at."
    if steps and not figures.later_first:
        yield steps


def _of_everybody(assessment: Assessment, day: str) -> Iterator[str]:
    if posts_closed_to_part_time(assessment):
        yield "Open all new posts to part-time staff and to job share, before they are advertised."
    if not assessment.cube.chosen:
        yield f"Send us the criteria, the weights and the test of them by {day}, before anybody is scored."
    deciders = tuple(dict.fromkeys(one.by for one in assessment.case.decisions.values()))
    yield (
        f"Tell us by {day} when {listed(deciders)} will have read your assessment."
        if deciders
        else f"Tell us by {day} who decides, and when they will have read your assessment."
    )
    yield f"Send us everything on our list by {day}."


def _choices(found: Sequence[ShownGap]) -> str:
    """The choices among jobs and pools that made gaps, with the groups of each."""
    made = (
        ("which jobs are at risk", of_step(found, "scope")),
        ("how the cuts are shared out among pools", of_step(found, "spread")),
    )
    return " and ".join(f"{choice} ({names(of)})" for choice, of in made if of)


def _of_criterion(criterion: str, day: str) -> str:
    if ABSENCE.search(criterion):
        return f"By {day}, take out “{criterion}”, or score it again without absence linked to disability or pregnancy."
    return f"By {day}, take out “{criterion}”, or have it scored again by somebody else."


def criteria_apart(assessment: Assessment, figures: Figures, found: Sequence[ShownGap]) -> tuple[str, ...]:
    """By how much the groups of these gaps score lower, each on the criterion that sets it apart; nothing in an edition that shows no scores."""
    apart = (criterion_apart(assessment, gap) for gap in found if figures.criteria)
    return tuple(f"{capital(gap_told(assessment, one))}." for one in apart if one)


def findings_table(found: Sequence[ShownGap], figures: Figures) -> Table:
    """A row for each gap: the group, how many are selected, how many would be if even, where the gap comes from."""
    two_bases = len({gap.step == "selection" for gap in found}) > 1
    return Table(
        title="What we found",
        columns=heads(
            "Group",
            "Selected",
            "If the cuts fell evenly",
            "Where the gap comes from",
            words=("Where the gap comes from",),
        ),
        rows=tuple(
            (capital(gap.who), _of_whom(gap) if two_bases else gap.seen, gap.even, _whence(gap)) for gap in found
        ),
        notes=tuple(_notes(found, figures)),
    )


def _of_whom(gap: ShownGap) -> str:
    """How many are selected and of whom: of everybody selected; of the group itself, where the gap comes from who is selected within the pools."""
    if gap.seen == WITHHELD or " of " not in gap.seen:
        return gap.seen
    return f"{gap.seen} {gap.who if gap.step == 'selection' else 'selected'}"


def _notes(found: Sequence[ShownGap], figures: Figures) -> Iterator[str]:
    if figures.edition == "confidential":
        yield f"How it was worked out{figures.see('C1 and C4')}."
    elif any(WITHHELD in (gap.seen, gap.even) for gap in found):
        yield figures.rows_note


def _whence(gap: ShownGap) -> str:
    """Every step that the gap comes from, as the sentence about it says."""
    return capital(gap.source.removeprefix("The gap comes from ").removesuffix("."))
