"""Criteria and weights changed: a pool of six worked out on paper, and what no paper can show."""

from __future__ import annotations

import numpy as np
import pytest
from made import case
from pool_of_six import MARKS, TOTALS, names, six

from eia.case import Scenario, Scoring
from eia.errors import EiaError
from eia.scenarios.rule import stated_rule
from eia.scenarios.totals import totals, worth
from eia.scenarios.try_rule import try_rule


def selected(change: Scenario, **given: object) -> str:
    staff, choices = six(**given)  # type: ignore[arg-type]
    return names(try_rule(stated_rule(staff, choices), staff, choices, change).selected, given.get("marks", MARKS))  # type: ignore[arg-type]


def total(change: Scenario, **given: object) -> list[float]:
    staff, choices = six(**given)  # type: ignore[arg-type]
    return totals(stated_rule(staff, choices), staff, choices, change).total.tolist()


def test_totals_are_those_on_paper() -> None:
    assert total(Scenario()) == list(TOTALS.values())


@pytest.mark.parametrize(
    ("change", "expected", "who"),
    [
        (Scenario(without=("Attendance",)), [350, 390, 340, 490, 380, 420], "AC"),
        (Scenario(without=("skills",)), [210, 390, 450, 240, 390, 360], "AD"),
        (Scenario(weights="equal"), [17, 24, 25, 22, 25, 24], "AD"),
        (Scenario(weights={"Attendance": 0}), [350, 390, 340, 490, 380, 420], "AC"),
        (Scenario(most={"Attendance": 6}), [410, 570, 520, 520, 560, 600], "AD"),
        (Scenario(least={"Attendance": 6}), [530, 630, 610, 670, 590, 600], "AE"),
        (Scenario(bands={"Attendance": ((0, 0), (5, 10))}), [350, 690, 640, 490, 680, 720], "AD"),
    ],
)
def test_a_change_gives_the_totals_and_the_selections_on_paper(
    change: Scenario, expected: list[float], who: str
) -> None:
    assert total(change) == expected
    assert selected(change) == who


def test_of_equal_totals_those_selected_now_are_selected_first() -> None:
    staff, choices = six()
    changed = try_rule(stated_rule(staff, choices), staff, choices, Scenario(most={"Attendance": 6}))
    assert (names(changed.selected), names(changed.tied), changed.others) == ("AD", "CD", 0)


def test_weights_need_not_add_to_100_and_doubling_them_changes_nobody() -> None:
    for factor in (0.5, 2, 7):
        weights = {name: weight * factor for name, weight in {"Skills": 40, "Attendance": 30, "Flexibility": 20, "Conduct": 10}.items()}  # fmt: skip
        assert selected(Scenario(weights=weights)) == "AD"
        assert selected(Scenario(without=("Attendance",)), weights=weights) == "AC"


def test_a_criterion_that_is_the_same_for_all_can_be_left_out_without_change() -> None:
    marks = {who: (*row[:3], 5.0) for who, row in MARKS.items()}
    assert selected(Scenario(without=("Conduct",)), marks=marks) == "AD"


def test_who_has_no_mark_stays_as_they_are_now() -> None:
    marks = {**MARKS, "A": (None, 2, 5, 5)}
    assert selected(Scenario(without=("Attendance",)), marks=marks) == "AC"
    assert selected(Scenario(without=("Attendance",)), marks={**MARKS, "C": (None, 9, 6, 6)}) == "AE"


def test_a_missing_mark_can_count_as_the_mean_of_the_pool_or_not_at_all() -> None:
    marks = {**MARKS, "E": (None, 7, 5, 8)}
    assert total(Scenario(missing="pool mean"), marks=marks)[4] == pytest.approx(5.6 * 40 + 390)
    assert total(Scenario(missing="not counted"), marks=marks)[4] == pytest.approx(390 * 100 / 60)


def test_last_in_first_out_looks_at_service_alone() -> None:
    assert selected(Scenario(rule="last in, first out")) == "BC"


