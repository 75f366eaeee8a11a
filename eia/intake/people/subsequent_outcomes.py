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

from eia.case import REDEPLOYED, SLOTTED_IN, VOLUNTEER, Case
from eia.errors import Fault
from eia.intake.columns.cells import FileColumn, days, numbers
from eia.intake.people.people_file import PeopleFile
from eia.intake.workforce import NO_POOL, Afterwards, Bools, Change, Codes, Numbers, Recoding
from eia.vocabulary.characteristics import NOT_APPLICABLE, NOT_RECORDED
from eia.vocabulary.synonyms import group_of, plain, volunteering, yes_no

COLUMNS = (
    "volunteered", "redeployment_entered", "redeployment_left", "downgraded", "hours_cut", "fte_after", "pay_lost", "pay_after",
    "pay_protection", "moved",
)  # fmt: skip
MOST_PAY = 10_000_000  # pounds a year; more is a slip of the pen
_MOST_MONTHS = 240
_UNKNOWN = -1.0  # a cell that says in words that nothing is known, unlike an empty one
_QUESTIONS: Mapping[Change, str] = {"downgraded": "downgraded", "hours cut": "hours_cut", "moved": "moved"}
_APPLICATIONS = ("not applied", "applied", "refused", "accepted")

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Joined:
    """A file, and for each of its rows the row of the workforce file that it speaks of; -1 where there is none."""

    file: PeopleFile
    places: npt.NDArray[np.int64]

    @property
    def known(self) -> Bools:
        """Which of its rows speak of somebody."""
        return self.places >= 0


@dataclass(frozen=True, slots=True, kw_only=True)
class EmploymentBefore:
    """What is known already of everybody, one entry a row of the workforce file.

    pool: -1 for none. outcome: None while nobody is chosen. fte, pay: None where the file does not say.
    """

    pool: Codes
    outcome: Codes | None
    fte: Numbers | None
    pay: Numbers | None

    def has(self, case: Case, *outcomes: str) -> Bools:
        """Who has one of these outcomes."""
        if self.outcome is None:
            return np.zeros(len(self.pool), dtype=bool)
        codes = [1 + case.stages.order.index(one) for one in outcomes if one in case.stages.order]
        found: Bools = np.isin(self.outcome, codes)
        return found

    def at_work(self, case: Case) -> Bools:
        """Who is in a pool and stays in work: retained, slotted in or redeployed."""
        stays = np.ones(len(self.pool), dtype=bool) if self.outcome is None else self.outcome == 0
        here: Bools = (self.pool != NO_POOL) & (stays | self.has(case, SLOTTED_IN, REDEPLOYED))
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
    def given(self) -> Bools:
        """Whom a cell speaks of."""
        return ~np.isnan(self.values)

    def blame(self, wrong: Bools, *, code: str, what: str, allowed: str, do: str) -> Iterator[Fault]:
        """The faults of these people, by their rows in the files that speak of them."""
        for place, (file, header) in enumerate(zip(self.files, self.headers, strict=True)):
            rows = np.sort(self.row[wrong & (self.file == place)])
            if len(rows):
                yield Fault(code=code, what=what, file=file.raw.file, column=header, row=file.raw.row_numbers(rows),
                            rows=len(rows), allowed=allowed, do=do)  # fmt: skip


def afterwards(
    files: Sequence[Joined], people: EmploymentBefore, case: Case, recodings: list[Recoding]
) -> tuple[Afterwards | None, list[Fault]]:
    """What came of everybody; None where no file has a column of it.

    files: the workforce file first, joined to itself, then the others in their order.

    Faults, each with its rows: an application and an outcome that contradict each other, somebody who left the redeployment
    pool without entering it or before, somebody redeployed who is still in it, nothing that says up to when people still in
    it are counted.
    """
    laid = {name: found for name in COLUMNS if (found := _laid(files, name)) is not None}
    applied, faults = _applied(files, laid.get("volunteered"), people, case)
    if not laid and applied is None:
        return None, faults
    recodings += _not_counted(laid, people, case)
    changes: dict[Change, Codes] = {}
    for change, column in _QUESTIONS.items():
        if column in laid:
            changes[change] = _answered(laid[column], people, case, recodings)
    if (cut := _shorter(laid.get("fte_after"), people, case, recodings)) is not None:
        before = changes.get("hours cut", np.full(len(people.pool), -1, dtype=np.int32))
        changes["hours cut"] = np.where(before >= 0, before, cut)
    lost = _lost(laid, people, case, recodings)
    if lost is not None:
        changes["pay cut"] = np.where(np.isnan(lost), -1, lost > 0).astype(np.int32)
    waited, placed, more = _waited(laid, people, case)
    return (
        Afterwards(
            applied=applied,
            changes=changes,
            pay_lost=lost,
            protected=_protected(laid.get("pay_protection"), lost),
            waited=waited,
            placed=placed,
        ),
        faults + more,
    )


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


