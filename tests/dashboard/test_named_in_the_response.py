"""A group is put among those that the response names from its story; the choice is undone, saved and taken out like any other."""

from __future__ import annotations

import tomllib

import pytest

from eia.case import case_text
from eia.dashboard.keeping.undo import PARTS, last_choice
from eia.findings.gaps import can_be_named

DISABLED = "disability: Disabled"


def story(screen, visit, address="disability-1"):
    made = screen(visit)
    made.app.query_params["group"] = address
    return made.go("story")


def test_a_group_is_added_and_taken_out_without_assessing_again(screen, opened, monkeypatch):
    shown = story(screen, opened("riverbank"))
    visit = shown.visit
    monkeypatch.setattr(type(visit), "_assess", lambda *_: pytest.fail("assessed again"))
    shown.click("to response")
    assert not shown.app.exception
    assert visit.case.response.findings == visit.assessment.case.response.findings == (DISABLED,)
    assert last_choice(visit) == PARTS["response"]
    assert tomllib.loads(case_text(visit.case, visit.case_file))["response"] == {"findings": [DISABLED]}
    shown.click("out of response")
    assert visit.case.response.findings == ()
    visit.undo()
    assert visit.case.response.findings == (DISABLED,)
    visit.undo()
    assert visit.case.response.findings == visit.assessment.case.response.findings == ()


def test_the_response_of_the_visit_leads_with_it_and_offers_to_take_it_out(screen, opened):
    shown = story(screen, opened("riverbank")).click("to response").go("take_away")
    assert DISABLED in shown.words
    shown.click("out 0")
    assert shown.visit.case.response.findings == ()
    assert DISABLED not in shown.words


def test_a_group_with_no_gap_against_it_has_no_button(screen, opened):
    shown = story(screen, opened("riverbank"), "disability-2")
    assert not {"to response", "out of response"} & {button.key for button in shown.app.button}


def test_no_more_are_added_than_a_letter_has_room_for(screen, opened):
    visit = opened("riverbank")
    names = [name for name in can_be_named(visit.assessment) if name != DISABLED][:4]
    visit.lead_with(names)
    shown = story(screen, visit)
    assert "to response" not in {button.key for button in shown.app.button}
    assert "has room for" in shown.words


def test_a_name_that_fits_no_gap_is_said_where_it_can_be_taken_out(screen, opened):
    visit = opened("riverbank")
    visit.lead_with(["disability: Disbled"])
    shown = screen(visit).go("take_away")
    assert "These figures have no such gap." in shown.words
    assert not shown.click("out 0").visit.case.response.findings
