"""Family-leave priority in words: counts for reports, rows for one screen alone, with what naming them needs."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from made import figures

from eia.case import Case, Consultation, Employer, Priority
from eia.intake.extras.leave import Leave
from eia.law.lookup import rule, written
from eia.present.documents.model import Block, Bullets, Heading, Notice, Paragraph, Table
from eia.present.sections.family_leave_priority import (
    _DOUBTS,
    _NO_END,
    _SUITS,
    _WHOSE,
    SINCE_WHEN,
    law_of_priority,
    priority,
    rows_of,
)
from eia.present.sections.law import amount, citation, warning
from eia.present.text.words import capital
from eia.process.family_leave_priority import Holder, holders
from eia.process.priority_counts import PriorityCounts, Whose, counted
from eia.process.vacancies import Placing, Placings

TODAY = dt.date(2026, 11, 22)
WINDOW = Priority(impracticable_from=dt.date(2027, 2, 8), contracts_end=dt.date(2027, 5, 9))
LEAVES = (
    Leave(
        row=7, person=1, kind="maternity leave", told=dt.date(2026, 1, 5), birth=dt.date(2026, 6, 1),
        start=dt.date(2026, 5, 18), end=dt.date(2027, 3, 1),
    ),
    Leave(row=9, person=2, kind="maternity leave", start=dt.date(2026, 5, 18), end=dt.date(2026, 12, 1)),
    Leave(
        row=11, person=3, kind="maternity leave", birth=dt.date(2024, 6, 1), start=dt.date(2024, 5, 18),
        end=dt.date(2024, 9, 1),
    ),
)  # fmt: skip
PLACING = Placing(
    reference="V1", title="Clerk", posts=1, opens=dt.date(2027, 2, 1), closes=None, with_priority=4, unsure=1, suitable=2,
    not_suitable=1, unanswered=1, offered=1, not_offered=1,
)  # fmt: skip


def case(window: Priority = WINDOW, where: str = "England") -> Case:
    return Case(employer=Employer(jurisdiction=where), priority=window)  # type: ignore[arg-type]


def on_leave(window: Priority = WINDOW, where: str = "England") -> tuple[Holder, ...]:
    return holders(LEAVES, window, joined=False, where=where)  # type: ignore[arg-type]


def text(block: Block) -> str:
    match block:
        case Heading() | Paragraph() | Notice():
            return block.text
        case Bullets():
            return "\n".join(block.items)
        case Table():
            return "\n".join([block.title, *(" | ".join(row) for row in block.rows), *block.notes])
    return ""


def made(found: PriorityCounts | None = None, window: Priority = WINDOW, where: str = "England") -> tuple[Block, ...]:
    found = found or counted(on_leave(window, where), case(window, where), whose="everyone")
    return tuple(priority(found, case(window, where)))


def section(found: PriorityCounts | None = None, window: Priority = WINDOW, where: str = "England") -> str:
    return "\n".join(map(text, made(found, window, where)))


def test_people_are_counted_with_what_is_missing() -> None:
    blocks = made()
    lead = next(block for block in blocks if isinstance(block, Paragraph))
    assert lead.lead
    assert figures(lead.text) == ["3", "1", "8", "2027", "9", "2027", "1"]  # people, with priority, from, to, unsure
    assert _DOUBTS["birth not given"] in lead.text
    kinds = next(block for block in blocks if isinstance(block, Table))
    ((kind, *counts, missing),) = kinds.rows
    assert (kind, counts) == ("Maternity leave", ["3", "1", "1"])
    assert missing == capital(_DOUBTS["birth not given"])


def test_no_row_is_named_in_the_section() -> None:
    assert not [block for block in made() if isinstance(block, Heading) and block.key == "rows"]
    tables = [block for block in made() if isinstance(block, Table)]
    assert not {"7", "9", "11"} & {cell for table in tables for row in table.rows for cell in row}


def test_it_is_a_right_to_be_offered_a_vacancy_and_no_right_to_stay() -> None:
    offer = counted(on_leave(), case(), whose="everyone").offer
    assert offer is not None
    assert "no right to stay" in str(offer.value)
    (law,) = [block.text for block in made() if isinstance(block, Paragraph) and amount(offer) in block.text]
    assert citation(offer) in law
    assert law.endswith(_SUITS)


def test_every_gate_stands_there_with_its_day_and_the_mark() -> None:
    gates = counted(on_leave(), case(), whose="everyone").gates
    (table,) = [b for b in made() if isinstance(b, Table) and b.columns[-1].title == "When"]
    assert [row[0] for row in table.rows] == [gate.title + warning(gate) for gate in gates]
    assert all(written(gate.from_) in row[1] for gate, row in zip(gates, table.rows, strict=True))
    assert "adoption" not in section()


def test_the_rules_stand_once_below_a_page_of_its_own_with_what_to_check() -> None:
    found = counted(on_leave(), case(), whose="everyone")
    table, heading, listing = law_of_priority(found, today=dt.date(2028, 6, 1))
    assert isinstance(table, Table)
    assert isinstance(heading, Heading)
    assert isinstance(listing, Bullets)
    assert [row[1].startswith(amount(each).rstrip(".")) for each, row in zip(found.rules, table.rows, strict=True)]
    assert any("perhaps changed since" in item for item in listing.items)


@pytest.mark.parametrize(
    ("entered", "late"),
    [
        ({"notice_from": dt.date(2027, 2, 8)}, True),
        ({"first_dismissal": dt.date(2027, 2, 8)}, True),
        ({"notice_from": dt.date(2027, 2, 9), "first_dismissal": dt.date(2027, 3, 8)}, False),
        ({}, False),
    ],
)
def test_a_day_of_notice_or_dismissal_is_warned_of_and_the_day_of_the_proposal_asked_for(
    entered: dict[str, dt.date], late: bool
) -> None:
    given = case().model_copy(update={"consultation": Consultation(**entered)})
    blocks = priority(counted(on_leave(), given, whose="everyone"), given)
    assert [SINCE_WHEN in block.text for block in blocks if isinstance(block, Notice)] == ([True] if late else [])


def test_from_when_it_runs_is_told_with_its_case_and_the_mark() -> None:
    begins = counted(on_leave(), case(), whose="everyone").begins
    assert begins is not None
    assert (begins.provision, begins.confidence) == ("UKEAT/0168/14", "unchecked")
    assert f"{citation(begins)}" in section()


def test_without_the_day_it_asks_for_it_and_tells_nothing() -> None:
    said = section(window=Priority())
    assert "impracticable_from" in said
    assert SINCE_WHEN in said
    assert "people" not in said


def test_without_the_end_of_contracts_only_the_first_day_is_looked_at() -> None:
    said = section(window=Priority(impracticable_from=dt.date(2027, 2, 8)))
    assert "on 8 February 2027" in said
    assert _NO_END in said


def test_northern_ireland_is_told_to_look_at_the_law_itself() -> None:
    lead = next(block.text for block in made(where="Northern Ireland") if isinstance(block, Paragraph))
    assert figures(lead)[-1] == "3"
    assert _DOUBTS["not recorded"] in lead
    assert "6 April 2024" not in section(where="Northern Ireland")


def test_without_a_file_of_leave_there_is_no_section() -> None:
    assert list(priority(None, case())) == []


@pytest.mark.parametrize("whose", ["selected", "in pools"])
def test_it_says_who_is_counted(whose: Whose) -> None:
    assert _WHOSE[whose] in section(counted(on_leave(), case(), whose=whose))


def test_people_left_out_are_said() -> None:
    found = counted(on_leave(), case(), whose="selected", others=5, lost=1)
    (beside,) = [
        block.text for block in made(found) if isinstance(block, Paragraph) and figures(block.text) == ["5", "1"]
    ]
    assert beside not in section(counted(on_leave(), case(), whose="selected"))


def test_vacancies_stand_in_a_table_with_what_to_ask() -> None:
    found = counted(on_leave(), case(), whose="selected", vacancies=Placings(each=(PLACING,), fitting=2, placeable=1))
    assert "V1, Clerk | 1 | from 1 February 2027 | 4 | 1 | 2 | 1 | 1 | 1" in section(found)
    (asked,) = [block.items for block in made(found) if isinstance(block, Bullets) and "V1" in str(block.items)]
    assert figures(asked[0])[:2] == ["2", "1"]  # could be offered a vacancy; can be, however they are shared out
    assert sum("V1 (1 person)" in item for item in asked) == 4  # too many, not offered, not answered, cannot be told


def test_nothing_is_asked_where_nothing_is_open() -> None:
    settled = replace(PLACING, posts=2, unsure=0, unanswered=0, not_offered=0)
    found = counted(on_leave(), case(), whose="selected", vacancies=Placings(each=(settled,), fitting=2, placeable=2))
    assert "Questions about the vacancies" not in section(found)


def test_naming_rows_says_that_it_needs_another_condition() -> None:
    blocks = tuple(rows_of(on_leave(), None, case(), today=TODAY))
    said = "\n".join(map(text, blocks))
    (notice,) = [block for block in blocks if isinstance(block, Notice)]
    needs = rule("equality_monitoring", on=TODAY, where="United Kingdom")
    assert notice.kind == "confidential"
    assert needs.note in notice.text
    assert citation(needs) in notice.text
    assert "7 | Yes | 5 January 2026 to 17 May 2026" in said
    assert "9 | Cannot be told" in said
    assert "\n11 |" not in said
