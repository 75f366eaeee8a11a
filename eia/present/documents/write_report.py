"""Takes an Assessment and a folder; writes the report there: HTML, Markdown with its charts, and the record that replays."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from eia.findings.assessment import Assessment
from eia.findings.record import to_json
from eia.present.charts.drawings import draw
from eia.present.documents.draft_eia import document
from eia.present.documents.html import to_html
from eia.present.documents.markdown import to_markdown
from eia.present.documents.model import Document
from eia.writing import write_file, write_files

ELSEWHERE = "Choose another folder with --out."


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
    EiaError where the folder cannot be written to; the report before is then still there, whole.
    """
    texts, folder = report_files(assessment), Path(folder)
    contents = {name: text.encode() for name, text in texts.items()}
    stale = set(_charts_shown(folder / "report.md")) - set(texts)
    write_files(folder, contents, what="The report", do=ELSEWHERE, gone=stale)
    return Written(html=folder / "report.html", markdown=folder / "report.md", record=folder / "assessment.json")


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
    text = report.read_text(encoding="utf-8", errors="replace") if report.is_file() else ""
    return re.findall(r"\]\((charts/[A-Za-z0-9_-]+\.svg)\)", text)
