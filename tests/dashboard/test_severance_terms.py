"""Severance terms are given as a page of their own where there are people, and the reason is given where there are none."""

from __future__ import annotations

import datetime as dt

import pytest

from eia.dashboard.open_files import people
from eia.dashboard.session import Session
from eia.findings.record import to_json
from eia.intake.evidence import Upload
from eia.present.documents.model import Heading
from eia.present.sections.terms.severance import terms_document
from eia.process.severance_impact import severance_impact


def downloads(shown) -> set[str]:
    return {button.proto.label for button in shown.app.get("download_button")}


def test_people_give_a_page_of_terms(screen, opened):
    shown = screen(opened("millbrook")).go("take_away")
    assert "Severance terms (web page)" not in downloads(shown)
    shown.click("terms")
    assert not shown.app.exception
    assert "Severance terms (web page)" in downloads(shown)
    case, found = shown.visit.case, people(shown.visit.case, shown.visit.sources)
    page = terms_document(severance_impact(found, case), case, today=dt.date.today())
    headings = [block.text for block in page.blocks if isinstance(block, Heading)]
    assert all(heading in shown.visit.made["terms.html"] for heading in headings)


@pytest.mark.parametrize("example", ["dwp-2014", "university-2010"])
def test_counts_give_the_reason_instead(screen, opened, example):
    shown = screen(opened(example)).go("take_away").click("terms")
    assert not shown.app.exception
    assert "Severance terms need a file of people" in shown.words
    assert "Severance terms (web page)" not in downloads(shown)


def test_a_saved_assessment_holds_no_people(screen, opened):
    saved = Session()
    record = to_json(opened("millbrook").assessment)
    saved.open_record(Upload(name="assessment.json", content=record.encode()))
    shown = screen(saved).go("take_away")
    assert not shown.app.exception
    assert "severance terms would pay" not in shown.words


def test_people_are_read_from_the_files_that_are_open(opened):
    visit = opened("millbrook")
    assert people(visit.case, visit.sources).people == visit.assessment.evidence.people
