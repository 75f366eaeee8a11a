"""Takes the column of rounds and who was chosen; gives the round in which each was, or the faults of the column."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from eia.errors import Fault
from eia.intake.values import Column, numbers
from eia.intake.workforce import Codes

MOST_ROUNDS = 20


def rounds(column: Column, chosen: npt.NDArray[np.bool_]) -> tuple[Codes, list[Fault]]:
    """The round in which each person was chosen, from 1, and 0 for those who were not.

    Everybody chosen needs a round; for anybody else a round would say that they had been chosen.
    """
    given = numbers(column, low=1, high=MOST_ROUNDS)
    known = np.where(np.isnan(given), 0, given)
    faults = [
        Fault(code=code, what=what, file=column.raw.file, column=column.header, row=column.raw.row_numbers(rows), rows=len(rows),
              allowed=f"for everybody selected a whole number from 1 to {MOST_ROUNDS}, and for everybody else nothing", do=do)
        for code, rows, what, do in _wrong(known, chosen)
        if len(rows)
    ]  # fmt: skip
    return known.astype(np.int32), faults


def _wrong(
    known: npt.NDArray[np.float32], chosen: npt.NDArray[np.bool_]
) -> Iterator[tuple[str, npt.NDArray[np.intp], str, str]]:
    yield (
        "round-not-whole",
        np.flatnonzero(known % 1),
        "Some rounds of selection are no whole numbers.",
        "Number the rounds 1, 2, 3.",
    )
    yield (
        "no-round",
        np.flatnonzero(chosen & (known == 0)),
        "Some people selected have no round of selection.",
        "Say in which round each was selected.",
    )
    yield "round-of-retained", np.flatnonzero(~chosen & (known > 0)), "Some people not selected have a round of selection.", "Leave their cells empty, or correct their outcome."  # fmt: skip
