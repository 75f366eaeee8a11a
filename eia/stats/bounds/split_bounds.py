"""Takes a workforce, its pools and who goes, known to within ranges; gives bounds on the split over all tables that fit."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import ArrayLike

from eia.stats.bounds import fitting_tables as fitting
from eia.stats.bounds.ranges import Range
from eia.stats.checks import Floats, Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitBounds:
    """The parts of ``Split`` in people, each from the least to the most it can be.

    Every Range is an outer bound: no table that fits gives a figure beyond it. The ends do not add up, since the least of one
    part may go with the most of another.
    selection and overall are ``None`` while nobody has been chosen.
    """

    scope: Range
    spread: Range
    selection: Range | None
    overall_before_selection: Range
    overall: Range | None


def split_bounds(
    *,
    group_people: ArrayLike,
    people: ArrayLike,
    pool_group: ArrayLike,
    pool_people: ArrayLike,
    selected: ArrayLike,
    group_selected: ArrayLike | None = None,
    beside: ArrayLike | None = None,
    together: ArrayLike | None = None,
    rest: ArrayLike | None = None,
    share: float | None = None,
) -> SplitBounds:
    """Bound how a group's excess among those selected adds up, where counts were rounded or withheld.

    Parameters
    ----------
    group_people, people: the group and everyone in the workforce, each a pair: the smallest number it may be, and the largest.
    pool_group, pool_people, selected, group_selected: as for ``split``, but each a pair of arrays with one entry a pool. Numbers
        selected may be fractions while nobody has been chosen (group_selected ``None``).
    beside: what more is known of each pool, as for ``stratified_test_bounds``.
    together: what is known of people in all pools added up, which is often more than the pools tell: the group selected, the
        group, selected and everyone, a pair of arrays of four. ``None`` for nothing more.
    rest: what is known of people outside the pools: the group and everyone else, a pair of arrays of two. ``None`` for nothing more.
    share: the group's share of the workforce, where only shares of it are known; group_people and people are not used then.

    Returns
    -------
    SplitBounds: see there for every field.

    Raises
    ------
    EiaError
        where a count is not one, a smallest is larger than its largest, or no table fits.

    Notes
    -----
    People in pools are a part of the workforce, and so are people selected. Such a part makes a table of four cells: a and c,
    the group and the others in it; b and d, the group and the others outside. The group's number above an even share is
    ``(ad - bc) / (a + b + c + d)``. It grows with a and d and falls with b and c, as its derivatives show, so that the largest a and
    d with the smallest b and c that fit bound it on one side, the reverse on the other. That gives ``overall`` and, pool by pool,
    ``selection``; ``scope`` is the group's number in pools above an even share, times the share of those in pools who go.

    ``spread`` is ``Σ g_k (m_k/n_k - M/N_s)``, and also ``Σ m_k (g_k/n_k - G_s/N_s)``. With the shares at their ends each is linear in
    numbers of people that lie in ranges, pool by pool and all together; the largest it can be puts people where each counts
    most (Dantzig 1957). The narrower of the two is given. It is reached where the numbers of the group alone are unsure, or those
    selected alone.

    References
    ----------
    Dantzig (1957), Discrete-variable extremum problems, *Operations Research* 5, 266-288.

    Example
    -------
    Two pools of 50, with 40 and 10 women; "fewer than 5" go from each.

    >>> parts = split_bounds(group_people=(50, 50), people=(100, 100), pool_group=([40, 10], [40, 10]),
    ...     pool_people=([50, 50], [50, 50]), selected=([0, 0], [4, 4]))
    >>> round(parts.spread.low, 1), round(parts.spread.high, 1), parts.scope
    (-1.2, 1.2, Range(low=0.0, high=0.0))
    """
    free = np.tile([[0], [fitting.NO_LIMIT]], (1, np.shape(pool_people)[1]))
    low, high = fitting.checked_ranges({
        "group_selected": free if group_selected is None else group_selected, "pool_group": pool_group,
        "selected": free if group_selected is None else selected, "pool_people": pool_people,
    })  # fmt: skip
    pools = fitting.shortest_paths(low, high, beside)
    as_one = _together(pools, together)
    chosen = group_selected is not None
    to_go = _of(pools, fitting.SELECTED) if chosen else np.asarray(selected, dtype=np.float64)
    all_to_go = _of(as_one, fitting.SELECTED) if chosen else to_go.sum(axis=1, keepdims=True)
    outside = np.asarray([[0, 0], [fitting.NO_LIMIT] * 2] if rest is None else rest, dtype=np.float64)
    above = partial(above_even_share, group=group_people, whole=people, share=share)
    in_pools = above(
        group_part=_of(as_one, fitting.GROUP)[:, 0],
        part=_of(as_one, fitting.EVERYONE)[:, 0],
        beside=_beside(outside[:, 0], _of(as_one, fitting.OTHERS)[:, 0], outside[:, 1]),
    )
    spread = _spread(pools, as_one, to_go, all_to_go)
    going = _shares(all_to_go, _of(as_one, fitting.EVERYONE))[:, 0]
    scope = Range(low=float(min(in_pools.low * going)), high=float(max(in_pools.high * going)))
    overall = above(
        group_part=_of(as_one, fitting.GROUP_SELECTED)[:, 0],
        part=all_to_go[:, 0],
        beside=_beside(
            outside[:, 0] + _of(as_one, fitting.GROUP_RETAINED)[:, 0],
            _of(as_one, fitting.OTHERS_SELECTED)[:, 0],
            outside[:, 1] + _of(as_one, fitting.OTHERS_RETAINED)[:, 0],
        ),
    ) if chosen else None  # fmt: skip
    return SplitBounds(
        scope=scope,
        spread=spread,
        selection=_range(*(_excess(each).sum() for each in fitting.cells(pools))) if chosen else None,
        overall_before_selection=Range(low=scope.low + spread.low, high=scope.high + spread.high),
        overall=overall,
    )


def above_even_share(
    *,
    group_part: ArrayLike,
    part: ArrayLike,
    group: ArrayLike,
    whole: ArrayLike,
    beside: ArrayLike | None = None,
    share: float | None = None,
) -> Range:
    """Bound how many more of a group are in a part of a whole than its even share.

    Parameters
    ----------
    group_part, part: the group and everyone in the part. group, whole: in the whole. Each a pair: the smallest it may be, and the
        largest. beside: what more is known, a pair of arrays of four: the group outside the part; the others in it, outside it, and in all.
    share: the group's share of the whole, where only that is known; group and whole are not used then.

    Raises EiaError where no table fits. Notes and source: see :func:`split_bounds`.

    >>> above_even_share(group_part=(0, 4), part=(10, 10), group=(40, 40), whole=(100, 100))
    Range(low=-4.0, high=0.0)
    """
    if share is not None:
        group, whole = (0, fitting.NO_LIMIT), (0, fitting.NO_LIMIT)
    low, high = np.array([group_part, group, part, whole], dtype=np.float64).T[:, :, None]
    less, more = fitting.cells(
        fitting.shortest_paths(low, high, None if beside is None else np.asarray(beside, dtype=np.float64)[:, :, None])
    )
    if share is None:
        return _range(_excess(less)[0], _excess(more)[0])
    return _range(*(a * (1 - share) - c * share for a, _, c, _ in (less[:, 0], more[:, 0])))


def _together(pools: Floats, together: ArrayLike | None) -> Floats:
    """All pools as one: no wider than the pools added up, nor than what is known of them together."""
    counts = [fitting.GROUP_SELECTED, fitting.GROUP, fitting.SELECTED, fitting.EVERYONE]
    added = [end.sum(axis=1, keepdims=True) for end in fitting.bounds(pools, [*counts, *fitting.BESIDE])]
    least, most = added[0][:4], added[1][:4]
    if together is not None:
        known = np.asarray(together, dtype=np.float64)[:, :, None]
        least, most = np.maximum(least, known[0]), np.minimum(most, known[1])
    return fitting.shortest_paths(least, most, np.stack([end[4:] for end in added]))


def _beside(group_outside: Floats, others_in: Floats, others_outside: Floats) -> Floats:
    return np.stack([group_outside, others_in, others_outside, others_in + others_outside], axis=1)


def _of(paths: Floats, count: tuple[int, int]) -> Floats:
    """One count of each pool: the smallest and the largest it can be, (2, pools)."""
    return np.concatenate(fitting.bounds(paths, [count])).astype(np.float64)


def _excess(table: Ints) -> Floats:
    a, b, c, d = table.astype(np.float64)
    return np.asarray((a * d - b * c) / np.maximum(a + b + c + d, 1))


def _spread(pools: Floats, as_one: Floats, to_go: Floats, all_to_go: Floats) -> Range:
    """The narrower of two bounds: people of the group placed where shares to go are highest, or those to go where the group's are."""
    group, all_group = _of(pools, fitting.GROUP), _of(as_one, fitting.GROUP)
    rates, rate = _shares(to_go, _of(pools, fitting.EVERYONE)), _shares(all_to_go, _of(as_one, fitting.EVERYONE))
    mixes, mix = (
        _shares_of_two(group, _of(pools, fitting.OTHERS)),
        _shares_of_two(all_group, _of(as_one, fitting.OTHERS)),
    )
    most = min(_most(group, all_group, rates[1] - rate[0]), _most(to_go, all_to_go, mixes[1] - mix[0]))
    least = max(-_most(group, all_group, rate[1] - rates[0]), -_most(to_go, all_to_go, mix[1] - mixes[0]))
    return _range(least, most)


