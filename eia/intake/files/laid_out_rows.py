"""Takes cells that were laid out anew, and where each row of them stood; gives them as the rows of a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from eia.intake.files.text_columns import Cells, categorical, text_frame


@dataclass(frozen=True, kw_only=True)
class LaidOutRows:
    """Rows of a table laid out anew. headers, cells: of the new one. numbers: the row of the file that each row is from.
    sha256: of the file. encoding: how it is written, in words."""

    headers: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...] = field(repr=False)
    numbers: tuple[int, ...] = field(repr=False)
    sha256: str
    encoding: str

    def read(self, indices: Sequence[int], key: int | None) -> Cells:  # noqa: ARG002  # counts have no references
        """The columns at these positions."""
        return Cells(
            text_frame({index: self._column(index) for index in indices}, len(self.cells)), None, self.encoding
        )

    def empty(self) -> list[int]:
        """Positions of rows that hold nothing: none are laid out."""
        return []

    def without_totals(self) -> LaidOutRows:
        """The same: totals of counts are read as such."""
        return self

    def _column(self, index: int) -> pd.Categorical:
        codes, labels = pd.factorize(np.array([row[index] for row in self.cells], dtype=object))
        return categorical(codes, [str(label) for label in labels])
