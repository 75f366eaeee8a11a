"""Takes the files on redeployment, as tables; gives pregnancies and leave, vacancies and offers, or every fault of them all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from eia import budget
from eia.case import Case
from eia.errors import Fault, Faults
from eia.intake.extras.leave import Leave, Locate, read_leave
from eia.intake.extras.vacancies import Offer, Vacancy, read_offers, read_vacancies
from eia.intake.files.raw_table import RawTable
from eia.intake.intake_record import Source

Kind = Literal["leave", "vacancies", "offers"]
KINDS: tuple[Kind, ...] = ("leave", "vacancies", "offers")


@dataclass(frozen=True, slots=True, kw_only=True)
class Redeployment:
    """Who may have priority for which vacancies. joined: whether rows of leave know their place in the workforce."""

    leave: tuple[Leave, ...]
    joined: bool
    vacancies: tuple[Vacancy, ...]
    offers: tuple[Offer, ...]
    sources: tuple[Source, ...]

    def answered(self, answers: Mapping[tuple[str, int], bool]) -> Redeployment:
        """The same with further answers whether a vacancy, by reference, suits a person, by place: they count before the file's."""
        held = {(offer.vacancy, offer.person): offer for offer in self.offers}
        for (vacancy, person), suitable in answers.items():
            offered = held[vacancy, person].offered if (vacancy, person) in held else None
            held[vacancy, person] = Offer(vacancy=vacancy, person=person, suitable=suitable, offered=offered)
        return replace(self, offers=tuple(held.values()))


def read_redeployment(
    tables: Mapping[Kind, RawTable], case: Case, locate: Locate | None, faults: Faults
) -> Redeployment | None:
    """Read the files that there are; None where there is none of leave, without which nobody can have priority.

    locate: the place in the workforce of each reference; None where the workforce has no references.
    """
    if "leave" not in tables:
        return None
    leave = faults.read(lambda: read_leave(tables["leave"], case, locate))
    vacancies = faults.read(lambda: read_vacancies(tables["vacancies"], case)) if "vacancies" in tables else ()
    known = {each.reference for each in vacancies or ()}
    offers = faults.read(lambda: read_offers(tables["offers"], case, known, locate)) if "offers" in tables else ()
    if leave is None or vacancies is None or offers is None:
        return None
    if len(leave.rows) * len(vacancies) > budget.VACANCIES_TIMES_LEAVE:  # each is held against the other
        faults.add(Fault(code="too-many-vacancies", what=f"There are {len(vacancies):,} vacancies and {len(leave.rows):,} rows of leave.",
                         file=tables["vacancies"].file, allowed=f"up to {budget.VACANCIES_TIMES_LEAVE:,} pairs of them",
                         do="Keep the vacancies that could be offered, and the people who may be selected."))  # fmt: skip
        return None
    rows = {"leave": len(leave.rows), "vacancies": len(vacancies), "offers": len(offers)}
    sources = (
        Source(file=tables[kind].file, sha256=tables[kind].sha256, encoding=f"as {kind}", rows=rows[kind])
        for kind in KINDS
        if kind in tables
    )
    return Redeployment(
        leave=leave.rows, joined=leave.joined, vacancies=vacancies, offers=offers, sources=tuple(sources)
    )
