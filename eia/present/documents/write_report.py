"""Takes an Assessment and a folder; writes the report there: HTML, Markdown with its charts, and the record that replays."""

from __future__ import annotations

import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

from eia.errors import EiaError, Fault
from eia.findings.assessment import Assessment
from eia.findings.record import to_json
from eia.present.charts.drawings import draw
from eia.present.documents.draft_eia import document
from eia.present.documents.html import to_html
from eia.present.documents.markdown import to_markdown
from eia.present.documents.model import Document


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

    Everything is made first and moved into place last, so that a fault on the way leaves nothing half written.

    Raises
    ------
    EiaError where the folder cannot be written to.
    """
    texts, folder = report_files(assessment), Path(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder, prefix=".writing-") as name:
            for path, text in texts.items():
                made = Path(name, path)
                made.parent.mkdir(parents=True, exist_ok=True)
                made.write_text(text, encoding="utf-8", newline="\n")
            if any((folder / path).is_dir() for path in texts):
                raise IsADirectoryError
            stale = set(_charts_shown(folder / "report.md")) - set(texts)
            for path in texts:
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                os.replace(Path(name, path), folder / path)
            for path in stale:
                (folder / path).unlink(missing_ok=True)
    except OSError:
        raise EiaError(_cannot_write(folder)) from None
    return Written(html=folder / "report.html", markdown=folder / "report.md", record=folder / "assessment.json")


def write_page(page: Document, path: Path) -> Path:
    """Write a document of its own as one web page; its folder is made when it is not there.

    Raises
    ------
    EiaError where it cannot be written there.
    """
    text = to_html(page)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError:
        raise EiaError(_cannot_write(path.parent)) from None
    return path


def _cannot_write(folder: Path) -> Fault:
    return Fault(
        code="cannot-write", what="The report cannot be written there.", file=str(folder.name),
        allowed="a folder that you may write to, on a disk with room", do="Choose another folder with --out.",
    )  # fmt: skip


def _charts_shown(report: Path) -> list[str]:
    """The charts of the report that is there already: only these are ours to remove."""
    text = report.read_text(encoding="utf-8", errors="replace") if report.is_file() else ""
    return re.findall(r"\]\((charts/[A-Za-z0-9_-]+\.svg)\)", text)
