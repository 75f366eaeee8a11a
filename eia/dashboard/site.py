"""Takes nothing; gives the pages of the dashboard: name, title and file, in five places, in the order in which they are used.

Their folder is not called "pages": streamlit would then open them without main.py, by a convention older than navigation.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

HERE = Path(__file__).parent

PLACES: Mapping[str, tuple[str, ...]] = {
    "start": (),
    "check": ("your_file", "proposal"),
    "answer": ("story", "figures", "how_far", "law", "process", "priority"),
    "try_change": (),
    "take_away": (),
}
"""The five places, each with the pages that stand under it."""
_TITLES = {
    "start": "Start",
    "check": "Check what we read",
    "your_file": "Your file",
    "proposal": "The proposal",
    "answer": "The answer",
    "story": "A group's story",
    "figures": "The figures",
    "how_far": "How far it holds",
    "law": "The law",
    "process": "Consultation",
    "priority": "Priority",
    "try_change": "Try a change",
    "take_away": "Take away",
}
PAGES: Mapping[str, tuple[str, Path]] = {
    name: (title, HERE / "views" / f"{name}.py") for name, title in _TITLES.items()
}


def place_of(page: str) -> str:
    """The place that a page is, or stands under.

    >>> place_of("law"), place_of("start")
    ('answer', 'start')
    """
    return next((place for place, under in PLACES.items() if page in under), page)
