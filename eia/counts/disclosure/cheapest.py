"""Takes Cells and what a search would withhold; gives the cheapest cells that are enough, where the table is small enough to know.

A set of cells of which one at least has to be withheld is found for each need that is not met: the largest set that leaves it unmet when all
others are withheld. The cheapest choice that meets all sets found is tried, and gives further sets, until it is enough.
"""

from __future__ import annotations

import numpy as np

from eia.counts.disclosure.attacker import Attacker, Ranges, solved, solver
from eia.counts.disclosure.cells import Cells, Flags, Sums
from eia.counts.disclosure.needs import Needs
from eia.counts.disclosure.possible import Possible, Withheld

_LARGE, _ROUNDS = (
    45,
    60,
)  # cells to choose among of which a table is too large; choices tried. No clock: a rerun has to come out the same


def cheapest(
    cells: Cells,
    ranges: Ranges,
    asked: Needs,
    prices: Sums,
    *,
    start: Flags,
    enough: Withheld,
    before: Ranges | None = None,
) -> Withheld:
    """Give which cells to withhold, those of ``start`` among them. enough: what a search would withhold, which is given back where it is the
    cheapest, or where nothing cheaper is found in time."""
    if (enough.cells == start).all() or (~start).sum() > _LARGE:
        return enough
    ours, sets = np.flatnonzero(~start), np.zeros((0, int((~start).sum())), dtype=np.bool_)
    table = _Tried(cells, ranges, asked, start, before)
    for _ in range(_ROUNDS):
        chosen = _choice(sets, prices[ours])
        if chosen is None or prices[ours][chosen].sum() >= prices[enough.cells & ~start].sum() - 1e-9:
            return enough
        hidden = start.copy()
        hidden[ours[chosen]] = True
        found = table.sets(hidden)
        if not found:
            return Withheld(hidden, table.found.tables[table.found.fits[:, ~hidden].all(axis=1)])
        sets = np.vstack([sets, *(each[None, ours] for each in found)])
    return enough


def _choice(sets: Flags, prices: Sums) -> Flags | None:
    """The cheapest cells with one of every set among them."""
    if not len(sets):
        return np.zeros(len(prices), dtype=np.bool_)
    one, many = np.ones(len(sets)), np.full(len(sets), np.inf)
    solution = solved(
        solver(sets.astype(float), one, many, np.ones(len(prices)), prices, whole=np.ones(len(prices), dtype=np.bool_))
    )
    return None if solution is None else solution > 0.5


class _Tried:
    """An attacker for every choice that is tried, and the possible tables found so far."""

    def __init__(self, cells: Cells, ranges: Ranges, asked: Needs, start: Flags, before: Ranges | None) -> None:
        self.asked, self.found = asked, Possible(cells, ranges, asked)
        self.attacker, self.hidden = Attacker(cells, ranges.but(start), before=before), start.copy()

    def hide(self, hidden: Flags) -> None:
        for cell in np.flatnonzero(hidden != self.hidden):
            (self.attacker.forget if hidden[cell] else self.attacker.recall)(int(cell))
        self.hidden = hidden.copy()

    def unmet(self) -> int | None:
        """A need that is not met; None where all are."""
        while True:
            valid = self.found.fits[:, ~self.hidden].all(axis=1)
            left = np.flatnonzero(~self.found.serves[valid].any(axis=0))
            if not len(left):
                return None
            if not self.possible(int(left[0])):
                return int(left[0])

    def possible(self, place: int) -> bool:
        self.attacker.be(int(self.asked.insider[place]))
        found = self.attacker.table_with(int(self.asked.cell[place]), *self.asked.ask(place))
        if found is None:
            return False
        self.found.take([found.counts])
        return True

    def sets(self, hidden: Flags) -> list[Flags]:
        """Sets of which one cell at least has to be withheld beside these; none where these are enough."""
        found: list[Flags] = []
        self.hide(hidden)
        while (place := self.unmet()) is not None:
            least = self.hidden.copy()
            for cell in np.flatnonzero(~self.hidden):
                least[cell] = True
                self.hide(least)
                if self.possible(place):
                    least[cell] = False
                    self.hide(least)
            found.append(~least)
            hidden = hidden | ~least
            self.hide(hidden)
        return found
