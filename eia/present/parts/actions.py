"""Takes an Assessment and its Figures; gives what to do about its gaps before anything is decided: each with the gap that it answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from eia.findings.assessment import Assessment
from eia.findings.gaps import of_step
from eia.findings.supplementary.score_gaps import ScoreGap
from eia.present.figures.model import Figures, ShownGap, names
from eia.present.text.words import capital

ABSENCE = re.compile("attend|absen|sick", re.IGNORECASE)
"""In the name of a criterion that counts days away."""
EVERYBODY = "Everybody at risk"


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do, as an instruction; whom it is about, and the gaps that it answers."""

    do: str
    whom: str
    answers: tuple[ShownGap, ...] = ()


def actions(assessment: Assessment, figures: Figures) -> tuple[Action, ...]:
    """What to examine and mend, the clearest gaps first; last to make the assessment again."""
    return (*_actions(assessment, figures), Action("Repeat this assessment.", EVERYBODY))


def _actions(assessment: Assessment, figures: Figures) -> Iterator[Action]:
    found = figures.clear or figures.gaps
    scored = [(gap, criterion_apart(assessment, gap)) for gap in of_step(found, "selection")]
    for gap, apart in scored:
        if apart:
            yield _about(_of_scores(apart), (gap,))
    if others := tuple(gap for gap, apart in scored if apart is None):
        yield _about("Look at each criterion's scores by group, and at who gave them.", others)
    if scope := of_step(found, "scope"):
        yield _about("Explain why these jobs were chosen, and what else was tested.", scope)
    if spread := of_step(found, "spread"):
        yield _about("Explain why some pools lose more than others, and test equal shares.", spread)
    if posts_closed_to_part_time(assessment):
        part_time = tuple(gap for gap in found if gap.characteristic.key == "working_pattern")
        yield Action(
            "Open the new posts to part-time staff and to job share.",
            "Part-time staff, and carers",
            part_time,
        )
    if not assessment.cube.chosen:
        yield Action("Test the way of selecting people before it is used.", EVERYBODY)
    if not found:
        yield Action("Add the figures of earlier rounds, so that gaps for small groups can be seen.", EVERYBODY)


def _about(do: str, found: tuple[ShownGap, ...]) -> Action:
    return Action(do, capital(names(found)), found)


def _of_scores(apart: ScoreGap) -> str:
    if ABSENCE.search(apart.criterion or ""):
        return f"Score “{apart.criterion}” again, without absence linked to disability or pregnancy."
    return f"Explain what “{apart.criterion}” measures, and have it scored again by somebody else."


def criterion_apart(assessment: Assessment, gap: ShownGap) -> ScoreGap | None:
    """The criterion by which the group of a gap scores furthest below others, where chance would rarely do that."""
    look = assessment.further.scores
    apart = look.apart(assessment.case.analysis.alpha) if look else ()
    name = (gap.characteristic.key, gap.group)
    return next((one for one in apart if one.criterion and (one.characteristic, one.group) == name), None)


def posts_closed_to_part_time(assessment: Assessment) -> bool:
    """Whether new posts are open to part-time work less often than people work so now."""
    made = assessment.restructure
    if made is None or not made.part_time or not made.part_time.of:
        return False
    new, now = made.new_open_part_time, made.part_time
    return new.number * now.of < now.number * new.of
