"""A header that is known is taken at its word; one that only looks like something is asked about, and never assumed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from made import case, refused, run, table, write

from eia.case import read_case
from eia.intake.columns.headers import recognise
from eia.intake.evidence import read_evidence, read_workforce
from eia.intake.files.raw_table import open_table

ANSWERS = {
    "sex": ["F", "M", "F", "M", "F", "M"],
    "race": ["White British", "Indian", "PNTS", "Chinese", "White Irish", "Black African"],
    "religion": ["Christian", "Muslim", "None", "Sikh", "Hindu", ""],
    "sexual_orientation": ["Heterosexual", "Gay", "Heterosexual", "Bisexual", "Lesbian", "Prefer not to say"],
    "marriage": ["Single", "Married", "Divorced", "Civil partnership", "Single", "Widowed"],
    "working_pattern": ["Full time", "Part time", "FT", "PT", "Full time", "Job share"],
    "contract": ["Permanent", "Fixed term", "Perm", "FTC", "Permanent", "Permanent"],
    "fte": ["1", "0.5", "1.0", "0.8", "1", "0.6"],
    "date_of_birth": ["31/12/1980", "01/04/1960", "5/6/1999", "13/07/1975", "", "1/1/1990"],
}


def made(header: str, cells: list[str]) -> bytes:
    return table([["Grade 1", cell] for cell in cells], ["grade", header])


@pytest.mark.parametrize("column", ANSWERS)
def test_a_column_that_only_looks_like_something_is_asked_about_and_not_used(column: str) -> None:
    choices = case(dates={"extract": dt.date(2026, 9, 30)})
    read = read_workforce(made("Column X", ANSWERS[column]), choices)
    assert [(asked.about, asked.setting[1]) for asked in read.intake.questions] == [("Column X", column)]
    assert list(read.dimensions) == ["grade"]
    answered = read_workforce(
        made("Column X", ANSWERS[column]), choices.model_copy(update={"columns": {column: "Column X"}})
    )
    assert answered.intake.questions == ()
    assert len(answered.dimensions) > 1
    ignored = read_workforce(made("Column X", ANSWERS[column]), choices.model_copy(update={"ignored": ("Column X",)}))
    assert ignored.intake.questions == ()


@pytest.mark.parametrize(
    "cells",
    [
        ["Yes", "No"] * 6,
        ["1", "0"] * 6,
        ["1", "2"] * 6,
        ["F"] * 9,
        ["F", "M"],
        ["1", "1", "1", "1", "1"],
        ["x", "y"] * 5,
    ],
)
def test_cells_that_could_be_many_things_ask_nothing(cells: list[str]) -> None:
    assert read_workforce(made("Column X", cells)).intake.questions == ()


def test_a_header_like_a_known_one_is_asked_about() -> None:
    read = read_workforce(made("Ethnic Orgin", ["A", "B"]))
    assert [(asked.setting[1], asked.reason) for asked in read.intake.questions] == [
        ("race", "its header is like “ethnic origin”")
    ]


def test_a_column_that_is_there_already_is_not_asked_about_twice() -> None:
    assert read_workforce(table([["F", cell] for cell in ANSWERS["sex"]], ["sex", "Column X"])).intake.questions == ()


def test_every_header_has_its_confidence_and_its_reason() -> None:
    headers = ["Reference", "SEX", "Surname", "Column X", "", "Car", "Team name"]
    rows = [[str(n), "F", "x", cell, "", "red", "A"] for n, cell in enumerate(ANSWERS["religion"])]
    found = recognise(open_table(table(rows, headers), name="staff.csv"), case(columns={"unit": "Team name"}))
    assert [(match.header, match.column, match.confidence) for match in found.matches] == [
        ("Reference", "reference", "known"), ("SEX", "sex", "known"), ("Surname", "", "identifier"), ("Column X", "religion", "asked"),
        ("column E, without a header", "", "unused"), ("Car", "", "unused"), ("Team name", "unit", "said"),
    ]  # fmt: skip
    assert all(match.reason for match in found.matches)
    assert found.at == {"unit": 6, "reference": 0, "sex": 1}


def test_the_case_that_is_saved_reads_the_next_file_without_a_question(tmp_path: Path) -> None:
    rows = [["Clerks", sex, answer] for sex, answer in zip(ANSWERS["sex"], ANSWERS["race"], strict=True)]
    march = write(tmp_path, "march.csv", table(rows, ["Pool name", "SEX", "Ethnic origin"]))
    reply = run("check", march, "--save", tmp_path / "case.toml")
    assert reply.code == 0
    saved = read_case(tmp_path / "case.toml")
    assert saved.files.workforce == "march.csv"
    assert saved.columns == {"pool": "Pool name", "sex": "SEX", "race": "Ethnic origin"}
    read = read_evidence(saved, folder=tmp_path).main
    assert read.intake.questions == ()


def test_the_command_line_asks_and_says_how_to_answer(tmp_path: Path) -> None:
    said = " ".join(run("check", write(tmp_path, "staff.csv", made("Column X", ANSWERS["religion"]))).out.split())
    assert "What is the column “Column X”?" in said
    assert '[columns] religion = "Column X"' in said
    assert 'ignored = ["Column X"]' in said


def test_headers_at_fault_are_in_their_row() -> None:
    error = refused(b"Title\n\nsex,Sex,pool\nF,F,A\nM,M,A\n")
    assert [(fault.code, fault.row) for fault in error.faults] == [("two-headers", (3,))]
