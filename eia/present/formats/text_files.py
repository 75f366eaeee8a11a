"""Takes documents; gives them by file name as web pages and Markdown, with the drawings of their figures."""

from __future__ import annotations

from collections.abc import Mapping

from eia.present.charts.drawings import Drawings, draw
from eia.present.documents.html import to_html
from eia.present.documents.markdown import to_markdown
from eia.present.documents.model import Document

Drawn = Mapping[str, tuple[Document, Drawings]]
"""Documents by the stem of their names, each with the drawings of its figures."""


def drawn(documents: Mapping[str, Document]) -> Drawn:
    """Draw the figures of each document once, for every format."""
    return {name: (document, draw(document)) for name, document in documents.items()}


def text_files(made: Drawn) -> dict[str, str]:
    """The documents as texts: NAME.html, NAME.md, and the charts that the latter names."""
    texts: dict[str, str] = {}
    for name, (document, drawings) in made.items():
        markdown, charts = to_markdown(document, drawings)
        texts |= {f"{name}.html": to_html(document, drawings), f"{name}.md": markdown, **charts}
    return texts
