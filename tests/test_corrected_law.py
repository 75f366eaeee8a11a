"""What was once said wrongly of the law stands in no output and no document: each phrase, in every example and on every page."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from functools import cache
from pathlib import Path

import pytest
from made import WHEN

from eia.case import Case, read_case
from eia.findings.assess import assess_evidence
from eia.findings.assessment import Assessment
from eia.intake.evidence import Evidence, read_evidence
from eia.intake.examples import examples
from eia.intake.workforce import Workforce
from eia.law.lookup import rules
from eia.present.documents.html import to_html
from eia.present.documents.markdown import to_markdown
from eia.present.documents.model import Block, Document, Heading, Table
from eia.present.documents.write_report import report_files
from eia.present.sections.consultation import first_of_all
from eia.present.sections.family_leave_priority import law_of_priority, priority
from eia.present.sections.law import says
from eia.present.sections.law_section import law_annex, law_section, time_limits
from eia.present.sections.process import process_sections
from eia.present.sections.terms.severance import terms_document
from eia.process.severance_impact import severance_impact

HERE = Path(__file__).parent.parent
WRONG = {
    "adjustments for disabled people are no discrimination": r"sparing anyone|characteristic is direct discrimination",
    "priority runs before the first dismissal": r"impracticable_from = 2027-02-08|between 8 February 2027 and",
    "part-time work as the only reason is disputed": r"the sole reason",
    "with due regard to any agreed procedure": r"method of carrying out the dismissals(?!, with due regard| ?”)",
    "only in special circumstances": r"not reasonably practicable to consult in full",
    "a duty and no fact, and unions come first": r"Elections are fair",
    "each person's own relevant date": r"first dismissal decides|at the limit of the day of the first dismissal",
    "back from the notice as well": r"Latest day for consultation to begin",
}
REPEATED = r"\(check before relying on this\)|A secondary source says so"  # in a report, where one list says it once
DOCS = sorted([HERE / "README.md", HERE / "CHANGELOG.md", HERE / "CONTRIBUTING.md", *(HERE / "docs").rglob("*.md")])
NAMES = sorted(examples())


@cache
def read(name: str) -> tuple[Case, Evidence]:
    path = examples()[name]
    case = read_case(path)
    case = case.model_copy(
        update={"analysis": case.analysis.model_copy(update={"draws": 999})}
    )  # the law rests on no chance
    return case, read_evidence(case, folder=path.parent)


@cache
def made(name: str) -> Assessment:
    case, evidence = read(name)
    return assess_evidence(evidence, case, when=WHEN, as_read=True)


def page(*blocks: Block) -> str:
    return to_markdown(Document(title="Page", subtitle="", notice="", blocks=blocks))[0]


def outputs(name: str) -> dict[str, str]:
    """Whatever is shown of an example that speaks of law."""
    assessment, (case, evidence) = made(name), read(name)
    files = report_files(assessment)
    told = {
        **{name: text for name, text in files.items() if name.endswith((".html", ".md"))},
        "law": page(*law_section(assessment), *law_annex(assessment)),
        "process": page(*first_of_all(assessment), *(each for part in process_sections(assessment) for each in part)),
        "time limits": time_limits(assessment),
    }
    if assessment.priority:
        told["priority"] = page(
            *priority(assessment.priority, case), *law_of_priority(assessment.priority, today=WHEN.date())
        )
    if isinstance(evidence.main, Workforce) and {"age_years", "service_years"} <= set(evidence.main.frame.columns):
        terms = terms_document(severance_impact(evidence.main, case), case, today=WHEN.date())
        told |= {"terms": to_markdown(terms)[0], "terms.html": to_html(terms)}
    return told


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_no_output_says_what_was_wrong(name: str) -> None:
    for place, text in outputs(name).items():
        plain = re.sub(r"\s+", " ", text)
        assert [why for why, phrase in WRONG.items() if re.search(phrase, plain)] == [], place
        assert re.findall(REPEATED, plain) == [], place


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_no_document_says_what_was_wrong(path: Path) -> None:
    plain = re.sub(r"\s+", " ", path.read_text(encoding="utf-8"))
    assert [why for why, phrase in WRONG.items() if re.search(phrase, plain)] == []


def test_no_rule_says_what_was_wrong() -> None:
    told = " ".join(says(each) for versions in rules().values() for each in versions)
    assert [why for why, phrase in WRONG.items() if re.search(phrase, told.replace("; ", ", "))] == []


@pytest.mark.parametrize("name", NAMES)
def test_disability_stands_under_no_comparison_that_indirect_discrimination_asks_for(name: str) -> None:
    (routes,) = [
        each for each in law_annex(made(name)) if isinstance(each, Table) and each.title.startswith("Law that each")
    ]
    assert [
        row
        for row in routes.rows
        if row[0] in ("Indirect discrimination", "Same disadvantage") and "Disability" in row[1]
    ] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_draft_has_one_list_of_what_to_check_and_each_rule_once(name: str) -> None:
    text = page(*law_annex(made(name)))
    assert text.count("Check before relying on this") == 1
    report = str(report_files(made(name))["annex.md"])
    assert report.count("Check before relying on this\n") == 1
    (sources,) = [each for each in law_annex(made(name)) if isinstance(each, Table) and "sources" in each.title]
    assert len({(row[0], row[2], row[3]) for row in sources.rows}) == len(sources.rows)


def test_the_main_example_says_first_what_came_too_early() -> None:
    assessment = made("riverbank")
    later = report_files(_on(assessment, dt.datetime(2026, 11, 28, 9, tzinfo=dt.UTC)))["draft.md"]
    first = str(later).split("\n## On one page", 1)[1].split("\n### ", 1)[0]
    assert [first.count(day) for day in ("28 November 2026", "23 November 2026")] == [1, 2]
    before = str(report_files(_on(assessment, dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC)))["draft.md"])
    assert "dated 20 November 2026" not in before
    assert Heading("On one page", 2, "one-page").text in before


def _on(assessment: Assessment, when: dt.datetime) -> Assessment:
    return dataclasses.replace(assessment, run=dataclasses.replace(assessment.run, when=when))
