"""Vacancies and priority: who was there while each was open, what suits whom, and how many can be offered a post at most."""

from __future__ import annotations

import datetime as dt
from itertools import combinations, permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eia.case import Case
from eia.errors import EiaError
from eia.intake.extras.redeployment import Kind
from eia.intake.files.raw_table import open_table
from eia.intake.people.load import load_people
from eia.intake.workforce import Workforce
from eia.process.priority_counts import PriorityCounts, priority_counts
from eia.process.vacancies import Placing, placeable

STAFF = """Staff no,Sex,Pool,Post,Outcome
S1,F,Clerks,Clerk,selected
S2,F,Clerks,Senior clerk,selected
S3,F,Cooks,Cook,redeployed
S4,F,Cooks,Cook,retained
S5,M,Cooks,Cook,selected
S6,M,Cooks,Cook,volunteer accepted
"""
# S1 until 10 February (eighteen months from birth), S2 pregnant throughout, S3 on adoption leave throughout, S5 not to be told
LEAVE = """Staff no,Leave type,Employer told,Expected week of childbirth,Birth or placement,Leave start,Leave end,Longest run
S1,Maternity leave,,,10/08/2025,01/08/2025,31/07/2026,52
S2,Pregnancy,01/12/2026,06/06/2027,,,,
S3,Adoption leave,,,01/01/2027,01/01/2027,31/12/2027,52
S4,Pregnancy,01/12/2026,06/06/2027,,,,
S5,Shared parental leave,,,01/12/2025,01/01/2026,30/06/2026,
S6,Adoption leave,,,01/01/2027,01/01/2027,31/12/2027,52
S9,Pregnancy,01/12/2026,06/06/2027,,,,
"""
DAYS = {"impracticable_from": dt.date(2027, 2, 1), "contracts_end": dt.date(2027, 4, 30)}


def workforce(
    vacancies: str = "", offers: str = "", *, staff: str = STAFF, case: Case | None = None
) -> tuple[Workforce, Case]:
    texts: dict[Kind, str] = {"leave": LEAVE}
    if vacancies:
        texts["vacancies"] = f"Vacancy,Title,Posts,Opens,Closes\n{vacancies}"
    if offers:
        texts["offers"] = f"Staff no,Vacancy,Suitable,Offered\n{offers}"
    case = case or Case.model_validate({"employer": {"jurisdiction": "England"}, "priority": DAYS})
    tables = {kind: open_table(text.encode(), name=f"{kind}.csv") for kind, text in texts.items()}
    return load_people(open_table(staff.encode(), name="staff.csv"), case, redeployment=tables), case


def counts(*given: Any, **more: Any) -> PriorityCounts:
    found = priority_counts(*workforce(*given, **more))
    assert found
    return found


def placing(*given: Any, **more: Any) -> Placing:
    found = counts(*given, **more).vacancies
    assert found
    return found.each[0]


def answering(**vacancies: dict[str, list[str]]) -> Case:
    given = {name: {kind: tuple(of) for kind, of in answers.items()} for name, answers in vacancies.items()}
    return Case.model_validate({"employer": {"jurisdiction": "England"}, "priority": DAYS, "vacancies": given})


def test_those_whose_jobs_go_are_counted_once_each_and_the_others_beside() -> None:
    found = counts()
    assert (found.whose, found.people, found.with_priority, found.unsure) == ("selected", 4, 3, 1)
    assert (found.others, found.lost) == (2, 1)


def test_kinds_are_counted_by_row_with_what_is_missing() -> None:
    assert [(kind.kind, kind.rows, kind.with_priority, kind.unsure, kind.doubts) for kind in counts().kinds] == [
        ("pregnancy", 1, 1, 0, ()),
        ("maternity leave", 1, 1, 0, ()),
        ("adoption leave", 1, 1, 0, ()),
        ("shared parental leave", 1, 0, 1, ("run not given",)),
    ]


def test_before_anybody_is_chosen_everybody_in_a_pool_is_counted() -> None:
    staff = "\n".join(line.rpartition(",")[0] for line in STAFF.splitlines()) + "\n"
    assert (counts(staff=staff).whose, counts(staff=staff).people) == ("in pools", 6)


def test_without_a_file_of_leave_nothing_is_counted() -> None:
    staff = load_people(open_table(STAFF.encode(), name="staff.csv"), Case())
    assert priority_counts(staff, Case()) is None


@pytest.mark.parametrize(
    ("opens", "closes", "with_priority", "unsure"),
    [
        ("01/01/2027", "31/01/2027", 0, 0),  # closed before the jobs became impracticable
        ("01/01/2027", "01/02/2027", 3, 1),  # on that day
        ("10/02/2027", "20/02/2027", 3, 1),  # the last protected day of one of them
        ("11/02/2027", "20/02/2027", 2, 2),  # the day after: whether having been protected is enough is not settled
        ("30/04/2027", "", 2, 2),  # the last day of the contracts
        ("01/05/2027", "", 0, 0),
    ],
)
def test_people_are_there_whose_protected_days_meet_those_of_the_vacancy(
    opens: str, closes: str, with_priority: int, unsure: int
) -> None:
    found = placing(f"V1,Clerk,1,{opens},{closes}\n")
    assert (found.with_priority, found.unsure) == (with_priority, unsure)


