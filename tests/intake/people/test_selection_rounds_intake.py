"""The column of rounds says in which round each was selected: everybody selected has one, nobody else does."""

from __future__ import annotations

import pytest
from made import CANARY, case, everything_said, refused, table

from eia.case import Case
from eia.errors import EiaError
from eia.intake.evidence import read_workforce

HEADERS = ["sex", "pool", "outcome", "round"]


def people(*outcomes_and_rounds: tuple[str, str], header: str = "round") -> bytes:
    rows = [["FM"[n % 2], "A", outcome, given] for n, (outcome, given) in enumerate(outcomes_and_rounds)]
    return table(rows, [*HEADERS[:3], header])


def rounds_of(data: bytes, selections: bytes | None = None, choices: Case | None = None) -> list[int] | None:
    frame = read_workforce(data, choices or case(), selections=selections, name="staff.csv").frame
    return (frame["round"].cat.codes + 1).tolist() if "round" in frame else None


def faults(error: EiaError) -> set[tuple[str, str | None, tuple[int, ...]]]:
    return {(fault.code, fault.file, fault.row) for fault in error.faults}


@pytest.mark.parametrize("header", ["round", "Selection round", "ROUND OF SELECTION"])
def test_everybody_selected_has_the_round_of_their_row_and_nobody_else_has_one(header: str) -> None:
    given = (("selected", "1"), ("retained", ""), ("selected", "2"), ("dismissed", "20"), ("volunteer accepted", ""))
    assert rounds_of(people(*given, header=header)) == [1, 0, 2, 20, 0]


def test_a_whole_number_may_be_written_with_decimals() -> None:
    assert rounds_of(people(("selected", "2.0"), ("retained", ""))) == [2, 0]


def test_without_a_column_or_with_an_empty_one_no_rounds_are_known() -> None:
    assert rounds_of(b"sex,pool,outcome\nF,A,selected\nM,A,retained\n") is None
    assert rounds_of(people(("selected", ""), ("retained", ""))) is None


def test_while_nobody_is_chosen_no_rounds_are_known() -> None:
    assert rounds_of(b"sex,pool,round\nF,A,\nM,A,\n") is None
    assert rounds_of(b"sex,pool,round\nF,A,1\nM,A,\n") is None


@pytest.mark.parametrize(
    ("given", "code", "row"),
    [
        ((("selected", "1"), ("selected", "")), "no-round", (3,)),
        ((("selected", "1"), ("redeployed", "")), "no-round", (3,)),
        ((("selected", "1"), ("retained", "1")), "round-of-retained", (3,)),
        ((("selected", "1"), ("volunteer accepted", "1")), "round-of-retained", (3,)),
        ((("selected", "1.5"), ("retained", "")), "round-not-whole", (2,)),
        ((("selected", "0"), ("retained", "")), "out-of-range", (2,)),
        ((("selected", "21"), ("retained", "")), "out-of-range", (2,)),
        ((("selected", "-1"), ("retained", "")), "negative-number", (2,)),
        ((("selected", CANARY), ("retained", "")), "not-a-number", (2,)),
    ],
)
def test_a_wrong_round_is_refused_by_its_row_and_never_quoted(
    given: tuple[tuple[str, str], ...], code: str, row: tuple[int, ...]
) -> None:
    error = refused(people(*given))
    assert (code, "staff.csv", row) in faults(error)
    for fault in error.faults:
        assert fault.column == "round"
        assert fault.allowed
        assert fault.do
    assert CANARY not in everything_said(error)


def test_everything_wrong_with_the_rounds_is_said_at_once() -> None:
    given = (
        ("selected", "1"),
        ("selected", ""),
        ("retained", "3"),
        ("selected", "2.5"),
        ("selected", ""),
        ("retained", ""),
    )
    assert faults(refused(people(*given))) == {
        ("no-round", "staff.csv", (3, 6)), ("round-of-retained", "staff.csv", (4,)), ("round-not-whole", "staff.csv", (5,)),
    }  # fmt: skip


STAFF = b"reference,sex\nP1,F\nP2,M\nP3,F\nP4,M\n"


def test_rounds_in_the_selections_go_to_the_people_they_name() -> None:
    selections = b"reference,pool,outcome,round\nP4,A,selected,2\nP1,A,retained,\nP3,A,selected,1\n"
    assert rounds_of(STAFF, selections) == [0, 0, 1, 2]


def test_faults_of_rounds_in_the_selections_give_the_rows_of_that_file() -> None:
    selections = b"reference,pool,outcome,round\nP4,A,selected,\nP1,A,retained,1\nP3,A,selected,1\n"
    assert faults(refused(STAFF, selections=selections)) == {
        ("no-round", "selections", (2,)), ("round-of-retained", "selections", (3,)),
    }  # fmt: skip


def test_somebody_who_is_not_in_the_file_has_that_one_fault_whatever_their_round() -> None:
    selections = (
        f"reference,pool,outcome,round\nP4,A,selected,2\n{CANARY},A,selected,1\n{CANARY}2,A,selected,\n".encode()
    )
    error = refused(STAFF, selections=selections)
    assert faults(error) == {("selected-not-in-file", "selections", (3, 4))}
    assert CANARY not in everything_said(error)


def test_what_counts_as_selected_is_the_choice_of_the_case() -> None:
    choices = case(stages={"order": ("agreed", "sent"), "compulsory": "sent"})
    assert rounds_of(people(("sent", "1"), ("agreed", ""), ("retained", "")), choices=choices) == [1, 0, 0]
