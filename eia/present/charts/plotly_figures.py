"""Takes a chart spec; gives the plotly figure that shows the same numbers on the screen.

Made for ``st.plotly_chart(figure(spec), theme=None, config=CONFIG, alt=spec.alt)``. Nothing is fetched from anywhere.
The title is left to the page, which can make a heading of it.
"""

from __future__ import annotations

import html
import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from eia.present.charts.specs import (
    Axis,
    Chart,
    Excess,
    Forest,
    ForestRow,
    RatesChart,
    Row,
    Timeline,
    Waterfall,
    excess_axis,
    falls,
    forest_axis,
    forest_mark,
    headed,
    people_axis,
    rates_axis,
    rates_dots,
    rates_unknown,
    timeline_axis,
)
from eia.present.charts.svg import BLUE, BOND, GREY, HAIR, INK, LOOKS, PAPER, PLUM, SHADE, SOFT, TEAL
from eia.present.documents.model import plain

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

CONFIG: dict[str, Any] = {  # plotly's own default offers to send the chart to a server of its makers
    "showSendToCloud": False,
    "plotlyServerURL": "",
    "modeBarButtons": [["toImage"]],
    "displaylogo": False,
    "typesetMath": False,
    "responsive": True,
}
FONT = {"family": "Arial, Helvetica, Liberation Sans, sans-serif", "size": 14, "color": INK}
LABEL_LENGTH = 40
LINE_HEIGHT, MARGINS = 30, 110  # in pixels
SPARE = 0.06  # of the axis, kept free at both ends for arrows and words

_BOND: dict[str, Any] = {
    "mode": "lines",
    "line": {"color": BOND, "width": 3},
    "hoverinfo": "skip",
    "showlegend": False,
}

_LEGEND = {"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom"}
_SYMBOLS = {"D": "diamond", "s": "square", "o": "circle"}


def figure(spec: Chart) -> Figure:
    """Give the chart as a plotly figure.

    >>> from eia.present.charts.specs import Excess, ExcessRow
    >>> row = ExcessRow(label="Women", value=7.5, text="+7.5")
    >>> figure(Excess(title="Excess", alt="7.5 more women than expected.", rows=(row,))).data[0].x
    (7.5,)
    """
    match spec:
        case Forest():
            return _forest(spec)
        case Excess():
            return _excess(spec)
        case Waterfall():
            return _waterfall(spec)
        case RatesChart():
            return _rates(spec)
        case Timeline():
            return _timeline(spec)


def inert(text: str, length: int | None = None) -> str:
    """Give text so that plotly shows it as it stands: no tags, no formulas; shortened to ``length`` if given.

    >>> inert("<b>$x$</b> & co")
    '&lt;b&gt;&#36;x&#36;&lt;/b&gt; &amp; co'
    """
    shown = plain(text)
    if length is not None and len(shown) > length:
        shown = shown[: length - 1].rstrip() + "…"
    return html.escape(shown, quote=False).replace("$", "&#36;")


def _forest(spec: Forest) -> Figure:
    axis = forest_axis(spec)
    chart = _Board(spec, axis, spec.rows, aside=_aside)
    chart.shade(*spec.band)
    chart.rule(spec.reference)
    for words, anchor in ((spec.below and f"← {spec.below}", "right"), (spec.above and f"{spec.above} →", "left")):
        shift = {"xanchor": anchor, "xshift": -8 if anchor == "right" else 8, "yshift": 12}
        chart.note(math.log10(spec.reference), 1, words, SOFT, yref="paper", **shift)
    for y, row in _places(spec.rows):
        mark, look = forest_mark(row, axis), LOOKS[row.level]
        hover = _joined(row.label, row.note, row.level)
        if mark.low is not None and mark.high is not None:
            style = {"color": look.colour, "width": 2.5, "dash": "4px,3px" if look.broken else "solid"}
            chart.scatter(x=[mark.low, mark.high], y=[y, y], mode="lines", line=style, **_hover(hover, 2))
        for beyond, end, symbol in ((mark.fewer, axis.low, "triangle-left"), (mark.more, axis.high, "triangle-right")):
            if beyond:
                _arrow(chart, y, end, symbol, look.colour, axis)
        if mark.at is not None:
            symbol = _SYMBOLS[look.marker] + ("" if look.filled else "-open")
            chart.scatter(x=[mark.at], y=[y], mode="markers", marker=_marker(symbol, look.colour), **_hover(hover))
        elif mark.low is None:
            words = "not tested" if row.level == "not tested" else "no estimate"
            chart.note(math.log10(spec.reference), y, words, SOFT)
    return chart.figure()


