"""What a file says is what the workforce holds, in whatever form it is saved; what was done to it is recorded."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest
from made import CANARY, case, table, write

from eia.case import Case
from eia.intake.evidence import read_evidence, read_workforce
from eia.intake.examples import examples
from eia.intake.intake_record import HeldBack
from eia.intake.workforce import Workforce, labels_of

ROWS = "reference,sex,pool,outcome\nA1,Female,Caf\xe9 staff,selected\nA2,Male,Caf\xe9 staff,retained\nA3,Female,,\n"
FORMS = {
    "UTF-8": ROWS.encode(),
    "UTF-8 with a mark": ROWS.encode("utf-8-sig"),
    "UTF-16": ROWS.encode("utf-16"),
    "Windows-1252": ROWS.encode("cp1252"),
    "two characters a line end": ROWS.replace("\n", "\r\n").encode(),
    "no line end at the end": ROWS.rstrip("\n").encode(),
    "everything quoted": "\n".join(",".join(f'"{c}"' for c in line.split(",")) for line in ROWS.splitlines()).encode(),
    "blanks around cells": ROWS.replace(",", " , ").encode(),
    "rows of empty cells below": ROWS.encode() + b",,,\n,,,\n",
    "empty lines below": ROWS.encode() + b"\n\r\n   \n",
    "further columns": ROWS.replace("\n", f",{CANARY}\n").replace(CANARY, "name", 1).encode(),
    "a header with a line end": ROWS.replace("sex", '"sex\n"').encode(),
    "invisible marks in a header": ROWS.replace("sex", "\u200bsex\u00ad").encode(),
}


def of(answers: str, workforce: Workforce) -> list[str]:
    return workforce.frame[answers].tolist()


@pytest.mark.parametrize("data", FORMS.values(), ids=FORMS)
def test_one_table_in_any_form_is_the_same_workforce(data: bytes) -> None:
    read = read_workforce(data, name="staff.csv")
    assert read.people == 3
    assert of("sex", read) == ["Female", "Male", "Female"]
    assert labels_of(read.frame, "pool") == ("Caf\xe9 staff",)
    assert read.frame["pool"].cat.codes.tolist() == [0, 0, -1]
    assert read.frame["outcome"].cat.codes.tolist() == [3, 0, 0]
    assert read.intake.sources[0].sha256 == hashlib.sha256(data).hexdigest()
    assert CANARY not in repr(read)


def test_columns_without_a_name_in_the_model_are_listed_and_not_kept() -> None:
    read = read_workforce(f"name,sex,pool\n{CANARY},F,A\n".encode())
    assert read.intake.unused == ("name",)
    assert CANARY not in repr(read)


def test_a_path_and_its_bytes_read_alike(tmp_path: Path) -> None:
    path = write(tmp_path, "staff.csv", ROWS)
    assert read_workforce(path).intake == read_workforce(ROWS.encode(), name="staff.csv").intake


def test_selections_are_joined_by_reference_in_any_order() -> None:
    staff = table([[f"R{i}", "Female" if i % 2 else "Male"] for i in range(50)], ["reference", "sex"])
    chosen = table(
        [[f" R{i} ", "A", "selected" if i % 3 else "retained"] for i in (40, 7, 12, 3)], ["ref", "pool", "outcome"]
    )
    read = read_workforce(staff, selections=chosen)
    assert np.flatnonzero(read.frame["outcome"].cat.codes).tolist() == [7, 40]
    assert np.flatnonzero(read.frame["pool"].cat.codes == 0).tolist() == [3, 7, 12, 40]
    assert any(done.rows == 46 and "retained" in done.rule for done in read.intake.recodings)


def test_where_both_files_name_a_pool_the_workforce_file_counts_and_the_difference_is_recorded() -> None:
    staff = b"ref,sex,pool\n1,F,A\n2,M,A\n3,F,B\n4,M,\n"
    read = read_workforce(staff, selections=b"ref,pool,outcome\n1,B,selected\n3,B,retained\n2,,retained\n")
    assert read.frame["pool"].cat.codes.tolist() == [0, 0, 1, -1]
    assert [(done.column, done.rows) for done in read.intake.recodings if "another pool" in done.rule] == [("pool", 1)]
    same = read_workforce(staff, selections=b"ref,pool,outcome\n1,A,selected\n3,B,retained\n")
    assert not any("another pool" in done.rule for done in same.intake.recodings)


def test_empty_rows_below_the_selections_are_nobody() -> None:
    read = read_workforce(b"ref,sex\nA,F\nB,M\n", selections=b"ref,pool,outcome\nA,P,selected\n,,\n,,\n")
    assert read.frame["outcome"].cat.codes.tolist() == [3, 0]


def test_a_file_without_pools_is_one_pool_and_says_so() -> None:
    read = read_workforce(b"sex,selected\nF,yes\nM,no\n")
    assert read.intake.one_pool
    assert read.frame["pool"].cat.codes.tolist() == [0, 0]


@pytest.mark.parametrize("outcome", [["", ""], [" ", ""]])
def test_an_empty_outcome_column_means_that_nobody_is_chosen(outcome: list[str]) -> None:
    data = table([["F", "A", outcome[0]], ["M", "A", outcome[1]]], ["sex", "pool", "outcome"])
    assert "outcome" not in read_workforce(data).frame


def test_empty_outcomes_are_retained_where_no_cell_says_so_in_words_and_that_is_recorded() -> None:
    read = read_workforce(b"sex,pool,outcome\nF,A,selected\nM,A,\nF,,\n")
    assert read.frame["outcome"].cat.codes.tolist() == [3, 0, 0]
    assert [(done.rule, done.rows) for done in read.intake.recodings if done.column == "outcome"] == [
        ("empty cells read as retained", 1)
    ]


def test_unknown_labels_of_most_hold_a_closed_characteristic_back_and_make_a_group_of_an_open_one() -> None:
    read = read_workforce(b"sex,religion,pool\n" + b"Xyz,Jedi,A\n" * 5 + b"M,,A\n")
    assert "sex" not in read.dimensions
    assert [(held.characteristic, held.rows) for held in read.intake.held_back] == [("Sex", 5)]
    assert of("religion", read) == [*["Jedi"] * 5, "Not recorded"]


def test_a_held_back_label_is_given_only_where_five_share_it() -> None:
    def held(rows: int) -> HeldBack:
        return read_workforce(b"sex,age,pool\n" + f"{CANARY},30,A\n".encode() * rows).intake.held_back[0]

    assert held(4).labels == ("1 more not shown here (4)",)
    assert held(5).labels == (f"“{CANARY}” (5)",)


def test_more_than_a_hundred_answers_are_no_groups() -> None:
    rows = [[f"Belief {i}", "Female", "A"] for i in range(101)]
    assert [h.characteristic for h in read_workforce(table(rows, ["religion", "sex", "pool"])).intake.held_back] == [
        "Religion or belief"
    ]
    assert read_workforce(table(rows[:100], ["religion", "sex", "pool"])).intake.held_back == ()


def test_ages_come_from_dates_of_birth_on_the_day_of_the_extract() -> None:
    choices = Case.model_validate_json('{"dates": {"extract": "2026-09-30"}}')
    read = read_workforce(b"date of birth,pool\n30/09/2001,A\n01/10/2001,A\n2001-09-30,A\n29/02/2000,A\n,A\n", choices)
    assert of("age", read) == ["25 to 34", "Under 25", "25 to 34", "25 to 34", "Not recorded"]


@pytest.mark.parametrize(
    ("age", "band"),
    [
        ("14", "Under 25"),
        ("24.9", "Under 25"),
        ("25", "25 to 34"),
        ("65", "65 and over"),
        ("100", "65 and over"),
        ("", "Not recorded"),
    ],
)
def test_ages_fall_into_the_bands_of_the_case(age: str, band: str) -> None:
    assert of("age", read_workforce(table([["F", age]], ["sex", "age"]))) == [band]


@pytest.mark.parametrize(
    ("fte", "pattern"),
    [("1", "Full-time"), ("0.99", "Part-time"), ("1.2", "Full-time"), ("0", "Part-time"), ("", "Not recorded")],
)
def test_part_time_is_read_from_fte_where_no_column_says_it(fte: str, pattern: str) -> None:
    read = read_workforce(table([["F", fte]], ["sex", "fte"]))
    assert of("working_pattern", read) == [pattern]
    assert any("part-time" in done.rule for done in read.intake.recodings)


def test_the_case_says_what_headers_and_outcomes_mean() -> None:
    choices = case(
        columns={"sex": "Geschlecht", "pool": "Team"}, outcomes={"weg": "selected", "bleibt": "retained"},
        characteristics={"carers": {"title": "Caring responsibilities", "column": "Carer"}},
    )  # fmt: skip
    read = read_workforce(b"Geschlecht,Team,outcome,Carer\nF,A,weg,Yes\nM,A,BLEIBT,No\n", choices)
    assert read.frame["outcome"].cat.codes.tolist() == [3, 0]
    assert of("carers", read) == ["Yes", "No"]


def test_natural_order_puts_grade_9_before_grade_10() -> None:
    read = read_workforce(b"grade,pool\nGrade 10,A\nGrade 9,A\nGrade 1,A\n")
    assert [group.label for group in read.dimensions["grade"].groups][:3] == ["Grade 1", "Grade 9", "Grade 10"]


def test_detailed_and_combined_race_are_both_counted_where_the_file_is_detailed() -> None:
    read = read_workforce(b"ethnicity,pool\nIndian,A\nWhite British,A\nWhite Irish,A\nPNTS,A\n")
    assert of("race_group", read) == ["Asian or Asian British", "White", "White", "Prefer not to say"]
    assert of("race", read) == ["Indian", "White British", "White Irish", "Prefer not to say"]


@pytest.mark.parametrize("name", examples())
def test_every_bundled_example_is_read(name: str) -> None:
    from eia.case import read_case

    path = examples()[name]
    assert read_evidence(read_case(path), folder=path.parent).main is not None


def test_the_main_example_comes_first() -> None:
    assert next(iter(examples())) == "riverbank"
    assert {"millbrook", "meacham", "ricci"} <= set(examples())


@pytest.mark.parametrize("at", ["F,x\nM,y\n,joined late\n", "F,x\n,joined late\nM,y\n"])
def test_somebody_of_whom_only_an_unknown_column_tells_is_not_an_empty_row(at: str) -> None:
    found = read_workforce(f"sex,notes\n{at}".encode(), case(), name="staff.csv")
    assert (found.people, found.intake.empty_rows) == (3, 0)


@pytest.mark.parametrize("blank", [",\n,\n", '"",\n ,""\n', ",\r\n\xa0,\r\n", ",\n,"])
def test_rows_of_dividers_at_the_end_are_empty(blank: str) -> None:
    found = read_workforce(f"sex,notes\nF,x\nM,y\n{blank}".encode(), case(), name="staff.csv")
    assert (found.people, found.intake.empty_rows) == (2, 2)


@pytest.mark.slow
def test_more_empty_rows_at_the_end_than_are_looked_at_in_one_piece() -> None:
    found = read_workforce(b"sex,notes\nF,x\n" + b",\n" * 700_000, case(), name="staff.csv")
    assert (found.people, found.intake.empty_rows) == (1, 700_000)


def test_the_last_row_of_a_table_divided_by_tabs_may_end_in_empty_cells() -> None:
    found = read_workforce(b"sex\tgrade\tnotes\nF\tA\tx\nM\t\t\n", case(), name="staff.tsv")
    assert found.people == 2
