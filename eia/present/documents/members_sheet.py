"""Takes an Assessment; gives a sheet for members as a Document of one page: what happens, what we ask, what they can do. No figure of any group."""

from __future__ import annotations

from collections.abc import Iterator

from eia.findings.assessment import Assessment
from eia.law.lookup import written
from eia.present.documents.model import Answer, Block, Bullets, Document, Heading, Paragraph
from eia.present.documents.response import REP
from eia.present.sections.law_section import points_open

SENT = "the day this is sent"


def members_sheet(assessment: Assessment) -> Document:
    """The sheet. It may be handed out: nothing in it is counted by group."""
    return Document(
        title="Redundancies: what you should know",
        subtitle=assessment.case.title,
        notice="",
        blocks=tuple(_blocks(assessment)),
        edition="members",
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
        f"{_short(assessment)} Ask your branch today which limit applies to you. Do not wait for the end of an appeal.",
        lead=True,
    )
    yield Answer(
        "Your branch", "Telephone and email of the branch; name of the rep, and when they are free.", REP, SENT
    )


def _short(assessment: Assessment) -> str:
    """That limits are short, and due to change where that is known: each limit and what is not settled about it is in the annex, not in a sheet to hand out."""
    keys = {rule.key for rule in assessment.law.applies.claim_times}
    due = any(keys.intersection(point.keys) for point in points_open(assessment))
    return f"Claims to a tribunal have short time limits{', which are due to change' if due else ''}."


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
