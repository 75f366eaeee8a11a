"""What stands behind a finding is told as it is: its size first, never as a target, and the same in words and tables."""

from __future__ import annotations

import re

import pytest
from assessments import MAKERS, sample
from made import assessed, case, one, pools, table

from eia.case import Question
from eia.findings.assessment import Assessment
from eia.present.text.grounds import (
    NONE_HOWEVER_LARGE,
    NOT_A_TARGET,
    could_show_table,
    driving_table,
    grounds_told,
    overall_told,
    unknown_table,
)

FOUND = pools(A=(12, 20, 2, 20), B=(10, 20, 3, 20))
FOUND_SHARES = (
    table(  # pools of four, each a post: of ten of women two go, of ten of men none do; twelve posts of men in no pool
        [
            [
                sex,
                f"{sex}{n}",
                f"{sex}{n}" if inside else "",
                "" if not inside else "selected" if sex == "F" and i < 2 else "retained",
            ]
            for sex, inside, posts in (("F", True, range(10)), ("M", True, range(10)), ("M", False, range(10, 22)))
            for n in posts
            for i in range(4)
        ],
        ["sex", "post", "pool", "outcome"],
    )
)


def told(assessment: Assessment, group: str = "Female", characteristic: str = "sex") -> str:
    return " ".join(grounds_told(one(assessment, "selection", group, characteristic), assessment.cube.layout.pools))


@pytest.mark.parametrize("name", MAKERS)
def test_any_grounds_can_be_told(name: str) -> None:
    assessment = sample(name)
    texts = [line for finding in assessment.findings for line in grounds_told(finding, assessment.cube.layout.pools)]
    for made in (could_show_table(assessment), driving_table(assessment), unknown_table(assessment)):
        texts += [cell for row in made.rows for cell in row]
        assert len(made.sections) == len(made.rows)
    assert not any(re.search(r"\bnan\b|\{\w*\}", text) for text in texts if name != "hostile")


def test_firmness_is_never_told_without_saying_that_it_is_no_target() -> None:
    text = told(assessed(FOUND))
    assert "changed places" in text
    assert text.count(NOT_A_TARGET) == 1
    assert NOT_A_TARGET in " ".join(could_show_table(assessed(FOUND)).notes)


def test_what_pools_could_show_leads_with_the_interval_where_there_is_one() -> None:
    first = grounds_told(one(assessed(FOUND), "selection", "Female"), ("A", "B"))[0]
    assert first.startswith("The odds ratios that fit these figures run from ")


def test_before_anybody_is_chosen_pools_say_what_they_could_show_and_nothing_else() -> None:
    choices = case(pools={"A": {"to_go": 12}, "B": {"to_go": 10}})
    assessment = assessed(pools(chosen=False, A=(0, 20, 0, 20), B=(0, 20, 0, 20)), choices)
    lines = grounds_told(one(assessment, "selection", "Female"), ("A", "B"))
    assert len(lines) == 1
    assert lines[0].startswith("Once people are chosen from these pools, a disparity against women is likely")


def test_pools_too_small_for_any_finding_say_so() -> None:
    assessment = assessed(pools(A=(1, 2, 0, 3)))
    assert "however large" in told(assessment)
    assert NONE_HOWEVER_LARGE in could_show_table(assessment).rows[0]


def test_pools_are_named_with_what_each_adds() -> None:
    text = told(assessed(FOUND))
    assert "A (5.0 more) and B (3.5 more); in all 2 pools lie above expectation and none below" in text


def test_answers_not_known_are_bounded_in_words_and_in_the_table() -> None:
    rows = [["yes", "A", "selected"]] * 8 + [["no", "A", "selected"]] * 2 + [["no", "A", "retained"]] * 18
    rows += [["yes", "A", "retained"]] * 2 + [["", "A", "selected"]] * 4 + [["", "A", "retained"]] * 6
    assessment = assessed(table(rows, ["disability", "pool", "outcome"]))
    assert "4 selected and 6 retained people there have no known answer" in told(assessment, "Disabled", "disability")
    row = next(row for row in unknown_table(assessment).rows if row[0] == "Disabled")
    assert row[1:3] == ("4", "6")


def test_a_two_valued_characteristic_stands_once_in_the_tables() -> None:
    assert [row[0] for row in could_show_table(assessed(FOUND)).rows] == ["Female"]


def test_all_comparisons_together_are_told_where_people_could_be_drawn_again() -> None:
    assert re.search(r"somewhere among them, in .* (of )?cases\.$", overall_told(assessed(FOUND)))
    assert overall_told(sample("counts")) == ""


@pytest.mark.parametrize(
    ("question", "blind"), [("scope", "choosing whole posts blindly"), ("spread", "sharing out the cuts blindly")]
)
def test_the_other_two_questions_have_one_statement_of_all_their_comparisons_too(
    question: Question, blind: str
) -> None:
    assessment = assessed(FOUND_SHARES)
    smallest = min(f.adjusted_p for f in assessment.under(question) if f.permuted)
    often = "fewer than 1 in 1,000 cases" if smallest < 0.001 else f"{100 * smallest:.1f}% of cases"
    assert overall_told(assessment, question) == (
        f"Taking 1 comparison together: {blind} would give a disparity at least as strong as the strongest of them, somewhere among "
        f"them, in {often}."
    )


def test_nothing_is_said_of_all_comparisons_where_none_was_tested() -> None:
    assert overall_told(assessed(FOUND), "scope") == ""
