"""What another rule would do stands where criteria and alternatives are told, and nowhere where nothing was tried."""

from __future__ import annotations

import pytest
from assessments import sample
from made import figures

from eia.case import changed, read_case
from eia.findings.assess import assess_evidence
from eia.findings.assessment import Assessment
from eia.intake.evidence import read_evidence
from eia.intake.examples import MAIN, examples
from eia.present.documents.draft import draft
from eia.present.documents.model import Table
from eia.present.documents.response import response
from eia.present.figures.left_out import alternatives_table, criteria_left_out


@pytest.fixture(scope="module")
def tried() -> Assessment:
    """The main example with one change in its case."""
    path = examples()[MAIN]
    choices = changed(
        read_case(path), scenarios={"Without attendance": {"without": ["Attendance"]}}, analysis={"draws": 999}
    )
    return assess_evidence(read_evidence(choices, folder=path.parent), choices)


@pytest.mark.slow
def test_every_criterion_has_what_leaving_it_out_would_do(tried: Assessment) -> None:
    (table,) = [
        block for block in draft(tried).blocks if isinstance(block, Table) and block.title.startswith("Criteria")
    ]
    told = {row[0]: figures(row[-1]) for row in table.rows}
    assert told.keys() == {one.criterion for one in tried.changes.without_one} == criteria_left_out(tried).keys()
    assert told["Attendance"] == ["43", "80"]  # disabled people, instead of


@pytest.mark.parametrize("make", [draft, response])
def test_the_changes_of_the_case_are_the_alternatives(tried: Assessment, make) -> None:
    table = alternatives_table(tried)
    assert [row[0] for row in table.rows] == ["Without attendance"]
    assert table.rows in [block.rows for block in make(tried).blocks if isinstance(block, Table)]


def test_without_scores_there_is_no_column_and_no_table() -> None:
    assert criteria_left_out(sample("found")) == {}
    assert alternatives_table(sample("found")) is None
    assert not any(
        "left out" in column.title
        for block in draft(sample("found")).blocks
        if isinstance(block, Table)
        for column in block.columns
    )
