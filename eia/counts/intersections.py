"""Takes the people and who was chosen; gives the counts of overlaps by pool: people of two groups, or three, at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from eia.counts.cube import Counts
from eia.counts.stages import Choosing
from eia.intake.workforce import codes_of

Column = tuple[str, npt.NDArray[np.bool_]]
"""The key of a characteristic, and which of its groups are answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IntersectionCounts:
    """The overlaps of the answers of some characteristics.

    groups: the group of each characteristic, one row an overlap, (overlaps, characteristics). group_selected, group_total: people
    of the overlap, (overlaps, pools). selected, total: people known in every one of the characteristics, (pools,).
    """

    groups: npt.NDArray[np.int64]
    group_selected: Counts
    group_total: Counts
    selected: Counts
    total: Counts


def intersection_counts(choosing: Choosing, columns: Sequence[Column], *, pools: int) -> IntersectionCounts:
    """Count every combination of one answer of each characteristic, by pool: one pass over the people.

    >>> import pandas as pd
    >>> people = pd.DataFrame({"pool": ["x", "x", "x"], "a": ["A", "A", "B"], "b": ["A", "B", "B"]}, dtype="category")
    >>> chosen, answers = Choosing(people=people, selected=np.array([True, False, False])), np.array([True, True])
    >>> both = intersection_counts(chosen, [("a", answers), ("b", answers)], pools=1)
    >>> both.groups.tolist(), both.group_total[:, 0].tolist(), both.total.tolist()
    ([[0, 0], [0, 1], [1, 0], [1, 1]], [1, 1, 0, 1], [3])
    """
    sizes = [answers.size for _, answers in columns]
    cell = np.zeros(choosing.selected.size, dtype=np.int64)
    for (key, _), size in zip(columns, sizes, strict=True):
        cell = cell * size + codes_of(choosing.people, key)
    cells = int(np.prod(sizes))
    counted = np.bincount(
        (cell * pools + codes_of(choosing.people, "pool")) * 2 + choosing.selected, minlength=cells * pools * 2
    ).reshape(cells, pools, 2)
    groups = np.stack(np.unravel_index(np.arange(cells), sizes), axis=1)
    known = np.all([answers[groups[:, place]] for place, (_, answers) in enumerate(columns)], axis=0)
    counted = counted[known]
    return IntersectionCounts(
        groups=groups[known],
        group_selected=counted[:, :, 1],
        group_total=counted.sum(axis=2),
        selected=counted[:, :, 1].sum(axis=0),
        total=counted.sum(axis=(0, 2)),
    )
