"""Every number in a publishable bundle is one that is published, is made of such, or stands on a short list with a reason; charts are drawn of no others.

The files are read as somebody outside reads them. A number that is planted in what the documents are made of is found.
"""

from __future__ import annotations

import csv
import dataclasses
import html
import io
import random
import re
import zipfile
from collections.abc import Iterator
from functools import cache

import pypdf
import pytest
from assessments import example
from made import QUICK, assessed, table
from python_calamine import CalamineWorkbook

from eia.counts.disclosure.published import Published
from eia.counts.disclosure.rules import SENSITIVE
from eia.errors import EiaError
from eia.findings.assessment import Assessment
from eia.findings.gaps import can_be_named
from eia.findings.publication import published
from eia.law.lookup import standing
from eia.present.attachments.card import card
from eia.present.attachments.to_attach import FOLDER, to_attach
from eia.present.charts.specs import PairRow, Pairs
from eia.present.documents import publishable
from eia.present.documents.markdown import to_markdown
from eia.present.documents.publishable import RECORD, public_files
from eia.present.documents.response import response
from eia.present.figures.model import Figures
from eia.present.figures.public import public
from eia.present.parts.impact import EVEN_ON
from eia.present.sections.consultation import duty
from eia.present.sections.law_section import never_choose
from eia.present.text.numbers import people
from eia.present.text.words import QUESTIONS

NUMERAL = re.compile(r"\d[\d,]*(?:\.\d+)?%?")
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
SHORT = "|".join(month[:3] for month in MONTHS.split("|"))
REASONS = {
    "days and moments": rf"\b\d{{1,2}}\s+(?:{MONTHS})\s+\d{{4}}|\b(?:{SHORT}) \d{{4}}|\b\d{{4}}-\d\d-\d\d(?:T[\d:.]+Z?)?",
    "days between two of those": r"\b\d+ days? after consultation",
    "where a law stands": r"\b(?:Act|Order|Regulations|Code|Rules)\b[^.;|]{0,60}?\b\d{4}\b|\[\d{4}\] \w+ \d+(?: \(\w+\))?|"
    r"\b(?:s+|regs?|arts?|para|paras|Sch|Schs|Part|Pt|cl|r)\.? ?\d+\w*(?:\(\w+\))*(?:(?:,| and| to|, Sch|,? s+\.) ?\d+\w*(?:\(\w+\))*)*",
    "hashes": r"\b[0-9a-f]{12}(?:[0-9a-f]{52})?\b",
    "sections of the document itself": r"\b[Ss]ections? \d+|^#* ?\d+ (?=[A-Z])|Table \d+\.?|Figure \d+\.?|Page\s*\d+\s*of\s*\d+|\(\d+ of \d+\)",
    "the rules of publishing": r"Groups of \d+ or more|rounded to (?:the nearest |multiples of )?\d+|to a multiple of \d+|At least \d+ people in a group, and \d+ selected",
    "form HR1": r"\bHR1\b",
    "the version of the toolkit": r"eia \d+\.\d+\.\d+",
    "places in a list": r"(?m)^\s*(?:\[[ x]\] )?\d+\. ",
    "actions by their places": r"To\s+write\s+\d(?:, \d)*\b",
    "marks on an axis": r"\b0(?:\s+\d+){2,}(?=\s+Selected)",
    "how many numbers are withheld": r"Numbers withheld: \d+|\d+ of them withheld",
    "pools of the proposal": r"\b\d+ pools?\b",
}
"""What is no number of people, and why, as it is recognised."""


def numerals(text: str) -> set[str]:
    return set(NUMERAL.findall(text))


@dataclasses.dataclass(frozen=True)
class Bundle:
    """A case, what is published of it, and its files."""

    assessment: Assessment
    published: Published
    files: dict[str, bytes]


def bundle_of(assessment: Assessment) -> Bundle:
    figures = published(assessment)
    return Bundle(assessment, figures, public_files(assessment, figures))


