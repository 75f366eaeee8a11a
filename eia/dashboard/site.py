"""Takes nothing; gives the pages of the dashboard: name, title and file, in the order in which they are used.

Their folder is not called "pages": streamlit would then open them without main.py, by a convention older than navigation.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

HERE = Path(__file__).parent

_TITLES = {
    "start": "Start",
    "check": "Check what we read",
    "your_file": "Your file",
    "proposal": "The proposal",
    "answer": "The answer",
    "try_change": "Try a change",
    "figures": "The figures",
    "how_far": "How far it holds",
    "law": "The law",
    "process": "Consultation",
    "priority": "Priority",
    "draft": "The draft",
}
PAGES: Mapping[str, tuple[str, Path]] = {
    name: (title, HERE / "views" / f"{name}.py") for name, title in _TITLES.items()
}
