"""A label is put into the published group that it stands for, by word or by code; what could be two things is left to be asked."""

from __future__ import annotations

from collections import Counter

import pytest
from made import case, figures, refused, table

from eia.case import Case
from eia.errors import EiaError
from eia.intake.columns.categories import groups_of
from eia.intake.evidence import read_workforce
from eia.intake.workforce import Workforce

NHS = ["A", "A", "B", "C3", "H", "R", "S", "Z", "99"]


def read(column: str, cells: list[str], choices: Case | None = None) -> Workforce:
    return read_workforce(table([[cell, "F"] for cell in cells], [column, "sex"]), choices or case(), name="staff.csv")


def counts(workforce: Workforce, key: str) -> dict[str, int]:
    return dict(Counter(workforce.frame[key]))


def rules(workforce: Workforce) -> str:
    return "\n".join(done.rule for done in workforce.intake.recodings)


def labels(characteristic: str, cells: list[str], **categories: object) -> list[str | None]:
    return [group and group.label for group in groups_of(characteristic, cells, case(categories=categories))]


@pytest.mark.parametrize(
    ("characteristic", "cell", "group"),
    [
        ("race", "WHITE - BRITISH", "White British"), ("race", "White-Eng/Scot/Welsh/NI/Brit", "White British"),
        ("race", "WBRI", "White British"), ("race", "Asian/Asian British-Indian", "Indian"),
        ("race", "Mixed/Multiple", "Mixed or multiple"), ("race", "Chinese or other ethnic group - Chinese", "Chinese"),
        ("race", "Black/Black British - Caribbean", "Black Caribbean"), ("race", "Information refused", "Prefer not to say"),
        ("race", "NOBT", "Not recorded"), ("race", "#N/A", "Not recorded"), ("race", "N/A", "Not applicable"),
        ("religion", "Atheism", "No religion"), ("religion", "Roman Catholic", "Christian"),
        ("religion", "Jainism", "Any other religion or belief"),
        ("religion", "I do not wish to disclose my religion/belief", "Prefer not to say"),
        ("sexual_orientation", "Gay or Lesbian", "Gay or lesbian"), ("sexual_orientation", "Other not listed", "Other sexual orientation"),
        ("sexual_orientation", "Not stated (person asked but declined to provide a response)", "Prefer not to say"),
        ("disability", "Not Declared", "Not recorded"), ("disability", "Dyslexia", "Disabled"),
        ("disability", "Yes, limited a little", "Disabled"), ("disability", "No known disability", "Not disabled"),
        ("impairment", "Deaf or hearing impairment", "Deaf or hearing impairment"),
        ("marriage", "Legally separated", "Married or in a civil partnership"), ("marriage", "Widowed", "Neither"),
        ("contract", "Fixed Term Temp", "Fixed-term"), ("contract", "Open-ended", "Permanent"),
        ("family_leave", "Inactive - maternity", "Maternity leave"), ("working_pattern", "Reduced hours", "Part-time"),
    ],
)  # fmt: skip
def test_words_of_hr_systems_are_known(characteristic: str, cell: str, group: str) -> None:
    assert labels(characteristic, [cell]) == [group]


def test_a_column_of_nhs_codes_is_read_by_the_first_character() -> None:
    staff = read("Ethnic Origin", NHS)
    assert counts(staff, "race") == {
        "White British": 2, "White Irish": 1, "Any other White background": 1, "Indian": 1, "Chinese": 1,
        "Any other ethnic group": 1, "Prefer not to say": 1, "Not recorded": 1,
    }  # fmt: skip
    assert "NHS ethnic category codes" in rules(staff)


def test_a_stray_label_that_the_case_maps_leaves_the_codes_of_the_column_told() -> None:
    mapped = case(categories={"labels": {"race": {"Cornish": "White British"}}})
    staff = read("Ethnic Origin", [*NHS, "Cornish"], mapped)
    assert counts(staff, "race")["White British"] == 3
    assert "read by the NHS ethnic category codes" in rules(staff)


def test_codes_with_their_meaning_are_read_by_the_meaning_where_it_is_known() -> None:
    cells = ["A White - British", "CA White English", "PC Black Nigerian", "Z Not Stated", "R Chinese"]
    assert labels("race", cells) == [
        "White British", "White British", "Any other Black background", "Prefer not to say", "Chinese",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "cells", [["A", "B", "W"], ["WB", "BC", "AI", "A"], ["A", "B"], ["E European", "White British"]]
)
def test_letters_of_ones_own_are_not_codes(cells: list[str]) -> None:
    assert labels("race", cells)[0] is None


def test_hesa_codes_keep_no_disability_and_not_available_apart_and_the_kind_of_impairment() -> None:
    staff = read("Disability", ["51", "55", "95", "95", "98", "99"])
    assert counts(staff, "disability") == {"Disabled": 2, "Not disabled": 2, "Prefer not to say": 1, "Not recorded": 1}
    assert counts(staff, "impairment") == {
        "Learning difference": 1, "Mental health condition": 1, "Not disabled": 2, "Prefer not to say": 1, "Not recorded": 1,
    }  # fmt: skip


def test_a_column_of_yes_and_no_names_no_kind_of_impairment() -> None:
    assert "impairment" not in read("Disability", ["Yes", "No", ""]).dimensions


def test_a_column_of_kinds_answers_whether_somebody_is_disabled() -> None:
    assert counts(read("Impairment type", ["Deaf", "Yes", "None"]), "disability") == {"Disabled": 2, "Not disabled": 1}


