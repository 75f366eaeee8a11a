"""Holm's adjustment, against statsmodels and by its rules."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from eia.errors import EiaError
from eia.stats.multiplicity import FamilyWeights, holm, holm_criticals, holm_within

pvalues = st.lists(st.floats(0.0, 1.0) | st.just(float("nan")), max_size=12)


@pytest.mark.slow
@settings(deadline=None, derandomize=True, max_examples=20)
@given(pvalues.filter(lambda p: any(x == x for x in p)))
def test_equals_statsmodels_on_the_tests_made(p: list[float]) -> None:
    made = np.array([x for x in p if x == x])
    adjusted = holm(p)
    np.testing.assert_allclose(adjusted[~np.isnan(p)], multipletests(made, method="holm")[1], rtol=1e-12)


@settings(deadline=None, derandomize=True)
@given(pvalues)
def test_tests_not_made_stay_nan_and_adjusted_is_never_smaller(p: list[float]) -> None:
    adjusted = holm(p)
    assert np.array_equal(np.isnan(adjusted), np.isnan(p))
    tested = ~np.isnan(adjusted)
    assert np.all(adjusted[tested] >= np.array(p)[tested])
    assert np.all(adjusted[tested] <= 1.0)


def test_order_given_is_order_returned() -> None:
    np.testing.assert_allclose(holm([0.03, 0.01, 0.02]), [0.04, 0.03, 0.04])


@settings(deadline=None, derandomize=True)
@given(st.lists(st.floats(0.0, 0.1) | st.just(float("nan")), max_size=8), st.sampled_from([0.01, 0.05, 0.2]))
def test_a_test_is_positive_exactly_at_or_below_its_own_critical_p_and_would_be_up_to_there(
    p: list[float], alpha: float
) -> None:
    for place, critical in enumerate(holm_criticals(p, alpha).tolist()):
        if np.isnan(p[place]):
            assert np.isnan(critical)
            continue
        assert (holm(p)[place] <= alpha) == (p[place] <= critical) or p[place] == pytest.approx(critical, rel=1e-9)
        for value in (0.999 * critical, 1.001 * critical):
            moved = [value if at == place else other for at, other in enumerate(p)]
            assert (holm(moved)[place] <= alpha) == (value <= critical)


def test_one_test_is_asked_alpha_and_two_alike_half_of_it() -> None:
    np.testing.assert_allclose(holm_criticals([0.5], 0.05), [0.05])
    np.testing.assert_allclose(holm_criticals([0.5, 0.5], 0.05), [0.025, 0.025])
    np.testing.assert_allclose(holm_criticals([0.01, 0.5], 0.05), [0.025, 0.05])
    assert holm_criticals([], 0.05).shape == (0,)


def test_family_of_none_gives_none() -> None:
    assert holm([]).shape == (0,)


def test_single_test_is_left_as_it_is() -> None:
    assert holm([0.04])[0] == 0.04


@pytest.mark.parametrize("wrong", [[1.5], [-0.1, 0.5], [[0.1, 0.2]]])
def test_numbers_that_are_not_pvalues_are_refused(wrong: list[float]) -> None:
    with pytest.raises(EiaError, match="between 0 and 1"):
        holm(wrong)


def closed_weighted(p: list[float], w: list[float]) -> list[float]:
    """The adjusted p of the closed test in which every subset is tested by weighted Bonferroni: Holm's method with weights is its shortcut."""
    tests = range(len(p))
    subsets = [s for size in range(1, len(p) + 1) for s in itertools.combinations(tests, size)]
    of_subset = {s: min(1.0, min(p[i] / w[i] for i in s) * sum(w[i] for i in s)) for s in subsets}
    return [max(value for s, value in of_subset.items() if i in s) for i in tests]


@settings(deadline=None, derandomize=True, max_examples=60)
@given(st.lists(st.tuples(st.floats(0.0, 1.0), st.sampled_from([1.0, 2.0, 10.0])), min_size=1, max_size=6))
def test_with_weights_it_is_the_closed_test_by_weighted_bonferroni(tests: list[tuple[float, float]]) -> None:
    p, w = map(list, zip(*tests, strict=True))
    np.testing.assert_allclose(holm(p, w), closed_weighted(p, w), rtol=1e-12)


@settings(deadline=None, derandomize=True, max_examples=60)
@given(st.lists(st.tuples(st.floats(0.0, 0.1), st.sampled_from([1.0, 10.0])), min_size=1, max_size=8))
def test_with_weights_a_test_is_positive_exactly_at_or_below_its_own_critical_p(
    tests: list[tuple[float, float]],
) -> None:
    p, w = map(list, zip(*tests, strict=True))
    for place, critical in enumerate(holm_criticals(p, 0.05, w).tolist()):
        for value in (0.999 * critical, 1.001 * critical):
            moved = [value if at == place else other for at, other in enumerate(p)]
            assert (holm(moved, w)[place] <= 0.05) == (value <= critical)


def test_even_weights_are_no_weights() -> None:
    p = [0.01, 0.2, 0.03]
    np.testing.assert_allclose(holm(p, [3.0] * 3), holm(p))
    np.testing.assert_allclose(holm_criticals(p, 0.05, FamilyWeights.even(3).weights), holm_criticals(p, 0.05))


def test_within_a_family_the_others_do_not_count() -> None:
    p, family = [0.01, 0.04, 0.03, float("nan")], ["sex", "race", "race", "sex"]
    np.testing.assert_array_equal(holm_within(p, family)[[1, 2]], holm([0.04, 0.03]))
    np.testing.assert_array_equal(holm_within(p, family)[[0, 3]], [0.01, np.nan])
