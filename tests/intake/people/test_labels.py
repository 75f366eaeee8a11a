"""A label that is not known is read as what it most likely means, or as in no group, and asked about; it holds nothing back while most are known."""

from __future__ import annotations

from pathlib import Path

import pytest
from made import CANARY, case, table

from eia.intake.evidence import read_workforce
from eia.intake.questions import OpenQuestion
from eia.intake.workforce import Workforce


def read(header: str, cells: list[str], **choices: object) -> Workforce:
    rows = [["A", cell] for cell in cells]
    return read_workforce(table(rows, ["pool", header]), case(**choices), name="staff.csv")


def groups(staff: Workforce, key: str) -> list[str]:
    return staff.frame[key].astype(str).tolist()


def one(staff: Workforce) -> OpenQuestion:
    (question,) = staff.intake.questions
    return question


def test_women_and_men_are_assessed_though_some_are_in_neither_group_whose_rows_are_named() -> None:
    staff = read("Sex", ["F", "M"] * 10 + ["X", "Non-binary"])
    assert groups(staff, "sex")[-2:] == ["Not recorded", "Not recorded"]
    question = one(staff)
    assert (question.kind, question.rows, question.guess, question.seen) == ("rare labels", 2, "not recorded", ())
    assert "rows 22, 23" in question.reason
    assert question.setting == ("categories", "others", "sex")
    assert {choice.answer for choice in question.choices} == {
        "likeliest",
        "Female",
        "Male",
        "declined",
        "not recorded",
        "not applicable",
    }


def test_a_characteristic_is_held_back_only_where_most_labels_are_unknown() -> None:
    assert "sex" in read("Sex", ["F", "M", "Q", "Q"]).dimensions
    held = read_workforce(table([["F", "6"], ["Q", "6"], ["Q", "7"], ["R", "7"]], ["sex", "grade"])).intake.held_back
    assert [(one.key, one.rows) for one in held] == [("sex", 3)]


@pytest.mark.parametrize(
    ("header", "key", "known", "cell", "group"),
    [
        ("Sex", "sex", ["Female", "Male"], "Femael", "Female"),
        ("Ethnicity", "race", ["White British", "Indian"], "White Britsh", "White British"),
        ("Religion", "religion", ["Christian", "Muslim"], "Christain", "Christian"),
        (
            "Sexual orientation",
            "sexual_orientation",
            ["Heterosexual", "Gay"],
            "Hetrosexual",
            "Straight or heterosexual",
        ),
        ("Working pattern", "working_pattern", ["Full time", "Part time"], "Part-tme", "Part-time"),
    ],
)
def test_a_misspelt_label_is_read_as_what_it_almost_is_and_asked_about(
    header: str, key: str, known: list[str], cell: str, group: str
) -> None:
    staff = read(header, known * 6 + [cell] * 5)
    assert groups(staff, key)[-1] == group
    question = one(staff)
    assert (question.kind, question.about, question.rows, question.guess) == ("label", cell, 5, group)
    assert question.setting == ("categories", "labels", key, cell)


@pytest.mark.parametrize(
    ("header", "key", "cell", "group"),
    [("Disability", "disability", "Yes - physical", "Disabled"), ("Religion", "religion", "Christian (Coptic)", "Christian"), ("Marital status", "marriage", "Married, abroad", "Married or in a civil partnership")],
)  # fmt: skip
def test_a_label_that_begins_with_a_known_one_is_read_as_that_and_asked_about(
    header: str, key: str, cell: str, group: str
) -> None:
    staff = read(header, [cell] * 5 + ["Not known"] * 5)
    assert groups(staff, key)[0] == group
    assert (one(staff).about, one(staff).guess) == (cell, group)


def test_a_misspelling_that_could_be_either_of_two_groups_is_in_neither() -> None:
    staff = read("Sex", ["Female", "Male"] * 6 + ["Fmale"] * 5)
    assert groups(staff, "sex")[-1] == "Not recorded"
    assert one(staff).guess == "not recorded"


