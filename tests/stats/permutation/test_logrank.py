"""Waiting: a textbook's figures, log-rank by its definition, every deal gone through, draws against exact, and edges."""

from __future__ import annotations

import itertools
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eia.errors import EiaError
from eia.stats.permutation.logrank import LogrankTest, logrank_test, median_wait

Person = tuple[int, bool, int, bool]
person = st.tuples(st.integers(0, 2), st.booleans(), st.sampled_from([0, 1, 2, 2, 5, 9]), st.booleans())


def of(people: list[Person], **options: int) -> LogrankTest:
    pool, group, days, ended = (list(column) for column in zip(*people, strict=True))
    return logrank_test(pool=pool, group=group, days=days, ended=ended, **{"seed": 1, **options})


def log_rank(members: list[tuple[bool, int, bool]]) -> float:
    """Observed less expected of the group, day by day, as Mantel defines it."""
    gap = 0.0
    for day in {days for _, days, ended in members if ended}:
        waiting = [group for group, days, _ in members if days >= day]
        over = [group for group, days, ended in members if ended and days == day]
        gap += sum(over) - len(over) * sum(waiting) / len(waiting)
    return gap


def every_deal(people: list[Person]) -> tuple[float, list[float]]:
    """Expected less observed, as it is and for every way to deal the group's places in each pool."""
    observed, every = 0.0, [0.0]
    for pool in {pool for pool, *_ in people}:
        members = [tuple(rest) for of_pool, *rest in people if of_pool == pool]
        size = sum(group for group, _, _ in members)
        observed -= log_rank(members)
        gaps = [
            -log_rank([(place in chosen, days, ended) for place, (_, days, ended) in enumerate(members)])
            for chosen in itertools.combinations(range(len(members)), size)
        ]
        every = [before + gap for before in every for gap in gaps]
    return observed, every


REMISSION = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
RELAPSED = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]


def test_equals_the_textbook_case_of_leukaemia_in_remission() -> None:
    """Freireich and others (1963); observed 9 and expected 19.25 as in every textbook since, medians 23 and 8 weeks."""
    test = logrank_test(
        pool=[0] * 42,
        group=[True] * 21 + [False] * 21,
        days=REMISSION + PLACEBO,
        ended=np.array(RELAPSED + [1] * 21) == 1,
        seed=1,
        draws=999,
    )
    assert (test.observed, round(test.expected, 2)) == (9, 19.25)
    assert (test.median, test.others_median) == (23, 8)
    assert test.pvalue == 1 / 1000
    assert test.z > 0


@settings(deadline=None, derandomize=True, max_examples=60)
@given(st.lists(person, min_size=1, max_size=10))
def test_equals_going_through_every_deal(people: list[Person]) -> None:
    test = of(people)
    observed, every = every_deal(people)
    ways = np.array(every)
    assert test.draws == 0
    assert test.expected - test.observed == pytest.approx(observed, abs=1e-12)
    assert test.z * ways.std() == pytest.approx(observed, abs=1e-12)
    assert test.pvalue == pytest.approx(np.mean(np.abs(ways) >= abs(observed) - 1e-9))
    assert test.pvalue_longer == pytest.approx(np.mean(ways >= observed - 1e-9))
    assert test.pvalue_shorter == pytest.approx(np.mean(ways <= observed + 1e-9))


@settings(deadline=None, derandomize=True, max_examples=40)
@given(st.lists(person, min_size=2, max_size=12))
def test_swapping_the_sides_swaps_the_direction_and_nothing_else(people: list[Person]) -> None:
    ours, theirs = of(people), of([(pool, not group, days, ended) for pool, group, days, ended in people])
    assert theirs.z == pytest.approx(-ours.z, abs=1e-12)
    assert theirs.pvalue == pytest.approx(ours.pvalue)
    assert theirs.informative_pools == ours.informative_pools
    assert np.array_equal([theirs.median, theirs.others_median], [ours.others_median, ours.median], equal_nan=True)


@pytest.mark.parametrize("seed", range(5))
def test_drawing_agrees_with_going_through_every_deal(seed: int) -> None:
    rng = np.random.default_rng(seed)
    people = [(int(p), bool(g), int(d), bool(e)) for p, g, d, e in zip(rng.integers(0, 2, 16), rng.random(16) < 0.5,
              rng.integers(0, 30, 16), rng.random(16) < 0.7, strict=True)]  # fmt: skip
    exact, drawn = of(people, draws=100_000), of(people, draws=2000)
    assert exact.draws == 0
    assert abs(drawn.pvalue - exact.pvalue) < 5 * math.sqrt(exact.pvalue * (1 - exact.pvalue) / 2000) + 1 / 2001


def test_days_count_in_their_order_alone() -> None:
    people = [(0, True, 3, True), (0, True, 8, False), (0, False, 1, True), (0, False, 2, True), (0, False, 9, True)]
    longer = [(pool, group, days * days + 1, ended) for pool, group, days, ended in people]
    assert of(people).pvalue == of(longer).pvalue


@pytest.mark.parametrize(
    "people",
    [
        [(0, True, 3, True), (0, True, 5, True)],  # nobody else
        [(0, False, 3, True), (0, False, 5, True)],  # nobody of the group
        [(0, True, 3, False), (0, False, 5, False)],  # nobody placed
        [(0, True, 3, True), (1, False, 5, True)],  # nobody in the same pool
        [(0, True, 4, True), (0, False, 4, True)],  # all placed on one day
    ],
)
def test_what_can_say_nothing_says_nothing(people: list[Person]) -> None:
    test = of(people)
    assert (test.informative_pools, test.pvalue, test.z, test.people) == (0, 1.0, 0.0, 0)


def test_a_median_that_was_never_reached_is_infinite_and_of_nobody_undefined() -> None:
    assert median_wait(np.array([5.0, 9.0]), np.array([True, False])) == 5.0
    assert math.isinf(median_wait(np.array([5.0, 9.0, 9.0]), np.array([True, False, False])))
    assert math.isnan(median_wait(np.array([]), np.array([], dtype=bool)))


@pytest.mark.parametrize(
    "wrong",
    [{"days": [1.0]}, {"days": [-1.0, 2.0]}, {"days": [math.nan, 2.0]}, {"group": [1, 0]}, {"ended": [True]}],
)
def test_arrays_of_another_kind_are_refused(wrong: dict[str, Any]) -> None:
    given: dict[str, Any] = {"pool": [0, 0], "group": [True, False], "days": [1.0, 2.0], "ended": [True, True]}
    with pytest.raises(EiaError):
        logrank_test(**{**given, **wrong}, seed=1)
