"""Takes a chart spec; gives the plotly figure that shows the same numbers on the screen.

Made for ``st.plotly_chart(figure(spec), theme=None, config=CONFIG, alt=spec.alt)``. Nothing is fetched from anywhere.
The title is left to the page, which can make a heading of it.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from eia.present.charts.axes import excess_axis, forest_axis, people_axis, rates_axis, timeline_axis
from eia.present.charts.looks import BLUE, BOND, LOOKS, OTHER, SOFT, THIS, bar_colour
from eia.present.charts.marks import falls, forest_mark, rates_dots, rates_unknown
from eia.present.charts.plotly_board import LABEL_LENGTH, SPARE, Board, hover_words, inert, joined, marker, places
from eia.present.charts.specs import Axis, Chart, Excess, Forest, ForestRow, RatesChart, Timeline, Waterfall

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

_BOND: dict[str, Any] = {
    "mode": "lines",
    "line": {"color": BOND, "width": 3},
    "hoverinfo": "skip",
    "showlegend": False,
}

_LEGEND = {"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom"}


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


def _forest(spec: Forest) -> Figure:
    axis = forest_axis(spec)
    chart = Board(spec, axis, spec.rows, aside=_aside)
    chart.shade(*spec.band)
    chart.rule(spec.reference)
    for words, anchor in ((spec.below and f"← {spec.below}", "right"), (spec.above and f"{spec.above} →", "left")):
        shift = {"xanchor": anchor, "xshift": -8 if anchor == "right" else 8, "yshift": 12}
        chart.note(math.log10(spec.reference), 1, words, SOFT, yref="paper", **shift)
    for y, row in places(spec.rows):
        mark, look = forest_mark(row, axis), LOOKS[row.level]
        hover = joined(row.label, row.note, row.level)
        if mark.low is not None and mark.high is not None:
            style = {"color": look.colour, "width": 2.5, "dash": "4px,3px" if look.broken else "solid"}
            chart.scatter(x=[mark.low, mark.high], y=[y, y], mode="lines", line=style, **hover_words(hover, 2))
        for beyond, end, symbol in ((mark.fewer, axis.low, "triangle-left"), (mark.more, axis.high, "triangle-right")):
            if beyond:
                _arrow(chart, y, end, symbol, look.colour, axis)
        if mark.at is not None:
            chart.scatter(x=[mark.at], y=[y], mode="markers", marker=marker(look), **hover_words(hover))
        elif mark.low is None:
            words = "not tested" if row.level == "not tested" else "no estimate"
            chart.note(math.log10(spec.reference), y, words, SOFT)
    return chart.figure()


def _aside(row: ForestRow) -> str:
    level = f"<b>{row.level}</b>" if row.level.startswith("found") else row.level
    return f"{inert(row.note, LABEL_LENGTH)} · {level}" if row.note else level


def _arrow(chart: Board, y: float, end: float, symbol: str, colour: str, axis: Axis) -> None:
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
    chart = Board(spec, excess_axis(spec), spec.rows)
    chart.rule(0)
    for y, row in places(spec.rows):
        value = row.value if math.isfinite(row.value) else 0.0
        _bar(chart, y, (0.0, value), row.text, bar_colour(start=0.0, end=value), joined(row.label, row.text))
    return chart.figure()


def _waterfall(spec: Waterfall) -> Figure:
    bars = falls(spec)
    chart = Board(spec, people_axis([bar.end for bar in bars]), bars)
    chart.rule(0)
    for y, bar in places(bars):
        colour = BLUE if bar.total else bar_colour(start=bar.start, end=bar.end)
        _bar(chart, y, (bar.start, bar.end), bar.text, colour, joined(bar.label, bar.text))
    return chart.figure()


def _bar(chart: Board, y: float, ends: tuple[float, float], words: str, colour: str, hover: str) -> None:
    start, end = ends
    chart.bar(x=[end - start], base=[start], y=[y], marker={"color": colour}, **hover_words(hover))
    down = end < start
    chart.note(end, y, words, xanchor="right" if down else "left", xshift=-5 if down else 5)


def _rates(spec: RatesChart) -> Figure:
    chart = Board(spec, rates_axis(spec), spec.rows)
    for y, row in places(spec.rows):
        dots = rates_dots(row)
        chart.scatter(x=[dot.rate for dot in dots], y=[y] * len(dots), **_BOND)
        for dot in dots:
            lower = dot is not dots[-1]
            chart.note(dot.rate, y, dot.text, xanchor="right" if lower else "left", xshift=-11 if lower else 11)
        chart.note(1, y, rates_unknown(row), SOFT, xref="paper", xanchor="right")
    for ours, name, look in (
        (False, spec.comparator_label, OTHER),
        (True, spec.group_label, THIS),
    ):
        dots_of = [(dot, y, row) for y, row in places(spec.rows) for dot in rates_dots(row) if dot.ours is ours]
        chart.scatter(
            x=[dot.rate for dot, _, _ in dots_of],
            y=[y for _, y, _ in dots_of],
            mode="markers",
            marker=marker(look),
            name=inert(name, LABEL_LENGTH),
            showlegend=True,
            hoverinfo="text",
            hovertext=[joined(row.label, f"{name}: {dot.text}") for dot, _, row in dots_of],
        )
    return chart.figure(showlegend=True, legend=_LEGEND | {"traceorder": "reversed"})


def _timeline(spec: Timeline) -> Figure:
    chart = Board(spec, timeline_axis(spec), spec.rows)
    for entered, name, look in (
        (True, spec.entered_label, THIS),
        (False, spec.rule_label, OTHER),
    ):
        told = [(y, row) for y, row in places(spec.rows) if row.entered is entered]
        chart.scatter(
            x=[row.day.toordinal() for _, row in told],
            y=[y for y, _ in told],
            mode="markers",
            marker=marker(look),
            name=inert(name, LABEL_LENGTH),
            showlegend=True,
            hoverinfo="text",
            hovertext=[joined(row.label, row.text) for _, row in told],
        )
    for y, row in places(spec.rows):
        chart.note(row.day.toordinal(), y, row.text, xanchor="left", xshift=11)
    return chart.figure(showlegend=True, legend=_LEGEND)
