"""Takes the command line; runs the pipeline and prints findings in plain words. Everything heavy is imported inside.

Exit codes: 0 done; 2 bad input, with the message on stderr; 3 with ``--fail-on found`` when a disparity was found against a
group under any question asked.
"""

from __future__ import annotations

import datetime as dt
import io
import os
import sys
import textwrap
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

import eia

if TYPE_CHECKING:
    from eia.case import Case
    from eia.errors import EiaError
    from eia.findings.assessment import Assessment
    from eia.intake.counts.count_bounds import CountedWorkforce
    from eia.intake.extras.post_lists import PostLists
    from eia.intake.intake_record import Intake
    from eia.intake.workforce import Workforce
    from eia.present.documents.model import Block
    from eia.process.family_leave_priority import Holder

WIDTH = 88
BAD_INPUT, FOUND = 2, 3

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


class FailOn(StrEnum):
    """What makes the exit code 3."""

    found = "found"


Verbose = Annotated[bool, typer.Option("--verbose", help="Print each stage with its rows and seconds to stderr.")]
Sheet = Annotated[str | None, typer.Option(help="Sheet of the workbook, where more than one holds a table.")]
Scores = Annotated[Path | None, typer.Option(help="File of scores, joined by reference.")]
Posts = Annotated[Path | None, typer.Option(help="File of the posts now and as proposed.")]
Out = Annotated[Path | None, typer.Option("--out", help="Folder for the report. By default reports/NAME.")]


