"""Takes a chart spec; gives it drawn on a sheet of paper, laid out in points."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from eia.present.charts.axes import (
    excess_axis,
    forest_axis,
    pairs_axis,
    people_axis,
    profile_axis,
    rates_axis,
    timeline_axis,
)
from eia.present.charts.lettering import shortened, width_of, wrapped
from eia.present.charts.looks import BOND, EVEN, GREY, INK, LOOKS, OF_STAGES, OTHER, SEEN, SHADE, SOFT, THIS, Look
from eia.present.charts.marks import (
    Bar,
    Fall,
    Mark,
    bar_colour,
    falls,
    forest_mark,
    pair_bars,
    profile_bars,
    rates_dots,
    rates_unknown,
)
from eia.present.charts.sheet import (
    BAR,
    DROP,
    FOOT,
    GAP,
    HEAD,
    LEADING,
    NOTE_WIDTH,
    ROW,
    WIDTH,
    Sheet,
    plan_of,
    room_for,
)
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
    RatesRow,
    Timeline,
    Waterfall,
)


def draw(spec: Chart) -> Sheet:
    """Draw the chart, whatever its kind."""
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


def _forest(spec: Forest) -> Sheet:
    axis = forest_axis(spec)
    notes = [wrapped(row.note, NOTE_WIDTH) for row in spec.rows]
    levels = max((width_of(LEVEL_WORDS[row.level], bold=True) for row in spec.rows), default=0.0)
    words = max((width_of(line) for lines in notes for line in lines), default=0.0)
    plan = plan_of(
        spec.rows,
        head=ROW if spec.below or spec.above else HEAD,
        foot=FOOT + (LEADING + 4 if spec.band_text else 0),
        aside=words + GAP + levels + GAP,
        least=[len(lines) for lines in notes],
    )
    sheet = Sheet(plan, axis, inset=(14, 14))
    middle = sheet.x(spec.reference)
    sheet.box(sheet.x(spec.band[0]), plan.top, sheet.x(spec.band[1]), plan.bottom, SHADE)
    sheet.grid()
    sheet.rule(middle)
    if spec.below:
        sheet.text(middle - 8, LEADING, f"← {shortened(spec.below, middle - 30)}", side="right", colour=SOFT)
    if spec.above:
        sheet.text(middle + 8, LEADING, f"{shortened(spec.above, WIDTH - middle - 30)} →", colour=SOFT)
    for line in plan.lines:
        sheet.name(line)
        if line.row is not None:
            _interval(sheet, line.middle, line.row, forest_mark(line.row, axis))
            sheet.paragraph(WIDTH - levels - GAP, line.middle, wrapped(line.row.note, NOTE_WIDTH), side="right")
            sheet.text(
                WIDTH - levels, line.middle + DROP, LEVEL_WORDS[line.row.level], bold=line.row.level.startswith("found")
            )
    sheet.foot(spec.axis)
    if spec.band_text:
        sheet.swatch(plan.height - 6, SHADE, spec.band_text)
    return sheet


def _interval(sheet: Sheet, y: float, row: ForestRow, mark: Mark) -> None:
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
        words = "not tested" if row.level == "not_tested" else "no estimate"
        sheet.label((sheet.left + sheet.right) / 2, y, words, side="center", colour=SOFT)


def _bars(spec: Excess | Waterfall) -> Sheet:
    bars = falls(spec)
    axis = excess_axis(spec) if isinstance(spec, Excess) else people_axis([bar.end for bar in bars])
    plan = plan_of(bars)
    lower, upper = ([bar.text for bar in bars if (bar.end < bar.start) is down] for down in (True, False))
    sheet = Sheet(plan, axis, inset=(room_for(lower), room_for(upper)))
    sheet.grid()
    sheet.rule(sheet.x(0))
    for line, after in zip(plan.lines, [*plan.lines[1:], None], strict=False):
        bar = line.row
        sheet.name(line, bold=bar is not None and bar.total)
        if bar is None:
            continue
        if bar.total:
            sheet.line((0, line.middle - line.height / 2), (WIDTH, line.middle - line.height / 2), INK, 0.8)
        if after is not None and isinstance(spec, Waterfall):
            sheet.line((sheet.x(bar.end), line.middle), (sheet.x(bar.end), after.middle), GREY, 0.8, broken=True)
        _bar(sheet, line.middle, bar)
    sheet.foot(spec.axis)
    return sheet


def _bar(sheet: Sheet, y: float, bar: Fall) -> None:
    start, end = map(sheet.x, (bar.start, bar.end))
    if start != end:
        sheet.box(min(start, end), y - BAR / 2, max(start, end), y + BAR / 2, bar_colour(bar), gid="bar")
    down = end < start
    sheet.label(end + (-6 if down else 6), y, bar.text, side="right" if down else "left", bold=bar.total)


def _rates(spec: RatesChart) -> Sheet:
    plan = plan_of(spec.rows, head=ROW)
    room = room_for([text for row in spec.rows for text in (row.group_text, row.comparator_text)])
    sheet = Sheet(plan, rates_axis(spec), inset=(room, room))
    sheet.grid()
    sheet.legend(((THIS, spec.group_label), (OTHER, spec.comparator_label)))
    for line in plan.lines:
        sheet.name(line)
        if line.row is not None:
            _pair(sheet, line.middle, line.row)
    sheet.foot(spec.axis)
    return sheet


def _pair(sheet: Sheet, y: float, row: RatesRow) -> None:
    dots = rates_dots(row)
    if len(dots) == 2:
        sheet.line((sheet.x(dots[0].rate), y), (sheet.x(dots[1].rate), y), BOND, 2.4)
    for dot in dots:
        x, lower = sheet.x(dot.rate), dot is not dots[-1]
        sheet.label(x + (-9 if lower else 9), y, dot.text, side="right" if lower else "left", bold=dot.ours)
        sheet.dot((x, y), THIS if dot.ours else OTHER, gid="group" if dot.ours else "comparator")
    sheet.label(sheet.right, y, rates_unknown(row), side="right", colour=SOFT)


def _grouped(
    spec: Pairs | Profile, axis: Axis, bars_of: Callable[[Any], tuple[Bar, ...]], legend: tuple[tuple[Look, str], ...]
) -> Sheet:
    """Several bars a row, one below the other, each of its own look."""
    plan = plan_of(spec.rows, head=ROW, least=[len(legend)] * len(spec.rows))
    texts = [bar.text for row in spec.rows for bar in bars_of(row)]
    sheet = Sheet(plan, axis, inset=(0, room_for(texts)))
    sheet.grid()
    sheet.rule(sheet.x(0))
    sheet.legend(legend)
    for line in plan.lines:
        sheet.name(line)
        for bar in bars_of(line.row) if line.row is not None else ():
            middle, end = line.middle + bar.below * (BAR + 2), sheet.x(bar.length)
            sheet.box(sheet.x(0), middle - BAR / 2, end, middle + BAR / 2, bar.look.colour, gid="bar")
            sheet.label(end + 6, middle, bar.text, bold=bar.look is SEEN)
    sheet.foot(spec.axis)
    return sheet


def _timeline(spec: Timeline) -> Sheet:
    plan = plan_of(spec.rows, head=ROW)
    sheet = Sheet(plan, timeline_axis(spec), inset=(14, room_for([row.text for row in spec.rows])))
    sheet.grid()
    sheet.legend(((THIS, spec.entered_label), (OTHER, spec.rule_label)))
    for line in plan.lines:
        sheet.name(line)
        if line.row is not None:
            x = sheet.x(line.row.day.toordinal())
            sheet.label(x + 9, line.middle, line.row.text)
            sheet.dot((x, line.middle), THIS if line.row.entered else OTHER, gid="mark")
    sheet.foot(spec.axis)
    return sheet
