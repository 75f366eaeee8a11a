"""Takes Cells and what is shown of them; gives what somebody who knows the totals, the rules and everything shown could think the others are.

Every question is a linear programme: is there a table of counts that fits all that is known, in which this cell is as small, or as large?
The solver is warm from one question to the next.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from eia.counts.disclosure.cells import Cells, Flags, Sums

NEAR = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ranges:
    """What is known of each cell: it lies from ``low`` to ``high``, which are infinite where nothing is known."""

    low: Sums
    high: Sums

    def but(self, hidden: Flags) -> Ranges:
        """The same, nothing being known of the hidden cells."""
        return Ranges(low=np.where(hidden, -np.inf, self.low), high=np.where(hidden, np.inf, self.high))

    def fit(self, table: Sums, cells: Cells) -> Flags:
        """Which cells of a possible table of counts, or of each of several, one a row, lie in them."""
        n = table @ cells.sums.T
        return (n >= self.low - NEAR) & (n <= self.high + NEAR)


@dataclass(frozen=True, slots=True)
class Table:
    """A table of counts that fits what is known, and how far each cell had to leave what is shown of it for that."""

    counts: Sums
    left: Sums


class Attacker:
    """Somebody who knows totals, ranges of cells, and what has been published before.

    prices: what it costs to leave what is shown of a cell by one person; None where that is not to be done.
    before: what was published before, which cannot be taken back.
    """

    def __init__(
        self,
        cells: Cells,
        ranges: Ranges,
        *,
        before: Ranges | None = None,
        prices: Sums | None = None,
        whole: bool = False,
    ) -> None:
        """Set up the programme: the counts, and for each cell how far it leaves its range, down and up."""
        import highspy

        count, size = cells.sums.shape
        self._count, self._size, self._ranges = count, size, ranges
        before = before or Ranges(low=np.full(count, -np.inf), high=np.full(count, np.inf))
        told = np.isfinite(before.low) | np.isfinite(before.high)
        # first what is shown, which may be left at a price; then the cells again, for what is asked of them; then what is known for good
        matrix = np.vstack([cells.sums, cells.sums, cells.totals, cells.sums[told]])
        low = np.concatenate([ranges.low, np.full(count, -np.inf), cells.known, before.low[told]])
        high = np.concatenate([ranges.high, np.full(count, np.inf), cells.known, before.high[told]])
        people = np.ones(size, dtype=np.bool_) if whole else None
        self._solver = solver(matrix, low, high, np.full(size, np.inf), np.zeros(size), whole=people)
        if prices is not None:
            many, places = 2 * count, np.arange(2 * count, dtype=np.int32)
            away = np.repeat([-1.0, 1.0], count)
            self._solver.addCols(many, np.tile(prices, 2), np.zeros(many), np.full(many, np.inf), many, places, places % count, away)  # fmt: skip
        if whole:
            self._solver.setOptionValue("mip_rel_gap", 0.9)  # any possible table will do, and not the most extreme
            # a search for a first table, which is found sooner without it
            self._solver.setOptionValue("mip_heuristic_run_feasibility_jump", False)
        self._infinite = highspy.kHighsInf

    def forget(self, cell: int) -> None:
        """Nothing is known of a cell any more."""
        self._solver.changeRowBounds(cell, -self._infinite, self._infinite)

    def recall(self, cell: int) -> None:
        """What is shown of a cell is known again."""
        self._solver.changeRowBounds(cell, float(self._ranges.low[cell]), float(self._ranges.high[cell]))

    def be(self, *counts: int) -> None:
        """Be the one person in a count, and know it, or in several of them; -1 is nobody."""
        ones = np.isin(np.arange(self._size), counts)
        low, high = np.where(ones, 1.0, 0.0), np.where(ones, 1.0, self._infinite)
        self._solver.changeColsBounds(self._size, np.arange(self._size, dtype=np.int32), low, high)

    def table_with(self, cell: int, least: float | None, most: float | None) -> Table | None:
        """A table that fits, in which a cell is at least or at most of some size; None where there is none."""
        row = self._count + cell
        self._solver.changeRowBounds(
            row, -self._infinite if least is None else least, self._infinite if most is None else most
        )
        solution = solved(self._solver)
        self._solver.changeRowBounds(row, -self._infinite, self._infinite)
        if solution is None:
            return None
        left = solution[self._size :].reshape(-1, self._count).sum(axis=0)
        return Table(solution[: self._size], left)

    def extreme(self, wanted: Sums, caps: Mapping[int, float]) -> Sums | None:
        """A table that fits with the least of a weighted sum of counts, in which no cell of ``caps`` is above its cap."""
        for cell, cap in caps.items():
            self._solver.changeRowBounds(self._count + cell, -self._infinite, cap)
        self._cost(wanted)
        solution = solved(self._solver)
        self._cost(np.zeros(self._size))
        for cell in caps:
            self._solver.changeRowBounds(self._count + cell, -self._infinite, self._infinite)
        return None if solution is None else solution[: self._size]

    def _cost(self, cost: Sums) -> None:
        self._solver.changeColsCost(self._size, np.arange(self._size, dtype=np.int32), cost)


@cache
def _quiet() -> Any:
    """The solver, which else prints who made it as soon as there is one: what the command line prints may be read by a program."""
    import highspy

    class Quiet(highspy.Highs):
        def enableCallbacks(self) -> None:
            """Leave them out: this is what prints."""

    return Quiet


def solver(matrix: Sums, low: Sums, high: Sums, upper: Sums, cost: Sums, *, whole: Flags | None = None) -> Any:
    """A programme for numbers from 0 to ``upper``: the least cost at which each row of the matrix comes to between low and high.

    whole: which have to be whole numbers.
    """
    import highspy

    programme = highspy.HighsLp()
    rows, columns = np.nonzero(matrix)
    programme.num_row_, programme.num_col_ = matrix.shape
    programme.col_cost_, programme.col_lower_, programme.col_upper_ = cost, np.zeros(len(cost)), upper
    programme.row_lower_, programme.row_upper_ = low, high
    programme.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    programme.a_matrix_.start_ = np.searchsorted(rows, np.arange(len(matrix) + 1)).astype(np.int32)
    programme.a_matrix_.index_, programme.a_matrix_.value_ = columns.astype(np.int32), matrix[rows, columns]
    if whole is not None:
        programme.integrality_ = [
            highspy.HighsVarType.kInteger if each else highspy.HighsVarType.kContinuous for each in whole
        ]
    made = _quiet()()
    for name, value in {"output_flag": False, "log_to_console": False, "threads": 1, "random_seed": 1}.items():
        made.setOptionValue(name, value)
    made.passModel(programme)
    return made


def solved(made: Any) -> Sums | None:
    """The solution of a programme, or None where there is none."""
    import highspy

    made.run()
    if made.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    return np.array(made.getSolution().col_value)
