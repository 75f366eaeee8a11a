"""What is sent to the employer comes back and loads without a question, and asks for nothing that says who somebody is."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from made import case, counted, run

from eia.errors import EiaError
from eia.intake.evidence import read_workforce
from eia.intake.extras.post_lists import load_post_lists
from eia.intake.files.raw_table import open_table
from eia.intake.workforce import Workforce
from eia.present.documents.request_template import (
    columns,
    counts_csv,
    people_csv,
    people_workbook,
    posts_columns,
    posts_csv,
    posts_workbook,
    write_templates,
)
from eia.vocabulary.characteristics import characteristics

FILLED = {
    "Reference": "R{}", "Post number": "P{}", "Job title": "Clerk", "Team": "North", "Grade": "5", "Pool": "Clerks",
    "FTE": "0.5", "Service years": "3", "Age": "40",
}  # fmt: skip


def rows() -> list[list[str]]:
    """Four people; of a list each chooses another answer."""
    return [
        [FILLED.get(ask.header, "").format(row) or ask.answers[row % len(ask.answers)] for ask in columns()]
        for row in range(4)
    ]


def filled_workbook() -> bytes:
    """The workbook with the rows typed into it."""
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(people_workbook())) as old, zipfile.ZipFile(content, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/worksheets/sheet2.xml":
                typed = "".join(
                    f'<row r="{number}">'
                    + "".join(f'<c t="inlineStr"><is><t>{escape(cell)}</t></is></c>' for cell in row)
                    + "</row>"
                    for number, row in enumerate(rows(), start=2)
                )
                part = part.replace(b"</sheetData>", typed.encode() + b"</sheetData>")
            new.writestr(name, part)
    return content.getvalue()


def loaded(content: bytes, name: str) -> Workforce:
    return read_workforce(content, case(), name=name)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_filled_template_loads_without_a_question(kind: str) -> None:
    text = people_csv() + "".join(",".join(f'"{cell}"' for cell in row) + "\r\n" for row in rows())
    staff = loaded(text.encode("utf-8-sig") if kind == "csv" else filled_workbook(), f"staff.{kind}")
    assert staff.people == 4
    assert staff.intake.unused == ()
    assert staff.intake.held_back == ()
    asked = {"sex", "disability", "race", "religion", "sexual_orientation", "marriage", "gender_reassignment", "age", "grade",
             "pregnancy_maternity", "family_leave", "flexible", "contract", "working_pattern"}  # fmt: skip
    assert asked <= set(staff.dimensions)


def test_every_answer_to_choose_from_is_a_group_or_a_way_of_not_answering() -> None:
    staff = loaded(filled_workbook(), "staff.xlsx")
    for key in ("sex", "race", "religion", "marriage", "family_leave"):
        labels = {group.label for group in staff.dimensions[key].groups}
        assert labels == {*characteristics()[key].groups, "Prefer not to say", "Not recorded", "Not applicable"}


def test_nothing_asks_who_somebody_is() -> None:
    words = " ".join(ask.header for ask in (*columns(), *posts_columns())).casefold()
    assert not re.search(r"name|birth|insurance|mail|phone|address|postcode", words)


def test_filled_lists_of_posts_load_with_every_column_read() -> None:
    filled = {
        "Number of posts": "3",
        "FTE each": "0.5",
        "Grade": "4",
        "Pool": "Clerks",
        "Job title": "Clerk",
        "Place": "Town Hall",
    }
    texts = [
        [{"List": which, "Post number": "P1"}.get(ask.header, filled.get(ask.header, "")) for ask in posts_columns()]
        for which in posts_columns()[0].answers
    ]
    text = posts_csv() + "".join(",".join(row) + "\r\n" for row in texts)
    made = load_post_lists(open_table(text.encode("utf-8-sig"), name="posts.csv"), case())
    assert made.intake.unused == ()
    assert [(post.posts, post.fte, post.place) for post in (*made.current, *made.proposed)] == [
        (3, 0.5, "Town Hall")
    ] * 2


def test_the_template_is_the_same_every_time() -> None:
    assert people_workbook() == people_workbook()
    assert posts_workbook() == posts_workbook()


def test_a_filled_table_of_counts_loads_without_a_question() -> None:
    given = list(csv.reader(io.StringIO(counts_csv())))
    numbers = {"All minority ethnic groups": "24,8"}  # which stands for four of the groups above it
    filled = (f'{row[0]},"{row[1]}",Clerks,{numbers.get(row[1], "6,2")}' for row in given[1:])
    text = "\n".join([",".join(given[0]), *filled])
    tallies = counted(text.encode()).tallies
    assert set(tallies) == {"sex", "disability", "race_group", "working_pattern", "contract"}


def test_the_command_writes_its_files_and_overwrites_none(tmp_path: Path) -> None:
    reply = run("template", tmp_path / "asked")
    assert reply.code == 0
    names = sorted(path.name for path in (tmp_path / "asked").iterdir())
    assert names == [
        "absences-asked-for.csv", "counts-asked-for.csv", "posts-asked-for.csv", "posts-asked-for.xlsx", "scores-asked-for.csv", "staff-asked-for.csv", "staff-asked-for.xlsx",
    ]  # fmt: skip
    again = run("template", tmp_path / "asked")
    assert again.code == 2
    assert "staff-asked-for.xlsx" in again.err


def test_a_folder_that_cannot_be_written_to_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(EiaError) as caught:
        write_templates(tmp_path / "file" / "inside")
    assert [fault.code for fault in caught.value.faults] == ["cannot-write"]
