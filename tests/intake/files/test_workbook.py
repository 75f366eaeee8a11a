"""A workbook is the table that its screen shows: one sheet of it, chosen only where there is no doubt, and never at our cost."""

from __future__ import annotations

import datetime as dt
import hashlib
import sys
from pathlib import Path

import pytest
import workbooks
from made import CANARY, case, everything_said, figures, refused, run, write
from workbooks import Day, ods, xlsx

from eia.intake.evidence import read_workforce
from eia.intake.files.workbook import sheet_names
from eia.intake.workforce import Workforce, labels_of

DATA = Path(__file__).parents[2] / "data" / "workbooks"
EXTRACT = case(dates={"extract": dt.date(2026, 9, 30)})
HEADERS = ["Pers.No.", "Sex", "Pool", "Outcome", "FTE", "Date of birth"]
PEOPLE = [
    ["00007", "F", "Clerks", "selected", 1, Day(29586)],  # 31 December 1980
    ["00008", "M", "Clerks", "retained", 0.5, Day(32874)],  # 1 January 1990
]
STAFF = [HEADERS, *PEOPLE]
NOTES = [["About this workbook"], ["Drawn from the HR system"]]


def of(answers: str, workforce: Workforce) -> list[str]:
    return workforce.frame[answers].tolist()


def remarks(workforce: Workforce) -> str:
    return workforce.intake.sources[0].remarks


FORMS = {
    "one sheet": xlsx({"Staff": STAFF}),
    "a sheet of notes before it": xlsx({"Read me": NOTES, "Staff": STAFF}),
    "a sheet of look-ups beside it": xlsx({"Staff": STAFF, "Codes": [["Code", "Meaning"], ["1", "Male"], ["2", "Female"]]}),
    "another table, hidden": xlsx({"Staff": STAFF, "Old": STAFF}, hidden=["Old"]),
    "titles above and notes below": xlsx({"Staff": [["Staff list"], [], *STAFF, [], ["Source: HR system"]]}),
    "empty rows and columns around": xlsx({"Staff": [[], [], *[["", *row] for row in STAFF], []]}),
    "OpenDocument": ods({"Staff": [HEADERS, *[[*row[:5], day] for row, day in zip(PEOPLE, ["1980-12-31", "1990-01-01"], strict=True)]]}),
    "97 to 2003": (DATA / "staff.xls").read_bytes(),
}  # fmt: skip


@pytest.mark.parametrize("data", FORMS.values(), ids=FORMS)
def test_a_workbook_of_any_kind_is_the_table_on_its_screen(data: bytes) -> None:
    read = read_workforce(data, EXTRACT, name="staff.xlsx")
    assert of("sex", read) == ["Female", "Male"]
    assert of("age", read) == ["45 to 54", "35 to 44"]
    assert labels_of(read.frame, "pool") == ("Clerks",)
    assert read.frame["outcome"].cat.codes.tolist() == [3, 0]
    assert read.fte == 1.5
    assert read.intake.sources[0].encoding == "sheet “Staff”"
    assert read.intake.sources[0].sha256 == hashlib.sha256(data).hexdigest()


def test_what_was_left_out_is_said() -> None:
    hidden = remarks(read_workforce(FORMS["another table, hidden"], EXTRACT))
    assert ("“Old” (hidden)" in hidden, figures(hidden)) == (True, ["1"])
    said = remarks(read_workforce(FORMS["titles above and notes below"], EXTRACT))
    assert figures(said) == ["2", "2"]  # rows above the headers, rows of notes below


def test_two_tables_are_asked_about_and_the_case_answers() -> None:
    data = xlsx({"Staff": STAFF, "Leavers": STAFF[:2]})
    (asked,) = read_workforce(data, EXTRACT).intake.questions
    assert (asked.kind, asked.guess, asked.seen) == ("sheet", "Staff", ("Staff", "Leavers"))
    chosen = EXTRACT.model_copy(update={"files": case(files={"sheet": "Leavers"}).files})
    answered = read_workforce(data, chosen)
    assert (answered.people, answered.intake.questions) == (1, ())


def test_of_two_tables_alike_none_is_guessed() -> None:
    error = refused(xlsx({"Staff": STAFF, "Staff too": STAFF}), EXTRACT)
    assert [fault.code for fault in error.faults] == ["which-sheet"]
    assert "“Staff”, “Staff too”" in str(error)


def test_the_command_line_takes_the_sheet(tmp_path: Path) -> None:
    write(
        tmp_path, "staff.xlsx", xlsx({"Staff": [row[:5] for row in STAFF], "Leavers": [row[:5] for row in STAFF[:2]]})
    )
    assert "sheet “Leavers”" in run("check", tmp_path / "staff.xlsx", "--sheet", "Leavers").out


def test_a_hidden_sheet_is_read_only_where_it_is_named() -> None:
    data = xlsx({"Read me": NOTES, "Staff": STAFF}, hidden=["Staff"])
    (fault,) = refused(data, EXTRACT).faults
    assert (fault.code, "“Staff”" in fault.what) == ("no-sheet-with-table", True)
    named = EXTRACT.model_copy(update={"files": case(files={"sheet": "Staff"}).files})
    assert read_workforce(data, named).people == 2


