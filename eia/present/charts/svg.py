"""Takes a chart spec; gives the chart for paper: SVG text to stand inside a page, or PNG bytes.

The same spec gives the same bytes on every machine: text is measured with the table of widths below and not with the
fonts that happen to be installed, the whole sheet is laid out in points, and nothing carries a date. Every level of
evidence has its own shape and its own words beside it; colour only repeats them.
"""

from __future__ import annotations

import hashlib
import html
import io
import math
import re
import threading
import unicodedata
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Generic, Literal

from eia.present.charts.specs import (
    Axis,
    Chart,
    Excess,
    Forest,
    ForestRow,
    Level,
    Mark,
    RatesChart,
    RatesRow,
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
from eia.present.documents.model import plain

if TYPE_CHECKING:
    from matplotlib.figure import Figure

BLUE, ORANGE, TEAL, PLUM, GREY = "#12436D", "#F46A25", "#28A197", "#801650", "#3D3D3D"
INK, SOFT, HAIR, BOND, SHADE, PAPER = "#1A1A1A", "#595959", "#DADADA", "#9AA3AD", "#ECEFF3", "#FFFFFF"
FONTS = ["Arial", "Helvetica", "Liberation Sans", "DejaVu Sans"]

WIDTH = 680.0  # of every chart, in points
SIZE, LEADING, GAP = 12.0, 15.0, 12.0  # of the letters, from line to line, between columns
NAME_WIDTH, NOTE_WIDTH, INDENT = 195.0, 130.0, 12.0  # the most that names and words may take of the width
HEAD, ROW, HEADING, BAR, FOOT = 8.0, 24.0, 27.0, 13.0, 40.0  # heights
LONG = 20  # lines; a longer chart has its axis at both ends
DROP = 0.35 * SIZE  # from the middle of the letters down to their base line

_SETTINGS: dict[Any, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "eia",
    "font.family": "sans-serif",
    "font.sans-serif": FONTS,
    "text.parse_math": False,
}
_DRAWING = threading.Lock()  # matplotlib's settings belong to the whole process

Side = Literal["left", "center", "right"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How one level of evidence is drawn: marker shape, colour, filled or not, and a solid or broken interval."""

    marker: str
    colour: str
    filled: bool = True
    broken: bool = False


LOOKS: dict[Level, Look] = {
    "found against": Look(marker="D", colour=PLUM),
    "found for": Look(marker="s", colour=TEAL),
    "could be chance": Look(marker="D", colour=ORANGE, filled=False),
    "cannot tell": Look(marker="o", colour=GREY, filled=False, broken=True),
    "not found": Look(marker="o", colour=BLUE),
    "not tested": Look(marker="", colour=GREY),
}
THIS, OTHER = Look(marker="D", colour=BLUE), Look(marker="o", colour=GREY, filled=False)


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
        _draw(spec).savefig(file, format="svg", metadata=dict.fromkeys(("Creator", "Date", "Format", "Type")))
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
        figure = _draw(spec)
        FigureCanvasAgg(figure)
        figure.savefig(file, format="png", dpi=dpi, metadata={"Software": None})
    return file.getvalue()


# --- the five charts ------------------------------------------------------------------------------------------------


def _draw(spec: Chart) -> Figure:
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
    notes = [_wrapped(row.note, NOTE_WIDTH) for row in spec.rows]
    levels = max((_width(row.level, bold=True) for row in spec.rows), default=0.0)
    words = max((_width(line) for lines in notes for line in lines), default=0.0)
    plan = _plan(
        spec.rows,
        head=ROW if spec.below or spec.above else HEAD,
        foot=FOOT + (LEADING + 4 if spec.band_text else 0),
        aside=words + GAP + levels + GAP,
        least=[len(lines) for lines in notes],
    )
    sheet = _Sheet(plan, axis, inset=(14, 14))
    middle = sheet.x(spec.reference)
    sheet.box(sheet.x(spec.band[0]), plan.top, sheet.x(spec.band[1]), plan.bottom, SHADE)
    sheet.grid()
    sheet.rule(middle)
    if spec.below:
        sheet.text(middle - 8, LEADING, f"← {_short(spec.below, middle - 30)}", side="right", colour=SOFT)
    if spec.above:
        sheet.text(middle + 8, LEADING, f"{_short(spec.above, WIDTH - middle - 30)} →", colour=SOFT)
    for line in plan.lines:
        sheet.name(line)
        if line.row is not None:
            _interval(sheet, line.middle, line.row, forest_mark(line.row, axis))
            sheet.paragraph(WIDTH - levels - GAP, line.middle, _wrapped(line.row.note, NOTE_WIDTH), side="right")
            sheet.text(WIDTH - levels, line.middle + DROP, line.row.level, bold=line.row.level.startswith("found"))
    sheet.foot(spec.axis)
    if spec.band_text:
        sheet.swatch(plan.height - 6, SHADE, spec.band_text)
    return sheet.figure


def _interval(sheet: _Sheet, y: float, row: ForestRow, mark: Mark) -> None:
    look = LOOKS[row.level]
    if mark.low is not None and mark.high is not None:
        ends = (sheet.x(mark.low), y), (sheet.x(mark.high), y)
        sheet.line(*ends, look.colour, 1.8, broken=look.broken, gid="interval")
    if mark.fewer:
        sheet.arrow((sheet.left, y), look.colour, "<")
    if mark.more:
        sheet.arrow((sheet.right, y), look.colour, ">")
    if mark.at is not None:
        sheet.dot((sheet.x(mark.at), y), look, gid="mark")
    elif mark.low is None:
        words = "not tested" if row.level == "not tested" else "no estimate"
        sheet.label((sheet.left + sheet.right) / 2, y, words, side="center", colour=SOFT)


def _excess(spec: Excess) -> Figure:
    axis = excess_axis(spec)
    plan = _plan(spec.rows)
    lower, upper = ([row.text for row in spec.rows if (row.value < 0) is below] for below in (True, False))
    sheet = _Sheet(plan, axis, inset=(_room(lower), _room(upper)))
    sheet.grid()
    for line in plan.lines:
        sheet.name(line)
        if line.row is not None:
            value = line.row.value if math.isfinite(line.row.value) else 0.0
            _bar(sheet, line.middle, (0.0, value), line.row.text, PLUM if value > 0 else TEAL)
    sheet.rule(sheet.x(0))
    sheet.foot(spec.axis)
    return sheet.figure


def _waterfall(spec: Waterfall) -> Figure:
    bars = falls(spec)
    axis = people_axis([bar.end for bar in bars])
    plan = _plan(bars)
    lower, upper = ([bar.text for bar in bars if (bar.end < bar.start) is down] for down in (True, False))
    sheet = _Sheet(plan, axis, inset=(_room(lower), _room(upper)))
    sheet.grid()
    for bar, line, after in zip(bars, plan.lines, [*plan.lines[1:], None], strict=True):
        sheet.name(line, bold=bar.total)
        if bar.total:
            sheet.line((0, line.middle - line.height / 2), (WIDTH, line.middle - line.height / 2), INK, 0.8)
        if after is not None:
            sheet.line((sheet.x(bar.end), line.middle), (sheet.x(bar.end), after.middle), GREY, 0.8, broken=True)
        colour = BLUE if bar.total else PLUM if bar.end > bar.start else TEAL
        _bar(sheet, line.middle, (bar.start, bar.end), bar.text, colour, bold=bar.total)
    sheet.rule(sheet.x(0))
    sheet.foot(spec.axis)
    return sheet.figure


def _bar(sheet: _Sheet, y: float, ends: tuple[float, float], words: str, colour: str, bold: bool = False) -> None:
    start, end = map(sheet.x, ends)
    if start != end:
        sheet.box(min(start, end), y - BAR / 2, max(start, end), y + BAR / 2, colour, gid="bar")
    if end < start:
        sheet.label(end - 6, y, words, side="right", bold=bold)
    else:
        sheet.label(end + 6, y, words, bold=bold)


def _rates(spec: RatesChart) -> Figure:
    plan = _plan(spec.rows, head=ROW)
    room = _room([text for row in spec.rows for text in (row.group_text, row.comparator_text)])
    sheet = _Sheet(plan, rates_axis(spec), inset=(room, room))
    sheet.grid()
    sheet.legend(((THIS, spec.group_label), (OTHER, spec.comparator_label)))
    for line in plan.lines:
        sheet.name(line)
        if line.row is not None:
            _pair(sheet, line.middle, line.row)
    sheet.foot(spec.axis)
    return sheet.figure


def _pair(sheet: _Sheet, y: float, row: RatesRow) -> None:
    dots = rates_dots(row)
    if len(dots) == 2:
        sheet.line((sheet.x(dots[0].rate), y), (sheet.x(dots[1].rate), y), BOND, 2.4)
    for dot in dots:
        x, lower = sheet.x(dot.rate), dot is not dots[-1]
        sheet.label(x + (-9 if lower else 9), y, dot.text, side="right" if lower else "left", bold=dot.ours)
        sheet.dot((x, y), THIS if dot.ours else OTHER, gid="group" if dot.ours else "comparator")
    sheet.label(sheet.right, y, rates_unknown(row), side="right", colour=SOFT)


def _timeline(spec: Timeline) -> Figure:
    plan = _plan(spec.rows, head=ROW)
    sheet = _Sheet(plan, timeline_axis(spec), inset=(14, _room([row.text for row in spec.rows])))
    sheet.grid()
    sheet.legend(((THIS, spec.entered_label), (OTHER, spec.rule_label)))
    for line in plan.lines:
        sheet.name(line)
        if line.row is not None:
            x = sheet.x(line.row.day.toordinal())
            sheet.label(x + 9, line.middle, line.row.text)
            sheet.dot((x, line.middle), THIS if line.row.entered else OTHER, gid="mark")
    sheet.foot(spec.axis)
    return sheet.figure


# --- laying out -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line(Generic[Row]):
    """One line of a chart: a row, or a heading when ``row`` is None; ``middle`` is its height on the sheet."""

    row: Row | None
    name: tuple[str, ...]
    middle: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan(Generic[Row]):
    """Where everything of a chart goes: its lines, and the panel between the names and what stands aside."""

    lines: tuple[_Line[Row], ...]
    left: float
    right: float
    top: float
    bottom: float
    height: float


def _plan(
    rows: tuple[Row, ...], *, head: float = HEAD, foot: float = FOOT, aside: float = 0.0, least: Iterable[int] = ()
) -> _Plan[Row]:
    """Give the plan of a chart with these rows; ``least`` is how many lines of text a row needs beside its name."""
    wanted = iter(least)
    items = headed(rows)
    head += LEADING if len(items) > LONG else 0
    lines: list[_Line[Row]] = []
    top, names = head, 0.0
    for item in items:
        row = None if isinstance(item, str) else item
        name = (_short(item, 0.9 * WIDTH),) if isinstance(item, str) else _wrapped(item.label, NAME_WIDTH)
        deep = max(len(name), next(wanted, 1)) if row is not None else 1
        height = HEADING if row is None else ROW + LEADING * (deep - 1)
        lines.append(_Line(row=row, name=name[:deep], middle=top + height / 2, height=height))
        top += height
        names = max([names, *(_width(text) for text in name if row is not None)])
    bottom = max(top, head + ROW)
    left = names + INDENT + GAP
    return _Plan(lines=tuple(lines), left=left, right=WIDTH - aside, top=head, bottom=bottom, height=bottom + foot)


class _Sheet:
    """The paper: an empty matplotlib figure measured in points from the top left corner, and strokes on it."""

    def __init__(self, plan: _Plan[Any], axis: Axis, inset: tuple[float, float]) -> None:
        from matplotlib.figure import Figure

        self.plan, self.axis = plan, axis
        self.left, self.right = plan.left, plan.right
        self._inset = inset
        self.figure = Figure(figsize=(WIDTH / 72, plan.height / 72), dpi=72, facecolor=PAPER)
        self._axes = self.figure.add_axes((0, 0, 1, 1), xlim=(0, WIDTH), ylim=(plan.height, 0))
        self._axes.set_axis_off()
        self._layer = 0
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
        style: dict[str, Any] = {"ha": side, "va": "baseline", "color": colour, "fontsize": SIZE}
        self._axes.text(x, y, plain(words), weight="bold" if bold else "normal", **style, **self._next())

    def label(
        self, x: float, y: float, words: str, *, side: Side = "left", bold: bool = False, colour: str = INK
    ) -> None:
        """Words centred on the height ``y``, on a little paper of their own so that no grid line strikes them out."""
        words = _short(words, NOTE_WIDTH)
        if not words:
            return
        width = _width(words, bold=bold)
        start = {"left": x, "center": x - width / 2, "right": x - width}[side]
        self.box(start - 2, y - SIZE / 2, start + width + 2, y + SIZE / 2, PAPER)
        self.text(x, y + DROP, words, side=side, bold=bold, colour=colour)

    def paragraph(self, x: float, y: float, lines: tuple[str, ...], *, side: Side = "left", bold: bool = False) -> None:
        """Lines of words, together centred on the height ``y``."""
        first = y + DROP - LEADING * (len(lines) - 1) / 2
        for number, words in enumerate(lines):
            self.text(x, first + number * LEADING, words, side=side, bold=bold)

    def name(self, line: _Line[Any], *, bold: bool = False) -> None:
        """The name of a line at the left, and the hair line over it."""
        row = line.row
        heading = row is None
        over = line.middle - line.height / 2
        if over > self.plan.top:
            self.line((0, over), (WIDTH, over), GREY if heading else HAIR, 0.6)
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
        dash: Any = (0, (3, 2)) if broken else "solid"
        style: dict[str, Any] = {"color": colour, "lw": width, "ls": dash, "clip_on": False} | self._next(gid)
        self._axes.plot((start[0], end[0]), (start[1], end[1]), **style)

    def box(self, x0: float, y0: float, x1: float, y1: float, colour: str, gid: str | None = None) -> None:
        """A filled rectangle between two corners."""
        from matplotlib.patches import Rectangle

        style: dict[str, Any] = {"facecolor": colour, "lw": 0, "clip_on": False} | self._next(gid)
        self._axes.add_patch(Rectangle((x0, y0), x1 - x0, y1 - y0, **style))

    def dot(self, point: tuple[float, float], look: Look, gid: str | None = None) -> None:
        """The mark of a look; an empty one is filled with paper so that its interval does not show through."""
        style: dict[str, Any] = {"mec": look.colour, "mfc": look.colour if look.filled else PAPER, "mew": 1.8}
        style |= {"marker": look.marker, "ms": 7.5 if look.marker == "o" else 7.0, "ls": "none", "clip_on": False}
        self._axes.plot(*point, **style, **self._next(gid))

    def arrow(self, tip: tuple[float, float], colour: str, direction: Literal["<", ">"]) -> None:
        """A small arrow head with its tip at a point, and the stroke that leads there from the end of the axis."""
        inside = self.x(self.axis.low if direction == "<" else self.axis.high)
        self.line(tip, (inside, tip[1]), colour, 1.8)
        centre = tip[0] + (4 if direction == "<" else -4)
        style: dict[str, Any] = {"marker": direction, "ms": 8, "mfc": colour, "mew": 0, "ls": "none", "clip_on": False}
        self._axes.plot(centre, tip[1], **style, **self._next("arrow"))

    def grid(self) -> None:
        """Faint lines at the ticks, with such labels as have room below, and above as well when the chart is long."""
        taken = 0.0
        for tick, words in zip(self.axis.ticks, self.axis.labels, strict=True):
            self.line((self.x(tick), self.plan.top), (self.x(tick), self.plan.bottom), HAIR, 0.6)
            if self.x(tick) - _width(words) / 2 < taken:
                continue
            taken = self.x(tick) + _width(words) / 2 + 4
            self.text(self.x(tick), self.plan.bottom + LEADING, words, side="center", colour=SOFT)
            if len(self.plan.lines) > LONG:
                self.text(self.x(tick), self.plan.top - 6, words, side="center", colour=SOFT)

    def rule(self, x: float) -> None:
        """The line that all marks are read against."""
        self.line((x, self.plan.top), (x, self.plan.bottom), INK, 1.1)

    def foot(self, words: str) -> None:
        """What the axis measures, below it."""
        short = _short(words, WIDTH)
        half = _width(short) / 2
        middle = min(max((self.left + self.right) / 2, half), WIDTH - half)
        self.text(middle, self.plan.bottom + LEADING * 2 + 2, short, side="center", colour=INK)

    def swatch(self, y: float, colour: str, words: str) -> None:
        """A little square of a colour and what it means."""
        self.box(0, y - 10, 16, y, colour)
        self.text(22, y, _short(words, WIDTH - 22), colour=SOFT)

    def legend(self, looks: tuple[tuple[Look, str], ...]) -> None:
        """What the marks of the chart mean, in one line over it."""
        x = 6.0
        for look, words in looks:
            short = _short(words, WIDTH / len(looks) - 30)
            self.dot((x, LEADING - DROP), look)
            self.text(x + 10, LEADING, short)
            x += 10 + _width(short) + 24

    def _next(self, gid: str | None = None) -> dict[str, Any]:
        """Lay the next stroke over all earlier ones, under an id when it is a mark that carries a number."""
        self._layer += 1
        return {"zorder": self._layer, "gid": gid and f"{gid}-{self._layer}"}


# --- measuring words ------------------------------------------------------------------------------------------------

_WIDE = {  # of the common sans fonts, in thousandths of the letter size
    222: "ijl'‘’",
    278: " !,./:;\\ft[]I|·",
    333: '()-r`“”"',
    389: "*^",
    500: "JckvxyzsL",
    556: "0123456789abdeghnopqu?$#_–£…TFZ",
    584: "+<=>~−×≤≥",
    667: "ABEKPSVXY&",
    722: "CDHNRUw",
    778: "GOQ",
    833: "mM",
    889: "%",
    1000: "W@—←→",
}
_WIDTHS = {character: width for width, characters in _WIDE.items() for character in characters}


def _width(words: str, *, bold: bool = False) -> float:
    """How wide words are, near enough to set columns: letters the table does not know count as broad ones."""
    thousandths = sum(_WIDTHS.get(character) or _unlisted(character) for character in words)
    return thousandths * SIZE / 1000 * (1.07 if bold else 1.0)


def _unlisted(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 1000 if unicodedata.east_asian_width(character) in "WF" else 640


def _short(words: str, width: float) -> str:
    """The words, or as many letters of them as fit, with an ellipsis."""
    words = plain(words)
    if _width(words) <= width:
        return words
    ends = accumulate(_width(letter) for letter in words)
    fitting = sum(end <= width - _width("…") for end in ends)
    return words[:fitting].rstrip() + "…"


def _wrapped(words: str, width: float) -> tuple[str, ...]:
    """The words on at most two lines of a width, cut with an ellipsis where they would go on."""
    words = plain(words)
    if _width(words) <= width:
        return (words,)
    first = ""
    for word in words.split():
        if _width(f"{first} {word}".strip()) > width:
            break
        first = f"{first} {word}".strip()
    if not first:  # one endless word
        return (_short(words, width),)
    return first, _short(words[len(first) :], width)


def _room(texts: Iterable[str]) -> float:
    """How far from the edge of the panel the marks must stay so that the words beside them fit."""
    return 14 + max((_width(_short(text, NOTE_WIDTH), bold=True) for text in texts), default=0.0)


# --- settling -------------------------------------------------------------------------------------------------------


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
