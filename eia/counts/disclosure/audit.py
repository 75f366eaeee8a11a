"""Takes Cells and the numbers that are to be printed of them; gives the protected cells that somebody could work out from these all the same."""

from __future__ import annotations

import numpy as np

from eia.counts.disclosure.attacker import Attacker, Ranges
from eia.counts.disclosure.cells import MEASURES, Cells, Counts, Sums
from eia.counts.disclosure.needs import Needs
from eia.counts.disclosure.rules import Rules


def told(cells: Cells, values: Counts, rules: Rules, *, off: int) -> Ranges:
    """What numbers that are at most ``off`` away from the counts tell of each cell, with the rules: nothing below a threshold is shown."""
    least = np.where(cells.at[:, 2] <= MEASURES.index("at risk"), rules.group, rules.side)
    return Ranges(low=np.maximum(values - off, least).astype(float), high=(values + off).astype(float))


def given_away(
    cells: Cells, ranges: Ranges, asked: Needs, before: Ranges | None = None, *, whole: bool = False
) -> list[int]:
    """Which protected cells can be narrowed below what they need. ranges: what is printed tells; nothing of cells that are withheld.

    whole: whether the attacker uses that people are whole; only tables of whole numbers are possible then.
    Every table of the solver's is checked against what it has to fit, so that an error of it fails the audit and never passes it.
    """
    attacker, met = Attacker(cells, ranges, before=before, whole=whole), np.zeros(len(asked.cell), dtype=np.bool_)
    for insiders in asked.together():
        left = asked.of(insiders)
        left = left[~met[left]]
        if not len(left):
            continue
        attacker.be(*insiders)
        for table in asked.tables(left, attacker, cells):
            met |= asked.served_by(table, cells) & _fits(table, cells, ranges, before, whole)
        for place in left if len(insiders) == 1 else ():
            found = None if met[place] else attacker.table_with(int(asked.cell[place]), *asked.ask(int(place)))
            if found is not None:
                met |= asked.served_by(found.counts, cells) & _fits(found.counts, cells, ranges, before, whole)
    return sorted(set(asked.cell[~met].tolist()))


def _fits(table: Sums, cells: Cells, ranges: Ranges, before: Ranges | None, whole: bool) -> bool:
    near = np.allclose(cells.totals @ table, cells.known, atol=1e-5) and bool((table > -1e-6).all())
    near = near and (not whole or np.allclose(table, np.rint(table), atol=1e-5))
    return bool(near and ranges.fit(table, cells).all() and (before is None or before.fit(table, cells).all()))
