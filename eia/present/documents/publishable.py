"""Takes an Assessment and a folder; writes all of it that may be published: draft, response, charts, and figures with the record of them.

Every number in these files is one that :class:`Published` holds, or made of such.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from eia import budget
from eia.counts.disclosure.published import Published
from eia.counts.disclosure.rules import DEFAULT
from eia.findings.assessment import Assessment
from eia.findings.publication import from_json, published, to_json
from eia.present.attachments.to_attach import BUNDLE
from eia.present.documents.draft import draft
from eia.present.documents.model import Document
from eia.present.documents.response import response
from eia.present.figures.model import Figures
from eia.present.figures.public import public
from eia.present.formats.folders import ELSEWHERE, charts_there, pages_and_papers, refuse_files_of_others
from eia.present.formats.paper_files import file_names, paper_files
from eia.present.formats.published_figures import table, workbook
from eia.present.formats.text_files import drawn, text_files
from eia.reading import read_file
from eia.writing import write_files

FOLDER = "publishable"
WORKBOOK, TABLE, RECORD = "figures.xlsx", "figures.csv", "published.json"
PUBLIC: Mapping[str, Callable[[Assessment, Figures], Document]] = {"draft": draft, "response": response}
"""The documents that there are in a publishable edition, by the stem of their files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenFigures:
    """Where what may be published is: the web page of each document by its name and its files to send, the charts to attach, the figures and
    their record; and how many numbers are withheld."""

    pages: Mapping[str, Path]
    sent: Mapping[str, tuple[Path, ...]]
    charts: Path | None
    workbook: Path
    table: Path
    record: Path
    withheld: int


def publish(
    assessment: Assessment,
    folder: str | os.PathLike[str],
    *,
    rules: str = DEFAULT,
    reason: str = "",
    by_unit: bool = False,
    earlier: Iterable[str | os.PathLike[str]] = (),
) -> WrittenFigures:
    """Write everything of an assessment that may be published into a folder, which is made when it is not there: the draft and the response in their
    publishable edition, charts to attach, and the figures.

    rules: default, hesa, ofqual or below-5. reason: why these; needed where the case lets groups below 10 be shown. by_unit: by unit too.
    earlier: the published.json of each version published before.

    Raises EiaError, and writes nothing, where counts are known as ranges only, where a number that has to be withheld could be worked out,
    and where the folder cannot be written to.

    >>> import eia, tempfile
    >>> people = b"sex,pool,selected\\n" + b"F,A,yes\\nF,A,no\\nM,A,yes\\nM,A,no\\n" * 20
    >>> with tempfile.TemporaryDirectory() as home:
    ...     written = publish(eia.assess(people), home)
    ...     written.table.read_text(encoding="utf-8-sig").splitlines()[15]
    'Sex,All,Female,40,40,20,20,20'
    """
    before = [from_json(read_file(Path(path), budget.REPORT_BYTES), file=Path(path).name) for path in earlier]
    figures = published(assessment, rules=rules, reason=reason, by_unit=by_unit, earlier=before)
    folder, contents = Path(folder), public_files(assessment, figures)
    refuse_files_of_others(folder, PUBLIC, RECORD)
    write_files(folder, contents, what="The figures", do=ELSEWHERE, gone=charts_there(folder, PUBLIC) - set(contents))
    return written_in(folder, figures, contents)


def public_files(assessment: Assessment, figures: Published, only: Collection[str] = ()) -> dict[str, bytes]:
    """The files that may be published, by name: the documents, all of them or some, and always the figures."""
    shown = public(assessment, figures)
    made = drawn({name: make(assessment, shown) for name, make in PUBLIC.items() if not only or name in only})
    return {
        **{name: text.encode() for name, text in text_files(made).items()},
        **paper_files(assessment, made, shown),
        WORKBOOK: workbook(figures),
        TABLE: table(figures),
        RECORD: to_json(figures).encode(),
    }


def written_in(folder: Path, figures: Published, contents: Collection[str]) -> WrittenFigures:
    """Where the files are."""
    names = [name for name in PUBLIC if f"{name}.html" in contents]
    return WrittenFigures(
        pages={name: folder / f"{name}.html" for name in names},
        sent={name: tuple(folder / file for file in file_names(name)) for name in names},
        charts=folder / BUNDLE if BUNDLE in contents else None,
        workbook=folder / WORKBOOK,
        table=folder / TABLE,
        record=folder / RECORD,
        withheld=figures.withheld,
    )


def public_there(folder: Path) -> set[str]:
    """The files of a publishable edition that is there already; nothing where the folder is not ours."""
    if not (folder / RECORD).is_file():
        return set()
    return {*pages_and_papers(PUBLIC), *charts_there(folder, PUBLIC), WORKBOOK, TABLE, RECORD}


def told(written: WrittenFigures) -> list[str]:
    """What is where, and for whom: a line each."""
    papers = ", ".join(path.name for path in written.pages.values())
    charts = f", {written.charts.name}" if written.charts else ""
    return [
        f"{written.record.parent}: may be published, once a person has read it through.",
        *([f"  {papers} (also .docx, .pdf, .md){charts}: for everybody"] if papers else []),
        f"  {written.workbook.name}, {written.table.name}: the figures, {written.withheld} of them withheld. Read docs/guide/publishing.md first.",
        f"  {written.record.name}: to keep. Give it with --earlier when the next version is published.",
    ]
