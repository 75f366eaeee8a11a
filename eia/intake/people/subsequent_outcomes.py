"""Takes the files of a case, joined, and everybody's outcome; gives what came of each person beside it, and what is wrong there.

Who applied for voluntary exit; who of those that stay in work is downgraded, has hours or pay cut or is moved, and how much pay
is lost; how long people were in the redeployment pool. Any file of the case may hold these columns: where several speak of the
same person, the last one counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from eia.case import REDEPLOYED, SLOTTED_IN, STAYING, VOLUNTEER, Case
from eia.errors import Fault, Faults
from eia.intake.columns.cells import FileColumn, Numbers, days, numbers
from eia.intake.files.text_columns import Mask
from eia.intake.intake_record import Recoding
from eia.intake.people.link import Joined
from eia.intake.people.people_file import PeopleFile
from eia.intake.people.pools import NO_POOL
from eia.intake.workforce import Codes
from eia.vocabulary.person_columns import ANSWERS, REFUSALS
from eia.vocabulary.synonyms import is_unknown, other_work, plain, refusals, volunteering, yes_no

COLUMNS = (
    "volunteered", "redeployment_entered", "redeployment_left", "downgraded", "hours_cut", "fte_after", "pay_lost", "pay_after",
    "pay_protection", "moved", "other_work_offered", "other_work_starts", "trial_ended", "other_work_answer", "refusal_reason",
)  # fmt: skip
MOST_PAY = 10_000_000  # pounds a year; more is a slip of the pen
_MOST_MONTHS = 240
_UNKNOWN = -1.0  # a cell that says in words that nothing is known, unlike an empty one
_QUESTIONS = ("downgraded", "hours_cut", "moved")
_OFFERS = ("other_work_offered", "other_work_starts", "trial_ended", "other_work_answer", "refusal_reason")
_APPLICATIONS = ("not applied", "applied", "refused", "accepted")

Floats = npt.NDArray[np.float64]
After = dict[str, Numbers | Mask | pd.arrays.BooleanArray]
"""What came of everybody: columns of a table of people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EmploymentBefore:
    """What is known already of everybody, one entry a row of the workforce file.

    stages: those of the case, in their order. pool: codes, -1 for none. outcome: None while nobody is chosen. fte, pay: None where
    the file does not say.
    """

    stages: tuple[str, ...]
    pool: npt.NDArray[np.integer]
    outcome: Codes | None
    fte: Numbers | None
    pay: Numbers | None

    def has(self, *outcomes: str) -> Mask:
        """Who has one of these outcomes."""
        if self.outcome is None:
            return np.zeros(len(self.pool), dtype=bool)
        return np.isin(self.outcome, [1 + self.stages.index(one) for one in outcomes if one in self.stages])

    @property
    def at_work(self) -> Mask:
        """Who is in a pool and stays in work: retained, slotted in or redeployed."""
        stays = np.ones(len(self.pool), dtype=bool) if self.outcome is None else self.outcome == 0
        here: Mask = (self.pool != NO_POOL) & (stays | self.has(*STAYING))
        return here


@dataclass(frozen=True, slots=True)
class _Laid:
    """One column of numbers put at the rows of the people it speaks of: nan where no file has a cell for them.

    files: those that hold it. file, row: which of them, and which of its rows, spoke of each person; -1 for none.
    """

    values: Floats
    headers: tuple[str, ...]
    files: tuple[PeopleFile, ...]
    file: npt.NDArray[np.intp]
    row: npt.NDArray[np.intp]

    @property
    def given(self) -> Mask:
        """Whom a cell speaks of."""
        return ~np.isnan(self.values)

    def blame(self, wrong: Mask, faults: Faults, *, code: str, what: str, allowed: str, do: str) -> None:
        """Add the faults of these people, by their rows in the files that speak of them."""
        for place, (file, header) in enumerate(zip(self.files, self.headers, strict=True)):
            rows = np.sort(self.row[wrong & (self.file == place)])
            faults.of_rows(file.raw, rows, code=code, what=what, column=header, allowed=allowed, do=do)


