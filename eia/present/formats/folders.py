"""Takes a folder that a report stands in; gives which of its files are ours: those to refuse to replace, and those that have no successor."""

from __future__ import annotations

import io
import os
import re
import zipfile
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path

from eia import budget
from eia.errors import EiaError, Fault
from eia.present.attachments.to_attach import BUNDLE, FOLDER
from eia.present.formats.paper_files import WITH_CHARTS, file_names
from eia.reading import read_file
from eia.writing import WORK

ELSEWHERE = "Choose another folder with --out."


def pages_and_papers(names: Collection[str]) -> tuple[str, ...]:
    """The files of documents of these names, without charts."""
    return tuple(file for name in names for file in (f"{name}.html", f"{name}.md", *file_names(name)))


def refuse_files_of_others(folder: Path, names: Collection[str], record: str) -> None:
    """Refuse to replace files without the record that every report of ours has beside them."""
    there = [name for name in pages_and_papers(names) if os.path.lexists(folder / name)]
    if (
        there
        and not (folder / record).is_file()
        and not (folder / WORK).is_dir()
        and not (folder.parent / WORK).is_dir()
    ):
        raise EiaError(Fault(code="would-overwrite", what=f"The folder has files that are of no report: {', '.join(there)}.", file=folder.name,
                             allowed=f"a new folder, or one with a report and its {record}", do=ELSEWHERE))  # fmt: skip


def charts_there(folder: Path, names: Collection[str]) -> set[str]:
    """The charts of documents of these names that are there already, shown or to attach: only these are ours to remove."""
    return {*_shown(folder, names), *(_attached(folder) if WITH_CHARTS in names else ())}


def _shown(folder: Path, names: Collection[str]) -> Iterator[str]:
    for name in names:
        with suppress(OSError):
            text = read_file(folder / f"{name}.md", budget.REPORT_BYTES).decode(errors="replace")
            yield from re.findall(r"\]\((charts/[A-Za-z0-9_-]+\.svg)\)", text)


def _attached(folder: Path) -> Iterator[str]:
    """The bundle of charts that is there already, and the files in it."""
    with (
        suppress(OSError, zipfile.BadZipFile),
        zipfile.ZipFile(io.BytesIO(read_file(folder / BUNDLE, budget.REPORT_BYTES))) as bundle,
    ):
        yield from (
            name for name in bundle.namelist() if re.fullmatch(rf"{FOLDER}/[A-Za-z0-9_-]+\.(png|svg|csv)", name)
        )
        yield BUNDLE