def main() -> None:
    """Run the command line. What it prints is UTF-8 everywhere: older encodings lack the minus sign.

    Products of matrices here are small: with more threads, the processors would mostly wait for one another.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read when numpy is first imported, which is later
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    app()


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

    with _bad_input():
        _run(examples()[MAIN], out=out, verbose=verbose)


@app.command()
def assess(
    file_or_case: Annotated[
        Path, typer.Argument(help="A case.toml, or a file of people or counts: CSV, Excel or ODS.")
    ],
    selections: Annotated[Path | None, typer.Option(help="File of outcomes, joined by reference.")] = None,
    scores: Scores = None,
    posts: Posts = None,
    sheet: Sheet = None,
    out: Out = None,
    question: Annotated[list[Question] | None, typer.Option(help="Ask only this question; may be repeated.")] = None,
    fail_on: Annotated[FailOn | None, typer.Option(help="Exit with 3 if a disparity is found against a group.")] = None,
    verbose: Verbose = False,
) -> None:
    """Assess a proposal and write the report."""
    with _bad_input():
        asked = tuple(dict.fromkeys(chosen.value for chosen in question or ()))
        assessment = _run(
            file_or_case,
            selections=selections,
            scores=scores,
            posts=posts,
            sheet=sheet,
            out=out,
            asked=asked,
            verbose=verbose,
        )
    if fail_on and any(finding.level == "found" and finding.direction == "against" for finding in assessment.findings):
        raise typer.Exit(FOUND)


@app.command()
def terms(
    case_file: Annotated[Path, typer.Argument(help="A case.toml whose files are of people.")],
    out: Out = None,
) -> None:
    """Compare what severance terms would pay, by characteristic."""
    import datetime as dt

    from eia.case import read_case
    from eia.intake.evidence import read_evidence
    from eia.intake.workforce import Workforce
    from eia.present.documents.write_report import write_page
    from eia.present.sections.severance import terms_document
    from eia.process.severance_impact import severance_impact

    with _bad_input():
        case = read_case(case_file)
        main = read_evidence(case, folder=case_file.parent).main
        comparison = severance_impact(main if isinstance(main, Workforce) else None, case)
        page = terms_document(comparison, case, today=dt.datetime.now(dt.UTC).date())
        written = write_page(page, (out or Path("reports", _name(case_file))) / "terms.html")
    typer.echo(f"Severance terms: {written}")


@app.command()
def priority(
    case_file: Annotated[Path, typer.Argument(help="A case.toml that names a file of leave.")],
    rows: Annotated[
        bool, typer.Option("--rows", help="Name the rows of the file. Read first what that needs.")
    ] = False,
) -> None:
    """Count who has priority for suitable vacancies in pregnancy or around family leave."""
    from eia.case import read_case
    from eia.present.sections.family_leave_priority import priority as section
    from eia.present.sections.family_leave_priority import rows_of
    from eia.present.text.narrative import CONFIDENTIAL
    from eia.process.priority_counts import counted, priority_counts, whose_jobs_go

    with _bad_input():
        case = read_case(case_file)
        workforce, people = _on_leave(case, case_file)
        counts = priority_counts(workforce, case) if workforce else counted(people, case, whose="everyone")
        _wrap(CONFIDENTIAL)
        today = dt.datetime.now(dt.UTC).date()
        _blocks(section(counts, case, today=today))
        if rows:
            going = whose_jobs_go(people, workforce, case) if workforce else people
            _blocks(rows_of(going, workforce, case, today=today))


@app.command()
def check(
    file: Annotated[Path, typer.Argument(help="A case.toml, or a file of people or counts: CSV, Excel or ODS.")],
    selections: Annotated[Path | None, typer.Option(help="File of outcomes, joined by reference.")] = None,
    scores: Scores = None,
    posts: Posts = None,
    sheet: Sheet = None,
    save: Annotated[Path | None, typer.Option(help="Case file to write what was recognised into.")] = None,
) -> None:
    """Read a file and say what was recognised, what is missing, and what has to be asked."""
    from eia.intake.evidence import read_evidence, recognised_case
    from eia.intake.workforce import Workforce

    with _bad_input():
        case, folder, main_file = _case(file, sheet)
        read = read_evidence(case, folder=folder, main=main_file, selections=selections, scores=scores, posts=posts)
        evidence = read.main
        _say_what_was_read(evidence)
        if read.structure is not None:
            _say_posts(read.structure, evidence, case)
        if isinstance(evidence, Workforce) or not evidence.are_shares:
            _say_worth(evidence, case)
        if save is not None:
            named = recognised_case(
                case, evidence, folder=save.parent, main=main_file, selections=selections, scores=scores, posts=posts
            )
            _save(named, save)


@app.command()
def example(folder: Annotated[Path, typer.Argument(help="Folder to copy the example into.")]) -> None:
    """Copy the example files into a folder."""
    import shutil

    from eia.errors import EiaError, Fault
    from eia.intake.examples import MAIN, examples

    with _bad_input():
        files = [path for path in sorted(examples()[MAIN].parent.iterdir()) if path.is_file()]
        there = [path.name for path in files if (folder / path.name).exists()]
        if there:
            raise EiaError(
                Fault(code="would-overwrite", what=f"The folder has files of the same name already: {', '.join(there)}.",
                      file=str(folder.name), allowed="a new folder, or one without these files", do="Choose another folder.")
            )  # fmt: skip
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for path in files:
                shutil.copyfile(path, folder / path.name)
        except OSError:
            raise EiaError(
                Fault(code="cannot-write", what="The example cannot be written there.", file=str(folder.name),
                      allowed="a folder that you may write to, on a disk with room", do="Choose another folder.")
            ) from None  # fmt: skip
    typer.echo(f"{len(files)} files are in {folder}. Next: eia assess {folder / 'case.toml'}")


@app.command()
def template(folder: Annotated[Path, typer.Argument(help="Folder to write the files into.")]) -> None:
    """Write the files to send to an employer: what to ask for."""
    from eia.present.documents.request_template import write_templates

    with _bad_input():
        written = write_templates(folder)
    for path in written:
        typer.echo(path)


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
    from eia.present.sections.law import CHECK, about, open_point

    today = dt.date.today()
    with _bad_input():
        found = standing(key, on=on.date() if on else today, where=where)
    if key is None:
        for each in found:
            _wrap(f"{each.key}: {each.title}, {each.extent}")
        typer.echo(f"\n{CHECK}")
        for point in open_points():
            _wrap(open_point(point), "  - ")
    else:
        for each in found:
            typer.echo(f"{each.title}\n{'=' * min(WIDTH, len(each.title))}")
            for name, value in about(each, today=today):
                _wrap(f"{name}: {value}", "  ")
            typer.echo("")


@app.command(name="app")
def dashboard(
    case: Annotated[Path | None, typer.Argument(help="A case.toml to open.")] = None,
    with_example: Annotated[bool, typer.Option("--example", help="Open the bundled example.")] = False,
) -> None:
    """Start the dashboard on this machine."""
    from eia.dashboard.launch import launch
    from eia.intake.examples import MAIN, examples

    with _bad_input():
        if case is not None:
            _case(case)
    raise typer.Exit(launch(examples()[MAIN] if with_example and case is None else case))


@contextmanager
def _bad_input() -> Iterator[None]:
    """Turn faults of the input into their message and exit code 2."""
    from eia.errors import EiaError

    try:
        yield
    except EiaError as error:
        _refuse(error)


def _refuse(error: EiaError) -> NoReturn:
    typer.echo(str(error), err=True)
    raise typer.Exit(BAD_INPUT)


def _case(file: Path, sheet: str | None = None) -> tuple[Case, Path, Path | None]:
    """The case, the folder its files are in, and the file to read where it is no case file that was named."""
    from eia.case import Case, read_case

    is_case = file.suffix.lower() == ".toml"
    case = read_case(file) if is_case else Case(title=file.stem[:200] or "Untitled case")
    if sheet is not None:
        case = case.model_copy(update={"files": case.files.model_copy(update={"sheet": sheet})})
    return case, file.parent, None if is_case else file


def _run(
    file: Path,
    *,
    selections: Path | None = None,
    scores: Path | None = None,
    posts: Path | None = None,
    sheet: str | None = None,
    out: Path | None = None,
    asked: tuple[str, ...] = (),
    verbose: bool = False,
) -> Assessment:
    """Read, assess, print, write."""
    from eia.findings.assessment import assess as make
    from eia.intake.evidence import read_evidence
    from eia.present.documents.write_report import write_report

    case, folder, main_file = _case(file, sheet)
    if asked:
        case = case.model_copy(update={"analysis": case.analysis.model_copy(update={"questions": asked})})
    with _stage("Reading", verbose) as done:
        evidence = read_evidence(case, folder=folder, main=main_file, selections=selections, scores=scores, posts=posts)
        done.append(f"{sum(source.rows for source in evidence.main.intake.sources):,} rows")
    with _stage("Assessing", verbose):
        assessment = make(evidence.main, case, whole_workforce=evidence.whole_workforce, structure=evidence.structure)
    with _stage("Writing the report", verbose):
        written = write_report(assessment, out or Path("reports", _name(file)))
    _say(assessment)
    typer.echo(f"Report: {written.html}\n        (Markdown with charts and the record assessment.json are beside it)")
    return assessment


def _on_leave(case: Case, case_file: Path) -> tuple[Workforce | None, tuple[Holder, ...]]:
    """The people of the case and those in its file of leave; the latter alone where the case has no file of people."""
    from eia.errors import EiaError, Fault
    from eia.intake.evidence import read_evidence
    from eia.intake.extras.leave import read_leave
    from eia.intake.files.raw_table import read_table
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
        if isinstance(main, Workforce):
            return main, on_leave(main, case)
    alone = read_leave(read_table(case_file.parent / case.files.leave), case)
    return None, holders(alone.rows, case.priority, joined=False, where=place(case))


def _name(file: Path) -> str:
    """A folder name for the report: that of the case's folder, or of the file."""
    return (file.resolve().parent.name if file.name == "case.toml" else file.stem) or "report"


