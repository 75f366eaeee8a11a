"""Takes an Assessment and its Figures; gives a union's response to the consultation as a Document of two to four pages, for the employer's lead."""

from __future__ import annotations

from collections.abc import Iterator

from eia.findings.assessment import Assessment
from eia.findings.gaps import chosen_in_vain, of_step
from eia.law.lookup import written
from eia.present.documents.model import Answer, Block, Bullets, Document, Facts, Heading, Notice, Paragraph
from eia.present.figures.exact import exact
from eia.present.figures.model import Figures, names
from eia.present.figures.unknowns import EVIDENCE, TOO_FEW
from eia.present.parts.duties import marked
from eia.present.parts.page_one import guessed
from eia.present.parts.response.asks import (
    SELECTED_EARLY,
    asks,
    criteria_apart,
    findings_table,
    named,
    notice_due,
    reply_by,
)
from eia.present.parts.response.chosen import led_by_the_chosen
from eia.present.parts.response.law_here import law_table, points
from eia.present.parts.response.not_given import not_given_told, untitled
from eia.present.parts.response.process_facts import process_facts
from eia.present.parts.response.requests import on_record, requests, requests_table
from eia.present.sections.consultation import came_early
from eia.present.sections.law import marked_once
from eia.present.sections.law_section import never_choose
from eia.present.text.mixed import as_told
from eia.present.text.open_questions import GUESSED
from eia.present.text.words import listed, plural

UNKNOWNS = 3
CLEAR_ALL = "These are clear gaps."
FROM, TO_WHOM, ALTERNATIVES, MEETING = TO_WRITE = (
    "From",
    "To whom, by name",
    "Our alternatives",
    "Meeting, and signature",
)
"""The places that people fill in every response."""
REP = "lead for the union"
FOR_WHOM = "CONFIDENTIAL. For the employer's negotiators and the officers of the branch. Small counts can show who someone is: do not pass it on."


def response(assessment: Assessment, figures: Figures | None = None) -> Document:
    """The response: what we ask, what we found, the law, what we need, what we cannot say, what comes next; with exact figures where none are given."""
    shown = led_by_the_chosen(assessment, figures or exact(assessment))
    sections = (_heading, _asks, _found, _process, _not_an_answer, _law, _needed, _alternatives, _not_known, _next)
    made = Document(
        title="Response to consultation",
        subtitle="" if untitled(assessment) else assessment.case.title,
        notice=FOR_WHOM if shown.edition == "confidential" else shown.notice,
        blocks=tuple(block for section in sections for block in section(assessment, shown)),
        edition=shown.edition,
    )
    return marked_once(as_told(assessment, made)).written(assessment.case.texts)


def _heading(assessment: Assessment, figures: Figures) -> Iterator[Block]:
    if figures.edition == "confidential" and (unfit := chosen_in_vain(assessment)):
        yield Notice(
            f"The case names {listed([f'“{name}”' for name in unfit])} for this response, and these figures have no such gap. Take it out on the page "
            "“Take away”, or correct it in the case file.", "caution",
        )  # fmt: skip
    if missing := not_given_told(assessment):
        yield _place("Missing before this is sent", f"Do not send this yet. {missing} Enter this under “The proposal”, "
                     "or in the case file.")  # fmt: skip
    yield _place(FROM, "Name the union and the branch. Use its letterhead.")
    yield Facts(tuple(_facts(assessment, figures)))
    yield _place(TO_WHOM, "Begin with “Dear”, and name the employer's lead negotiator.")
    yield Paragraph("This is sent without prejudice to the individual claims of our members.")


def _facts(assessment: Assessment, figures: Figures) -> Iterator[tuple[str, str]]:
    """To whom, when, and what is proposed, as far as the case says; the number where exact numbers are told."""
    today, begins = assessment.run.when.date(), assessment.case.consultation.begins
    if employer := assessment.case.employer.name:
        yield "To", employer
    yield "Date", written(today)
    yield "Please reply by", written(reply_by(assessment))
    if figures.edition == "confidential" and (proposed := _proposed(assessment)):
        yield "What is proposed", proposed
    if begins:
        yield f"Consultation {'opened' if begins <= today else 'opens'}", written(begins)


def _proposed(assessment: Assessment) -> str:
    """The redundancies that the employer proposes; or the posts, where every pool has its number; nothing where neither is known."""
    case, pools = assessment.case, assessment.cube.layout.pools
    if number := case.consultation.number_proposed:
        return plural(number, "redundancy", "redundancies")
    posts = [given for pool in pools if pool in case.pools and (given := case.pools[pool].to_go) is not None]
    return f"{plural(sum(posts), 'post', 'posts')} to be lost" if sum(posts) and len(posts) == len(pools) else ""


def _asks(assessment: Assessment, figures: Figures) -> Iterator[Block]:
    yield Heading("What we ask you to do", 2, "asks")
    if told := opening(assessment):
        yield Paragraph(told)
    yield Bullets(asks(assessment, figures), ordered=True)


def opening(assessment: Assessment) -> str:
    """That people were selected before consultation on how they are selected was over, and that the first day of notice has come, told to the
    employer; nothing where neither is so."""
    told = (*_selected_early(assessment), *_notice_due(assessment))
    return " ".join(("We ask you to pause.", *told)) if told else ""


