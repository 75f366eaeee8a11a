"""Takes a workforce file and a file of selections; gives for each row of the selections the row of the workforce it speaks of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from eia.errors import Fault, Faults, inert, rows_named
from eia.intake.files.references import Keys
from eia.intake.intake_record import Recoding
from eia.intake.people.multiple_posts import Persons, rows_of_posts
from eia.intake.people.people_file import PeopleFile

Rows = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Joined:
    """A file, and for each of its rows the row of the workforce file that it speaks of; -1 where there is none."""

    file: PeopleFile
    places: Rows

    @property
    def known(self) -> Mask:
        """Which of its rows speak of somebody."""
        return self.places >= 0

    def spread(self, codes: npt.NDArray[np.integer], rows: int, otherwise: int) -> npt.NDArray[np.int32]:
        """Codes of its rows put at the rows of the people they belong to."""
        result = np.full(rows, otherwise, dtype=np.int32)
        result[self.places[self.known]] = codes[self.known]
        return result

    def unlisted(self, staff: PeopleFile, of: Mask, rule: str) -> list[Recoding]:
        """What becomes of some of the people, one entry a row of the workforce, whom it does not list: with their rows."""
        listed = np.zeros(staff.rows, dtype=bool)
        listed[self.places[self.known]] = True
        rows = np.flatnonzero(of & ~listed)
        if not len(rows):
            return []
        where = f"{inert(staff.raw.file)}, {rows_named(staff.raw.row_numbers(rows), len(rows))}"
        return [Recoding(column="outcome", rule=f"{rule} ({where})", rows=len(rows))]


def join(
    staff: PeopleFile, chosen: PeopleFile, who: Persons | None, faults: Faults, *, holds: Sequence[str] = ("outcome",)
) -> Joined:
    """Join the rows of selections to people, in the main one of several posts, or to posts.

    holds: columns of which the file needs one or more.
    """
    by_post = name_posts(staff, chosen)
    if not by_post:
        key_faults(chosen, faults, needed=True)
    if not any(column in chosen.columns for column in holds):
        faults.add(Fault(code="no-outcome", what="There is no column of outcomes in the selections.", file=chosen.raw.file, row=(1,),
                         allowed="a column headed outcome or selected", do='Name it in the case: [columns] outcome = "the header".'))  # fmt: skip
    if by_post:
        return Joined(chosen, rows_of_posts(staff.columns["post_reference"], chosen.columns["post_reference"]))
    if staff.keys is None or chosen.keys is None:
        return Joined(chosen, np.full(chosen.rows, -1, dtype=np.int64))
    places = chosen.keys.positions_in(staff.keys)
    faults.of_rows(
        chosen.raw, np.flatnonzero(places < 0), code="selected-not-in-file",
        what="Some people in the selections are not in the workforce file.",
        allowed="references that stand in the workforce file", do="Add these people, or correct their references.",
    )  # fmt: skip
    return Joined(chosen, np.where(places < 0, -1, who.main[who.of_row[places]]) if who else places)


def place_in(staff: Keys, who: Persons | None, references: Keys) -> Rows:
    """The place among the people of each reference, -1 for one that is not there."""
    rows = references.positions_in(staff)
    return rows if who is None else np.where(rows < 0, -1, who.of_row[rows])


def name_posts(staff: PeopleFile, chosen: PeopleFile) -> bool:
    """Whether selections name posts and not people."""
    return chosen.keys is None and "post_reference" in chosen.columns and "post_reference" in staff.columns


def key_faults(file: PeopleFile, faults: Faults, *, needed: bool, posts: bool = False) -> None:
    """Faults of the references; ``posts``: whether repeated ones are several posts of one person."""
    if file.keys is None:
        if needed:
            faults.add(Fault(code="no-reference", what="There is no column of references to join the selections to.",
                             file=file.raw.file, row=(1,), allowed="an anonymised reference in both files, the same for the same person",
                             do='Name it in the case: [columns] reference = "the header".'))  # fmt: skip
        return
    repeated = np.empty(0, dtype=np.int64) if posts else file.keys.repeated
    for code, rows, what, do in (
        ("blank-reference", file.keys.blank(), "Some people have no reference.", "Give each of them an anonymised reference."),
        ("duplicate-reference", repeated, "Some references stand in more than one row.",
         "Remove the repeated rows. If they are posts of one person, add a column of posts, or say so in the case: [people] "
         'repeated = "main post".'),
    ):  # fmt: skip
        faults.of_rows(
            file.raw, rows, code=code, what=what, column=file.raw.headers[file.at.at["reference"]],
            allowed="one reference a person, each in one row", do=do,
        )  # fmt: skip
