"""Takes the case and where its files are; gives the evidence: a Workforce or a table of counts, the whole workforce, the two lists of posts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TypeVar, cast

from eia.case import Case
from eia.errors import EiaError, Fault, Faults
from eia.intake.counts.load_counts import CountedWorkforce, load_counts
from eia.intake.counts.measures import is_counts
from eia.intake.extras.post_lists import PostLists, load_post_lists
from eia.intake.extras.redeployment import KINDS, Kind
from eia.intake.files.raw_table import RawTable, read_table
from eia.intake.files.workbook import sheet_names
from eia.intake.people.load import load_people
from eia.intake.workforce import Workforce


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A file that somebody gave a browser: its name, and its bytes, which stay in memory with the table in them, once opened."""

    name: str
    content: bytes
    _opened: dict[str | None, RawTable] = field(default_factory=dict, init=False, repr=False, compare=False)

    def table(self, sheet: str | None) -> RawTable:
        """The table in it, opened the first time it is asked for. sheet: where it is a workbook, the one to read."""
        if sheet not in self._opened:
            self._opened.clear()  # only one sheet is looked at at a time
            self._opened[sheet] = read_table(self.content, name=self.name, sheet=sheet)
        return self._opened[sheet]

    @cached_property
    def sheets(self) -> tuple[str, ...]:
        """The names of its sheets; none where it is no workbook."""
        return sheet_names(self.content)


File = Path | Upload

_First = TypeVar("_First")
_Second = TypeVar("_Second")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What an assessment is made from: people or counts, and where they are given the whole workforce and the lists of posts."""

    main: Workforce | CountedWorkforce
    whole_workforce: CountedWorkforce | None = None
    structure: PostLists | None = None


def read_workforce(
    workforce: Path | bytes,
    case: Case | None = None,
    *,
    selections: Path | bytes | None = None,
    name: str | None = None,
) -> Workforce:
    r"""Read and check a file of people.

    Parameters
    ----------
    workforce, selections: paths of files, CSV or workbooks, or their bytes. case: the choices; those of an empty case by default.
    name: the file name that messages give for bytes.

    Raises
    ------
    EiaError with every fault of the files.

    >>> read_workforce(b"sex,pool,selected\nF,A,yes\nM,A,no\n", name="staff.csv").people
    2
    """
    case = case or Case()
    chosen = None
    if selections:
        sheet = case.files.selections_sheet
        chosen = read_table(selections, name=None if isinstance(selections, Path) else "selections", sheet=sheet)
    return load_people(read_table(workforce, name=name, sheet=case.files.sheet), case, chosen)


def read_evidence(
    case: Case,
    *,
    folder: Path,
    main: File | None = None,
    selections: File | None = None,
    whole_workforce: File | None = None,
    scores: File | None = None,
    posts: File | None = None,
    proposed_posts: File | None = None,
    redeployment: Mapping[Kind, File] | None = None,
) -> Evidence:
    """Read the files of a case.

    Parameters
    ----------
    folder: where the case file is: the file names in the case are relative to it.
    main: a file of people or a table of counts; selections, whole_workforce, scores, posts, proposed_posts, redeployment: the
    files beside it. Each is given instead of the one that the case names.

    Raises
    ------
    EiaError with every fault of the files, or where neither the case nor the caller names any.
    """
    files = case.files
    raw = _table(main, folder, files.workforce or files.counts, files.sheet)
    if raw is None:
        raise EiaError(
            Fault(code="no-file", what="The case names no file to assess.", file="case.toml", column="files",
                  allowed='workforce = "staff.csv" or counts = "counts.csv"', do="Name the file under [files].")
        )  # fmt: skip
    table = _table(whole_workforce, folder, files.whole_workforce, files.whole_workforce_sheet)
    lists = _table(posts, folder, files.posts, files.posts_sheet)
    proposed = _table(proposed_posts, folder, files.proposed_posts, files.proposed_posts_sheet)
    whole = load_counts(table, case) if table else None
    named = {kind: _table((redeployment or {}).get(kind), folder, getattr(files, kind), None) for kind in KINDS}
    beside = {kind: table for kind, table in named.items() if table}
    if not is_counts(raw.headers, case):
        chosen = _table(selections, folder, files.selections, files.selections_sheet)
        marks = _table(scores, folder, files.scores, files.scores_sheet)
        later = tuple(read_table(folder / name) for name in files.later)
        people, structure = _together(
            lambda: load_people(raw, case, chosen, later, redeployment=beside, scores=marks),
            lambda: load_post_lists(lists, case, proposed) if lists else None,
        )
        return Evidence(main=people, whole_workforce=whole, structure=structure)
    if beside:
        raise EiaError(
            Fault(code="counts-and-leave", what="Leave or vacancies were given beside a table of counts, which has nobody to join them to.",
                  file=raw.file, allowed="leave and vacancies beside a file of people",
                  do="Leave them out, or give a file of people. `eia priority` reads a file of leave alone.")
        )  # fmt: skip
    if selections is not None or scores is not None:
        raise EiaError(
            Fault(code="counts-and-selections", what="Selections or scores were given beside a table of counts, which has nobody to join them to.",
                  file=raw.file, allowed="selections and scores beside a file of people", do="Leave them out, or give a file of people.")
        )  # fmt: skip
    counted, structure = _together(
        lambda: load_counts(raw, case), lambda: load_post_lists(lists, case, proposed) if lists else None
    )
    return Evidence(main=counted, whole_workforce=whole, structure=structure)


def _together(first: Callable[[], _First], second: Callable[[], _Second]) -> tuple[_First, _Second]:
    """Both checks, or one error with the faults of both."""
    faults = Faults()
    made, beside = faults.read(first), faults.read(second)
    faults.raise_if_any()
    return cast(_First, made), cast(_Second, beside)


def recognised_case(
    case: Case,
    read: Workforce | CountedWorkforce,
    *,
    folder: Path,
    main: Path | None,
    selections: Path | None,
    posts: Path | None = None,
    scores: Path | None = None,
) -> Case:
    """The case with the files that were read, named from ``folder``, and every column named as it was recognised: it reads
    the next file of the kind without recognising anything. Columns that are asked about stay open."""
    is_people = isinstance(read, Workforce)
    given = {"workforce" if is_people else "counts": main, "selections": selections, "posts": posts, "scores": scores}
    files = {kind: _from(folder, path) for kind, path in given.items() if path}
    own = {mapped.column: mapped.header for mapped in read.intake.mapped if mapped.column not in case.characteristics}
    return case.model_copy(
        update={
            "files": case.files.model_copy(update=files),
            "columns": {**case.columns, **own} if is_people else case.columns,
        }
    )


def _from(folder: Path, path: Path) -> str:
    """A path as a case file in the folder names it."""
    whole, inside = path.resolve(), folder.resolve()
    return (whole.relative_to(inside) if whole.is_relative_to(inside) else whole).as_posix()


def _table(given: File | None, folder: Path, named: str | None, sheet: str | None) -> RawTable | None:
    """The file given, else the one that the case names, opened; None where there is neither."""
    if isinstance(given, Upload):
        return given.table(sheet)
    if given is not None or named:
        return read_table(given or folder / (named or ""), sheet=sheet)
    return None
