"""Pay protection: the policy applied to those downgraded, never told of few people."""

from __future__ import annotations

from typing import Any

import pytest

from eia.case import Case, PayProtection
from eia.findings.assess import assess
from eia.findings.record import from_json, to_json
from eia.intake.evidence import read_workforce
from eia.process.staying.pay_protection import ProtectedPay, protected_pay

HEADERS = "sex,pool,outcome,downgraded,pay lost,pay protection months\n"


def applied(*groups: tuple[str, str, int, str, int], months: int = 24, share: float = 1.0) -> ProtectedPay | None:
    """Sex, downgraded, pay lost, months of protection, how many."""
    rows = [f"{sex},A,retained,{down},{lost},{kept}\n" * number for sex, down, lost, kept, number in groups]
    case = Case(pay_protection=PayProtection(months=months, share=share))
    return protected_pay(read_workforce((HEADERS + "".join(rows)).encode(), case), case)


@pytest.mark.parametrize(
    ("months", "share", "protected"), [(12, 1.0, 30000), (24, 1.0, 60000), (36, 0.5, 45000), (6, 1.0, 15000)]
)
def test_months_and_share_make_up_what_is_lost(months: int, share: float, protected: float) -> None:
    found = applied(("F", "yes", 2000, "", 15), ("M", "no", 0, "", 20), months=months, share=share)
    assert found
    assert (found.people, found.lost, found.protected) == (15, 30000, pytest.approx(protected))


def test_who_loses_pay_and_is_not_downgraded_is_left_aside_where_the_file_says() -> None:
    found = applied(("F", "yes", 2000, "", 12), ("M", "no", 500, "", 20))
    assert found
    assert (found.downgraded, found.people) == (True, 12)


def test_amounts_of_nine_people_are_not_told() -> None:
    found = applied(("F", "yes", 2000, "", 9), ("M", "no", 0, "", 20))
    assert found
    assert (found.people, found.lost, found.protected, found.losing) == (9, None, None, ())


def test_protection_shorter_than_the_policy_is_counted_by_group() -> None:
    found = applied(("F", "yes", 2000, "12", 12), ("M", "yes", 2000, "24", 11), ("M", "yes", 2000, "6", 10))
    assert found
    assert (found.told, found.shorter) == (33, 22)
    assert [(each.group, each.number, each.of) for each in found.shorter_groups] == [
        ("Female", 12, 12),
        ("Male", 10, 21),
    ]


def test_without_a_policy_or_pay_lost_there_is_nothing() -> None:
    staff = read_workforce(b"sex,pool,outcome\nF,A,retained\nM,A,selected\n")
    assert protected_pay(staff, Case(pay_protection=PayProtection(months=12))) is None
    assert protected_pay(staff, Case()) is None


def test_the_record_gives_it_back() -> None:
    text = HEADERS + "F,A,retained,yes,900,12\nM,A,retained,yes,900,12\n" * 12 + "M,A,selected,,,\n"
    choices: dict[str, Any] = {"pay_protection": {"months": 24, "share": 0.5}}
    made = assess(text.encode(), choices)
    assert made.protection
    assert from_json(to_json(made)).protection == made.protection
