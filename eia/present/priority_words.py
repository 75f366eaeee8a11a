"""Takes what each pregnancy or spell of leave comes to; gives it as lines for the screen: counts, and rows only where asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import get_args

from eia.case import Case
from eia.intake.leave import LeaveKind
from eia.law.lookup import in_force, rule, written
from eia.law.records import Rule
from eia.present.law_words import amount, citation
from eia.present.narrative import CONFIDENTIAL
from eia.present.words import capital, listed, plural
from eia.process.priority import Doubt, Standing
from eia.process.severance import place

_DOUBTS: Mapping[Doubt, str] = {
    "birth not given": "the day of birth or placement is not given",
    "end not given": "the end of leave is not given",
    "run not given": "the longest run of weeks is not given",
    "run not dated": "the first day of the six weeks is not given",
    "length not seen": "how long the priority lasts after this leave was not seen: check the Regulations",
    "told not given": "the day the employer was told is not given",
    "start not given": "the start of leave is not given",
    "not recorded": "the law of this place is not recorded here: check the law itself",
}


def told(found: Sequence[Standing], case: Case, *, rows: bool) -> Iterator[tuple[str, str]]:
    """The lines, each with what it is led in by. ``rows``: whether to name the rows of those with priority."""
    yield "", CONFIDENTIAL
    first, last = case.priority.impracticable_from, case.priority.contracts_end
    if first is None:
        yield (
            "",
            (
                "The case does not say from which day redundancy makes it impracticable to go on with the old jobs: under [priority], "
                "impracticable_from. Who has priority cannot be told."
            ),
        )
        return
    until = f" to {written(last)}" if last else ""
    yield "", f"Priority for suitable vacancies, {written(first)}{until}"
    for kind in get_args(LeaveKind):
        yield from _kind([each for each in found if each.leave.kind == kind], rows=rows)
    if offer := in_force("priority_offer", on=first, where=place(case)):
        yield "", f"{amount(offer)} Whether a vacancy suits is for people to say."
    for used in dict.fromkeys(interval.rule for each in found for interval in each.protected):
        yield "  - ", f"{used.title}: {_cited(used)}"
    yield "", "The rows are all of the file, whether or not the person is selected."
    if rows:
        condition = rule("equality_monitoring", on=first, where="United Kingdom")
        yield "", f"Naming rows reaches a person. {amount(condition)} {condition.note} ({citation(condition)})"


def _kind(found: Sequence[Standing], *, rows: bool) -> Iterator[tuple[str, str]]:
    if not found:
        return
    with_priority = [each for each in found if each.has_priority]
    unsure = [each for each in found if each.has_priority is None]
    line = f"{capital(found[0].leave.kind)}: {plural(len(found), 'row', 'rows')}, {len(with_priority)} with priority"
    if unsure:
        doubts = dict.fromkeys(doubt for each in unsure for doubt in each.doubts)
        line += f", {len(unsure)} cannot be told ({listed([_DOUBTS[doubt] for doubt in doubts])})"
    yield "  ", f"{line}."
    if rows and with_priority:
        yield "    ", f"Rows with priority: {listed([str(each.leave.row) for each in with_priority])}."


def _cited(used: Rule) -> str:
    return f"{amount(used)} ({citation(used)})"
