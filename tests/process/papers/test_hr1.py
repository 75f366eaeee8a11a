"""Form HR1 as a checklist: filled from the case where it can be, asked of the employer where not."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from eia.case import Case, Consultation, Dates, Employer, Paper
from eia.findings.assess import assess
from eia.findings.record import from_json, to_json
from eia.law.lookup import rule
from eia.process.consultation_clock import consultation_clock
from eia.process.papers.documents import WORTH_ASKING_FOR, documents_asked_for
from eia.process.papers.hr1 import FILLED_FROM, FormHR1, form_hr1

TODAY = dt.date(2026, 11, 22)


def form(*, on: dt.date = TODAY, kind: Any = "other body", where: Any = "England", **given: Any) -> FormHR1 | None:
    case = Case(
        employer=Employer(kind=kind, jurisdiction=where, name="Riverbank Council"),
        dates=Dates(proposal=on),
        consultation=Consultation(**{"number_proposed": 30, **given}),
    )
    return form_hr1(case, consultation_clock(case))


def filled(**given: Any) -> set[str]:
    made = form(**given)
    assert made
    return {entry.source for entry in made.entries if entry.filled and entry.source}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("establishment", "Civic Centre"),
        ("begins", TODAY),
        ("first_dismissal", dt.date(2027, 2, 8)),
        ("last_dismissal", dt.date(2027, 5, 9)),
        ("reason", "Savings"),
        ("selection_method", "Scores"),
        ("representatives", "The recognised unions"),
    ],
)
def test_each_key_of_the_case_fills_one_thing_in(key: str, value: Any) -> None:
    assert filled(**{key: value}) - filled() == {f"consultation.{key}"}


def test_what_no_key_fills_in_is_for_the_employer() -> None:
    made = form()
    assert made
    assert [entry.asked for entry in made.entries if entry.source is None] == [
        "the employer's address, and whom to ask",
        "how many work there",
    ]


def test_everything_that_can_be_filled_in_is_on_the_form_of_today() -> None:
    assert set(FILLED_FROM) <= set(rule("hr1_contents", on=TODAY).value)  # type: ignore[arg-type]


@pytest.mark.parametrize(("on", "by_occupation"), [(dt.date(2025, 11, 30), True), (dt.date(2025, 12, 1), False)])
def test_the_online_form_asks_for_no_numbers_by_occupation(on: dt.date, by_occupation: bool) -> None:
    made = form(on=on)
    assert made
    assert any("by occupation" in entry.asked for entry in made.entries) == by_occupation
    assert made.contents.confidence == "unchecked"


def test_the_day_it_is_due_is_that_of_the_clock() -> None:
    made = form(number_proposed=120, first_dismissal=dt.date(2027, 2, 8))
    assert made
    assert made.by == dt.date(2026, 12, 25)


@pytest.mark.parametrize("choices", [{"number_proposed": 19}, {"kind": "Crown"}, {"where": "Northern Ireland"}])
def test_no_form_where_none_is_owed_or_recorded(choices: dict[str, Any]) -> None:
    assert form(**choices) is None


def test_the_last_dismissal_is_not_before_the_first() -> None:
    with pytest.raises(ValueError, match="last dismissal"):
        Consultation(first_dismissal=dt.date(2027, 2, 8), last_dismissal=dt.date(2027, 2, 7))


def test_documents_keep_their_days_and_own_names_come_last() -> None:
    asked = Paper(asked=TODAY)
    every = documents_asked_for(Case(documents={"job plans": Paper(received=TODAY), "redeployment policy": asked}))
    assert [name for name, _ in every] == [*WORTH_ASKING_FOR, "job plans"]
    assert dict(every)["redeployment policy"] == asked
    assert dict(every)["appeals procedure"] == Paper()


def test_the_record_gives_the_form_back() -> None:
    made = assess(
        b"sex,pool,selected\nF,A,yes\nM,A,no\n",
        {
            "employer": {"jurisdiction": "England"},
            "dates": {"proposal": "2026-11-22"},
            "consultation": {"number_proposed": 30, "begins": "2026-11-23", "reason": "Savings"},
        },
    )
    assert made.law.form
    assert from_json(to_json(made)).law.form == made.law.form
