"""Takes the papers of a proposal; gives their sections: form HR1, the documents asked for, the record of decisions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from eia.case import Case, Paper
from eia.law.lookup import written
from eia.present.documents.model import Block, Bullets, Heading, Paragraph, Table, tabulated
from eia.present.sections.law import amount, citation
from eia.present.text.numbers import people
from eia.present.text.words import capital, plural
from eia.process.papers.decisions import Decisions, Missing, RecordedDecision
from eia.process.papers.documents import documents_asked_for, still_to_ask_for
from eia.process.papers.hr1 import Entry, FormHR1

HR1 = "Form HR1"
DOCUMENTS = "Documents to ask for"
DECISIONS = "Who decided what"
_MISSING: Mapping[Missing, str] = {
    "day": "no day",
    "version read": "not which version was read",
    "papers given": "not what they were given",
    "consultation had not begun": "decided before consultation began, as the case dates it",
}


def hr1_section(form: FormHR1 | None) -> Iterator[Block]:
    """The section on form HR1; nothing where it is not owed."""
    if form is None:
        return
    filled = sum(entry.filled for entry in form.entries)
    yield Heading(HR1, 2, "hr1")
    told = f"The case fills in {filled} of the {len(form.entries)} things that the form asks for. The rest is for the employer to give."
    due = f" It must be in by {written(form.by)}." if form.by else ""
    yield Paragraph(f"{told}{due} The representatives get a copy: compare the two.", lead=True)
    yield tabulated(
        "What form HR1 asks for",
        form.entries,
        {"What": lambda entry: capital(entry.asked), "What the case says": _answer, "From": _source},
        words=None,
        notes=(f"{citation(form.contents)}. {form.contents.note}".strip(),),
    )


def documents_section(case: Case) -> Iterator[Block]:
    """The section on documents, for our side: what to ask for, then the days of what was asked for and came."""
    rest = tuple(map(capital, still_to_ask_for(case)))
    yield Heading(DOCUMENTS, 2, "documents")
    if rest:
        yield Paragraph(
            "Ask before consultation begins, or at once if it has begun. Give the employer a day to send them by. Unions' guides name these. "
            "No rule of law lists them; what must be given in writing stands with the questions.",
        )
        yield Bullets(rest)
    yield from _kept(case)


def documents_kept(case: Case) -> Iterator[Block]:
    """The same for a reader who is not on our side: what was asked for and came; nothing where nothing was."""
    if kept := tuple(_kept(case)):
        yield Heading("Documents asked for", 2, "documents")
        yield from kept


def _kept(case: Case) -> Iterator[Table]:
    """The documents that were asked for or came, with the days of it."""
    if kept := [each for each in documents_asked_for(case) if each[1].asked or each[1].received]:
        yield tabulated(
            "Documents asked for and received",
            kept,
            {
                "Document": lambda each: capital(each[0]),
                "Asked for": lambda each: written(each[1].asked) if each[1].asked else "Not asked for",
                "Received": lambda each: _received(each[1]),
            },
            words=None,
        )


def decisions_section(found: Decisions | None) -> Iterator[Block]:
    """The record of decisions; nothing where the case has none."""
    if found is None:
        return
    yield Heading(DECISIONS, 2, "decisions")
    whole = sum(not each.missing for each in found.every)
    yield Paragraph(
        f"{plural(len(found.every), 'decision', 'decisions')} on record; {people(whole)} with the day, the version read and the papers given. "
        "The version is the SHA-256 of the case, which every report prints.",
        lead=True,
    )
    yield tabulated(
        "Record of decisions",
        found.every,
        {
            "Decision": _decision,
            "By": lambda each: each.decision.by,
            "On": lambda each: written(each.decision.on) if each.decision.on else "Not given",
            "Version read": lambda each: each.decision.read[:12] if each.decision.read else "Not given",
            "Papers given": lambda each: "; ".join(each.decision.given) or "Not given",
            "What the record lacks": lambda each: capital("; ".join(_MISSING[one] for one in each.missing)) or "–",
        },
        words=None,
        notes=(f"{amount(found.rule)} ({citation(found.rule)})",) if found.rule else (),
    )


def _decision(each: RecordedDecision) -> str:
    return f"{each.name}: {each.decision.decided}" if each.decision.decided else each.name


def _answer(entry: Entry) -> str:
    if entry.day:
        return written(entry.day)
    if isinstance(entry.answer, int):
        return people(entry.answer)
    return entry.answer or "–"


def _source(entry: Entry) -> str:
    if entry.filled:
        return "The case"
    return "The employer has to give it" if entry.source is None else "Not in the case yet; the employer has to give it"


def _received(paper: Paper) -> str:
    if paper.received:
        return written(paper.received)
    return "Still to come"
