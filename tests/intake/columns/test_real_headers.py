"""What headers of real systems become: read, asked about, not used, or dropped since they say who somebody is.

The list is in tests/data/headers.csv: headers of iTrent, SAP, Oracle, ESR, ResourceLink, Workday, BambooHR, the school census, HESA,
the Civil Service and of HR files of the United States, each with cells as they stand below it.
"""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest
from made import case, table

from eia.intake.columns.headers import Match, recognise
from eia.intake.files.raw_table import open_table
from eia.vocabulary.headers import column_of

LISTED = list(
    csv.DictReader((Path(__file__).parents[2] / "data" / "headers.csv").read_text(encoding="utf-8").splitlines())
)
BECOMES = {"known": "read", "asked": "asked", "identifier": "dropped", "unused": "not used"}


def made_of(header: str, cells: list[str], beside: str = "X1") -> Match:
    rows = [[f"v{number % 3}", cells[number % len(cells)].replace("#", str(number))] for number in range(30)]
    choices = case(dates={"extract": dt.date(2026, 9, 30)})
    return recognise(open_table(table(rows, [beside, header]), name="staff.csv"), choices).matches[1]


def test_there_are_more_than_two_hundred() -> None:
    assert len(LISTED) >= 200
    assert {row["becomes"] for row in LISTED} == set(BECOMES.values())


@pytest.mark.parametrize("row", LISTED, ids=[row["header"] for row in LISTED])
def test_a_header_becomes_what_it_has_to(row: dict[str, str]) -> None:
    match = made_of(row["header"], row["cells"].split("|"))
    assert (BECOMES[match.confidence], match.column) == (row["becomes"], row["column"])


@pytest.mark.parametrize(
    "header",
    ["ethnic origin", "ETHNICORIGIN", "EthnicOrigin", "ethnic_origin", "Ethnic-Origin:", " Ethnic  origin ", "Ethnic origin [note 1]",
     "Ethnic origin [note 1][note 2]", "Ethnic origin (see note 3)", "Ethnic origin²", "Ethnic origin *", "Ethnic origin [1]", "Ethnic origin (column D)",
     "Ethnic Origin note 4", "Ethnic\nOrigin"],
)  # fmt: skip
def test_blanks_capitals_punctuation_and_notes_tell_no_headers_apart(header: str) -> None:
    assert column_of(header, "people") == "race"


@pytest.mark.parametrize(
    ("header", "cells"),
    [("Region", ["North", "South"]), ("Section", ["Payroll", "Rents"]), ("Hire day", ["01/02/1990", "03/04/1985", "05/06/1999", "01/01/2001", "02/02/2002"]),
     ("Contract end", ["01/02/1990", "03/04/1985", "05/06/1999", "01/01/2001", "02/02/2002"]), ("Salary", ["24000", "31000", "28500", "30000", "26000"])],
)  # fmt: skip
def test_no_question_is_asked_that_the_cells_speak_against(header: str, cells: list[str]) -> None:
    assert made_of(header, cells).confidence == "unused"


def test_codes_are_asked_about_after_labels() -> None:
    rows = [
        [code, label]
        for code, label in zip("ABCAB" * 2, ["Christian", "Muslim", "Sikh", "Christian", "Hindu"] * 2, strict=True)
    ]
    found = recognise(open_table(table(rows, ["Relgion", "Religon"]), name="staff.csv"), case())
    assert [(match.header, match.column, match.confidence) for match in found.matches] == [
        ("Relgion", "", "unused"),
        ("Religon", "religion", "asked"),
    ]


def test_of_a_code_and_its_meaning_under_known_headers_the_meaning_is_read() -> None:
    rows = [[code, label] for code, label in zip("123" * 3, ["Christian", "Muslim", "Sikh"] * 3, strict=True)]
    found = recognise(open_table(table(rows, ["Religion", "Religion desc"]), name="staff.csv"), case())
    assert found.at == {"religion": 1}
