"""Everything that is shown of an assessment and speaks of law or figures: the documents, and the pages on process and law."""

from __future__ import annotations

from eia.findings.assessment import Assessment
from eia.present.documents.markdown import to_markdown
from eia.present.documents.model import Block, Document
from eia.present.documents.write_report import DOCUMENTS
from eia.present.sections.law_section import law_annex, law_section
from eia.present.sections.process import process_sections


def pages(assessment: Assessment) -> tuple[Document, ...]:
    """Every document, and each page of the screen as one."""
    process = tuple(block for section in process_sections(assessment) for block in section)
    law = (*law_section(assessment), *law_annex(assessment))
    shown = (
        Document(title=title, subtitle="", notice="", blocks=blocks)
        for title, blocks in (("Process", process), ("Law", law))
    )
    return (*(make(assessment) for make in DOCUMENTS.values()), *shown)


def blocks(assessment: Assessment) -> tuple[Block, ...]:
    """All their blocks."""
    return tuple(block for page in pages(assessment) for block in page.blocks)


def text(assessment: Assessment) -> str:
    """All of them as one text."""
    return "\n".join(to_markdown(page)[0] for page in pages(assessment))
