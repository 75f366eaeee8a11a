"""The screen shows the law of the day and the place of the case, on its pages and in the draft that is saved."""

import datetime as dt
import re

import pytest

from eia.case import changed
from eia.law.lookup import rule
from eia.present.sections.consultation import duty
from eia.present.sections.law import amount
from eia.present.sections.terms.severance import limits_told
from eia.process.checklist import documents

OF_THE_ACT = r"Equality Act 2010(?! (does|did) not apply)|Trade Union and Labour Relations|Employment Rights Act 1996"


def visited(opened, proposal, where="England", **consultation):
    visit = opened("millbrook")
    parts = {
        "employer": {"name": "Millbrook", "kind": "public authority", "jurisdiction": where},
        "dates": {"proposal": proposal},
        "consultation": {"number_proposed": 120} | consultation,
        "analysis": {"draws": 999},  # nothing here rests on chance
    }
    visit.apply(changed(visit.case, **parts))
    assert visit.problem is None
    return visit


@pytest.mark.slow
@pytest.mark.parametrize(
    ("proposal", "week", "days", "award"),
    [("2012-03-01", "£430", "90 days", "90 days"), ("2026-11-22", "£751", "45 days", "180 days")],
)
def test_the_same_case_gives_the_limit_and_the_days_of_its_day(screen, opened, proposal, week, days, award):
    shown = screen(visited(opened, proposal)).go("process")
    assert not shown.app.exception
    law = shown.visit.assessment.law
    assert (amount(law.clock.band.days), award in amount(law.clock.award)) == (days, True)
    assert week in limits_told(law.limits)
    for told in (duty(law.clock), amount(law.clock.award)):
        assert told in shown.words
    assert limits_told(law.limits) in screen(shown.visit).go("pay").words
    assert any("First dismissal not before" in chart for chart in shown.charts)


@pytest.mark.slow
def test_northern_ireland_is_shown_its_own_law_and_nothing_of_the_equality_act(screen, opened):
    shown = screen(visited(opened, "2026-11-22", "Northern Ireland")).go("method")
    assert not shown.app.exception
    clock = shown.visit.assessment.law.clock
    assert rule("race", on=dt.date(2026, 11, 22), where="Northern Ireland").instrument in shown.words
    assert amount(clock.band.days) == "90 days"
    assert duty(clock) in screen(shown.visit).go("process").words
    for page in ("answer", "pools", "method", "pay", "process", "take_away"):
        assert re.findall(OF_THE_ACT, screen(shown.visit).go(page).words) == [], page


def test_what_came_in_writing_is_ticked_from_the_list_of_the_law(screen, opened):
    visit = visited(opened, "2026-11-22", received=["the proposed method of selection"])
    listed = screen(visit).settings().app.multiselect
    ticked = [each for each in listed if each.label == "Received in writing"]
    assert [each.value for each in ticked] == [["the proposed method of selection"]]
    assert ticked[0].options == [name for name, _ in documents(visit.case)]
    shown = screen(visit).go("process").words
    assert re.search(r"The proposed method of selection\s+Yes", shown)
    assert re.search(r"The reasons\s+–", shown)
