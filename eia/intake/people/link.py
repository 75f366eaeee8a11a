"""Takes a workforce file and a file of selections; gives for each row of the selections the row of the workforce it speaks of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from eia.errors import Fault, inert, rows_named
from eia.intake.files.references import Keys
from eia.intake.people.multiple_posts import Persons, rows_of_posts
from eia.intake.people.people_file import PeopleFile
from eia.intake.workforce import Bools, Codes, Recoding


def join(
    staff: PeopleFile, chosen: PeopleFile, who: Persons | None, *, holds: Sequence[str] = ("outcome",)
) -> tuple[npt.NDArray[np.int64] | None, list[Fault]]:
    """For each row of the selections the row of that person, the main one of several, or of that post; -1 where there is none.

    holds: columns of which the file needs one or more.
    """
    by_post = name_posts(staff, chosen)
    faults = [] if by_post else key_faults(chosen, needed=True)
    if not any(column in chosen.columns for column in holds):
        faults.append(
            Fault(code="no-outcome", what="There is no column of outcomes in the selections.", file=chosen.raw.file, row=(1,),
                  allowed="a column headed outcome or selected", do='Name it in the case: [columns] outcome = "the header".')
        )  # fmt: skip
    if by_post:
        return rows_of_posts(staff.columns["post_reference"], chosen.columns["post_reference"]), faults
    if staff.keys is None or chosen.keys is None:
        return None, faults
    places = chosen.keys.positions_in(staff.keys)
    lost = np.flatnonzero(places < 0)
    if len(lost):
        faults.append(
            Fault(code="selected-not-in-file", what="Some people in the selections are not in the workforce file.",
                  file=chosen.raw.file, row=chosen.raw.row_numbers(lost), rows=len(lost),
                  allowed="references that stand in the workforce file", do="Add these people, or correct their references.")
        )  # fmt: skip
    return np.where(places < 0, -1, who.main[who.of_row[places]]) if who else places, faults


def place_in(staff: Keys, who: Persons | None, references: Keys) -> npt.NDArray[np.int64]:
    """The place among the people of each reference, -1 for one that is not there."""
    rows = references.positions_in(staff)
    return rows if who is None else np.where(rows < 0, -1, who.of_row[rows])


def name_posts(staff: PeopleFile, chosen: PeopleFile) -> bool:
    """Whether selections name posts and not people."""
    return chosen.keys is None and "post_reference" in chosen.columns and "post_reference" in staff.columns


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


def unlisted(staff: PeopleFile, places: npt.NDArray[np.int64], of: Bools, rule: str) -> Iterator[Recoding]:
    """What becomes of some of the people, one entry a row of the workforce, whom a file does not list: with their rows."""
    listed = np.zeros(staff.rows, dtype=bool)
    listed[places[places >= 0]] = True
    rows = np.flatnonzero(of & ~listed)
    if len(rows):
        where = f"{inert(staff.raw.file)}, {rows_named(staff.raw.row_numbers(rows), len(rows))}"
        yield Recoding(column="outcome", rule=f"{rule} ({where})", rows=len(rows))


def spread_out(codes: Codes, places: npt.NDArray[np.int64], rows: int, otherwise: int) -> Codes:
    """Codes of the selections put at the rows of the people they belong to."""
    known = places >= 0
    result = np.full(rows, otherwise, dtype=np.int32)
    result[places[known]] = codes[known]
    return result
