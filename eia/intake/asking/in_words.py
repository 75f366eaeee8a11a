"""Takes an open question; gives it in plain words, also for a case file; refuses a reading whose questions about who is counted are not answered."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

from eia.case import Suggested
from eia.errors import EiaError, Fault, visible
from eia.intake.asking.answers import case_line, case_lines, ignoring
from eia.intake.intake_record import Intake
from eia.intake.questions import Kind, OpenQuestion
from eia.vocabulary.characteristics import characteristics

_WIDTH = 100
_ASKED: dict[Kind, str] = {
    "several people": "Does “{about}” say how many people each row stands for?",
    "at risk flag": "Does “{about}” say who is in a pool?",
    "leavers": "By “{about}”, some people have left. Do they count?",
    "panel": "The file holds several years or dates in “{about}”. Which count?",
    "reference": "Does “{about}” say which rows are the same person?",
    "assignments": "In “{about}”, some references differ only at their end. Are those posts of one person?",
    "same reference": "In “{about}”, the two files write references differently. Do they name the same people?",
    "sheet": "Which sheet holds the people?",
    "pool": "Which column names the pools?",
    "pool words": "Are these the pools that people are selected from: {about}?",
    "outcome": "Does “{about}” say who is selected?",
    "outcome words": "What does the outcome “{about}” mean?",
    "outcome column": "Does the column “{about}” count people selected?",
    "percentages": "What are the percentages under “{about}” of?",
    "column": "What is the column “{about}”?",
    "label": "Under {of}, what does the answer “{about}” mean?",
    "rare labels": "What do the answers under “{about}” mean that are not known?",
    "near labels": "Are “{about}” and a label much like it the same answer?",
    "held names": "May all names under “{about}” be shown?",
    "not answered": "Under {of}, is “{about}” an answer, or is none known?",
    "age or birth": "Age and date of birth differ. Which counts?",
    "group columns": "Is each of these columns one group of {of}?",
    "twice": "Which column counts as {about}?",
    "absence reason": "What kind of absence is “{about}”?",
    "rare absences": "What kind of absence are the reasons that are not known?",
    "extract date": "On which day was the file drawn?",
}


def asked_in_words(question: OpenQuestion) -> str:
    """The question as a person would ask it."""
    text = _ASKED[question.kind].replace("“{about}”", "“{about}”" if question.about else "a column or an answer")
    return text.format(about=question.about, of=_of(question.setting))


def _of(setting: tuple[str, ...]) -> str:
    """The characteristic that a question is about, by the setting of its answer."""
    found = next((characteristics()[key] for key in setting if key in characteristics()), None)
    return found.title if found else "this characteristic"


def guess_in_words(question: OpenQuestion) -> str:
    """What is taken meanwhile."""
    taken = next((choice.words for choice in question.choices if choice.answer == question.guess), "")
    return taken or (question.guess and f"“{question.guess}”") or "It is not used"


def in_a_case(questions: Sequence[OpenQuestion]) -> Iterator[Suggested]:
    """Every open question for a case file: what is asked, the other answers, and our guess, ready to be taken."""
    for one in questions:
        heading = case_line(one, "any answer")[0]
        rows = f" ({one.rows:,} rows)" if one.rows else ""
        asked = visible(f"{asked_in_words(one)}{rows} It decides {one.depends}.")
        lines = {
            choice.answer: f"{case_line(one, choice.answer)[1]} # {visible(choice.words)}" for choice in one.choices
        }
        others = [line for answer, line in lines.items() if answer and answer != one.guess]
        ready = f"{lines.get(one.guess, case_line(one, one.guess)[1])} (our guess)" if one.guess else ""
        yield Suggested(heading=heading, lines=(*textwrap.wrap(asked, _WIDTH), *others), ready=ready)
    if unused := [one.about for one in questions if not one.guess and any(not choice.answer for choice in one.choices)]:
        yield Suggested(heading="", lines=("Columns that we would not use:",), ready=ignoring(unused))


def wait_for_answers(intake: Intake) -> None:
    """Do nothing where everything about who is counted is answered; otherwise raise EiaError with all the questions."""
    waiting = [question for question in intake.questions if question.changes_who_is_counted]
    if waiting:
        raise EiaError(_fault(question, intake.sources[0].file) for question in waiting)


def _fault(question: OpenQuestion, file: str) -> Fault:
    """The fault of a reading that waits for the answer."""
    where = f" {question.rows:,} rows." if question.rows else ""
    return Fault(
        code="open-question", what=f"{asked_in_words(question)}{where} It decides {question.depends}.", file=file,
        column=question.about if question.setting[0] in ("columns", "people") and question.about else None,
        allowed="\n".join(["", *case_lines(question)]),
        do="Copy the line of your answer into a case, below its heading; a heading stands in a case once. `eia check` with --save writes a case that has every "
        "answer, our guess ready to be taken. Or take every guess of ours: --as-read on the command line, as_read=True in Python.",
    )  # fmt: skip
