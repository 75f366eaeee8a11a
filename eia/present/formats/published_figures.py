"""Takes Published; gives its figures as files: CSV, and a workbook. From it no count can be got that is not printed."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator

from eia.counts.disclosure.published import NOT_ASKED, WITHHELD, Published, PublishedMeasure, PublishedTable
from eia.counts.disclosure.rules import MEANINGS
from eia.errors import visible
from eia.present.tables.csv_text import safe

MARK = "PUBLISHABLE"
TITLES: dict[PublishedMeasure, str] = {
    "workforce": "In the workforce", "at risk": "At risk", "selected": "Selected", "not selected": "Not selected",
    "if even": "About how many if the cuts fell evenly within each pool",
}  # fmt: skip

Cell = str | int


def about(figures: Published) -> list[str]:
    """What stands above the figures in every file: what they are, by which rules, and what the marks say."""
    rules = figures.rules
    adding = "Numbers are rounded so that they add up wherever all of a sum are shown." if rules.adds_up and rules.base > 1 else (
        "Each number is rounded by itself, so that numbers may not add up." if rules.base > 1 else "Numbers are exact."
    )  # fmt: skip
    lines = [
        f"{MARK}: {figures.case}",
        f"Data of: {figures.data_date}. Hash of the case: {figures.case_hash}. Made with eia {figures.version}.",
        f"Rules: {rules.key}. {rules.title}. At least {rules.group} people in a group, and {rules.side} selected and not selected.",
        adding,
        *(f"Relaxed: {line}" for line in rules.relaxed),
        *(f"{mark}: {meaning}" for mark, meaning in MEANINGS.items()),
        "A group without any number to show is not listed, like one that nobody is in.",
        f"Numbers withheld: {figures.withheld}. Too few to publish does not mean that all is well.",
        "Gender reassignment, sexual orientation, pregnancy and family leave are not published by who is at risk or selected.",
        "Nothing is published by pool, and no p-value, ratio or interval.",
        f"Checked with versions published before: {figures.earlier}.",
    ]
    if any(not table.adds_up for table in figures.tables) and rules.adds_up:
        lines.append(
            "Not all of these numbers add up: "
            + ", ".join(dict.fromkeys(t.title for t in figures.tables if not t.adds_up))
            + "."
        )
    if figures.left_out:
        lines.append(f"Left out, because another characteristic tells the same people: {', '.join(figures.left_out)}.")
    return [visible(line) for line in lines]


def _measures(figures: Published) -> tuple[PublishedMeasure, ...]:
    """The columns: those that any table has."""
    return tuple(measure for measure in TITLES if any(measure in table.measures for table in figures.tables))


def _rows(figures: Published, tables: Iterable[PublishedTable]) -> Iterator[list[Cell]]:
    for each in tables:
        for row in each.rows:
            numbers = dict(zip(each.measures, row.values, strict=True))
            cells = [numbers.get(measure) for measure in _measures(figures)]
            yield [each.title, each.unit or "All", row.label, *(WITHHELD if cell is None else cell for cell in cells)]


def _not_asked(figures: Published) -> Iterator[list[Cell]]:
    for title in figures.not_asked:
        yield [title, "All", "", *(NOT_ASKED for _ in _measures(figures))]


def _heads(figures: Published) -> list[str]:
    return ["Characteristic", "Unit", "Group", *(TITLES[measure] for measure in _measures(figures))]


def table(figures: Published) -> bytes:
    """The figures as CSV: UTF-8 with a mark that tells Excel so, numbers as numbers; above them what they are."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerows([safe(line)] for line in about(figures))
    writer.writerow([])
    writer.writerow(_heads(figures))
    for row in (*_rows(figures, figures.tables), *_not_asked(figures)):
        writer.writerow([cell if isinstance(cell, int) else safe(cell) for cell in row])
    return text.getvalue().encode("utf-8-sig")


def workbook(figures: Published) -> bytes:
    """The figures as a workbook: what they are, the figures, and those by unit. The same bytes every time."""
    import xlsxwriter

    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties(
        {"title": f"{MARK}: {figures.case}"[:255], "created": dt.datetime(2000, 1, 1)}
    )  # the same file every time
    bold, wrapped = (
        book.add_format({"bold": True, "text_wrap": True, "bottom": 1}),
        book.add_format({"text_wrap": True}),
    )
    number = book.add_format({"num_format": "#,##0", "align": "right"})
    right = book.add_format({"align": "right"})
    sheet = book.add_worksheet("About")
    sheet.set_column(0, 0, 110)
    for place, line in enumerate(about(figures)):
        sheet.write_string(place, 0, line, wrapped)
    whole = [each for each in figures.tables if not each.unit]
    parts = [("Figures", [*_rows(figures, whole), *_not_asked(figures)])]
    if len(whole) < len(figures.tables):
        parts.append(("By unit", list(_rows(figures, [each for each in figures.tables if each.unit]))))
    for name, rows in parts:
        sheet = book.add_worksheet(name)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(1)
        sheet.freeze_panes(2, 3)
        sheet.set_column(0, 2, 28)
        sheet.set_column(3, 7, 14)
        sheet.write_string(
            0,
            0,
            f"{MARK}: {figures.case}. Data of {figures.data_date}. Rules: {figures.rules.key}. eia {figures.version}.",
        )
        for column, head in enumerate(_heads(figures)):
            sheet.write_string(1, column, head, bold)
        for place, row in enumerate(rows, start=2):
            for column, cell in enumerate(row):
                if isinstance(cell, int):
                    sheet.write_number(place, column, cell, number)
                else:
                    sheet.write_string(place, column, visible(cell), right if column > 2 else None)
    book.close()
    return content.getvalue()
