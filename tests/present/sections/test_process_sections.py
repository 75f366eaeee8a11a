"""The same case has the law of its day, in the report as it is printed."""

from __future__ import annotations

import datetime as dt

import pytest
from everything import text
from made import assessed, case, pools

from eia.findings.assessment import Assessment
from eia.present.sections.checklist import HEADING as QUESTIONS
from eia.present.sections.consultation import HEADING as CONSULTATION
from eia.present.sections.consultation import duty
from eia.present.sections.law import amount
from eia.present.sections.papers import DOCUMENTS
from eia.present.sections.process import process_sections
from eia.present.sections.terms.leaving import NOTICE
from eia.present.sections.terms.severance import HEADING as SEVERANCE
from eia.present.sections.terms.severance import limits_told

FILE = pools(A=(2, 5, 1, 5), B=(1, 3, 2, 4))


def assessment(proposal: str | None, **choices: object) -> Assessment:
    dates = {"proposal": dt.date.fromisoformat(proposal)} if proposal else {}
    employer = {"jurisdiction": "England", "kind": "public authority"}
    return assessed(FILE, case(dates=dates, employer=employer, **choices))


def report(proposal: str | None, **choices: object) -> str:
    return text(assessment(proposal, **choices))


@pytest.mark.parametrize(
    ("proposal", "week", "days", "award"),
    [("2012-03-01", "£430", "90 days", "90 days"), ("2026-11-22", "£751", "45 days", "180 days")],
)
def test_the_same_case_gives_the_limit_and_the_days_of_its_day(proposal: str, week: str, days: str, award: str) -> None:
    made = assessment(proposal, consultation={"number_proposed": 120})
    assert week in limits_told(made.law.limits)
    assert amount(made.law.clock.band.days) == days
    assert award in amount(made.law.clock.award)
    said = report(proposal, consultation={"number_proposed": 120})
    assert duty(made.law.clock) in said
    assert week in said


def test_each_section_begins_with_its_heading_and_only_those_with_something_to_say_are_there() -> None:
    def heads(**choices: object) -> list[str]:
        return [section[0].text for section in process_sections(assessed(FILE, case(**choices)))]  # type: ignore[union-attr]

    assert heads() == [QUESTIONS, CONSULTATION, DOCUMENTS]
    assert heads(dates={"proposal": dt.date(2026, 11, 22)}, consultation={"number_proposed": 20}) == [
        QUESTIONS, CONSULTATION, DOCUMENTS, NOTICE, SEVERANCE,
    ]  # fmt: skip
