"""Takes Cells and the numbers that are to be printed of them; gives the protected cells that somebody could work out from these all the same."""

from __future__ import annotations

import numpy as np

from eia.counts.disclosure.attacker import Attacker, Ranges
from eia.counts.disclosure.cells import MEASURES, Cells, Counts, Flags, Sums
from eia.counts.disclosure.needs import Needs
from eia.counts.disclosure.rules import Rules


def told(cells: Cells, values: Counts, rules: Rules, *, off: int) -> Ranges:
    """What numbers that are at most ``off`` away from the counts tell of each cell, with the rules: nothing below a threshold is shown."""
    least = np.where(cells.at[:, 2] <= MEASURES.index("at risk"), rules.group, rules.side)
    return Ranges(low=np.maximum(values - off, least).astype(float), high=(values + off).astype(float))


def given_away(
    cells: Cells,
    ranges: Ranges,
    asked: Needs,
    before: Ranges | None = None,
    *,
    whole: bool = False,
    known: Sums | None = None,
) -> list[int]:
    """Which protected cells can be narrowed below what they need. ranges: what is printed tells; nothing of cells that are withheld.

    whole: whether the attacker uses that people are whole; only tables of whole numbers are possible then. known: tables that may show
    something to be possible, one a row: only what none of them shows is asked of the solver.
    Every table, the solver's too, is checked against what it has to fit, so that an error of it fails the audit and never passes it.
    """
    met = np.zeros(len(asked.cell), dtype=np.bool_)
    if known is not None:
        met = shown_possible(known, cells, ranges, asked, before, whole=whole)
    if met.all():
        return []
    attacker = Attacker(cells, ranges, before=before, whole=whole)
    for insiders in asked.together():
        left = asked.of(insiders)
        left = left[~met[left]]
        if not len(left):
            continue
        attacker.be(*insiders)
        for table in asked.tables(left, attacker, cells):
            met |= shown_possible(table[None], cells, ranges, asked, before, whole=whole)
        for place in left if len(insiders) == 1 else ():
            found = None if met[place] else attacker.table_with(int(asked.cell[place]), *asked.ask(int(place)))
            if found is not None:
                met |= shown_possible(found.counts[None], cells, ranges, asked, before, whole=whole)
    return sorted(set(asked.cell[~met].tolist()))


def shown_possible(
    tables: Sums, cells: Cells, ranges: Ranges, asked: Needs, before: Ranges | None = None, *, whole: bool = False
) -> Flags:
    """What is shown to be possible by one at least of these tables, one a row, that fits everything known."""
    off = np.abs(tables @ cells.totals.T - cells.known)
    fits: Flags = (off <= 1e-5 * (1 + cells.known)).all(axis=1) & (tables.min(axis=1) > -1e-6)
    if whole:
        fits = fits & (np.abs(tables - np.rint(tables)).max(axis=1) < 1e-5)
    for told_of in (ranges, before) if before is not None else (ranges,):
        fits = fits & told_of.fit(tables, cells).all(axis=1)
    return np.asarray(asked.served_by(tables[fits], cells).any(axis=0))
