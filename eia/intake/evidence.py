"""Takes the case and where its files are; gives the evidence: a Workforce or a table of counts, and the whole workforce."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from eia.case import Case
from eia.errors import EiaError, Fault
from eia.intake.check import check
from eia.intake.counted import Counted, check_counts, is_counts
from eia.intake.read import RawTable, read_table
from eia.intake.workforce import Workforce


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What an assessment is made from: people or counts, and where it is a table of its own the whole workforce."""

    main: Workforce | Counted
    whole_workforce: Counted | None = None


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
    workforce, selections: paths of CSV files, or their bytes. case: the choices; those of an empty case by default.
    name: the file name that messages give for bytes.

    Raises
    ------
    EiaError with every fault of the files.

    >>> read_workforce(b"sex,pool,selected\nF,A,yes\nM,A,no\n", name="staff.csv").people
    2
    """
    chosen = read_table(selections, name=None if isinstance(selections, Path) else "selections") if selections else None
    return check(read_table(workforce, name=name), case or Case(), chosen)


def read_evidence(
    case: Case,
    *,
    folder: Path,
    main: Path | bytes | None = None,
    name: str | None = None,
    selections: Path | bytes | None = None,
) -> Evidence:
    """Read the files of a case.

    Parameters
    ----------
    folder: where the case file is: its file names are relative to it. main: a file of people or a table of counts given
    instead of the case's own, as a path or bytes. name: its name for messages. selections: the same for selections.

    Raises
    ------
    EiaError with every fault of the files, or where the case names none.
    """
    files = case.files
    given: Path | bytes | None = main
    if given is None and (own := files.workforce or files.counts):
        given = folder / own
    if given is None:
        raise EiaError(
            Fault(code="no-file", what="The case names no file to assess.", file="case.toml", column="files",
                  allowed='workforce = "staff.csv" or counts = "counts.csv"', do="Name the file under [files].")
        )  # fmt: skip
    raw = read_table(given, name=name)
    whole = check_counts(read_table(folder / files.whole_workforce), case) if files.whole_workforce else None
    if is_counts(raw.headers):
        return Evidence(main=check_counts(raw, case), whole_workforce=whole)
    return Evidence(main=check(raw, case, _selections(case, folder, selections)), whole_workforce=whole)


def _selections(case: Case, folder: Path, given: Path | bytes | None) -> RawTable | None:
    if given is not None:
        return read_table(given, name=None if isinstance(given, Path) else "selections")
    return read_table(folder / case.files.selections) if case.files.selections else None
