"""Takes a Document; gives the drawings of its figures, each made once for all the formats that show it."""

from __future__ import annotations

from collections.abc import Mapping

from eia.present.charts.specs import parts
from eia.present.documents.model import Document, Figure

Drawings = Mapping[str, tuple[str, ...]]


def draw(document: Document) -> Drawings:
    """SVG elements by figure name, a long chart in as many parts as it takes pages.

    >>> draw(Document("Draft", "", "", blocks=()))
    {}
    """
    from eia.present.charts.svg import svg

    figures = [block for block in document.blocks if isinstance(block, Figure)]
    return {figure.name: tuple(svg(part, key=figure.name) for part in parts(figure.chart)) for figure in figures}
