"""Takes what a table states of one characteristic; gives every cell from its least to its most, or what cannot all be right.

A statement counts a block of cells (some groups, in some pools, with some outcomes): a plain figure counts one group in
one pool, a total many, a percentage compares a block with its base. All statements together are one system.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import numpy.typing as npt

from eia.intake.counts.integer_bounds import KnownSum, contradiction, integer_bounds
from eia.intake.counts.published_cells import Figure

Amounts = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class KnownBlock:
    """Cells of the table: every one of these groups in every one of these pools with every one of these outcomes."""

    groups: tuple[int, ...]
    pools: tuple[int, ...]
    outcomes: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One figure of the table: what it counts, what it is a percentage of (None for people), and where it stands; no row
    where the table does not say it but it must be so."""

    counts: KnownBlock
    figure: Figure
    base: KnownBlock | None
    row: int | None
    header: str


@dataclass(frozen=True, slots=True)
class Reconciled:
    """The cells, arrays of shape (groups, pools + 1, outcomes), ``high`` infinite where nothing limits a cell; or else
    ``disagree``: each contradiction by itself, as the fewest statements that cannot all be right. margins_low, margins_high: the same of the sums asked for."""

    low: Amounts
    high: Amounts
    margins_low: Amounts
    margins_high: Amounts
    disagree: tuple[tuple[Statement, ...], ...] = ()


def reconcile(
    statements: Sequence[Statement], held: npt.NDArray[np.bool_], margins: Sequence[KnownBlock] = ()
) -> Reconciled:
    """Find the range of every cell, and of the sum of each of some blocks, which is often known where its cells are not.

    held: the cells that the table speaks of; all others are 0.

    >>> people, total = KnownBlock((0,), (0,), (0,)), KnownBlock((0, 1), (0,), (0,))
    >>> stated = [(people, Figure(6, 6)), (KnownBlock((1,), (0,), (0,)), Figure(0, None)), (total, Figure(10, 10))]
    >>> table = [Statement(counts=block, figure=figure, base=None, row=0, header="") for block, figure in stated]
    >>> reconcile(table, np.ones((2, 1, 1), dtype=bool)).low.ravel().tolist()
    [6.0, 4.0]
    """
    place = np.cumsum(held).reshape(held.shape) - 1
    sums, sources = [], []
    for statement in statements:
        for one in _sums(statement, held, place):
            sums.append(one)
            sources.append(statement)
    cells = int(held.sum())
    low, high = np.zeros(held.shape), np.zeros(held.shape)
    wanted = [_sum_as_cell(block, cells + number, held, place) for number, block in enumerate(margins)]
    of_one_pool = [one for one, block in zip(wanted, margins, strict=True) if len(block.pools) == 1]
    bounds = integer_bounds([*sums, *of_one_pool], cells + len(margins))
    if bounds is not None:  # sums over pools tie these together: apart each is small enough to be searched
        known = [KnownSum((cell,), (1,), low, high) for cell, (low, high) in enumerate(zip(*bounds, strict=True))]
        bounds = integer_bounds([*known, *sums, *wanted], cells + len(margins))
    if bounds is None:
        return Reconciled(low, high, np.zeros(0), np.zeros(0), tuple(_contradictions(sums, sources, cells)))
    ends = [np.array(end, dtype=float) for end in bounds]
    low[held], high[held] = (end[:cells] for end in ends)
    margins_low, margins_high = (end[cells:] for end in ends)
    return Reconciled(low, high, margins_low, margins_high)


def _contradictions(
    sums: Sequence[KnownSum], sources: Sequence[Statement], cells: int
) -> Iterator[tuple[Statement, ...]]:
    """Every contradiction: the first, then those that are left without the statements of it, until what is left agrees."""
    left = list(zip(sums, sources, strict=True))
    while left and integer_bounds([one for one, _ in left], cells) is None:
        wrong = tuple(dict.fromkeys(left[position][1] for position in contradiction([one for one, _ in left], cells)))
        yield wrong
        left = [(one, source) for one, source in left if source not in wrong]


def _sum_as_cell(block: KnownBlock, cell: int, held: npt.NDArray[np.bool_], place: npt.NDArray[np.int64]) -> KnownSum:
    """The sum of a block as a cell of its own: the block less that cell is 0."""
    parts = _cells(block, held, place)
    return KnownSum((*parts, cell), (*(1,) * len(parts), -1), 0, 0)


def _sums(statement: Statement, held: npt.NDArray[np.bool_], place: npt.NDArray[np.int64]) -> Iterator[KnownSum]:
    """A statement as sums: a count is one; a percentage is at least its low end of the base and at most its high end."""
    figure, counted = statement.figure, _cells(statement.counts, held, place)
    if statement.base is None:
        if counted:
            yield KnownSum(counted, (1,) * len(counted), figure.low, math.inf if figure.high is None else figure.high)
        return
    base = _cells(statement.base, held, place)
    for parts, low, high in ((figure.low, 0.0, math.inf), (figure.high, -math.inf, 0.0)):
        weights = dict.fromkeys(base, -(parts or 0))
        for cell in counted:
            weights[cell] = weights.get(cell, 0) + figure.parts
        weighed = {cell: weight for cell, weight in weights.items() if weight}
        if weighed:
            yield KnownSum(tuple(weighed), tuple(weighed.values()), low, high)


def _cells(block: KnownBlock, held: npt.NDArray[np.bool_], place: npt.NDArray[np.int64]) -> tuple[int, ...]:
    return tuple(int(place[cell]) for cell in product(block.groups, block.pools, block.outcomes) if held[cell])
