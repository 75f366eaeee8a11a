"""References: which column holds them, what a number at their end tells apart, and whether two files that write them differently mean the same
people. Each is asked with a guess, and the answer is kept in the case."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from made import case, refused, table

from eia.errors import EiaError
from eia.findings.assess import assess
from eia.intake.asking.answers import answered, case_line
from eia.intake.evidence import read_workforce
from eia.intake.questions import OpenQuestion
from eia.intake.workforce import Workforce

HEADERS = ["Staff No", "Sex", "Pool", "Outcome"]


def asked(read: Workforce, kind: str) -> OpenQuestion:
    return next(question for question in read.intake.questions if question.kind == kind)


def row(reference: str, n: int) -> list[str]:
    return [reference, "FM"[n % 2], "Clerks", "selected" if n % 3 == 0 else "retained"]


def posts(first: str, second: str, *, differ: int = 0) -> list[list[str]]:
    """Thirty people; five of them have another post. differ: how many of these rows say another sex."""
    others = [row(f"{12345600 + n}{second}", n + (n < differ)) for n in range(5)]
    return [*(row(f"{12345600 + n}{first}", n) for n in range(30)), *others]


# -------------------------------------------------------------------------------------------------------------- assignments


@pytest.mark.parametrize(("first", "second"), [
    ("-1", "-2"), ("/1", "/2"), ("_1", "_2"), (".1", ".2"), ("-01", "-02"), (" 1", " 2"), (" - 1", " - 2"), (" (1)", " (2)"),
    ("", "-2"), ("", "/2"), ("A", "B"), ("", "A"), ("-A", "-B"),
])  # fmt: skip
def test_references_that_differ_in_an_assignment_alone_are_asked_about(first: str, second: str) -> None:
    data = table(posts(first, second), HEADERS)
    read = read_workforce(data)
    question = asked(read, "assignments")
    assert (question.rows, question.guess, question.setting, read.people) == (10, "posts", ("people", "suffix"), 30)
    assert question.changes_who_is_counted
    for answer, people in (("posts", 30), ("people", 35)):
        told = read_workforce(data, answered(case(), [(question, answer)]))
        assert (told.people, told.intake.questions) == (people, ())
    assert case_line(question, "people") == ("people", 'suffix = "people"')
    with pytest.raises(EiaError, match="posts of one person"):
        assess(data)


def test_an_unknown_header_with_assignments_is_asked_about_too() -> None:
    read = read_workforce(table(posts("-1", "-2"), ["Asg", *HEADERS[1:]]))
    assert [(one.kind, one.guess) for one in read.intake.questions] == [("reference", "Asg"), ("assignments", "posts")]
    assert read.people == 30


def test_rows_that_contradict_each_other_are_guessed_to_be_people() -> None:
    read = read_workforce(table(posts("-1", "-2", differ=2), HEADERS))
    assert (asked(read, "assignments").guess, read.people) == ("people", 35)


@pytest.mark.parametrize("reference", ["HR-{}", "2026-{}", "FIN1-{}", "E{}", "AB12{}"])
def test_numbers_in_a_row_are_no_assignments(reference: str) -> None:
    assert read_workforce(table([row(reference.format(n), n) for n in range(30)], HEADERS)).intake.questions == ()


def test_people_who_differ_in_most_rows_are_no_assignments() -> None:
    people = [row(f"{n // 2}{'FM'[n % 2]}", n) for n in range(30)]
    assert read_workforce(table(people, HEADERS)).intake.questions == ()


def test_the_same_assignment_twice_is_refused_though_others_are_posts() -> None:
    error = refused(table([*posts("-1", "-2"), row("12345600-1", 1)], HEADERS), case(people={"suffix": "posts"}))
    assert [fault.code for fault in error.faults] == ["duplicate-reference"]


# ------------------------------------------------------------------------------------------------------------ two references

TWO = ["Employee No", "Assignment Number", "Sex", "Pool"]


def employees(again: int = 0) -> list[list[str]]:
    rows = [[str(100 + n), str(70000 + n), "FM"[n % 2], "Clerks"] for n in range(30)]
    return [*rows, *([str(100 + n), str(80000 + n), "FM"[n % 2], "Clerks"] for n in range(again))]


def test_the_reference_whose_repeated_rows_are_alike_is_guessed() -> None:
    data = table(employees(again=3), TWO)
    read = read_workforce(data)
    question = asked(read, "reference")
    assert (question.guess, question.changes_who_is_counted, read.people) == ("Employee No", True, 30)
    assert [choice.answer for choice in question.choices] == ["Employee No", "Assignment Number"]
    assert read_workforce(data, case(columns={"reference": "Assignment Number"})).people == 33


def test_a_number_that_many_share_is_no_reference() -> None:
    rows = [[str(n % 3), str(100 + n), "FM"[n % 2], "Clerks"] for n in range(30)]
    assert (
        asked(read_workforce(table(rows, ["Payroll No", "Staff ID", "Sex", "Pool"])), "reference").guess == "Staff ID"
    )


def test_two_that_tell_the_same_people_apart_stop_nothing() -> None:
    (question,) = read_workforce(table(employees(), TWO)).intake.questions
    assert (question.kind, question.guess, question.changes_who_is_counted) == ("twice", "Employee No", False)


@pytest.mark.parametrize(
    ("header", "reference"), [("Assignment Number", "7000{}"), ("Staff ref", "10{}"), ("Worker ID", "7000{}")]
)
def test_the_reference_that_joins_the_selections_is_guessed(header: str, reference: str) -> None:
    chosen = table([[reference.format(n), "selected"] for n in range(5)], [header, "Outcome"])
    read = read_workforce(table(employees(), TWO), selections=chosen)
    assert asked(read, "reference").guess == ("Employee No" if reference == "10{}" else "Assignment Number")
    assert int((read.frame["outcome"] == "selected").sum()) == 5


def test_the_reference_of_the_selections_that_joins_is_guessed() -> None:
    staff = table([row(str(100 + n), n)[:3] for n in range(30)], HEADERS[:3])
    chosen = table([[str(7 + n), str(100 + n), "selected"] for n in range(5)], ["Payroll No", "Employee No", "Outcome"])
    read = read_workforce(staff, selections=chosen)
    assert asked(read, "reference").guess == "Employee No"
    assert int((read.frame["outcome"] == "selected").sum()) == 5


# ------------------------------------------------------------------------------------------- written differently in two files


@pytest.mark.parametrize(("ours", "theirs", "setting", "answer"), [
    ("00{}", "{}", "same_without", "zeros"), ("{}", "000{}", "same_without", "zeros"), ("{}", "{}.0", "same_without", "decimals"),
    ("E{}", "{}", "same_without", "letters"), ("{}", "EMP-{}", "same_without", "letters"), ("a{}b", "A{}B", "same_without", "capitals"),
    ("X{}Y", "X-{}-Y", "same_without", "marks"), ("{}", "{}-1", "suffix", "posts"), ("{}/1", "{}", "suffix", "posts"),
])  # fmt: skip
def test_references_that_two_files_write_differently_are_joined_only_by_a_guess_that_is_asked(
    ours: str, theirs: str, setting: str, answer: str
) -> None:
    staff = table([*(row(ours.format(100 + n), n)[:3] for n in range(30)), row("000", 0)[:3]], HEADERS[:3])
    chosen = table([[theirs.format(100 + n), "selected"] for n in range(5)], ["Ref", "Outcome"])
    read = read_workforce(staff, selections=chosen)
    question = asked(read, "same reference")
    assert (question.setting, question.guess, question.rows, question.changes_who_is_counted) == (
        ("people", setting),
        answer,
        5,
        True,
    )
    same = read_workforce(staff, case(people={setting: answer}), selections=chosen)
    assert (same.intake.questions, int((same.frame["outcome"] == "selected").sum())) == ((), 5)
    other = answered(case(), [(question, question.choices[1].answer)])
    with pytest.raises(EiaError) as caught:
        read_workforce(staff, other, selections=chosen)
    assert [fault.code for fault in caught.value.faults] == ["selected-not-in-file"]


@pytest.mark.parametrize("change", [lambda n: f"{100 + n}", lambda n: "1E+11"])
def test_what_would_make_one_of_two_people_or_is_lost_is_not_offered(change: Callable[[int], str]) -> None:
    staff = table([*(row(f"00{100 + n}", n)[:3] for n in range(30)), row("0100", 1)[:3]], HEADERS[:3])
    chosen = table([[change(n), "selected"] for n in range(5)], ["Ref", "Outcome"])
    with pytest.raises(EiaError) as caught:
        read_workforce(staff, selections=chosen)
    assert "selected-not-in-file" in {fault.code for fault in caught.value.faults}


def test_a_bare_list_in_other_capitals_is_joined_by_a_guess_that_is_asked() -> None:
    staff = table([row(f"k{100 + n}", n)[:3] for n in range(30)], HEADERS[:3])
    chosen = table([[f"K{100 + n}"] for n in range(5)], ["To be made redundant"])
    read = read_workforce(staff, selections=chosen)
    assert (asked(read, "same reference").guess, int((read.frame["outcome"] == "selected").sum())) == ("capitals", 5)


def test_references_that_differ_in_two_ways_are_refused_with_both() -> None:
    staff = table([row(f"00{100 + n}", n)[:3] for n in range(30)], HEADERS[:3])
    chosen = table([[f"{100 + n}.0", "selected"] for n in range(5)], ["Ref", "Outcome"])
    with pytest.raises(EiaError) as caught:
        read_workforce(staff, selections=chosen)
    (fault,) = caught.value.faults
    assert (fault.code, "zeros in front" in fault.what, "“.0”" in fault.what) == ("selected-not-in-file", True, True)
