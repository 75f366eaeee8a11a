"""Takes the visit of somebody who may not see small groups; shows what may be published, and nothing else of an assessment."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import streamlit as st

from eia.dashboard.session import Session
from eia.dashboard.taking.downloads import Download, document, documents, downloads
from eia.dashboard.taking.figures import figures_to_publish, may_be_published
from eia.dashboard.widgets import heading, link, prose
from eia.present.documents.publishable import PUBLIC
from eia.present.figures.public import public

OWN = ("start", "check", "your_file")
"""The pages on which people give files and say how these are read: they show whoever has a file what is in it."""


def publishable_only(visit: Session) -> None:
    """The page that takes the place of every page that shows an assessment: the figures to publish, and the documents made of them."""
    heading("What may be published", 1)
    prose(
        "Your role may see what may be published. Somebody with another role can open the same file and see the rest."
    )
    if (assessment := visit.assessment) is None:
        prose("Nothing is assessed yet. Open a file, and answer what is asked about it.")
        link("start", "Go to Start")
        link("check", "Check what we read")
    elif figures := may_be_published(visit, assessment):
        heading("Figures")
        _offer(visit, figures_to_publish(figures))
        for name in PUBLIC:
            shown = public(assessment, figures)
            made = visit.once(f"document {name} True", partial(document, assessment, name, shown))
            heading(documents()[name])
            _offer(visit, downloads(assessment, name, made, to_publish=True))


def _offer(visit: Session, files: Iterable[Download]) -> None:
    for one in files:
        st.download_button(
            one.label, partial(visit.once, f"file {one.file}", one.make), one.file, key=f"save {one.file}", on_click="ignore"
        )  # fmt: skip
        prose(one.purpose, kind="soft")
