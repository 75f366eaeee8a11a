"""Takes a case or a record on the command line; writes its bundle, and checks bundles. Everything heavy is imported inside."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from eia.cli.shared import AsRead, bad_input, record_of
from eia.printing import say, say_all

NOT_SOUND = 3


def bundle(
    case_or_record: Annotated[
        Path, typer.Argument(help="A case.toml; or an assessment.json, or its folder, whose moment is kept.")
    ],
    out: Annotated[Path, typer.Option("--out", help="The zip to write.")],
    after: Annotated[Path | None, typer.Option(help="The bundle of the version before.")] = None,
    publishable: Annotated[
        Path | None,
        typer.Option(
            help="Folder of the publishable edition, to go in too. By default that in the folder of the record."
        ),
    ] = None,
    when: Annotated[
        dt.datetime | None, typer.Option(help="The moment of a case, in UTC: that of a bundle, to make it again.")
    ] = None,
    as_read: AsRead = False,
) -> None:
    """Put a version into one zip: case, hashes of its files, record, every document, and a list of hashes."""
    from eia.findings.assess import assess
    from eia.findings.record import from_json
    from eia.intake.evidence import record_text
    from eia.present.bundle.write_bundle import write_bundle
    from eia.present.documents.publishable import FOLDER

    with bad_input():
        record = record_of(case_or_record)
        if record.suffix == ".json":
            _refuse_another_moment(when)
            assessment = from_json(record_text(record), file=record.name)
        else:
            assessment = assess(case_or_record, when=when and when.replace(tzinfo=dt.UTC), as_read=as_read)
        beside = case_or_record / FOLDER
        if publishable is None and beside.is_dir():
            publishable = beside
        digest = write_bundle(assessment, out, after=after, publishable=publishable)
    say(f"{out}: CONFIDENTIAL. It holds no file of people, and every figure.")
    if publishable is None:
        say("No publishable edition is in it. To put one in, write it first, and name its folder with --publishable.")
    say(f"SHA-256 {digest}. Keep this number elsewhere, such as in the minutes: it shows that nothing was changed.")


def verify(
    bundles: Annotated[list[Path], typer.Argument(help="A bundle, and then those before it, the newest first.")],
) -> None:
    """Say whether anything in a bundle was changed, added or taken out, and whether it follows the one before."""
    from eia.present.bundle.verify import verify as verified

    with bad_input():
        found = verified(bundles)
        say_all(found.lines)
    if not found.sound:
        raise typer.Exit(NOT_SOUND)


def _refuse_another_moment(when: dt.datetime | None) -> None:
    from eia.errors import EiaError, Fault

    if when is not None:
        raise EiaError(Fault(code="moment-of-a-record", what="A record keeps the moment that it was made.", allowed="a case.toml beside --when",
                             do="Leave --when out, or name the case."))  # fmt: skip
