"""Charts, tables and a document with everything that could go wrong in them."""

import datetime as dt
import math
from xml.etree.ElementTree import Element, fromstring

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
)
from eia.present.documents.model import (
    Answer,
    Block,
    Bullets,
    Choice,
    Document,
    Facts,
    Figure,
    Heading,
    Notice,
    Paragraph,
    Table,
    TableColumn,
)

HOSTILE = (
    "",
    "<script>alert(1)</script>",
    '"><img src="https://evil.example/x.png" onerror=alert(1)>',
    "</title></style></svg>&lt;b&gt;",
    "$x^2$ and $\\frac{1}{0}$",
    "| a | b |\n|---|---|",
    "`code` **bold** _em_ ~~gone~~",
    "[link](https://evil.example) ![pic](https://evil.example/p.png) https://evil.example www.evil.example a@b.example",
    "# heading",
    "- item",
    "1. first",
    "> quote",
    "---",
    "=HYPERLINK(0)",
    "\u202eevil\u202c and \u2066hidden\u2069",
    "nul \x00 escape \x1b[31m tab \t line \r\n break",
    "x" * 200,
    "long words " * 20,
    'id="figure_1" url(#a) href="#b"',
    "%{x} {{ 7 * 7 }} {% raw %}",
    "\N{GRINNING FACE} 人事部 العربية Ünïcode",
)


def parse(drawing: str) -> Element:
    """An SVG drawing of our own as XML."""
    return fromstring(drawing)  # noqa: S314


