"""Whole blocks permuted: which posts are in scope, and which pools lose most."""

from __future__ import annotations

import itertools
import math
from fractions import Fraction

import numpy as np
import pytest

from eia.errors import EiaError
from eia.stats.multiplicity import FamilyWeights
from eia.stats.permutation.arrangements import of_about_one_size
from eia.stats.permutation.whole_posts import PermutedTest, excess_by_chance, permuted_blocks

SCOPE = [1, 1, 1, 0, 0, 0, 0, 0]
SPREAD = [0.5, 0.25, 0.25, 0.1, 0.0, 0.4]


def every_order(weights: list[float], group: list[int], total: list[int]) -> tuple[Fraction, list[Fraction]]:
    """The excess in exact fractions: the observed one, and that of every order of the weights over blocks with people."""
    blocks = [(Fraction(w).limit_denominator(100), g, n) for w, g, n in zip(weights, group, total, strict=True) if n]
    share = Fraction(sum(g for _, g, _ in blocks), sum(n for _, _, n in blocks))
    e = [g - n * share for _, g, n in blocks]
    orders = itertools.permutations([w for w, _, _ in blocks])
    excesses = [sum((w * r for w, r in zip(order, e, strict=True)), Fraction(0)) for order in orders]
    return excesses[0], excesses


def made_up(seed: int, blocks: int, groups: int = 1) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    total = rng.integers(1, 12, (groups, blocks))
    return rng.binomial(total, 0.4), total


def one(weights: list[float], group: np.ndarray, total: np.ndarray, **options: int) -> PermutedTest:
    (test,) = permuted_blocks(weights=weights, group_total=group, total=total, seed=1, **options)
    return test


@pytest.mark.parametrize("weights", [[1, 1, 1, 0, 0, 0, 0], SPREAD, [1, 1, 0, 0], [0.2, 0.7]])
@pytest.mark.parametrize("seed", range(4))
def test_p_and_sd_are_those_of_every_order_in_exact_fractions(weights: list[float], seed: int):
    group, total = made_up(seed, len(weights))
    observed, excesses = every_order(weights, group[0].tolist(), total[0].tolist())
    test = one(weights, group, total)
    assert test.method == "permutation of blocks, every arrangement"
    assert test.excess == pytest.approx(float(observed), abs=1e-12)
    assert test.pvalue == pytest.approx(sum(abs(x) >= abs(observed) for x in excesses) / len(excesses))
    assert test.pvalue_greater == pytest.approx(sum(x >= observed for x in excesses) / len(excesses))
    assert test.pvalue_less == pytest.approx(sum(x <= observed for x in excesses) / len(excesses))
    assert test.sd == pytest.approx(math.sqrt(sum(x * x for x in excesses) / len(excesses)))
    assert test.standard_error == 0.0


@pytest.mark.parametrize("seed", range(4))
def test_the_excess_by_chance_is_that_of_every_order_the_observed_one_first(seed: int):
    group, total = made_up(seed, len(SPREAD))
    observed, excesses = every_order(SPREAD, group[0].tolist(), total[0].tolist())
    made = excess_by_chance(weights=SPREAD, group_total=group[0], total=total[0], among="all", seed=1)
    assert made[0] == pytest.approx(float(observed), abs=1e-12)
    assert np.unique(made.round(9)) == pytest.approx(np.unique(np.array(excesses, dtype=float).round(9)))


@pytest.mark.parametrize("among", ["all", "alike", "units"])
def test_the_excess_by_chance_gives_the_p_of_what_was_permuted(among: str):
    group, total = made_up(3, 60)
    weights, size, unit = np.arange(60) % 3 == 0, total[0], np.arange(60) // 5
    test = one(weights, group, total, size=size, unit=unit)
    made = excess_by_chance(
        weights=weights, group_total=group[0], total=total[0], among=among, size=size, unit=unit, seed=1
    )
    distance = np.abs(made - made.mean())
    told = {"all": test.among_all, "alike": test.among_alike, "units": test.among_units}
    assert (distance >= distance[0] - 1e-9).mean() == pytest.approx(told[among], abs=0.02)
    assert told[test.decides] == test.pvalue


