"""A record from somebody else is bounded before it is parsed, and its cube before it is made."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from assessments import sample

from eia import budget
from eia.case import Case
from eia.errors import EiaError
from eia.findings import record
from eia.findings.record import from_json, to_json
from eia.intake.evidence import read_evidence


def forged(change: Callable[[dict[str, Any]], object]) -> str:
    """A record with a change in it, and the hash that goes with it."""
    made = json.loads(to_json(sample("found")))
    change(made)
    return json.dumps({**made, "sha256": record._digest(made)})


def refused(text: str) -> list[str]:
    with pytest.raises(EiaError) as error:
        from_json(text)
    return [fault.code for fault in error.value.faults]


def places(made: dict[str, Any]) -> None:
    made["cube"]["place_pool"] = made["cube"]["place_unit"] = [0] * 1_000_000


def groups(made: dict[str, Any]) -> None:
    for dimension in made["cube"]["layout"]["dimensions"].values():
        dimension["groups"] = [str(number) for number in range(200_000)]
    made["cube"]["place_pool"] = made["cube"]["place_unit"] = [0] * 200_000


def outcomes(made: dict[str, Any]) -> None:
    made["cube"]["layout"]["outcomes"] = [str(number) for number in range(100_000)]
    made["cube"]["place_pool"] = made["cube"]["place_unit"] = [0] * 100_000


@pytest.mark.parametrize("change", [places, groups, outcomes])
def test_a_cube_beyond_all_bounds_is_never_made(
    change: Callable[[dict[str, Any]], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record, "_cube", lambda made: pytest.fail("it was made"))
    assert refused(forged(change)) == ["record-too-large"]


def test_a_record_over_its_size_is_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "RECORD_BYTES", 1_000)
    monkeypatch.setattr(json, "loads", lambda text: pytest.fail("it was parsed"))
    assert refused("{" + " " * 1_000) == ["record-too-large"]


def test_nor_is_one_of_an_earlier_round_read(tmp_path: Path) -> None:
    counts = "characteristic,group,pool,people,selected\nsex,F,A,20,9\nsex,M,A,20,2\n"
    (tmp_path / "counts.csv").write_text(counts, encoding="utf-8")
    with (tmp_path / "assessment.json").open("wb") as file:
        file.truncate(budget.RECORD_BYTES + 1)
    for name in ("assessment.json", "link.json", "none.json"):
        if name == "link.json":
            (tmp_path / name).mkdir()
        with pytest.raises(EiaError) as error:
            read_evidence(Case.model_validate({"files": {"counts": "counts.csv", "earlier": (name,)}}), folder=tmp_path)
        assert [fault.code for fault in error.value.faults] == ["no-earlier-record"]


@pytest.mark.parametrize("depth", [100, 500, 900, 980, 1_000, 5_000, 1_000_000])
def test_a_record_however_deep_is_refused(depth: int) -> None:
    text = json.dumps({"format": record.FORMAT, "sha256": "", "cube": "@"}).replace('"@"', "[" * depth + "]" * depth)
    assert len(refused(text)) == 1


@pytest.mark.parametrize(
    "cube",
    [
        None,
        3,
        [],
        {},
        {"layout": 1},
        {"layout": {}, "tables": 3},
        {"layout": {"dimensions": [], "outcomes": 1}, "tables": {}, "place_pool": 1},
    ],
)
def test_a_cube_of_another_shape_is_refused(cube: object) -> None:
    assert refused(forged(lambda made: made.update(cube=cube))) == ["record-does-not-replay"]


def test_a_record_as_it_was_written_is_within_bounds() -> None:
    assert from_json(forged(lambda made: None)).cube.layout == sample("found").cube.layout
