"""Takes records of assessments; prints what differs between them. Everything heavy is imported inside."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from eia.cli.shared import bad_input, record_of
from eia.printing import say, say_all


def compare_records(
    records: Annotated[list[Path], typer.Argument(help="Two or more assessment.json, or the folders they are in.")],
    out: Annotated[Path | None, typer.Option("--out", help="Folder for a page with the table.")] = None,
) -> None:
    """Compare versions of a case, or several cases: what changed, by group."""
    from eia.findings.compare import compare
    from eia.findings.record import from_json
    from eia.intake.evidence import record_text
    from eia.present.documents.terminal import block_lines, wrapped
    from eia.present.documents.write_report import write_page
    from eia.present.sections.comparison import changed_blocks, comparison_page
    from eia.present.text.narrative import CONFIDENTIAL

    with bad_input():
        files = [record_of(path) for path in records]
        _refuse_fewer(files)
        assessments = [from_json(record_text(path), file=path.name) for path in files]
        names = [f"{place}" for place in range(1, len(files) + 1)]
        say(wrapped(CONFIDENTIAL))
        for name, path in zip(names, files, strict=True):
            say(f"{name}: {path}")
        say_all(block_lines(changed_blocks(assessments, names, compare(assessments))))
        if out is not None:
            say(f"Side by side: {write_page(comparison_page(assessments, names), out / 'compare.html')}")


def _refuse_fewer(files: list[Path]) -> None:
    from eia.errors import EiaError, Fault

    if len(files) < 2:
        raise EiaError(Fault(code="one-record-only", what="One saved assessment is given, and there is nothing to compare it with.",
                             allowed="two or more", do="Give the assessment.json of another one, or its folder."))  # fmt: skip
