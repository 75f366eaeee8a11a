"""The same facts in every format: what is read back from each file is what the document says; the same bytes every time; text stays text."""

from __future__ import annotations

import html
import re
from functools import cache

import pytest
from assessments import sample
from present_samples import HOSTILE, document
from reading import pdf_text, sheets, shown, squeezed, tables, word_tables, word_text, xml_parts

from eia.present.documents.annex import annex_tables
from eia.present.documents.html import to_html
from eia.present.documents.markdown import escape, to_markdown
from eia.present.documents.model import Answer, Document, Heading, Paragraph, Table, heads, plain
from eia.present.documents.write_report import DOCUMENTS
from eia.present.formats.pdf import to_pdf
from eia.present.formats.word import to_word
from eia.present.formats.workbook import HEAD, to_workbook

CASES = ("found", "stages", "counts")
MANY = tuple((case, name) for case in CASES for name in DOCUMENTS)


@cache
def made(case: str, name: str) -> Document:
    return DOCUMENTS[name](sample(case))


@pytest.mark.parametrize(("case", "name"), MANY)
def test_the_tables_of_a_word_file_are_those_of_the_document(case: str, name: str) -> None:
    assert word_tables(to_word(made(case, name))) == tables(made(case, name))


@pytest.mark.parametrize(("case", "name"), MANY)
def test_every_cell_of_the_document_is_in_the_text_of_the_pdf(case: str, name: str) -> None:
    text = squeezed(pdf_text(to_pdf(made(case, name))))
    cells = {cell for table in tables(made(case, name)) for row in table for cell in row}
    assert [cell for cell in cells if squeezed(cell) not in text] == []


@pytest.mark.parametrize(("case", "name"), MANY)
def test_every_cell_of_the_document_is_in_the_web_page_and_the_markdown(case: str, name: str) -> None:
    page, (text, _) = to_html(made(case, name)), to_markdown(made(case, name))
    cells = {cell for table in tables(made(case, name)) for row in table for cell in row}
    assert [cell for cell in cells if f">{cell}<" not in html.unescape(page)] == []
    assert [cell for cell in cells if escape(cell) not in text] == []


@pytest.mark.parametrize(("case", "name"), MANY)
def test_every_paragraph_is_in_the_word_file_and_the_pdf(case: str, name: str) -> None:
    told = [plain(block.text) for block in made(case, name).blocks if isinstance(block, Heading | Paragraph)]
    written, set_ = squeezed(word_text(to_word(made(case, name)))), squeezed(pdf_text(to_pdf(made(case, name))))
    assert [words for words in told if squeezed(words) not in written] == []
    across = re.compile(r"Page\d+of\d+CONFIDENTIAL" + re.escape(squeezed(made(case, name).title)))  # where a page ends
    whole = across.sub("", set_)
    assert [words for words in told if squeezed(words) not in whole] == []


@pytest.mark.parametrize("case", CASES)
def test_a_number_of_a_table_is_a_number_of_the_workbook_that_shows_the_same(case: str) -> None:
    tables_of = annex_tables(sample(case))
    book = sheets(to_workbook(made(case, "annex"), tables_of))
    assert book.sheetnames == ["Cover", *(f"Table {place}" for place in range(1, len(tables_of) + 1))]
    for table, sheet in zip(tables_of, book.worksheets[1:], strict=True):
        first = 1 if table.sections else 0
        for row, cells in enumerate(table.rows, start=HEAD + 2):
            for column, (cell, of) in enumerate(zip(cells, table.columns, strict=True), start=1 + first):
                kept = sheet.cell(row, column)
                bare = re.sub("[,%+]", "", plain(cell)).replace("−", "-")
                if of.numeric and re.fullmatch(r"-?\d+(\.\d+)?", bare):
                    assert kept.value == pytest.approx(float(bare) / (100 if "%" in cell else 1), abs=1e-12)
                    decimals = len(bare.partition(".")[2])
                    assert f"0{'.' * bool(decimals)}{'0' * decimals}" in kept.number_format
                else:
                    assert (kept.value or "") == plain(cell)


