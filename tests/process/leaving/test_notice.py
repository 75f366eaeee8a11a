"""Notice by length of service: worked cases, and whose is longer than the case leaves room for."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pytest

from eia.case import Case
from eia.findings.assess import assess
from eia.findings.record import from_json, to_json
from eia.intake.evidence import read_workforce
from eia.law.lookup import in_force
from eia.process.leaving.notice import Notice, notice, notice_rules

DAY = dt.date(2026, 11, 22)
FOUR_WEEKS = {"notice_from": "2027-01-11", "first_dismissal": "2027-02-08"}


def staff(*groups: tuple[str, int, int, str]) -> bytes:
    """Sex, years of service, how many and their outcome."""
    rows = [f"{sex},{years},A,{outcome}\n" * number for sex, years, number, outcome in groups]
    return ("sex,service years,pool,outcome\n" + "".join(rows)).encode()


def worked_out(text: bytes, **choices: Any) -> Notice:
    case = Case.model_validate_json(Case.model_validate(choices).model_dump_json())
    found = notice(read_workforce(text, case), case)
    assert found
    return found


def given(**days: str) -> dict[str, Any]:
    return {"consultation": {key: dt.date.fromisoformat(day) for key, day in days.items()}}


@pytest.mark.parametrize(
    ("years", "weeks"),
    [(0, 1), (1, 1), (1.99, 1), (2, 2), (2.99, 2), (3, 3), (11, 11), (12, 12), (13, 12), (40, 12)],
)
def test_a_week_to_two_years_then_one_a_year_to_twelve(years: float, weeks: int) -> None:
    rules = notice_rules(on=DAY, where="England")
    assert rules
    assert rules.weeks(np.array([float(years)])).tolist() == [weeks]


def test_service_that_is_not_known_gives_no_notice() -> None:
    rules = notice_rules(on=DAY, where="England")
    assert rules
    assert np.isnan(rules.weeks(np.array([np.nan]))[0])


def test_before_the_first_day_recorded_and_in_northern_ireland_nothing_is_guessed() -> None:
    assert notice_rules(on=dt.date(2010, 9, 30), where="England") is None
    assert notice_rules(on=dt.date(2010, 10, 1), where="England")
    assert notice_rules(on=DAY, where="Northern Ireland") is None


def test_four_weeks_are_enough_for_four_years_and_too_few_for_five() -> None:
    text = staff(("F", 4, 3, "selected"), ("F", 5, 2, "selected"), ("M", 20, 6, "retained"))
    found = worked_out(text, **given(**FOUR_WEEKS))
    assert (found.days, found.chosen, found.known, found.longer) == (28, 5, 5, 2)


@pytest.mark.parametrize(("first_dismissal", "longer"), [("2027-02-14", 2), ("2027-02-15", 0)])
def test_a_day_decides(first_dismissal: str, longer: int) -> None:
    text = staff(("F", 5, 2, "selected"), ("M", 20, 6, "retained"))
    assert worked_out(text, **given(notice_from="2027-01-11", first_dismissal=first_dismissal)).longer == longer


def test_volunteers_and_those_retained_are_left_aside() -> None:
    text = staff(("F", 9, 4, "volunteer accepted"), ("F", 9, 3, "selected"), ("M", 9, 6, "retained"))
    assert worked_out(text, **given(**FOUR_WEEKS)).chosen == 3


def test_a_group_stands_only_where_ten_people_stand_behind_it() -> None:
    text = staff(("F", 9, 10, "selected"), ("M", 9, 10, "selected"), ("M", 1, 5, "selected"), ("F", 1, 9, "retained"))
    groups = worked_out(text, **given(**FOUR_WEEKS)).groups
    assert [(each.group, each.number, each.of) for each in groups] == [("Female", 10, 10), ("Male", 10, 15)]


def test_nine_men_take_the_women_with_them_for_the_whole_would_give_them_away() -> None:
    text = staff(("F", 9, 30, "selected"), ("M", 9, 9, "selected"), ("F", 1, 9, "retained"))
    found = worked_out(text, **given(**FOUR_WEEKS))
    assert (found.longer, found.groups) == (39, ())


def test_without_days_or_outcomes_nobody_is_compared() -> None:
    text = staff(("F", 9, 10, "selected"), ("M", 9, 10, "retained"))
    assert worked_out(text, dates={"proposal": DAY}).longer == 0
    nobody_chosen = read_workforce(b"sex,service years,pool\nF,9,A\nM,9,A\n")
    found = notice(nobody_chosen, Case.model_validate(given(**FOUR_WEEKS)))
    assert found
    assert (found.chosen, found.longer) == (None, 0)
    assert notice(nobody_chosen, Case()) is None


def test_the_crown_has_the_notice_of_its_scheme() -> None:
    text = staff(("F", 9, 10, "selected"), ("M", 9, 10, "retained"))
    found = worked_out(text, employer={"kind": "Crown"}, **given(**FOUR_WEEKS))
    assert found.crown
    assert (found.rules, found.crown.value) == (None, 3)
    assert in_force("cscs_notice_months", on=dt.date(2010, 12, 21)) is None


def test_the_record_gives_it_back() -> None:
    text = staff(("F", 9, 10, "selected"), ("M", 9, 10, "selected"), ("M", 1, 9, "retained"))
    made = assess(text, {"format": 1, "title": "x", "consultation": FOUR_WEEKS})
    assert made.notice
    assert from_json(to_json(made)).notice == made.notice
