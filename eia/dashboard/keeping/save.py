"""Takes a visit; gives its case as a file in one click: what is opened tomorrow beside the same files."""

from __future__ import annotations

import streamlit as st

from eia.case import case_text
from eia.dashboard.session import Session

SAVED = "Your choices, answers, kept changes and what you wrote. It holds no people. Tomorrow, open it on Start with the same files, and all of it is back."


def save_case(visit: Session, *, key: str) -> None:
    """The button that saves the case, with the comments that it came with."""
    st.download_button(
        "Save this case", lambda: case_text(visit.case, visit.case_file) if visit.case else "", "case.toml", "application/toml",
        key=key, on_click="ignore",
    )  # fmt: skip
