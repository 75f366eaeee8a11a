"""Takes the files of the visit; shows on request the rows of those with priority for vacancies, and takes answers by row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import streamlit as st

from eia.case import Case
from eia.dashboard.open_files import Sources, people
from eia.dashboard.session import Session
from eia.dashboard.widgets import blocks, heading, prose
from eia.intake.workforce import Workforce
from eia.present.sections.family_leave_priority import rows_named, rows_of, vacancy_name
from eia.process.family_leave_priority import Holder
from eia.process.priority_counts import on_leave, whose_jobs_go
from eia.process.vacancies import candidates

AS_BEFORE = "As answered for the pool or post, or in the file of offers"
ANSWERS = {"Suitable": True, "Not suitable": False}


def priority_rows(visit: Session) -> None:
    """The rows, for somebody who says that they are entitled to them; and the answers by row."""
    if visit.sources is None or visit.case is None:
        prose("A saved assessment holds counts. Rows can be shown where its files are open.", kind="soft")
        return
    if st.checkbox("Show the rows of the file. I am entitled to reach single people for this", key="rows"):
        rows(visit, visit.case, visit.sources)


def rows(visit: Session, case: Case, sources: Sources) -> None:
    """The rows with priority, and the answers by row; the files are read again: nobody is kept between pages."""
    workforce = people(case, sources)
    if workforce is None:
        return
    holders = whose_jobs_go(on_leave(workforce, case), workforce, case)
    blocks(rows_of(holders, workforce, case, today=dt.datetime.now(dt.UTC).date()))
    answers(visit, sources, holders, workforce, case)


def answers(visit: Session, sources: Sources, holders: Sequence[Holder], workforce: Workforce, case: Case) -> None:
    """Whether one vacancy suits single people, as the visitor answers."""
    vacancies = workforce.redeployment.vacancies if workforce.redeployment else ()
    asked = {
        vacancy_name(vacancy.reference, vacancy.title): (vacancy.reference, found)
        for vacancy in vacancies
        if (
            found := [
                one for one in candidates(vacancy, holders, workforce, case) if holders[one.number].place is not None
            ]
        )
    }
    if not asked:
        return
    heading("Answer for single rows")
    prose(
        "Suitable and appropriate, on terms not substantially less favourable: your answer. It counts before that for a pool or "
        "post, changes the counts in the answer and the draft, is in no file, and goes with what is open here."
    )
    reference, found = asked[st.selectbox("Vacancy", list(asked), key="vacancy")]
    given = dict(sources.answers)
    for one in found:
        key = (reference, holders[one.number].place or 0)
        before = next((word for word, fits in ANSWERS.items() if sources.answers.get(key) is fits), AS_BEFORE)
        options = [AS_BEFORE, *ANSWERS]
        answer = st.selectbox(
            f"Row {rows_named(holders[one.number])}", options, index=options.index(before), key=f"row {key}"
        )
        given.pop(key, None)
        if answer in ANSWERS:
            given[key] = ANSWERS[answer]
    if st.button("Use these answers", type="primary", key="use_answers"):
        visit.answer(given)
        st.rerun()
