"""Whole proposals with nothing wrong in them: the toolkit raises few false alarms under each of its questions."""

from __future__ import annotations

import math

import pytest
from employer_tables import at_most, drawn, false_alarms
from employers import NULL, Design, Size, in_both
from twins import TIED, Found, found_in_twin

TWINS = 50
FIRST = 9_000
ALLOWED = 0.05 + 3 * math.sqrt(0.05 * 0.95 / TWINS)


@pytest.fixture(scope="module")
def alarms() -> list[Found]:
    return [found_in_twin(seed) for seed in range(FIRST, FIRST + TWINS)]


@pytest.fixture(scope="module")
def alarms_where_tied() -> list[Found]:
    return [found_in_twin(seed, TIED) for seed in range(FIRST, FIRST + TWINS)]


@pytest.mark.simulation
@pytest.mark.parametrize("question", ["scope", "selection"])
def test_where_the_share_to_go_follows_who_is_in_a_pool_the_other_questions_raise_no_more(alarms_where_tied, question):
    twins = sum(any(asked == question for asked, *_ in twin) for twin in alarms_where_tied)
    assert twins / TWINS <= ALLOWED


@pytest.mark.simulation
@pytest.mark.parametrize("question", ["scope", "spread", "selection"])
def test_null_twins_raise_false_alarms_in_no_more_than_one_family_in_twenty(alarms, question):
    twins = sum(any(asked == question for asked, *_ in twin) for twin in alarms)
    assert twins / TWINS <= ALLOWED


EMPLOYERS: dict[Size, int] = {"S": 100, "M": 60, "L": 60}
asked_of_both = [(design, each) for one in NULL for design in in_both(one) for each in one.asked]


@pytest.mark.simulation
@pytest.mark.parametrize("size", EMPLOYERS)
@pytest.mark.parametrize(
    ("design", "question"),
    asked_of_both,
    ids=[f"{one.name}, {one.pools} a pool, {each}" for one, each in asked_of_both],
)
def test_whichever_posts_go_in_an_even_handed_employer_raises_a_false_alarm_once_in_twenty_or_less(
    design: Design, question, size: Size
):
    number = EMPLOYERS[size]
    share = false_alarms(drawn(design, size, number), question)
    assert share <= at_most(number)