def test_a_label_that_is_none_of_the_published_groups_is_a_group_of_its_own_and_asked_about() -> None:
    label = "Chinese or Other Ethnic Group (pre 2021 category)"
    staff = read("Ethnicity", ["White", "Asian or Asian British"] * 5 + [label] * 5)
    assert groups(staff, "race")[-1] == label
    question = one(staff)
    assert (question.about, question.guess) == (label, label)
    assert label in {choice.answer for choice in question.choices}


@pytest.mark.parametrize(
    ("cell", "kind", "group"),
    [
        ("Prefers not to answer this", "declined", "Prefer not to say"),
        ("Unknown to HR", "not recorded", "Not recorded"),
    ],
)
def test_what_reads_like_a_way_of_not_answering_is_taken_for_one_and_asked_about(
    cell: str, kind: str, group: str
) -> None:
    staff = read("Ethnicity", ["White British", "Indian"] * 5 + [cell] * 6)
    assert groups(staff, "race")[-1] == group
    question = one(staff)
    assert (question.kind, question.about, question.guess) == ("not answered", cell, kind)


@pytest.mark.parametrize(
    ("often", "seldom"),
    [("Grade 7", "GRADE 7"), ("Grade 7", "grade  7"), ("Grade 7", "7 Grade"), ("Officers", "Officer"), ("Head of Unit", "Head Unit"), ("Scale-6", "Scale 6"),
     ("PO1 [note 1]", "PO1"), ("Teacher/Leader", "Leader or teacher"), ("SeniorOfficer", "Senior Officer")],
)  # fmt: skip
def test_two_labels_that_differ_only_in_how_they_are_written_are_one_and_asked_about(often: str, seldom: str) -> None:
    staff = read("Grade", [often] * 8 + [seldom] * 5 + ["Chief"] * 5)
    assert set(groups(staff, "grade")) == {often, "Chief"}
    question = one(staff)
    assert (question.kind, question.about, question.guess, question.rows) == ("near labels", seldom, often, 5)
    apart = read("Grade", [often] * 8 + [seldom] * 5, categories={"labels": {"grade": {seldom: seldom}}})
    assert set(groups(apart, "grade")) == {often, seldom}
    assert apart.intake.questions == ()


def test_a_label_that_names_another_and_something_else_stays_apart_until_told() -> None:
    staff = read("Nationality", ["British"] * 8 + ["British/Irish"] * 5)
    assert set(groups(staff, "nationality")) == {"British", "British/Irish"}
    assert (one(staff).kind, one(staff).guess) == ("near labels", "British/Irish")


@pytest.mark.parametrize(
    "labels",
    [
        ["Grade 6", "Grade 7"],
        ["Band (6)", "Band (7)"],
        ["Grade 7", "Grade 7+"],
        ["Band A", "Band"],
        ["SCP 11", "SCP 12"],
    ],
)
def test_labels_that_mean_different_things_are_not_asked_about(labels: list[str]) -> None:
    staff = read("Grade", labels * 5)
    assert set(groups(staff, "grade")) == set(labels)
    assert staff.intake.questions == ()


def test_what_the_case_answers_is_not_asked_again() -> None:
    answers = {"categories": {"labels": {"sex": {"X": "not applicable"}, "religion": {"Jedi": "Jedi"}}}}
    assert read("Sex", ["F", "M"] * 4 + ["X"], **answers).intake.questions == ()
    assert read("Religion", ["Christian"] * 4 + ["Jedi"], **answers).intake.questions == ()


@pytest.mark.parametrize(
    ("told", "held"),
    [("likeliest", ["Christian", "Other answers"]), ("as written", ["Christain", "Jedi"]), ("declined", ["Prefer not to say"] * 2), ("Sikh", ["Sikh"] * 2)],
)  # fmt: skip
def test_labels_that_are_not_shown_are_answered_together(told: str, held: list[str]) -> None:
    staff = read(
        "Religion", ["Christian", "Muslim"] * 5 + ["Christain", "Jedi"], categories={"others": {"religion": told}}
    )
    assert groups(staff, "religion")[-2:] == held
    assert staff.intake.questions == ()


