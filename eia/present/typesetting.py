"""Takes a typst text of ours and the words that go into it; gives it set as a PDF or a picture.

The words are handed over beside the text and shown as they stand: nothing in them is read as markup. The letters come from
``fonts/``, and letters that these do not have from those inside typst: the same bytes on every machine.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import typst

_NO_LETTER = "could not be displayed"  # what PDF/UA refuses, in the words of typst
_FONTS = Path(__file__).parent / "fonts"


def pdf(source: bytes, words: Mapping[str, str]) -> bytes:
    """Give it as PDF/UA-1: tagged, and refused where a picture has no words. Where it has a letter that no font of ours has, it is a
    tagged PDF with an empty box in that place, whose text is right."""
    import typst

    try:
        return _pdf(source, words, "ua-1")
    except typst.TypstError as refused:
        if _NO_LETTER not in str(refused):
            raise
        return _pdf(source, words, None)  # tagged in the same way; it only does not claim the standard


def _pdf(source: bytes, words: Mapping[str, str], standard: Literal["ua-1"] | None) -> bytes:
    import typst

    made: bytes = typst.compile(
        source, format="pdf", sys_inputs=dict(words), font_paths=_fonts(), pdf_standards=standard
    )
    return made


def png(source: bytes, words: Mapping[str, str], dpi: int) -> bytes:
    """Give its only page as a picture."""
    import typst

    made: bytes = typst.compile(source, format="png", sys_inputs=dict(words), font_paths=_fonts(), ppi=dpi)
    return made


@cache
def _fonts() -> typst.Fonts:
    import typst

    return typst.Fonts(include_system_fonts=False, font_paths=[_FONTS])
