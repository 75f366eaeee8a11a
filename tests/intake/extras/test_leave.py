"""The file of leave: its own words, every fault at once, and no value of a record in a message."""

from __future__ import annotations

import datetime as dt

import pytest
from made import CANARY

from eia.errors import EiaError
from eia.intake.examples import examples
from eia.intake.extras.leave import Leave, read_leave
from eia.intake.files.raw_table import open_table

HEAD = "Name,Leave Type,Employer Told,Expected Week of Childbirth,Birth or Placement,Leave Start,Leave End,Longest Run in Weeks\n"


def leaves(*rows: str, head: str = HEAD) -> tuple[Leave, ...]:
    return read_leave(open_table((head + "\n".join(rows) + "\n").encode(), name="leave.csv")).rows


def faults(*rows: str, head: str = HEAD) -> dict[str, tuple[int, ...]]:
    with pytest.raises(EiaError) as raised:
        leaves(*rows, head=head)
    assert CANARY not in str(raised.value)
    return {fault.code: fault.row for fault in raised.value.faults}


def test_a_row_is_read_with_its_number_and_without_a_name() -> None:
    (found,) = leaves(f"{CANARY},Maternity Leave,14/06/2025,2025-12-14,08/12/2025,17/11/2025,30/08/2026,41")
    assert found == Leave(
        row=2, kind="maternity leave", person=0, told=dt.date(2025, 6, 14), expected_week=dt.date(2025, 12, 14),
        birth=dt.date(2025, 12, 8), start=dt.date(2025, 11, 17), end=dt.date(2026, 8, 30), longest_run=41,
    )  # fmt: skip
    assert CANARY not in repr(found)


def test_a_row_without_a_kind_is_no_pregnancy() -> None:
    assert leaves("A,,01/01/2026,,,,,", "B,Pregnancy,01/01/2026,,,,,")[0].row == 3


def test_all_faults_are_told_at_once() -> None:
    found = faults(f"A,Holiday {CANARY},,,,,,", f"B,Pregnancy,{CANARY},,,,,", "C,Adoption leave,,,,02/02/2026,01/02/2026,",
                   "D,Pregnancy,,,,,,-3")  # fmt: skip
    assert found == {"unknown-leave-type": (2,), "not-a-date": (3,), "leave-ends-first": (4,), "negative-number": (5,)}


def test_without_a_type_of_leave_nothing_can_be_read() -> None:
    assert "no-needed-column" in faults("A,1", head="Name,Weeks\n")


def test_two_columns_for_one_thing_are_a_fault() -> None:
    assert "two-headers" in faults("Pregnancy,,", head="Leave type,Leave start,Start of leave\n")


def test_ordinary_paternity_leave_is_refused_with_what_to_do() -> None:
    with pytest.raises(EiaError) as caught:
        leaves("A,Paternity leave,,,,,,")
    (fault,) = caught.value.faults
    assert (fault.code, fault.row) == ("unknown-leave-type", (2,))
    assert "aternity leave" in f"{fault.do} {fault.allowed}"


def test_the_file_of_the_example_is_read() -> None:
    assert len(read_leave(open_table(examples()["riverbank"].parent / "leave.csv")).rows) == 85


def test_rows_of_one_reference_are_of_one_person_and_rows_without_one_of_another() -> None:
    found = leaves("X1,Pregnancy", "X2,Pregnancy", "X1,Maternity leave", ",Pregnancy", head="Staff no,Leave type\n")
    first, second, again, nobody = (each.person for each in found)
    assert first == again
    assert len({first, second, nobody}) == 3
    assert "X1" not in repr(found)


def test_row_numbers_are_those_of_the_spreadsheet_where_a_title_stands_above() -> None:
    row = "A,Maternity leave,14/06/2025,14/12/2025,08/12/2025,17/11/2025,30/08/2026,41"
    found = leaves(row, row, row, head=f"Family leave 2026,,,,,,,\n,,,,,,,\n{HEAD}")
    assert [each.row for each in found] == [4, 5, 6]


def test_the_end_of_a_pregnancy_is_read() -> None:
    assert leaves("Pregnancy,01/02/2026", head="Leave type,Pregnancy ended\n")[0].ended == dt.date(2026, 2, 1)


@pytest.mark.parametrize(("word", "kind"), [
    ("Maternity", "maternity leave"), ("Mat leave", "maternity leave"), ("ML", "maternity leave"), ("OML/AML", "maternity leave"), ("OMP / SMP", "maternity leave"),
    ("SPL", "shared parental leave"), ("ShPL", "shared parental leave"), ("Adoption", "adoption leave"), ("SAP", "adoption leave"), ("Neonatal", "neonatal care leave"),
])  # fmt: skip
def test_kinds_of_leave_are_known_as_systems_write_them(word: str, kind: str) -> None:
    (found,) = leaves(f"X1,{word}", head="Staff no,Leave type\n")
    assert found.kind == kind


@pytest.mark.parametrize("word", ["Paternity", "OPL", "Parental leave", "KIT day", "Mtrnty"])
def test_leave_without_priority_or_of_no_known_kind_is_refused(word: str) -> None:
    with pytest.raises(EiaError) as caught:
        leaves(f"X1,{word}", head="Staff no,Leave type\n")
    assert [fault.code for fault in caught.value.faults] == ["unknown-leave-type"]
