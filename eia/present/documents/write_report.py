"""Takes an Assessment and a folder; writes its documents there: as HTML, Markdown, Word, PDF and a workbook, with charts, and the record that replays."""

from __future__ import annotations

import io
import os
import re
import zipfile
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from eia import budget
from eia.errors import EiaError, Fault
from eia.findings.assessment import Assessment
from eia.findings.record import to_json
from eia.present.attachments.to_attach import BUNDLE, FOLDER
from eia.present.charts.drawings import Drawings, draw
from eia.present.documents.annex import annex
from eia.present.documents.draft import draft
from eia.present.documents.html import to_html
from eia.present.documents.markdown import to_markdown
from eia.present.documents.members_sheet import members_sheet
from eia.present.documents.model import Document
from eia.present.documents.response import response
from eia.present.documents.speaking_note import speaking_note
from eia.present.formats.paper_files import WITH_CHARTS, file_names, paper_files
from eia.reading import read_file
from eia.writing import WORK, write_file, write_files

ELSEWHERE = "Choose another folder with --out."
DOCUMENTS: Mapping[str, Callable[[Assessment], Document]] = {
    "draft": draft,
    "response": response,
    "speaking-note": speaking_note,
    "members-sheet": members_sheet,
    "annex": annex,
}
"""Every document by the stem of its files; every writer goes through these."""
FOR_WHOM: Mapping[str, str] = {
    "draft": "for whoever decides, and for an officer to finish",
    "response": "for the employer, from the union",
    "speaking-note": "for whoever speaks at the meeting",
    "members-sheet": "for members: no figures of groups",
    "annex": "for whoever checks the figures",
}

_RECORD = "assessment.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """Where the documents are, in order: the web page of each by its name, and its files to send; the charts to attach; and the record."""

    pages: Mapping[str, Path]
    sent: Mapping[str, tuple[Path, ...]]
    charts: Path | None
    record: Path


def report_files(assessment: Assessment, only: Collection[str] = ()) -> dict[str, str]:
    """The texts of the documents by file name, of all of them or of some: draft.html, draft.md and so on, assessment.json and the charts."""
    return _texts(assessment, _made(assessment, only))


def write_report(assessment: Assessment, folder: str | os.PathLike[str], only: Collection[str] = ()) -> Written:
    """Write the documents into a folder, which is made when it is not there: the texts, and the files to send. only: the names of some of
    them, such as "draft"; all by default.

    Raises
    ------
    EiaError where the folder cannot be written to, or has a file of such a name that is of no report of ours; what was there is then still
    there, whole.
    """
    folder = Path(folder)
    made = _made(assessment, only)
    texts, papers = _texts(assessment, made), paper_files(assessment, made)
    _refuse_files_of_others(folder)
    contents = {**{name: text.encode() for name, text in texts.items()}, **papers}
    stale = {*_charts_shown(folder, made), *(_charts_sent(folder) if WITH_CHARTS in made else ())} - set(contents)
    write_files(folder, contents, what="The report", do=ELSEWHERE, gone=stale)
    return Written(
        pages={name: folder / f"{name}.html" for name in made},
        sent={name: tuple(folder / file for file in file_names(name)) for name in made},
        charts=folder / BUNDLE if BUNDLE in papers else None,
        record=folder / _RECORD,
    )


def files_to_send(assessment: Assessment, name: str) -> dict[str, bytes]:
    """The files of one document to send, by file name; those of the draft with the charts to attach, in one file."""
    files = paper_files(assessment, _made(assessment, [name]))
    return {file: content for file, content in files.items() if "/" not in file}


def _made(assessment: Assessment, only: Collection[str]) -> dict[str, tuple[Document, Drawings]]:
    """The documents that are wanted, each with the drawings of its figures."""
    documents = {name: DOCUMENTS[name](assessment) for name in DOCUMENTS if not only or name in only}
    return {name: (document, draw(document)) for name, document in documents.items()}


def _texts(assessment: Assessment, made: Mapping[str, tuple[Document, Drawings]]) -> dict[str, str]:
    texts: dict[str, str] = {_RECORD: to_json(assessment)}
    for name, (document, drawings) in made.items():
        markdown, charts = to_markdown(document, drawings)
        texts |= {f"{name}.html": to_html(document, drawings), f"{name}.md": markdown, **charts}
    return texts


def _refuse_files_of_others(folder: Path) -> None:
    """Refuse to replace files without the record that every report of ours has beside them."""
    ours = [name for stem in DOCUMENTS for name in (f"{stem}.html", f"{stem}.md", *file_names(stem))]
    there = [name for name in ours if os.path.lexists(folder / name)]
    if there and not (folder / _RECORD).is_file() and not (folder / WORK).is_dir():
        raise EiaError(Fault(code="would-overwrite", what=f"The folder has files that are of no report: {', '.join(there)}.", file=folder.name,
                             allowed="a new folder, or one with a report and its assessment.json", do=ELSEWHERE))  # fmt: skip


def write_page(page: Document, path: Path) -> Path:
    """Write a document of its own as one web page; its folder is made when it is not there.

    Raises
    ------
    EiaError where it cannot be written there.
    """
    write_file(path, to_html(page).encode(), what="The page", do=ELSEWHERE)
    return path


def _charts_shown(folder: Path, names: Collection[str]) -> Iterator[str]:
    """The charts of the documents that are there already: only these are ours to remove."""
    for name in names:
        with suppress(OSError):
            text = read_file(folder / f"{name}.md", budget.REPORT_BYTES).decode(errors="replace")
            yield from re.findall(r"\]\((charts/[A-Za-z0-9_-]+\.svg)\)", text)


def _charts_sent(folder: Path) -> Iterator[str]:
    """The bundle of charts that is there already, and the files in it."""
    with (
        suppress(OSError, zipfile.BadZipFile),
        zipfile.ZipFile(io.BytesIO(read_file(folder / BUNDLE, budget.REPORT_BYTES))) as bundle,
    ):
        yield from (
            name for name in bundle.namelist() if re.fullmatch(rf"{FOLDER}/[A-Za-z0-9_-]+\.(png|svg|csv)", name)
        )
        yield BUNDLE
