"""Takes a CountTable and the rows of its characteristics; gives what single rows, or two beside each other, show to be wrong."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from eia.errors import Faults, visible
from eia.intake.counts.characteristic_rows import CharacteristicRows
from eia.intake.counts.count_table import CountTable, Place
from eia.intake.counts.measures import SELECTED
from eia.intake.counts.reconcile import Amounts, Statement
from eia.intake.people.pools import folded


class RowFaults:
    """What is wrong with which rows of a table, gathered over all its characteristics: one fault for each thing, with its rows."""

    def __init__(self, table: CountTable) -> None:
        """Look for pools whose names differ from that of another but for capitals and blanks: one pool, or two."""
        self._table = table
        self._rows: dict[str, set[int]] = {}
        first: dict[str, str] = {}
        for row, (cell, place) in enumerate(zip(table.pool_cells, table.places, strict=True)):
            if isinstance(place, int) and first.setdefault(folded(cell), visible(cell)) != visible(cell):
                self.add("pools-alike", row)

    def add(self, code: str, *rows: int) -> None:
        """Take rows with which this is wrong."""
        self._rows.setdefault(code, set()).update(rows)

    def faults(self) -> Faults:
        """One fault for each thing that is wrong with some rows."""
        faults = Faults()
        for code, what, do in (
            ("repeated-row", "The same group stands twice in the same pool, perhaps in other words.", "Add these rows up, or remove one."),
            ("pools-alike", "Some pools are called the same but for capitals or blanks.",
             "Write the pool the same way in every row, or give the pools names that differ."),
            ("no-people-given", "Some rows do not say how many people there are.", "Fill these cells in, or write * where it was withheld."),
            ("selected-exceed-people", "More people are selected than there are.", "Correct these rows."),
            ("selected-without-pool", "People are selected who are in no pool.", "Fill in the pool of these rows."),
            ("no-selected-given", "Some groups in a pool have no number selected, while others have one.",
             "Fill these cells in, with 0 where nobody is selected."),
            ("nothing-limits", "Nothing says how many people some rows can be: they give a percentage of an unknown number, or a withheld "
             "figure without a total.", "Add a row with the group Total and the number of people."),
        ):  # fmt: skip
            rows = np.array(sorted(self._rows.get(code, ())), dtype=np.int64)
            allowed = "for each group of each pool one row, and no more selected than people"
            faults.of_rows(self._table.raw, rows, code=code, what=what, allowed=allowed, do=do)
        return faults

    def check(self, rows: CharacteristicRows) -> None:
        """Rows that repeat another of the characteristic, and numbers of people and of selected that cannot be."""
        table = self._table
        seen: set[tuple[tuple[int, ...], Place]] = set()
        for row, block in rows.blocks.items():
            if (block, table.places[row]) in seen:
                self.add("repeated-row", row)
            seen.add((block, table.places[row]))
        people, selected = table.counting("people"), table.counting(SELECTED)
        told_apart = any(one.counts in set(table.outcomes) - {SELECTED} or one.percentage for one in table.measures)
        given = selected is not None and any(selected.column.cells)
        for row in rows.single:
            there, gone = (one.at(row) if one else () for one in (people, selected))
            said = gone or any(one.at(row) for one in table.measures if one.counts == SELECTED)
            most = there[0].high if there and not there[0].parts else None
            place = table.places[row]
            if people and not told_apart and not people.column.cells[people.column.text.codes[row]]:
                self.add("no-people-given", row)
            if gone and not gone[0].parts and most is not None and gone[0].low > most:
                self.add("selected-exceed-people", row)
            if gone and gone[0].low > 0 and place == table.outside:
                self.add("selected-without-pool", row)
            if given and not said and isinstance(place, int) and place != table.outside and most != 0:
                self.add("no-selected-given", row)

    def check_limits(self, statements: Sequence[Statement], high: Amounts) -> None:
        """Rows that count a cell which nothing limits. high: the most of every cell."""
        for one in statements:
            cells = np.ix_(one.counts.groups, one.counts.pools, one.counts.outcomes)
            if one.row is not None and np.isinf(high[cells]).any():
                self.add("nothing-limits", one.row)
