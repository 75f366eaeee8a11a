"""Scores are read in two layouts, joined by reference, and everything wrong with them is said at once without anybody's marks."""

from __future__ import annotations

import numpy as np
import pytest
from made import CANARY, case, everything_said, table

from eia.errors import EiaError
from eia.intake.evidence import read_evidence
from eia.intake.files.raw_table import open_table
from eia.intake.people.load import load_people
from eia.intake.workforce import Scores, Workforce

STAFF = b"ref,sex,pool,outcome\nR1,F,A,selected\nR2,M,A,retained\nR3,F,A,retained\nR4,M,,\n"
LONG = ["ref", "Criterion", "Weight", "Score"]
ROWS = [
    ["R1", "Skills", "60", "4"], ["R1", "Attendance", "40", "2.5"], ["R2", "Skills", "60", "7"], ["R2", "Attendance", "40", "8"],
    ["R3", "Skills", "60", "6"], ["R3", "Attendance", "40", ""],
]  # fmt: skip


def read(rows: list[list[str]], headers: list[str], staff: bytes = STAFF, **choices: object) -> Workforce:
    return load_people(
        open_table(staff, name="staff.csv"), case(**choices), scores=open_table(table(rows, headers), name="scores.csv")
    )


def scores(rows: list[list[str]], headers: list[str], **choices: object) -> Scores:
    made = read(rows, headers, **choices).scores
    assert made is not None
    return made


def refused(rows: list[list[str]], headers: list[str]) -> EiaError:
    with pytest.raises(EiaError) as caught:
        read(rows, headers)
    return caught.value


def test_a_row_for_each_person_and_criterion_gives_marks_weights_and_a_total() -> None:
    made = scores(ROWS, LONG)
    assert [(one.name, one.weight) for one in made.criteria] == [("Skills", 60.0), ("Attendance", 40.0)]
    np.testing.assert_array_equal(made.marks.T, [[4, 7, 6, np.nan], [2.5, 8, np.nan, np.nan]])
    np.testing.assert_array_equal(made.total, [60 * 4 + 40 * 2.5, 60 * 7 + 40 * 8, np.nan, np.nan])
    assert not made.total_given


def test_a_column_for_each_criterion_gives_the_same_marks() -> None:
    rows = [["R3", "6", "", "note"], ["R1", "4", "2.5", "note"], ["R2", "7", "8", "note"]]
    made = scores(rows, ["ref", "Skills (weight 60)", "Attendance (weighting 40%)", "Remarks"])
    other = scores(ROWS, LONG)
    assert made.criteria == other.criteria
    np.testing.assert_array_equal(made.marks, other.marks)
    np.testing.assert_array_equal(made.total, other.total)


def test_a_total_that_is_given_counts_in_either_layout() -> None:
    wide = scores([["R1", "4", "40"], ["R2", "7", "-3"]], ["ref", "Skills", "Total score"])
    rows = [["R1", "Skills", "4"], ["R1", "Total", "40"], ["R2", "skills", "7"], ["R2", "TOTAL", "-3"]]
    long = scores(rows, ["ref", "Criterion", "Score"])
    for made in (wide, long):
        assert [one.name for one in made.criteria] == ["Skills"]
        np.testing.assert_array_equal(made.total, [40, -3, np.nan, np.nan])
        assert made.total_given


def test_without_weights_no_total_is_made_up_and_that_is_said() -> None:
    staff = read([["R1", "4", "2"], ["R2", "7", "8"]], ["ref", "Skills", "Attendance"])
    assert staff.scores is not None
    assert staff.scores.total is None
    assert any("no total" in done.rule for done in staff.intake.recodings)


def test_what_a_file_of_people_knows_is_no_criterion() -> None:
    made = scores([["R1", "4", "45", "0.5"], ["R2", "7", "30", "1"]], ["ref", "Skills", "Age", "FTE"])
    assert [one.name for one in made.criteria] == ["Skills"]
    made = scores([["R1", "4", "45"], ["R2", "7", "30"]], ["ref", "Skills", "Row"], ignored=("Row",))
    assert [one.name for one in made.criteria] == ["Skills"]


