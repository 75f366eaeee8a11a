"""The two lists of posts are read from one table or two; everything wrong with them is said at once, and nobody is named."""

from __future__ import annotations

import pytest
from made import CANARY, case, everything_said, table, write
from workbooks import xlsx

from eia.case import Case, read_case
from eia.errors import EiaError
from eia.intake.evidence import read_evidence
from eia.intake.extras.post_lists import PostLists, load_post_lists
from eia.intake.files.raw_table import open_table

HEADERS = ["List", "Post number", "Job title", "Team", "Place", "Grade", "Number of posts", "FTE each", "Open part-time", "Pool",
           "Ring-fence", "Slotted into"]  # fmt: skip
CLERKS = [
    ["Current", "P1", "Clerk", "Rents", "Town Hall", "4", "3", "1", "", "Clerks", "Clerks", ""],
    ["Current", "P2", "Head", "Rents", "Town Hall", "9", "1", "1", "", "", "", "P9"],
    ["Proposed", "P1", "Clerk", "Rents", "Depot", "4", "2", "0.5", "yes", "", "Clerks", ""],
    ["Proposed", "P9", "Chief", "Rents", "Town Hall", "10", "1", "1", "no", "", "", ""],
]


def checked(rows: list[list[str]], headers: list[str] = HEADERS, choices: Case | None = None) -> PostLists:
    return load_post_lists(open_table(table(rows, headers), name="posts.csv"), choices or case())


def refused(rows: list[list[str]], headers: list[str] = HEADERS, choices: Case | None = None) -> EiaError:
    with pytest.raises(EiaError) as caught:
        checked(rows, headers, choices)
    return caught.value


def changed(row: int, header: str, cell: str) -> list[list[str]]:
    """The rows with one cell of another kind."""
    rows = [list(each) for each in CLERKS]
    rows[row][HEADERS.index(header)] = cell
    return rows


def test_every_column_is_read_as_it_is_written() -> None:
    made = checked(CLERKS)
    clerk, head = made.current
    assert (clerk.title, clerk.number, clerk.unit, clerk.place, clerk.grade, clerk.posts, clerk.fte) == (
        "Clerk", "P1", "Rents", "Town Hall", "4", 3, 1.0,
    )  # fmt: skip
    assert (clerk.pool, clerk.in_scope, clerk.ring_fence, clerk.row) == ("Clerks", True, "Clerks", 2)
    assert (head.in_scope, head.slotted_into) == (False, made.proposed[1].same)
    assert [post.open_part_time for post in made.proposed] == [True, False]
    assert made.intake.unused == ()


def test_posts_are_the_same_by_number_where_every_row_has_one() -> None:
    made = checked(changed(2, "Job title", "Clerk (hub)"))
    assert made.matched_by == "number"
    assert made.current[0].same == made.proposed[0].same != made.proposed[1].same


def test_posts_are_the_same_by_title_where_some_have_no_number() -> None:
    rows = changed(3, "Post number", "")
    rows[1][-1] = "chief"  # named by its title
    made = checked(rows)
    assert made.matched_by == "title"
    assert made.current[0].same == made.proposed[0].same
    assert made.current[1].slotted_into == made.proposed[1].same


def test_a_title_in_two_units_is_two_posts() -> None:
    rows = [["Current", "Clerk", "North", "2"], ["Current", "Clerk", "South", "3"], ["Proposed", "Clerk", "South", "1"]]
    made = checked(rows, ["List", "Job title", "Team", "Posts"])
    assert made.matched_by == "title and unit"
    assert [post.same == made.proposed[0].same for post in made.current] == [False, True]


def test_without_a_column_of_numbers_a_row_is_one_post_and_that_is_said() -> None:
    made = checked([["now", "Clerk"], ["now", "Clerk"], ["new", "Clerk"]], ["Which list", "Job title"])
    assert [post.posts for post in made.current] == [1, 1]
    assert "each row read as one post" in made.intake.recodings[0].rule


@pytest.mark.parametrize(
    ("header", "cells", "choices", "each"),
    [
        ("Total FTE", ["3.6", "1.0"], case(), [0.9, 1.0]),
        ("Hours", ["18.5", "37"], case(people={"full_time_hours": 37}), [0.5, 1.0]),
        ("Hours", ["18.5", "37"], case(), [None, None]),
        ("FTE", ["", "not known"], case(), [None, None]),
    ],
)
def test_hours_of_a_post_are_read_in_each_way_they_are_given(
    header: str, cells: list[str], choices: Case, each: list[float | None]
) -> None:
    rows = [["now", "Clerk", "4", cells[0]], ["proposed", "Clerk", "1", cells[1]]]
    made = checked(rows, ["List", "Post", "Posts", header], choices)
    assert [made.current[0].fte, made.proposed[0].fte] == pytest.approx(each)


def test_a_post_may_be_in_scope_without_a_pool_by_name() -> None:
    made = checked(changed(0, "Pool", "Yes"))
    assert (made.current[0].in_scope, made.current[0].pool) == (True, "")


