"""Takes an Assessment; gives a speaking note of one page as a Document: what to ask for, and what to say to the answers one hears."""

from __future__ import annotations

from collections.abc import Iterator

from eia.findings.assessment import Assessment
from eia.law.lookup import written
from eia.present.documents.model import Block, Bullets, Document, Heading, Paragraph, Table, TableColumn
from eia.present.figures.exact import exact
from eia.present.figures.model import Figures, ShownGap, names
from eia.present.figures.unknowns import EVIDENCE, TOO_FEW
from eia.present.parts.response.asks import asks, criteria_apart, named, reply_by
from eia.present.parts.response.chosen import led_by_the_chosen
from eia.present.parts.response.process_facts import process_facts
from eia.present.text.mixed import as_told
from eia.present.text.open_questions import GUESSED
from eia.process.papers.documents import still_to_ask_for

OUR_SIDE = (
    "CONFIDENTIAL. For our side only: do not hand it over. Small counts can show who someone is: do not pass it on."
)


def speaking_note(assessment: Assessment) -> Document:
    """The note: our asks, one line a gap, and what to say back."""
    made = Document(
        title="Speaking note",
        subtitle=assessment.case.title,
        notice=OUR_SIDE,
        blocks=tuple(_blocks(assessment, led_by_the_chosen(assessment, exact(assessment)))),
    )
    return as_told(assessment, made)


def _blocks(assessment: Assessment, figures: Figures) -> Iterator[Block]:
    found = named(figures)
    yield Heading("We ask for", 2, "asks")
    yield Bullets(asks(assessment, figures), ordered=True)
    yield Heading("We found", 2, "found")
    if GUESSED in figures.guesses:
        yield Paragraph(GUESSED)
    later = f"Clear gaps at other steps: {figures.later_named}." if figures.later else ""
    told = [gap.numbers for gap in found]
    yield Bullets(tuple(filter(None, (later, *told) if figures.later_first else (*told, later))) or (figures.no_gap,))
    if facts := process_facts(assessment, figures):
        yield Heading("The record shows", 2, "process")
        yield Bullets(facts)
    if rows := tuple(_answers(assessment, figures, found)):
        yield Table("If they say, we say", (TableColumn("If they say"), TableColumn("We say")), rows)
    if rest := still_to_ask_for(assessment.case):
        yield Paragraph(f"Still to ask for, beside what the law lists: {'; '.join(rest)}.")
    yield Paragraph(f"{EVIDENCE} {TOO_FEW} We ask for a reply by {written(reply_by(assessment))}.")


def _answers(assessment: Assessment, figures: Figures, found: tuple[ShownGap, ...]) -> Iterator[tuple[str, str]]:
    steps = {gap.step: [one for one in found if one.step == gap.step] for gap in found}
    if "scope" in steps:
        yield (
            f"“More {names(steps['scope'])} do those jobs.”",
            "That says again which jobs you chose. Why those, and what else did you test?",
        )
    if "spread" in steps:
        yield "“Some teams are overstaffed.”", "Then show us the work of each team, and what equal shares would save."
    if "selection" in steps:
        known = criteria_apart(assessment, figures, steps["selection"])
        yield (
            "“Everybody was scored in the same way.”",
            f"The same way can still do harm. {' '.join(known) or 'Which criterion made this gap?'} Who tested it?",
        )
    yield (
        "“It could be chance.”",
        "We have worked out how often chance would do it. The annex has every figure. What did you work out?",
    )
    yield "“The figures are confidential.”", "Give us counts by group. No names are needed."
