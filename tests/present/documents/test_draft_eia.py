"""The report says the same in every format, nothing it may not say, and shows hostile text as text."""

from __future__ import annotations

import hashlib
import html
import os
import re
import subprocess
import sys
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from assessments import HOSTILE, MAKERS, sample

from eia.errors import visible
from eia.findings.record import from_json, to_json
from eia.present.documents.draft_eia import document
from eia.present.documents.model import Table
from eia.present.documents.write_report import report_files
from eia.present.sections.law_section import NEVER_CHOOSE
from eia.present.tables.findings_tables import question_table, split_table
from eia.present.text.narrative import answers, cannot_tell, questions_to_ask
from eia.present.text.words import in_words

NEVER = r"\b(unlawful|lawful|unlawfully|lawfully|compliant|compliance|no impact|proved|proves|proof|guilty|innocent|innocence|violation)\b"
CITED = r"\b[A-Z]\w+ Act\b|\bAct \d{4}|\bActs?\b|\bsection \d|\bs\.? ?\d+\(|\bRegulations?\b|\bDirective\b|\bArticle \d|\bEqA\b|\bERA\b"
OF_THE_LAW = (
    "## What the law says here",
    "## The consultation clock",
    "## Severance pay",
    "## Questions to put to the employer",
    "## Annex: the law, rule by rule",
    "## Form HR1",
    "## Notice",
    "## Pensions on redundancy",
    "## Other work offered",
    "## Transfer to another employer",
    "## Who decided what",
)
ELEMENTS_OF_NO_REPORT = {"script", "img", "iframe", "object", "embed", "form", "input", "link", "base"}


@cache
def files(name: str) -> dict[str, str]:
    return report_files(sample(name))


def words(page: str) -> str:
    """The text of a page without its style and its markup."""
    return html.unescape(re.sub(r"<[^>]+>", " ", re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)))


