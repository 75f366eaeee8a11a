"""People are counted once each, by a stated rule; long fixed terms are flagged and never recoded; part-time needs a full week."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made import case, figures, refused, run, table, write

from eia.intake.evidence import read_workforce
from eia.intake.workforce import Workforce

HEADERS = ["reference", "post number", "sex", "pool", "outcome", "fte"]
TWO_POSTS = [
    ["A", "P1", "F", "Clerks", "retained", "0.4"],
    ["B", "P2", "M", "Clerks", "selected", "1"],
    ["A", "P3", "F", "Cooks", "selected", "0.6"],
    ["C", "P4", "M", "Cooks", "retained", "1"],
]


def read(
    rows: list[list[str]], headers: list[str] = HEADERS, *, selections: bytes | None = None, **choices: Any
) -> Workforce:
    return read_workforce(table(rows, headers), case(**choices), name="staff.csv", selections=selections)


def shares(staff: Workforce, key: str) -> dict[str, int]:
    return dict(Counter(staff.frame[key]))


def rules(staff: Workforce) -> dict[str, int]:
    return {done.rule: done.rows for done in staff.intake.recodings}


def test_somebody_with_two_posts_counts_once_in_the_post_with_the_most_fte() -> None:
    staff = read(TWO_POSTS)
    assert (staff.people, staff.posts, staff.fte) == (3, 4, pytest.approx(3))
    assert staff.frame["pool"].tolist() == ["Clerks", "Cooks", "Cooks"]
    assert staff.frame["outcome"].cat.codes.tolist() == [3, 3, 0]
    assert shares(staff, "sex") == {"Female": 1, "Male": 2}


def test_the_rule_is_said_with_posts_beside_people() -> None:
    (rule,) = [rule for rule in rules(read(TWO_POSTS)) if "more than one post" in rule]
    assert figures(rule)[:3] == ["1", "4", "3"]  # people with more than one post; posts, held by so many people


def test_where_no_post_has_more_fte_the_first_in_the_file_counts() -> None:
    rows = [[*row[:5], "0.5"] for row in TWO_POSTS]
    assert read(rows).frame["pool"].cat.codes.tolist() == [0, 0, 1]


def test_posts_of_one_person_together_make_a_full_week() -> None:
    staff = read(TWO_POSTS)
    assert shares(staff, "working_pattern") == {"Full-time": 3}
    assert "part-time read as FTE below 1, all posts of a person together" in rules(staff)


def test_an_outcome_in_another_post_is_said() -> None:
    rows = [*TWO_POSTS[:2], [*TWO_POSTS[2][:4], "retained", "0.6"], TWO_POSTS[3]]
    rows[0] = [*rows[0][:4], "selected", "0.4"]
    staff = read(rows)
    assert staff.frame["outcome"].cat.codes.tolist() == [3, 0, 0]
    assert rules(staff)["an outcome in a post that is not the main one: the outcome of the main post counts"] == 1


def test_answers_that_differ_between_the_rows_of_one_person_are_said() -> None:
    rows = [[*TWO_POSTS[0][:2], "", *TWO_POSTS[0][3:]], *TWO_POSTS[1:]]
    staff = read(rows)
    assert shares(staff, "sex") == {"Female": 1, "Male": 2}
    assert rules(staff)["rows of the same person differ: the answer beside the main post counts"] == 1


def test_selections_of_people_reach_their_main_post() -> None:
    staff = read([[*row[:4], row[5]] for row in TWO_POSTS], ["reference", "post number", "sex", "pool", "fte"],
                 selections=b"reference,outcome\nA,selected\n")  # fmt: skip
    assert staff.frame["outcome"].cat.codes.tolist() == [0, 3, 0]
    assert rules(staff)["people not listed in selections read as retained"] == 2


@pytest.mark.parametrize("post", ["P1", ""], ids=["the same post", "no post"])
def test_a_reference_twice_is_a_fault_where_nothing_tells_the_posts_apart(post: str) -> None:
    rows = [[*row[:1], post, *row[2:]] for row in TWO_POSTS]
    error = refused(table(rows, HEADERS))
    assert [(fault.code, fault.row) for fault in error.faults] == [("duplicate-reference", (2, 4))]


def test_the_case_can_say_that_they_are_posts() -> None:
    rows = [[*row[:1], "P1", *row[2:]] for row in TWO_POSTS]
    assert read(rows, people={"repeated": "main post"}).people == 3


def test_the_case_can_count_every_post() -> None:
    staff = read(TWO_POSTS, people={"repeated": "every post"})
    assert (staff.people, staff.posts) == (4, 4)
    assert shares(staff, "sex") == {"Female": 2, "Male": 2}
    assert rules(staff)["every post counts: people with several posts count once for each"] == 2


def test_selections_of_people_do_not_say_which_post() -> None:
    error = refused(
        table([[*row[:4], row[5]] for row in TWO_POSTS], ["reference", "post number", "sex", "pool", "fte"]),
        case(people={"repeated": "every post"}),
        selections=b"reference,outcome\nA,selected\n",
    )
    assert [fault.code for fault in error.faults] == ["posts-and-selections"]


def test_the_posts_to_go_are_compared_with_people() -> None:
    error = refused(table(TWO_POSTS, HEADERS), case(pools={"Clerks": {"to_go": 2}}))
    assert [fault.code for fault in error.faults] == ["more-to-go-than-people"]


def test_posts_stand_beside_people_on_the_command_line(tmp_path) -> None:
    file = write(tmp_path, "staff.csv", table(TWO_POSTS, HEADERS))
    assert ["3", "4", "3"] in [figures(line) for line in run("check", file).out.splitlines()]  # people, posts, in pools


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 6), st.sampled_from(["", "0.5", "1"])), min_size=1, max_size=25))
def test_everybody_is_counted_once_in_a_post_with_the_most_fte(held: list[tuple[int, str]]) -> None:
    rows = [[f"R{who}", f"P{row}", "F" if who % 2 else "M", "A", fte] for row, (who, fte) in enumerate(held)]
    staff = read(rows, ["reference", "post number", "sex", "pool", "fte"])
    most = {who: max(float(fte or -1) for other, fte in held if other == who) for who, _ in held}
    posts = [int(post[1:]) for post in staff.frame["post"]]
    assert sorted(held[post][0] for post in posts) == sorted(most)
    assert all(float(held[post][1] or -1) == most[held[post][0]] for post in posts)
    assert posts == sorted(posts)


def test_long_fixed_terms_are_flagged_not_recoded_and_shown_both_ways() -> None:
    rows = [["Fixed-term", "4"], ["Fixed-term", "3.9"], ["Permanent", "20"], ["Fixed-term", ""]]
    staff = read(rows, ["contract", "service years"])
    assert shares(staff, "contract") == {"Fixed-term": 3, "Permanent": 1}
    assert shares(staff, "contract_short") == {"Not applicable": 1, "Fixed-term": 2, "Permanent": 1}
    assert any("nobody is recoded" in rule for rule in rules(staff))


def test_without_long_fixed_terms_the_contract_is_shown_once() -> None:
    assert (
        "contract_short"
        not in read([["Fixed-term", "2"], ["Permanent", "9"]], ["contract", "service years"]).dimensions
    )


def test_part_time_is_read_from_hours_where_a_full_week_is_known() -> None:
    rows = [["F", "37", "37"], ["M", "18.5", "37"], ["F", "", "37"], ["M", "35", "35"]]
    found = shares(read(rows, ["sex", "contracted hours", "standard hours"]), "working_pattern")
    assert found == {"Full-time": 2, "Part-time": 1, "Not recorded": 1}
    by_case = read([row[:2] for row in rows], ["sex", "contracted hours"], people={"full_time_hours": 37.0})
    assert shares(by_case, "working_pattern") == {"Full-time": 1, "Part-time": 2, "Not recorded": 1}
    assert "part-time read as fewer than 37 hours" in rules(by_case)


def test_hours_without_a_full_week_are_not_read_and_that_is_said() -> None:
    staff = read([["F", "37"], ["M", "18"]], ["sex", "contracted hours"])
    assert "working_pattern" not in staff.dimensions
    assert any("hours of a full week" in rule for rule in rules(staff))


def test_fte_comes_before_hours() -> None:
    staff = read([["F", "1", "30"], ["M", "0.5", "37"]], ["sex", "fte", "contracted hours"])
    assert staff.frame["working_pattern"].cat.codes.tolist() == [1, 0]


POSTS_TO_GO = "post number,outcome\nP3,selected\n"
WITHOUT_OUTCOME = [[*row[:4], row[5]] for row in TWO_POSTS]
COLUMNS = ["reference", "post number", "sex", "pool", "fte"]


def test_selections_of_posts_reach_whoever_holds_them() -> None:
    staff = read(WITHOUT_OUTCOME, COLUMNS, selections=b"post number,outcome\nP2,selected\nP3,selected\n")
    assert staff.frame["outcome"].cat.codes.tolist() == [3, 3, 0]


def test_a_post_that_is_not_the_main_one_of_its_holder_selects_nobody_and_that_is_said() -> None:
    staff = read(WITHOUT_OUTCOME, COLUMNS, selections=b"post number,outcome\nP1,selected\n")
    assert staff.frame["outcome"].cat.codes.tolist() == [0, 0, 0]
    assert rules(staff)["an outcome in a post that is not the main one: the outcome of the main post counts"] == 1


def test_selections_of_posts_need_no_references_at_all() -> None:
    staff = read([row[1:] for row in WITHOUT_OUTCOME], COLUMNS[1:], selections=POSTS_TO_GO.encode())
    assert staff.frame["outcome"].cat.codes.tolist() == [0, 0, 3, 0]


def test_every_post_can_be_selected_by_its_number() -> None:
    staff = read(WITHOUT_OUTCOME, COLUMNS, selections=POSTS_TO_GO.encode(), people={"repeated": "every post"})
    assert staff.frame["outcome"].cat.codes.tolist() == [0, 0, 3, 0]


@pytest.mark.parametrize(
    ("rows", "code", "at"),
    [
        ("P2,selected\nP9,selected\n", "post-not-in-file", (3,)),
        ("P2,selected\nP2,retained\n", "duplicate-post", (2, 3)),
        ("P2,selected\n,selected\n", "blank-post", (3,)),
        ("P4,selected\n", "post-shared", (2,)),
    ],
)
def test_posts_that_cannot_be_joined_are_listed_by_row(rows: str, code: str, at: tuple[int, ...]) -> None:
    shared = [*WITHOUT_OUTCOME, ["D", "P4", "F", "Cooks", "0.5"]]
    error = refused(table(shared, COLUMNS), selections=f"post number,outcome\n{rows}".encode())
    assert [(fault.code, fault.row) for fault in error.faults] == [(code, at)]


def test_pools_that_differ_in_capitals_or_blanks_alone_are_refused_and_never_merged_or_split() -> None:
    error = refused(b"sex,pool,selected\nF,Admin team,yes\nM,ADMIN team,no\nM,Admin  team,no\nF,Admin team+,no\n")
    assert [(fault.code, fault.column, fault.row) for fault in error.faults] == [("pools-alike", "pool", (3, 4))]


def test_headings_amid_the_people_are_told_as_what_they_are() -> None:
    people = [[f"Q{n}", "FM"[n % 2], ("Yes", "No")[n % 3 > 0]] for n in range(20)]
    rows = [["Parks", "", ""], *people[:10], ["Libraries and archives", "", ""], *people[10:]]
    (fault,) = refused(table(rows, ["Ref", "Sex", "Selected"])).faults
    assert (fault.code, fault.row) == ("headings-amid-people", (2, 13))


@pytest.mark.parametrize(
    "rows", [[["Q1", "", ""], ["Q2", "F", "Yes"]] * 9, [["Parks", "", ""], ["Q2", "F", "Yes"], ["Q3", "M", "No"]]]
)
def test_a_person_of_whom_nothing_is_known_is_no_heading(rows: list[list[str]]) -> None:
    people = [[f"{row[0]}{n}", *row[1:]] if row[1] else row for n, row in enumerate(rows)]
    people = [[f"Q{n}", *row[1:]] if row[0] == "Q1" else row for n, row in enumerate(people)]
    assert read_workforce(table(people, ["Ref", "Sex", "Pool"])).people == len(rows)
