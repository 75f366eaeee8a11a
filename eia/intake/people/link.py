"""Takes a file of people and those beside it; gives which rows are whose: one row that counts for each person, and for each row
of another file the row of the workforce that it speaks of.

Tests count people, once each. Somebody with several posts counts in the main one: that with the most full-time
equivalents, or else the first in the file. Posts and full-time equivalents are totals beside.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from eia.errors import Fault, Faults, inert, rows_named
from eia.intake.columns.cells import FileColumn, Numbers
from eia.intake.columns.headers import Recognised
from eia.intake.files.raw_table import RawTable
from eia.intake.files.references import Keys
from eia.intake.files.text_columns import Mask
from eia.intake.intake_record import Recoding
from eia.intake.people.join_causes import join_cause
from eia.intake.people.people_file import PeopleFile
from eia.vocabulary.characteristics import Dimension
from eia.vocabulary.headers import column_of

_OF_THE_POST = frozenset(
    {"working_pattern", "contract", "grade", "flexible", "family_leave"}
)  # may differ between posts

REFERENCES_ALLOWED = "one reference a person, each in one row"

Rows = npt.NDArray[np.int64]


# ------------------------------------------------------------------------------------------------ several posts of a person


@dataclass(frozen=True, slots=True)
class Persons:
    """main: the row that counts for each person, in the order of the file; of_row: the place in ``main`` of each row's person."""

    main: Rows
    of_row: Rows

    def main_of(self, rows: Rows) -> Rows:
        """The row that counts for the person of each of these rows; -1 stays."""
        return np.where(rows < 0, -1, self.main[self.of_row[rows]])

    @property
    def several(self) -> int:
        """How many people have more than one post."""
        return int((np.bincount(self.of_row) > 1).sum())

    def together(self, numbers: Numbers) -> Numbers:
        """Numbers of all posts of each row's person added up; nan where none of them has one."""
        known = ~np.isnan(numbers)
        total = np.bincount(self.of_row, np.where(known, numbers, 0))
        total[np.bincount(self.of_row, known) == 0] = np.nan
        return total[self.of_row].astype(np.float32)


def persons(keys: Keys, fte: Numbers | None) -> Persons:
    """Find the main post of everybody. Rows without a reference are people of their own.

    >>> import pyarrow
    >>> two = persons(Keys(pyarrow.chunked_array([pyarrow.array([b"A", b"B", b"A"])])), np.array([0.4, 1, 0.6], np.float32))
    >>> two.main.tolist(), two.of_row.tolist()
    ([1, 2], [1, 0, 1])
    """
    codes = keys.codes()
    by = np.nan_to_num(fte, nan=-1) if fte is not None else np.zeros(len(codes))
    order = np.lexsort((np.arange(len(codes)), -by, codes))
    first = np.append(True, codes[order][1:] != codes[order][:-1])
    main = order[first]
    place = np.empty(len(codes), dtype=np.int64)
    place[np.sort(main)] = np.arange(len(main))
    of_row = np.empty(len(codes), dtype=np.int64)
    of_row[order] = place[main][np.cumsum(first) - 1]
    return Persons(np.sort(main), of_row)


def are_posts(keys: Keys, posts: pd.Categorical) -> bool:
    """Whether every row of a repeated reference names another post."""
    rows = keys.repeated
    pairs = np.stack([keys.codes()[rows], posts.codes[rows]])
    return bool((posts.codes[rows] >= 0).all()) and len(np.unique(pairs, axis=1).T) == len(rows)


def are_copies(keys: Keys, columns: Iterable[pd.Categorical]) -> bool:
    """Whether the rows of a repeated reference are the same in every column that is read: the same row, exported twice."""
    rows = keys.repeated
    whole = np.stack([keys.codes()[rows], *(column.codes[rows] for column in columns)])
    return len(np.unique(whole, axis=1).T) == len(np.unique(whole[0]))