class Elements(HTMLParser):
    """Collects the elements and attributes of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}


@pytest.mark.parametrize("name", MAKERS)
def test_a_report_is_made_of_every_kind_of_assessment(name: str) -> None:
    assert {"report.html", "report.md", "assessment.json"} <= set(files(name))


@pytest.mark.parametrize("name", MAKERS)
def test_a_report_claims_nothing_that_figures_cannot_show(name: str) -> None:
    for text in (words(files(name)["report.html"]), files(name)["report.md"]):
        assert (
            re.findall(NEVER, text.replace(NEVER_CHOOSE, ""), re.IGNORECASE) == []
        )  # that sentence speaks of no figure


@pytest.mark.parametrize("name", MAKERS)
def test_a_report_cites_law_only_in_the_sections_on_it_and_where_disability_is_shown(name: str) -> None:
    page = re.sub(
        r"^(Disabled people compared with everyone else: |Each disabled person has rights ).*$",
        "",
        files(name)["report.md"],
        flags=re.MULTILINE,
    )
    told = re.split(r"^(?=## )", page, flags=re.MULTILINE)
    assert [section for section in told if re.search(CITED, section) and not section.startswith(OF_THE_LAW)] == []


@pytest.mark.parametrize("name", MAKERS)
def test_a_report_is_headed_confidential(name: str) -> None:
    page = words(files(name)["report.html"])
    assert page.index("CONFIDENTIAL") < page.index("On one page")
    assert "CONFIDENTIAL" in files(name)["report.md"].split("\n## ", 1)[0]


@pytest.mark.parametrize("name", MAKERS)
def test_a_report_has_a_place_for_what_only_people_can_write(name: str) -> None:
    assert files(name)["report.html"].count("To be written by people") >= 4


def figures(texts: tuple[str, ...]) -> set[str]:
    """Numbers with decimals, and shares, as they are printed."""
    return {found for text in texts for found in re.findall(r"\d[\d,]*\.\d+%?", text)}


@pytest.mark.parametrize("name", [name for name in MAKERS if name != "hostile"])
def test_every_figure_of_the_one_page_summary_stands_in_a_table(name: str) -> None:
    assessment = sample(name)
    tables = [question_table(assessment, question) for question in assessment.case.analysis.questions]
    cells = tuple(cell for table in [*tables, split_table(assessment)] for row in table.rows for cell in row)
    told = tuple(text for _, text in answers(assessment))
    assert figures(told) <= figures(cells)


@pytest.mark.parametrize("name", MAKERS)
def test_the_comparisons_counted_in_the_summary_are_those_of_the_table(name: str) -> None:
    assessment = sample(name)
    if "selection" not in assessment.case.analysis.questions:
        return
    told = dict(answers(assessment))["Who is selected within each pool?"]
    found = re.search(r"We looked at (\d+) groups?\. (.*)$", told)
    tested = [
        f for f in assessment.findings if f.question == "selection" and f.level != "not_tested" and not f.mirrored
    ]
    assert (found is not None) == bool(tested)
    if found:
        assert int(found[1]) >= len(tested)
        numbers = {in_words(number): number for number in range(100)}
        said = [
            numbers[word.lower()]
            for word in re.findall(r"(?:^|\. )(?:For )?(\w+)(?= (?:show|stand|could|we cannot))", found[2])
        ]
        assert sum(said) == int(found[1])


@pytest.mark.parametrize("name", MAKERS)
def test_five_questions_are_asked_and_each_is_one(name: str) -> None:
    asked = questions_to_ask(sample(name))
    assert len(asked) == len(set(asked)) == 5
    assert all(text.endswith("?") for text in asked)


@pytest.mark.parametrize("name", MAKERS)
def test_limits_are_sentences(name: str) -> None:
    assert all(text.endswith(".") and text[0].isupper() for text in cannot_tell(sample(name)))


@pytest.mark.parametrize("name", MAKERS)
def test_no_text_has_a_place_left_unfilled(name: str) -> None:
    if name != "hostile":
        assert not re.search(r"\{\w*\}|%\w\b|\bNone\b(?! )|\bnan\b", words(files(name)["report.html"]))


@pytest.mark.parametrize("name", MAKERS)
def test_tables_are_the_same_in_both_formats(name: str) -> None:
    report = document(sample(name))
    for table in (block for block in report.blocks if isinstance(block, Table)):
        numbers = figures(tuple(cell for row in table.rows for cell in row))
        assert numbers <= figures((words(files(name)["report.html"]),))
        assert numbers <= figures((files(name)["report.md"],))


@pytest.mark.parametrize("name", ["found", "stages", "hostile", "counts"])
def test_a_replayed_assessment_makes_the_same_report(name: str) -> None:
    assert report_files(from_json(to_json(sample(name)))) == files(name)


def test_a_report_is_the_same_in_every_process() -> None:
    code = (
        "import sys, hashlib; from eia.findings.record import from_json; from eia.present.documents.write_report import report_files;"
        "print(hashlib.sha256(repr(sorted(report_files(from_json(sys.stdin.read())).items())).encode()).hexdigest())"
    )
    other = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code],
        input=files("stages")["assessment.json"], capture_output=True, encoding="utf-8", check=True,
        env={**os.environ, "PYTHONHASHSEED": "1"},
    )  # fmt: skip
    assert other.stdout.strip() == hashlib.sha256(repr(sorted(files("stages").items())).encode()).hexdigest()


# ------------------------------------------------------------------------------------------------------- hostile text


def test_hostile_text_makes_no_element_and_no_attribute() -> None:
    hostile, friendly = Elements(), Elements()
    hostile.feed(files("hostile")["report.html"])
    friendly.feed(files("found")["report.html"])
    assert not hostile.names & ELEMENTS_OF_NO_REPORT
    assert not {attribute for attribute in hostile.attributes if attribute.startswith("on")}
    assert hostile.names - friendly.names <= {"tspan", "rect", "use", "defs", "polygon"}


@pytest.mark.parametrize("file", ["report.html", "report.md", "assessment.json"])
def test_hostile_text_has_no_character_that_cannot_be_seen(file: str) -> None:
    assert not {"\x1b", "\u202e", "\x07", "\0"} & set(files("hostile")[file])


def test_hostile_text_is_shown_as_it_stands() -> None:
    page = words(files("hostile")["report.html"])
    for text in HOSTILE:
        if len(text) < 100:
            assert visible(text).strip() in page


def test_hostile_text_is_no_markup_in_markdown() -> None:
    text = files("hostile")["report.md"]
    assert "<script" not in text
    assert "<img" not in text
    assert "](https://evil" not in text
    assert r"{{ 7 \* 7 }}" in text
    assert "\n# heading" not in text


def test_hostile_text_survives_in_the_record() -> None:
    again = from_json(files("hostile")["assessment.json"])
    labels = {group.label for group in again.cube.layout.dimensions["religion"].groups}
    assert {
        visible(text).strip() for text in HOSTILE if len(text) < 200
    } <= labels  # a text of 10,000 letters is held back


def test_charts_beside_the_markdown_are_the_ones_it_shows() -> None:
    for name in ("found", "stages", "millbrook"):
        shown = set(re.findall(r"\]\((charts/[^)]+)\)", files(name)["report.md"]))
        assert shown == {path for path in files(name) if path.startswith("charts/")}
        assert shown


def test_the_style_sheet_and_templates_are_in_the_package() -> None:
    folder = Path(sys.modules["eia.present.documents.html"].__file__ or "").parent / "templates"
    assert {path.name for path in folder.iterdir()} >= {"report.html.j2", "report.css"}
