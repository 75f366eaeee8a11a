"""Takes an Assessment; gives page one of the draft: what is proposed, who would lose their jobs, what we do not know, what it means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from eia.case import Question
from eia.findings.assessment import Assessment
from eia.findings.gaps import Gap, gaps, of_step, totals
from eia.law.lookup import written
from eia.present.documents.model import Block, Bullets, Choice, Heading, Notice, Paragraph
from eia.present.parts.actions import actions
from eia.present.parts.gap_told import told
from eia.present.parts.unknowns import EVIDENCE, unknowns
from eia.present.sections.consultation import first_of_all
from eia.present.sections.law_section import disability_told
from eia.present.text.numbers import how_often, people
from eia.present.text.open_questions import FIRST, questions_told
from eia.present.text.said_first import said_first
from eia.present.text.words import capital, in_words, listed, plural

OUTCOMES = ("No major change", "Adjust the proposal", "Continue, and justify it", "Stop and reconsider")
NAMED, NOT_KNOWN = 4, 5
"""Gaps told in full on page one, and sentences on what is not known."""
_WHY: Mapping[Question, str] = {
    "selection": "why it selects people as it does",
    "scope": "why it chose these jobs",
    "spread": "why some pools lose more than others",
}


def page_one(assessment: Assessment) -> Iterator[Block]:
    """The page. What came before what it should follow, and what may have been misread, stand first."""
    yield Heading("On one page", 2, "one-page")
    yield from first_of_all(assessment)
    if first := questions_told(assessment.evidence.intake):
        yield Notice(FIRST, "caution")
        yield Bullets(first)
    yield Heading("What is proposed", 3)
    yield Paragraph(proposed(assessment))
    yield Heading("Who would lose their jobs" if assessment.evidence.people else "Who is selected", 3)
    yield from map(Paragraph, said_first(assessment))
    yield from who_is_affected(assessment)
    yield Heading("What we do not know", 3)
    yield Bullets(unknowns(assessment)[:NOT_KNOWN] or ("Every answer that this needs is in the file.",))
    yield Heading("What this means", 3)
    yield Paragraph(" ".join(means(assessment)))
    if before_consultation(assessment):
        yield Heading("Before consultation opens: examine and mend first", 3)
    else:
        yield Heading("Before any decision (officer to confirm)", 3)
    yield Bullets(tuple(action.do for action in actions(assessment)), ordered=True)
    yield Choice("Outcome today", OUTCOMES)


def before_consultation(assessment: Assessment) -> bool:
    """Whether consultation is still to open, so that the employer can look at its own proposal first."""
    begins = assessment.case.consultation.begins
    return begins is not None and assessment.run.when.date() < begins and not assessment.cube.chosen


def proposed(assessment: Assessment) -> str:
    """What is proposed, in the words of the case, and how many people are at risk."""
    case, numbers = assessment.case, totals(assessment)
    said = [case.proposal or "What is proposed has not been written down yet."]
    if numbers.at_risk is not None and numbers.staff is not None:
        where = "" if assessment.mixed else f", in {plural(numbers.pools, 'pool', 'pools')}"
        said.append(f"{people(numbers.at_risk)} of {people(numbers.staff)} staff are at risk{where}.")
    if numbers.going is not None and numbers.staff is not None:
        said.append(f"{plural(numbers.going, 'person', 'people')} would lose their jobs.")
    if first := case.consultation.first_dismissal:
        said.append(f"The first jobs would end on {written(first)}.")
    return " ".join(said)


def who_is_affected(assessment: Assessment) -> Iterator[Block]:
    """The groups with a gap, each in a few sentences; then how often chance would do as much."""
    found = gaps(assessment)
    if found:
        yield Bullets(tuple(map(told, found[:NAMED])))
        if others := found[NAMED:]:
            more = f"{in_words(len(others))} more {'group' if len(others) == 1 else 'groups'}"
            yield Paragraph(f"There are smaller or unclear gaps for {more}: see section 4.")
    else:
        yield Paragraph(no_gap(assessment))
    yield Paragraph(" ".join(filter(None, (chance(found), EVIDENCE if found else ""))) or EVIDENCE)


def no_gap(assessment: Assessment) -> str:
    """What is said where no group is named."""
    if not any(finding.stated or finding.test for finding in assessment.findings):
        return "Nothing could be compared. The next part says why."
    return "No group shows a clear gap, and none has a gap of five people or more."


def chance(found: tuple[Gap, ...]) -> str:
    """How often chance would do what the clear gaps show, in one clause."""
    clear = [gap.finding.adjusted_p for gap in found if gap.evidence == 2]
    if not clear:
        return ""
    often = how_often(max(clear))
    rarer = ", or less often" if len(clear) > 1 and not often.startswith("less") else ""
    return (
        f"Chance would do this {often}{rarer}."
        if len(clear) == 1
        else f"Chance would do each of the clear gaps {often}{rarer}."
    )


def means(assessment: Assessment) -> Iterator[str]:
    """What the gaps ask of the employer, and the rights that need no figure."""
    found = [gap for gap in gaps(assessment) if gap.evidence] or gaps(assessment)
    if why := [words for step, words in _WHY.items() if of_step(found, step)]:
        yield f"The employer must show {listed(why)}. It must show that nothing less harmful would do."
    if not found:
        yield "No gap here has to be explained yet. Each person can still have rights that need no figure."
    yield from disability_told(assessment)
    if (priority := assessment.priority) and priority.with_priority:
        who = f"{capital(in_words(priority.with_priority))} {'person' if priority.with_priority == 1 else 'people'}"
        yield f"{who} must be offered any suitable vacancy first, because of pregnancy or family leave."
