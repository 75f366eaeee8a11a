"""Does the stated rule give the stated selections? In people and pools, never who."""

from __future__ import annotations

import math

from pool_of_six import MARKS, TOTALS, six

from eia.scenarios.rule import stated_rule
from eia.scenarios.rule_check import RuleCheck, check_rule


def checked(**given: object) -> RuleCheck:
    check = check_rule(stated_rule(*six(**given)))  # type: ignore[arg-type]
    assert check is not None
    return check


def test_selections_by_the_rule_are_all_reproduced() -> None:
    check = checked()
    assert (check.people, check.reproduced, check.pools, check.pools_apart, check.tied) == (6, 6, 1, 0, 0)


def test_one_selected_out_of_order_is_two_outcomes_that_the_rule_does_not_give() -> None:
    check = checked(selected="AF")
    assert (check.reproduced, check.pools_apart) == (4, 1)


def test_the_other_end_is_told_where_it_gives_more() -> None:
    check = checked(selected="BC")
    assert (check.reproduced, check.other_way) == (2, 6)


def test_equal_totals_at_the_line_are_counted_and_decided_as_they_were() -> None:
    tied = {**MARKS, "C": MARKS["D"]}
    for selected in ("AD", "AC"):
        check = checked(marks=tied, selected=selected)
        assert (check.reproduced, check.tied) == (6, 2)


def test_totals_that_marks_do_not_add_up_to_are_counted() -> None:
    assert checked(totals=TOTALS).not_adding_up == 0
    assert checked(totals={**TOTALS, "A": 411}).not_adding_up == 1


def test_who_has_no_total_is_counted_apart() -> None:
    check = checked(marks={**MARKS, "B": (None, 8, 5, 5)})
    assert (check.people, check.not_placed) == (5, 1)


def test_the_line_is_close_where_less_than_a_mark_on_the_heaviest_criterion_decides() -> None:
    assert checked().close_pools == 0  # 590 less 520 is more than 40
    assert checked(selected="ADE").close_pools == 1  # 600 less 590


def test_small_pools_say_nothing_of_the_line() -> None:
    pools = dict(zip(MARKS, "PPPQQQ", strict=True))
    assert checked(pools=pools, selected="AD").pools_at_line == 0


def test_weights_are_worked_out_from_totals_where_none_are_given() -> None:
    bare = dict.fromkeys(("Skills", "Attendance", "Flexibility", "Conduct"), 0.0)
    check = checked(totals=TOTALS, weights=bare)
    assert check.worked_out
    assert dict(check.weights) == {"Skills": 40, "Attendance": 30, "Flexibility": 20, "Conduct": 10}
    other = checked(totals={**TOTALS, "A": 500}, weights=bare)
    assert all(math.isnan(weight) for _, weight in other.weights)


def test_each_pool_can_have_weights_and_a_scale_of_its_own() -> None:
    bare = dict.fromkeys(("Skills", "Attendance"), 0.0)
    marks = {"A": (1, 4), "B": (2, 9), "C": (3, 5), "D": (10, 40), "E": (20, 90), "F": (30, 50)}
    pools = dict(zip(marks, "PPPQQQ", strict=True))
    totals = {who: (2 * skills + attendance) if pools[who] == "P" else (skills + 3 * attendance) for who, (skills, attendance) in marks.items()}  # fmt: skip
    rule = stated_rule(*six(marks, pools=pools, totals=totals, weights=bare, selected="AD"))
    assert rule.weights.tolist() == [[2, 1]] * 3 + [[1, 3]] * 3
    assert rule.adds_up.all()


def test_before_anybody_is_selected_there_is_nothing_to_check() -> None:
    assert check_rule(stated_rule(*six(selected=None))) is None


def test_totals_of_weights_in_per_cent_or_of_mean_marks_add_up() -> None:
    for divided_by in (100, 10, 1):
        weights = {name: weight * divided_by / 100 for name, weight in {"Skills": 40, "Attendance": 30, "Flexibility": 20, "Conduct": 10}.items()}  # fmt: skip
        for by in {100, sum(weights.values())}:
            totals = {who: total * divided_by / 100 / by for who, total in TOTALS.items()}
            check = checked(weights=weights, totals=totals)
            assert (check.not_adding_up, check.close_pools) == (0, 0)


def test_a_mark_that_is_missing_is_no_total_that_does_not_add_up() -> None:
    assert checked(marks={**MARKS, "A": (None, 2, 5, 5)}, totals=TOTALS).not_adding_up == 0


def test_pools_whose_totals_do_not_follow_from_marks_say_nothing_of_the_line() -> None:
    assert checked(totals={who: total / 7 for who, total in TOTALS.items()}, selected="ADE").pools_at_line == 0
