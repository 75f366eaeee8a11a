"""Takes an Assessment; gives the files that a visitor can save, each with what it is for. None is made before it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from eia.findings.assessment import Assessment
from eia.present.attachments.card import Attachment
from eia.present.attachments.to_attach import BUNDLE, FOLDER, attached_files
from eia.present.documents.html import to_html
from eia.present.documents.markdown import to_markdown
from eia.present.documents.model import Document, Edition
from eia.present.documents.publishable import PUBLIC
from eia.present.documents.write_report import DOCUMENTS, FOR_WHOM, files_to_send
from eia.present.figures.model import Figures
from eia.present.formats.paper_files import ENDINGS
from eia.present.formats.pdf import to_pdf
from eia.present.formats.word import to_word
from eia.present.formats.zipped import zipped
from eia.present.text.words import capital

FIRST = "response"
"""The document that most people come for."""
TITLES: Mapping[str, str] = {
    "draft": "Draft", "response": "Response", "speaking-note": "Speaking note", "members-sheet": "Members’ sheet", "annex": "Annex",
}  # fmt: skip
FORMATS: Mapping[str, tuple[str, str]] = {
    "docx": ("Word", "To write in, and to put your letterhead on."),
    "pdf": ("PDF", "To read and print as it stands."),
    "xlsx": ("workbook", "Every long table, with numbers that a spreadsheet counts with."),
    "html": ("web page", "Opens in any browser, and on a telephone."),
    "zip": ("Markdown (zip)", "Plain text with its charts beside it, to put on an intranet."),
}
"""What a kind of file is called, and what it is for, by the end of its name."""
CHART_FORMATS: Mapping[str, tuple[str, str]] = {
    "png": ("Chart as picture (PNG)", "For Word, slides and email."),
    "svg": ("Chart as drawing (SVG)", "Sharp at any size, for print and the web."),
    "csv": ("Numbers of this chart (CSV)", "For a spreadsheet."),
}


_PUBLIC = "-to-publish"
_AFTER: Mapping[Edition, str] = {"confidential": "", "publishable": _PUBLIC}
"""The end of the names of files, so that the two editions are not taken for one another in a folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """One file. label: what it is, told apart from every other on the page; purpose: what it is for; make: gives its content."""

    label: str
    purpose: str
    file: str
    make: Callable[[], bytes]


def documents() -> Mapping[str, str]:
    """The documents by name, with their titles: the one that most people come for is first.

    >>> list(documents())[:2], documents()["speaking-note"]
    (['response', 'draft'], 'Speaking note')
    """
    return {name: TITLES[name] for name in (FIRST, *(name for name in DOCUMENTS if name != FIRST))}


def for_whom(name: str) -> str:
    """Whom a document is for, as a sentence."""
    return f"{capital(FOR_WHOM[name])}."


def document(assessment: Assessment, name: str, shown: Figures | None = None) -> Document:
    """One of the documents; of what may be published, where such figures are given."""
    return PUBLIC[name](assessment, shown) if shown else DOCUMENTS[name](assessment)


def downloads(assessment: Assessment, name: str, made: Document, *, to_publish: bool = False) -> tuple[Download, ...]:
    """The files of one document that has been made, those that are sent first; what is to be published says so in its names."""
    title, stem = (f"{documents()[name]} to publish", f"{name}{_PUBLIC}") if to_publish else (documents()[name], name)
    make: Mapping[str, Callable[[], bytes]] = {
        "docx": lambda: to_word(made),
        "pdf": lambda: to_pdf(made),
        "xlsx": lambda: files_to_send(assessment, name)[f"{name}.xlsx"],
        "html": lambda: to_html(made).encode(),
        "zip": lambda: markdown_zip(made, stem),
    }
    endings = (*ENDINGS[name], "html", "zip")
    return tuple(
        Download(label=f"{title} as {kind}", purpose=purpose, file=f"{stem}.{ending}", make=make[ending])
        for ending, (kind, purpose) in ((ending, FORMATS[ending]) for ending in endings)
    )


def markdown_zip(made: Document, stem: str) -> bytes:
    """A document as Markdown with its charts beside it."""
    text, drawn = to_markdown(made)
    return zipped({file: content.encode() for file, content in {f"{stem}.md": text, **drawn}.items()})


def of_chart(attachment: Attachment) -> tuple[Download, ...]:
    """The files of one chart to attach."""
    return tuple(
        Download(label=label, purpose=purpose, file=f"{attachment.name}{_AFTER[attachment.edition]}.{ending}",
                 make=partial(_chart_file, attachment, ending))
        for ending, (label, purpose) in CHART_FORMATS.items()
    )  # fmt: skip


def _chart_file(attachment: Attachment, ending: str) -> bytes:
    return attached_files((attachment,))[f"{FOLDER}/{attachment.name}.{ending}"]


def every_chart(attachments: tuple[Attachment, ...]) -> Download:
    """All charts in one file."""
    return Download(label="Everything to attach (zip)", purpose="Every chart as picture, drawing and numbers.", file=BUNDLE.replace(".", f"{_AFTER[attachments[0].edition]}."),
                    make=lambda: attached_files(attachments)[BUNDLE])  # fmt: skip
