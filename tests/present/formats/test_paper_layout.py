"""A table stands on an upright page, in small letters where it is wide or long, and on a turned one only where its words do not fit."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pypdf
import pytest
from assessments import MAKERS, sample

from eia.findings.record import from_json
from eia.present.documents.annex import annex
from eia.present.documents.model import Document, Table, heads
from eia.present.formats.layout import LETTERS, MANY, SHORT, SMALL, letters, runs, widths
from eia.present.formats.pdf import to_pdf
from eia.present.formats.word import to_word

EXAMPLE = Path(__file__).parents[3] / "reports" / "example" / "confidential" / "assessment.json"


def table(columns: int, rows: int = 1, word: str = "12") -> Table:
    titles = [f"Column {place}" for place in range(columns)]
    return Table("Table", heads(*titles), (tuple([word] * columns),) * rows)


def turned(*tables: Table) -> list[bool]:
    return [run.turned for run in runs(Document("Annex", "", "", blocks=tables))]


def test_a_table_of_many_columns_or_rows_is_in_small_letters() -> None:
    assert [letters(table(MANY - 1)), letters(table(MANY)), letters(table(2, SHORT + 1))] == [LETTERS, SMALL, SMALL]


def test_a_table_is_turned_only_where_a_word_would_break() -> None:
    assert turned(table(MANY), table(MANY, word="incomprehensibility")) == [False, True]


def test_names_are_given_the_room_that_titles_of_numbers_would_take() -> None:
    rows = (("Business Support Assistant (Libraries and Museums)", "28", "17"),)
    names, *numbers = widths(
        Table("Table", heads("Group", "Displaced whoever is chosen, at least", "Part-time or open to it"), rows), 400.0
    )
    assert names > sum(numbers)


def test_word_shows_a_table_in_the_letters_that_its_widths_are_made_for() -> None:
    file = docx.Document(io.BytesIO(to_word(Document("Annex", "", "", blocks=(table(2), table(MANY))))))
    sizes = [{cell.paragraphs[0].style.font.size.pt for row in each.rows for cell in row.cells} for each in file.tables]
    assert sizes == [{LETTERS}, {SMALL}]


@pytest.mark.parametrize("name", MAKERS)
def test_no_page_of_the_annex_is_turned(name: str) -> None:
    assert [run.turned for run in runs(annex(sample(name)))] == [False]


def test_the_annex_of_the_main_example_has_10_to_15_upright_pages() -> None:
    made = annex(from_json(EXAMPLE.read_text(encoding="utf-8")))
    pages = pypdf.PdfReader(io.BytesIO(to_pdf(made))).pages
    assert 10 <= len(pages) <= 15
    assert all(page.mediabox.height > page.mediabox.width for page in pages)