def test_without_the_end_of_the_contracts_vacancies_are_not_looked_at() -> None:
    case = Case.model_validate({"priority": {"impracticable_from": dt.date(2027, 2, 1)}})
    assert counts("V1,Clerk,1,01/02/2027,\n", case=case).vacancies is None


def test_nobody_has_answered_until_somebody_does() -> None:
    found = placing("V1,Clerk,1,01/02/2027,\n")
    assert (found.suitable, found.not_suitable, found.unanswered) == (0, 0, 3)


def test_the_answer_for_a_pool_is_that_of_its_people() -> None:
    case = answering(V1={"suitable_for": ["Clerks"], "not_suitable_for": ["Cooks"]})
    found = placing("V1,Clerk,1,01/02/2027,\n", case=case)
    assert (found.suitable, found.not_suitable, found.unanswered) == (2, 1, 0)


def test_the_answer_for_a_post_counts_before_that_for_its_pool() -> None:
    case = answering(V1={"suitable_for": ["Clerks"], "not_suitable_for": ["Senior clerk"]})
    found = placing("V1,Clerk,1,01/02/2027,\n", case=case)
    assert (found.suitable, found.not_suitable, found.unanswered) == (1, 1, 1)


def test_the_answer_for_a_person_counts_before_all_others() -> None:
    case = answering(V1={"suitable_for": ["Clerks", "Cooks"]})
    found = placing("V1,Clerk,1,01/02/2027,\n", "S1,V1,no,\nS3,V1,,\n", case=case)
    assert (found.suitable, found.not_suitable, found.unanswered) == (2, 1, 0)


def test_offers_count_until_the_contracts_end_and_only_to_people_with_priority() -> None:
    offers = "S1,V1,yes,30/04/2027\nS2,V1,yes,01/05/2027\nS3,V1,yes,\nS4,V1,yes,02/02/2027\nS5,V1,yes,02/02/2027\n"
    found = placing("V1,Clerk,3,01/02/2027,\n", offers)
    assert (found.suitable, found.offered, found.not_offered) == (3, 1, 2)


def test_more_people_than_posts_is_a_conflict_of_that_vacancy() -> None:
    case = answering(V1={"suitable_for": ["Clerks", "Cooks"]})
    assert [placing(f"V1,Clerk,{posts},01/02/2027,\n", case=case).short for posts in (1, 2, 3, 4)] == [2, 1, 0, 0]


def test_two_vacancies_together_can_resolve_what_looks_like_a_conflict() -> None:
    both = "V1,Clerk,1,01/02/2027,\nV2,Clerk,1,01/02/2027,\n"
    case = answering(V1={"suitable_for": ["Clerks"]}, V2={"suitable_for": ["Clerk"]})
    found = counts(both, case=case).vacancies
    assert found
    assert [each.short for each in found.each] == [1, 0]
    assert (found.fitting, found.placeable) == (2, 2)


@pytest.mark.parametrize(
    ("vacancies", "code"),
    [
        ({"V9": {"suitable_for": ["Clerks"]}}, "no-such-vacancy"),
        ({"V1": {"not_suitable_for": ["Clarks"]}}, "no-such-pool-or-post"),
    ],
)
def test_an_answer_for_what_there_is_not_is_a_fault(vacancies: dict[str, Any], code: str) -> None:
    with pytest.raises(EiaError) as raised:
        counts("V1,Clerk,1,01/02/2027,\n", case=answering(**vacancies))
    assert [fault.code for fault in raised.value.faults] == [code]


def test_a_vacancy_cannot_suit_and_not_suit_the_same_pool() -> None:
    with pytest.raises(ValueError, match="not both"):
        answering(V1={"suitable_for": ["A"], "not_suitable_for": ["A"]})


def test_vacancies_need_a_file_of_leave_and_offers_one_of_vacancies() -> None:
    for wrong in ({"vacancies": "v.csv"}, {"leave": "l.csv", "offers": "o.csv"}):
        with pytest.raises(ValueError, match="name the file of"):
            Case.model_validate({"files": wrong})


def by_trying_everything(suited: list[tuple[int, set[int]]]) -> int:
    """The most people placed, over every way to give every post to somebody or nobody."""
    posts = [people for count, people in suited for _ in range(count)]
    everybody = sorted({person for _, people in suited for person in people})
    for size in range(min(len(posts), len(everybody)), 0, -1):
        for chosen in combinations(everybody, size):
            if any(
                all(p in posts[at] for p, at in zip(chosen, order, strict=True))
                for order in permutations(range(len(posts)), size)
            ):
                return size
    return 0


@given(st.lists(st.tuples(st.integers(1, 2), st.sets(st.integers(0, 4))), max_size=3))
def test_the_most_that_can_be_placed_is_that_of_trying_everything(suited: list[tuple[int, set[int]]]) -> None:
    assert placeable(suited) == by_trying_everything(suited)


def test_a_long_chain_of_moves_is_found() -> None:
    chain = [(1, {step, step + 1}) for step in range(2000)]
    assert placeable([*chain, (1, {0})]) == 2001
