"""Takes a Table; gives it as CSV bytes that spreadsheets open with the right letters and without running anything."""

from __future__ import annotations

import csv
import io
import re

from eia.present.documents.model import Table, plain

_TRIGGERS = "=+-@＝＋－＠"  # a cell that begins so is read as a formula
_NUMBER = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)?(\.\d+)?%?")


def to_csv(table: Table) -> bytes:
    r"""Give the heads and rows of a table as CSV: UTF-8 with a mark that tells Excel so, one line a row.

    Line breaks and invisible characters in cells are taken out. A cell that a spreadsheet would run as a formula gets
    an apostrophe before it; plain numbers stay numbers. Where rows stand under headings, these are the first column.

    >>> from eia.present.documents.model import TableColumn
    >>> table = Table("Excess", (TableColumn("Group"), TableColumn("People", numeric=True)), (("=HYPERLINK()", "-3.2"),))
    >>> print(to_csv(table).decode("utf-8-sig").replace("\r\n", "|"))
    Group,People|'=HYPERLINK(),-3.2|
    """
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow([*(["Section"] if table.sections else []), *(safe(column.title) for column in table.columns)])
    for heading, rows in table.bodies:
        section = [safe(heading)] if table.sections else []
        writer.writerows([*section, *(safe(cell) for cell in row)] for row in rows)
    return file.getvalue().encode("utf-8-sig")


def safe(cell: str) -> str:
    """Give a cell so that no spreadsheet takes it for a formula.

    >>> safe("@SUM(A1)"), safe("-1+cmd"), safe("+4"), safe("−3")
    ("'@SUM(A1)", "'-1+cmd", '+4', '−3')
    """
    shown = plain(cell)
    is_number = bool(_NUMBER.fullmatch(shown)) and any(character.isdigit() for character in shown)
    return f"'{shown}" if shown.startswith(tuple(_TRIGGERS)) and not is_number else shown
