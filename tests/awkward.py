"""Makes awkward files by script: what systems, spreadsheets and hands do to a table, and what somebody might do on purpose.

Each holds the word of `made.CANARY` where a record would hold a name, so that a message which gives a value away is found out.
"""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import workbooks
from made import CANARY
from workbooks import ods, sheet_xml, xlsx

HEADERS = ["Reference", "Remark", "Sex", "Ethnic origin", "Pool", "Outcome", "FTE", "Date of birth"]
ROWS = [
    [f"{number:05}", CANARY, "FM"[number % 2], ("White British", "Indian", "PNTS", "")[number % 4], ("Clerks", "Cooks")[number % 3 % 2],
     ("retained", "selected")[number % 5 == 0], ("1", "0.5")[number % 2], f"{number % 28 + 1:02}/{number % 12 + 1:02}/{1965 + number % 40}"]
    for number in range(60)
]  # fmt: skip
PEOPLE = len(ROWS)
LINES = [",".join(HEADERS), *(",".join(row) for row in ROWS)]
TEXT = "\n".join([*LINES, ""])
BOOK = xlsx({"Staff": [HEADERS, *ROWS]})
DATA = Path(__file__).parent / "data" / "workbooks"
LATIN = TEXT.replace("Clerks", "Caf\xe9 \xa3").replace("Remark", "Pay (\xa3)")


def changed(row: int, column: int, cell: str, divider: str = ",") -> bytes:
    """The file with one cell changed; row 0 are the headers."""
    lines = [list(line) for line in (HEADERS, *ROWS)]
    lines[row][column] = cell
    return "\n".join(divider.join(line) for line in lines).encode() + b"\n"


def column_changed(column: int, *cells: str, header: str = "") -> bytes:
    """The file with one column changed, the cells given taken in turns."""
    lines = [[*HEADERS], *([*row] for row in ROWS)]
    lines[0][column] = header or HEADERS[column]
    for number, row in enumerate(lines[1:]):
        row[column] = cells[number % len(cells)]
    return "\n".join(",".join(line) for line in lines).encode() + b"\n"


