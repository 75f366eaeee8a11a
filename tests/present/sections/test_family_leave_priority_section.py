"""Family-leave priority in words: counts for reports, rows for one screen alone, with what naming them needs."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from eia.case import Case, Employer, Priority
from eia.intake.extras.leave import Leave
from eia.present.documents.model import Block, Bullets, Heading, Notice, Paragraph, Table
from eia.present.sections.family_leave_priority import priority, rows_of
from eia.process.family_leave_priority import Holder, holders
from eia.process.priority_counts import PriorityCounts, counted
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


def section(found: PriorityCounts | None = None, window: Priority = WINDOW, where: str = "England") -> str:
    found = found or counted(on_leave(window, where), case(window, where), whose="everyone")
    return "\n".join(map(text, priority(found, case(window, where), today=TODAY)))


def test_people_are_counted_with_what_is_missing() -> None:
    said = section()
    assert "3 people are pregnant, on family leave or lately back from it. 1 person has priority" in said
    assert (
        "between 8 February 2027 and 9 May 2027; of 1 it cannot be told, since the day of birth or placement is not given."
        in said
    )
    assert "Maternity leave | 3 | 1 | 1 | The day of birth or placement is not given" in said


def test_no_row_is_named_in_the_section() -> None:
    assert "Rows of the file of leave" not in section()
    tables = [
        block
        for block in priority(counted(on_leave(), case(), whose="everyone"), case(), today=TODAY)
        if isinstance(block, Table)
    ]
    assert not {"7", "9", "11"} & {cell for table in tables for row in table.rows for cell in row}


def test_it_is_a_right_to_be_offered_a_vacancy_and_no_right_to_stay() -> None:
    said = section()
    assert "is entitled to be offered it before the contract ends" in said
    assert "It is no right to stay in the pool unselected." in said
    assert "It is never worked out here." in said


def test_every_gate_stands_there_with_its_day_and_how_sure_we_are() -> None:
    said = section()
    assert "Date the employer is told: 6 April 2024 or later" in said
    assert "Date leave ends: 6 April 2024 or later" in said
    assert "A secondary source says so (30 June 2026)" in said
    assert "adoption" not in said


def test_a_gate_not_looked_at_for_long_is_cautioned() -> None:
    made = priority(counted(on_leave(), case(), whose="everyone"), case(), today=dt.date(2028, 6, 1))
    assert any(isinstance(block, Notice) and "perhaps changed since" in block.text for block in made)


def test_without_the_day_it_asks_for_it_and_tells_nothing() -> None:
    said = section(window=Priority())
    assert "impracticable_from" in said
    assert "people" not in said


def test_without_the_end_of_contracts_only_the_first_day_is_looked_at() -> None:
    said = section(window=Priority(impracticable_from=dt.date(2027, 2, 8)))
    assert "on 8 February 2027" in said
    assert "does not say when the contracts end" in said


def test_northern_ireland_is_told_to_look_at_the_law_itself() -> None:
    said = section(where="Northern Ireland")
    assert "of 3 it cannot be told, since the law of this place is not recorded here: check the law itself." in said
    assert "6 April 2024" not in said


def test_without_a_file_of_leave_there_is_no_section() -> None:
    assert list(priority(None, case(), today=TODAY)) == []


@pytest.mark.parametrize(
    ("whose", "words"), [("selected", "Of those whose jobs go"), ("in pools", "Nobody has been chosen yet.")]
)
def test_it_says_who_is_counted(whose: str, words: str) -> None:
    assert words in section(counted(on_leave(), case(), whose=whose))  # type: ignore[arg-type]


def test_people_left_out_are_said() -> None:
    said = section(counted(on_leave(), case(), whose="selected", others=5, lost=1))
    assert "Besides them the file of leave has 5 people not selected, or in no pool." in said
    assert (
        "1 row of that file names nobody in the workforce file and could not be counted: check the references." in said
    )


def test_vacancies_stand_in_a_table_with_what_to_ask() -> None:
    found = counted(on_leave(), case(), whose="selected", vacancies=Placings(each=(PLACING,), fitting=2, placeable=1))
    said = section(found)
    assert "V1, Clerk | 1 | from 1 February 2027 | 4 | 1 | 2 | 1 | 1 | 1" in said
    assert (
        "2 people with priority could be offered a vacancy that suits, and however the offers are shared out only 1 can be."
        in said
    )
    for question in (
        "by so many: V1 (1 person)",
        "before the contracts end? V1 (1 person)",
        "appropriate for them? V1 (1 person)",
    ):
        assert question in said


def test_nothing_is_asked_where_nothing_is_open() -> None:
    settled = replace(PLACING, posts=2, unsure=0, unanswered=0, not_offered=0)
    found = counted(on_leave(), case(), whose="selected", vacancies=Placings(each=(settled,), fitting=2, placeable=2))
    assert "Questions about the vacancies" not in section(found)


def test_naming_rows_says_that_it_needs_another_condition() -> None:
    said = "\n".join(map(text, rows_of(on_leave(), None, case(), today=TODAY)))
    assert "Whatever reaches one person needs another condition." in said
    assert "7 | Yes | 5 January 2026 to 17 May 2026 (Priority in pregnancy)" in said
    assert "9 | Cannot be told" in said
    assert "\n11 |" not in said
