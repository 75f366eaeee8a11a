"""Takes a case on the command line; writes the figures of it that may be published. Everything heavy is imported inside."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from eia.cli.shared import bad_input, folder_name
from eia.printing import say_all


class RulesName(StrEnum):
    """The rules that can be named."""

    default = "default"
    hesa = "hesa"
    ofqual = "ofqual"
    below_5 = "below-5"


def publish(
    file_or_case: Annotated[
        Path, typer.Argument(help="A case.toml, or a file of people or counts: CSV, Excel or ODS.")
    ],
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder for the folder “publishable”. By default reports/NAME.")
    ] = None,
    rules: Annotated[
        RulesName, typer.Option(help="Which numbers are withheld, and how the others are rounded.")
    ] = RulesName.default,
    reason: Annotated[str, typer.Option(help="Why these rules: printed with the figures.")] = "",
    unit: Annotated[bool, typer.Option("--unit", help="By unit too.")] = False,
    earlier: Annotated[
        list[Path] | None, typer.Option(help="published.json of an earlier version; may be repeated.")
    ] = None,
    as_read: Annotated[
        bool, typer.Option("--as-read", help="Take our guess at each open question about who is counted.")
    ] = False,
) -> None:
    """Write figures that can be published: rounded, with small numbers withheld, and checked so that they give nobody away."""
    from eia.findings.assess import assess
    from eia.present.documents.publishable import FOLDER, publish, told

    with bad_input():
        assessment = assess(file_or_case, as_read=as_read)
        folder = (out or Path("reports", folder_name(file_or_case))) / FOLDER
        written = publish(assessment, folder, rules=rules.value, reason=reason, by_unit=unit, earlier=earlier or ())
    say_all(told(written))