def test_a_sheet_that_is_not_there_is_named_with_the_nearest() -> None:
    error = refused(xlsx({"Staff": STAFF}), case(files={"sheet": "Staf"}))
    assert [fault.code for fault in error.faults] == ["no-such-sheet"]
    assert "Did you mean “Staff”?" in str(error)


def test_selections_may_stand_on_another_sheet_of_the_same_workbook(tmp_path: Path) -> None:
    chosen = [["Pers.No.", "Pool", "Outcome"], ["00008", "Clerks", "selected"], ["00007", "Clerks", "retained"]]
    write(tmp_path, "book.xlsx", xlsx({"Staff": [[row[0], row[1]] for row in STAFF], "At risk": chosen}))
    toml = 'format = 1\n[files]\nworkforce = "book.xlsx"\nsheet = "Staff"\nselections = "book.xlsx"\nselections_sheet = "At risk"\n'
    assert run("check", write(tmp_path, "case.toml", toml)).code == 0


def test_text_stays_text_and_numbers_have_no_needless_point() -> None:
    read = read_workforce(
        xlsx({"S": [["sex", "grade", "religion"], ["F", "007", "None"], ["M", 7, "N/A"], ["M", 7.5, True]]})
    )
    assert of("grade", read) == ["007", "7", "7.5"]
    assert of("religion", read) == ["No religion", "Not applicable", "Other answers"]  # one row has it


def test_a_cell_merged_over_several_rows_holds_for_all_of_them() -> None:
    rows = [["sex", "pool"], ["F", "Clerks"], ["M", ""], ["F", ""], ["M", "Cooks"]]
    read = read_workforce(xlsx({"S": workbooks.sheet_xml(rows, after=workbooks.merged("B2:B4"))}))
    assert read.frame["pool"].tolist() == ["Clerks", "Clerks", "Clerks", "Cooks"]
    assert "merged over several rows" in remarks(read)


def test_row_numbers_are_those_on_the_screen() -> None:
    data = xlsx(
        {
            "S": [
                ["Staff list"],
                [],
                ["sex", "pool", "outcome", "fte"],
                ["F", "A", "selected", 1],
                ["M", "A", "retained", 9],
            ]
        }
    )
    assert [(fault.code, fault.row) for fault in refused(data).faults] == [("out-of-range", (5,))]


FAR = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
FORMULA = '<row r="1"><c r="A1" t="str"><f>B1</f></c></row>'
BAD = {
    "a password": ("password", (DATA / "password.xlsx").read_bytes()),
    "cut short": ("damaged-workbook", xlsx({"S": [["sex", "pool"], [CANARY, "A"]]})[:-200]),
    "a byte of it changed": ("damaged-workbook", xlsx({"S": STAFF}).replace(b"PK\x01\x02", b"PK\x01\x09", 1)),
    "not what it says": ("damaged-workbook", workbooks.packed({"xl/workbook.xml": CANARY})),
    "a zipped file of something else": ("not-text", workbooks.packed({"staff.csv": CANARY})),
    "a cell at the far end": ("workbook-too-large", xlsx({"S": workbooks.sheet_xml(STAFF).replace("</sheetData>", f"{FAR}</sheetData>")})),
    "far more when unpacked": ("workbook-too-large", xlsx({"S": STAFF}, parts={"xl/media.xml": "0" * (401 << 20)})),
    "cells repeated beyond all bounds": ("damaged-workbook", ods({"S": workbooks.ods_rows([["sex", "F"]], repeat_row=1_000_000, repeat_cell=1_000)})),
    "formulas that were never worked out": ("formulas-not-worked-out", xlsx({"S": workbooks.sheet_xml(STAFF).replace("</sheetData>", f"{FORMULA}</sheetData>")})),
    "no sheet": ("no-sheet-with-table", xlsx({"S": []})),
    "headers only": ("headers-only", xlsx({"S": [HEADERS, ["", "", ""]], "T": []})),
}  # fmt: skip


@pytest.mark.parametrize(("code", "data"), BAD.values(), ids=BAD)
def test_a_workbook_that_cannot_be_read_is_refused_in_words(code: str, data: bytes) -> None:
    error = refused(data)
    assert [fault.code for fault in error.faults] == [code]
    assert CANARY not in everything_said(error)


def test_sheets_are_listed_hidden_ones_too() -> None:
    assert sheet_names(FORMS["another table, hidden"]) == ("Staff", "Old")
    assert sheet_names(b"sex,pool\n") == ()
    assert [sheet_names(data) for _, data in BAD.values() if data[:2] == b"PK"].count(()) >= 5


def test_a_workbook_of_counts_is_read_as_one(tmp_path: Path) -> None:
    rows = [
        ["characteristic", "group", "pool", "people", "selected"],
        ["sex", "Female", "A", 1200, 3],
        ["sex", "Male", "A", 4, 1],
    ]
    assert run("check", write(tmp_path, "counts.xlsx", xlsx({"Counts": rows}))).code == 0


def test_the_library_that_reads_workbooks_stays_out_of_our_process() -> None:
    already = "python_calamine" in sys.modules
    read_workforce(FORMS["one sheet"], EXTRACT)
    assert ("python_calamine" in sys.modules) == already