def afterwards(
    files: Sequence[Joined], people: EmploymentBefore, case: Case, faults: Faults, said: list[Recoding]
) -> After:
    """What came of everybody, in the columns that the files tell; none where no file has a column of it.

    files: the workforce file first, joined to itself, then the others in their order.

    Faults, each with its rows: an application and an outcome that contradict each other, somebody who left the redeployment
    pool without entering it or before, somebody redeployed who is still in it, nothing that says up to when people still in
    it are counted.
    """
    laid = {name: found for name in COLUMNS if (found := _laid(files, name)) is not None}
    after: After = {}
    if (applied := _applied(files, laid.get("volunteered"), people, faults)) is not None:
        after["applied"] = applied
    said += _not_counted(laid, people)
    for change, codes in _changes(laid, people, said).items():
        after[change] = pd.arrays.BooleanArray(codes > 0, codes < 0)
    if (lost := _lost(laid, people, said)) is not None:
        after["pay_cut"] = pd.arrays.BooleanArray(lost > 0, np.isnan(lost))
        after["pay_lost"] = lost
        if "pay_protection" in laid:
            months = np.where(np.nan_to_num(lost) > 0, laid["pay_protection"].values, np.nan)
            after["protected_months"] = months.astype(np.float32)
    chosen = people.has(*case.stages.order[case.stages.order.index(case.stages.compulsory) :]) & (
        people.pool != NO_POOL
    )
    offers = {name: np.where(chosen, laid[name].values, np.nan).astype(np.float32) for name in _OFFERS if name in laid}
    return after | offers | _waited(laid, people, case, faults)


def _laid(files: Sequence[Joined], name: str) -> _Laid | None:
    held = [joined for joined in files if name in joined.file.columns]
    if not held:
        return None
    rows = files[0].file.rows
    values, file, row = np.full(rows, np.nan), np.full(rows, -1), np.full(rows, -1)
    for place, joined in enumerate(held):
        cells = _READ[name](joined.file.columns[name])
        told = np.flatnonzero(joined.known & ~np.isnan(cells))
        at = joined.places[told]
        values[at], file[at], row[at] = cells[told], place, told
    of = tuple(joined.file for joined in held)
    return _Laid(values, tuple(each.columns[name].header for each in of), of, file, row)


def _not_counted(laid: Mapping[str, _Laid], people: EmploymentBefore) -> Iterator[Recoding]:
    """Cells of people whom nothing of this can be asked of: in no pool, or no longer in work."""
    outside, at_work = people.pool == NO_POOL, people.at_work
    for name, column in laid.items():
        whose = {"people in no pool": outside}
        if name not in ("volunteered", "redeployment_entered", "redeployment_left", *_OFFERS):
            whose["people who are not retained, slotted in or redeployed"] = ~at_work & ~outside
        for called, who in whose.items():
            if rows := int((who & (column.values > 0)).sum()):
                yield Recoding(column=column.headers[0], rule=f"{called}: not counted", rows=rows)


# ------------------------------------------------------------------------------------------------------ voluntary exit


def _applied(files: Sequence[Joined], column: _Laid | None, people: EmploymentBefore, faults: Faults) -> Mask | None:
    """Who applied for voluntary exit: by a column of its own, and by outcomes that say so."""
    accepted, refused = people.has(VOLUNTEER), _refused(files)
    if VOLUNTEER not in people.stages or (column is None and not refused.any()):
        return None
    if column is None:
        return accepted | refused
    became = column.values
    contradicts = accepted & np.isin(became, [_APPLICATIONS.index(word) for word in ("not applied", "refused")])
    if people.outcome is not None:
        contradicts |= ~accepted & (became == _APPLICATIONS.index("accepted"))
    column.blame(
        contradicts, faults, code="application-and-outcome-differ",
        what="Some people's application for voluntary exit and their outcome contradict each other.",
        allowed=f"“accepted” with the outcome “{VOLUNTEER}”, and “refused” or “no” with any other",
        do="Correct one or the other. Somebody refused who was selected later is “refused”, with the outcome “selected”.",
    )  # fmt: skip
    return accepted | refused | (became > 0)


def _refused(files: Sequence[Joined]) -> Mask:
    """Whom a column of outcomes calls a volunteer who was refused."""
    refused = np.zeros(files[0].file.rows, dtype=bool)
    for joined in files:
        column = joined.file.columns.get("outcome")
        if column is not None:
            says = np.array([volunteering().get(plain(cell)) == "refused" for cell in column.cells], dtype=bool)
            refused[joined.places[says[column.text.codes] & joined.known]] = True
    return refused


