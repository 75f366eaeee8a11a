"""What is beyond the budget is refused in a sentence before work begins; and every bound is one that something keeps."""

import re
from pathlib import Path

import pytest

import eia
from eia import budget
from eia.case import Case
from eia.errors import EiaError
from eia.intake.evidence import read_evidence

PACKAGE = Path(eia.__file__).parent
BOUNDS = [name for name in vars(budget) if name.isupper()]


def refused(content, tmp_path, **choices):
    path = tmp_path / "staff.csv"
    path.write_text(content)
    with pytest.raises(EiaError) as error:
        read_evidence(Case(**choices), folder=tmp_path, main=path)
    return [fault.code for fault in error.value.faults]


def people(pools):
    return "sex,pool,outcome\n" + "".join(f"{sex},Post {pool},retained\n" for pool in range(pools) for sex in "FM")


def test_more_people_than_the_budget_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(budget, "PEOPLE", 9)
    assert refused(people(5), tmp_path) == ["too-many-people"]


def test_more_pools_than_the_budget_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(budget, "POOLS", 4)
    assert refused(people(5), tmp_path) == ["too-many-pools"]
    counts = "characteristic,group,pool,people,selected\n" + "".join(
        f"sex,{g},Post {p},5,1\n" for p in range(5) for g in ("Female", "Male")
    )
    assert refused(counts, tmp_path) == ["too-many-pools"]


def test_more_columns_or_bytes_than_the_budget_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(budget, "COLUMNS", 2)
    assert refused(people(5), tmp_path) == ["too-many-columns"]
    monkeypatch.setattr(budget, "FILE_BYTES", 20)
    assert refused(people(5), tmp_path) == ["file-too-large"]


def test_a_case_cannot_ask_for_more_draws_than_the_budget():
    with pytest.raises(ValueError, match="draws"):
        Case(analysis={"draws": budget.DRAWS + 1})


@pytest.mark.parametrize("name", BOUNDS)
def test_every_bound_is_kept_by_something(name):
    used = re.compile(rf"\bbudget\.{name}\b")
    assert any(used.search(path.read_text()) for path in PACKAGE.rglob("*.py"))


def test_no_bound_of_what_is_read_stands_elsewhere():
    own = re.compile(r"^(?:MAX|MOST)_[A-Z_]*(?:BYTES|CELLS|COLUMNS|PARTS|UNPACKED|RECORD|CASE)\b", re.MULTILINE)
    assert [path.name for path in PACKAGE.rglob("*.py") if own.search(path.read_text())] == []
