import math
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from eia.present.charts.marks import falls, forest_mark
from eia.present.charts.specs import (
    Axis,
    ForestRow,
    Waterfall,
    WaterfallStep,
)

number = st.floats(min_value=0) | st.just(math.nan)
LOG = Axis(low=0.1, high=10, ticks=(1.0,), labels=("1",), log=True)


def row(estimate, low, high, level="cannot_say"):
    return ForestRow(label="A", estimate=estimate, low=low, high=high, level=level)


def test_limits_beyond_the_axis_are_arrows_and_others_are_not():
    mark = forest_mark(row(1, 0, math.inf), LOG)
    assert (mark.low, mark.high, mark.fewer, mark.more) == (0.1, 10, True, True)
    mark = forest_mark(row(1, 0.1, 10), LOG)
    assert (mark.low, mark.high, mark.fewer, mark.more) == (0.1, 10, False, False)


def test_an_infinite_estimate_stands_at_the_end_with_an_arrow():
    mark = forest_mark(row(math.inf, math.nan, math.nan), LOG)
    assert (mark.at, mark.low, mark.more) == (10, None, True)


def test_what_was_not_tested_has_no_mark_even_with_numbers():
    mark = forest_mark(row(2, 1, 3, level="not_tested"), LOG)
    assert (mark.at, mark.low, mark.high, mark.fewer, mark.more) == (None, None, None, False, False)


def test_one_unknown_limit_leaves_no_interval():
    mark = forest_mark(row(2, math.nan, 3), LOG)
    assert (mark.at, mark.low, mark.high) == (2, None, None)


@given(st.lists(st.floats(min_value=-1e6, max_value=1e6), max_size=6))
def test_the_bars_of_a_waterfall_join_and_end_at_the_sum(values):
    steps = tuple(WaterfallStep(label="s", value=value, text="") for value in values)
    *bars, total = falls(Waterfall(title="T", alt="A.", steps=steps, total_label="All"))
    assert total.total
    assert (total.start, total.end) == (0, math.fsum(values))
    for one, next_one in pairwise(bars):
        assert one.end == next_one.start
