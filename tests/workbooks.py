"""Makes workbooks part by part, as spreadsheets save them and as no spreadsheet would."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

Rows = Sequence[Sequence[object]]

_SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_XML = '<?xml version="1.0" encoding="UTF-8"?>'
DATE_STYLE = 1


class Day(int):
    """A day as a spreadsheet keeps it: days since the end of 1899, shown as a date."""


def cell(value: object, row: int, column: int) -> str:
    """A cell of a sheet; text stands in it and not in a table of its own."""
    place = f"{chr(ord('A') + column) if column < 26 else 'A' + chr(ord('A') + column - 26)}{row}"
    if value in ("", None):
        return ""
    if isinstance(value, Day):
        return f'<c r="{place}" s="{DATE_STYLE}"><v>{int(value)}</v></c>'
    if isinstance(value, bool):
        return f'<c r="{place}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{place}"><v>{value}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(str(value))}</t></is></c>'


def sheet_xml(rows: Rows, *, after: str = "") -> str:
    """The part of one sheet."""
    lines = (
        f'<row r="{number}">{"".join(cell(value, number, column) for column, value in enumerate(row))}</row>'
        for number, row in enumerate(rows, start=1)
    )
    return f'{_XML}<worksheet xmlns="{_SPREADSHEET}"><sheetData>{"".join(lines)}</sheetData>{after}</worksheet>'


def merged(*ranges: str) -> str:
    """What follows the cells where some of them are merged."""
    return (
        f'<mergeCells count="{len(ranges)}">{"".join(f"<mergeCell ref={quoteattr(r)}/>" for r in ranges)}</mergeCells>'
    )


def xlsx(
    sheets: Mapping[str, Rows | str], *, hidden: Sequence[str] = (), parts: Mapping[str, str] | None = None
) -> bytes:
    """A workbook of sheets, each given as rows or as its XML, and of further parts."""
    tags, links, written = [], [], {}
    for number, (name, sheet) in enumerate(sheets.items(), start=1):
        state = ' state="hidden"' if name in hidden else ""
        tags.append(f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"{state}/>')
        links.append(
            f'<Relationship Id="rId{number}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        )
        written[f"xl/worksheets/sheet{number}.xml"] = sheet if isinstance(sheet, str) else sheet_xml(sheet)
    links.append(f'<Relationship Id="rId0" Type="{_OFFICE}/styles" Target="styles.xml"/>')
    written |= {
        "[Content_Types].xml": f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{_XML}<workbook xmlns="{_SPREADSHEET}" xmlns:r="{_OFFICE}"><sheets>{"".join(tags)}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{"".join(links)}</Relationships>',
        "xl/styles.xml": f'{_XML}<styleSheet xmlns="{_SPREADSHEET}"><cellXfs count="2"><xf numFmtId="0"/>'
        '<xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>',
    }
    return packed({**written, **(parts or {})})


def ods(sheets: Mapping[str, Rows | str]) -> bytes:
    """An OpenDocument workbook of sheets, each given as rows of text or as its XML."""
    tables = "".join(
        f"<table:table table:name={quoteattr(name)}>{sheet if isinstance(sheet, str) else ods_rows(sheet)}</table:table>"
        for name, sheet in sheets.items()
    )
    office = "urn:oasis:names:tc:opendocument:xmlns"
    return packed({
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": f'{_XML}<manifest:manifest xmlns:manifest="{office}:manifest:1.0"/>',
        "content.xml": f'{_XML}<office:document-content xmlns:office="{office}:office:1.0" xmlns:table="{office}:table:1.0"'
        f' xmlns:text="{office}:text:1.0"><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>'
        "</office:document-content>",
    })  # fmt: skip


def ods_rows(rows: Rows, *, repeat_row: int = 1, repeat_cell: int = 1) -> str:
    """Rows of an OpenDocument sheet."""
    return "".join(
        f'<table:table-row table:number-rows-repeated="{repeat_row}">'
        + "".join(
            f'<table:table-cell office:value-type="string" table:number-columns-repeated="{repeat_cell}">'
            f"<text:p>{escape(str(value))}</text:p></table:table-cell>"
            for value in row
        )
        + "</table:table-row>"
        for row in rows
    )


def packed(parts: Mapping[str, str]) -> bytes:
    """A zipped file of these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return file.getvalue()
