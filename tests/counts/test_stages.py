"""Who was chosen among whom: people in a pool and still there, in an order that is theirs and not the file's."""

from __future__ import annotations

import random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from made import ANSWERS, QUICK, Person, staff, workforces

from eia.counts.codes import Codes, encode
from eia.counts.stages import Choosing, choosing
from eia.intake.evidence import read_workforce

EARLIER = ("slotted in", "volunteer accepted")
FORCED = ("selected", "redeployed", "dismissed")


def codes_of(people: list[Person]) -> Codes:
    return encode(read_workforce(staff(people), QUICK, name="staff.csv"), QUICK)[0]


def choosing_of(people: list[Person]) -> Choosing | None:
    return choosing(codes_of(people), QUICK.stages)


@settings(deadline=None, max_examples=50)
@given(workforces())
def test_those_in_a_pool_who_had_not_left_before_are_chosen_among(people: list[Person]) -> None:
    found = choosing_of(people)
    if found is None:
        assert not any(person["outcome"] for person in people)
        return
    there = [person for person in people if person["pool"] and person["outcome"] not in EARLIER]
    assert found.people.pool.size == len(there)
    assert (found.people.pool >= 0).all()
    assert found.selected.sum() == sum(person["outcome"] in FORCED for person in there)


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
    assert (ours.people.pool == theirs.people.pool).all()
    assert ours.people.age is not None
    assert theirs.people.age is not None
    assert (ours.people.age == theirs.people.age).all()
    for key in ANSWERS:
        assert (ours.people.characteristics[key] == theirs.people.characteristics[key]).all()


def test_while_nobody_is_chosen_nobody_was_chosen_among_anybody() -> None:
    assert choosing_of([{"sex": "Female", "pool": "A", "outcome": ""}]) is None


def test_some_of_the_people_have_every_code_they_had() -> None:
    codes = codes_of([{"sex": sex, "pool": "A", "outcome": "selected", "age": age, "round": "1"} for sex, age in (("F", "30"), ("M", "40"), ("F", "50"))])  # fmt: skip
    some = codes.of(np.array([2, 0]))
    assert some.age is not None
    assert some.age.tolist() == [50, 30]
    assert some.characteristics["sex"].tolist() == [0, 0]
    assert some.round is not None
    assert some.round.tolist() == [1, 1]
    assert some.service is None
