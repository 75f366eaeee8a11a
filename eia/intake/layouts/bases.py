"""Takes a table of a page; gives it without the bases that stand in its headers and labels, as “Women (n = 60)”, and those bases apart."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from eia.intake.layouts.blocks import Block, Row

_BASE = re.compile(
    r"(?<!\s)\s*[-–,:;]?\s*[\[(]?\s*\b(?:n|base|unweighted base)\s*(?:=|:|of)\s*(\d{1,3}(?:,\d{3})+|\d+)\s*[\])]?\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Bases:
    """block: the table without them. of_column, of_row: the number of people at a column, or at a row by its position."""

    block: Block
    of_column: Mapping[int, str]
    of_row: Mapping[int, str]


def bases_apart(block: Block) -> Bases:
    """Take the bases out of the headers and labels of a table.

    >>> from eia.intake.layouts.blocks import blocks
    >>> page = [("Sex", "Selected (n=50)"), ("Women [n = 1,060]", "70%"), ("Men", "30%")]
    >>> found = bases_apart(blocks(page)[0])
    >>> found.of_column, found.of_row, found.block.column(0), found.block.title_of(1)
    ({1: '50'}, {0: '1,060'}, ['Women', 'Men'], 'Selected')
    """
    of_column = {
        index: said[-1] for index in block.filled if (said := [one[1] for word in block.path(index) if (one := _BASE.search(word))])
    }  # fmt: skip
    of_row = {
        position: said[0] for position, row in enumerate(block.rows) if (said := [one[1] for cell in row.cells if (one := _BASE.search(cell))])
    }  # fmt: skip
    if not of_column and not of_row:
        return Bases(block, {}, {})
    rows = [replace(row, cells=_without(row.cells)) for row in block.rows]
    return Bases(Block(block.titles, [_without(row) for row in block.headers], rows), of_column, of_row)


def states_base(cell: str) -> bool:
    """Whether a header or a label gives the number of people that its percentages are of."""
    return bool(_BASE.search(cell))


def _without(row: Row) -> Row:
    return tuple(_BASE.sub("", cell) for cell in row)