def test_no_label_that_is_not_known_is_a_group_of_its_own_of_women_and_men() -> None:
    with pytest.raises(ValueError, match="no groups of Sex"):
        case(categories={"others": {"sex": "as written"}})


def test_a_label_that_few_rows_share_is_shown_nowhere() -> None:
    staff = read("Ethnicity", ["White British", "Indian"] * 5 + [CANARY] * 4)
    asked = list(staff.intake.questions)
    assert asked[0].about == "Ethnicity"
    assert CANARY not in repr(asked)
    assert CANARY not in repr(staff.intake.recodings)


def test_bands_of_ages_are_groups_of_age(tmp_path: Path) -> None:
    for header in ("Age", "Age band", "AgeGroup"):
        staff = read(header, ["16-24", "25 to 34", "Under 16", "65+", "35-44 years", "Not known"])
        labels = [group.label for group in staff.dimensions["age"].groups if group.kind == "answer"]
        assert labels == ["Under 16", "16 to 24", "25 to 34", "35 to 44", "65 and over"]
        assert groups(staff, "age")[-1] == "Not recorded"
        assert "age_years" not in staff.frame


def test_ages_count_where_the_file_has_bands_too() -> None:
    rows = [["30", "16-24"], ["50", "45-54"]]
    staff = read_workforce(table(rows, ["age", "age band"]))
    assert groups(staff, "age") == ["25 to 34", "45 to 54"]


@pytest.mark.parametrize("header", ["Leave type", "Family leave", "On family leave"])
@pytest.mark.parametrize(("word", "group"), [
    ("Mat leave", "Maternity leave"), ("ML", "Maternity leave"), ("OML/AML", "Maternity leave"), ("SPL", "Shared parental leave"), ("Adoption", "Adoption leave"),
    ("Paternity", "Paternity leave"), ("Paternity leave", "Paternity leave"), ("OPL", "Paternity leave"), ("Parental leave", "Parental leave"), ("Sick", "Not on family leave"),
])  # fmt: skip
def test_leave_as_systems_write_it_is_known(header: str, word: str, group: str) -> None:
    read = read_workforce(table([[f"R{n}", word if n < 6 else "None"] for n in range(30)], ["ref", header]))
    expected = {"Not on family leave": 24 + 6 * (group == "Not on family leave")} | (
        {group: 6} if group != "Not on family leave" else {}
    )
    assert {
        str(label): int(rows) for label, rows in read.frame["family_leave"].value_counts().items() if rows
    } == expected
    assert read.intake.questions == ()


def test_leave_of_no_known_kind_is_asked_about() -> None:
    (question,) = read_workforce(
        table([[f"R{n}", "KIT" if n < 6 else "Maternity"] for n in range(30)], ["ref", "Leave type"])
    ).intake.questions
    assert (question.kind, question.about, question.rows) == ("label", "KIT", 6)


@pytest.mark.parametrize(("cell", "group"), [
    ("Left blank", "Not recorded"), ("Info not provided", "Not recorded"), ("We do not know", "Not recorded"), ("Skip", "Prefer not to say"),
    ("I would rather not say", "Prefer not to say"), ("does not want to say", "Prefer not to say"), ("Not disclosed / declined", "Prefer not to say"),
])  # fmt: skip
def test_plain_ways_of_not_answering_are_known(cell: str, group: str) -> None:
    staff = read("Ethnicity", ["White British", "Indian"] * 5 + [cell] * 6)
    assert (groups(staff, "race")[-1], staff.intake.questions) == (group, ())


@pytest.mark.parametrize(("cell", "group"), [
    ("Disabled people", "Disabled"), ("People who are not disabled", "Not disabled"), ("Non-disabled staff", "Not disabled"),
])  # fmt: skip
def test_the_disabled_are_known_as_people_too(cell: str, group: str) -> None:
    assert groups(read("Disability", ["Yes", "No"] * 5 + [cell] * 6), "disability")[-1] == group
