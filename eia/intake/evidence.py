"""Takes the case and files, frames or what was read of them; gives the evidence: a Workforce or a table of counts, and what stands beside it."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path
from typing import Any, TypeAlias, cast

from eia import budget
from eia.case import FORMAT, Case, Files, changed, named_file, read_case, validated
from eia.errors import EiaError, Fault, Faults, inert, visible
from eia.intake.columns.identifiers import identifies
from eia.intake.counts.load_counts import CountedWorkforce, load_counts, read_counts
from eia.intake.engines.beside import not_in_an_engine, refuse_beside_an_engine
from eia.intake.engines.large_files import is_large, is_large_frame, is_parquet, load_large, parquet_frame
from eia.intake.engines.lazy_table import lazy_table
from eia.intake.engines.load import load_engine
from eia.intake.extras.post_lists import PostLists, load_post_lists
from eia.intake.extras.redeployment import KINDS, Kind
from eia.intake.files.raw_table import RawTable, TableSource, open_table
from eia.intake.files.workbook import sheet_names
from eia.intake.layouts.laid_out import counts_file
from eia.intake.people.load import load_people
from eia.intake.workforce import Workforce
from eia.reading import TooLarge, read_file
from eia.writing import clear_left_over


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A file that somebody gave a browser: its name, and its bytes, which stay in memory with the table in them, once opened."""

    name: str
    content: bytes
    _opened: dict[tuple[str | None, bool], RawTable] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def table(self, sheet: str | None, *, guess_sheet: bool = False) -> RawTable:
        """The table in it, opened the first time it is asked for. sheet: where it is a workbook, the one to read. guess_sheet: whether
        the likeliest will do."""
        if (sheet, guess_sheet) not in self._opened:
            self._opened.clear()  # only one sheet is looked at at a time
            self._opened[sheet, guess_sheet] = open_table(
                self.content, name=shown_name(self.name, None), sheet=sheet, guess_sheet=guess_sheet
            )
        return self._opened[sheet, guess_sheet]

    def __getstate__(self) -> dict[str, object]:
        """What goes to another process: the file, and not the table in it."""
        return {"name": self.name, "content": self.content, "_opened": {}}

    @cached_property
    def sheets(self) -> tuple[str, ...]:
        """The names of its sheets; none where it is no workbook."""
        return sheet_names(self.content)


Given: TypeAlias = "TableSource | Upload"
"""A file as it may be given: its path, its bytes, a data frame, or an upload."""


EVIDENCE = (
    "selections",
    "scores",
    "absences",
    "posts",
    "proposed_posts",
    "whole_workforce",
    "later",
    "previous",
    "redeployment",
    "when",
)
"""What ``assess`` takes beside the choices of a case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What an assessment is made from: people or counts, and where they are given the whole workforce, the lists of posts, and the records of
    earlier rounds, and of the version before, as text."""

    main: Workforce | CountedWorkforce
    whole_workforce: CountedWorkforce | None = None
    structure: PostLists | None = None
    earlier: tuple[str, ...] = ()
    previous: str | None = None


def read_workforce(
    workforce: Given, case: Case | None = None, *, selections: Given | None = None, name: str | None = None
) -> Workforce:
    r"""Read and check a file of people.

    Parameters
    ----------
    workforce, selections: paths of files, CSV or workbooks, their bytes, or data frames. case: the choices; those of an empty case by
    default. name: what messages call bytes or a frame.

    Raises
    ------
    EiaError with every fault of the files.

    >>> read_workforce(b"sex,pool,selected\nF,A,yes\nM,A,no\n", name="staff.csv").people
    2
    """
    case = case or Case()
    chosen = None if selections is None else _opened(selections, "selections", case.files.selections_sheet)
    return load_people(_opened(workforce, name, case.files.sheet, guess_sheet=True), case, chosen)


