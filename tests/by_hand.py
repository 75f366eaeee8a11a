"""Takes the tables of pools; gives exact figures by going through everything, in whole numbers and fractions, without the toolkit."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction

Pool = tuple[int, int, int, int]  # of the group and selected, of the group, selected, everyone


def law(pools: Iterable[Pool]) -> dict[int, Fraction]:
    """The chance of every number of the group selected in all, if selection ignored the group."""
    whole = {0: Fraction(1)}
    for _, g, m, n in pools:
        ways = {
            x: Fraction(math.comb(g, x) * math.comb(n - g, m - x), math.comb(n, m))
            for x in range(max(0, g + m - n), min(g, m) + 1)
        }
        whole = {
            total: sum((whole[a] * ways[total - a] for a in whole if total - a in ways), Fraction(0))
            for total in range(min(whole) + min(ways), max(whole) + max(ways) + 1)
        }
    return whole


def expected(pools: Iterable[Pool]) -> Fraction:
    """People of the group selected, if selection ignored it."""
    return sum((Fraction(g * m, n) for _, g, m, n in pools if n), Fraction(0))


def midp(pools: Sequence[Pool]) -> Fraction:
    """Twice the smaller tail, the observed total counting half; at most 1."""
    observed, chances = sum(x for x, *_ in pools), law(pools)
    upper = sum((p for total, p in chances.items() if total > observed), Fraction(0)) + chances[observed] / 2
    return min(2 * upper, 2 * (1 - upper), Fraction(1))


def every_selection(pools: Sequence[tuple[int, int]]) -> Iterable[frozenset[int]]:
    """Every way to select so many people of each pool, given as (people, to go); people are numbered pool after pool."""
    starts = itertools.accumulate((n for n, _ in pools), initial=0)
    ways = [itertools.combinations(range(start, start + n), m) for start, (n, m) in zip(starts, pools, strict=False)]
    return (frozenset(itertools.chain(*each)) for each in itertools.product(*ways))


def share_as_far(
    statistic: Callable[[frozenset[int]], float], pools: Sequence[tuple[int, int]], made: frozenset[int]
) -> float:
    """How often even-handed selection gives a statistic at least as large as that of the selection made."""
    values = [statistic(each) for each in every_selection(pools)]
    return sum(value >= statistic(made) - 1e-9 for value in values) / len(values)
