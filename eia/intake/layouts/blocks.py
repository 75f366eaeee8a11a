"""Takes the rows of a page as they stand; gives the tables on it: their headers, their columns, and the rows of figures under their headings.

Headers may stand in several rows, those above spread over the columns below them. A row with one cell of words is a title
above a table, or a heading within it. A note is neither.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from eia.intake.counts.published_cells import figures
from eia.intake.files.layout import is_note
from eia.vocabulary.notes import without_notes
from eia.vocabulary.synonyms import plain

_LONGEST_HEADING = 90
_YEAR = re.compile(r"(?:19|20)\d\d")
_DECIMAL = re.compile(r"\d+\.\d+")
_RANGE = re.compile(r"\d+ ?(?:-|–|to) ?\d+|\d+ or more")

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A row with figures. number: as a spreadsheet shows it. cells: as they stand. headings: the rows of
    one cell of words right above it, each with the number of its row."""

    number: int
    cells: Row
    headings: tuple[tuple[int, str], ...]


@dataclass(slots=True)
class Block:
    """A table of a page. titles: the rows of one cell above its headers. headers: its rows of headers. rows: of figures."""

    titles: tuple[str, ...]
    headers: list[Row] = field(default_factory=list)
    rows: list[FigureRow] = field(default_factory=list)

    @property
    def filled(self) -> list[int]:
        """The columns in which any row has a cell."""
        width = max(len(row.cells) for row in self.rows)
        return [index for index in range(width) if any(row.cells[index] for row in self.rows)]

    def column(self, index: int) -> list[str]:
        """The cells of a column."""
        return [row.cells[index] for row in self.rows]

    def path(self, index: int) -> tuple[str, ...]:
        """The headers of a column from above to below, each once."""
        above = (_spread(row, row is self.headers[-1])[index] for row in self.headers)
        return tuple(dict.fromkeys(cell for cell in above if cell))

    def title_of(self, index: int) -> str:
        """The headers of a column in one line."""
        return ", ".join(self.path(index))


def blocks(page: Sequence[Row]) -> list[Block]:
    """The tables of a page; none of them is without a row of figures.

    >>> made = blocks([("", "N", "%"), ("Sex", "", ""), ("Female", "12", "60%"), ("Male", "8", "40%")])
    >>> [(row.number, row.headings) for row in made[0].rows]
    [(3, ((2, 'Sex'),)), (4, ())]
    """
    width = max((len(row) for row in page), default=0)
    rows = [
        (number, (*map(without_notes, row), *[""] * (width - len(row)))) for number, row in enumerate(page, start=1)
    ]
    found: list[Block] = []
    titles: list[tuple[int, str]] = []
    block = Block(())
    for number, cells in rows:
        kind = _kind(cells, block)
        if kind == "words":
            titles.append((number, next(cell for cell in cells if cell)))
        elif kind == "headers":
            if block.rows:
                block = Block(())
            block.headers.append(cells)
            block.titles += tuple(title for _, title in titles)
            titles = []
        elif kind == "figures":
            if not block.rows:
                found.append(block)
            block.rows.append(FigureRow(number, cells, tuple(titles)))
            titles = []
    return found


def _kind(cells: Row, block: Block) -> str:
    filled = [index for index, cell in enumerate(cells) if cell]
    if not filled:
        return "empty"
    words = [index for index in filled if not is_figure(cells[index])]
    if len(filled) == 1 and words == [0]:
        text = cells[0]
        return "note" if is_note(text) or len(text) > _LONGEST_HEADING else "words"
    if is_note(cells[filled[0]]) and len(filled) <= 2 and filled[0] == 0:
        return "note"
    hard = [index for index in filled if is_figure(cells[index]) and not _RANGE.fullmatch(cells[index].casefold())]
    if hard and not (not block.headers and all(_YEAR.fullmatch(cells[index]) for index in hard)):
        return "figures"
    soft = [index for index in filled if is_figure(cells[index])]
    if block.rows and (soft or _within_labels(filled, block)):
        return "figures"
    return "headers"


def _within_labels(filled: Sequence[int], block: Block) -> bool:
    """Whether these columns are all of labels: a row whose figures were left out."""
    last = block.rows[-1].cells
    return len(filled) > 1 and all(last[index] and not is_figure(last[index]) for index in filled)


@lru_cache(maxsize=10_000)
def is_figure(cell: str) -> bool:
    """Whether a cell is a figure, a percentage, or a mark in place of one; words that are marks too are no figures.

    >>> is_figure("1,234"), is_figure("<5"), is_figure("-"), is_figure("45%"), is_figure("any"), is_figure("251.1")
    (True, True, True, True, False, True)
    """
    is_word = plain(cell) in ("any", "c", "x", "n a")
    return bool(_DECIMAL.fullmatch(cell)) or (bool(figures(cell)) and not is_word)


def _spread(row: Row, last: bool) -> list[str]:
    """Headers above others, each over the columns to its right up to the next; the last as far as those before it reach."""
    if last:
        return list(row)
    at = [index for index, cell in enumerate(row) if cell]
    spans = [after - before for before, after in pairwise(at)]
    wide = [span for span in spans if span > 1]
    reach = {at[-1]: max(set(wide), key=wide.count)} if len(at) > 1 and wide else {}
    cells, above, since = [], "", 0
    for index, cell in enumerate(row):
        if cell:
            above, since = cell, index
        cells.append(above if index - since < reach.get(since, len(row)) else "")
    return cells
