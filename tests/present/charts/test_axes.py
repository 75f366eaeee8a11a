import math

from hypothesis import example, given
from hypothesis import strategies as st
from present_samples import rates

from eia.present.charts.axes import forest_axis, people_axis, rates_axis
from eia.present.charts.marks import forest_mark
from eia.present.charts.specs import (
    Axis,
    Forest,
    ForestRow,
    RatesChart,
)

number = st.floats(min_value=0) | st.just(math.nan)
LOG = Axis(low=0.1, high=10, ticks=(1.0,), labels=("1",), log=True)


def row(estimate, low, high, level="cannot_say"):
    return ForestRow(label="A", estimate=estimate, low=low, high=high, level=level)


@given(st.lists(st.tuples(number, number, number), max_size=5))
def test_a_forest_axis_is_finite_and_holds_the_band_and_every_mark(numbers):
    spec = Forest(title="T", alt="A.", rows=tuple(row(*three) for three in numbers))
    axis = forest_axis(spec)
    assert 0 < axis.low < 0.5 < 2 < axis.high < math.inf
    assert 2 <= len(axis.ticks) <= 8
    for each in spec.rows:
        mark = forest_mark(each, axis)
        for drawn, true in ((mark.at, each.estimate), (mark.low, each.low), (mark.high, each.high)):
            if drawn is not None:
                assert axis.low <= drawn <= axis.high
                assert drawn == true or true < axis.low or true > axis.high


@example([5e-324])
@given(st.lists(st.floats(-1e12, 1e12) | st.sampled_from([math.inf, -math.inf, math.nan]), max_size=6))
def test_a_people_axis_holds_nought_and_every_value(values):
    axis = people_axis(values)
    assert axis.low <= 0 <= axis.high
    assert axis.low < axis.high
    assert 2 <= len(axis.ticks) <= 9
    assert 0 in axis.ticks
    slack = 1e-9 * max(axis.high - axis.low, 1)
    assert all(axis.low - slack <= value <= axis.high + slack for value in values if math.isfinite(value))


def test_rates_are_shown_from_nought():
    assert rates_axis(rates()).low == 0
    assert rates_axis(rates()).labels[-1] == "100%"


def test_a_shared_axis_is_used():
    for shared in (LOG,):
        assert forest_axis(Forest(title="T", alt="A.", rows=(), shared=shared)) is shared
        assert rates_axis(RatesChart(title="T", alt="A.", rows=(), shared=shared)) is shared
