"""Takes a visit; shows on every page how to take back the last choice, and how to save the case: what is opened tomorrow beside the same files."""

from __future__ import annotations

import streamlit as st

from eia.case import case_text
from eia.dashboard.keeping.undo import undo
from eia.dashboard.session import Session

SAVED = (
    "“Save this case”, at the top of every page, keeps your choices, answers, kept changes and what you wrote. It holds no people. Tomorrow, open it "
    "on Start with the same files, and all of it is back."
)


def keep_bar(visit: Session) -> None:
    """The two buttons, as soon as there is a case; the case is saved with the comments that it came with."""
    if visit.case is None:
        return
    with st.container(horizontal=True, key="keep-bar"):
        undo(visit)
        st.download_button(
            "Save this case", lambda: case_text(visit.case, visit.case_file) if visit.case else "", "case.toml", "application/toml",
            key="save_case_bar", on_click="ignore",
        )  # fmt: skip