def opened_case(
    main: Any, case: Case | Mapping[str, Any] | str | os.PathLike[str] | None, choices: Mapping[str, Any]
) -> tuple[Any, Case, Path]:
    """The file to read where one is given, the case with these choices, and the folder that the files it names are in.

    main: a case.toml may stand in its place. case: one that was read, its path, its keys, or None.

    Raises EiaError with everything wrong with the case, and where two are given.
    """
    folder = Path()
    if not isinstance(case, Case | Mapping | str | os.PathLike | None):
        raise EiaError(Fault(code="no-case", what="What was given as the case is not a case.", allowed="a Case, the path of a case.toml, or its keys",
                             do="Give files by name: selections=, scores=, posts= and so on."))  # fmt: skip
    if isinstance(main, str | os.PathLike) and Path(main).suffix.lower() == ".toml":
        if case is not None:
            raise EiaError(Fault(code="two-cases", what="Two cases are given.", file=Path(main).name, allowed="one case",
                                 do="Give a file of people or of counts first, or leave the other case out."))  # fmt: skip
        main, case = None, main
    if isinstance(case, Case):
        made = case
    elif isinstance(case, Mapping):
        made = validated({"format": FORMAT, **case}, file="the case")
    elif case is not None:
        made, folder = read_case(case), Path(case).parent
    else:
        named = (
            visible(Path(shown_name(main, "workforce")).stem)[:200]
            if isinstance(main, str | os.PathLike) and "\n" not in os.fspath(main)
            else ""
        )
        made = Case(title=named) if named else Case()
    faults = [_unknown(name) for name in choices if name not in Case.model_fields]
    if faults:
        raise EiaError(faults)
    return main, changed(made, **choices) if choices else made, folder


def shown_name(path: str | os.PathLike[str], kind: str | None) -> str:
    """The name of a file; where it looks like a person's, what kind of file it is.

    >>> shown_name("folder/staff.csv", "workforce"), shown_name("folder/jane_smith.csv", "workforce")
    ('staff.csv', 'workforce.csv')
    """
    name = Path(path).name
    words = re.sub(r"[_.-]+", " ", Path(path).stem)
    return f"{kind or 'file'}{Path(path).suffix}" if identifies(words) else name


def _unknown(name: str) -> Fault:
    known = (*EVIDENCE, *Case.model_fields)
    near = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    return Fault(code="case-unknown-key", what=f"There is no choice or file called {inert(name)}.", allowed=", ".join(known),
                 do=f"Did you mean “{near[0]}”? Rename it, or leave it out." if near else "Leave it out.")  # fmt: skip


def read_evidence(
    case: Case,
    *,
    folder: Path,
    main: Given | Workforce | CountedWorkforce | None = None,
    selections: Given | None = None,
    whole_workforce: Given | CountedWorkforce | None = None,
    scores: Given | None = None,
    absences: Given | None = None,
    posts: Given | PostLists | None = None,
    proposed_posts: Given | None = None,
    later: Sequence[Given] = (),
    previous: str | os.PathLike[str] | None = None,
    redeployment: Mapping[Kind, Given] | None = None,
    fetch_people: bool = True,
) -> Evidence:
    """Read the files of a case.

    Parameters
    ----------
    folder: where the case file is: the file names in the case are relative to it.
    main: a file of people or a table of counts; selections, whole_workforce, scores, absences, posts, proposed_posts, later, redeployment: the
    files beside it. Each is given instead of the one that the case names. Of a main file that was read already, the files that the case
    names are not read again. previous: the record of the version before. fetch_people: whether codes of people in pools may be fetched from an
    engine.

    Raises
    ------
    EiaError with every fault of the files, or where neither the case nor the caller names any.
    """
    clear_left_over()
    _refuse_misnamed(later, redeployment, posts, proposed_posts, case)
    joined = (selections, scores, absences, *later, *(redeployment or {}).values())
    beside = {"scores": scores, "absences": absences, "posts": posts, "proposed posts": proposed_posts, "whole workforce": whole_workforce,
              "later outcomes": later or None, "redeployment": redeployment or None}  # fmt: skip
    named = partial(_named, case.files, folder)
    read: Callable[[], Workforce | CountedWorkforce]
    if isinstance(main, Workforce | CountedWorkforce):
        _refuse_beside_what_was_read(main, joined)
        named, read = partial(_named, without_names(case.files), folder), lambda: main
    elif large := _large(main, case, folder):
        source, file = large
        refuse_beside_an_engine(file, case.files, beside, selections=True)
        chosen = named(selections, "selections")
        named = partial(_named, without_names(case.files), folder)
        read = partial(load_large, source, file, case, chosen, fetch_people=fetch_people)
    elif lazy := lazy_table(main, "workforce"):
        refuse_beside_an_engine(lazy.file, case.files, beside, selections=selections is not None)
        listing = lazy_table(selections, "selections")
        if selections is not None and listing is None:
            raise EiaError(
                not_in_an_engine("The selections are not in the engine that holds the workforce.", "selections")
            )
        named = partial(_named, without_names(case.files), folder)
        read = partial(load_engine, lazy, case, listing, fetch_people=fetch_people)
    else:
        raw = named(main, "counts" if case.files.counts else "workforce", "sheet")
        if raw is None:
            raise EiaError(Fault(code="no-file", what="The case names no file to assess.", file="case.toml", column="files",
                                 allowed='workforce = "staff.csv" or counts = "counts.csv"', do="Name the file under [files]."))  # fmt: skip
        leave = {kind: table for kind in KINDS if (table := named((redeployment or {}).get(kind), kind))}
        if case.people.rows is None and (counts := counts_file(raw, case)):
            _refuse_beside_counts(raw, leave, joined)
            read = partial(read_counts, counts)
        else:
            chosen, marks = named(selections, "selections"), named(scores, "scores")
            away = named(absences, "absences")
            after = [
                _opened(given, "later")
                for given in later or (named_file(folder, name, "later") for name in case.files.later)
            ]
            read = partial(load_people, raw, case, chosen, after, redeployment=leave, scores=marks, absences=away)
    if not isinstance(whole_workforce, CountedWorkforce):
        table = named(whole_workforce, "whole_workforce")
        whole_workforce = load_counts(table, case) if table else None
    faults = Faults()
    main_file = faults.read(read)
    if not isinstance(posts, PostLists):
        now, proposed = named(posts, "posts"), named(proposed_posts, "proposed_posts")
        posts = faults.read(partial(load_post_lists, now, case, proposed)) if now else None
    earlier = [faults.read(partial(_earlier, folder, name)) for name in case.files.earlier]
    if previous is None and case.files.previous:
        previous = named_file(folder, case.files.previous, "previous")
    before = faults.read(partial(record_text, Path(previous))) if previous is not None else None
    faults.raise_if_any()
    return Evidence(
        main=cast(Any, main_file),
        whole_workforce=whole_workforce,
        structure=posts,
        earlier=tuple(filter(None, earlier)),
        previous=before,
    )


