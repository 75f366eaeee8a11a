"""Takes nothing; gives the pages of the dashboard: name, title and file, in five places, in the order in which they are used.

Their folder is not called "pages": streamlit would then open them without main.py, by a convention older than navigation.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

HERE = Path(__file__).parent

PLACES: Mapping[str, tuple[str, ...]] = {
    "start": (),
    "check": ("your_file",),
    "answer": ("story", "pools", "age", "scores", "pay", "process", "method"),
    "try_change": (),
    "take_away": (),
}
"""The five places, each with the pages that stand under it."""
_TITLES = {
    "start": "Start",
    "check": "Check what we read",
    "your_file": "Your file",
    "answer": "The answer",
    "story": "A group's story",
    "pools": "Pools",
    "age": "Age",
    "scores": "Scores",
    "pay": "Pay and terms",
    "process": "Process",
    "method": "Data and method",
    "try_change": "Try a change",
    "take_away": "Take away",
}
PAGES: Mapping[str, tuple[str, Path]] = {
    name: (title, HERE / "views" / f"{name}.py") for name, title in _TITLES.items()
}


def place_of(page: str) -> str:
    """The place that a page is, or stands under.

    >>> place_of("age"), place_of("start")
    ('answer', 'start')
    """
    return next((place for place, under in PLACES.items() if page in under), page)
