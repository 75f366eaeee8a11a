"""What came of people beside the outcome is read from whichever file says it; what contradicts itself is listed by row."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from made import CANARY, everything_said, run, write

from eia.case import Case, read_case
from eia.errors import EiaError
from eia.intake.evidence import read_evidence
from eia.intake.workforce import Workforce
from eia.vocabulary.person_columns import CHANGES

STAFF = "reference,sex,pool,fte,salary,outcome\nA,F,Clerks,1,30000,selected\nB,M,Clerks,1,30000,redeployed\nC,F,Clerks,0.8,24000,slotted in\nD,M,Clerks,1,30000,retained\nE,F,,1,30000,\n"  # fmt: skip


def read(folder: Path, *later: str, staff: str = STAFF, dates: str = "", pay: bool = False) -> Workforce:
    write(folder, "staff.csv", staff)
    names = [f"later-{number}.csv" for number, text in enumerate(later) if write(folder, f"later-{number}.csv", text)]
    columns = '[columns]\npay = "salary"\n' if pay else ""
    toml = f'format = 1\n[dates]\n{dates}\n{columns}[files]\nworkforce = "staff.csv"\nlater = {names}\n'
    main = read_evidence(read_case(write(folder, "case.toml", toml)), folder=folder).main
    assert isinstance(main, Workforce)
    return main


AFTERWARDS = {"applied", *CHANGES, "pay_lost", "protected_months", "redeployment_days", "redeployed"}


def after(staff: Workforce) -> set[str]:
    return AFTERWARDS & set(staff.frame)


def said(staff: Workforce, change: str) -> list[int]:
    """1 for yes, 0 for no, -1 for not said."""
    return staff.frame[change].astype("Int8").fillna(-1).tolist()


def rules(staff: Workforce) -> dict[str, int]:
    return {done.rule: done.rows for done in staff.intake.recodings}


def faults(
    folder: Path, *later: str, staff: str = STAFF, dates: str = ""
) -> dict[str, tuple[str | None, tuple[int, ...]]]:
    with pytest.raises(EiaError) as caught:
        read(folder, *later, staff=staff, dates=dates)
    assert CANARY not in everything_said(caught.value)
    return {fault.code: (fault.file, fault.row) for fault in caught.value.faults}


def test_a_file_that_says_nothing_of_it_has_nothing(tmp_path: Path) -> None:
    assert not after(read(tmp_path))


# ------------------------------------------------------------------------------------------------------ voluntary exit

APPLIED = "reference,sex,pool,outcome,volunteered\nA,F,Clerks,volunteer accepted,yes\nB,M,Clerks,retained,yes\nC,F,Clerks,selected,refused\nD,M,Clerks,retained,no\nE,F,Clerks,volunteer accepted,\n"  # fmt: skip


def test_who_applied_is_who_says_so_and_who_was_accepted(tmp_path: Path) -> None:
    assert read(tmp_path, staff=APPLIED).frame["applied"].tolist() == [True, True, True, False, True]


def test_an_outcome_can_say_that_a_volunteer_was_refused_and_is_then_retained(tmp_path: Path) -> None:
    text = "reference,sex,pool,outcome\nA,F,Clerks,volunteer accepted\nB,M,Clerks,VR refused\nC,F,Clerks,retained\n"
    staff = read(tmp_path, staff=text)
    assert staff.frame["applied"].tolist() == [True, True, False]
    assert staff.frame["outcome"].cat.codes.tolist() == [2, 0, 0]


@pytest.mark.parametrize(
    ("row", "outcome"),
    [
        ("no", "volunteer accepted"),
        ("refused", "volunteer accepted"),
        ("accepted", "retained"),
        ("accepted", "selected"),
    ],
)
def test_an_application_that_contradicts_the_outcome_is_listed(tmp_path: Path, row: str, outcome: str) -> None:
    text = f"reference,sex,pool,outcome,volunteered\nA,F,Clerks,retained,no\nB,M,Clerks,{outcome},{row}\n"
    assert faults(tmp_path, staff=text)["application-and-outcome-differ"] == ("staff.csv", (3,))


def test_declined_could_be_either_sides_and_is_refused(tmp_path: Path) -> None:
    text = "reference,sex,pool,outcome,volunteered\nA,F,Clerks,retained,declined\nB,M,Clerks,retained,no\n"
    assert faults(tmp_path, staff=text)["unknown-answer"] == ("staff.csv", (2,))


# ------------------------------------------------------------------------------------------------------ those in work


def test_who_is_said_to_be_downgraded_is_and_who_is_said_not_to_be_is_not(tmp_path: Path) -> None:
    found = read(tmp_path, "reference,downgraded\nB,yes\nD,no\n")
    assert said(found, "downgraded") == [-1, 1, -1, 0, -1]


def test_where_only_yes_is_written_an_empty_cell_of_those_placed_is_no(tmp_path: Path) -> None:
    staff = read(tmp_path, "reference,downgraded\nB,yes\n")
    assert said(staff, "downgraded") == [-1, 1, 0, -1, -1]
    assert rules(staff)["empty cells of people slotted in or redeployed read as no"] == 1


def test_where_nobody_is_placed_it_is_no_of_everyone_who_stays_in_work(tmp_path: Path) -> None:
    text = "reference,sex,pool,moved\nA,F,Clerks,yes\nB,M,Clerks,\nC,F,,\n"
    assert said(read(tmp_path, staff=text), "moved") == [1, 0, -1]


def test_those_who_leave_and_those_in_no_pool_are_not_counted_and_that_is_said(tmp_path: Path) -> None:
    staff = read(tmp_path, "reference,moved\nA,yes\nB,no\nE,yes\n")
    assert said(staff, "moved") == [-1, 0, -1, -1, -1]
    assert rules(staff)["people who are not retained, slotted in or redeployed: not counted"] == 1
    assert rules(staff)["people in no pool: not counted"] == 1


def test_hours_are_cut_where_fte_is_lower_afterwards(tmp_path: Path) -> None:
    found = read(tmp_path, "reference,fte after\nB,0.6\nC,0.8\nD,1\n")
    assert said(found, "hours_cut") == [-1, 1, 0, 0, -1]


def test_pay_lost_is_pay_before_less_pay_after_in_whole_pounds(tmp_path: Path) -> None:
    found = read(tmp_path, 'reference,pay after\nB,"28,000.40"\nC,24500\nD,30000\n', pay=True)
    assert np.array_equal(found.frame["pay_lost"], [math.nan, 2000, -500, 0, math.nan], equal_nan=True)
    assert said(found, "pay_cut") == [-1, 1, 0, 0, -1]


def test_pay_after_needs_pay_before(tmp_path: Path) -> None:
    staff = read(tmp_path, "reference,pay after\nB,28000\n")
    assert "pay_lost" not in after(staff)
    assert any(rule.startswith("not read: the case does not name the column of pay") for rule in rules(staff))


def test_months_of_protection_are_of_those_who_lose_pay(tmp_path: Path) -> None:
    found = read(tmp_path, "reference,pay lost,pay protection\nB,900,24\nC,0,12\nD,0,\n")
    assert np.array_equal(found.frame["protected_months"], [math.nan, 24, math.nan, math.nan, math.nan], equal_nan=True)


def test_the_last_file_that_speaks_of_somebody_counts(tmp_path: Path) -> None:
    found = read(tmp_path, "reference,moved\nB,yes\nC,yes\n", "reference,moved\nC,no\n")
    assert said(found, "moved") == [-1, 1, 0, -1, -1]


# ------------------------------------------------------------------------------------------------ the redeployment pool

ENTERED = "reference,entered redeployment pool,left redeployment pool\n"


def test_days_are_counted_to_leaving_or_to_the_day_of_the_outcomes(tmp_path: Path) -> None:
    rows = f"{ENTERED}A,01/10/2026,\nB,01/10/2026,15/10/2026\n"
    found = read(tmp_path, rows, dates="extract = 2026-09-30\noutcomes = 2026-10-31")
    assert found.frame["redeployment_days"][:2].tolist() == [30, 14]
    assert np.isnan(found.frame["redeployment_days"][2:]).all()
    assert found.frame["redeployed"].tolist() == [False, True, False, False, False]


def test_who_left_without_a_new_post_was_not_placed(tmp_path: Path) -> None:
    found = read(tmp_path, f"{ENTERED}A,01/10/2026,15/10/2026\nB,01/10/2026,02/10/2026\n")
    assert found.frame["redeployed"].tolist()[:2] == [False, True]


@pytest.mark.parametrize(
    ("rows", "dates", "code", "at"),
    [
        ("A,,15/10/2026\n", "", "left-and-never-entered", (2,)),
        ("A,20/10/2026,15/10/2026\n", "", "left-before-entering", (2,)),
        ("B,01/10/2026,\n", "outcomes = 2026-10-31", "redeployed-and-still-there", (2,)),
        ("A,01/12/2026,\n", "outcomes = 2026-10-31", "entered-after-the-day", (2,)),
        (f"A,{CANARY},\n", "outcomes = 2026-10-31", "not-a-date", (2,)),
    ],
)
def test_what_is_wrong_with_the_days_is_listed_by_row(
    tmp_path: Path, rows: str, dates: str, code: str, at: tuple[int, ...]
) -> None:
    assert faults(tmp_path, ENTERED + rows, dates=dates)[code] == ("later-0.csv", at)


def test_people_still_there_need_a_day_to_count_to(tmp_path: Path) -> None:
    assert faults(tmp_path, f"{ENTERED}A,01/10/2026,\n")["no-day-of-outcomes"] == ("case.toml", ())


# ------------------------------------------------------------------------------------------------------------- joining


def test_rows_that_match_nobody_are_listed_in_every_file(tmp_path: Path) -> None:
    assert faults(tmp_path, f"reference,moved\nB,no\n{CANARY},yes\n")["selected-not-in-file"] == ("later-0.csv", (3,))


def test_people_whom_a_file_does_not_list_are_named_by_row_of_the_workforce(tmp_path: Path) -> None:
    staff = read(tmp_path, "reference,outcome\nA,dismissed\n")
    assert rules(staff)["people selected and not listed in later-0.csv keep their outcome (staff.csv, row 3)"] == 1


def test_a_later_file_needs_an_outcome_or_something_that_came_of_it(tmp_path: Path) -> None:
    assert "no-outcome" in faults(tmp_path, "reference,shoe size\nB,9\n")


def test_somebody_with_two_posts_is_reached_in_the_main_one(tmp_path: Path) -> None:
    text = "reference,post number,sex,pool,fte\nA,P1,F,Clerks,0.2\nA,P2,F,Clerks,0.8\nB,P3,M,Clerks,1\n"
    assert said(read(tmp_path, "reference,moved\nA,yes\nB,no\n", staff=text), "moved") == [1, 0]


def test_columns_of_later_files_are_kept_in_the_case_too(tmp_path: Path) -> None:
    read(tmp_path, "reference,relocated\nB,yes\nC,no\n")
    case, again = tmp_path / "case.toml", tmp_path / "again.toml"
    reply = run("check", case, "--save", again)
    assert reply.code == 0
    assert "“relocated” is read as moved" in reply.out
    assert read_case(again).columns["moved"] == "relocated"
    assert run("check", again).code == 0


def test_a_case_without_the_stage_of_volunteers_has_no_applications(tmp_path: Path) -> None:
    write(
        tmp_path,
        "staff.csv",
        "reference,sex,pool,outcome,volunteered\nA,F,Clerks,selected,yes\nB,M,Clerks,retained,no\n",
    )
    case = Case.model_validate({"stages": {"order": ("selected",)}, "files": {"workforce": "staff.csv"}})
    main = read_evidence(case, folder=tmp_path).main
    assert isinstance(main, Workforce)
    assert "applied" not in main.frame
