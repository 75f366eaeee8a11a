"""Which pools can tell anything: the rule, and that whatever rests on it is blind to the others."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eia.stats.bounds.stratified_test_bounds import stratified_test_bounds
from eia.stats.effect_sizes.adjusted_odds_ratio import adjusted_odds_ratio
from eia.stats.exact.conditional_distribution import PoolMargins
from eia.stats.exact.homogeneity import zelen_monte_carlo
from eia.stats.exact.informative_pools import informative_pools, some_but_not_all
from eia.stats.exact.selection_rounds import selection_rounds
from eia.stats.exact.single_pool_pvalues import single_pool_pvalues
from eia.stats.exact.stratified_pvalues import stratified_pvalues
from eia.stats.exact.stratified_test import stratified_test
from eia.stats.permutation.age_thresholds import age_thresholds
from eia.stats.permutation.drawn_midp import drawn_midp
from eia.stats.permutation.family_draws import FamilyMember
from eia.stats.permutation.logrank import logrank_test
from eia.stats.permutation.min_p import min_p
from eia.stats.permutation.omnibus_tests import association
from eia.stats.permutation.trend import trend_test
from eia.stats.sensitivity.fragility import fragility
from eia.stats.sensitivity.minimum_detectable import minimum_detectable
from eia.stats.sensitivity.missing_answer_bounds import missing_answer_bounds
from eia.stats.sensitivity.pool_contributions import pool_contributions

Cells = tuple[int, int, int, int]
"""People of the group selected and retained, and of the others selected and retained."""

cell = st.integers(0, 9)
telling = st.tuples(cell, cell, cell, cell).filter(
    lambda t: min(t[0] + t[1], t[2] + t[3], t[0] + t[2], t[1] + t[3]) > 0
)
silent = st.one_of(
    st.tuples(st.just(0), cell, st.just(0), cell),  # nobody is selected
    st.tuples(cell, st.just(0), cell, st.just(0)),  # everybody is
    st.tuples(st.just(0), st.just(0), cell, cell),  # nobody is of the group
    st.tuples(cell, cell, st.just(0), st.just(0)),  # everybody is
)


def margins(pools: list[Cells]) -> dict[str, np.ndarray]:
    a, b, c, d = np.array(pools, dtype=np.int64).reshape(-1, 4).T
    return {"group_selected": a, "group_total": a + b, "selected": a + c, "total": a + b + c + d}


def people(pools: list[Cells]) -> dict[str, np.ndarray]:
    """One entry a person: the pool, and whether selected and of the group."""
    cells = np.array(pools, dtype=np.int64).reshape(-1)
    each = np.repeat(np.arange(cells.size), cells)
    return {"pool": each // 4, "selected": each % 2 == 0, "group": each % 4 < 2}


def fields(result: Any, *but: str) -> dict[str, Any]:
    return {name: value for name, value in dataclasses.asdict(result).items() if name not in but}


# ---- the rule --------------------------------------------------------------------------------------------------------


@given(st.one_of(telling, silent))
def test_a_pool_is_informative_where_none_of_its_margins_is_empty(cells: Cells) -> None:
    a, b, c, d = cells
    asked = informative_pools(a + b, a + c, a + b + c + d)
    assert bool(asked) == (min(a + b, c + d, a + c, b + d) > 0)


@given(st.one_of(telling, silent))
def test_the_rule_does_not_care_which_side_is_called_the_group_or_selected(cells: Cells) -> None:
    a, b, c, d = cells
    group, other, selected, retained, everyone = a + b, c + d, a + c, b + d, a + b + c + d
    asked = informative_pools([group, other, group, selected], [selected, selected, retained, group], everyone)
    assert len(set(asked.tolist())) == 1


@given(st.lists(st.one_of(telling, silent), max_size=6))
def test_a_pool_is_informative_exactly_where_its_margins_allow_more_than_one_number(pools: list[Cells]) -> None:
    _, g, m, n = margins(pools).values()
    assert informative_pools(g, m, n).tolist() == (np.maximum(0, g + m - n) < np.minimum(g, m)).tolist()


def test_of_several_groups_those_pools_tell_them_apart_that_hold_two_of_them() -> None:
    people_of = np.array([[3, 3, 0], [0, 2, 0], [0, 0, 4]])
    asked = informative_pools(people_of, np.array([1, 1, 1]), people_of.sum(axis=0))
    assert asked.any(axis=0).tolist() == [False, True, False]


def test_numbers_that_are_not_whole_and_pools_of_nobody_are_taken_as_they_are() -> None:
    assert some_but_not_all([0.0, 0.5, 1.0], [0.0, 1.0, 1.0]).tolist() == [False, True, False]
    assert informative_pools(0, 0, 0).tolist() is False
    assert informative_pools([], [], []).tolist() == []


# ---- what rests on it ------------------------------------------------------------------------------------------------

BLIND: dict[str, Callable[[list[Cells]], Any]] = {
    "exact margins": lambda pools: fields(_exact_margins(pools)),
    "stratified_test": lambda pools: fields(
        stratified_test(**margins(pools)),
        *("pools", "none_selected_pools", "all_selected_pools", "one_group_pools", "mh_rate_ratio", "mh_rate_difference"),
    ),
    "stratified_pvalues": lambda pools: fields(stratified_pvalues(**by_group(pools))),
    "single_pool_pvalues": lambda pools: sorted(p for p in single_pool_pvalues(**margins(pools)).midp if p < 1.0),
    "minimum_detectable": lambda pools: fields(minimum_detectable(**without_observed(pools), alpha=0.05)),
    "fragility": lambda pools: fields(fragility(**margins(pools))),
    "pool_contributions": lambda pools: [
        (part.excess, part.share, part.midp, part.adjusted) for part in pool_contributions(**margins(pools)).pools
    ],
    "missing_answer_bounds": lambda pools: fields(missing_answer_bounds(**margins(pools), **nobody_unknown(pools))),
    "stratified_test_bounds": lambda pools: fields(
        stratified_test_bounds(**{name: (counts, counts) for name, counts in margins(pools).items()}),
        *("people", "group_rate", "comparator_rate"),
    ),
    "zelen_monte_carlo": lambda pools: zelen_monte_carlo(**margins(pools), rng=np.random.default_rng(1), draws=99),
    "selection_rounds": lambda pools: fields(
        selection_rounds(**{name: counts[None, :] for name, counts in margins(pools).items()}).combined.odds_ratio
    ),
    "association": lambda pools: fields(association(**of_two_groups(pools), seed=1, draws=99), "pools"),
    "drawn_midp": lambda pools: _drawn_midp(pools),
    "trend_test": lambda pools: fields(
        trend_test(**of_age(pools, "value"), seed=1, draws=99), "pools", "none_selected_pools", "all_selected_pools", "one_value_pools"
    ),
    "age_thresholds": lambda pools: [
        (cut.informative_pools, cut.older, cut.younger, cut.excess, cut.variance)
        for cut in age_thresholds(**of_age(pools, "age"), seed=1, draws=99, named=(40,)).named
    ],
    "logrank_test": lambda pools: fields(logrank_test(**waiting(pools), seed=1, draws=99), "pools", "median", "others_median"),
    "min_p": lambda pools: _family(pools),
    "adjusted_odds_ratio": lambda pools: fields(
        adjusted_odds_ratio(**people(pools), adjusters=np.empty((len(people(pools)["pool"]), 0))), "pools", "one_group_pools"
    ),
}  # fmt: skip


def _exact_margins(pools: list[Cells]) -> Any:
    _, g, m, n = margins(pools).values()
    return PoolMargins.of(g, m, n)


def by_group(pools: list[Cells]) -> dict[str, np.ndarray]:
    x, g, m, n = margins(pools).values()
    return {"group_selected": x[None, :], "group_total": g[None, :], "selected": m, "total": n}


def without_observed(pools: list[Cells]) -> dict[str, np.ndarray]:
    return {name: counts for name, counts in margins(pools).items() if name != "group_selected"}


def nobody_unknown(pools: list[Cells]) -> dict[str, list[int]]:
    return {"unknown_selected": [0] * len(pools), "unknown_retained": [0] * len(pools)}


def of_two_groups(pools: list[Cells]) -> dict[str, np.ndarray]:
    x, g, m, n = margins(pools).values()
    return {"group_selected": np.stack([x, m - x]), "group_total": np.stack([g, n - g])}


def _drawn_midp(pools: list[Cells]) -> list[float]:
    x, g, m, n = margins(pools).values()
    drawn = drawn_midp(group_selected=np.array([[x.sum()]]), selected=m[:, None], group_total=g[None, :], total=n)
    return [float(p) for p in drawn.ravel()]


def of_age(pools: list[Cells], name: str) -> dict[str, Any]:
    of = people(pools)
    return {"pool": of["pool"], "selected": of["selected"], name: np.where(of["group"], 50.0, 30.0)}


def waiting(pools: list[Cells]) -> dict[str, Any]:
    """Those selected were placed after ten days; everyone else still waits after twenty."""
    of = people(pools)
    return {
        "pool": of["pool"],
        "group": of["group"],
        "days": np.where(of["selected"], 10.0, 20.0),
        "ended": of["selected"],
    }


def _family(pools: list[Cells]) -> tuple[float, ...]:
    of = people(pools)
    member = FamilyMember(parts=((0, 1, (0, 1)),))
    return min_p(
        pool=of["pool"],
        selected=of["selected"],
        columns=[of["group"].astype(int)],
        comparisons=[member],
        seed=1,
        draws=9,
    ).scores


def same(one: Any, other: Any) -> bool:
    """Equal to 1e-9, ``nan`` to itself, whatever they are made of."""
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(value, other[name]) for name, value in one.items())
    if isinstance(one, tuple | list | np.ndarray):
        return len(one) == len(other) and all(same(*pair) for pair in zip(one, other, strict=True))
    if isinstance(one, float):
        return (
            one == other
            or (math.isnan(one) and math.isnan(other))
            or math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-9)
        )
    return bool(one == other)


@pytest.mark.parametrize("name", BLIND)
@settings(deadline=None, derandomize=True, max_examples=25)
@given(pools=st.lists(telling, max_size=3), extra=silent, at=st.integers(0, 3))
def test_a_pool_that_is_not_informative_changes_nothing(name: str, pools: list[Cells], extra: Cells, at: int) -> None:
    assert same(BLIND[name](pools), BLIND[name]([*pools[:at], extra, *pools[at:]]))


@pytest.mark.parametrize("name", [name for name in BLIND if name not in ("age_thresholds", "exact margins")])
def test_a_pool_that_is_informative_does_change_something(name: str) -> None:
    pools = [(4, 2, 1, 6), (3, 3, 2, 5)]
    assert not same(BLIND[name](pools), BLIND[name]([*pools, (5, 1, 2, 7)]))
