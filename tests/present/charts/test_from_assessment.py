"""Charts show the numbers of the findings, every one of them, and say in words what they show."""

from __future__ import annotations

import pytest
from assessments import MAKERS, sample

from eia.present.charts.from_assessment import chart_level, figure, waterfall
from eia.present.charts.specs import Excess, Forest
from eia.present.text.numbers import signed

EXACT = [name for name in MAKERS if name != "counts in ranges"]  # of ranges no single figure is known
QUESTIONS = ("scope", "spread", "selection")


@pytest.mark.parametrize("name", EXACT)
@pytest.mark.parametrize("question", QUESTIONS)
def test_a_chart_shows_every_finding_of_its_question_or_there_is_nothing_to_see(name: str, question: str) -> None:
    findings = sample(name).under(question)  # type: ignore[arg-type]
    chart = figure(sample(name), question)  # type: ignore[arg-type]
    if chart is None:
        assert not any(finding.test and finding.test.informative_pools for finding in findings)
        values = [f.people.scope_excess if question == "scope" else f.excess for f in findings]
        assert all(abs(value or 0) < 1 for value, f in zip(values, findings, strict=True) if f.stated)
        return
    assert len(chart.alt) > 40
    if isinstance(chart, Forest):
        tested = [finding for finding in findings if finding.test and finding.test.informative_pools]
        assert [row.level for row in chart.rows] == [chart_level(finding) for finding in tested]
        assert [row.label for row in chart.rows] == [finding.group.label for finding in tested]
        shown = [(row.estimate, row.low, row.high) for row in chart.rows]
        odds = [finding.test.odds_ratio for finding in tested if finding.test]
        assert repr(shown) == repr([(o.estimate, o.midp_interval.low, o.midp_interval.high) for o in odds])
    else:
        assert isinstance(chart, Excess)
        told = [finding for finding in findings if finding.stated]
        values = [f.people.scope_excess if question == "scope" else f.excess for f in told]
        assert [row.value for row in chart.rows] == values
        assert [row.text for row in chart.rows] == [signed(value or 0) for value in values]


@pytest.mark.parametrize("name", EXACT)
def test_a_waterfall_adds_up_as_its_words_do(name: str) -> None:
    for finding in sample(name).findings:
        chart = waterfall(finding)
        assert (chart is None) == (finding.split is None)
        if chart is None:
            continue
        tenths = [round(10 * float(step.text.replace("−", "-").replace(",", ""))) for step in chart.steps]
        assert round(10 * float(chart.total_text.replace("−", "-").replace(",", ""))) == sum(tenths)
        assert chart.total_text in chart.alt


def test_a_direction_is_marked_only_where_a_disparity_is_found() -> None:
    for finding in sample("found").findings:
        if finding.question == "selection":
            assert chart_level(finding) == ("found against" if finding.group.label == "Female" else "found for")
    assert {chart_level(f) for f in sample("cannot_say").findings if f.question == "selection"} == {"cannot_say"}