@pytest.mark.parametrize("seed", range(4))
def test_drawing_agrees_with_going_through_every_order(seed: int):
    group, total = made_up(seed, 8)
    exact, drawn = one(SCOPE, group, total), one(SCOPE, group, total, draws=55)
    assert drawn.method == "permutation of blocks, Monte Carlo"
    assert drawn.draws == 55
    many = [
        permuted_blocks(weights=SCOPE, group_total=group, total=total, draws=55, seed=s)[0].pvalue for s in range(60)
    ]
    assert np.mean(many) == pytest.approx(exact.pvalue + (1 - exact.pvalue) / 56, abs=5 * np.std(many) / 60**0.5 + 1e-9)


def test_the_number_of_orders_that_can_be_gone_through_is_that_of_distinct_ones():
    group, total = made_up(1, 8)
    assert one(SCOPE, group, total, draws=56).draws == 55
    assert one(SCOPE, group, total, draws=55).method.endswith("Monte Carlo")


def test_a_group_and_everyone_else_mirror_each_other():
    group, total = made_up(3, 30)
    both = permuted_blocks(
        weights=[1] * 12 + [0] * 18, group_total=[group[0], total[0] - group[0]], total=[total[0]] * 2, seed=1
    )
    assert both[0].excess == pytest.approx(-both[1].excess)
    assert both[0].pvalue == both[1].pvalue
    assert both[0].pvalue_greater == both[1].pvalue_less


def test_a_family_that_says_the_same_twice_costs_nothing():
    group, total = made_up(3, 30)
    first, second = permuted_blocks(
        weights=[1] * 12 + [0] * 18, group_total=[group[0]] * 2, total=[total[0]] * 2, seed=1
    )
    assert first.adjusted_pvalue == second.adjusted_pvalue == first.pvalue


def test_adjusted_p_is_the_smallest_of_every_order_step_by_step():
    group, total = made_up(5, 6, groups=3)
    tests = permuted_blocks(weights=SPREAD, group_total=group, total=total, seed=1)
    distances = []
    for g, n in zip(group.tolist(), total.tolist(), strict=True):
        _, excesses = every_order(SPREAD, g, n)
        distances.append([abs(x) for x in excesses])
    in_sds = [[x / test.sd for x in of] for of, test in zip(distances, tests, strict=True)]
    share = [[sum(other >= x for other in of) / len(of) for x in of] for of in distances]
    nudge = 0.5 / len(distances[0])  # of two equal shares the one farther out, in standard deviations, is the stronger
    p = [
        [part - nudge * x / (1 + x) for part, x in zip(shares, far, strict=True)]
        for shares, far in zip(share, in_sds, strict=True)
    ]
    order = sorted(range(3), key=lambda i: p[i][0])
    expected, highest = [0.0] * 3, 0.0
    for position, i in enumerate(order):
        smallest = [min(p[j][row] for j in order[position:]) for row in range(len(p[0]))]
        highest = max(highest, sum(value <= p[i][0] * (1 + 1e-12) for value in smallest) / len(smallest))
        expected[i] = highest
    assert [test.adjusted_pvalue for test in tests] == pytest.approx(expected)


def test_a_group_not_counted_leaves_the_family_as_it_would_be_without_it():
    group, total = made_up(4, 30, groups=3)
    weights = [1] * 12 + [0] * 18
    some = permuted_blocks(weights=weights, group_total=group, total=total, counted=[True, False, True], seed=1)
    alone = permuted_blocks(weights=weights, group_total=group[[0, 2]], total=total[[0, 2]], seed=1)
    assert math.isnan(some[1].adjusted_pvalue)
    assert some[1].pvalue < 1.0
    assert [some[0], some[2]] == list(alone)


@pytest.mark.parametrize("weights", [[1, 1, 1, 0, 0, 0, 0, 1], [0.2, 0.3, 0.1, 0.4, 0.0, 0.6, 0.0, 0.9]])
def test_blocks_where_nobody_answered_are_left_out(weights: list[float]):
    group, total = made_up(2, 8)
    group[0, [3, 7]] = total[0, [3, 7]] = 0
    held = total[0] > 0
    with_empty, without = one(weights, group, total), one(np.array(weights)[held], group[:, held], total[:, held])
    assert with_empty.blocks == without.blocks == 6
    assert with_empty.fewest == without.fewest
    assert with_empty.sd == pytest.approx(without.sd)
    assert with_empty.pvalue == pytest.approx(without.pvalue)