def _earlier(folder: Path, name: str) -> str:
    return record_text(named_file(folder, name, "earlier"))


def record_text(path: Path) -> str:
    """The text of a saved assessment.

    Raises EiaError where it cannot be read, or is larger than any.
    """
    try:
        return read_file(path, budget.RECORD_BYTES).decode()
    except TooLarge:
        what = f"A saved assessment has more than {budget.RECORD_BYTES // 2**20} MB."
    except (OSError, ValueError):
        what = "A saved assessment cannot be read."
    raise EiaError(Fault(code="no-earlier-record", what=what, file=inert(path.name), allowed="the assessment.json of an assessment",
                         do="Correct the name. In a case it stands under [files], as earlier or previous.")) from None  # fmt: skip


def _named(files: Files, folder: Path, given: Given | None, kind: str, sheet: str = "") -> RawTable | None:
    """The file given, else the one of this kind that the case names, opened; None where there is neither."""
    named = getattr(files, kind)
    if given is None and not named:
        return None
    wanted = getattr(files, sheet or f"{kind}_sheet", None)
    return _opened(named_file(folder, named, kind) if given is None else given, kind, wanted, guess_sheet=bool(sheet))


def _opened(given: Given, name: str | None, sheet: str | None = None, *, guess_sheet: bool = False) -> RawTable:
    """A file or frame, opened. name: what messages call bytes or a frame, where they are not called just that. guess_sheet: whether the
    likeliest of several sheets will do, and is asked about."""
    if isinstance(given, Upload):
        return given.table(sheet, guess_sheet=guess_sheet)
    called = shown_name(given, name) if isinstance(given, str | os.PathLike) else name
    if isinstance(given, str | os.PathLike) and is_parquet(Path(given)):
        return open_table(parquet_frame(Path(given), called or "the file"), name=called)
    return open_table(given, name=called, sheet=sheet, guess_sheet=guess_sheet)


