"""Takes a table of people, and what to count them by; gives the Cube: how many people are in every group of every characteristic, in every
unit and pool, with every outcome. Nearly everything after this reads the cube and never the people.

Every cell is a pair of whole numbers, ``low`` and ``high``, equal when the count is exact; only counts typed from a
table with suppressed or rounded cells can differ. Unit and pool are held together as *places*, since few of their
combinations exist; every pool has at least one place, also when nobody is in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from eia.case import RETAINED, Case
from eia.intake.columns.categories import categorical
from eia.intake.counts.tallies import CountMargins
from eia.intake.workforce import Codes, Everybody, Workforce, codes_of, labels_of, outcomes_of
from eia.vocabulary.characteristics import Dimension

Counts = npt.NDArray[np.int64]

_FEW = 1 << 22  # up to so many combinations of pool and unit a table of all of them is the quickest way to number them


@dataclass(frozen=True, slots=True, kw_only=True)
class CubeAxes:
    """What is counted. pools, units: labels by code. outcomes: "retained", then the stages in their order. dimensions: by key."""

    pools: tuple[str, ...]
    units: tuple[str, ...]
    outcomes: tuple[str, ...]
    dimensions: Mapping[str, Dimension]


@dataclass(frozen=True, slots=True)
class CharacteristicCounts:
    """The counts of one characteristic: ``low`` and ``high``, each of shape (groups, places, outcomes).

    margins: what is known of their sums by pool, where counts are ranges; None where they are exact.
    """

    low: Counts
    high: Counts
    margins: CountMargins | None = None

    @property
    def are_ranges(self) -> bool:
        """Whether any cell is known as a range only."""
        return self.low is not self.high and bool((self.low != self.high).any())


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeWorkforce:
    """What is known of the whole workforce beside the file: a number of people for each group, or its share."""

    amounts: Mapping[str, npt.NDArray[np.float64]]
    are_shares: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Cube:
    """All counts of an assessment.

    place_pool, place_unit: for each place the code of its pool and unit, -1 for none. tables: by characteristic.
    chosen: whether outcomes are known; while they are not, every count stands under the first outcome.
    whole_workforce: groups' amounts in the whole workforce where that comes from a table of its own, else None.
    """

    layout: CubeAxes
    place_pool: Codes
    place_unit: Codes
    tables: Mapping[str, CharacteristicCounts]
    chosen: bool
    whole_workforce: WholeWorkforce | None = None

    @property
    def has_rest(self) -> bool:
        """Whether anybody is outside the pools, or the whole workforce is known from a table of its own."""
        outside = self.place_pool < 0
        counted = any(table.high[:, outside].any() for table in self.tables.values())
        return counted or self.whole_workforce is not None

    def by_pool(self, characteristic: str) -> CharacteristicCounts:
        """Counts of one characteristic with the units added up: shape (groups, pools + 1, outcomes).

        The last entry of the pools is everybody who is in none.
        """
        table = self.tables[characteristic]
        pools = len(self.layout.pools)
        where = np.where(self.place_pool < 0, pools, self.place_pool)
        added = []
        for counts in (table.low, table.high):
            total = np.zeros((len(counts), pools + 1, counts.shape[2]), dtype=np.int64)
            np.add.at(total.swapaxes(0, 1), where, counts.swapaxes(0, 1))
            added.append(total)
        low, high = added
        return CharacteristicCounts(low, high, table.margins)

    def to_frame(self) -> pd.DataFrame:
        """Every cell in a row of its own: characteristic, group, unit, pool, outcome, low and high, those of nobody included.

        unit and pool are missing for people in none; outcome is missing while nobody has been chosen.
        """
        axes, parts = self.layout, []
        for key, table in self.tables.items():
            low, high = (counts if self.chosen else counts[:, :, :1] for counts in (table.low, table.high))
            group, place, outcome = np.indices(low.shape).reshape(3, -1)
            labels = np.array([each.label for each in axes.dimensions[key].groups], dtype=object)
            cells = {
                "characteristic": key,
                "group": labels[group],
                "unit": categorical(axes.units, self.place_unit, place),
                "pool": categorical(axes.pools, self.place_pool, place),
                "outcome": categorical(axes.outcomes, range(len(axes.outcomes)) if self.chosen else [-1], outcome),
                "low": low.ravel(),
                "high": high.ravel(),
            }
            parts.append(pd.DataFrame(cells))
        return pd.concat(parts, ignore_index=True)


def cube_axes(workforce: Workforce, case: Case) -> CubeAxes:
    """What a cube of these people counts by."""
    return CubeAxes(
        pools=labels_of(workforce.frame, "pool"),
        units=labels_of(workforce.frame, "unit"),
        outcomes=(RETAINED, *case.stages.order),
        dimensions=workforce.dimensions,
    )


def count(people: pd.DataFrame | Everybody, axes: CubeAxes) -> Cube:
    """Count everybody, one pass a characteristic. people: a table with a row for each, or what an engine counted.

    >>> from eia.intake.evidence import read_workforce
    >>> staff = read_workforce(b"sex,pool,selected\\nF,A,yes\\nM,A,no\\nM,,\\n")
    >>> cube = count(staff.frame, cube_axes(staff, Case()))
    >>> cube.by_pool("sex").low[:2, :, [0, 3]].tolist()
    [[[0, 1], [0, 0]], [[1, 0], [1, 0]]]
    """
    rows = people.places if isinstance(people, Everybody) else people
    place, place_pool, place_unit = _places(rows, axes)
    outcome, outcomes = outcomes_of(rows), len(axes.outcomes)
    cell = place if outcome is None else place * np.int32(outcomes) + outcome
    width = len(place_pool) * (1 if outcome is None else outcomes)
    tables = {}
    for key, dimension in axes.dimensions.items():
        groups = len(dimension.groups)
        if isinstance(people, Everybody):
            counted = np.zeros((groups, width), dtype=np.int64)
            np.add.at(counted.T, cell, people.groups[key].T)
        else:
            counted = np.bincount(codes_of(people, key) * np.int32(width) + cell, minlength=groups * width)
        shaped = counted.reshape(groups, len(place_pool), -1)
        if outcome is None:
            shaped = np.pad(shaped, ((0, 0), (0, 0), (0, outcomes - 1)))
        tables[key] = CharacteristicCounts(shaped, shaped)
    return Cube(layout=axes, place_pool=place_pool, place_unit=place_unit, tables=tables, chosen=outcome is not None)


def _places(people: pd.DataFrame, axes: CubeAxes) -> tuple[Codes, Codes, Codes]:
    """Everybody's place, and the pool and unit of each place. Pools without people get a place of no unit."""
    pools, units = len(axes.pools) + 1, len(axes.units) + 1
    both = codes_of(people, "pool") + np.int32(1)
    if axes.units:
        both = both * np.int64(units) + (codes_of(people, "unit") + 1)
    found = np.bincount(both, minlength=pools * units) if pools * units < _FEW else np.unique(both)
    held = np.flatnonzero(found) if pools * units < _FEW else found
    held = np.union1d(held, np.setdiff1d(np.arange(1, pools), held // units) * units)
    if pools * units < _FEW:
        number = np.zeros(pools * units, dtype=np.int32)
        number[held] = np.arange(len(held))
        place = number[both]
    else:
        place = np.searchsorted(held, both).astype(np.int32)
    return place, (held // units - 1).astype(np.int32), (held % units - 1).astype(np.int32)