def test_groups_may_differ_in_whose_answer_is_known_and_in_their_weights():
    group, total = made_up(6, 6, groups=2)
    total[1, 2] = group[1, 2] = 0
    weights = np.array([SPREAD, [0.4, 0.2, math.nan, 0.1, 0.0, 0.5]])
    together = permuted_blocks(weights=weights, group_total=group, total=total, seed=1)
    for i, test in enumerate(together):
        held = total[i] > 0
        alone = one(weights[i, held].tolist(), group[i : i + 1, held], total[i : i + 1, held])
        assert test.pvalue == pytest.approx(alone.pvalue)
        assert test.sd == pytest.approx(alone.sd)


@pytest.mark.parametrize(
    ("weights", "group", "total"),
    [
        ([1, 1, 0, 0], [2, 4, 6, 8], [4, 8, 12, 16]),
        ([1, 1, 1, 1], [2, 0, 1, 3], [4, 4, 4, 4]),
        ([1, 0, 0, 0], [3, 0, 0, 0], [3, 0, 0, 0]),
        ([1, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]),
        ([], [], []),
    ],
    ids=["even group", "even weights", "one block", "nobody", "no blocks"],
)
def test_where_no_order_changes_anything_nothing_is_told(weights: list[float], group: list[int], total: list[int]):
    test = one(weights, np.array([group], dtype=int), np.array([total], dtype=int))
    assert (test.pvalue, test.pvalue_greater, test.pvalue_less) == (1.0, 1.0, 1.0)
    assert test.sd == pytest.approx(0.0, abs=1e-12)
    assert math.isnan(test.adjusted_pvalue)


def test_no_groups_give_no_tests():
    assert permuted_blocks(weights=[1, 0], group_total=np.empty((0, 2), int), total=np.empty((0, 2), int), seed=1) == ()


def test_the_sides_are_in_and_out_for_scope_and_about_the_average_share_for_spread():
    group, total = np.array([[1, 1, 1, 1]]), np.array([[4, 4, 4, 4]])
    assert one([1, 0, 0, 0], group, total).fewest == 1
    assert one([0.5, 0.1, 0.1, 0.1], group, total).fewest == 1
    assert one([0.3, 0.3, 0.3, 0.1], group, total).fewest == 1


def test_the_interval_is_the_excess_and_z_standard_deviations():
    test = one(SCOPE, *made_up(1, 8), draws=100)
    assert test.gap_interval.high - test.excess == pytest.approx(1.959963985 * test.sd)
    assert test.gap_interval.low + test.gap_interval.high == pytest.approx(2 * test.excess)


def test_the_same_seed_gives_the_same_and_another_much_the_same():
    group, total = made_up(1, 40)
    weights = [1] * 15 + [0] * 25
    first, again = one(weights, group, total), one(weights, group, total)
    (other,) = permuted_blocks(weights=weights, group_total=group, total=total, seed=2)
    assert first == again
    assert abs(first.pvalue - other.pvalue) < 6 * (first.standard_error + other.standard_error)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"weights": [1, 0]}, "not-weights"),
        ({"weights": [1, 0, math.nan]}, "not-weights"),
        ({"weights": ["a", "b", "c"]}, "not-weights"),
        ({"group_total": [[5, 1, 1]]}, "part-larger-than-whole"),
        ({"total": [[4, 4.5, 4]]}, "not-counts"),
        ({"counted": [1]}, "not-flags"),
        ({"counted": [True, True]}, "not-flags"),
        ({"level": 1.0}, "level-out-of-range"),
        ({"draws": -1}, "not-counts"),
    ],
)
def test_what_is_not_a_family_of_blocks_is_refused(changes: dict, code: str):
    with pytest.raises(EiaError) as error:
        permuted_blocks(
            **({"weights": [1, 0, 0], "group_total": [[1, 1, 1]], "total": [[4, 4, 4]], "seed": 1} | changes)
        )
    assert [fault.code for fault in error.value.faults] == [code]


