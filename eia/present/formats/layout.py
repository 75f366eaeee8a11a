"""Takes a Document; gives how it lies on A4: runs of blocks on upright or turned pages, and the widths of a table's columns.

Both formats for paper use it, so that a table has the same columns in Word and in PDF.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from eia.present.charts.lettering import SIZE, width_of
from eia.present.documents.model import Document, Heading, Placed, Table, placed, plain

MARGIN = 51.0  # points, on all sides
UPRIGHT, TURNED = 595.0 - 2 * MARGIN, 842.0 - 2 * MARGIN  # between the margins
LETTERS, SMALL = 9.0, 8.0  # points, in tables, and in long or wide ones
HIGHEST = 660.0  # of a picture, with room for its caption
PADDING = 9.0  # of a cell, left and right together
HAIR = 1.5  # more for each column: Word sets some letters wider
SHORT, TOGETHER = 15, 12  # rows, up to which a table is in the usual letters, and up to which it stands on one page
MANY = 9  # columns, from which a table is in small letters


@dataclass(frozen=True, slots=True)
class Run:
    """Blocks that follow each other on pages of one kind."""

    turned: bool
    places: tuple[Placed, ...]

    @property
    def width(self) -> float:
        """Between the margins, in points."""
        return TURNED if self.turned else UPRIGHT


def runs(document: Document) -> tuple[Run, ...]:
    """Give the blocks in runs: tables too wide for an upright page, and the headings directly above them, on turned pages.

    >>> from eia.present.documents.model import Paragraph, heads
    >>> wide = Table("Wide", heads(*["Comparisons"] * 9), ())
    >>> made = runs(Document("Annex", "", "", blocks=(Paragraph("Read on."), Heading("Figures", 2), wide)))
    >>> [(run.turned, [place.kind for place in run.places]) for run in made]
    [(False, ['paragraph']), (True, ['heading', 'table'])]
    """
    places = placed(document)
    turned: list[bool] = []
    for place in reversed(places):
        above = isinstance(place.block, Heading) and bool(turned) and turned[-1]
        turned.append(above or (isinstance(place.block, Table) and _is_wide(place.block)))
    pairs = zip(reversed(turned), places, strict=True)
    return tuple(Run(kind, tuple(place for _, place in run)) for kind, run in groupby(pairs, key=lambda pair: pair[0]))


def letters(table: Table) -> float:
    """Give the size of a table's letters, in points: small ones where it is long or wide, so that fewer pages are turned.

    >>> from eia.present.documents.model import heads
    >>> letters(Table("Few", heads("Group", "N"), ())), letters(Table("Many", heads(*"abcdefghi"), ()))
    (9.0, 8.0)
    """
    return (
        SMALL if len(table.columns) >= MANY or len(table.rows) > SHORT or _least(table, LETTERS) > UPRIGHT else LETTERS
    )


def widths(table: Table, room: float) -> tuple[float, ...]:
    """Give the width of each column in points, together ``room``: no narrower than its longest word, as far as all fit.

    >>> from eia.present.documents.model import heads
    >>> first, second = widths(Table("T", heads("Group", "N"), (("Not disabled, or not known to be", "1"),)), 300.0)
    >>> round(first + second), first > 4 * second
    (300, True)
    """
    least, whole = _needs(table, letters(table))
    spare = room - sum(least)
    if spare <= 0:  # words break, but none more than another
        return tuple(width * room / sum(least) for width in least)
    wanted = [wide - width for wide, width in zip(whole, least, strict=True)]
    given = _filled(wanted, spare)
    left = spare - sum(given)
    return tuple(width + more + left * wide / sum(whole) for width, more, wide in zip(least, given, whole, strict=True))


def _filled(wanted: Sequence[float], spare: float) -> Sequence[float]:
    """What each is given of what is spare: the modest all they want, the others alike."""
    given = [0.0] * len(wanted)
    order = sorted(range(len(wanted)), key=wanted.__getitem__)
    for waiting, place in zip(range(len(order), 0, -1), order, strict=True):
        given[place] = min(wanted[place], spare / waiting)
        spare -= given[place]
    return given


def picture_width(drawing: str) -> float:
    """Give how wide a drawing stands on an upright page, in points: as the page is, or less where it would be too high.

    >>> round(picture_width('<svg viewBox="0 0 680 300">')), round(picture_width('<svg viewBox="0 0 680 2000">'))
    (493, 224)
    """
    found = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', drawing)
    assert found is not None  # noqa: S101 - a drawing of ours
    return min(UPRIGHT, HIGHEST * float(found[1]) / float(found[2]))


def _is_wide(table: Table) -> bool:
    return _least(table, letters(table)) > UPRIGHT


def _least(table: Table, size: float) -> float:
    """How wide a table is with a word a line."""
    return sum(_needs(table, size)[0])


def _needs(table: Table, size: float) -> tuple[Sequence[float], Sequence[float]]:
    """How wide each column is with a word a line, and with every cell on one line and its title on two."""
    padding = PADDING * size / LETTERS + HAIR
    cells = [[row[place] for row in table.rows] for place in range(len(table.columns))]
    least = [
        padding + max((_width(word, size) for word in _words([column.title, *under])), default=0.0)
        for column, under in zip(table.columns, cells, strict=True)
    ]
    whole = [
        max(
            narrow,
            padding + max([_on_two_lines(column.title, size), *(_width(plain(cell), size) for cell in under)]),
        )
        for narrow, column, under in zip(least, table.columns, cells, strict=True)
    ]
    return least, whole


def _on_two_lines(title: str, size: float) -> float:
    """How wide a title is on the two lines that it breaks into best, with a little room: bold letters are measured as a whole."""
    words = plain(title).split()
    breaks = ((" ".join(words[:place]), " ".join(words[place:])) for place in range(1, len(words) + 1))
    return 1.05 * min((max(_width(part, size) for part in both) for both in breaks), default=0.0)


def _words(cells: Sequence[str]) -> Iterator[str]:
    return (word for cell in cells for word in plain(cell).split())


def _width(words: str, size: float) -> float:
    return width_of(words, bold=True) * size / SIZE
