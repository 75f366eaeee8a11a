"""Takes what every command is given; gives the case, and bad input as its message. Everything heavy is imported inside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from eia.printing import say

if TYPE_CHECKING:
    from eia.case import Case, Suggested
    from eia.intake.intake_record import Intake
    from eia.intake.questions import OpenQuestion

BAD_INPUT = 2

AsRead = Annotated[
    bool,
    typer.Option(
        "--as-read", help="Take our guess at each open question about who is counted; the report says so first."
    ),
]
Out = Annotated[Path | None, typer.Option("--out", help="Folder for the report. By default reports/NAME.")]


@contextmanager
def bad_input() -> Iterator[None]:
    """Turn faults of the input into their message and exit code 2."""
    from eia.errors import EiaError

    try:
        yield
    except EiaError as error:
        say(str(error), err=True)
        raise typer.Exit(BAD_INPUT) from None


def case_of(file: Path, sheet: str | None = None) -> tuple[Case, Path, Path | None]:
    """The case, the folder its files are in, and the file to read where it is no case file that was named."""
    from eia.intake.evidence import opened_case

    main, case, folder = opened_case(file, None, {})
    if sheet is not None:
        case = case.model_copy(update={"files": case.files.model_copy(update={"sheet": sheet})})
    return case, folder, main


def answered(intake: Intake, *, as_read: bool) -> None:
    """Wait for answers to what is open about who is counted; or say on stderr what is taken instead."""
    from eia.intake.asking.in_words import wait_for_answers
    from eia.present.documents.terminal import wrapped
    from eia.present.text.open_questions import questions_told

    if not as_read:
        wait_for_answers(intake)
    for told in questions_told(intake):
        say(wrapped(told), err=True)


def folder_name(file: Path) -> str:
    """A folder name for the report: that of the case's folder, or of the file; neither where it looks like the name of a person."""
    from eia.intake.evidence import shown_name

    name = file.resolve().parent.name if file.name == "case.toml" else file.stem
    return name if name and shown_name(name, None) == name else "report"


def save_case(case: Case, path: Path, suggested: Iterable[Suggested] = ()) -> None:
    """Write the case, with what is suggested as comments, and say so."""
    from eia.case import write_suggesting

    write_suggesting(case, path, suggested)
    say(f"Written to {path}: the next file with these headers is read as this one.")


def save_recognised(case: Case, questions: Sequence[OpenQuestion], path: Path) -> None:
    """Write the case with what is open, and what a letter needs, as comments; say how the open questions are answered in it."""
    from eia.case import for_a_letter
    from eia.intake.asking.in_words import in_a_case

    save_case(case, path, [*in_a_case(questions), *for_a_letter(case)])
    if questions:
        say(f"Still open: {len(questions)}. Each stands in {path}, with every answer behind a mark.")
        say("Our guess has one mark, “# ”. Take the mark of your answer away.")


def record_of(path: Path) -> Path:
    """The record that is meant: the file, or the one in the folder, or in the confidential one in it."""
    if not path.is_dir():
        return path
    inside = path / "confidential" / "assessment.json"
    return inside if inside.is_file() else path / "assessment.json"
