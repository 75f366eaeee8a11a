"""The section on the law: what is cited is what was used, with its source and how sure we are of it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from typing import get_args

import pytest
from assessments import sample
from made import assessed, figures, table

from eia.case import Dates, Employer
from eia.findings.assessment import Assessment
from eia.findings.legal.applicable_law import Bound
from eia.findings.legal.law_of_the_case import with_law
from eia.findings.legal.legal_routes import RouteKey
from eia.law.lookup import rule, rules, written
from eia.law.records import Confidence
from eia.present.documents.annex import annex
from eia.present.documents.draft import draft
from eia.present.documents.markdown import to_markdown
from eia.present.documents.model import Block, Bullets, Document, Paragraph, Table
from eia.present.documents.response import response
from eia.present.sections.law import CONFIDENCES, MARK, amount, open_point
from eia.present.sections.law_section import (
    _BINDS,
    _BINDS_NORTHERN_IRELAND,
    _DISABILITY,
    _DISABILITY_NORTHERN,
    _ROUTES,
    DOCUMENT,
    NEVER_CHOOSE,
    asides,
    disability_told,
    document_name,
    law_annex,
    law_section,
    never_choose,
    time_limits,
)

EVERY = [each for versions in rules().values() for each in versions]


def millbrook(
    kind: str | None = None, where: str | None = None, on: str = "2026-10-12", run: str = "2026-11-22"
) -> Assessment:
    """The example of the college, with another employer, day of the proposal and day of the run."""
    return with_employer(sample("millbrook"), kind, where, on, run)


def with_employer(
    made: Assessment, kind: str | None, where: str | None, on: str = "2026-10-12", run: str = "2026-11-22"
) -> Assessment:
    """An assessment with another employer, day of the proposal and day of the run."""
    parts = {"employer": Employer(kind=kind, jurisdiction=where), "dates": Dates(proposal=dt.date.fromisoformat(on))}
    case, when = made.case.model_copy(update=parts), dt.datetime.combine(dt.date.fromisoformat(run), dt.time(9), dt.UTC)
    found, law = with_law(made.findings, case, today=when.date())
    return dataclasses.replace(made, case=case, findings=found, law=law, run=dataclasses.replace(made.run, when=when))


def blocks(assessment: Assessment, kind: type[Block]) -> list[Block]:
    """Of the section, and of the annex that belongs to it."""
    return [block for part in (law_section, law_annex) for block in part(assessment) if isinstance(block, kind)]


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
        (
            each.title + (MARK if each.confidence != "read" else ""),
            f"{each.instrument} {each.provision}, {each.url}",
            written(each.from_),
        ): each
        for each in EVERY
    }
    for title, says, stands, start, looked in sources.rows:
        record = records[title, stands, start]
        assert record.from_ <= day
        assert record.until is None or day <= record.until
        assert says.startswith(amount(record).removesuffix("."))
        assert looked == written(record.checked_on)


def test_whatever_is_not_checked_says_so_wherever_it_is_cited() -> None:
    made = millbrook("public authority", "England")
    routes, _ = blocks(made, Table)
    duties = [block.text for block in blocks(made, Paragraph) if block.text.startswith("The duties: ")]
    assert len(duties) == 1
    said = [cell for row in routes.rows for cell in row] + duties
    for each in EVERY:
        if each.confidence != "read" and each.instrument == "Equality Act 2010" and each.until is None:
            where = re.escape(each.provision)
            assert not any(re.search(rf"(Act 2010|,) {where}(?!{MARK}|, Sch)[,;.]", text) for text in said)


def test_only_an_employer_known_to_be_bound_makes_an_equality_impact_assessment() -> None:
    for kind in ("public authority", "Crown"):
        assert draft(millbrook(kind, "England")).title == "Draft equality impact assessment"
    for kind in ("other body with public functions", "other body", None):
        assert draft(millbrook(kind, "England")).title == "Draft equality analysis"
        assert document_name(millbrook(kind, "Northern Ireland")) == "equality analysis"


@pytest.mark.parametrize("kind", ["other body", None])
def test_the_duty_is_not_cited_where_it_is_not_known_to_bind(kind: str | None) -> None:
    made = millbrook(kind, "England")
    assert not [block for part in (law_section, law_annex) for block in part(made) if "s.149" in str(block)]


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
    def said(run: str) -> list[str]:
        listings = blocks(millbrook(run=run), Bullets)
        return [item for listing in listings for item in listing.items if "perhaps changed since" in item]

    assert said("2027-12-30") == []
    (told,) = said("2027-12-31")
    assert figures(told)[0] == "18"  # months
    assert "Indirect discrimination" in told


def test_what_is_open_about_a_rule_used_stands_below_it() -> None:
    def titles(assessment: Assessment) -> list[str]:
        return [point.title for point in assessment.law.unsettled]

    made = millbrook()
    listing = blocks(made, Bullets)[-1]
    assert listing.items[-len(made.law.unsettled) :] == tuple(map(open_point, made.law.unsettled))
    assert "How sex and gender identity are recorded" in titles(made)
    assert "The limit on a week's pay" in titles(made)
    assert "Northern Ireland's employment law" not in titles(made)
    assert "How sex and gender identity are recorded" not in titles(millbrook(where="Northern Ireland"))


def test_what_the_comparison_of_disabled_people_is_not_is_said_beside_the_figures() -> None:
    made = millbrook("other body", "Scotland")
    (aside,) = asides(made)
    assert _DISABILITY[1:] in aside
    assert "s.6(3)(b)" in aside
    assert aside.endswith(f"{MARK}.")
    assert Paragraph(aside) in draft(made).blocks
    (northern,) = asides(millbrook("other body", "Northern Ireland"))
    assert _DISABILITY_NORTHERN[1:] in northern
    assert asides(sample("meacham")) == ()


@pytest.mark.parametrize("where", ["England", "Wales", "Scotland", "Northern Ireland", None])
@pytest.mark.parametrize("name", ["found", "millbrook", "nothing found", "counts"])
def test_what_the_law_decides_here_is_a_page_at_most(name: str, where: str | None) -> None:
    made = with_employer(sample(name), "public authority", where)
    words = len(to_markdown(Document(title="T", subtitle="", notice="", blocks=tuple(law_section(made))))[0].split())
    assert words <= 500


@pytest.mark.parametrize("where", ["England", "Northern Ireland"])
def test_rights_without_group_figures_stand_on_page_one_wherever_disability_shows_a_gap(where: str) -> None:
    rows = [["yes" if n < 20 else "no", "A", "selected" if n < 15 or n >= 35 else "retained"] for n in range(40)]
    made = assessed(table(rows, ["disability", "pool", "outcome"]))
    (told,) = disability_told(with_employer(made, "public authority", where))
    page = draft(with_employer(made, "public authority", where)).blocks
    assert any(isinstance(block, Paragraph) and told in block.text for block in page)
    cited = {"England": ["s.15", "s.20"], "Northern Ireland": ["Disability Discrimination Act 1995"]}[where]
    assert all(each in told for each in cited)
    assert ("Equality Act 2010" in told) == (where == "England")
    assert disability_told(sample("meacham")) == ()


def test_what_no_figure_may_be_used_for_is_said_once_and_adjustments_with_it() -> None:
    made = millbrook("public authority", "England")
    told = never_choose(made)
    assert [each in told for each in (NEVER_CHOOSE, "s.13(3)†", "s.20", "s.13(2)†")] == [True] * 4
    for page in (draft(made), response(made), annex(made)):
        assert [block.text for block in page.blocks if isinstance(block, Paragraph)].count(told) == 1
        assert to_markdown(page)[0].count("Never choose") == 1
    northern = never_choose(millbrook("public authority", "Northern Ireland"))
    assert northern == f"{NEVER_CHOOSE}."


def test_time_limits_for_claims_are_told_with_the_caution_that_they_change() -> None:
    told = time_limits(millbrook("public authority", "England"))
    assert Paragraph(told) in annex(millbrook("public authority", "England")).blocks
    assert all(each in told for each in ("s.123†", "s.111(2)(a)†", "s.164(1)†", "check on the day"))
    assert "Time limits for claims to a tribunal" in {point.title for point in millbrook().law.unsettled}
    assert told.count("less a day") == 3
    northern = time_limits(millbrook("public authority", "Northern Ireland"))
    assert figures(northern) == []
    assert "check on the day" in northern


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
