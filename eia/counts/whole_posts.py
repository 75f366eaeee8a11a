"""Takes a table of people and what it is counted by; gives how many of every group are in each whole post, or unit, and which of these are in pools.

Posts are put in pools whole, so whether chance could have chosen them is asked of whole posts, never of people one by one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from eia.counts.cube import Counts, CubeAxes
from eia.intake.workforce import Everybody, codes_of

Kind = Literal["posts", "units"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WholePosts:
    """The people of the whole workforce by what is put in pools whole.

    kind: what the blocks are. in_pool: whether each is in a pool, (blocks,). size: everybody in each, (blocks,). people: by characteristic,
    (groups, blocks). unit: the unit of each, whole numbers from 0, (blocks,); None where the blocks are units, or somebody has none.
    parted: posts of which some people are in a pool and others are not; each part is a block of its own.
    """

    kind: Kind
    in_pool: npt.NDArray[np.bool_]
    size: Counts
    people: Mapping[str, Counts]
    unit: Counts | None
    parted: int


def whole_posts(people: pd.DataFrame | Everybody, axes: CubeAxes) -> WholePosts | None:
    """Count the people of every whole post; of every unit where posts are not given or most are of one person. Posts of
    one name in two units are two posts.

    None where neither says which people belong together, and where somebody has no post and no unit.

    >>> from eia.case import Case
    >>> from eia.counts.cube import cube_axes
    >>> from eia.intake.evidence import read_workforce
    >>> staff = read_workforce(b"sex,pool,post\\nF,A,x\\nF,A,x\\nM,,y\\nM,,y\\nM,,y\\n")
    >>> counted = whole_posts(staff.frame, cube_axes(staff, Case()))
    >>> counted.kind, counted.in_pool.tolist(), counted.size.tolist(), counted.people["sex"][:2].tolist()
    ('posts', [True, False], [2, 3], [[2, 0], [0, 3]])
    """
    rows = people.places if isinstance(people, Everybody) else people
    held = people.people if isinstance(people, Everybody) else np.ones(len(people), dtype=np.int64)
    post, unit = (codes_of(rows, column).astype(np.int64) for column in ("post", "unit"))
    post = np.where(post < 0, -1, post * (len(axes.units) + 1) + unit + 1)
    named: tuple[tuple[Kind, Counts], ...] = (("posts", post), ("units", unit))
    for kind, place in named:
        if place.size and place.min() >= 0 and _held_together(place, held):
            return _count(kind, place, held, people, axes)
    return None


def _held_together(place: Counts, held: Counts) -> bool:
    """Whether most people share their post: where each has a post of their own, moving posts is moving people."""
    sizes = _summed(np.unique(place, return_inverse=True)[1], held)
    return int((sizes == 1).sum()) * 2 < held.sum() and sizes.size > 1


def _summed(block: Counts, held: Counts) -> Counts:
    """The people of each block."""
    sizes = np.zeros(int(block.max()) + 1, dtype=np.int64)
    np.add.at(sizes, block, held)
    return sizes


def _count(kind: Kind, place: Counts, held_by: Counts, people: pd.DataFrame | Everybody, axes: CubeAxes) -> WholePosts:
    in_pool = codes_of(people.places if isinstance(people, Everybody) else people, "pool") >= 0
    held, block = np.unique(place * 2 + ~in_pool, return_inverse=True)
    counted = {
        key: _by_block(people, key, len(dimension.groups), block, held.size)
        for key, dimension in axes.dimensions.items()
    }
    by_name = np.append(np.argsort(np.argsort(axes.units)), -1)  # the last for none
    unit = by_name[held // 2 if kind == "units" else held // 2 % (len(axes.units) + 1) - 1]
    # the rows of the file have no part in the order, nor in how units are numbered
    in_order = np.lexsort(np.concatenate([unit[None, :], *counted.values(), (held % 2)[None, :]]))
    unit = unit[in_order]
    return WholePosts(
        kind=kind,
        in_pool=held[in_order] % 2 == 0,
        size=_summed(block, held_by)[in_order],
        people={key: counts[:, in_order] for key, counts in counted.items()},
        unit=np.unique(unit, return_inverse=True)[1] if kind == "posts" and unit.size and unit.min() >= 0 else None,
        parted=held.size - np.unique(held // 2).size,
    )


def _by_block(people: pd.DataFrame | Everybody, key: str, groups: int, block: Counts, blocks: int) -> Counts:
    """How many of every group of a characteristic are in each block, (groups, blocks)."""
    if isinstance(people, Everybody):
        counted = np.zeros((groups, blocks), dtype=np.int64)
        np.add.at(counted.T, block, people.groups[key].T)
        return counted
    found = np.bincount(codes_of(people, key).astype(np.int64) * blocks + block, minlength=groups * blocks)
    return found.reshape(-1, blocks)
