"""A PDF can be read by everyone: it is tagged, says its language and title, and claims the standard."""

from __future__ import annotations

import io

import pypdf
import pytest
from assessments import sample
from present_samples import document

from eia.present.documents.model import Document
from eia.present.documents.write_report import DOCUMENTS
from eia.present.formats.pdf import to_pdf


def opened(made: Document) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(to_pdf(made)))


@pytest.mark.parametrize("name", DOCUMENTS)
@pytest.mark.parametrize("case", ["found", "counts", "nobody chosen"])
def test_every_document_is_tagged_and_claims_the_standard(case: str, name: str) -> None:
    read = opened(DOCUMENTS[name](sample(case)))
    root = read.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()


def test_it_has_a_title_and_no_date_and_needs_nothing_else() -> None:
    read = opened(document())
    assert read.metadata is not None
    assert read.metadata.title == document().title
    assert not {"/CreationDate", "/ModDate"}.intersection(read.metadata)
    content = to_pdf(document())
    assert not [mark for mark in (b"/JavaScript", b"/Launch", b"/URI", b"/EmbeddedFile") if mark in content]


def test_every_page_carries_the_mark_and_its_number() -> None:
    pages = [page.extract_text() for page in opened(document()).pages]
    assert len(pages) > 1
    for number, text in enumerate(pages, start=1):
        assert "CONFIDENTIAL" in text
        assert f"Page {number} of {len(pages)}" in text


def test_letters_are_those_of_the_project() -> None:
    fonts = {
        str(font.get_object()["/BaseFont"]).split("+")[-1]
        for page in opened(document()).pages
        for font in page["/Resources"].get("/Font", {}).values()
    }
    assert fonts <= {
        "LiberationSans",
        "LiberationSans-Bold",
        "LiberationSans-Identity-H",
        "LiberationSans-Bold-Identity-H",
    }
    assert fonts
