"""Takes the files that say who was chosen, in their order; gives the round in which each person was, or what is wrong with the rounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from eia.errors import Fault
from eia.intake.columns.cells import numbers
from eia.intake.people.people_file import PeopleFile
from eia.intake.workforce import Codes

MOST_ROUNDS = 20
ALLOWED = f"for everybody selected a whole number from 1 to {MOST_ROUNDS}, and for everybody else nothing"

_Rows = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A file that says who was chosen. places: for each of its rows the person's row in the workforce, -1 where that is not known; None where
    it is the workforce itself. chosen: who is chosen once it is read, by the rows of the workforce."""

    file: PeopleFile
    places: npt.NDArray[np.int64] | None
    chosen: _Rows

    @property
    def people(self) -> npt.NDArray[np.int64]:
        """The person of each row, as a row of the workforce."""
        return np.arange(self.file.rows) if self.places is None else self.places

    def of_rows(self, people: _Rows) -> _Rows:
        """What is said of people, by the rows of this file; False for rows of nobody known."""
        return people[self.people] & (self.people >= 0)


def rounds_of(listed: Sequence[Listed]) -> tuple[Codes | None, list[Fault]]:
    """The round in which each person was chosen, from 1, and 0 for those who are not, or no longer; None where no file names any.

    Everybody chosen needs a round. Of anybody else, as the file itself has it, a round would say that they had been chosen. Who was chosen is
    not held against their rounds while some outcomes are at fault themselves.
    """
    sure = not any(one.file.columns["outcome"].faults for one in listed if "outcome" in one.file.columns)
    rounds, faults = None, []
    for one in listed:
        column = one.file.columns.get("round")
        if column is None or not any(column.text.values):
            continue
        given = np.nan_to_num(numbers(column, low=1, high=MOST_ROUNDS))
        faults += _fault(one, given % 1 > 0, "round-not-whole", "Some rounds of selection are no whole numbers.",
                         "Number the rounds 1, 2, 3.")  # fmt: skip
        faults += _fault(one, one.of_rows(~one.chosen) & (given > 0) & sure, "round-of-retained",
                         "Some people not selected have a round of selection.", "Leave their cells empty, or correct their outcome.")  # fmt: skip
        rounds = np.zeros(one.chosen.size, dtype=np.int32) if rounds is None else rounds
        told = (one.people >= 0) & (given > 0)
        rounds[one.people[told]] = given[told]
    if rounds is None:
        return None, faults
    lacking = listed[-1].chosen & (rounds == 0)
    for one in reversed(listed):  # the file that chose them last is the one to mend
        rows = one.of_rows(lacking & one.chosen) & sure
        faults += _fault(one, rows, "no-round", "Some people selected have no round of selection.",
                         "Say in which round each was selected.")  # fmt: skip
        lacking[one.people[rows]] = False
    return np.where(listed[-1].chosen, rounds, 0), faults


def _fault(one: Listed, rows: _Rows, code: str, what: str, do: str) -> list[Fault]:
    column, at = one.file.columns.get("round"), np.flatnonzero(rows)
    if not len(at):
        return []
    return [
        Fault(code=code, what=what, file=one.file.raw.file, column=column.header if column else None,
              row=one.file.raw.row_numbers(at), rows=len(at), allowed=ALLOWED, do=do)
    ]  # fmt: skip
