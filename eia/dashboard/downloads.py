"""Takes an Assessment; gives the files that a visitor can save: the report, its charts and tables, and the record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from eia.findings.assessment import Assessment
from eia.present.charts.drawings import parts
from eia.present.charts.specs import Chart
from eia.present.documents.markdown import to_markdown
from eia.present.documents.model import Document, Figure, Table
from eia.present.formats.zipped import zipped


def markdown_zip(document: Document) -> bytes:
    """The report as Markdown with its charts beside it."""
    text, charts = to_markdown(document)
    return zipped({name: content.encode() for name, content in {"report.md": text, **charts}.items()})


def charts(figures: Iterable[Figure]) -> Mapping[str, tuple[str, Chart]]:
    """Charts by title, long ones in parts: the stem of a file name, and the chart."""
    return {
        piece.title: (figure.name if number == 1 else f"{figure.name}-{number}", piece)
        for figure in figures
        for number, piece in enumerate(parts(figure.chart), start=1)
    }


def by_title(tables: Iterable[Table]) -> Mapping[str, Table]:
    """Tables by title."""
    return {table.title: table for table in tables}


def stem(assessment: Assessment) -> str:
    """The beginning of file names: nothing that could name an employer, only what tells versions apart."""
    return f"eia-{assessment.run.when:%Y-%m-%d}-{assessment.run.case_hash[:8]}"