def _not_counted(laid: Mapping[str, _Laid], people: EmploymentBefore, case: Case) -> Iterator[Recoding]:
    """Cells of people whom nothing of this can be asked of: in no pool, or no longer in work."""
    outside, left = people.pool == NO_POOL, ~people.at_work(case)
    for name, column in laid.items():
        header = column.headers[0]
        if rows := int((column.given & outside & (column.values > 0)).sum()):
            yield Recoding(column=header, rule="people in no pool: not counted", rows=rows)
        of_work = name not in ("volunteered", "redeployment_entered", "redeployment_left")
        if of_work and (rows := int((column.given & left & ~outside & (column.values > 0)).sum())):
            yield Recoding(
                column=header, rule="people who are not retained, slotted in or redeployed: not counted", rows=rows
            )


# ------------------------------------------------------------------------------------------------------ voluntary exit


def _applied(
    files: Sequence[Joined], column: _Laid | None, people: EmploymentBefore, case: Case
) -> tuple[Bools | None, list[Fault]]:
    """Who applied for voluntary exit: by a column of its own, and by outcomes that say so."""
    accepted, refused = people.has(case, VOLUNTEER), _refused(files)
    if VOLUNTEER not in case.stages.order or (column is None and not refused.any()):
        return None, []
    if column is None:
        return accepted | refused, []
    became = column.values
    contradicts = accepted & np.isin(became, [_APPLICATIONS.index(word) for word in ("not applied", "refused")])
    if people.outcome is not None:
        contradicts |= ~accepted & (became == _APPLICATIONS.index("accepted"))
    faults = column.blame(
        contradicts, code="application-and-outcome-differ",
        what="Some people's application for voluntary exit and their outcome contradict each other.",
        allowed=f"“accepted” with the outcome “{VOLUNTEER}”, and “refused” or “no” with any other",
        do="Correct one or the other. Somebody refused who was selected later is “refused”, with the outcome “selected”.",
    )  # fmt: skip
    return accepted | refused | (became > 0), list(faults)


def _refused(files: Sequence[Joined]) -> Bools:
    """Whom a column of outcomes calls a volunteer who was refused."""
    refused = np.zeros(files[0].file.rows, dtype=bool)
    for joined in files:
        column = joined.file.columns.get("outcome")
        if column is not None:
            says = np.array([volunteering().get(plain(cell)) == "refused" for cell in column.text.values], dtype=bool)
            refused[joined.places[says[column.text.codes] & joined.known]] = True
    return refused


# ---------------------------------------------------------------------------------------------------- those in work yet


def _answered(column: _Laid, people: EmploymentBefore, case: Case, recodings: list[Recoding]) -> Codes:
    """A question of yes and no, of people who stay in work."""
    codes = np.where(people.at_work(case) & column.given, np.nan_to_num(column.values, nan=-1), -1).astype(np.int32)
    codes[_meant_by_empty(column, people, case, recodings)] = 0
    return codes


def _meant_by_empty(column: _Laid, people: EmploymentBefore, case: Case, recodings: list[Recoding]) -> Bools:
    """Whose empty cell says no, or 0. Where any cell says so in words or figures, nobody's; otherwise that of people slotted
    in or redeployed, or where nobody is, of everyone who stays in work."""
    if (column.values == 0).any():
        return np.zeros(len(people.pool), dtype=bool)
    at_work = people.at_work(case)
    placed = at_work & people.has(case, SLOTTED_IN, REDEPLOYED)
    empty = (placed if placed.any() else at_work) & ~column.given
    if rows := int(empty.sum()):
        of = "people slotted in or redeployed" if placed.any() else "people in a pool who stay in work"
        recodings.append(Recoding(column=column.headers[0], rule=f"empty cells of {of} read as no", rows=rows))
    return empty


def _shorter(column: _Laid | None, people: EmploymentBefore, case: Case, recodings: list[Recoding]) -> Codes | None:
    """Whose full-time equivalent is lower afterwards."""
    if column is None:
        return None
    if people.fte is None:
        rule = "not read: the files give no full-time equivalent from before to compare it with"
        recodings.append(Recoding(column=column.headers[0], rule=rule, rows=int(column.given.sum())))
        return None
    known = column.given & ~np.isnan(people.fte) & people.at_work(case)
    return np.where(known, column.values < people.fte - 1e-4, -1).astype(np.int32)


def _lost(laid: Mapping[str, _Laid], people: EmploymentBefore, case: Case, recodings: list[Recoding]) -> Numbers | None:
    """Pounds a year lost, in whole pounds: as given, or else pay before less pay after."""
    lost = np.full(len(people.pool), np.nan)
    if "pay_after" in laid:
        after = laid["pay_after"]
        if people.pay is None:
            rule = "not read: the case does not name the column of pay from before ([columns] pay) to compare it with"
            recodings.append(Recoding(column=after.headers[0], rule=rule, rows=int(after.given.sum())))
        else:
            lost = people.pay - after.values
    if "pay_lost" in laid:
        given = laid["pay_lost"]
        lost = np.where(given.given, given.values, lost)
        lost[np.isnan(lost) & _meant_by_empty(given, people, case, recodings)] = 0
    lost = np.where(people.at_work(case), np.round(lost), np.nan).astype(np.float32)
    return lost if ("pay_after" in laid and people.pay is not None) or "pay_lost" in laid else None


