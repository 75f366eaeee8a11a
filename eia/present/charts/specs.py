"""Takes tidy numbers and the words that go with them; gives chart specs, and where on the axes their marks fall.

A spec says what a chart shows and nothing of how. Two modules draw it: ``charts_svg`` for paper, ``charts_screen``
for the dashboard. Both take the marks, axes and falls computed here, so they cannot show different numbers.
Each spec has a ``title`` and an ``alt``: a full sentence that says in words what the picture shows.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Literal, Protocol, TypeVar, get_args

Level = Literal["found against", "found for", "could be chance", "cannot tell", "not found", "not tested"]

ESTIMATE_REACH = 100.0  # estimates further than this from the reference are drawn as arrows
MONTHS = 7  # ticks on an axis of dates, at most
LIMIT_REACH = 20.0  # interval limits reach that far at most, so that one small group cannot squeeze all others


class Named(Protocol):
    """What the rows of all charts have: a name, and the heading that they stand under."""

    @property
    def label(self) -> str:
        """The name of the row."""

    @property
    def group(self) -> str:
        """The heading over the row, or nothing."""


Row = TypeVar("Row", bound=Named)


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """A number line from ``low`` to ``high``; ``ticks`` are exact, ``labels`` are those ticks as words."""

    low: float
    high: float
    ticks: tuple[float, ...]
    labels: tuple[str, ...]
    log: bool = False

    def share(self, value: float) -> float:
        """How far along the axis a value lies: 0 at ``low``, 1 at ``high``.

        >>> Axis(low=0.1, high=10, ticks=(), labels=(), log=True).share(1)
        0.5
        """
        if self.log:
            return math.log(value / self.low) / math.log(self.high / self.low)
        return (value - self.low) / (self.high - self.low)


@dataclass(frozen=True, slots=True, kw_only=True)
class ForestRow:
    """One ratio with its interval. Any number may be 0, infinite or nan; ``note`` is the number as words.

    ``level`` is the evidence level. Consecutive rows of the same ``group`` stand under it as one heading.
    """

    label: str
    estimate: float
    low: float
    high: float
    level: Level
    note: str = ""
    group: str = ""

    def __post_init__(self) -> None:
        """Refuse a level that has no mark."""
        if self.level not in get_args(Level):
            raise ValueError(f"Not an evidence level: {self.level!r}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Forest:
    """Ratios with their intervals on a log axis, one a row.

    ``reference`` is the ratio of even-handed treatment. ``band`` is the range of ratios too near it to matter in
    this case, shaded and explained by ``band_text``. ``below`` and ``above`` say what the two sides mean. ``shared``
    is the axis of another chart that this one is to be read beside; without it the chart has its own.
    """

    title: str
    alt: str
    rows: tuple[ForestRow, ...]
    axis: str = "Odds ratio"
    reference: float = 1.0
    band: tuple[float, float] = (0.5, 2.0)
    band_text: str = "Shaded: differences smaller than the size this case treats as mattering"
    below: str = ""
    above: str = ""
    shared: Axis | None = None

    def __post_init__(self) -> None:
        """Refuse a chart without words, and a reference or band that a log axis cannot show."""
        _require_words(self.title, self.alt)
        if not 0 < self.band[0] <= self.reference <= self.band[1] < math.inf:
            raise ValueError("The band of a forest chart runs from above 0, round the reference, to a finite number.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExcessRow:
    """People above (positive) or below expectation; ``text`` is the value as words. nan shows the words alone."""

    label: str
    value: float
    text: str
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Excess:
    """Bars to both sides of nought: how many people more or fewer than expected."""

    title: str
    alt: str
    rows: tuple[ExcessRow, ...]
    axis: str = "People above (+) or below (−) expectation"
    shared: Axis | None = None

    def __post_init__(self) -> None:
        """Refuse a chart without words."""
        _require_words(self.title, self.alt)


@dataclass(frozen=True, slots=True)
class WaterfallStep:
    """One part of a sum; ``text`` is the value as words."""

    label: str
    value: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Waterfall:
    """Parts that add to a total, each beginning where the last one ended. ``total_text`` is the total as words."""

    title: str
    alt: str
    steps: tuple[WaterfallStep, ...]
    total_label: str
    total_text: str = ""
    axis: str = "People above (+) or below (−) expectation"

    def __post_init__(self) -> None:
        """Refuse a chart without words, and parts that are not numbers: then there is no sum to show."""
        _require_words(self.title, self.alt)
        if not all(math.isfinite(step.value) for step in self.steps):
            raise ValueError("Every step of a waterfall chart must be a finite number.")


@dataclass(frozen=True, slots=True, kw_only=True)
class RatesRow:
    """The rates of a group and of its comparator, from 0 to 1, with their words. nan shows the words alone."""

    label: str
    group_rate: float
    comparator_rate: float
    group_text: str
    comparator_text: str
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RatesChart:
    """Two dots a row: the rate of the group and that of its comparator."""

    title: str
    alt: str
    rows: tuple[RatesRow, ...]
    axis: str = "Share selected"
    group_label: str = "This group"
    comparator_label: str = "Everyone else in the same comparison"
    shared: Axis | None = None

    def __post_init__(self) -> None:
        """Refuse a chart without words."""
        _require_words(self.title, self.alt)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineRow:
    """One day and its words; ``entered`` is whether somebody gave the day, or it follows from a rule."""

    label: str
    day: dt.date
    text: str
    entered: bool
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Days on an axis of dates, one a row, in their order."""

    title: str
    alt: str
    rows: tuple[TimelineRow, ...]
    axis: str = "Date"
    entered_label: str = "As entered"
    rule_label: str = "Follows from a rule"

    def __post_init__(self) -> None:
        """Refuse a chart without words."""
        _require_words(self.title, self.alt)


