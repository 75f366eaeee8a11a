"""The conditional logistic likelihood: against every set gone through, the recursion, R, statsmodels, and itself."""

from __future__ import annotations

import itertools
import json
import math
import warnings
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.discrete.conditional_models import ConditionalLogit

from eia.stats.effect_sizes.conditional_logistic import (
    PoolBatch,
    PooledPeople,
    cumulants,
    likelihood,
    maximum_likelihood,
)
from eia.stats.exact.stratified_test import stratified_test

REFERENCE = json.loads((Path(__file__).parents[2] / "data" / "adjusted.json").read_text(encoding="utf-8"))["cases"]


def people(case: Any) -> PooledPeople:
    data = {name: np.array(column) for name, column in case["data"].items()}
    _, pool = np.unique(data["pool"], return_inverse=True)
    x = np.column_stack([data[name] for name in case["columns"]]).astype(float)
    means = np.array([np.bincount(pool, column) for column in x.T]) / np.bincount(pool)
    return PooledPeople.of(x - means.T[pool], pool, data["selected"])


def one_pool(x: Any, selected: int) -> PoolBatch:
    rows = np.asarray(x, dtype=float)
    return PoolBatch(rows[None], np.ones((1, len(rows))), np.array([float(selected)]))


def every_set(x: np.ndarray, selected: int, beta: np.ndarray) -> tuple[float, np.ndarray, np.ndarray, np.ndarray]:
    """The same cumulants by going through every set of people that could be selected."""
    sums = np.array([x[list(rows)].sum(axis=0) for rows in itertools.combinations(range(len(x)), selected)])
    weight = np.exp(sums @ beta - (sums @ beta).max())
    log_sum = math.log(weight.sum()) + float((sums @ beta).max())
    weight /= weight.sum()
    away = sums - weight @ sums
    second = np.einsum("i,ij,ik->jk", weight, away, away)
    return log_sum, weight @ sums, second, np.einsum("i,ij,ik,il->jkl", weight, away, away, away)


def recursion(theta: list[Fraction], selected: int) -> Fraction:
    """Gail, Lubin and Rubinstein (1981): the sum over all sets, person by person, in whole numbers."""
    ways = [Fraction(1)] + [Fraction(0)] * selected
    for odds in theta:
        ways = [ways[0], *(more + odds * fewer for fewer, more in itertools.pairwise(ways))]
    return ways[selected]


@pytest.mark.parametrize("strength", [0.0, 1.0, 5.0, 20.0])
@pytest.mark.parametrize(("size", "selected", "columns"), [(2, 1, 1), (7, 3, 2), (9, 1, 3), (8, 7, 2), (12, 5, 3)])
def test_cumulants_are_those_of_every_set_gone_through(size, selected, columns, strength):
    rng = np.random.default_rng(size)
    x, beta = rng.normal(size=(size, columns)), strength * rng.normal(size=columns)
    x -= x.mean(axis=0)
    got = cumulants(one_pool(x, selected), beta)
    for mine, theirs in zip(
        (got.log_sum, got.mean, got.covariance, got.third), every_set(x, selected, beta), strict=True
    ):
        np.testing.assert_allclose(mine, theirs, rtol=1e-12, atol=2e-14 * size**2)


def test_a_pool_of_a_thousand_gives_the_sum_of_the_recursion_in_whole_numbers():
    odds = [Fraction(1 + place % 7, 3) for place in range(1000)]
    x = np.log([[float(value)] for value in odds])
    exact = recursion(odds, 300)
    log_exact = math.log(exact.numerator) - math.log(exact.denominator)
    assert cumulants(one_pool(x, 300), np.ones(1)).log_sum == pytest.approx(log_exact, rel=1e-13)


def test_derivatives_are_those_of_the_log_sum():
    rng = np.random.default_rng(3)
    batch, beta, step = one_pool(rng.normal(size=(400, 2)), 90), np.array([0.7, -1.2]), 1e-5
    here = cumulants(batch, beta)
    for column in range(2):
        move = step * np.eye(2)[column]
        up, down = cumulants(batch, beta + move), cumulants(batch, beta - move)
        assert (up.log_sum - down.log_sum) / (2 * step) == pytest.approx(here.mean[column], rel=1e-8)
        np.testing.assert_allclose((up.mean - down.mean) / (2 * step), here.covariance[column], rtol=1e-7, atol=1e-6)
        np.testing.assert_allclose((up.covariance - down.covariance) / (2 * step), here.third[column], atol=1e-5)


def test_the_slope_of_the_penalised_likelihood_is_its_derivative():
    case, beta, step = people(REFERENCE[1]), np.array([0.4, -0.2, 0.3]), 1e-6
    for column in range(3):
        move = step * np.eye(3)[column]
        rise = likelihood(case, beta + move).value - likelihood(case, beta - move).value
        assert rise / (2 * step) == pytest.approx(likelihood(case, beta).score[column], abs=1e-7)


