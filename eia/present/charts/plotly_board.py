"""Takes marks, words and shapes one by one; gives one plotly figure of them, its axes laid out and all its words inert."""

from __future__ import annotations

import html
import math
from collections.abc import Callable, Iterable, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from eia.present.charts.looks import FONTS, HAIR, INK, PAPER, SHADE, Look
from eia.present.charts.specs import Axis, Chart, Forest, Row, headed
from eia.present.documents.model import plain

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

FONT = {"family": ", ".join([*FONTS, "sans-serif"]), "size": 14, "color": INK}
LABEL_LENGTH = 40
LINE_HEIGHT, MARGINS, LETTER = 28, 86, 7  # in pixels
NARROW = 200  # pixels that the axis has at the least
SPARE = 0.06  # of the axis, kept free at both ends for arrows and words


def inert(text: str, length: int | None = None) -> str:
    """Give text so that plotly shows it as it stands: no tags, no formulas; shortened to ``length`` if given.

    >>> inert("<b>$x$</b> & co")
    '&lt;b&gt;&#36;x&#36;&lt;/b&gt; &amp; co'
    """
    shown = plain(text)
    if length is not None and len(shown) > length:
        shown = shown[: length - 1].rstrip() + "…"
    return html.escape(shown, quote=False).replace("$", "&#36;")


class Board:
    """Collects the marks of a chart and makes one figure of them: plotly takes long over marks added one by one.

    ``aside`` gives what stands to the right of each row, already inert.
    """

    def __init__(
        self,
        spec: Chart,
        axis: Axis,
        rows: Sequence[Row],
        aside: Callable[[Any], str] | None = None,
        bars: int = 1,
        words: Iterable[tuple[float, str]] = (),
    ) -> None:
        """The axes, and what stands aside. bars: how many stand in a row, one below the other. words: those that stand right of a mark, each
        with the value that it stands at: near the end of the axis they need room beyond it."""
        self._marks: list[dict[str, Any]] = []
        self._notes: list[dict[str, Any]] = []
        self._shapes: list[dict[str, Any]] = []
        lines = headed(rows)
        beside = [(y, aside(row)) for y, row in places(rows)] if aside else []
        needs = [(1.0, told) for _, told in beside] + [(axis.share(value), told) for value, told in words]
        right = max((LETTER * len(told) + 20 - NARROW * (1 - share) for share, told in needs), default=10)
        names = max((len(_lines(line)) for line in lines if not isinstance(line, str)), default=1)
        self._layout = {
            "template": "none",
            "font": FONT,
            "height": LINE_HEIGHT * max(bars / 2, 0.6 * names + 0.1, 1) * max(len(lines), 1) + MARGINS,
            "margin": {"l": 10, "r": max(right, 10), "t": 36, "b": 50},
            "plot_bgcolor": PAPER,
            "paper_bgcolor": PAPER,
            "showlegend": False,
            "barmode": "overlay",
            "hoverlabel": {"font": FONT, "bgcolor": PAPER},
            "meta": {"alt": inert(spec.alt)},
            "xaxis": _across(spec, axis),
            "yaxis": _down(lines),
        }
        for y, told in beside:
            place = {"x": 1, "xref": "paper", "xanchor": "left", "xshift": 12}
            self._notes.append(_words(INK) | place | {"y": y, "text": told})

    def figure(self, **more: Any) -> Figure:
        """All that was collected, as a figure."""
        from plotly.graph_objects import Figure

        return Figure(self._marks, self._layout | {"annotations": self._notes, "shapes": self._shapes} | more)

    def scatter(self, **mark: Any) -> None:
        """Add dots or strokes."""
        self._marks.append({"type": "scatter"} | mark)

    def bar(self, **mark: Any) -> None:
        """Add a bar."""
        self._marks.append({"type": "bar", "orientation": "h", "width": 0.55} | mark)

    def note(self, x: float, y: float, text: str, colour: str = INK, **place: Any) -> None:
        """Add words at a place; none when there are none. On a log axis ``x`` is the logarithm."""
        if text:
            self._notes.append(_words(colour) | {"x": x, "y": y, "text": inert(text, LABEL_LENGTH)} | place)

    def rule(self, x: float) -> None:
        """Add the line that all marks are read against."""
        self._shapes.append(_upright(x, x) | {"type": "line", "line": {"color": INK, "width": 1}})

    def shade(self, low: float, high: float) -> None:
        """Shade the chart between two values, under everything else."""
        look = {"type": "rect", "fillcolor": SHADE, "line": {"width": 0}, "layer": "below"}
        self._shapes.append(_upright(low, high) | look)


def _upright(low: float, high: float) -> dict[str, Any]:
    return {"x0": low, "x1": high, "y0": 0, "y1": 1, "yref": "paper"}


def _down(lines: Sequence[Any]) -> dict[str, Any]:
    """The vertical axis: a name for each line. Lines are counted, so that two of the same name stay two."""
    return {
        "tickvals": list(range(len(lines))),
        "ticktext": [f"<b>{inert(line, LABEL_LENGTH)}</b>" if isinstance(line, str) else _name(line) for line in lines],
        "range": [len(lines) - 0.5, -0.5],
        "automargin": True,
        "showgrid": False,
        "zeroline": False,
        "ticklen": 0,
        "fixedrange": True,
    }


def _across(spec: Chart, axis: Axis) -> dict[str, Any]:
    """The horizontal axis, a little longer than its numbers so that arrows and words have room."""
    low, high = (math.log10(axis.low), math.log10(axis.high)) if axis.log else (axis.low, axis.high)
    spare = (SPARE if axis.log else 2 * SPARE) * (high - low)
    return {
        "type": "log" if axis.log else "linear",
        "range": [low - spare, high + spare],
        "tickvals": list(axis.ticks),
        "ticktext": list(axis.labels),
        "title": {"text": _axis_words(spec), "font": FONT, "standoff": 6},
        "gridcolor": HAIR,
        "zeroline": False,
        "fixedrange": True,
    }


def _axis_words(spec: Chart) -> str:
    words = inert(spec.axis, 2 * LABEL_LENGTH)
    return f"{words}<br>{inert(spec.band_text)}" if isinstance(spec, Forest) and spec.band_text else words


def places(rows: Sequence[Row]) -> list[tuple[int, Row]]:
    """Each row with its line in the chart, headings counted."""
    return [(y, line) for y, line in enumerate(headed(rows)) if not isinstance(line, str)]


def _name(row: Any) -> str:
    return "<br>".join(f"{'&nbsp;' * 3 if row.group else ''}{inert(line)}" for line in _lines(row))


def _lines(row: Any) -> list[str]:
    """The name of a row, on two lines where it is long."""
    return wrap(plain(row.label), LABEL_LENGTH, max_lines=2, placeholder="…")


def joined(*parts: str) -> str:
    """Words side by side, inert."""
    return " · ".join(inert(part) for part in parts if part)


def hover_words(words: str, points: int = 1) -> dict[str, Any]:
    """Hover text as text: never a template, which would fill in what a label asks for."""
    return {"hoverinfo": "text", "hovertext": [words] * points}


def marker(look: Look) -> dict[str, Any]:
    """The mark of a look, as plotly describes it."""
    symbol = look.shape if look.filled else f"{look.shape}-open"
    return {
        "symbol": symbol,
        "size": 12,
        "color": look.colour,
        "opacity": 1,
        "line": {"width": 2, "color": look.colour},
    }


def _words(colour: str) -> dict[str, Any]:
    return {"showarrow": False, "font": {**FONT, "size": 13, "color": colour}, "bgcolor": PAPER, "yanchor": "middle"}