# ---------------------------------------------------------------------------------------------------- those in work yet


def _changes(laid: Mapping[str, _Laid], people: EmploymentBefore, said: list[Recoding]) -> dict[str, Codes]:
    """What changes for those who stay in work: 1 yes, 0 no, -1 not said or not in work. Hours are cut too where fte is lower
    afterwards, of those of whom no cell says whether they are."""
    changes = {name: _answered(laid[name], people, said) for name in _QUESTIONS if name in laid}
    if "fte_after" in laid and (cut := _shorter(laid["fte_after"], people, said)) is not None:
        before = changes.get("hours_cut", np.full(len(people.pool), -1, dtype=np.int32))
        changes["hours_cut"] = np.where(before >= 0, before, cut)
    return changes


def _answered(column: _Laid, people: EmploymentBefore, said: list[Recoding]) -> Codes:
    """A question of yes and no, of people who stay in work."""
    codes = np.where(people.at_work, np.nan_to_num(column.values, nan=-1), -1).astype(np.int32)
    codes[_meant_by_empty(column, people, said)] = 0
    return codes


def _meant_by_empty(column: _Laid, people: EmploymentBefore, said: list[Recoding]) -> Mask:
    """Whose empty cell says no, or 0. Where any cell says so in words or figures, nobody's; otherwise that of people slotted
    in or redeployed, or where nobody is, of everyone who stays in work."""
    if (column.values == 0).any():
        return np.zeros(len(people.pool), dtype=bool)
    at_work = people.at_work
    placed = at_work & people.has(SLOTTED_IN, REDEPLOYED)
    empty = (placed if placed.any() else at_work) & ~column.given
    if rows := int(empty.sum()):
        of = "people slotted in or redeployed" if placed.any() else "people in a pool who stay in work"
        said.append(Recoding(column=column.headers[0], rule=f"empty cells of {of} read as no", rows=rows))
    return empty


def _shorter(column: _Laid, people: EmploymentBefore, said: list[Recoding]) -> Codes | None:
    """Whose full-time equivalent is lower afterwards."""
    if people.fte is None:
        rule = "not read: the files give no full-time equivalent from before to compare it with"
        said.append(Recoding(column=column.headers[0], rule=rule, rows=int(column.given.sum())))
        return None
    known = column.given & ~np.isnan(people.fte) & people.at_work
    return np.where(known, column.values < people.fte - 1e-4, -1).astype(np.int32)


def _lost(laid: Mapping[str, _Laid], people: EmploymentBefore, said: list[Recoding]) -> Numbers | None:
    """Pounds a year lost, in whole pounds: as given, or else pay before less pay after."""
    lost = np.full(len(people.pool), np.nan)
    if "pay_after" in laid:
        after = laid["pay_after"]
        if people.pay is None:
            rule = "not read: the case does not name the column of pay from before to compare it with"
            said.append(Recoding(column=after.headers[0], rule=rule, rows=int(after.given.sum())))
        else:
            lost = people.pay - after.values
    if "pay_lost" in laid:
        given = laid["pay_lost"]
        lost = np.where(given.given, given.values, lost)
        lost[np.isnan(lost) & _meant_by_empty(given, people, said)] = 0
    lost = np.where(people.at_work, np.round(lost), np.nan).astype(np.float32)
    return lost if ("pay_after" in laid and people.pay is not None) or "pay_lost" in laid else None


# ------------------------------------------------------------------------------------------------ the redeployment pool


