"""Takes an Assessment and its documents; gives what is sent of them: Word and PDF files, a workbook, charts to attach, by file name."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

from eia.findings.assessment import Assessment
from eia.present.attachments.to_attach import attached_files, attached_tables, to_attach
from eia.present.documents.annex import annex_tables
from eia.present.figures.model import Figures
from eia.present.formats.pdf import to_pdf
from eia.present.formats.text_files import Drawn
from eia.present.formats.word import to_word
from eia.present.formats.workbook import to_workbook

_PAPER = ("docx", "pdf")
ENDINGS: Mapping[str, tuple[str, ...]] = {
    "draft": _PAPER, "response": _PAPER, "speaking-note": _PAPER, "members-sheet": _PAPER, "annex": (*_PAPER, "xlsx"),
}  # fmt: skip
"""The files of each document by the stem of their names: Word where people have to write in it, PDF where it is to be read as it stands."""
WITH_CHARTS, WITH_TABLES = "draft", "annex"
"""The document beside which the charts to attach are written, and that whose further tables are a workbook."""


def paper_files(assessment: Assessment, made: Drawn, figures: Figures | None = None) -> dict[str, bytes]:
    """Give the files of these documents, each by its name; the charts to attach with these figures, exact ones where none are given."""
    attachments = to_attach(assessment, figures) if {WITH_CHARTS, WITH_TABLES}.intersection(made) else ()
    with ThreadPoolExecutor() as printers:  # typst works outside of Python's lock: the rest is written meanwhile
        charts = printers.submit(attached_files, attachments) if WITH_CHARTS in made else None
        pages = {f"{name}.pdf": printers.submit(to_pdf, *each) for name, each in made.items() if "pdf" in ENDINGS[name]}
        files = {f"{name}.docx": to_word(*each) for name, each in made.items() if "docx" in ENDINGS[name]}
        for name in made:
            if "xlsx" in ENDINGS[name]:
                tables = *annex_tables(assessment), *attached_tables(attachments)
                files[f"{name}.xlsx"] = to_workbook(made[name][0], tables)
        files |= {name: page.result() for name, page in pages.items()}
        return files | (charts.result() if charts else {})


def file_names(name: str) -> tuple[str, ...]:
    """The names of the files of a document.

    >>> file_names("draft")
    ('draft.docx', 'draft.pdf')
    """
    return tuple(f"{name}.{ending}" for ending in ENDINGS[name])
