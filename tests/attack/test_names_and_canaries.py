"""What says who somebody is stays in the file: no name, number or sentence that stands in a cell, a header, a sheet or a file name is printed."""

from __future__ import annotations

from pathlib import Path

import pytest
from made import assessed, case, everything_written, refused, run, table, write
from workbooks import xlsx

from eia.findings.record import to_json
from eia.intake.evidence import read_workforce, shown_name

HEADERS = ["Employee No", "Sex", "Sexual Orientation", "Ethnicity", "Religion", "Nationality", "Contract", "Family Leave", "Flexible Working",
           "Grade", "Disability", "Gender Identity", "Marital Status", "Pool", "Unit", "Name", "Notes", "Outcome"]  # fmt: skip
CELLS = (
    ["Female", "Heterosexual", "White British", "Christian", "British", "Permanent", "None", "No", "EO", "Disabled", "Woman", "Married", "Pool 1", "Finance", "Zoe Smith", "x"],
    ["Male", "Gay", "Indian", "Hindu", "Irish", "Fixed-term", "Maternity leave", "Yes", "HEO", "Not disabled", "Man", "Single", "Pool 2", "Legal", "Amir Khan", "y"],
)  # fmt: skip
TEXTS = [
    "Canary Smith",
    "The canary was off sick in May",
    "CANARY20417733",
    "Jo Canary (dob 3/4/71)",
    "canary 07700 900123",
]


def people(text: str = "") -> bytes:
    """Eighty people; the text stands in one cell of each column but those of references and outcomes."""
    rows = [[str(100_000 + n), *CELLS[n % 2], ("Selected", "Retained")[n % 3 > 0]] for n in range(80)]
    if text:
        for at in range(1, len(HEADERS) - 1):
            rows[at][at] = f"{text[:6]}{chr(96 + at)}{text[6:]}" if text.startswith("Canary") else text
    return table(rows, HEADERS)


@pytest.mark.slow
@pytest.mark.parametrize("text", TEXTS)
def test_what_is_typed_into_one_cell_is_printed_nowhere(tmp_path: Path, text: str) -> None:
    file = write(tmp_path, "staff.csv", people(text))
    checked, done = run("check", file), run("assess", file, "--out", str(tmp_path / "out"))
    written = everything_written(tmp_path / "out")
    assert len(written) > 1000
    for said in (repr(checked), repr(done), written):
        assert "canary" not in said.casefold()


def test_an_unknown_label_of_few_rows_counts_as_other_answers_and_is_asked_about() -> None:
    read = read_workforce(people("Canary Smith"))
    for key in (
        "sexual_orientation",
        "race",
        "religion",
        "nationality",
        "contract",
        "family_leave",
        "flexible",
        "grade",
    ):
        assert (read.frame[key] == "Other answers").sum() == 1
        assert ("categories", "others", key) in {asked.setting for asked in read.intake.questions}


def test_a_label_that_looks_like_a_person_is_held_back_though_many_share_it() -> None:
    rows = [
        ["A", label]
        for label in ["Permanent", "Jane Smith", "Jo Smith (dob 3/4/71)", "NHS 943 476 5919"]
        for _ in range(9)
    ]
    read = read_workforce(table(rows, ["pool", "contract"]))
    assert (read.frame["contract"] == "Other answers").sum() == 27
    assert [asked.kind for asked in read.intake.questions] == ["rare labels"]


@pytest.mark.parametrize("column", ["pool", "unit"])
@pytest.mark.parametrize("name", ["Zebedee Quackenbush", "Jane Smith", "20417733", "He was ill, see notes"])
def test_a_pool_or_unit_called_like_a_person_is_called_by_its_row_and_asked_about(column: str, name: str) -> None:
    rows = [["F", "Finance", "Clerks"]] * 9 + [["M", name, "Clerks"]]
    headers = ["sex", column, "unit" if column == "pool" else "pool"]
    read = read_workforce(table(rows, headers))
    assert f"{column.capitalize()} of row 11" in set(read.frame[column])
    assert [(asked.kind, asked.setting[-1]) for asked in read.intake.questions] == [("held names", column)]
    shown = read_workforce(table(rows, headers), case(categories={"others": {column: "as written"}}))
    assert name in set(shown.frame[column])
    assert shown.intake.questions == ()


@pytest.mark.parametrize("name", ["Customer Services", "Admin Officers", "North West", "Pool 1", "Head of Unit"])
def test_names_of_pools_stay(name: str) -> None:
    assert read_workforce(table([["F", name], ["M", name]], ["sex", "pool"])).intake.questions == ()


@pytest.mark.parametrize("cell", ["NI: AB123456C", "ask jo.canary@example.org", "AB-12-34-56-C (NI)"])
def test_identifiers_are_found_inside_cells(cell: str) -> None:
    error = refused(table([["F", "A"], ["M", cell]], ["sex", "unit"]))
    assert [(fault.code, fault.row) for fault in error.faults] == [("identifier-in-column", (3,))]


def test_a_file_without_headers_is_refused_and_its_first_person_not_named() -> None:
    rows = [[f"Canary{chr(97 + n % 26)} Smith", str(100_000 + n), ("Disabled", "Not disabled")[n % 2], f"Pool {1 + n % 2}", ("Selected", "Retained")[n % 3 > 0]] for n in range(81)]  # fmt: skip
    for data in (table(rows[1:], rows[0]), table([[row[1]] for row in rows[1:]], [rows[0][1]])):
        error = refused(data)
        assert [fault.code for fault in error.faults] == ["no-headers"]
        assert "canary" not in str(error).casefold()


def test_a_header_that_says_who_somebody_is_is_given_by_its_letter() -> None:
    read = read_workforce(table([["F", "A", "EO", "x", "y"]] * 9, ["sex", "pool", "grade", "Jane Smith", "AB123456C"]))
    assert read.intake.unused == ("column D, without a header", "column E, without a header")


def test_a_sheet_called_like_a_person_is_called_and_read_by_its_number(tmp_path: Path) -> None:
    staff = [["sex", "pool"], ["F", "A"], ["M", "A"]]
    file = write(tmp_path, "book.xlsx", xlsx({"Jane Smith": staff, "Grades": staff}))
    assert "Jane" not in repr(run("check", file, "--sheet", "Grades"))
    assert "sheet 1" in repr(run("check", file, "--sheet", "Grades"))
    assert run("check", file, "--sheet", "sheet 1").code == 0


def test_a_file_called_like_a_person_is_called_by_its_kind_in_the_record(tmp_path: Path) -> None:
    file = write(tmp_path, "jane_smith.csv", people())
    assert run("assess", file, "--out", str(tmp_path / "out")).code == 0
    assert "jane" not in everything_written(tmp_path / "out").casefold()
    assert shown_name("staff.csv", "workforce") == "staff.csv"


def test_a_note_far_below_the_people_is_a_note() -> None:
    rows = people() + b"," * 17 + b"\n" + (b"," * 17 + b"\n") * 5000 + b"Note: drawn on Monday" + b"," * 17 + b"\n"
    assert read_workforce(rows).people == 80


def test_a_record_of_people_holds_no_name() -> None:
    assert "canary" not in to_json(assessed(people("Canary Smith"))).casefold()
