"""The odds ratio of a group before and after an adjustment: against R, and by its rules."""

from __future__ import annotations

import dataclasses
import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from eia.errors import EiaError
from eia.stats.effect_sizes import conditional_logistic
from eia.stats.effect_sizes.adjusted_odds_ratio import AdjustedOddsRatio, PenalisedOddsRatio, adjusted_odds_ratio

REFERENCE = json.loads((Path(__file__).parents[2] / "data" / "adjusted.json").read_text(encoding="utf-8"))["cases"]
GROUPS = [case for case in REFERENCE if case["columns"][0] == "group"]


def council(people: int = 400, pools: int = 12, *, seed: int = 1, effect: float = 0.0) -> dict[str, Any]:
    """Short service is what costs the job; the group has short service, and an effect of its own where one is given."""
    rng = np.random.default_rng(seed)
    group = (rng.random(people) < 0.4).astype(int)
    service = rng.exponential(np.where(group == 1, 3.0, 9.0))
    odds = np.exp(-0.6 + effect * group - 0.25 * service)
    return {
        "selected": (rng.random(people) < odds / (1 + odds)).astype(int),
        "group": group,
        "pool": rng.integers(0, pools, people),
        "adjusters": service[:, None],
    }


def run(data: dict[str, Any], **change: Any) -> AdjustedOddsRatio:
    return adjusted_odds_ratio(**{**data, **change})


def numbers(odds: PenalisedOddsRatio) -> tuple[float, ...]:
    return odds.estimate, odds.interval.low, odds.interval.high, odds.statistic, odds.pvalue


@pytest.mark.parametrize("case", GROUPS, ids=lambda case: case["name"])
@pytest.mark.parametrize(("which", "block"), [("before", "firth_before"), ("after", "firth")])
def test_estimate_interval_and_statistic_are_those_of_r(case, which, block):
    data, theirs = case["data"], case[block]
    columns = np.column_stack([data[name] for name in case["columns"][1:]])
    odds = getattr(run({name: data[name] for name in ("selected", "group", "pool")}, adjusters=columns), which)
    low, high = (
        limit if abs(limit) < 12 else math.copysign(math.inf, limit) for limit in (theirs["low"], theirs["high"])
    )
    assert math.log(odds.estimate) == pytest.approx(np.atleast_1d(theirs["beta"])[0], abs=1e-6)
    assert math.log(odds.interval.low) == pytest.approx(low, abs=1e-8)
    assert math.log(odds.interval.high) == pytest.approx(high, abs=1e-8)
    assert odds.statistic == pytest.approx(theirs["statistic"], abs=1e-8)


def test_a_disparity_that_service_explains_goes_when_service_is_adjusted_for():
    result = run(council(2000, seed=2))
    assert result.before.estimate > 2
    assert result.before.pvalue < 0.001
    assert 1.0 in result.after.interval


def test_a_disparity_of_its_own_stays_when_service_is_adjusted_for():
    result = run(council(2000, seed=2, effect=1.0))
    assert math.e in result.after.interval
    assert 1.0 not in result.after.interval
    assert result.before.estimate > result.after.estimate


def test_where_the_group_decides_everything_the_estimate_is_finite():
    pool = np.repeat(np.arange(5), 8)
    group = np.tile([1, 1, 0, 0, 0, 0, 0, 0], 5)
    years = np.tile([3.0, 5.0, 2.0, 8.0, 4.0, 1.0, 6.0, 9.0], 5)
    result = run({"selected": group, "group": group, "pool": pool, "adjusters": years[:, None]})
    assert 10 < result.after.estimate < math.inf
    assert 1 < result.after.interval.low < result.after.estimate
    assert result.after.pvalue < 0.001


def test_a_limit_beyond_any_use_is_said_to_be_open():
    pool = np.repeat(np.arange(2), 4)
    group = np.tile([1, 0, 0, 0], 2)
    nearly = group + 1e-4 * np.arange(8.0)
    interval = run({"selected": group, "group": group, "pool": pool, "adjusters": nearly[:, None]}).after.interval
    assert (interval.low, interval.high) == (0.0, math.inf)


