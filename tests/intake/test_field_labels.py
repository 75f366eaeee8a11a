"""Files as people bring them: each shows one kind of header, label or layout, and what has to be made of it."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from made import case, table

from eia.case import read_case
from eia.errors import EiaError
from eia.findings.assess import assess
from eia.findings.headlines import limits
from eia.intake.evidence import read_evidence, read_workforce
from eia.intake.workforce import Workforce

FIELD = Path(__file__).parent.parent / "data" / "field"
AS_WRITTEN = case(people={"same_without": "nothing"})


def field(name: str, selections: str | None = None, **choices: object) -> Workforce:
    return read_workforce(FIELD / name, case(**choices), selections=FIELD / selections if selections else None)


def sizes(staff: Workforce, column: str) -> dict[str, int]:
    return {str(label): int(rows) for label, rows in staff.frame[column].value_counts(dropna=False).items() if rows}


def test_headers_run_together_are_all_read() -> None:
    staff = field("f04_camelcase_headers.csv", dates={"extract": dt.date(2026, 9, 30)})
    assert {mapped.column for mapped in staff.intake.mapped} == {
        "reference", "post", "date_of_birth", "race", "disability", "contract", "working_pattern", "pool", "outcome", "gender",
    }  # fmt: skip
    assert staff.intake.questions == ()


def test_headers_that_are_not_known_are_asked_about_by_their_cells() -> None:
    asked = {question.about: question.setting[1] for question in field("f05_no_known_header.csv").intake.questions}
    assert asked["SEX_CD"] == "sex"
    assert asked["WORK_PATTERN_DESC"] == "working_pattern"


def test_what_is_missing_as_r_writes_it_is_no_pool_and_no_group() -> None:
    staff = field("f06_na_from_r.csv")
    assert sizes(staff, "pool") == {"nan": 20, "A": 5, "B": 5}
    assert sizes(staff, "race")["Not recorded"] == 16
    assert set(staff.dimensions) >= {"disability", "sex", "race"}


def test_bands_of_ages_are_groups_of_age_and_what_needs_ages_says_so() -> None:
    staff = field("f08_age_band.csv")
    assert sizes(staff, "age")["65 and over"] == 5
    assert any("needs ages" in done.rule for done in staff.intake.recodings)
    found = assess(staff, case())
    assert found.further.age is None
    assert "age" in found.cube.layout.dimensions


def test_two_people_who_are_neither_women_nor_men_are_in_neither_group_and_their_rows_are_named() -> None:
    staff = field("f09_two_of_thirty_not_male_or_female.csv")
    assert sizes(staff, "sex") == {"Male": 15, "Female": 13, "Not recorded": 2}
    (question,) = staff.intake.questions
    assert (question.kind, question.rows) == ("rare labels", 2)
    assert "rows 9, 21" in question.reason


def test_a_label_that_ten_rows_share_is_named() -> None:
    (question,) = field("f10_label_of_40_characters.csv").intake.questions
    assert question.about == "Chinese or Other Ethnic Group (pre 2021 category)"
    assert question.rows == 10


def test_zeros_lost_in_one_of_two_files_are_the_cause_that_is_named() -> None:
    with pytest.raises(EiaError) as caught:
        field("f11_zeros_workforce.csv", "f11_zeros_selections.csv", people={"same_without": "nothing"})
    (fault,) = caught.value.faults
    assert (fault.code, fault.rows) == ("selected-not-in-file", 20)
    assert "zeros in front" in fault.what
    assert "20" in fault.what


def test_region_is_no_religion_and_section_no_outcome() -> None:
    assert field("f12_region_and_section.csv").intake.questions == ()


def test_ages_and_dates_of_birth_that_disagree_are_said_and_asked() -> None:
    choices = read_case(FIELD / "f17_case.toml")
    staff = read_workforce(FIELD / "f17_age_and_birth_disagree.csv", choices)
    (question,) = staff.intake.questions
    assert (question.kind, question.rows, question.guess) == ("age or birth", 10, "Age")
    assert [done.rows for done in staff.intake.recodings if done.column == "Date of birth"] == [10]
    for header, oldest in (("Age", "35 to 44"), ("Date of birth", "35 to 44")):
        answered = read_workforce(
            FIELD / "f17_age_and_birth_disagree.csv", choices.model_copy(update={"columns": {"age": header}})
        )
        assert answered.intake.questions == ()
        assert oldest in sizes(answered, "age")
    assert sizes(answered, "age") != sizes(staff, "age")


def test_words_for_outcomes_of_a_redundancy_are_known() -> None:
    assert sizes(field("f18_compulsory_redundancy.csv"), "outcome") == {
        "retained": 6, "volunteer accepted": 6, "selected": 6, "redeployed": 6,
    }  # fmt: skip


def test_a_whole_export_is_read_with_its_empty_row_skipped_and_its_run_date_asked_about() -> None:
    staff = field("r00_full_itrent_420.xlsx", outcomes={"VR accepted": "volunteer accepted"})
    assert staff.people == 420
    assert sizes(staff, "outcome")["selected"] == 35
    chosen = staff.frame[staff.frame["outcome"] == "selected"]
    assert int((chosen["gender"] == "Female").sum()) == 31
    assert sizes(staff, "sexual_orientation")["Straight or heterosexual"] == 290
    (question,) = staff.intake.questions
    assert (question.kind, question.guess, question.setting) == ("extract date", "2026-05-14", ("dates", "extract"))
    assert "row 219" in staff.intake.sources[0].remarks
    answered = field(
        "r00_full_itrent_420.xlsx",
        outcomes={"VR accepted": "volunteer accepted"},
        dates={"extract": dt.date(2026, 5, 14)},
    )
    assert answered.intake.questions == ()
    assert answered.frame.equals(staff.frame)


def test_an_empty_row_amid_the_people_is_skipped_and_said() -> None:
    staff = field("r01_blank_row_in_middle.csv")
    assert staff.people == 40
    assert "row 22" in staff.intake.sources[0].remarks


def test_two_ways_of_writing_an_orientation_are_one_group() -> None:
    staff = field("r02_orientation_split.csv")
    assert sizes(staff, "sexual_orientation") == {"Straight or heterosexual": 30, "Gay or lesbian": 10}
    assert staff.intake.questions == ()


def test_a_bare_list_of_references_says_who_is_selected() -> None:
    staff = field("r05_staff.csv", "r05_selected_refs_only.csv")
    in_pools = staff.frame[staff.frame["pool"].notna()]
    assert in_pools["outcome"].value_counts().to_dict()["selected"] == 18
    assert len(in_pools) == 53
    assert any("read as selected" in done.rule for done in staff.intake.recodings)


def test_religion_or_belief_and_basis_of_hours_are_read() -> None:
    staff = field("r06_religion_slash_belief_hours_basis.csv")
    assert {"religion", "working_pattern"} <= set(staff.dimensions)
    assert staff.intake.unused == ()


def test_numbers_to_go_given_for_some_pools_are_compared_in_those_only() -> None:
    def told(to_go: int) -> list[int]:
        choices = case(pools={"A": {"to_go": to_go}}, analysis={"draws": 999})
        staff = read_workforce(FIELD / "r10_two_pools.csv", choices)
        return [limit.number for limit in limits(assess(staff, choices)) if limit.key == "numbers to go differ"]

    choices = read_case(FIELD / "r10_case_one_pool_given.toml")
    read = read_evidence(choices, folder=FIELD).main
    assert isinstance(read, Workforce)
    gone = int(((read.frame["pool"] == "A") & (read.frame["outcome"] == "selected")).sum())
    assert told(gone) == []
    assert told(gone + 2) == [2]


# ------------------------------------------------------------------------------------------------ variants of these kinds

PEOPLE = [[f"00{n}", "F" if n % 2 else "M", "A", ""] for n in range(101, 121)]


@pytest.mark.parametrize("gap", ["", ",,,", " ", "\t", '"",,,', ",,,\n,,,\n\n"])
def test_gaps_amid_the_people_are_skipped_however_a_file_has_them(gap: str) -> None:
    lines = table(PEOPLE, ["ref", "sex", "pool", "remark"]).decode().splitlines()
    data = "\n".join([*lines[:8], gap, *lines[8:], *[",,,"] * 60, "Note: as held by HR", ""]).encode()
    staff = read_workforce(data, name="staff.csv")
    assert staff.people == 20
    assert re.search(r"skipped: rows? 9\b", staff.intake.sources[0].remarks)


def test_rows_keep_their_numbers_below_a_gap() -> None:
    lines = table(PEOPLE, ["ref", "sex", "pool", "outcome"]).decode().splitlines()
    data = "\n".join([*lines[:8], "", *lines[8:20], "00999,F,A,Perhaps", ""]).encode()
    with pytest.raises(EiaError) as caught:
        read_workforce(data, name="staff.csv")
    assert [fault.row for fault in caught.value.faults] == [(22,)]


@pytest.mark.parametrize(
    ("title", "day"),
    [("Run date: 14/05/2026", dt.date(2026, 5, 14)), ("Data as at 31 March 2026", dt.date(2026, 3, 31)), ("Extracted on 2026-05-14 09:30", dt.date(2026, 5, 14)),
     ("Report date,14/05/2026", dt.date(2026, 5, 14)), ("Report for 2025/26", None), ("Period 01/04/2025 to 31/03/2026", None)],
)  # fmt: skip
def test_the_day_printed_above_a_table_is_the_day_of_the_extract_until_told(title: str, day: dt.date | None) -> None:
    people = "\n".join(f"P{n},F,A,01/06/1980" for n in range(20))
    data = f"{title}\n\nref,sex,pool,dob\n{people}\n".encode()
    if day is None:
        with pytest.raises(EiaError) as caught:
            read_workforce(data)
        assert [fault.code for fault in caught.value.faults] == ["no-date-to-count-to"]
    else:
        staff = read_workforce(data)
        assert [question.guess for question in staff.intake.questions] == [day.isoformat()]
        assert set(staff.frame["age_years"]) == {day.year - 1980 - ((day.month, day.day) < (6, 1))}


@pytest.mark.parametrize(
    ("theirs", "cause"),
    [(lambda ref: ref.lstrip("0"), "zeros in front"), (lambda ref: f"{ref}.0", "“.0”"), (lambda ref: "1E+11", "1E+11"), (lambda ref: f" {ref[:3]} {ref[3:]}", "blanks"),
     (lambda ref: f"{ref[:3]}-{ref[3:]}", "hyphens")],
)  # fmt: skip
def test_references_that_a_spreadsheet_changed_are_named_as_the_cause(theirs, cause: str) -> None:  # type: ignore[no-untyped-def]
    chosen = table([[theirs(row[0]), "Selected"] for row in PEOPLE[:6]], ["ref", "outcome"])
    with pytest.raises(EiaError) as caught:
        read_workforce(table(PEOPLE, ["ref", "sex", "pool", "remark"]), AS_WRITTEN, selections=chosen)
    assert cause in next(fault.what for fault in caught.value.faults if fault.code == "selected-not-in-file")


def test_references_in_other_capitals_are_named_as_the_cause() -> None:
    people = [[f"ab{ref}", *rest] for ref, *rest in PEOPLE]
    chosen = table([[row[0].upper(), "Selected"] for row in people[:6]], ["ref", "outcome"])
    with pytest.raises(EiaError) as caught:
        read_workforce(table(people, ["ref", "sex", "pool", "remark"]), AS_WRITTEN, selections=chosen)
    assert "small letters" in caught.value.faults[0].what


@pytest.mark.parametrize("header", ["ref", "Staff No", "Selected", "People chosen"])
def test_a_single_column_beside_the_workforce_is_its_references_whatever_its_header(header: str) -> None:
    chosen = table([[row[0]] for row in PEOPLE[:6]], [header])
    staff = read_workforce(table(PEOPLE, ["ref", "sex", "pool", "remark"]), selections=chosen)
    assert sizes(staff, "outcome") == {"retained": 14, "selected": 6}


def test_a_list_with_a_column_that_is_not_known_or_of_everybody_is_no_list_of_those_selected() -> None:
    workforce = table(PEOPLE, ["ref", "sex", "pool", "remark"])
    for chosen in (
        table([[row[0], "x"] for row in PEOPLE[:6]], ["ref", "Verdict"]),
        table([[row[0]] for row in PEOPLE], ["ref"]),
    ):
        with pytest.raises(EiaError) as caught:
            read_workforce(workforce, selections=chosen)
        assert [fault.code for fault in caught.value.faults] == ["no-outcome"]


def test_an_assessment_names_the_rows_that_are_in_neither_group() -> None:
    choices = case(analysis={"draws": 999})
    said = assess(FIELD / "f09_two_of_thirty_not_male_or_female.csv", choices).summary()
    assert "rows 9, 21" in " ".join(said.split())


def test_a_label_that_few_have_holds_no_combined_groups_back() -> None:
    people = [
        [f"R{n}", "Martian" if n < 6 else ("White British", "Indian", "Black African")[n % 3]] for n in range(120)
    ]
    staff = read_workforce(table(people, ["ref", "ethnicity"]))
    assert staff.intake.held_back == ()
    assert sizes(staff, "race_group")["Not recorded"] == 6
    assert any("none of the groups of Race" in done.rule for done in staff.intake.recodings)


@pytest.mark.parametrize(
    ("label", "guess"), [("99", "not recorded"), ("Did not say", "declined"), ("Info refused", "declined")]
)
def test_a_number_amid_words_or_a_refusal_is_no_group(label: str, guess: str) -> None:
    people = [[f"R{n}", label if n < 6 else ("White British", "Indian")[n % 2]] for n in range(60)]
    (question,) = read_workforce(table(people, ["ref", "ethnicity"])).intake.questions
    assert (question.about, question.guess) == (label, guess)


@pytest.mark.parametrize(("yes", "no"), [("1", "0"), ("Y", ""), ("x", "")])
def test_a_column_for_each_group_and_nothing_else_is_a_characteristic(yes: str, no: str) -> None:
    people = [[f"R{n}", *(yes if n % 3 == k else no for k in range(3)), "A"] for n in range(30)]
    staff = read_workforce(table(people, ["ref", "White", "Black", "Asian", "Pool"]))
    assert sizes(staff, "race_group") == {"White": 10, "Black or Black British": 10, "Asian or Asian British": 10}
