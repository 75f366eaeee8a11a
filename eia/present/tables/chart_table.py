"""Takes a chart; gives the same in words and numbers as a Table, to stand beside or under it."""

from __future__ import annotations

from eia.present.charts.marks import falls
from eia.present.charts.specs import (
    LEVEL_WORDS,
    STAGES,
    Chart,
    Excess,
    Forest,
    Pairs,
    Profile,
    RatesChart,
    Timeline,
    Waterfall,
)
from eia.present.documents.model import Table, heads
from eia.present.text.words import capital


def chart_table(chart: Chart) -> Table:
    """Give a row for each mark of the chart, under its heading there.

    >>> from eia.present.charts.specs import PairRow
    >>> row = PairRow(label="Women", seen=9, even=4.2, seen_text="9", even_text="about 4")
    >>> chart_table(Pairs(title="Selected", alt="9 women against 4.", rows=(row,))).rows
    (('Women', '9', 'about 4'),)
    """
    titles: tuple[str, ...]
    rows: list[tuple[str, ...]]
    match chart:
        case Forest():
            titles = ("Group", chart.axis, "Evidence")
            rows = [(row.label, row.note, capital(LEVEL_WORDS[row.level])) for row in chart.rows]
        case Excess():
            titles, rows = ("Group", chart.axis), [(row.label, row.text) for row in chart.rows]
        case Waterfall():
            titles, rows = ("Part", chart.axis), [(bar.label, bar.text) for bar in falls(chart)]
        case RatesChart():
            titles = ("Group", chart.group_label, chart.comparator_label)
            rows = [(row.label, row.group_text, row.comparator_text) for row in chart.rows]
        case Pairs():
            titles = ("Group", chart.seen_label, chart.even_label)
            rows = [(row.label, row.seen_text, row.even_text) for row in chart.rows]
        case Profile():
            titles = ("Group", *(STAGES[stage] for stage in chart.stages))
            rows = [(row.label, *row.texts) for row in chart.rows]
        case Timeline():
            titles, rows = ("What", "Day"), [(row.label, row.text) for row in chart.rows]
    sections = () if isinstance(chart, Waterfall) else tuple(row.group for row in chart.rows)
    return Table(
        title=chart.title, columns=heads(*titles, words=("Evidence", "Day")), rows=tuple(rows),
        sections=sections if any(sections) else (),
    )  # fmt: skip
