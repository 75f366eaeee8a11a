"""A changed rule gives another workforce: the same people, other outcomes, and never anything else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pool_of_six import MARKS, TOTALS, names, six

from eia.case import Pool, Scenario
from eia.errors import EiaError
from eia.intake.workforce import labels_of
from eia.scenarios.rule import stated_rule
from eia.scenarios.try_rule import Changed, try_rule

TWO = {"A": "P", "B": "P", "C": "P", "D": "Q", "E": "Q", "F": "Q"}
POSTS = {"A": "Clerk", "B": "Clerk", "C": "Cook", "D": "Cook", "E": "Cook", "F": "Cook"}


def tried(change: Scenario, **given: object) -> Changed:
    staff, choices = six(**given)  # type: ignore[arg-type]
    return try_rule(stated_rule(staff, choices), staff, choices, change)


def test_the_stated_rule_changes_nobody() -> None:
    changed = tried(Scenario())
    assert (names(changed.selected), changed.others, changed.pools_changed) == ("AD", 0, 0)


def test_choices_that_the_stated_rule_does_not_give_stand_where_nothing_changes() -> None:
    changed = tried(Scenario(without=("Attendance",)), pools=TWO, selected="BD")
    # Q: D 490, E 380, F 420, the lowest would go; P is in another order too: C 340, A 350, B 390
    assert (names(changed.selected), changed.others) == ("CE", 2)
    assert tried(Scenario(), pools=TWO, selected="BE").others == 0


def test_what_came_of_those_who_stay_selected_is_kept_and_others_are_retained() -> None:
    staff, choices = six(selected=None, outcome={"A": "redeployed", "D": "dismissed"} | dict.fromkeys("BCEF", "retained"))  # fmt: skip
    changed = try_rule(stated_rule(staff, choices), staff, choices, Scenario(without=("Attendance",)))
    assert changed.workforce.frame["outcome"].tolist() == ["redeployed", "retained", "selected", "retained", "retained", "retained"]  # fmt: skip
    assert staff.frame["outcome"].tolist()[3] == "dismissed"  # the people as they are stay as they are


def test_before_anybody_is_selected_the_stated_rule_is_what_changes_are_held_against() -> None:
    staff, choices = six(selected=None)
    choices = choices.model_copy(update={"pools": {"P": Pool(to_go=2)}})
    rule = stated_rule(staff, choices)
    assert (rule.chosen, names(rule.now)) == (False, "AD")
    assert try_rule(rule, staff, choices, Scenario(without=("Attendance",))).others == 1


def test_without_a_number_to_go_nothing_can_be_tried() -> None:
    with pytest.raises(EiaError, match="how many are to go"):
        tried(Scenario(without=("Attendance",)), selected=None)


def test_another_number_to_go_selects_the_next() -> None:
    assert names(tried(Scenario(to_go={"P": 3})).selected) == "ADE"
    assert names(tried(Scenario(to_go={"P": 1})).selected) == "A"
    assert names(tried(Scenario(vacancies_kept={"P": 1})).selected) == "A"


def test_pools_merged_select_the_lowest_of_all() -> None:
    assert names(tried(Scenario(), pools=TWO, selected="AD").selected) == "AD"
    changed = tried(Scenario(merged={"All": ("P", "Q")}), pools={**TWO, "D": "P", "A": "Q"}, selected="DA")
    assert names(changed.selected) == "AD"
    changed = tried(Scenario(merged={"All": ("P", "Q")}), pools=TWO, selected="BD")
    assert names(changed.selected) == "AD"


def test_a_pool_split_by_post_loses_as_many_from_each_post_as_now() -> None:
    changed = tried(Scenario(split={"P": "post"}), selected="AF", post=POSTS)
    assert names(changed.selected) == "AD"  # of the clerks A; of the cooks D and not F
    assert set(labels_of(changed.workforce.frame, "pool")) >= {"P: Clerk", "P: Cook"}


def test_who_is_out_of_scope_is_in_no_pool_and_keeps_the_post() -> None:
    changed = tried(Scenario(out_of_scope=("Q",)), pools=TWO, selected="AD")
    assert names(changed.selected) == "A"
    assert changed.workforce.frame["pool"].isna().tolist() == [False] * 3 + [True] * 3
    assert changed.workforce.frame["outcome"].tolist()[3] == "retained"


def test_a_post_out_of_scope_leaves_the_number_as_it_was_as_far_as_people_are_left() -> None:
    assert names(tried(Scenario(out_of_scope=("Clerk",)), selected="AD", post=POSTS).selected) == "DE"


def test_volunteers_are_accepted_first_and_fewer_are_selected() -> None:
    changed = tried(Scenario(volunteers_first=True), volunteered={"B": "yes", **dict.fromkeys("ACDEF", "no")})
    assert (changed.volunteers, names(changed.selected)) == (1, "A")
    assert changed.workforce.frame["outcome"].tolist()[1] == "volunteer accepted"


def test_of_more_volunteers_than_places_the_rule_takes_its_own_first() -> None:
    changed = tried(Scenario(volunteers_first=True), volunteered=dict.fromkeys("BCF", "yes") | dict.fromkeys("ADE", "no"))  # fmt: skip
    assert (changed.volunteers, names(changed.selected)) == (2, "")
    assert [one == "volunteer accepted" for one in changed.workforce.frame["outcome"]] == [False, False, True, False, False, True]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (Scenario(out_of_scope=("R",)), "no-such-pool"),
        (Scenario(to_go={"R": 1}), "no-such-pool"),
        (Scenario(merged={"All": ("P", "R")}), "no-such-pool"),
        (Scenario(split={"P": "unit"}), "nothing-to-split-by"),
        (Scenario(split={"P": "post"}), "nothing-to-split-by"),
        (Scenario(volunteers_first=True), "no-volunteers"),
        (Scenario(to_go={"P": 7}), "too-many-to-go"),
    ],
)
def test_what_the_files_do_not_have_is_refused(change: Scenario, code: str) -> None:
    with pytest.raises(EiaError) as error:
        tried(change)
    assert error.value.faults[0].code == code


@pytest.mark.slow
@given(st.sampled_from(["Skills", "Attendance", "Flexibility", "Conduct"]), st.permutations(list(MARKS)))
def test_the_order_of_the_file_changes_nobody(criterion: str, order: list[str]) -> None:
    marks = {who: MARKS[who] for who in order}
    one, other = (tried(Scenario(without=(criterion,)), marks=each) for each in (MARKS, marks))
    assert set(names(one.selected)) == set(names(other.selected, marks))


def test_totals_that_marks_do_not_give_are_counted_where_marks_are_weighed_anew() -> None:
    totals = {**TOTALS, "A": 700, "C": 100}
    assert tried(Scenario(without=("Conduct",)), totals=totals, selected="CD").not_adding_up == 2
    assert tried(Scenario(to_go={"P": 3}), totals=totals, selected="CD").not_adding_up == 0


def test_the_name_of_a_pool_that_fewer_than_five_people_share_is_in_no_message() -> None:
    with pytest.raises(EiaError) as refused:
        tried(Scenario(to_go={"Another": 1}), pools={"F": "Jo Smith"}, selected="A")
    assert "Jo Smith" not in str(refused.value)
    assert "“P”" in str(refused.value)
    with pytest.raises(EiaError, match="In one pool"):
        tried(Scenario(to_go={"P": 9}))


def test_where_there_are_no_criteria_one_message_says_what_to_ask_for() -> None:
    with pytest.raises(EiaError) as refused:
        tried(Scenario(without=("Attendance",)), weights={}, marks=dict.fromkeys(MARKS, ()), totals=TOTALS)
    assert [fault.code for fault in refused.value.faults] == ["no-criteria"]
