"""Takes the command line; runs the pipeline and prints findings in plain words. Everything heavy is imported inside.

Exit codes: 0 done; 1 what it printed could not all be printed; 2 bad input, with the message on stderr; 3 with ``--fail-on found`` when there is a clear gap against a
group under any question asked, and from ``verify`` where something was changed.
"""

from __future__ import annotations

import datetime as dt
import io
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypedDict

import typer

import eia
from eia.cli.bundling import bundle, verify
from eia.cli.comparing import compare_records
from eia.cli.publishing import publish
from eia.cli.shared import AsRead, Out, answered, bad_input, case_of, folder_name, record_of, save_recognised
from eia.cli.trying import try_change
from eia.no_dumps import no_dumps
from eia.printing import printed, say, say_all

if TYPE_CHECKING:
    from eia.case import Case
    from eia.findings.assessment import Assessment
    from eia.intake.workforce import Workforce
    from eia.process.family_leave_priority import Holder

FOUND = 3

app = typer.Typer(
    name="eia",
    help="Equality impact assessment of proposed redundancies: who is affected, could it be chance, what to ask.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


class Question(StrEnum):
    """The questions that can be asked."""

    scope = "scope"
    spread = "spread"
    selection = "selection"


class Paper(StrEnum):
    """The documents that can be written."""

    draft = "draft"
    response = "response"
    speaking_note = "speaking-note"
    members_sheet = "members-sheet"
    annex = "annex"


class FailOn(StrEnum):
    """What makes the exit code 3."""

    found = "found"


class GivenFiles(TypedDict, total=False):
    """The files that a command line may name beside the main one."""

    selections: Path | None
    scores: Path | None
    absences: Path | None
    posts: Path | None


Verbose = Annotated[bool, typer.Option("--verbose", help="Print each stage with its rows and seconds to stderr.")]
Sheet = Annotated[str | None, typer.Option(help="Sheet of the workbook, where more than one holds a table.")]
Scores = Annotated[Path | None, typer.Option(help="File of scores, joined by reference.")]
Absences = Annotated[Path | None, typer.Option(help="File of absences, joined by reference.")]
Posts = Annotated[Path | None, typer.Option(help="File of the posts now and as proposed.")]


def main() -> None:
    """Run the command line. What it prints is UTF-8 everywhere: older encodings lack the minus sign.

    Products of matrices here are small: with more threads, the processors would mostly wait for one another.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read when numpy is first imported, which is later
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    no_dumps()
    printed(app)


@app.callback(invoke_without_command=True)
def _version(
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.", is_eager=True)] = False,
) -> None:
    if version:
        typer.echo(f"eia {eia.__version__}")
        raise typer.Exit


@app.command()
def demo(out: Out = None, verbose: Verbose = False) -> None:
    """Assess the example and write its report."""
    from eia.intake.examples import MAIN, examples

    with bad_input():
        _run(examples()[MAIN], {}, out=out, verbose=verbose)


@app.command()
def assess(
    file_or_case: Annotated[
        Path, typer.Argument(help="A case.toml, or a file of people or counts: CSV, Excel or ODS.")
    ],
    selections: Annotated[Path | None, typer.Option(help="File of outcomes, joined by reference.")] = None,
    scores: Scores = None,
    absences: Absences = None,
    posts: Posts = None,
    previous: Annotated[
        Path | None,
        typer.Option(help="assessment.json of the version before, or its folder: to say what changed since."),
    ] = None,
    sheet: Sheet = None,
    out: Out = None,
    question: Annotated[list[Question] | None, typer.Option(help="Ask only this question; may be repeated.")] = None,
    only: Annotated[list[Paper] | None, typer.Option(help="Write only this document; may be repeated.")] = None,
    fail_on: Annotated[FailOn | None, typer.Option(help="Exit with 3 if there is a clear gap against a group.")] = None,
    as_read: AsRead = False,
    verbose: Verbose = False,
) -> None:
    """Assess a proposal and write the documents: draft, response, speaking note, members' sheet and annex."""
    with bad_input():
        asked = tuple(dict.fromkeys(chosen.value for chosen in question or ()))
        given: GivenFiles = {"selections": selections, "scores": scores, "absences": absences, "posts": posts}
        papers = tuple(dict.fromkeys(chosen.value for chosen in only or ()))
        assessment = _run(
            file_or_case,
            given,
            previous=record_of(previous) if previous else None,
            sheet=sheet,
            out=out,
            asked=asked,
            only=papers,
            as_read=as_read,
            verbose=verbose,
        )
    if fail_on and any(finding.level == "found" and finding.direction == "against" for finding in assessment.findings):
        raise typer.Exit(FOUND)


@app.command()
def terms(
    case_file: Annotated[Path, typer.Argument(help="A case.toml whose files are of people.")],
    out: Out = None,
    as_read: AsRead = False,
) -> None:
    """Compare what severance terms would pay, by characteristic."""
    from eia.case import read_case
    from eia.intake.evidence import read_evidence
    from eia.intake.workforce import Workforce
    from eia.present.documents.write_report import write_page
    from eia.present.sections.terms.severance import terms_document
    from eia.process.severance_impact import severance_impact

    with bad_input():
        case = read_case(case_file)
        main = read_evidence(case, folder=case_file.parent).main
        answered(main.intake, as_read=as_read)
        comparison = severance_impact(main if isinstance(main, Workforce) else None, case)
        page = terms_document(comparison, case, today=dt.datetime.now(dt.UTC).date())
        written = write_page(page, (out or Path("reports", folder_name(case_file))) / "terms.html")
    say(f"Severance terms: {written}")


@app.command()
def priority(
    case_file: Annotated[Path, typer.Argument(help="A case.toml that names a file of leave.")],
    rows: Annotated[
        bool, typer.Option("--rows", help="Name the rows of the file. Read first what that needs.")
    ] = False,
    as_read: AsRead = False,
) -> None:
    """Count who has priority for suitable vacancies in pregnancy or around family leave."""
    from eia.case import read_case
    from eia.present.documents.terminal import block_lines, wrapped
    from eia.present.sections.family_leave_priority import law_of_priority, rows_of
    from eia.present.sections.family_leave_priority import priority as section
    from eia.present.text.narrative import CONFIDENTIAL
    from eia.process.priority_counts import counted, priority_counts, whose_jobs_go

    with bad_input():
        case = read_case(case_file)
        workforce, people = _on_leave(case, case_file, as_read=as_read)
        counts = priority_counts(workforce, case) if workforce else counted(people, case, whose="everyone")
        say(wrapped(CONFIDENTIAL))
        today = dt.datetime.now(dt.UTC).date()
        say_all(block_lines([*section(counts, case), *law_of_priority(counts, today=today)]))
        if rows:
            going = whose_jobs_go(people, workforce, case) if workforce else people
            say_all(block_lines(rows_of(going, workforce, case, today=today)))


app.command(name="try")(try_change)
app.command(name="compare")(compare_records)
app.command()(publish)
app.command()(bundle)
app.command()(verify)


@app.command()
def check(
    file: Annotated[Path, typer.Argument(help="A case.toml, or a file of people or counts: CSV, Excel or ODS.")],
    selections: Annotated[Path | None, typer.Option(help="File of outcomes, joined by reference.")] = None,
    scores: Scores = None,
    absences: Absences = None,
    posts: Posts = None,
    sheet: Sheet = None,
    save: Annotated[Path | None, typer.Option(help="Case file to write what was recognised into.")] = None,
) -> None:
    """Read a file and say what was recognised, what is missing, and what has to be asked."""
    from eia.intake.evidence import read_evidence, recognised_case
    from eia.present.documents.terminal import reading_lines

    with bad_input():
        case, folder, main_file = case_of(file, sheet)
        if main_file is not None and save is not None and save.exists():
            case, folder, _ = case_of(save, sheet)  # what was chosen in it before is kept
        given: GivenFiles = {"selections": selections, "scores": scores, "absences": absences, "posts": posts}
        evidence = read_evidence(case, folder=folder, main=main_file, **given)
        say_all(reading_lines(evidence, case))
        if save is not None:
            made = recognised_case(case, evidence.main, folder=save.parent, main=main_file, **given)
            save_recognised(made, evidence.main.intake.questions, save)


@app.command()
def example(folder: Annotated[Path, typer.Argument(help="Folder to copy the example into.")]) -> None:
    """Copy the example files into a folder."""
    from eia.intake.examples import write_example

    with bad_input():
        written = write_example(folder)
    say(f"{len(written)} files are in {folder}. Next: eia assess {folder / 'case.toml'}")


@app.command()
def template(folder: Annotated[Path, typer.Argument(help="Folder to write the files into.")]) -> None:
    """Write the files to send to an employer: what to ask for."""
    from eia.present.documents.request_template import write_templates

    with bad_input():
        written = write_templates(folder)
    for path in written:
        say(path)


@app.command()
def law(
    key: Annotated[
        str | None, typer.Argument(help="A rule, such as week_pay_cap; without one, all are listed.")
    ] = None,
    on: Annotated[
        dt.datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day, such as 2012-03-01; today by default.")
    ] = None,
    where: Annotated[
        str | None, typer.Option(help="England, Wales, Scotland, Northern Ireland or Great Britain.")
    ] = None,
) -> None:
    """Print a rule of law as it stood on a day, with its source."""
    from eia.law.lookup import standing
    from eia.law.open_points import open_points
    from eia.present.documents.terminal import law_lines, rule_lines

    today = dt.date.today()
    with bad_input():
        found = standing(key, on=on.date() if on else today, where=where)
    say_all(law_lines(found, open_points()) if key is None else rule_lines(found, today=today))


@app.command(name="app")
def dashboard(
    case: Annotated[Path | None, typer.Argument(help="A case.toml to open.")] = None,
    with_example: Annotated[bool, typer.Option("--example", help="Open the bundled example.")] = False,
    shared: Annotated[
        Path | None, typer.Option("--shared", help="Settings of an installation that many sign in to: a TOML file.")
    ] = None,
) -> None:
    """Start the dashboard on this machine; with --shared, for many people behind sign-in."""
    if shared is not None:
        raise typer.Exit(_serve_many(shared, case))
    from eia.dashboard.launch import launch
    from eia.intake.examples import MAIN, examples

    with bad_input():
        if case is not None:
            case_of(case)
    raise typer.Exit(launch(examples()[MAIN] if with_example and case is None else case))


def _serve_many(settings: Path, case: Path | None) -> int:
    """Serve everybody who signs in; nobody's case is open when they come."""
    from eia.dashboard.launch import launch
    from eia.dashboard.serving.installation import read_installation
    from eia.errors import EiaError, Fault

    with bad_input():
        if case is not None:
            raise EiaError(Fault(code="shared-with-case", what="A case was named for a shared installation.", file=case.name,
                                 allowed="--shared alone", do="Leave the case out: everybody opens files of their own."))  # fmt: skip
        installation = read_installation(settings)
    say(f"Serving {installation.address} at {installation.listen}:{installation.port}, until Ctrl-C")
    return launch(shared=installation)


def _run(
    file: Path,
    given: GivenFiles,
    *,
    previous: Path | None = None,
    sheet: str | None = None,
    out: Path | None = None,
    asked: tuple[str, ...] = (),
    only: tuple[str, ...] = (),
    as_read: bool = False,
    verbose: bool = False,
) -> Assessment:
    """Read, assess, print, write."""
    from eia.findings.assess import assess_evidence
    from eia.intake.evidence import read_evidence
    from eia.present.documents.terminal import assessment_lines
    from eia.present.documents.write_report import told, write_report

    case, folder, main_file = case_of(file, sheet)
    if asked:
        case = case.model_copy(update={"analysis": case.analysis.model_copy(update={"questions": asked})})
    with _stage("Reading", verbose) as done:
        evidence = read_evidence(case, folder=folder, main=main_file, previous=previous, **given)
        done.append(f"{sum(source.rows for source in evidence.main.intake.sources):,} rows")
    with _stage("Assessing", verbose):
        assessment = assess_evidence(evidence, case, as_read=as_read)
    with _stage("Writing the report", verbose):
        written = write_report(assessment, out or Path("reports", folder_name(file)), only)
    say_all(assessment_lines(assessment))
    say_all(told(written))
    return assessment


def _on_leave(case: Case, case_file: Path, *, as_read: bool) -> tuple[Workforce | None, tuple[Holder, ...]]:
    """The people of the case and those in its file of leave; the latter alone where the case has no file of people."""
    from eia.case import named_file
    from eia.errors import EiaError, Fault
    from eia.intake.evidence import read_evidence
    from eia.intake.extras.leave import read_leave
    from eia.intake.files.raw_table import open_table
    from eia.intake.workforce import Workforce
    from eia.process.family_leave_priority import holders
    from eia.process.priority_counts import on_leave
    from eia.process.severance import place

    if case.files.leave is None:
        raise EiaError(
            Fault(code="no-leave-file", what="The case names no file of leave.", file=case_file.name,
                  allowed='[files] leave = "leave.csv"', do="Add it.")
        )  # fmt: skip
    if case.files.workforce:
        main = read_evidence(case, folder=case_file.parent).main
        answered(main.intake, as_read=as_read)
        if isinstance(main, Workforce):
            return main, on_leave(main, case)
    alone = read_leave(open_table(named_file(case_file.parent, case.files.leave, "leave")), case)
    return None, holders(alone.rows, case.priority, joined=False, where=place(case))


@contextmanager
def _stage(name: str, verbose: bool) -> Iterator[list[str]]:
    """Say what is being done while it is done, on a terminal only; with ``verbose`` keep a line of it."""
    notes: list[str] = []
    on_terminal = sys.stderr.isatty() and not verbose
    if on_terminal:
        typer.echo(f"{name} …", err=True, nl=False)
    start = time.perf_counter()
    try:
        yield notes
    finally:
        if on_terminal:
            typer.echo("\r" + " " * (len(name) + 2) + "\r", err=True, nl=False)
        if verbose:
            say(" ".join([f"{name}:", *notes, f"{time.perf_counter() - start:.2f} s"]), err=True)
