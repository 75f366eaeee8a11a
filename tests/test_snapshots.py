"""One snapshot of each document holds its wording. Run this file to write them again, then read the difference."""

from __future__ import annotations

import datetime as dt
import difflib
import os
import re
import sys
import tempfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import pytest
from made import WHEN, assessed, assessed_counts, case, refused, run, table

from eia.case import read_case
from eia.findings.assess import assess_evidence
from eia.findings.assessment import Assessment
from eia.intake.evidence import read_evidence, read_workforce
from eia.intake.examples import examples
from eia.present.documents.markdown import to_markdown
from eia.present.documents.terminal import block_lines
from eia.present.documents.write_report import DOCUMENTS
from eia.present.sections.family_leave_priority import law_of_priority, priority, rows_of
from eia.present.sections.terms.severance import terms_document
from eia.process.priority_counts import on_leave, priority_counts, whose_jobs_go
from eia.process.severance_impact import severance_impact

SNAPSHOTS = Path(__file__).parent / "snapshots"
TODAY = dt.date(2026, 11, 22)

COUNTS = b"""characteristic,group,pool,people,selected
Sex,F,A,40,<5
Sex,M,A,20,12
Sex,F,B,12,*
Sex,M,B,30,<5
Sex,F,,30,
Sex,M,,70,
"""
NORTHERN = [
    ["F" if n % 2 else "M", "yes" if n % 3 else "no", ("Christian", "No religion")[n % 5 > 2], "Unionist" if n % 3 else "Nationalist",
     "Part time" if n % 2 else "Full time", "AB"[n % 2], "selected" if n % 3 == 0 else "retained"]
    for n in range(48)
]  # fmt: skip
FAULTS = b"""sex,age,pool,outcome,gender
F,thirty,A,selected,F
M,210,A,perhaps,M
F,40,A,retained,F
M,41,,selected,M
"""


@cache
def example(name: str) -> Assessment:
    """A bundled example of people."""
    choices = read_case(examples()[name])
    evidence = read_evidence(choices, folder=examples()[name].parent)
    return assess_evidence(evidence, choices, when=WHEN)


def shown_as_text(name: str, assessment: Assessment) -> str:
    """A document of it as Markdown."""
    return to_markdown(DOCUMENTS[name](assessment))[0]


def counts_with_ranges() -> str:
    """A table of counts, some of them withheld."""
    return shown_as_text("draft", assessed_counts(COUNTS))


def northern_ireland() -> Assessment:
    """The law of another place."""
    choices = case(
        employer={"kind": "public authority", "jurisdiction": "Northern Ireland"},
        dates={"proposal": TODAY, "extract": TODAY},
        consultation={"number_proposed": 120, "first_dismissal": dt.date(2027, 3, 1)},
        characteristics={"political_opinion": {"title": "Political opinion", "column": "politics"}},
        analysis={"draws": 999},
    )
    headers = ["sex", "disability", "religion", "politics", "working pattern", "pool", "outcome"]
    return assessed(table(NORTHERN, headers), choices)


def severance_terms() -> str:
    """What terms of an employer's own would pay in place of the statutory ones."""
    choices = case(
        dates={"proposal": TODAY}, columns={"pay": "annual pay"}, terms={"Gold": {"weeks_a_year": 4, "week_limit": 0}},
        severance={"terms": "Gold", "instead_of": "statutory"},
    )  # fmt: skip
    staff = "sex,age,service years,grade,fte,annual pay,pool,outcome\n" + "".join(
        f"{sex},{age},10,x,1,{20000 + 500 * number},A,selected\n"
        for number, (sex, age) in enumerate([("F", 45)] * 6 + [("M", 45)] * 6 + [("F", 60), ("M", 30)])
    )
    comparison = severance_impact(read_workforce(staff.encode(), choices, name="staff.csv"), choices)
    return to_markdown(terms_document(comparison, choices, today=TODAY))[0]


def family_leave_priority() -> str:
    """Who has priority for vacancies, in counts, and then by row as one screen names them."""
    choices = read_case(examples()["riverbank"])
    workforce = read_evidence(choices, folder=examples()["riverbank"].parent).main
    counts = priority_counts(workforce, choices)
    rows = rows_of(whose_jobs_go(on_leave(workforce, choices), workforce, choices), workforce, choices, today=TODAY)
    return "\n".join(block_lines([*priority(counts, choices), *law_of_priority(counts, today=TODAY), *rows]))


def check() -> str:
    """What ``eia check`` says."""
    return run("check", examples()["riverbank"]).out


def assess_printed() -> str:
    """What ``eia assess`` says."""
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            return run("assess", examples()["riverbank"], "--out", "out").out
        finally:
            os.chdir(before)


def faults() -> str:
    """One file with several faults."""
    return str(refused(FAULTS))


MADE: Mapping[str, Callable[[], str]] = {
    **{
        f"{case_name}-{name}.md": lambda case_name=case_name, name=name: shown_as_text(name, example(case_name))
        for case_name in ("riverbank", "millbrook")
        for name in DOCUMENTS
    },
    "counts-with-ranges-draft.md": counts_with_ranges,
    "northern-ireland-draft.md": lambda: shown_as_text("draft", northern_ireland()),
    "northern-ireland-response.md": lambda: shown_as_text("response", northern_ireland()),
    "severance-terms.md": severance_terms,
    "family-leave-priority.txt": family_leave_priority,
    "eia-check.txt": check,
    "eia-assess.txt": assess_printed,
    "faults.txt": faults,
}


def shown(name: str) -> str:
    """A document as its snapshot holds it: without the hashes, which say nothing in words."""
    text = re.sub(r"\b[0-9a-f]{64}\b|\b[0-9a-f]{12}\b", "(hash)", MADE[name]())
    return "\n".join(line.rstrip() for line in text.splitlines()) + "\n"


@pytest.mark.parametrize("name", MADE)
def test_a_document_reads_as_its_snapshot_does(name: str) -> None:
    before, now = (SNAPSHOTS / name).read_text(encoding="utf-8"), shown(name)
    if now != before:
        lines = difflib.unified_diff(
            before.splitlines(), now.splitlines(), f"{name}, committed", f"{name}, now", n=1, lineterm=""
        )
        pytest.fail("\n".join([*lines, "If it reads better so: python tests/test_snapshots.py"]), pytrace=False)


def test_every_snapshot_is_of_a_document() -> None:
    assert {path.name for path in SNAPSHOTS.iterdir()} == set(MADE)


if __name__ == "__main__":
    SNAPSHOTS.mkdir(exist_ok=True)
    for each in sys.argv[1:] or MADE:
        (SNAPSHOTS / each).write_text(shown(each), encoding="utf-8")
