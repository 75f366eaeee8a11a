"""Takes an Assessment and a folder; writes the report there: HTML, Markdown with its charts, and the record that replays."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from eia import budget
from eia.errors import EiaError, Fault
from eia.findings.assessment import Assessment
from eia.findings.record import to_json
from eia.present.charts.drawings import draw
from eia.present.documents.draft_eia import document
from eia.present.documents.html import to_html
from eia.present.documents.markdown import to_markdown
from eia.present.documents.model import Document
from eia.reading import read_file
from eia.writing import WORK, write_file, write_files

ELSEWHERE = "Choose another folder with --out."
_PAGES, _RECORD = ("report.html", "report.md"), "assessment.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """Where the report is."""

    html: Path
    markdown: Path
    record: Path


def report_files(assessment: Assessment) -> dict[str, str]:
    """The texts of the report by file name: report.html, report.md, assessment.json and the charts beside report.md."""
    report = document(assessment)
    drawings = draw(report)
    markdown, charts = to_markdown(report, drawings)
    page = to_html(report, drawings)
    return {"report.html": page, "report.md": markdown, "assessment.json": to_json(assessment), **charts}


def write_report(assessment: Assessment, folder: str | os.PathLike[str]) -> Written:
    """Write the report into a folder, which is made when it is not there.

    Raises
    ------
    EiaError where the folder cannot be written to, or has a file of such a name that is of no report of ours; what was there is then still
    there, whole.
    """
    texts, folder = report_files(assessment), Path(folder)
    _refuse_files_of_others(folder)
    contents = {name: text.encode() for name, text in texts.items()}
    stale = set(_charts_shown(folder / "report.md")) - set(texts)
    write_files(folder, contents, what="The report", do=ELSEWHERE, gone=stale)
    return Written(html=folder / "report.html", markdown=folder / "report.md", record=folder / "assessment.json")


def _refuse_files_of_others(folder: Path) -> None:
    """Refuse to replace pages without the record that every report of ours has beside them."""
    there = [name for name in _PAGES if os.path.lexists(folder / name)]
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


def _charts_shown(report: Path) -> list[str]:
    """The charts of the report that is there already: only these are ours to remove."""
    text = ""
    with suppress(OSError):
        text = read_file(report, budget.REPORT_BYTES).decode(errors="replace")
    return re.findall(r"\]\((charts/[A-Za-z0-9_-]+\.svg)\)", text)
