"""Takes Cells and what showing each would tell; gives which of them to withhold, so that no protected one can be worked out."""

from __future__ import annotations

import numpy as np

from eia.counts.disclosure.attacker import NEAR, Attacker, Ranges
from eia.counts.disclosure.cells import Cells, Flags, Sums
from eia.counts.disclosure.cheapest import cheapest
from eia.counts.disclosure.needs import Needs, Places
from eia.counts.disclosure.possible import Possible, Withheld

_TRIES = 8  # of people to be, for each cell that might be shown again: most are settled by one


def suppressed(cells: Cells, ranges: Ranges, asked: Needs, *, start: Flags, before: Ranges | None = None) -> Withheld:
    """Which cells to withhold, those of ``start`` among them: cheap further ones for each need in turn, then back as many
    as can be; and of small tables the cheapest.

    ranges: what showing a cell tells of it. asked: what has to stay possible. before: what was published before.
    """
    search = _Search(cells, ranges, asked, start, before)
    search.open()
    search.prune()
    enough = Withheld(search.hidden, search.found.tables)
    return cheapest(cells, ranges, asked, prices(cells), start=start, enough=enough, before=before)


def prices(cells: Cells) -> Sums:
    """What is missed least is withheld first: ways of not answering, and small numbers."""
    answers = np.array([row.kind == "answer" for row in cells.rows])[cells.at[:, 0]]
    missed: Sums = np.where(answers, 3.0, 1.0) * np.log(2.0 + cells.n)
    return missed


class _Search:
    """What is withheld so far, and the possible tables that show which needs are met by it."""

    def __init__(self, cells: Cells, ranges: Ranges, asked: Needs, start: Flags, before: Ranges | None) -> None:
        self.cells, self.asked, self.start = cells, asked, start
        self.hidden = start.copy()
        self.plain = Attacker(cells, ranges.but(start), before=before)
        self.paying = Attacker(cells, ranges.but(start), before=before, prices=prices(cells))
        self.found = Possible(cells, ranges, asked)

    def open(self) -> None:
        """Withhold what opens each need in turn. A table found for one stays possible, since what is withheld only grows."""
        for insiders in self.asked.together():
            theirs = self._left(self.asked.of(insiders))
            if not len(theirs):
                continue
            self.plain.be(*insiders)
            self.found.take(self.asked.tables(theirs, self.plain, self.cells))
            if len(insiders) == 1:
                self.paying.be(*insiders)
                for place in theirs:
                    if not self.found.serves[:, place].any():
                        self._pay(int(place))

    def _left(self, places: Places) -> Places:
        return places[~self.found.serves[:, places].any(axis=0)]

    def _pay(self, place: int) -> None:
        found = self.paying.table_with(int(self.asked.cell[place]), *self.asked.ask(place))
        if found is None:  # the solver gave up: the audit will tell
            return
        for cell in np.flatnonzero((found.left > NEAR) & ~self.hidden):
            self.hidden[cell] = True
            self.plain.forget(int(cell))
            self.paying.forget(int(cell))
        self.found.take([found.counts])

    def prune(self) -> None:
        """Show again what need not have been withheld, what is missed most first."""
        further = np.flatnonzero(self.hidden & ~self.start)
        for cell in further[np.argsort(-prices(self.cells)[further], kind="stable")]:
            self.plain.recall(int(cell))
            still = self.found.fits[:, cell]
            known = len(still)
            if self._met_by(np.asarray(self.found.serves[still].any(axis=0))):
                self.hidden[cell] = False
                kept = np.append(still, np.ones(len(self.found.serves) - known, dtype=np.bool_))
                self.found.only(kept)
            else:
                self.plain.forget(int(cell))

    def _met_by(self, met: Flags) -> bool:
        """Whether all needs can be met, these being; tables found on the way are kept. After some tries the answer is no."""
        for _ in range(_TRIES):
            if met.all():
                return True
            place = int(np.argmin(met))
            self.plain.be(int(self.asked.insider[place]))
            found = self.plain.table_with(int(self.asked.cell[place]), *self.asked.ask(place))
            if found is None:
                return False
            known = len(self.found.serves)
            theirs = np.flatnonzero(~met & (self.asked.insider == self.asked.insider[place]))
            self.found.take([found.counts, *self.asked.tables(theirs, self.plain, self.cells)])
            met = met | self.found.serves[known:].any(axis=0)
        return bool(met.all())
