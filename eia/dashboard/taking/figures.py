"""Takes an Assessment; gives what of it may be published, once it is asked for: the figures, and what a document may say of them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st

from eia.counts.disclosure.published import Published
from eia.dashboard.session import COUNTED, Session
from eia.dashboard.taking.downloads import Download
from eia.dashboard.widgets import bullets, problem, prose
from eia.dashboard.workers import waiting
from eia.errors import EiaError
from eia.findings.assessment import Assessment
from eia.findings.publication import published, to_json
from eia.present.documents.publishable import RECORD, TABLE, WORKBOOK
from eia.present.formats.published_figures import about, table, workbook

FIGURES = "figures"
_MADE = f"{COUNTED}published"


def worked_out(visit: Session) -> bool:
    """Whether it has been worked out already what may be published."""
    return _MADE in visit.made


def may_be_published(visit: Session, assessment: Assessment) -> Published | None:
    """What may be published; None before somebody asks, which takes a while, and where nothing may be."""
    if not worked_out(visit):
        prose(
            "First it has to be worked out what anybody may see. Small numbers are withheld and the others rounded. Then the figures are attacked: if a "
            "withheld number could be worked out, nothing is given. That can take half a minute."
        )
        if not st.button("Work out what may be published", key="publish", type="primary"):
            return None
    try:
        with st.spinner("Withholding small numbers, and trying to work them out again", show_time=True):
            figures = visit.once(_MADE, lambda: waiting.worked_out(partial(published, assessment), visit.size))
    except EiaError as error:
        problem(error)
        return None
    return replace(figures, case_hash=assessment.run.case_hash)  # words may have been written since


def figures_to_publish(figures: Published) -> tuple[Download, ...]:
    """The figures by themselves, as files; shown is what they are."""
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