def test_longer_service_stays_where_totals_are_equal() -> None:
    staff, choices = six()
    change = Scenario(most={"Attendance": 6}, tie_break="service")
    changed = try_rule(stated_rule(staff, choices), staff, choices, change)
    assert (names(changed.selected), names(changed.tied)) == ("AC", "")


def test_service_that_is_not_known_of_everybody_decides_nothing() -> None:
    staff, choices = six()
    staff.frame.loc[0, "service_years"] = np.nan
    with pytest.raises(EiaError, match="not known"):
        try_rule(stated_rule(staff, choices), staff, choices, Scenario(tie_break="service"))


def test_a_cap_below_the_floor_is_refused() -> None:
    with pytest.raises(ValueError, match="floor"):
        Scenario(most={"Attendance": 3}, least={"Attendance": 5})


def test_the_highest_are_selected_where_the_case_says_so() -> None:
    assert selected(Scenario(without=("Skills",)), selected="BC", choices=case(scoring={"selects": "highest"})) == "BC"
    assert selected(Scenario(without=("Attendance",)), selected="BC", choices=case(scoring={"selects": "highest"})) == "DF"  # fmt: skip


POINTS = {"Attendance": ((0, 10.0), (3, 9.0), (6, 8.0), (9, 7.0), (12, 6.0), (20, 2.0), (25, 1.0))}
DAYS = [("A", 18.0, "disability"), ("A", 4.0, "cold"), ("B", 7.0, "cold"), ("C", 4.0, "cold"), ("D", 25.0, "pregnancy related"), ("E", 9.0, "cold"), ("F", 13.0, "cold")]  # fmt: skip
REASONS = {"reasons": {"cold": "other"}}


def test_absences_taken_out_give_the_mark_that_the_points_give_without_them() -> None:
    choices = case(scoring={"points": POINTS}, absences=REASONS)
    staff, _ = six(absences=DAYS, choices=choices)
    rule = stated_rule(staff, choices)
    out = totals(rule, staff, choices, Scenario(absences_out=("disability",)))
    # A had 22 days, worth 2 as marked; without 18 of them 4 are left, worth 9
    assert out.total.tolist() == [410 + 7 * 30, 630, 610, 520, 590, 600]
    assert out.not_by_points == 0


def test_a_mark_that_the_points_do_not_give_stays_and_is_counted() -> None:
    choices = case(scoring={"points": POINTS}, absences=REASONS)
    staff, _ = six({**MARKS, "A": (5, 3, 5, 5)}, absences=DAYS, choices=choices)
    out = totals(stated_rule(staff, choices), staff, choices, Scenario(absences_out=("disability",)))
    assert out.total.tolist()[0] == 440
    assert out.not_by_points == 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (Scenario(without=("Attendence",)), "no-such-criterion"),
        (Scenario(weights={"Sex": 3}), "no-such-criterion"),
        (Scenario(without=("Skills", "Attendance", "Flexibility", "Conduct")), "no-criterion-left"),
        (Scenario(absences_out=("disability",)), "no-absences"),
    ],
)
def test_what_is_not_there_is_refused_and_what_there_is_is_named(change: Scenario, code: str) -> None:
    staff, choices = six()
    with pytest.raises(EiaError) as error:
        totals(stated_rule(staff, choices), staff, choices, change)
    assert error.value.faults[0].code == code


def test_marks_without_weights_or_totals_can_be_tried_with_new_weights_only() -> None:
    bare = dict.fromkeys(("Skills", "Attendance", "Flexibility", "Conduct"), 0.0)
    with pytest.raises(EiaError, match="weights"):
        selected(Scenario(without=("Attendance",)), weights=bare)
    assert selected(Scenario(weights="equal"), weights=bare) == "AD"


def test_steps_hold_from_their_edge_on() -> None:
    assert worth(np.array([-1, 0, 2.9, 3, 99]), ((0, 10), (3, 9))).tolist() == [10, 10, 10, 9, 9]


def test_points_and_bands_rise() -> None:
    with pytest.raises(ValueError, match="rising"):
        Scoring(points={"Attendance": ((3, 9), (0, 10))})