@pytest.mark.simulation
def test_a_family_on_posts_of_one_sex_raises_no_more_false_alarms_than_stated():
    rng = np.random.default_rng(11)
    alarms, runs = 0, 400
    for run in range(runs):
        total = rng.integers(3, 25, 60)
        women = rng.binomial(total, rng.beta(0.15, 0.15, 60))
        others = rng.binomial(total, np.stack([rng.beta(0.4, 2.0, 60) for _ in range(9)]))
        family = permuted_blocks(
            weights=rng.permutation(60) < 20,
            group_total=np.vstack([women, others]),
            total=np.stack([total] * 10),
            draws=499,
            seed=run,
        )
        alarms += any(test.adjusted_pvalue <= 0.05 for test in family)
    assert 0.02 < alarms / runs < 0.085


# ------------------------------------------------------------------------------------------------ blocks of about one size


SIZED = [3] * 10 + [9] * 10


def two_sizes(seed: int) -> tuple[list[float], list[int]]:
    """Ten pools of three and ten of nine, a few of the group in each; who goes differs in two small pools and two large ones."""
    rng = np.random.default_rng(seed)
    weights = [0.0] * 20
    for pool, share in ((0, 1 / 3), (1, 2 / 3), (10, 1 / 9), (11, 3 / 9)):
        weights[pool] = share
    return weights, rng.binomial(SIZED, 0.4).tolist()


@pytest.mark.parametrize("seed", range(4))
def test_among_blocks_of_one_size_p_is_that_of_every_order_within_each_size_in_exact_fractions(seed: int):
    weights, group = two_sizes(seed)
    share = Fraction(sum(group), sum(SIZED))
    e = [g - n * share for g, n in zip(group, SIZED, strict=True)]
    w = [Fraction(weight).limit_denominator(9) for weight in weights]
    excesses = [
        w[0] * e[a] + w[1] * e[b] + w[10] * e[c] + w[11] * e[d]
        for a, b in itertools.permutations(range(10), 2)
        for c, d in itertools.permutations(range(10, 20), 2)
    ]
    mean = sum(excesses, Fraction(0)) / len(excesses)
    far = abs(sum((x * y for x, y in zip(w, e, strict=True)), Fraction(0)) - mean)
    exact = sum(abs(x - mean) >= far for x in excesses) / len(excesses)
    (test,) = permuted_blocks(weights=weights, group_total=[group], total=[SIZED], size=SIZED, seed=1, draws=20_000)
    assert test.among_alike == pytest.approx(exact, abs=5 * math.sqrt(exact * (1 - exact) / 20_000) + 1e-4)
    assert test.pvalue == max(test.among_all, test.among_alike)
    sds = [
        math.sqrt(sum((x - mean) ** 2 for x in excesses) / len(excesses)),
        one(weights, np.array([group]), np.array([SIZED])).sd,
    ]
    assert test.sd == pytest.approx(max(sds))
    assert test.excess == pytest.approx(float(sum(x * y for x, y in zip(w, e, strict=True))))


@pytest.mark.parametrize("size", [None, [5] * 20, [*range(1, 20), 19]])
def test_without_two_sizes_of_ten_there_is_one_p(size: list[int] | None):
    group, total = made_up(2, 20)
    weights = [0.1] * 8 + [0.3] * 12
    (test,) = permuted_blocks(weights=weights, group_total=group, total=total, size=size, seed=1, draws=999)
    alone = one(weights, group, total, draws=999)
    if size is None or len(set(size)) == 1:
        assert math.isnan(test.among_alike)
        assert test.pvalue == test.among_all == alone.pvalue
        assert test.adjusted_pvalue == alone.adjusted_pvalue
    else:
        assert not math.isnan(test.among_alike)


@pytest.mark.parametrize(
    ("size", "numbers"),
    [
        ([], []),
        ([4], [0]),
        ([5] * 25, [0] * 25),
        (list(range(9, -1, -1)) + list(range(10, 20)), [0] * 10 + [1] * 10),
        (list(range(19)), [0] * 19),
        ([1] * 12 + [2] * 9 + [3], [0] * 12 + [1] * 10),
        ([1] * 9 + [2] * 5 + [3] * 10, [0] * 14 + [1] * 10),
        ([1] * 10 + [2] * 10 + [3] * 5, [0] * 10 + [1] * 15),
    ],
)
def test_blocks_of_about_one_size_are_ten_or_more_and_those_of_one_size_never_apart(
    size: list[int], numbers: list[int]
):
    assert of_about_one_size(np.array(size, dtype=np.int64)).tolist() == numbers


