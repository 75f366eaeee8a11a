"""How headers are written, where columns stand, empty rows, titles and notes change nothing of the Workforce that is read."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made import case

from eia.intake.evidence import read_workforce
from eia.intake.workforce import Workforce

COLUMNS = {  # header -> the cells that its column may hold
    "Employee number": [],
    "Job title": ["Clerk", "Officer"],
    "Redundancy pool": ["Clerks", "Officers", ""],
    "Proposed outcome": ["Selected", "Not selected"],
    "Ethnic origin": ["White British", "Indian", "Not known", "Any other Mixed background"],
    "Disability status": ["Yes", "No", "Prefer not to say"],
    "Sexual orientation": ["Heterosexual", "Gay", ""],
    "Date of birth": ["31/12/1980", "01/04/1960", "05/06/1995"],
    "Contract type": ["Permanent", "Fixed term"],
    "Working pattern": ["Full time", "Part time"],
    "Religion or belief": ["None", "Christian", "Muslim"],
    "Sex": ["Female", "Male"],
}
DAY = case(dates={"extract": dt.date(2026, 9, 30)})


def _camel(header: str) -> str:
    return "".join(word.capitalize() for word in header.split())


DRESSES = {
    "as it is": str,
    "capitals": str.upper,
    "small letters": str.lower,
    "camelCase": _camel,
    "low lines": lambda header: header.replace(" ", "_"),
    "hyphens": lambda header: header.replace(" ", "-"),
    "blanks": lambda header: f"  {header.replace(' ', '   ')} ",
    "no blanks": lambda header: header.replace(" ", "").lower(),
    "a colon": lambda header: f"{header}:",
    "a question mark": lambda header: f"{header}?",
    "a star": lambda header: f"{header} *",
    "a note": lambda header: f"{header} [note 1]",
    "a note in round brackets": lambda header: f"{header} (see note 2)",
    "a raised number": lambda header: f"{header}³",
    "a line end": lambda header: header.replace(" ", "\n", 1),
}


@st.composite
def people(draw: st.DrawFn) -> list[list[str]]:
    """Rows of people, each with a reference and an outcome only in a pool."""
    rows = []
    for number in range(draw(st.integers(6, 14))):
        row = [draw(st.sampled_from(cells)) if cells else f"E{number:05}" for cells in COLUMNS.values()]
        if not row[2]:
            row[3] = ""
        rows.append(row)
    return rows


def file(headers: list[str], rows: list[list[str]], above: list[list[str]], below: list[list[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows([*above, headers, *rows, *below])
    return text.getvalue().encode()


def told(staff: Workforce) -> pd.DataFrame:
    """What is known of everybody, whatever the order of its columns and of groups nobody is in."""
    frame = staff.frame.assign(
        **{name: staff.frame[name].astype(str) for name in staff.frame if staff.frame[name].dtype == "category"}
    )
    return frame[sorted(frame)]


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(st.data())
def test_dress_of_headers_order_of_columns_gaps_titles_and_notes_tell_nothing(data: st.DataObject) -> None:
    rows, width = data.draw(people()), len(COLUMNS)
    plain = read_workforce(file(list(COLUMNS), rows, [], []), DAY)
    dressed = [DRESSES[data.draw(st.sampled_from(sorted(DRESSES)))](header) for header in COLUMNS]
    order = data.draw(st.permutations(range(width)))
    moved = [[row[index] for index in order] for row in rows]
    for at in sorted(data.draw(st.lists(st.integers(1, len(rows) - 1), max_size=3)), reverse=True):
        moved.insert(at, data.draw(st.sampled_from([[], [""] * width, ["", " ", *[""] * (width - 2)]])))
    titles = [["Staff list"], ["OFFICIAL", "Page 1"], [], ["Run by: HR"], [""] * width]
    above = data.draw(st.lists(st.sampled_from(titles), max_size=3))
    below = data.draw(
        st.sampled_from(
            [[], [[], ["Note: as held by HR"]], [[""] * width] * 40 + [["End of report"]], [["Total", str(len(rows))]]]
        )
    )
    again = read_workforce(file([dressed[index] for index in order], moved, above, below), DAY)
    assert again.people == len(rows)
    pd.testing.assert_frame_equal(told(again), told(plain))
    assert again.intake.questions == plain.intake.questions


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(
        [("Ethnic origin", "White British"), ("Sexual orientation", "Heterosexual"), ("Religion or belief", "Christian"), ("Contract type", "Permanent"),
         ("Working pattern", "Part time"), ("Sex", "Female")]
    ),
    st.data(),
)  # fmt: skip
def test_a_label_misspelt_never_makes_a_group_of_its_own_without_a_question(
    label: tuple[str, str], data: st.DataObject
) -> None:
    header, right = label
    at = data.draw(st.integers(1, len(right) - 2))
    kind = data.draw(st.sampled_from(["left out", "twice", "swapped"]))
    wrong = {
        "left out": right[:at] + right[at + 1 :], "twice": right[:at] + right[at] + right[at:],
        "swapped": right[:at] + right[at + 1] + right[at] + right[at + 2 :],
    }[kind]  # fmt: skip
    rows = data.draw(people())
    column = list(COLUMNS).index(header)
    for row in rows[:6]:
        row[column] = wrong
    staff = read_workforce(file(list(COLUMNS), rows, [], []), DAY)
    groups = {group.label for dimension in staff.dimensions.values() for group in dimension.groups}
    asked = {question.about for question in staff.intake.questions}
    assert wrong not in groups or wrong in asked
