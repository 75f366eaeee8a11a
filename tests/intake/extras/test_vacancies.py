"""Files of vacancies and of offers: what they hold, joined to people, and every fault of all of them at once."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from made import CANARY

from eia.case import Case
from eia.errors import EiaError
from eia.intake.extras.redeployment import Kind, Redeployment
from eia.intake.extras.vacancies import Vacancy, read_vacancies
from eia.intake.files.raw_table import open_table
from eia.intake.people.load import load_people
from eia.intake.workforce import Workforce

STAFF = "Staff no,Name,Sex,Pool,Outcome\nS1,x,F,A,selected\nS2,x,F,A,retained\nS3,x,M,B,selected\n"
LEAVE = "Staff no,Leave type,Employer told\nS3,Pregnancy,01/02/2026\nS9,Pregnancy,01/02/2026\nS1,Pregnancy,02/02/2026\n"
VACANCIES = "Vacancy,Title,Posts,Opens,Closes,Grade\nV1,Clerk,2,01/02/2027,28/02/2027,4\nV2,Cook,,15/02/2027,,\n"


def table(text: str, name: str) -> object:
    return open_table(text.encode(), name=f"{name}.csv")


def people(staff: str = STAFF, **files: str) -> Workforce:
    tables: dict[Kind, object] = {kind: table(text, kind) for kind, text in files.items()}  # type: ignore[misc]
    return load_people(table(staff, "staff"), Case(), redeployment=tables)  # type: ignore[arg-type]


def beside(**files: str) -> Redeployment:
    found = people(**files).redeployment
    assert found
    return found


def faults(**files: str) -> dict[str, tuple[int, ...]]:
    with pytest.raises(EiaError) as raised:
        people(**files)
    assert CANARY not in str(raised.value)
    return {fault.code: fault.row for fault in raised.value.faults}


def test_a_vacancy_is_read_and_has_one_post_where_none_are_given() -> None:
    assert read_vacancies(table(VACANCIES, "vacancies")) == (  # type: ignore[arg-type]
        Vacancy(
            reference="V1", title="Clerk", posts=2, opens=dt.date(2027, 2, 1), closes=dt.date(2027, 2, 28), grade="4"
        ),
        Vacancy(reference="V2", title="Cook", posts=1, opens=dt.date(2027, 2, 15), closes=None),
    )


def test_leave_is_joined_to_people_and_rows_of_nobody_are_known() -> None:
    found = beside(leave=LEAVE)
    assert found.joined
    assert [(each.row, each.person) for each in found.leave] == [(2, 2), (3, -1), (4, 0)]


def test_somebody_with_two_posts_is_one_person() -> None:
    staff = "Staff no,Sex,Post,FTE,Pool\nS1,F,Clerk,0.4,A\nS2,M,Clerk,1,A\nS1,F,Cook,0.5,B\n"
    found = people(staff, leave="Staff no,Leave type\nS1,Pregnancy\nS2,Pregnancy\n").redeployment
    assert found
    assert [each.person for each in found.leave] == [1, 0]


def test_without_references_in_the_workforce_leave_is_joined_to_nobody() -> None:
    found = people("Sex,Pool\nF,A\nM,A\n", leave=LEAVE).redeployment
    assert found
    assert not found.joined
    assert len({each.person for each in found.leave}) == 3


def test_no_reference_stays() -> None:
    assert "S3" not in repr(beside(leave=LEAVE, vacancies=VACANCIES, offers="Staff no,Vacancy,Suitable\nS3,V1,yes\n"))


def test_offers_hold_an_answer_and_a_day_for_a_person() -> None:
    (found,) = beside(
        leave=LEAVE, vacancies=VACANCIES, offers="Staff no,Vacancy,Suitable,Offered\nS3,V1,No,03/02/2027\n"
    ).offers
    assert (found.vacancy, found.person, found.suitable, found.offered) == ("V1", 2, False, dt.date(2027, 2, 3))


def test_an_answer_on_the_screen_counts_before_that_of_the_file_and_keeps_its_offer() -> None:
    held = beside(leave=LEAVE, vacancies=VACANCIES, offers="Staff no,Vacancy,Suitable,Offered\nS3,V1,No,03/02/2027\n")
    made = {(each.vacancy, each.person): each for each in held.answered({("V1", 2): True, ("V2", 0): False}).offers}
    assert (made["V1", 2].suitable, made["V1", 2].offered) == (True, dt.date(2027, 2, 3))
    assert (made["V2", 0].suitable, made["V2", 0].offered) == (False, None)


@pytest.mark.parametrize(
    ("cell", "suitable"), [("Y", True), ("true", True), ("0", False), ("", None), ("Not known", None)]
)
def test_whether_a_vacancy_suits_is_said_as_any_question_is_answered(cell: str, suitable: bool | None) -> None:
    offers = f"Staff no,Vacancy,Suitable,Offered\nS3,V1,{cell},03/02/2027\n"
    assert beside(leave=LEAVE, vacancies=VACANCIES, offers=offers).offers[0].suitable is suitable


def test_a_vacancy_that_was_declined_is_no_answer_whether_it_suits() -> None:
    offers = "Staff no,Vacancy,Suitable\nS3,V1,Declined\n"
    assert faults(leave=LEAVE, vacancies=VACANCIES, offers=offers) == {"not-yes-or-no": (2,)}


def test_a_header_that_the_case_names_comes_before_a_known_one_in_every_file() -> None:
    tables = {"leave": table("Staff no,Ref,Leave type\nX,S3,Pregnancy\n", "leave")}
    staff = table(STAFF.replace("Staff no", "Ref"), "staff")
    found = load_people(staff, Case(columns={"reference": "Ref"}), redeployment=tables).redeployment  # type: ignore[arg-type]
    assert found
    assert [each.person for each in found.leave] == [2]


def test_faults_of_every_file_are_told_at_once() -> None:
    found = faults(
        leave=f"Staff no,Leave type\nS1,{CANARY}\n",
        vacancies=(
            f"Vacancy,Posts,Opens,Closes\nV1,1.5,01/02/2027,\n,1,01/02/2027,\nV2,0,01/02/2027,\n"
            f"V2,1,,\nV3,1,02/02/2027,01/02/2027\nV4,1,{CANARY},\n"
        ),
        offers=f"Staff no,Vacancy,Suitable\nS1,V1,{CANARY}\n",
    )
    assert found == {
        "unknown-leave-type": (2,), "posts-not-whole": (2,), "no-vacancy-reference": (3,), "out-of-range": (4,),
        "vacancy-twice": (4, 5), "no-opening-day": (5, 7), "vacancy-closes-first": (6,), "not-a-date": (7,),
        "offer-of-no-vacancy": (2,), "not-yes-or-no": (2,),
    }  # fmt: skip


def test_offers_are_to_people_of_the_workforce_once_for_each_vacancy() -> None:
    offers = "Staff no,Vacancy,Suitable\nS9,V1,yes\nS1,V7,yes\nS1,V1,yes\nS1,V1,no\n"
    assert faults(leave=LEAVE, vacancies=VACANCIES, offers=offers) == {
        "offered-not-in-file": (2,), "offer-of-no-vacancy": (3,), "offer-twice": (4, 5),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "text"),
    [("vacancies", "Title,Opens\nClerk,01/02/2027\n"), ("vacancies", "Vacancy,Title\nV1,Clerk\n"), ("offers", "Vacancy\nV1\n")],
)  # fmt: skip
def test_a_column_that_is_needed_is_asked_for(kind: str, text: str) -> None:
    assert "no-needed-column" in faults(**{"leave": LEAVE, "vacancies": VACANCIES, kind: text})


def test_offers_need_references_in_the_workforce() -> None:
    with pytest.raises(EiaError, match="no references"):
        people("Sex,Pool\nF,A\n", leave=LEAVE, vacancies=VACANCIES, offers="Staff no,Vacancy\nS1,V1\n")


def test_without_a_file_of_leave_there_is_nobody_to_have_priority() -> None:
    assert people(vacancies=VACANCIES).redeployment is None


def test_the_files_are_among_the_sources_with_their_hash() -> None:
    sources = people(leave=LEAVE, vacancies=VACANCIES).intake.sources
    assert [source.file for source in sources] == ["staff.csv", "leave.csv", "vacancies.csv"]
    assert all(len(source.sha256) == 64 for source in sources)
    assert np.array_equal([source.rows for source in sources], [3, 3, 2])
