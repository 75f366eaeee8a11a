"""What is entered on consultation is assessed, shown and kept; a day without law is refused and never breaks a page."""

import datetime as dt

import pytest

from eia.case import Decision, changed
from eia.present.documents.draft import draft
from eia.present.sections.checklist import HEADING as QUESTIONS
from eia.present.sections.consultation import HEADING, duty, first_of_all
from eia.present.sections.family_leave_priority import SINCE_WHEN, late_told
from eia.present.sections.law import MARKED, amount
from eia.present.sections.law_section import time_limits

QUICK = {"analysis": {"draws": 999}}  # nothing here rests on chance
GIVEN = {"number_proposed": 24, "establishment": "Civic Centre", "begins": "2026-11-23", "received": ["the reasons"]}


def visited(opened, **parts):
    visit = opened("millbrook")
    visit.apply(changed(visit.case, **({"consultation": GIVEN} | QUICK | parts)))
    return visit


@pytest.mark.slow
def test_the_clock_has_a_page(screen, opened):
    visit = visited(opened)
    assert visit.problem is None
    shown = screen(visit).go("process")
    assert not shown.app.exception
    assert amount(visit.assessment.law.clock.band.days) == "30 days"
    assert duty(visit.assessment.law.clock) in shown.words
    assert any("Follows from a rule" in chart for chart in shown.charts)


@pytest.mark.slow
def test_the_proposal_page_keeps_what_was_entered(screen, opened):
    visit = visited(opened)
    shown = screen(visit).settings()
    assert not shown.app.exception
    shown.click("apply")
    assert not shown.app.exception
    assert shown.visit.problem is None
    assert shown.visit.case.consultation == visit.case.consultation


def test_a_proposal_of_before_the_law_breaks_no_page(screen, opened):
    visit = visited(opened, dates={"proposal": "2009-03-01"})
    assert visit.problem is not None
    for page in ("answer", "process"):
        assert not screen(visit).go(page).app.exception


def test_what_has_come_too_early_stands_first_on_the_page_and_time_limits_stand_on_it(screen, opened):
    today = dt.datetime.now(dt.UTC).date()
    begun = GIVEN | {"begins": today - dt.timedelta(days=3), "notice_from": today + dt.timedelta(days=60)}
    visit = visited(opened, dates={"proposal": today - dt.timedelta(days=10)}, consultation=begun)
    first = [block.text for block in first_of_all(visit.assessment)]
    assert len(first) == 2
    shown = screen(visit).go("process").words
    places = [shown.index(text) for text in (*first, QUESTIONS, HEADING)]
    assert places == sorted(places)
    assert time_limits(visit.assessment) in shown
    assert MARKED in shown
    assert [block.text for block in draft(visit.assessment).blocks[1:3]] == first


def test_a_day_of_notice_given_for_the_old_jobs_is_warned_of_where_it_is_entered(screen, opened):
    late = {"priority": {"impracticable_from": "2027-01-11"}, "consultation": GIVEN | {"notice_from": "2027-01-11"}}
    shown = screen(visited(opened, **late)).settings()
    assert late_told(shown.visit.case) in shown.words
    assert SINCE_WHEN in {each.label for each in shown.app.date_input}


@pytest.mark.slow
def test_the_proposal_page_keeps_what_it_shows_and_what_it_does_not(screen, opened):
    kept = {
        "consultation": GIVEN | {"last_dismissal": "2027-05-09", "reason": "Savings", "selection_method": "Scores"},
        "documents": {"redeployment policy": {"asked": "2026-11-24"}, "job plans": {"received": "2026-11-25"}},
        "decisions": {"Pools": {"by": "Cabinet", "read": "8d969eef6ecad3c2"}},
        "severance": {"pension_age": 60, "pension_scheme": "local government"},
        "pay_protection": {"months": 24, "share": 0.5},
    }
    visit = visited(opened, **kept)
    shown = screen(visit).settings()
    shown.click("apply")
    assert shown.visit.problem is None
    for part in kept:
        assert getattr(shown.visit.case, part) == getattr(visit.case, part)


@pytest.mark.slow
def test_decisions_pay_protection_and_transfers_are_entered_on_the_page(screen, opened):
    shown = screen(opened("millbrook")).settings()
    enter(shown, "text_input", "Decision", "Pools")
    enter(shown, "text_input", "Decided by", "Governors")
    enter(shown, "date_input", "Decided on", dt.date(2026, 10, 20))
    enter(shown, "text_input", "Version read, by its hash", "8D969EEF6ECAD3C2")
    enter(shown, "text_area", "Papers given, one a line", "Draft assessment\n\nOptions paper")
    enter(shown, "number_input", "Months for which lost pay is made up", 24)
    enter(shown, "number_input", "Share of the lost pay that is made up, in per cent", 50.0)
    shown.click("apply")
    assert shown.visit.problem is None
    case = shown.visit.case
    assert case.decisions == {
        "Pools": Decision(
            by="Governors",
            on=dt.date(2026, 10, 20),
            read="8d969eef6ecad3c2",
            given=("Draft assessment", "Options paper"),
        )
    }
    assert (case.pay_protection.months, case.pay_protection.share) == (24, 0.5)


@pytest.mark.slow
def test_what_was_added_can_be_taken_out_again_and_stays_out(screen, opened):
    shown = screen(opened("millbrook")).settings()
    enter(shown, "text_input", "Decision", "Pools")
    enter(shown, "text_input", "Decided by", "Governors")
    enter(shown, "text_input", "Name", "Our terms")
    shown.click("apply").settings()
    assert (set(shown.visit.case.decisions), set(shown.visit.case.terms)) == ({"Pools"}, {"Our terms"})
    for label, known in (("Decision", "Pools"), ("Name", "Our terms")):
        added, empty = [each for each in shown.app.text_input if each.label == label]
        assert (added.value, empty.value) == (known, "")
        added.set_value("")
    shown.click("apply").settings().click("apply")
    assert shown.visit.problem is None
    assert (shown.visit.case.decisions, shown.visit.case.terms) == ({}, {})
    shown.settings()
    enter(shown, "text_input", "Name", "Our terms")
    shown.click("apply").settings().click("apply")
    assert set(shown.visit.case.terms) == {"Our terms"}


def test_a_decision_without_anybody_who_took_it_is_refused_on_the_page(screen, opened):
    shown = screen(opened("millbrook")).settings()
    enter(shown, "text_input", "Decision", "Pools")
    shown.click("apply")
    assert not shown.app.exception
    assert shown.visit.problem is not None


@pytest.mark.slow
def test_a_pool_goes_to_another_employer_only_with_its_day(screen, opened):
    visit = opened("saltmarsh")
    shown = screen(visit).settings()
    assert shown.app.multiselect(
        key=key_of(shown, "multiselect", "Pools whose work goes to another employer")
    ).value == ["Facilities"]
    enter(shown, "multiselect", "Pools whose work goes to another employer", ["Facilities", "Corporate support"])
    shown.app.run()
    assert {"Facilities", "Corporate support"} <= {
        each.label.split(":")[0].replace("\\", "") for each in shown.app.date_input
    }
    shown.click("apply")
    assert shown.visit.problem is None
    assert shown.visit.case.pools == visit.case.pools


def key_of(shown, kind, label):
    """The key of the one field with this label."""
    (key,) = [each.key for each in getattr(shown.app, kind) if each.label == label]
    return key


def enter(shown, kind, label, value):
    """Fill in the one field with this label."""
    getattr(shown.app, kind)(key=key_of(shown, kind, label)).set_value(value)
