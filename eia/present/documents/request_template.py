"""Takes nothing; gives the files to send to an employer as "this is what we ask for", which load without a question.

A workbook with an explanation, one sheet to fill in and lists to choose from; the same as CSV; a table of counts for
those who are refused people; scores; absences; and the two lists of posts. No column asks who somebody is: age and not date of birth, a reference and not a name.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from eia.case import RETAINED, Stages
from eia.errors import EiaError, Fault
from eia.vocabulary.characteristics import DECLINED, NOT_RECORDED, characteristics
from eia.writing import write_files

ROWS = 5_000  # rows of the sheet that offer lists to choose from
_COUNTED = ("sex", "disability", "race_group", "working_pattern", "contract")


@dataclass(frozen=True, slots=True)
class RequestedColumn:
    """One column that is asked for: its header, what to write in it, and the answers to choose from, if it has any."""

    header: str
    write: str
    answers: tuple[str, ...] = ()


def columns() -> tuple[RequestedColumn, ...]:
    """Every column of the sheet for people, in order.

    >>> columns()[0].header, columns()[-1].header
    ('Reference', 'Flexible working')
    """
    return tuple(_columns())


def _columns() -> Iterator[RequestedColumn]:
    yield RequestedColumn(
        "Reference", "A made-up reference, the same for the same person in every file. No names, no staff numbers."
    )
    yield RequestedColumn(
        "Post number", "One row for each post. Somebody with two posts has two rows with the same reference."
    )
    yield RequestedColumn("Job title", "The title of the post.")
    yield RequestedColumn("Team", "The team or unit of the post.")
    yield RequestedColumn("Grade", "The grade or band of the post.")
    yield RequestedColumn(
        "Pool", "The redundancy selection pool; empty for people who are in none. List everybody, in a pool or not."
    )
    outcomes = (RETAINED, *Stages().order)
    yield RequestedColumn(
        "Outcome", "What is proposed for the person; empty for everybody while nobody has been chosen.", outcomes
    )
    yield RequestedColumn("FTE", "1 for full-time, 0.5 for half of a full week.")
    yield _choice("contract", "Contract")
    yield RequestedColumn("Service years", "Completed years of continuous service.")
    yield _choice("working_pattern", "Working pattern")
    yield RequestedColumn("Age", "Age in completed years. Not the date of birth.")
    for key, header in (
        ("sex", "Sex"), ("disability", "Disability"), ("race", "Ethnicity"), ("religion", "Religion or belief"),
        ("sexual_orientation", "Sexual orientation"), ("marriage", "Marital status"), ("gender_reassignment", "Gender reassignment"),
        ("pregnancy_maternity", "Pregnancy or maternity"), ("family_leave", "Family leave"), ("flexible", "Flexible working"),
    ):  # fmt: skip
        yield _choice(key, header)


def _choice(key: str, header: str) -> RequestedColumn:
    answers = (*characteristics()[key].groups, DECLINED.label, NOT_RECORDED.label)
    return RequestedColumn(header, f"As recorded. “{DECLINED.label}” where the person was asked and declined.", answers)


def people_csv() -> str:
    """The sheet for people as CSV: headers only."""
    return _text([[ask.header for ask in columns()]])


def counts_csv() -> str:
    """A table of counts to be filled in: a row for each group of five characteristics, and of those not recorded."""
    rows = [
        [characteristics()[key].title, group, "", "", ""]
        for key in _COUNTED
        for group in (*characteristics()[key].groups, DECLINED.label, NOT_RECORDED.label)
    ]
    return _text([["Characteristic", "Group", "Pool", "People", "Selected"], *rows])


def _text(rows: list[list[str]]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue()


def posts_columns() -> tuple[RequestedColumn, ...]:
    """Every column of the sheet for the two lists of posts, in order.

    >>> posts_columns()[0].header, posts_columns()[-1].header
    ('List', 'Slotted into')
    """
    return (
        RequestedColumn(
            "List", "Whether the row is of the posts there are now or of those proposed.", ("Current", "Proposed")
        ),
        RequestedColumn(
            "Post number",
            "The number of the post, the same as in the sheet for staff. A post that stays keeps its number.",
        ),
        RequestedColumn("Job title", "The title of the post. Nobody's name."),
        RequestedColumn("Team", "The team or unit of the post."),
        RequestedColumn("Place", "Where the work is done."),
        RequestedColumn("Grade", "The grade or band of the post."),
        RequestedColumn("Number of posts", "How many there are of this post with these hours: a whole number."),
        RequestedColumn("FTE each", "Of one post: 1 for full-time, 0.5 for half of a full week."),
        RequestedColumn(
            "Open part-time", "Of a proposed post: whether it is open part-time or as a job share.", ("Yes", "No")
        ),
        RequestedColumn("Pool", "Of a current post: the redundancy selection pool that it is in; empty for none."),
        RequestedColumn(
            "Ring-fence",
            "The same words beside current posts and the proposed posts that are kept for those who hold them.",
        ),
        RequestedColumn(
            "Slotted into",
            "Of a current post: number of the proposed post that those who hold it get without competing.",
        ),
    )


def posts_csv() -> str:
    """The sheet for the two lists of posts as CSV: headers only."""
    return _text([[ask.header for ask in posts_columns()]])


def scores_csv() -> str:
    """The sheet for scores as CSV, a row for each person in a pool and criterion: headers only."""
    return _text([["Reference", "Pool", "Criterion", "Weight", "Score"]])


def absences_csv() -> str:
    """The sheet for absences as CSV, a row for each person and reason: headers only."""
    return _text([["Reference", "Days", "Reason"]])


def people_workbook() -> bytes:
    """The sheet for people as a workbook."""
    return _workbook(
        "Workforce data asked for: equality impact assessment",
        "Staff",
        "one row a post, everybody employed, whether in a pool or not.",
        columns(),
    )


def posts_workbook() -> bytes:
    """The sheet for the two lists of posts as a workbook."""
    return _workbook(
        "Posts now and as proposed: equality impact assessment",
        "Posts",
        "one row for each kind of post and its hours, those of now and those proposed.",
        posts_columns(),
    )


def _workbook(title: str, name: str, rows: str, asks: tuple[RequestedColumn, ...]) -> bytes:
    """A workbook: an explanation, the sheet of this name to be filled with ``rows``, and its lists, hidden."""
    import xlsxwriter

    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    book.set_properties({"title": title, "created": dt.datetime(2000, 1, 1)})  # the same file every time
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    heading = book.add_format({"bold": True, "font_size": 14})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    explanation, sheet, lists = (book.add_worksheet(each) for each in ("Explanation", name, "Lists"))
    explanation.set_column(0, 0, 24)
    explanation.set_column(1, 1, 90)
    explanation.write(0, 0, "What to fill in", heading)
    explanation.write(1, 0, f"Fill in the sheet “{name}”: {rows}")
    explanation.write(2, 0, "Leave a column empty if nothing is held. Add no names, addresses or other numbers.")
    for row, ask in enumerate(asks, start=4):
        explanation.write(row, 0, ask.header, bold)
        explanation.write(row, 1, f"{ask.write} Choose from the list." if ask.answers else ask.write, wrapped)
    lists.hide()
    sheet.freeze_panes(1, 1)
    for column, ask in enumerate(asks):
        sheet.set_column(column, column, max(14, len(ask.header) + 2))
        sheet.write(0, column, ask.header, bold)
        if ask.answers:
            lists.write_column(0, column, ask.answers)
            letter = xlsxwriter.utility.xl_col_to_name(column)
            sheet.data_validation(
                1, column, ROWS, column,
                {"validate": "list", "source": f"=Lists!${letter}$1:${letter}${len(ask.answers)}", "input_title": ask.header[:32],
                 "input_message": "Choose from the list.", "error_type": "warning"},
            )  # fmt: skip
    sheet.activate()
    book.close()
    return content.getvalue()


def write_templates(folder: Path) -> tuple[Path, ...]:
    """Write the files into a folder.

    Raises EiaError where it cannot be written to, or holds a file of one of these names.
    """
    contents = {
        "staff-asked-for.xlsx": people_workbook(),
        "staff-asked-for.csv": people_csv().encode("utf-8-sig"),
        "counts-asked-for.csv": counts_csv().encode("utf-8-sig"),
        "scores-asked-for.csv": scores_csv().encode("utf-8-sig"),
        "absences-asked-for.csv": absences_csv().encode("utf-8-sig"),
        "posts-asked-for.xlsx": posts_workbook(),
        "posts-asked-for.csv": posts_csv().encode("utf-8-sig"),
    }
    there = [name for name in contents if (folder / name).exists()]
    if there:
        raise EiaError(
            Fault(code="would-overwrite", what=f"The folder has files of the same name already: {', '.join(there)}.",
                  file=folder.name, allowed="a folder without these files", do="Choose another folder.")
        )  # fmt: skip
    write_files(folder, contents, what="The files")
    return tuple(folder / name for name in contents)
