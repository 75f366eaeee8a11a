"""Word and PDF hold what the document says, cell for cell; text in them is inert; the same document makes the same bytes."""

from __future__ import annotations

import io
import zipfile
from functools import cache

import docx
import pypdf
import pytest
from assessments import HOSTILE, MAKERS, sample
from reading import words

from eia.present.documents.model import (
    Answer,
    Bullets,
    Choice,
    Document,
    Facts,
    Heading,
    Notice,
    Paragraph,
    Table,
    heads,
    plain,
)
from eia.present.documents.write_report import DOCUMENTS
from eia.present.formats.pdf import to_pdf
from eia.present.formats.word import to_word

NAMED = [name for name in MAKERS if name != "hostile"]
PAPERS = ("draft", "response", "annex")


@cache
def made(name: str, paper: str) -> Document:
    return DOCUMENTS[paper](sample(name))


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def in_word(content: bytes) -> list[list[list[str]]]:
    """The cells of every table, a cell over several columns once."""
    return [
        [[words(cell._tc) for cell in dict.fromkeys(row.cells)] if len({*row.cells}) == 1 else [words(cell._tc) for cell in row.cells] for row in table.rows]
        for table in docx.Document(io.BytesIO(content)).tables
    ]  # fmt: skip


def rows_of(table: Table) -> list[list[str]]:
    told = [[plain(column.title) for column in table.columns]]
    for heading, body in table.bodies:
        told += [[plain(heading)]] if heading else []
        told += [list(map(plain, row)) for row in body]
    return told


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("name", NAMED)
def test_every_cell_of_every_table_stands_in_word(name: str, paper: str) -> None:
    document = made(name, paper)
    assert in_word(to_word(document)) == [rows_of(table) for table in tables(document)]


def squeezed(text: str) -> str:
    """Text without white space: lines of a PDF break where they must."""
    return "".join(text.split())


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("name", NAMED)
def test_every_cell_of_every_table_stands_in_the_pdf(name: str, paper: str) -> None:
    document = made(name, paper)
    seen = squeezed("".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(to_pdf(document))).pages))
    cells = [cell for table in tables(document) for row in rows_of(table) for cell in row]
    assert [cell for cell in cells if max(map(squeezed, cell.split()), key=len, default="") not in seen] == []


@pytest.mark.parametrize("write", [to_word, to_pdf])
def test_the_same_document_makes_the_same_bytes(write) -> None:
    assert write(made("millbrook", "draft")) == write(made("millbrook", "draft"))


def of_all_kinds(text: str) -> Document:
    blocks = (
        Heading(text or "x", 2, "first"), Paragraph(text), Bullets((text,), ordered=True), Facts(((text, text),)), Notice(text, "caution"),
        Answer(text, text, text, text, text), Choice(text, (text,)), Table(text, heads(text, text), ((text, text),), (text,), text, sections=(text,)),
    )  # fmt: skip
    return Document(text, text, text, blocks=blocks)


TYPST = ("#image()", "$x$ #1 *a* _b_ @c <d> \\ ` //", "#panic()", "]#eval(`1`)[", "= A\n- b")


@pytest.mark.parametrize("text", [*HOSTILE, *TYPST])
def test_hostile_text_is_text_in_word(text: str) -> None:
    content = to_word(of_all_kinds(text))
    assert in_word(content) == [rows_of(table) for table in tables(of_all_kinds(text))]
    parts = zipfile.ZipFile(io.BytesIO(content))
    assert not [name for name in parts.namelist() if "vba" in name.lower()]
    assert all(b'TargetMode="External"' not in parts.read(name) for name in parts.namelist())


@pytest.mark.parametrize("text", [*HOSTILE, *TYPST])
def test_hostile_text_is_text_in_the_pdf(text: str) -> None:
    read = pypdf.PdfReader(io.BytesIO(to_pdf(of_all_kinds(text))))
    seen = squeezed("".join(page.extract_text() for page in read.pages))
    assert squeezed(plain(text))[:40] in seen
    assert not any("/Annots" in page for page in read.pages)


def test_the_pdf_is_tagged_and_says_its_language_and_title() -> None:
    root = pypdf.PdfReader(io.BytesIO(to_pdf(made("millbrook", "draft")))).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert b"pdfuaid:part" in root["/Metadata"].get_data()


def test_every_page_of_paper_carries_the_mark() -> None:
    document = made("millbrook", "draft")
    assert all("CONFIDENTIAL" in page.extract_text() for page in pypdf.PdfReader(io.BytesIO(to_pdf(document))).pages)
    word = docx.Document(io.BytesIO(to_word(document)))
    assert all("CONFIDENTIAL" in section.header.paragraphs[0].text for section in word.sections)


def test_word_has_a_place_for_each_answer_and_a_box_for_each_option() -> None:
    document = made("millbrook", "draft")
    xml = zipfile.ZipFile(io.BytesIO(to_word(document))).read("word/document.xml").decode()
    answers = [block for block in document.blocks if isinstance(block, Answer)]
    options = [option for block in document.blocks if isinstance(block, Choice) for option in block.options]
    assert xml.count("<w14:checkbox>") == len(options)
    assert xml.count("<w:sdt>") >= len(answers) + len(options)
    assert xml.count("<w:tblHeader") == len(tables(document))


@pytest.mark.parametrize("text", ["日本語", "العربية", "☐ ▲ ◆", "🏳"])
def test_letters_that_no_font_of_ours_has_stop_nothing(text: str) -> None:
    read = pypdf.PdfReader(io.BytesIO(to_pdf(of_all_kinds(text))))
    assert read.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert read.metadata is not None
    assert read.metadata.title == text
