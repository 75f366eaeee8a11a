"""A Word file can be worked on: places to type in, boxes to tick, headings, tables that go over pages, words for pictures."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from assessments import sample
from docx import Document as open_word
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from present_samples import document, forest
from reading import words, xml_parts

from eia.present.documents.draft import draft
from eia.present.documents.members_sheet import members_sheet
from eia.present.documents.model import Answer, Bullets, Choice, Document, Figure, Heading, Paragraph, Table, heads
from eia.present.documents.response import response
from eia.present.formats.layout import TURNED, UPRIGHT, runs, widths
from eia.present.formats.word import WRITE_HERE, to_word


def opened(made: Document):  # type: ignore[no-untyped-def]
    return open_word(io.BytesIO(to_word(made)))


def body(made: Document) -> str:
    return xml_parts(to_word(made))["word/document.xml"]


@pytest.mark.parametrize("make", [draft, response, members_sheet])
def test_help_owner_and_day_are_the_prompt_of_a_field_and_go_with_it(make) -> None:
    made = make(sample("found"))
    fields = list(opened(made).element.body.iter(qn("w:sdt")))
    prompts = [field for field in fields if field.find(qn("w:sdtPr")).find(qn("w:showingPlcHdr")) is not None]
    for answer in made.answers:
        (prompt,) = [words(field) for field in prompts if words(field).endswith(f"{answer.help}{answer.whose}")]
        assert WRITE_HERE in prompt
        assert (answer.title in prompt) is not answer.headed
    stays = "".join(words(p) for p in opened(made).element.body.findall(qn("w:p")) if p.find(qn("w:sdt")) is None)
    gone = [each for answer in made.answers for each in (answer.help, answer.whose) if each in stays]
    assert (gone, "Owner:" in stays, len(made.answers) > 1) == ([], False, True)


def test_a_prompt_alone_is_in_the_style_of_prompts() -> None:
    made = Document("Draft", "", "", blocks=(Answer("Aim", "Why?", "lead", "today"), Answer("Money", "?", text="£2.")))
    styled = [
        run.find(qn("w:t")).text for run in opened(made).element.body.iter(qn("w:r")) if run.find(qn("w:rPr")) is not None
        and run.find(qn("w:rPr")).find(qn("w:rStyle")) is not None
    ]  # fmt: skip
    assert styled == [WRITE_HERE, "Why?", "Owner: lead. By: today."]
    assert "Placeholder Text" in [style.name for style in opened(made).styles]


def test_a_place_to_write_is_never_split_over_two_pages() -> None:
    made = opened(Document("Draft", "", "", blocks=(Answer("Aim", "Why?"),)))
    assert made.styles["Answer"].paragraph_format.keep_together


def test_a_cell_that_people_fill_is_a_field_of_its_own_with_its_prompt() -> None:
    table = Table(
        "Impact",
        heads("Group", "Severity", words=(), written=("Severity",)),
        (("Women", "To write"), ("Men", "To write")),
    )
    text = body(Document("Draft", "", "", blocks=(table,)))
    names = re.findall(r'<w:alias w:val="([^"]*)"', text)
    assert names == ["Severity: Women", "Severity: Men"]
    assert len(set(re.findall(r'<w:tag w:val="([^"]*)"', text))) == 2
    assert text.count(">To write<") == text.count("<w:showingPlcHdr/>") == 2


def test_fields_have_numbers_of_their_own() -> None:
    numbers = re.findall(r'<w:id w:val="(\d+)"', body(document()))
    assert len(set(numbers)) == len(numbers) > 4


def test_a_choice_is_boxes_of_which_none_is_ticked() -> None:
    text = body(Document("Draft", "", "", blocks=(Choice("Outcome", ("Stop", "Go on")),)))
    assert re.findall(r'<w14:checked w14:val="(\d)"', text) == ["0", "0"]
    assert text.count("☐") == 2


def test_headings_are_headings_in_fonts_of_the_file() -> None:
    made = opened(Document("Draft", "", "", blocks=(Heading("One", 2), Heading("Below", 3))))
    assert [(p.style.name, p.text) for p in made.paragraphs] == [
        ("Title", "Draft"),
        ("Heading 1", "One"),
        ("Heading 2", "Below"),
    ]
    for name in ("Title", "Heading 1", "Heading 2", "Caption", "Normal"):
        fonts = made.styles[name].element.find(qn("w:rPr")).find(qn("w:rFonts"))
        assert not [key for key in fonts.attrib if "heme" in key]


def test_a_table_repeats_its_head_and_cuts_no_row() -> None:
    table = opened(document()).element.body.find(qn("w:tbl"))
    rows = table.findall(qn("w:tr"))
    assert len(list(table.iter(qn("w:tblHeader")))) == 1
    assert len(list(table.iter(qn("w:cantSplit")))) == len(rows)
    assert not list(table.iter(qn("w:insideV")))


def test_no_word_is_wider_than_its_column_where_all_fit() -> None:
    table = Table("T", heads("Group", "People", "Evidence"), (("Not disabled", "12", "cannot say " * 30),))
    first, second, third = widths(table, UPRIGHT)
    assert first > 45
    assert third > first > second
    assert first + second + third == pytest.approx(UPRIGHT)


def test_a_table_too_wide_stands_on_a_turned_page_with_the_heading_above_it() -> None:
    wide = Table("Wide", heads(*"abcdefghi"), (("incomprehensible",) * 9,))
    made = Document("Annex", "", "", blocks=(Paragraph("First."), Heading("Figures", 2), wide, Paragraph("Last.")))
    assert [run.turned for run in runs(made)] == [False, True, False]
    sections = opened(made).sections
    assert [section.orientation == WD_ORIENT.LANDSCAPE for section in sections] == [False, True, False]
    assert sum(widths(wide, TURNED)) == pytest.approx(TURNED)


def test_every_page_carries_the_mark_of_its_edition_and_its_number() -> None:
    wide = Table("Wide", heads(*"abcdefghi"), (("incomprehensible",) * 9,))
    for edition, mark in (
        ("confidential", "CONFIDENTIAL"),
        ("publishable", "May be published"),
        ("members", "For members"),
    ):
        made = opened(Document("Annex", "", "", blocks=(wide, Paragraph("Last.")), edition=edition))  # type: ignore[arg-type]
        for section in made.sections:
            assert section.header.paragraphs[0].text == f"{mark}: Annex"
            assert "Page" in section.footer.paragraphs[0].text


def test_a_picture_has_words() -> None:
    made = opened(Document("Draft", "", "", blocks=(Figure("Odds", forest(), "odds"),)))
    assert [shape._inline.docPr.get("descr") for shape in made.inline_shapes] == [forest().alt]


def test_numbered_lists_each_begin_at_one() -> None:
    made = body(
        Document("Draft", "", "", blocks=(Bullets(("a",), ordered=True), Paragraph("x"), Bullets(("b",), ordered=True)))
    )
    assert len(set(re.findall(r'<w:numId w:val="(\d+)"', made))) == 2


def test_the_file_says_its_language_and_whose_it_is_not() -> None:
    made = opened(document())
    assert (made.core_properties.language, made.core_properties.author) == ("en-GB", "")
    assert 'w:lang w:val="en-GB"' in xml_parts(to_word(document()))["word/styles.xml"]


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice here")
def test_libreoffice_opens_the_draft_as_pages(tmp_path: Path) -> None:
    (tmp_path / "draft.docx").write_bytes(to_word(draft(sample("found"))))
    command = [
        "soffice",
        f"-env:UserInstallation=file://{tmp_path}/home",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
    ]
    subprocess.run([*command, str(tmp_path / "draft.docx")], check=True, capture_output=True, timeout=120)
    assert (tmp_path / "draft.pdf").read_bytes()[:5] == b"%PDF-"
