"""Takes an Assessment and its Figures; gives what its record shows of the process, a sentence each: decisions, days, notice owed."""

from __future__ import annotations

from collections.abc import Iterator

from eia.counts.stages import all_losing_posts
from eia.findings.assessment import Assessment
from eia.law.lookup import written
from eia.present.figures.model import Figures
from eia.present.sections.consultation import cautions
from eia.present.text.numbers import people
from eia.present.text.words import in_words, plural
from eia.process.papers.decisions import RecordedDecision


def process_facts(assessment: Assessment, figures: Figures) -> tuple[str, ...]:
    """Decisions taken once consultation was open or without papers, days that do not fit, a number proposed that is not that of the files, and notice
    owed beyond the first dismissal. It says no reason, and nothing that the case does not have."""
    return tuple(_facts(assessment, figures))


def _facts(assessment: Assessment, figures: Figures) -> Iterator[str]:
    decisions, clock, notice = assessment.law.decisions, assessment.law.clock, assessment.notice
    for each in decisions.every if decisions else ():
        yield from _decided(assessment, each)
    if clock:
        yield from (caution.text for caution in cautions(clock))
    if figures.edition == "confidential" and (differs := _another_number(assessment)):
        yield differs
    ends = assessment.case.consultation.first_dismissal
    if notice and notice.longer and notice.days is not None and ends and figures.edition == "confidential":
        yield (
            f"The first dismissal is to take effect on {written(ends)}, {plural(notice.days, 'day', 'days')} after the first notice. If all leave "
            f"then, {people(notice.longer)} of the {people(notice.known)} people selected whose service is known have less notice than the law gives."
        )


def _another_number(assessment: Assessment) -> str:
    """That the employer proposes another number of redundancies than its own files have people leaving; nothing where the two agree."""
    proposed, leave = assessment.case.consultation.number_proposed, all_losing_posts(assessment.evidence.outcomes)
    if not proposed or not leave or proposed == leave:
        return ""
    redundancies, leaving = (
        plural(proposed, "redundancy", "redundancies"),
        plural(leave, "person loses a post", "people lose their posts"),
    )
    return f"You propose {redundancies}. By your files {leaving}, volunteers included. Please explain the difference."


def _decided(assessment: Assessment, each: RecordedDecision) -> Iterator[str]:
    """A decision that came when it was to be consulted on, or of which no papers are on record; nothing of another."""
    begins, on = assessment.case.consultation.begins, each.decision.on
    after = (on - begins).days if on and begins else 0
    papers = "papers given" in each.missing
    if after > 0 or papers:
        today = assessment.run.when.date()
        when = f" {'was' if on <= today else 'is to be'} decided on {written(on)}" if on else " has no day of decision"
        verb = "opened" if begins and begins <= today else "opens"
        gap = f", {in_words(after)} {'day' if after == 1 else 'days'} after consultation {verb}" if after > 0 else ""
        yield f"“{each.name}”{when}{gap}{', with no papers on record' if papers else ''}."