def _say(assessment: Assessment) -> None:
    """Print the answers, the questions to ask and what cannot be told."""
    from eia.present.documents.model import plain
    from eia.present.sections.post_lists import HEADING, posts_told
    from eia.present.sections.subsequent_outcomes import TITLE, subsequent_outcomes_told
    from eia.present.text.narrative import CONFIDENTIAL, answers, cannot_tell, questions_to_ask

    title = plain(assessment.case.title)
    _wrap(CONFIDENTIAL)
    typer.echo(f"\n{title}\n{'=' * min(WIDTH, len(title))}")
    for heading, answer in answers(assessment):
        typer.echo(f"\n{heading}")
        _wrap(answer, "  ")
    if told := subsequent_outcomes_told(assessment):
        typer.echo(f"\n{TITLE}")
        for text in told:
            _wrap(text, "  - ")
    if assessment.restructure is not None:
        typer.echo(f"\n{HEADING}")
        for text in posts_told(assessment.restructure):
            _wrap(text, "  - ")
    typer.echo("\nFive questions to ask")
    for number, text in enumerate(questions_to_ask(assessment), start=1):
        _wrap(text, f"  {number}. ")
    if told := cannot_tell(assessment):
        typer.echo("\nWhat cannot be told")
        for text in told:
            _wrap(text, "  - ")
    typer.echo("")


def _wrap(text: str, lead: str = "") -> None:
    """Print a text in lines of bearable length, without anything that a terminal would act on."""
    from eia.present.documents.model import plain

    typer.echo(textwrap.fill(plain(text), WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead)))


def _blocks(blocks: Iterable[Block]) -> None:
    """Print blocks of a document: a table as one paragraph a row, each cell with its heading."""
    from eia.present.documents.model import Bullets, Heading, Notice, Paragraph, Table

    for block in blocks:
        match block:
            case Heading():
                typer.echo(f"\n{block.text}\n{'=' * min(WIDTH, len(block.text))}")
            case Paragraph() | Notice():
                _wrap(block.text)
            case Bullets():
                for item in block.items:
                    _wrap(item, "  - ")
            case Table():
                typer.echo(f"\n{block.title}")
                heads = [column.title for column in block.columns[1:]]
                for row in block.rows:
                    cells = [
                        f"{head}: {cell.removesuffix('.')}"
                        for head, cell in zip(heads, row[1:], strict=True)
                        if cell != "–"
                    ]
                    _wrap(f"{row[0]}: {'; '.join(cells)}", "  ")
                for note in block.notes:
                    _wrap(note, "  ")


