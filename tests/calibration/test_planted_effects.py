"""The example holds three planted disadvantages: the toolkit finds what is there, and only that."""

from __future__ import annotations

from pathlib import Path

import pytest
from employer_tables import at_most, drawn, seen
from employers import HIDDEN, SELECTION, SPREAD, Design, in_both
from twins import PLANTED, found, found_in_twin

from datasets.generator import riverbank
from eia.case import Case, parse_case, read_case
from eia.findings.assess import assess_evidence
from eia.findings.assessment import Assessment
from eia.intake.evidence import read_evidence

CASE = Path(__file__).parents[2] / "datasets" / "riverbank" / "case.toml"


@pytest.fixture(scope="module")
def example() -> Assessment:
    case = read_case(CASE)
    return assess_evidence(read_evidence(case, folder=CASE.parent), case)


def largest(assessment: Assessment, question: str) -> str:
    told = [f for f in assessment.findings if f.question == question and f.characteristic.key != "grade"]
    sizes = [f.people.scope_excess if question == "scope" else f.excess for f in told]
    return told[max(range(len(told)), key=lambda place: sizes[place] or 0.0)].group.label


@pytest.mark.slow
def test_the_three_disadvantages_planted_are_found_and_nothing_else(example):
    assert found(example.findings) == {
        ("scope", "sex", "Female", "against"),
        ("scope", "sex", "Male", "for"),
        ("scope", "working_pattern", "Part-time", "against"),
        ("scope", "working_pattern", "Full-time", "for"),
        ("spread", "contract", "Fixed-term", "against"),
        ("spread", "contract", "Permanent", "for"),
        ("spread", "contract_short", "Fixed-term", "against"),
        ("spread", "contract_short", "Permanent", "for"),
        ("selection", "disability", "Disabled", "against"),
        ("selection", "disability", "Not disabled", "for"),
    }


def test_the_disadvantage_planted_in_which_posts_are_in_play_is_the_largest_there(example):
    assert largest(example, "scope") == "Female"


def test_the_disadvantage_planted_in_how_cuts_are_shared_out_is_the_largest_there(example):
    assert largest(example, "spread") == "Fixed-term"


def test_the_case_file_of_a_twin_is_a_case():
    assert isinstance(parse_case(riverbank.case_text(riverbank.make(1))), Case)


@pytest.mark.simulation
def test_what_is_planted_within_pools_is_found_in_every_twin_drawn():
    for seed in range(7_000, 7_010):
        assert ("selection", "disability", "Disabled", "against") in found_in_twin(seed, PLANTED)


EMPLOYERS = 20
planted = pytest.mark.parametrize(
    "design",
    [design for one in (*SPREAD, HIDDEN, *SELECTION) for design in in_both(one)],
    ids=lambda design: f"{design.name}, {design.pools} a pool",
)


@pytest.mark.simulation
@planted
def test_the_wrong_direction_is_found_no_oftener_than_chance_finds_anything(design: Design):
    told = seen(drawn(design, "L", EMPLOYERS), design)
    assert told.wrong_found <= at_most(EMPLOYERS)


@pytest.mark.simulation
@planted
def test_the_wrong_direction_is_given_no_oftener_than_a_group_alone_stands_out_by_chance(design: Design):
    told = seen(drawn(design, "L", EMPLOYERS), design)
    assert told.wrong <= at_most(EMPLOYERS)


@pytest.mark.simulation
@pytest.mark.parametrize(
    "design", [design for one in SPREAD for design in in_both(one)], ids=lambda one: f"{one.name}, {one.pools} a pool"
)
def test_where_the_pools_of_women_lose_more_among_sixty_it_is_mostly_found(design: Design):
    told = seen(drawn(design, "L", EMPLOYERS), design)
    assert told.found >= 0.5


@pytest.mark.simulation
@pytest.mark.parametrize("design", SELECTION, ids=lambda one: one.name)
def test_odds_of_three_within_sixty_pools_of_forty_are_found_nearly_always(design: Design):
    told = seen(drawn(design, "L", EMPLOYERS), design)
    assert told.found >= 0.9