def test_where_the_share_is_settled_by_size_the_group_cannot_be_told_from_it():
    weights, group = [1 / 3] * 10 + [1 / 9] * 10, [2] * 10 + [1] * 10
    (test,) = permuted_blocks(weights=weights, group_total=[group], total=[SIZED], size=SIZED, seed=1, draws=999)
    assert test.among_all < 0.01
    assert (test.among_alike, test.pvalue, test.adjusted_pvalue) == (1.0, 1.0, 1.0)


def test_blocks_without_anybody_known_move_no_share_to_another_size():
    """Of the large pools only one is known to the second group: its share stays where it is."""
    weights = [0.0, 1 / 3] * 5 + [2 / 9, 1 / 9] * 5
    total = [SIZED, [3] * 10 + [9] + [0] * 9]
    group = [[1] * 20, [1, 2] * 5 + [8] + [0] * 9]
    tests = permuted_blocks(weights=weights, group_total=group, total=total, size=SIZED, seed=1, draws=5_000)
    small = [weights[:10], group[1][:10]]
    share = Fraction(sum(group[1]), sum(total[1]))
    excesses = [sum(float(g - 3 * share) / 3 for g in chosen) for chosen in itertools.combinations(small[1], 5)]
    mean = sum(excesses) / len(excesses)
    far = abs(sum(w * float(g - 3 * share) for w, g in zip(*small, strict=True)) - mean)
    exact = sum(abs(x - mean) >= far - 1e-9 for x in excesses) / len(excesses)
    assert tests[1].among_alike == pytest.approx(exact, abs=5 * math.sqrt(0.25 / 5_000))


@pytest.mark.parametrize("size", [[1, 2], [1.5] * 20, [-1] * 20])
def test_sizes_that_are_not_those_of_the_blocks_are_refused(size: list[float]):
    group, total = made_up(1, 20)
    with pytest.raises(EiaError):
        permuted_blocks(weights=[0.1] * 20, group_total=group, total=total, size=size, seed=1)


