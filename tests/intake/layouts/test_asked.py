"""What a published table does not say is asked with a guess, or refused with its cause; nothing is misread in silence."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from made import case

from eia.errors import EiaError
from eia.findings.assess import assess
from eia.intake.counts.load_counts import CountedWorkforce, load_counts
from eia.intake.files.raw_table import open_table


def read(text: str, **choices: Any) -> CountedWorkforce:
    return load_counts(open_table(text.encode(), name="counts.csv"), case(**choices))


def asked(read: CountedWorkforce) -> dict[str, tuple[str, str]]:
    """Kind -> what is asked about, and our guess; only what an assessment waits for."""
    return {one.kind: (one.about, one.guess) for one in read.intake.questions if one.changes_who_is_counted}


def sums(read: CountedWorkforce, key: str) -> dict[str, tuple[int, int]]:
    """Group -> people, and those selected or dismissed; each exact."""
    tally = read.tallies[key]
    assert np.array_equal(tally.low, tally.high)
    told = zip(tally.groups, tally.low.sum(axis=(1, 2)), tally.low[:, :, 2:].sum(axis=(1, 2)), strict=True)
    return {group.label: (int(people), int(gone)) for group, people, gone in told if people}


def codes(text: str, **choices: Any) -> set[str]:
    with pytest.raises(EiaError) as caught:
        read(text, **choices)
    return {fault.code for fault in caught.value.faults}


WOMEN_AND_MEN = {"Female": (60, 12), "Male": (40, 4)}

# ------------------------------------------------------------------------------------------- columns that may count the selected

MAY_COUNT_SELECTED = [
    "Leaving", "At risk of leaving", "Losing post", "Exits", "Number to be made redundant", "RIF", "Proposed for deletion", "Employees separated",
    "Job losses", "Proposed leavers", "Reduction in force",
]  # fmt: skip


@pytest.mark.parametrize("header", MAY_COUNT_SELECTED)
@pytest.mark.parametrize("headers", ["Sex,Headcount,{}\n{}", "Characteristic,Group,People,{}\n{}"], ids=["any", "ours"])
def test_a_column_whose_words_speak_of_an_outcome_is_asked_about_and_read_by_our_guess(
    header: str, headers: str
) -> None:
    name = "" if headers.startswith("Sex") else "Sex,"
    found = read(headers.format(header, f"{name}Female,60,12\n{name}Male,40,4\n"))
    (about, guess) = asked(found)["outcome column"]
    assert (about, guess in ("selected", "dismissed")) == (header, True)
    assert sums(found, "sex") == WOMEN_AND_MEN


@pytest.mark.parametrize("header", ["Redundant posts", "To go"])
def test_a_word_that_is_known_is_read(header: str) -> None:
    assert sums(read(f"Sex,Headcount,{header}\nFemale,60,12\nMale,40,4\n"), "sex") == WOMEN_AND_MEN


def test_what_the_case_says_of_such_a_column_is_not_asked_again() -> None:
    text = "Sex,Headcount,Leaving\nFemale,60,12\nMale,40,4\n"
    said = read(text, outcomes={"Leaving": "selected"})
    assert (asked(said), sums(said, "sex")) == ({}, WOMEN_AND_MEN)
    left_out = read(text, ignored=("Leaving",))
    assert (asked(left_out), left_out.selections_given) == ({}, False)


def test_of_two_columns_that_speak_of_the_same_the_known_one_counts() -> None:
    found = read("Sex,Headcount,Selected,Leaving\nFemale,60,12,14\nMale,40,4,5\n")
    assert asked(found) == {"outcome column": ("Leaving", "")}
    assert sums(found, "sex") == WOMEN_AND_MEN


def test_a_column_of_which_nothing_is_known_is_asked_about_where_nobody_is_selected_and_not_used_meanwhile() -> None:
    found = read("Sex,Headcount,Tranche 1\nFemale,60,12\nMale,40,4\n")
    assert (asked(found), found.selections_given) == ({"outcome column": ("Tranche 1", "")}, False)
    assert asked(read("Sex,Headcount,Selected,Tranche 1\nFemale,60,12,1\nMale,40,4,1\n")) == {}


@pytest.mark.parametrize(
    "text",
    [
        ",Women,Men\nIn scope,60,40\nCompulsory exits,12,4\n",
        "Sex,Status,n\nF,Stay,48\nF,Go,12\nM,Stay,36\nM,Go,4\n",
        "Service,Women at risk,Women to leave,Men at risk,Men to leave\nParks,20,2,30,3\nArts,40,10,10,1\n",
    ],
    ids=["a row for each figure", "a row for each combination", "a column for each"],
)
def test_rows_and_cells_that_speak_of_an_outcome_are_asked_about_and_never_added_up_with_the_others(text: str) -> None:
    found = read(text)
    assert asked(found)["outcome column"][1] == "selected"
    assert sums(found, "sex") == WOMEN_AND_MEN


def test_everybody_beside_those_at_risk_is_no_group_more() -> None:
    found = read("Row Labels,At risk,Not at risk,Grand Total\nFemale,60,460,520\nMale,40,340,380\n")
    assert sums(found, "sex") == {"Female": (520, 0), "Male": (380, 0)}
    assert found.tallies["sex"].low[:2, -1, 0].tolist() == [460, 340]


def test_everybody_beside_those_selected_alone_is_whom_they_are_selected_from() -> None:
    found = read(",Workforce,,Displaced,\n,No.,%,No.,%\nGender\nFemale,60,60%,12,75%\nMale,40,40%,4,25%\n")
    assert sums(found, "gender") == WOMEN_AND_MEN


def test_a_word_for_an_outcome_that_is_a_group_too_is_a_group_beside_others_alone() -> None:
    assert set(sums(read(",Married,Separated,Single\nIn scope,30,10,20\nSelected,3,2,1\n"), "marriage")) >= {"Neither"}
    text = "Group,Employees before RIF,Employees separated,% separated\nMen,40,4,10%\nWomen,60,12,20%\n"
    assert sums(read(text), "sex") == WOMEN_AND_MEN


# ------------------------------------------------------------------------------------------------- words across the top

ACROSS = "{},{},\n,At risk,Selected,At risk,Selected\nWomen,20,4,40,8\nMen,15,1,25,3\n"


@pytest.mark.parametrize(("one", "other"), [("Directorate A", "Directorate B"), ("Grade 6", "Grade 7")])
def test_words_across_the_top_from_which_people_are_selected_are_asked_about_as_pools(one: str, other: str) -> None:
    text, both = f",{one},,{other},\n" + ACROSS.split("\n", 1)[1], f"{one}, {other}"
    found = read(text)
    assert (asked(found), found.pools) == ({"pool words": (both, both)}, (one, other))
    said = read(text, columns={"pool": both})
    assert (asked(said), said.pools) == ({}, (one, other))
    added_up = read(text, ignored=(both,))
    assert (asked(added_up), len(added_up.pools), sums(added_up, "sex")) == ({}, 1, WOMEN_AND_MEN)


@pytest.mark.parametrize("total", ["", ",Total"])
def test_words_across_the_top_without_selections_are_asked_about_and_added_up_meanwhile(total: str) -> None:
    sizes = (",60", ",50") if total else ("", "")
    found = read(f",Grade 6,Grade 7,SEO{total}\nWomen,10,20,30{sizes[0]}\nMen,15,15,20{sizes[1]}\n")
    assert asked(found) == {"pool words": ("Grade 6, Grade 7, SEO", "")}
    assert sums(found, "sex") == {"Female": (60, 0), "Male": (50, 0)}
    assert any("added up" in one.rule for one in found.intake.recodings)


def test_headings_that_may_name_pools_are_asked_about_too() -> None:
    found = read("Group,At risk,Selected\nFinance,,\nSex,,\nWomen,20,4\nMen,15,1\nIT,,\nSex,,\nWomen,40,8\nMen,25,3\n")
    assert asked(found)["pool words"] == ("Finance, IT", "Finance, IT")


def test_an_assessment_waits_for_the_answer_or_takes_the_guess(tmp_path: Any) -> None:
    file = tmp_path / "counts.csv"
    file.write_text(",Finance,,IT,\n" + ACROSS.split("\n", 1)[1])
    with pytest.raises(EiaError) as caught:
        assess(file)
    assert [fault.code for fault in caught.value.faults] == ["open-question"]
    assert assess(file, as_read=True).cube.layout.pools == ("Finance", "IT")


@pytest.mark.parametrize(
    "words", ["March,April", "Apr-24,May-24", "2023/24,2024/25", "Current,Proposed", "Before,After"]
)
def test_words_for_times_across_the_top_count_the_same_people_again(words: str) -> None:
    assert codes(f"Sex,{words}\nWomen,10,20\nMen,15,15\n") == {"several-times"}


# ------------------------------------------------------------------------------------------------- groups of other lists

ELSEWHERE = {
    "two rows": ",Retained,Selected\nWhite,90,10\nHispanic,24,6\n",
    "under a heading": ",At risk,Selected\nRace,,\nWhite,100,10\nHispanic,30,6\nSex,,\nMen,70,9\nWomen,60,7\n",
    "across the top": ",White,Hispanic\nAt risk,100,30\nSelected,10,6\n",
    "below the name of what stands across": "Ethnicity,White,Hispanic\nAt risk,100,30\nSelected,10,6\n",
    "one run with others": "Group,At risk,Selected\nWhite,100,10\nHispanic,30,6\nMale,70,9\nFemale,60,7\n",
}


@pytest.mark.parametrize("layout", ELSEWHERE)
@pytest.mark.parametrize("word", ["Hispanic", "Maori", "American Indian/Alaska Native", "Non-Hispanic"])
def test_a_group_of_another_list_is_a_group_of_its_own_wherever_it_stands(layout: str, word: str) -> None:
    assert sums(read(ELSEWHERE[layout].replace("Hispanic", word)), "race") == {"White": (100, 10), word: (30, 6)}


# ---------------------------------------------------------------------------------------------------------- percentages

OF_EACH_GROUP = {
    "a column of bases": "Sex,Base,Selected\nWomen,60,20%\nMen,40,10%\n",
    "under our headers": "Characteristic,Group,Total staff at risk,% of those at risk selected\nSex,Women,60,20\nSex,Men,40,10\n",
    "a rate": "Sex,Number at risk,Selection rate\nWomen,60,20%\nMen,40,10%\n",
    "in the labels": "Group,Selected,Not selected\nWomen (n=60),20.0%,80.0%\nMen (n=40),10.0%,90.0%\n",
    "a row of bases": "Measure,Women,Men\nBase,60,40\nSelected (%),20.0,10.0\n",
}
OF_A_COLUMN = {
    "in the headers": ",At risk (n=100),Selected (n=16)\nWomen,60.0%,75.0%\nMen,40.0%,25.0%\n",
    "a row at the end": "Sex,At risk,Selected\nWomen,60.0%,75.0%\nMen,40.0%,25.0%\nBase,100,16\n",
    "a row of less than a hundred in columns of percentages": "Sex,% at risk,% selected\nWomen,60.0,75.0\nMen,40.0,25.0\nUnweighted base,100,16\n",
    "the total alone": "Sex,At risk,,Selected,\n,N,%,N,%\nWomen,,60.0,,75.0\nMen,,40.0,,25.0\nAll,100,100,16,100\n",
}


@pytest.mark.parametrize("layout", OF_EACH_GROUP)
def test_percentages_with_the_people_of_each_group_are_of_them_and_that_is_asked(layout: str) -> None:
    found = read(OF_EACH_GROUP[layout])
    assert asked(found)["percentages"][1] == "group"
    assert sums(found, "sex") == WOMEN_AND_MEN


@pytest.mark.parametrize("layout", OF_A_COLUMN)
def test_percentages_that_add_up_to_100_with_one_number_are_of_the_column_and_that_is_asked(layout: str) -> None:
    found = read(OF_A_COLUMN[layout])
    assert asked(found)["percentages"][1] == "column"
    assert sums(found, "sex") == WOMEN_AND_MEN


NO_BASE = {
    "with signs": "Sex,At risk,Selected\nFemale,60%,70%\nMale,40%,30%\n",
    "in the headers": "Sex,% at risk,% selected\nFemale,60,70\nMale,40,30\n",
    "in the title": "Percentage of staff by sex\nSex,At risk,Selected\nFemale,60.0,70.0\nMale,40.0,30.0\nTotal,100.0,100.0\n",
    "by their sum alone": "Sex,At risk,Selected\nFemale,60.5,70.1\nMale,39.5,29.9\n",
    "rates": "Group,Rate of redundancy\nWomen,12.5%\nMen,8.3%\n",
    "of those selected, of whom there is no number": "Sex,At risk,Selected\nFemale,60,70%\nMale,40,30%\n",
}


@pytest.mark.parametrize("layout", NO_BASE)
def test_percentages_of_a_number_that_is_nowhere_given_are_refused(layout: str) -> None:
    assert codes(NO_BASE[layout]) == {"percentages-without-base"}


def test_groups_of_several_characteristics_in_one_run_are_told_apart() -> None:
    found = read("Group,Headcount,Selected\nWomen,60,12\nMen,40,4\nDisabled,10,3\nNot disabled,90,13\n")
    assert sums(found, "sex") == WOMEN_AND_MEN
    assert sums(found, "disability") == {"Disabled": (10, 3), "Not disabled": (90, 13)}


def test_labels_that_one_wide_group_holds_are_added_up_and_that_is_said() -> None:
    found = read("Marital status,At risk,Selected\nMarried,30,3\nSingle,20,1\nDivorced,5,*\nUnknown,4,1\nTotal,59,7\n")
    assert sums(found, "marriage") == {
        "Married or in a civil partnership": (30, 3),
        "Neither": (25, 3),
        "Not recorded": (4, 1),
    }
    assert any("added up as “Neither”" in one.rule for one in found.intake.recodings)
    assert codes("Sex,At risk,Selected\nFemale,30,3\nWomen,20,1\nMale,5,1\n") == {"repeated-row", "figures-disagree"}
