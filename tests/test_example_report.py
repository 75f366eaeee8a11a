"""The committed report of the example is what the code writes today, from the files committed beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from eia.case import read_case
from eia.findings.assess import assess_evidence
from eia.findings.record import from_json
from eia.intake.evidence import read_evidence
from eia.present.documents.write_report import report_files

ROOT = Path(__file__).parents[1]
REPORT = ROOT / "reports" / "example"
CASE = ROOT / "datasets" / "riverbank" / "case.toml"


@pytest.fixture(scope="module")
def again() -> dict[str, str]:
    committed = from_json((REPORT / "assessment.json").read_text(encoding="utf-8"))
    case = read_case(CASE)
    evidence = read_evidence(case, folder=CASE.parent)
    return report_files(assess_evidence(evidence, case, when=committed.run.when))


def committed_files() -> list[str]:
    """The texts; files to send and to attach are written beside them, and not kept."""
    kept = (*REPORT.glob("*.html"), *REPORT.glob("*.md"), *REPORT.glob("*.json"), *REPORT.glob("charts/*.svg"))
    return sorted(path.relative_to(REPORT).as_posix() for path in kept)


@pytest.mark.slow
def test_the_committed_report_has_the_files_that_a_rerun_writes(again):
    assert committed_files() == sorted(again)


@pytest.mark.parametrize("name", [name for name in committed_files() if not name.endswith(".json")])
def test_the_committed_report_is_what_a_rerun_writes(again, name):
    assert (REPORT / name).read_text(encoding="utf-8") == again[name]


def test_the_committed_record_holds_the_numbers_of_a_rerun(again):
    committed = from_json((REPORT / "assessment.json").read_text(encoding="utf-8"))
    rerun = from_json(again["assessment.json"])
    assert committed.case == rerun.case
    assert committed.run == rerun.run
    assert len(committed.findings) == len(rerun.findings)
    for ours, theirs in zip(committed.findings, rerun.findings, strict=True):
        assert (ours.level, ours.direction, ours.reasons, ours.people) == (
            theirs.level,
            theirs.direction,
            theirs.reasons,
            theirs.people,
        )
        if ours.test:
            assert theirs.test
            assert ours.test.midp == pytest.approx(theirs.test.midp, rel=1e-9)