def null_pools(seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Thirty pools of 1 to 3 people and thirty of 20 to 40, each to lose a fifth, rounded up or down by chance."""
    rng = np.random.default_rng(seed)
    total = np.concatenate([rng.integers(1, 4, 30), rng.integers(20, 41, 30)])
    return total, np.floor(0.2 * total + rng.random(60)) / total


def test_a_group_of_small_pools_raises_no_more_false_alarms_than_promised_though_among_all_pools_it_would():
    """Senior staff work in the ten smallest pools and nowhere else."""
    tries, level = 300, 0.05
    alarms = among_all = 0
    for seed in range(tries):
        total, shares = null_pools(seed)
        senior = np.where(np.argsort(np.argsort(total, kind="stable")) < 10, total, 0)
        (test,) = permuted_blocks(weights=shares, group_total=[senior], total=[total], size=total, seed=seed, draws=199)
        alarms += test.pvalue <= level
        among_all += test.among_all <= level
    promised = level * tries + 3 * math.sqrt(level * (1 - level) * tries)
    assert alarms <= promised < among_all


def larger_lose_more_and_hold_more_women_who_within_a_size_lose_less() -> dict[str, object]:
    """Twenty pools of ten people and twenty of forty. Small pools lose a tenth on average, large ones three tenths; women are a fifth of the first
    and three fifths of the second. Of either size the pools with fewer women lose a tenth more."""
    women = np.array([1, 3] * 10 + [20, 28] * 10)
    shares = np.array([0.15, 0.05] * 10 + [0.35, 0.25] * 10)
    total = np.array([10] * 20 + [40] * 20)
    return {"weights": shares, "group_total": [women], "total": [total], "size": total, "seed": 1, "draws": 1_999}


def test_where_one_size_decides_its_own_direction_counts():
    (larger,) = permuted_blocks(**larger_lose_more_and_hold_more_women_who_within_a_size_lose_less())
    (alone,) = permuted_blocks(**larger_lose_more_and_hold_more_women_who_within_a_size_lose_less(), decides="one size")
    assert larger.among_all < 0.05
    assert larger.among_alike < 0.05
    assert larger.apart
    assert larger.gap == pytest.approx(larger.excess)
    assert larger.gap > 0
    assert not alone.apart
    assert alone.pvalue == alone.among_alike
    assert alone.gap < 0 < alone.excess
    assert alone.gap_interval.high < 0


def test_one_size_alone_finds_what_the_larger_of_two_misses():
    """Women's pools lose more, in forty pools of two and twenty of thirty; shares of one in two are noise among all of them."""
    found = {"larger": 0, "one size": 0}
    for seed in range(40):
        rng = np.random.default_rng(seed)
        total = np.array([2] * 40 + [30] * 20)
        typed = np.tile([0.2, 0.8], 30)
        women = rng.binomial(total, typed)
        shares = np.floor(total * np.where(typed > 0.5, 0.3, 0.2) + rng.random(60)) / total
        for decides in found:
            (test,) = permuted_blocks(
                weights=shares, group_total=[women], total=[total], size=total, seed=seed, draws=199, decides=decides
            )
            found[decides] += test.pvalue <= 0.05
    assert found["one size"] > found["larger"]
    assert found["one size"] >= 36


def test_without_sizes_to_tell_apart_one_size_is_all_blocks():
    group, total = made_up(2, 20)
    options = {"weights": [0.1] * 8 + [0.3] * 12, "group_total": group, "total": total, "seed": 1, "draws": 999}
    assert repr(permuted_blocks(**options, size=[5] * 20, decides="one size")) == repr(permuted_blocks(**options))


def every_way_by_unit(weights: list[int], e: list[float], unit: list[int]) -> list[float]:
    """The excess of every way to permute the units' average weights, added to that of every way to permute weights within the units."""
    units = [[i for i in range(len(unit)) if unit[i] == u] for u in sorted(set(unit))]
    averages = [sum(weights[i] for i in blocks) / len(blocks) for blocks in units]
    sums = [sum(e[i] for i in blocks) for blocks in units]
    kept = sum(w * x for w, x in zip(averages, sums, strict=True))
    within = [
        sum(w * e[i] for order, blocks in zip(orders, units, strict=True) for w, i in zip(order, blocks, strict=True))
        for orders in itertools.product(*(itertools.permutations([weights[i] for i in blocks]) for blocks in units))
    ]
    between = [sum(w * x for w, x in zip(order, sums, strict=True)) for order in itertools.permutations(averages)]
    return [one - kept + other for one in within for other in between]


@pytest.mark.parametrize("seed", range(4))
def test_by_unit_p_is_that_of_every_way_to_permute_units_and_blocks_within_them(seed: int):
    group, total = made_up(seed, 9)
    weights, unit = [1, 1, 0, 1, 0, 0, 0, 0, 1], [0, 0, 0, 1, 1, 1, 2, 2, 2]
    share = group.sum() / total.sum()
    e = (group[0] - total[0] * share).tolist()
    excess = sum(w * x for w, x in zip(weights, e, strict=True))
    ways = every_way_by_unit(weights, e, unit)
    exact = sum(abs(way) >= abs(excess) - 1e-9 for way in ways) / len(ways)
    (test,) = permuted_blocks(weights=weights, group_total=group, total=total, unit=unit, seed=1, draws=20_000)
    assert test.among_units == pytest.approx(exact, abs=5 * math.sqrt(0.25 / 20_000))
    assert test.pvalue == max(test.among_all, test.among_units)
    assert test.excess == pytest.approx(excess)
    variance = np.var(ways)
    assert test.sd == pytest.approx(max(math.sqrt(variance), one(weights, group, total).sd), rel=1e-6)


def test_what_happens_within_units_is_not_lost_where_whole_units_are_permuted():
    """Twelve units of twenty-four have pools, and in these the posts with most women go in: between units there is nothing."""
    rng = np.random.default_rng(3)
    unit = np.repeat(np.arange(24), 6)
    women = np.tile([9, 8, 7, 3, 2, 1], 24)
    weights = np.where((unit < 12) & (np.tile(np.arange(6), 24) < 3), 1, 0)
    order = rng.permutation(144)
    (test,) = permuted_blocks(
        weights=weights[order], group_total=[women[order]], total=[[10] * 144], unit=unit[order], seed=1, draws=1_999
    )
    assert test.among_units < 0.01


def test_units_that_go_in_whole_are_what_is_dealt_out():
    unit = np.repeat(np.arange(8), 5)
    women = np.where(unit < 3, 8, 3)
    (test,) = permuted_blocks(weights=unit < 3, group_total=[women], total=[[10] * 40], unit=unit, seed=1, draws=4_999)
    assert test.among_all < 0.001
    assert test.among_units == pytest.approx(1 / 56, abs=0.01)
    assert test.fewest == 3


def test_units_that_all_go_in_alike_leave_what_is_within_them():
    unit = np.repeat(np.arange(6), 4)
    group, total = made_up(4, 24)
    (test,) = permuted_blocks(weights=[1, 1, 0, 0] * 6, group_total=group, total=total, unit=unit, seed=1, draws=999)
    assert 0 < test.among_units <= 1
    assert test.sd > 0


def test_a_weight_ten_times_as_large_finds_at_a_tenth_of_the_p():
    rng = np.random.default_rng(8)
    total = np.tile(rng.integers(5, 12, 30), (12, 1))
    group = rng.binomial(total, 0.4)
    options = {"weights": np.arange(30) < 15, "group_total": group, "total": total, "seed": 1, "draws": 1_999}
    even = permuted_blocks(**options)
    first = permuted_blocks(**options, family=FamilyWeights(np.array([10.0] + [1.0] * 11), np.arange(12)))
    assert first[0].adjusted_pvalue < even[0].adjusted_pvalue
    assert all(one.own_pvalue == pytest.approx(one.pvalue) for one in first)
    assert [one.pvalue for one in first] == [one.pvalue for one in even]


def test_something_stands_out_somewhere_as_often_as_families_of_their_own_make_it():
    rng = np.random.default_rng(3)
    total = np.tile(rng.integers(5, 12, 40), (10, 1))
    group = rng.binomial(total, 0.4)
    options = {"weights": np.arange(40) < 20, "group_total": group, "total": total, "seed": 1, "draws": 1_999}
    ten = permuted_blocks(**options, family=FamilyWeights(np.ones(10), np.arange(10)))[0].standing_out
    together = permuted_blocks(**options)[0].standing_out
    assert together == pytest.approx(0.05, abs=0.01)
    assert ten == pytest.approx(1 - 0.95**10, abs=0.06)


@pytest.mark.parametrize("decides", ["larger", "one size"])
def test_no_order_of_blocks_changes_a_p_beyond_its_monte_carlo_error(decides: str):
    rng = np.random.default_rng(6)
    total = rng.integers(2, 30, (3, 60))
    group, weights = rng.binomial(total, 0.4), rng.random(60)
    options = {"size": total.max(axis=0), "seed": 1, "draws": 4_999, "decides": decides}
    tests = permuted_blocks(weights=weights, group_total=group, total=total, **options)
    for _ in range(5):
        order = rng.permutation(60)
        again = permuted_blocks(
            weights=weights[order], group_total=group[:, order], total=total[:, order],
            **(options | {"size": total.max(axis=0)[order]}),
        )  # fmt: skip
        for before, after in zip(tests, again, strict=True):
            assert after.gap == pytest.approx(before.gap)
            assert after.sd == pytest.approx(before.sd)
            assert after.pvalue == pytest.approx(before.pvalue, abs=6 * before.standard_error + 1e-3)


@pytest.mark.parametrize("family", [FamilyWeights.even(2), FamilyWeights(np.array([0.0]), np.array([0]))])
def test_weights_that_are_not_of_the_groups_are_refused(family: FamilyWeights):
    group, total = made_up(1, 20)
    with pytest.raises(EiaError):
        permuted_blocks(weights=[0.1] * 20, group_total=group, total=total, family=family, seed=1)
