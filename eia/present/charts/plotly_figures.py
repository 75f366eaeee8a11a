"""Takes a chart spec; gives the plotly figure that shows the same numbers on the screen.

Made for ``st.plotly_chart(figure(spec), theme=None, config=CONFIG, alt=spec.alt)``. Nothing is fetched from anywhere.
The title is left to the page, which can make a heading of it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from eia.present.charts.axes import (
    excess_axis,
    forest_axis,
    pairs_axis,
    people_axis,
    profile_axis,
    rates_axis,
    timeline_axis,
)
from eia.present.charts.looks import BOND, EVEN, LOOKS, OF_STAGES, OTHER, SEEN, SOFT, THIS, Look
from eia.present.charts.marks import (
    Bar,
    bar_colour,
    falls,
    forest_mark,
    pair_bars,
    profile_bars,
    rates_dots,
    rates_unknown,
)
from eia.present.charts.plotly_board import FONT, LABEL_LENGTH, SPARE, Board, hover_words, inert, joined, marker, places
from eia.present.charts.specs import (
    LEVEL_WORDS,
    STAGES,
    Axis,
    Chart,
    Excess,
    Forest,
    ForestRow,
    Pairs,
    Profile,
    RatesChart,
    Timeline,
    Waterfall,
)

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

BESIDE_BARS = 11
"""The size of words beside bars that stand one below the other: no taller than a bar, so that they do not run into each other."""
CLEAR = "rgba(0,0,0,0)"
"""Behind the words of two bars of a pair, which stand so close that one would hide the other."""
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
        case Excess() | Waterfall():
            return _bars(spec)
        case RatesChart():
            return _rates(spec)
        case Pairs():
            return _grouped(spec, pairs_axis(spec), pair_bars, ((SEEN, spec.seen_label), (EVEN, spec.even_label)))
        case Profile():
            bars = partial(profile_bars, stages=spec.stages)
            legend = tuple((OF_STAGES[stage], STAGES[stage]) for stage in spec.stages)
            return _grouped(spec, profile_axis(spec), bars, legend)
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
        hover = joined(row.label, row.note, LEVEL_WORDS[row.level])
        if mark.low is not None and mark.high is not None:
            style = {"color": look.colour, "width": 2.5, "dash": "4px,3px" if look.broken else "solid"}
            chart.scatter(x=[mark.low, mark.high], y=[y, y], mode="lines", line=style, **hover_words(hover, 2))
        for beyond, end, symbol in ((mark.fewer, axis.low, "triangle-left"), (mark.more, axis.high, "triangle-right")):
            if beyond:
                _arrow(chart, y, end, symbol, look.colour, axis)
        if mark.at is not None:
            chart.scatter(x=[mark.at], y=[y], mode="markers", marker=marker(look), **hover_words(hover))
        elif mark.low is None:
            words = "not tested" if row.level == "not_tested" else "no estimate"
            chart.note(math.log10(spec.reference), y, words, SOFT)
    return chart.figure()


def _aside(row: ForestRow) -> str:
    words = LEVEL_WORDS[row.level]
    level = f"<b>{words}</b>" if row.level.startswith("found") else words
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


def _bars(spec: Excess | Waterfall) -> Figure:
    bars = falls(spec)
    axis = excess_axis(spec) if isinstance(spec, Excess) else people_axis([bar.end for bar in bars])
    chart = Board(spec, axis, bars)
    chart.rule(0)
    for y, bar in places(bars):
        hover = hover_words(joined(bar.label, bar.text))
        chart.bar(x=[bar.end - bar.start], base=[bar.start], y=[y], marker={"color": bar_colour(bar)}, **hover)
        down = bar.end < bar.start
        chart.note(bar.end, y, bar.text, xanchor="right" if down else "left", xshift=-5 if down else 5)
    return chart.figure()


def _rates(spec: RatesChart) -> Figure:
    chart = Board(
        spec, rates_axis(spec), spec.rows, words=[(dot.rate, dot.text) for row in spec.rows for dot in rates_dots(row)]
    )
    for y, row in places(spec.rows):
        dots = rates_dots(row)
        chart.scatter(x=[dot.rate for dot in dots], y=[y] * len(dots), **_BOND)
        for dot in dots:
            lower = dot is not dots[-1]
            chart.note(dot.rate, y, dot.text, xanchor="right" if lower else "left", xshift=-11 if lower else 11)
        chart.note(1, y, rates_unknown(row), SOFT, xref="paper", xanchor="right")
    for ours, name, look in ((False, spec.comparator_label, OTHER), (True, spec.group_label, THIS)):
        dots_of = [(dot, y, row) for y, row in places(spec.rows) for dot in rates_dots(row) if dot.ours is ours]
        _dots(chart, name, look, [(dot.rate, y, joined(row.label, f"{name}: {dot.text}")) for dot, y, row in dots_of])
    return chart.figure(showlegend=True, legend=_LEGEND | {"traceorder": "reversed"})


def _grouped(
    spec: Pairs | Profile, axis: Axis, bars_of: Callable[[Any], tuple[Bar, ...]], legend: tuple[tuple[Look, str], ...]
) -> Figure:
    """Several bars a row, one below the other, each of its own look."""
    chart = Board(
        spec,
        axis,
        spec.rows,
        bars=len(legend),
        words=[(bar.length, bar.text) for row in spec.rows for bar in bars_of(row)],
    )
    chart.rule(0)
    step = 0.8 / len(legend)
    for place, (look, name) in enumerate(legend):
        told = [(y, row, bars_of(row)[place]) for y, row in places(spec.rows)]
        chart.bar(
            x=[bar.length for _, _, bar in told],
            y=[y + step * bar.below for y, _, bar in told],
            width=0.95 * step,
            marker={"color": look.colour},
            name=inert(name, LABEL_LENGTH),
            showlegend=True,
            hoverinfo="text",
            hovertext=[joined(row.label, f"{name}: {bar.text}") for _, row, bar in told],
        )
        for y, _, bar in told:
            beside: dict[str, Any] = {
                "xanchor": "left",
                "xshift": 5,
                "bgcolor": CLEAR,
                "font": {**FONT, "size": BESIDE_BARS},
            }
            chart.note(bar.length, y + step * bar.below, bar.text, **beside)
    return chart.figure(showlegend=True, legend=_LEGEND)


def _timeline(spec: Timeline) -> Figure:
    chart = Board(spec, timeline_axis(spec), spec.rows)
    for entered, name, look in ((True, spec.entered_label, THIS), (False, spec.rule_label, OTHER)):
        told = [(y, row) for y, row in places(spec.rows) if row.entered is entered]
        _dots(chart, name, look, [(row.day.toordinal(), y, joined(row.label, row.text)) for y, row in told])
    for y, row in places(spec.rows):
        chart.note(row.day.toordinal(), y, row.text, xanchor="left", xshift=11)
    return chart.figure(showlegend=True, legend=_LEGEND)


def _dots(chart: Board, name: str, look: Look, told: Sequence[tuple[float, int, str]]) -> None:
    """Dots of one kind, with their place in the legend: where each stands, and the words over it."""
    chart.scatter(
        x=[x for x, _, _ in told],
        y=[y for _, y, _ in told],
        mode="markers",
        marker=marker(look),
        name=inert(name, LABEL_LENGTH),
        showlegend=True,
        hoverinfo="text",
        hovertext=[words for _, _, words in told],
    )