def rows_of_posts(ours: FileColumn, theirs: FileColumn) -> Rows:
    """For each row of selections that name posts the row of the workforce with that post, or -1.

    Faults of the selections: no post, a post twice, a post that is not in the workforce or is shared by several people there.
    """
    holders = np.bincount(ours.text.codes, minlength=len(ours.cells))
    first = np.full(len(ours.cells), -1, dtype=np.int64)
    first[ours.text.codes[::-1]] = np.arange(len(ours.text.codes))[::-1]
    named = {value: index for index, value in enumerate(ours.cells) if value}
    at = [named.get(value, -1) for value in theirs.cells]
    cells = range(len(at))
    checks = (
        ("blank-post", [i for i in cells if not theirs.cells[i]], "Some rows name no post.", "Fill in the post, or the reference."),
        ("duplicate-post", [i for i in cells if theirs.cells[i] and theirs.rows_with(i) > 1],
         "Some posts stand in more than one row.", "Remove the repeated rows."),
        ("post-not-in-file", [i for i in cells if theirs.cells[i] and at[i] < 0],
         "Some posts in the selections are not in the workforce file.", "Add these posts, or correct their numbers."),
        ("post-shared", [i for i in cells if at[i] >= 0 and holders[at[i]] > 1],
         "Some posts in the selections have more than one holder.", "Name the people by their reference."),
    )  # fmt: skip
    for code, wrong, what, do in checks:
        theirs.blame(wrong, code=code, what=what, allowed="posts that one person each holds, each in one row", do=do)
    places = np.array([first[index] if index >= 0 else -1 for index in at], dtype=np.int64)
    found: Rows = places[theirs.text.codes]
    return found


def counted_once(
    who: Persons,
    outcome: npt.NDArray[np.int32] | None,
    dimensions: Mapping[str, Dimension],
    answers: Mapping[str, pd.Categorical],
    *,
    copies: bool,
) -> list[Recoding]:
    """What to say of people with several posts: the rule, outcomes of other posts, and answers that differ between rows. copies:
    whether their rows are the same in everything."""
    rows = len(who.of_row)
    if copies:
        rule = f"{who.several:,} people stand in several rows, the same in every column: each counts once"
        return [Recoding(column="reference", rule=rule, rows=rows - len(who.main))]
    rule = (
        f"{who.several:,} people have more than one post: each counts once, in the post with the most FTE, or else the first in "
        f"the file; {rows:,} posts are held by {len(who.main):,} people"
    )
    said = [Recoding(column="reference", rule=rule, rows=rows - len(who.main))]
    if outcome is not None and (elsewhere := int(((outcome > 0) & (outcome[who.main][who.of_row] == 0)).sum())):
        rule = "an outcome in a post that is not the main one: the outcome of the main post counts"
        said.append(Recoding(column="outcome", rule=rule, rows=elsewhere))
    for key, given in answers.items():
        differ = int((given.codes != given.codes[who.main][who.of_row]).sum())
        if differ and key not in _OF_THE_POST:
            rule = "rows of the same person differ: the answer beside the main post counts"
            said.append(Recoding(column=dimensions[key].characteristic.title, rule=rule, rows=differ))
    return said


# ---------------------------------------------------------------------------------------------------- the files beside


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
    if not any(column in chosen.columns for column in holds) and not (holds == ("outcome",) and is_bare_list(chosen)):
        faults.add(Fault(code="no-outcome", what="There is no column of outcomes in the selections.", file=chosen.raw.file, row=(1,),
                         allowed="a column headed outcome or selected", do='Name it in the case: [columns] outcome = "the header".'))  # fmt: skip
    if by_post:
        return Joined(chosen, rows_of_posts(staff.columns["post_reference"], chosen.columns["post_reference"]))
    if staff.keys is None or chosen.keys is None:
        return Joined(chosen, np.full(chosen.rows, -1, dtype=np.int64))
    places = chosen.keys.positions_in(staff.keys)
    cause, lost = join_cause(chosen.keys, staff.keys), np.flatnonzero(places < 0)
    named = (
        f"All {chosen.rows:,} people in the selections are"
        if len(lost) == chosen.rows
        else "Some people in the selections are"
    )
    faults.of_rows(
        chosen.raw, lost, code="selected-not-in-file",
        what=f"{named} not in the workforce file{f': {cause.what}' if cause else ''}.",
        allowed="references that stand in the workforce file", do=cause.do if cause else "Add these people, or correct their references.",
    )  # fmt: skip
    return Joined(chosen, who.main_of(places) if who else places)


def is_bare_list(chosen: PeopleFile) -> bool:
    """Whether a file lists people and nothing that could be their outcome: those on it are the ones selected. A column that is not
    known could be one."""
    return chosen.keys is not None and "outcome" not in chosen.columns and is_list_alone(chosen.raw, chosen.at)


def is_list_alone(raw: RawTable, at: Recognised) -> bool:
    """Whether every column of a table is known for what it is, so that none could be an outcome by another name."""
    return all(
        match.confidence == "identifier" or match.column or column_of(header, "people") or not header
        for match, header in zip(at.matches, raw.headers, strict=True)
    )


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
            allowed=REFERENCES_ALLOWED, do=do,
        )  # fmt: skip
