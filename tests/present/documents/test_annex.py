"""The annex has its ten parts in every case, one main table with each comparison once, and everything else as tables and charts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from assessments import MAKERS, sample
from made import QUICK, assessed, figures, pools

from eia.findings.gaps import gaps
from eia.findings.headlines import NEVER_LEADING, looked_at
from eia.findings.record import from_json
from eia.present.documents.annex import annex, annex_tables
from eia.present.documents.draft import draft
from eia.present.documents.markdown import to_markdown
from eia.present.documents.model import Heading, Paragraph, Table
from eia.present.documents.response import response
from eia.present.figures.impacts import NOBODY_MORE
from eia.present.parts.annex.results import MAIN, main_table
from eia.present.text.words import LEVELS, QUESTIONS

EXAMPLE = Path(__file__).parents[3] / "reports" / "example" / "confidential" / "assessment.json"
PARTS = [f"c{number}" for number in range(1, 11)]


@pytest.mark.parametrize("name", MAKERS)
def test_the_parts_are_the_same_in_every_case(name: str) -> None:
    assert [
        block.key for block in annex(sample(name)).blocks if isinstance(block, Heading) and block.level == 2
    ] == PARTS


@pytest.mark.parametrize("name", MAKERS)
@pytest.mark.parametrize("make", [draft, response])
def test_whatever_is_cited_of_the_annex_is_in_it(name: str, make) -> None:
    cited = set(re.findall(r"\bC(\d+)\b", to_markdown(make(sample(name)))[0]))
    assert cited
    assert {f"c{number}" for number in cited} <= set(PARTS)


@pytest.mark.parametrize("name", MAKERS)
def test_the_main_table_has_each_comparison_once_and_none_of_grade_or_missing_answers(name: str) -> None:
    table = main_table(sample(name))
    assert len(set(zip(table.sections, (row[0] for row in table.rows), strict=True))) == len(table.rows)
    titles = {
        dimension.characteristic.title
        for key, dimension in sample(name).cube.layout.dimensions.items()
        if key in NEVER_LEADING
    }
    assert not any(row[0].split(":")[0] in titles for row in table.rows)
    assert {row[-1] for row in table.rows} <= set(LEVELS.values())


def test_the_main_table_prints_the_figures_of_the_test() -> None:
    assessment = assessed(pools(A=(12, 20, 2, 20), B=(10, 20, 3, 20), none=(0, 20, 0, 60)), QUICK)
    table = main_table(assessment)
    rows = {section: row for section, row in zip(table.sections, table.rows, strict=True) if row[0] == "Sex: Female"}
    test = gaps(assessment)[0].finding.test
    assert rows[QUESTIONS["selection"]][1:5] == ("40", "22", "13.5", "+8.5")
    assert rows[QUESTIONS["scope"]][1:5] == ("60", "40", "30.0", "+10.0")
    assert rows[QUESTIONS["selection"]][5].startswith(f"{test.odds_ratio.estimate:.2f} (")


def test_the_groups_of_the_draft_and_the_comparisons_of_the_annex_are_reconciled_in_a_sentence() -> None:
    assessment = from_json(EXAMPLE.read_text(encoding="utf-8"))
    (told,) = [
        block.text
        for block in annex(assessment).blocks
        if isinstance(block, Paragraph) and block.text.startswith("The draft counts")
    ]
    (groups,) = {len(looked_at(assessment.under(question))) for question in QUESTIONS}
    assert figures(told)[0] == str(groups)
    assert "trend with age" in told


def test_no_line_ends_within_the_brackets_of_an_interval() -> None:
    cells = [row[5] for row in main_table(sample("found")).rows]
    assert any("(" in cell for cell in cells)
    assert not any(" " in cell.partition("(")[2] for cell in cells)


@pytest.mark.parametrize("name", MAKERS)
def test_what_the_annex_leaves_out_is_in_the_tables(name: str) -> None:
    tables = annex_tables(sample(name))
    assert all(table.rows for table in tables)
    titles = [block.title for block in annex(sample(name)).blocks if isinstance(block, Table)]
    assert titles.count(MAIN) == 1
    assert len(tables) > 5


@pytest.mark.parametrize("name", [*MAKERS, "the main example"])
def test_whatever_is_said_to_be_in_the_workbook_is_there(name: str) -> None:
    assessment = from_json(EXAMPLE.read_text(encoding="utf-8")) if name == "the main example" else sample(name)
    lines = [block.text for block in annex(assessment).blocks if isinstance(block, Paragraph)]
    named = [found[1] for line in lines if (found := re.fullmatch(r"(.+): [\w,]+ rows?, in the workbook\.", line))]
    titles = {table.title.lower() for table in annex_tables(assessment)}
    assert [title for title in named if title.lower() not in titles] == []


def test_people_selected_of_each_group_of_the_draft_and_how_many_if_even_are_in_the_annex() -> None:
    assessment = from_json(EXAMPLE.read_text(encoding="utf-8"))
    (told,) = [
        block
        for block in annex(assessment).blocks
        if isinstance(block, Table) and block.title.startswith("What it adds up to")
    ]
    cells = {row[0]: row[1:4] for row in told.rows}
    assert cells["Sex: Female"] == ("287", "227.0", "+60.0")
    (drafted,) = [
        block
        for block in draft(assessment).blocks
        if isinstance(block, Table) and block.title == "Impact by characteristic"
    ]
    annexed = {row[1] for row in told.rows}
    without_numbers = {"Not in the file", NOBODY_MORE}
    assert [row for row in drafted.rows if row[3] not in annexed and row[1] not in without_numbers] == []
