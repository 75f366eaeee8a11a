"""Takes the Cube of a table of counts, and the case; gives what the table is worth: how many people it counts, and how exactly.

Every characteristic counts everybody anew, so that a table can contradict itself: by sex it has 240 people, by disability 238.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from eia.case import Case
from eia.counts.cube import CharacteristicCounts, Cube

Span = tuple[int, int]
"""A number of people from the least to the most; equal where it is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CharacteristicQuality:
    """One characteristic of a table of counts.

    people, in_pools: everybody, answered or not. declined, not_recorded: those of them without an answer. ranges: how many of
    its ``counts``, one for each group in each place with each outcome, are known as ranges only. widest: the widest of these.
    """

    characteristic: str
    people: Span
    in_pools: Span
    declined: Span
    not_recorded: Span
    counts: int
    ranges: int
    widest: Span | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CountsQuality:
    """What a table of counts is worth. stated: the headcount that the case states, or None."""

    stated: int | None
    each: tuple[CharacteristicQuality, ...]

    @property
    def agree(self) -> bool:
        """Whether one number of people could be that of every characteristic."""
        return max(one.people[0] for one in self.each) <= min(one.people[1] for one in self.each)

    def apart(self, one: CharacteristicQuality) -> int:
        """People by which the headcount stated is above (or, below 0, below) all that a characteristic may count; 0 where it fits."""
        if self.stated is None:
            return 0
        return max(self.stated - one.people[1], 0) or min(self.stated - one.people[0], 0)


def counts_quality(cube: Cube, case: Case) -> CountsQuality:
    """Count people, missing answers and ranges, characteristic by characteristic.

    >>> from eia.counts.from_count_table import from_count_table
    >>> from eia.intake.counts.load_counts import load_counts
    >>> from eia.intake.files.raw_table import open_table
    >>> table = b"characteristic,group,people\\nSex,F,8\\nSex,M,<5\\nSex,Total,10\\nDisability,Disabled,<5\\nDisability,No,6\\n"
    >>> found = counts_quality(from_count_table(load_counts(open_table(table, name="counts.csv"), Case()), Case()), Case())
    >>> [(one.characteristic, one.people, one.ranges) for one in found.each], found.agree
    ([('Sex', (10, 10), 0), ('Disability', (6, 10), 1)], True)
    """
    each = tuple(_counted(cube, key) for key in cube.layout.dimensions)
    return CountsQuality(stated=case.employer.headcount, each=each)


def _counted(cube: Cube, key: str) -> CharacteristicQuality:
    dimension, table = cube.layout.dimensions[key], cube.by_pool(key)
    kinds = np.array([group.kind for group in dimension.groups])
    in_pools, people = _sums(table)
    held, open_ = table.high > 0, table.high > table.low
    widths = np.where(open_, table.high - table.low, -1)
    widest = np.unravel_index(int(widths.argmax()), widths.shape)
    return CharacteristicQuality(
        characteristic=dimension.characteristic.title,
        people=people,
        in_pools=in_pools,
        declined=_span(table, kinds == "declined"),
        not_recorded=_span(table, kinds == "not recorded"),
        counts=int(held.sum()),
        ranges=int(open_.sum()),
        widest=(int(table.low[widest]), int(table.high[widest])) if open_.any() else None,
    )


def _sums(table: CharacteristicCounts) -> tuple[Span, Span]:
    """Everybody in pools, and everybody: no wider than the table knows these."""
    ends = np.array([[counts[:, :-1].sum(), counts.sum()] for counts in (table.low, table.high)])
    if table.margins is not None:
        least, most = table.margins.people
        ends = np.array([np.maximum(ends[0], least), np.minimum(ends[1], most)])
    (low_in, low), (high_in, high) = ends.astype(int).tolist()
    return (low_in, high_in), (low, high)


def _span(table: CharacteristicCounts, groups: npt.NDArray[np.bool_]) -> Span:
    """Everybody of some groups."""
    least, most = table.low[groups].sum(axis=(1, 2)), table.high[groups].sum(axis=(1, 2))
    if table.margins is not None:
        known = [ends[groups, -1].astype(int) for ends in table.margins.group]
        least, most = np.maximum(least, known[0]), np.minimum(most, known[1])
    return int(least.sum()), int(most.sum())
