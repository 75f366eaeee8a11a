"""Takes the rows of one characteristic in a CountTable; gives everything that they state, and the sums that findings rest on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

import numpy as np
import numpy.typing as npt

from eia.intake.counts.characteristic_rows import CharacteristicRows
from eia.intake.counts.count_table import CountTable
from eia.intake.counts.measures import SELECTED, Measure
from eia.intake.counts.published_cells import Figure
from eia.intake.counts.reconcile import KnownBlock, Statement

Bools = npt.NDArray[np.bool_]


def cells_held(table: CountTable, rows: CharacteristicRows) -> Bools:
    """The cells that the table speaks of, by group, pool and outcome: those with a row, and no pool where the whole workforce is given."""
    outside, places = table.outside, table.places
    held = np.zeros((len(rows.groups), outside + 1, len(table.outcomes) + len(table.parts)), dtype=bool)
    for row in rows.single:
        place = places[row]
        if isinstance(place, int):
            held[rows.blocks[row], place] = True
    beyond = any(one.at(row) for one in table.measures if one.counts in ("whole", "rest") for row in rows.blocks)
    if beyond or (not held[:, outside].any() and any(places[row] == "everyone" for row in rows.blocks)):
        held[[index for row in rows.single for index in rows.blocks[row]], outside] = True
    held &= np.isin(np.arange(held.shape[2]), (*table.used, *table.parts.values()))
    held[:, outside, 1:] = False
    return held


def statements(table: CountTable, rows: CharacteristicRows, held: Bools) -> list[Statement]:
    """Everything that the rows state; percentages only where the case says what they are of."""
    return [
        *(one for row in rows.blocks for one in _of_row(table, rows, row, held)),
        *_made_of_parts(table, len(rows.groups)),
    ]


def _of_row(table: CountTable, rows: CharacteristicRows, row: int, held: Bools) -> Iterator[Statement]:
    groups, base_of = rows.blocks[row], table.case.counts.percentages
    kinds = rows.answered if base_of == "answered" and set(groups) <= set(rows.answered) else rows.everybody
    for one in table.measures:
        outcomes = (table.parts[one],) if one in table.parts else table.codes(one.counts)
        counted = KnownBlock(groups, _pools(table, one, row, held), outcomes)
        for figure in one.at(row):
            if figure.parts and base_of is None:
                continue
            base = _base(table, one, counted, kinds) if figure.parts else None
            yield Statement(counts=counted, figure=figure, base=base, row=row, header=one.column.header)


def _made_of_parts(table: CountTable, groups: int) -> Iterator[Statement]:
    """That an outcome with several columns is all of what they count: one part in one of them together."""
    for group, pool, outcome in product(range(groups), range(table.outside), {one.outcome for one in table.parts}):
        whole = KnownBlock((group,), (pool,), table.codes(outcome[0]))
        of = KnownBlock((group,), (pool,), tuple(code for one, code in table.parts.items() if one.outcome == outcome))
        yield Statement(counts=whole, figure=Figure(1, 1, 1), base=of, row=None, header="")


def _pools(table: CountTable, measure: Measure, row: int, held: Bools) -> tuple[int, ...]:
    place, outside = table.places[row], table.outside
    if measure.counts == "whole" or place == "everyone":
        return tuple(range(outside + 1))
    if measure.counts == "rest":
        return (outside,)
    if isinstance(place, int):
        return (place,)
    return tuple(pool for pool in range(outside + 1) if held[:, pool].any())


def _base(table: CountTable, measure: Measure, counted: KnownBlock, kinds: tuple[int, ...]) -> KnownBlock:
    """What a percentage is of. Only of those with an outcome can a percentage be of the people of the same group."""
    of = table.case.counts.percentages
    if measure.counts not in (*table.outcomes, SELECTED) or of in ("column", "answered"):
        return KnownBlock(kinds, counted.pools, counted.outcomes)
    return KnownBlock(counted.groups if of == "group" else kinds, counted.pools, table.used)


def sums_of_findings(table: CountTable, rows: CharacteristicRows) -> Mapping[str, tuple[KnownBlock, ...]]:
    """The sums that a finding rests on, as ``CountMargins`` names them."""
    pools, used = tuple(range(table.outside)), table.used
    places = (*((place,) for place in (*pools, table.outside)), pools, (*pools, table.outside))
    selected = table.codes(SELECTED)
    return {
        "group": tuple(KnownBlock((group,), place, used) for group in rows.everybody for place in places),
        "everyone": tuple(KnownBlock(rows.answered, place, used) for place in places),
        "selected": tuple(KnownBlock(rows.answered, place, selected) for place in places),
        "group_selected": tuple(KnownBlock((group,), pools, selected) for group in rows.everybody),
        "people": tuple(KnownBlock(rows.everybody, place, used) for place in places[-2:]),
    }
