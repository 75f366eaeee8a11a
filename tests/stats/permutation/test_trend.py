"""A trend within pools: coin and R's combinations, the worked case, brute force, draws against exact, and edges."""

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
from scipy.stats import mannwhitneyu, rankdata

from eia.errors import EiaError
from eia.stats.permutation.trend import TrendTest, trend_test

R = json.loads((Path(__file__).parents[2] / "data" / "trend.json").read_text(encoding="utf-8"))["cases"]
ALL_CASES = json.loads((Path(__file__).parents[2] / "data" / "cases.json").read_text(encoding="utf-8"))["cases"]

Person = tuple[int, bool, float]
person = st.tuples(st.integers(0, 2), st.booleans(), st.sampled_from([20.0, 31.0, 31.5, 48.0, 62.0, math.nan]))


def of(people: list[Person], **options: int) -> TrendTest:
    pool, selected, value = (list(column) for column in zip(*people, strict=True))
    return trend_test(pool=pool, selected=selected, value=value, **{"seed": 1, **options})


def brute_force(people: list[Person]) -> tuple[float, list[float]]:
    """Van Elteren's statistic about its mean, as observed and in every selection of as many people from each pool."""
    observed, every = 0.0, [0.0]
    for pool in {pool for pool, _, _ in people}:
        members = [(chosen, value) for of, chosen, value in people if of == pool and not math.isnan(value)]
        if not members:
            continue
        ranks = rankdata([value for _, value in members])
        scores = (ranks - ranks.mean()) / (len(members) + 1)
        chosen = [i for i, (was, _) in enumerate(members) if was]
        observed += scores[chosen].sum()
        sums = [scores[list(those)].sum() for those in itertools.combinations(range(len(members)), len(chosen))]
        every = [before + here for before in every for here in sums]
    return observed, every


@pytest.mark.parametrize("name", R)
def test_equals_coin_and_going_through_every_selection_in_r(name: str) -> None:
    case = R[name]
    test = trend_test(pool=case["pool"], selected=np.array(case["selected"]) == 1, value=case["value"], seed=1)
    assert test.z == pytest.approx(case["z"], rel=1e-10)
    assert test.normal_pvalue == pytest.approx(case["normal_p"], rel=1e-9)
    if "p" in case:
        assert (test.draws, test.standard_error) == (0, 0.0)
        assert test.pvalue == pytest.approx(case["p"], rel=1e-12)
        assert test.pvalue_greater == pytest.approx(case["p_greater"], rel=1e-12)
        assert test.pvalue_less == pytest.approx(case["p_less"], rel=1e-12)
    else:
        assert abs(test.pvalue - test.normal_pvalue) < 5 * test.standard_error + 0.005


def test_equals_the_worked_case_of_westvaco() -> None:
    case = next(case for case in ALL_CASES if case["id"] == "westvaco_hourly")
    truth = case["results"]
    selected = np.array(case["g"]) == 1
    test = trend_test(pool=[0] * 10, selected=selected, value=case["x"], seed=1)
    assert test.pvalue == pytest.approx(truth["wilcoxon_exact_p_two"], rel=1e-9)
    assert test.mean_selected == truth["observed_mean"]
    assert test.expected_mean == pytest.approx(np.mean(case["x"]))


@settings(deadline=None, derandomize=True, max_examples=100)
@given(st.lists(person, min_size=1, max_size=11))
def test_equals_going_through_every_selection(people: list[Person]) -> None:
    test = of(people)
    observed, every = brute_force(people)
    ways = np.array(every)
    assert test.statistic - test.expected == pytest.approx(observed, abs=1e-12)
    assert test.variance == pytest.approx(ways.var(), abs=1e-12)
    assert test.pvalue == pytest.approx(np.mean(np.abs(ways) >= abs(observed) - 1e-9))
    assert test.pvalue_greater == pytest.approx(np.mean(ways >= observed - 1e-9))
    assert test.pvalue_less == pytest.approx(np.mean(ways <= observed + 1e-9))
    assert test.draws == 0


@settings(deadline=None, derandomize=True, max_examples=100)
@given(st.lists(person, min_size=1, max_size=14))
def test_measures_in_words_are_those_of_the_pairs_and_people(people: list[Person]) -> None:
    test = of(people, draws=10)
    known = [(pool, chosen, value) for pool, chosen, value in people if not math.isnan(value)]
    pairs = [
        (value > other) + 0.5 * (value == other)
        for pool, chosen, value in known
        for of_pool, also, other in known
        if pool == of_pool and chosen and not also and len({v for p, _, v in known if p == pool}) > 1
    ]
    assert test.unknown == len(people) - len(known)
    if not pairs:
        assert math.isnan(test.probability_higher)
        return
    assert test.probability_higher == pytest.approx(np.mean(pairs))
    informative = {
        pool
        for pool in {pool for pool, _, _ in known}
        if len({value for of_pool, _, value in known if of_pool == pool}) > 1
        and len({chosen for of_pool, chosen, _ in known if of_pool == pool}) > 1
    }
    inside = [someone for someone in known if someone[0] in informative]
    assert (test.informative_pools, test.people) == (len(informative), len(inside))
    assert test.mean_selected == pytest.approx(np.mean([value for _, chosen, value in inside if chosen]))
    expected = [
        np.mean([value for of_pool, _, value in inside if of_pool == pool]) for pool, chosen, _ in inside if chosen
    ]
    assert test.expected_mean == pytest.approx(np.mean(expected))


