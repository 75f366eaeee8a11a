"""Takes possible tables of counts; gives what each of them shows to be possible, and which cells are in it what is shown of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from eia.counts.disclosure.attacker import Ranges
from eia.counts.disclosure.cells import Cells, Flags, Sums
from eia.counts.disclosure.needs import Needs


@dataclass(frozen=True, slots=True, eq=False)
class Withheld:
    """Which cells to withhold, and possible tables, one a row, that show it to be enough: whoever audits it need not look for others."""

    cells: Flags
    tables: Sums


class Possible:
    """The possible tables found so far, one a row: which needs each serves, and which cells lie in their ranges in it."""

    def __init__(self, cells: Cells, ranges: Ranges, asked: Needs) -> None:
        """Start with none."""
        self._cells, self._ranges, self._asked = cells, ranges, asked
        self.tables: Sums = np.zeros((0, cells.sums.shape[1]))
        self.serves: Flags = np.zeros((0, len(asked.cell)), dtype=np.bool_)
        self.fits: Flags = np.zeros((0, len(cells.n)), dtype=np.bool_)

    def take(self, tables: Sequence[Sums]) -> None:
        """Add some."""
        if tables:
            new = np.array(tables)
            self.tables = np.vstack([self.tables, new])
            self.serves = np.vstack([self.serves, self._asked.served_by(new, self._cells)])
            self.fits = np.vstack([self.fits, self._ranges.fit(new, self._cells)])

    def only(self, which: Flags) -> None:
        """Keep some of them."""
        self.tables, self.serves, self.fits = self.tables[which], self.serves[which], self.fits[which]
