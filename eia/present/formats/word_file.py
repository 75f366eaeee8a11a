"""Takes a new Word file and a Document; gives it its looks: language, styles, marks on every page, upright and turned sections, and its bytes."""

from __future__ import annotations

import copy
import datetime as dt
import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from eia.present.documents.model import MARKS, Document, plain
from eia.present.formats.layout import LETTERS, MARGIN, SMALL
from eia.present.formats.word_parts import PROMPT, SOFT, blank, counted, element, paragraph, run
from eia.present.formats.zipped import zipped

if TYPE_CHECKING:
    import docx.document
    from docx.oxml.xmlchemy import BaseOxmlElement

FONT, INK, ACCENT, SHADE = "Arial", "1A1A1A", "12436D", "ECEFF3"
_WHEN = dt.datetime(2000, 1, 1)  # the same file every time
_PAGE = ("11906", "16838")  # A4, in twentieths of a point
_LONGEST = 255  # letters, of a property
_NUMBERED = 5  # the list of python-docx's own template that numbers with figures


@dataclass(frozen=True, slots=True)
class _Look:
    """How a style looks: letters in points, the space around a paragraph in points. kept: on the page of what follows. whole: on one page."""

    size: float
    before: float = 0.0
    after: float = 6.0
    bold: bool = False
    colour: str = INK
    kept: bool = False
    whole: bool = False
    shade: str = ""


_LOOKS: Mapping[str, _Look] = {
    "Normal": _Look(10),
    "Title": _Look(20, before=6, after=2, bold=True, kept=True),
    "Subtitle": _Look(12, after=8, colour=SOFT, kept=True),
    "Heading 1": _Look(14, before=14, after=5, bold=True, colour=ACCENT, kept=True),
    "Heading 2": _Look(11.5, before=9, after=3, bold=True, kept=True),
    "Heading 3": _Look(10, before=8, after=3, bold=True, kept=True),
    "Heading 4": _Look(10, before=8, after=3, kept=True),
    "Heading 5": _Look(10, before=8, after=3, kept=True),
    "Caption": _Look(10, before=9, after=4, bold=True, kept=True),
    "List Bullet": _Look(10, after=3),
    "List Number": _Look(10, after=3),
    "Header": _Look(8.5, colour=SOFT),
    "Footer": _Look(8.5, colour=SOFT),
    "Cell": _Look(LETTERS, before=2, after=2),
    "Small Cell": _Look(SMALL, before=1.5, after=1.5),
    "Note": _Look(8.5, before=3, after=5),
    "Fact": _Look(10, after=1),
    "Answer": _Look(10, before=4, after=6, whole=True),
    "Answer Title": _Look(10, before=10, after=0, kept=True),
    "Notice": _Look(10, before=3, after=6, shade=SHADE),
}


def dress(file: docx.document.Document, document: Document) -> None:
    """Give a new file the looks of a document: its properties, language, styles, and the mark on every page."""
    about = file.core_properties
    about.title, about.subject = plain(document.title)[:_LONGEST], plain(document.subtitle)[:_LONGEST]
    about.language = document.language
    about.author = about.comments = about.last_modified_by = ""
    about.created = about.modified = _WHEN
    for name, look in _LOOKS.items():
        _style(file, name, look)
    _prompts(file)
    _speak(file, document.language)
    _page(file.element.body.sectPr, turned=False)
    section = file.sections[0]
    mark = run(MARKS[document.edition], bold=True)
    head = paragraph(mark, run(":"), blank(), run(document.title), style="Header")
    number = (run("Page"), blank(), counted("PAGE"), blank(), run("of"), blank(), counted("NUMPAGES"))
    foot = paragraph(*number, style="Footer", side="right")
    for part, words in ((section.header, head), (section.footer, foot)):
        part.is_linked_to_previous = False
        part._element[:] = [words]
    package = file.part.package
    pictured = [key for key, each in package.rels.items() if each.reltype.endswith("/thumbnail")]
    for key in pictured:  # of another document: the template's
        del package.rels[key]


