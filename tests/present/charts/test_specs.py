import math
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from present_samples import forest, rates, waterfall

from eia.present.charts.specs import (
    Axis,
    Excess,
    ExcessRow,
    Forest,
    ForestRow,
    RatesChart,
    Waterfall,
    WaterfallStep,
    falls,
    forest_axis,
    forest_mark,
    headed,
    parts,
    people_axis,
    rates_axis,
)

number = st.floats(min_value=0) | st.just(math.nan)
LOG = Axis(low=0.1, high=10, ticks=(1.0,), labels=("1",), log=True)


def row(estimate, low, high, level="cannot tell"):
    return ForestRow(label="A", estimate=estimate, low=low, high=high, level=level)


@pytest.mark.parametrize(("title", "alt"), [("", "Words."), ("Title", " ")])
@pytest.mark.parametrize("kind", [Forest, Excess, RatesChart])
def test_a_chart_without_words_is_refused(kind, title, alt):
    with pytest.raises(ValueError, match="text alternative"):
        kind(title=title, alt=alt, rows=())


def test_an_unknown_level_is_refused():
    with pytest.raises(ValueError, match="evidence level"):
        row(1, 1, 1, level="proved")


@pytest.mark.parametrize("band", [(0.0, 2.0), (1.5, 2.0), (0.5, math.inf), (-1.0, 2.0)])
def test_a_band_that_a_log_axis_cannot_show_is_refused(band):
    with pytest.raises(ValueError, match="band"):
        Forest(title="T", alt="A.", rows=(), band=band)


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


def test_limits_beyond_the_axis_are_arrows_and_others_are_not():
    mark = forest_mark(row(1, 0, math.inf), LOG)
    assert (mark.low, mark.high, mark.fewer, mark.more) == (0.1, 10, True, True)
    mark = forest_mark(row(1, 0.1, 10), LOG)
    assert (mark.low, mark.high, mark.fewer, mark.more) == (0.1, 10, False, False)


def test_an_infinite_estimate_stands_at_the_end_with_an_arrow():
    mark = forest_mark(row(math.inf, math.nan, math.nan), LOG)
    assert (mark.at, mark.low, mark.more) == (10, None, True)


def test_what_was_not_tested_has_no_mark_even_with_numbers():
    mark = forest_mark(row(2, 1, 3, level="not tested"), LOG)
    assert (mark.at, mark.low, mark.high, mark.fewer, mark.more) == (None, None, None, False, False)


def test_one_unknown_limit_leaves_no_interval():
    mark = forest_mark(row(2, math.nan, 3), LOG)
    assert (mark.at, mark.low, mark.high) == (2, None, None)


def test_rows_are_set_under_the_heading_of_their_run():
    named = (("1", "a"), ("2", "a"), ("3", ""), ("4", "b"))
    rows = [ExcessRow(label=label, value=0, text="", group=group) for label, group in named]
    assert [line if isinstance(line, str) else line.label for line in headed(rows)] == ["a", "1", "2", "3", "b", "4"]


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


@given(st.lists(st.floats(min_value=-1e6, max_value=1e6), max_size=6))
def test_the_bars_of_a_waterfall_join_and_end_at_the_sum(values):
    steps = tuple(WaterfallStep(label="s", value=value, text="") for value in values)
    *bars, total = falls(Waterfall(title="T", alt="A.", steps=steps, total_label="All"))
    assert total.total
    assert (total.start, total.end) == (0, math.fsum(values))
    for one, next_one in pairwise(bars):
        assert one.end == next_one.start


def test_a_sum_with_an_unknown_part_is_refused():
    with pytest.raises(ValueError, match="finite"):
        Waterfall(title="T", alt="A.", steps=(WaterfallStep(label="s", value=math.nan, text=""),), total_label="All")


@given(st.integers(0, 60), st.integers(1, 9), st.integers(2, 12))
def test_parts_hold_every_row_once_on_one_axis_and_fit(count, size, most):
    rows = tuple(ExcessRow(label=str(n), value=n, text="", group=f"g{n // size}") for n in range(count))
    spec = Excess(title="T", alt="A.", rows=rows)
    pages = parts(spec, most=most)
    assert sum((page.rows for page in pages), ()) == rows
    assert all(len(headed(page.rows)) <= most for page in pages)
    assert len({page.shared for page in pages}) == 1


def test_short_charts_and_waterfalls_stay_whole():
    assert parts(forest()) == (forest(),)
    assert parts(waterfall(), most=1) == (waterfall(),)


def test_a_shared_axis_is_used():
    for shared in (LOG,):
        assert forest_axis(Forest(title="T", alt="A.", rows=(), shared=shared)) is shared
        assert rates_axis(RatesChart(title="T", alt="A.", rows=(), shared=shared)) is shared
