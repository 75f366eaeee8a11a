"""Family-leave priority: worked cases typed by hand, one a line of ``priority_cases.csv``, each with its gate."""

from __future__ import annotations

import csv
import datetime as dt
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eia.case import Priority
from eia.intake.extras.leave import Leave
from eia.process.family_leave_priority import EIGHTEEN_MONTHS, Standing, gates, holders, standing

with (Path(__file__).parent / "priority_cases.csv").open(encoding="utf-8", newline="") as file:
    CASES = list(csv.DictReader(file))


def day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def leave(row: dict[str, str]) -> Leave:
    return Leave(
        row=2,
        kind=row["kind"],  # type: ignore[arg-type]
        told=day(row["told"]),
        expected_week=day(row["expected_week"]),
        ended=day(row["ended"]),
        birth=day(row["birth"]),
        start=day(row["start"]),
        end=day(row["end"]),
        longest_run=float(row["run"]) if row["run"] else None,
    )


def of(row: dict[str, str], where: str = "England") -> Standing:
    window = Priority(impracticable_from=day(row["from"]), contracts_end=day(row["until"]))
    return standing(leave(row), window, where=where)  # type: ignore[arg-type]


@pytest.mark.parametrize("row", CASES, ids=[row["why"] for row in CASES])
def test_a_worked_case_comes_out(row: dict[str, str]) -> None:
    made = of(row)
    assert made.has_priority is {"yes": True, "no": False, "": None}[row["priority"]]
    assert "; ".join(made.doubts) == row["doubts"]
    assert (made.protected[-1].end if made.protected else None) == day(row["protected_to"])


@pytest.mark.parametrize("row", CASES, ids=[row["why"] for row in CASES])
def test_intervals_follow_one_another_and_name_their_rule(row: dict[str, str]) -> None:
    made = of(row).protected
    assert all(each.start <= each.end for each in made)
    assert all(one.end < other.start for one, other in pairwise(made))
    assert all(each.rule.key.startswith("priority_") for each in made)


@pytest.mark.parametrize("row", CASES, ids=[row["why"] for row in CASES])
def test_northern_ireland_is_not_recorded_and_never_told_no(row: dict[str, str]) -> None:
    made = of(row, "Northern Ireland")
    assert (made.has_priority, made.doubts, made.protected) == (None, ("not recorded",), ())


def test_without_the_day_the_jobs_go_nothing_is_told() -> None:
    assert standing(leave(CASES[5]), Priority(), where="England").has_priority is None


def test_contracts_cannot_end_before_the_jobs_go() -> None:
    with pytest.raises(ValueError, match="contracts end"):
        Priority(impracticable_from=dt.date(2027, 1, 2), contracts_end=dt.date(2027, 1, 1))


@given(st.dates(dt.date(2000, 1, 1), dt.date(2090, 1, 1)))
def test_eighteen_months_are_a_year_and_a_half(start: dt.date) -> None:
    end = start + EIGHTEEN_MONTHS
    assert (end.year - start.year) * 12 + end.month - start.month == 18
    assert end.day == start.day or (end.day < start.day and (end + dt.timedelta(days=1)).day == 1)


@pytest.mark.parametrize("row", CASES, ids=[row["why"] for row in CASES])
def test_priority_is_under_a_gate_of_its_kind(row: dict[str, str]) -> None:
    assert {each.rule.key for each in of(row).protected} <= set(gates(row["kind"]))  # type: ignore[arg-type]


def test_rows_of_a_person_stand_together_and_one_that_gives_priority_is_enough() -> None:
    window = Priority(impracticable_from=dt.date(2026, 12, 1), contracts_end=dt.date(2027, 1, 31))
    never = Leave(row=2, kind="neonatal care leave", person=4, birth=dt.date(2020, 1, 1), start=dt.date(2020, 1, 2))
    unsure = Leave(row=3, kind="pregnancy", person=4)
    yes = Leave(row=4, kind="adoption leave", person=4, start=dt.date(2026, 11, 1), end=dt.date(2027, 3, 1))
    nobody = Leave(row=5, kind="pregnancy", person=-1)
    said = [
        [each.has_priority for each in holders(rows, window, joined=True, where="England")]
        for rows in ([never], [never, unsure], [never, unsure, yes], [nobody], [])
    ]
    assert said == [[False], [None], [True], [], []]


def test_a_file_that_is_joined_to_nobody_keeps_everybody() -> None:
    rows = [Leave(row=row, kind="pregnancy", person=row) for row in (0, 1)]
    assert [each.place for each in holders(rows, Priority(), joined=False, where="England")] == [None, None]
