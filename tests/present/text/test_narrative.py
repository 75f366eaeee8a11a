"""The running text says what the findings say, at every state of a case, and first what happens to people."""

from __future__ import annotations

import re

import pytest
from assessments import MAKERS, sample
from hypothesis import given, settings
from made import Person, assessed, case, pools, staff, workforces

from eia.case import QUESTIONS as ASKED
from eia.findings.assessment import Assessment
from eia.findings.headlines import asks, limits
from eia.present.sections.extras.five_questions import five_questions
from eia.present.text.narrative import NOT_THE_LAW, answers, cannot_tell, method, statements
from eia.present.text.words import LEVELS, OVERALL, QUESTIONS, REASONS


def answer(assessment: Assessment, question: str) -> str:
    return dict(answers(assessment))[QUESTIONS[question]]  # type: ignore[index]


@pytest.mark.parametrize("name", MAKERS)
def test_each_question_asked_has_one_answer_and_the_whole_comes_last(name: str) -> None:
    headings = [heading for heading, _ in answers(sample(name))]
    assert headings == [*(QUESTIONS[question] for question in sample(name).case.analysis.questions), OVERALL]
    assert all(text.strip().endswith((".", ".)")) for _, text in answers(sample(name)))


@pytest.mark.slow
@settings(deadline=None, max_examples=40)
@given(workforces(least=2, most=50))
def test_any_assessment_can_be_told(people: list[Person]) -> None:
    assessment = assessed(staff(people))
    texts = [text for _, text in answers(assessment)]
    texts += [*five_questions(assessment), *cannot_tell(assessment), *method(assessment)]
    texts += [text for question in ASKED for text in statements(assessment, question)]
    assert not any(re.search(r"\{|\bnan\b|\bNone\b", text) for text in texts)
    assert len(five_questions(assessment)) == 5


def test_a_disparity_found_is_said_with_its_people() -> None:
    told = answer(sample("found"), "selection")
    assert f"{LEVELS['found']}." in told
    assert told.count(LEVELS["found"]) == 1  # the other side of the same comparison is not told again


def test_where_nothing_is_found_nothing_is_said_to_be_found() -> None:
    for name in ("nothing found", "cannot_say"):
        told = answer(sample(name), "selection")
        assert f"{LEVELS['found']}." not in told
        assert ("does not mean all is well" in told) == (name == "cannot_say")


def test_everyone_going_is_said_wherever_it_matters() -> None:
    assessment = sample("everyone goes")
    assert REASONS["everyone goes"] in answer(assessment, "selection")
    assert ("everyone goes", 1) in [(ask.key, ask.number) for ask in asks(assessment)]
    assert ("everyone goes", 1) in [(limit.key, limit.number) for limit in limits(assessment)]


def test_nobody_chosen_yet_is_said_and_scores_are_asked_for() -> None:
    assessment = sample("nobody chosen")
    assert REASONS["nobody chosen yet"] in answer(assessment, "selection")
    assert "nobody chosen yet" in [limit.key for limit in limits(assessment)]
    assert "scores" in [ask.key for ask in asks(assessment)]


def test_a_file_without_the_rest_of_the_workforce_cannot_say_which_jobs() -> None:
    assessment = assessed(pools(A=(1, 5, 1, 5), B=(2, 5, 0, 5)))
    assert REASONS["no rest of the workforce"] in answer(assessment, "scope")
    assert "no rest of the workforce" in [limit.key for limit in limits(assessment)]


def test_pools_without_a_number_to_go_leave_the_whole_open() -> None:
    assert "Not known" in dict(answers(sample("nothing known but pools")))[OVERALL]


def test_many_missing_answers_are_asked_about() -> None:
    rows = b"F,A,selected\nM,A,retained\n" * 10 + b",A,retained\n" * 5
    assessment = assessed(b"sex,pool,outcome\n" + rows)
    asked = [ask.finding for ask in asks(assessment) if ask.key == "missing answers"]
    assert [finding.people.group_in_scope for finding in asked if finding] == [5]
    assert any(text.startswith("5 people") and "sex" in text for text in five_questions(assessment))


def test_conventions_are_called_conventions() -> None:
    assert "conventions" in NOT_THE_LAW
    told = " ".join(
        method(assessed(pools(A=(1, 5, 1, 5)), case(analysis={"level": 0.9, "alpha": 0.1, "matters": 3.0})))
    )
    for shown in ("90%", "0.1", "3.00", "0.33"):
        assert shown in told
    assert "It is not the probability that the gap is due to chance" in told


def test_nobody_is_said_to_be_hit_by_less_than_a_person_without_saying_who_is_left_aside() -> None:
    grades = assessed(b"sex,grade,pool,outcome\n" + b"F,1,A,selected\nM,1,A,retained\n" * 6 + b"F,2,,\nM,2,,\n" * 10)
    assert max(finding.people.scope_excess or 0 for finding in grades.findings) > 7
    assert answer(grades, "scope").startswith("Leaving aside grade")
    blanks = assessed(b"disability,pool,outcome\n" + b",A,selected\n,A,selected\nno,A,retained\n" * 4)
    assert dict(answers(blanks))[OVERALL].startswith("Leaving aside")