@pytest.mark.parametrize("write", [to_word, to_pdf, lambda made: to_workbook(made, annex_tables(sample("found")))])
@pytest.mark.parametrize("texts", [("Plain text.", "More of it."), HOSTILE], ids=["plain", "hostile"])
def test_the_same_document_makes_the_same_bytes(write, texts) -> None:  # type: ignore[no-untyped-def]
    assert write(document(texts)) == write(document(texts))


def test_hostile_text_is_text_in_a_word_file() -> None:
    content = to_word(document(HOSTILE))
    whole = word_text(content)
    assert [text for text in HOSTILE if plain(text) not in whole] == []
    parts = xml_parts(content)
    assert not [name for name, part in parts.items() if "TargetMode" in part or "vbaProject" in part]
    assert not re.search(r"<w:(hyperlink|instrText|object|altChunk)\b", parts["word/document.xml"])
    assert set(re.findall(r'w:instr="(\w+)"', "".join(parts.values()))) == {"PAGE", "NUMPAGES"}


def test_hostile_text_is_text_in_a_workbook() -> None:
    table = Table("=1+1", heads("=2", "@SUM(A1)"), tuple((text, text) for text in HOSTILE), notes=HOSTILE)
    content = to_workbook(document(HOSTILE), (table,))
    sheet = sheets(content)["Table 1"]
    kept = [sheet.cell(row, 1).value or "" for row in range(HEAD + 2, HEAD + 2 + len(HOSTILE))]
    assert kept == [plain(text) for text in HOSTILE]
    parts = xml_parts(content)
    assert not [name for name, part in parts.items() if "<f>" in part or "TargetMode" in part]


@pytest.mark.slow
def test_hostile_text_is_text_in_a_pdf() -> None:
    inert = [text for text in HOSTILE if plain(text).isascii() and plain(text)]
    marks = ("#image()", "$ x $", "*not bold*", "= no heading", "@nobody", "`code`", "#set page(width: 1pt)")
    text = squeezed(pdf_text(to_pdf(document((*marks, *inert)))))
    assert [mark for mark in marks if text.count(squeezed(mark)) < 10] == []
    assert [words for words in inert if squeezed(plain(words))[:60] not in text] == []


def test_letters_that_no_font_has_do_not_stop_a_pdf() -> None:
    assert to_pdf(Document("人事部 العربية", "", "", blocks=(Paragraph("\N{GRINNING FACE}"),)))[:5] == b"%PDF-"


def test_a_workbook_reads_as_the_table_that_it_was_made_of() -> None:
    table = Table("T", heads("Group", "People"), (("Women", "1,234"), ("Men", "<5")), sections=("Sex", "Sex"))
    sheet = sheets(to_workbook(Document("Annex", "", ""), (table,)))["Table 1"]
    read = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=HEAD + 1, max_row=HEAD + 3)]
    assert read == [["Section", "Group", "People"], ["Sex", "Women", 1234], ["Sex", "Men", "<5"]]
    assert shown(table)[1] == ["Sex"]


@pytest.mark.parametrize("headed", [True, False])
def test_what_has_been_written_in_an_answer_takes_the_place_of_its_help_owner_and_day(headed: bool) -> None:
    written = "To save.\n\nTo close a site."
    told = Document(
        "Draft", "", "", blocks=(Answer("Purpose", "Why now?", "Head of service", "2 March", written, headed),)
    )
    asked = ("Why now?", "Head of service", "2 March", "Owner", "written by people")
    page = re.sub(r"<[^>]*>", "", to_html(told).partition("<main")[2])
    for text in (word_text(to_word(told)), pdf_text(to_pdf(told)), page, to_markdown(told)[0]):
        assert [words for words in ("To save.", "To close a site.") if words not in text] == []
        assert [words for words in asked if words in text] == []
        assert ("Purpose" in text) is headed
        assert "To save. To close" not in text
