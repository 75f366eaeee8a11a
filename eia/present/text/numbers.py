"""Takes numbers at full precision; gives them as pages print them. The only place that rounds."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import wraps

from eia.case import ALPHAS
from eia.stats.bounds.ranges import Figure, Range, most, share
from eia.stats.results import Interval

MINUS = "−"


def _either(show: Callable[[float], str]) -> Callable[[Figure], str]:
    """The same of a range: from the least to the most, or once where both are shown alike."""

    @wraps(show)
    def shown(figure: Figure) -> str:
        if not isinstance(figure, Range):
            return show(figure)
        low, high = show(figure.low), show(figure.high)
        return low if low == high else f"{low} to {high}"

    return shown


@_either
def people(count: float) -> str:
    """A number of people: whole, or to one decimal where it is an expectation.

    >>> people(1234), people(6.6667), people(Range(low=0, high=4))
    ('1,234', '6.7', '0 to 4')
    """
    return f"{count:,.0f}" if float(count).is_integer() else f"{count:,.1f}"


@_either
def expected(count: float) -> str:
    """An expected number of people, always to one decimal.

    >>> expected(12.0)
    '12.0'
    """
    return f"{count:,.1f}"


@_either
def signed(count: float) -> str:
    """People more (+) or fewer (−) than expected, to one decimal; 0.0 has no sign.

    >>> signed(3.333), signed(-0.26), signed(0.01)
    ('+3.3', '−0.3', '0.0')
    """
    rounded = round(count, 1)
    if rounded == 0:
        return "0.0"
    return f"{'+' if rounded > 0 else MINUS}{abs(rounded):,.1f}"


@_either
def whole(count: float) -> str:
    """An expected number of people as sentences say it: whole.

    >>> whole(151.6), whole(0.2), whole(Range(low=2.2, high=3.9))
    ('152', '0', '2 to 4')
    """
    return f"{count:,.0f}"


def pounds(value: float) -> str:
    """An amount in whole pounds.

    >>> pounds(1234.5), pounds(-20)
    ('£1,234', '−£20')
    """
    return f"{MINUS if round(value) < 0 else ''}£{abs(round(value)):,}"


def percent(part: Figure, whole: Figure) -> str:
    """A share in per cent to one decimal; "–" where there is nobody to take a share of.

    >>> percent(10, 12), percent(0, 0), percent(Range(low=1, high=2), 4)
    ('83.3%', '–', '25.0% to 50.0%')
    """
    if not most(whole):
        return "–"
    if isinstance(part, Range) or isinstance(whole, Range):
        return _percent_of_one(share(part, whole))
    return f"{100 * part / whole:.1f}%"


def stated_percent(share: float) -> str:
    """A share that somebody states, in per cent and with no digits but those it has.

    >>> stated_percent(1.0), stated_percent(0.125)
    ('100%', '12.5%')
    """
    return f"{100 * share:.4g}%"


@_either
def _percent_of_one(part: float) -> str:
    return percent(part, 1)


@_either
def ratio(value: float) -> str:
    """A ratio to two decimals, or two figures where that would print nothing.

    >>> ratio(5.77518), ratio(0.0012), ratio(math.inf), ratio(math.nan), ratio(0.0), ratio(1234.5), ratio(0.9975), ratio(1.00003)
    ('5.78', '0.0012', 'infinite', 'undefined', '0', '1,234', '0.998', '1.00003')
    """
    if math.isnan(value):
        return "undefined"
    if math.isinf(value):
        return "infinite"
    if value == 0:
        return "0"
    if value >= 100:
        return f"{value:,.0f}"
    if round(value, 2) == 1 != value:  # never rounded onto 1, which would hide on which side it lies
        shown = (f"{value:.{digits}f}" for digits in range(3, 17))
        return next((text for text in shown if float(text) != 1), repr(value))
    return f"{value:.2f}" if value >= 0.1 else f"{value:.2g}"


def interval(limits: Interval) -> str:
    """The two ends of an interval of ratios.

    >>> interval(Interval(low=0.0, high=6.797, level=0.95, method="exact"))
    '0 to 6.80'
    """
    return f"{limit(limits.low)} to {limit(limits.high)}"


def limit(value: float) -> str:
    """An end of an interval of ratios: one rounding for both, and on which side of 1 it lies.

    >>> limit(1.0013), limit(0.998), limit(2.028)
    ('>1.00', '<1.00', '2.03')
    """
    if round(value, 2) == 1 != value:
        return f"{'>' if value > 1 else '<'}1.00"
    return ratio(value)


@_either
def pvalue(value: float) -> str:
    """A p-value to three decimals, never rounded to nothing, and never across a number that a case may choose as its alpha.

    >>> pvalue(0.02341), pvalue(0.0004), pvalue(0.04996), pvalue(0.0101), pvalue(1.0), pvalue(math.nan)
    ('0.023', 'less than 0.001', '0.04996', '0.0101', '1', '–')
    """
    if math.isnan(value):
        return "–"
    if value < 0.001:
        return "less than 0.001"
    nearest = round(value, 3)
    if nearest in ALPHAS and value != nearest:
        shown = (f"{value:.{digits}f}" for digits in range(5, 20))
        return next((text for text in shown if float(text) != nearest), repr(value)).rstrip("0")
    return "1" if value >= 0.9995 else f"{value:.3f}"


def how_often(pvalue: float) -> str:
    """How often chance does something, in words.

    >>> how_often(0.0004), how_often(0.075), how_often(0.9)
    ('less than once in 1,000 times', 'about once in 13 times', 'more often than not')
    """
    if pvalue < 0.001:
        return "less than once in 1,000 times"
    return f"about once in {1 / pvalue:,.0f} times" if pvalue < 2 / 3 else "more often than not"


def in_cases(pvalue: float) -> str:
    """In how many cases chance does something.

    >>> in_cases(0.0004), in_cases(0.075)
    ('in fewer than 1 in 1,000 cases', 'in 7.5% of cases')
    """
    return "in fewer than 1 in 1,000 cases" if pvalue < 0.001 else f"in {percent(pvalue, 1)} of cases"


def parts(values: Sequence[float]) -> tuple[float, ...]:
    """Round parts to one decimal so that the parts shown add up to their rounded total (largest remainders).

    >>> parts([1.26, 1.26, 1.26]), parts([-0.34, 0.19, 0.21])
    ((1.3, 1.3, 1.2), (-0.3, 0.2, 0.2))
    """
    tenths = [10 * value for value in values]
    floors = [math.floor(tenth) for tenth in tenths]
    short = round(sum(tenths)) - sum(floors)
    upwards = sorted(range(len(tenths)), key=lambda place: floors[place] - tenths[place])[:short]
    return tuple((floor + (place in upwards)) / 10 for place, floor in enumerate(floors))
