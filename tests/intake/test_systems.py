"""What the HR systems in use print is read as it comes, with no question or only the one that has to be asked.

The headers are those of research into real exports: Cabinet Office organograms and the ACSES browser as published, the others
as their users describe them. The people are made up.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import dataclass

import pytest
from made import CANARY, case, everything_said, refused

from eia.intake.evidence import read_workforce
from eia.intake.workforce import Workforce

EXTRACT = case(dates={"extract": dt.date(2026, 9, 30)})


@dataclass(frozen=True)
class System:
    """An export: its file, what should be recognised, and what should be asked."""

    data: bytes
    answers: set[str]
    asked: tuple[tuple[str, str], ...] = ()
    dropped: tuple[str, ...] = ()
    people: int = 8


def export(
    columns: dict[str, str], people: int = 8, *, divider: str = ",", below: str = "", codec: str = "utf-8"
) -> bytes:
    """A file of these columns, each given by its cells with upright bars between, in turns; # stands for the person's number."""
    cells = [text.split("|") for text in columns.values()]
    rows = [[held[number % len(held)].replace("#", f"{number:03}") for held in cells] for number in range(people)]
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=divider, lineterminator="\n").writerows([list(columns), *rows])
    return (text.getvalue() + below).encode(codec)


SYSTEMS = {
    "organogram of senior posts": System(
        export({
            "Post Unique Reference": "POST#|POST#|XX|N/A", "Name": CANARY, "Grade (or equivalent)": "SCS1|SCS2|SCS1A", "Job Title": "Director",
            "Job/Team Function": "Leads", "Parent Department": "Cabinet Office", "Organisation": "Cabinet Office", "Unit": "Digital|People",
            "Contact Phone": "020 7946 0000", "Contact E-mail": "somebody@example.org", "Reports to Senior Post": "POST001",
            "Salary Cost of Reports (£)": "123456", "FTE": "1|0.8||1.00", "Actual Pay Floor (£)": "75000", "Actual Pay Ceiling (£)": "79999", "": "",
            "Professional/Occupational Group": "Policy", "Notes": "", "Valid?": "1",
        }, codec="cp1252"),
        {"grade", "working_pattern"}, dropped=("Name", "Contact Phone", "Contact E-mail"),
    ),
    "iTrent": System(
        export({
            "Personal Reference": "00#", "Surname": CANARY, "Forename": CANARY, "Position Reference": "P#", "Position Title": "Clerk|Officer",
            "Unit": "Finance|Housing", "Location": "Town Hall", "Occupancy Start": "01/04/2019", "Occupancy End": "31/12/9999",
            "Position Status": "Permanent|Temporary|Fixed Term|Casual", "Contracted Hours": "37|18.5", "FTE": "1|0.5", "Basis": "Full Time|Part Time",
            "Ethnic Origin": "White British|Indian|Not Stated|Black Caribbean", "Disability": "Yes|No|Not Declared", "Religion": "Christian|None|Muslim",
            "Sexual Orientation": "Heterosexual|Gay|Prefer not to say",
        }, below="\n\nReport: Staff in post\nPrinted,30/09/2026\n"),
        {"race", "race_group", "disability", "religion", "sexual_orientation", "contract", "working_pattern"},
        asked=(("Basis", "working_pattern"),), dropped=("Surname", "Forename"),
    ),
    "ESR": System(
        export({
            "Employee Number": "20123#", "Assignment Number": "20123#|20123#-2", "Assignment Category": "Permanent|Fixed Term Temp|Bank",
            "Assignment Status": "Active Assignment", "Staff Group": "Nursing", "Job Role": "Nurse|Clerk", "Pay Grade": "Band 5|Band 10|Band 8a",
            "Spine Point": "23", "FTE": "1.00000|0.60000", "Latest Start Date": "01-APR-2019", "End Date": "31-DEC-4712",
            "Ethnic Origin": "A White - British|Z Not Stated|H Asian or Asian British - Indian|C White - Any other White background",
            "Disabled": "Yes|No|Not Declared|Prefer Not To Answer",
            "Religious Belief": "Christianity|I do not wish to disclose my religion/belief|Atheism",
            "Sexual Orientation": "Heterosexual or Straight|Not stated (person asked but declined to provide a response)",
        }),
        {"race", "race_group", "disability", "religion", "sexual_orientation", "contract", "working_pattern", "grade"},
        asked=(("reference", "reference"),),
    ),
    "SAP": System(
        export({
            "Pers.No.": "00001#", "Position": "50000#", "Organizational unit": "Works|Offices", "Employee Group": "Active", "Employee Subgroup": "Salaried",
            "Personnel Area": "UK01", "Gender Key": "1|2", "Date of Birth": "01.04.1979|13.12.1985", "Entry": "01.04.2009", "Leaving": "31.12.9999",
            "Capacity util. level": "100.00|60.00", "PS group": "E10|E9", "Ethnic origin": "White British|Pakistani", "Disability": "No|Yes",
        }, divider="\t", codec="utf-16"),
        {"age", "race", "race_group", "disability", "working_pattern", "grade"}, asked=(("Gender Key", "others"),),
    ),
    "Oracle": System(
        export({
            "Person Number": "1#", "Assignment Number": "E1#", "Legal Employer": "Example Ltd", "Grade": "HEO|SEO", "Working Hours": "37|20",
            "Full Time or Part Time": "Full time|Part time", "Worker Category": "Employee", "Assignment End": "31-12-4712",
            "Ethnicity": "Asian - Indian|White British", "Religion": "Hindu|No religion|Declined",
        }, divider=";"),
        {"race", "race_group", "religion", "working_pattern", "grade"}, asked=(("reference", "reference"),),
    ),
    "ResourceLink": System(
        export({
            "Employee No": "#", "Post No": "9#", "Job Title": "Carer|Cook", "Dept Desc": "Adults|Schools", "Contract Type": "Permanent|Fixed Term",
            "Post Status": "Filled", "Start Date": "01-Apr-19", "End Date": "", "Hours": "37|16.25", "FTE": "1|.44", "Ethnic Origin": "WBRI|Chinese|Refused",
            "Disabled Y/N": "Y|N",
        }),
        {"race", "race_group", "disability", "contract", "working_pattern"},
    ),
}  # fmt: skip


