"""The bundled real counts, through the whole pipeline, give the figures of R and of exact integer arithmetic."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest
from made import one

from eia.case import read_case
from eia.findings.assess import assess_evidence
from eia.findings.assessment import Assessment
from eia.findings.core.finding import Finding
from eia.intake.evidence import read_evidence
from eia.stats.results import BinomialTest, StratifiedTest

HERE = Path(__file__).parents[3]
CASES = {case["id"]: case for case in json.loads((HERE / "tests/data/cases.json").read_text(encoding="utf-8"))["cases"]}
REAL = HERE / "datasets" / "real"

# case of R -> folder, question, characteristic, focal group
PLACES = {
    "docsbay_animal_technicians": ("university-2010", "scope", "sex", "Female"),
    "docsbay_disability": ("university-2010", "scope", "disability", "Disabled"),
    "docsbay_race": ("university-2010", "scope", "race_group", "All minority ethnic groups"),
    "cs_leavers_disability_by_grade": ("civil-service-2023", "selection", "disability", "Disabled"),
    "dwp_1314_sex": ("dwp-2014", "selection", "sex", "Male"),
    "dwp_1314_ethnicity": ("dwp-2014", "selection", "race_group", "All minority ethnic groups"),
    "dwp_1314_disability": ("dwp-2014", "selection", "disability", "Disabled"),
    "ricci_black_white": ("ricci", "selection", "black_and_white_candidates", "Black"),
    "ricci_hispanic_white": ("ricci", "selection", "hispanic_and_white_candidates", "Hispanic"),
}


def assessment_of(folder: str) -> Assessment:
    path = REAL / folder / "case.toml"
    case = read_case(path)
    evidence = read_evidence(case, folder=path.parent)
    return assess_evidence(evidence, case)


def finding_of(name: str) -> Finding:
    folder, question, characteristic, group = PLACES[name]
    return one(assessment_of(folder), question, group, characteristic)


def number(value: Any) -> float:
    return math.inf if value == "Inf" else float(value)


@pytest.mark.parametrize("name", PLACES)
def test_the_figures_are_those_of_exact_arithmetic(name: str) -> None:
    finding = finding_of(name)
    test = finding.drawn_one_by_one if finding.question == "scope" else finding.test
    assert isinstance(test, StratifiedTest)
    exact = CASES[name]["results"]["exact"]
    odds = test.odds_ratio
    found = {
        "p_greater": test.pvalue_greater, "p_less": test.pvalue_less, "p_two_minlike": test.pvalue,
        "log10_p_two_minlike": test.log10_pvalue, "midp_two_doubled": test.midp, "cond_mle_or": odds.estimate,
    }  # fmt: skip
    for key, value in found.items():
        assert value == pytest.approx(number(exact[key]), rel=1e-9, abs=1e-15), key
    for interval, key in ((odds.interval, "ci95_exact"), (odds.midp_interval, "ci95_midp")):
        assert (interval.low, interval.high) == pytest.approx(tuple(map(number, exact[key])), rel=1e-9), key


@pytest.mark.parametrize("name", PLACES)
def test_the_counts_are_those_of_the_case(name: str) -> None:
    finding = finding_of(name)
    cells = CASES[name]["tables"]
    focal, gone = sum(a + b for a, b, _, _ in cells), sum(a for a, _, _, _ in cells)
    people = sum(map(sum, cells))
    them = finding.people
    if finding.question == "scope":
        assert (them.group_workforce, them.workforce, them.group_in_scope) == (focal, people, gone)
    else:
        assert (them.group_in_scope, them.in_scope, them.group_selected) == (focal, people, gone)


def test_meacham_is_the_binomial_of_the_case() -> None:
    case = CASES["meacham_kapl_binomial"]
    finding = one(assessment_of("meacham"), "scope", "40 and over", "age")
    test = finding.drawn_one_by_one
    assert isinstance(test, BinomialTest)
    assert test.expected == pytest.approx(18.6, rel=1e-12)
    results = case["results"]
    for found, key in (
        (test.pvalue_greater, "p_greater"),
        (test.pvalue_less, "p_less"),
        (test.pvalue, "p_two_minlike"),
    ):
        assert found == pytest.approx(results[key], rel=1e-9), key
    assert (test.interval.low, test.interval.high) == pytest.approx(tuple(results["clopper_pearson_ci95"]), rel=1e-9)
    assert 1 / test.pvalue_greater == pytest.approx(347_950, rel=1e-4)


def test_the_university_closed_its_pool_and_the_question_is_which_jobs() -> None:
    found = assessment_of("university-2010")
    women = one(found, "scope", "Female")
    assert women.people.scope_excess == pytest.approx(10 - 12 * 25 / 45)
    assert one(found, "selection", "Female").reasons == ("everyone goes",)


def test_inside_grades_disabled_civil_servants_leave_no_more_often_and_who_did_not_declare_does() -> None:
    found = assessment_of("civil-service-2023")
    assert one(found, "selection", "Disabled", "disability").level != "found"
    blank = one(found, "selection", "Not recorded", "disability")
    assert (blank.level, blank.direction) == ("found", "against")
