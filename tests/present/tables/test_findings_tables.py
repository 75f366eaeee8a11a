"""Every finding has its row, every row its numbers, and a number that is not known is not printed."""

from __future__ import annotations

import math

import pytest
from assessments import MAKERS, sample

from eia.present.tables.findings_tables import (
    exact_table,
    intake_table,
    question_table,
    split_table,
)
from eia.present.text.numbers import expected, interval, people, pvalue, ratio, signed

EXACT = [name for name in MAKERS if name != "counts in ranges"]  # of ranges no single figure is known
ALL = [(name, question) for name in EXACT for question in ("scope", "spread", "selection")]


@pytest.mark.parametrize(("name", "question"), ALL)
def test_a_question_has_a_row_for_every_finding(name: str, question: str) -> None:
    assessment = sample(name)
    table = question_table(assessment, question)  # type: ignore[arg-type]
    findings = assessment.under(question)  # type: ignore[arg-type]
    assert len(table.rows) == len(findings)
    for row, finding in zip(table.rows, findings, strict=True):
        assert row[0].endswith(finding.group.label)


@pytest.mark.parametrize("name", EXACT)
def test_the_table_of_selection_has_the_figures_of_its_tests(name: str) -> None:
    assessment = sample(name)
    for row, finding in zip(question_table(assessment, "selection").rows, assessment.under("selection"), strict=True):
        test = finding.test
        if test is None or not test.informative_pools:
            assert row.count("–") >= 3
            continue
        shown = [
            people(finding.people.group_selected or 0), people(finding.people.group_there),
            expected((finding.people.group_selected or 0) - test.excess), signed(test.excess), pvalue(finding.adjusted_p),
        ]  # fmt: skip
        assert [cell for cell in shown if cell not in row] == []


@pytest.mark.parametrize("name", EXACT)
def test_the_annex_has_the_figures_of_every_test(name: str) -> None:
    assessment = sample(name)
    tested = [f for f in assessment.under("selection") if f.test is not None and f.test.informative_pools]
    for row, finding in zip(exact_table(assessment).rows, tested, strict=True):
        test = finding.test
        assert test is not None
        odds = test.odds_ratio
        shown = [
            ratio(odds.estimate), interval(odds.midp_interval), interval(odds.interval), pvalue(test.midp), pvalue(test.pvalue),
            pvalue(finding.adjusted_p), f"{test.informative_pools} of {test.pools}",
        ]  # fmt: skip
        assert [cell for cell in shown if cell not in row] == []


def amount(cell: str) -> float:
    return float(cell.replace("−", "-").replace(",", "").replace("+", ""))


@pytest.mark.parametrize("name", EXACT)
def test_the_parts_in_a_row_add_up_to_its_total(name: str) -> None:
    for row in split_table(sample(name)).rows:
        total, *given = [amount(cell) for cell in row[-4:] if cell != "–"]
        assert math.isclose(total, sum(given), abs_tol=1e-6)


@pytest.mark.parametrize("name", EXACT)
def test_selected_and_retained_shares_are_both_shown_and_make_a_whole(name: str) -> None:
    table = question_table(sample(name), "selection")
    titles = [column.title.lower() for column in table.columns]
    places = [
        place for place, title in enumerate(titles) if ("selected" in title and "share" in title) or "retained" in title
    ]
    for row in table.rows:
        shares = [float(row[place].rstrip("%")) for place in places if row[place].endswith("%")]
        assert not shares or sum(shares) == pytest.approx(100, abs=0.11)


@pytest.mark.parametrize("name", EXACT)
def test_every_table_is_whole(name: str) -> None:
    assessment = sample(name)
    for table in (
        split_table(assessment),
        exact_table(assessment),
        intake_table(assessment),
    ):
        assert all(len(row) == len(table.columns) for row in table.rows)
