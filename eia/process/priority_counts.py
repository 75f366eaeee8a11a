"""Takes a Workforce with its file of leave, and a Case; gives who has priority as counts, for every report and record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from eia.case import Case
from eia.intake.extras.leave import LeaveKind
from eia.intake.people.outcomes import chosen_by
from eia.intake.workforce import Workforce, codes_of, outcomes_of
from eia.law.lookup import in_force, rules
from eia.law.open_points import OpenPoint, open_on
from eia.law.records import NATIONS, Place, Rule
from eia.process.family_leave_priority import Doubt, Holder, Standing, gates, holders
from eia.process.severance import place
from eia.process.vacancies import Placings, placings

Whose = Literal["selected", "in pools", "everyone"]


@dataclass(frozen=True, slots=True, kw_only=True)
class KindCount:
    """Rows of one kind: how many give priority, of how many it cannot be told, and what would have to be known."""

    kind: LeaveKind
    rows: int
    with_priority: int
    unsure: int
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorityCounts:
    """Who has priority for suitable vacancies, in numbers alone.

    whose: who is counted: people "selected", "in pools" while nobody has been chosen, or "everyone" in the file of leave,
    where it names nobody in the workforce. people: so many of them are pregnant, on family leave or lately back.
    with_priority: people who have it; unsure: people of whom that cannot be told. kinds: of their rows, in the order of the
    law. others: people in the file of leave whose jobs do not go. lost: rows of nobody in the workforce. offer: what the
    priority is, begins: from when it runs, None where that is not recorded. gates: the rules of these kinds of leave, every value of each, as they were
    held when this was made; unsettled: what is open about them. vacancies: None where there are none, or the case does not
    give its days.
    """

    whose: Whose
    people: int
    with_priority: int
    unsure: int
    kinds: tuple[KindCount, ...]
    others: int
    lost: int
    offer: Rule | None
    begins: Rule | None
    gates: tuple[Rule, ...]
    unsettled: tuple[OpenPoint, ...]
    vacancies: Placings | None

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule that the counts rest on."""
        return tuple(rule for rule in (self.offer, self.begins, *self.gates) if rule)


def priority_counts(workforce: Workforce, case: Case) -> PriorityCounts | None:
    """Count who has priority, of those whose jobs go; None where the case names no file of leave.

    Raises EiaError where the case answers for a vacancy, pool or post that there is not.
    """
    beside = workforce.redeployment
    if beside is None:
        return None
    every = on_leave(workforce, case)
    going = whose_jobs_go(every, workforce, case)
    return counted(
        going,
        case,
        whose=_whose(workforce, joined=beside.joined),
        others=len(every) - len(going),
        lost=sum(leave.person < 0 for leave in beside.leave) if beside.joined else 0,
        vacancies=placings(going, workforce, case),
    )


def counted(
    people: Sequence[Holder],
    case: Case,
    *,
    whose: Whose,
    others: int = 0,
    lost: int = 0,
    vacancies: Placings | None = None,
) -> PriorityCounts:
    """Count people and their rows, and take down the law of their kinds of leave.

    >>> counted([], Case(), whose="everyone").with_priority
    0
    """
    said = [each.has_priority for each in people]
    kinds = tuple(_kinds([each for holder in people for each in holder.standings]))
    first, where = case.priority.impracticable_from, place(case)
    law = tuple(_gates(kinds, where))
    return PriorityCounts(
        whose=whose,
        people=len(people),
        with_priority=said.count(True),
        unsure=said.count(None),
        kinds=kinds,
        others=others,
        lost=lost,
        offer=in_force("priority_offer", on=first, where=where) if first else None,
        begins=in_force("priority_begins", on=first, where=where) if first else None,
        gates=law,
        unsettled=open_on(law),
        vacancies=vacancies,
    )


def on_leave(workforce: Workforce, case: Case) -> tuple[Holder, ...]:
    """Everybody in the file of leave; nobody where there is none."""
    beside = workforce.redeployment
    if beside is None:
        return ()
    return holders(beside.leave, case.priority, joined=beside.joined, where=place(case))


def whose_jobs_go(people: Sequence[Holder], workforce: Workforce, case: Case) -> tuple[Holder, ...]:
    """Those selected, at whatever stage they are now, and no volunteers; everybody in a pool while nobody has been chosen; everybody where the
    file of leave names nobody in the workforce."""
    outcome = outcomes_of(workforce.frame)
    goes = codes_of(workforce.frame, "pool") >= 0 if outcome is None else chosen_by(outcome, case)
    return tuple(each for each in people if each.place is None or goes[each.place])


def _whose(workforce: Workforce, *, joined: bool) -> Whose:
    chosen = "outcome" in workforce.frame
    if not joined or (not chosen and workforce.intake.one_pool):
        return "everyone"
    return "selected" if chosen else "in pools"


def _gates(kinds: Sequence[KindCount], where: Place) -> Iterator[Rule]:
    for key in dict.fromkeys(key for kind in kinds for key in gates(kind.kind)):
        yield from (each for each in rules()[key] if NATIONS[where] <= NATIONS[each.extent])


def _kinds(rows: Sequence[Standing]) -> Iterator[KindCount]:
    for kind in get_args(LeaveKind):
        of_kind = [each for each in rows if each.leave.kind == kind]
        said = [each.has_priority for each in of_kind]
        if of_kind:
            doubts = [doubt for each in of_kind if each.has_priority is None for doubt in each.doubts]
            yield KindCount(
                kind=kind,
                rows=len(of_kind),
                with_priority=said.count(True),
                unsure=said.count(None),
                doubts=tuple(dict.fromkeys(doubts)),
            )