def known(bundle: Bundle) -> set[str]:
    """Published numbers, sums of answers not known, what even cuts on all would give, and percentages of two published numbers of a row or a column."""
    numbers, shares = {0}, set()
    for one in bundle.published.tables:
        lines = [dict(zip(one.measures, row.values, strict=True)) for row in one.rows]
        everyone = lines[0]
        missing = [line for line, row in zip(lines, one.rows, strict=True) if row.kind in ("declined", "not recorded")]
        numbers |= {n for line in lines for n in line.values() if n is not None}
        numbers.add(sum(line.get("at risk") or 0 for line in missing))
        for line in lines:
            if line["workforce"] is not None and everyone["workforce"] and everyone.get("selected") is not None:
                numbers.add(int(line["workforce"] * everyone["selected"] / everyone["workforce"] / 5 + 0.5) * 5)
            pairs = [(line.get(name), everyone.get(name)) for name in line] + [
                (line.get("selected"), line.get("at risk"))
            ]
            shares |= {round(100 * part / of) for part, of in pairs if part is not None and of and of > 22.5}
    return {f"{n:,}" for n in numbers} | {str(n) for n in numbers} | {f"{n}%" for n in shares}


def of_the_case(assessment: Assessment) -> list[str]:
    """Words that stand as they were written, words of the law, and names; the longest first."""
    case, law = assessment.case, assessment.law
    scores = assessment.further.scores
    texts = [case.title, case.proposal, case.employer.name, *(decision.by for decision in case.decisions.values())]
    rules = standing(None, on=assessment.run.when.date())
    texts += [
        words
        for rule in rules
        for words in (rule.provision, rule.instrument, rule.title, rule.value)
        if isinstance(words, str)
    ]
    texts += [duty(law.clock)] if law.clock else []
    texts += [
        never_choose(assessment),
        *(one.characteristic.title for one in assessment.cube.layout.dimensions.values()),
    ]
    texts += [group.label for dimension in assessment.cube.layout.dimensions.values() for group in dimension.groups]
    texts += [f"{one.name}\n{one.weight:g}" for one in scores.criteria if one.weight is not None] if scores else []
    return sorted({text for text in texts if text and re.search(r"\d", text)}, key=len, reverse=True)


def leaks(bundle: Bundle, texts: dict[str, str]) -> list[tuple[str, str]]:
    """The numbers that are in no way known, with the file they are printed in."""
    allowed = known(bundle)
    aside = [re.sub(r"\\?\s+", r"\\s+", re.escape(text)) for text in of_the_case(bundle.assessment)]
    found = []
    for name, text in texts.items():
        for words in aside:
            text = re.sub(words, " ", text, flags=re.IGNORECASE)
        for pattern in REASONS.values():
            text = re.sub(pattern, " ", text, flags=re.MULTILINE)
        found += [(name, numeral) for numeral in sorted(numerals(text) - allowed)]
    return found


def read_back(files: dict[str, bytes]) -> dict[str, str]:
    """What each file says: words, cells, alternative texts, data attributes, the names of the files."""
    texts = {}
    for name, content in files.items():
        if name == RECORD:
            continue  # read by the rules of the attacker on figures
        texts[name] = f"{name}\n{_said(name, content)}"
    return texts


def _said(name: str, content: bytes) -> str:
    ending = name.rpartition(".")[2]
    match ending:
        case "docx":
            with zipfile.ZipFile(io.BytesIO(content)) as parts:
                pages = [
                    parts.read(part).decode()
                    for part in parts.namelist()
                    if re.fullmatch(r"word/(document|header\d*|footer\d*)\.xml|docProps/core\.xml", part)
                ]
            pages = [re.sub(r"<cp:revision>.*?</cp:revision>", "", page) for page in pages]
            return "\n".join(_xml(page) for page in pages)
        case "pdf":
            return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
        case "xlsx":
            book = CalamineWorkbook.from_filelike(io.BytesIO(content))
            rows = (row for sheet in book.sheet_names for row in book.get_sheet_by_name(sheet).to_python())
            return "\n".join(
                "\n".join(f"{cell:g}" if isinstance(cell, float) else str(cell) for cell in row) for row in rows
            )
        case "html" | "svg":
            return _xml(re.sub(r"(?s)<style.*?</style>", "", content.decode()))
        case "png":
            return "\n".join(match.decode("latin-1") for match in re.findall(rb"tEXt([^\x00]*\x00[ -~]*)", content))
        case "zip":
            with zipfile.ZipFile(io.BytesIO(content)) as parts:
                return "\n".join(parts.namelist())
        case "csv":
            return "\n".join(cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))) for cell in row)
        case _:
            return re.sub(r"[|*]", "\n", content.decode().replace("\\", ""))


