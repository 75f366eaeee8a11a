import math

from hypothesis import given
from hypothesis import strategies as st
from present_samples import forest, waterfall

from eia.present.charts.drawings import parts
from eia.present.charts.specs import (
    Axis,
    Excess,
    ExcessRow,
    ForestRow,
    headed,
)

number = st.floats(min_value=0) | st.just(math.nan)
LOG = Axis(low=0.1, high=10, ticks=(1.0,), labels=("1",), log=True)


def row(estimate, low, high, level="cannot_say"):
    return ForestRow(label="A", estimate=estimate, low=low, high=high, level=level)


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
