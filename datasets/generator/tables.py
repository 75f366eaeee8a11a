"""Takes columns of arrays; gives the text of a CSV file, the same on every machine."""

from __future__ import annotations

import csv
import io
from typing import Any

from .people import Table


def csv_text(table: Table) -> str:
    """Write a table as CSV: UTF-8 text, comma, one line feed a row; numbers without needless noughts.

    >>> import numpy as np
    >>> csv_text({"reference": np.array(["A1", "A2"]), "fte": np.array([1.0, 0.8])})
    'reference,fte\\nA1,1\\nA2,0.8\\n'
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table)
    writer.writerows(zip(*(map(_cell, column.tolist()) for column in table.values()), strict=True))
    return text.getvalue()


def _cell(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
