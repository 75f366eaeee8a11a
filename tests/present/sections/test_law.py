"""The section on the law: what is cited is what was used, with its source and how sure we are of it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from typing import get_args

import pytest
from assessments import sample
from made import figures

from eia.case import Dates, Employer
from eia.findings.assessment import Assessment
from eia.findings.legal.applicable_law import Bound
from eia.findings.legal.law_of_the_case import with_law
from eia.findings.legal.legal_routes import RouteKey
from eia.law.lookup import rule, rules, written
from eia.law.records import Confidence
from eia.present.documents.draft_eia import document
from eia.present.documents.model import Block, Bullets, Facts, Notice, Paragraph, Table
from eia.present.sections.law import (
    _BINDS,
    _BINDS_NORTHERN_IRELAND,
    _DISABILITY,
    _DISABILITY_NORTHERN,
    _ROUTES,
    CHECK,
    CONFIDENCES,
    DOCUMENT,
    amount,
    asides,
    document_name,
    law_section,
    open_point,
)

EVERY = [each for versions in rules().values() for each in versions]


def millbrook(
    kind: str | None = None, where: str | None = None, on: str = "2026-10-12", run: str = "2026-11-22"
) -> Assessment:
    """The example of the college, with another employer, day of the proposal and day of the run."""
    made = sample("millbrook")
    parts = {"employer": Employer(kind=kind, jurisdiction=where), "dates": Dates(proposal=dt.date.fromisoformat(on))}
    case, when = made.case.model_copy(update=parts), dt.datetime.combine(dt.date.fromisoformat(run), dt.time(9), dt.UTC)
    found, law = with_law(made.findings, case, today=when.date())
    return dataclasses.replace(made, case=case, findings=found, law=law, run=dataclasses.replace(made.run, when=when))


def blocks(assessment: Assessment, kind: type[Block]) -> list[Block]:
    return [block for block in law_section(assessment) if isinstance(block, kind)]


def test_every_key_has_its_words() -> None:
    assert set(_ROUTES) == set(get_args(RouteKey))
    assert set(CONFIDENCES) == set(get_args(Confidence))
    assert set(_BINDS) == set(DOCUMENT) == set(get_args(Bound))


@pytest.mark.parametrize("where", ["England", "Wales", "Scotland", "Northern Ireland", None])
@pytest.mark.parametrize("kind", ["public authority", "other body with public functions", "other body", "Crown", None])
@pytest.mark.parametrize("on", ["2011-04-05", "2026-10-12"])
def test_every_source_printed_is_that_of_the_record_in_force(kind: str | None, where: str | None, on: str) -> None:
    _, sources = blocks(millbrook(kind, where, on), Table)
    day = dt.date.fromisoformat(on)
    records = {
        (each.title, f"{each.instrument} {each.provision}, {each.url}", written(each.from_)): each for each in EVERY
    }
    for title, says, stands, start, sure in sources.rows:
        record = records[title, stands, start]
        assert record.from_ <= day
        assert record.until is None or day <= record.until
        assert says.startswith(amount(record).removesuffix("."))
        assert sure.startswith(CONFIDENCES[record.confidence])


def test_whatever_is_not_checked_says_so_wherever_it_is_cited() -> None:
    made = millbrook("public authority", "England")
    routes, _ = blocks(made, Table)
    (duties,) = blocks(made, Facts)
    said = [cell for row in routes.rows for cell in row] + [value for _, value in duties.items]
    for each in EVERY:
        if each.confidence == "unchecked" and each.instrument == "Equality Act 2010" and each.until is None:
            where = re.escape(each.provision)
            assert not any(
                re.search(rf"(Act 2010|,) {where}(?! \(check before relying on this\))[,;.]", text) for text in said
            )


def test_only_an_employer_known_to_be_bound_makes_an_equality_impact_assessment() -> None:
    for kind in ("public authority", "Crown"):
        assert document(millbrook(kind, "England")).title == "Draft equality impact assessment"
    for kind in ("other body with public functions", "other body", None):
        assert document(millbrook(kind, "England")).title == "Draft equality analysis"
        assert document_name(millbrook(kind, "Northern Ireland")) == "equality analysis"


@pytest.mark.parametrize("kind", ["other body", None])
def test_the_duty_is_not_cited_where_it_is_not_known_to_bind(kind: str | None) -> None:
    assert not [block for block in law_section(millbrook(kind, "England")) if "s.149" in str(block)]


@pytest.mark.parametrize("kind", ["public authority", "other body", "Crown"])
def test_northern_ireland_is_told_that_the_equality_act_does_not_apply_and_is_cited_none_of_it(kind: str) -> None:
    made = millbrook(kind, "Northern Ireland")
    assert set(_BINDS_NORTHERN_IRELAND.values()) & {block.text for block in blocks(made, Paragraph)}
    _, sources = blocks(made, Table)
    assert not [row for row in sources.rows if row[2].startswith("Equality Act")]


def test_a_case_without_employer_and_place_is_told_what_to_say() -> None:
    said = " ".join(block.text for block in blocks(millbrook(), Paragraph))
    assert _BINDS["not known"] in said
    assert "nation" in said


def test_what_may_have_changed_unseen_is_said_on_the_page() -> None:
    assert blocks(millbrook(run="2027-12-30"), Notice) == []
    (notice,) = blocks(millbrook(run="2027-12-31"), Notice)
    assert (notice.kind, figures(notice.text)[0]) == ("caution", "18")  # months
    assert "Indirect discrimination" in notice.text


def test_what_is_open_about_a_rule_used_stands_below_it() -> None:
    def titles(assessment: Assessment) -> list[str]:
        return [point.title for point in assessment.law.unsettled]

    made = millbrook()
    (points,) = blocks(made, Bullets)
    assert points.items == tuple(map(open_point, made.law.unsettled))
    assert "How sex and gender identity are recorded" in titles(made)
    assert "The limit on a week's pay" in titles(made)
    assert "Northern Ireland's employment law" not in titles(made)
    assert "How sex and gender identity are recorded" not in titles(millbrook(where="Northern Ireland"))


def test_what_the_comparison_of_disabled_people_is_not_is_said_beside_the_figures() -> None:
    made = millbrook("other body", "Scotland")
    (aside,) = asides(made)
    assert _DISABILITY[1:] in aside
    assert "s.6(3)(b)" in aside
    assert aside.endswith(f"({CHECK.lower()}).")
    assert Paragraph(aside) in document(made).blocks
    (northern,) = asides(millbrook("other body", "Northern Ireland"))
    assert _DISABILITY_NORTHERN[1:] in northern
    assert asides(sample("meacham")) == ()


def test_the_sources_of_a_page_stand_once() -> None:
    _, sources = blocks(millbrook("public authority", "Scotland"), Table)
    assert len(set(sources.rows)) == len(sources.rows)


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("week_pay_cap", "£430 a week"),
        ("consultation_days_100", "90 days"),
        ("consultation_trigger", "20 employees"),
        ("fair_employment_monitoring", "Employers with more than 10 staff"),
    ],
)
def test_amounts_carry_their_units(key: str, text: str) -> None:
    where = "Northern Ireland" if key == "fair_employment_monitoring" else "Great Britain"
    assert amount(rule(key, on=dt.date(2012, 3, 1), where=where)).startswith(text)
