"""Takes a file; gives the table in it as a DataFrame of text, nothing guessed."""

from __future__ import annotations

import os

import pandas as pd

from eia.intake.files.raw_table import open_table
from eia.vocabulary.headers import as_written


def read_table(source: str | os.PathLike[str] | bytes, *, sheet: str | None = None) -> pd.DataFrame:
    """Read a file of people or counts as it stands.

    Encoding, divider, titles above the headers and notes below the table are found as they are for an assessment, and an
    assessment of the frame is that of the file. Nothing else is decided: "007" keeps its zeros, and "None" and "N/A" stay
    words. That is what plain ``pandas.read_csv`` loses: it makes missing values of both, so that people of no religion
    become people who did not answer.

    Parameters
    ----------
    source: a path, or the bytes of a file: CSV or other divided text, XLSX, XLSM, XLS or ODS. sheet: the sheet to read, needed
    where several of a workbook hold a table.

    Returns
    -------
    One row for each row below the headers, rows of totals among them. Every column is of text (``str``), blanks around cells
    removed; an empty cell is "" and never missing. Headers stand as they are, those that repeat too.

    Raises
    ------
    EiaError where the file is no table, has rows of unequal length or empty rows amid the others, or needs a sheet named.

    Example
    -------
    >>> import eia
    >>> df = eia.read_table(b"Payroll,FTE,Religion\\n007,1.0,None\\n008,,N/A\\n")
    >>> df
      Payroll  FTE Religion
    0     007  1.0     None
    1     008           N/A
    >>> df["Religion"].tolist()
    ['None', 'N/A']
    """
    raw = open_table(source, sheet=sheet)
    cells = raw.read(range(len(raw.headers)), None)
    table = cells.texts.astype("str")
    table.columns = pd.Index([as_written(header) for header in raw.headers])
    return table