@given(st.integers(0, 10**6), st.sampled_from([0.8, 0.95, 0.999]), st.integers(0, 3))
@example(
    420557, 0.8, 3
)  # as many coefficients as its pools can tell: beside the best ones, without the group, nothing is known
@settings(max_examples=40, deadline=None)
def test_interval_and_p_agree_about_1_in_any_small_pools(seed, level, columns):
    rng = np.random.default_rng(seed)
    people = rng.integers(4, 24)
    result = adjusted_odds_ratio(
        selected=rng.random(people) < 0.4,
        group=rng.random(people) < 0.5,
        pool=rng.integers(0, 4, people),
        adjusters=rng.normal(size=(people, columns)).round(rng.integers(0, 3)) * 10.0 ** rng.integers(-6, 7),
        level=level,
    )
    for odds in (result.before, result.after):
        assert not math.isnan(odds.pvalue)
        if not math.isnan(odds.estimate):
            assert odds.interval.low < odds.estimate < odds.interval.high
            assert (odds.pvalue <= 1 - level) == (1.0 not in odds.interval)


def test_the_limits_put_back_are_just_rejected():
    data = council()
    for side in ("low", "high"):
        limit = getattr(run(data, level=0.9).after.interval, side)
        wider, narrower = (getattr(run(data, level=level).after.interval, side) for level in (0.9001, 0.8999))
        assert min(wider, narrower) < limit < max(wider, narrower)


def test_swapping_group_and_comparator_turns_the_odds_ratio_over():
    data = council(effect=0.5)
    one, other = run(data).after, run(data, group=1 - data["group"]).after
    assert one.estimate == pytest.approx(1 / other.estimate, rel=1e-7)
    assert one.interval.low == pytest.approx(1 / other.interval.high, rel=1e-7)
    assert one.pvalue == pytest.approx(other.pvalue, rel=1e-7)


def test_swapping_selected_and_retained_turns_the_odds_ratio_over():
    data = council(effect=0.5)
    one, other = run(data).after, run(data, selected=1 - data["selected"]).after
    assert one.estimate == pytest.approx(1 / other.estimate, rel=1e-7)


def test_units_and_order_of_adjusters_pools_and_people_change_nothing():
    data = council()
    grade = np.random.default_rng(4).integers(1, 9, data["group"].size)
    shuffle = np.random.default_rng(5).permutation(data["group"].size)
    one = run(data, adjusters=np.column_stack([data["adjusters"], grade]))
    other = adjusted_odds_ratio(
        selected=data["selected"][shuffle],
        group=data["group"][shuffle] == 1,
        pool=(7 * (11 - data["pool"]))[shuffle],
        adjusters=np.column_stack([1000 * grade + 2000, data["adjusters"] * 365.25])[shuffle],
    )
    assert numbers(one.after) == pytest.approx(numbers(other.after), rel=1e-6)


def test_without_adjusters_after_is_before():
    data = council()
    result = run(data, adjusters=np.empty((data["group"].size, 0)))
    assert numbers(result.after) == pytest.approx(numbers(result.before), rel=1e-12)
    assert (result.used, result.dropped, result.aliased) == ((), (), False)


def test_adjusters_that_say_nothing_inside_pools_are_dropped_by_place():
    data = council()
    service = data["adjusters"][:, 0]
    columns = np.column_stack([np.full(400, 0.1), data["pool"] * 0.3, service, 5 - 2 * service, np.arange(400) % 7])
    result = run(data, adjusters=columns)
    assert (result.used, result.dropped) == ((2, 4), (0, 1, 3))
    assert numbers(result.after) == pytest.approx(numbers(run(data, adjusters=columns[:, [2, 4]]).after), rel=1e-9)


def test_a_group_that_the_adjusters_settle_has_no_odds_ratio_after_them():
    data = council()
    result = run(data, adjusters=np.column_stack([data["pool"] + 2.0 * data["group"], data["adjusters"]]))
    assert result.aliased
    assert result.used == (0, 1)
    assert math.isnan(result.after.estimate)
    assert (result.after.interval.low, result.after.interval.high, result.after.pvalue) == (0.0, math.inf, 1.0)
    assert numbers(result.before) == pytest.approx(numbers(run(data).before), rel=1e-12)


