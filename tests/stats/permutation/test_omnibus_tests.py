"""All groups of a characteristic at once: R, whole numbers, the stratified test, draws against exact, and edges."""

from __future__ import annotations

import itertools
import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eia import budget
from eia.errors import EiaError
from eia.stats.exact.stratified_test import stratified_test
from eia.stats.permutation.omnibus_tests import AssociationTest, association

R = json.loads((Path(__file__).parents[2] / "data" / "groups.json").read_text(encoding="utf-8"))

Pool = list[tuple[int, int]]
"""Selected and in all, group by group."""

group = st.integers(0, 5).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def within(pools: list[Pool], **options: int) -> AssociationTest:
    table = np.array(pools, dtype=int)
    return association(group_selected=table[:, :, 0].T, group_total=table[:, :, 1].T, **{"seed": 1, **options})


def ways(pool: Pool) -> dict[tuple[int, ...], int]:
    """Every selection of as many people, by group, and in how many ways it can be made."""
    numbers = itertools.product(*[range(n + 1) for _, n in pool])
    to_go = sum(x for x, _ in pool)
    return {
        x: math.prod(math.comb(n, of_group) for of_group, (_, n) in zip(x, pool, strict=True))
        for x in numbers
        if sum(x) == to_go
    }


@pytest.mark.parametrize("name", R["cmh"])
def test_pools_equal_mantelhaen_test_of_r(name: str) -> None:
    case = R["cmh"][name]
    test = association(group_selected=np.transpose(case["selected"]), group_total=np.transpose(case["total"]), seed=1)
    assert test.statistic == pytest.approx(case["statistic"], rel=1e-10)
    assert test.dof == case["dof"]
    assert test.chi_squared_pvalue == pytest.approx(case["p"], rel=1e-9)


@settings(deadline=None, derandomize=True, max_examples=60)
@given(st.lists(st.lists(group, min_size=3, max_size=3), min_size=1, max_size=2))
def test_pools_equal_going_through_every_selection(pools: list[Pool]) -> None:
    test = within(pools)
    informative = [p for p in pools if 0 < sum(x for x, _ in p) < sum(n for _, n in p) and sum(n > 0 for _, n in p) > 1]
    assert test.informative_pools == len(informative)
    if not informative:
        assert test.pvalue == 1.0
        return
    totals = [
        (np.sum(combination, axis=0), math.prod(ways(p)[x] for p, x in zip(informative, combination, strict=True)))
        for combination in itertools.product(*map(ways, informative))
    ]
    x, weight = np.array([x for x, _ in totals], float), np.array([way for _, way in totals], float)
    mean = weight @ x / weight.sum()
    covariance = (x - mean).T @ ((x - mean) * weight[:, None]) / weight.sum()
    inverse = np.linalg.pinv(covariance, rcond=1e-9)
    distance = np.einsum("ti,ij,tj->t", x - mean, inverse, x - mean)
    seen = np.sum([[selected for selected, _ in p] for p in informative], axis=0) - mean
    assert test.statistic == pytest.approx(float(seen @ inverse @ seen), abs=1e-9)
    assert test.dof == np.linalg.matrix_rank(covariance, tol=1e-9)
    assert test.pvalue == pytest.approx(weight[distance >= test.statistic - 1e-6].sum() / weight.sum(), rel=1e-9)


