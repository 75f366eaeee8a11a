"""Takes pregnancies and family leave with their dates; gives who has priority for suitable vacancies, and from when to when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from dateutil.relativedelta import relativedelta

from eia.case import Case, Priority
from eia.intake.extras.leave import Leave, LeaveKind
from eia.law.lookup import in_force
from eia.law.records import Place, Rule

Doubt = Literal[
    "birth not given", "end not given", "run not given", "run not dated", "length not seen", "told not given",
    "start not given", "not recorded",
]  # fmt: skip
LateDay = Literal["notice", "first dismissal", "contracts end"]

EIGHTEEN_MONTHS = relativedelta(months=18)
AFTER_A_LOSS = dt.timedelta(weeks=2)
A_PREGNANCY, A_LEAVE = dt.timedelta(weeks=42), dt.timedelta(weeks=52)  # at most: so far one without an end is followed
WEEKS_IN_A_RUN = 6

_DURING: Mapping[LeaveKind, str] = {
    "maternity leave": "priority_maternity_leave",
    "adoption leave": "priority_adoption_leave",
    "shared parental leave": "priority_shared_leave",
    "neonatal care leave": "priority_neonatal_leave",
    "bereaved partner's paternity leave": "priority_bereaved_partner",
}
_AFTER: Mapping[LeaveKind, str] = {
    "maternity leave": "priority_after_maternity",
    "adoption leave": "priority_after_adoption",
    "shared parental leave": "priority_after_shared_leave",
    "neonatal care leave": "priority_after_neonatal",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Protected:
    """Days on which a pregnancy or leave gives priority, both included."""

    start: dt.date
    end: dt.date
    rule: Rule

    def meets(self, first: dt.date, last: dt.date) -> bool:
        """Whether any of these days is one of those."""
        return self.start <= last and self.end >= first


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What one row comes to.

    protected: its intervals in order. doubts: what would have to be known to say more. has_priority: whether one of them
    meets the days between the jobs becoming impracticable and the end of the contracts; None where that cannot be told.
    """

    leave: Leave
    protected: tuple[Protected, ...]
    doubts: tuple[Doubt, ...]
    has_priority: bool | None


def standing(leave: Leave, window: Priority, *, where: Place) -> Standing:
    """Say from when to when a pregnancy or a spell of leave gives priority, and whether it does in the days of the case.

    Parameters
    ----------
    leave: the dates. window: ``impracticable_from`` and ``contracts_end`` of the case; without the second only the first
    day is looked at. where: the nation.

    Returns
    -------
    The Standing. The priority is a right to be offered a suitable vacancy, not to be kept in a pool; whether a vacancy
    is suitable is never worked out. A date of birth in the employer's file counts as one that the employer was told.
    Eighteen months after a day end on the same day of the month, or the last one of a shorter month; two weeks after a day
    end on the fourteenth day after it. Leave whose end is not given is followed for 52 weeks, which no leave here exceeds,
    and a pregnancy of which nothing else is given for 42; beyond that it cannot be told.

    References
    ----------
    Maternity and Parental Leave etc. Regulations 1999, reg 10; Paternity and Adoption Leave Regulations 2002, reg 23;
    Shared Parental Leave Regulations 2014, reg 39; Neonatal Care Leave Regulations 2025, reg 14. Each interval has its rule.

    Example
    -------
    >>> back = Leave(row=2, kind="maternity leave", birth=dt.date(2025, 12, 8), start=dt.date(2025, 11, 17),
    ...              end=dt.date(2026, 8, 30))
    >>> made = standing(back, Priority(impracticable_from=dt.date(2027, 2, 8)), where="England")
    >>> made.has_priority, made.protected[-1].end
    (True, datetime.date(2027, 6, 8))
    """
    first = window.impracticable_from
    last = window.contracts_end or first
    found, doubts = _intervals(leave, first, where)
    if first and in_force("priority_offer", on=first, where=where) is None:
        found, doubts = (), ("not recorded",)
    if first is None or last is None:
        has_priority = None
    elif any(each.meets(first, last) for each in found):
        has_priority = True
    else:
        has_priority = None if doubts else False
    return Standing(leave=leave, protected=found, doubts=doubts, has_priority=has_priority)


def late_day(case: Case) -> LateDay | None:
    """Of what the day is that the case gives for the old jobs, where it is one that comes too late: the right began before.

    >>> from eia.case import Consultation
    >>> day = dt.date(2027, 1, 11)
    >>> late_day(Case(priority=Priority(impracticable_from=day), consultation=Consultation(notice_from=day)))
    'notice'
    """
    first, entered = case.priority.impracticable_from, case.consultation
    late: tuple[tuple[LateDay, dt.date | None], ...] = (
        ("notice", entered.notice_from), ("first dismissal", entered.first_dismissal), ("contracts end", case.priority.contracts_end),
    )  # fmt: skip
    return next((of for of, day in late if first and day == first), None)


def gates(kind: LeaveKind) -> tuple[str, ...]:
    """The keys of the rules under which a kind of leave can give priority.

    >>> gates("adoption leave")
    ('priority_adoption_leave', 'priority_after_adoption')
    """
    before = ("priority_pregnancy",) if kind in ("pregnancy", "maternity leave") else ()
    return (*before, *(table[kind] for table in (_DURING, _AFTER) if kind in table))


