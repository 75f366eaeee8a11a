"""What is entered on consultation is assessed, shown and kept; a day without law is refused and never breaks a page."""

from eia.case import changed
from eia.present.sections.consultation import duty
from eia.present.sections.law import amount

QUICK = {"analysis": {"draws": 999}}  # nothing here rests on chance
GIVEN = {"number_proposed": 24, "establishment": "Civic Centre", "begins": "2026-11-23", "received": ["the reasons"]}


def visited(opened, **parts):
    visit = opened("millbrook")
    visit.apply(changed(visit.case, **({"consultation": GIVEN} | QUICK | parts)))
    return visit


def test_the_clock_has_a_page(screen, opened):
    visit = visited(opened)
    assert visit.problem is None
    shown = screen(visit).go("process")
    assert not shown.app.exception
    assert amount(visit.assessment.law.clock.band.days) == "30 days"
    assert duty(visit.assessment.law.clock) in shown.words
    assert any("Follows from a rule" in chart for chart in shown.charts)


def test_the_proposal_page_keeps_what_was_entered(screen, opened):
    visit = visited(opened)
    shown = screen(visit).go("proposal")
    assert not shown.app.exception
    shown.click("apply")
    assert not shown.app.exception
    assert shown.visit.problem is None
    assert shown.visit.case.consultation == visit.case.consultation


def test_a_proposal_of_before_the_law_breaks_no_page(screen, opened):
    visit = visited(opened, dates={"proposal": "2009-03-01"})
    assert visit.problem is not None
    for page in ("proposal", "answer", "process"):
        assert not screen(visit).go(page).app.exception
