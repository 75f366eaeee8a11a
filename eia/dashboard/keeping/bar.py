"""Takes a visit; shows on every page how to take back the last choice, and how to save the case."""

from __future__ import annotations

import streamlit as st

from eia.dashboard.keeping.save import save_case
from eia.dashboard.keeping.undo import undo
from eia.dashboard.session import Session


def keep_bar(visit: Session) -> None:
    """The two buttons, as soon as there is a case."""
    if visit.case is not None:
        with st.container(horizontal=True, key="keep-bar"):
            undo(visit)
            save_case(visit, key="save_case_bar")
