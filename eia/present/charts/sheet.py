"""Takes the rows of a chart; gives the plan of a sheet of paper, and the sheet, on which strokes and words are laid in points.

A sheet writes SVG as it is drawn on: strokes, boxes, marks and words are all that these charts are made of.
"""

from __future__ import annotations

import html
import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Generic, Literal

from eia.present.charts.lettering import SIZE, shortened, width_of, wrapped
from eia.present.charts.looks import GREY, HAIR, INK, PAPER, SOFT, Look
from eia.present.charts.specs import Axis, Row, headed
from eia.present.documents.model import plain

WIDTH = 680.0  # of every chart, in points
LEADING, GAP = 15.0, 12.0  # from line to line, between columns
NAME_WIDTH, NOTE_WIDTH, LABEL_WIDTH, INDENT = (
    195.0,
    130.0,
    190.0,
    12.0,
)  # the most that names, words aside and words beside a mark may take
HEAD, ROW, HEADING, BAR, FOOT = 8.0, 24.0, 27.0, 13.0, 40.0  # heights
LONG = 20  # lines; a longer chart has its axis at both ends
DROP = 0.35 * SIZE  # from the middle of the letters down to their base line

Side = Literal["left", "center", "right"]
_SHAPES = {  # half the width of a mark is 1
    "diamond": "M0,-1.4L1.4,0L0,1.4L-1.4,0Z",
    "square": "M-1,-1H1V1H-1Z",
    "circle": "M-1.1,0A1.1,1.1 0 1 1 1.1,0A1.1,1.1 0 1 1 -1.1,0Z",
}
_HALF = 3.5  # points, of a mark's width
_ANCHORS = {"left": "start", "center": "middle", "right": "end"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line(Generic[Row]):
    """One line of a chart: a row, or a heading when ``row`` is None; ``middle`` is its height on the sheet."""

    row: Row | None
    name: tuple[str, ...]
    middle: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan(Generic[Row]):
    """Where everything of a chart goes: its lines, and the panel between the names and what stands aside."""

    lines: tuple[Line[Row], ...]
    left: float
    right: float
    top: float
    bottom: float
    height: float


def plan_of(
    rows: tuple[Row, ...], *, head: float = HEAD, foot: float = FOOT, aside: float = 0.0, least: Iterable[int] = ()
) -> Plan[Row]:
    """Give the plan of a chart with these rows; ``least`` is how many lines of text a row needs beside its name."""
    wanted = iter(least)
    items = headed(rows)
    head += LEADING if len(items) > LONG else 0
    lines: list[Line[Row]] = []
    top, names = head, 0.0
    for item in items:
        row = None if isinstance(item, str) else item
        name = (shortened(item, 0.9 * WIDTH),) if isinstance(item, str) else wrapped(item.label, NAME_WIDTH)
        deep = max(len(name), next(wanted, 1)) if row is not None else 1
        height = HEADING if row is None else ROW + LEADING * (deep - 1)
        lines.append(Line(row=row, name=name[:deep], middle=top + height / 2, height=height))
        top += height
        names = max([names, *(width_of(text) for text in name if row is not None)])
    bottom = max(top, head + ROW)
    left = names + INDENT + GAP
    return Plan(lines=tuple(lines), left=left, right=WIDTH - aside, top=head, bottom=bottom, height=bottom + foot)


class Sheet:
    """A blank sheet measured in points from the top left corner, and the strokes laid on it, each over all before.

    A mark that carries a number has an id, its kind and a number of its own. ``strokes`` holds everything as SVG.
    """

    def __init__(self, plan: Plan[Any], axis: Axis, inset: tuple[float, float]) -> None:
        """A blank sheet; ``inset`` is how far the marks stay from both ends of the panel."""
        self.plan, self.axis = plan, axis
        self.left, self.right = plan.left, plan.right
        self._inset = inset
        self.strokes: list[str] = []
        self.box(0, 0, WIDTH, plan.height, PAPER)
        if not plan.lines:
            self.text((self.left + self.right) / 2, plan.top + ROW / 2, "Nothing to show.", side="center", colour=SOFT)

    def x(self, value: float) -> float:
        """Where a value of the axis lies on the sheet."""
        low, high = self.left + self._inset[0], self.right - self._inset[1]
        return low + self.axis.share(value) * (high - low)

    def text(
        self, x: float, y: float, words: str, *, side: Side = "left", bold: bool = False, colour: str = INK
    ) -> None:
        """Words on the base line ``y``; ``side`` is where they touch ``x``."""
        weight = "; font-weight: bold" if bold else ""
        style = f"text-anchor: {_ANCHORS[side]}; fill: {colour}{weight}"
        self.strokes.append(
            f'<text x="{_points(x)}" y="{_points(y)}" style="{style}">{html.escape(plain(words))}</text>'
        )

    def label(
        self, x: float, y: float, words: str, *, side: Side = "left", bold: bool = False, colour: str = INK
    ) -> None:
        """Words centred on the height ``y``, on a little paper of their own so that no grid line strikes them out."""
        words = shortened(words, LABEL_WIDTH)
        if not words:
            return
        width = width_of(words, bold=bold)
        start = {"left": x, "center": x - width / 2, "right": x - width}[side]
        self.box(start - 2, y - SIZE / 2, start + width + 2, y + SIZE / 2, PAPER)
        self.text(x, y + DROP, words, side=side, bold=bold, colour=colour)

    def paragraph(self, x: float, y: float, lines: tuple[str, ...], *, side: Side = "left", bold: bool = False) -> None:
        """Lines of words, together centred on the height ``y``."""
        first = y + DROP - LEADING * (len(lines) - 1) / 2
        for number, words in enumerate(lines):
            self.text(x, first + number * LEADING, words, side=side, bold=bold)

    def name(self, line: Line[Any], *, bold: bool = False) -> None:
        """The name of a line at the left, and the hair line over it."""
        row = line.row
        heading = row is None
        over = line.middle - line.height / 2
        if over > self.plan.top:
            self.line((0, over), (WIDTH, over), GREY if heading else HAIR, 0.6)
        if heading:  # over the panel, where no line may strike it out
            self.box(
                0, line.middle - SIZE / 2 - 1, width_of(line.name[0], bold=True) + 4, line.middle + SIZE / 2 + 2, PAPER
            )
        indent = INDENT if row is not None and row.group else 0.0
        self.paragraph(indent, line.middle, line.name, bold=bold or heading)

    def line(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        colour: str,
        width: float,
        *,
        broken: bool = False,
        gid: str | None = None,
    ) -> None:
        """A stroke from point to point."""
        dash = f"; stroke-dasharray: {_points(3 * width)} {_points(2 * width)}" if broken else ""
        style = f"fill: none; stroke: {colour}; stroke-width: {_points(width)}{dash}"
        self._path(f"M{_point(start)}L{_point(end)}", style, gid)

    def box(self, x0: float, y0: float, x1: float, y1: float, colour: str, gid: str | None = None) -> None:
        """A filled rectangle between two corners."""
        self._path(f"M{_point((x0, y0))}H{_points(x1)}V{_points(y1)}H{_points(x0)}Z", f"fill: {colour}", gid)

    def dot(self, point: tuple[float, float], look: Look, gid: str | None = None) -> None:
        """The mark of a look; an empty one is filled with paper so that its interval does not show through."""
        if look.shape == "none":
            return
        fill = look.colour if look.filled else PAPER
        style = f"fill: {fill}; stroke: {look.colour}; stroke-width: {_points(1.8 / _HALF)}"
        self._path(_SHAPES[look.shape], style, gid, place=f"translate({_point(point)}) scale({_HALF})")

    def arrow(self, tip: tuple[float, float], colour: str, direction: Literal["<", ">"]) -> None:
        """A small arrow head with its tip at a point, and the stroke that leads there from the end of the axis."""
        inside = self.x(self.axis.low if direction == "<" else self.axis.high)
        self.line(tip, (inside, tip[1]), colour, 1.8)
        back = 8 if direction == "<" else -8
        self._path(f"M0,0L{back},-4V4Z", f"fill: {colour}", "arrow", place=f"translate({_point(tip)})")

    def grid(self) -> None:
        """Faint lines at the ticks, with such labels as have room below, and above as well when the chart is long."""
        taken = 0.0
        for tick, words in zip(self.axis.ticks, self.axis.labels, strict=True):
            self.line((self.x(tick), self.plan.top), (self.x(tick), self.plan.bottom), HAIR, 0.6)
            if self.x(tick) - width_of(words) / 2 < taken:
                continue
            taken = self.x(tick) + width_of(words) / 2 + 4
            self.text(self.x(tick), self.plan.bottom + LEADING, words, side="center", colour=SOFT)
            if len(self.plan.lines) > LONG:
                self.text(self.x(tick), self.plan.top - 6, words, side="center", colour=SOFT)

    def rule(self, x: float) -> None:
        """The line that all marks are read against."""
        self.line((x, self.plan.top), (x, self.plan.bottom), INK, 1.1)

    def foot(self, words: str) -> None:
        """What the axis measures, below it."""
        short = shortened(words, WIDTH)
        half = width_of(short) / 2
        middle = min(max((self.left + self.right) / 2, half), WIDTH - half)
        self.text(middle, self.plan.bottom + LEADING * 2 + 2, short, side="center", colour=INK)

    def swatch(self, y: float, colour: str, words: str) -> None:
        """A little square of a colour and what it means."""
        self.box(0, y - 10, 16, y, colour)
        self.text(22, y, shortened(words, WIDTH - 22), colour=SOFT)

    def legend(self, looks: tuple[tuple[Look, str], ...]) -> None:
        """What the marks of the chart mean, in one line over it."""
        x = 6.0
        for look, words in looks:
            short = shortened(words, WIDTH / len(looks) - 30)
            self.dot((x, LEADING - DROP), look)
            self.text(x + 10, LEADING, short)
            x += 10 + width_of(short) + 24

    def _path(self, outline: str, style: str, gid: str | None, *, place: str = "") -> None:
        """Lay an outline over all that is there; ``gid`` is the kind of a mark that carries a number."""
        named = f' id="{gid}-{len(self.strokes)}"' if gid else ""
        placed = f' transform="{place}"' if place else ""
        self.strokes.append(f'<path{named} d="{outline}"{placed} style="{style}"/>')


def _points(value: float) -> str:
    """A length to a thousandth of a point: the same on every machine."""
    return f"{value if math.isfinite(value) else 0.0:.3f}".rstrip("0").rstrip(".")


def _point(point: tuple[float, float]) -> str:
    return f"{_points(point[0])},{_points(point[1])}"


def room_for(texts: Iterable[str]) -> float:
    """How far from the edge of the panel the marks must stay so that the words beside them fit."""
    return 14 + max((width_of(shortened(text, LABEL_WIDTH), bold=True) for text in texts), default=0.0)
