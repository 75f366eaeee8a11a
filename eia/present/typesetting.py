"""Takes a typst text of ours and the words that go into it; gives it set as a PDF or a picture.

The words are handed over beside the text and shown as they stand: nothing in them is read as markup. The letters come from
``fonts/``, and letters that these do not have from those inside typst: the same bytes on every machine.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import typst

_FONTS = Path(__file__).parent / "fonts"


def pdf(source: bytes, words: Mapping[str, str]) -> bytes:
    """Give it as PDF/UA-1: tagged, and refused where a picture has no words."""
    import typst

    made: bytes = typst.compile(source, format="pdf", sys_inputs=dict(words), font_paths=_fonts(), pdf_standards="ua-1")
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
