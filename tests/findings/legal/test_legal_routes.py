"""Which route in law a comparison speaks to: by whom the law protects, by day and by place."""

from __future__ import annotations

import datetime as dt

import pytest

from eia.case import Case, Dates, Employer
from eia.findings.legal.applicable_law import applicable
from eia.findings.legal.legal_routes import NORTHERN_IRELAND_ONLY, routes
from eia.vocabulary.characteristics import DECLINED, NOT_RECORDED, Characteristic, Group, characteristics


def case(kind: str, where: str) -> Case:
    return Case(employer=Employer(kind=kind, jurisdiction=where))


EIGHT = ["age", "disability", "gender_reassignment", "marriage", "race_group", "religion", "sex", "sexual_orientation"]


def told(
    key: str, group: str, *, kind: str | None = "other body", where: str = "England", on: str = "2026-11-22"
) -> list[str]:
    law = applicable(
        Case(employer=Employer(kind=kind, jurisdiction=where), dates=Dates(proposal=dt.date.fromisoformat(on))),
        today=dt.date(2026, 11, 22),
    )
    return [route.key for route in routes(characteristics()[key], Group(group), law=law)]


@pytest.mark.parametrize("key", [key for key in EIGHT if key != "disability"])
def test_indirect_discrimination_is_for_eight_characteristics_with_disability_told_apart(key: str) -> None:
    assert told(key, "a group")[:2] == ["indirect", "same disadvantage"]


def test_pregnancy_and_maternity_goes_by_its_own_section_and_by_sex() -> None:
    assert told("pregnancy_maternity", "Pregnant or on maternity leave") == ["pregnancy", "indirect sex"]
    assert told("family_leave", "Maternity leave") == ["pregnancy", "indirect sex"]
    assert told("family_leave", "Adoption leave") == ["indirect sex"]


def test_same_disadvantage_begins_on_1_january_2024() -> None:
    assert "same disadvantage" not in told("sex", "Female", on="2023-12-31")
    assert "same disadvantage" in told("sex", "Female", on="2024-01-01")


def test_the_duty_has_another_list_of_eight_and_marriage_counts_in_part() -> None:
    public = {"kind": "public authority"}
    for key in {*EIGHT, "pregnancy_maternity"} - {"marriage"}:
        assert told(key, "a group", **public)[-1] == "due regard"
    assert told("marriage", "Married or in a civil partnership", **public)[-1] == "due regard in part"


@pytest.mark.parametrize("kind", ["other body", None])
def test_due_regard_is_not_told_where_the_duty_is_not_known_to_bind(kind: str | None) -> None:
    assert "due regard" not in told("sex", "Female", kind=kind)


def test_disability_always_comes_with_what_the_comparison_is_not() -> None:
    assert told("disability", "Disabled") == ["disability"]


@pytest.mark.parametrize("where", ["England", "Northern Ireland"])
def test_fixed_terms_speak_to_the_same_route_with_the_long_ones_left_out(where: str) -> None:
    law = applicable(case("other body", where), today=dt.date(2026, 11, 22))
    short = Characteristic(
        key="contract_short", title="Contract", groups=("Fixed-term", "Permanent"), others="Permanent"
    )
    whole = routes(characteristics()["contract"], Group("Fixed-term"), law=law)
    assert whole
    assert routes(short, Group("Fixed-term"), law=law) == whole


def test_part_time_speaks_chiefly_to_sex_and_fixed_term_to_its_own_regulations() -> None:
    assert told("working_pattern", "Part-time") == ["indirect sex", "part-time"]
    assert told("contract", "Fixed-term") == ["fixed-term"]


@pytest.mark.parametrize(
    ("key", "group"),
    [
        ("disability", "Not disabled"),
        ("marriage", "Neither"),
        ("gender_reassignment", "No"),
        ("pregnancy_maternity", "Neither"),
        ("working_pattern", "Full-time"),
        ("contract", "Permanent"),
    ],
)
def test_the_other_way_there_is_no_route(key: str, group: str) -> None:
    assert told(key, group, kind="public authority") == ["no route the other way"]


@pytest.mark.parametrize("where", ["Scotland", "Northern Ireland"])
@pytest.mark.parametrize(
    ("key", "group", "rule"),
    [
        ("disability", "Not disabled", ["disability"]),
        ("marriage", "Neither", ["marriage"]),
        ("pregnancy_maternity", "Neither", ["pregnancy_discrimination"]),
        ("working_pattern", "Full-time", ["part_time_equal_treatment"]),
        ("contract", "Permanent", ["fixed_term_equal_treatment"]),
        ("family_leave", "Not on family leave", []),
    ],
)
def test_whoever_says_that_a_group_is_not_protected_says_by_which_rule(
    key: str, group: str, rule: list[str], where: str
) -> None:
    law = applicable(case("other body", where), today=dt.date(2026, 11, 22))
    (route,) = routes(characteristics()[key], Group(group), law=law)
    assert (route.key, [each.key for each in route.rules]) == ("no route the other way", rule)


def test_flexible_arrangements_speak_to_requests_to_work_flexibly_and_to_sex() -> None:
    assert told("flexible", "Job share") == ["indirect sex", "flexible"]
    law = applicable(case("other body", "England"), today=dt.date(2026, 11, 22))
    (route,) = [
        way for way in routes(characteristics()["flexible"], Group("Job share"), law=law) if way.key == "flexible"
    ]
    assert [(each.provision, each.confidence) for each in route.rules] == [("ss.47E, 104C and 105(7BA)", "unchecked")]


