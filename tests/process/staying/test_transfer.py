"""A pool whose work goes to another employer has the rules of a transfer, and is no redundancy selection pool."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from eia.case import Case, Employer, Pool
from eia.errors import EiaError
from eia.findings.assess import assess
from eia.findings.record import from_json, to_json
from eia.intake.evidence import read_workforce
from eia.process.staying.transfer import transfers

STAFF = b"sex,pool,outcome\n" + b"F,A,selected\nM,A,retained\nF,B,retained\nM,B,retained\n" * 3


def says(key: str, on: str, **employer: Any) -> str | None:
    case = Case(employer=Employer(**employer), pools={"B": Pool(transfers_on=dt.date.fromisoformat(on))})
    found = {rule.key: str(rule.value) for rule in transfers(case)[0].rules}
    return found.get(key)


@pytest.mark.parametrize(
    ("key", "day", "words"),
    [
        ("transfer_direct_consultation", "2024-07-01", "fewer than 50"),
        ("transfer_dismissal", "2014-01-31", "change of the place of work"),
        ("transfer_redundancy_consultation", "2014-01-31", "agrees in writing"),
    ],
)
def test_a_rule_changes_on_its_day(key: str, day: str, words: str) -> None:
    before = dt.date.fromisoformat(day) - dt.timedelta(days=1)
    assert words in (says(key, day) or "")
    assert words not in (says(key, before.isoformat()) or "")


def test_reorganisation_of_public_administration_is_for_public_employers_alone() -> None:
    assert "COSOP" in (says("transfer_public_reorganisation", "2027-04-01", kind="public authority") or "")
    assert says("transfer_public_reorganisation", "2027-04-01", kind="other body") is None


def test_nothing_of_great_britain_alone_is_told_in_northern_ireland() -> None:
    case = Case(employer=Employer(jurisdiction="Northern Ireland"), pools={"B": Pool(transfers_on=dt.date(2027, 4, 1))})
    assert transfers(case)[0].rules == ()


def test_its_people_are_counted_and_are_in_no_pool() -> None:
    made = assess(STAFF, pools={"B": {"transfers_on": "2027-04-01"}})
    assert made.cube.layout.pools == ("A",)
    assert (made.evidence.people, made.evidence.in_pools) == (12, 6)
    assert [each.pools for each in made.law.transfers] == [("B",)]
    assert from_json(to_json(made)).law.transfers == made.law.transfers


def test_somebody_selected_from_it_is_a_fault() -> None:
    with pytest.raises(EiaError):
        read_workforce(STAFF, Case(pools={"A": Pool(transfers_on=dt.date(2027, 4, 1))}))


def test_it_has_no_posts_to_go() -> None:
    with pytest.raises(ValueError, match="no posts to go"):
        Pool(to_go=1, transfers_on=dt.date(2027, 4, 1))


def test_a_table_of_counts_leaves_it_out_instead() -> None:
    counts = b"characteristic,group,pool,in scope,selected\nsex,Female,A,10,2\nsex,Male,A,10,3\nsex,Female,B,5,1\nsex,Male,B,5,1\n"
    with pytest.raises(EiaError) as caught:
        assess(counts, pools={"B": {"transfers_on": "2027-04-01"}})
    assert [fault.code for fault in caught.value.faults] == ["transfer-of-counts"]
