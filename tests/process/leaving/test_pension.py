"""Pensions on redundancy: the age on either side of its change, and who is counted."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from eia.case import Case
from eia.findings.assess import assess
from eia.findings.record import from_json, to_json
from eia.intake.evidence import read_workforce
from eia.law.lookup import in_force, rule
from eia.process.leaving.pension import PensionOnRedundancy, pension_on_redundancy

STAFF = "sex,age,service years,pool,outcome\n" + "".join(
    f"{sex},{age},{years},A,{outcome}\n"
    for sex, age, years, outcome in [
        ("F", 54, 20, "selected"), ("F", 55, 20, "selected"), ("F", 56, 2, "selected"), ("M", 57, 2, "selected"),
        ("M", 60, 1, "selected"), ("M", 60, 20, "retained"), ("F", 60, 20, "retained"),
    ]
)  # fmt: skip
CHOICES: dict[str, Any] = {
    "employer": {"jurisdiction": "England", "kind": "public authority"},
    "severance": {"pension_scheme": "local government"},
}


def counted(on: str, text: str = STAFF, **choices: Any) -> PensionOnRedundancy | None:
    dates = {"proposal": dt.date.fromisoformat(on)}
    case = Case.model_validate({**CHOICES, "dates": dates, **choices})
    return pension_on_redundancy(read_workforce(text.encode(), case), case)


@pytest.mark.parametrize(
    ("on", "age", "reached"), [("2026-11-22", 55, 3), ("2028-04-05", 55, 3), ("2028-04-06", 57, 1)]
)
def test_the_age_changes_on_6_april_2028(on: str, age: int, reached: int) -> None:
    found = counted(on)
    assert found
    assert (found.age, found.known, found.reached) == (age, 5, reached)


def test_who_would_be_too_young_after_the_change_is_counted() -> None:
    before, after = counted("2028-04-05"), counted("2028-04-06")
    assert before
    assert after
    assert before.coming
    assert (before.below_coming, before.coming.value) == (2, 57)
    assert (after.below_coming, after.coming) == (0, None)


def test_the_change_is_unchecked_and_speaks_of_protected_ages() -> None:
    after = rule("least_pension_age", on=dt.date(2028, 4, 6))
    assert after.confidence == "unchecked"
    assert "protected age" in after.note
    assert rule("local_government_redundancy_pension", on=dt.date(2028, 4, 6), where="England").value == 55
    assert in_force("local_government_redundancy_pension", on=dt.date(2014, 3, 31), where="England") is None


def test_while_nobody_is_chosen_everybody_in_a_pool_is_counted() -> None:
    nobody = "\n".join(line.rpartition(",")[0] for line in STAFF.splitlines())
    found = counted("2026-11-22", nobody)
    assert found
    assert (found.chosen, found.people, found.reached) == (False, 7, 5)


@pytest.mark.parametrize(
    "choices",
    [{"severance": {}}, {"employer": {"jurisdiction": "Scotland"}}, {"employer": {"jurisdiction": "Northern Ireland"}}],
)
def test_without_the_scheme_or_where_its_rule_is_not_recorded_nothing_is_counted(choices: dict[str, Any]) -> None:
    assert counted("2026-11-22", **choices) is None


def test_no_number_of_few_people_stands_by_group() -> None:
    found = counted("2026-11-22")
    assert found
    assert found.groups == ()
    many = counted("2026-11-22", "sex,age,service years,pool,outcome\n" + "F,60,9,A,selected\nM,60,9,A,selected\n" * 10)
    assert many
    assert [(each.group, each.number) for each in many.groups if each.title == "Sex"] == [("Female", 10), ("Male", 10)]


def test_the_record_gives_it_back() -> None:
    made = assess(STAFF.encode(), {**CHOICES, "dates": {"proposal": "2026-11-22"}})
    assert made.pension
    assert from_json(to_json(made)).pension == made.pension
