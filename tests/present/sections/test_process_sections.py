"""The same case has the law of its day, in the report as it is printed."""

from __future__ import annotations

import datetime as dt

import pytest
from made import assessed, case, pools

from eia.present.documents.draft_eia import document
from eia.present.documents.markdown import to_markdown
from eia.present.sections.process import process_sections

FILE = pools(A=(2, 5, 1, 5), B=(1, 3, 2, 4))


def report(proposal: str | None, **choices: object) -> str:
    dates = {"proposal": dt.date.fromisoformat(proposal)} if proposal else {}
    made = assessed(
        FILE, case(dates=dates, employer={"jurisdiction": "England", "kind": "public authority"}, **choices)
    )
    page = document(made)
    return to_markdown(page, dict.fromkeys(("consultation-timeline", *_figures(page)), ("<svg/>",)))[0]


def _figures(page) -> list[str]:
    return [block.name for block in page.blocks if hasattr(block, "chart")]


@pytest.mark.parametrize(
    ("proposal", "week", "days", "award"),
    [("2012-03-01", "£430", "90 days", "90 days"), ("2026-11-22", "£751", "45 days", "180 days")],
)
def test_the_same_case_gives_the_limit_and_the_days_of_its_day(proposal: str, week: str, days: str, award: str) -> None:
    said = report(proposal, consultation={"number_proposed": 120})
    assert f"a week's pay counts up to {week}" in said
    assert f"at least {days} before the first dismissal" in said
    assert f"up to {award} of pay" in said


def test_each_section_begins_with_its_heading_and_only_those_with_something_to_say_are_there() -> None:
    def heads(**choices: object) -> list[str]:
        return [section[0].text for section in process_sections(assessed(FILE, case(**choices)))]  # type: ignore[union-attr]

    assert heads() == ["Questions to put to the employer", "The consultation clock"]
    assert heads(dates={"proposal": dt.date(2026, 11, 22)}, consultation={"number_proposed": 20}) == [
        "Questions to put to the employer", "The consultation clock", "Severance pay",
    ]  # fmt: skip