def forest(labels: tuple[str, ...] = ("Women", "Men")) -> Forest:
    """Rows of every level and with every kind of limit, named by turns with the labels."""
    inf, nan = math.inf, math.nan
    numbers = (
        (2.1, 1.2, 3.81, "found against"),
        (0.6, 0.38, 0.95, "found for"),
        (1.9, 1.02, 3.5, "stands_out"),
        (1.1, 0.3, 4.2, "cannot_say"),
        (1.05, 0.8, 1.38, "not_found"),
        (nan, nan, nan, "not_tested"),
        (0.0, 0.0, 5.1, "cannot_say"),
        (inf, 0.9, inf, "cannot_say"),
        (30.0, 3.1, 600.0, "found against"),
        (nan, nan, nan, "cannot_say"),
        (1.5, nan, inf, "cannot_say"),
        (1e300, 1e-300, 1e308, "cannot_say"),
    )
    rows = tuple(
        ForestRow(
            label=labels[place % len(labels)],
            estimate=estimate,
            low=low,
            high=high,
            level=level,  # type: ignore[arg-type]
            note=labels[(place + 1) % len(labels)],
            group=labels[place // 3 % len(labels)],
        )
        for place, (estimate, low, high, level) in enumerate(numbers * math.ceil(len(labels) / len(numbers)))
    )
    return Forest(
        title="Odds", alt="Women are selected at 2.1 times the odds of men.", rows=rows, below="less", above="more"
    )


def excess(labels: tuple[str, ...] = ("Women", "Men")) -> Excess:
    values = (7.5, -7.5, 0.0, math.nan, 1e-9, -123456.0)
    rows = tuple(
        ExcessRow(label=label, value=values[place % 6], text=label, group=label) for place, label in enumerate(labels)
    )
    return Excess(title="Excess", alt="7.5 more women than expected.", rows=rows)


def waterfall(labels: tuple[str, ...] = ("Scope", "Spread", "Selection")) -> Waterfall:
    values = (9.0, -3.0, 6.4)
    steps = tuple(WaterfallStep(label=label, value=values[place % 3], text=label) for place, label in enumerate(labels))
    return Waterfall(
        title="Parts", alt="9 less 3 and 6.4 more.", steps=steps, total_label="Overall", total_text="+12.4"
    )


def rates(labels: tuple[str, ...] = ("Women", "Disabled", "Same", "None", "Gone")) -> RatesChart:
    pairs = ((0.24, 0.12), (0.16, 0.17), (0.1, 0.1), (0.0, 1.0), (math.nan, 0.2), (math.nan, math.nan))
    rows = tuple(
        RatesRow(
            label=label,
            group_rate=pairs[place % 6][0],
            comparator_rate=pairs[place % 6][1],
            group_text=label,
            comparator_text=label,
            group=label,
        )
        for place, label in enumerate(labels)
    )
    return RatesChart(title="Rates", alt="Women 24%, everyone else 12%.", rows=rows)


def pairs(labels: tuple[str, ...] = ("Women", "Disabled", "Nobody")) -> Pairs:
    numbers = ((287.0, 226.6), (75.0, 38.8), (0.0, 0.0))
    rows = tuple(
        PairRow(label=label, seen=seen, even=even, seen_text=label, even_text=label, group=label)
        for place, label in enumerate(labels)
        for seen, even in [numbers[place % 3]]
    )
    return Pairs(title="Pairs", alt="287 women, about 227 if even.", rows=rows)


def profile(labels: tuple[str, ...] = ("Women", "Disabled", "Nobody")) -> Profile:
    parts = (((70, 100), (16, 20), (9, 10)), ((12, 90), (3, 20), (5, 9)), ((0, 100), (0, 20), (0, 0)))
    rows = tuple(
        ProfileRow(label=label, parts=parts[place % 3], texts=(label,) * 3, group=label)
        for place, label in enumerate(labels)
    )
    return Profile(title="Profile", alt="Women are 70% of staff.", rows=rows, stages=("staff", "at_risk", "selected"))


def timeline(labels: tuple[str, ...] = ("Proposal", "Not before")) -> Timeline:
    """Days from one to thousands apart, entered and worked out by turns, named with the labels."""
    rows = tuple(
        TimelineRow(
            label=label,
            day=dt.date(2026, 11, 23) + dt.timedelta(days=place**3),
            text=label,
            entered=place % 2 == 0,
            group=label,
        )
        for place, label in enumerate(labels)
    )
    return Timeline(title="Days", alt="The proposal, and a day after it.", rows=rows)


KINDS = (forest, excess, waterfall, rates, pairs, profile, timeline)


def charts(*labels: str) -> tuple[Chart, ...]:
    """One chart of each kind, with the labels given or plain ones."""
    if labels:
        return tuple(make(labels) for make in KINDS)
    return tuple(make() for make in KINDS)


def table(cells: tuple[str, ...] = ("Women", "12")) -> Table:
    return Table(
        title="Selected",
        columns=tuple(TableColumn(f"Column {cell}", numeric=place > 0) for place, cell in enumerate(cells)),
        rows=(cells, cells[::-1]),
        notes=cells,
        source=cells[0],
    )


def document(texts: tuple[str, ...] = ("Plain text.", "More of it.")) -> Document:
    """A document with every kind of block, each holding every one of the texts."""
    blocks: list[Block] = [Heading("Summary", 2, "summary")]
    for text in texts:
        blocks += [
            Heading(text, 3),
            Paragraph(text),
            Paragraph(text, lead=True),
            Answer(text, text, text, text, text),
            Choice(text, (text, text)),
            Notice(text, "confidential"),
            Notice(text, "caution"),
            Notice(text, "information"),
        ]
    blocks += [Bullets(texts), Bullets(texts, ordered=True), Facts(tuple((text, text) for text in texts)), table(texts)]
    blocks += [Heading("Charts", 2)]
    blocks += [Figure(chart.title, chart, f"chart-{place}") for place, chart in enumerate(charts(*texts))]
    blocks += [Figure("The same again", charts(*texts)[2], "again"), Bullets(()), table()]
    return Document(
        title=f"Report {texts[0]}", subtitle=texts[-1], notice=f"CONFIDENTIAL {texts[0]}", blocks=tuple(blocks)
    )
