"""Age as a number: the trend and the cuts are those worked out by hand from every way to select, and a trend never says "not_found"."""

from __future__ import annotations

import math
from collections.abc import Sequence

import by_hand
import pytest
from made import assessed, case, table

from eia.findings.supplementary.age import Age

QUICK = case(analysis={"draws": 999})
AGES = [[23, 31, 31, 44, 52, 58, 60], [25, 38, 47, 47, 63]]
GONE = [{4, 5, 6}, {3, 4}]  # by place in the pool


def people(ages: Sequence[Sequence[int | str]], gone: Sequence[set[int]]) -> bytes:
    """Pools of people of these ages; women and men turn by turn."""
    rows = [
        [str(age), "FM"[place % 2], "ABCDE"[pool], "selected" if place in gone[pool] else "retained"]
        for pool, pool_ages in enumerate(ages)
        for place, age in enumerate(pool_ages)
    ]
    return table(rows, ["age", "sex", "pool", "outcome"])


def of(ages: Sequence[Sequence[int | str]], gone: Sequence[set[int]]) -> Age:
    age = assessed(people(ages, gone), QUICK).further.age
    assert age is not None
    return age


def midrank(pool: Sequence[int], age: int) -> float:
    return sum(other < age for other in pool) + (sum(other == age for other in pool) + 1) / 2


SIZES = [(len(ages), len(gone)) for ages, gone in zip(AGES, GONE, strict=True)]
MADE = frozenset(place + (0, len(AGES[0]))[pool] for pool, gone in enumerate(GONE) for place in gone)
SCORE = [(midrank(pool, age) - (len(pool) + 1) / 2) / (len(pool) + 1) for pool in AGES for age in pool]


def test_the_trend_is_that_of_every_way_to_select() -> None:
    trend = of(AGES, GONE).trend
    assert trend.draws == 0
    assert trend.pvalue == pytest.approx(by_hand.share_as_far(lambda s: abs(sum(SCORE[i] for i in s)), SIZES, MADE))
    every_age = [age for pool in AGES for age in pool]
    assert trend.mean_selected == pytest.approx(sum(every_age[i] for i in MADE) / 5)
    assert trend.expected_mean == pytest.approx(
        sum(m * sum(pool) / n for pool, (n, m) in zip(AGES, SIZES, strict=True)) / 5
    )


def test_the_trend_is_adjusted_in_the_family_of_selection_and_stands_last_there() -> None:
    assessment = assessed(people(AGES, GONE), QUICK)
    age, drawn = assessment.further.age, assessment.drawn.selection
    assert age is not None
    assert drawn is not None
    assert age.adjusted_p == drawn.adjusted_pvalues[-1]
    assert age.adjusted_p >= age.trend.pvalue - 0.05  # drawn, and therefore nearly so


def test_named_cuts_have_the_counts_and_the_p_of_their_tables() -> None:
    age = of(AGES, GONE)
    assert [cut.age for cut in age.cuts.named] == [22, 41, 50, 55, 60, 65]
    for cut, test in zip(age.cuts.named, age.named, strict=True):
        pools: list[by_hand.Pool] = [
            (sum(ages[place] >= cut.age for place in gone), sum(a >= cut.age for a in ages), len(gone), len(ages))
            for ages, gone in zip(AGES, GONE, strict=True)
        ]
        telling = [pool for pool in pools if 0 < pool[1] < pool[3]]
        assert test.informative_pools == len(telling)
        if telling:
            assert (test.observed, test.expected) == (
                sum(pool[0] for pool in telling),
                pytest.approx(float(by_hand.expected(telling))),
            )
            assert test.midp == pytest.approx(float(by_hand.midp(telling)))


def test_the_cut_searched_for_is_the_best_of_those_with_enough_people_and_its_p_allows_for_the_search() -> None:
    ages = [list(range(20, 44, 2)), list(range(21, 45, 2))]
    gone = [{8, 9, 10, 11}, {9, 10, 11}]
    age = of(ages, gone)
    everyone = [a for pool in ages for a in pool]
    sizes, made = [(12, 4), (12, 3)], frozenset({8, 9, 10, 11, 21, 22, 23})

    def telling(cut: int) -> list[int]:
        return [pool for pool in (0, 1) if 0 < sum(a >= cut for a in ages[pool]) < 12]

    def z(cut: int, selected: frozenset[int]) -> float:
        excess = variance = 0.0
        for pool in telling(cut):
            n, m = sizes[pool]
            g = sum(a >= cut for a in ages[pool])
            excess += sum(everyone[i] >= cut for i in selected if i // 12 == pool) - g * m / n
            variance += m * (n - m) * g * (n - g) / (n * n * (n - 1))
        return excess / math.sqrt(variance)

    def searched() -> list[int]:
        found = []
        for cut in range(20, 52):
            older = sum(a >= cut for pool in telling(cut) for a in ages[pool])
            if min(older, 12 * len(telling(cut)) - older) >= 10:
                found.append(cut)
        return found

    assert list(age.cuts.searched) == searched()
    assert age.cuts.best is not None
    assert age.best is not None
    best = max(searched(), key=lambda cut: abs(z(cut, made)))
    assert age.cuts.best.age == best
    assert age.cuts.best.z == pytest.approx(z(best, made))
    assert age.cuts.pvalue > age.best.midp


OLD_GO, YOUNG_GO = {8, 9}, {0, 1}
TEN = list(range(25, 65, 4))


@pytest.mark.parametrize(
    ("gone", "level", "direction"),
    [
        (OLD_GO, "found", "against"),
        (YOUNG_GO, "found", "for"),
        ({4, 5}, "cannot_say", None),
        ({1, 8}, "cannot_say", None),
    ],
)
def test_where_the_oldest_go_the_trend_is_against_older_people_and_where_nothing_stands_out_it_cannot_tell(
    gone: set[int], level: str, direction: str | None
) -> None:
    age = of([TEN] * 5, [gone] * 5)
    assert (age.level, age.direction) == (level, direction)


def test_where_all_in_a_pool_have_one_age_there_is_no_trend() -> None:
    age = of([[40] * 6, [50] * 6], [{0, 1}, {2}])
    assert (age.level, age.direction) == ("not_tested", None)
    assert math.isnan(age.adjusted_p)


def test_unknown_ages_are_left_out_and_counted() -> None:
    assert of([[*TEN, "", ""]], [OLD_GO]).trend.unknown == 2


def test_a_file_without_ages_has_no_trend() -> None:
    assert (
        assessed(table([["F", "A", "selected"], ["M", "A", "retained"]], ["sex", "pool", "outcome"]), QUICK).further.age
        is None
    )
