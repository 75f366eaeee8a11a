"""Takes an Assessment; gives the section of questions to put to the employer, the largest gaps first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from eia.findings.assessment import Assessment
from eia.findings.gaps import Gap, gaps
from eia.findings.questions_to_ask import to_ask
from eia.present.documents.model import Block, Bullets, Heading, Paragraph, Table, TableColumn
from eia.present.figures.gap_told import in_numbers
from eia.present.sections.extras.clear_steps import asked_of_steps
from eia.present.sections.extras.post_lists import open_to_part_time
from eia.present.sections.law import amount, citation
from eia.present.text.words import capital
from eia.process.checklist import Datum, Item, ItemKey, Papers

HEADING = "Questions to put to the employer"

_QUESTIONS: Mapping[ItemKey, str] = {
    "assessed first": "Was an assessment made before consultation opened? May we have it, and who decides and has read it?",
    "proportions": "Who is affected, against the rest of the workforce, and why?",
    "raw numbers": "What are the raw numbers by grade, contract and hours, with those not known, and of which day?",
    "other pools": "Why are the pools drawn like this? What would one level wider or narrower give?",
    "availability": "Do any criteria reward availability, flexibility or being free of caring duties?",
    "attendance": "Are absences for disability, pregnancy, maternity and emergencies with dependants left out of attendance?",
    "appraisals": "Were appraisal ratings themselves looked at by characteristic?",
    "adjustments": "Were disabled staff given adjustments and training?",
    "service points": "What weight does length of service have, and what does it do by age and by sex?",
    "scoring": "Who scored, trained how, with a second marker and moderation? What came of appeals, by group?",
    "flexible posts": "Are the posts in the new structure open part-time and as job shares? Are present patterns honoured?",
    "fixed-term staff": "Are fixed-term staff treated the same? Are those with years of successive contracts treated as permanent?",
    "absent staff": "Are people away on maternity leave, sick or seconded consulted, and told of vacancies?",
    "family-leave priority": "Who has priority for suitable vacancies in pregnancy or around family leave, and for which vacancies?",
    "volunteers": "Who volunteered and who was refused, by group? Does the difference in pay between volunteers and others fall by age?",
    "continuous service": "Is the length of service in the file all continuous service, with other employers whose service counts in it?",
    "alternatives": "What was tried first: vacancies left open, agency work, overtime, hours, retraining, volunteers?",
    "less harmful ways": "What shows that ways that would take fewer jobs from these groups were considered?",
    "mitigation": "What will be done about it, by whom and by when, and when is the assessment made again?",
    "cumulative": "What does it add to other restructures, and to cuts in services for the same people?",
    "earlier rounds": "What happened by group in earlier rounds?",
    "leavers": "Were those who actually left monitored by characteristic?",
    "union activity": "How is it made sure that union membership and activity played no part?",
}
_DATA: Mapping[Datum, str] = {
    "rest of the workforce": "the rest of the workforce",
    "dismissals": "who was dismissed",
    "extract date": "the day of the extract",
    "grade": "grade",
    "contract": "contract",
    "working_pattern": "working pattern",
    "rounds": "rounds of selection",
}


def questions(assessment: Assessment) -> Iterator[Block]:
    """The section."""
    made, told = to_ask(assessment), {gap.finding.characteristic.key: gap for gap in gaps(assessment)}
    yield Heading(HEADING, 2, "questions")
    yield Paragraph(
        "Guidance tells representatives to ask these, and public bodies answer them in assessments of their own. None of them is a "
        "legal test. A figure stands with the questions about the step that made its gap."
    )
    of_list = (f"{_asked(item)}{_about(item, told)}{_of_posts(item, assessment)}" for item in made.ask)
    yield Bullets((*asked_of_steps(assessment), *of_list), ordered=True)
    if made.answered:
        yield Heading("What these data answer already", 3)
        yield Bullets(tuple(_QUESTIONS[item.key] for item in made.answered))
    yield from _documents(assessment.law.papers)


def _about(item: Item, told: Mapping[str, Gap]) -> str:
    """The gap that a question is about, in people; nothing for one that bears on all alike."""
    return f" {in_numbers(told[item.about])}" if item.about else ""


def _asked(item: Item) -> str:
    asked = _QUESTIONS[item.key]
    if item.missing:
        return f"{asked} The data do not hold {', '.join(_DATA[datum] for datum in item.missing)}."
    return asked


def _of_posts(item: Item, assessment: Assessment) -> str:
    """What the lists of posts say of a question, where they say anything."""
    if item.key != "flexible posts" or assessment.restructure is None:
        return ""
    return f" {open_to_part_time(assessment.restructure)}".rstrip()


def _documents(made: Papers) -> Iterator[Block]:
    if made.duty:
        yield Table(
            title="What the employer must give in writing",
            columns=(TableColumn("What"), TableColumn("Received")),
            rows=tuple((capital(name), "Yes" if came else "–") for name, came in made.documents),
            notes=(f"Where collective consultation is owed: {citation(made.duty)}.",),
        )
        yield Paragraph("Tick what has come under “The proposal”, or in the case file, under consultation.")
    else:
        if made.bargaining:
            yield Paragraph(f"{amount(made.bargaining)} ({citation(made.bargaining)})")
        if came := tuple(capital(name) for name, received in made.documents if received):
            yield Heading("What has come in writing", 3)
            yield Bullets(came)
