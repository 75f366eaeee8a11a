"""Which law a case comes under: of its day, of its place, and only the duties that bind its employer."""

from __future__ import annotations

import datetime as dt

import pytest

from eia.case import Case, Dates, Employer
from eia.errors import EiaError
from eia.findings.legal.applicable_law import Applicable, applicable, refuse_before_the_law

TODAY = dt.date(2026, 11, 22)


def of(kind: str | None = None, where: str | None = None, on: str | None = None) -> Applicable:
    return applicable(case(kind, where, on), today=TODAY)


def case(kind: str | None = None, where: str | None = None, on: str | None = None) -> Case:
    dates = Dates(proposal=dt.date.fromisoformat(on) if on else None)
    return Case(employer=Employer(kind=kind, jurisdiction=where), dates=dates)


def keys(law: Applicable) -> list[str]:
    return [duty.key for duty in law.duties]


@pytest.mark.parametrize(
    ("where", "specific"),
    [
        ("England", ["specific_duties", "no_statutory_assessment"]),
        ("Wales", ["assessment_duty", "engagement", "workforce_information", "socio_economic_duty"]),
        ("Scotland", ["assessment_duty", "workforce_information", "socio_economic_duty"]),
        (None, []),
    ],
)
def test_a_public_authority_has_the_specific_duties_of_its_nation(where: str | None, specific: list[str]) -> None:
    law = of("public authority", where)
    assert keys(law) == ["equality_duty", "equality_duty_bodies", *specific, "equality_duty_enforcement"]
    assert {duty.extent for duty in law.duties} <= {"Great Britain", where}


@pytest.mark.parametrize(("kind", "bound"), [("other body", "not bound"), (None, "not known")])
@pytest.mark.parametrize("where", ["England", "Wales", "Scotland", None])
def test_no_duty_is_cited_where_none_is_known_to_bind(kind: str | None, bound: str, where: str | None) -> None:
    law = of(kind, where)
    assert (law.bound, law.duties) == (bound, ())


def test_a_body_with_public_functions_is_bound_in_those_only() -> None:
    law = of("other body with public functions", "Scotland")
    assert (law.bound, keys(law)) == ("in public functions", ["equality_duty_private", "equality_duty_bodies"])


@pytest.mark.parametrize("where", ["England", "Wales", "Scotland"])
def test_the_crown_is_bound_but_the_specific_duties_of_a_nation_are_not_guessed(where: str) -> None:
    law = of("Crown", where)
    assert law.crown
    assert keys(law) == ["equality_duty", "equality_duty_bodies", "equality_duty_enforcement"]


@pytest.mark.parametrize("kind", ["public authority", "Crown", "other body with public functions", "other body", None])
def test_no_section_of_the_equality_act_is_cited_for_northern_ireland(kind: str | None) -> None:
    law = of(kind, "Northern Ireland")
    assert {duty.instrument for duty in law.duties} & {"Equality Act 2010", "Equality Act 2006"} == set()
    assert {duty.extent for duty in law.duties} == {"Northern Ireland"}


def test_the_socio_economic_duty_is_not_in_force_in_england_and_began_elsewhere_on_its_day() -> None:
    assert "socio_economic_duty" not in keys(of("public authority", "England"))
    for where, before, day_of in (("Scotland", "2018-03-31", "2018-04-01"), ("Wales", "2021-03-30", "2021-03-31")):
        assert "socio_economic_duty" not in keys(of("public authority", where, before))
        assert "socio_economic_duty" in keys(of("public authority", where, day_of))


def test_the_day_is_that_of_the_proposal_and_else_that_of_the_run() -> None:
    assert (of(on="2015-06-01").on, of(on="2015-06-01").dated) == (dt.date(2015, 6, 1), True)
    assert (of().on, of().dated) == (TODAY, False)


@pytest.mark.parametrize(
    ("kind", "first"),
    [
        ("public authority", "2011-04-05"),
        ("Crown", "2011-04-05"),
        ("other body with public functions", "2011-04-05"),
        ("other body", "2010-10-01"),
        (None, "2010-10-01"),
    ],
)
def test_a_case_is_refused_before_the_law_that_would_judge_it(kind: str | None, first: str) -> None:
    day_before = dt.date.fromisoformat(first) - dt.timedelta(days=1)
    with pytest.raises(EiaError, match="Equality Act 2010") as refused:
        refuse_before_the_law(case(kind, "England", day_before.isoformat()))
    assert refused.value.faults[0].code == "case-before-the-law"
    refuse_before_the_law(case(kind, "England", first))


def test_a_case_of_northern_ireland_or_without_a_date_is_not_refused_for_the_equality_act() -> None:
    refuse_before_the_law(case("public authority", "Northern Ireland", "2009-01-01"))
    refuse_before_the_law(case("public authority", "England"))