def _intervals(leave: Leave, first: dt.date | None, where: Place) -> tuple[tuple[Protected, ...], tuple[Doubt, ...]]:
    found: list[Protected] = []
    doubts: list[Doubt] = []
    for each in (*_pregnancy(leave, first, where), *_in_leave(leave, where), *_after(leave, first, where)):
        if isinstance(each, Protected):
            found.append(each)
        else:
            doubts.append(each)
    return tuple(found), tuple(dict.fromkeys(doubts))


def _pregnancy(leave: Leave, first: dt.date | None, where: Place) -> Iterator[Protected | Doubt]:
    """From the day the employer was told to the start of maternity leave, or to two weeks after a pregnancy ended that gave no
    right to it. While neither is given it is followed to the end of the expected week: whether it ended before is not known."""
    if leave.kind not in ("pregnancy", "maternity leave"):
        return
    if leave.told is None:
        if leave.start is None or (first and first < leave.start):  # else it is the leave that counts
            yield "told not given"
        return
    if leave.start and leave.start <= leave.told:
        return
    if rule := in_force("priority_pregnancy", on=leave.told, where=where):
        if leave.start:
            last = leave.start - dt.timedelta(days=1)
        elif leave.ended:
            last = leave.ended + AFTER_A_LOSS
        else:
            yield "start not given"
            last = leave.expected_week + dt.timedelta(days=6) if leave.expected_week else leave.told + A_PREGNANCY
        if last >= leave.told:
            yield Protected(start=leave.told, end=last, rule=rule)


def _in_leave(leave: Leave, where: Place) -> Iterator[Protected | Doubt]:
    """The leave itself."""
    if leave.kind == "pregnancy":
        return
    if leave.start is None:
        yield "start not given"
        return
    gate = leave.start
    if leave.kind == "neonatal care leave":
        if leave.birth is None:
            yield "birth not given"
            return
        gate = leave.birth
    if rule := in_force(_DURING[leave.kind], on=gate, where=where):
        last = leave.end or leave.start + A_LEAVE - dt.timedelta(days=1)
        yield Protected(start=leave.start, end=last, rule=rule)
        if leave.kind == "bereaved partner's paternity leave":
            yield "length not seen"


def _after(leave: Leave, first: dt.date | None, where: Place) -> Iterator[Protected | Doubt]:
    """From the day after leave to eighteen months after the birth or placement, where the gate of that leave is passed."""
    if leave.kind not in _AFTER or leave.start is None:
        return
    key = _AFTER[leave.kind]
    born = leave.birth or (leave.expected_week if leave.kind == "maternity leave" else None)
    if leave.kind == "neonatal care leave" and born and in_force(key, on=born, where=where) is None:
        return
    if born and first and born + EIGHTEEN_MONTHS < first and leave.end is None:
        return  # no end could make it reach those days
    if leave.end is None:
        yield "end not given"
        return
    if born is None:
        yield "birth not given"
        return
    gate = {"shared parental leave": leave.start, "neonatal care leave": born}.get(leave.kind, leave.end)
    if leave.kind in ("shared parental leave", "neonatal care leave"):
        if leave.longest_run is None:
            yield "run not given"
            return
        if leave.longest_run < WEEKS_IN_A_RUN:
            return
    rule = in_force(key, on=gate, where=where)
    if rule is None and leave.kind == "shared parental leave" and in_force(key, on=leave.end, where=where):
        yield "run not dated"  # six weeks that began after the gate would count, of leave that began before it
    last: dt.date = born + EIGHTEEN_MONTHS
    if leave.kind == "neonatal care leave":
        last -= dt.timedelta(days=1)  # eighteen months that begin with the birth
    if rule and last > leave.end:
        yield Protected(start=leave.end + dt.timedelta(days=1), end=last, rule=rule)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """One person with a pregnancy or family leave, and what its rows come to together.

    place: in the workforce, where the file was joined to one. has_priority: True where a row gives it, None where that
    cannot be told.
    """

    place: int | None
    standings: tuple[Standing, ...]

    @property
    def has_priority(self) -> bool | None:
        """Whether the person has priority in the days of the case."""
        said = {each.has_priority for each in self.standings}
        return True if True in said else None if None in said else False

    @property
    def protected(self) -> tuple[Protected, ...]:
        """The days of every row."""
        return tuple(days for each in self.standings for days in each.protected)

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """What would have to be known of any row."""
        return tuple(dict.fromkeys(doubt for each in self.standings for doubt in each.doubts))


def holders(leave: Sequence[Leave], window: Priority, *, joined: bool, where: Place) -> tuple[Holder, ...]:
    """Put the rows of each person together, in the order of the file; rows of nobody in the workforce are left out.

    joined: whether ``person`` of a row is a place in the workforce.

    >>> twice = [Leave(row=row, kind="pregnancy", person=7) for row in (2, 5)]
    >>> [len(each.standings) for each in holders(twice, Priority(), joined=True, where="England")]
    [2]
    """
    by_person: dict[int, list[Standing]] = {}
    for each in leave:
        if not joined or each.person >= 0:
            by_person.setdefault(each.person, []).append(standing(each, window, where=where))
    return tuple(Holder(place=person if joined else None, standings=tuple(rows)) for person, rows in by_person.items())