def repacked(change: Callable[[str, bytes], bytes]) -> bytes:
    """The workbook with its parts changed."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(BOOK)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return file.getvalue()


def wide(columns: int) -> str:
    """A table of so many columns."""
    return ",".join(f"c{number}" for number in range(columns)) + "\n" + ",".join(["x"] * columns) + "\n"


# Name -> the file, and what should come of it: so many people, or the code of the first fault.
AWKWARD: Mapping[str, tuple[bytes, int | str]] = {
    "plain": (TEXT.encode(), PEOPLE),
    "UTF-8 with a mark": (TEXT.encode("utf-8-sig"), PEOPLE),
    "UTF-16, low byte first, with a mark": (TEXT.encode("utf-16"), PEOPLE),
    "UTF-16, high byte first, with a mark": (b"\xfe\xff" + TEXT.encode("utf-16-be"), PEOPLE),
    "UTF-16 without a mark": (TEXT.encode("utf-16-le"), PEOPLE),
    "UTF-16 with an odd byte at its end": (TEXT.encode("utf-16") + b"\0", "not-text"),
    "UTF-32": (TEXT.encode("utf-32"), "not-text"),
    "Windows-1252 with pounds and accents": (LATIN.encode("cp1252"), PEOPLE),
    "UTF-8 with pounds and accents": (LATIN.encode(), PEOPLE),
    "UTF-8 with one byte of Windows-1252": (TEXT.encode().replace(b"Clerks", b"Caf\xe9", 1), PEOPLE),
    "bytes that no encoding here has": (TEXT.encode().replace(b"Clerks", b"Cl\x81\x8d", 1), "undecodable"),
    "semicolons": (TEXT.replace(",", ";").encode(), PEOPLE),
    "semicolons and decimal commas": (TEXT.replace(",", ";").replace("0.5", "0,5").encode(), PEOPLE),
    "tabs": (TEXT.replace(",", "\t").encode(), PEOPLE),
    "upright bars": (TEXT.replace(",", "|").encode(), PEOPLE),
    "two dividers in one file": ("\n".join([LINES[0], *(line.replace(",", ";") for line in LINES[1:])]).encode(), "no-headers"),
    "carriage returns and line feeds": (TEXT.replace("\n", "\r\n").encode(), PEOPLE),
    "carriage returns alone": (TEXT.replace("\n", "\r").encode(), PEOPLE),
    "line ends translated twice": (TEXT.replace("\n", "\r\r\n").encode(), PEOPLE),
    "mixed line ends": (TEXT.replace("\n", "\r\n", 20).encode(), PEOPLE),
    "no line end at its end": (TEXT.rstrip("\n").encode(), PEOPLE),
    "line ends inside cells": (TEXT.replace(CANARY, '"one\ntwo"').encode(), PEOPLE),
    "quotation marks inside cells": (TEXT.replace(CANARY, '"a ""b"", c"').encode(), PEOPLE),
    "a quotation mark never closed": (TEXT.replace(CANARY, f'"{CANARY}', 1).encode(), "ragged-rows"),
    "a quotation mark amid a cell": (TEXT.replace(CANARY, f'5" {CANARY}', 1).encode(), PEOPLE),
    "typographic quotation marks": (TEXT.replace(CANARY, "“x”").encode(), PEOPLE),
    "titles above": (f"Staff list\nAs at 30/09/2026,OFFICIAL\n\n{TEXT}".encode(), PEOPLE),
    "notes below": (f"{TEXT}\nNotes\nSource: HR system\nVersion 3\n".encode(), PEOPLE),
    "totals below": (f"{TEXT}Total,{PEOPLE},,,,,,\n".encode(), PEOPLE),
    "empty rows below": (TEXT.encode() + b",,,,,,,\n" * 50, PEOPLE),
    "empty lines below": (TEXT.encode() + b"\n\r\n \n", PEOPLE),
    "an empty row amid the people": ("\n".join([*LINES[:9], "", *LINES[9:]]).encode(), PEOPLE),
    "a title amid the people": ("\n".join([*LINES[:9], "Part two", *LINES[9:]]).encode(), "ragged-rows"),
    "the headers again amid the people": ("\n".join([*LINES[:9], LINES[0], *LINES[9:]]).encode(), "unknown-outcome"),
    "a nameless column": (column_changed(1, CANARY, header=" "), PEOPLE),
    "repeated headers of no use": (TEXT.replace("Remark", "Note").replace("Outcome", "Outcome", 1).encode(), PEOPLE),
    "repeated headers": (column_changed(1, "F", header="Sex"), "two-headers"),
    "no headers": ("\n".join(LINES[1:]).encode(), "no-headers"),
    "HTML in headers": (TEXT.replace("Remark", "<script>alert(1)</script>").encode(), PEOPLE),
    "a formula in cells": (TEXT.replace(CANARY, "=cmd|' /C calc'!A0").encode(), PEOPLE),
    "a formula in a group": (column_changed(3, "=1+1", "White British"), PEOPLE),
    "marks that turn text round": (column_changed(4, "\u202eskrelC", "Cooks"), PEOPLE),
    "a header of 100,000 characters": (TEXT.replace("Remark", "x" * 100_000).encode(), PEOPLE),
    "a cell of 200,000 characters": (TEXT.replace(CANARY, "x" * 200_000, 1).encode(), PEOPLE),
    "zero bytes": (TEXT.replace(CANARY, f"{CANARY}\0", 1).encode(), "not-text"),
    "nothing but zero bytes": (b"\0" * 5000, "not-text"),
    "nothing": (b"", "empty-file"),
    "headers only": (LINES[0].encode(), "headers-only"),
    "1,001 columns": (wide(1_001).encode(), "too-many-columns"),
    "16,384 columns": (wide(16_384).encode(), "too-many-columns"),
    "dates with points": (TEXT.replace("/", ".").encode(), PEOPLE),
    "dates with the month's name": (column_changed(7, "31-DEC-1980", "1-Jan-85"), PEOPLE),
    "dates as a spreadsheet counts them": (column_changed(7, "29586", "32874"), PEOPLE),
    "dates at the end of time": (column_changed(7, "31-DEC-4712", "31/12/9999", "01/01/1980"), PEOPLE),
    "dates at its beginning": (column_changed(7, "01/01/1900", "02/01/1980"), PEOPLE),
    "dates month first": (column_changed(7, "12/31/1980", "01/13/1985"), PEOPLE),
    "dates both ways round": (column_changed(7, "12/31/1980", "31/12/1980"), "not-a-date"),
    "dates of nobody alive": (changed(3, 7, "01/01/1850"), "date-before-1900"),
    "every word for nothing": (column_changed(3, "#N/A", "NULL", "-", ".", "N/A", "None", "Not stated", "nan", "White British"), PEOPLE),
    "references with leading zeros": (column_changed(0, *(f"{number:08}" for number in range(PEOPLE))), PEOPLE),
    "references as numbers with points": (column_changed(0, *(f"{number}.0" for number in range(PEOPLE))), PEOPLE),
    "thousands with commas": (TEXT.replace(",0.5,", ',"0,5",').encode(), PEOPLE),
    "an e-mail address for a pool": (changed(3, 4, "zebedee@example.org"), "identifier-in-column"),
    "a web page": (f"<html><table><tr><td>{CANARY}</td></tr></table></html>".encode(), "not-text"),
    "an XML spreadsheet of 2003": (f'<?xml version="1.0"?><Workbook>{CANARY}</Workbook>'.encode(), "not-text"),
    "a PDF": (b"%PDF-1.7\n" + CANARY.encode(), "not-text"),
    "a compressed file": (gzip.compress(TEXT.encode()), "not-text"),
    "a zipped CSV file": (workbooks.packed({"staff.csv": TEXT}), "not-text"),
    "random bytes": (bytes(range(1, 256)) * 40, "not-a-table"),
    "XLSX": (BOOK, PEOPLE),
    "ODS": (ods({"Staff": [HEADERS, *ROWS]}), PEOPLE),
    "XLSX with a sheet of notes": (xlsx({"Notes": [["By", CANARY]], "Staff": [HEADERS, *ROWS]}), PEOPLE),
    "XLSX with two tables": (xlsx({"A": [HEADERS, *ROWS], "B": [HEADERS, *ROWS]}), "which-sheet"),
    "XLSX whose table is hidden": (xlsx({"Notes": [[CANARY]], "Staff": [HEADERS, *ROWS]}, hidden=["Staff"]), "no-sheet-with-table"),
    "XLSX with titles, notes and totals": (xlsx({"S": [["Staff"], [], HEADERS, *ROWS, ["Total", PEOPLE], [], ["Source: HR"]]}), PEOPLE),
    "XLSX with an empty row amid the people": (xlsx({"S": [HEADERS, *ROWS[:9], [], *ROWS[9:]]}), PEOPLE),
    "XLSX with formulas not worked out": (repacked(lambda name, part: part.replace(b"</sheetData>", b'<row r="99"><c r="A99"><f>A1</f></c></row></sheetData>')), "formulas-not-worked-out"),
    "XLSX with a cell far away": (xlsx({"S": sheet_xml([HEADERS, *ROWS]).replace("</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')}), "workbook-too-large"),
    "XLSX with 16,384 columns": (xlsx({"S": sheet_xml([HEADERS, *ROWS]).replace("</sheetData>", '<row r="62"><c r="XFD62"><v>1</v></c></row></sheetData>')}), "too-many-columns"),
    "XLSX that says less than it unpacks": (BOOK.replace(struct.pack("<I", len(sheet_xml([HEADERS, *ROWS]))), struct.pack("<I", 50)), "damaged-workbook"),
    "XLSX cut short": (BOOK[:-300], "damaged-workbook"),
    "XLSX without a part": (repacked(lambda name, part: b"" if name.endswith("workbook.xml") else part), "damaged-workbook"),
    "XLSX whose sheet is not XML": (repacked(lambda name, part: CANARY.encode() if "sheet1" in name else part), "damaged-workbook"),
    "XLSX with entities that grow": (repacked(lambda name, part: part.replace(b"?>", b'?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>', 1) if "sheet1" in name else part), PEOPLE),
    "a password": ((DATA / "password.xlsx").read_bytes(), "password"),
    "XLS cut short": ((DATA / "staff.xls").read_bytes()[:3000], "not-text"),
}  # fmt: skip