def _style(file: docx.document.Document, name: str, look: _Look) -> None:
    """Set a style anew, so that nothing of a theme is left in it; its place in lists stays."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn

    styles = file.styles
    style = styles[name] if name in styles else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    made = style.element
    own = made.find(qn("w:pPr"))
    numbers = [] if own is None else own.findall(qn("w:numPr"))
    level = [] if own is None else own.findall(qn("w:outlineLvl"))
    for old in (own, made.find(qn("w:rPr"))):
        if old is not None:
            made.remove(old)
    kept = [element("keepNext")] if look.kept else []
    whole = [element("keepLines")] if look.kept or look.whole else []
    shade = [element("shd", val="clear", color="auto", fill=look.shade)] if look.shade else []
    space = element("spacing", before=_twips(look.before), after=_twips(look.after), line="259", lineRule="auto")
    made.append(element("pPr", *kept, *whole, *numbers, *shade, space, *level))
    size = str(round(2 * look.size))
    fonts = element("rFonts", ascii=FONT, hAnsi=FONT, eastAsia=FONT, cs=FONT)
    bold = [element("b"), element("bCs")] if look.bold else []
    made.append(element("rPr", fonts, *bold, element("color", val=look.colour), element("sz", val=size), element("szCs", val=size)))  # fmt: skip


def _prompts(file: docx.document.Document) -> None:
    """Set prompts apart by their letters alone: the mark goes with them, and leaves the paragraph as any other."""
    from docx.enum.style import WD_STYLE_TYPE

    made = file.styles.add_style(PROMPT, WD_STYLE_TYPE.CHARACTER, builtin=True).element
    made.append(element("rPr", element("color", val=SOFT), element("shd", val="clear", color="auto", fill=SHADE)))


def _speak(file: docx.document.Document, language: str) -> None:
    """Set the language that words are read aloud and spelled in, and say that the file is of today's Word."""
    from docx.oxml.ns import qn

    defaults = next(file.styles.element.iter(qn("w:rPrDefault")))[0]
    defaults[:] = [element("rFonts", ascii=FONT, hAnsi=FONT, eastAsia=FONT, cs=FONT), element("lang", val=language, eastAsia=language)]  # fmt: skip
    settings = file.settings.element
    for each in settings.iter(qn("w:themeFontLang")):
        each.set(qn("w:val"), language)
    for each in settings.iter(qn("w:compatSetting")):
        if each.get(qn("w:name")) == "compatibilityMode":
            each.set(qn("w:val"), "15")


def new_numbers(file: docx.document.Document) -> int:
    """Begin a numbered list at 1; gives the number that its paragraphs name."""
    from docx.oxml.ns import qn

    numbering = file.part.numbering_part.element
    like = next(each for each in numbering.num_lst if each.numId == _NUMBERED)
    made = numbering.add_num(like.find(qn("w:abstractNumId")).val)
    made.add_lvlOverride(0).add_startOverride(1)
    number: int = made.numId
    return number


def end_section(file: docx.document.Document, *, turned: bool, last: bool) -> None:
    """Close the pages since the section before: upright or turned ones."""
    closing = file.element.body.sectPr
    if last:
        _page(closing, turned=turned)
        return
    section = copy.deepcopy(closing)  # with the marks of every page
    _page(section, turned=turned)
    closing.addprevious(element("p", element("pPr", element("spacing", before="0", after="0", line="20", lineRule="exact"), section)))  # fmt: skip


def _page(section: BaseOxmlElement, *, turned: bool) -> None:
    from docx.oxml.ns import qn

    short, long = _PAGE
    size = {"w": long, "h": short, "orient": "landscape"} if turned else {"w": short, "h": long}
    edge = _twips(MARGIN)
    margins = dict.fromkeys(("top", "right", "bottom", "left"), edge)
    for name, values in (("pgSz", size), ("pgMar", {**margins, "header": "480", "footer": "480", "gutter": "0"})):
        section.replace(section.find(qn(f"w:{name}")), element(name, **values))


def packed(file: docx.document.Document) -> bytes:
    """The bytes of the file, the same every time."""
    content = io.BytesIO()
    file.save(content)
    with zipfile.ZipFile(content) as bundle:
        return zipped({part.filename: bundle.read(part) for part in bundle.infolist()})


def _twips(points: float) -> str:
    return str(round(20 * points))
