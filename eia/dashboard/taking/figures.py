"""Takes an Assessment; shows the figures that may be published, once they are asked for, and gives them as files."""

from __future__ import annotations

import streamlit as st

from eia.dashboard.session import Session
from eia.dashboard.taking.downloads import Download
from eia.dashboard.widgets import bullets, heading, problem, prose
from eia.errors import EiaError
from eia.findings.assessment import Assessment
from eia.findings.publication import published, to_json
from eia.present.documents.publishable import RECORD, TABLE, WORKBOOK
from eia.present.formats.published_figures import about, table, workbook

PUBLISH = "figures"
_MADE = "published"


def figures_to_publish(visit: Session, assessment: Assessment) -> tuple[Download, ...]:
    """What the figures are, and their files; none before they are worked out, which takes a while."""
    heading("Figures to publish")
    if _MADE not in visit.made:
        prose(
            "Counts by group that anybody may see. Small numbers are withheld and the others rounded. Then the figures are attacked: if a withheld "
            "number could be worked out, nothing is written. That can take half a minute."
        )
        if not st.button("Work out what may be published", key="publish", type="primary"):
            return ()
    try:
        with st.spinner("Withholding small numbers, and trying to work them out again", show_time=True):
            figures = visit.once(_MADE, lambda: published(assessment))
    except EiaError as error:
        problem(error)
        return ()
    bullets(about(figures))
    prose(
        "Other rules, figures by unit and the check with earlier versions: on the command line, with “eia publish”.",
        kind="soft",
    )
    return (
        Download(label="Figures as workbook", purpose="To publish.", file=WORKBOOK, make=lambda: workbook(figures)),
        Download(label="Figures as CSV", purpose="To publish, for whoever counts with them.", file=TABLE, make=lambda: table(figures)),
        Download(label="Record of what was published", purpose="To keep: the next version is checked with it.", file=RECORD,
                 make=lambda: to_json(figures).encode()),
    )  # fmt: skip
