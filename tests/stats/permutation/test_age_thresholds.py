"""Every age cut: brute force, the stratified test, what the search is worth, and edges."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from eia.errors import EiaError
from eia.stats.exact.stratified_test import stratified_test
from eia.stats.permutation.age_thresholds import NAMED, age_thresholds


def workforce(people: int, pools: int, *, seed: int, lean: float = 0.0) -> dict[str, np.ndarray]:
    """Uneven pools, ages 18 to 70, one in five to go; with a lean, those of 50 and over more often."""
    rng = np.random.default_rng(seed)
    age = np.clip(np.rint(rng.normal(44, 11, people)), 18, 70)
    selected = rng.random(people) < 0.2 + lean * (age >= 50)
    return {"pool": rng.integers(0, pools, people), "selected": selected, "age": age}


def largest_z(pool: np.ndarray, selected: np.ndarray, age: np.ndarray, cuts: tuple[int, ...]) -> float:
    """By the textbook formula, cut by cut and pool by pool."""
    found = []
    for cut in cuts:
        excess = variance = 0.0
        for one in np.unique(pool):
            here = pool == one
            n, m, g = here.sum(), selected[here].sum(), (age[here] >= cut).sum()
            excess += (selected & here & (age >= cut)).sum() - m * g / n
            variance += m * g * (n - m) * (n - g) / (n * n * (n - 1))
        found.append(abs(excess) / math.sqrt(variance))
    return max(found)


def test_p_equals_going_through_every_selection() -> None:
    age = np.array([22, 25, 31, 33, 34, 38, 41, 41, 47, 49, 52, 60, 23, 29, 35, 36, 40, 44, 46, 51, 57, 58, 61, 62, 63])
    pool = np.repeat([4, 9], [12, 13])
    selected = np.isin(np.arange(25), [8, 10, 20, 22])
    search = age_thresholds(pool=pool, selected=selected, age=age, seed=1)
    assert (search.pools, search.draws, search.standard_error) == ((4, 9), 0, 0.0)
    best = largest_z(pool, selected, age, search.searched)
    assert search.best is not None
    assert abs(search.best.z) == pytest.approx(best, rel=1e-12)
    at_least = []
    for one, other in itertools.product(itertools.combinations(range(12), 2), itertools.combinations(range(12, 25), 2)):
        drawn = np.isin(np.arange(25), [*one, *other])
        at_least.append(largest_z(pool, drawn, age, search.searched) >= best - 1e-9)
    assert search.pvalue == pytest.approx(np.mean(at_least), rel=1e-12)


def test_every_cut_is_ready_for_the_stratified_test() -> None:
    people = workforce(2_000, 30, seed=2)
    search = age_thresholds(**people, seed=1, draws=50)
    assert search.best is not None
    for cut in (search.best, *search.named):
        test = stratified_test(
            group_selected=cut.group_selected, group_total=cut.group_total, selected=cut.selected, total=cut.total
        )
        assert (test.pools, test.informative_pools) == (30, cut.informative_pools)
        assert test.excess == pytest.approx(cut.excess, abs=1e-9)
        assert test.variance == pytest.approx(cut.variance, rel=1e-12)
        assert test.people == cut.older + cut.younger
        assert sum(cut.group_total) == (people["age"] >= cut.age).sum()


def test_named_cuts_are_given_whatever_they_show() -> None:
    search = age_thresholds(pool=[1] * 6, selected=[True, False] * 3, age=[30, 31, 32, 33, 34, 35], seed=1)
    assert tuple(cut.age for cut in search.named) == NAMED
    youngest = search.named[0]
    assert (youngest.group_selected, youngest.group_total, youngest.informative_pools) == ((3,), (6,), 0)
    assert math.isnan(youngest.z)
    assert [cut.age for cut in age_thresholds(**workforce(50, 2, seed=1), seed=1, named=[33]).named] == [33]


def test_a_cut_is_searched_only_with_ten_people_and_five_percent_on_either_side() -> None:
    ages = np.arange(20, 40)
    search = age_thresholds(pool=[1] * 20, selected=ages > 35, age=ages, seed=1)
    assert search.searched == (30,)
    many = np.repeat(np.arange(20, 60), 10)  # 400 people: 5% are 20, two ages
    search = age_thresholds(pool=[1] * 400, selected=many % 4 == 0, age=many, seed=1, draws=20)
    assert search.searched == tuple(range(22, 59))


def test_people_of_pools_that_can_say_nothing_do_not_count_towards_the_ten() -> None:
    ages = np.tile(np.arange(20, 40), 2)
    selected = np.concatenate([np.zeros(20, bool), np.arange(20, 40) > 35])
    assert age_thresholds(pool=np.repeat([0, 1], 20), selected=selected, age=ages, seed=1).searched == (30,)


def test_no_cut_to_search_is_not_a_test() -> None:
    for people in (
        {"pool": [], "selected": np.array([], bool), "age": []},
        {"pool": [1] * 4, "selected": [True, False] * 2, "age": [30, 40, 50, 60]},
        {"pool": [1] * 40, "selected": [False] * 40, "age": list(range(20, 60))},
        {"pool": [1] * 40, "selected": [True, False] * 20, "age": [45] * 40},
    ):
        search = age_thresholds(**people, seed=1)
        assert (search.searched, search.best, search.draws) == ((), None, 0)
        assert math.isnan(search.pvalue)
        assert len(search.named) == len(NAMED)


def test_parts_of_a_year_are_cut_off_and_unknown_ages_left_out() -> None:
    people = workforce(300, 4, seed=3)
    search = age_thresholds(**people, seed=1, draws=50)
    older = people | {"age": people["age"] + np.random.default_rng(1).uniform(0.0, 0.99, 300)}
    assert age_thresholds(**older, seed=1, draws=50).best == search.best
    with_unknown = {
        "pool": np.append(people["pool"], [0, 1]),
        "selected": np.append(people["selected"], [True, False]),
        "age": np.append(people["age"], [np.nan, np.nan]),
    }
    other = age_thresholds(**with_unknown, seed=1, draws=50)
    assert (other.best, other.unknown) == (search.best, 2)


def test_a_lean_planted_at_fifty_is_found_near_fifty() -> None:
    search = age_thresholds(**workforce(5_000, 20, seed=5, lean=0.15), seed=1, draws=999)
    assert search.best is not None
    assert 47 <= search.best.age <= 53
    assert search.best.z > 0
    assert search.pvalue == 1 / 1_000


def test_the_p_of_a_search_is_above_that_of_its_best_cut_alone() -> None:
    for seed in range(3):
        search = age_thresholds(**workforce(600, 8, seed=seed), seed=1, draws=999)
        cut = search.best
        assert cut is not None
        alone = stratified_test(
            group_selected=cut.group_selected, group_total=cut.group_total, selected=cut.selected, total=cut.total
        )
        assert search.pvalue > alone.cmh_pvalue


@pytest.mark.simulation
def test_even_handed_selection_gives_a_small_p_as_rarely_as_it_says() -> None:
    ps = np.array([age_thresholds(**workforce(150, 5, seed=seed), seed=seed, draws=199).pvalue for seed in range(400)])
    for level in (0.05, 0.2):  # a share of 400 lies within 4 standard errors of its own
        assert (ps <= level).mean() <= level + 4 * math.sqrt(level * (1 - level) / 400)


def test_the_same_seed_gives_the_same_search() -> None:
    people = workforce(400, 6, seed=7)
    assert age_thresholds(**people, seed=3, draws=99) == age_thresholds(**people, seed=3, draws=99)


def test_what_cannot_be_is_refused_in_words() -> None:
    people = workforce(30, 2, seed=1)
    with pytest.raises(EiaError, match="value is not one entry for each of 30 people"):
        age_thresholds(**(people | {"age": ["forty"] * 30}), seed=1)
    with pytest.raises(EiaError, match="named holds numbers that are missing, infinite or not whole"):
        age_thresholds(**people, seed=1, named=[40.5])
