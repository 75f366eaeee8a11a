"""Saltmarsh Agency shows what is planted and nothing else that is clear, and each thing that can come after selection."""

from __future__ import annotations

import pytest
from assessments import example

from eia.findings.assessment import Assessment
from eia.findings.headlines import asks


@pytest.fixture(scope="module")
def agency() -> Assessment:
    return example("saltmarsh")


def clear(agency: Assessment, step: str) -> set[str]:
    (at,) = [each for each in agency.further.subsequent_outcomes.steps if each.step == step]
    return {each.group.label for each in at.groups if each.level == "found" and each.more}


@pytest.mark.slow
def test_part_time_staff_are_downgraded_more_and_women_with_them(agency: Assessment) -> None:
    assert clear(agency, "downgraded") == {"Part-time", "Female"}


def test_nothing_else_is_clear_at_selection_or_at_a_step_dealt_by_lot(agency: Assessment) -> None:
    assert not [each for each in agency.findings if each.question == "selection" and each.level == "found"]
    for step in ("slotted in", "application accepted", "redeployed"):
        assert not clear(agency, step)


def test_who_was_refused_as_a_volunteer_is_not_asked_where_the_files_say(agency: Assessment) -> None:
    assert "volunteers" not in {ask.key for ask in asks(agency)}


def test_what_comes_after_selection_is_counted(agency: Assessment) -> None:
    work, pay = agency.other_work, agency.protection
    assert work
    assert (work.offered, work.late, work.late_start, work.long_trial, work.refused) == (
        38,
        3,
        3,
        2,
        (("place or travel", 12),),
    )
    assert pay
    assert (pay.downgraded, pay.people, pay.told, pay.policy.months) == (True, 47, 47, 24)
    assert pay.shorter >= 10
    (moved,) = agency.law.transfers
    assert moved.pools == ("Facilities",)
    assert agency.law.decisions
    assert [each.missing for each in agency.law.decisions.every] == [
        ("consultation had not begun",), ("version read", "papers given"),
    ]  # fmt: skip
