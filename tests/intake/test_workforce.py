"""The table of people has one row a person and the columns that were asked for, each in one form whatever the file looks like."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from made import ANSWERS, CANARY, Person, case, staff, table, workforces

from eia.errors import EiaError
from eia.intake.columns.categories import categorical
from eia.intake.evidence import read_workforce
from eia.intake.workforce import Workforce, codes_of, labels_of, numbers_of, outcomes_of
from eia.vocabulary.characteristics import characteristics
from eia.vocabulary.person_columns import CHANGES, PERSON_COLUMNS

FULL = (
    f"ref,staff name,notes,sex,pool,unit,post,outcome,age,service years,fte,downgraded,volunteered\n"
    f"R1,{CANARY},{CANARY},F,Clerks,North,P1,selected,45,3,0.5,,no\n"
    f"R2,{CANARY},{CANARY},M,Clerks,North,P2,slotted in,,7,1,yes,no\n"
    f"R3,{CANARY},{CANARY},,,South,P3,,30,,1,,\n"
).encode()
NUMBERS = {"age_years", "service_years", "fte"}


def read(data: bytes = FULL) -> Workforce:
    return read_workforce(data, case(privacy={"identifiers": "drop"}), name="staff.csv")


def test_a_row_is_a_person_and_a_column_is_one_that_was_asked_for() -> None:
    workforce = read()
    assert len(workforce.frame) == workforce.people == 3
    assert set(workforce.frame) <= {*PERSON_COLUMNS, *workforce.dimensions}
    assert CANARY not in workforce.frame.to_csv()
    assert "R1" not in workforce.frame.to_csv()


def test_labels_are_ordered_categoricals_numbers_are_float_and_what_may_not_be_known_is_nullable() -> None:
    frame = read().frame
    for column in ("pool", "unit", "post", "outcome", "sex", "age"):
        assert isinstance(frame[column].dtype, pd.CategoricalDtype)
        assert frame[column].cat.ordered
        assert frame[column].cat.codes.dtype == np.int8
    assert {str(frame[column].dtype) for column in NUMBERS} == {"float32"}
    assert frame["downgraded"].isna().tolist() == [True, False, True]
    assert str(frame["downgraded"].dtype) == "boolean"


@settings(deadline=None, max_examples=40)
@given(workforces())
def test_every_group_of_every_characteristic_is_kept_in_its_order(people: list[Person]) -> None:
    workforce = read_workforce(staff(people), case(), name="staff.csv")
    assert set(ANSWERS) <= set(workforce.dimensions)
    for key, dimension in workforce.dimensions.items():
        assert labels_of(workforce.frame, key) == tuple(group.label for group in dimension.groups)
        assert workforce.frame[key].notna().all()


def test_somebody_with_several_posts_has_one_row_and_rows_are_numbered_from_nought() -> None:
    workforce = read(b"ref,post,fte,sex,pool\nR1,Cook,0.2,F,A\nR2,Cook,1,M,A\nR1,Clerk,0.8,F,B\n")
    assert (workforce.people, workforce.posts) == (2, 3)
    assert workforce.frame.index.tolist() == [0, 1]
    assert workforce.frame["pool"].tolist() == ["A", "B"]


def test_what_no_file_says_is_no_column() -> None:
    frame = read(b"sex,pool\nF,A\nM,A\n").frame
    assert set(frame) == {"pool", "unit", "post", "sex"}
    assert outcomes_of(frame) is None
    assert numbers_of(frame, "pay") is None
    assert labels_of(frame, "unit") == ()
    assert codes_of(frame, "unit").tolist() == [-1, -1]


def test_it_is_shown_by_its_size_and_by_nobody_s_values() -> None:
    workforce = read()
    assert len(repr(workforce)) < 300
    assert repr(workforce) == "<Workforce: 3 people; 1 pools; characteristics: age, sex, working_pattern>"
    asked = read(b"sex,grade,pool\nXyz,6,A\nM,7,B\n")
    assert repr(asked) == "<Workforce: 2 people; 2 pools; characteristics: sex, grade; open questions: 1>"


def test_names_of_columns_and_of_characteristics_never_meet() -> None:
    assert not set(PERSON_COLUMNS) & set(characteristics())
    assert set(CHANGES) <= set(PERSON_COLUMNS)


@pytest.mark.parametrize("name", ["pool", "age_years", "moved", "fte"])
def test_a_case_gives_no_characteristic_the_name_of_a_column(name: str) -> None:
    with pytest.raises(ValueError, match=name):
        case(characteristics={name: {"title": "Mine", "column": "Mine"}})


def test_a_label_that_the_case_reads_as_not_recorded_is_no_second_group_of_that_name() -> None:
    mapped = case(categories={"labels": {"religion": {"Zed": "Not recorded"}}})
    workforce = read_workforce(b"religion,pool\nZed,A\nSikh,A\n,A\n", mapped)
    kinds = {group.label: group.kind for group in workforce.dimensions["religion"].groups}
    assert kinds["Not recorded"] == "not recorded"
    assert (workforce.frame["religion"] == "Not recorded").tolist() == [True, False, True]


def test_codes_are_as_narrow_as_their_labels_allow_and_wide_when_they_are_taken() -> None:
    labels = [f"Pool {number}" for number in range(300)]
    frame = pd.DataFrame({"pool": categorical(labels, range(300), np.array([299, 0, 128]))})
    assert frame["pool"].cat.codes.dtype == np.int16
    assert codes_of(frame, "pool").dtype == np.int32
    assert frame["pool"].tolist() == ["Pool 299", "Pool 0", "Pool 128"]


def test_another_pool_in_the_selections_is_said_and_the_workforce_file_counts() -> None:
    people = table([["R1", "F", "A"], ["R2", "M", "B"], ["R3", "F", ""], ["R4", "M", "B"]], ["ref", "sex", "pool"])
    chosen = table(
        [["R1", "B", "no"], ["R2", "B", "no"], ["R3", "C", "no"], ["R4", "", "no"]], ["ref", "pool", "selected"]
    )
    workforce = read_workforce(people, case(), selections=chosen)
    (said,) = [done for done in workforce.intake.recodings if done.column == "pool"]
    assert said.rows == 2
    assert workforce.frame["pool"].isna().tolist() == [False, False, True, False]


def test_a_file_whose_rows_cannot_be_joined_has_its_other_faults_said_too() -> None:
    with pytest.raises(EiaError) as caught:
        read_workforce(b"sex,pool\nF,A\nM,A\n", case(), selections=b"ref,selected\nR1,whatever\n")
    assert {"no-reference", "unknown-outcome"} <= {fault.code for fault in caught.value.faults}
