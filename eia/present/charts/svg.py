"""Takes a chart spec; gives the chart for paper: SVG text to stand inside a page, or PNG bytes.

The same spec gives the same drawing on every machine: nothing depends on the fonts that happen to be installed, and
nothing carries a date. The picture is that drawing, set in the fonts of the project.
"""

from __future__ import annotations

import hashlib
import html

from eia.present import typesetting
from eia.present.charts.lettering import SIZE
from eia.present.charts.looks import FONTS
from eia.present.charts.paper import draw
from eia.present.charts.sheet import WIDTH
from eia.present.charts.specs import Chart
from eia.present.documents.model import plain

_PAGE = b"""#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.drawing), format: "svg", alt: sys.inputs.alt)
"""


def svg(spec: Chart, key: str = "") -> str:
    """Give the chart as one ``<svg>`` element with its title and text alternative, ready to stand inside a page.

    ``key`` tells two drawings of the same spec on one page apart: it changes their ids and nothing else.

    >>> from eia.present.charts.specs import Excess
    >>> drawing = svg(Excess(title="Excess", alt="There is nothing to show.", rows=()))
    >>> drawing.startswith("<svg"), "<title" in drawing, "There is nothing to show." in drawing
    (True, True, True)
    """
    sheet = draw(spec)
    body = "\n".join(sheet.strokes)
    title, alt = (html.escape(plain(words)) for words in (spec.title, spec.alt))
    prefix = "c" + hashlib.sha256(f"{key}\n{title}\n{alt}\n{body}".encode("utf-8", "replace")).hexdigest()[:10]
    height = f"{sheet.plan.height:g}"
    fonts = ", ".join(f"'{font}'" for font in FONTS)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="0 0 {WIDTH:g} {height}" width="{WIDTH:g}" '
        f'height="{height}" preserveAspectRatio="xMinYMin" role="img" aria-labelledby="{prefix}-title {prefix}-desc" '
        f'style="font-family: {fonts}, sans-serif; font-size: {SIZE:g}px; stroke-linejoin: round">\n'
        f'<title id="{prefix}-title">{title}</title>\n<desc id="{prefix}-desc">{alt}</desc>\n'
        + body.replace('<path id="', f'<path id="{prefix}-')
        + "\n</svg>\n"
    )


def picture(drawing: str, alt: str, dpi: int = 200) -> bytes:
    """Give a drawing as a PNG picture.

    >>> picture('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>', "Nothing.")[1:4]
    b'PNG'
    """
    return typesetting.png(_PAGE, {"drawing": drawing, "alt": plain(alt)}, dpi)