def _protected(column: _Laid | None, lost: Numbers | None) -> Numbers | None:
    """Months of pay protection of those who lose pay."""
    if column is None or lost is None:
        return None
    return np.where(np.nan_to_num(lost) > 0, column.values, np.nan).astype(np.float32)


# ------------------------------------------------------------------------------------------------ the redeployment pool


def _waited(
    laid: Mapping[str, _Laid], people: EmploymentBefore, case: Case
) -> tuple[Numbers | None, Bools | None, list[Fault]]:
    """Days in the redeployment pool, and whether they ended in a new post. Who is still in it is counted up to the day of
    the outcomes, or else of the extract; who left it otherwise, up to that day."""
    entered = laid.get("redeployment_entered")
    left = laid.get("redeployment_left")
    if entered is None:
        return None, None, [] if left is None else list(_never_entered(left, left.given))
    ended = left.values if left is not None else np.full(len(people.pool), np.nan)
    day = case.dates.outcomes or case.dates.extract
    still, placed = entered.given & np.isnan(ended), people.has(case, REDEPLOYED) & entered.given
    faults = list(_waiting_faults(entered, left, ended, placed, still, day.toordinal() if day else None))
    if still.any() and day is None:
        faults.append(
            Fault(code="no-date-to-count-to", what="Some people are still in the redeployment pool, and there is no day to count to.",
                  file="case.toml", column="dates.outcomes", allowed="the day up to which the files say what came of people",
                  do="Add it: [dates] outcomes = 2026-12-31.")
        )  # fmt: skip
    until = np.where(still, day.toordinal() if day else np.nan, ended)
    return (until - entered.values).astype(np.float32), placed & ~still, faults


def _waiting_faults(
    entered: _Laid, left: _Laid | None, ended: Floats, placed: Bools, still: Bools, day: int | None
) -> Iterator[Fault]:
    if left is not None:
        yield from _never_entered(left, left.given & ~entered.given)
        yield from left.blame(
            ended < entered.values, code="left-before-entering", what="Some people left the redeployment pool before they entered it.",
            allowed="a day on or after that of entering", do="Correct these dates.",
        )  # fmt: skip
    yield from entered.blame(
        still & placed, code="redeployed-and-still-there",
        what="Some people are redeployed, and no day is given on which they left the redeployment pool.",
        allowed="a day of leaving for everybody redeployed who entered it", do="Fill in the day, or correct the outcome.",
    )  # fmt: skip
    if day is not None:
        yield from entered.blame(
            still & (entered.values > day), code="entered-after-the-day",
            what="Some people entered the redeployment pool after the day up to which outcomes are known.",
            allowed="a day on or before it", do="Say up to when the files go: [dates] outcomes = 2026-12-31.",
        )  # fmt: skip


def _never_entered(left: _Laid, wrong: Bools) -> Iterator[Fault]:
    return left.blame(
        wrong, code="left-and-never-entered", what="Some people left the redeployment pool, and no day is given on which they entered it.",
        allowed="both days, or neither", do="Fill in the day of entering.",
    )  # fmt: skip


# ------------------------------------------------------------------------------------------------------- reading cells


def _words(column: FileColumn, words: Mapping[str, float], allowed: str) -> Floats:
    """A number for each word; nan for an empty cell."""
    unknown: list[int] = []
    strange: list[int] = []
    read = []
    for index, cell in enumerate(column.text.values):
        number = words.get(plain(cell)) if cell else np.nan
        if number is None:
            known_not_to_be = group_of("", cell) in (NOT_RECORDED, NOT_APPLICABLE)
            (unknown if known_not_to_be else strange).append(index)
            number = _UNKNOWN
        read.append(number)
    column.note(unknown, "words for not known read as no answer")
    quoted = column.quoted(strange)
    column.blame(
        strange, code="unknown-answer", what="Some answers are not known" + (f": {', '.join(quoted)}." if quoted else "."),
        allowed=allowed, do="Use these words, or leave the cells empty.",
    )  # fmt: skip
    return np.array(read, dtype=np.float64)[column.text.codes]


def _yes_no(column: FileColumn) -> Floats:
    return _words(column, {word: float(said) for word, said in yes_no().items()}, "yes or no, or an empty cell")


def _application(column: FileColumn) -> Floats:
    words = {word: float(_APPLICATIONS.index(became)) for word, became in volunteering().items()}
    return _words(column, words, "yes, no, accepted or refused, or an empty cell")


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
}