def test_one_pool_is_wilcoxons_test() -> None:
    rng = np.random.default_rng(4)
    value, selected = rng.permutation(40), rng.random(40) < 0.3
    test = trend_test(pool=np.zeros(40, int), selected=selected, value=value, seed=1)
    theirs = mannwhitneyu(value[selected], value[~selected], method="asymptotic", use_continuity=False)
    assert test.normal_pvalue == pytest.approx(theirs.pvalue, rel=1e-10)
    assert test.probability_higher == pytest.approx(theirs.statistic / (selected.sum() * (~selected).sum()))
    exact = mannwhitneyu(value[selected], value[~selected], method="exact").pvalue
    assert abs(test.pvalue - exact) < 5 * test.standard_error


def test_where_the_normal_law_is_far_from_small_it_serves_and_nothing_is_drawn() -> None:
    rng = np.random.default_rng(4)
    given = {"pool": rng.integers(0, 3, 40), "selected": rng.random(40) < 0.3, "value": rng.permutation(40), "seed": 1}
    drawn = trend_test(**given)
    quick = trend_test(**given, drawn_to=drawn.normal_pvalue * 0.99)
    assert (quick.draws, quick.standard_error, quick.pvalue) == (0, 0.0, drawn.normal_pvalue)
    assert quick.pvalue_greater + quick.pvalue_less == pytest.approx(1.0)
    assert abs(quick.pvalue_greater - drawn.pvalue_greater) < 0.02
    assert trend_test(**given, drawn_to=drawn.normal_pvalue * 1.01) == drawn


def test_few_ways_to_select_are_gone_through_whatever_the_normal_law_says() -> None:
    case = R["three_pools"]
    people = {"pool": case["pool"], "selected": np.array(case["selected"]) == 1, "value": case["value"]}
    assert trend_test(**people, seed=1, drawn_to=0.0) == trend_test(**people, seed=1)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_drawn_p_is_near_the_exact_one(seed: int) -> None:
    case = R["three_pools"]
    people = {"pool": case["pool"], "selected": np.array(case["selected"]) == 1, "value": case["value"]}
    drawn = trend_test(**people, seed=seed, draws=799)  # there are 800 ways
    assert drawn.draws == 799
    assert abs(drawn.pvalue - case["p"]) < 5 * math.sqrt(case["p"] / 800)
    assert drawn == trend_test(**people, seed=seed, draws=799)


@settings(deadline=None, derandomize=True, max_examples=50)
@given(st.lists(person, min_size=1, max_size=11))
def test_turning_the_values_round_turns_the_tails_round(people: list[Person]) -> None:
    test, turned = of(people), of([(pool, chosen, -value) for pool, chosen, value in people])
    assert turned.z == pytest.approx(-test.z, abs=1e-12)
    assert turned.pvalue == pytest.approx(test.pvalue)
    assert turned.pvalue_greater == pytest.approx(test.pvalue_less)


@settings(deadline=None, derandomize=True, max_examples=50)
@given(st.lists(person, min_size=1, max_size=11), st.randoms(use_true_random=False))
def test_neither_the_order_of_people_nor_a_scale_that_rises_changes_the_test(people: list[Person], rng: Any) -> None:
    shuffled = [(pool + 7, chosen, value**3) for pool, chosen, value in rng.sample(people, len(people))]
    test, other = of(people), of(shuffled)
    assert other.z == pytest.approx(test.z, abs=1e-12)
    assert other.pvalue == pytest.approx(test.pvalue)


def test_pools_that_can_say_nothing_are_counted_by_kind() -> None:
    nobody_goes = [(1, False, 30.0), (1, False, 60.0)]
    everybody_goes = [(2, True, 30.0), (2, True, 60.0)]
    one_age = [(3, True, 45.0), (3, False, 45.0)]
    nothing_known = [(4, True, math.nan), (4, False, math.nan)]
    test = of(nobody_goes + everybody_goes + one_age + nothing_known)
    assert (test.pools, test.informative_pools) == (4, 0)
    assert (test.none_selected_pools, test.all_selected_pools, test.one_value_pools) == (2, 1, 1)
    assert (test.pvalue, test.pvalue_greater, test.pvalue_less, test.normal_pvalue) == (1.0, 1.0, 1.0, 1.0)
    assert (test.z, test.statistic, test.unknown, test.people) == (0.0, 0.0, 2, 0)
    assert math.isnan(test.mean_selected)
    assert math.isnan(test.probability_higher)


def test_no_people_give_p_1() -> None:
    test = trend_test(pool=[], selected=np.array([], bool), value=[], seed=1)
    assert (test.pools, test.pvalue) == (0, 1.0)


def test_those_not_known_change_nothing_but_their_count() -> None:
    people = [(1, True, 50.0), (1, False, 30.0), (1, False, 40.0)]
    test, other = of(people), of([*people, (1, True, math.nan)])
    assert (other.pvalue, other.z, other.unknown) == (test.pvalue, test.z, 1)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"pool": [1.5, 2]}, "pool holds numbers that are missing, infinite or not whole"),
        ({"selected": [1, 0]}, "selected is not one entry for each of 2 people"),
        ({"value": [30.0]}, "value is not one entry for each of 2 people"),
        ({"value": [30.0, math.inf]}, "value is not"),
        ({"value": ["thirty", "forty"]}, "value is not"),
        ({"selected": [1, 0], "value": [30.0]}, "(?s)selected is not.*value is not"),
        ({"draws": -1}, "negative"),
    ],
)
def test_what_cannot_be_is_refused_in_words(change: dict[str, Any], words: str) -> None:
    with pytest.raises(EiaError, match=words):
        trend_test(**{"pool": [1, 1], "selected": [True, False], "value": [30, 40], "seed": 1, **change})
