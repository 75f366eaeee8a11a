"""Takes a Document; gives it as one HTML file that needs nothing else: no scripts, no fonts, no requests.

Everything stands inline: the style, the charts as SVG with their words. It reads well on a phone and prints on A4.
The file forbids itself by its own policy to load anything from anywhere, and asks search engines to leave it alone.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from eia.present.charts.drawings import Drawings, draw
from eia.present.documents.model import Document, placed, plain

if TYPE_CHECKING:
    from jinja2 import Template

    from eia.present.text.overview import Overview

TEMPLATES = Path(__file__).parent / "templates"
MARGIN_LENGTH = 90  # letters that fit on one line in the margin of a printed page


def to_html(document: Document, drawings: Drawings | None = None) -> str:
    """Give the document as the text of one HTML file, to be written as UTF-8.

    drawings: of its figures, where they have been made already for another format.

    >>> from eia.present.documents.model import Paragraph
    >>> page = to_html(Document("Draft", "", "", blocks=(Paragraph("Fewer than 5 < 10 & more."),)))
    >>> "<h1>Draft</h1>" in page, "Fewer than 5 &lt; 10 &amp; more." in page
    (True, True)
    """
    places = placed(document)
    contents = [place for place in places if getattr(place.block, "level", None) == 2]
    drawn = draw(document) if drawings is None else drawings
    return _template("report.html.j2").render(document=document, places=places, contents=contents, drawings=drawn)


def overview_html(made: Overview) -> str:
    """Give an assessment in short as a part of a page, such as the output of a notebook."""
    return _template("overview.html.j2").render(made=made)


@cache
def _template(name: str) -> Template:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=lambda value: plain(value) if type(value) is str else value,  # and not what is already markup
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["drawn"] = _drawn
    environment.filters["css_string"] = css_string
    return environment.get_template(name)


def _drawn(parts: tuple[str, ...]) -> str:
    """The drawing of a figure as markup, all its parts."""
    from markupsafe import Markup

    return Markup("".join(parts))  # noqa: S704 - the drawing escapes its own words


def css_string(text: str) -> str:
    r"""Give text as a quoted CSS string, every character but plain letters and digits as its number.

    >>> print(css_string("A \"B\""))
    "A\20 \22 B\22 "
    """
    from markupsafe import Markup

    shown = plain(text)
    if len(shown) > MARGIN_LENGTH:
        whole = shown[:MARGIN_LENGTH].rpartition(". ")[0]
        shown = f"{whole}." if whole else shown[: MARGIN_LENGTH - 1].rstrip() + "…"
    safe = re.sub(r"[^A-Za-z0-9]", lambda found: f"\\{ord(found.group()):x} ", shown)
    return Markup(f'"{safe}"')  # noqa: S704 - nothing but letters, digits, backslashes and spaces is left
