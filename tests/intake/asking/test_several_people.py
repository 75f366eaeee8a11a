"""Rows that stand for several people are seen by their cells, whatever the header; and one person a row is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from made import case, refused, table

from eia.intake.asking.several_people import stands_for_several
from eia.intake.evidence import read_workforce
from eia.intake.files.raw_table import open_table

FIELD = Path(__file__).parents[2] / "data" / "field"
CROSSED = [["Finance", sex, outcome, number] for (sex, outcome), number in zip(
    [("F", "Selected"), ("F", "Retained"), ("M", "Selected"), ("M", "Retained")], ["14", "26", "6", "34"], strict=True)]  # fmt: skip
CROSSED += [["IT", *row[1:3], str(int(row[3]) + 1)] for row in CROSSED]
HEADERS = [
    "Count", "Number", "Total", "Value", "People", "Staff", "Employees", "n", "No. of people", "Frequency", "Sum of Headcount", "Count of Emp ID",
    "RecordCount", "Staff in post", "Headcount", "NumberOfStaff", "2016 figures",
]  # fmt: skip


@pytest.mark.parametrize("header", HEADERS)
def test_a_column_of_figures_beside_labels_says_how_many(header: str) -> None:
    data = table(CROSSED, ["Pool", "Sex", "Outcome", header])
    found = stands_for_several(open_table(data))
    assert (found and (found.how, found.columns)) == ("count", (3,))


@pytest.mark.parametrize(("name", "how", "header"), [
    ("f01_crosstab_count.csv", "count", "Count"), ("f03_crosstab_with_totals.csv", "count", "count"), ("f20_fte_of_many.csv", "fte", "FTE"),
])  # fmt: skip
def test_the_files_that_were_misread_are_seen(name: str, how: str, header: str) -> None:
    found = stands_for_several(open_table(FIELD / name))
    assert found is not None
    assert (found.how, found.headers) == (how, (header,))


def test_rows_of_totals_are_never_asked_to_be_deleted_first() -> None:
    (fault,) = refused((FIELD / "f03_crosstab_with_totals.csv").read_bytes()).faults
    assert (fault.code, fault.column) == ("rows-are-counts", "count")
    assert "elete" not in f"{fault.what} {fault.do}"


@pytest.mark.parametrize("totals", [[], [["Finance", "All", "All", "80"], ["All", "All", "All", "164"]]])
def test_totals_do_not_hide_it(totals: list[list[str]]) -> None:
    data = table([*CROSSED, *totals], ["Pool", "Sex", "Outcome", "n"])
    assert stands_for_several(open_table(data)) is not None


def test_a_column_for_each_group_is_seen() -> None:
    data = table(
        [["Finance", "40", "38", "78"], ["IT", "20", "41", "61"], ["Admin", "80", "20", "100"]],
        ["Department", "Female", "Male", "Total"],
    )
    found = stands_for_several(open_table(data))
    assert found is not None
    assert set(found.columns) <= {1, 2, 3}


PEOPLE = [[f"R{n:03d}", "FM"[n % 2], "AB"[n % 3 % 2], str(n * 7 % 60 + 1)] for n in range(30)]


@pytest.mark.parametrize("header", ["Number", "Score", "Total", "Value", "Points", "Sickness count"])
def test_a_number_of_one_person_is_none(header: str) -> None:
    assert (
        stands_for_several(open_table(table(PEOPLE, ["Ref", "Sex", "Pool", header]))) is None
    )  # told apart by a reference
    assert (
        stands_for_several(open_table(table([row[1:] for row in PEOPLE], ["Sex", "Pool", header]))) is None
    )  # two rows are the same


@pytest.mark.parametrize("rows", [[["F", "1"], ["M", "1"], ["F", "0"]], [["F", "0.5"], ["M", "1"], ["F", "1"]]])
def test_one_each_is_a_person(rows: list[list[str]]) -> None:
    assert stands_for_several(open_table(table(rows, ["Sex", "Headcount"]))) is None


def test_figures_of_money_are_of_one_person() -> None:
    rows = [
        ["FM"[n % 2], "AB"[n // 2 % 2], "selected" if n < 4 else "retained", str(20_000 + 700 * n)] for n in range(8)
    ]
    assert stands_for_several(open_table(table(rows, ["Sex", "Pool", "Outcome", "Annual pay"]))) is None


def test_the_case_can_say_that_each_row_is_one_person() -> None:
    data = table(CROSSED, ["Pool", "Sex", "Outcome", "Count"])
    assert read_workforce(data, case(people={"rows": "people"})).people == len(CROSSED)


@pytest.mark.parametrize("header", ["How many", "How many people", "Post holders", "Job holders", "Incumbents", "Hc"])
def test_a_header_that_says_how_many_needs_no_rows_that_differ(header: str) -> None:
    alike = [["Finance", "F", "Retained", str(1 + (n % 5 == 0))] for n in range(20)]
    found = stands_for_several(open_table(table(alike, ["Pool", "Sex", "Outcome", header])))
    assert (found and (found.how, found.columns)) == ("count", (3,))


ALIKE = [
    ["FM"[n % 2], "AB"[n // 2 % 2], "selected" if n % 5 == 0 else "retained", str(1 + n * 7 % 9)] for n in range(40)
]


@pytest.mark.parametrize("header", ["Zahl", "Bodies", "Qty", "How big"])
def test_figures_of_nobody_knows_what_beside_labels_that_repeat_are_asked_about(header: str) -> None:
    data = table(ALIKE, ["Sex", "Pool", "Outcome", header])
    (asked,) = [one for one in read_workforce(data).intake.questions if one.kind == "several people"]
    assert (asked.about, asked.guess, asked.changes_who_is_counted) == (header, "people", True)
    assert read_workforce(data, case(people={"rows": "people"})).intake.questions == ()
    assert refused(data, case(people={"rows": "counts"})).faults[0].code == "rows-are-counts"


@pytest.mark.parametrize(
    "of_a_person", [["Ref", *(f"R{n}" for n in range(40))], ["Age", *(str(20 + n) for n in range(40))]]
)
def test_where_a_file_is_plainly_of_people_it_is_not_asked(of_a_person: list[str]) -> None:
    header, *cells = of_a_person
    data = table(
        [[cell, *row] for cell, row in zip(cells, ALIKE, strict=True)], [header, "Sex", "Pool", "Outcome", "Zahl"]
    )
    assert not [one for one in read_workforce(data).intake.questions if one.kind == "several people"]