def read(system: System) -> Workforce:
    return read_workforce(system.data, EXTRACT, name="export.csv")


@pytest.mark.parametrize("system", SYSTEMS.values(), ids=SYSTEMS)
def test_an_export_is_read_with_no_question_but_those_that_have_to_be_asked(system: System) -> None:
    found = read(system)
    assert found.people == system.people
    assert system.answers <= set(found.dimensions)
    assert tuple((asked.about, asked.setting[1]) for asked in found.intake.questions) == system.asked
    assert {done.column for done in found.intake.recodings if "dropped before" in done.rule} == set(system.dropped)
    assert CANARY not in repr(found)


def test_nobody_is_full_time_for_want_of_a_figure() -> None:
    assert read(SYSTEMS["organogram of senior posts"]).frame["working_pattern"].tolist()[:4] == [
        "Full-time",
        "Part-time",
        "Not recorded",
        "Full-time",
    ]


INTERFACE = {
    "EMPLOYEE_REF": "00#", "ELEMENT_CODE": "BASIC", "DATE": "30/09/2026", "INPUT_TIME": "09:00", "COST_CODE": "A1", "COSTING_RULE": "1",
    "EMPLOYEE": CANARY, "ROLE": "Clerk", "Payroll ID": "9#", "Assignment Number": "1",
}  # fmt: skip


def test_the_payroll_interface_of_itrent_says_that_it_has_no_characteristic_whichever_the_reference() -> None:
    error = refused(export(INTERFACE))
    assert [fault.code for fault in error.faults] == ["no-characteristic"]
    assert CANARY not in everything_said(error)


JUNIOR = {
    "Parent Department": "Cabinet Office", "Organisation": "Cabinet Office", "Unit": "Digital", "Reporting Senior Post": "POST001", "Grade": "EO|HEO",
    "Payscale Minimum (£)": "25000", "Generic Job Title": "Officer", "Number of Posts in FTE": "12.6|3",
}  # fmt: skip
ACSES = {
    "Status": "In post",
    "Year": "2023",
    "Sex": "Female|Male",
    "Headcount": "283,690|236,090",
    "FTE": "265,000|231,000",
    "Mean_salary": "[c]",
}


@pytest.mark.parametrize("columns", [JUNIOR, ACSES], ids=["organogram of junior posts", "ACSES browser"])
def test_rows_that_stand_for_many_people_are_not_taken_for_people(columns: dict[str, str]) -> None:
    error = refused(export(columns, people=2, below="\n\nNotes\nData source,ACSES\nVersion,2\n"))
    assert [fault.code for fault in error.faults] == ["rows-are-counts"]
