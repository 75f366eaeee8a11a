"""Where the table stands in a text: what divides it, where its headers are, and what above and below it is no part of it."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made import CANARY, case, refused

from eia.errors import EiaError
from eia.intake.evidence import read_workforce
from eia.intake.files.raw_table import open_table
from eia.intake.workforce import Workforce

HEADERS = "Payroll Ref,Sex,Pool,Outcome,Religion"
PEOPLE = "00007,F,Clerks,selected,None\n00008,M,Clerks,retained,N/A\n00009,F,,,Sikh\n"
STAFF = f"{HEADERS}\n{PEOPLE}"
LONG = HEADERS + "\n" + "".join(f'{n:05},F,"Clerks, ""senior""\nstaff",retained,Sikh\n' for n in range(5000))


def said(workforce: Workforce) -> str:
    return workforce.intake.sources[0].remarks


FORMS = {
    "semicolons": STAFF.replace(",", ";"),
    "tabs": STAFF.replace(",", "\t"),
    "upright bars": STAFF.replace(",", "|"),
    "semicolons, with commas in cells": STAFF.replace(",", ";").replace("Clerks", "Clerks, senior"),
    "tabs in UTF-16, as Excel writes Unicode text": STAFF.replace(",", "\t").encode("utf-16"),
    "UTF-16 without a mark": STAFF.encode("utf-16-le"),
    "UTF-16 the other way round, without a mark": STAFF.encode("utf-16-be"),
    "carriage returns alone": STAFF.replace("\n", "\r"),
    "line ends translated twice": STAFF.replace("\n", "\r\r\n"),
    "mixed line ends": STAFF.replace("\n", "\r\n", 2),
    "a title": f"Staff in post\n{STAFF}",
    "a title and an empty row": f"Staff in post,,,,\n,,,,\n{STAFF}",
    "titles beside each other": f"Report,Staff in post\nRun on,01/04/2026\n\n{STAFF}",
    "a row that groups the headers": f"Personal,,Proposal,,\n{STAFF}",
    "empty rows above": f"\n\n{STAFF}",
    "notes below": f"{STAFF}\nNotes\n1. Drawn from the HR system\nSource: iTrent\nVersion 2",
    "notes below, in cells": f"{STAFF},,,,\nData source,HR system,,,\nVersion,2,,,\n",
    "a line below an empty row": f"{STAFF}\nPrepared for the meeting with the unions",
    "a remark alone below an empty row": f"{STAFF}\n\nFigures as agreed",
    "the end of a report": f"{STAFF}*** End of Report ***\n",
    "totals": f"{STAFF}Total,3,,,\n",
    "totals, without the cells after them": f"{STAFF}\nGrand Total,3\n",
    "totals and notes": f"{STAFF}\nTotal headcount: 3,,,,\n\nSource: HR\n",
    "an end of file as DOS marked it": f"{STAFF}\x1a",
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_the_table_is_found_whatever_stands_around_it(form: str | bytes) -> None:
    read = read_workforce(form if isinstance(form, bytes) else form.encode())
    assert read.people == 3
    assert read.frame["outcome"].cat.codes.tolist() == [3, 0, 0]
    assert read.frame["religion"].tolist() == ["No religion", "Not applicable", "Sikh"]


@pytest.mark.parametrize(
    ("form", "remark"),
    [
        ("titles beside each other", "3 rows above the headers left out"),
        ("notes below", "5 rows of notes below the table left out"),
        ("the end of a report", "1 row of notes below the table left out"),
        ("totals and notes", "2 rows of notes below the table left out; 2 rows of totals at the end left out"),
    ],
)
def test_what_is_left_out_is_said(form: str, remark: str) -> None:
    text = FORMS[form]
    assert isinstance(text, str)
    assert said(read_workforce(text.encode())) == remark


def test_the_divider_and_the_encoding_are_said() -> None:
    data = STAFF.replace(",", ";").replace("Clerks", "Caf\xe9").encode("cp1252")
    assert read_workforce(data).intake.sources[0].encoding == "windows-1252, divided by semicolons"


def test_row_numbers_count_what_stands_above() -> None:
    error = refused(f"Staff\n\n{HEADERS},FTE\n1,F,A,retained,Sikh,1\n2,M,A,retained,Sikh,7\n\nNotes\nnone".encode())
    assert [(fault.code, fault.row) for fault in error.faults] == [("out-of-range", (5,))]


def test_a_person_of_whom_little_is_known_is_no_note() -> None:
    assert read_workforce(f"{STAFF}00010,,,,\n00011,M,,,\n".encode()).people == 5


def test_a_person_whose_row_opens_like_a_note_is_no_note_where_it_is_filled() -> None:
    data = b"job title,sex,pool,outcome\nKey worker,F,A,retained\nReport writer,M,A,retained\nSource analyst,F,A,selected\n"
    assert read_workforce(data).people == 3


def test_a_row_amid_the_others_that_is_no_person_is_refused_and_not_left_out() -> None:
    error = refused(f"{HEADERS}\n1,F,A,retained,Sikh\nNotes\n2,M,A,retained,Sikh\n".encode())
    assert [(fault.code, fault.row) for fault in error.faults] == [("ragged-rows", (3,))]


def test_headers_with_gaps_are_headers_and_the_first_person_is_none() -> None:
    raw = open_table(f"Ref,Sex,,,,\n1,F,{CANARY},x,y,z\n2,M,x,y,z,z\n".encode(), name="staff.csv")
    assert raw.headers == ("Ref", "Sex", "", "", "", "")
    assert read_workforce(f"Ref,Sex,,,,\n1,F,{CANARY},x,y,z\n2,M,x,y,z,z\n".encode()).people == 2


def test_a_title_that_is_a_word_for_a_column_is_a_title() -> None:
    assert open_table(b"Age\n\nGroup,At risk,Department\nUnder 25,3,10\n", name="counts.csv").headers[0] == "Group"


def test_a_total_among_counts_is_left_where_it_is() -> None:
    raw = open_table(b"characteristic,group,people\nsex,Female,3\nsex,Male,4\nTotal,,7\n", name="counts.csv")
    assert raw.read([2], None).rows == 3
    assert raw.without_totals().read([2], None).rows == 2


def test_a_long_file_with_line_ends_in_quotation_marks_keeps_everybody_above_its_notes() -> None:
    assert read_workforce(f"{LONG}\nNotes\nnone".encode()).people == 5000


def test_repeated_headers_are_told_apart_by_their_columns_and_asked_about() -> None:
    assert open_table(b"sex,note,sex,note,\nF,x,M,y,\n").headers == (
        "sex (column A)", "note (column B)", "sex (column C)", "note (column D)", "",
    )  # fmt: skip
    error = refused(b"sex,pool,sex\nF,A,M\n")
    assert [fault.code for fault in error.faults] == ["two-headers"]
    assert "“sex (column A)”, “sex (column C)”" in str(error)


def test_a_repeated_header_is_chosen_by_its_column_in_the_case() -> None:
    read = read_workforce(b"sex,pool,sex\nF,A,M\nF,A,F\n", case(columns={"sex": "sex (column C)"}))
    assert read.frame["sex"].tolist() == ["Male", "Female"]


@settings(deadline=None)
@given(st.text("ab,;\n\"'\t|0 ", max_size=400))
def test_any_text_has_a_layout_or_is_refused_and_no_row_is_counted_twice(text: str) -> None:
    rows = 0
    with suppress(EiaError):
        rows = open_table(text.encode() + b"\nx", name="staff.csv").read([0], None).rows
    assert rows <= text.count("\n") + 1