def _aside(row: ForestRow) -> str:
    level = f"<b>{row.level}</b>" if row.level.startswith("found") else row.level
    return f"{inert(row.note, LABEL_LENGTH)} · {level}" if row.note else level


def _arrow(chart: _Board, y: float, end: float, symbol: str, colour: str, axis: Axis) -> None:
    """An arrow head a little beyond the end of a log axis, and the stroke that leads there."""
    further = (axis.high / axis.low) ** (SPARE / 2)
    tip = end * further if end == axis.high else end / further
    chart.scatter(
        x=[end, tip],
        y=[y, y],
        mode="lines+markers",
        line={"color": colour, "width": 2.5},
        marker={"symbol": symbol, "size": [0, 11], "color": colour, "opacity": 1},
        hoverinfo="skip",
    )


def _excess(spec: Excess) -> Figure:
    chart = _Board(spec, excess_axis(spec), spec.rows)
    chart.rule(0)
    for y, row in _places(spec.rows):
        value = row.value if math.isfinite(row.value) else 0.0
        _bar(chart, y, (0.0, value), row.text, PLUM if value > 0 else TEAL, _joined(row.label, row.text))
    return chart.figure()


def _waterfall(spec: Waterfall) -> Figure:
    bars = falls(spec)
    chart = _Board(spec, people_axis([bar.end for bar in bars]), bars)
    chart.rule(0)
    for y, bar in _places(bars):
        colour = BLUE if bar.total else PLUM if bar.end > bar.start else TEAL
        _bar(chart, y, (bar.start, bar.end), bar.text, colour, _joined(bar.label, bar.text))
    return chart.figure()


def _bar(chart: _Board, y: float, ends: tuple[float, float], words: str, colour: str, hover: str) -> None:
    start, end = ends
    chart.bar(x=[end - start], base=[start], y=[y], marker={"color": colour}, **_hover(hover))
    down = end < start
    chart.note(end, y, words, xanchor="right" if down else "left", xshift=-5 if down else 5)


def _rates(spec: RatesChart) -> Figure:
    chart = _Board(spec, rates_axis(spec), spec.rows)
    for y, row in _places(spec.rows):
        dots = rates_dots(row)
        chart.scatter(x=[dot.rate for dot in dots], y=[y] * len(dots), **_BOND)
        for dot in dots:
            lower = dot is not dots[-1]
            chart.note(dot.rate, y, dot.text, xanchor="right" if lower else "left", xshift=-11 if lower else 11)
        chart.note(1, y, rates_unknown(row), SOFT, xref="paper", xanchor="right")
    for ours, name, marker in (
        (False, spec.comparator_label, _marker("circle-open", GREY)),
        (True, spec.group_label, _marker("diamond", BLUE)),
    ):
        dots_of = [(dot, y, row) for y, row in _places(spec.rows) for dot in rates_dots(row) if dot.ours is ours]
        chart.scatter(
            x=[dot.rate for dot, _, _ in dots_of],
            y=[y for _, y, _ in dots_of],
            mode="markers",
            marker=marker,
            name=inert(name, LABEL_LENGTH),
            showlegend=True,
            hoverinfo="text",
            hovertext=[_joined(row.label, f"{name}: {dot.text}") for dot, _, row in dots_of],
        )
    return chart.figure(showlegend=True, legend=_LEGEND | {"traceorder": "reversed"})


