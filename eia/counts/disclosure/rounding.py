"""Takes counts and which of them add up to which; gives multiples of a base that add up too, each next to its count, as near as can be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from eia.counts.disclosure.attacker import solved, solver
from eia.counts.disclosure.cells import Counts

_NOT_ADDING = 1e4  # what a sum that is off by one costs, beside which no rounding does


@dataclass(frozen=True, slots=True, kw_only=True)
class Adding:
    """A count and those that add up to it, by place; or a number known beforehand in place of the count."""

    whole: int | None
    parts: Sequence[int]
    known: int = 0


def nearest(n: Counts, base: int) -> Counts:
    """Give the nearest multiple of the base, halves up.

    >>> nearest(np.array([2, 3, 7]), 5).tolist()
    [0, 5, 5]
    """
    return (2 * n + base) // (2 * base) * base


def rounded(n: Counts, adding: Sequence[Adding], base: int) -> tuple[Counts, bool]:
    """Give multiples of the base next to the counts, multiples staying as they are, and whether all of them add up.

    >>> rounded(np.array([11, 11, 22]), [Adding(whole=2, parts=(0, 1))], 5)
    (array([10, 10, 20]), True)
    """
    if base == 1 or not len(n):
        return n, True
    below, over = n // base * base, n % base
    count = len(n)
    size = count + 2 * len(adding)
    matrix, level = np.zeros((len(adding), size)), np.zeros(len(adding))
    for row, each in enumerate(adding):
        parts = list(each.parts)
        matrix[row, parts] = -base
        level[row] = below[parts].sum() - (each.known if each.whole is None else below[each.whole])
        if each.whole is not None:
            matrix[row, each.whole] = base
        matrix[row, count + 2 * row : count + 2 * row + 2] = 1, -1
    cost = np.concatenate([base - 2.0 * over, np.full(size - count, _NOT_ADDING)])
    upper = np.concatenate([(over > 0).astype(float), np.full(size - count, np.inf)])
    solution = solved(solver(matrix, level, level, upper, cost, whole=np.arange(size) < count))
    if solution is None:
        return nearest(n, base), False
    return below + base * np.rint(solution[:count]).astype(np.int64), bool(np.abs(solution[count:]).sum() < base / 2)


def everyone(known: Mapping[tuple[int, str], int], base: int) -> Mapping[tuple[int, str], int]:
    """Round the numbers of people in all, by area and measure, once for every characteristic.

    >>> everyone({(0, "at risk"): 12, (0, "selected"): 6, (0, "not selected"): 6}, 5)
    {(0, 'at risk'): 10, (0, 'selected'): 5, (0, 'not selected'): 5}
    """
    places = {key: place for place, key in enumerate(known)}
    areas = {area for area, _ in known}
    adding = [
        Adding(whole=places[area, "at risk"], parts=(places[area, "selected"], places[area, "not selected"]))
        for area in sorted(areas)
        if (area, "selected") in places
    ]
    if len(areas) > 1:
        adding += [
            Adding(whole=places[0, measure], parts=[places[area, measure] for area in sorted(areas - {0})])
            for measure in dict.fromkeys(measure for _, measure in known)
        ]
    values, _ = rounded(np.array(list(known.values()), dtype=np.int64), adding, base)
    return dict(zip(known, values.tolist(), strict=True))
