"""Severance pay: worked cases typed by hand (``payment_cases.csv``), and every limit on a week's pay (``week_limits.csv``)."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eia.case import Case, Consultation, Dates, Employer, OwnTerms
from eia.errors import EiaError
from eia.intake.evidence import read_workforce
from eia.intake.workforce import Workforce
from eia.process.severance import Scheme, conformity, limits, payments, terms, units

HERE = Path(__file__).parent
TODAY = dt.date(2026, 11, 22)


def lines(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def one(age: float, service: float, pay: float, hours: float) -> Workforce:
    """A workforce of one person."""
    text = f"sex,age,service years,fte,annual pay\nF,{age},{service},{hours},{pay}\n"
    return read_workforce(text.encode(), Case(columns={"pay": "annual pay"}))


def statutory(**changes: Any) -> Scheme:
    return terms("statutory", Case(**changes), on=TODAY, where="England").compulsory


def weeks_year_by_year(age: int, service: int) -> float:
    """The statutory weeks by walking back through the years, as section 162 words it."""
    if service < 2:
        return 0.0
    youngest = [
        age - year for year in range(1, min(service, 20) + 1)
    ]  # how old at the beginning of each year, the last first
    return sum(1.5 if old >= 41 else 1.0 if old >= 22 else 0.5 for old in youngest)


@pytest.mark.parametrize("row", lines("payment_cases.csv"), ids=[row["why"] for row in lines("payment_cases.csv")])
def test_a_worked_case_comes_out(row: dict[str, str]) -> None:
    name, _, pension_age = row["terms"].partition(" pension age ")
    case = Case.model_validate({"severance": {"pension_age": int(pension_age)}} if pension_age else {})
    found = terms(name.removesuffix(" volunteer"), case, on=dt.date.fromisoformat(row["on"]), where=row["where"])  # type: ignore[arg-type]
    scheme = found.voluntary if name.endswith("volunteer") else found.compulsory
    age, service, pay, hours = (float(row[key]) for key in ("age", "service", "pay_a_year", "hours"))
    assert units(scheme, age=np.array([age]), service=np.array([service]))[0] == float(row["weeks_or_months"])
    paid = payments(scheme, one(age, service, pay, hours), pay_is="actual")
    assert paid is not None
    assert paid[0] == pytest.approx(float(row["pounds"]), abs=0.005)


@pytest.mark.parametrize("row", lines("week_limits.csv"), ids=[row["from"] for row in lines("week_limits.csv")])
def test_the_limit_and_the_most_payable_are_those_of_the_day(row: dict[str, str]) -> None:
    found = limits(Case(dates=Dates(proposal=dt.date.fromisoformat(row["from"]))))
    assert found
    assert found.week
    assert (found.week.value, found.most) == (int(row["limit"]), int(row["most"]))


@given(st.integers(16, 90), st.integers(0, 60))
def test_the_statutory_weeks_are_those_of_walking_back_through_the_years(age: int, service: int) -> None:
    service = min(service, age - 14)
    found = units(statutory(), age=np.array([float(age)]), service=np.array([float(service)]))
    assert found[0] == weeks_year_by_year(age, service)


@given(
    st.integers(16, 80),
    st.integers(0, 40),
    st.sampled_from(["statutory", "civil service", "civil service 1987", "NHS"]),
)
def test_another_year_of_age_or_service_never_pays_less(age: int, service: int, name: str) -> None:
    scheme = terms(name, Case(), on=TODAY, where="England").compulsory
    ages, services = np.array([age, age + 1.0, float(age)]), np.array([float(service), service, service + 1.0])
    here, older, longer = units(scheme, age=ages, service=services)
    assert here <= older
    assert here <= longer


def test_the_civil_service_terms_in_force_begin_on_22_december_2010() -> None:
    with pytest.raises(EiaError):
        terms("civil service", Case(), on=dt.date(2010, 12, 21), where="England")


@pytest.mark.parametrize(
    ("scheme", "keys"),
    [
        ("civil service", {"cscs_most_voluntary_above_pension_age", "cscs_most_compulsory_above_pension_age"}),
        (
            "civil service 1987",
            {"cscs_1987_second_part_age", "cscs_1987_second_part_service", "cscs_1987_third_part_age"},
        ),
        ("civil service 2016", {"cscs_2016_quashed", "cscs_2016_most_compulsory"}),
    ],
)
def test_every_figure_of_a_scheme_is_cited(scheme: str, keys: set[str]) -> None:
    cited = {each.key for each in terms(scheme, Case(), on=TODAY, where="England").compulsory.rules}
    assert keys <= cited


def test_an_age_that_is_not_known_leaves_the_limit_above_pension_age_open() -> None:
    case = Case.model_validate({"severance": {"pension_age": 60}})
    scheme = terms("civil service", case, on=TODAY, where="England").compulsory
    assert np.isnan(units(scheme, age=np.array([np.nan]), service=np.array([30.0]))[0])


def test_what_is_not_known_is_not_paid_and_not_nought() -> None:
    assert np.isnan(units(statutory(), age=np.array([np.nan]), service=np.array([5.0]))[0])
    assert np.isnan(units(statutory(), age=np.array([40.0]), service=np.array([np.nan]))[0])


def test_without_pay_or_service_there_are_no_payments() -> None:
    assert payments(statutory(), read_workforce(b"sex,age,service years\nF,40,5\n"), pay_is="actual") is None
    nobody_knows = read_workforce(b"sex,age,annual pay\nF,40,20000\n", Case(columns={"pay": "annual pay"}))
    assert payments(statutory(), nobody_knows, pay_is="actual") is None


def test_full_time_pay_is_cut_to_the_hours_worked() -> None:
    paid = payments(statutory(), one(61, 20, 31200, 0.5), pay_is="full-time")
    assert paid is not None
    assert paid[0] == pytest.approx(9000)


def test_pay_is_read_only_where_the_case_names_its_column() -> None:
    assert "pay" not in read_workforce(b"sex,pay,annual pay\nF,1,2\n").frame


def test_the_first_dismissal_decides_the_limit_where_it_is_entered() -> None:
    found = limits(
        Case(dates=Dates(proposal=dt.date(2026, 3, 1)), consultation=Consultation(first_dismissal=dt.date(2026, 4, 6)))
    )
    assert found
    assert found.week
    assert found.week.value == 751


def test_no_day_no_limits() -> None:
    assert limits(Case()) is None


def test_the_crown_has_its_own_scheme_and_no_statutory_payment() -> None:
    case = Case(employer=Employer(kind="Crown"), dates=Dates(proposal=TODAY))
    found = limits(case)
    assert found
    assert found.crown
    assert found.most is None
    with pytest.raises(EiaError) as caught:
        terms("statutory", case, on=TODAY, where="England")
    assert [fault.code for fault in caught.value.faults] == ["no-statutory-payment"]


def test_northern_ireland_has_a_limit_of_its_own_and_no_payment_is_worked_out() -> None:
    found = limits(Case(employer=Employer(jurisdiction="Northern Ireland"), dates=Dates(proposal=dt.date(2025, 6, 1))))
    assert found
    assert found.week
    assert (found.week.value, found.most) == (749, None)


def test_the_health_service_terms_of_england_are_not_law_elsewhere() -> None:
    with pytest.raises(EiaError):
        terms("NHS", Case(), on=TODAY, where="Scotland")


@pytest.mark.parametrize(
    ("own", "paid"),
    [
        ({}, 22530.0),
        ({"week_limit": 0}, 30 * 1000.0),
        ({"total_multiple": 1.5}, 1.5 * 22530),
        ({"year_multiple": 2, "week_limit": 0}, 60 * 1000.0),
        ({"weeks_a_year": 3, "week_limit": 0}, 60 * 1000.0),
        ({"weeks_a_year": 3, "week_limit": 0, "most_weeks": 52}, 52 * 1000.0),
        ({"weeks_a_year": 3, "week_limit": 0, "most_years": 30}, 90 * 1000.0),
        ({"weeks_a_year": 1, "week_limit": 800}, 20 * 800.0),
    ],
)
def test_terms_of_the_employers_own(own: dict[str, Any], paid: float) -> None:
    case = Case(terms={"Enhanced": OwnTerms(**own)})
    found = payments(
        terms("Enhanced", case, on=TODAY, where="England").compulsory, one(61, 30, 52000, 1), pay_is="actual"
    )
    assert found is not None
    assert found[0] == pytest.approx(paid)


@pytest.mark.parametrize(
    ("own", "broken"),
    [
        ({}, []),
        ({"week_limit": 0}, []),
        ({"week_limit": 751}, []),
        ({"week_limit": 1000, "year_multiple": 2, "total_multiple": 1.5}, []),
        ({"weeks_a_year": 3}, ["weeks by age"]),
        ({"most_weeks": 60}, ["no limit on the total"]),
        ({"most_years": 25}, ["years counted"]),
        ({"service": 0}, []),
        ({"service": 3}, ["service asked for"]),
        ({"week_limit": 500}, ["limit on a week's pay"]),
        ({"year_multiple": 0.5}, ["each year"]),
        ({"total_multiple": 0.9}, ["total"]),
        ({"weeks_a_year": 3, "most_weeks": 52}, ["weeks by age", "no limit on the total"]),
    ],
)
def test_conformity_is_told_condition_by_condition(own: dict[str, Any], broken: list[str]) -> None:
    found = conformity(OwnTerms(**own), on=TODAY, where="England")
    assert [condition for condition, kept in found if not kept] == broken


def test_a_case_refuses_terms_that_it_does_not_know() -> None:
    for wrong in ({"severance": {"terms": "gold"}}, {"severance": {"instead_of": "gold"}}, {"terms": {"NHS": {}}}):
        with pytest.raises(ValueError, match="severance terms"):
            Case.model_validate(wrong)
