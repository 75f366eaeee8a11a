"""Takes an Assessment and its Figures; gives page one of the draft: what is proposed, who would lose their jobs, what we do not know, what it means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from eia.case import Question
from eia.findings.assessment import Assessment
from eia.findings.gaps import of_step
from eia.law.lookup import written
from eia.present.documents.model import Block, Bullets, Choice, Heading, Notice, Paragraph
from eia.present.figures.model import Figures
from eia.present.figures.unknowns import EVIDENCE
from eia.present.parts.actions import actions
from eia.present.sections.consultation import first_of_all
from eia.present.sections.law_section import disability_told
from eia.present.text.open_questions import FIRST
from eia.present.text.words import listed, plural

OUTCOMES = ("No major change", "Adjust the proposal", "Continue, and justify it", "Stop and reconsider")
NAMED, NOT_KNOWN = 4, 5
"""Gaps told in full on page one, and sentences on what is not known."""
_WHY: Mapping[Question, str] = {
    "selection": "why we select people as we do",
    "scope": "why we chose these jobs",
    "spread": "why some pools lose more than others",
}


def page_one(assessment: Assessment, figures: Figures) -> Iterator[Block]:
    """The page. What came before what it should follow, and what may have been misread, stand first."""
    yield Heading("On one page", 2, "one-page")
    yield from first_of_all(assessment, figures.edition)
    yield from guessed(figures)
    yield Heading("What is proposed", 3)
    yield Paragraph(proposed(assessment, figures))
    yield Heading("Who would lose their jobs" if assessment.evidence.people else "Who is selected", 3)
    yield from map(Paragraph, figures.first)
    yield from who_is_affected(figures)
    yield Heading("What we do not know", 3)
    yield Bullets(figures.unknowns[:NOT_KNOWN] or ("Every answer that this needs is in the file.",))
    yield Heading("What this means", 3)
    yield Paragraph(" ".join(means(assessment, figures)))
    if before_consultation(assessment):
        yield Heading("Before consultation opens: examine and mend first", 3)
    else:
        yield Heading("Before any decision (officer to confirm)", 3)
    yield Bullets(tuple(action.do for action in actions(assessment, figures)), ordered=True)
    yield Choice("Outcome today", OUTCOMES)


def guessed(figures: Figures) -> Iterator[Block]:
    """What nobody has confirmed of how the file was read, before any number of it; nothing where nothing is open."""
    if figures.guesses:
        yield Notice(FIRST, "caution")
        yield Bullets(figures.guesses)


def before_consultation(assessment: Assessment) -> bool:
    """Whether consultation is still to open, so that the employer can look at its own proposal first."""
    begins = assessment.case.consultation.begins
    return begins is not None and assessment.run.when.date() < begins and not assessment.cube.chosen


def proposed(assessment: Assessment, figures: Figures) -> str:
    """What is proposed, in the words of the case, and how many people are at risk."""
    case = assessment.case
    said = [in_its_words(case.proposal) if case.proposal else "What is proposed has not been written down yet."]
    if figures.at_risk is not None and figures.staff is not None:
        where = "" if assessment.mixed else f", in {plural(figures.pools, 'pool', 'pools')}"
        said.append(f"{figures.at_risk} of {figures.staff} staff are at risk{where}.")
    if figures.choice:
        said.append(figures.choice)
    if figures.staff is not None and (gone := figures.leave or figures.selected):
        who = f"{gone} {'person' if gone == '1' else 'people'}"
        how = f"leave, {figures.volunteers} of them as volunteers" if figures.volunteers else "lose their jobs"
        said.append(f"{who} would {how if figures.leave else 'be selected'}.")
    if figures.redeployed:
        said.append(f"{figures.redeployed} of the {figures.selected} people selected have other work.")
    if first := case.consultation.first_dismissal:
        said.append(f"The first jobs would end on {written(first)}.")
    return " ".join(said)


def in_its_words(proposal: str) -> str:
    """The proposal as it was written, as a quotation: the figures beside it are ours, and can be otherwise.

    >>> in_its_words("Close the depot")
    'The proposal says: “Close the depot.”'
    """
    return f"The proposal says: “{proposal}{'' if proposal.endswith(('.', '!', '?')) else '.'}”"


def who_is_affected(figures: Figures) -> Iterator[Block]:
    """The groups with a gap, each in a few sentences; then how often chance would do as much."""
    found = figures.gaps
    if figures.later_first:
        yield from _at_other_steps(figures)
        yield Paragraph("In who is selected:")
    if found:
        yield Bullets(tuple(gap.told for gap in found[:NAMED]))
        if others := found[NAMED:]:
            clear = any(gap.level == "found" for gap in others)
            also = (
                "Other groups have clear gaps too" if clear else "Of other groups too, more are selected than expected"
            )
            yield Paragraph(f"{also}: see section 4.")
    else:
        yield Paragraph(figures.no_gap)
    if not figures.later_first:
        yield from _at_other_steps(figures)
    yield Paragraph(" ".join(filter(None, (figures.chance, EVIDENCE))))


def _at_other_steps(figures: Figures) -> Iterator[Block]:
    if figures.later:
        yield Paragraph("There are clear gaps in what happened at other steps:")
        yield Bullets(figures.later)


def means(assessment: Assessment, figures: Figures) -> Iterator[str]:
    """What the gaps ask of us, and the rights that need no figure. It speaks as whoever decides: what a union asks stands in its response."""
    found = figures.clear or figures.gaps
    if why := [words for step, words in _WHY.items() if of_step(found, step)]:
        yield f"We must show {listed(why)}. We must show that nothing less harmful would do."
    if not found:
        yield "No gap here has to be explained yet. Each person can still have rights that need no figure."
    if any(gap.characteristic.protected == "Disability" for gap in figures.gaps):
        yield from disability_told(assessment)
    if figures.priority:
        yield figures.priority
