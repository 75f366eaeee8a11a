"""The committed report of the example is what the code writes today, from the files committed beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from eia.case import read_case
from eia.findings.assess import assess_evidence
from eia.findings.record import from_json
from eia.intake.evidence import read_evidence
from eia.present.documents.write_report import write_report

ROOT = Path(__file__).parents[1]
REPORT = ROOT / "reports" / "example"
RECORD = "confidential/assessment.json"
TEXTS = (".html", ".md", ".csv", ".json", ".svg")
CASE = ROOT / "datasets" / "riverbank" / "case.toml"


@pytest.fixture(scope="module")
def again(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    committed = from_json((REPORT / RECORD).read_text(encoding="utf-8"))
    case = read_case(CASE)
    evidence = read_evidence(case, folder=CASE.parent)
    folder = tmp_path_factory.mktemp("example")
    write_report(assess_evidence(evidence, case, when=committed.run.when), folder)
    return texts_of(folder)


def texts_of(folder: Path) -> dict[str, str]:
    """The texts of both editions; Word files, PDF and pictures are written beside them, and not kept."""
    kept = sorted(path for path in folder.rglob("*") if path.suffix in TEXTS)
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in kept}


@pytest.mark.slow
def test_the_committed_report_has_the_files_that_a_rerun_writes(again):
    assert list(texts_of(REPORT)) == list(again)


@pytest.mark.parametrize("name", [name for name in texts_of(REPORT) if name != RECORD])
def test_the_committed_report_is_what_a_rerun_writes(again, name):
    assert texts_of(REPORT)[name] == again[name]


def test_the_committed_record_holds_the_numbers_of_a_rerun(again):
    committed = from_json((REPORT / RECORD).read_text(encoding="utf-8"))
    rerun = from_json(again[RECORD])
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