def test_pools_that_can_say_nothing_are_counted_and_change_nothing():
    data = council()
    extra = {
        "selected": [1, 1, 0, 0, 0],
        "group": [1, 0, 1, 0, 1],
        "pool": [50, 50, 51, 51, 52],
        "adjusters": [[1.0], [2.0], [3.0], [4.0], [5.0]],
    }
    more = run({name: np.concatenate([data[name], extra[name]]) for name in data})
    assert more.pools == run(data).pools + 3
    assert dataclasses.replace(more, pools=run(data).pools) == run(data)


def test_a_pool_of_the_group_alone_helps_to_place_the_adjusters_only():
    data = council()
    rng = np.random.default_rng(6)
    alone = {"selected": rng.integers(0, 2, 30), "group": np.ones(30, int), "pool": np.full(30, 99)}
    more = run(
        {
            **{name: np.concatenate([data[name], alone[name]]) for name in alone},
            "adjusters": np.concatenate([data["adjusters"], rng.exponential(5, (30, 1))]),
        }
    )
    less = run(data)
    assert more.one_group_pools == 1
    assert (more.people, more.selected, more.group_people, more.observed) == (
        less.people, less.selected, less.group_people, less.observed,
    )  # fmt: skip
    assert numbers(more.before) == pytest.approx(numbers(less.before), rel=1e-9)
    assert more.after.estimate != pytest.approx(less.after.estimate, rel=1e-6)


def test_counts_are_those_of_informative_pools():
    result = adjusted_odds_ratio(
        selected=[1, 0, 0, 1, 1, 0], group=[1, 1, 0, 1, 0, 1], pool=[4, 4, 4, 7, 7, 9], adjusters=np.zeros((6, 1))
    )
    assert (result.pools, result.informative_pools, result.one_group_pools) == (3, 1, 0)
    assert (result.people, result.selected, result.group_people, result.observed) == (3, 1, 2, 1)


@pytest.mark.parametrize(
    ("selected", "group"),
    [([], []), ([1, 0, 0], [0, 0, 0]), ([1, 0, 0], [1, 1, 1]), ([0, 0, 0], [1, 0, 0]), ([1, 1, 1], [1, 0, 0])],
    ids=["nobody", "none of the group", "all of the group", "nobody selected", "everybody selected"],
)
def test_where_no_pool_can_say_anything_nothing_is_said(selected, group):
    result = adjusted_odds_ratio(
        selected=selected, group=group, pool=[0] * len(group), adjusters=np.arange(len(group) * 1.0)[:, None]
    )
    for odds in (result.before, result.after):
        assert math.isnan(odds.estimate)
        assert (odds.interval.low, odds.interval.high, odds.pvalue) == (0.0, math.inf, 1.0)
    assert not result.aliased


def test_a_search_that_does_not_settle_gives_nothing_and_no_p(monkeypatch):
    monkeypatch.setattr(conditional_logistic, "MOST_STEPS", 1)
    result = run(council(effect=0.5))
    for odds in (result.before, result.after):
        assert all(math.isnan(number) for number in (odds.estimate, odds.statistic, odds.pvalue))
        assert (odds.interval.low, odds.interval.high) == (0.0, math.inf)


def test_every_fault_is_named_at_once_and_no_value_is_quoted():
    with pytest.raises(EiaError) as error:
        adjusted_odds_ratio(selected=[0, 17], group=[0, 1, 1], pool=[-31, 0], adjusters=[[math.nan], [55.5]])
    assert [fault.what.split()[0] for fault in error.value.faults] == ["selected", "group", "pool", "adjusters"]
    assert not {"17", "31", "55"} & set(str(error.value).replace(".", " ").replace("-", " ").split())


@pytest.mark.parametrize(
    "change",
    [
        {"adjusters": [1.0, 2.0]},
        {"adjusters": [["a"], ["b"]]},
        {"pool": [0.5, 1]},
        {"selected": [[0], [1]]},
        {"group": ["x", "y"]},
        {"level": 1.0},
    ],
)
def test_what_is_not_people_is_refused(change):
    data = {"selected": [0, 1], "group": [0, 1], "pool": [0, 0], "adjusters": [[1.0], [2.0]]}
    with pytest.raises(EiaError):
        run(data, **change)
