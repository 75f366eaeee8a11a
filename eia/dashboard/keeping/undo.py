"""Takes a visit; takes its last choice back, and says before which one that is."""

from __future__ import annotations

import streamlit as st

from eia.case import Case
from eia.dashboard.session import Session
from eia.dashboard.widgets import inert

PARTS = {
    "title": "the name of the case", "proposal": "what is proposed", "employer": "the employer", "dates": "the days",
    "consultation": "collective consultation", "documents": "documents asked for", "decisions": "who decided what", "files": "which sheet is read",
    "columns": "which column is which", "ignored": "columns left out", "privacy": "columns that say who somebody is",
    "counts": "how counts are written", "categories": "what the answers mean", "people": "who counts", "absences": "reasons for absence",
    "pools": "pools and posts to go", "priority": "the days of priority", "vacancies": "which vacancies suit whom",
    "severance": "severance terms", "pay_protection": "pay protection", "terms": "the employer's own terms", "stages": "the stages",
    "outcomes": "what the words for outcomes mean", "characteristics": "further characteristics", "comparison": "who is compared",
    "analysis": "how it is tested", "publication": "what may be published", "response": "what the response names",
    "scoring": "how scores select", "scenarios": "changes that are kept", "texts": "what you wrote",
}  # fmt: skip
"""What a visitor calls the parts of a case."""
_READ = frozenset(
    {
        "dates",
        "files",
        "columns",
        "ignored",
        "privacy",
        "counts",
        "categories",
        "people",
        "absences",
        "pools",
        "stages",
        "outcomes",
        "characteristics",
    }
)
"""The parts that answers to questions about a file fill: several of them at one press."""


def undo(visit: Session) -> None:
    """The button that takes the last choice back, where there is one."""
    if visit.history and st.button(f"Undo: {inert(last_choice(visit))}", key="undo", type="tertiary"):
        visit.undo()
        st.rerun()


def last_choice(visit: Session) -> str:
    """What the last choice was about."""
    before = visit.history[-1]
    return what_changed(before.case, visit.case) if visit.case and visit.case != before.case else "answers on vacancies"


def what_changed(before: Case, after: Case) -> str:
    """The parts in which two cases differ, in words.

    >>> what_changed(Case(), Case(title="Finance", proposal="Three posts go."))
    '2 choices'
    """
    parts = [name for name in PARTS if getattr(before, name) != getattr(after, name)]
    if len(parts) == 1:
        return PARTS[parts[0]]
    return "how the file is read" if _READ.issuperset(parts) else f"{len(parts)} choices"
