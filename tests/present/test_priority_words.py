"""Family-leave priority on the screen: counts, and rows only where they are asked for, with what that needs."""

from __future__ import annotations

import datetime as dt

from eia.case import Case, Employer, Priority
from eia.intake.leave import Leave
from eia.present.priority_words import told
from eia.process.priority import standing

WINDOW = Priority(impracticable_from=dt.date(2027, 2, 8), contracts_end=dt.date(2027, 5, 9))
LEAVES = (
    Leave(
        row=7, kind="maternity leave", birth=dt.date(2026, 6, 1), start=dt.date(2026, 5, 18), end=dt.date(2027, 3, 1)
    ),
    Leave(row=9, kind="maternity leave", start=dt.date(2026, 5, 18), end=dt.date(2026, 12, 1)),
    Leave(
        row=11, kind="maternity leave", birth=dt.date(2024, 6, 1), start=dt.date(2024, 5, 18), end=dt.date(2024, 9, 1)
    ),
)


def lines(*, rows: bool = False, window: Priority = WINDOW) -> str:
    case = Case(employer=Employer(jurisdiction="England"), priority=window)
    found = tuple(standing(leave, window, where="England") for leave in LEAVES)
    return "\n".join(text for _, text in told(found, case, rows=rows))


def test_counts_are_told_and_what_is_missing() -> None:
    assert (
        "Maternity leave: 3 rows, 1 with priority, 1 cannot be told (the day of birth or placement is not given)."
        in lines()
    )


def test_no_row_is_named_unless_asked_for() -> None:
    assert "Rows with priority" not in lines()
    assert "Rows with priority: 7." in lines(rows=True)


def test_naming_rows_says_that_it_needs_another_condition() -> None:
    assert "needs another condition" in lines(rows=True)
    assert "needs another condition" not in lines()


def test_it_is_a_right_to_be_offered_a_vacancy_and_no_right_to_stay() -> None:
    said = lines()
    assert "It is no right to stay in the pool unselected." in said
    assert "Whether a vacancy suits is for people to say." in said
    assert said.startswith("CONFIDENTIAL")


def test_without_the_day_it_asks_for_it() -> None:
    assert "impracticable_from" in lines(window=Priority())
