"""Who was chosen among whom: people in a pool and still there, in an order that is theirs and not the file's."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made import ANSWERS, QUICK, Person, staff, workforces

from eia.counts.cube import cube_axes
from eia.counts.stages import Choosing, choosing
from eia.intake.evidence import read_workforce

EARLIER = ("slotted in", "volunteer accepted")
FORCED = ("selected", "redeployed", "dismissed")


def choosing_of(people: list[Person]) -> Choosing | None:
    workforce = read_workforce(staff(people), QUICK, name="staff.csv")
    return choosing(workforce.frame, cube_axes(workforce, QUICK), QUICK.stages)


@settings(deadline=None, max_examples=50)
@given(workforces())
def test_those_in_a_pool_who_had_not_left_before_are_chosen_among(people: list[Person]) -> None:
    found = choosing_of(people)
    if found is None:
        assert not any(person["outcome"] for person in people)
        return
    there = [person for person in people if person["pool"] and person["outcome"] not in EARLIER]
    assert len(found.people) == len(there)
    assert found.people["pool"].notna().all()
    assert found.selected.sum() == sum(person["outcome"] in FORCED for person in there)


@pytest.mark.slow
@settings(deadline=None, max_examples=50)
@given(workforces(), st.randoms(use_true_random=False))
def test_everybody_keeps_their_own_answers_and_the_rows_of_the_file_have_no_part_in_the_order(
    people: list[Person], by: random.Random
) -> None:
    aged = [{**person, "age": str(20 + number)} for number, person in enumerate(people)]
    ours = choosing_of(aged)
    by.shuffle(aged)
    theirs = choosing_of(aged)
    if ours is None or theirs is None:
        assert ours is theirs
        return
    assert (ours.selected == theirs.selected).all()
    for column in ("pool", "age_years", *ANSWERS):
        assert ours.people[column].tolist() == theirs.people[column].tolist()


def test_while_nobody_is_chosen_nobody_was_chosen_among_anybody() -> None:
    assert choosing_of([{"sex": "Female", "pool": "A", "outcome": ""}]) is None
