"""Takes an Assessment; gives a sheet for members as a Document of one page: what happens, what we ask, what they can do. No figure of any group."""

from __future__ import annotations

from collections.abc import Iterator

from eia.findings.assessment import Assessment
from eia.law.lookup import written
from eia.present.documents.model import Answer, Block, Bullets, Document, Heading, Paragraph
from eia.present.documents.response import BRANCH, REP
from eia.present.parts.duties import what_to_check
from eia.present.sections.law_section import time_limits


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
    given = assessment.case.consultation
    yield Heading("What is happening", 2, "happening")
    yield Answer("What is proposed, in two sentences", "Say it without figures of any group.", REP, BRANCH)
    days = [
        f"{name} {written(day)}."
        for name, day in (("Consultation opens on", given.begins), ("First notice can be given on", given.notice_from), ("The first jobs would end on", given.first_dismissal))
        if day
    ]  # fmt: skip
    if days:
        yield Bullets(tuple(days))
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
    yield Paragraph(f"{time_limits(assessment)} Ask us early: do not wait for the end of an appeal.")
    yield Answer("Who to speak to", "Name, telephone and email of the rep, and when they are free.", REP, BRANCH)
    yield from what_to_check(assessment, assessment.law.applies.claim_times)
