"""A group's story: shares of the stages as dots, intervals on one scale, pools that are about no single person, the statistics of every question."""

from __future__ import annotations

import pytest
from assessments import MAKERS, sample

from eia.case import Question
from eia.findings.core.finding import Headcounts
from eia.findings.record import from_json, to_json
from eia.findings.supplementary.by_chance import BARS, by_chance
from eia.present.charts.from_group import against_chance, by_pool, intervals
from eia.present.parts.story import Share, no_chances, not_fitting, shares, statistics
from eia.present.tables.evidence_matrix import by_address
from eia.present.text.evidence import NO_CHANCE
from eia.present.text.grounds import FEWEST_OF_A_GROUP
from eia.present.text.narrative import questions_about

EVERY = [(name, address) for name in ("found", "cannot_say", "nobody chosen", "counts", "meacham", "stages") for address in by_address(sample(name))]  # fmt: skip


@pytest.mark.parametrize(("name", "address"), EVERY)
def test_every_group_of_every_kind_has_a_story(name: str, address: str) -> None:
    assessment = sample(name)
    found = by_address(assessment)[address]
    exact = isinstance(found[0].people, Headcounts)
    assert bool(shares(found)) <= exact
    assert all(0 <= on <= every <= 100 for on, every in (share.dots for share in shares(found)))
    assert len(statistics(assessment, found).rows) == len(found)
    assert len(questions_about(assessment, found)) == 2
    assert len(not_fitting(found)) <= len(found)
    if odds := intervals(found):
        assert [row.level for row in odds.rows].count("not_tested") < len(found)


def test_a_dot_is_a_person_where_there_are_no_more_than_a_hundred() -> None:
    assert Share(stage="Selected", part=3, of=50).whole
    assert not Share(stage="Selected", part=287, of=325).whole
    assert Share(stage="Workforce", part=0.6, of=1).dots == (60, 100)


def test_pools_stand_by_size_and_none_is_about_single_people() -> None:
    found = by_address(sample("found"))["sex-1"]
    chart = by_pool(found[-1], ("A", "B"))
    assert chart is not None
    assert [(row.label, row.seen, row.even) for row in chart.rows] == [
        ("A (40 people)", 12, 7),
        ("B (40 people)", 10, 6.5),
    ]
    shown = [part for part in found[-1].grounds.driving.pools if part.group_total < FEWEST_OF_A_GROUP]  # type: ignore[union-attr]
    assert not shown


@pytest.mark.parametrize("name", MAKERS)
def test_a_chart_of_pools_leaves_out_those_with_few_of_the_group(name: str) -> None:
    for found in by_address(sample(name)).values():
        if chart := by_pool(found[-1], sample(name).cube.layout.pools):
            assert all(row.seen > 0 for row in chart.rows)
            assert all(int(row.seen_text.partition(" of ")[2]) >= FEWEST_OF_A_GROUP for row in chart.rows)


def test_what_chance_would_give_adds_up_and_marks_what_was_selected() -> None:
    finding = by_address(sample("found"))["sex-1"][-1]
    bars = by_chance(finding)
    assert len(bars) <= BARS
    assert sum(bar.probability for bar in bars) == pytest.approx(1, abs=0.002)
    assert [bar.low <= 22 <= bar.high for bar in bars] == [bar.observed for bar in bars]
    chart = against_chance(finding, bars)
    assert chart is not None
    assert [bool(row.group_text) for row in chart.rows] == [bar.observed for bar in bars]
    told = [row.group_rate if row.group_text else row.comparator_rate for row in chart.rows]
    assert told == [bar.probability for bar in bars]


@pytest.mark.parametrize("name", ["nobody chosen", "counts", "meacham"])
def test_where_nothing_was_tested_chance_has_no_picture(name: str) -> None:
    for found in by_address(sample(name)).values():
        pictured = against_chance(found[-1], sample(name).chances(found[-1])) is not None
        assert pictured == (found[-1].tested is not None)


@pytest.mark.parametrize("name", ["found", "cannot_say", "counts", "counts in ranges", "millbrook", "everyone goes"])
def test_each_question_has_a_picture_of_chance_or_a_sentence_why_not(name: str) -> None:
    assessment = sample(name)
    for finding in assessment.findings:
        chart = against_chance(finding, assessment.chances(finding))
        if chart is None:
            assert no_chances(finding).startswith("There is no picture of chance: ")
            assert finding.in_ranges or finding.level == "not_tested" or NO_CHANCE.intersection(finding.reasons)
        else:
            assert [bool(row.group_text) for row in chart.rows].count(True) == 1


@pytest.mark.parametrize("question", ["scope", "spread"])
def test_what_was_drawn_is_where_the_test_says_and_marks_the_gap_there_is(question: Question) -> None:
    pictured = 0
    for finding in sample("millbrook").under(question):
        if finding.permuted is None:
            continue
        bars = sample("millbrook").chances(finding)
        assert len(bars) <= BARS
        assert sum(bar.probability for bar in bars) == pytest.approx(1, abs=0.002)
        (here,) = [bar for bar in bars if bar.observed]
        assert here.low - 1 < finding.permuted.excess < here.high + 1
        pictured += 1
    assert pictured


def test_a_saved_assessment_draws_nothing_and_says_so() -> None:
    again = from_json(to_json(sample("millbrook")))
    drawn = [finding for finding in again.findings if finding.permuted and finding.level != "not_tested"]
    assert drawn
    assert {again.chances(finding) for finding in drawn} == {()}
    assert any("saved assessment" in no_chances(finding) for finding in drawn)
