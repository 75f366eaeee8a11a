"""The matrix has every group once, under its characteristic, with the level and people of each finding; the clearest evidence first."""

from __future__ import annotations

import pytest
from assessments import MAKERS, example, sample

from eia.findings.gaps import gaps
from eia.present.charts.from_assessment import chart_level
from eia.present.tables.evidence_matrix import by_address, evidence_matrix


@pytest.mark.parametrize("name", MAKERS)
def test_every_group_has_one_row_and_every_finding_its_cell(name: str) -> None:
    assessment = sample(name)
    made, found = evidence_matrix(assessment), by_address(assessment)
    assert [row.address for row in made.rows]
    assert sorted(row.address for row in made.rows) == sorted(found)
    assert len(made.columns) == len(assessment.case.analysis.questions) + 1
    for row in made.rows:
        findings = found[row.address]
        assert [cell.level for cell in row.cells] == [chart_level(finding) for finding in findings]
        assert row.clear == any(finding.level == "found" for finding in findings)
        assert row.protected == bool(findings[0].characteristic.protected)
        assert not any(label in row.address for label in (row.group, " ", "<"))


@pytest.mark.parametrize("name", MAKERS)
def test_a_characteristic_stands_in_one_piece(name: str) -> None:
    keys = [row.address.rpartition("-")[0] for row in evidence_matrix(sample(name)).rows]
    assert len([key for key, before in zip(keys, [None, *keys], strict=False) if key != before]) == len(set(keys))


def test_the_clearest_evidence_against_a_group_comes_first() -> None:
    row = evidence_matrix(sample("found")).rows[0]
    assert (row.characteristic, row.group, row.cells[-1].level) == ("Sex", "Female", "found against")
    assert (row.cells[-1].people, row.total) == ("8 more", "12 more")


def test_the_head_of_each_column_says_whom_it_counts() -> None:
    scope, *others = evidence_matrix(sample("found")).columns
    assert scope.endswith("(people at risk)")
    assert all(one.endswith("(people selected)") for one in others)


def test_grade_comes_after_everything_else() -> None:
    keys = [row.address.rpartition("-")[0] for row in evidence_matrix(sample("millbrook")).rows]
    assert set(keys[keys.index("grade") :]) <= {"grade", "contract_short"}


def test_rows_can_be_narrowed_to_protected_characteristics_and_to_clear_gaps() -> None:
    made = evidence_matrix(sample("found"))
    assert made.only(protected=False, clear=False) == made
    assert {row.clear for row in made.only(protected=False, clear=True).rows} == {True}
    assert {row.protected for row in made.only(protected=True, clear=False).rows} == {True}


@pytest.mark.parametrize("name", ["riverbank", "saltmarsh"])
def test_groups_that_the_first_screen_names_are_always_there(name: str) -> None:
    assessment = example(name)
    shown = {
        (row.characteristic, row.group) for row in evidence_matrix(assessment).only(protected=True, clear=False).rows
    }
    assert {(gap.finding.characteristic.title, gap.finding.group.label) for gap in gaps(assessment)} <= shown
    assert ("Working pattern", "Part-time") in shown


def test_bands_of_age_follow_one_another_where_the_evidence_is_alike() -> None:
    made = evidence_matrix(example("millbrook")).rows
    bands = [row for row in made if row.address.startswith("age-")]
    alike = {(row.cells[0].level, row.cells[1].level, row.cells[2].level) for row in bands}
    assert not {"stands_out", "found against", "found for"} & {level for levels in alike for level in levels}
    answered = [
        int(row.address.removeprefix("age-")) for row in bands if row.group not in ("Prefer not to say", "Not recorded")
    ]
    assert answered == sorted(answered)
