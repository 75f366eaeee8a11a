"""Takes an Assessment and its Figures; gives the draft equality impact assessment as a Document of about six pages, for whoever decides."""

from __future__ import annotations

from eia.findings.assessment import Assessment
from eia.present.documents.model import Document
from eia.present.figures.exact import exact
from eia.present.figures.model import Figures
from eia.present.parts.closing import consulting, outcome, reading
from eia.present.parts.impact import by_characteristic, evidence
from eia.present.parts.page_one import before_consultation, page_one
from eia.present.parts.practice import alternatives, doing, justifying, selecting
from eia.present.parts.proposal import about, affected, proposal
from eia.present.sections.law import marked_once
from eia.present.sections.law_section import document_name
from eia.present.text.mixed import as_told

SECTIONS = (
    page_one, about, proposal, affected, evidence, by_characteristic, selecting, alternatives, justifying, doing, consulting,
    outcome, reading,
)  # fmt: skip


def draft(assessment: Assessment, figures: Figures | None = None) -> Document:
    """The draft: page one, then sections 1 to 12; with exact figures where none are given. Before consultation opens it is a self-check of the employer's."""
    shown = figures or exact(assessment)
    checked = "Self-check before consultation:" if before_consultation(assessment) else "Draft"
    told = Document(
        title=f"{checked} {document_name(assessment)}",
        subtitle=assessment.case.title,
        notice=shown.notice,
        blocks=tuple(block for section in SECTIONS for block in section(assessment, shown)),
        edition=shown.edition,
    )
    return marked_once(as_told(assessment, told)).written(assessment.case.texts)
