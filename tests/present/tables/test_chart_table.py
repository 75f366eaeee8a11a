"""The table of a chart has a row for each of its marks, in its own words."""

from __future__ import annotations

import datetime as dt

import pytest

from eia.present.charts.specs import (
    Chart,
    Excess,
    ExcessRow,
    Forest,
    ForestRow,
    PairRow,
    Pairs,
    Profile,
    ProfileRow,
    RatesChart,
    RatesRow,
    Timeline,
    TimelineRow,
    Waterfall,
    WaterfallStep,
)  # fmt: skip
from eia.present.tables.chart_table import chart_table

SAID = {"title": "A chart", "alt": "What it shows."}
ROWS: dict[str, tuple[Chart, list[tuple[str, ...]]]] = {
    "forest": (
        Forest(**SAID, rows=(ForestRow(label="Women", estimate=2, low=1, high=4, level="found for", note="2.00"),)),
        [("Women", "2.00", "Clear gap, in favour")],
    ),
    "excess": (Excess(**SAID, rows=(ExcessRow(label="Women", value=7, text="+7", group="Sex"),)), [("Women", "+7")]),
    "waterfall": (
        Waterfall(**SAID, steps=(WaterfallStep("Scope", 5, "+5"),), total_label="In all", total_text="+5"),
        [("Scope", "+5"), ("In all", "+5")],
    ),
    "rates": (
        RatesChart(**SAID, rows=(RatesRow(label="A", group_rate=0.2, comparator_rate=0.1, group_text="20%", comparator_text="10%"),)),
        [("A", "20%", "10%")],
    ),
    "pairs": (Pairs(**SAID, rows=(PairRow(label="A", seen=9, even=4, seen_text="9", even_text="about 4"),)), [("A", "9", "about 4")]),
    "profile": (
        Profile(**SAID, rows=(ProfileRow(label="A", parts=((1, 2),), texts=("50%",)),), stages=("at_risk",)),
        [("A", "50%")],
    ),
    "timeline": (Timeline(**SAID, rows=(TimelineRow(label="Day", day=dt.date(2026, 1, 2), text="2 January", entered=True),)), [("Day", "2 January")]),
}  # fmt: skip


@pytest.mark.parametrize("kind", ROWS)
def test_every_mark_has_its_row(kind: str) -> None:
    chart, rows = ROWS[kind]
    assert list(chart_table(chart).rows) == rows


def test_rows_stand_under_the_headings_of_the_chart() -> None:
    assert chart_table(ROWS["excess"][0]).sections == ("Sex",)
    assert chart_table(ROWS["pairs"][0]).sections == ()
