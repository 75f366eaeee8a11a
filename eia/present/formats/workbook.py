"""Takes a Document and tables; gives them as a workbook (.xlsx): a cover, then a sheet a table, with numbers that a spreadsheet can count with.

No cell is a formula, whatever it begins with. The same tables make the same bytes.
"""

from __future__ import annotations

import datetime as dt
import io
import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from eia.present.documents.model import MARKS, Document, Table, plain
from eia.present.formats.cells import number

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

COVER, SECTION = "Cover", "Section"
HEAD = 3  # the row of a sheet where its columns are named, from 0
_A4, _MARGIN = 9, 0.5
_WIDEST = 60  # letters, of a column
_LETTERS_IN_A_MARGIN = 200
_SIZE, _LINE = 10, 13.5  # of letters and lines, in points


class _Book:
    """A workbook that is being written, and its formats, each made once."""

    def __init__(self, content: io.BytesIO, document: Document) -> None:
        import xlsxwriter

        self.book: Workbook = xlsxwriter.Workbook(content, {"in_memory": True})
        self.document, self.mark = document, MARKS[document.edition]
        self.book.set_properties({"title": plain(document.title), "created": dt.datetime(2000, 1, 1)})
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def look(self, **properties: Any) -> Format:
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format({"font_name": "Arial", "font_size": _SIZE, "valign": "top", **properties})  # fmt: skip
        return self._formats[key]

    def sheet(self, name: str) -> Worksheet:
        """A new sheet that prints on A4, with the mark on every page."""
        sheet = self.book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(_MARGIN, _MARGIN, 0.8, 0.8)
        title = plain(self.document.title)[:_LETTERS_IN_A_MARGIN].replace("&", "&&")
        sheet.set_header(f"&L&B{self.mark}&B&R{title}")
        sheet.set_footer("&L&A&RPage &P of &N")
        return sheet


def to_workbook(document: Document, tables: Sequence[Table]) -> bytes:
    """Give the tables as the bytes of a workbook. document: what the cover says they are of, and for whom.

    >>> to_workbook(Document("Annex", "", ""), ())[:2]
    b'PK'
    """
    content = io.BytesIO()
    made = _Book(content, document)
    cover = made.sheet(COVER)
    names = [f"Table {place}" for place in range(1, len(tables) + 1)]
    _write_cover(made, cover, list(zip(names, tables, strict=True)))
    for name, table in zip(names, tables, strict=True):
        _write_table(made, made.sheet(name), table)
    made.book.close()
    return content.getvalue()


def _write_cover(made: _Book, sheet: Worksheet, tables: Sequence[tuple[str, Table]]) -> None:
    sheet.set_column(0, 0, 12)
    sheet.set_column(1, 1, 110)
    sheet.write_string(0, 0, plain(made.document.title), made.look(bold=True, font_size=16))
    sheet.write_string(1, 0, plain(made.document.subtitle), made.look(font_size=12))
    sheet.write_string(2, 0, made.mark, made.look(bold=True))
    sheet.merge_range(3, 0, 3, 1, "", made.look(text_wrap=True))
    sheet.write_string(3, 0, plain(made.document.notice), made.look(text_wrap=True))
    sheet.set_row(3, 32)
    sheet.write_string(5, 0, "Sheet", made.look(bold=True, bottom=1))
    sheet.write_string(5, 1, "What it shows", made.look(bold=True, bottom=1))
    for row, (name, table) in enumerate(tables, start=6):
        sheet.write_url(row, 0, f"internal:'{name}'!A1", made.look(font_color="#12436D", underline=1), name)
        sheet.write_string(row, 1, plain(table.title), made.look(text_wrap=True))


def _write_table(made: _Book, sheet: Worksheet, table: Table) -> None:
    """A table from :data:`HEAD` down. Where rows stand under headings, these are the first column, so that rows can be sorted."""
    titles = [*([SECTION] if table.sections else []), *(column.title for column in table.columns)]
    numeric = [*([False] if table.sections else []), *(column.numeric for column in table.columns)]
    rows = [[*([heading] if table.sections else []), *cells] for heading, body in table.bodies for cells in body]
    wide = list(_widths(titles, rows))
    for column, width in enumerate(wide):
        sheet.set_column(column, column, width)
    _write_across(made, sheet, 0, table.title, wide, bold=True, font_size=13)
    _write_across(made, sheet, 1, made.mark, wide, bold=True)
    for column, (title, right) in enumerate(zip(titles, numeric, strict=True)):
        side = "right" if right else "left"
        sheet.write_string(HEAD, column, plain(title), made.look(bold=True, text_wrap=True, bottom=1, align=side))
    sheet.set_row(HEAD, _LINE * max(map(_lines, titles, wide)))
    for place, row in enumerate(rows, start=HEAD + 1):
        sheet.set_row(place, _LINE * max(map(_lines, row, wide)))
        for column, (cell, right) in enumerate(zip(row, numeric, strict=True)):
            _write_cell(made, sheet, (place, column), cell, right=right)
    below = [*table.notes, *([f"Source: {table.source}"] if table.source else [])]
    for place, words in enumerate(below, start=HEAD + len(rows) + 2):
        _write_across(made, sheet, place, words, wide, font_color="#595959")
    sheet.freeze_panes(HEAD + 1, 1)
    sheet.repeat_rows(HEAD)


def _write_cell(made: _Book, sheet: Worksheet, at: tuple[int, int], cell: str, *, right: bool) -> None:
    """A number where the cell is one and its column holds numbers; otherwise its words, never run as a formula."""
    if right and (found := number(cell)):
        sheet.write_number(*at, found.value, made.look(num_format=found.shown))
    else:
        side = "right" if right else "left"
        sheet.write_string(*at, plain(cell), made.look(text_wrap=True, quote_prefix=True, align=side))


def _write_across(made: _Book, sheet: Worksheet, row: int, words: str, wide: Sequence[float], **look: Any) -> None:
    """Words over all columns of a table, on as many lines as they take: so that they do not make its pages wider."""
    shown = plain(words)
    format_ = made.look(text_wrap=True, **look)
    if len(wide) > 1:
        sheet.merge_range(row, 0, row, len(wide) - 1, "", format_)
    sheet.write_string(row, 0, shown, format_)
    larger = look.get("font_size", _SIZE) / _SIZE
    sheet.set_row(row, _LINE * larger * _lines(shown, sum(wide) / larger))


def _lines(words: str, width: float) -> int:
    """How many lines words take in so many letters, with some room: Excel works it out by itself, others do not."""
    return max(math.ceil(len(plain(words)) / (width - 1)), 1)


def _widths(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[float]:
    """In letters: as wide as the longest cell, or word of the title, and no wider than can be read."""
    for title, *cells in zip(titles, *rows, strict=True):
        longest = max((len(plain(each)) for each in (*cells, *title.split())), default=0)
        yield min(longest, _WIDEST) + 2.5
