"""About how many if the cuts fell evenly: what whoever knows that people are whole can tell of pools from it."""

from __future__ import annotations

import numpy as np
import pytest
from attack import OFF
from scipy.optimize import Bounds, LinearConstraint, milp
from tables_of import published

from eia.counts.disclosure.cells import GroupCounts
from eia.counts.disclosure.even import if_even
from eia.counts.disclosure.protect import Protected
from eia.counts.disclosure.rules import PRESETS
from eia.vocabulary.characteristics import Group

RULES = PRESETS["default"]


def drawn(seed: int) -> tuple[Protected, np.ndarray]:
    """Three groups in five pools, one of the groups small; and what is published of them."""
    rng = np.random.default_rng(seed)
    at_risk = rng.poisson(np.array([[9.0], [5.0], [1.5]]) * rng.uniform(0.3, 2.5, 5))
    selected = rng.binomial(at_risk, rng.uniform(0.1, 0.7, 5))
    by_pool = np.stack([selected, at_risk - selected], axis=2)
    counts = np.concatenate([by_pool.sum(axis=1), rng.poisson(30, (3, 1))], axis=1)[:, None]
    table = GroupCounts(
        key="made up",
        groups=tuple(Group(f"Group {place}") for place in range(3)),
        areas=("",),
        counts=counts,
        chosen=True,
    )
    return published(table, RULES), by_pool


def narrowed_pools(made: Protected, by_pool: np.ndarray, even: np.ndarray, off: float) -> int:
    """How many small numbers of a group in a pool can be narrowed, though totals and counts leave them open."""
    groups, pools, _ = by_pool.shape
    size, gone = by_pool.sum(axis=(0, 2)), by_pool[:, :, 0].sum(axis=0)
    rate = np.divide(gone, size, out=np.zeros(pools), where=size > 0)
    rules = [(np.tile(np.eye(pools * 2), groups), by_pool.sum(axis=0).ravel(), by_pool.sum(axis=0).ravel())]
    for group in range(groups):
        for measure, sides in (("at risk", (0, 1)), ("selected", (0,)), ("not selected", (1,))):
            cell = made.cells.find(group, 0, measure)
            if cell is not None and not made.withheld[cell]:
                which = np.zeros(by_pool.shape)
                which[group][:, list(sides)] = 1
                value = made.values[cell]
                rules.append((which.ravel()[None], [value - OFF["default"]], [value + OFF["default"]]))
    plain = [np.concatenate(each) for each in zip(*rules, strict=True)]
    for group in range(groups):
        if np.isfinite(even[group]):
            which = np.zeros(by_pool.shape)
            which[group] = rate[:, None]
            rules.append((which.ravel()[None], [even[group] - off], [even[group] + off]))
    all_rules = [np.concatenate(each) for each in zip(*rules, strict=True)]
    found = 0
    for group, pool in zip(*np.nonzero((by_pool.sum(axis=2) > 0) & (by_pool.sum(axis=2) < 5)), strict=True):
        which = np.zeros(by_pool.shape)
        which[group, pool] = 1
        ends = [
            [
                milp(
                    sign * which.ravel(), constraints=LinearConstraint(*known), integrality=1, bounds=Bounds(0, np.inf)
                ).fun
                * sign
                for sign in (1, -1)
            ]
            for known in (plain, all_rules)
        ]
        found += ends[1][0] > max(0, ends[0][0]) + 0.5 or ends[1][1] < min(5, ends[0][1]) - 0.5
    return found


@pytest.mark.slow
def test_what_is_printed_tells_nothing_of_pools() -> None:
    printed = 0
    for seed in range(10):
        made, by_pool = drawn(seed)
        even = np.array([np.nan if number is None else number for number in if_even(made, by_pool, RULES)])
        printed += int(np.isfinite(even).sum())
        assert narrowed_pools(made, by_pool, even, 2.5) == 0
    assert printed >= 5


@pytest.mark.slow
def test_to_a_tenth_it_would() -> None:
    found = 0
    for seed in range(10):
        made, by_pool = drawn(seed)
        size = by_pool.sum(axis=(0, 2))
        rate = np.divide(by_pool[:, :, 0].sum(axis=0), size, out=np.zeros(5), where=size > 0)
        found += narrowed_pools(made, by_pool, np.round(by_pool.sum(axis=2) @ rate, 1), 0.05)
    assert found >= 3
