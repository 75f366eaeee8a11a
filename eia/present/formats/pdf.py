"""Takes a Document; gives it as a PDF that a screen reader can read (PDF/UA-1), set by typst, the same bytes every time."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from eia.present import typesetting
from eia.present.charts.drawings import Drawings, draw
from eia.present.documents.model import MARKS, NOTICES, Answer, Document, Figure, Notice, Placed, Table, plain
from eia.present.formats.layout import MARGIN, TOGETHER, Run, letters, picture_width, runs, widths

_PAGE = Path(__file__).parent / "page.typ"


def to_pdf(document: Document, drawings: Drawings | None = None) -> bytes:
    """Give the document as PDF. drawings: of its figures, where they have been made already for another format.

    >>> from eia.present.documents.model import Paragraph
    >>> to_pdf(Document("Draft", "", "", blocks=(Paragraph("#image() $x$ *not bold*"),)))[:5]
    b'%PDF-'
    """
    drawn = draw(document) if drawings is None else drawings
    told = {
        "title": document.title,
        "subtitle": document.subtitle,
        "notice": document.notice,
        "mark": MARKS[document.edition],
        "language": document.language,
        "margin": MARGIN,
        "runs": [_run(run, drawn) for run in runs(document)],
    }
    return typesetting.pdf(_PAGE.read_bytes(), {"document": json.dumps(_shown(told))})


def _run(run: Run, drawings: Drawings) -> dict[str, Any]:
    return {"turned": run.turned, "blocks": [_block(place, run.width, drawings) for place in run.places]}


def _block(place: Placed, width: float, drawings: Drawings) -> dict[str, Any]:
    """A block as data: its fields, and what the page cannot work out by itself."""
    block = place.block
    fields = {name: getattr(block, name) for name in block.__dataclass_fields__}
    match block:
        case Table():
            columns = [
                {"title": column.title, "numeric": column.numeric, "written": column.written}
                for column in block.columns
            ]
            fields |= {"columns": columns, "bodies": block.bodies, "widths": widths(block, width)}
            fields |= {"short": len(block.rows) <= TOGETHER, "letters": letters(block)}
        case Figure():
            fields |= {
                "chart": "",
                "alt": block.chart.alt,
                "drawings": [(drawing, picture_width(drawing)) for drawing in drawings[block.name]],
            }
        case Answer():
            fields |= {"whose": block.whose, "lines": block.lines}
        case Notice():
            fields |= {"word": NOTICES[block.kind]}
    return {**fields, "kind": place.kind}


def _shown(value: Any) -> Any:
    """All words within as they are shown; the lines of a drawing stay."""
    if isinstance(value, str):
        return value if value.startswith("<svg ") else plain(value)
    if isinstance(value, dict):
        return {key: _shown(each) for key, each in value.items()}
    return [_shown(each) for each in value] if isinstance(value, list | tuple) else value
