"""What guides of 2010 and 2016, still going round, say wrongly today: each statement is a test that the toolkit says otherwise,
and where they are still right, that it agrees. What it does not speak of is listed in docs/law.md."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from eia.law.lookup import in_force, rule, standing
from eia.law.records import Value

TODAY = dt.date(2026, 11, 22)
NI = "Northern Ireland"
GB = "Great Britain"
LAW = (Path(__file__).resolve().parents[2] / "docs/law.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("the_guide_said", "key", "where", "today"),
    [
        ("100 or more: 90 days", "consultation_days_100", GB, 45),
        ("100 or more: 90 days", "consultation_days_100", NI, 90),
        ("fewer than 30: 30 days", "consultation_trigger", GB, 20),
        ("fewer than 30: 30 days", "consultation_longer_trigger", GB, 100),
        ("fewer than 30: 30 days", "consultation_days_20", GB, 30),
        ("HR1, 30 to 99: 30 days", "hr1_days_20", GB, 30),
        ("HR1, 100 or more: 90 days", "hr1_days_100", GB, 45),
        ("HR1, 100 or more: 90 days", "hr1_days_100", NI, 90),
        ("up to 90 days' pay", "protective_award_days", GB, 180),
        ("nothing is added", "protective_award_uplift", GB, 25),
        ("a week's pay of 380", "week_pay_cap", GB, 751),
        ("one year for unfair dismissal", "unfair_dismissal_service", GB, 24),
        ("two years for a redundancy payment: still right", "redundancy_pay_service", GB, 2),
        ("twenty years counted: still right", "redundancy_pay_years", GB, 20),
        ("the pension at 55: still right", "local_government_redundancy_pension", "England", 55),
    ],
)
def test_the_number_of_today(the_guide_said: str, key: str, where: str, today: Value) -> None:
    assert rule(key, on=TODAY, where=where).value == today


def test_a_weeks_pay_in_northern_ireland_was_749_in_2025() -> None:
    assert rule("week_pay_cap", on=dt.date(2025, 11, 22), where=NI).value == 749


def test_unfair_dismissal_needs_six_months_from_1_january_2027() -> None:
    last, first = dt.date(2026, 12, 31), dt.date(2027, 1, 1)
    assert [rule("unfair_dismissal_service", on=on).value for on in (last, first)] == [24, 6]


def test_form_hr1_goes_to_no_department_for_business_and_does_not_start_consultation() -> None:
    form = rule("hr1_recipient", on=TODAY)
    assert "Redundancy Payments Service (Insolvency Service), online only" in str(form.value)
    assert "when the information has been given in writing and consultation begins, and not with the form" in form.note


def test_there_are_nine_characteristics_and_one_duty_with_eight_of_them() -> None:
    assert len(rule("protected_characteristics", on=TODAY).value) == 9
    assert len(rule("equality_duty_characteristics", on=TODAY).value) == 8
    assert rule("equality_duty", on=TODAY).from_ == dt.date(2011, 4, 5)


def test_private_bodies_are_bound_in_public_functions_for_every_characteristic() -> None:
    duty = rule("equality_duty_private", on=TODAY)
    assert (duty.provision, "public functions" in str(duty.value)) == ("s.149(2)", True)


def test_assessment_is_required_everywhere_but_in_england() -> None:
    assert [each.extent for each in standing("assessment_duty", on=TODAY)] == ["Northern Ireland", "Scotland", "Wales"]
    assert in_force("no_statutory_assessment", on=TODAY, where="England") is not None
    assert in_force("assessment_duty", on=TODAY, where="England") is None


def test_the_commission_gives_a_notice_under_section_32() -> None:
    enforcement = rule("equality_duty_enforcement", on=TODAY)
    assert "s.32" in str(enforcement.value)
    assert "enforcement notice" not in str(enforcement.value)


def test_enhanced_pay_rests_on_schedule_9_and_no_longer_on_the_age_regulations() -> None:
    assert rule("enhanced_redundancy_pay", on=TODAY).provision == "Sch 9 para 13"


@pytest.mark.parametrize("key", ["part_time_dismissal", "fixed_term_dismissal"])
def test_part_time_and_fixed_term_selection_is_not_automatically_unfair_by_itself(key: str) -> None:
    text = str(rule(key, on=TODAY).value)
    assert "for asserting rights" in text
    assert "does not make it so by itself" in text


def test_priority_is_by_a_regulation_for_each_leave_and_hangs_on_no_notice() -> None:
    assert "reg 10" in rule("priority_maternity_leave", on=TODAY).provision
    adoption = rule("priority_adoption_leave", on=TODAY)
    assert (adoption.instrument.startswith("Paternity and Adoption Leave Regulations 2002"), adoption.provision) == (
        True,
        "reg 23",
    )
    assert "notice" not in str(rule("priority_offer", on=TODAY).value)
    assert {each.key for each in standing(None, on=TODAY) if each.area == "family_leave"} >= {
        "priority_after_maternity", "priority_after_adoption", "priority_shared_leave", "priority_neonatal_leave",
        "priority_bereaved_partner",
    }  # fmt: skip


def test_the_civil_service_terms_of_2016_were_quashed_and_those_of_2010_stand() -> None:
    assert in_force("cscs_2016_most_compulsory", on=TODAY) is None
    assert "quashed" in rule("cscs_2016_most_compulsory", on=dt.date(2017, 1, 1)).provision
    assert [rule(f"cscs_most_{way}", on=TODAY).value for way in ("voluntary", "compulsory")] == [21, 12]
    assert [rule(f"cscs_most_{way}_above_pension_age", on=TODAY).value for way in ("voluntary", "compulsory")] == [6, 6]


def test_the_terms_of_2016_were_quashed_for_want_of_consultation_and_not_under_the_equality_duty() -> None:
    assert in_force("cscs_2016_quashed", on=dt.date(2017, 7, 17)) is None
    why = rule("cscs_2016_quashed", on=dt.date(2017, 7, 18))
    assert why.instrument == "Superannuation Act 1972"
    assert "[2017] EWHC 1787" in why.provision
    assert "with a view to reaching agreement" in str(why.value)
    assert "not about the equality duty" in str(why.value)


@pytest.mark.parametrize(
    "matter",
    ["a request for flexible working", "tax on payments", "accrual and protections", "information and consultation regulations",
     "Soulbury", "whether volunteers have a right", "civil service schemes of 2010", "Southall Black Sisters"],
)  # fmt: skip
def test_what_is_not_spoken_of_is_listed_as_such(matter: str) -> None:
    assert matter in " ".join(LAW.partition("Not spoken of here")[2].partition("##")[0].split())