@pytest.mark.parametrize(
    ("code", "rows"),
    [
        ("unknown-list", changed(0, "List", "draft")),
        ("no-number-of-posts", changed(0, "Number of posts", "")),
        ("posts-not-whole", changed(0, "Number of posts", "2.5")),
        ("not-a-number", changed(0, "Number of posts", "some")),
        ("negative-number", changed(0, "Number of posts", "-3")),
        ("fte-above-one", changed(0, "FTE each", "2.8")),
        ("unknown-open-part-time", changed(2, "Open part-time", "perhaps")),
        ("slotted-into-unknown", changed(1, "Slotted into", "P8")),
        ("slotted-into-unknown", changed(2, "Slotted into", "P9")),
        ("slotted-and-ring-fenced", changed(1, "Ring-fence", "Clerks")),
        ("one-list-only", CLERKS[:1]),
        ("identifier-in-column", changed(0, "Job title", "jo@example.org")),
        ("ring-fences-differ", [*CLERKS, [*CLERKS[0][:10], "Others", ""]]),
    ],
)
def test_a_fault_is_said_by_file_and_row(code: str, rows: list[list[str]]) -> None:
    faults = {fault.code: fault for fault in refused(rows).faults}
    assert code in faults
    assert faults[code].file == "posts.csv"
    assert faults[code].row or code == "one-list-only"
    assert faults[code].do


def test_every_fault_comes_at_once() -> None:
    rows = changed(0, "Number of posts", "")
    rows[2][0], rows[3][8] = "draft", "perhaps"
    assert {fault.code for fault in refused(rows).faults} == {
        "no-number-of-posts",
        "unknown-list",
        "unknown-open-part-time",
    }


def test_columns_that_must_be_there_are_asked_for() -> None:
    assert {fault.code for fault in refused([["4"]], ["Grade"]).faults} == {"no-post-column", "no-list-column"}


def test_a_title_is_needed_where_there_is_no_number() -> None:
    codes = [
        fault.code for fault in refused([["now", "", "1"], ["new", "Clerk", "1"]], ["List", "Post", "Posts"]).faults
    ]
    assert codes == ["no-title"]


def test_two_headers_for_one_column_are_refused_and_named() -> None:
    error = refused([["now", "Clerk", "A", "B"]], ["List", "Post", "Place", "Site"])
    assert "“Place”, “Site”" in str(error)


def test_who_holds_a_post_is_never_read_and_a_case_may_refuse_the_column() -> None:
    rows = [["now", "Clerk", CANARY], ["proposed", "Clerk", CANARY]]
    headers = ["List", "Post", "Name"]
    made = checked(rows, headers)
    assert made.intake.unused == ("Name",)
    assert CANARY not in repr(made)
    error = refused(rows, headers, case(privacy={"identifiers": "refuse"}))
    assert [fault.code for fault in error.faults] == ["identifiers"]


@pytest.mark.parametrize("header", ["List", "Number of posts", "FTE each", "Open part-time", "Slotted into"])
def test_no_message_holds_what_a_cell_holds(header: str) -> None:
    assert CANARY not in everything_said(refused(changed(1, header, CANARY)))


def test_two_files_and_two_sheets_say_by_themselves_which_list_they_are(tmp_path) -> None:
    heads = HEADERS[1:]
    old, new = [row[1:] for row in CLERKS[:2]], [row[1:] for row in CLERKS[2:]]
    write(tmp_path, "staff.csv", "sex,post,pool\nF,Clerk,Clerks\nM,Head,\n")
    write(tmp_path, "old.csv", table(old, heads))
    write(tmp_path, "new.csv", table(new, heads))
    write(tmp_path, "both.xlsx", xlsx({"Now": [heads, *old], "Then": [heads, *new]}))
    files = ('posts = "old.csv"\nproposed_posts = "new.csv"\n',
             'posts = "both.xlsx"\nproposed_posts = "both.xlsx"\nposts_sheet = "Now"\nproposed_posts_sheet = "Then"\n')  # fmt: skip
    made = []
    for text in files:
        path = write(tmp_path, "case.toml", f'format = 1\n[files]\nworkforce = "staff.csv"\n{text}')
        made.append(read_evidence(read_case(path), folder=tmp_path).structure)
    assert [[(post.number, post.posts, post.same) for post in one.proposed] for one in made] == [
        [("P1", 2, 0), ("P9", 1, 2)]
    ] * 2


def test_faults_of_the_people_and_of_the_posts_come_in_one_message(tmp_path) -> None:
    write(tmp_path, "staff.csv", "sex,pool,outcome\nF,A,whatever\nM,A,retained\n")
    write(tmp_path, "posts.csv", table(changed(0, "List", "draft"), HEADERS))
    path = write(tmp_path, "case.toml", 'format = 1\n[files]\nworkforce = "staff.csv"\nposts = "posts.csv"\n')
    with pytest.raises(EiaError) as caught:
        read_evidence(read_case(path), folder=tmp_path)
    assert {"unknown-outcome", "unknown-list"} <= {fault.code for fault in caught.value.faults}


def test_a_file_of_proposed_posts_needs_one_of_the_posts_of_now() -> None:
    with pytest.raises(ValueError, match="stands beside one of the current posts"):
        case(files={"workforce": "staff.csv", "proposed_posts": "new.csv"})