def _selected_early(assessment: Assessment) -> Iterator[str]:
    begins, today, early = assessment.case.consultation.begins, assessment.run.when.date(), came_early(assessment)
    if not begins or not SELECTED_EARLY.intersection(early):
        return
    when = f"Consultation {'opened' if begins <= today else 'opens'} on {written(begins)}."
    extract = assessment.case.dates.extract
    if extract and "on file before consultation" in early:
        yield f"Your staff records of {written(extract)} already say who is selected. {when}"
    else:
        yield f"{when} On {written(today)} your files already say who is selected."
    yield "So we have not been consulted on how."


def _notice_due(assessment: Assessment) -> Iterator[str]:
    if due := notice_due(assessment):
        yield f"First notice was to be given on {written(due)}. So people may have been given notice already."


def _found(_: Assessment, figures: Figures) -> Iterator[Block]:
    found = named(figures)
    yield Heading("What we found", 2, "found")
    if GUESSED in figures.guesses:
        yield from guessed(figures)
    if figures.later_first:
        yield from _at_other_steps(figures)
        yield Paragraph("In who is selected:")
    if found:
        all_clear = all(gap.level == "found" for gap in found)  # what is so of all of them is said once
        yield Bullets(tuple(gap.numbers if all_clear else f"{gap.numbers} {gap.clear}".rstrip() for gap in found))
        clear = CLEAR_ALL if all_clear and len(found) > 1 else found[0].clear if all_clear else ""
        yield Paragraph(" ".join(filter(None, (clear, figures.chance, EVIDENCE))))
        yield findings_table(found, figures)
    else:
        yield Paragraph(f"{figures.no_gap.removesuffix('.')}{figures.see('C4')}. {TOO_FEW}")
    if not figures.later_first:
        yield from _at_other_steps(figures)


def _at_other_steps(figures: Figures) -> Iterator[Block]:
    """What was decided after selection, or beside it; first where nothing else is clear."""
    if figures.later:
        yield Paragraph(f"There are clear gaps in what was decided at other steps{figures.see('C8')}:")
        yield Bullets(figures.later)


def _process(assessment: Assessment, figures: Figures) -> Iterator[Block]:
    if facts := process_facts(assessment, figures):
        yield Heading("What the record shows of the process", 2, "process")
        yield Bullets(facts)


def _not_an_answer(assessment: Assessment, figures: Figures) -> Iterator[Block]:
    found = figures.clear or figures.gaps
    if scope := of_step(found, "scope"):
        yield Heading(f"Why “more {names(scope)} do those jobs” is not an answer", 2, "not-an-answer")
        yield Paragraph(
            "That says again which jobs were chosen, and not why. Please show us what was tested, what "
            "each choice would save, and what it would do to each group."
        )
    elif not assessment.mixed and (selection := [gap for gap in of_step(found, "selection") if gap.evidence == 2]):
        yield Heading("Why “it is the jobs they do” is not an answer", 2, "not-an-answer")
        known = " ".join(criteria_apart(assessment, figures, selection))
        ask = f"{known} Please show us whose scores these are, and what was tested." if known else "Please show us what does: which criterion, whose scores, and what was tested."  # fmt: skip
        yield Paragraph(
            f"For {names(selection)} we compare people with others in the same pools. So their jobs do not explain why more of them are selected there. {ask}"
        )


def _law(assessment: Assessment, figures: Figures) -> Iterator[Block]:
    made = points(assessment, figures)
    if made:
        yield Heading("What the law asks of you here", 2, "law")
        yield law_table(made)


def _needed(assessment: Assessment, figures: Figures) -> Iterator[Block]:
    yield Heading("What we need from you", 2, "needed")
    yield Paragraph(f"Please send each of these by {written(reply_by(assessment))}, or say why not.")
    told = requests(assessment, figures)
    yield requests_table(told)
    if not on_record(told):
        yield _place(
            "What has come so far",
            "Which of these have come, and on which day? Which were asked for before this letter?",
        )


def _alternatives(_: Assessment, figures: Figures) -> Iterator[Block]:
    yield Heading("Alternatives we propose", 2, "alternatives")
    if figures.alternatives:
        yield figures.alternatives
    yield _place(ALTERNATIVES, "Vacancies held open, agency work ended, shorter hours, volunteers, moves to other teams: "
                 "what would each save, and whom would it spare?")  # fmt: skip


def _not_known(assessment: Assessment, figures: Figures) -> Iterator[Block]:
    yield Heading("What we cannot yet say", 2, "not-known")
    yield Bullets((*figures.unknowns[:UNKNOWNS], TOO_FEW))
    yield Paragraph(never_choose(assessment))


def _next(_: Assessment, figures: Figures) -> Iterator[Block]:
    yield Heading("Next steps", 2, "next")
    yield Paragraph("Each member can take advice on their own case. Claims to a tribunal have short time limits.")
    yield _place(MEETING, "Which day, who attends, what if we do not agree? End with “Yours sincerely”, name and role.")
    yield Paragraph(marked(figures))


def _place(title: str, help: str) -> Answer:
    """A place of the letter, of which nothing stays but what is written: the headings of the letter are enough. Its day is that of sending."""
    return Answer(title, help, REP, headed=False)
