"""About how many if the cuts fell evenly: what whoever knows that people are whole can tell of pools from it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from attack import OFF
from scipy.optimize import Bounds, LinearConstraint, milp
from tables_of import published

from eia.counts.disclosure.cells import GroupCounts
from eia.counts.disclosure.evenly import even as evenly
from eia.counts.disclosure.evenly.even import EVEN, if_even
from eia.counts.disclosure.evenly.swaps import ByPool, swapped
from eia.counts.disclosure.protect import Earlier, Protected
from eia.counts.disclosure.rules import PRESETS
from eia.errors import EiaError
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


def rates(by_pool: np.ndarray) -> np.ndarray:
    size = by_pool.sum(axis=(0, 2))
    return np.divide(by_pool[:, :, 0].sum(axis=0), size, out=np.zeros(len(size)), where=size > 0)


def test_every_table_made_by_swaps_prints_the_same_numbers() -> None:
    made = 0
    for seed in range(30):
        _, by_pool = drawn(seed)
        rate, here = rates(by_pool), by_pool.sum(axis=2)
        even = here @ rate
        printed = np.floor(even / 5 + 0.5) * 5
        group, pool = np.nonzero((here > 0) & (here < 5))
        for wanted in (0, 5):
            want = np.full(len(group), wanted)
            there = ByPool(counts=by_pool, rate=rate, low=printed - 2.5, high=printed + 2.5 - 1e-5)
            tables = swapped(there, group, pool, want)
            assert (tables >= 0).all()
            assert (tables.sum(axis=1) == by_pool.sum(axis=0)).all()
            assert (tables.sum(axis=2) == by_pool.sum(axis=1)).all()
            assert (np.floor(tables.sum(axis=3) @ rate / 5 + 0.5) * 5 == printed).all()
            reached = tables.sum(axis=3)[:, group, pool] == wanted
            assert reached.any(axis=1).all()
            made += len(tables)
    assert made > 100


@pytest.mark.parametrize("to", [5, 0.05])
def test_swaps_and_few_pools_change_no_answer_of_the_audit(to: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """The audit that asks the solver of everything is the measure: printed to a twentieth, much is given away, and both find it."""
    monkeypatch.setattr(evenly, "TO", to)
    cases = [drawn(seed) for seed in range(12)]
    quick = [if_even(made, by_pool, RULES) for made, by_pool in cases]
    monkeypatch.setattr(evenly, "swapped", lambda there, *_: np.zeros((0, *there.counts.shape), dtype=np.int64))
    monkeypatch.setattr(evenly, "in_few_pools", lambda wide, ranges, asked, truth, pools: truth[None])
    slow = [if_even(made, by_pool, RULES) for made, by_pool in cases]
    assert quick == slow
    dropped = sum(not any(number is not None for number in each) for each in quick)
    assert dropped >= 3 if to < 1 else dropped < 3


@pytest.mark.slow
def test_a_table_that_does_not_fit_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is said to be possible is checked: lies make no number safe."""
    monkeypatch.setattr(evenly, "TO", 0.05)
    cases = [drawn(seed) for seed in range(8)]
    honest = [if_even(made, by_pool, RULES) for made, by_pool in cases]
    for lie in (lambda there: there.counts * 0, lambda there: there.counts + 5, lambda there: there.counts[::-1]):
        monkeypatch.setattr(evenly, "swapped", lambda there, *_, lie=lie: np.stack([lie(there)]))
        assert [if_even(made, by_pool, RULES) for made, by_pool in cases] == honest


def published_before(made: Protected, even: list[int | None]) -> Earlier:
    labels = [row.label for row in made.cells.rows]
    return Earlier(values={(label, "", EVEN): number for label, number in zip(labels, even, strict=False)}, rules=RULES)


def test_the_same_numbers_published_before_tell_nothing_new() -> None:
    kept = 0
    for made, by_pool in map(drawn, range(10)):
        now = if_even(made, by_pool, RULES)
        if any(number is not None for number in now):
            assert if_even(made, by_pool, RULES, [published_before(made, now)]) == now
            kept += 1
    assert kept >= 2


def test_numbers_published_before_that_give_somebody_away_stop_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evenly, "TO", 0.2)
    codes = []
    for made, by_pool in map(drawn, range(12)):
        nearest = np.floor(by_pool.sum(axis=2) @ rates(by_pool) / 0.2 + 0.5) * 0.2
        try:
            if_even(made, by_pool, RULES, [published_before(made, nearest.tolist())])
        except EiaError as error:
            codes.append(error.faults[0].code)
    assert len(codes) >= 3
    assert set(codes) == {"gives-away"}


def test_with_units_numbers_published_before_stop_everything_unread() -> None:
    made, by_pool = drawn(0)
    by_unit = published(
        replace(made.cells.table, areas=("North", "South"), counts=made.cells.table.counts.repeat(2, axis=1)), RULES
    )
    assert if_even(by_unit, by_pool, RULES) == [None, None, None]
    with pytest.raises(EiaError) as error:
        if_even(by_unit, by_pool, RULES, [published_before(made, (by_pool.sum(axis=2) @ rates(by_pool)).tolist())])
    assert error.value.faults[0].code == "even-before"


def test_what_is_not_true_any_more_tells_nothing() -> None:
    made, by_pool = next(each for each in map(drawn, range(10)) if any(if_even(*each, RULES)))
    far: list[int | None] = [500] * len(by_pool)
    assert if_even(made, by_pool, RULES, [published_before(made, far)]) == if_even(made, by_pool, RULES)
