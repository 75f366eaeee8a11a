"""Page one of the draft and of the response can be read: few long words, short sentences, none of the words that are ruled out; tables and charts have none of our own."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterator
from functools import cache

import pypdf
import pytest
from made import WHEN, assessed, case, pools

from eia.case import read_case
from eia.findings.assess import assess_evidence
from eia.findings.assessment import Assessment
from eia.intake.evidence import read_evidence
from eia.intake.examples import examples
from eia.present.attachments.to_attach import to_attach
from eia.present.documents.annex import annex, annex_tables
from eia.present.documents.draft import draft
from eia.present.documents.model import Answer, Bullets, Document, Heading, Notice, Paragraph, Table
from eia.present.documents.response import response
from eia.present.formats.pdf import to_pdf
from eia.present.parts.first_screen import large_numbers, verdicts
from eia.present.sections.law_section import NEVER_CHOOSE
from eia.present.tables.evidence_matrix import ABOUT

MOST_WORDS, BELOW_GRADE, MANY_SYLLABLES = 25, 10.0, 3
FIRST_PAGE = {draft: ("one-page",), response: ("", "asks", "found")}
RULED_OUT = (
    "in play", "who goes", "to go", "goes", "gone", "hit", "dealt out", "blindly", "readily gives?", "even-handed", "even share", "expected under",
    "could be chance", "cannot tell", "not found", "were found", "people above or below", "exchanges?", "driving pools?", "gates?", "routes?",
    "beside it", "held with care", "what it is worth", "what came of it", "how far it holds", "selected and not selected", "where it stands",
    "infinite", "p =", "spread", "scope", "comparisons", "disparity", "disparities", "odds ratio",
)  # fmt: skip
NAMES = tuple(examples())


@cache
def made(name: str) -> Assessment:
    if name == "before selection":
        return assessed(pools(chosen=False, A=(0, 15, 0, 5), B=(0, 5, 0, 15), none=(0, 20, 0, 40)),
                        case(pools={"A": {"to_go": 6}, "B": {"to_go": 2}}))  # fmt: skip
    choices = read_case(examples()[name]).model_copy(update={"proposal": ""})  # those words are somebody else's
    evidence = read_evidence(choices, folder=examples()[name].parent)
    return assess_evidence(evidence, choices, when=WHEN, as_read=True)


def first_page(document: Document, sections: tuple[str, ...]) -> list[str]:
    """Its sentences: of paragraphs, lists, notices and prompts under these headings; numbers as a word."""
    texts, section = [], ""
    for block in document.blocks:
        match block:
            case Heading(level=2):
                section = block.key
            case Paragraph() | Notice() if section in sections:
                texts.append(block.text)
            case Bullets() if section in sections:
                texts += block.items
            case Answer() if section in sections:
                texts.append(block.help)
    plain = (re.sub(r"[£]?\d[\d,.]*%?", "Ten", text) for text in texts)
    return [sentence for text in plain for sentence in re.split(r"(?<=[.!?:])\s+(?=[A-Z“])", text) if sentence]


def words(sentence: str) -> list[str]:
    return re.findall(r"[A-Za-z][A-Za-z'’-]*", sentence)


def syllables(word: str) -> int:
    """Groups of vowels, without a last one that is silent: e, es but after a hiss, ed but after t and d; at least one."""
    small = re.sub(r"(?<=[^aeiouytdl])ed$|(?<=[^aeiouylcsxzh])es$|(?<=[^aeiouyl])e$", "", word.lower())
    return max(1, len(re.findall(r"[aeiouy]+", small)))


def smog(sentences: list[str]) -> float:
    """The grade of McLaughlin (1969), SMOG Grading, *Journal of Reading* 12, 639-646: of words of three syllables or more, for 30 sentences."""
    long_words = sum(syllables(word) >= MANY_SYLLABLES for sentence in sentences for word in words(sentence))
    return 1.0430 * math.sqrt(long_words * 30 / len(sentences)) + 3.1291


EVERY = [(name, make) for name in (*NAMES, "before selection") for make in FIRST_PAGE]


@pytest.mark.parametrize(("name", "make"), EVERY)
def test_a_first_page_is_of_a_reading_grade_below_ten(name: str, make) -> None:
    assert smog(first_page(make(made(name)), FIRST_PAGE[make])) < BELOW_GRADE


@pytest.mark.parametrize(("name", "make"), EVERY)
def test_no_sentence_of_a_first_page_is_longer_than_25_words(name: str, make) -> None:
    assert [each for each in first_page(make(made(name)), FIRST_PAGE[make]) if len(words(each)) > MOST_WORDS] == []


@pytest.mark.parametrize(("name", "make"), EVERY)
def test_a_first_page_has_none_of_the_words_that_are_ruled_out(name: str, make) -> None:
    said = " ".join(first_page(make(made(name)), FIRST_PAGE[make]))
    assert [word for word in RULED_OUT if re.search(rf"\b{word}(?!\w)", said, re.IGNORECASE)] == []


@pytest.mark.parametrize("name", [*NAMES, "before selection"])
def test_the_first_screen_is_as_plain_as_a_first_page(name: str) -> None:
    numbers = [f"Ten {each.says}." for each in large_numbers(made(name))]
    told = [
        sentence for one in verdicts(made(name)) for text in (one.says, one.chance) for sentence in text.split(". ")
    ]
    said = [re.sub(r"\d[\d,.]*", "Ten", text) for text in (*told, *numbers, *ABOUT.split(". "))]
    assert [sentence for sentence in said if len(words(sentence)) > MOST_WORDS] == []
    assert [word for word in RULED_OUT if re.search(rf"\b{word}(?!\w)", " ".join(said), re.IGNORECASE)] == []


EVERYWHERE = (
    "in play", "to go", "dealt out", "dealing out", "blindly", "readily", "even-handed", "even share", r"above (\(\+\) )?or below", "exchanges?", "driving pools?",
    "gates?", "routes?", "held with care", "what it is worth", "what came of it", "how far it holds", "who goes",
)  # fmt: skip


def figures(assessment: Assessment) -> Iterator[str]:
    """All that the annex, its workbook and the charts to attach say beside what the case says."""
    tables = [block for block in annex(assessment).blocks if isinstance(block, Table)] + list(annex_tables(assessment))
    for table in tables:
        yield from (table.title, *(column.title for column in table.columns), *table.notes)
    for each in to_attach(assessment):
        yield from (each.finding, each.counted, each.chart.alt, each.chart.axis)


@pytest.mark.parametrize("name", NAMES)
def test_no_table_or_chart_has_words_of_our_own(name: str) -> None:
    said = " ".join(figures(made(name))).replace(NEVER_CHOOSE, "").replace("never choose who goes", "")
    assert [word for word in EVERYWHERE if re.search(rf"\b{word}(?!\w)", said, re.IGNORECASE)] == []


SIZES = {draft: (2450, 6), response: (1500, 3)}
"""The most words and pages that each document may have for the main example."""


@pytest.mark.slow
@pytest.mark.parametrize("make", SIZES)
def test_a_document_is_as_short_as_its_reader_needs_it(make) -> None:
    told = make(assess_riverbank())
    shown = pypdf.PdfReader(io.BytesIO(to_pdf(told)))
    most, pages = SIZES[make]
    assert len(" ".join(page.extract_text() for page in shown.pages).split()) < most
    assert len(shown.pages) <= pages


@cache
def assess_riverbank() -> Assessment:
    """With the words of its own proposal."""
    path = examples()["riverbank"]
    choices = read_case(path)
    return assess_evidence(read_evidence(choices, folder=path.parent), choices, when=WHEN)


def test_page_one_is_one_page() -> None:
    first, *_ = pypdf.PdfReader(io.BytesIO(to_pdf(draft(assess_riverbank())))).pages
    assert "Outcome today" in first.extract_text()


@pytest.mark.parametrize(
    ("word", "count"),
    [("people", 2), ("selected", 3), ("jobs", 1), ("evenly", 3), ("disability", 5), ("chance", 1), ("choices", 2)],
)
def test_syllables_are_groups_of_vowels(word: str, count: int) -> None:
    assert syllables(word) == count


def test_the_grade_is_that_of_the_formula() -> None:
    assert smog(["Consultation opened."] * 30) == pytest.approx(1.0430 * math.sqrt(30) + 3.1291)
