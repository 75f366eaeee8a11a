"""Round by round: each round counts the people then at risk, and all rounds together are every pool of every round."""

from __future__ import annotations

import by_hand
import pytest
from made import assessed, case, table

from eia.findings.supplementary.selection_rounds import ByRound

QUICK = case(analysis={"draws": 999})
HEADERS = ["sex", "disability", "pool", "outcome", "round"]


def people(*rows: tuple[str, str, str, int, int]) -> bytes:
    """So many people of a sex and pool, selected in a round or, for round 0, retained."""
    made = [
        [sex, disabled, pool, "selected" if number else "retained", str(number) if number else ""]
        for sex, disabled, pool, number, many in rows
        for _ in range(many)
    ]
    return table(made, HEADERS)


DATA = people(
    ("F", "yes", "A", 1, 3), ("M", "no", "A", 1, 1), ("F", "no", "A", 2, 2), ("M", "no", "A", 2, 1), ("F", "no", "A", 0, 4), ("M", "yes", "A", 0, 9),
    ("F", "no", "B", 2, 2), ("F", "yes", "B", 0, 1), ("M", "no", "B", 0, 7), ("", "", "A", 1, 1), ("", "", "B", 0, 2),
)  # fmt: skip


def women() -> ByRound:
    (one,) = [each for each in assessed(DATA, QUICK).further.rounds if each.group.label == "Female"]
    return one


# women selected, women at risk, selected, at risk; among those whose sex is known
FIRST_A: by_hand.Pool = (3, 9, 4, 20)
SECOND_A: by_hand.Pool = (2, 6, 3, 16)
SECOND_B: by_hand.Pool = (2, 3, 2, 10)


def test_each_round_has_the_people_still_there_and_those_selected_before_are_gone() -> None:
    first, second = women().result.rounds
    assert (first.observed, first.expected) == (3, pytest.approx(float(by_hand.expected([FIRST_A]))))
    assert (second.observed, second.expected) == (4, pytest.approx(float(by_hand.expected([SECOND_A, SECOND_B]))))
    assert first.midp == pytest.approx(float(by_hand.midp([FIRST_A])))
    assert second.midp == pytest.approx(float(by_hand.midp([SECOND_A, SECOND_B])))


def test_all_rounds_together_are_every_pool_of_every_round() -> None:
    result, pools = women().result, [FIRST_A, SECOND_A, SECOND_B]
    assert result.combined.observed == 7
    assert result.combined.expected == pytest.approx(float(by_hand.expected(pools)))
    assert result.combined.midp == pytest.approx(float(by_hand.midp(pools)))
    assert result.combined.excess == pytest.approx(sum(test.excess for test in result.rounds))
    assert (result.looks, result.directions, result.same_direction_rounds) == (2, (1, 1), 2)


def test_each_comparison_stands_once_and_ways_of_not_answering_in_none() -> None:
    told = sorted((each.characteristic, each.group.label) for each in assessed(DATA, QUICK).further.rounds)
    assert told == [("disability", "Disabled"), ("sex", "Female")]


def test_one_round_is_no_rounds() -> None:
    assert assessed(people(("F", "yes", "A", 1, 3), ("M", "no", "A", 0, 5)), QUICK).further.rounds == ()
    no_column = table([["F", "A", "selected"], ["M", "A", "retained"]], ["sex", "pool", "outcome"])
    assert assessed(no_column, QUICK).further.rounds == ()
