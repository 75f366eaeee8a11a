"""What goes and what comes, who competes for what and who holds it: counted by hand, and by brute force over seats."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made import case, table

from eia.case import Case
from eia.intake.evidence import read_workforce
from eia.intake.extras.post_lists import load_post_lists
from eia.intake.files.raw_table import open_table
from eia.process.post_changes import Change
from eia.process.restructure import Restructure, restructure

HEADERS = [
    "List",
    "Post number",
    "Posts",
    "Grade",
    "Place",
    "FTE each",
    "Open part-time",
    "Pool",
    "Ring-fence",
    "Slotted into",
]
LISTS = [
    ["now", "P1", "3", "4", "Town Hall", "1", "", "Clerks", "Clerks", ""],
    ["now", "P1", "2", "4", "Town Hall", "0.5", "", "Clerks", "Clerks", ""],
    ["now", "P2", "2", "6", "Depot", "1", "", "Drivers", "Drivers", ""],
    ["now", "P3", "1", "9", "Town Hall", "1", "", "", "", "P3"],
    ["proposed", "P1", "2", "4", "Town Hall", "1", "no", "", "Clerks", ""],
    ["proposed", "P1", "1", "4", "Town Hall", "0.5", "", "", "Clerks", ""],
    ["proposed", "P3", "1", "9", "Town Hall", "1", "yes", "", "", ""],
    ["proposed", "P4", "1", "6", "Town Hall", "1", "", "", "Drivers", ""],
]
STAFF = [
    # post, sex, hours, pool, outcome
    ("P1", "Female", "Part-time", "Clerks", "selected"),
    ("P1", "Female", "Part-time", "Clerks", "retained"),
    ("P1", "Female", "Full-time", "Clerks", "retained"),
    ("P1", "Male", "Full-time", "Clerks", "retained"),
    ("P1", "Female", "", "Clerks", "volunteer accepted"),
    ("P2", "Male", "Full-time", "Drivers", "selected"),
    ("P2", "Male", "Full-time", "Drivers", "retained"),
    ("P3", "Female", "Full-time", "", ""),
    ("P7", "Male", "Full-time", "", ""),
]


def made(
    lists=LISTS, people=STAFF, headers=HEADERS, choices: Case | None = None, post: str = "post number"
) -> Restructure:
    choices = choices or case()
    structure = load_post_lists(open_table(table(lists, headers), name="posts.csv"), choices)
    staff = None
    if people:
        staff = read_workforce(
            table(people, [post, "sex", "working pattern", "pool", "outcome"]), choices, name="staff.csv"
        )
    return restructure(structure, staff, choices)


def test_lost_and_gained_are_counted_for_each_post_by_itself() -> None:
    assert made().total == Change(label="", now=8, proposed=5, lost=4, gained=1, fte=7.0, proposed_fte=4.5)


def test_changes_are_told_by_grade_hours_and_place() -> None:
    shown = {
        aspect: {c.label: (c.now, c.lost, c.gained, c.proposed) for c in changes}
        for aspect, changes in made().changes.items()
    }
    assert shown == {
        "grade": {"4": (5, 2, 0, 3), "6": (2, 2, 1, 1), "9": (1, 0, 0, 1)},
        "hours": {"full-time": (6, 3, 1, 4), "part-time": (2, 1, 0, 1)},
        "place": {"Town Hall": (6, 2, 1, 5), "Depot": (2, 2, 0, 0)},
    }


def test_an_aspect_that_the_lists_do_not_have_is_not_told() -> None:
    assert set(made([["now", "P1", "2"], ["proposed", "P1", "1"]], None, HEADERS[:3]).changes) == set()


def test_posts_open_part_time_are_set_against_who_works_part_time() -> None:
    result = made()
    assert (result.open_part_time.number, result.open_part_time.of, result.open_part_time.not_known) == (2, 4, 1)
    assert (result.new_open_part_time.number, result.new_open_part_time.of, result.new_open_part_time.not_known) == (
        0,
        0,
        1,
    )
    assert (result.part_time.number, result.part_time.of, result.part_time.not_known) == (2, 7, 1)


def test_ring_fences_count_those_still_there_and_who_can_have_no_post_whoever_is_chosen() -> None:
    clerks, drivers = made().ring_fences
    assert (clerks.name, clerks.people, clerks.posts, clerks.displaced) == ("Clerks", 4, 3, 1)  # the volunteer is gone
    assert (clerks.part_time.number, clerks.part_time.of) == (2, 4)
    assert (drivers.people, drivers.posts, drivers.displaced) == (2, 1, 1)


def test_a_ring_fence_without_a_post_and_one_without_people_are_told() -> None:
    lists = [["now", "P1", "5", "", "", "", "", "", "A", ""], ["proposed", "P2", "1", "", "", "", "", "", "B", ""]]
    first, second = made(lists, None).ring_fences
    assert (first.people, first.posts, first.displaced) == (5, 0, 5)
    assert (second.people, second.posts, second.displaced) == (0, 1, 0)


def test_who_holds_the_posts_that_go_is_counted_by_group() -> None:
    held = {h.group.label: (h.all_go, h.some_go, h.none_go) for h in made().holdings if h.characteristic == "sex"}
    assert held == {"Female": (0, 4, 1), "Male": (2, 1, 0)}
    assert (made().joined, made().elsewhere, made().joined_by) == (8, 1, "number")


def differences(result: Restructure) -> dict[str, tuple[tuple[int, ...], int]]:
    return {each.kind: (each.rows, each.people) for each in result.differences}


def test_lists_that_fit_the_workforce_file_have_no_difference() -> None:
    assert made().differences == ()


@pytest.mark.parametrize(
    ("kind", "row", "column", "cell", "people"),
    [
        ("another pool", 2, "Pool", "Porters", 2),
        ("no pool in the list", 2, "Pool", "", 2),
        ("cut and in no pool", 2, "Pool", "none", 2),
        ("more people than posts", 2, "Posts", "1", 2),
        ("no holder", 3, "Post number", "P3X", 0),
        ("another pool", 3, "Pool", "yes", 1),
    ],
)
def test_a_difference_is_listed_by_row(kind: str, row: int, column: str, cell: str, people: int) -> None:
    lists = [list(each) for each in LISTS]
    lists[row][HEADERS.index(column)] = cell
    assert differences(made(lists))[kind] == ((row + 2,), people)


def test_more_slotted_in_than_posts_is_a_difference() -> None:
    lists = [["now", "P1", "3", "", "", "", "", "", "", "P2"], ["proposed", "P2", "2", "", "", "", "", "", "", ""]]
    assert differences(made(lists, None)) == {"more slotted in than posts": ((2,), 0)}


@pytest.mark.parametrize(
    ("why", "people", "post", "lists"),
    [
        ("no people", None, "post number", LISTS),
        ("no posts in the workforce file", STAFF, "something else", LISTS),
        ("no post in common", [("X1", *STAFF[0][1:])], "post number", LISTS),
        ("no numbers in the lists", STAFF, "post number", None),
    ],
)
def test_why_nobody_is_joined_is_said(why: str, people: object, post: str, lists: object) -> None:
    if lists is None:
        result = made([["now", "P1", "3"], ["proposed", "P1", "2"]], people, ["List", "Post", "Posts"], post=post)
    else:
        result = made(lists, people, post=post)
    assert (result.not_joined, result.joined_by, result.joined, result.holdings, result.part_time) == (
        why,
        None,
        0,
        (),
        None,
    )
    assert result.total.lost in (4, 1)


def test_people_are_joined_by_title_and_unit_where_a_title_stands_in_two() -> None:
    lists = [["now", "Clerk", "North", "1"], ["now", "Clerk", "South", "1"], ["proposed", "Clerk", "South", "1"]]
    structure = load_post_lists(open_table(table(lists, ["List", "Post", "Unit", "Posts"]), name="posts.csv"), case())
    staff = read_workforce(b"post,unit,sex\nClerk,North,F\nClerk,South,M\nclerk,south,F\n", case(), name="staff.csv")
    result = restructure(structure, staff, case())
    held = {h.group.label: (h.all_go, h.some_go, h.none_go) for h in result.holdings}
    assert held == {"Female": (1, 0, 1), "Male": (0, 0, 1)}


seats = st.lists(st.tuples(st.sampled_from("ABCD"), st.sampled_from("123"), st.integers(0, 5)), min_size=1, max_size=12)


@given(now=seats, then=seats)
@settings(max_examples=60, deadline=None)
def test_lost_and_gained_are_those_of_seats_struck_off_one_by_one(now, then) -> None:
    lists = [
        [which, post, str(posts), grade]
        for which, rows in (("now", now), ("proposed", then))
        for post, grade, posts in rows
    ]
    result = made(lists, None, HEADERS[:4])
    for grade, change in [(None, result.total), *((c.label, c) for c in result.changes["grade"])]:
        old, new = (
            Counter(post for post, mark, posts in rows for _ in range(posts) if grade in (None, mark))
            for rows in (now, then)
        )
        left = list(new.elements())
        lost = [seat for seat in old.elements() if not (seat in left and left.remove(seat) is None)]
        assert (change.lost, change.gained) == (len(lost), len(left))
        assert change.now - change.lost + change.gained == change.proposed
