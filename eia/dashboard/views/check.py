"""Takes what was read of the open files; shows it at a glance with what is open, each a choice with our guess, and takes the answers."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from eia.case import Case
from eia.dashboard.open_files import Reading
from eia.dashboard.reading_choices import column_name
from eia.dashboard.session import Session, choice, session
from eia.dashboard.widgets import facts, go, heading, inert, link, notice, prose, stuck, table, top
from eia.errors import EiaError
from eia.intake.asking.answers import answered
from eia.intake.asking.in_words import asked_in_words
from eia.intake.questions import OpenQuestion
from eia.present.documents.model import Table, heads, plain
from eia.present.text.numbers import people
from eia.present.text.open_questions import files_told, number_told, questions_told
from eia.present.text.words import plural

_NOT_USED = "Do not use it"
_FITS = 30  # characters of an answer that a box on a telephone shows


def main() -> None:
    """The page."""
    visit = session()
    top("Check what we read", visit)
    if visit.case is None:
        prose("Nothing is open yet. Open a file or an example first, and this page will show how it was read.")
        link("start", "Go to Start")
    elif visit.reading is None and visit.assessment is not None:
        prose(
            "This is a saved assessment. Its file was read when it was made.",
            *questions_told(visit.assessment.evidence.intake),
        )
        link("answer", "See the answer")
    elif visit.reading is None:
        prose("Your file cannot be read yet. These are the reasons.")
        if visit.problem is not None:
            stuck(visit.problem, visit)
    else:
        check(visit, visit.case, visit.reading)


def check(visit: Session, case: Case, reading: Reading) -> None:
    """What was read, what is open, and the button that says that it is right."""
    if visit.problem is not None:
        stuck(visit.problem, visit)
    place = st.container()
    answers = asked(reading.intake.questions)
    chosen = answered(case, answers)
    try:
        shown = visit.looked_at(chosen) if answers else reading
    except EiaError as problem:
        shown = None
        with place:
            stuck(problem, visit)
    if shown is None:
        return
    with place:
        counted(shown)
        not_fitting(shown, chosen)
        if not answers:
            prose("We have no questions about this file.")
    further = [
        one
        for one in shown.intake.questions
        if one.setting not in {question.setting for question in reading.intake.questions}
    ]
    if further:
        notice(
            f"These answers raise {plural(len(further), 'further question', 'further questions')}. They come next.",
            "information",
        )
    used(shown)
    with st.container(key="right-bar"):
        pressed = st.button("This is right", type="primary", key="right")
    if pressed:
        if answers or visit.assessment is None:
            visit.apply(chosen)
        go("answer" if visit.assessment else "check")


def counted(reading: Reading) -> None:
    """How many people, pools and selected there are, as things stand."""
    given = (
        ("People", reading.people), ("In pools", reading.in_pools), ("Pools", None if reading.intake.one_pool else reading.pools),
        ("Selected", reading.selected),
    )  # fmt: skip
    facts((name, people(number)) for name, number in given if number is not None)
    if reading.people is None:
        prose("This is a table of counts. It has no single people in it.")
    if reading.intake.one_pool:
        prose("The file names no pools. Everyone is compared with everyone else.")
    for held in reading.intake.held_back:
        prose(f"{held.characteristic} is not assessed: {held.reason} ({plural(held.rows, 'row', 'rows')}).")
        link("your_file", "Your file: say what the answers mean")
    if reading.people is not None and reading.selected is None:
        prose("The file says of nobody that they are selected.")


def not_fitting(reading: Reading, case: Case) -> None:
    """What of the files was left out or not read; and a number entered that is not the one in them."""
    for file, left_out in files_told(reading.intake):
        if left_out:
            prose(f"{file}; {left_out}.")
    if differs := number_told(case.consultation.number_proposed, reading.leaving):
        notice(differs, "caution")


def asked(questions: Sequence[OpenQuestion]) -> list[tuple[OpenQuestion, str]]:
    """Every question as a choice with our guess filled in, and the answers as they stand."""
    first = [one for one in questions if one.changes_who_is_counted]
    parts = (
        ("Who is counted", first),
        ("What else we were not sure of", [one for one in questions if one not in first]),
    )
    answers = []
    for title, part in parts:
        if part:
            heading(title)
        answers += [(question, ask(question)) for question in part]
    return answers


def ask(question: OpenQuestion) -> str:
    """One question; the answer as it stands."""
    words = {choice.answer: choice.words for choice in question.choices}
    options = list(dict.fromkeys([*words, question.guess]))
    answer = st.selectbox(
        inert(asked_in_words(question)), options, key=choice(f"question {question.setting}", question.guess),
        format_func=lambda answer: plain(words.get(answer, answer or _NOT_USED)),
    )  # fmt: skip
    in_full = words.get(answer, "")
    if len(in_full) > _FITS:
        prose(f"{in_full}.", kind="in-full")
    seen = f"It says, for example: {', '.join(question.seen)}. " if question.seen else ""
    rows = f"{plural(question.rows, 'row', 'rows')}. " if question.rows else ""
    prose(f"{rows}{seen}Why we guess so: {question.reason}. It decides {question.depends}.", kind="soft")
    return answer


def used(reading: Reading) -> None:
    """The columns that are used, and what was done to them."""
    intake = reading.intake
    heading("How the file was read")
    rows = tuple((one.header, column_name(one.column)) for one in intake.mapped)
    left, right = st.columns(2, gap="large")
    with left:
        table(
            Table(title="Columns that are used", columns=heads("In the file", "Read as", words=("Read as",)), rows=rows)
        )
    with right:
        done = tuple((one.column, one.rule, people(one.rows)) for one in intake.recodings)
        if done:
            table(
                Table(title="What was done to it", columns=heads("Column", "What", "Rows", words=("What",)), rows=done)
            )
        if intake.unused:
            prose(f"Not used and not kept: {', '.join(intake.unused)}.", kind="soft")


if __name__ == "__main__":
    main()
