"""The section on evidence and its chart say of each gap how clear it is, in one word; the table has the people of every characteristic."""

from __future__ import annotations

from dataclasses import replace

import pytest
from assessments import MAKERS, sample
from made import QUICK, assessed, table

from eia.findings.core.finding import Level
from eia.findings.headlines import FIRST_PAGE_PEOPLE
from eia.present.documents.model import Heading
from eia.present.figures.exact import exact
from eia.present.figures.gap_told import shown_gaps
from eia.present.figures.impacts import NO_DATA, NO_MORE, NOBODY_MORE, exact_row, impacts
from eia.present.parts.impact import evidence, gaps_chart
from eia.present.text.numbers import people
from eia.present.text.words import LEVELS


@pytest.mark.parametrize("name", MAKERS)
def test_a_gap_that_is_not_clear_is_marked_by_the_word_of_its_level_and_a_clear_one_is_not(name: str) -> None:
    found = shown_gaps(sample(name))[:4]
    chart = gaps_chart(found)
    rows = [row.label for row in chart.rows] if chart else []
    for level, word in LEVELS.items():
        marked = sum(label.endswith(f"({word.lower()})") for label in rows)
        assert marked == (0 if level == "found" else sum(gap.level == level for gap in found if gap.pair))


@pytest.mark.parametrize("level", [level for level in LEVELS if level != "found"])
def test_a_section_has_one_word_for_one_level(level: Level) -> None:
    assessment = sample("found")
    (gap,) = exact(assessment).gaps
    figures = replace(exact(assessment), gaps=(replace(gap, level=level, evidence=0),), levels={})
    blocks = tuple(evidence(assessment, figures))
    (place,) = [place for place, block in enumerate(blocks) if isinstance(block, Heading) and block.key == gap.step]
    said = blocks[place + 1].text.lower()  # type: ignore[union-attr]
    assert gap.who in said
    words = {
        "stands_out": "stands out",
        "cannot_say": "cannot say",
        "not_found": "no clear gap",
        "not_tested": "not tested",
    }
    assert [each for each, word in words.items() if word in said] == [level]
    assert "not clear" not in said


@pytest.mark.parametrize("name", MAKERS)
def test_a_row_has_the_people_of_its_characteristic_whether_or_not_more_of_them_go(name: str) -> None:
    for row in impacts(sample(name)):
        if row.findings and not row.findings[0].in_ranges:
            there = row.findings[0].people.group_in_scope
            few_and_no_more = exact_row(row).group == NOBODY_MORE
            assert exact_row(row).at_risk == (NO_DATA if few_and_no_more else people(there))
            assert not few_and_no_more or there < FIRST_PAGE_PEOPLE


def test_where_no_group_has_more_the_row_is_that_of_the_most_people() -> None:
    counts = {"Buddhist": (1, 3), "Christian": (8, 24), "Hindu": (2, 6)}
    file = [
        (who, "A", "selected" if n < gone else "retained")
        for who, (gone, there) in counts.items()
        for n in range(there)
    ]
    rows = [exact_row(row) for row in impacts(assessed(table(file, ["religion", "pool", "outcome"]), QUICK))]
    (told,) = [row for row in rows if row.title == "Religion or belief"]
    assert (told.at_risk, told.selected, told.even) == ("24", "8", "8")


def test_a_group_of_whom_no_more_go_than_if_even_is_named_with_its_numbers() -> None:
    file = table(
        [(sex, "A", "selected" if n % 2 else "retained") for sex in "FM" for n in range(20)], ["sex", "pool", "outcome"]
    )
    rows = [exact_row(row) for row in impacts(assessed(file, QUICK))]
    (told,) = [row for row in rows if row.title == "Sex"]
    assert told.group.endswith(NO_MORE)
    assert (told.at_risk, told.selected, told.even) == ("20", "10", "10")


def test_one_person_is_no_row_of_a_draft_where_no_more_go_than_if_even() -> None:
    file = table(
        [("Yes" if n == 0 else "No", "A", "selected" if n % 2 else "retained") for n in range(20)],
        ["gender reassignment", "pool", "outcome"],
    )
    rows = [exact_row(row) for row in impacts(assessed(file, QUICK))]
    (told,) = [row for row in rows if row.title == "Gender reassignment"]
    assert (told.group, told.at_risk, told.selected, told.even) == (NOBODY_MORE, NO_DATA, NO_DATA, NO_DATA)