def test_grade_and_a_characteristic_of_the_case_have_no_route() -> None:
    assert told("grade", "C") == ["no route"]
    law = applicable(Case(), today=dt.date(2026, 11, 22))
    (route,) = routes(Characteristic(key="caring", title="Caring"), Group("Carer"), law=law)
    assert (route.key, route.rules) == ("no route", ())


@pytest.mark.parametrize("group", [DECLINED, NOT_RECORDED])
def test_people_without_a_known_answer_share_no_characteristic(group: Group) -> None:
    law = applicable(Case(), today=dt.date(2026, 11, 22))
    assert [route.key for route in routes(characteristics()["sex"], group, law=law)] == ["no route"]


def test_gender_as_recorded_is_not_evidence_of_sex() -> None:
    assert "recorded gender" in told("gender", "Female")
    assert "recorded gender" not in told("sex", "Female")


@pytest.mark.parametrize("key", characteristics())
@pytest.mark.parametrize("kind", ["public authority", "other body"])
def test_northern_ireland_has_no_route_under_the_equality_act(key: str, kind: str) -> None:
    law = applicable(case(kind, "Northern Ireland"), today=dt.date(2026, 11, 22))
    for route in routes(characteristics()[key], Group("a group"), law=law):
        assert route.key.startswith("separate law") or route.key in {"due regard", "no route"}
        assert not [
            rule for rule in route.cited if rule.extent != "Northern Ireland" or "Equality Act" in rule.instrument
        ]


@pytest.mark.parametrize(
    ("key", "instruments"),
    [
        ("sex", ["Sex Discrimination (Northern Ireland) Order 1976"]),
        ("gender_reassignment", ["Sex Discrimination (Northern Ireland) Order 1976"]),
        ("marriage", ["Sex Discrimination (Northern Ireland) Order 1976"]),
        ("pregnancy_maternity", ["Sex Discrimination (Northern Ireland) Order 1976"] * 2),
        ("family_leave", ["Sex Discrimination (Northern Ireland) Order 1976"]),
        ("race", ["Race Relations (Northern Ireland) Order 1997"]),
        ("nationality", ["Race Relations (Northern Ireland) Order 1997"]),
        ("religion", ["Fair Employment and Treatment (Northern Ireland) Order 1998"]),
        ("sexual_orientation", ["Employment Equality (Sexual Orientation) Regulations (Northern Ireland) 2003"]),
        ("age", ["Employment Equality (Age) Regulations (Northern Ireland) 2006"]),
        ("disability", ["Disability Discrimination Act 1995"]),
        ("working_pattern", ["Part-time Workers (Prevention of Less Favourable Treatment) Regulations (Northern Ireland) 2000",
                             "Sex Discrimination (Northern Ireland) Order 1976"]),
        ("contract", ["Fixed-term Employees (Prevention of Less Favourable Treatment) Regulations (Northern Ireland) 2002"]),
        ("grade", []),
    ],
)  # fmt: skip
def test_northern_ireland_has_an_instrument_for_each_characteristic(key: str, instruments: list[str]) -> None:
    law = applicable(case("other body", "Northern Ireland"), today=dt.date(2026, 11, 22))
    found = routes(characteristics()[key], Group("a group"), law=law)
    assert [rule.instrument for route in found for rule in route.rules] == instruments


@pytest.mark.parametrize("key", NORTHERN_IRELAND_ONLY)
def test_political_opinion_and_dependants_are_within_the_duty_of_northern_ireland_only(key: str) -> None:
    added = Characteristic(key=key, title="Added by the case")
    own = ["separate law on treatment"] if key == "political_opinion" else []
    for where, ways in (("Northern Ireland", [*own, "due regard"]), ("Wales", ["no route"])):
        law = applicable(case("public authority", where), today=dt.date(2026, 11, 22))
        assert [route.key for route in routes(added, Group("Yes"), law=law)] == ways


def test_in_northern_ireland_every_marital_status_and_both_sides_of_disability_are_within_the_duty() -> None:
    public = {"kind": "public authority", "where": "Northern Ireland"}
    assert told("marriage", "Neither", **public) == told("disability", "Not disabled", **public) == ["due regard"]


@pytest.mark.parametrize(
    ("key", "group"), [("disability", "Not disabled"), ("working_pattern", "Full-time"), ("contract", "Permanent")]
)
def test_in_northern_ireland_too_the_law_protects_one_side_only(key: str, group: str) -> None:
    assert told(key, group, where="Northern Ireland") == ["no route the other way"]


def test_disability_in_northern_ireland_is_apart_since_no_group_figure_is_asked_for() -> None:
    assert told("disability", "Disabled", where="Northern Ireland") == ["separate law on disability"]


@pytest.mark.parametrize("key", characteristics())
@pytest.mark.parametrize("where", ["England", "Northern Ireland"])
@pytest.mark.parametrize("on", ["2011-04-05", "2026-11-22"])
def test_every_rule_cited_is_the_one_in_force_on_the_day(key: str, where: str, on: str) -> None:
    day = dt.date.fromisoformat(on)
    employer = Employer(kind="public authority", jurisdiction=where)
    law = applicable(Case(employer=employer, dates=Dates(proposal=day)), today=dt.date(2026, 11, 22))
    for route in routes(characteristics()[key], Group("a group"), law=law):
        for rule in (*route.rules, *([route.defined] if route.defined else [])):
            assert rule.from_ <= day
            assert rule.until is None or day <= rule.until