def _timeline(spec: Timeline) -> Figure:
    chart = _Board(spec, timeline_axis(spec), spec.rows)
    for entered, name, marker in (
        (True, spec.entered_label, _marker("diamond", BLUE)),
        (False, spec.rule_label, _marker("circle-open", GREY)),
    ):
        told = [(y, row) for y, row in _places(spec.rows) if row.entered is entered]
        chart.scatter(
            x=[row.day.toordinal() for _, row in told],
            y=[y for y, _ in told],
            mode="markers",
            marker=marker,
            name=inert(name, LABEL_LENGTH),
            showlegend=True,
            hoverinfo="text",
            hovertext=[_joined(row.label, row.text) for _, row in told],
        )
    for y, row in _places(spec.rows):
        chart.note(row.day.toordinal(), y, row.text, xanchor="left", xshift=11)
    return chart.figure(showlegend=True, legend=_LEGEND)


# --- what all charts share ------------------------------------------------------------------------------------------


class _Board:
    """Collects the marks of a chart and makes one figure of them: plotly takes long over marks added one by one.

    ``aside`` gives what stands to the right of each row, already inert.
    """

    def __init__(self, spec: Chart, axis: Axis, rows: Sequence[Row], aside: Callable[[Any], str] | None = None) -> None:
        self._marks: list[dict[str, Any]] = []
        self._notes: list[dict[str, Any]] = []
        self._shapes: list[dict[str, Any]] = []
        lines = headed(rows)
        beside = [(y, aside(row)) for y, row in _places(rows)] if aside else []
        right = max((7 * len(words) + 20 for _, words in beside), default=10)
        self._layout = {
            "template": "none",
            "font": FONT,
            "height": LINE_HEIGHT * max(len(lines), 1) + MARGINS,
            "margin": {"l": 10, "r": right, "t": 40, "b": 60},
            "plot_bgcolor": PAPER,
            "paper_bgcolor": PAPER,
            "showlegend": False,
            "barmode": "overlay",
            "hoverlabel": {"font": FONT, "bgcolor": PAPER},
            "meta": {"alt": inert(spec.alt)},
            "xaxis": _across(spec, axis),
            "yaxis": _down(lines),
        }
        for y, words in beside:
            place = {"x": 1, "xref": "paper", "xanchor": "left", "xshift": 12}
            self._notes.append(_words(INK) | place | {"y": y, "text": words})

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
        "title": {"text": _axis_words(spec), "font": FONT},
        "gridcolor": HAIR,
        "zeroline": False,
        "fixedrange": True,
    }


def _axis_words(spec: Chart) -> str:
    words = inert(spec.axis, 2 * LABEL_LENGTH)
    return f"{words}<br>{inert(spec.band_text)}" if isinstance(spec, Forest) and spec.band_text else words


def _places(rows: Sequence[Row]) -> list[tuple[int, Row]]:
    """Each row with its line in the chart, headings counted."""
    return [(y, line) for y, line in enumerate(headed(rows)) if not isinstance(line, str)]


def _name(row: Any) -> str:
    name = inert(row.label, LABEL_LENGTH)
    return f"{'&nbsp;' * 3}{name}" if row.group else name


def _joined(*parts: str) -> str:
    return " · ".join(inert(part) for part in parts if part)


def _hover(words: str, points: int = 1) -> dict[str, Any]:
    """Hover text as text: never a template, which would fill in what a label asks for."""
    return {"hoverinfo": "text", "hovertext": [words] * points}


def _marker(symbol: str, colour: str) -> dict[str, Any]:
    return {"symbol": symbol, "size": 12, "color": colour, "opacity": 1, "line": {"width": 2, "color": colour}}


def _words(colour: str) -> dict[str, Any]:
    return {"showarrow": False, "font": {**FONT, "size": 13, "color": colour}, "bgcolor": PAPER, "yanchor": "middle"}
