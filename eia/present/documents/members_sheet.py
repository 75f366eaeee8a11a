"""Takes an Assessment; gives a sheet for members as a Document of one page: what happens, what we ask, what they can do. No figure of any group."""

from __future__ import annotations

from collections.abc import Iterator

from eia.findings.assessment import Assessment
from eia.law.lookup import written
from eia.law.records import Rule
from eia.present.documents.model import Answer, Block, Bullets, Document, Heading, Paragraph
from eia.present.documents.response import REP
from eia.present.sections.law import MARK, open_point, warning
from eia.present.sections.law_section import points_open, time_limits

SENT = "the day this is sent"


def members_sheet(assessment: Assessment) -> Document:
    """The sheet. It may be handed out: nothing in it is counted by group."""
    return Document(
        title="Redundancies: what you should know",
        subtitle=assessment.case.title,
        notice="",
        blocks=tuple(_blocks(assessment)),
        edition="publishable",
    ).written(assessment.case.texts)


def _blocks(assessment: Assessment) -> Iterator[Block]:
    yield Heading("What is happening", 2, "happening")
    yield Answer("What is proposed, in two sentences", "Say it without figures of any group.", REP, SENT)
    if days := tuple(_days(assessment)):
        yield Bullets(days)
    yield Heading("What we are doing", 2, "doing")
    yield Paragraph(
        "We have looked at whether the cuts would fall unfairly on some groups. We have asked the employer to explain what we found, and to think again."
    )
    yield Heading("What you can do", 2, "you")
    yield Bullets(
        (
            "Check your record: your job, hours, start date, and any disability or leave. Ask for mistakes to be put right in writing.",
            "Ask how you were scored, and for a copy. Say what adjustments you need.",
            "Tell us if you are pregnant, on family leave or lately back. You may come first for a vacancy.",
            "Do not sign anything about leaving before you have spoken to us.",
            "Keep notes with dates.",
        )
    )
    yield Heading("Time limits", 2, "limits")
    yield Paragraph(
        "Check the time limit today with your branch. Do not wait for the end of an appeal.",
        lead=True,
    )
    yield Paragraph(time_limits(assessment))
    yield from _how_sure(assessment, assessment.law.applies.claim_times)
    yield Answer("Who to speak to", "Name, telephone and email of the rep, and when they are free.", REP, SENT)


def _how_sure(assessment: Assessment, limits: tuple[Rule, ...]) -> Iterator[Block]:
    """What is due to change about the limits or was not found, and which of them were not checked; nothing where no limit is held."""
    keys = {rule.key for rule in limits}
    if told := tuple(f"{open_point(each)} {MARK}" for each in points_open(assessment) if keys.intersection(each.keys)):
        yield Bullets(told)
        yield Paragraph("Ask the branch on the day which limit applies to you.")
    if unchecked := [rule.checked_on for rule in limits if warning(rule)]:
        yield Paragraph(
            f"{MARK} The wording of this rule was not checked against the provision itself. It was last looked at on {written(min(unchecked))}. "
            "Ask the branch before you rely on it."
        )


def _days(assessment: Assessment) -> Iterator[str]:
    """The days of the proposal, each as still to come or as past."""
    given, today = assessment.case.consultation, assessment.run.when.date()
    for coming, past, day in (
        ("Consultation opens on", "Consultation opened on", given.begins),
        ("First notice can be given on", "First notice could be given from", given.notice_from),
        ("The first jobs would end on", "The first jobs were to end on", given.first_dismissal),
    ):
        if day:
            yield f"{past if day <= today else coming} {written(day)}."
