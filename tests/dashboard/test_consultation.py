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


def test_the_proposal_page_keeps_what_it_shows_and_what_it_does_not(screen, opened):
    kept = {
        "consultation": GIVEN | {"last_dismissal": "2027-05-09", "reason": "Savings", "selection_method": "Scores"},
        "documents": {"redeployment policy": {"asked": "2026-11-24"}, "job plans": {"received": "2026-11-25"}},
        "decisions": {"Pools": {"by": "Cabinet", "read": "8d969eef6ecad3c2"}},
        "severance": {"pension_age": 60, "pension_scheme": "local government"},
        "pay_protection": {"months": 24, "share": 0.5},
    }
    visit = visited(opened, **kept)
    shown = screen(visit).go("proposal")
    shown.click("apply")
    assert shown.visit.problem is None
    for part in kept:
        assert getattr(shown.visit.case, part) == getattr(visit.case, part)