def test_one_score_a_person_is_a_total() -> None:
    made = scores([["R1", "40"], ["R2", "55"]], ["ref", "Score"])
    assert made.criteria == ()
    np.testing.assert_array_equal(made.total, [40, 55, np.nan, np.nan])


def test_marks_of_somebody_with_several_posts_count_beside_the_main_one() -> None:
    staff = b"ref,post,fte,sex\nR1,Cook,0.2,F\nR2,Cook,1,M\nR1,Clerk,0.8,F\n"
    made = read([["R1", "9"], ["R2", "5"]], ["ref", "Total"], staff=staff)
    assert made.people == 2
    assert made.scores is not None
    assert made.scores.total.tolist() == [5, 9]  # R2, then R1 in the post of most hours


@pytest.mark.parametrize(
    ("code", "rows", "headers"),
    [
        ("no-reference", [["Skills", "4"]], ["Criterion", "Score"]),
        ("no-scores", [["R1", "good"]], ["ref", "Verdict"]),
        ("no-scores", [["R1", "Skills"]], ["ref", "Criterion"]),
        ("scored-not-in-file", [*ROWS, ["R9", "Skills", "60", "1"]], LONG),
        ("blank-reference", [*ROWS, ["", "Skills", "60", "1"]], LONG),
        ("scored-twice", [*ROWS, ["R1", "Skills", "60", "5"]], LONG),
        ("scored-twice", [["R1", "4"], ["R1", "5"]], ["ref", "Total"]),
        ("weights-differ", [*ROWS[:5], ["R3", "Attendance", "50", "3"]], LONG),
        ("no-criterion", [*ROWS, ["R3", "", "", "3"]], LONG),
        ("not-a-number", [*ROWS[:5], ["R3", "Attendance", "40", "fair"]], LONG),
        ("not-a-number", [["R1", "4"], ["R2", "5"], ["R3", "fair"]], ["ref", "Skills"]),
        ("many-criteria", [["R1", *"1" * 51]], ["ref", *(f"c{n}" for n in range(51))]),
    ],
)
def test_a_fault_is_said_by_file_and_row(code: str, rows: list[list[str]], headers: list[str]) -> None:
    (fault,) = refused(rows, headers).faults
    assert fault.code == code
    assert fault.file == "scores.csv"
    assert fault.row
    assert fault.do


def test_zeros_that_the_scores_have_lost_are_named_as_the_cause() -> None:
    with pytest.raises(EiaError) as caught:
        read([["1", "9"], ["2", "5"]], ["ref", "Total"], staff=STAFF.replace(b"R", b"00"))
    assert ["zeros in front" in fault.what for fault in caught.value.faults if fault.code == "scored-not-in-file"] == [
        True
    ]


def test_faults_of_scores_and_of_people_come_in_one_message() -> None:
    with pytest.raises(EiaError) as caught:
        read([["R9", "4"]], ["ref", "Total"], staff=STAFF.replace(b"retained", b"whatever"))
    assert {"unknown-outcome", "scored-not-in-file"} <= {fault.code for fault in caught.value.faults}


@pytest.mark.parametrize("column", range(4))
def test_no_message_holds_what_a_cell_holds(column: int) -> None:
    rows = [list(row) for row in ROWS]
    rows[1][column] = CANARY
    try:
        read(rows, LONG)
    except EiaError as error:
        said = everything_said(error)
    else:
        said = ""
    assert CANARY not in said


def test_scores_beside_a_table_of_counts_are_refused(tmp_path) -> None:
    (tmp_path / "scores.csv").write_bytes(table(ROWS, LONG))
    (tmp_path / "counts.csv").write_text("characteristic,group,people,selected\nsex,F,10,3\nsex,M,10,2\n")
    with pytest.raises(EiaError) as caught:
        read_evidence(case(), folder=tmp_path, main=tmp_path / "counts.csv", scores=tmp_path / "scores.csv")
    assert [fault.code for fault in caught.value.faults] == ["counts-and-selections"]
    with pytest.raises(ValueError, match="scores are joined to people"):
        case(files={"counts": "counts.csv", "scores": "scores.csv"})


def test_scores_never_adjust_a_finding() -> None:
    with pytest.raises(ValueError, match="practice under test"):
        case(analysis={"adjust_for": ("scores",)})
