"""A characteristic with a column for each of its groups, or with a column for one of them, is read as one and asked about."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from made import case, table

from eia.findings.assess import assess
from eia.intake.asking.answers import answered
from eia.intake.evidence import read_workforce
from eia.intake.questions import OpenQuestion
from eia.intake.workforce import Workforce

YES_AND_NO = [
    ("1", "0"),
    ("Yes", "No"),
    ("x", ""),
    ("TRUE", "FALSE"),
    ("Y", "N"),
    ("✓", ""),
    ("1.0", "0.0"),
    ("T", "F"),
]


def people(headers: list[str], cells: Callable[[int], list[str]], rows: int = 30) -> bytes:
    return table(
        [[f"R{n}", *cells(n), "A", ("selected", "retained")[n % 3 > 0]] for n in range(rows)],
        ["Ref", *headers, "Pool", "Outcome"],
    )


def sizes(staff: Workforce, column: str) -> dict[str, int]:
    return {str(label): int(rows) for label, rows in staff.frame[column].value_counts(dropna=False).items() if rows}


def asked(read: Workforce) -> OpenQuestion:
    (question,) = [one for one in read.intake.questions if one.kind == "group columns"]
    return question


@pytest.mark.parametrize(("yes", "no"), YES_AND_NO)
@pytest.mark.parametrize(("headers", "column", "found"), [
    (["White", "Asian", "Black"], "race_group", {"White": 10, "Asian or Asian British": 10, "Black or Black British": 10}),
    (["Ethnicity_White British", "Ethnicity_Indian", "Ethnicity_Black African"], "race", {"White British": 10, "Indian": 10, "Black African": 10}),
    (["Religion: Christian", "Religion: Muslim", "Religion: None"], "religion", {"Christian": 10, "Muslim": 10, "No religion": 10}),
    (["Heterosexual", "Gay or lesbian", "Bisexual"], "sexual_orientation", {"Straight or heterosexual": 10, "Gay or lesbian": 10, "Bisexual": 10}),
    (["Under 25", "25-34", "35-44"], "age", {"Under 25": 10, "25 to 34": 10, "35 to 44": 10}),
])  # fmt: skip
def test_a_column_for_each_group_is_read_into_one(
    headers: list[str], column: str, found: dict[str, int], yes: str, no: str
) -> None:
    data = people(headers, lambda n: [yes if n % 3 == place else no for place in range(3)])
    read = read_workforce(data)
    question = asked(read)
    assert sizes(read, column) == found
    assert (question.seen, question.guess, question.changes_who_is_counted) == (
        tuple(headers),
        ", ".join(headers),
        False,
    )
    assert [done.rows for done in read.intake.recodings if done.column == question.about][:1] == [30]
    told = read_workforce(data, answered(case(), [(question, question.guess)]))
    assert sizes(told, column) == found
    assert not [one for one in told.intake.questions if one.kind == "group columns"]


def test_it_may_be_left_out() -> None:
    data = people(["Sex", "White", "Black"], lambda n: ["FM"[n % 2], str(n % 2), str(1 - n % 2)])
    told = read_workforce(data, answered(case(), [(asked(read_workforce(data)), "")]))
    assert ("race" in told.dimensions, "race_group" in told.dimensions) == (False, False)


def test_rows_with_several_are_counted_in_no_group_and_asked_about() -> None:
    data = people(
        ["White", "Asian", "Black"],
        lambda n: [str(int(n % 3 == place or (n < 6 and place == 0))) for place in range(3)],
    )
    read = read_workforce(data)
    assert sizes(read, "race_group") == {
        "White": 10,
        "Asian or Asian British": 8,
        "Black or Black British": 8,
        "Not recorded": 4,
    }
    assert [done.rows for done in read.intake.recodings if "more than one" in done.rule] == [4]
    assert [(one.kind, one.rows) for one in read.intake.questions if one.kind != "group columns"] == [
        ("rare labels", 4)
    ]


def test_a_group_that_stands_only_far_below_and_a_mark_that_is_neither_yes_nor_no() -> None:
    groups = [0] * 300 + [1] * 200 + [2] * 6
    data = people(
        ["White", "Asian", "Black"],
        lambda n: ["?" if n == 400 else str(int(groups[n] == place)) for place in range(3)],
        rows=506,
    )
    read = read_workforce(data)
    assert sizes(read, "race_group") == {
        "White": 300,
        "Asian or Asian British": 199,
        "Black or Black British": 6,
        "Not recorded": 1,
    }
    assert [done.rows for done in read.intake.recodings if "neither yes nor no" in done.rule] == [1]


# ------------------------------------------------------------------------------------------------------------- of one group


@pytest.mark.parametrize(("header", "column", "found"), [
    ("FEMALE_IND", "sex", {"Female": 10, "Male": 20}), ("Female?", "sex", {"Female": 10, "Male": 20}), ("Is Male", "sex", {"Male": 10, "Female": 20}),
    ("PermanentFlag", "contract", {"Permanent": 10, "Fixed-term": 20}), ("Married", "marriage", {"Married or in a civil partnership": 10, "Neither": 20}),
    ("Muslim (Y/N)", "religion", {"Muslim": 10, "Everyone else": 20}),
])  # fmt: skip
@pytest.mark.parametrize(("yes", "no"), YES_AND_NO)
def test_a_column_for_one_group_is_asked_about_with_the_other_side(
    header: str, column: str, found: dict[str, int], yes: str, no: str
) -> None:
    read = read_workforce(people([header], lambda n: [yes if n % 3 == 0 else no]))
    assert (asked(read).setting, asked(read).seen) == (("columns", column), (header,))
    assert sizes(read, column) == found


@pytest.mark.parametrize("header", ["DISABLED_IND", "Is Disabled", "Disabled (Y/N)", "Disabled Indicator"])
@pytest.mark.parametrize(("yes", "no"), [("1", "0"), ("Y", "N"), ("TRUE", "FALSE")])
def test_of_disability_the_other_side_is_certain(header: str, yes: str, no: str) -> None:
    read = read_workforce(people([header], lambda n: [yes if n % 3 == 0 else no]))
    assert (sizes(read, "disability"), read.intake.questions) == ({"Disabled": 10, "Not disabled": 20}, ())


def test_beside_a_column_of_its_own_nothing_is_made() -> None:
    read = read_workforce(people(["Sex", "Female"], lambda n: ["FM"[n % 2], str(1 - n % 2)]))
    assert not [one for one in read.intake.questions if one.kind == "group columns"]


def test_it_is_assessed_like_any_other() -> None:
    found = assess(people(["Male", "Female"], lambda n: [str(n % 2), str(1 - n % 2)]))
    assert {one.group.label for one in found.findings if one.characteristic.key == "sex"} == {"Male", "Female"}


@pytest.mark.parametrize(("headers", "column", "found"), [
    (["isFemale", "isMale"], "sex", {"Female": 15, "Male": 15}), (["is_male", "is_female"], "sex", {"Male": 15, "Female": 15}),
    (["eth_White", "eth_Asian"], "race_group", {"White": 15, "Asian or Asian British": 15}),
])  # fmt: skip
def test_a_header_with_a_word_in_front_names_its_group(headers: list[str], column: str, found: dict[str, int]) -> None:
    read = read_workforce(people(headers, lambda n: [str(int(n % 2 == place)) for place in range(2)]))
    assert sizes(read, column) == found
    assert not [one for one in read.intake.questions if one.kind == "label"]
    assert not {*headers} & {*read.intake.unused}
