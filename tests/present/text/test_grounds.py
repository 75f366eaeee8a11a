"""What stands behind a finding is told as it is: its size first, never as a target, and the same in words and tables."""

from __future__ import annotations

import re

import pytest
from assessments import MAKERS, sample
from made import assessed, case, figures, one, pools, table

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
from eia.present.text.numbers import how_often, ratio

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
    assert "swap" in text
    assert text.count(NOT_A_TARGET) == 1
    assert NOT_A_TARGET in " ".join(could_show_table(assessed(FOUND)).notes)


def test_what_pools_could_show_leads_with_the_interval_where_there_is_one() -> None:
    finding = one(assessed(FOUND), "selection", "Female")
    first = grounds_told(finding, ("A", "B"))[0]
    limits = finding.test.odds_ratio.midp_interval
    assert figures(first)[:2] == [ratio(limits.low), ratio(limits.high)]


def test_before_anybody_is_chosen_pools_say_what_they_could_show_and_nothing_else() -> None:
    choices = case(pools={"A": {"to_go": 12}, "B": {"to_go": 10}})
    assessment = assessed(pools(chosen=False, A=(0, 20, 0, 20), B=(0, 20, 0, 20)), choices)
    finding = one(assessment, "selection", "Female")
    (line,) = grounds_told(finding, ("A", "B"))
    could = finding.grounds.could_show
    assert {str(int(abs(side.people))) for side in (could.above, could.below)} <= set(figures(line))


def test_pools_too_small_for_any_finding_say_so() -> None:
    assessment = assessed(pools(A=(1, 2, 0, 3)))
    assert "however large" in told(assessment)
    assert NONE_HOWEVER_LARGE in could_show_table(assessment).rows[0]


def test_pools_are_named_with_what_each_adds() -> None:
    (text,) = [
        line
        for line in grounds_told(one(assessed(FOUND), "selection", "Female"), ("A", "B"))
        if "A (about 5 more)" in line
    ]
    assert "B (about 4 more)" in text
    assert figures(text) == ["5", "4", "2"]  # and two pools lie above expectation


@pytest.mark.parametrize(("selected", "shown"), [(12, ["A", "B"]), (11, ["A", "B", "C"])])
def test_no_row_tells_of_a_pool_with_all_of_the_group_selected(selected: int, shown: list[str]) -> None:
    assessment = assessed(pools(A=(12, 20, 2, 20), B=(10, 20, 3, 20), C=(selected, 12, 0, 20)))
    assert sorted(row[0] for row in driving_table(assessment).rows) == shown


@pytest.mark.parametrize(("few", "shown"), [(10, ["A", "B"]), (11, ["A", "B", "C"])])
def test_no_row_tells_of_a_pool_with_fewer_than_ten_of_the_group(few: int, shown: list[str]) -> None:
    assessment = assessed(pools(A=(12, 20, 2, 20), B=(10, 20, 3, 20), C=(few - 2, few - 1, 0, 20), D=(3, 3, 1, 20)))
    (group,) = {name.split(":")[-1].strip() for name in driving_table(assessment).sections}
    driving = one(assessment, "selection", "Female").grounds.driving
    assert {assessment.cube.layout.pools[part.pool] for part in driving.pools} == {"A", "B", "C", "D"}
    assert group == "Female"
    assert sorted(row[0] for row in driving_table(assessment).rows) == shown
    finding = one(assessment, "selection", "Female")
    (said,) = [
        line for line in grounds_told(finding, ("Pool A", "Pool B", "Pool C", "Pool D")) if "largest parts" in line
    ]
    assert sorted(name for name in "ABCD" if f"Pool {name}" in said) == shown


def test_answers_not_known_are_bounded_in_words_and_in_the_table() -> None:
    rows = [["yes", "A", "selected"]] * 8 + [["no", "A", "selected"]] * 2 + [["no", "A", "retained"]] * 18
    rows += [["yes", "A", "retained"]] * 2 + [["", "A", "selected"]] * 4 + [["", "A", "retained"]] * 6
    assessment = assessed(table(rows, ["disability", "pool", "outcome"]))
    finding = one(assessment, "selection", "Disabled", "disability")
    assert ["4", "6"] in [figures(line)[:2] for line in grounds_told(finding, assessment.cube.layout.pools)]
    row = next(row for row in unknown_table(assessment).rows if row[0] == "Disabled")
    assert row[1:3] == ("4", "6")


def test_a_two_valued_characteristic_stands_once_in_the_tables() -> None:
    assert [row[0] for row in could_show_table(assessed(FOUND)).rows] == ["Female"]


def test_all_comparisons_together_are_told_where_people_could_be_drawn_again() -> None:
    drawn = assessed(FOUND).drawn.selection
    said = overall_told(assessed(FOUND))
    assert how_often(drawn.overall) in said
    assert overall_told(sample("counts")) == ""


@pytest.mark.parametrize("question", ["scope", "spread"])
def test_the_other_two_questions_have_one_statement_of_all_their_comparisons_too(question: Question) -> None:
    assessment = assessed(FOUND_SHARES)
    smallest = min(f.adjusted_p for f in assessment.under(question) if f.permuted)
    said = overall_told(assessment, question)
    assert how_often(smallest) in said


def test_nothing_is_said_of_all_comparisons_where_none_was_tested() -> None:
    assert overall_told(assessed(FOUND), "scope") == ""
