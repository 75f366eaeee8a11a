"""Priority on the screen: counts for all, rows only where somebody asks for them, and answers that go with the visit."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from eia.case import Case, changed
from eia.dashboard.open_files import Sources
from eia.dashboard.session import Session
from eia.findings.record import to_json
from eia.intake.evidence import Upload
from eia.law.lookup import rule
from eia.present.sections.checklist import HEADING as QUESTIONS
from eia.present.sections.family_leave_priority import HEADING as PRIORITY
from eia.present.sections.law import amount

STAFF = b"Staff no,Sex,Pool,Outcome\n" + b"".join(
    f"S{n},{'FM'[n % 2]},{'AB'[n % 3 == 0]},{'selected' if n < 8 else 'retained'}\n".encode() for n in range(24)
)
LEAVE = (
    b"Staff no,Leave type,Employer told,EWC\nS1,Pregnancy,01/12/2026,06/06/2027\nS4,Pregnancy,01/12/2026,06/06/2027\n"
)
VACANCIES = b"Vacancy,Title,Posts,Opens\nV1,Clerk,1,01/02/2027\nV2,Cook,1,01/02/2027\n"
DAYS = {"impracticable_from": "2027-02-01", "contracts_end": "2027-04-30"}


def upload(name: str, content: bytes) -> Upload:
    return Upload(name=f"{name}.csv", content=content)


def opened_with() -> Session:
    visit = Session()
    visit.open_files(
        changed(Case(title="Uploaded"), priority=DAYS),
        Sources(
            uploads={
                "main": upload("staff", STAFF),
                "leave": upload("leave", LEAVE),
                "vacancies": upload("vacancies", VACANCIES),
            },
        ),
    )
    assert visit.problem is None
    return visit


def test_counts_are_shown_and_no_rows(screen):
    shown = screen(opened_with()).go("process")
    assert not shown.app.exception
    found = shown.visit.assessment.priority
    assert (found.people, found.with_priority) == (2, 2)
    assert "1 February 2027" in shown.words
    assert "30 April 2027" in shown.words
    assert amount(found.offer) in shown.words
    assert "Rows of the file" not in shown.words.replace("Rows of the file. A person can have several", "")


def test_rows_are_shown_on_request_with_what_that_needs(screen):
    shown = screen(opened_with()).go("process")
    shown.app.checkbox(key="rows").check().run()
    assert not shown.app.exception
    assert rule("equality_monitoring", on=dt.date.today(), where="United Kingdom").note in shown.words
    assert "Rows by vacancy: V1, Clerk" in shown.words


def test_an_answer_for_a_row_changes_the_counts_and_is_in_no_file(screen):
    visit = opened_with()
    before = visit.case
    shown = screen(visit).go("process")
    shown.app.checkbox(key="rows").check().run()
    assert shown.app.selectbox(key="vacancy").options == ["V1, Clerk", "V2, Cook"]
    shown.app.selectbox(key="row ('V1', 1)").select("Suitable").run()
    shown.app.selectbox(key="row ('V1', 4)").select("Suitable").run()
    shown.click("use_answers")
    assert not shown.app.exception
    placing = shown.visit.assessment.priority.vacancies.each[0]
    assert (placing.suitable, placing.unanswered, placing.short) == (2, 0, 1)
    assert shown.visit.case == before
    assert "V1 (1 person)" in shown.words


def test_the_page_of_the_process_has_priority_among_its_sections_and_rows_on_request(screen):
    shown = screen(opened_with()).go("process")
    assert not shown.app.exception
    assert QUESTIONS in shown.words
    assert PRIORITY in shown.words
    assert [box.value for box in shown.app.checkbox] == [False]


def test_a_saved_assessment_shows_counts_and_offers_no_rows(screen):
    saved = Session()
    saved.open_record(Upload(name="assessment.json", content=to_json(opened_with().assessment).encode()))
    shown = screen(saved).go("process")
    assert not shown.app.exception
    assert saved.assessment.priority.with_priority == 2
    assert not shown.app.checkbox
    held = json.loads(to_json(saved.assessment))["priority"]
    assert {key: kind for key, kind in held["kinds"][0].items() if key != "kind"} == {
        "rows": 2, "with_priority": 2, "unsure": 0, "doubts": [],
    }  # fmt: skip


def test_without_a_file_of_leave_the_page_says_where_to_open_one(screen, opened):
    shown = screen(opened("millbrook")).go("process")
    assert not shown.app.exception
    assert "once a file of leave is open" in shown.words


def test_the_days_and_the_answers_for_pools_are_chosen_on_the_proposal(screen):
    shown = screen(opened_with()).settings()
    assert not shown.app.exception
    shown.app.date_input(key="choice: Contracts end").set_value(dt.date(2027, 5, 31)).run()
    shown.app.multiselect(key="choice: suits V1").select("A").run()
    shown.click("apply")
    assert not shown.app.exception
    assert shown.visit.problem is None
    assert shown.visit.case.priority.contracts_end == dt.date(2027, 5, 31)
    assert shown.visit.case.vacancies["V1"].suitable_for == ("A",)


def test_terms_of_the_employers_own_are_entered_on_the_proposal(screen):
    shown = screen(opened_with()).settings()
    shown.app.text_input(key="choice: entry own terms  name").input("Enhanced").run()
    shown.app.number_input(key="choice: entry own terms  weeks_a_year").set_value(3.0).run()
    shown.app.selectbox(key="choice: terms").select("Enhanced").run()
    shown.click("apply")
    assert not shown.app.exception
    assert shown.visit.problem is None
    assert shown.visit.case.severance.terms == "Enhanced"
    assert shown.visit.case.terms["Enhanced"].weeks_a_year == 3


@pytest.mark.parametrize("kind", ["leave", "vacancies"])
def test_leave_beside_counts_is_refused_with_the_reason(kind):
    visit = Session()
    counts = b"characteristic,group,pool,people,selected\nsex,Female,A,5,2\nsex,Male,A,5,1\n"
    visit.open_files(Case(), Sources(uploads={"main": upload("counts", counts), kind: upload(kind, VACANCIES)}))
    assert [fault.code for fault in visit.problem.faults] == ["counts-and-leave"]
