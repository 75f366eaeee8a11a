"""Form HR1 and the documents in words: every row says where its answer comes from, or who has to give it."""

from __future__ import annotations

import datetime as dt

from eia.case import Case, Consultation, Dates, Employer, Paper
from eia.present.documents.model import Table
from eia.present.sections.papers import documents_section, hr1_section
from eia.process.consultation_clock import consultation_clock
from eia.process.papers.hr1 import form_hr1

DAY = dt.date(2026, 11, 22)


def test_a_row_says_what_the_case_has_or_who_gives_it() -> None:
    case = Case(
        employer=Employer(jurisdiction="England"),
        dates=Dates(proposal=DAY),
        consultation=Consultation(number_proposed=1200, begins=DAY, establishment="Civic Centre"),
    )
    blocks = hr1_section(form_hr1(case, consultation_clock(case)))
    table = next(block for block in blocks if isinstance(block, Table))
    told = {row[0]: row[1:] for row in table.rows}
    assert told["How many are proposed to be dismissed"] == ("1,200", "The case")
    assert told["The day consultation began, or begins"] == ("22 November 2026", "The case")
    assert told["The establishment"] == ("Civic Centre", "The case")
    assert told["The reason"][0] == told["How many work there"][0] == "–"
    assert told["The reason"][1] != told["How many work there"][1]
    assert not tuple(hr1_section(None))


def test_a_document_that_was_asked_for_is_still_to_come_until_it_came() -> None:
    papers = {
        "redeployment policy": Paper(asked=DAY),
        "appeals procedure": Paper(asked=DAY, received=DAY),
        "job plans": Paper(),
    }
    (table,) = [block for block in documents_section(Case(documents=papers)) if isinstance(block, Table)]
    told = {row[0]: row[1:] for row in table.rows}
    assert told["Redeployment policy"] == ("22 November 2026", "Still to come")
    assert told["Appeals procedure"] == ("22 November 2026", "22 November 2026")
    assert told["Job plans"] == told["Managing change policy"] == ("Not asked for", "–")
