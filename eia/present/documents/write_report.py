"""Takes an Assessment and a folder; writes its documents there: each as HTML and as Markdown with its charts, and the record that replays."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from eia import budget
from eia.errors import EiaError, Fault
from eia.findings.assessment import Assessment
from eia.findings.record import to_json
from eia.present.charts.drawings import draw
from eia.present.documents.annex import annex
from eia.present.documents.draft import draft
from eia.present.documents.html import to_html
from eia.present.documents.markdown import to_markdown
from eia.present.documents.members_sheet import members_sheet
from eia.present.documents.model import Document
from eia.present.documents.response import response
from eia.present.documents.speaking_note import speaking_note
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
_RECORD = "assessment.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """Where the documents are: the web page of each by its name, in order; and the record."""

    pages: Mapping[str, Path]
    record: Path


def report_files(assessment: Assessment, only: Collection[str] = ()) -> dict[str, str]:
    """The texts of the documents by file name, of all of them or of some: draft.html, draft.md and so on, assessment.json and the charts."""
    texts: dict[str, str] = {_RECORD: to_json(assessment)}
    for name in _chosen(only):
        made = DOCUMENTS[name](assessment)
        drawings = draw(made)
        markdown, charts = to_markdown(made, drawings)
        texts |= {f"{name}.html": to_html(made, drawings), f"{name}.md": markdown, **charts}
    return texts


def write_report(assessment: Assessment, folder: str | os.PathLike[str], only: Collection[str] = ()) -> Written:
    """Write the documents into a folder, which is made when it is not there. only: the names of some of them, such as "draft"; all by default.

    Raises
    ------
    EiaError where the folder cannot be written to, or has a file of such a name that is of no report of ours; what was there is then still
    there, whole.
    """
    texts, folder = report_files(assessment, only), Path(folder)
    _refuse_files_of_others(folder)
    contents = {name: text.encode() for name, text in texts.items()}
    stale = set(_charts_shown(folder, _chosen(only))) - set(texts)
    write_files(folder, contents, what="The report", do=ELSEWHERE, gone=stale)
    return Written(pages={name: folder / f"{name}.html" for name in _chosen(only)}, record=folder / _RECORD)


def _chosen(only: Collection[str]) -> tuple[str, ...]:
    return tuple(name for name in DOCUMENTS if not only or name in only)


def _refuse_files_of_others(folder: Path) -> None:
    """Refuse to replace pages without the record that every report of ours has beside them."""
    pages = (f"{name}{ending}" for name in DOCUMENTS for ending in (".html", ".md"))
    there = [name for name in pages if os.path.lexists(folder / name)]
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
