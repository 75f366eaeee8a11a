"""A table of counts is read as its publisher meant it: totals limit, percentages have a base, a whole holds its parts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made import case, counted, table

from eia.counts.from_count_table import from_count_table, with_whole_workforce
from eia.errors import EiaError

HEADERS = ["characteristic", "group", "pool", "people", "selected"]
Cells = list[list[tuple[int, int]]]  # by group and pool: people, selected


def ranges(text: str, key: str = "sex", **choices: object) -> dict[tuple[str, str, str], tuple[int, int]]:
    """Group, pool ("-" for none) and outcome -> the least and the most, for cells that can be more than 0."""
    own = case(**choices)
    cube = from_count_table(counted(text.encode(), own), own)
    at = cube.by_pool(key)
    pools = (*cube.layout.pools, "-")
    return {
        (cube.layout.dimensions[key].groups[g].label, pools[k], cube.layout.outcomes[o]): (
            int(at.low[g, k, o]),
            int(high),
        )
        for (g, k, o), high in np.ndenumerate(at.high)
        if high
    }


def refusal(text: str, **choices: object) -> EiaError:
    with pytest.raises(EiaError) as caught:
        counted(text.encode(), case(**choices))
    return caught.value


@st.composite
def published(draw: st.DrawFn) -> tuple[Cells, list[list[str]], dict[str, object]]:
    """A true table, and how it was published: small counts hidden, the rest rounded or not, totals beside."""
    groups, pools = draw(st.integers(2, 4)), draw(st.integers(1, 3))
    true = []
    for _ in range(groups):
        people = draw(st.lists(st.integers(0, 40), min_size=pools, max_size=pools))
        true.append([(there, draw(st.integers(0, there))) for there in people])
    unit = draw(st.sampled_from([1, 1, 5, 10]))
    hidden = draw(st.sampled_from([("<5", 5), ("*", 6), ("", 0)]))

    def printed(number: int) -> str:
        return hidden[0] if number < hidden[1] else str((number + unit // 2) // unit * unit)

    rows = [
        ["religion", f"Faith {g}", f"Pool {k}", printed(true[g][k][0]), printed(true[g][k][1])]
        for g in range(groups)
        for k in range(pools)
    ]
    rows += [
        ["religion", "Total", f"Pool {k}", *(str(round(sum(true[g][k][i] for g in range(groups)) / unit) * unit) for i in (0, 1))]
        for k in range(pools)
    ]  # fmt: skip
    return true, rows, {"rounded_to": unit}


@pytest.mark.slow
@settings(deadline=None, max_examples=60)
@given(published())
def test_the_true_counts_are_inside_the_ranges(made: tuple[Cells, list[list[str]], dict[str, object]]) -> None:
    true, rows, counts = made
    choices = case(counts=counts)
    cube = from_count_table(counted(table(rows, HEADERS), choices), choices)
    at = cube.by_pool("religion")
    selected = cube.layout.outcomes.index("selected")
    for g, by_pool in enumerate(true):
        for k, (people, gone) in enumerate(by_pool):
            assert at.low[g, k, selected] <= gone <= at.high[g, k, selected]
            assert at.low[g, k, 0] <= people - gone <= at.high[g, k, 0]


def test_a_hidden_count_is_found_from_its_total() -> None:
    text = "characteristic,group,pool,people,selected\nsex,Female,A,10,*\nsex,Male,A,12,7\nsex,Total,A,22,9\n"
    assert ranges(text)[("Female", "A", "selected")] == (2, 2)


def test_totals_of_pools_limit_as_totals_of_groups_do() -> None:
    text = "characteristic,group,pool,people\nsex,Female,A,<5\nsex,Female,B,20\nsex,Female,Total,23\nsex,Male,A,9\n"
    assert ranges(text)[("Female", "A", "retained")] == (3, 3)


def test_a_row_for_everybody_is_a_total_of_every_characteristic_without_one() -> None:
    text = "characteristic,group,people\nsex,Female,*\nsex,Male,5\nreligion,Sikh,*\nreligion,Total,3\nAll staff,,12\n"
    assert ranges(text)[("Female", "All staff in the file", "retained")] == (7, 7)
    assert ranges(text, "religion")[("Sikh", "All staff in the file", "retained")] == (3, 3)


def test_a_characteristic_named_once_names_the_rows_below_it() -> None:
    assert ranges("characteristic,group,people\nsex,Female,3\n,Male,4\n") == {
        ("Female", "All staff in the file", "retained"): (3, 3),
        ("Male", "All staff in the file", "retained"): (4, 4),
    }


def test_people_in_pools_are_taken_out_of_the_whole_that_they_are_part_of_and_that_is_said() -> None:
    text = "characteristic,group,workforce,in scope\nsex,Female,25,10\nsex,Male,20,2\n"
    found = ranges(text)
    assert found[("Female", "-", "retained")] == (15, 15)
    assert found[("Male", "-", "retained")] == (18, 18)
    read = counted(text.encode())
    (note,) = read.intake.recodings
    assert (note.column, "12 of 45 by Sex" in note.rule) == ("workforce", True)
    assert (read.pools, read.intake.one_pool) == (("in scope",), True)


def test_a_whole_in_the_pool_column_is_no_pool() -> None:
    text = "characteristic,group,pool,people\nsex,Female,A,10\nsex,Female,All staff,25\nsex,Male,A,2\nsex,Male,All staff,20\n"
    found = ranges(text)
    assert found[("Female", "-", "retained")] == (15, 15)
    assert {pool for _, pool, _ in found} == {"A", "-"}


def test_a_rest_is_added_to_nothing() -> None:
    text = "characteristic,group,at risk,not at risk\nsex,Female,10,15\nsex,Male,2,18\n"
    assert ranges(text)[("Female", "-", "retained")] == (15, 15)


def test_more_at_risk_than_there_are_cannot_be_right() -> None:
    error = refusal("characteristic,group,department,at risk\nsex,Female,9,10\nsex,Male,20,2\n")
    assert [(fault.code, fault.row) for fault in error.faults] == [("figures-disagree", (2,))]
    assert "“department” in row 2, “at risk” in row 2" in error.faults[0].what


@pytest.mark.parametrize(
    ("of", "low", "high"), [("group", 4, 4), ("column", 2, 2), ("everyone", 8, 8)], ids=["group", "column", "everyone"]
)
def test_the_base_of_a_percentage_is_what_the_case_says(of: str, low: int, high: int) -> None:
    text = "characteristic,group,pool,people,selected\nsex,Female,A,20,20%\nsex,Male,A,20,8\n"
    found = ranges(text, counts={"percentages": of})[("Female", "A", "selected")]
    assert found == (low, high)


def test_a_percentage_of_those_who_answered_leaves_the_others_out() -> None:
    text = "characteristic,group,pool,people\nsex,Female,A,60%\nsex,Male,A,*\nsex,Not known,A,50\nsex,Total,A,100\n"
    assert ranges(text, counts={"percentages": "answered"})[("Female", "A", "retained")] == (30, 30)
    assert ranges(text.replace("60%", "20%"), counts={"percentages": "column"})[("Female", "A", "retained")] == (20, 20)


def test_percentages_beside_counts_must_agree_with_them() -> None:
    text = "characteristic,group,department,department %,at risk\nsex,Female,25,56%,10\nsex,Male,20,44%,2\n"
    assert ranges(text, counts={"percentages": "column"})[("Male", "-", "retained")] == (18, 18)
    error = refusal(text.replace("44%", "46%"), counts={"percentages": "column"})
    assert {fault.code for fault in error.faults} == {"figures-disagree"}


def test_columns_of_outcomes_are_added_where_they_mean_the_same() -> None:
    text = "characteristic,group,Good,Fair,Poor\nsex,Female,3,<5,2\nsex,Male,4,4,1\n"
    outcomes = {"Good": "retained", "Fair": "retained", "Poor": "selected"}
    found = ranges(text, outcomes=outcomes)
    assert found[("Female", "All staff in the file", "retained")] == (3, 7)
    assert found[("Male", "All staff in the file", "retained")] == (8, 8)


def test_empty_rows_that_a_spreadsheet_adds_below_the_counts_are_nobody() -> None:
    text = "characteristic,group,pool,people\nsex,Female,A,3\nsex,Male,A,4\n"
    assert ranges(f"{text},,,\n,,,\n") == ranges(text)


def test_a_column_of_counts_that_the_case_names_in_another_file_is_known_by_its_header_here() -> None:
    text = "characteristic,group,people\nsex,Female,3\nsex,Male,4\n"
    assert ranges(text, columns={"people": "No. affected"}) == ranges(text)


def test_the_case_names_columns_of_counts() -> None:
    text = "Strand,Category,Post,No. affected\nsex,Female,A,3\nsex,Male,A,4\n"
    columns = {"characteristic": "Strand", "pool": "Post", "people": "No. affected"}
    assert ranges(text, columns=columns)[("Female", "A", "retained")] == (3, 3)


def test_what_was_read_as_a_range_is_said() -> None:
    text = "characteristic,group,pool,people,selected\nsex,Female,A,40,<5\nsex,Male,A,30,*\n"
    notes = {
        (note.column, note.rule, note.rows)
        for note in counted(text.encode(), case(counts={"rounded_to": 5})).intake.recodings
    }
    assert notes == {
        ("people", "figures rounded to 5 read as ranges", 2), ("selected", "“<5” read as 0 to 4", 1),
        ("selected", "“*” read as any number", 1),
    }  # fmt: skip


def test_figures_that_are_all_multiples_of_five_are_noticed() -> None:
    rows = [["religion", f"Faith {g}", "A", str(100 + 15 * g), str(5 * g)] for g in range(6)]
    assert "multiple of 5" in counted(table(rows, HEADERS)).intake.recodings[0].rule
    assert counted(table([*rows, ["religion", "Sikh", "A", "7", "1"]], HEADERS)).intake.recodings == ()


def test_a_whole_workforce_in_a_file_of_its_own_must_be_exact() -> None:
    cube = from_count_table(counted(b"characteristic,group,pool,people\nsex,F,A,5\nsex,M,A,5\n"), case())
    whole = counted(b"characteristic,group,people\nsex,F,<50\nsex,M,60\n")
    with pytest.raises(EiaError) as caught:
        with_whole_workforce(cube, whole)
    assert [fault.code for fault in caught.value.faults] == ["whole-workforce-in-ranges"]


def test_the_people_selected_are_all_who_were_chosen_whatever_became_of_them() -> None:
    text = "characteristic,group,pool,people,selected,redeployed\nsex,Female,A,10,6,2\nsex,Male,A,10,3,*\n"
    found = ranges(text)
    assert found[("Female", "A", "selected")] == (4, 4)
    assert found[("Female", "A", "redeployed")] == (2, 2)
    assert found[("Male", "A", "redeployed")] == (0, 3)


def test_two_columns_that_both_mean_selected_are_added() -> None:
    text = "characteristic,group,people,Poor,Very poor\nsex,Female,10,3,1\nsex,Male,10,2,<3\n"
    found = ranges(text, outcomes={"Poor": "selected", "Very poor": "selected"})
    assert found[("Female", "All staff in the file", "selected")] == (4, 4)
    assert found[("Male", "All staff in the file", "selected")] == (2, 4)


def test_a_compulsory_stage_of_the_case_is_what_selected_means() -> None:
    text = "characteristic,group,people,marked\nsex,Female,10,3\nsex,Male,10,2\n"
    stages = {"order": ("by agreement", "marked"), "compulsory": "marked"}
    assert ranges(text, stages=stages)[("Female", "All staff in the file", "marked")] == (3, 3)


def test_what_combined_groups_of_race_hold_is_asked_where_it_could_be_either() -> None:
    text = "characteristic,group,people\nethnicity,White,30\nethnicity,Asian,5\nethnicity,Other,2\n"
    (note,) = counted(text.encode()).intake.recodings
    assert "Chinese people are in “Asian”" in note.rule
    assert counted(text.replace("ethnicity,Other,2\n", "").encode()).intake.recodings == ()


def test_columns_of_percentages_are_added_where_they_mean_the_same() -> None:
    text = "characteristic,group,people,Good %,Fair %,Poor %\nsex,Female,200,25,65,10\nsex,Male,100,20,60,20\n"
    outcomes = {"Good": "retained", "Fair": "retained", "Poor": "selected"}
    found = ranges(text, outcomes=outcomes, counts={"percentages": "group"})
    assert found[("Female", "All staff in the file", "selected")] == (19, 21)
    assert found[("Female", "All staff in the file", "retained")] == (179, 181)


@pytest.mark.slow
@settings(deadline=None, max_examples=60)
@given(st.data())
def test_the_true_counts_are_inside_whatever_the_percentages_are_of(data: st.DataObject) -> None:
    groups, pools = data.draw(st.integers(2, 3)), data.draw(st.integers(1, 2))
    count = st.integers(0, 60)
    retained = [[data.draw(count) for _ in range(pools)] for _ in range(groups)]
    gone = [[data.draw(count) for _ in range(pools)] for _ in range(groups)]
    outside = [data.draw(count) for _ in range(groups)]
    base = data.draw(st.sampled_from(["group", "column", "everyone"]))
    decimals = data.draw(st.integers(0, 2))
    there = [[retained[g][k] + gone[g][k] for k in range(pools)] for g in range(groups)]
    everyone, all_gone = ([sum(column) for column in zip(*table, strict=True)] for table in (there, gone))

    def of(g: int, k: int) -> int:
        return {"group": there[g][k], "column": all_gone[k], "everyone": everyone[k]}[base]

    def percent(part: int, whole: int) -> str:
        return f"{100 * part / whole:.{decimals}f}%" if whole else "0%"

    rows = [
        ["religion", f"Faith {g}", f"Pool {k}", data.draw(st.sampled_from([str(there[g][k]), percent(there[g][k], everyone[k])])),
         percent(gone[g][k], of(g, k)), str(sum(there[g]) + outside[g])]
        for g in range(groups) for k in range(pools)
    ]  # fmt: skip
    rows += [["religion", "Total", f"Pool {k}", str(everyone[k]), str(all_gone[k]), ""] for k in range(pools)]
    choices = case(counts={"percentages": base})
    cube = from_count_table(counted(table(rows, [*HEADERS, "workforce"]), choices), choices)
    at, selected = cube.by_pool("religion"), cube.layout.outcomes.index("selected")
    for g in range(groups):
        assert at.low[g, pools, 0] <= outside[g] <= at.high[g, pools, 0]
        for k in range(pools):
            assert at.low[g, k, 0] <= retained[g][k] <= at.high[g, k, 0]
            assert at.low[g, k, selected] <= gone[g][k] <= at.high[g, k, selected]


# ---- labels and names ---------------------------------------------------------------------------------------------


def test_a_label_that_is_no_group_of_a_closed_characteristic_is_refused_by_its_row() -> None:
    (fault,) = refusal("characteristic,group,people\nSex,Female,5\nSex,Mael,5\n").faults
    assert (fault.code, fault.row) == ("unknown-group-label", (3,))
    assert "Mael" not in str(fault)


def test_a_word_for_everyone_else_is_a_group_of_its_own() -> None:
    found = ranges(
        "characteristic,group,people\nDisability,Disabled,5\nDisability,All other staff,9\n", key="disability"
    )
    assert {group for group, _, _ in found} == {"Disabled", "All other staff"}


def test_the_case_says_what_a_label_of_a_closed_characteristic_stands_for() -> None:
    labels = {"labels": {"sex": {"Mael": "Male"}}}
    found = ranges("characteristic,group,people\nSex,Female,5\nSex,Mael,5\n", categories=labels)
    assert {group for group, _, _ in found} == {"Female", "Male"}


@pytest.mark.parametrize("key", ["Age", "Grade"])
def test_bands_and_grades_are_as_the_table_has_them(key: str) -> None:
    assert ranges(f"characteristic,group,people\n{key},16-24,5\n{key},25-34,5\n", key=key.lower())


@pytest.mark.parametrize("other", ["back office", "BACK OFFICE", "Back  office"])
def test_pools_that_differ_in_capitals_or_blanks_alone_are_refused_and_never_merged_or_split(other: str) -> None:
    error = refusal(f"characteristic,group,pool,people\nSex,F,Back office,5\nSex,M,Back office,5\nSex,F,{other},5\n")
    assert {(fault.code, fault.row) for fault in error.faults} == {("pools-alike", (4,))}
