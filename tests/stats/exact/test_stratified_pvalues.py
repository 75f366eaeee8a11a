"""Many groups at once: p-values alone, equal to those of the stratified test."""

from __future__ import annotations

import numpy as np
import pytest

from eia.errors import EiaError
from eia.stats.exact.stratified_pvalues import stratified_pvalues
from eia.stats.exact.stratified_test import stratified_tests


def agree(**margins: object) -> None:
    quick, whole = stratified_pvalues(**margins), stratified_tests(**margins)
    for name in ("pvalue", "midp", "expected"):
        np.testing.assert_allclose(getattr(quick, name), [getattr(test, name) for test in whole], rtol=1e-9, atol=1e-14)
    assert quick.observed.tolist() == [test.observed for test in whole]
    assert quick.informative_pools.tolist() == [test.informative_pools for test in whole]


@pytest.mark.parametrize("largest", [8, 60, 2000])
@pytest.mark.parametrize("seed", range(2))
def test_equal_to_the_stratified_test_at_every_size(largest: int, seed: int):
    rng = np.random.default_rng(seed)
    total = rng.integers(0, largest, 12)
    selected = rng.binomial(total, 0.3)
    group = rng.binomial(total, rng.choice([0.01, 0.1, 0.5, 0.99], 60)[:, None])
    chosen = rng.hypergeometric(group, total - group, selected)
    agree(group_selected=chosen, group_total=group, selected=selected, total=total)


def test_equal_to_the_worked_cases(table_case):
    tables = np.array(table_case["tables"]).reshape(-1, 4)
    a, b, c, d = tables.T
    quick = stratified_pvalues(group_selected=[a], group_total=[a + b], selected=[a + c], total=[a + b + c + d])
    truth = table_case["results"]["exact"]
    assert quick.pvalue[0] == pytest.approx(truth["p_two_minlike"], rel=1e-8, abs=1e-300)
    assert quick.midp[0] == pytest.approx(truth["midp_two_doubled"], rel=1e-8, abs=1e-300)


def test_far_out_the_stratified_test_itself_gives_the_p():
    agree(group_selected=[[60, 50], [0, 0]], group_total=[[80, 60]] * 2, selected=[90, 70], total=[400, 300])


def test_known_answers_may_differ_by_group():
    agree(
        group_selected=[[2, 1], [3, 0]],
        group_total=[[4, 3], [5, 2]],
        selected=[[3, 3], [5, 2]],
        total=[[9, 7], [12, 8]],
    )


def test_without_an_informative_pool_every_p_is_one():
    tests = stratified_pvalues(
        group_selected=[[2, 0], [0, 0]], group_total=[[2, 0], [0, 4]], selected=[2, 0], total=[2, 4]
    )
    assert tests.pvalue.tolist() == tests.midp.tolist() == [1.0, 1.0]
    assert tests.informative_pools.tolist() == [0, 0]
    none = stratified_pvalues(
        group_selected=np.empty((0, 2), int), group_total=np.empty((0, 2), int), selected=[1, 1], total=[2, 2]
    )
    assert none.pvalue.size == 0


def test_counts_that_cannot_be_are_refused():
    with pytest.raises(EiaError):
        stratified_pvalues(group_selected=[[3]], group_total=[[2]], selected=[3], total=[9])
