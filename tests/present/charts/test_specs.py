import math

import pytest
from hypothesis import strategies as st

from eia.present.charts.specs import (
    Axis,
    Excess,
    ExcessRow,
    Forest,
    ForestRow,
    RatesChart,
    Waterfall,
    WaterfallStep,
    headed,
)

number = st.floats(min_value=0) | st.just(math.nan)
LOG = Axis(low=0.1, high=10, ticks=(1.0,), labels=("1",), log=True)


def row(estimate, low, high, level="cannot_say"):
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


def test_rows_are_set_under_the_heading_of_their_run():
    named = (("1", "a"), ("2", "a"), ("3", ""), ("4", "b"))
    rows = [ExcessRow(label=label, value=0, text="", group=group) for label, group in named]
    assert [line if isinstance(line, str) else line.label for line in headed(rows)] == ["a", "1", "2", "3", "b", "4"]


def test_a_sum_with_an_unknown_part_is_refused():
    with pytest.raises(ValueError, match="finite"):
        Waterfall(title="T", alt="A.", steps=(WaterfallStep(label="s", value=math.nan, text=""),), total_label="All")
