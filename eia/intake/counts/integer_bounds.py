"""Takes cells of which only sums are known, each sum as a range; gives the least and the most that every cell can be.

A suppressed cell is often known almost exactly from the totals around it, and a table whose figures contradict each
other has no cells at all. Whole numbers throughout: first each sum in turn limits its own cells, which settles most
tables; what is left is given, piece by piece, to an integer programme (HiGHS through ``scipy.optimize.milp``), whose
proven bound is used, so that a range is never too narrow even where the search is cut short.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

# The search is limited by branches and not by time, so that every machine finds the same ranges.
_NODES = 200  # branches for one end of a cell; cut short, a range is wider and never wrong
_ALL_NODES = 20 * _NODES  # branches for all of a table
_LARGEST_PIECE = 300  # open cells in one piece; above it only what the sums one by one say is used
_TURNS = 50  # how often one sum is looked at again

Bounds = tuple[list[float], list[float]]


@dataclass(frozen=True, slots=True)
class KnownSum:
    """Cells by position, each times its whole weight, that together are from ``low`` to ``high`` (either may be infinite)."""

    cells: tuple[int, ...]
    weights: tuple[int, ...]
    low: float
    high: float


def integer_bounds(sums: Sequence[KnownSum], cells: int) -> Bounds | None:
    """The least and the most of each cell over all tables of whole numbers, 0 or more, that agree with every sum.

    None where no table agrees with all of them; infinity for a cell that nothing limits.

    >>> integer_bounds([KnownSum((0,), (1,), 0, 4), KnownSum((1,), (1,), 0, 4), KnownSum((0, 1), (1, 1), 7, 7)], 2)
    ([3, 3], [4, 4])
    """
    low: list[float] = [0] * cells
    high: list[float] = [math.inf] * cells
    if not _limit_each(sums, low, high):
        return None
    left = _ALL_NODES
    for piece in _pieces(sums, low, high):
        searched = _search(piece, low, high, left)
        if searched is None:
            return None
        left -= searched
    return low, high


def contradiction(sums: Sequence[KnownSum], cells: int) -> tuple[int, ...]:
    """Positions of sums that no table can agree with together, none of which could be left out; empty where one can.

    >>> contradiction([KnownSum((0,), (1,), 3, 3), KnownSum((1,), (1,), 0, 9), KnownSum((0, 1), (1, 1), 2, 2)], 2)
    (0, 2)
    """
    kept = list(range(len(sums)))
    if _possible(sums, cells):
        return ()
    size = len(kept)
    while size:
        size = math.ceil(size / 2)
        start = 0
        while start < len(kept):
            fewer = kept[:start] + kept[start + size :]
            if _possible([sums[position] for position in fewer], cells):
                start += size
            else:
                kept = fewer
        size = 0 if size == 1 else size
    return tuple(kept)


def _possible(sums: Sequence[KnownSum], cells: int) -> bool:
    low: list[float] = [0] * cells
    high: list[float] = [math.inf] * cells
    return _limit_each(sums, low, high) and all(
        _programme(piece, low, high, np.zeros(len(piece.cells))).status != 2 for piece in _pieces(sums, low, high)
    )


def _limit_each(sums: Sequence[KnownSum], low: list[float], high: list[float]) -> bool:
    """Narrow the cells by one sum after the other until nothing moves. False where a cell is left without a number."""
    holding: dict[int, list[int]] = {}
    for place, one in enumerate(sums):
        for cell in one.cells:
            holding.setdefault(cell, []).append(place)
    turns = [0] * len(sums)
    waiting = deque(sorted(range(len(sums)), key=lambda place: len(sums[place].cells)))
    queued = [True] * len(sums)
    while waiting:
        place = waiting.popleft()
        queued[place] = False
        turns[place] += 1
        moved = _limit(sums[place], low, high)
        if moved is None:
            return False
        for other in {other for cell in moved for other in holding[cell]}:
            if not queued[other] and turns[other] < _TURNS:
                queued[other] = True
                waiting.append(other)
    return True


def _limit(one: KnownSum, low: list[float], high: list[float]) -> list[int] | None:
    """Narrow the cells of one sum by what the others of it leave. The cells that moved; None where there is no number."""
    ends = [
        (weight * low[cell], weight * high[cell]) if weight > 0 else (weight * high[cell], weight * low[cell])
        for cell, weight in zip(one.cells, one.weights, strict=True)
    ]
    least, most = (sum(end for end in side if math.isfinite(end)) for side in zip(*ends, strict=True))
    endless_below, endless_above = (sum(map(math.isinf, side)) for side in zip(*ends, strict=True))
    if (not endless_below and least > one.high) or (not endless_above and most < one.low):
        return None
    moved = []
    for cell, weight, (own_least, own_most) in zip(one.cells, one.weights, ends, strict=True):
        below, above = math.isinf(own_least), math.isinf(own_most)
        room_up = one.high - (least - (0 if below else own_least)) if endless_below == below else math.inf
        room_down = one.low - (most - (0 if above else own_most)) if endless_above == above else -math.inf
        up, down = (room_up, room_down) if weight > 0 else (room_down, room_up)
        highest = up // weight if math.isfinite(up) else math.inf
        lowest = -(-down // weight) if math.isfinite(down) else -math.inf
        if highest < high[cell] or lowest > low[cell]:
            low[cell], high[cell] = max(low[cell], lowest), min(high[cell], highest)
            moved.append(cell)
            if low[cell] > high[cell]:
                return None
    return moved


@dataclass(frozen=True, slots=True)
class _Piece:
    """Open cells that hang together by sums: matrix (sums, cells), and what the open part of each sum can be."""

    cells: list[int]
    matrix: npt.NDArray[np.float64]
    low: npt.NDArray[np.float64]
    high: npt.NDArray[np.float64]


def _pieces(sums: Sequence[KnownSum], low: list[float], high: list[float]) -> Iterable[_Piece]:
    """The open cells in pieces that share no sum. Left out is what the sums one by one have settled: sums of a single open
    cell, and pieces that are one sum of cells counted once each."""
    open_sums = []
    leader = {cell: cell for cell in range(len(low)) if low[cell] < high[cell]}

    def first(cell: int) -> int:
        while leader[cell] != cell:
            leader[cell] = leader[leader[cell]]
            cell = leader[cell]
        return cell

    for one in sums:
        held = [cell for cell in one.cells if cell in leader]
        if len(held) > 1:
            open_sums.append((held[0], one))
            for cell in held[1:]:
                leader[first(cell)] = first(held[0])
    together: dict[int, list[KnownSum]] = {}
    for cell, one in open_sums:
        together.setdefault(first(cell), []).append(one)
    for chosen in together.values():
        if len({(one.cells, one.weights) for one in chosen}) == 1 and set(chosen[0].weights) == {1}:
            continue
        cells = sorted({cell for one in chosen for cell in one.cells if cell in leader})
        if len(cells) <= _LARGEST_PIECE:
            yield _piece(cells, chosen, low)


def _piece(cells: list[int], sums: Sequence[KnownSum], low: list[float]) -> _Piece:
    place = {cell: column for column, cell in enumerate(cells)}
    matrix = np.zeros((len(sums), len(cells)))
    settled = np.zeros(len(sums))
    for row, one in enumerate(sums):
        for cell, weight in zip(one.cells, one.weights, strict=True):
            if cell in place:
                matrix[row, place[cell]] += weight
            else:
                settled[row] += weight * low[cell]
    return _Piece(
        cells,
        matrix,
        np.array([one.low for one in sums], dtype=float) - settled,
        np.array([one.high for one in sums], dtype=float) - settled,
    )


def _search(piece: _Piece, low: list[float], high: list[float], left: int) -> int | None:
    """Narrow every cell of a piece as far as it goes, in up to so many branches, and give how many it took; None where the
    piece has no table. An end that some table found on the way reaches needs no search."""
    found: list[npt.NDArray[np.float64]] = []
    taken = 0
    for column, cell in enumerate(piece.cells):
        for towards in (1.0, -1.0):
            end = low[cell] if towards > 0 else high[cell]
            if taken > left or any(table[column] == end for table in found):
                continue
            aim = np.zeros(len(piece.cells))
            aim[column] = towards
            answer = _programme(piece, low, high, aim)
            if answer.status == 2:  # no table at all
                return None
            taken += answer.mip_node_count or 0
            if answer.x is not None:
                found.append(np.round(answer.x))
            if answer.mip_dual_bound is not None and math.isfinite(answer.mip_dual_bound):
                bound = math.ceil(answer.mip_dual_bound - 1e-6)
                if towards > 0:
                    low[cell] = max(low[cell], bound)
                else:
                    high[cell] = min(high[cell], -bound)
    return taken


def _programme(piece: _Piece, low: list[float], high: list[float], aim: npt.NDArray[np.float64]):  # type: ignore[no-untyped-def]
    """The table of a piece for which the aim is least."""
    from scipy.optimize import Bounds as Between
    from scipy.optimize import LinearConstraint, milp

    return milp(
        aim,
        integrality=np.ones(len(piece.cells), dtype=np.int64),
        bounds=Between([low[cell] for cell in piece.cells], [high[cell] for cell in piece.cells]),
        constraints=LinearConstraint(piece.matrix, piece.low, piece.high),
        options={"mip_rel_gap": 0.0, "node_limit": _NODES},
    )
