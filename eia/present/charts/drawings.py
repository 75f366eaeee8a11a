"""Takes a Document; gives the drawings of its figures, each cut to pages and made once for all the formats that show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import groupby
from typing import Any, TypeVar

from eia.present.charts.axes import excess_axis, forest_axis, pairs_axis, profile_axis, rates_axis
from eia.present.charts.specs import (
    Axis,
    Chart,
    Excess,
    Forest,
    Pairs,
    Profile,
    RatesChart,
    Timeline,
    Waterfall,
    headed,
)
from eia.present.documents.model import Document, Figure

Drawings = Mapping[str, tuple[str, ...]]
_Long = TypeVar("_Long", Forest, Excess, Pairs, Profile, RatesChart)


def draw(document: Document) -> Drawings:
    """SVG elements by figure name, a long chart in as many parts as it takes pages.

    >>> draw(Document("Draft", "", "", blocks=()))
    {}
    """
    from eia.present.charts.svg import svg

    figures = [block for block in document.blocks if isinstance(block, Figure)]
    return {figure.name: tuple(svg(part, key=figure.name) for part in parts(figure.chart)) for figure in figures}


def parts(spec: Chart, most: int = 38) -> tuple[Chart, ...]:
    """Give a chart in parts that each fit on a page: at most so many lines, cut between headings, all on one axis.

    >>> from eia.present.charts.specs import ExcessRow
    >>> rows = tuple(ExcessRow(label=str(n), value=n, text=str(n), group=f"Group {n // 4}") for n in range(8))
    >>> [part.title for part in parts(Excess(title="Excess", alt="From 0 to 7.", rows=rows), most=5)]
    ['Excess (1 of 2)', 'Excess (2 of 2)']
    """
    if isinstance(spec, Pairs | Profile):
        most = most * 5 // 8 if isinstance(spec, Pairs) else most // 2  # several bars a row
    if isinstance(spec, Waterfall | Timeline) or len(headed(spec.rows)) <= most:
        return (spec,)
    if isinstance(spec, Forest):
        return _cut(spec, forest_axis(spec), most)
    if isinstance(spec, Excess):
        return _cut(spec, excess_axis(spec), most)
    if isinstance(spec, Pairs):
        return _cut(spec, pairs_axis(spec), most)
    if isinstance(spec, Profile):
        return _cut(spec, profile_axis(spec), most)
    return _cut(spec, rates_axis(spec), most)


def _cut(spec: _Long, axis: Axis, most: int) -> tuple[_Long, ...]:
    pages: list[list[Any]] = [[]]
    room = max(most - 1, 1)  # one line is the heading's
    for _, run in groupby(spec.rows, key=lambda row: row.group):
        whole: list[Any] = list(run)
        for start in range(0, len(whole), room):
            piece: list[Any] = whole[start : start + room]
            if pages[-1] and len(headed([*pages[-1], *piece])) > most:
                pages.append([])
            pages[-1].extend(piece)
    count = len(pages)
    return tuple(
        replace(spec, title=f"{spec.title} ({number} of {count})", rows=tuple(page), shared=axis)
        for number, page in enumerate(pages, start=1)
    )
