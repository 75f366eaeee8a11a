"""The impact of severance terms: like is compared with like, and what is planted comes out."""

from __future__ import annotations

import datetime as dt
from itertools import product
from typing import Any

import numpy as np
import pytest

from eia.case import Case, Dates
from eia.errors import EiaError
from eia.intake.evidence import read_workforce
from eia.process.severance_impact import GroupImpact, SeveranceImpact, severance_impact

DAY = dt.date(2026, 11, 22)


def compared(rows: list[tuple[Any, ...]], *, headers: str = "sex,age,service years,grade,fte,annual pay,pool,outcome",
             **choices: Any) -> SeveranceImpact:  # fmt: skip
    """The comparison of people given row by row."""
    text = "\n".join([headers, *(",".join(map(str, row)) for row in rows)]) + "\n"
    columns = {"pay": "annual pay"} if "annual pay" in headers else {}
    case = Case.model_validate({"dates": {"proposal": DAY}, "columns": columns, **choices})
    return severance_impact(read_workforce(text.encode(), case), case)


def of(comparison: SeveranceImpact, label: str) -> GroupImpact:
    return next(each for each in comparison.groups if each.group.label == label)


def test_within_a_cell_women_on_less_pay_are_found_to_get_less() -> None:
    rows = [
        (sex, 45, 10, grade, 1, 20000 + 1000 * (sex == "M"), "A", "selected")
        for grade, sex, _ in product(range(6), "FM", range(5))
    ]
    women = of(compared(rows), "Female")
    assert women.difference == pytest.approx(-1000 / 52 * 12)  # ten years, four of them from 41 on: 12 weeks
    assert women.test
    assert (women.test.observed, women.test.selected, women.test.informative_pools) == (30, 30, 6)
    assert women.adjusted_p < 0.001


def test_a_difference_of_grades_is_none_at_the_same_grade() -> None:
    rows = [("F", 45, 10, "low", 1, 20000, "A", "selected")] * 8 + [
        ("M", 45, 10, "high", 1, 40000, "A", "selected")
    ] * 8
    rows += [
        (sex, 45, 10, grade, 1, pay, "A", "selected")
        for sex in "FM"
        for grade, pay in (("low", 20000), ("high", 40000))
    ]
    women = of(compared(rows), "Female")
    assert women.difference == pytest.approx(0, abs=1e-9)
    assert women.amounts.median < 12 * 30000 / 52


def test_women_paid_ten_per_cent_less_get_ten_per_cent_less_within_grades_allowing_for_service_and_hours() -> None:
    rng = np.random.default_rng(8)
    rows = []
    for grade, pool, sex, _ in product(range(3), "ABCDEFGH", "FM", range(4)):
        service, fte = int(rng.integers(2, 20)), float(rng.choice([0.5, 1.0]))
        pay = (20000 + 8000 * grade) * fte * (0.9 if sex == "F" else 1) * (1 + rng.normal(0, 0.02))
        rows.append((sex, 45, service, grade, fte, round(pay, 2), pool, "selected"))
    found = compared(rows, terms={"Ours": {"weeks_a_year": 2, "week_limit": 0}}, severance={"terms": "Ours"})
    women = of(found, "Female").contrast
    assert women
    assert women.interval
    assert -10 in women.interval
    assert women.estimate == pytest.approx(-10, abs=1.5)
    assert (women.people, women.clusters) == (len(rows), 8)
    assert of(found, "Part-time").contrast is None  # who works part-time follows from hours


def test_where_there_are_no_pools_the_errors_of_a_grade_go_together() -> None:
    rows = [
        (sex, 45, 5 + n, grade, 1, 20000 + 500 * n * (sex == "F")) for n, grade, sex in product(range(4), "xyz", "FM")
    ]
    women = of(compared(rows, headers="sex,age,service years,grade,fte,annual pay"), "Female").contrast
    assert women
    assert women.clusters == 3


def test_other_hours_other_service_other_cells() -> None:
    rows = [("F", 45, 10, "x", 0.5, 10000, "A", "selected"), ("M", 45, 10, "x", 1, 20000, "A", "selected"),
            ("F", 45, 11, "x", 1, 20000, "A", "selected")]  # fmt: skip
    found = compared(rows)
    assert found.cells == 3
    assert np.isnan(of(found, "Female").difference)


