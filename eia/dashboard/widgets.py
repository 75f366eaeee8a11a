"""Takes finished words, tables and chart specs; shows them with streamlit, every text as text and nothing as markup."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Sequence
from html import escape
from typing import Literal

import streamlit as st

from eia.dashboard.on_page import on_page
from eia.dashboard.session import Part, Session, assessment_open, open_panel
from eia.dashboard.site import PAGES
from eia.errors import EiaError, message
from eia.findings.assessment import Assessment
from eia.present.charts.drawings import parts
from eia.present.charts.plotly_figures import CONFIG, figure
from eia.present.charts.specs import Chart
from eia.present.documents.model import (
    Answer,
    Block,
    Bullets,
    Choice,
    Facts,
    Figure,
    Heading,
    Notice,
    Paragraph,
    Table,
    plain,
)
from eia.present.parts.first_screen import LargeNumber
from eia.present.parts.story import Share
from eia.present.sections.law import MARKED
from eia.present.tables.chart_table import chart_table
from eia.present.text.mixed import as_told
from eia.present.text.narrative import CONFIDENTIAL, CONFIDENTIAL_IN_SHORT

_MARKS = re.compile(r"([!-/:-@\[-`{-~])")


def inert(text: str) -> str:
    r"""Text for a label of streamlit, which reads labels as Markdown: every mark escaped.

    >>> print(inert("[a](b) *c* :red[d] $e$"))
    \[a\]\(b\) \*c\* \:red\[d\] \$e\$
    """
    return _MARKS.sub(r"\\\1", _told(plain(text)))


def shown(text: str) -> str:
    """Text for HTML: nothing invisible, nothing that is a tag."""
    return escape(_told(plain(text)))


def _told(text: str) -> str:
    """Text in words for mixed jobs where the assessment that is open was given no pools."""
    return as_told(assessment, text) if (assessment := assessment_open()) else text


def heading(text: str, level: int = 2, anchor: str = "") -> None:
    """A heading."""
    at = f' id="{escape(anchor)}"' if anchor else ""
    st.html(f'<h{level} class="eia-heading"{at}>{shown(text)}</h{level}>')


def prose(*texts: str, kind: Literal["", "lead", "soft", "level", "in-full"] = "") -> None:
    """Paragraphs; ``lead`` stands out, ``soft`` stands back, ``in-full`` is for narrow screens alone."""
    st.html("".join(f'<p class="eia-prose eia-{kind}">{shown(text)}</p>' for text in texts))


def bullets(items: Sequence[str], *, ordered: bool = False) -> None:
    """A list of short texts."""
    tag = "ol" if ordered else "ul"
    inner = "".join(f"<li>{shown(item)}</li>" for item in items)
    st.html(f'<{tag} class="eia-list">{inner}</{tag}>')


def facts(items: Iterable[tuple[str, str]]) -> None:
    """Pairs of name and value."""
    inner = "".join(f"<div><dt>{shown(name)}</dt><dd>{shown(value)}</dd></div>" for name, value in items)
    st.html(f'<dl class="eia-facts">{inner}</dl>')


def notice(text: str, kind: Literal["confidential", "caution", "information"]) -> None:
    """A short text set apart because the reader must not miss it."""
    st.html(f'<p class="eia-notice eia-{kind}" role="note">{shown(text)}</p>')


def table(made: Table) -> None:
    """A real table, that a screen reader can walk and a narrow screen can push sideways."""
    classes = ['class="eia-number"' if column.numeric else "" for column in made.columns]
    heads = [
        f'<th scope="col" {kind}>{shown(column.title)}</th>' for column, kind in zip(made.columns, classes, strict=True)
    ]

    def row_of(row: Sequence[str]) -> str:
        cells = [f"<td {kind}>{shown(cell)}</td>" for cell, kind in zip(row, classes, strict=True)]
        if made.row_headers:
            cells[0] = f'<th scope="row">{shown(row[0])}</th>'
        return f"<tr>{''.join(cells)}</tr>"

    bodies = []
    for section, rows in made.bodies:
        over = f'<tr class="eia-section"><th colspan="{len(heads)}" scope="rowgroup">{shown(section)}</th></tr>'
        bodies.append(f"<tbody>{over if section else ''}{''.join(map(row_of, rows))}</tbody>")
    title = shown(made.title)
    st.html(
        f'<div class="eia-wide" role="group" tabindex="0" aria-label="{title}"><table class="eia-table">'
        f"<caption>{title}</caption><thead><tr>{''.join(heads)}</tr></thead>{''.join(bodies)}</table></div>"
        + "".join(f'<p class="eia-prose eia-soft">{shown(note)}</p>' for note in made.notes)
    )


def chart(spec: Chart, key: str) -> None:
    """A chart, in as many pieces as it takes to be read without losing its axis; it can be pushed sideways too."""
    spec = as_told(assessment, spec) if (assessment := assessment_open()) else spec
    for number, piece in enumerate(parts(spec)):
        with st.container(key=f"chart-{key}-{number}"):
            st.plotly_chart(figure(piece), theme=None, config=CONFIG, alt=plain(piece.alt), key=f"plot-{key}-{number}")


def chart_and_table(spec: Chart, key: str) -> None:
    """A chart, and folded under it the same as a table."""
    chart(spec, key)
    with st.expander("The same as a table"):
        table(chart_table(spec))


def dots(stages: Iterable[Share]) -> None:
    """Stages side by side as dots: those of the group full, the others empty, each with its count in words."""

    def drawn(share: Share) -> str:
        on, every = share.dots
        marks = "".join(f'<i class="{"on" if place < on else "off"}"></i>' for place in range(every))
        legend = "A dot is a person." if share.whole else "A dot is one in a hundred."
        return (
            f'<figure><div role="img" aria-label="{shown(share.stage)}: {shown(share.says)}">{marks}</div>'
            f"<figcaption><strong>{shown(share.stage)}</strong> {shown(share.says)}. {legend}</figcaption></figure>"
        )

    st.html(f'<div class="eia-dots">{"".join(map(drawn, stages))}</div>')


def large(numbers: Iterable[LargeNumber]) -> None:
    """Numbers to be seen from afar, each with the words that it begins."""
    inner = (f"<p><strong>{shown(one.number)}</strong> {shown(one.says)}</p>" for one in numbers)
    st.html(f'<div class="eia-large">{"".join(inner)}</div>')


def picture(svg: str, alt: str) -> None:
    """A drawing of ours as a picture, which can do nothing but be looked at."""
    source = f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
    st.html(f'<img class="eia-picture" src="{source}" alt="{shown(alt)}">')


def blocks(made: Iterable[Block], raised: int = 0) -> None:
    """Part of the report, as it stands there; its headings ``raised`` by so many levels."""
    for block in made:
        _block(block, raised)


def folded(made: Iterable[Block]) -> None:
    """Part of the report, each section of level 2 folded away under its heading; what stands before the first is shown."""
    parts: list[tuple[str, list[Block]]] = [("", [])]
    for block in made:
        if isinstance(block, Heading) and block.level == 2:
            parts.append((block.text, []))
        else:
            parts[-1][1].append(block)
    for title, inside in parts:
        if title:
            with st.expander(inert(title)):
                blocks(inside, raised=1)
        else:
            blocks(inside)


def _block(block: Block, raised: int) -> None:
    match block:
        case Heading():
            heading(block.text, block.level - raised)
        case Paragraph():
            prose(block.text, kind="lead" if block.lead else "")
        case Bullets():
            bullets(block.items, ordered=block.ordered)
        case Facts():
            facts(block.items)
        case Notice():
            notice(block.text, block.kind)
        case Table():
            table(block)
        case Figure():
            chart(block.chart, block.name)
        case Answer():
            prose(block.title, block.help)
        case Choice():
            prose(block.title, *block.options)


def problem(error: EiaError) -> None:
    """Everything that stands in the way, as the one message of the error, and where to put it right."""
    opening, *blocks = message(on_page(error.faults)).split("\n\n")
    inner = "".join(f"<p>{'<br>'.join(shown(line) for line in block.splitlines())}</p>" for block in blocks)
    st.html(f'<div class="eia-problem" role="alert"><p><strong>{shown(opening)}</strong></p>{inner}</div>')


def link(page: str, label: str) -> None:
    """A link to another page."""
    st.page_link(str(PAGES[page][1]), label=label)


def law_link() -> None:
    """What the mark behind a rule means, and the page with every source."""
    prose(MARKED, kind="soft")
    link("method", "Data and method: the law, every rule with its source")


def go(page: str) -> None:
    """Open another page."""
    st.switch_page(str(PAGES[page][1]))


def open_group(address: str) -> None:
    """Open the story of a group."""
    st.switch_page(str(PAGES["story"][1]), query_params={"group": address})


def top(title: str, visit: Session, *, in_short: bool = False) -> None:
    """The head of every page that shows data: its title, what is open, and who may see it; in short where the page says that in full at its end."""
    of = f'<p class="eia-prose eia-soft">{shown(visit.case.title)}</p>' if visit.case is not None else ""
    st.html(f'<div class="eia-head"><h1 class="eia-heading">{shown(title)}</h1>{of}</div>')
    if visit.assessment is not None:
        notice(CONFIDENTIAL_IN_SHORT if in_short else CONFIDENTIAL, "confidential")


def needed(title: str, visit: Session, *, in_short: bool = False) -> Assessment:
    """The head of a page that shows an assessment, and the assessment; without one, what to do instead, and no more."""
    top(title, visit, in_short=in_short)
    if visit.assessment is None:
        if visit.problem is None and visit.reading is not None:
            prose("Your file was read. First we have to know how to count the people in it.")
            link("check", "Check what we read")
        elif visit.problem is None:
            prose("Nothing is open yet. Open a file or an example first, and this page will show what it says.")
            link("start", "Go to Start")
        else:
            prose("What you opened cannot be assessed yet. These are the reasons.")
            stuck(visit.problem, visit)
        st.stop()
    if visit.problem is not None:
        notice("Your last change could not be assessed. What you see here is from before it.", "caution")
        stuck(visit.problem, visit)
    return visit.assessment


def panel_button(part: Part, label: str, key: str) -> None:
    """A button that opens the settings of the proposal at one of their parts."""
    st.button(label, key=f"panel {key}", on_click=open_panel, args=(part,))


def stuck(error: EiaError, visit: Session, key: str = "stuck") -> None:
    """What stands in the way, and where it can be put right. key: tells two of them on one page apart."""
    problem(error)
    if visit.sources is not None:
        prose("A file can be mended and opened again. What the case says can be changed here:")
        link("your_file", "Your file: columns, and words for outcomes")
        panel_button("What is proposed", "The proposal: dates, pools and conventions", key)
    link("start", "Start: open another file")
