"""Takes the files of a workforce, of selections and of later outcomes; gives the outcome of everybody, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from eia.case import RETAINED, Case
from eia.errors import Fault, Faults, inert
from eia.intake.columns.cells import FileColumn
from eia.intake.files.text_columns import Mask
from eia.intake.intake_record import Recoding
from eia.intake.people.link import Joined, is_bare_list
from eia.intake.people.people_file import PeopleFile
from eia.intake.people.pools import NO_POOL
from eia.intake.workforce import Codes
from eia.vocabulary.synonyms import is_unknown, outcomes, plain


@dataclass(frozen=True, slots=True)
class Listed:
    """A file that says who was chosen: whom its rows speak of, and once it is read the outcome of everybody, by the rows of the
    workforce (0 for retained and 1, 2, ... for the stages in their order), and who is chosen."""

    joined: Joined
    outcome: Codes
    chosen: Mask


def outcomes_of(
    staff: Joined, chosen: Joined | None, later: Sequence[Joined], pool: pd.Categorical | None, people: int,
    case: Case, faults: Faults, said: list[Recoding],
) -> list[Listed]:  # fmt: skip
    """Every file that says who was chosen, the last one with the outcomes that count; none while nobody has been.

    staff: the workforce file, joined to itself. chosen: the selections, which count instead of it. later: in their order. pool:
    None where no file names any. people: how many there are, each counted once.
    """
    outcome = (
        _selections(chosen, staff.file, pool, people, case, faults, said)
        if chosen
        else _own(staff.file, pool, case, said)
    )
    listed = []
    if outcome is not None:
        _without_pool(chosen or staff, staff.file, outcome, pool, faults)
        listed.append(Listed(chosen or staff, outcome, chosen_by(outcome, case)))
    for update in later:
        if "outcome" in update.file.columns:
            before = outcome if outcome is not None else np.zeros(staff.file.rows, dtype=np.int32)
            outcome = _updated(before, update, staff.file, case, said)
            _without_pool(update, staff.file, outcome, pool, faults)
        if outcome is not None:
            listed.append(Listed(update, outcome, chosen_by(outcome, case)))
    return listed


def chosen_by(outcome: Codes, case: Case) -> Mask:
    """Who had been chosen against their will, whatever has come of it since."""
    return outcome >= 1 + case.stages.order.index(case.stages.compulsory)


def known_outcomes(case: Case) -> dict[str, str]:
    """Plain word -> outcome, those that the case adds included."""
    named = {plain(word): outcome for word, outcome in case.outcomes.items()}
    known = {**{plain(outcome): outcome for outcome in (RETAINED, *case.stages.order)}, **outcomes(), **named}
    if case.stages.compulsory == "selected":
        return known
    return {word: case.stages.compulsory if outcome == "selected" else outcome for word, outcome in known.items()}


def _own(staff: PeopleFile, pool: pd.Categorical | None, case: Case, said: list[Recoding]) -> Codes | None:
    """The outcomes of the workforce file itself, where it has any."""
    column = staff.columns.get("outcome")
    if column is None or all(map(_is_blank, column.cells)):
        return None
    return _codes(column, case, said, pool)


def _selections(
    chosen: Joined,
    staff: PeopleFile,
    pool: pd.Categorical | None,
    people: int,
    case: Case,
    faults: Faults,
    said: list[Recoding],
) -> Codes | None:
    """The outcomes of a file of selections; people whom it does not list are retained. Of a bare list everybody on it is selected."""
    file = inert(chosen.file.raw.file)
    if "outcome" in chosen.file.columns:
        codes = _codes(chosen.file.columns["outcome"], case, said)
    elif is_bare_list(chosen.file):
        codes = np.full(chosen.file.rows, 1 + case.stages.order.index(case.stages.compulsory), dtype=np.int32)
        said.append(
            Recoding(
                column="outcome",
                rule=f"people listed in {file}, which says nothing else of them, read as selected",
                rows=chosen.file.rows,
            )
        )
        _everybody_listed(chosen, pool, people, faults)
    else:
        return None
    if (own := staff.columns.get("outcome")) is not None and any(own.cells):
        rule = f"not read: the outcomes of {file} count instead of those in this file"
        said.append(Recoding(column=own.header, rule=rule, rows=staff.rows))
    if absent := people - int(chosen.known.sum()):
        said.append(Recoding(column="outcome", rule=f"people not listed in {file} read as retained", rows=absent))
    if pool is not None:
        said += chosen.unlisted(staff, pool.codes != NO_POOL, f"of these, people in a pool and not listed in {file}")
    return chosen.spread(codes, staff.rows, 0)


def _everybody_listed(chosen: Joined, pool: pd.Categorical | None, people: int, faults: Faults) -> None:
    """The fault of a bare list that holds everybody who could be selected: it is no list of those who are."""
    could = people if pool is None else int((pool.codes != NO_POOL).sum())
    if int(chosen.known.sum()) >= could:
        faults.add(everybody_listed(chosen.file.raw.file, chosen.file.raw.header_row))


def everybody_listed(file: str, header_row: int) -> Fault:
    """The fault of selections that list everybody who could be selected, and say nothing of them."""
    return Fault(code="no-outcome", what="The selections list everybody in the pools, and no column says who is selected.",
                 file=file, row=(header_row,), allowed="a column headed outcome or selected, or only those selected",
                 do="Add a column that says who is selected, or leave the others out.")  # fmt: skip


def _is_blank(cell: str) -> bool:
    """Whether a cell of outcomes says nothing."""
    word = plain(cell)
    return not cell or (word not in outcomes() and (is_unknown(cell) or word == "none"))


def _updated(before: Codes, update: Joined, staff: PeopleFile, case: Case, said: list[Recoding]) -> Codes:
    """The outcomes, with those of a later file in place of the earlier ones; people whom it does not list keep theirs."""
    column = update.file.columns["outcome"]
    blank = [index for index, cell in enumerate(column.cells) if _is_blank(cell)]
    column.blame(blank, code="no-outcome-given", what="Some people have no outcome in a file of later outcomes.",
                 allowed="an outcome in every row", do="Fill these cells in, or take the rows out while nothing is decided.")  # fmt: skip
    if blank:
        return before
    after = before.copy()
    after[update.places[update.known]] = _codes(column, case, said)[update.known]
    file = inert(update.file.raw.file)
    said += update.unlisted(
        staff, chosen_by(before, case), f"people selected and not listed in {file} keep their outcome"
    )
    said.append(Recoding(column="outcome", rule=f"changed by {file}", rows=int((after != before).sum())))
    return after


def _without_pool(
    joined: Joined, staff: PeopleFile, outcome: Codes, pool: pd.Categorical | None, faults: Faults
) -> None:
    """The fault of people with an outcome other than retained who are in no pool, by their row in the file that lists them."""
    if pool is None:
        return
    lost = (outcome > 0) & (pool.codes == NO_POOL)
    faults.of_rows(
        joined.file.raw, np.flatnonzero(lost[joined.places] & joined.known), code="selected-without-pool",
        what="Some people have been selected, or otherwise dealt with, but are in no pool.",
        allowed="a pool for everybody with an outcome",
        do=f"Fill in the pool of these people in {inert(staff.raw.file)}, or take the outcome out.",
    )  # fmt: skip


def _codes(column: FileColumn, case: Case, said: list[Recoding], pool: pd.Categorical | None = None) -> Codes:
    """The outcome of each row of a file. An empty cell means retained where no cell says so in words; where some do, an empty
    cell of a person in a pool is a fault: it could mean either."""
    order, known = (RETAINED, *case.stages.order), known_outcomes(case)
    words = [known.get(plain(cell), RETAINED if _is_blank(cell) else "") for cell in column.cells]
    unknown = [index for index, outcome in enumerate(words) if outcome not in order]
    quoted = column.quoted(unknown)
    column.blame(
        unknown, code="unknown-outcome",
        what="Some outcomes are not known" + (f": {', '.join(quoted)}." if quoted else "."),
        allowed=", ".join(order), do='Say what each means in the case, for example: [outcomes] "the word" = "retained".',
    )  # fmt: skip
    lookup = np.array([order.index(o) if o in order else 0 for o in words], dtype=np.int32)
    _blank_outcomes(column, words, said, pool)
    found: Codes = lookup[column.text.codes]
    return found


def _blank_outcomes(column: FileColumn, words: list[str], said: list[Recoding], pool: pd.Categorical | None) -> None:
    blank = [index for index, cell in enumerate(column.cells) if _is_blank(cell)]
    if not blank:
        return
    in_words = any(outcome == RETAINED and index not in blank for index, outcome in enumerate(words))
    empty = np.isin(column.text.codes, blank)
    if pool is not None:
        empty &= pool.codes != NO_POOL
    rows = np.flatnonzero(empty)
    if in_words:
        column.faults.of_rows(
            column.raw, rows, code="no-outcome-given", what="Some people in a pool have no outcome, while others are marked as retained.",
            column=column.header, allowed="an outcome for everybody in a pool", do="Fill these cells in.",
        )  # fmt: skip
    elif len(rows):
        said.append(Recoding(column=column.header, rule="empty cells read as retained", rows=column.raw.how_many(rows)))