def _refuse_misnamed(later: object, redeployment: object, posts: object, proposed_posts: object, case: Case) -> None:
    """Refuse files given in a shape, or under a name, in which they would not be read."""
    faults = Faults()
    if not isinstance(later, list | tuple):
        faults.add(Fault(code="no-list", what="Later outcomes were not given as a list of files.", allowed="later=[one, another]",
                         do="Put the file in a list."))  # fmt: skip
    strange = [] if redeployment is None else [*redeployment] if isinstance(redeployment, Mapping) else [None]
    for name in strange:
        if name not in KINDS:
            faults.add(Fault(code="unknown-file", what="A file on redeployment was given under a name that is not known.", allowed=", ".join(KINDS),
                             do='Name each: redeployment={"leave": ..., "vacancies": ...}.'))  # fmt: skip
    if proposed_posts is not None and posts is None and not case.files.posts:
        faults.add(Fault(code="proposed-posts-alone", what="Proposed posts were given without the current posts.", allowed="both lists",
                         do="Give posts= too."))  # fmt: skip
    faults.raise_if_any()


def _refuse_beside_what_was_read(main: Workforce | CountedWorkforce, joined: Iterable[Given | None]) -> None:
    if any(given is not None for given in joined):
        raise EiaError(Fault(code="read-already", what="Files that are joined to people were given beside a file that was read already.",
                             file=main.intake.sources[0].file, allowed="posts and the whole workforce beside it",
                             do="Give the file of people itself, and these beside it."))  # fmt: skip


def _large(main: object, case: Case, folder: Path) -> tuple[Path | Any, str] | None:
    """The file of the workforce, or its frame, and what messages call it, where it is too large to be read row by row."""
    if is_large_frame(main):
        return main, "workforce"
    path = _path_of(main, case, folder)
    file = "" if path is None else shown_name(path, "workforce")
    return (path, file) if path and is_large(path, file) else None


def _path_of(main: object, case: Case, folder: Path) -> Path | None:
    """Where the workforce is, where that is a path."""
    if isinstance(main, str | os.PathLike):
        return Path(main) if "\n" not in os.fspath(main) else None
    return named_file(folder, case.files.workforce, "workforce") if main is None and case.files.workforce else None


def _refuse_beside_counts(raw: RawTable, beside: Mapping[Kind, RawTable], joined: Iterable[Given | None]) -> None:
    if beside:
        raise EiaError(Fault(code="counts-and-leave", what="Leave or vacancies were given beside a table of counts, which has nobody to join them to.",
                             file=raw.file, allowed="leave and vacancies beside a file of people",
                             do="Leave them out, or give a file of people. `eia priority` reads a file of leave alone."))  # fmt: skip
    if any(given is not None for given in joined):
        raise EiaError(Fault(code="counts-and-selections", what="Selections, scores or absences were given beside a table of counts, which has nobody to join them to.",
                             file=raw.file, allowed="selections, scores and absences beside a file of people", do="Leave them out, or give a file of people."))  # fmt: skip


def recognised_case(
    case: Case,
    read: Workforce | CountedWorkforce,
    *,
    folder: Path,
    main: Path | None,
    selections: Path | None,
    posts: Path | None = None,
    scores: Path | None = None,
    absences: Path | None = None,
) -> Case:
    """The case with the files that were read, named from ``folder``, and every column named as it was recognised: it reads
    the next file of the kind without recognising anything. Columns that are asked about stay open."""
    is_people = isinstance(read, Workforce)
    given = {
        "workforce" if is_people else "counts": main,
        "selections": selections,
        "posts": posts,
        "scores": scores,
        "absences": absences,
    }
    files = {kind: _from(folder, path) for kind, path in given.items() if path}
    still_open = {question.setting[1] for question in read.intake.questions if question.setting[0] == "columns"}
    own = {
        mapped.column: mapped.header
        for mapped in read.intake.mapped
        if mapped.column not in case.characteristics and mapped.column not in still_open
    }
    return case.model_copy(
        update={
            "files": case.files.model_copy(update=files),
            "columns": {**case.columns, **own} if is_people else case.columns,
        }
    )


def _from(folder: Path, path: Path) -> str:
    """A path as a case file in the folder names it."""
    whole, inside = path.resolve(), folder.resolve()
    if not whole.is_relative_to(inside):
        raise EiaError(Fault(code="case-elsewhere", what="The case file would name a file outside its own folder.", file=path.name,
                             allowed="a case file in the folder of its files, or above", do="Save it beside that file, or in a folder above it.")) from None  # fmt: skip
    return whole.relative_to(inside).as_posix()


def without_names(files: Files) -> Files:
    """Which sheets to read, without the names of files."""
    return Files(**{name: sheet for name, sheet in files.model_dump().items() if name.endswith("sheet")})