@given(st.lists(st.tuples(st.integers(0, 2), st.booleans()), min_size=4, max_size=14), st.integers(1, 3))
@settings(max_examples=40, deadline=None)
def test_people_alike_are_as_good_as_people_counted(rows, selected):
    x = np.array(rows, dtype=float)
    kinds, count = np.unique(x, axis=0, return_counts=True)
    counted = PoolBatch(kinds[None], count[None].astype(float), np.array([float(selected)]))
    beta = np.array([0.8, -1.5])
    one, other = cumulants(one_pool(x, selected), beta), cumulants(counted, beta)
    assert one.log_sum == pytest.approx(other.log_sum, abs=1e-12)
    np.testing.assert_allclose(one.third, other.third, atol=1e-12)


def test_pools_of_any_sizes_add_up():
    rng = np.random.default_rng(8)
    pool = np.repeat(np.arange(40), rng.integers(2, 60, 40))
    x, selected = rng.normal(size=(pool.size, 2)), np.zeros(pool.size, dtype=int)
    for code in range(40):
        here = np.flatnonzero(pool == code)
        selected[here[: 1 + rng.integers(0, here.size - 1)]] = 1
    beta = np.array([0.5, 0.5])
    together = likelihood(PooledPeople.of(x, pool, selected), beta, penalty=0.0)
    alone = [
        likelihood(
            PooledPeople.of(x[pool == code], pool[pool == code] - code, selected[pool == code]), beta, penalty=0.0
        )
        for code in range(40)
        if (pool == code).sum() > 2  # two people cannot tell two columns apart, and then there is no information
    ]
    pairs = [x[(pool == code) & (selected == 1)] @ beta - np.logaddexp.reduce(x[pool == code] @ beta)
             for code in range(40) if (pool == code).sum() == 2]  # fmt: skip
    assert together.value == pytest.approx(sum(point.value for point in alone) + float(np.sum(pairs)), rel=1e-12)


@pytest.mark.parametrize("case", [case for case in REFERENCE if "clogit" in case], ids=lambda case: case["name"])
def test_without_a_penalty_it_is_rs_clogit(case):
    point = maximum_likelihood(people(case), np.zeros(len(case["columns"])), penalty=0.0)
    np.testing.assert_allclose(point.beta, case["clogit"]["beta"], atol=1e-9)
    np.testing.assert_allclose(np.linalg.inv(point.information), case["clogit"]["variance"], atol=1e-8)
    assert point.value == pytest.approx(case["clogit"]["log_likelihood"], abs=1e-11)


@pytest.mark.parametrize("case", REFERENCE, ids=lambda case: case["name"])
def test_with_the_penalty_it_is_rs_best_of_every_set_gone_through(case):
    point = maximum_likelihood(people(case), np.zeros(len(case["columns"])))
    np.testing.assert_allclose(point.beta, case["firth"]["beta"], atol=1e-6)  # as near as R's search comes


def test_without_a_penalty_it_is_statsmodels_conditional_logit():
    rng = np.random.default_rng(11)
    pool = np.repeat(np.arange(12), 15)
    x = rng.normal(size=(pool.size, 3))
    selected = (rng.random(pool.size) < 1 / (1 + np.exp(1 - x @ [0.5, -0.5, 0.2]))).astype(int)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = ConditionalLogit(selected, x, groups=pool).fit(method="newton", disp=False, tol=1e-12)
    np.testing.assert_allclose(
        maximum_likelihood(PooledPeople.of(x, pool, selected), np.zeros(3), penalty=0.0).beta, theirs.params, atol=1e-7
    )


@pytest.mark.parametrize("seed", range(5))
def test_a_group_alone_without_a_penalty_has_the_odds_ratio_of_the_exact_test(seed):
    rng = np.random.default_rng(seed)
    pool = np.repeat(np.arange(9), rng.integers(6, 40, 9))
    group, selected = (rng.random(pool.size) < 0.4).astype(int), (rng.random(pool.size) < 0.3).astype(int)
    counts = [
        np.bincount(pool, weights=which).astype(int) for which in (group * selected, group, selected, pool == pool)
    ]
    names = ("group_selected", "group_total", "selected", "total")
    exact = stratified_test(**dict(zip(names, counts, strict=True))).odds_ratio.estimate
    some = np.isin(pool, np.flatnonzero((counts[2] > 0) & (counts[2] < counts[3])))
    _, code = np.unique(pool[some], return_inverse=True)
    point = maximum_likelihood(
        PooledPeople.of(group[some, None].astype(float), code, selected[some]), np.zeros(1), penalty=0.0
    )
    assert math.exp(point.beta[0]) == pytest.approx(exact, rel=1e-8)


def test_pairs_have_the_odds_ratio_with_a_half_added_to_both_kinds():
    # One of two people goes, one of the two is of the group: b times it is that one, c times the other. The penalised likelihood of b and c
    # is that of a binomial number with Jeffreys' prior, whose mode is (b + 1/2) / (b + c + 1).
    b, c = 7, 0
    pool = np.repeat(np.arange(b + c), 2)
    group, selected = np.tile([1, 0], b + c), np.concatenate([np.tile([1, 0], b), np.tile([0, 1], c)])
    point = maximum_likelihood(PooledPeople.of(group[:, None] - 0.5, pool, selected), np.zeros(1))
    assert point.beta[0] == pytest.approx(math.log((b + 0.5) / (c + 0.5)), abs=1e-9)
