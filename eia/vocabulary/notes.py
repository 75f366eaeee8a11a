"""Takes a header, a label or a figure as published tables write it; gives it without references to notes and marks of revision."""

from __future__ import annotations

import re

_REFERENCE = r"(?:foot)?notes?\.?\s*[\w,&\s]{1,20}?|\d{1,2}|(?:r|p|e|b|f|er|est|rev|revised|provisional|estimated)"
_NOTES = re.compile(
    rf"(?<!\s)\s*(?:\[\s*(?:{_REFERENCE})\s*\]|\(\s*(?:(?:foot)?notes?\.?\s*[\w,&\s]{{1,20}}?|[rpe])\s*\)|[¹²³⁰⁴-⁹†‡]+)\s*",
    re.IGNORECASE,
)


def without_notes(text: str) -> str:
    """The text without what points at a note, or says that a figure was revised, is provisional or an estimate.

    >>> without_notes("Group [note 1]"), without_notes("120 [r]"), without_notes("[c]"), without_notes("Grade 7 (note 2)")
    ('Group', '120', '[c]', 'Grade 7')
    """
    return _NOTES.sub(" ", text).strip() if text else text
