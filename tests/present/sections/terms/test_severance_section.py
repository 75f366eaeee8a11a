"""Severance pay in words: the limits of the day, and a document on terms that gives nobody's payment away."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from eia.case import Case, Dates, Employer
from eia.intake.evidence import read_workforce
from eia.present.documents.html import to_html
from eia.present.documents.model import Bullets, Document, Paragraph, Table
from eia.present.sections.law import MARK
from eia.present.sections.terms.severance import limits_told, severance, terms_document
from eia.process.severance import limits
from eia.process.severance_impact import severance_impact

TODAY = dt.date(2026, 11, 22)
STAFF = "sex,age,service years,grade,fte,annual pay,pool,outcome\n" + "".join(
    f"{sex},{age},10,x,1,{20000 + 500 * number},A,selected\n"
    for number, (sex, age) in enumerate([("F", 45)] * 6 + [("M", 45)] * 6 + [("F", 60), ("M", 30)])
)


def told(**choices: Any) -> str:
    found = limits(Case(**choices))
    assert found
    return limits_told(found)


def on_terms(**choices: Any) -> Document:
    case = Case.model_validate({"dates": {"proposal": TODAY}, "columns": {"pay": "annual pay"}, **choices})
    comparison = severance_impact(read_workforce(STAFF.encode(), case), case)
    return terms_document(comparison, case, today=TODAY)


def table(document: Document, title: str) -> Table:
    return next(block for block in document.blocks if isinstance(block, Table) and title in block.title)


@pytest.mark.parametrize(
    ("proposal", "week", "most"), [(dt.date(2012, 3, 1), "£430", "£12,900"), (TODAY, "£751", "£22,530")]
)
def test_the_same_case_has_the_limits_of_its_day(proposal: dt.date, week: str, most: str) -> None:
    said = told(dates=Dates(proposal=proposal))
    assert week in said
    assert most in said


def test_where_a_limit_is_not_recorded_that_is_said() -> None:
    said = told(dates=Dates(proposal=TODAY), employer=Employer(jurisdiction="Northern Ireland"))
    assert "not recorded" in said


def test_the_crown_is_told_that_it_has_another_scheme() -> None:
    said = told(dates=Dates(proposal=TODAY), employer=Employer(kind="Crown"))
    assert "no statutory redundancy payment" in said
    assert "£" not in said


def test_no_day_no_section() -> None:
    assert tuple(severance(None, None)) == ()


def test_every_rule_of_the_terms_is_listed_with_its_source() -> None:
    (sources,) = [block for block in on_terms().blocks if isinstance(block, Table) and "sources" in block.title]
    assert "Limit on a week's pay" in {row[0].rstrip(MARK) for row in sources.rows}
    assert all("legislation.gov.uk" in row[2] for row in sources.rows)


def test_the_document_puts_like_with_like_before_the_crude_sums() -> None:
    document = on_terms()
    titles = [block.title for block in document.blocks if isinstance(block, Table)]
    assert titles.index("Severance terms at the same grade, service and hours") < titles.index("What the terms come to")
    assert "CONFIDENTIAL" in to_html(document)


def test_a_group_of_few_has_no_amount_shown() -> None:
    by_group = {row[0]: row for row in table(on_terms(), "Crude totals").rows}
    assert by_group["55 to 64"][2:] == ("Fewer than 5",) * 3
    assert by_group["45 to 54"][2].startswith("£")
    alike = {row[0]: row for row in table(on_terms(), "same grade").rows}
    assert alike["55 to 64"][1:4] == ("Fewer than 5", "–", "–")


def test_conditions_of_the_exception_for_age_are_told_one_by_one() -> None:
    document = on_terms(terms={"Gold": {"weeks_a_year": 4, "week_limit": 0}}, severance={"terms": "Gold"})
    rows = dict(table(document, "exception for age").rows)
    assert list(rows.values()).count("No") == 1
    kept = on_terms(terms={"Gold": {"year_multiple": 2.0}}, severance={"terms": "Gold"})
    assert list(dict(table(kept, "exception for age").rows).values()).count("No") == 0
    assert table(document, "exception for age").notes[0] != table(kept, "exception for age").notes[0]


def test_a_change_of_terms_says_that_amounts_are_a_change() -> None:
    document = on_terms(severance={"terms": "statutory", "instead_of": "civil service"})
    lead = next(block for block in document.blocks if isinstance(block, Paragraph))
    plain = next(block for block in on_terms().blocks if isinstance(block, Paragraph))
    assert lead.lead
    assert "change" in lead.text
    assert "change" not in plain.text


def test_quashed_terms_are_called_quashed() -> None:
    lead = next(b for b in on_terms(severance={"terms": "civil service 2016"}).blocks if isinstance(b, Paragraph))
    assert "quashed" in lead.text


def test_why_the_terms_were_quashed_is_said_beside_them_and_only_there() -> None:
    def told(name: str) -> bool:
        blocks = on_terms(severance={"terms": name}).blocks
        return any(isinstance(block, Paragraph) and "EWHC 1787" in block.text for block in blocks)

    assert told("civil service 2016")
    assert not told("civil service")


def test_whether_anybody_is_held_to_be_above_pension_age_is_said() -> None:
    def told(**severance: Any) -> str:
        blocks = on_terms(severance={"terms": "civil service", **severance}).blocks
        return " ".join(item for block in blocks if isinstance(block, Bullets) for item in block.items)

    assert "age of 60" in told(pension_age=60)
    assert "to nobody" in told()