def _say_what_was_read(evidence: Workforce | CountedWorkforce) -> None:
    from eia.intake.workforce import Workforce

    intake = evidence.intake
    _say_files(intake)
    if isinstance(evidence, Workforce):
        in_pools = int(evidence.frame["pool"].notna().sum())
        where = "no pools named: all are treated as one" if intake.one_pool else f"{in_pools:,} of them in pools"
        posts = f" in {evidence.posts:,} posts" if evidence.posts > evidence.people else ""
        typer.echo(f"{evidence.people:,} people{posts}, {where}")
        names = [dimension.characteristic.title for dimension in evidence.dimensions.values()]
    else:
        names = [tally.characteristic.title for tally in evidence.tallies.values()]
    _wrap(f"Can be assessed by: {', '.join(names)}")
    _say_columns(intake)


def _say_files(intake: Intake) -> None:
    for source in intake.sources:
        _wrap(f"{source.file}: {source.rows:,} rows, {source.encoding}")
        if source.remarks:
            _wrap(source.remarks, "  ")


def _say_columns(intake: Intake) -> None:
    """Print what was recognised, asked about, recoded, held back and left."""
    for mapped in intake.mapped:
        _wrap(f"“{mapped.header}” is read as {mapped.column.replace('_', ' ')}", "  ")
    for asked in intake.asked:
        _wrap(f"Is “{asked.header}” the {asked.column.replace('_', ' ')}? {asked.reason.capitalize()}. It is not used until the case says so: "
              f'[columns] {asked.column} = "{asked.header}", or ignored = ["{asked.header}"].', "  ? ")  # fmt: skip
    for done in intake.recodings:
        _wrap(f"“{done.column}”: {done.rule} ({done.rows:,} rows)", "  ")
    for held in intake.held_back:
        _wrap(
            f"{held.characteristic} is not assessed: {held.reason} {' '.join(held.labels)} ({held.rows:,} rows)", "  "
        )
    if intake.unused:
        _wrap(f"Not used and not kept: {', '.join(intake.unused)}")


def _say_posts(structure: PostLists, evidence: Workforce | CountedWorkforce, case: Case) -> None:
    """Print how the lists of posts were read, what they come to, and which of their rows do not fit."""
    from eia.intake.workforce import Workforce
    from eia.present.sections.post_lists import HEADING, differences_table, posts_told
    from eia.process.restructure import restructure

    made = restructure(structure, evidence if isinstance(evidence, Workforce) else None, case)
    typer.echo(f"\n{HEADING}")
    _say_files(made.intake)
    _say_columns(made.intake)
    for text in posts_told(made):
        _wrap(text)
    for what, where, people in differences_table(made).rows:
        _wrap(f"{what} ({where}; people: {people})", "  ! ")
    typer.echo("")


def _say_worth(evidence: Workforce | CountedWorkforce, case: Case) -> None:
    """What a file of people, or a table of counts, is worth."""
    from eia.intake.workforce import Workforce

    if isinstance(evidence, Workforce):
        from eia.intake.quality import quality
        from eia.present.tables.data_quality import quality_table, quality_words

        found = quality(evidence, case)
        table, words = quality_table(found), quality_words(found)
    else:
        from eia.counts.data_quality import counts_quality
        from eia.counts.from_count_table import from_count_table
        from eia.present.tables.counts_quality import counts_quality_table, counts_quality_words

        counted = counts_quality(from_count_table(evidence, case), case)
        table, words = counts_quality_table(counted), counts_quality_words(counted)
    _blocks([table])
    typer.echo("")
    for sentence in words:
        _wrap(sentence)


def _save(case: Case, path: Path) -> None:
    from eia.case import write_case
    from eia.errors import EiaError, Fault

    try:
        write_case(case, path)
    except OSError:
        raise EiaError(
            Fault(code="cannot-write", what="The case file cannot be written there.", file=path.name,
                  allowed="a folder that you may write to", do="Choose another place with --save.")
        ) from None  # fmt: skip
    typer.echo(f"Written to {path}: the next file with these headers is read without a question.")


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
            typer.echo(" ".join([f"{name}:", *notes, f"{time.perf_counter() - start:.2f} s"]), err=True)
