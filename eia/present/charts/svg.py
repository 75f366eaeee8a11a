"""Takes a chart spec; gives the chart for paper: SVG text to stand inside a page, or PNG bytes.

The same spec gives the same bytes on every machine: nothing depends on the fonts that happen to be installed, and nothing
carries a date.
"""

from __future__ import annotations

import hashlib
import html
import io
import re
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from eia.present.charts.looks import FONTS
from eia.present.charts.paper import draw
from eia.present.charts.specs import Chart
from eia.present.documents.model import plain

_SETTINGS: dict[Any, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "eia",
    "font.family": "sans-serif",
    "font.sans-serif": FONTS,
    "text.parse_math": False,
}
_DRAWING = threading.Lock()  # matplotlib's settings belong to the whole process


def svg(spec: Chart, key: str = "") -> str:
    """Give the chart as one ``<svg>`` element with its title and text alternative, ready to stand inside a page.

    ``key`` tells two drawings of the same spec on one page apart: it changes their ids and nothing else.

    >>> from eia.present.charts.specs import Excess
    >>> drawing = svg(Excess(title="Excess", alt="There is nothing to show.", rows=()))
    >>> drawing.startswith("<svg"), "<title" in drawing, "There is nothing to show." in drawing
    (True, True, True)
    """
    with _quietly():
        file = io.StringIO()
        draw(spec).savefig(file, format="svg", metadata=dict.fromkeys(("Creator", "Date", "Format", "Type")))
    return _inline(file.getvalue(), spec, key)


def png(spec: Chart, dpi: int = 200) -> bytes:
    """Give the chart as a PNG picture, for documents that cannot hold SVG.

    >>> from eia.present.charts.specs import Excess
    >>> png(Excess(title="Excess", alt="There is nothing to show.", rows=()), dpi=50)[1:4]
    b'PNG'
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    with _quietly():
        file = io.BytesIO()
        figure = draw(spec)
        FigureCanvasAgg(figure)
        figure.savefig(file, format="png", dpi=dpi, metadata={"Software": None})
    return file.getvalue()


@contextmanager
def _quietly() -> Iterator[None]:
    """Draw with our settings, one thread at a time, and let a missing letter be: the reader's own fonts may have it."""
    import matplotlib

    with _DRAWING, matplotlib.rc_context(_SETTINGS), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*[Gg]lyph.*")
        yield


def _inline(drawing: str, spec: Chart, key: str) -> str:
    """Turn matplotlib's file into one element: named in words, sized to its place, with ids found nowhere else."""
    drawn = f"{key}\n{spec.title}\n{spec.alt}\n{drawing}"  # not the numbers: their last digits differ between machines
    prefix = "c" + hashlib.sha256(drawn.encode("utf-8", "replace")).hexdigest()[:10]
    body = drawing[drawing.index(">", drawing.index("<svg")) + 1 :]
    body = re.sub(r"<defs>\s*<style.*?</style>\s*</defs>", "", body, count=1, flags=re.DOTALL)
    body = re.sub(r"<[^<>]+>", lambda tag: _tidy(tag.group(), prefix), body)
    size = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', drawing)
    width, height = size.groups() if size else ("0", "0")
    fonts = ", ".join(f"'{font}'" for font in FONTS)
    opening = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" class="chart" '
        f'viewBox="0 0 {width} {height}" width="{width}" height="{height}" preserveAspectRatio="xMinYMin" role="img" '
        f'aria-labelledby="{prefix}-title {prefix}-desc" '
        f'style="font-family: {fonts}, sans-serif; stroke-linejoin: round; stroke-linecap: butt">'
    )
    words = (
        f'<title id="{prefix}-title">{html.escape(plain(spec.title))}</title>'
        f'<desc id="{prefix}-desc">{html.escape(plain(spec.alt))}</desc>'
    )
    return f"{opening}\n{words}\n{body.strip()}\n"


def _tidy(tag: str, prefix: str) -> str:
    """Take out of a tag the ids that nothing refers to and what the root says for all; make the other ids our own."""
    tag = re.sub(r' id="[\w.]+_\d+"| transform="rotate\(-0 [^"]*"|(?<=; )font-family: [^;]*; ', "", tag)
    return re.sub(r'(?<=\bid=")|(?<=href="#)|(?<=url\(#)', f"{prefix}-", tag)