Chart = Forest | Excess | Waterfall | RatesChart | Timeline
_Long = TypeVar("_Long", Forest, Excess, RatesChart)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Where a forest row falls on its axis; None where there is nothing to draw.

    ``fewer`` and ``more``: the interval or the estimate goes on beyond that end, drawn as an arrow.
    """

    at: float | None
    low: float | None
    high: float | None
    fewer: bool
    more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Fall:
    """A bar of a waterfall, from ``start`` to ``end``. It stands under no heading: ``group`` is empty."""

    label: str
    start: float
    end: float
    text: str
    total: bool
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """A rate that is known; ``ours`` is the group's, not its comparator's."""

    rate: float
    text: str
    ours: bool


def headed(rows: Iterable[Row]) -> tuple[str | Row, ...]:
    """Give the rows with the heading of each run of the same group before it.

    >>> rows = [ExcessRow(label=label, value=0, text="0", group="Sex") for label in ("Women", "Men")]
    >>> [line if isinstance(line, str) else line.label for line in headed(rows)]
    ['Sex', 'Women', 'Men']
    """
    lines: list[str | Row] = []
    current = ""
    for row in rows:
        if row.group != current and row.group:
            lines.append(row.group)
        current = row.group
        lines.append(row)
    return tuple(lines)


def forest_axis(spec: Forest) -> Axis:
    """Give the log axis that shows every estimate and, as far as they are near, the limits.

    >>> row = ForestRow(label="Women", estimate=2.1, low=1.2, high=math.inf, level="found against")
    >>> forest_axis(Forest(title="Odds", alt="Women: 2.1.", rows=(row,))).labels
    ('0.5', '1', '2')
    """
    if spec.shared:
        return spec.shared
    tested = [row for row in spec.rows if row.level != "not tested"]
    estimates = _within([row.estimate for row in tested], spec.reference, ESTIMATE_REACH)
    limits = _within([limit for row in tested for limit in (row.low, row.high)], spec.reference, LIMIT_REACH)
    shown = [*spec.band, *estimates, *limits]
    low, high = min(shown) / 1.15, max(shown) * 1.15
    decades = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    ticks = [digit * 10.0**decade for decade in decades for digit in (1, 2, 5)]
    inside = [tick for tick in ticks if low <= tick <= high]
    if len(inside) > 7:
        inside = [tick for tick in inside if f"{tick:e}".startswith("1")]
    return Axis(low=low, high=high, ticks=tuple(inside), labels=tuple(f"{tick:.12g}" for tick in inside), log=True)


def forest_mark(row: ForestRow, axis: Axis) -> Mark:
    """Give where a row's mark, interval and arrows fall: exactly its numbers wherever the axis reaches them.

    >>> axis = Axis(low=0.1, high=10, ticks=(), labels=(), log=True)
    >>> forest_mark(ForestRow(label="A", estimate=2, low=0.9, high=math.inf, level="cannot tell"), axis)
    Mark(at=2, low=0.9, high=10, fewer=False, more=True)
    """
    numbers = (row.estimate, row.low, row.high)
    if row.level == "not tested":
        numbers = (math.nan, math.nan, math.nan)
    estimate, low, high = (None if math.isnan(number) else number for number in numbers)
    if low is None or high is None:
        low = high = None
    known = [number for number in (estimate, low, high) if number is not None]
    return Mark(
        at=_held(estimate, axis),
        low=_held(low, axis),
        high=_held(high, axis),
        fewer=any(number < axis.low for number in known),
        more=any(number > axis.high for number in known),
    )


def falls(spec: Waterfall) -> tuple[Fall, ...]:
    """Give the bars of a waterfall, the total last.

    >>> parts = (WaterfallStep(label="Scope", value=5, text="+5"), WaterfallStep(label="Spread", value=-2, text="−2"))
    >>> sums = falls(Waterfall(title="Parts", alt="5 less 2.", steps=parts, total_label="Overall", total_text="+3"))
    >>> [(fall.label, fall.start, fall.end) for fall in sums]
    [('Scope', 0.0, 5.0), ('Spread', 5.0, 3.0), ('Overall', 0.0, 3.0)]
    """
    values = [step.value for step in spec.steps]
    ends = [math.fsum(values[: count + 1]) for count in range(len(values))]
    bars = [
        Fall(label=step.label, start=start, end=end, text=step.text, total=False)
        for step, start, end in zip(spec.steps, [0.0, *ends], ends, strict=False)
    ]
    total = ends[-1] if ends else 0.0
    return (*bars, Fall(label=spec.total_label, start=0.0, end=total, text=spec.total_text, total=True))


def excess_axis(spec: Excess) -> Axis:
    """Give the axis of people that holds all the values of the chart.

    >>> row = ExcessRow(label="Women", value=7.5, text="+7.5")
    >>> excess_axis(Excess(title="Excess", alt="7.5 more women.", rows=(row,))).high
    8.0
    """
    return spec.shared or people_axis([row.value for row in spec.rows])


def people_axis(values: Sequence[float]) -> Axis:
    """Give a straight axis through nought that holds all the values; nan and infinite ones do not count.

    >>> people_axis([7.5, -3.1, math.nan]).labels
    ('−4', '−2', '0', '+2', '+4', '+6', '+8')
    """
    low, high, ticks = _even_ticks(values)
    labels = tuple(f"{tick:+,.12g}".replace("-", "−") if tick else "0" for tick in ticks)
    return Axis(low=low, high=high, ticks=ticks, labels=labels)


def rates_axis(spec: RatesChart) -> Axis:
    """Give an axis of per cents from 0 to the highest rate.

    >>> row = RatesRow(label="Women", group_rate=0.24, comparator_rate=0.12, group_text="24%", comparator_text="12%")
    >>> rates_axis(RatesChart(title="RatesChart", alt="Women 24%, men 12%.", rows=(row,))).labels
    ('0%', '5%', '10%', '15%', '20%', '25%')
    """
    if spec.shared:
        return spec.shared
    low, high, ticks = _even_ticks([rate for row in spec.rows for rate in (row.group_rate, row.comparator_rate)])
    return Axis(low=low, high=high, ticks=ticks, labels=tuple(f"{100 * tick:.12g}%" for tick in ticks))


def rates_dots(row: RatesRow) -> tuple[Dot, ...]:
    """Give the rates of a row that are known, the lower one first.

    >>> row = RatesRow(label="A", group_rate=0.2, comparator_rate=0.1, group_text="20%", comparator_text="10%")
    >>> [dot.text for dot in rates_dots(row)]
    ['10%', '20%']
    """
    ours = Dot(rate=row.group_rate, text=row.group_text, ours=True)
    other = Dot(rate=row.comparator_rate, text=row.comparator_text, ours=False)
    return tuple(sorted((dot for dot in (other, ours) if math.isfinite(dot.rate)), key=lambda dot: dot.rate))


def rates_unknown(row: RatesRow) -> str:
    """Give the words of the rates of a row that are not known, once when they are the same.

    >>> row = RatesRow(label="A", group_rate=math.nan, comparator_rate=0.1, group_text="suppressed", comparator_text="")
    >>> rates_unknown(row)
    'suppressed'
    """
    both = ((row.group_rate, row.group_text), (row.comparator_rate, row.comparator_text))
    return " / ".join(dict.fromkeys(text for rate, text in both if text and not math.isfinite(rate)))


def timeline_axis(spec: Timeline) -> Axis:
    """Give an axis of days, counted as ``date.toordinal`` does, with ticks on firsts of months.

    >>> days = dt.date(2026, 11, 23), dt.date(2027, 1, 18)
    >>> rows = tuple(TimelineRow(label="Day", day=day, text="", entered=True) for day in days)
    >>> timeline_axis(Timeline(title="Days", alt="Two days.", rows=rows)).labels
    ('Nov 2026', 'Dec 2026', 'Jan 2027', 'Feb 2027')
    """
    days = [row.day for row in spec.rows] or [dt.date(2000, 1, 1)]
    first, last = (day.year * 12 + day.month - 1 for day in (min(days), max(days)))
    step = -(-(last + 2 - first) // MONTHS)
    months = range(first, last + 1 + step, step)
    ticks = [dt.date(month // 12, month % 12 + 1, 1) for month in months]
    numbers = tuple(float(tick.toordinal()) for tick in ticks)
    return Axis(low=numbers[0], high=numbers[-1], ticks=numbers, labels=tuple(f"{tick:%b %Y}" for tick in ticks))


def parts(spec: Chart, most: int = 38) -> tuple[Chart, ...]:
    """Give a chart in parts that each fit on a page: at most so many lines, cut between headings, all on one axis.

    >>> rows = tuple(ExcessRow(label=str(n), value=n, text=str(n), group=f"Group {n // 4}") for n in range(8))
    >>> [part.title for part in parts(Excess(title="Excess", alt="From 0 to 7.", rows=rows), most=5)]
    ['Excess (1 of 2)', 'Excess (2 of 2)']
    """
    if isinstance(spec, Waterfall | Timeline) or len(headed(spec.rows)) <= most:
        return (spec,)
    if isinstance(spec, Forest):
        return _cut(spec, forest_axis(spec), most)
    if isinstance(spec, Excess):
        return _cut(spec, excess_axis(spec), most)
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


def _within(values: Iterable[float], reference: float, reach: float) -> list[float]:
    """The numbers among the values, those far from the reference drawn in to what the axis may reach."""
    known = (value for value in values if math.isfinite(value) and value > 0)
    return [min(max(value, reference / reach), reference * reach) for value in known]


def _held(value: float | None, axis: Axis) -> float | None:
    return None if value is None else min(max(value, axis.low), axis.high)


def _even_ticks(values: Iterable[float], most: int = 7) -> tuple[float, float, tuple[float, ...]]:
    """The ends and ticks of a straight axis from the lowest value to the highest, 0 always among them."""
    known = [0.0, *(value for value in values if math.isfinite(value))]
    low, high = min(known), max(known)
    if high - low < 1e-9:  # nothing that an axis could show
        low, high = 0.0, 1.0
    rough = (high - low) / most
    decade = 10.0 ** math.floor(math.log10(rough))
    step = next(size * decade for size in (1, 2, 5, 10, 20) if (_count(low, high, size * decade)) <= most + 1)
    first, last = math.floor(low / step), math.ceil(high / step)
    ticks = tuple(float(f"{number * step:.12g}") for number in range(first, last + 1))
    return ticks[0], ticks[-1], ticks


def _count(low: float, high: float, step: float) -> int:
    return math.ceil(high / step) - math.floor(low / step) + 1


def _require_words(title: str, alt: str) -> None:
    if not title.strip() or not alt.strip():
        raise ValueError("Every chart needs a title and a text alternative.")
