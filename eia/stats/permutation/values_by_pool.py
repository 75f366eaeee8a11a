"""Takes people with their pool, whether they are selected, and a number such as age; gives each pool by value."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from eia.stats import checks
from eia.stats.checks import Floats, Ints
from eia.stats.exact.informative_pools import informative_pools


@dataclass(frozen=True, slots=True, eq=False)
class PoolValues:
    """One pool: value, its different values, ascending; people and selected, how many have each. Unknown values are left out."""

    pool: int
    value: Floats
    people: Ints
    selected: Ints

    @property
    def everyone(self) -> int:
        """People of known value."""
        return int(self.people.sum())

    @property
    def chosen(self) -> int:
        """Those of them selected."""
        return int(self.selected.sum())

    @property
    def mean(self) -> float:
        """Their mean value."""
        return float(self.people @ self.value) / self.everyone

    @property
    def is_informative(self) -> bool:
        """Whether some but not all of them are selected, and they do not all have one value."""
        return bool(informative_pools(self.people, self.chosen, self.everyone).any())


def values_by_pool(*, pool: ArrayLike, selected: ArrayLike, value: ArrayLike) -> tuple[tuple[PoolValues, ...], int]:
    """Count the people of every pool by value.

    Parameters
    ----------
    pool: (people,) whole numbers from 0, one a pool. selected: (people,) True or False.
    value: (people,) numbers; ``nan`` where not known.

    Returns
    -------
    The pools in ascending order, those without a known value too; and how many people were left out as not known.

    Raises
    ------
    EiaError
        where an array is not of its kind, or not of the same people as the others.

    >>> (first, second), unknown = values_by_pool(pool=[1, 1, 1, 2], selected=[True, False, True, False], value=[30, 40, 40, float("nan")])
    >>> first.value, first.people, first.selected, second.everyone, unknown
    (array([30., 40.]), array([1, 2]), array([1, 1]), 0, 1)
    """
    place, chosen, number = checks.counts({"pool": pool})["pool"], np.asarray(selected), np.asarray(value)
    faults = checks.not_of_people(
        place.size,
        {"selected": ("b", chosen), "value": ("iuf", number)},
        allowed="True or False in selected, finite numbers or nan in value.",
    )
    checks.refuse(faults)
    number = number.astype(np.float64)
    known = ~np.isnan(number)
    labels, place = np.unique(place, return_inverse=True)
    order = np.lexsort((number, place))
    order = order[known[order]]
    place, number, chosen = place[order], number[order], chosen[order]
    first = np.flatnonzero((np.diff(place, prepend=-1) != 0) | (np.diff(number, prepend=np.nan) != 0))
    values, people = number[first], np.diff(first, append=place.size)
    went = np.add.reduceat(chosen, first, dtype=np.int64) if first.size else people
    ends = np.searchsorted(place[first], np.arange(labels.size + 1))
    pools = tuple(
        PoolValues(int(label), values[start:stop], people[start:stop], went[start:stop])
        for label, start, stop in zip(labels.tolist(), ends[:-1], ends[1:], strict=True)
    )
    return pools, int(np.count_nonzero(~known))
