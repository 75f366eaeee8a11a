"""Takes a table whose headers are words that eia asks for; gives its columns and references, and what is wrong with its headers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from eia.case import Case
from eia.errors import EiaError, Fault
from eia.intake.columns.cells import FileColumn, file_columns
from eia.intake.files.raw_table import RawTable
from eia.intake.files.references import Keys
from eia.vocabulary.synonyms import headers, plain

REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class Named:
    """A table with the columns that were looked for and are there, the references, and the faults of its headers.

    rows: without empty ones at the end.
    """

    raw: RawTable
    columns: Mapping[str, FileColumn]
    keys: Keys | None
    rows: int
    header_faults: tuple[Fault, ...]

    def faults(self) -> list[Fault]:
        """Everything found wrong so far, headers first."""
        return [*self.header_faults, *(fault for column in self.columns.values() for fault in column.faults)]


def open_named(
    raw: RawTable, wanted: Mapping[str, Sequence[str]], *, needed: Sequence[str], of: str, each_row: str, case: Case
) -> Named:
    """Find and read the columns of a table.

    Parameters
    ----------
    wanted: column -> its headers in plain words. needed: which of them have to be there, "reference" among them where
    rows must say whom they are of. of: what the table is of, and each_row: what each row is, for messages. case: names
    the column of references where its header does not.

    Returns
    -------
    The table. Any other column is never read; names of people least of all.

    Raises
    ------
    EiaError where a needed column is missing. A header that stands twice is among the faults of what is given.
    """
    own = plain(case.columns.get(REFERENCE, ""))
    found = [_column(plain(head), wanted, own) for head in raw.headers]
    twice = [one for one, other in pairwise(sorted(filter(None, found))) if one == other]
    faults = [
        Fault(code="two-headers", what=f"More than one column could be the {_said(name)} of {of}.", file=raw.file,
              row=(raw.header_row,), allowed="one", do="Rename or remove the others.")
        for name in dict.fromkeys(twice)
    ]  # fmt: skip
    missing = [
        Fault(code="no-needed-column", what=f"There is no column of the {_said(name)} of {of}.", file=raw.file,
              row=(raw.header_row,), allowed=", ".join(wanted.get(name, (REFERENCE,))), do=f"Add it: each row is {each_row}.")
        for name in needed
        if name not in found
    ]  # fmt: skip
    if missing:
        raise EiaError([*faults, *missing])
    at = {name: index for index, name in enumerate(found) if name}
    key = at.pop(REFERENCE, None)
    cells = raw.read(list(at.values()), key).without_empty_end()
    return Named(raw, file_columns(raw, cells, at), cells.keys, cells.rows, tuple(faults))


def _column(header: str, wanted: Mapping[str, Sequence[str]], reference: str) -> str:
    """The column that a plain header stands for, or nothing."""
    named = next((name for name, words in wanted.items() if header in words), "")
    return named or (REFERENCE if header and (header == reference or headers().get(header) == REFERENCE) else "")


def _said(name: str) -> str:
    return name.replace("_", " ")
