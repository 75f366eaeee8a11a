"""A case of Northern Ireland is told the law of Northern Ireland, on every page, and is cited nothing of Great Britain's."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from everything import blocks, text
from made import assessed, case, table

from eia.findings.assessment import Assessment
from eia.present.documents.model import Paragraph, Table
from eia.present.sections.consultation import duty
from eia.present.sections.law import amount
from eia.present.sections.law_section import _BINDS_NORTHERN_IRELAND, law_section
from eia.present.sections.terms.severance import limits_told

HEADERS = [
    "sex",
    "disability",
    "marital status",
    "religion",
    "working pattern",
    "contract",
    "politics",
    "pool",
    "outcome",
]
ROWS = [
    ["F" if n % 2 else "M", "yes" if n % 3 else "no", "Married" if n % 4 else "Single", ("Christian", "No religion")[n % 5 > 2],
     "Part time" if n % 2 else "Full time", "Fixed term" if n % 7 == 0 else "Permanent", "Unionist" if n % 3 else "Nationalist",
     "AB"[n % 2], "selected" if n % 3 == 0 else "retained"]
    for n in range(48)
]  # fmt: skip
OF_GREAT_BRITAIN = (
    r"Equality Act 2010(?! (does|did) not apply)", r"\bEmployment Rights Act 1996", r"Trade Union and Labour Relations",
    r"SI 2000/1551", r"SI 2002/2034", r"\(Scotland\)", r"\(Wales\)", r"\b[Ss]ection 1(9|49)\b", r"\bs\.\s?1(4|5|8|9|9A|49|88|93)\b",
    r"Redundancy Payments Service", r"\b45 days", r"180 days",
)  # fmt: skip


def northern(kind: str = "public authority", on: str = "2026-11-02", number: int = 120) -> Assessment:
    choices = case(
        employer={"kind": kind, "jurisdiction": "Northern Ireland"},
        dates={"proposal": dt.date.fromisoformat(on), "extract": dt.date.fromisoformat(on)},
        consultation={"number_proposed": number, "first_dismissal": dt.date(2027, 3, 1)},
        characteristics={"political_opinion": {"title": "Political opinion", "column": "politics"}},
        analysis={"draws": 999},
    )
    return assessed(table(ROWS, HEADERS), choices)


def pages(assessment: Assessment) -> str:
    """All that is shown as text, what web pages of sources are called left out."""
    return re.sub(r"https\S+", "", text(assessment))


@pytest.mark.parametrize("kind", ["public authority", "other body with public functions", "other body", "Crown"])
@pytest.mark.parametrize("on", ["2012-03-01", "2026-11-02"])
def test_no_page_cites_the_law_of_great_britain(kind: str, on: str) -> None:
    said = pages(northern(kind, on))
    assert [found[0] for pattern in OF_GREAT_BRITAIN for found in re.finditer(pattern, said)] == []
    told = {block.text for block in law_section(northern(kind, on)) if isinstance(block, Paragraph)}
    assert told & set(_BINDS_NORTHERN_IRELAND.values())


def test_the_same_report_in_great_britain_would_be_caught() -> None:
    made = northern()
    english = made.case.model_copy(
        update={"employer": made.case.employer.model_copy(update={"jurisdiction": "England"})}
    )
    said = pages(assessed(table(ROWS, HEADERS), english))
    seen = {pattern for pattern in OF_GREAT_BRITAIN if re.search(pattern, said)}
    assert len(seen) >= 7


@pytest.mark.parametrize("number", [20, 100])
def test_consultation_lasts_thirty_or_ninety_days_and_the_form_goes_to_the_department(number: int) -> None:
    clock = northern(number=number).law.clock
    assert clock is not None
    assert amount(clock.band.days) == f"{90 if number == 100 else 30} days"
    assert "90 days" in amount(clock.award)
    said = pages(northern(number=number))
    assert duty(clock) in said
    assert "Department for the Economy" in said


@pytest.mark.parametrize(
    ("comparison", "law", "instrument"),
    [
        ("Sex", "sex", "Sex Discrimination (Northern Ireland) Order 1976 art.3A"),
        ("Religion or belief", "religion or belief", "Fair Employment and Treatment (Northern Ireland) Order 1998"),
        ("Political opinion", "political opinion", "Fair Employment and Treatment (Northern Ireland) Order 1998"),
        ("Disability", "disability", "Disability Discrimination Act 1995"),
        ("Marriage and civil partnership", "marriage and civil partnership", "Sex Discrimination (Northern Ireland) Order 1976"),
        ("Working pattern", "part-time workers", "Part-time Workers (Prevention of Less Favourable Treatment) Regulations (Northern Ireland) 2000 reg 5"),
        ("Contract", "fixed-term employees", "Fixed-term Employees (Prevention of Less Favourable Treatment) Regulations (Northern Ireland) 2002 regs 3 and 4"),
    ],
)  # fmt: skip
def test_each_comparison_has_the_order_or_regulations_of_its_own(comparison: str, law: str, instrument: str) -> None:
    (routes,) = [b for b in blocks(northern()) if isinstance(b, Table) and b.title.startswith("Law that each")]
    (row,) = [row for row in routes.rows if row[0] == f"The law of Northern Ireland, on {law}"]
    assert comparison in row[1]
    assert row[3].startswith(instrument)


def test_the_nine_categories_are_named_and_reach_political_opinion() -> None:
    said = pages(northern())
    for category in ("Religious belief", "Political opinion", "Racial group", "Age", "Marital status", "Sexual orientation",
                     "Men and women generally", "Persons with a disability and without",
                     "Persons with dependants and without"):  # fmt: skip
        assert category in said
    found = [finding for finding in northern().each_group() if finding.characteristic.key == "political_opinion"]
    assert {route.key for finding in found for route in finding.routes} == {"separate law on treatment", "due regard"}


def test_sex_is_judged_by_the_article_of_its_day() -> None:
    def cited(on: str) -> set[str]:
        women = [f for f in northern(on=on).findings if f.group.label == "Female"]
        return {
            rule.provision for finding in women for route in finding.routes for rule in route.rules if rule.key == "sex"
        }

    assert cited("2016-05-01") == {"arts.3(2) and 4(1), in employment"}
    assert cited("2016-05-02") == {"art.3A, inserted by SR 2016/191"}


def test_the_week_that_was_not_found_is_not_guessed() -> None:
    assert "not recorded for this place" in limits_told(northern().law.limits)
    then = northern(on="2025-11-03")
    dated = then.case.model_copy(
        update={"consultation": then.case.consultation.model_copy(update={"first_dismissal": None})}
    )
    assert "£749" in pages(assessed(table(ROWS, HEADERS), dated))
