"""Takes a chart and the words that go with it when it is sent alone; gives both as one drawing: its mark, what it shows, of whom, and from where."""

from __future__ import annotations

import hashlib
import html
from dataclasses import dataclass

from eia.present.charts.lettering import SIZE, wrapped
from eia.present.charts.looks import FONTS, INK, PAPER, PLUM, SOFT
from eia.present.charts.paper import draw
from eia.present.charts.sheet import WIDTH
from eia.present.charts.specs import Chart
from eia.present.documents.model import MARKS, Edition, plain

_EDGE, _LINES = 18.0, 12  # of the card; lines of words at most
_TITLE, _SUBTITLE, _SMALL = 17.0, 12.5, 10.5  # letters, in points


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A chart to send. name: the stem of its files, said by what it shows; finding: its title; counted: what is counted, and of whom;
    source: files, day and case."""

    name: str
    finding: str
    counted: str
    source: str
    chart: Chart
    edition: Edition

    @property
    def alt(self) -> str:
        """All of it in words, for those who cannot see it."""
        return plain(f"{MARKS[self.edition]}. {self.finding} {self.counted} {self.chart.alt} {self.source}")


def card(attachment: Attachment) -> str:
    """Give the attachment as one ``<svg>`` element, with its words as title and text alternative.

    >>> from eia.present.charts.specs import Excess
    >>> made = Attachment(name="none", finding="No gap.", counted="", source="", edition="confidential",
    ...                   chart=Excess(title="Excess", alt="Nothing to show.", rows=()))
    >>> "CONFIDENTIAL" in card(made), "No gap." in card(made)
    (True, True)
    """
    sheet = draw(attachment.chart)
    words, top = _lines(attachment)
    foot, height = _below(attachment, top + sheet.plan.height)
    drawn = "\n".join(sheet.strokes)
    title, alt = html.escape(plain(attachment.finding)), html.escape(attachment.alt)
    prefix = "c" + hashlib.sha256(f"{title}\n{alt}\n{drawn}".encode("utf-8", "replace")).hexdigest()[:10]
    size = (WIDTH + 2 * _EDGE, height)
    fonts = ", ".join(f"'{font}'" for font in FONTS)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size[0]:g} {size[1]:g}" width="{size[0]:g}" height="{size[1]:g}" '
        f'role="img" aria-labelledby="{prefix}-title {prefix}-desc" '
        f'style="font-family: {fonts}, sans-serif; font-size: {SIZE:g}px; stroke-linejoin: round">\n'
        f'<title id="{prefix}-title">{title}</title>\n<desc id="{prefix}-desc">{alt}</desc>\n'
        f'<rect width="{size[0]:g}" height="{size[1]:g}" fill="{PAPER}"/>\n{words}\n'
        f'<g transform="translate({_EDGE:g} {top:g})">\n'
        + drawn.replace('<path id="', f'<path id="{prefix}-')
        + f"\n</g>\n{foot}\n</svg>\n"
    )


def _lines(attachment: Attachment) -> tuple[str, float]:
    """The words above the chart, and where they end."""
    made, y = [], _EDGE + _SMALL
    made.append(_text(y, MARKS[attachment.edition], _SMALL, PLUM, bold=True))
    for words, size, colour in ((attachment.finding, _TITLE, INK), (attachment.counted, _SUBTITLE, SOFT)):
        y += 0.4 * size
        for line in _wrapped(words, size):
            y += 1.3 * size
            made.append(_text(y, line, size, colour, bold=size == _TITLE))
    return "\n".join(made), round(y + _EDGE, 1)


def _below(attachment: Attachment, top: float) -> tuple[str, float]:
    """The words below the chart, and how high the whole card is."""
    made, y = [], top + 0.5 * _EDGE
    for line in _wrapped(f"{attachment.source} {MARKS[attachment.edition]}.", _SMALL):
        y += 1.4 * _SMALL
        made.append(_text(y, line, _SMALL, SOFT))
    return "\n".join(made), round(y + _EDGE, 1)


def _wrapped(words: str, size: float) -> tuple[str, ...]:
    """Words in lines over the whole card; bold letters take a little more."""
    return wrapped(words, WIDTH * SIZE / size / (1.08 if size == _TITLE else 1.0), most=_LINES)


def _text(y: float, words: str, size: float, colour: str, *, bold: bool = False) -> str:
    weight = "; font-weight: bold" if bold else ""
    style = f"font-size: {size:g}px; fill: {colour}{weight}"
    return f'<text x="{_EDGE:g}" y="{y:.1f}" style="{style}">{html.escape(plain(words))}</text>'
