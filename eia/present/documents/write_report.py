"""Takes an Assessment and a folder; writes its documents there in both editions, confidential and publishable, and the record that replays."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path

from eia.counts.disclosure.published import Published
from eia.errors import EiaError
from eia.findings.assessment import Assessment
from eia.findings.publication import published
from eia.findings.record import to_json
from eia.present.attachments.to_attach import BUNDLE
from eia.present.documents import publishable
from eia.present.documents.annex import annex
from eia.present.documents.draft import draft
from eia.present.documents.html import to_html
from eia.present.documents.members_sheet import members_sheet
from eia.present.documents.model import Document
from eia.present.documents.publishable import PUBLIC, WrittenFigures, public_files, public_there, written_in
from eia.present.documents.response import response
from eia.present.documents.speaking_note import speaking_note
from eia.present.formats.folders import ELSEWHERE, charts_there, refuse_files_of_others
from eia.present.formats.paper_files import file_names, paper_files
from eia.present.formats.text_files import drawn, text_files
from eia.writing import write_file, write_files

FOLDER = "confidential"
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
    "speaking-note": "for whoever speaks at the meeting, on our side only",
    "members-sheet": "for members: no figures of groups, may be handed out",
    "annex": "for whoever checks the figures",
}

_RECORD = "assessment.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """Where the documents are. Of the confidential edition, in order: the web page of each by its name, and its files to send; the charts to
    attach; and the record. published: the same of the publishable edition; refused: why there is none, where that was asked for."""

    pages: Mapping[str, Path]
    sent: Mapping[str, tuple[Path, ...]]
    charts: Path | None
    record: Path
    published: WrittenFigures | None
    refused: str


def report_files(assessment: Assessment, only: Collection[str] = ()) -> dict[str, str]:
    """The texts of the confidential edition by file name, of all documents or of some: draft.html, draft.md and so on, assessment.json and the charts."""
    return {_RECORD: to_json(assessment), **text_files(drawn(_documents(assessment, only)))}


def write_report(assessment: Assessment, folder: str | os.PathLike[str], only: Collection[str] = ()) -> Written:
    """Write the documents into two folders, which are made when they are not there: “confidential” and, of what may be published, “publishable”. only:
    the names of some documents, such as "draft"; all by default. Where nothing may be published, that folder is not written, and what an
    earlier run wrote there is taken away.

    Raises
    ------
    EiaError where the folder cannot be written to, or has a file of such a name that is of no report of ours; what was there is then still
    there, whole.
    """
    folder = Path(folder)
    inside, outside = folder / FOLDER, folder / publishable.FOLDER
    wanted = not only or any(name in PUBLIC for name in only)
    with ThreadPoolExecutor(
        max_workers=1
    ) as beside:  # drawing scores and solving programmes is done outside of Python's lock
        beside.submit(attrgetter("further.scores"), assessment)
        made = drawn(_documents(assessment, only))
        publication = beside.submit(published, assessment) if wanted else None
        files = {_RECORD: to_json(assessment).encode()}
        files |= {name: text.encode() for name, text in text_files(made).items()}
        files |= paper_files(assessment, made)
    gone = {f"{FOLDER}/{name}" for name in charts_there(inside, made) - set(files)}
    refuse_files_of_others(inside, DOCUMENTS, _RECORD)
    contents = {f"{FOLDER}/{name}": content for name, content in files.items()}
    figures: Published | None = None
    public, refused = {}, ""
    if publication:
        refuse_files_of_others(outside, PUBLIC, publishable.RECORD)
        try:
            figures = publication.result()
        except EiaError as error:
            refused = " ".join(filter(None, (error.faults[0].what, error.faults[0].do)))
            gone |= {f"{publishable.FOLDER}/{name}" for name in public_there(outside)}
        else:
            public = public_files(assessment, figures, only)
            made_before = charts_there(outside, [name for name in PUBLIC if f"{name}.html" in public])
            gone |= {f"{publishable.FOLDER}/{name}" for name in made_before - set(public)}
            contents |= {f"{publishable.FOLDER}/{name}": content for name, content in public.items()}
    write_files(folder, contents, what="The report", do=ELSEWHERE, gone=gone)
    return Written(
        pages={name: inside / f"{name}.html" for name in made},
        sent={name: tuple(inside / file for file in file_names(name)) for name in made},
        charts=inside / BUNDLE if BUNDLE in files else None,
        record=inside / _RECORD,
        published=written_in(outside, figures, public) if figures else None,
        refused=refused,
    )


def files_to_send(assessment: Assessment, name: str) -> dict[str, bytes]:
    """The files of one document to send, by file name; those of the draft with the charts to attach, in one file."""
    files = paper_files(assessment, drawn(_documents(assessment, [name])))
    return {file: content for file, content in files.items() if "/" not in file}


def told(written: Written) -> list[str]:
    """What is where, and for whom: a line each."""
    apart = ": of these, only the members’ sheet may be handed out" if "members-sheet" in written.pages else ""
    lines = [f"{written.record.parent}: for those entitled to the figures. Do not publish it{apart}."]
    for name, page in written.pages.items():
        also = ", ".join(path.suffix for path in written.sent[name])
        lines.append(f"  {page.name} (also {also}, .md): {FOR_WHOM[name]}")
    if written.charts:
        lines.append(f"  {written.charts.name}: every chart to attach, as a picture, a drawing and numbers")
    lines.append(f"  {written.record.name}: the record that makes all of these again")
    if written.published:
        lines += publishable.told(written.published)
    if "annex" not in written.pages and written.pages.keys() - {"members-sheet"}:
        lines.append("The annex was not written, and these refer to it. To write it too, add --only annex.")
    if written.refused:
        lines.append(f"No publishable edition: {written.refused}")
    return lines


def _documents(assessment: Assessment, only: Collection[str]) -> dict[str, Document]:
    """The documents that are wanted."""
    return {name: make(assessment) for name, make in DOCUMENTS.items() if not only or name in only}


def write_page(page: Document, path: Path) -> Path:
    """Write a document of its own as one web page; its folder is made when it is not there.

    Raises
    ------
    EiaError where it cannot be written there.
    """
    write_file(path, to_html(page).encode(), what="The page", do=ELSEWHERE)
    return path
