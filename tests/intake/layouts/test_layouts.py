"""A table of counts in any layout that people publish gives the counts that it states; what it cannot place it shows."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from made import case

from eia.errors import EiaError
from eia.intake.counts.load_counts import CountedWorkforce, load_counts
from eia.intake.files.raw_table import open_table
from eia.intake.layouts.laid_out import counts_file

Counts = dict[tuple[str, ...], Any]


def read(text: str, **choices: Any) -> CountedWorkforce:
    return load_counts(open_table(text.encode(), name="counts.csv"), case(**choices))


def refusal(text: str) -> EiaError:
    with pytest.raises(EiaError) as caught:
        read(text)
    return caught.value


def counts(read: CountedWorkforce, key: str) -> Counts:
    """Group, pool ("-" for none) and outcome -> how many, or the least and the most; without cells that are 0."""
    tally = read.tallies[key]
    pools, outcomes = (
        (*read.pools, "-"),
        ("retained", "slotted in", "volunteer accepted", "selected", "redeployed", "dismissed"),
    )
    return {
        (tally.groups[g].label, pools[k], outcomes[o]): int(high) if tally.low[g, k, o] == high else (int(tally.low[g, k, o]), int(high))
        for (g, k, o), high in np.ndenumerate(tally.high)
        if high
    }  # fmt: skip


def people(read: CountedWorkforce, key: str) -> dict[str, int]:
    """Group -> how many people, whatever becomes of them."""
    tally = read.tallies[key]
    sizes = zip(tally.groups, tally.low.sum(axis=(1, 2)), strict=True)
    return {group.label: int(size) for group, size in sizes if size}


WOMEN_AND_MEN = {
    ("Female", "Finance", "selected"): 14, ("Female", "Finance", "retained"): 26, ("Male", "Finance", "selected"): 6,
    ("Male", "Finance", "retained"): 34, ("Female", "IT", "selected"): 7, ("Female", "IT", "retained"): 13,
    ("Male", "IT", "selected"): 5, ("Male", "IT", "retained"): 35,
}  # fmt: skip
BY_POOL = {
    "a row for each combination": "Pool,Sex,Outcome,Count\nFinance,F,Selected,14\nFinance,F,Retained,26\nFinance,M,Selected,6\nFinance,M,Retained,34\n"
    "IT,F,Selected,7\nIT,F,Retained,13\nIT,M,Selected,5\nIT,M,Retained,35\n",
    "the count first, other words": "Headcount,redundancy_pool,Gender [note 1],Decision\n14,Finance,Women,Selected\n26,Finance,Women,Retained\n"
    "6,Finance,Men,Selected\n34,Finance,Men,Retained\n7,IT,Women,Selected\n13,IT,Women,Retained\n5,IT,Men,Selected\n35,IT,Men,Retained\n",
    "totals among the rows": "Sex,Pool,Result,No. of people\nAll,Finance,All,80\nF,Finance,Selected,14\nF,Finance,Retained,26\nF,Finance,All,40\n"
    "M,Finance,Selected,6\nM,Finance,Retained,34\nAll,Total,All,140\nF,IT,Selected,7\nF,IT,Retained,13\nM,IT,Selected,5\nM,IT,Retained,35\n",
    "a column for each outcome": "Pool,Sex,Selected,Retained,Total\nFinance,F,14,26,40\nFinance,M,6,34,40\nFinance,All,20,60,80\nIT,F,7,13,20\n"
    "IT,M,5,35,40\nAll pools,F,21,39,60\n",
    "a column for each group": "Pool,Outcome,Women,Men,Total\nFinance,Selected,14,6,20\nFinance,Retained,26,34,60\nIT,Selected,7,5,12\nIT,Retained,13,35,48\n",
    "two words in a header": "Pool,Women at risk,Women selected,Men at risk,Men selected\nFinance,40,14,40,6\nIT,20,7,40,5\n",
    "pools across the top": ",Finance,,IT,\nSex,In scope,Selected,In scope,Selected\nFemale,40,14,20,7\nMale,40,6,40,5\nAll,80,20,60,12\n",
    "pools as headings": "Group,At risk,Selected\nFinance,,\nFemale,40,14\nMale,40,6\nTotal,80,20\nIT,,\nFemale,20,7\nMale,40,5\n",
    "pools as titles": "Table 1: Finance\nSex,At risk,Selected\nFemale,40,14\nMale,40,6\n\nTable 2: IT\nSex,At risk,Selected\nFemale,20,7\nMale,40,5\n",
    "pools once for several rows": "Pool,Sex,At risk,Selected\nFinance,Female,40,14\n,Male,40,6\n,Total,80,20\nIT,Female,20,7\n,Male,40,5\n,Total,60,12\n",
    "a row for each figure": "Characteristic,Category,Pool,Measure,Value\nSex,Female,Finance,In scope,40\nSex,Female,Finance,Selected,14\n"
    "Sex,Male,Finance,In scope,40\nSex,Male,Finance,Selected,6\nSex,Female,IT,In scope,20\nSex,Female,IT,Selected,7\nSex,Male,IT,In scope,40\nSex,Male,IT,Selected,5\n",
}  # fmt: skip


@pytest.mark.parametrize("layout", BY_POOL)
def test_the_same_counts_in_any_layout_are_the_same(layout: str) -> None:
    found = read(BY_POOL[layout])
    assert counts(found, "gender" if "gender" in found.tallies else "sex") == WOMEN_AND_MEN


@pytest.mark.parametrize(
    "header",
    ["Number", "Total", "Value", "People", "Staff", "Employees", "n", "No. of people", "Frequency", "Sum of Headcount", "Count of Ref",
     "RecordCount", "Staff in post", "Number of staff", "# staff"],
)  # fmt: skip
def test_a_count_by_any_name_is_a_count(header: str) -> None:
    assert counts(read(BY_POOL["a row for each combination"].replace("Count", header)), "sex") == WOMEN_AND_MEN


SECTIONS = {
    "headings": "Profile,At risk,Selected\nSex,,\nFemale,120,45\nMale,40,9\nTotal,160,54\nDisability,,\nYes,18,11\nNo,108,31\nNot known,34,12\n",
    "headings with notes and figures": "Profile;Number at risk [note 1];% at risk;Number selected;% selected\nSEX [note 2];160;100;54;100\n Women;120;75.0;45;83.3\n"
    " Men;40;25.0;9;16.7\nDisabled?;160;;54;\n Yes;18;11.3;11;20.4\n No;108;67.5;31;57.4\n Not known;34;21.3;12;22.2\n",
    "headings in a column of their own": "Profile,,At risk,Selected\nSEX:,,,\n,Females,120,45\n,Males,40,9\n,All persons,160,54\n\nDISABILITY STATUS,,,\n"
    ",Disabled,18,11\n,Non-disabled,108,31\n,Unknown,34,12\n",
    "tables one under another": "Table 1: Sex\nSex,At risk,Selected\nFemale,120,45\nMale,40,9\n\nTable 2: Disability\nDisability,At risk,Selected\nDisabled,18,11\n"
    "Not disabled,108,31\nNot known,34,12\nSource: HR\n",
    "labels together": "Group,At risk,Selected\nFemale,120,45\nMale,40,9\nTotal,160,54\nDisabled,18,11\nNot disabled,108,31\nNot known,34,12\nTotal,160,54\n",
    "both in one label": "Group,At risk,Selected\nSex: Female,120,45\nSex: Male,40,9\nDisability: Yes,18,11\nDisability: No,108,31\nDisability: Not known,34,12\n",
    "on its side": ",Sex,,Disability,,\n,Female,Male,Disabled,Not disabled,Not known\nAt risk,120,40,18,108,34\nSelected,45,9,11,31,12\n",
    "a table for each measure": "Table 1: Staff at risk\nSex,Number\nFemale,120\nMale,40\n\nTable 2: Selected\nSex,Number\nFemale,45\nMale,9\n\n"
    "Table 3: Staff at risk\nDisability,Number\nDisabled,18\nNot disabled,108\nNot known,34\n\nTable 4: Selected\nDisability,Number\nDisabled,11\nNot disabled,31\nNot known,12\n",
}  # fmt: skip


@pytest.mark.parametrize("layout", SECTIONS)
def test_the_characteristic_is_found_wherever_it_is_named(layout: str) -> None:
    found = read(SECTIONS[layout])
    (pool,) = found.pools
    assert counts(found, "sex") == {
        ("Female", pool, "selected"): 45, ("Female", pool, "retained"): 75, ("Male", pool, "selected"): 9, ("Male", pool, "retained"): 31,
    }  # fmt: skip
    assert counts(found, "disability") == {
        ("Disabled", pool, "selected"): 11, ("Disabled", pool, "retained"): 7, ("Not disabled", pool, "selected"): 31,
        ("Not disabled", pool, "retained"): 77, ("Not recorded", pool, "selected"): 12, ("Not recorded", pool, "retained"): 22,
    }  # fmt: skip
    assert found.intake.one_pool


CROSSED = {
    "N and %": ",Full-time,,Part-time,,Total,\nGender,N,%,N,%,N,%\nFemale,1500,47.0%,700,85.4%,2200,54.9%\nMale,1690,53.0%,120,14.6%,1810,45.1%\n"
    "Total,3190,100%,820,100%,4010,100%\n",
    "totals first": "Staff by gender and work pattern\n,All staff,,Full time,,Part time,\nGender,No.,Per cent,No.,Per cent,No.,Per cent\nAll staff,4010,100,3190,100,820,100\n"
    "Women,2200,54.9,1500,47.0,700,85.4\nMen,1810,45.1,1690,53.0,120,14.6\nNote: all staff\n",
    "no totals": "Gender,Working pattern,Number of employees\nFemale,Full-time,1500\nFemale,Part-time,700\nMale,Full-time,1690\nMale,Part-time,120\n",
    "a total hides nothing": "Gender,Working pattern,Headcount\nFemale,Full-time,1500\nFemale,Part-time,*\nMale,Full-time,1690\nMale,Part-time,120\nFemale,Total,2200\n"
    "Total,Part-time,820\n",
}  # fmt: skip


@pytest.mark.parametrize("layout", CROSSED)
def test_a_table_of_two_characteristics_gives_each_exactly(layout: str) -> None:
    found = read(CROSSED[layout])
    assert people(found, "gender") == {"Female": 2200, "Male": 1810}
    assert people(found, "working_pattern") == {"Full-time": 3190, "Part-time": 820}


def test_characteristics_in_two_rows_of_headers_are_told_apart_and_so_are_jobs() -> None:
    found = read(
        "Job Categories,Male,,,Female,,,Overall totals\n,White,Black or African American,Asian,White,Black or African American,Asian,\n"
        "Executives,10,2,3,5,1,1,22\nProfessionals,40,8,20,35,9,15,127\nTotals,50,10,23,40,10,16,149\n"
    )
    assert people(found, "sex") == {"Male": 83, "Female": 66}
    assert sorted(people(found, next(key for key in found.tallies if key.startswith("race"))).values()) == [20, 39, 90]


def test_an_unknown_group_of_several_characteristics_goes_with_the_columns_before_it() -> None:
    found = read(
        "Department,Female,Male,Unknown,Disabled,Not disabled,Unknown,Total\nFinance,30,20,1,5,40,6,51\nIT,10,30,0,2,30,8,40\n"
    )
    assert people(found, "sex") == {"Female": 40, "Male": 50, "Not recorded": 1}
    assert people(found, "disability") == {"Disabled": 7, "Not disabled": 70, "Not recorded": 14}


def test_bands_of_age_are_groups_across_the_top_too() -> None:
    found = read("Sex,16-24,25-34,35+,All ages\nFemale,9,28,83,120\nMale,1,5,34,40\n")
    assert people(found, "age") == {"16-24": 10, "25-34": 33, "35+": 117}


def test_a_group_of_several_groups_is_their_subtotal() -> None:
    found = read(
        "Ethnicity,At risk,Selected\nWhite,112,33\nAsian,22,*\nBlack,15,7\nAll BME,37,17\nNot stated,11,4\nTotal,160,54\n"
    )
    assert counts(found, "race_group")[("Asian or Asian British", "All staff in the file", "selected")] == 10


def test_a_total_by_a_name_of_its_own_is_known_by_its_figures() -> None:
    text = "Sex,At risk,Selected\nWomen,120,45\nMen,40,9\nEverybody considered,160,54\n"
    assert people(read(text), "sex") == {"Female": 120, "Male": 40}
    assert [fault.code for fault in refusal(text.replace("160,54", "161,54")).faults] == ["unknown-group-label"]


def test_marks_are_ranges_that_totals_narrow() -> None:
    found = read(
        "Group,At risk,Selected\nSex,,\nFemale,18 [r],[c]\nMale,12,2\nAll,30,9\nDisability,,\nDisabled,[low],-\nNot disabled,25,7\nNot known,..,x\nAll,30,9\n"
    )
    assert counts(found, "sex")[("Female", "All staff in the file", "selected")] == 7
    assert counts(found, "disability")[("Disabled", "All staff in the file", "selected")] == (0, 2)


def test_percentages_beside_counts_are_left_out_and_that_is_said() -> None:
    found = read("Characteristic,Group,At risk,Selected\nSex,Female,120 (75%),45 (38%)\nSex,Male,40 (25%),9 (23%)\n")
    assert people(found, "sex") == {"Female": 120, "Male": 40}
    assert sum("not used" in one.rule for one in found.intake.recodings) == 2


def test_percentages_alone_need_their_base() -> None:
    error = refusal("Sex,% at risk,% selected\nFemale,75%,38%\nMale,25%,23%\n")
    assert {fault.code for fault in error.faults} == {"percentages-without-base"}


def test_every_cell_that_is_no_figure_is_shown_at_once() -> None:
    error = refusal("Sex,At risk,Selected\nFemale,40,abt 5\nMale,forty,6\nAll,80,11\n")
    assert {(fault.code, fault.column, fault.row) for fault in error.faults} == {
        ("not-a-count", "Selected", (2,)), ("not-a-count", "At risk", (3,)),
    }  # fmt: skip


def test_figures_of_which_nothing_says_whom_they_count_are_said_by_cell() -> None:
    found = read("Group,In scope,Selected\nSex,,\nWomen,120,45\nMen,40,9\nBoard,Headcount,Median pay\nChair,1,30\n")
    assert any("row 6, Headcount" in one.rule for one in found.intake.recodings)
    assert "Median pay" in found.intake.unused


def test_a_total_that_its_parts_do_not_make_is_a_fault_and_says_that_rows_are_of_several_people() -> None:
    error = refusal(CROSSED["N and %"].replace("4010", "4011"))
    assert {fault.code for fault in error.faults} == {"figures-disagree"}
    assert all("several people" in fault.what for fault in error.faults)


def test_two_tables_that_say_different_things_of_the_same_people_are_a_fault() -> None:
    text = "Table 1\nSex,At risk\nFemale,120\nMale,40\n\nTable 2\nSex,At risk\nFemale,121\nMale,40\n"
    (fault,) = refusal(text).faults
    assert (fault.code, fault.row) == ("figures-disagree", (8,))


def test_several_years_are_not_added_up() -> None:
    error = refusal("Year,Sex,Number\n2024,F,30\n2024,M,20\n2025,F,31\n2025,M,22\n")
    assert [fault.code for fault in error.faults] == ["several-times"]


def test_full_time_work_beside_a_headcount_is_not_counted() -> None:
    found = read("Ethnic Origin,Headcount,FTE\nWhite,1200,1100.5\nAsian,300,280.1\nGrand Total,1500,1380.6\n")
    assert sorted(people(found, next(iter(found.tallies))).values()) == [300, 1200]


@pytest.mark.parametrize("header", ["In pools", "In a pool", "At risk of redundancy", "Staff in pools"])
def test_those_in_pools_beside_a_headcount_are_a_part_of_it(header: str) -> None:
    found = read(f",Headcount,{header},Selected\nSEX,,,\nWomen,120,40,18\nMen,80,20,4\n")
    assert {("Headcount", "whole"), (header, "people")} <= {(one.header, one.column) for one in found.intake.mapped}
    assert found.intake.unused == ()


def test_a_column_of_labels_beside_outcomes_is_asked_about_where_no_column_names_the_pools() -> None:
    text = BY_POOL["a row for each combination"].replace("Pool", "Area")
    found = read(text)
    (question,) = found.intake.questions
    assert (question.kind, question.about, question.setting, question.guess) == (
        "pool",
        "Area",
        ("columns", "pool"),
        "",
    )
    assert question.changes_who_is_counted
    answered = read(text, columns={"pool": "Area"})
    assert (answered.intake.questions, counts(answered, "sex")) == ((), WOMEN_AND_MEN)
    assert read(text, ignored=("Area",)).intake.questions == ()


PEOPLE = {
    "a mark out of many": "Sex,Pool,Outcome,Total\nF,A,Selected,34\nM,A,Retained,57\nF,A,Retained,61\nM,A,Retained,44\nF,B,Selected,29\n",
    "their age and hours": "Sex,Ethnicity,Pool,Outcome,Age,FTE\nF,White,A,Selected,34,1\nM,Asian,A,Retained,45,0.5\nF,Black,B,Selected,52,1\n",
    "their pay": "Sex,Job title,Salary,Outcome\nF,Clerk,20000,Selected\nM,Manager,30000,Retained\nF,Manager,32000,Selected\n",
    "the number of a row": "n,Sex,Pool,Outcome\n1,F,A,Selected\n2,M,A,Retained\n3,F,A,Retained\n4,M,B,Selected\n",
    "bands of ages in words": "Pool,Sex,Age,Faith,Selected?\n" + "".join(f"{'AB'[n % 2]},{'FM'[n % 3 > 0]},{('30s', 'under 30', '40s', '50 plus')[n % 4]},None,{('no', 'yes')[n % 5 == 0]}\n" for n in range(60)),
    "a reference": "Ref,Sex,Number\nA1,F,14\nA2,M,6\nA3,F,7\n",
    "yes and no as 1 and 0": "Sex,Pool,Selected\nF,A,1\nM,A,0\n",
    "a code of their own": "Colleague,Sex,Pool,Outcome,Count\n" + "".join(f"c{n},{'FM'[n % 2]},A,{'Retained'},{n * 3}\n" for n in range(12)),
}  # fmt: skip


@pytest.mark.parametrize("kind", PEOPLE)
def test_people_are_not_taken_for_counts(kind: str) -> None:
    assert counts_file(open_table(PEOPLE[kind].encode(), name="staff.csv"), case()) is None


def test_percentages_of_those_selected_beside_a_headcount_are_asked_about_until_their_base_is_said() -> None:
    text = "Sex,Number at risk,% selected\nFemale,120,37.5%\nMale,40,22.5%\n"
    (asked,) = read(text).intake.questions
    assert (asked.kind, asked.guess, asked.changes_who_is_counted) == ("percentages", "group", True)
    found = read(text, counts={"percentages": "group"})
    assert found.intake.questions == ()
    assert counts(found, "sex")[("Female", "All staff in the file", "selected")] == 45


# ------------------------------------------------------------------------------------------------ headers in other words

BY_PLACE = "Directorate,Gender,Proposed Outcome,{}\n" + "".join(
    f"{place},{sex},{outcome},{number}\n"
    for place, sex, outcome, number in [
        ("Finance", "Woman", "Displaced", 12), ("Finance", "Woman", "Retained", 20), ("Finance", "Man", "Displaced", 4), ("Finance", "Man", "Retained", 30),
        ("IT", "Woman", "Displaced", 9), ("IT", "Woman", "Retained", 11), ("IT", "Man", "Displaced", 5), ("IT", "Man", "Retained", 44),
    ]
)  # fmt: skip


@pytest.mark.parametrize(
    "header", ["Nr of Staff", "Num of employees", "Volume of staff", "In post 1 April", "Staff in post at 31 March"]
)
def test_a_header_that_says_how_many_names_no_pool_and_a_place_is_asked_about(header: str) -> None:
    found = read(BY_PLACE.format(header))
    assert (people(found, "gender"), found.intake.one_pool) == ({"Female": 52, "Male": 83}, True)
    assert [(one.kind, one.about) for one in found.intake.questions] == [("pool", "Directorate")]


def test_a_group_that_is_not_known_is_taken_apart_as_those_beside_it_are() -> None:
    found = read(
        "EEO Category,Hispanic Male,Hispanic Female,White Male,White Female,Black Male,Black Female\nExecutives,2,1,40,22,3,2\nSales,4,6,30,33,5,7\n"
    )
    assert people(found, "sex") == {"Male": 84, "Female": 71}
    assert people(found, "race") == {"Hispanic": 13, "White": 125, "Black or Black British": 17}


def test_headers_say_better_than_a_title_who_is_counted() -> None:
    found = read("Workforce profile\n\n,People,Selected\nGender\nWomen,120,30\nMen,80,10\nTotal,200,40\n")
    assert people(found, "gender") == {"Female": 120, "Male": 80}
    assert found.pools == ("All staff in the file",)


# ------------------------------------------------------------------------------------------------ labels that are not known


def test_labels_not_known_are_read_and_asked_about_as_in_a_file_of_people() -> None:
    head = "Characteristic,Group,Pool,At risk,Selected\nSex,{},A,140,20\nSex,Male,A,130,14\nSex,Indeterminate,A,6,1\n"
    found = read(head.format("Femlae"))
    assert people(found, "sex") == {"Male": 130, "Female": 140, "Not recorded": 6}
    assert {one.about: one.guess for one in found.intake.questions} == {
        "Femlae": "Female",
        "Indeterminate": "not recorded",
    }
    labels = {"sex": {"Femlae": "Female", "Indeterminate": "declined"}}
    told = read(head.format("Femlae"), categories={"labels": labels})
    assert (people(told, "sex")["Prefer not to say"], told.intake.questions) == (6, ())


def test_a_label_that_few_share_is_named_by_its_row() -> None:
    found = read("Sex,At risk,Selected\nFemale,40,5\nMale,30,4\nAgender,2,0\n")
    (question,) = found.intake.questions
    assert (question.kind, "row 4" in question.reason, question.setting) == (
        "rare labels",
        True,
        ("categories", "others", "sex"),
    )
    assert "Agender" not in str(found.intake)


def test_a_guess_never_makes_a_second_row_of_a_group() -> None:
    found = read(
        "Sex,At risk,Selected\nFemale,40,5\nFemal,20,1\nMale,30,4\n", categories={"others": {"sex": "likeliest"}}
    )
    assert people(found, "sex") == {"Female": 40, "Male": 30, "Not recorded": 20}


@pytest.mark.parametrize("figure", ["8", "<9", "*"])
def test_several_ways_of_not_answering_in_one_pool_are_added_up(figure: str) -> None:
    found = read(
        f"Sexual orientation,At risk,Selected\nStraight,140,20\nGay or lesbian,30,4\nRefused,12,2\nNot Stated,{figure},1\nTotal,190,27\n"
    )
    assert people(found, "sexual_orientation")["Prefer not to say"] == 20
    assert any("added up" in done.rule for done in found.intake.recodings)


@pytest.mark.parametrize("mark", ["-", "–", "*", "[c]"])
def test_a_mark_in_place_of_a_figure_is_said(mark: str) -> None:
    found = read(f"Sex,At risk,Selected\nFemale,40,{mark}\nMale,30,4\nTotal,70,4\n")
    assert counts(found, "sex")["Male", "All staff in the file", "selected"] == 4
    assert any(mark in done.rule for done in found.intake.recodings)
