"""Takes pregnancies and family leave with their dates; gives from when to when each gives priority for suitable vacancies."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from eia.case import Priority
from eia.intake.leave import Leave
from eia.law.lookup import in_force
from eia.law.records import Place, Rule

Doubt = Literal[
    "birth not given", "end not given", "run not given", "run not dated", "length not seen", "told not given",
    "start not given", "not recorded",
]  # fmt: skip

MONTHS = 18
WEEKS_IN_A_RUN = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Protected:
    """Days on which a pregnancy or leave gives priority, both included; ``end`` is None while no end is known."""

    start: dt.date
    end: dt.date | None
    rule: Rule


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
    Eighteen months after a day end on the same day of the month, or the last one of a shorter month.

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
    found, doubts = _intervals(leave, where)
    if first and in_force("priority_offer", on=first, where=where) is None:
        found, doubts = (), ("not recorded",)
    if first is None or last is None:
        has_priority = None
    elif any(each.start <= last and (each.end is None or each.end >= first) for each in found):
        has_priority = True
    else:
        has_priority = None if doubts else False
    return Standing(leave=leave, protected=found, doubts=doubts, has_priority=has_priority)


def _intervals(leave: Leave, where: Place) -> tuple[tuple[Protected, ...], tuple[Doubt, ...]]:
    found: list[Protected] = []
    doubts: list[Doubt] = []
    for each in (*_pregnancy(leave, where), *_in_leave(leave, where), *_after(leave, where)):
        if isinstance(each, Protected):
            found.append(each)
        else:
            doubts.append(each)
    return tuple(found), tuple(dict.fromkeys(doubts))


def _pregnancy(leave: Leave, where: Place) -> Iterator[Protected | Doubt]:
    """From the day the employer was told to the start of maternity leave. While that is not given it is followed to the end
    of the expected week: whether the pregnancy ended before or after is not known."""
    if leave.kind == "pregnancy" and leave.told is None:
        yield "told not given"
    if leave.kind not in ("pregnancy", "maternity leave") or leave.told is None:
        return
    if leave.start and leave.start <= leave.told:
        return
    if rule := in_force("priority_pregnancy", on=leave.told, where=where):
        last = leave.start and leave.start - dt.timedelta(days=1)
        if leave.start is None:
            yield "start not given"
            last = leave.expected_week and leave.expected_week + dt.timedelta(days=6)
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
    key = {
        "maternity leave": "priority_maternity_leave",
        "adoption leave": "priority_adoption_leave",
        "shared parental leave": "priority_shared_leave",
        "neonatal care leave": "priority_neonatal_leave",
        "bereaved partner's paternity leave": "priority_bereaved_partner",
    }[leave.kind]
    if rule := in_force(key, on=gate, where=where):
        yield Protected(start=leave.start, end=leave.end, rule=rule)
        if leave.kind == "bereaved partner's paternity leave":
            yield "length not seen"


def _after(leave: Leave, where: Place) -> Iterator[Protected | Doubt]:
    """From the day after leave to eighteen months after the birth or placement, where the gate of that leave is passed."""
    if leave.kind in ("pregnancy", "bereaved partner's paternity leave") or leave.start is None:
        return
    if leave.end is None:
        yield "end not given"
        return
    born = leave.birth or (leave.expected_week if leave.kind == "maternity leave" else None)
    if born is None:
        yield "birth not given"
        return
    key, gate = {
        "maternity leave": ("priority_after_maternity", leave.end),
        "adoption leave": ("priority_after_adoption", leave.end),
        "shared parental leave": ("priority_after_shared_leave", leave.start),
        "neonatal care leave": ("priority_after_neonatal", born),
    }[leave.kind]
    if leave.kind in ("shared parental leave", "neonatal care leave"):
        if leave.longest_run is None:
            yield "run not given"
            return
        if leave.longest_run < WEEKS_IN_A_RUN:
            return
    rule = in_force(key, on=gate, where=where)
    if rule is None and leave.kind == "shared parental leave" and in_force(key, on=leave.end, where=where):
        yield "run not dated"  # six weeks that began after the gate would count, of leave that began before it
    last = months_after(born, MONTHS)
    if leave.kind == "neonatal care leave":
        last -= dt.timedelta(days=1)  # eighteen months that begin with the birth
    if rule and last > leave.end:
        yield Protected(start=leave.end + dt.timedelta(days=1), end=last, rule=rule)


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day so many months later, or the last of that month where it is shorter.

    >>> months_after(dt.date(2024, 8, 31), 18)
    datetime.date(2026, 2, 28)
    """
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