def test_two_groups_are_the_stratified_test() -> None:
    pools = [[(5, 8), (9, 25)], [(13, 19), (18, 43)]]
    test = within(pools)
    stratified = stratified_test(group_selected=[5, 13], group_total=[8, 19], selected=[14, 31], total=[33, 62])
    assert test.statistic == pytest.approx(stratified.excess**2 / stratified.variance, rel=1e-12)
    assert test.chi_squared_pvalue == pytest.approx(stratified.cmh_pvalue, rel=1e-12)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_drawn_p_is_near_the_exact_one(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    one: list[Pool] = [[(6, 20), (1, 14), (8, 15)]]
    several: list[Pool] = [*one, [(4, 9), (2, 12), (3, 8)]]
    exact = [within(pools).pvalue for pools in (one, several)]
    monkeypatch.setattr(budget, "TABLES_OF_GROUPS", 1)
    for pools, truth in zip((one, several), exact, strict=True):
        drawn = within(pools, seed=seed)
        assert drawn.draws == 10_000
        assert drawn.standard_error == pytest.approx(math.sqrt(truth * (1 - truth) / 10_001), rel=0.5)
        assert abs(drawn.pvalue - truth) < 5 * math.sqrt(truth * (1 - truth) / 10_001)


def test_the_same_seed_gives_the_same_p_and_another_another() -> None:
    pool = [(60, 200), (41, 140), (80, 150), (13, 50), (70, 200)]
    assert within([pool], seed=1) == within([pool], seed=1)
    assert within([pool], seed=1, draws=500).pvalue >= 1 / 501


@settings(deadline=None, derandomize=True, max_examples=30)
@given(st.lists(st.lists(group, min_size=3, max_size=3), min_size=1, max_size=2), st.permutations(range(3)))
def test_neither_the_order_of_groups_nor_a_pool_that_says_nothing_changes_anything(
    pools: list[Pool], order: list[int]
) -> None:
    test = within(pools)
    other = within([[pool[i] for i in order] for pool in reversed(pools)] + [[(0, 4), (0, 2), (0, 1)]])
    assert other.pvalue == pytest.approx(test.pvalue, rel=1e-9)
    assert other.statistic == pytest.approx(test.statistic, abs=1e-9)
    assert (other.pools, other.informative_pools) == (test.pools + 1, test.informative_pools)


def test_an_even_selection_has_statistic_0_and_p_1() -> None:
    for test in (within([[(1, 3), (2, 6), (3, 9)]]), within([[(1, 3), (2, 6), (3, 9)], [(2, 7), (2, 7), (4, 14)]])):
        assert test.statistic == pytest.approx(0.0, abs=1e-12)
        assert test.statistic >= 0.0
        assert (test.pvalue, test.chi_squared_pvalue) == (pytest.approx(1.0), pytest.approx(1.0))


def test_groups_that_share_no_pool_are_not_compared() -> None:
    test = within([[(2, 5), (3, 4), (0, 0), (0, 0)], [(0, 0), (0, 0), (1, 6), (4, 6)]])
    assert test.dof == 2


@pytest.mark.parametrize(
    "pool",
    [[(0, 4), (0, 5)], [(4, 4), (5, 5)], [(2, 4), (0, 0)], [(0, 0), (0, 0)], []],
    ids=["nobody goes", "everybody goes", "one group", "nobody there", "no groups"],
)
def test_a_pool_that_can_say_nothing_has_p_1(pool: Pool) -> None:
    selected, total = [x for x, _ in pool], [n for _, n in pool]
    test = association(group_selected=np.c_[selected], group_total=np.c_[total], seed=1)
    assert (test.pvalue, test.chi_squared_pvalue, test.statistic, test.dof) == (1.0, 1.0, 0.0, 0)
    assert (test.informative_pools, test.people, test.draws) == (0, 0, 0)


def test_a_group_of_one_in_a_million_is_still_a_group() -> None:
    test = within([[(1, 1), (200_000, 500_000), (199_999, 499_999)]], draws=100)
    assert test.dof == 2
    # Of the one alone: (1 - p)² / p(1 - p) is 3/2, and the two halves are even.
    assert test.statistic == pytest.approx(1.5, rel=1e-4)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"group_selected": [[5], [1]]}, "group_selected is larger than group_total"),
        ({"group_selected": [[0.5], [1]]}, "not whole"),
        ({"group_total": [[10**9], [5]]}, "more people than can be drawn from"),
        ({"group_total": [[4], [5], [6]]}, "shape"),
        ({"draws": -1}, "draws holds negative numbers"),
    ],
)
def test_what_cannot_be_is_refused_in_words(change: dict[str, Any], words: str) -> None:
    with pytest.raises(EiaError, match=words):
        association(**{"group_selected": [[1], [2]], "group_total": [[4], [5]], "seed": 1, **change})
