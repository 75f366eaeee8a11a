"""Takes the files of a case, joined; gives everybody's outcome: 0 for retained, and 1, 2, ... for the stages in their order."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from eia.case import RETAINED, Case
from eia.errors import Fault, inert
from eia.intake.joins import Joined, unlisted
from eia.intake.people_file import PeopleFile
from eia.intake.rounds import rounds
from eia.intake.values import Column
from eia.intake.words import outcomes, plain
from eia.intake.workforce import NO_POOL, Codes, Labelled, Recoding


def first_outcome(
    staff: PeopleFile, chosen: Joined | None, pool: Labelled | None, case: Case, recodings: list[Recoding], people: int
) -> Codes | None:
    """Outcomes from the selections, else from the workforce file; None where none is given yet.

    pool: as the files name them. people: how many there are, each counted once.
    """
    if chosen:
        if "outcome" not in chosen.file.columns:
            return None
        codes = _codes(chosen.file.columns["outcome"], case, recodings)
        file = inert(chosen.file.raw.file)
        if absent := people - int(chosen.known.sum()):
            recodings.append(
                Recoding(column="outcome", rule=f"people not listed in {file} read as retained", rows=absent)
            )
        if pool is not None:
            in_pool = pool.codes != NO_POOL
            recodings += unlisted(staff, chosen, in_pool, f"of these, people in a pool and not listed in {file}")
        return chosen.spread(codes, staff.rows, 0)
    column = staff.columns.get("outcome")
    if column is None or not any(column.text.values):
        return None
    return _codes(column, case, recodings, in_pool=pool)


def no_outcome(file: PeopleFile) -> Fault:
    """The fault of a file of selections, or of what came later, that says nothing of what became of anybody."""
    return Fault(
        code="no-outcome", what="There is no column of outcomes in the selections.", file=file.raw.file, row=(1,),
        allowed="a column headed outcome or selected", do='Name it in the case: [columns] outcome = "the header".',
    )  # fmt: skip


def later_outcome(
    before: Codes | None, staff: PeopleFile, update: Joined, pool: Labelled, case: Case, recodings: list[Recoding]
) -> tuple[Codes | None, list[Fault]]:
    """The outcomes, with those of a later file in place of the earlier ones; people whom it does not list keep theirs."""
    column = update.file.columns.get("outcome")
    if column is None:
        return before, []
    blank = [index for index, cell in enumerate(column.text.values) if not cell]
    column.blame(blank, code="no-outcome-given", what="Some people have no outcome in a file of later outcomes.",
                 allowed="an outcome in every row", do="Fill these cells in, or take the rows out while nothing is decided.")  # fmt: skip
    if blank:
        return before, []
    codes = _codes(column, case, recodings)
    earlier = np.zeros(staff.rows, dtype=np.int32) if before is None else before
    result = earlier.copy()
    result[update.places[update.known]] = codes[update.known]
    file = inert(update.file.raw.file)
    changed = int((result != earlier).sum())
    at = 1 + case.stages.order.index(case.stages.compulsory)
    recodings += unlisted(staff, update, earlier >= at, f"people selected and not listed in {file} keep their outcome")
    recodings.append(Recoding(column="outcome", rule=f"changed by {file}", rows=changed))
    return result, selected_without_pool(update.file, staff, pool, result, update)


def selected_without_pool(
    listed: PeopleFile, staff: PeopleFile, pool: Labelled, outcome: Codes, joined: Joined | None
) -> list[Fault]:
    """People with an outcome other than retained who are in no pool, by their row in the file that lists them."""
    lost = (outcome > 0) & (pool.codes == NO_POOL)
    if not lost.any():
        return []
    rows = np.flatnonzero(lost[joined.places] & joined.known) if joined is not None else np.flatnonzero(lost)
    return [
        Fault(code="selected-without-pool", what="Some people have been selected, or otherwise dealt with, but are in no pool.",
              file=listed.raw.file, row=listed.raw.row_numbers(rows), rows=len(rows),
              allowed="a pool for everybody with an outcome",
              do=f"Fill in the pool of these people in {inert(staff.raw.file)}, or take the outcome out.")
    ]  # fmt: skip


def rounds_of_selection(
    staff: PeopleFile, chosen: Joined | None, outcome: Codes | None, case: Case
) -> tuple[Codes | None, list[Fault]]:
    """The round in which each person was selected; None where the files name none."""
    column = (chosen.file if chosen else staff).columns.get("round")
    if column is None or outcome is None or not any(column.text.values):
        return None, []
    selected = outcome >= 1 + case.stages.order.index(case.stages.compulsory)
    if chosen is None:
        return rounds(column, selected)
    codes, faults = rounds(column, selected[chosen.places] & chosen.known)
    return chosen.spread(codes, staff.rows, 0), faults


def _codes(column: Column, case: Case, recodings: list[Recoding], in_pool: Labelled | None = None) -> Codes:
    """Codes of the rows of a column. An empty cell means retained where no cell says so in words; where some do, an empty
    cell of a person in a pool is a fault: it could mean either."""
    order = (RETAINED, *case.stages.order)
    named = {plain(word): outcome for word, outcome in case.outcomes.items()}
    known = {**{plain(outcome): outcome for outcome in order}, **outcomes(), **named}
    if case.stages.compulsory != "selected":
        known = {word: case.stages.compulsory if outcome == "selected" else outcome for word, outcome in known.items()}
    words = [known.get(plain(cell), "") if cell else RETAINED for cell in column.text.values]
    unknown = [index for index, outcome in enumerate(words) if outcome not in order]
    quoted = column.quoted(unknown)
    column.blame(
        unknown, code="unknown-outcome",
        what="Some outcomes are not known" + (f": {', '.join(quoted)}." if quoted else "."),
        allowed=", ".join(order), do='Say what each means in the case, for example: [outcomes] "the word" = "retained".',
    )  # fmt: skip
    lookup = np.array([order.index(o) if o in order else 0 for o in words], dtype=np.int32)
    codes: Codes = lookup[column.text.codes]
    _blank(column, words, recodings, None if in_pool is None else in_pool.codes != NO_POOL)
    return codes


def _blank(column: Column, words: list[str], recodings: list[Recoding], in_pool: npt.NDArray[np.bool_] | None) -> None:
    if "" not in column.text.values:
        return
    blank = column.text.values.index("")
    said = any(outcome == RETAINED and index != blank for index, outcome in enumerate(words))
    empty = column.text.codes == blank
    rows = np.flatnonzero(empty if in_pool is None else empty & in_pool)
    if not len(rows):
        return
    if said:
        column.faults.append(
            Fault(code="no-outcome-given", what="Some people in a pool have no outcome, while others are marked as retained.",
                  file=column.raw.file, column=column.header, row=column.raw.row_numbers(rows), rows=len(rows),
                  allowed="an outcome for everybody in a pool", do="Fill these cells in.")
        )  # fmt: skip
    else:
        recodings.append(Recoding(column=column.header, rule="empty cells read as retained", rows=len(rows)))
