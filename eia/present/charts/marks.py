"""Takes chart specs and axes; gives where their marks fall: intervals and arrows, bars that add up, pairs of rates."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from eia.present.charts.looks import BLUE, EVEN, OF_STAGES, PLUM, SEEN, TEAL, Look
from eia.present.charts.specs import Axis, Excess, ForestRow, Named, PairRow, ProfileRow, RatesRow, Stage, Waterfall


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
class Fall(Named):
    """A bar, from ``start`` to ``end``; ``total`` is the last one of a waterfall, which stands for the sum."""

    start: float
    end: float
    text: str
    total: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """A rate that is known; ``ours`` is the group's, not its comparator's."""

    rate: float
    text: str
    ours: bool


def forest_mark(row: ForestRow, axis: Axis) -> Mark:
    """Give where a row's mark, interval and arrows fall: exactly its numbers wherever the axis reaches them.

    >>> axis = Axis(low=0.1, high=10, ticks=(), labels=(), log=True)
    >>> forest_mark(ForestRow(label="A", estimate=2, low=0.9, high=math.inf, level="cannot_say"), axis)
    Mark(at=2, low=0.9, high=10, fewer=False, more=True)
    """
    numbers = (row.estimate, row.low, row.high)
    if row.level == "not_tested":
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


def falls(spec: Excess | Waterfall) -> tuple[Fall, ...]:
    """Give the bars of a chart: those of a waterfall begin where the last one ended, and the total is its last.

    >>> from eia.present.charts.specs import WaterfallStep
    >>> parts = (WaterfallStep(label="Scope", value=5, text="+5"), WaterfallStep(label="Spread", value=-2, text="−2"))
    >>> sums = falls(Waterfall(title="Parts", alt="5 less 2.", steps=parts, total_label="Overall", total_text="+3"))
    >>> [(fall.label, fall.start, fall.end) for fall in sums]
    [('Scope', 0.0, 5.0), ('Spread', 5.0, 3.0), ('Overall', 0.0, 3.0)]
    """
    if isinstance(spec, Excess):
        known = ((row, row.value if math.isfinite(row.value) else 0.0) for row in spec.rows)
        return tuple(Fall(label=row.label, group=row.group, start=0.0, end=end, text=row.text) for row, end in known)
    values = [step.value for step in spec.steps]
    ends = [math.fsum(values[: count + 1]) for count in range(len(values))]
    bars = [
        Fall(label=step.label, start=start, end=end, text=step.text)
        for step, start, end in zip(spec.steps, [0.0, *ends], ends, strict=False)
    ]
    total = ends[-1] if ends else 0.0
    return (*bars, Fall(label=spec.total_label, start=0.0, end=total, text=spec.total_text, total=True))


def bar_colour(bar: Fall) -> str:
    """The colour of a bar: more people than expected, fewer, or the sum."""
    return BLUE if bar.total else PLUM if bar.end > bar.start else TEAL


def rates_dots(row: RatesRow) -> tuple[Dot, ...]:
    """Give the rates of a row that are known, the lower one first.

    >>> row = RatesRow(label="A", group_rate=0.2, comparator_rate=0.1, group_text="20%", comparator_text="10%")
    >>> [dot.text for dot in rates_dots(row)]
    ['10%', '20%']
    """
    ours = Dot(rate=row.group_rate, text=row.group_text, ours=True)
    other = Dot(rate=row.comparator_rate, text=row.comparator_text, ours=False)
    return tuple(sorted((dot for dot in (other, ours) if math.isfinite(dot.rate)), key=lambda dot: dot.rate))


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar of several in a row: its length, its words, its look, and how many bars below the middle of the row it lies."""

    length: float
    text: str
    look: Look
    below: float


def pair_bars(row: PairRow) -> tuple[Bar, ...]:
    """Give the two bars of a row: people as they are, and below them as they would be if the cuts fell evenly.

    >>> seen, even = pair_bars(PairRow(label="A", seen=9, even=4.2, seen_text="9", even_text="about 4"))
    >>> (seen.length, seen.below), (even.length, even.below)
    ((9, -0.5), (4.2, 0.5))
    """
    return (
        Bar(length=row.seen, text=row.seen_text, look=SEEN, below=-0.5),
        Bar(length=row.even, text=row.even_text, look=EVEN, below=0.5),
    )


def profile_bars(row: ProfileRow, stages: Sequence[Stage]) -> tuple[Bar, ...]:
    """Give a bar for each stage of a row.

    >>> row = ProfileRow(label="Women", parts=((70, 100), (9, 10)), texts=("70%", "90%"))
    >>> [(bar.length, bar.below) for bar in profile_bars(row, ("staff", "at_risk"))]
    [(0.7, -0.5), (0.9, 0.5)]
    """
    middle = (len(stages) - 1) / 2
    return tuple(
        Bar(length=share, text=text, look=OF_STAGES[stage], below=place - middle)
        for place, (share, text, stage) in enumerate(zip(row.shares, row.texts, stages, strict=True))
    )


def rates_unknown(row: RatesRow) -> str:
    """Give the words of the rates of a row that are not known, once when they are the same.

    >>> row = RatesRow(label="A", group_rate=math.nan, comparator_rate=0.1, group_text="suppressed", comparator_text="")
    >>> rates_unknown(row)
    'suppressed'
    """
    both = ((row.group_rate, row.group_text), (row.comparator_rate, row.comparator_text))
    return " / ".join(dict.fromkeys(text for rate, text in both if text and not math.isfinite(rate)))


def _held(value: float | None, axis: Axis) -> float | None:
    return None if value is None else min(max(value, axis.low), axis.high)