def test_chinese_people_are_combined_as_the_case_says_and_that_others_differ_is_said() -> None:
    by_default = read("Ethnic Origin", NHS)
    assert counts(by_default, "race_group")["Asian or Asian British"] == 2
    assert "Chinese is Asian or Asian British, in Census 2001, as the NHS and ESR count Other ethnic group" in rules(
        by_default
    )
    as_the_nhs = read("Ethnic Origin", NHS, case(categories={"ethnicity": "census_2001"}))
    assert counts(as_the_nhs, "race_group")["Other ethnic group"] == 2
    assert "Census 2021, England and Wales Asian or Asian British" in rules(as_the_nhs)


def test_what_combined_groups_hold_is_asked() -> None:
    assert "ask which" in rules(read("Ethnicity", ["White", "Asian", "Other", "Black"]))
    assert "ask which" not in rules(read("Ethnicity", ["White", "Asian", "Black"]))


def test_categories_that_a_grouping_does_not_have_are_read_as_those_that_count_them() -> None:
    assert labels("race", ["Roma", "Arab"], ethnicity="census_2001") == [
        "Any other White background",
        "Any other ethnic group",
    ]
    assert labels("race", ["Roma", "Arab"], ethnicity="census_2011") == ["Any other White background", "Arab"]


def test_scotland_tells_scottish_from_other_british() -> None:
    cells = ["White Scottish", "English", "Polish", "White and Asian", "Black Caribbean"]
    assert labels("race", cells, ethnicity="scotland_2022") == [
        "White Scottish", "Other White British", "White Polish", "Mixed or multiple", "Caribbean or Black",
    ]  # fmt: skip
    staff = read("Ethnicity", ["1A", "1B", "1L", "5C", "98", "99"], case(categories={"ethnicity": "scotland_2022"}))
    assert counts(staff, "race_group") == {
        "White": 3, "Black or Black British": 1, "Prefer not to say": 1, "Not recorded": 1,
    }  # fmt: skip
    assert counts(read("Ethnicity", ["1A", "1B", "1L"]), "race") == {
        "White British": 2,
        "Any other White background": 1,
    }


def test_northern_ireland_has_irish_travellers_apart_from_white() -> None:
    staff = read(
        "Ethnicity",
        ["White British", "Irish Traveller", "Filipino"],
        case(categories={"ethnicity": "northern_ireland_2021"}),
    )
    assert counts(staff, "race_group") == {"White": 1, "Other ethnic group": 1, "Asian or Asian British": 1}


def test_the_case_says_what_a_label_stands_for() -> None:
    choices = case(
        categories={"labels": {"sex": {"Woman+": "Female", "?": "declined"}, "race": {"WB": "White British"}}}
    )
    staff = read_workforce(b"sex,ethnicity\nWoman+,WB\n?,WB\nM,Indian\n", choices)
    assert counts(staff, "sex") == {"Female": 1, "Prefer not to say": 1, "Male": 1}
    assert counts(staff, "race_group") == {"White": 2, "Asian or Asian British": 1}


def test_the_case_may_name_only_groups_and_characteristics_that_there_are() -> None:
    for wrong in ({"sex": {"X": "Neither"}}, {"colour": {"a": "b"}}):
        with pytest.raises(ValueError, match=r"labels of no characteristic|no groups of Sex"):
            case(categories={"labels": wrong})


def test_labels_that_are_not_known_are_listed_with_their_numbers_and_hold_back_only_their_characteristic() -> None:
    rows = [["Fmale", "White British"]] * 6 + [["Xy", "Indian"]] * 2 + [["M", "Indian"]] * 3
    staff = read_workforce(table(rows, ["sex", "ethnicity"]), case(), name="staff.csv")
    (held,) = staff.intake.held_back
    assert (held.characteristic, held.rows) == ("Sex", 8)
    shown, others = held.labels
    assert (shown, figures(others)) == ("“Fmale” (6)", ["1", "2"])
    assert "Xy" not in others
    assert set(staff.dimensions) == {"race", "race_group"}


def test_a_label_that_few_share_is_never_quoted() -> None:
    error: EiaError = refused(table([["Zebedee"], ["Zebedee"], ["F"]], ["sex"]))
    assert "Zebedee" not in str(error)


def test_what_somebody_wrote_about_their_health_is_never_a_group_of_its_own() -> None:
    staff = read("Disability", ["Deaf", "Yes", "No", "Zebedee's illness"])
    for key in ("disability", "impairment"):
        assert staff.frame[key].astype(str).tolist()[3] == "Not recorded"
    assert "Zebedee" not in repr(staff.intake)


@pytest.mark.parametrize(
    ("key", "cell", "label"),
    [("sexual_orientation", "Straight/Heterosexual", "Straight or heterosexual"), ("sexual_orientation", "Lesbian / Gay", "Gay or lesbian"), ("sex", "Females", "Female"),
     ("race", "White/Asian", "White and Asian"), ("race", "WhiteBritish", "White British"), ("race", "Black Caribbean and White", "White and Black Caribbean"),
     ("race", "Chinese or other ethnic group", None), ("race", "Other ethnic group - Chinese", "Chinese"), ("race", "British Asian", None)],
)  # fmt: skip
def test_the_order_of_alternatives_tells_no_groups_apart_and_that_of_words_does(
    key: str, cell: str, label: str | None
) -> None:
    (found,) = groups_of(key, [cell], case())
    assert (found and found.label) == label
