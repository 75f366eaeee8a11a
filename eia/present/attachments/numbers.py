"""Takes a chart; gives the numbers behind it as a Table, written so that a spreadsheet reads them as numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence

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

_PLACES = 6  # behind the point


def numbers(chart: Chart, title: str) -> Table:
    """Give a row for each mark of the chart, under the name of its characteristic or question.

    >>> from eia.present.charts.specs import ExcessRow
    >>> row = ExcessRow(label="Women", value=-7.25, text="−7.3", group="Sex")
    >>> numbers(Excess(title="Excess", alt="7 fewer women.", rows=(row,)), "Fewer women").rows
    (('Sex', 'Women', '-7.25'),)
    """
    names: tuple[str, ...]
    rows: list[tuple[str, ...]]
    match chart:
        case Forest():
            names = ("Odds ratio", "Low", "High", "Evidence")
            rows = [(row.group, row.label, *map(plain_number, (row.estimate, row.low, row.high)), LEVEL_WORDS[row.level]) for row in chart.rows]  # fmt: skip
        case Excess():
            names, rows = ("People more or fewer",), [(row.group, row.label, plain_number(row.value)) for row in chart.rows]  # fmt: skip
        case Waterfall():
            names = ("People more or fewer",)
            rows = [("", bar.label, plain_number(bar.end - bar.start)) for bar in falls(chart)]
        case RatesChart():
            names = (chart.group_label, chart.comparator_label)
            rows = [(row.group, row.label, *map(plain_number, (row.group_rate, row.comparator_rate))) for row in chart.rows]  # fmt: skip
        case Pairs():
            names = (chart.seen_label, chart.even_label)
            rows = [(row.group, row.label, *map(plain_number, (row.seen, row.even))) for row in chart.rows]
        case Profile():
            names = tuple(f"{STAGES[stage]}: {what}" for stage in chart.stages for what in ("people", "of", "share"))
            rows = [
                (row.group, row.label, *(plain_number(number) for (part, whole), share in zip(row.parts, row.shares, strict=True)
                                         for number in (part, whole, share)))
                for row in chart.rows
            ]  # fmt: skip
        case Timeline():
            names = ("Day", "Where it comes from")
            rows = [(row.group, row.label, row.day.isoformat(), chart.entered_label if row.entered else chart.rule_label) for row in chart.rows]  # fmt: skip
    return _table(title, names, rows)


def _table(title: str, names: Sequence[str], rows: Sequence[tuple[str, ...]]) -> Table:
    """The rows, without the column of headings where there is none."""
    headed = any(row[0] for row in rows)
    columns = ("Heading", "Name", *names) if headed else ("Name", *names)
    words = ("Heading", "Name", "Evidence", "Day", "Where it comes from")
    return Table(title=title, columns=heads(*columns, words=words), rows=tuple(row if headed else row[1:] for row in rows))  # fmt: skip


def plain_number(value: float) -> str:
    """A number without signs of thousands and with the minus of keyboards; nothing where there is none.

    >>> plain_number(1234.5), plain_number(-0.0000001), plain_number(math.inf)
    ('1234.5', '0', '')
    """
    if not math.isfinite(value):
        return ""
    written = f"{value:.{_PLACES}f}".rstrip("0").rstrip(".")
    return "0" if written == "-0" else written
