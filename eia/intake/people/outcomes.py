"""Takes the files of a workforce, of selections and of later outcomes; gives the outcome of everybody, and what is wrong with them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from eia.case import RETAINED, Case
from eia.errors import Fault, inert
from eia.intake.columns.cells import FileColumn
from eia.intake.people.link import spread_out, unlisted
from eia.intake.people.people_file import PeopleFile
from eia.intake.workforce import NO_POOL, Codes, Labelled, Recoding
from eia.vocabulary.synonyms import outcomes, plain


def outcome_of(
    staff: PeopleFile,
    chosen: PeopleFile | None,
    places: npt.NDArray[np.int64] | None,
    pool: Labelled | None,
    case: Case,
    recodings: list[Recoding],
    people: int,
) -> Codes | None:
    """Outcome codes, or None where no outcome is given yet. ``people``: how many there are, each counted once."""
    if chosen:
        if places is None or "outcome" not in chosen.columns:
            return None
        codes = _outcome_codes(chosen.columns["outcome"], case, recodings)
        if absent := people - int((places >= 0).sum()):
            rule = f"people not listed in {inert(chosen.raw.file)} read as retained"
            recodings.append(Recoding(column="outcome", rule=rule, rows=absent))
        if pool is not None:
            rule = f"of these, people in a pool and not listed in {inert(chosen.raw.file)}"
            recodings += unlisted(staff, places, pool.codes != NO_POOL, rule)
        return spread_out(codes, places, staff.rows, 0)
    column = staff.columns.get("outcome")
    if column is None or not any(column.text.values):
        return None
    return _outcome_codes(column, case, recodings, in_pool=pool)


def updated(
    outcome: Codes,
    staff: PeopleFile,
    update: PeopleFile,
    places: npt.NDArray[np.int64] | None,
    pool: Labelled,
    case: Case,
    recodings: list[Recoding],
) -> tuple[Codes, list[Fault]]:
    """The outcomes, with those of a later file in place of the earlier ones; people whom it does not list keep theirs."""
    if places is None or "outcome" not in update.columns:
        return outcome, []
    column = update.columns["outcome"]
    blank = [index for index, cell in enumerate(column.text.values) if not cell]
    column.blame(blank, code="no-outcome-given", what="Some people have no outcome in a file of later outcomes.",
                 allowed="an outcome in every row", do="Fill these cells in, or take the rows out while nothing is decided.")  # fmt: skip
    if blank:
        return outcome, []
    codes = _outcome_codes(column, case, recodings)
    result = outcome.copy()
    result[places[places >= 0]] = codes[places >= 0]
    rule = f"people selected and not listed in {inert(update.raw.file)} keep their outcome"
    recodings += unlisted(staff, places, chosen_by(outcome, case), rule)
    changed = int((result != outcome).sum())
    recodings.append(Recoding(column="outcome", rule=f"changed by {inert(update.raw.file)}", rows=changed))
    return result, selected_without_pool(update, staff, pool, result, places)


def _outcome_codes(
    column: FileColumn, case: Case, recodings: list[Recoding], in_pool: Labelled | None = None
) -> Codes:  # fmt: skip
    """0 for retained, 1, 2, ... for the stages in order. An empty cell means retained where no cell says so in words;
    where some do, an empty cell of a person in a pool is a fault: it could mean either."""
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
    _blank_outcomes(column, words, recodings, in_pool)
    return codes


def _blank_outcomes(column: FileColumn, words: list[str], recodings: list[Recoding], in_pool: Labelled | None) -> None:
    if "" not in column.text.values:
        return
    blank = column.text.values.index("")
    said = any(outcome == RETAINED and index != blank for index, outcome in enumerate(words))
    empty = column.text.codes == blank
    if in_pool is not None:
        empty &= in_pool.codes != NO_POOL
    rows = np.flatnonzero(empty)
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


def chosen_by(outcome: Codes, case: Case) -> npt.NDArray[np.bool_]:
    """Who had been chosen against their will, whatever has come of it since."""
    return outcome >= 1 + case.stages.order.index(case.stages.compulsory)


def selected_without_pool(
    listed: PeopleFile, staff: PeopleFile, pool: Labelled, outcome: Codes, places: npt.NDArray[np.int64] | None
) -> list[Fault]:
    """People with an outcome other than retained who are in no pool, by their row in the file that lists them."""
    lost = (outcome > 0) & (pool.codes == NO_POOL)
    if not lost.any():
        return []
    rows = np.flatnonzero(lost[places] & (places >= 0)) if places is not None else np.flatnonzero(lost)
    return [
        Fault(code="selected-without-pool", what="Some people have been selected, or otherwise dealt with, but are in no pool.",
              file=listed.raw.file, row=listed.raw.row_numbers(rows), rows=len(rows),
              allowed="a pool for everybody with an outcome",
              do=f"Fill in the pool of these people in {inert(staff.raw.file)}, or take the outcome out.")
    ]  # fmt: skip