def _xml(text: str) -> str:
    """Words, and the attributes that are words or data."""
    said = re.findall(r'\s(?:alt|title|descr|aria-label|data-[\w-]+|w:alias)="([^"]*)"', text)
    words = re.sub(r"</?(?:w:t|w:r|w:rPr|span|b|strong|em)\b[^>]*>", "", text)
    return html.unescape("\n".join([re.sub(r"<[^>]+>", "\n", words), *said]))


@cache
def case(name: str) -> Bundle:
    return bundle_of(example(name))


FORMATS = {"docx", "pdf", "xlsx", "csv", "html", "md"}
CASES = ["millbrook", pytest.param("riverbank"), pytest.param("saltmarsh")]


@pytest.mark.slow
@pytest.mark.parametrize("name", CASES)
def test_every_number_in_every_file_is_published_or_made_of_what_is(name: str) -> None:
    bundle = case(name)
    texts = read_back(bundle.files)
    assert {name.rpartition(".")[2] for name in texts} >= FORMATS
    assert all(numerals(text) & known(bundle) for name, text in texts.items() if name.endswith(tuple(FORMATS)))
    assert leaks(bundle, texts) == []


SEX, DISABILITY, AGES = ("Female", "Male"), ("Disabled", "Not disabled", ""), ("24", "37", "45", "52", "61")


def people_of(seed: int) -> bytes:
    """Some hundred people in a few pools, of whom some of one sex are selected more."""
    draw = random.Random(seed)  # noqa: S311 - cases of chance, the same in every run
    lean, pools = draw.choice((0.2, 0.5, 0.7)), draw.randint(1, 6)
    rows = []
    for _ in range(draw.randint(60, 400)):
        sex, disabled = draw.choice(SEX), draw.choices(DISABILITY, (1, 4, 1))[0]
        pool = draw.choice([*"ABCDEF"[:pools], ""])
        chance = lean if sex == "Female" or disabled == "Disabled" else 0.25
        gone = "" if not pool else "selected" if draw.random() < chance else "retained"
        rows.append([sex, disabled, draw.choice(AGES), pool, gone])
    return table(rows, ["sex", "disability", "age", "pool", "outcome"])


@cache
def drawn(seed: int) -> Bundle | None:
    """A case of chance; nothing where nothing of it may be published."""
    try:
        return bundle_of(assessed(people_of(seed), QUICK))
    except EiaError:
        return None


@pytest.mark.parametrize("seed", range(20))
def test_nor_is_there_another_in_a_case_of_chance(seed: int) -> None:
    bundle = drawn(seed)
    if bundle:
        assert leaks(bundle, read_back(bundle.files)) == []


def planted(figures: Figures) -> Iterator[Figures]:
    """Figures with an exact count in place of a published one, each time in another place."""
    gap = figures.gaps[0]
    yield dataclasses.replace(figures, at_risk="847")
    yield dataclasses.replace(figures, unknowns=("We do not know 208 answers.",))
    yield dataclasses.replace(
        figures, gaps=(dataclasses.replace(gap, numbers="Women: 287 of the 323 people selected."),)
    )
    yield dataclasses.replace(figures, gaps=(dataclasses.replace(gap, seen="287 of 323"),))
    yield dataclasses.replace(figures, rows=(dataclasses.replace(figures.rows[0], selected="287"), *figures.rows[1:]))
    yield dataclasses.replace(figures, missing=(("Disability", "118", "541", "2,603"),))
    if gap.pair:
        exact = dataclasses.replace(gap.pair, seen=287.0, seen_text="287")  # twice below: one bar alone is not drawn
        yield dataclasses.replace(figures, gaps=(dataclasses.replace(gap, pair=exact),))
        yield dataclasses.replace(figures, gaps=(dataclasses.replace(gap, beside=(exact, exact)),))


