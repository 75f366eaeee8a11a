"""Takes a Document; gives it as a Word file (.docx) to finish and to send: fields to type in, boxes to tick, real tables and headings.

The file is the same bytes every time, and holds no macro and nothing that is fetched from elsewhere.
"""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from eia.present.charts.drawings import Drawings, draw
from eia.present.charts.svg import picture
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
    plain,
)
from eia.present.formats.layout import Run, picture_width, runs, widths
from eia.present.formats.word_file import dress, end_section, new_numbers, packed
from eia.present.formats.word_parts import blank, field, paragraph, run, table, tick_box

if TYPE_CHECKING:
    import docx.document
    from docx.oxml.xmlchemy import BaseOxmlElement

WRITE_HERE = "Click here to write."


def to_word(document: Document, drawings: Drawings | None = None) -> bytes:
    """Give the document as the bytes of a .docx. drawings: of its figures, where they have been made already for another format.

    >>> to_word(Document("Draft", "", "", blocks=(Paragraph("<w:p/> stays text"),)))[:2]
    b'PK'
    """
    from docx import Document as new_file

    file = new_file()
    dress(file, document)
    drawn = draw(document) if drawings is None else drawings
    _write(file, _opening(document))
    stretches = runs(document)
    for stretch in stretches:
        for place in stretch.places:
            if isinstance(place.block, Figure):
                _picture(file, place.block, place.number, drawn[place.block.name])
            elif isinstance(place.block, Bullets):
                _bullets(file, place.block)
            else:
                _write(file, _elements(place, stretch))
        end_section(file, turned=stretch.turned, last=stretch is stretches[-1])
    return packed(file)


def _write(file: docx.document.Document, elements: Iterable[BaseOxmlElement]) -> None:
    """Put elements at the end of the text, before what closes it."""
    for each in elements:
        file.element.body.insert_element_before(each, "w:sectPr")


def _opening(document: Document) -> Iterator[BaseOxmlElement]:
    yield from [paragraph(run(document.notice), style="Notice")] if document.notice else []
    yield paragraph(run(document.title), style="Title")
    yield from [paragraph(run(document.subtitle, soft=True), style="Subtitle")] if document.subtitle else []


def _elements(place: Placed, stretch: Run) -> Iterator[BaseOxmlElement]:
    """A block as paragraphs and tables."""
    match block := place.block:
        case Heading():
            yield paragraph(run(block.text), style=f"Heading{block.level - 1}")
        case Paragraph():
            yield paragraph(run(block.text, bold=block.lead))
        case Table():
            yield paragraph(run(f"Table {place.number}. {block.title}"), style="Caption")
            yield table(block, widths(block, stretch.width), f"table-{place.number}")
            below = [*block.notes, *([f"Source: {block.source}"] if block.source else [])]
            yield from (paragraph(run(words, soft=True), style="Note") for words in below or [""])
        case Answer():
            yield from _answer(block, place.number)
        case Choice():
            boxes = (
                (blank(), blank(), tick_box(f"choice-{place.number}-{number}", option), blank(), run(option))
                for number, option in enumerate(block.options, start=1)
            )
            yield paragraph(run(f"{block.title}:", bold=True), *itertools.chain.from_iterable(boxes))
        case Notice():
            yield paragraph(run(f"{NOTICES[block.kind]}:", bold=True), blank(), run(block.text), style="Notice")
        case Facts():
            yield from (
                paragraph(run(f"{name}:", bold=True), blank(), run(value), style="Fact") for name, value in block.items
            )


def _answer(block: Answer, number: int) -> Iterator[BaseOxmlElement]:
    """The place, with help, owner and day in its prompt, so that nothing of them is left in what is sent."""
    if block.headed:
        yield paragraph(run(block.title, bold=True), style="AnswerTitle")
    prompt = ("" if block.headed else block.title, WRITE_HERE, block.help, block.whose)
    yield paragraph(field(f"answer-{number}", block.title, block.lines, tuple(filter(None, prompt))), style="Answer")


def _bullets(file: docx.document.Document, block: Bullets) -> None:
    """A list; a numbered one begins at 1 again."""
    style = "ListNumber" if block.ordered else "ListBullet"
    listed = new_numbers(file) if block.ordered else 0
    _write(file, (paragraph(run(item), style=style, listed=listed) for item in block.items))


def _picture(file: docx.document.Document, block: Figure, number: int, drawings: tuple[str, ...]) -> None:
    """A figure: its caption, and its drawing as pictures with words for those who cannot see them."""
    from docx.shared import Pt

    _write(file, [paragraph(run(f"Figure {number}. {block.title}"), style="Caption")])
    for drawing in drawings:
        shape = file.add_picture(io.BytesIO(picture(drawing, block.chart.alt)), width=Pt(picture_width(drawing)))
        described = shape._inline.docPr
        described.set("descr", plain(block.chart.alt))
        described.set("title", plain(block.title))