def _waited(laid: Mapping[str, _Laid], people: EmploymentBefore, case: Case, faults: Faults) -> After:
    """Days in the redeployment pool, and whether they ended in a new post. Who is still in it is counted up to the day of
    the outcomes, or else of the extract; who left it otherwise, up to that day."""
    entered, left = laid.get("redeployment_entered"), laid.get("redeployment_left")
    if left is not None:
        never = left.given if entered is None else left.given & ~entered.given
        left.blame(
            never, faults, code="left-and-never-entered",
            what="Some people left the redeployment pool, and no day is given on which they entered it.",
            allowed="both days, or neither", do="Fill in the day of entering.",
        )  # fmt: skip
    if entered is None:
        return {}
    ended = left.values if left is not None else np.full(len(people.pool), np.nan)
    last = case.dates.outcomes or case.dates.extract
    day = float(last.toordinal()) if last else np.nan
    still, placed = entered.given & np.isnan(ended), people.has(REDEPLOYED) & entered.given
    if left is not None:
        left.blame(
            ended < entered.values, faults, code="left-before-entering",
            what="Some people left the redeployment pool before they entered it.",
            allowed="a day on or after that of entering", do="Correct these dates.",
        )  # fmt: skip
    entered.blame(
        still & placed, faults, code="redeployed-and-still-there",
        what="Some people are redeployed, and no day is given on which they left the redeployment pool.",
        allowed="a day of leaving for everybody redeployed who entered it", do="Fill in the day, or correct the outcome.",
    )  # fmt: skip
    entered.blame(
        still & (entered.values > day), faults, code="entered-after-the-day",
        what="Some people entered the redeployment pool after the day up to which outcomes are known.",
        allowed="a day on or before it", do="Say up to when the files go: [dates] outcomes = 2026-12-31.",
    )  # fmt: skip
    if still.any() and last is None:
        faults.add(Fault(code="no-day-of-outcomes", what="Some people are still in the redeployment pool, and there is no day to count to.",
                         file="case.toml", column="dates.outcomes", allowed="the day up to which the files say what came of people",
                         do="Add it: [dates] outcomes = 2026-12-31."))  # fmt: skip
    waited = np.where(still, day, ended) - entered.values
    return {"redeployment_days": waited.astype(np.float32), "redeployed": placed & ~still}


# ------------------------------------------------------------------------------------------------------- reading cells


def _words(column: FileColumn, words: Mapping[str, float], allowed: str) -> Floats:
    """A number for each word; nan for an empty cell."""
    read = [words.get(plain(cell), _UNKNOWN) if cell else np.nan for cell in column.cells]
    unread = [index for index, number in enumerate(read) if number == _UNKNOWN]
    unknown = [index for index in unread if is_unknown(column.cells[index])]
    strange = [index for index in unread if index not in unknown]
    column.note(unknown, "words for not known read as no answer")
    quoted = column.quoted(strange)
    column.blame(
        strange, code="unknown-answer", what="Some answers are not known" + (f": {', '.join(quoted)}." if quoted else "."),
        allowed=allowed, do="Use these words, or leave the cells empty.",
    )  # fmt: skip
    found: Floats = np.array(read, dtype=np.float64)[column.text.codes]
    return found


def _yes_no(column: FileColumn) -> Floats:
    words = {word: float(said) for word, said in yes_no("changed").items()}
    return _words(column, words, "yes or no, or an empty cell")


def _application(column: FileColumn) -> Floats:
    words = {word: float(_APPLICATIONS.index(became)) for word, became in volunteering().items()}
    return _words(column, words, "yes, no, accepted or refused, or an empty cell")


def _other_work(column: FileColumn) -> Floats:
    words = {word: float(ANSWERS.index(became)) for word, became in other_work().items()}
    return _words(column, words, "accepted, refused or left after trial, or an empty cell")


def _refusal(column: FileColumn) -> Floats:
    words = {word: float(REFUSALS.index(why)) for word, why in refusals().items()}
    return _words(column, words, f"{', '.join(REFUSALS)}, or an empty cell")


def _day(column: FileColumn) -> Floats:
    return np.array([np.nan if day is None else float(day.toordinal()) for day in days(column)])


def _number(low: float, high: float) -> Callable[[FileColumn], Floats]:
    return lambda column: numbers(column, low=low, high=high).astype(np.float64)


_READ: Mapping[str, Callable[[FileColumn], Floats]] = {
    "volunteered": _application,
    "redeployment_entered": _day,
    "redeployment_left": _day,
    "downgraded": _yes_no,
    "hours_cut": _yes_no,
    "moved": _yes_no,
    "fte_after": _number(0, 2),
    "pay_lost": _number(0, MOST_PAY),
    "pay_after": _number(0, MOST_PAY),
    "pay_protection": _number(0, _MOST_MONTHS),
    "other_work_offered": _day,
    "other_work_starts": _day,
    "trial_ended": _day,
    "other_work_answer": _other_work,
    "refusal_reason": _refusal,
}
