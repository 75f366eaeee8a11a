"""The documents say the same in every format, nothing they may not say, and show hostile text as text."""

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
from eia.present.documents.model import Figure, Table
from eia.present.documents.write_report import DOCUMENTS, report_files
from eia.present.sections.extras.five_questions import five_questions
from eia.present.sections.law_section import NEVER_CHOOSE
from eia.present.tables.findings_tables import question_table, split_table
from eia.present.text.narrative import answers, cannot_tell
from eia.present.text.words import in_words

SAID_NOT = re.compile(
    "“no impact”|evidence(?: of sex or ethnicity)?,(?: and)? not proof"
)  # what the documents say that figures are not
NEVER = r"\b(unlawful|lawful|unlawfully|lawfully|compliant|compliance|no impact|proved|proves|proof|guilty|innocent|innocence|violation)\b"
PAGES = tuple(f"{name}.html" for name in DOCUMENTS)
TEXTS = tuple(f"{name}.md" for name in DOCUMENTS)
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


@pytest.mark.slow
@pytest.mark.parametrize("name", MAKERS)
def test_every_document_is_made_of_every_kind_of_assessment(name: str) -> None:
    assert {*PAGES, *TEXTS, "assessment.json"} <= set(files(name))


@pytest.mark.parametrize("name", MAKERS)
def test_no_document_claims_what_figures_cannot_show(name: str) -> None:
    for text in (*(words(files(name)[page]) for page in PAGES), *(files(name)[text] for text in TEXTS)):
        assert re.findall(NEVER, SAID_NOT.sub("", text.replace(NEVER_CHOOSE, "")), re.IGNORECASE) == []


@pytest.mark.parametrize("name", MAKERS)
def test_all_documents_but_the_members_sheet_are_headed_confidential(name: str) -> None:
    headed = {page for page in PAGES if "CONFIDENTIAL" in words(files(name)[page])}
    assert headed == {*PAGES} - {"members-sheet.html"}


@pytest.mark.parametrize("name", MAKERS)
def test_the_draft_has_places_for_what_only_people_can_write(name: str) -> None:
    assert files(name)["draft.html"].count("To be written by people") >= 10


@pytest.mark.parametrize("name", MAKERS)
def test_a_file_is_of_one_document(name: str) -> None:
    drawn = [
        block.name for make in DOCUMENTS.values() for block in make(sample(name)).blocks if isinstance(block, Figure)
    ]
    assert len(drawn) == len(set(drawn))


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
    asked = five_questions(sample(name))
    assert len(asked) == len(set(asked)) == 5
    assert all(text.endswith("?") for text in asked)


@pytest.mark.parametrize("name", MAKERS)
def test_limits_are_sentences(name: str) -> None:
    assert all(text.endswith(".") and text[0].isupper() for text in cannot_tell(sample(name)))


@pytest.mark.parametrize("name", MAKERS)
def test_no_text_has_a_place_left_unfilled(name: str) -> None:
    if name != "hostile":
        assert not re.search(
            r"\{\w*\}|%\w\b|\bNone\b(?! )|\bnan\b", " ".join(words(files(name)[page]) for page in PAGES)
        )


@pytest.mark.parametrize("name", MAKERS)
def test_tables_are_the_same_in_both_formats(name: str) -> None:
    for document, make in DOCUMENTS.items():
        for table in (block for block in make(sample(name)).blocks if isinstance(block, Table)):
            numbers = figures(tuple(cell for row in table.rows for cell in row))
            assert numbers <= figures((words(files(name)[f"{document}.html"]),))
            assert numbers <= figures((files(name)[f"{document}.md"],))


@pytest.mark.parametrize("name", ["found", "stages", "hostile", "counts"])
def test_a_replayed_assessment_makes_the_same_report(name: str) -> None:
    assert report_files(from_json(to_json(sample(name)))) == files(name)


@pytest.mark.slow
def test_a_report_is_the_same_in_every_process() -> None:
    code = (
        "import sys, hashlib; from eia.findings.record import from_json; from eia.present.documents.write_report import DOCUMENTS, report_files;"
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
    for page in PAGES:
        hostile.feed(files("hostile")[page])
        friendly.feed(files("found")[page])
    assert not hostile.names & ELEMENTS_OF_NO_REPORT
    assert not {attribute for attribute in hostile.attributes if attribute.startswith("on")}
    assert hostile.names - friendly.names <= {"strong", "tspan", "rect", "use", "defs", "polygon"}


@pytest.mark.parametrize("file", [*PAGES, *TEXTS, "assessment.json"])
def test_hostile_text_has_no_character_that_cannot_be_seen(file: str) -> None:
    assert not {"\x1b", "\u202e", "\x07", "\0"} & set(files("hostile")[file])


def test_hostile_text_is_shown_as_it_stands() -> None:
    page = " ".join(words(files("hostile")[page]) for page in PAGES)
    for text in HOSTILE:
        if len(text) < 100:
            assert visible(text).strip() in page


def test_hostile_text_is_no_markup_in_markdown() -> None:
    text = "\n".join(files("hostile")[text] for text in TEXTS)
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
    for name in ("found", "counts", "meacham"):
        shown = {chart for text in TEXTS for chart in re.findall(r"\]\((charts/[^)]+)\)", files(name)[text])}
        assert shown == {path for path in files(name) if path.startswith("charts/")}
        assert shown


def test_the_style_sheet_and_templates_are_in_the_package() -> None:
    folder = Path(sys.modules["eia.present.documents.html"].__file__ or "").parent / "templates"
    assert {path.name for path in folder.iterdir()} >= {"report.html.j2", "report.css"}
