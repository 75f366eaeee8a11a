"""How fast a group is placed: R, the likelihood gone through, what may change nothing, every edge, and coverage."""

from __future__ import annotations

import math
import warnings
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar
from scipy.stats import t

from eia.stats.models.contrast import Contrast
from eia.stats.models.waiting import placement_hazard_ratio

Person = tuple[int, bool, float, bool]  # pool, of the group, days, placed
people = st.lists(
    st.tuples(st.integers(0, 2), st.booleans(), st.integers(0, 9).map(float), st.booleans()), min_size=1, max_size=25
)


def of(rows: list[Person], **options: float) -> Contrast:
    pool, group, days, placed = (list(column) for column in zip(*rows, strict=True))
    return placement_hazard_ratio(days=days, placed=placed, group=group, pool=pool, **{"level": 0.95, **options})


def best_log_ratio(rows: list[Person]) -> float:
    """The maximum of Breslow's partial likelihood, from its definition."""

    def loss(b: float) -> float:
        total = 0.0
        for pool, member, days, placed in rows:
            if placed:
                risk = [math.exp(b * m) for p, m, d, _ in rows if p == pool and d >= days]
                total -= b * member - math.log(sum(risk))
        return total

    return float(minimize_scalar(loss, bounds=(-12, 12), method="bounded", options={"xatol": 1e-9}).x)


def test_ratio_and_interval_are_those_of_r(r_case: tuple[dict[str, Any], dict[str, Any]]) -> None:
    d, results = r_case
    found = placement_hazard_ratio(days=d["days"], placed=d["placed"], group=d["group"], pool=d["pool"], level=0.95)
    log_ratio, robust, pools = results["cox"]["log_ratio"], results["cox"]["robust"], found.clusters
    reach = t.ppf(0.975, pools - 1) * robust * math.sqrt(pools / (pools - 1))
    assert found.interval is not None
    assert [found.estimate, found.interval.low, found.interval.high] == pytest.approx(
        [math.exp(each) for each in (log_ratio, log_ratio - reach, log_ratio + reach)], rel=1e-7
    )


@given(people)
@settings(max_examples=60, deadline=None)
def test_the_estimate_is_the_maximum_of_the_partial_likelihood_or_its_limit(rows: list[Person]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = of(rows)
    if found.no_interval == "nobody to compare":
        assert math.isnan(found.estimate)
        return
    best = best_log_ratio(rows)
    if found.no_interval == "one side alone":
        assert found.estimate in (0.0, math.inf)
        assert (best > 0) == (found.estimate > 1)
        assert abs(best) > 11
    else:
        assert math.log(found.estimate) == pytest.approx(
            best, abs=1e-4
        )  # a flat top: half the digits of the likelihood


@given(people)
@settings(max_examples=30, deadline=None)
def test_seen_from_the_other_side_the_ratio_is_turned_over(rows: list[Person]) -> None:
    ours, theirs = of(rows), of([(pool, not member, days, placed) for pool, member, days, placed in rows[::-1]])
    assert (ours.no_interval, ours.people, ours.smaller_side) == (
        theirs.no_interval,
        theirs.people,
        theirs.smaller_side,
    )
    if ours.interval and theirs.interval and ours.estimate:
        assert ours.estimate == pytest.approx(1 / theirs.estimate, rel=1e-6)
        assert ours.interval.low == pytest.approx(1 / theirs.interval.high, rel=1e-4)


SOME: list[Person] = [
    (p, n % 2 == 0, float(10 + 7 * n % 23 + 4 * p * (n % 2)), n % 5 > 0) for p in range(4) for n in range(9)
]


@pytest.mark.parametrize(
    "more",
    [
        [(8, True, 5.0, True), (8, True, 9.0, True)],
        [(8, True, 5.0, False), (8, False, 9.0, False)],
        [(8, True, 5.0, False), (8, False, 9.0, True)],
        [(1, True, 1.0, False)],
    ],
    ids=["one side", "nobody placed", "never both when somebody was placed", "left before anybody was placed"],
)
def test_who_never_waited_beside_the_other_side_when_somebody_was_placed_adds_nothing(more: list[Person]) -> None:
    assert of([*SOME, *more]) == of(SOME)


@pytest.mark.parametrize(
    ("rows", "estimate", "why"),
    [
        ([(0, True, 5.0, True), (1, False, 5.0, True)], math.nan, "nobody to compare"),
        ([(0, True, 5.0, False), (0, False, 5.0, False)], math.nan, "nobody to compare"),
        ([(0, True, math.nan, True), (0, False, 5.0, True)], math.nan, "nobody to compare"),
        ([(n, side, 5.0 + 5 * side, not side) for n in range(4) for side in (True, False)], 0.0, "one side alone"),
        ([(n, side, 10.0 - 5 * side, True) for n in range(4) for side in (True, False)], math.inf, "one side alone"),
        ([row for row in SOME if row[0] == 1], None, "one cluster"),
        ([(n, *row[1:]) for row in SOME if row[0] == 1 for n in range(3)], None, "clusters agree"),
    ],
)
def test_where_there_is_no_interval_it_is_said_why(rows: list[Person], estimate: float | None, why: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = of(rows)
    assert (found.no_interval, found.interval, found.reliable) == (why, None, False)
    if estimate is None:
        assert 0 < found.estimate < math.inf
    else:
        assert found.estimate == pytest.approx(estimate, nan_ok=True)


def test_nearly_one_side_alone_still_settles() -> None:
    rows = [(p, True, 1.0 + n / 10, True) for p in range(3) for n in range(9)]
    rows += [(p, False, 1.75 if p + n == 0 else 50.0 + n, True) for p in range(3) for n in range(20)]
    found = of(rows)
    assert found.interval is not None
    assert math.log(found.estimate) == pytest.approx(best_log_ratio(rows), abs=1e-4)


def test_a_search_that_does_not_settle_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("eia.stats.models.waiting.SETTLED", -1.0)
    found = of(SOME)
    assert math.isnan(found.estimate)
    assert (found.no_interval, found.interval) == ("not settled", None)


@pytest.mark.simulation
def test_the_interval_covers_a_true_ratio() -> None:
    runs, covered = 400, 0
    for seed in range(runs):
        rng = np.random.default_rng(seed)
        pool = np.repeat(np.arange(24), 10)
        group = rng.random(pool.size) < 0.4
        days = rng.exponential(30 / (0.5**group * (1 + pool % 5)))
        seen = rng.uniform(10, 60, pool.size)
        found = placement_hazard_ratio(
            days=np.minimum(days, seen), placed=days <= seen, group=group, pool=pool, level=0.95
        )
        assert found.interval is not None
        covered += 0.5 in found.interval
    assert covered / runs >= 0.95 - 3 * math.sqrt(0.95 * 0.05 / runs)
