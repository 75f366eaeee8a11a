"""Takes words and sizes; gives the elements of a Word file that python-docx has no name for: fields to fill in, boxes to tick, tables
with widths and repeated heads, and the words of a picture."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from eia.present.documents.model import Table, TableColumn, plain
from eia.present.formats.layout import LETTERS, PADDING, TOGETHER, letters

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

_BOX, _TICKED = "2610", "2612"
_BOXES = "MS Gothic"  # the font that Word itself draws boxes with
_ALIAS = 60  # letters that Word takes as the name of a field
_RULE, _INK = {"val": "single", "sz": "4", "space": "0", "color": "9AA3AD"}, {"val": "single", "sz": "8", "space": "0", "color": "1A1A1A"}  # fmt: skip
SOFT = "595959"
PROMPT = "Placeholder Text"
"""The style of a prompt, by the name that Word itself gives it: what is typed instead is in the style of its paragraph."""


def element(name: str, *children: BaseOxmlElement, **attributes: str) -> BaseOxmlElement:
    """An element of Word, of its first namespace where none is named, with such attributes and children.

    >>> 'w:before="120"' in element("spacing", before="120").xml
    True
    """
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    full = name if ":" in name else f"w:{name}"
    made = OxmlElement(full)
    for key, value in attributes.items():
        made.set(qn(f"{full.partition(':')[0]}:{key}"), value)
    made.extend(children)
    return made


def run(words: str, *, bold: bool = False, soft: bool = False) -> BaseOxmlElement:
    """Words in one look, shown as they stand, without the blanks at their ends."""
    text = element("t")
    text.text = plain(words)
    look = [element("b")] if bold else []
    look += [element("color", val=SOFT)] if soft else []
    return element("r", *([element("rPr", *look)] if look else []), text)


def blank() -> BaseOxmlElement:
    """A space between runs."""
    from docx.oxml.ns import qn

    made = run("")
    made[0].text = " "
    made[0].set(qn("xml:space"), "preserve")
    return made


def paragraph(
    *runs: BaseOxmlElement, style: str = "", kept: bool = False, listed: int = 0, side: str = ""
) -> BaseOxmlElement:
    """A paragraph of runs. kept: on the page of what follows. listed: the list that it is numbered in. side: where its lines end alike."""
    look = [element("pStyle", val=style)] if style else []
    look += [element("keepNext")] if kept else []
    look += [element("numPr", element("ilvl", val="0"), element("numId", val=str(listed)))] if listed else []
    look += [element("jc", val=side)] if side else []
    return element("p", *([element("pPr", *look)] if look else []), *runs)


def field(tag: str, title: str, lines: Sequence[str], prompt: Sequence[str]) -> BaseOxmlElement:
    """A place to type in, with a name of its own: its lines below one another, or those of its prompt, which all go when somebody types."""
    properties = _named(tag, title)
    properties.extend(
        [*([] if lines else [element("showingPlcHdr")]), element("richText")]
    )  # LibreOffice takes lines and looks out of a plain text
    shown = [run(line) if lines else _prompt(line) for line in lines or prompt]
    for later in shown[1:]:
        later.insert(-1, element("br"))  # before its words
    return element("sdt", properties, element("sdtContent", *shown))


def _prompt(words: str) -> BaseOxmlElement:
    made = run(words)
    made.insert(0, element("rPr", element("rStyle", val=PROMPT.replace(" ", ""))))
    return made


def tick_box(tag: str, title: str) -> BaseOxmlElement:
    """A box that nobody has ticked."""
    properties = _named(tag, title)
    states = {"checkedState": _TICKED, "uncheckedState": _BOX}
    looks = (element(f"w14:{name}", val=letter, font=_BOXES) for name, letter in states.items())
    properties.append(element("w14:checkbox", element("w14:checked", val="0"), *looks))
    shown = run(chr(int(_BOX, 16)))
    shown.insert(0, element("rPr", element("rFonts", ascii=_BOXES, hAnsi=_BOXES, eastAsia=_BOXES)))
    return element("sdt", properties, element("sdtContent", shown))


def _named(tag: str, title: str) -> BaseOxmlElement:
    """What a field is called: by Word, by programs, and by a number that the tag gives."""
    number = str(zlib.crc32(tag.encode()) & 0x7FFFFFFF)
    return element("sdtPr", element("alias", val=plain(title)[:_ALIAS]), element("tag", val=tag), element("id", val=number))  # fmt: skip


def counted(instruction: str) -> BaseOxmlElement:
    """A number that Word works out, such as that of the page."""
    return element("fldSimple", run("1"), instr=instruction)


def table(block: Table, widths: Sequence[float], tag: str) -> BaseOxmlElement:
    """A table of these widths in points: rules across and none down, the head again on every page, no row cut in two. tag: its own, from which
    places to type in have theirs."""
    twips = [str(round(20 * width)) for width in widths]
    size = letters(block)
    style, margin = ("Cell" if size == LETTERS else "SmallCell"), str(round(10 * PADDING * size / LETTERS))
    borders = [element(side, **_INK) for side in ("top", "bottom")] + [element("insideH", **_RULE)]
    properties = element(
        "tblPr",
        element("tblW", w=str(sum(map(int, twips))), type="dxa"),
        element("tblBorders", *borders),
        element("tblLayout", type="fixed"),
        element("tblCellMar", *(element(side, w=margin, type="dxa") for side in ("left", "right"))),
        element("tblLook", val="0620" if not block.row_headers else "06A0"),
        element("tblCaption", val=plain(block.title)),
    )
    grid = element("tblGrid", *(element("gridCol", w=width) for width in twips))
    sides = ["right" if column.numeric else "left" for column in block.columns]
    head = [
        _cell([run(column.title, bold=True)], width, side, style, heading=True)
        for column, width, side in zip(block.columns, twips, sides, strict=True)
    ]
    rows = [_row(head, head=True)]
    left = len(block.rows)
    together = left <= TOGETHER
    for heading, body in block.bodies:
        if heading:
            words = [run(heading, bold=True)]
            rows.append(_row([_cell(words, str(sum(map(int, twips))), "left", style, over=len(twips), heading=True)]))
        for row in body:
            left -= 1
            kept = together and left > 0
            cells = enumerate(zip(row, block.columns, twips, sides, strict=True))
            rows.append(_row([
                _cell([_content(cell, column, f"{tag}-{left}-{at}", row[0])], width, side, style, kept=kept)
                for at, (cell, column, width, side) in cells
            ]))  # fmt: skip
    return element("tbl", properties, grid, *rows)


def _content(cell: str, column: TableColumn, tag: str, of: str) -> BaseOxmlElement:
    """The words of a cell, or a place to type in with these as its prompt."""
    return field(tag, f"{column.title}: {of}", (), (cell,)) if column.written else run(cell)


def _row(cells: Sequence[BaseOxmlElement], *, head: bool = False) -> BaseOxmlElement:
    whole = [element("cantSplit"), *([element("tblHeader")] if head else [])]
    return element("tr", element("trPr", *whole), *cells)


def _cell(
    runs: Sequence[BaseOxmlElement],
    width: str,
    side: str,
    style: str,
    *,
    over: int = 1,
    heading: bool = False,
    kept: bool = False,
) -> BaseOxmlElement:
    """A cell; ``over`` columns wide. heading: its words at the bottom. kept: on the page of the row that follows, as headings are."""
    properties = [element("tcW", w=width, type="dxa")]
    properties += [element("gridSpan", val=str(over))] if over > 1 else []
    properties += [element("tcBorders", element("bottom", **_INK))] if heading and over == 1 else []
    properties += [element("vAlign", val="bottom")] if heading else []
    return element("tc", element("tcPr", *properties), paragraph(*runs, style=style, kept=heading or kept, side=side))
