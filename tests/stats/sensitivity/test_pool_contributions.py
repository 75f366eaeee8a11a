"""Which pools drive a finding: against the exact test of each pool, and by its rules."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eia.errors import EiaError
from eia.stats.exact.stratified_test import stratified_test
from eia.stats.multiplicity import holm
from eia.stats.sensitivity.pool_contributions import PoolContributions, pool_contributions

Table = tuple[int, int, int, int]
cells = st.integers(0, 30)
pools = st.lists(st.tuples(cells, cells, cells, cells), max_size=6)


def margins(tables: Any) -> dict[str, np.ndarray]:
    a, b, c, d = np.asarray(tables, dtype=np.int64).reshape(-1, 4).T
    return {"group_selected": a, "group_total": a + b, "selected": a + c, "total": a + b + c + d}


def driving(tables: list[Table]) -> PoolContributions:
    return pool_contributions(**margins(tables))


@settings(deadline=None, derandomize=True, max_examples=60)
@given(pools)
def test_each_pool_is_tested_as_if_it_were_alone_and_all_as_a_family(tables: list[Table]) -> None:
    parts = sorted(driving(tables).pools, key=lambda part: part.pool)
    alone = [stratified_test(**margins([tables[part.pool]])) for part in parts]
    assert [part.pool for part in parts] == [
        k for k, (a, b, c, d) in enumerate(tables) if min(a + b, c + d, a + c, b + d)
    ]
    assert [part.midp for part in parts] == pytest.approx([test.midp for test in alone], rel=1e-9)
    assert [part.excess for part in parts] == pytest.approx([test.excess for test in alone], rel=1e-9, abs=1e-12)
    assert [part.adjusted for part in parts] == pytest.approx(holm([test.midp for test in alone]).tolist(), rel=1e-9)


@settings(deadline=None, derandomize=True, max_examples=60)
@given(pools)
def test_parts_add_up_to_the_excess_of_the_whole(tables: list[Table]) -> None:
    whole, result = stratified_test(**margins(tables)), driving(tables)
    assert result.excess == pytest.approx(whole.excess, abs=1e-9)
    assert len(result.pools) == whole.informative_pools
    if result.gross > 0.0:
        assert sum(part.share for part in result.pools) == pytest.approx(1.0)
    if not result.cancelling:
        assert result.gross == pytest.approx(abs(result.excess), abs=1e-9)


@settings(deadline=None, derandomize=True, max_examples=60)
@given(pools)
def test_largest_part_comes_first(tables: list[Table]) -> None:
    sizes = [abs(part.excess) for part in driving(tables).pools]
    assert sizes == sorted(sizes, reverse=True)


def test_pools_that_cancel_are_said_to_and_share_the_gross() -> None:
    result = driving([(4, 1, 1, 4), (1, 4, 4, 1), (3, 1, 1, 3)])
    assert result.cancelling
    assert result.excess == pytest.approx(1.0)
    assert result.gross == pytest.approx(4.0)
    assert [part.pool for part in result.pools] == [0, 1, 2]
    assert [part.share for part in result.pools] == pytest.approx([0.375, 0.375, 0.25])


def test_counts_travel_with_the_pool() -> None:
    (part,) = driving([(0, 0, 0, 0), (5, 3, 9, 16)]).pools
    assert (part.pool, part.group_selected, part.group_total, part.selected, part.total) == (1, 5, 8, 14, 33)


def test_even_pools_have_no_share_to_give() -> None:
    result = driving([(2, 2, 2, 2), (1, 2, 2, 4)])
    assert (result.gross, result.cancelling) == (0.0, False)
    assert all(math.isnan(part.share) for part in result.pools)


@pytest.mark.parametrize("tables", [[], [(0, 0, 0, 0)], [(3, 0, 4, 0)], [(0, 0, 2, 3)]], ids=str)
def test_no_informative_pool_drives_nothing(tables: list[Table]) -> None:
    result = driving(tables)
    assert (result.pools, result.excess, result.gross, result.cancelling) == ((), 0.0, 0.0, False)


def test_a_part_larger_than_its_whole_is_refused() -> None:
    with pytest.raises(EiaError, match="group_selected is larger than group_total"):
        pool_contributions(group_selected=[5], group_total=[4], selected=[6], total=[9])
