"""Takes the name of a page; shows what is being done while it is made, where that takes longer than a moment."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext

import streamlit as st

_FURTHER = "Looking further: scores, ages, overlaps and what other rules would do"
DOING = {
    "answer": _FURTHER, "story": _FURTHER, "pools": _FURTHER, "age": _FURTHER, "scores": _FURTHER, "pay": _FURTHER, "process": _FURTHER,
    "method": _FURTHER, "your_file": "Looking at what the file is worth", "try_change": "Selecting anew without each criterion in turn",
    "take_away": "Making the document",
}  # fmt: skip
"""What a page may take a while for; those that are not here are there at once."""


def doing(page: str) -> AbstractContextManager[None]:
    """Say what is being done, with the seconds, as soon as half a second has gone.

    >>> with doing("start"):
    ...     pass
    """
    return st.spinner(DOING[page], show_time=True) if page in DOING else nullcontext()
