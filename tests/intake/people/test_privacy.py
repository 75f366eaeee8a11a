"""What says who somebody is stays at the door: it is dropped or refused, said by its header only, and never kept."""

from __future__ import annotations

import pytest
from made import CANARY, case, everything_said, refused, table

from eia.intake.columns.identifiers import held_by_cells, held_by_header, never_kept
from eia.intake.evidence import read_workforce

NI = ["AB123456C", "AB 12 34 56 D", "ab123456a", "CE 123456 B", "JG103759A"]
NHS = ["943 476 5919", "9434765919", "401 023 2137", "4010232137", "943 476 5919"]
PHONES = ["020 7946 0000", "+44 20 7946 0000", "07700 900123", "(0)".join(["+44 ", "20 7946 0000"]), "0113 496 0000"]
POSTCODES = ["LS1 4AB", "SW1A 1AA", "M1 1AE", "CR26XH", "dn55 1pt"]
EMAILS = [f"somebody.{number}@example.org" for number in range(5)]
NAMES = [
    f"{first} {last}"
    for first in ("Zoe", "Amir", "Siân", "Olu", "Mary-Ann")
    for last in ("O’Neil", "Smith", "Khan", "Jones", "de Vere"[3:])
]


@pytest.mark.parametrize(
    ("cells", "held"),
    [(NI, "National Insurance numbers"), (NHS, "NHS numbers"), (PHONES, "telephone numbers"), (POSTCODES, "postcodes"),
     (EMAILS, "e-mail addresses"), (NAMES, "what look like names")],
)  # fmt: skip
def test_columns_are_told_by_their_cells(cells: list[str], held: str) -> None:
    assert held_by_cells(cells) == held
    read = read_workforce(table([["F", cell] for cell in cells], ["sex", "Column X"]))
    assert [(done.column, done.rows) for done in read.intake.recodings if "dropped" in done.rule] == [
        ("Column X", len(cells))
    ]
    assert read.intake.unused == ("Column X",)
    assert not any(cell in repr(read) for cell in cells)


@pytest.mark.parametrize(
    "cells",
    [["Finance Team", "Legal Team"] * 15, ["1234567890"] * 5, ["2026-09-30"] * 5, ["EO", "HEO", "G7"] * 5, ["A1", "B2", "C3"] * 5, ["0.5"] * 5,
     ["943 476 5918"] * 5, EMAILS[:4]],
)  # fmt: skip
def test_columns_of_other_things_are_left_alone(cells: list[str]) -> None:
    assert held_by_cells(cells) == ""


@pytest.mark.parametrize(
    "header",
    [
        "Surname",
        "FORENAME",
        "N.I. Number",
        "NHS No",
        "E-mail",
        "Contact Phone",
        "Post code",
        "Home address",
        "Line Manager",
    ],
)
def test_columns_are_told_by_their_headers(header: str) -> None:
    assert held_by_header(header)
    assert CANARY not in repr(read_workforce(table([["F", CANARY]], ["sex", header])))


def test_the_case_may_refuse_them_instead() -> None:
    error = refused(table([["F", CANARY, "x"]], ["sex", "Surname", "E-mail"]), case(privacy={"identifiers": "refuse"}))
    assert [fault.code for fault in error.faults] == ["identifiers"]
    assert "“Surname”, “E-mail”" in str(error)
    assert CANARY not in everything_said(error)


def test_a_label_that_stands_for_one_person_is_refused_wherever_it_is() -> None:
    error = refused(b"sex,unit,pool\nF,Finance,A\nM,zebedee@example.org,A\nM,QQ,AB123456C\n")
    assert [(fault.code, fault.column, fault.row) for fault in error.faults] == [
        ("identifier-in-column", "unit", (3,)), ("identifier-in-column", "pool", (4,)),
    ]  # fmt: skip
    assert "zebedee" not in everything_said(error)


def test_references_may_be_anything_and_are_not_kept() -> None:
    read = read_workforce(table([["F", cell] for cell in NI], ["sex", "Staff No"]))
    assert not any(cell in repr(read) for cell in NI)


def test_a_date_of_birth_becomes_an_age_and_is_gone() -> None:
    import datetime as dt

    read = read_workforce(b"dob,pool\n31/12/1980,A\n", case(dates={"extract": dt.date(2026, 9, 30)}))
    assert read.frame["age_years"].tolist() == [45.0]
    assert "1980" not in repr(read)


def test_a_single_cell_is_judged_only_where_there_is_no_doubt() -> None:
    assert never_kept("AB123456C")
    assert not any(map(never_kept, ["LS1 4AB", "9434765919", "020 7946 0000", "Zoe Smith", "A level"]))
