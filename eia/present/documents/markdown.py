"""Takes a Document; gives it as Markdown text and the charts as SVG files to be written beside it.

Every text is escaped, so that a label with pipes, tags, links or a hash at its start stays the text that it is.
"""

from __future__ import annotations

import html
import re

from eia.present.charts.drawings import Drawings, draw
from eia.present.documents.model import (
    NOTICES,
    Answer,
    Bullets,
    Choice,
    Document,
    Facts,
    Figure,
    Heading,
    Notice,
    Paragraph,
    Placed,
    Table,
    placed,
    plain,
)

FOLDER = "charts"

_MARKS = re.compile(r"([\\`*_\[\]~$|])")
_LINKS = re.compile(r"(?<=[A-Za-z]):(?=/)|@|(?<=\bwww)\.", re.IGNORECASE)
_OPENING = re.compile(r"^(?:([#=]|[+-](?=[\s-]|$))|(\d{1,9})([.)])(?=\s|$))")


def to_markdown(document: Document, drawings: Drawings | None = None) -> tuple[str, dict[str, str]]:
    """Give the document as Markdown with GitHub's tables, and the SVG text of each chart by file name.

    The names are relative to the Markdown file: ``charts/<name>.svg``, and ``charts/<name>-2.svg`` for the next part of a
    long chart. drawings: of the figures, where they have been made already for another format.

    >>> text, files = to_markdown(Document("Draft", "", "", blocks=(Heading("# 1 | <b>", 2), Paragraph("Yes."))))
    >>> print(text)
    # Draft
    <BLANKLINE>
    ## \\# 1 \\| &lt;b&gt;
    <BLANKLINE>
    Yes.
    <BLANKLINE>
    """
    drawn = draw(document) if drawings is None else drawings
    places = placed(document)
    top = [f"# {line(document.title)}"]
    top += [_strong(document.notice)] if document.notice else []
    top += [line(document.subtitle)] if document.subtitle else []
    text = "\n\n".join([*top, *(_shown(place, drawn) for place in places)]) + "\n"
    return text, {_file(name, part): svg for name, parts in drawn.items() for part, svg in enumerate(parts, start=1)}


def escape(text: str) -> str:
    r"""Give text so that Markdown shows it as it stands, anywhere but at the start of a line.

    >>> print(escape("[a](https://b) | *c* <d>"))
    \[a\](https&#58;//b) \| \*c\* &lt;d&gt;
    """
    marked = _MARKS.sub(r"\\\1", html.escape(plain(text), quote=False))
    return _LINKS.sub(lambda found: f"&#{ord(found.group())};", marked)


def line(text: str) -> str:
    r"""Give text so that Markdown shows it as it stands, at the start of a line too.

    >>> print(line("1. First"), line("- second"), line("3.5 hours"), line("-3"))
    1\. First \- second 3.5 hours -3
    """
    return _OPENING.sub(lambda found: f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}", escape(text))


def _shown(place: Placed, drawings: Drawings) -> str:
    match place.block:
        case Heading():
            return f"{'#' * place.block.level} {line(place.block.text)}"
        case Paragraph():
            return _strong(place.block.text) if place.block.lead else line(place.block.text)
        case Bullets():
            return _bullets(place.block)
        case Table():
            return _table(place.block, place.number)
        case Figure():
            return _figure(place.block, place.number, len(drawings[place.block.name]))
        case Answer():
            return _answer(place.block)
        case Choice():
            return "\n".join(
                [_strong(place.block.title), "", *(f"- ☐ {escape(option)}" for option in place.block.options)]
            )
        case Notice():
            return f"> {_strong(NOTICES[place.block.kind] + ':')} {escape(place.block.text)}"
        case Facts():
            return "\n".join(f"* {_strong(name + ':')} {escape(value)}" for name, value in place.block.items)


def _answer(block: Answer) -> str:
    """A place to write in, as a quotation; what has been written in it, as text."""
    if block.lines:
        return "\n\n".join([*([_strong(block.title)] if block.headed else []), *map(line, block.lines)])
    tag = f"*To be written by people.{' ' + escape(block.whose) if block.whose else ''}*"
    told = (tag, _strong(block.title), line(block.help))
    return "\n>\n".join(f"> {part}" for part in told if part)


def _bullets(block: Bullets) -> str:
    marks = (f"{number}." for number in range(1, len(block.items) + 1)) if block.ordered else ["-"] * len(block.items)
    return "\n".join(f"{mark} {line(item)}" for mark, item in zip(marks, block.items, strict=True))


def _table(block: Table, number: int) -> str:
    heads = [escape(column.title) for column in block.columns]
    rules = ["---:" if column.numeric else "---" for column in block.columns]
    rows = []
    for heading, body in block.bodies:
        if heading:
            rows.append([_strong(heading), *[""] * (len(heads) - 1)])
        rows += [[escape(cell) for cell in row] for row in body]
    lines = "\n".join(f"| {' | '.join(cells)} |" for cells in (heads, rules, *rows))
    below = [*block.notes, *([f"Source: {block.source}"] if block.source else [])]
    return "\n\n".join([_strong(f"Table {number}. {block.title}"), lines, *map(line, below)])


def _figure(block: Figure, number: int, parts: int) -> str:
    drawn = [f"![{escape(block.chart.alt)}]({_file(block.name, part)})" for part in range(1, parts + 1)]
    return "\n\n".join([_strong(f"Figure {number}. {block.title}"), *drawn])


def _strong(text: str) -> str:
    words = escape(text)
    return f"**{words}**" if words else ""  # four stars in a row would be a rule


def _file(name: str, part: int) -> str:
    return f"{FOLDER}/{name}.svg" if part == 1 else f"{FOLDER}/{name}-{part}.svg"
