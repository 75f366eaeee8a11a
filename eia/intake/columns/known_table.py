"""Takes a file and the kind of table it is; gives its known columns read, and what is wrong with its headers.

Any other column is never read; names of people least of all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from eia.case import Case
from eia.errors import Fault, Faults, visible
from eia.intake.columns.cells import FileColumn, file_columns
from eia.intake.columns.headers import two_headers
from eia.intake.files.raw_table import RawTable
from eia.intake.files.references import Keys
from eia.intake.intake_record import Source
from eia.vocabulary.headers import TableKind, column_headers, match

REFERENCE = "reference"


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownTable:
    """A file with the columns that were looked for and are there, and the references, without the ``empty_rows`` at its end:
    spreadsheets add them below a table. Only there: a row number must keep its meaning."""

    raw: RawTable
    columns: Mapping[str, FileColumn]
    keys: Keys | None
    rows: int
    empty_rows: int
    encoding: str

    @property
    def source(self) -> Source:
        """The file as the record of reading names it."""
        return Source(
            file=self.raw.file, sha256=self.raw.sha256, encoding=self.encoding, rows=self.rows,
            remarks="; ".join(self.raw.remarks),
        )  # fmt: skip

    @property
    def people(self) -> int:
        """How many people the rows stand for."""
        return self.raw.how_many(np.arange(self.rows))

    def cells(self, name: str) -> list[str]:
        """What each row says in a column, in visible characters; "" everywhere where the file has no such column."""
        if name not in self.columns:
            return [""] * self.rows
        column = self.columns[name]
        shown = [visible(value) for value in column.cells]
        return [shown[code] for code in column.text.codes.tolist()]

    def faults(self) -> Faults:
        """Everything found wrong with its cells so far."""
        faults = Faults()
        for column in self.columns.values():
            faults.extend(column.faults)
        return faults


def columns_at(raw: RawTable, kind: TableKind, case: Case) -> dict[str, tuple[int, ...]]:
    """Where each column of this kind of table may stand. The case is heard where it names a column that this kind has too."""
    said = {column: header for column, header in case.columns.items() if column in column_headers(kind)}
    return match(raw.headers, kind, said=said)


def keys_as_said(keys: Keys | None, case: Case) -> Keys | None:
    """References as the case says that they tell people apart: without what is at their end where that stands for posts, and without what
    two files write differently."""
    if keys is not None and case.people.suffix == "posts":
        keys = keys.written("suffix")
    rule = case.people.same_without
    return keys if keys is None or rule is None or rule == "nothing" else keys.written(rule)


def read_columns(raw: RawTable, at: Mapping[str, int], case: Case) -> KnownTable:
    """The columns at these positions; that of references only as keys. Rows that hold nothing are left out.

    Raises EiaError where rows are not of one cell each header.
    """
    key = at.get(REFERENCE)
    raw, read = raw.without_gaps(raw.read(list(at.values()), key))
    cells = read.without_empty_end()
    raw = replace(raw, weights=cells.weights)
    columns = file_columns(raw, cells, {name: index for name, index in at.items() if index != key})
    return KnownTable(
        raw=raw, columns=columns, keys=keys_as_said(cells.keys, case), rows=cells.rows, empty_rows=read.rows - cells.rows,
        encoding=cells.encoding,
    )  # fmt: skip


def open_known(raw: RawTable, kind: TableKind, case: Case, *, needed: Sequence[str], each_row: str) -> KnownTable:
    """Find and read the columns of a file. needed: those that have to be there. each_row: what each row is, for messages.

    Raises EiaError where a needed column is missing, or more than one header could be the same column.
    """
    found = columns_at(raw, kind, case)
    faults = Faults()
    faults.extend(two_headers(raw, name, at, of=kind) for name, at in found.items() if len(at) > 1)
    faults.extend(
        Fault(code="no-needed-column", what=f"There is no column of the {name.replace('_', ' ')} of {kind}.", file=raw.file,
              row=(raw.header_row,), allowed=", ".join(column_headers(kind)[name][:6]), do=f"Add it: each row is {each_row}.")
        for name in needed
        if name not in found
    )  # fmt: skip
    faults.raise_if_any()
    return read_columns(raw, {name: at[0] for name, at in found.items()}, case)
