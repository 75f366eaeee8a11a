"""The family of selection adjusted by drawn selections."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

import eia.stats.permutation.redraw_people
from eia.errors import EiaError
from eia.stats.exact.stratified_test import stratified_test
from eia.stats.multiplicity import FamilyWeights, holm
from eia.stats.permutation.family_draws import FamilyMember
from eia.stats.permutation.min_p import MinP, min_p

TINY = {
    "pool": [0, 0, 0, 0, 0, 1, 1, 1, 1],
    "selected": [True, True, False, False, False, True, False, False, False],
    "columns": [[1, 1, 0, 0, 0, 1, 0, 0, 0], [1, 0, 0, 1, 0, 1, 0, 0, 2], [0, 1, -1, 1, 0, 1, -1, 0, 1]],
}
"""Nine people, of whom two do not say the third characteristic; -1 is not known."""

GROUPS = ((0, 1, (0, 1)), (1, 0, (0, 1, 2)), (1, 1, (0, 1, 2)), (2, 1, (0, 1)))
FAMILY = [FamilyMember(parts=(part,)) for part in GROUPS]


def every_selection(pool: list[int], selected: list[bool]) -> list[np.ndarray]:
    """All selections that take as many from each pool, the one made first."""
    pools = [[i for i, k in enumerate(pool) if k == each] for each in sorted(set(pool))]
    chosen = [
        [set(some) for some in itertools.combinations(members, sum(selected[i] for i in members))] for members in pools
    ]
    all_of_them = [
        np.array([any(i in some for some in taken) for i in range(len(pool))]) for taken in itertools.product(*chosen)
    ]
    return sorted(all_of_them, key=lambda one: (one != np.array(selected)).any())


def score(comparison: FamilyMember, pool: list[int], selected: np.ndarray, columns: list[list[int]]) -> float:
    """The mid-p of a comparison, counted with masks, from the stratified test."""
    where = np.array(pool)
    of_group = np.all([np.array(columns[c]) == code for c, code, _ in comparison.parts], axis=0)
    known = np.all([np.isin(columns[c], list(among)) for c, _, among in comparison.parts], axis=0) | of_group
    masks = [of_group & selected, of_group, known & selected, known]
    margins = [[int((mask & (where == k)).sum()) for k in sorted(set(pool))] for mask in masks]
    names = ("group_selected", "group_total", "selected", "total")
    return stratified_test(**dict(zip(names, margins, strict=True))).midp


def by_the_book(scores: np.ndarray) -> list[float]:
    order = np.argsort(scores[0], kind="stable")
    adjusted, highest = np.empty(order.size), 0.0
    for position, test in enumerate(order):
        smallest = scores[:, order[position:]].min(axis=1)
        highest = max(highest, float(np.mean(smallest <= scores[0, test] * (1 + 1e-9))))
        adjusted[test] = highest
    return adjusted.tolist()


def people(seed: int, *, missing: float = 0.1, groups: int = 4) -> dict:
    """400 people in six pools, three characteristics and an age, selected without regard to any of them."""
    rng = np.random.default_rng(seed)
    pool = np.sort(rng.integers(0, 6, 400))
    selected = np.zeros(400, dtype=bool)
    for k in range(6):
        members = np.flatnonzero(pool == k)
        selected[rng.choice(members, members.size // 5, replace=False)] = True
    columns = [
        np.where(rng.random(400) < missing, -1, rng.choice(groups, 400, p=rng.dirichlet(np.arange(1.0, groups + 1))))
        for _ in range(3)
    ]
    age = np.where(rng.random(400) < missing, np.nan, rng.integers(18, 70, 400).astype(float))
    return {"pool": pool, "selected": selected, "columns": columns, "trends": [age]}


def every_group(groups: int = 4) -> list[FamilyMember]:
    return [FamilyMember(parts=((c, code, range(groups)),)) for c in range(3) for code in range(groups)]


@pytest.mark.parametrize("seed", range(3))
def test_it_agrees_with_going_through_every_selection(seed: int):
    draws = 4000
    exact = by_the_book(
        np.array(
            [
                [score(comparison, TINY["pool"], selected, TINY["columns"]) for comparison in FAMILY]
                for selected in every_selection(TINY["pool"], TINY["selected"])
            ]
        )
    )
    drawn = min_p(**TINY, comparisons=FAMILY, draws=draws, seed=seed)
    for p, q in zip(drawn.adjusted_pvalues, exact, strict=True):
        assert p == pytest.approx(q, abs=5 * math.sqrt(q * (1 - q) / draws) + 1 / draws)


@pytest.mark.parametrize("missing", [0.0, 0.15])
@pytest.mark.parametrize("seed", range(3))
def test_every_comparison_is_scored_by_its_own_mid_p_or_nearly(missing: float, seed: int):
    data, overlaps = people(seed, missing=missing), every_group()
    overlaps += [
        FamilyMember(parts=((0, a, range(4)), (2, b, (0, 1, 2, 3, -1))))
        for a, b in itertools.product(range(4), range(4))
    ]
    overlaps += [FamilyMember(parts=((0, 3, range(4)), (1, 2, range(4)), (2, 3, range(4))))]
    family = min_p(**data, comparisons=overlaps, draws=50, seed=1)
    expected = [score(each, data["pool"].tolist(), data["selected"], data["columns"]) for each in overlaps]
    scores = np.nan_to_num(family.scores[:-1], nan=1.0)
    np.testing.assert_allclose(scores, expected, atol=1e-9 if missing == 0.0 else 0.05)


def test_the_order_of_the_people_does_not_matter_to_the_scores():
    data = people(1)
    shuffled = np.random.default_rng(2).permutation(400)
    again = {
        "pool": data["pool"][shuffled] * 3 + 1,
        "selected": data["selected"][shuffled],
        "columns": [column[shuffled] for column in data["columns"]],
        "trends": [data["trends"][0][shuffled]],
    }
    first = min_p(**data, comparisons=every_group(), draws=2000, seed=1)
    second = min_p(**again, comparisons=every_group(), draws=2000, seed=1)
    np.testing.assert_allclose(first.scores[:-1], second.scores[:-1], atol=1e-12)
    np.testing.assert_allclose(first.adjusted_pvalues, second.adjusted_pvalues, atol=0.08)


def test_a_family_that_says_the_same_twice_costs_nothing():
    data = people(3)
    once = min_p(**data, comparisons=every_group()[:1], draws=500, seed=1)
    data["trends"] = []
    twice = min_p(**data, comparisons=every_group()[:1] * 2, draws=500, seed=1)
    alone = min_p(**data, comparisons=every_group()[:1], draws=500, seed=1)
    assert twice.adjusted_pvalues == alone.adjusted_pvalues * 2
    assert once.adjusted_pvalues[0] >= alone.adjusted_pvalues[0]


def test_it_finds_what_holm_finds_and_is_no_less_sharp():
    data = people(4, missing=0.0)
    data["trends"] = []
    leaning = np.where(data["selected"], 0, data["columns"][0])
    data["columns"] = [leaning, leaning, leaning]
    family = min_p(**data, comparisons=every_group(), draws=2000, seed=1)
    for p, q in zip(family.adjusted_pvalues, holm(family.scores).tolist(), strict=True):
        assert p <= q + 3 * math.sqrt(q * (1 - q) / 2000) + 1 / 2000


def test_a_trend_by_age_is_found_and_ages_in_reverse_tell_the_same():
    data = people(5)
    data["trends"] = [np.where(data["selected"], data["trends"][0] + 15, data["trends"][0])]
    family = min_p(**data, comparisons=[], draws=999, seed=1)
    assert family.scores == (0.001,)
    assert family.overall == 0.001
    data["trends"] = [-data["trends"][0], np.exp(data["trends"][0])]
    both = min_p(**data, comparisons=[], draws=999, seed=1)
    assert both.adjusted_pvalues == (0.001, 0.001)


def test_a_trend_is_the_share_of_all_selections_whose_ranks_lie_as_far_off():
    pool, made = TINY["pool"], TINY["selected"]
    age = np.array([60.0, 51.0, 30.0, 30.0, np.nan, 64.0, 25.0, 40.0, 41.0])
    ranks = np.array([[4, 3, 1.5, 1.5, np.nan], [4, 1, 2, 3, np.nan]])
    centred = np.concatenate([(ranks[0] - 2.5) / 5, (ranks[1, :4] - 2.5) / 5])
    scatter = [np.nansum(centred[:5] ** 2), np.nansum(centred[5:] ** 2)]

    def distance(selected: np.ndarray) -> float:
        m = [(selected & ~np.isnan(age))[:5].sum(), selected[5:].sum()]
        variance = sum(k * (4 - k) / 12 * s for k, s in zip(m, scatter, strict=True))
        return abs(np.nansum(centred[selected])) / math.sqrt(variance)

    distances = [distance(selected) for selected in every_selection(pool, made)]
    exact = np.mean([d >= distances[0] - 1e-9 for d in distances])
    family = min_p(pool=pool, selected=made, columns=[], comparisons=[], trends=[age], draws=4000, seed=1)
    assert family.scores[0] == pytest.approx(exact, abs=5 * math.sqrt(exact / 4000))


@pytest.mark.parametrize(
    ("column", "selected"),
    [
        ([1, 1, 1, 1], [True, False, False, False]),
        ([0, 0, 0, 0], [True, False, False, False]),
        ([1, -1, -1, 1], [True, False, False, False]),
        ([1, 0, 0, 1], [True, True, True, True]),
        ([1, 0, 0, 1], [False, False, False, False]),
    ],
    ids=["only the group", "nobody of it", "nobody known beside it", "everybody goes", "nobody goes"],
)
def test_a_comparison_no_selection_can_tell_of_is_nan_and_does_not_count(column: list[int], selected: list[bool]):
    informative = people(6)
    silent = min_p(
        pool=[0] * 4,
        selected=selected,
        columns=[column],
        comparisons=[FamilyMember(parts=((0, 1, (0, 1)),))],
        trends=[[5.0, 5.0, np.nan, 5.0]],
        draws=20,
        seed=1,
    )
    assert all(
        math.isnan(p) for p in (*silent.scores, *silent.adjusted_pvalues, *silent.standard_errors, silent.overall)
    )
    nobody = FamilyMember(parts=((0, 99, range(4)),))
    with_it = min_p(**informative, comparisons=[nobody, *every_group()], draws=100, seed=1)
    assert (
        with_it.adjusted_pvalues[1:]
        == min_p(**informative, comparisons=every_group(), draws=100, seed=1).adjusted_pvalues
    )


def test_where_those_selected_are_all_unknown_a_comparison_counts_with_score_one():
    family = min_p(
        pool=[0] * 6,
        selected=[True, False, False, False, False, False],
        columns=[[-1, 0, 1, 0, 1, 1]],
        comparisons=[FamilyMember(parts=((0, 1, (0, 1)),))],
        draws=50,
        seed=1,
    )
    assert family.scores == (1.0,)
    assert family.adjusted_pvalues == (1.0,)


@pytest.mark.parametrize("people_there", [0, 4])
def test_an_empty_family_has_no_p(people_there: int):
    empty = min_p(pool=[0] * people_there, selected=np.zeros(people_there, bool), columns=[], comparisons=[], seed=1)
    assert (empty.scores, empty.adjusted_pvalues) == ((), ())
    assert math.isnan(empty.overall)


def test_the_same_seed_gives_the_same():
    def run(seed: int) -> MinP:
        return min_p(**people(1), comparisons=every_group(), draws=200, seed=seed)

    assert run(7) == run(7)
    assert run(7).scores[:-1] == pytest.approx(run(8).scores[:-1], rel=1e-12)


def test_overall_is_the_smallest_adjusted_p():
    family = min_p(**people(2), comparisons=every_group(), draws=300, seed=1)
    assert family.overall == min(family.adjusted_pvalues)
    assert all(1 / 301 <= p <= 1 for p in family.adjusted_pvalues)


# ---- more people than are drawn one by one --------------------------------------------------------------------------


@pytest.fixture
def all_turned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(eia.stats.permutation.redraw_people, "ONE_BY_ONE", 0)


@pytest.mark.usefixtures("all_turned")
def test_turned_or_drawn_the_family_comes_out_alike():
    rng = np.random.default_rng(11)
    size, pools = 6000, 12
    pool = np.sort(rng.integers(0, pools, size))
    selected = np.zeros(size, dtype=bool)
    for k in range(pools):
        members = np.flatnonzero(pool == k)
        selected[rng.choice(members, members.size // 6, replace=False)] = True
    columns = [np.where(rng.random(size) < 0.05, -1, rng.choice(4, size, p=[0.5, 0.3, 0.15, 0.05])) for _ in range(3)]
    columns[0] = np.where(selected & (rng.random(size) < 0.05), 0, columns[0])
    data = {"pool": pool, "selected": selected, "columns": columns, "trends": [rng.normal(size=size)]}
    draws = 4000
    turned = min_p(**data, comparisons=every_group(), draws=draws, seed=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(eia.stats.permutation.redraw_people, "ONE_BY_ONE", size)
        drawn = min_p(**data, comparisons=every_group(), draws=draws, seed=1)
    np.testing.assert_allclose(turned.scores[:-1], drawn.scores[:-1], atol=1e-12)
    for one, other in zip(turned.adjusted_pvalues, drawn.adjusted_pvalues, strict=True):
        assert one == pytest.approx(other, abs=6 * math.sqrt(other * (1 - other) / draws) + 2 / draws)


@pytest.mark.simulation
@pytest.mark.usefixtures("all_turned")
def test_even_handed_selection_raises_no_more_false_alarms_than_stated_where_pools_are_turned():
    runs = 400
    alarms = sum(
        min_p(**people(run), comparisons=every_group(), draws=299, seed=run).overall <= 0.05 for run in range(runs)
    )
    assert 0.02 < alarms / runs < 0.085


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"pool": [-1] * 9}, ["not-counts"]),
        ({"selected": [1] * 9}, ["not-of-people"]),
        ({"selected": [True], "columns": [[0.5] * 9] * 3}, ["not-of-people"] * 4),
        ({"trends": [[math.inf] * 9]}, ["not-of-people"]),
        (
            {"trends": [[1.0]], "comparisons": [FamilyMember(parts=((3, 1, (0, 1)),))]},
            ["not-of-people", "column-not-there"],
        ),
        ({"draws": -5}, ["not-counts"]),
    ],
)
def test_every_fault_is_named_at_once(changes: dict, codes: list[str]):
    with pytest.raises(EiaError) as error:
        min_p(**({**TINY, "comparisons": FAMILY, "seed": 1} | changes))
    assert [fault.code for fault in error.value.faults] == codes


@pytest.mark.simulation
def test_even_handed_selection_raises_no_more_false_alarms_than_stated_with_answers_missing():
    runs = 400
    alarms = sum(
        min_p(**people(run), comparisons=every_group(), draws=299, seed=run).overall <= 0.05 for run in range(runs)
    )
    assert 0.02 < alarms / runs < 0.085


@pytest.mark.parametrize("alpha", [0.01, 0.05, 0.2])
def test_one_comparison_alone_is_positive_at_the_critical_score_and_the_strongest_is_at_no_larger_one(alpha: float):
    for run in range(3):
        family = min_p(**people(run), comparisons=every_group(), draws=299, seed=run, alpha=alpha)
        strongest = min(score for score in family.scores if not math.isnan(score))
        assert (family.overall <= alpha) == (strongest <= family.first_criticals[0])


def test_a_weight_divides_the_score_in_the_family_and_changes_no_score():
    data, members = people(3), every_group()
    weights = FamilyWeights(np.array([10.0] * 4 + [1.0] * 9), np.repeat(np.arange(4), [4, 4, 4, 1]))
    even = min_p(**data, comparisons=members, draws=999, seed=1)
    weighted = min_p(**data, comparisons=members, weights=weights, draws=999, seed=1)
    assert weighted.scores == even.scores
    first = int(np.argmin(weighted.scores[:4]))
    assert weighted.adjusted_pvalues[first] <= even.adjusted_pvalues[first]
    assert weighted.first_criticals[0] == pytest.approx(10 * weighted.first_criticals[-1])
    for p, critical in zip(weighted.scores, weighted.criticals, strict=True):
        assert (p <= critical) == (weighted.adjusted_pvalues[weighted.scores.index(p)] <= 0.05)


def test_in_its_own_family_a_test_is_adjusted_as_if_the_others_had_not_been_made():
    data, members = people(4), every_group()
    weights = FamilyWeights(np.ones(13), np.repeat(np.arange(4), [4, 4, 4, 1]))
    whole = min_p(**data, comparisons=members, weights=weights, draws=999, seed=1)
    alone = min_p(**data | {"trends": []}, comparisons=members[:4], draws=999, seed=1)
    for p, q, score in zip(whole.own_pvalues[:4], alone.adjusted_pvalues, whole.scores[:4], strict=True):
        assert p == pytest.approx(q, abs=5 * math.sqrt(0.25 / 999))
        assert p >= score - 3 * math.sqrt(0.25 / 999)


@pytest.mark.slow
def test_weights_keep_the_error_of_the_family():
    weights = FamilyWeights(np.array([10.0] * 4 + [1.0] * 9), np.repeat(np.arange(4), [4, 4, 4, 1]))
    runs = 400
    alarms = sum(
        min_p(**people(run), comparisons=every_group(), weights=weights, draws=299, seed=run).overall <= 0.05
        for run in range(runs)
    )
    assert alarms / runs <= 0.05 + 3 * math.sqrt(0.05 * 0.95 / runs)


def test_no_order_of_people_or_pools_changes_a_p_beyond_its_monte_carlo_error():
    data, members = people(5), every_group()
    before = min_p(**data, comparisons=members, draws=3_999, seed=1)
    rng = np.random.default_rng(1)
    for _ in range(3):
        order, names = rng.permutation(400), rng.permutation(6)
        again = min_p(
            pool=names[data["pool"][order]],
            selected=data["selected"][order],
            columns=[column[order] for column in data["columns"]],
            trends=[age[order] for age in data["trends"]],
            comparisons=members,
            draws=3_999,
            seed=1,
        )
        for p, q in zip(before.adjusted_pvalues, again.adjusted_pvalues, strict=True):
            assert q == pytest.approx(p, abs=6 * math.sqrt(0.25 / 4_000))