def _most(amounts: Floats, together: Floats, worth: Floats) -> float:
    """The largest sum of amounts times their worth. amounts: from the least to the most, (2, pools); together: their sum, (2, 1)."""
    order = np.argsort(-worth, kind="stable")
    low, worth = amounts[0][order], worth[order]
    room = amounts[1][order] - low
    wanted = np.clip(room[worth > 0].sum(), together[0, 0] - low.sum(), together[1, 0] - low.sum())
    used = np.clip(wanted - (np.cumsum(room) - room), 0.0, room)
    return float((low + used) @ worth)


def _shares(part: Floats, whole: Floats) -> Floats:
    """The smallest and the largest share of wholes, each at least as large as its part, (2, pools); 0 of nobody."""
    return np.asarray([part[0] / np.maximum(whole[1], 1), part[1] / np.maximum(np.maximum(whole[0], part[1]), 1)])


def _shares_of_two(one: Floats, other: Floats) -> Floats:
    """The smallest and the largest share of the one in both together, (2, pools); 0 of nobody."""
    return np.stack([one[0] / np.maximum(one[0] + other[1], 1), one[1] / np.maximum(one[1] + other[0], 1)])


def _range(low: float, high: float) -> Range:
    """The ends in order: of one table alone they may differ in their last bits."""
    return Range(low=float(min(low, high)), high=float(max(low, high)))
