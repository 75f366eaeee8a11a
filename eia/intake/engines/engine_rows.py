"""Takes a table in an engine; gives it as a RawTable whose rows are counts: each combination of cells once, and how many people hold it.

So what reads columns of a file reads those of an engine: recognition, recoding, questions and faults count people by the weights of the rows. Rows
have no numbers there, and no order.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from eia.errors import EiaError
from eia.intake.engines.lazy_table import LazyTable, Lines
from eia.intake.files.layout import checked_headers
from eia.intake.files.raw_table import RawTable, nobody
from eia.intake.files.text_columns import Cells, Weights, categorical, narrow, text_frame


@dataclass(frozen=True)
class EngineRows:
    """The rows of a table in an engine."""

    table: LazyTable
    _counted: list[Lines] = field(default_factory=list, repr=False, compare=False)

    def lines(self, names: Sequence[str]) -> Lines:
        """How many people hold each combination of cells of these columns; the engine is asked where no count made before tells."""
        known = next((lines for lines in self._counted if set(names) <= set(lines.names)), None)
        if known is None:
            known = self.table.lines(names)
            self._counted.append(known)
        return known.of(names)

    @property
    def people(self) -> int:
        """How many rows there are."""
        return self.table.people

    def read(self, indices: Sequence[int], key: int | None) -> Cells:
        """The columns at these positions: each combination of their cells, and how many people hold it. Never a key."""
        at = [index for index in indices if index != key]
        lines = self.lines([self.table.names[index] for index in at])
        texts = {index: self.cells(lines, self.table.names[index]) for index in at}
        return Cells(text_frame(texts, len(lines.people)), None, "counts of an engine", weights=Weights(lines.people))

    def cells(self, lines: Lines, name: str) -> pd.Categorical:
        """The cells of a column of these lines."""
        codes, texts = lines.codes[:, lines.names.index(name)], self.table.texts(name)
        if codes.min(initial=0) < 0:
            codes, texts = np.where(codes < 0, len(texts), codes), [*texts, ""]
        return categorical(codes.astype(narrow(len(texts))), texts)

    @property
    def sha256(self) -> str:
        """SHA-256 of headers and of everything counted: the same for the same counts in whatever engine."""
        digest = hashlib.sha256("\0".join(self.table.headers).encode())
        for lines in sorted(self._counted, key=lambda lines: lines.names):
            for place, name in enumerate(lines.names):
                digest.update("\0".join([name, *self.table.texts(name)]).encode())
                digest.update(lines.codes[:, place].tobytes())
            digest.update(lines.people.tobytes())
        return digest.hexdigest()

    def without_totals(self) -> EngineRows:
        """The same: an engine has no last rows."""
        return self

    def empty(self) -> list[int]:
        """Rows that hold nothing: none is looked for."""
        return []


def engine_table(rows: EngineRows, sample: Sequence[Sequence[str]] = ()) -> RawTable:
    """A table in an engine as one that can be read like a file. sample: the first cells of each column, where they are known; whose they are cannot
    be seen.

    Raises EiaError where it has no headers, or nobody in it.
    """
    table = rows.table
    first = tuple(zip(*(sample or [table.first_cells(name) for name in table.names]), strict=True))
    if not first:
        raise EiaError(nobody(table.file))
    headers = checked_headers(table.headers, first, table.file, row=0)
    return RawTable(file=table.file, headers=headers, header_row=0, sample=first, totals=0, remarks=(), _rows=rows)
