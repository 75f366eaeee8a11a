"""The example holds three planted disadvantages: the toolkit finds what is there, and only that."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from datasets.generator import riverbank
from datasets.generator.tables import csv_text
from eia.case import Case, parse_case, read_case
from eia.findings.assessment import Assessment, assess
from eia.intake.evidence import read_evidence, read_workforce

CASE = Path(__file__).parents[2] / "datasets" / "riverbank" / "case.toml"
NULL_TWINS = 60


@pytest.fixture(scope="module")
def example() -> Assessment:
    case = read_case(CASE)
    return assess(read_evidence(case, folder=CASE.parent).main, case)


def assessed(council: riverbank.Riverbank) -> Assessment:
    case = parse_case(riverbank.case_text(council))
    workforce, selections = (csv_text(table).encode() for table in (council.workforce, council.selections))
    return assess(read_workforce(workforce, case, selections=selections, name="workforce.csv"), case)


def found(assessment: Assessment) -> set[tuple[str, str, str]]:
    return {
        (finding.characteristic.key, finding.group.label, str(finding.direction))
        for finding in assessment.findings
        if finding.level == "found"
    }


def largest(assessment: Assessment, question: str) -> str:
    told = [f for f in assessment.findings if f.question == question and f.characteristic.key != "grade"]
    sizes = [f.people.scope_excess if question == "scope" else f.excess for f in told]
    return told[max(range(len(told)), key=lambda place: sizes[place] or 0.0)].group.label


def test_the_disadvantage_planted_within_pools_is_found_and_nothing_else(example):
    assert found(example) == {("disability", "Disabled", "against"), ("disability", "Not disabled", "for")}


def test_the_disadvantage_planted_in_which_posts_are_in_play_is_the_largest_there(example):
    assert largest(example, "scope") == "Female"


def test_the_disadvantage_planted_in_how_cuts_are_shared_out_is_the_largest_there(example):
    assert largest(example, "spread") == "Fixed-term"


def test_the_case_file_of_a_twin_is_a_case():
    assert isinstance(parse_case(riverbank.case_text(riverbank.make(1))), Case)


@pytest.mark.simulation
def test_null_twins_raise_false_alarms_in_no_more_than_one_family_in_twenty():
    alarms = sum(bool(found(assessed(riverbank.make(seed)))) for seed in range(9_000, 9_000 + NULL_TWINS))
    allowed = 0.05 + 2 * math.sqrt(0.05 * 0.95 / NULL_TWINS)
    assert alarms / NULL_TWINS <= allowed


@pytest.mark.simulation
def test_what_is_planted_within_pools_is_found_in_every_twin_drawn():
    for seed in range(7_000, 7_010):
        assert ("disability", "Disabled", "against") in found(assessed(riverbank.make(seed, planted=True)))