@pytest.mark.slow
def test_an_exact_count_planted_anywhere_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    bundle = case("riverbank")
    for figures in planted(public(bundle.assessment, bundle.published)):
        monkeypatch.setattr(publishable, "public", lambda *_, figures=figures: figures)
        found = leaks(bundle, read_back(public_files(bundle.assessment, bundle.published)))
        assert {file.rpartition(".")[2] for file, _ in found} >= {"svg"} or {"html", "md", "docx", "pdf"} <= {
            file.rpartition(".")[2] for file, _ in found
        }


def test_a_response_that_names_chosen_groups_prints_no_other_number() -> None:
    bundle, told = case("riverbank"), set()
    for name in can_be_named(bundle.assessment):
        chosen = bundle.assessment.case.response.model_copy(update={"findings": (name,)})
        made = dataclasses.replace(
            bundle.assessment, case=bundle.assessment.case.model_copy(update={"response": chosen})
        )
        figures = public(made, bundle.published)
        told |= {gap.who for gap in figures.chosen}
        page = to_markdown(response(made, figures))[0].encode()
        assert not leaks(bundle, read_back({"response.md": page})), name
    assert len(told) >= 4


def _even_on(heading: str) -> str:
    """Where the cuts would fall evenly, as rows under a question say it."""
    return next((f" {EVEN_ON[step]}" for step, question in QUESTIONS.items() if heading == question), "")


@pytest.mark.parametrize("name", ["riverbank", 5, 6])
def test_a_chart_is_drawn_of_the_numbers_that_are_printed_beside_it(name: str | int) -> None:
    """Drawn again of what its CSV says, it is the same to the last coordinate."""
    bundle = case(name) if isinstance(name, str) else drawn(name)
    assert bundle
    shown = public(bundle.assessment, bundle.published)
    charts = [each for each in to_attach(bundle.assessment, shown) if isinstance(each.chart, Pairs)]
    assert charts
    for each in charts:
        rows = list(csv.reader(io.StringIO(bundle.files[f"{FOLDER}/{each.name}.csv"].decode("utf-8-sig"))))
        head, *lines = rows
        marks = tuple(
            PairRow(
                label=line[head.index("Name")], seen=float(line[-3]), even=float(line[-2]), seen_text=people(float(line[-3])),
                even_text=f"about {people(float(line[-2]))}{_even_on(line[0])}", group=line[0] if head[0] == "Heading" else "",
            )
            for line in lines
        )  # fmt: skip
        assert {f"{n:.0f}" for mark in marks for n in (mark.seen, mark.even)} <= known(bundle)
        again = dataclasses.replace(each, chart=dataclasses.replace(each.chart, rows=marks))
        assert card(again).encode() == bundle.files[f"{FOLDER}/{each.name}.svg"]


@pytest.mark.parametrize("name", CASES)
def test_no_group_of_a_sensitive_characteristic_is_named_by_who_is_selected(name: str) -> None:
    bundle = case(name)
    shown = public(bundle.assessment, bundle.published)
    assert not any(gap.characteristic.key in SENSITIVE for gap in shown.gaps)
    assert not any(row.key in SENSITIVE for row in shown.rows)


@pytest.mark.parametrize("name", CASES)
def test_no_pool_and_no_chance_is_told(name: str) -> None:
    bundle = case(name)
    texts = read_back(bundle.files)
    pools = [pool for pool in bundle.assessment.cube.layout.pools if len(pool) > 3]
    for text in texts.values():
        assert not re.search(
            r"\bp ?[=<]|odds|interval|once in|\d\.\d",
            re.sub(r"eia \d+\.\d+\.\d+|viewBox", "", text.replace("no p-value, ratio or interval", "")),
        )
        assert not any(pool in text for pool in pools)
