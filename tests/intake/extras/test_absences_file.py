"""Absences are joined by reference, reasons are told apart or asked about, and everything wrong is said at once."""

from __future__ import annotations

import pytest
from made import CANARY, case, everything_said, table

from eia.errors import EiaError
from eia.intake.evidence import read_evidence
from eia.intake.files.raw_table import open_table
from eia.intake.people.load import load_people
from eia.intake.workforce import Workforce

STAFF = b"ref,sex,pool,outcome\n" + b"".join(b"R%d,F,A,selected\n" % n for n in range(1, 7)) + b"R7,M,A,retained\n"
DAYS = ["ref", "Days", "Reason"]


def read(rows: list[list[str]], headers: list[str] = DAYS, staff: bytes = STAFF, **choices: object) -> Workforce:
    return load_people(
        open_table(staff, name="staff.csv"),
        case(**choices),
        absences=open_table(table(rows, headers), name="absences.csv"),
    )


def days(made: Workforce) -> dict[str, float]:
    assert made.absences is not None
    return {kind: total for kind, total in made.absences.days.sum().items() if total}


def refused(rows: list[list[str]], headers: list[str] = DAYS, staff: bytes = STAFF, **choices: object) -> EiaError:
    with pytest.raises(EiaError) as caught:
        read(rows, headers, staff, **choices)
    return caught.value


def test_days_of_a_person_add_up_by_kind() -> None:
    made = read([["R2", "3", "Pregnancy"], ["R2", "2", "maternity"], ["R1", "1.5", "Strike"], ["R7", "4", ""]])
    assert made.absences is not None
    assert made.absences.days["pregnancy or maternity"].tolist() == [0, 5, 0, 0, 0, 0, 0]
    assert days(made) == {"pregnancy or maternity": 5, "industrial action": 1.5, "not recorded": 4}
    assert made.intake.questions == ()


def test_a_spell_counts_its_first_and_its_last_day() -> None:
    rows = [["R1", "01/03/2026", "05/03/2026", "Disability leave"], ["R2", "01/03/2026", "", "Disability leave"]]
    made = read(rows, ["ref", "First day", "Last day", "Reason"])
    assert days(made) == {"disability": 5}
    assert [one.rows for one in made.intake.recodings if "without days" in one.rule] == [1]


def test_a_reason_that_is_not_known_is_asked_about_with_a_guess() -> None:
    rows = [[f"R{n}", "1", "Pregnancy clinic"] for n in range(1, 6)]
    asked = read(rows).intake.questions
    assert [(one.kind, one.about, one.rows, one.guess, one.setting) for one in asked] == [
        ("absence reason", "Pregnancy clinic", 5, "pregnancy or maternity", ("absences", "reasons", "Pregnancy clinic"))
    ]
    answered = read(rows, absences={"reasons": {"Pregnancy clinic": "dependants"}})
    assert (answered.intake.questions, days(answered)) == ((), {"dependants": 5})


def test_a_reason_of_fewer_than_five_people_is_never_shown_however_many_its_rows() -> None:
    rows = [["R1", "1", CANARY]] * 9
    made = read(rows)
    assert [(one.kind, one.rows, one.guess) for one in made.intake.questions] == [("rare absences", 9, "other")]
    assert CANARY not in repr(made.intake)
    answered = read(rows, absences={"others": "disability"})
    assert (answered.intake.questions, days(answered)) == ((), {"disability": 9})


def test_every_fault_is_said_at_once_and_no_cell() -> None:
    error = refused([["R1", CANARY, "Sick"], ["", "2", "Sick"], ["R99", "2", "Sick"]])
    assert {fault.code for fault in error.faults} == {"not-a-number", "blank-reference", "absent-not-in-file"}
    assert CANARY not in everything_said(error)


@pytest.mark.parametrize(
    ("rows", "headers", "code"),
    [
        ([["2", "Sick"]], ["Days", "Reason"], "no-needed-column"),
        ([["R1", "2"]], ["ref", "Days"], "no-needed-column"),
        ([["R1", "Sick"]], ["ref", "Reason"], "no-days-absent"),
        ([["R1", "05/03/2026", "01/03/2026", "Sick"]], ["ref", "Start", "End", "Reason"], "absence-ends-first"),
    ],
)
def test_what_is_missing_or_impossible_is_refused(rows: list[list[str]], headers: list[str], code: str) -> None:
    assert [fault.code for fault in refused(rows, headers).faults] == [code]


POSTS = b"ref,sex,pool,outcome,fte\nR1,F,A,selected,0.4\nR1,F,A,selected,0.6\nR2,M,A,retained,1\n"


def test_days_count_beside_the_main_post_and_are_refused_where_every_post_counts() -> None:
    rows = [["R1", "2", "Sick"], ["R1", "3", "Sick"]]
    made = read(rows, staff=POSTS, people={"repeated": "main post"})
    assert made.absences is not None
    assert made.absences.days["other"].tolist() == [5, 0]
    error = refused(rows, staff=POSTS, people={"repeated": "every post"})
    assert [fault.code for fault in error.faults] == ["absences-of-posts"]


def test_absences_have_nobody_to_be_joined_to_beside_counts(tmp_path) -> None:  # type: ignore[no-untyped-def]
    counts = b"characteristic,group,people,selected\nSex,Female,10,4\nSex,Male,12,3\n"
    with pytest.raises(EiaError) as caught:
        read_evidence(case(), folder=tmp_path, main=counts, absences=table([["R1", "1", "Sick"]], DAYS))
    assert [fault.code for fault in caught.value.faults] == ["counts-and-selections"]
