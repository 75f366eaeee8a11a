"""Adjusting a family by its own draws."""

from __future__ import annotations

import numpy as np
import pytest

from eia.stats.permutation.westfall_young import (
    any_family_positive,
    critical_score,
    critical_scores,
    in_families,
    standard_error,
    tail_shares,
    westfall_young,
)


def by_the_book(scores: np.ndarray) -> list[float]:
    """Westfall and Young's algorithm 2.8 word for word: most unusual test first, minima over it and those after it."""
    observed = scores[0].tolist()
    order = sorted(range(len(observed)), key=observed.__getitem__)
    adjusted, highest = {}, 0.0
    for position, test in enumerate(order):
        left = order[position:]
        as_small = sum(min(row[i] for i in left) <= observed[test] for row in scores.tolist())
        highest = max(highest, as_small / len(scores))
        adjusted[test] = highest
    return [adjusted[test] for test in range(len(observed))]


@pytest.mark.parametrize("seed", range(5))
def test_adjusted_as_the_book_has_it(seed: int):
    scores = np.random.default_rng(seed).integers(1, 20, (60, 7)) / 20.0
    np.testing.assert_allclose(westfall_young(scores), by_the_book(scores), rtol=1e-14)


def test_saying_the_same_twice_costs_nothing():
    scores = np.random.default_rng(1).random((200, 1))
    once, twice = westfall_young(scores), westfall_young(np.repeat(scores, 2, axis=1))
    assert twice.tolist() == [once[0], once[0]]


def test_a_family_of_one_is_the_share_of_rows_as_small():
    assert westfall_young(np.array([[0.2], [0.1], [0.2], [0.9]])).tolist() == [0.75]


def test_no_p_is_below_one_over_the_rows():
    scores = np.concatenate([np.zeros((1, 3)), np.ones((99, 3))])
    assert westfall_young(scores).tolist() == [0.01] * 3


def test_scores_that_differ_by_rounding_are_equal():
    assert (
        westfall_young(np.array([[0.1 + 0.2], [0.3], [0.4]]))[0]
        == westfall_young(np.array([[0.3], [0.1 + 0.2], [0.4]]))[0]
    )


def test_an_empty_family_has_no_p():
    assert westfall_young(np.empty((10, 0))).size == 0


@pytest.mark.parametrize("alpha", [0.05, 0.1, 0.3])
@pytest.mark.parametrize("seed", range(20))
def test_a_test_is_positive_exactly_at_or_below_its_own_critical_score(seed: int, alpha: float):
    rng = np.random.default_rng(seed)
    scores = rng.integers(1, 40, (60, 6)) / 40.0
    scores[0] = rng.integers(1, 8, 6) / 40.0
    assert np.array_equal(np.array(by_the_book(scores)) <= alpha, scores[0] <= critical_scores(scores, alpha))


@pytest.mark.parametrize("seed", range(10))
def test_the_others_as_they_are_a_test_would_be_positive_up_to_its_critical_score_and_no_further(seed: int):
    scores = np.random.default_rng(seed).random((200, 5))
    scores[0, :3] /= 500.0  # three that stand out: each is asked less, since the others are positive without it
    for test, critical in enumerate(critical_scores(scores, 0.05)):
        for score, positive in ((0.5 * critical, True), (critical, True), (1.5 * critical, False)):
            moved = scores.copy()
            moved[0, test] = score
            if test < 3 or not positive:  # one that is not positive now would, moved, add itself to the unusual rows
                assert (by_the_book(moved)[test] <= 0.05) == positive


def test_where_nothing_else_is_positive_every_test_has_the_critical_score_of_them_all():
    scores = np.concatenate([np.full((1, 4), 0.5), np.random.default_rng(3).random((99, 4))])
    assert set(critical_scores(scores, 0.05).tolist()) == {critical_score(scores, 0.05)}


@pytest.mark.parametrize("seed", range(3))
def test_tail_shares_count_rows_one_by_one(seed: int):
    statistics = np.random.default_rng(seed).integers(0, 6, (40, 3)).astype(float)
    counted = [[np.mean([other >= value for other in column]) for value in column] for column in statistics.T]
    np.testing.assert_allclose(tail_shares(statistics), np.transpose(counted), rtol=1e-14)


def test_standard_error_is_that_of_a_share():
    assert standard_error(0.2, 100) == pytest.approx(0.04)
    assert np.isnan(standard_error(float("nan"), 100))


@pytest.mark.parametrize("seed", range(3))
def test_within_families_each_is_adjusted_as_the_book_has_it_for_that_family_alone(seed: int):
    scores = np.random.default_rng(seed).integers(1, 20, (60, 7)) / 20.0
    family = np.array([0, 1, 0, 2, 1, 1, 0])
    adjusted = in_families(scores, family)
    for each in range(3):
        assert adjusted[family == each].tolist() == pytest.approx(by_the_book(scores[:, family == each]))


def test_any_family_is_positive_in_the_rows_that_one_of_them_calls_so():
    scores = np.random.default_rng(2).permuted(np.tile(np.arange(1, 101)[:, None] / 100, 3), axis=0)
    rows = (scores <= 0.05).any(axis=1).mean()
    assert any_family_positive(scores, np.arange(3), 0.05) == pytest.approx(rows)
    assert any_family_positive(scores[:, :1], np.zeros(1, int), 0.05) == pytest.approx(0.05)
