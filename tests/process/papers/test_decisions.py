"""The record of decisions says what it lacks, stands in the order of the days, and is printed in the draft."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from eia.case import Case, Consultation, Dates, Decision, Employer
from eia.findings.assess import assess
from eia.findings.record import from_json, to_json
from eia.law.lookup import in_force
from eia.present.documents.annex import annex as document
from eia.present.documents.model import Table
from eia.process.papers.decisions import recorded_decisions

WHOLE: dict[str, Any] = {"by": "Cabinet", "on": dt.date(2026, 12, 14), "read": "8d969eef6ecad3c2", "given": ("Draft",)}
BEGINS = dt.date(2026, 11, 23)


def missing(**changes: Any) -> tuple[str, ...]:
    case = Case(consultation=Consultation(begins=BEGINS), decisions={"Pools": Decision(**{**WHOLE, **changes})})
    found = recorded_decisions(case)
    assert found
    return found.every[0].missing


@pytest.mark.parametrize(
    ("changes", "lacks"),
    [
        ({}, ()),
        ({"on": None}, ("day",)),
        ({"read": None}, ("version read",)),
        ({"given": ()}, ("papers given",)),
        ({"on": BEGINS}, ()),
        ({"on": BEGINS - dt.timedelta(days=1)}, ("consultation had not begun",)),
    ],
)
def test_what_a_record_lacks_is_told(changes: dict[str, Any], lacks: tuple[str, ...]) -> None:
    assert missing(**changes) == lacks


@pytest.mark.parametrize("read", ["8d969ee", "8D969EEF", "the last one"])
def test_a_version_is_the_hash_or_its_first_digits(read: str) -> None:
    with pytest.raises(ValueError, match="read"):
        Decision(by="Cabinet", read=read)


def test_the_first_decision_comes_first_and_one_without_a_day_last() -> None:
    days = {"late": dt.date(2027, 1, 5), "open": None, "early": dt.date(2026, 12, 1)}
    found = recorded_decisions(Case(decisions={name: Decision(by="Cabinet", on=day) for name, day in days.items()}))
    assert found
    assert [each.name for each in found.every] == ["early", "late", "open"]


@pytest.mark.parametrize(("kind", "cited"), [("public authority", True), ("other body", False), (None, False)])
def test_due_regard_is_cited_where_the_duty_binds(kind: Any, cited: bool) -> None:
    case = Case(
        employer=Employer(kind=kind, jurisdiction="England"),
        dates=Dates(proposal=BEGINS),
        decisions={"Pools": Decision(by="Cabinet")},
    )
    found = recorded_decisions(case)
    assert found
    assert (found.rule is not None) == cited


def test_due_regard_is_cited_from_the_day_of_the_duty_and_not_in_northern_ireland() -> None:
    assert in_force("decision_record", on=dt.date(2011, 4, 4)) is None
    assert in_force("decision_record", on=dt.date(2011, 4, 5))
    assert in_force("decision_record", on=BEGINS, where="Northern Ireland") is None


def test_the_draft_prints_it_and_the_record_gives_it_back() -> None:
    staff = b"sex,pool,selected\nF,A,yes\nF,A,yes\nM,A,no\nM,A,no\n"
    made = assess(staff, decisions={"Pools": {"by": "Cabinet", "on": "2026-12-14", "read": "8d969eef6ecad3c2"}})
    tables = [block for block in document(made).blocks if isinstance(block, Table)]
    (row,) = next(table for table in tables if table.title == "Record of decisions").rows
    assert row[:4] == ("Pools", "Cabinet", "14 December 2026", "8d969eef6eca")
    assert from_json(to_json(made)).law.decisions == made.law.decisions
    assert recorded_decisions(Case()) is None
