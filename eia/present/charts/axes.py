"""Takes chart specs; gives the axes that they are drawn on: how far each reaches, and its ticks."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence

from eia.present.charts.specs import Axis, Excess, Forest, Pairs, Profile, RatesChart, Timeline

ESTIMATE_REACH = 100.0  # estimates further than this from the reference are drawn as arrows
MONTHS = 7  # ticks on an axis of dates, at most
LIMIT_REACH = 20.0  # interval limits reach that far at most, so that one small group cannot squeeze all others


def forest_axis(spec: Forest) -> Axis:
    """Give the log axis that shows every estimate and, as far as they are near, the limits.

    >>> from eia.present.charts.specs import ForestRow
    >>> row = ForestRow(label="Women", estimate=2.1, low=1.2, high=math.inf, level="found against")
    >>> forest_axis(Forest(title="Odds", alt="Women: 2.1.", rows=(row,))).labels
    ('0.5', '1', '2')
    """
    if spec.shared:
        return spec.shared
    tested = [row for row in spec.rows if row.level != "not_tested"]
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


def excess_axis(spec: Excess) -> Axis:
    """Give the axis of people that holds all the values of the chart.

    >>> from eia.present.charts.specs import ExcessRow
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

    >>> from eia.present.charts.specs import RatesRow
    >>> row = RatesRow(label="Women", group_rate=0.24, comparator_rate=0.12, group_text="24%", comparator_text="12%")
    >>> rates_axis(RatesChart(title="RatesChart", alt="Women 24%, men 12%.", rows=(row,))).labels
    ('0%', '5%', '10%', '15%', '20%', '25%')
    """
    return spec.shared or _shares_axis([rate for row in spec.rows for rate in (row.group_rate, row.comparator_rate)])


def profile_axis(spec: Profile) -> Axis:
    """Give an axis of per cents from 0 to the largest share.

    >>> from eia.present.charts.specs import ProfileRow
    >>> row = ProfileRow(label="Women", parts=((70, 100), (9, 10)), texts=("70%", "90%"))
    >>> profile_axis(Profile(title="Profile", alt="Women 70%, then 90%.", rows=(row,), stages=("staff", "at_risk"))).labels
    ('0%', '20%', '40%', '60%', '80%', '100%')
    """
    return spec.shared or _shares_axis([share for row in spec.rows for share in row.shares])


def _shares_axis(shares: Iterable[float]) -> Axis:
    low, high, ticks = _even_ticks(shares)
    return Axis(low=low, high=high, ticks=ticks, labels=tuple(f"{100 * tick:.12g}%" for tick in ticks))


def pairs_axis(spec: Pairs) -> Axis:
    """Give an axis of people from 0 to the longest bar.

    >>> from eia.present.charts.specs import PairRow
    >>> row = PairRow(label="Women", seen=19, even=12.5, seen_text="19", even_text="about 13")
    >>> pairs_axis(Pairs(title="Selected", alt="19 women, about 13 if even.", rows=(row,))).labels
    ('0', '5', '10', '15', '20')
    """
    if spec.shared:
        return spec.shared
    low, high, ticks = _even_ticks([number for row in spec.rows for number in (row.seen, row.even)])
    return Axis(low=low, high=high, ticks=ticks, labels=tuple(f"{tick:,.12g}" for tick in ticks))


def timeline_axis(spec: Timeline) -> Axis:
    """Give an axis of days, counted as ``date.toordinal`` does, with ticks on firsts of months.

    >>> from eia.present.charts.specs import TimelineRow
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


def _within(values: Iterable[float], reference: float, reach: float) -> list[float]:
    """The numbers among the values, those far from the reference drawn in to what the axis may reach."""
    known = (value for value in values if math.isfinite(value) and value > 0)
    return [min(max(value, reference / reach), reference * reach) for value in known]


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