def test_everyone_alike_shows_nothing() -> None:
    rows = [(sex, 45, 10, "x", 1, 20000, "A", "selected") for sex in "FM" * 10]
    women = of(compared(rows), "Female")
    assert women.difference == pytest.approx(0, abs=1e-9)
    assert women.test
    assert women.test.informative_pools == 0
    assert np.isnan(women.adjusted_p)


def test_those_who_stay_are_not_counted_and_volunteers_stand_apart() -> None:
    outcomes = ["selected", "volunteer accepted", "slotted in", "redeployed", "retained", "dismissed"]
    rows = [("F", 45, 10, "x", 1, 20000, "A", outcome) for outcome in outcomes]
    found = compared([*rows, *[("M", *row[1:]) for row in rows]])
    assert found.who == "leaving"
    assert {name: part.people for name, part in found.parts.items()} == {
        "all": 6, "compulsory": 4, "volunteers": 2, "short service": 0,
    }  # fmt: skip


def test_before_anybody_is_chosen_everybody_in_a_pool_is_looked_at() -> None:
    found = compared([("F", 45, 10, "A"), ("M", 45, 10, "A"), ("M", 45, 10, "")], headers="sex,age,service years,pool")
    assert (found.who, found.parts["all"].people) == ("in pools", 2)


def test_without_pay_amounts_are_weeks() -> None:
    found = compared([("F", 45, 10), ("M", 30, 10)], headers="sex,age,service years")
    assert (found.measure, found.parts["all"].total) == ("weeks", 12 + 9)


def test_short_service_has_a_row_of_its_own_and_gets_nothing() -> None:
    found = compared([("F", 45, 1), ("M", 45, 1), ("M", 45, 2)], headers="sex,age,service years")
    assert (found.parts["short service"].people, found.parts["short service"].total) == (2, 0)
    assert found.parts["all"].nothing == 2


def test_a_change_of_terms_is_new_less_old() -> None:
    rows = [("F", 45, 10, "x", 1, 20800, "A", "selected"), ("M", 45, 10, "x", 1, 20800, "A", "selected")]
    found = compared(
        rows,
        terms={"Old": {"total_multiple": 2}, "New": {}},
        severance={"terms": "New", "instead_of": "Old"},
    )
    assert found.change
    assert of(found, "Female").contrast is None  # a change has no logarithm
    assert found.parts["all"].total == pytest.approx(-2 * 12 * 400)


def test_volunteers_get_the_terms_of_volunteers() -> None:
    rows = [("F", 45, 20, "x", 1, 24000, "A", outcome) for outcome in ("selected", "volunteer accepted")]
    rows += [("M", 45, 20, "x", 1, 24000, "A", "retained")]
    found = compared(rows, severance={"terms": "civil service"}, employer={"kind": "Crown"})
    assert found.parts["compulsory"].total == pytest.approx(24000)
    assert found.parts["volunteers"].total == pytest.approx(20 * 2000)


def test_one_of_a_pair_stands_for_both_and_grade_is_not_compared() -> None:
    found = compared([("F", 45, 10, "x", 1, 1, "A", "selected"), ("M", 45, 10, "y", 1, 1, "A", "selected")])
    assert [each.characteristic.key for each in found.groups].count("sex") == 1
    assert not [each for each in found.groups if each.characteristic.key == "grade"]


def test_people_near_pension_age_are_counted_for_a_flag() -> None:
    assert compared([("F", 54, 10), ("M", 55, 10), ("M", 70, 10)], headers="sex,age,service years").near_pension == 2


@pytest.mark.parametrize(
    ("rows", "case", "code"),
    [(b"sex,age\nF,40\n", Case(dates=Dates(proposal=DAY)), "no-service"),
     (b"sex,age,service years\nF,40,3\n", Case(), "no-relevant-date")],
)  # fmt: skip
def test_what_is_missing_is_said(rows: bytes, case: Case, code: str) -> None:
    with pytest.raises(EiaError) as raised:
        severance_impact(read_workforce(rows, case), case)
    assert [fault.code for fault in raised.value.faults] == [code]
