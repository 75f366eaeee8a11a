"""Form HR1 and the documents in words: every row says where its answer comes from, or who has to give it."""

from __future__ import annotations

import datetime as dt

from eia.case import Case, Consultation, Dates, Employer, Paper
from eia.present.documents.model import Bullets, Table
from eia.present.sections.papers import documents_kept, documents_section, hr1_section
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
    ours, theirs = (tuple(made(Case(documents=papers))) for made in (documents_section, documents_kept))
    for blocks in (ours, theirs):
        (table,) = [block for block in blocks if isinstance(block, Table)]
        assert {row[0]: row[1:] for row in table.rows} == {
            "Redeployment policy": ("22 November 2026", "Still to come"),
            "Appeals procedure": ("22 November 2026", "22 November 2026"),
        }
    (to_ask,) = [block.items for block in ours if isinstance(block, Bullets)]
    assert {"Job plans", "Managing change policy"} <= set(to_ask)
    assert not {"Redeployment policy", "Appeals procedure"} & set(to_ask)


def test_what_is_still_to_ask_for_is_told_to_our_side_alone() -> None:
    assert not any(
        isinstance(block, Bullets) for block in documents_kept(Case(documents={"job plans": Paper(asked=DAY)}))
    )
    assert tuple(documents_kept(Case(documents={"job plans": Paper()}))) == ()
    assert not any(isinstance(block, Table) for block in documents_section(Case()))
