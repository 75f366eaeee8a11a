"""Takes the files that say who was chosen, in their order; gives the round in which each person was, or what is wrong with the rounds."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from eia import budget
from eia.errors import Faults
from eia.intake.columns.cells import numbers
from eia.intake.files.text_columns import Mask
from eia.intake.people.outcomes import Listed

ALLOWED = f"for everybody selected a whole number from 1 to {budget.ROUNDS}, and for everybody else nothing"


def rounds_of(listed: Sequence[Listed], faults: Faults) -> pd.Categorical | None:
    """The round in which each person was chosen, missing for those who are not, or no longer; None where no file names any.

    Everybody chosen needs a round. Of anybody else, as the file itself has it, a round would say that they had been chosen. Who was chosen is
    not held against their rounds while some outcomes are at fault themselves.
    """
    columns = [one.joined.file.columns.get("outcome") for one in listed]
    sure = not any(column.faults for column in columns if column is not None)
    rounds: npt.NDArray[np.int8] | None = None
    for one in listed:
        column = one.joined.file.columns.get("round")
        if column is None or not any(column.cells):
            continue
        given = np.nan_to_num(numbers(column, low=1, high=budget.ROUNDS))
        _blame(one, given % 1 > 0, faults, "round-not-whole", "Some rounds of selection are no whole numbers.",
               "Number the rounds 1, 2, 3.")  # fmt: skip
        _blame(one, _of_rows(one, ~one.chosen) & (given > 0) & sure, faults, "round-of-retained",
               "Some people not selected have a round of selection.", "Leave their cells empty, or correct their outcome.")  # fmt: skip
        rounds = np.zeros(one.chosen.size, dtype=np.int8) if rounds is None else rounds
        told = one.joined.known & (given > 0)
        rounds[one.joined.places[told]] = given[told]
    if rounds is None:
        return None
    lacking = listed[-1].chosen & (rounds == 0)
    for one in reversed(listed):  # the file that chose them last is the one to mend
        rows = _of_rows(one, lacking & one.chosen) & sure
        _blame(one, rows, faults, "no-round", "Some people selected have no round of selection.",
               "Say in which round each was selected.")  # fmt: skip
        lacking[one.joined.places[rows]] = False
    dtype = pd.CategoricalDtype([*range(1, budget.ROUNDS + 1)], ordered=True)
    return pd.Categorical.from_codes(np.where(listed[-1].chosen, rounds - 1, -1), dtype=dtype)


def _of_rows(one: Listed, people: Mask) -> Mask:
    """What is said of people, by the rows of this file; False for rows of nobody known."""
    return people[one.joined.places] & one.joined.known


def _blame(one: Listed, rows: Mask, faults: Faults, code: str, what: str, do: str) -> None:
    column, raw = one.joined.file.columns.get("round"), one.joined.file.raw
    header = column.header if column else None
    faults.of_rows(raw, np.flatnonzero(rows), code=code, what=what, column=header, allowed=ALLOWED, do=do)
