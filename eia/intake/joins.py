"""Takes a workforce file and a file that goes with it; gives for each row of the second the row of the first it speaks of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from eia.errors import Fault, inert, rows_named
from eia.intake.people_file import PeopleFile
from eia.intake.posts import Persons, rows_of_posts
from eia.intake.workforce import Codes, Recoding

Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Joined:
    """A file, and for each of its rows the row of the workforce file that it speaks of; -1 where there is none."""

    file: PeopleFile
    places: Places

    @property
    def known(self) -> npt.NDArray[np.bool_]:
        """Which of its rows speak of somebody."""
        return self.places >= 0

    def spread(self, codes: Codes, rows: int, otherwise: int) -> Codes:
        """Codes of its rows put at the rows of the people they belong to; everybody else has ``otherwise``."""
        result = np.full(rows, otherwise, dtype=np.int32)
        result[self.places[self.known]] = codes[self.known]
        return result


def by_post(staff: PeopleFile, other: PeopleFile) -> bool:
    """Whether a file names posts and not people."""
    return other.keys is None and "post_reference" in other.columns and "post_reference" in staff.columns


def join(staff: PeopleFile, other: PeopleFile, who: Persons | None) -> tuple[Joined | None, list[Fault]]:
    """Find the row of each person, the main one of several, or of each post. None where there is nothing to join by.

    Faults, each with its rows: no reference or a repeated one, somebody or a post that is not in the workforce file.
    """
    if by_post(staff, other):
        return Joined(other, rows_of_posts(staff.columns["post_reference"], other.columns["post_reference"])), []
    faults = key_faults(other, needed=True)
    if staff.keys is None or other.keys is None:
        return None, faults
    places = other.keys.positions_in(staff.keys)
    lost = np.flatnonzero(places < 0)
    if len(lost):
        faults.append(
            Fault(code="selected-not-in-file", what="Some people in the selections are not in the workforce file.",
                  file=other.raw.file, row=other.raw.row_numbers(lost), rows=len(lost),
                  allowed="references that stand in the workforce file", do="Add these people, or correct their references.")
        )  # fmt: skip
    return Joined(other, np.where(places < 0, -1, who.main[who.of_row[places]]) if who else places), faults


def key_faults(file: PeopleFile, *, needed: bool, posts: bool = False) -> list[Fault]:
    """Faults of the references; ``posts``: whether repeated ones are several posts of one person."""
    if file.keys is None:
        if not needed:
            return []
        return [Fault(code="no-reference", what="There is no column of references to join the selections to.",
                      file=file.raw.file, row=(1,), allowed="an anonymised reference in both files, the same for the same person",
                      do='Name it in the case: [columns] reference = "the header".')]  # fmt: skip
    faults = []
    header = file.raw.headers[file.at.at["reference"]]
    repeated = np.empty(0, dtype=np.int64) if posts else file.keys.repeated
    for code, rows, what, do in (
        ("blank-reference", file.keys.blank(), "Some people have no reference.", "Give each of them an anonymised reference."),
        ("duplicate-reference", repeated, "Some references stand in more than one row.",
         "Remove the repeated rows. If they are posts of one person, add a column of posts, or say so in the case: [people] "
         'repeated = "main post".'),
    ):  # fmt: skip
        if len(rows):
            faults.append(
                Fault(code=code, what=what, file=file.raw.file, column=header, row=file.raw.row_numbers(rows),
                      rows=len(rows), allowed="one reference a person, each in one row", do=do)
            )  # fmt: skip
    return faults


def unlisted(staff: PeopleFile, joined: Joined, of: npt.NDArray[np.bool_], rule: str) -> Sequence[Recoding]:
    """What becomes of some of the people (one entry a row of the workforce file) where a file does not list them, by row."""
    listed = np.zeros(staff.rows, dtype=bool)
    listed[joined.places[joined.known]] = True
    rows = np.flatnonzero(of & ~listed)
    if not len(rows):
        return ()
    where = f"{inert(staff.raw.file)}, {rows_named(staff.raw.row_numbers(rows), len(rows))}"
    return (Recoding(column="outcome", rule=f"{rule} ({where})", rows=len(rows)),)
