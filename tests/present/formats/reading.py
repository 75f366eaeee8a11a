"""Reads a document back from its files: what tables and words are in a Word file, a workbook, a PDF."""

from __future__ import annotations

import io
import re
import zipfile

import openpyxl
import pypdf
from docx import Document as open_word
from docx.oxml.ns import qn

from eia.present.documents.model import Document, Table, plain

Rows = list[list[str]]


def shown(table: Table) -> Rows:
    """The rows of a table as they are shown, its head first, a heading within it as a row of its own."""
    rows = [[plain(column.title) for column in table.columns]]
    for heading, body in table.bodies:
        rows += [[plain(heading)]] if heading else []
        rows += [[plain(cell) for cell in row] for row in body]
    return rows


def tables(document: Document) -> list[Rows]:
    return [shown(block) for block in document.blocks if isinstance(block, Table)]


def word_tables(content: bytes) -> list[Rows]:
    """The same of a Word file."""
    found = open_word(io.BytesIO(content)).element.body.iter(qn("w:tbl"))
    return [[[words(cell) for cell in row.iter(qn("w:tc"))] for row in table.iter(qn("w:tr"))] for table in found]


def words(element: object) -> str:
    return "".join(text.text or "" for text in element.iter(qn("w:t")))  # type: ignore[attr-defined]


def word_text(content: bytes) -> str:
    return "\n".join(map(words, open_word(io.BytesIO(content)).element.body.iter(qn("w:p"))))


def xml_parts(content: bytes) -> dict[str, str]:
    """The parts of a file in zip that are XML, by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as bundle:
        names = [name for name in bundle.namelist() if name.endswith((".xml", ".rels"))]
        return {name: bundle.read(name).decode("utf-8") for name in names}


def pdf_text(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


def squeezed(text: str) -> str:
    """Text without white space, which lines and columns take apart."""
    return re.sub(r"\s", "", text)


def sheets(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))
