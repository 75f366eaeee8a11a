"""Takes an Assessment; gives it as JSON, and takes it back from there: the record that replays to the same text.

Findings are written for whoever wants to read them, but taken back they are computed again from the counts and the case
and must agree with what was written: a record whose figures were changed is refused.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from eia.case import validated
from eia.counts.codes import Dimension, Layout
from eia.counts.cube import Counts, Cube, Table, WholeWorkforce
from eia.errors import EiaError, Fault
from eia.findings.assessment import Assessment, Run, Summary
from eia.findings.finding import Finding
from eia.findings.questions import findings
from eia.intake.workforce import Asked, HeldBack, Intake, Mapped, Recoding, Source
from eia.law.characteristics import Characteristic, Group

FORMAT = 1
AGREEMENT = 1e-9


def to_json(assessment: Assessment) -> str:
    """The record of an assessment, as JSON text: one line a part, and one a finding, so that two records can be compared.

    Infinite numbers are written as the words "inf", "-inf" and "nan". ``sha256`` is the hash of everything else in it, so that a
    record in which anything was changed is refused.
    """
    plain = _plain_assessment(assessment)
    plain = {"format": FORMAT, "sha256": _digest(plain), **plain}
    lines = ",\n".join(_line(finding) for finding in plain.pop("findings"))
    parts = [f'"{name}": {_line(part)}' for name, part in plain.items()]
    return "{\n" + ",\n".join([*parts, f'"findings": [\n{lines}\n]']) + "\n}\n"


def from_json(text: str, *, file: str = "assessment.json") -> Assessment:
    """Take an assessment back from its record.

    Raises EiaError where the text is no record of a format this version knows, or its findings do not follow from its
    counts to within 1e-9.
    """
    try:
        plain = json.loads(text)
        known = isinstance(plain, dict) and plain.get("format") == FORMAT
    except (ValueError, RecursionError):
        known = False
    if not known:
        raise EiaError(
            Fault(code="not-a-record", what="This is not the record of an assessment that this version knows.", file=file,
                  allowed=f"an assessment.json of format {FORMAT}", do="Assess the case again.")
        ) from None  # fmt: skip
    if plain.get("sha256") != _digest(plain):
        raise EiaError(_damaged(file))
    try:
        case = validated(plain["case"], file=file)
        cube = _cube(plain["cube"])
        summary = _summary(plain["summary"])
        run = Run(**{**plain["run"], "when": dt.datetime.fromisoformat(plain["run"]["when"])})
        assessment = Assessment(case=case, summary=summary, cube=cube, findings=findings(cube, case), run=run)
        follows = _agree(_plain_findings(assessment.findings), plain["findings"])
    except (AttributeError, KeyError, TypeError, ValueError, IndexError, OverflowError) as error:
        if isinstance(error, EiaError):
            raise
        raise EiaError(_damaged(file)) from None
    if not follows or case.hash != run.case_hash:
        raise EiaError(_damaged(file))
    return assessment


def _digest(plain: dict[str, Any]) -> str:
    """SHA-256 of a record, its own digest left out, however its lines are broken."""
    rest = {name: part for name, part in plain.items() if name != "sha256"}
    return hashlib.sha256(json.dumps(rest, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _plain_assessment(assessment: Assessment) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "run": _plain(assessment.run),
        "case": assessment.case.model_dump(mode="json", exclude_none=True),
        "summary": _plain(assessment.summary),
        "findings": _plain_findings(assessment.findings),
        "cube": _plain_cube(assessment.cube),
    }


def _plain(value: Any) -> Any:
    """Any of our frozen dataclasses, and what is inside, as plain JSON values."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(inner) for inner in value]
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value.isoformat() if isinstance(value, dt.datetime) else value


def _plain_findings(findings: tuple[Finding, ...]) -> list[dict[str, Any]]:
    """Every finding with its characteristic by key; what the characteristic is stands in the layout of the cube."""
    return [{**_plain(finding), "characteristic": finding.characteristic.key} for finding in findings]


def _plain_cube(cube: Cube) -> dict[str, Any]:
    """The cube with only the cells that are not 0: group, place, outcome, low, high."""
    return {
        "chosen": cube.chosen,
        "layout": _plain(cube.layout),
        "place_pool": cube.place_pool.tolist(),
        "place_unit": cube.place_unit.tolist(),
        "tables": {key: _cells(table) for key, table in cube.tables.items()},
        "whole_workforce": cube.whole_workforce
        and {
            "are_shares": cube.whole_workforce.are_shares,
            "amounts": {key: amounts.tolist() for key, amounts in cube.whole_workforce.amounts.items()},
        },
    }


def _cells(table: Table) -> list[list[int]]:
    held = np.argwhere(table.high > 0)
    low, high = table.low[tuple(held.T)], table.high[tuple(held.T)]
    return np.column_stack([held, low, high]).tolist()  # type: ignore[no-any-return]


def _cube(plain: dict[str, Any]) -> Cube:
    layout = plain["layout"]
    dimensions = {
        key: Dimension(
            characteristic=_characteristic(inner["characteristic"]),
            groups=tuple(Group(**group) for group in inner["groups"]),
        )
        for key, inner in layout["dimensions"].items()
    }
    outcomes, places = tuple(layout["outcomes"]), len(plain["place_pool"])
    tables = {
        key: _table(cells, (len(dimensions[key].groups), places, len(outcomes)))
        for key, cells in plain["tables"].items()
    }
    whole = plain["whole_workforce"]
    return Cube(
        layout=Layout(
            pools=tuple(layout["pools"]), units=tuple(layout["units"]), outcomes=outcomes, dimensions=dimensions
        ),
        place_pool=np.array(plain["place_pool"], dtype=np.int32),
        place_unit=np.array(plain["place_unit"], dtype=np.int32),
        tables=tables,
        chosen=plain["chosen"],
        whole_workforce=whole
        and WholeWorkforce(
            amounts={key: np.array(amounts, dtype=float) for key, amounts in whole["amounts"].items()},
            are_shares=whole["are_shares"],
        ),
    )


def _table(cells: list[list[int]], shape: tuple[int, int, int]) -> Table:
    held = np.array(cells, dtype=np.int64).reshape(-1, 5)
    low: Counts = np.zeros(shape, dtype=np.int64)
    high: Counts = np.zeros(shape, dtype=np.int64)
    at = (held[:, 0], held[:, 1], held[:, 2])
    low[at], high[at] = held[:, 3], held[:, 4]
    return Table(low, high)


def _characteristic(plain: dict[str, Any]) -> Characteristic:
    return Characteristic(**{**plain, "groups": tuple(plain["groups"])})


def _summary(plain: dict[str, Any]) -> Summary:
    intake = plain["intake"]
    return Summary(
        **{
            **plain,
            "outcomes": tuple((outcome, people) for outcome, people in plain["outcomes"]),
            "intake": Intake(
                **{
                    **intake,
                    "sources": tuple(Source(**source) for source in intake["sources"]),
                    "mapped": tuple(Mapped(**mapped) for mapped in intake["mapped"]),
                    "asked": tuple(Asked(**asked) for asked in intake["asked"]),
                    "unused": tuple(intake["unused"]),
                    "recodings": tuple(Recoding(**recoding) for recoding in intake["recodings"]),
                    "held_back": tuple(
                        HeldBack(**{**held, "labels": tuple(held["labels"])}) for held in intake["held_back"]
                    ),
                }
            ),
        }
    )


def _agree(ours: Any, theirs: Any) -> bool:
    """Whether two plain values are the same, numbers to within 1e-9 of their size."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return ours.keys() == theirs.keys() and all(_agree(ours[key], theirs[key]) for key in ours)
    if isinstance(ours, list) and isinstance(theirs, list):
        return len(ours) == len(theirs) and all(map(_agree, ours, theirs))
    if isinstance(ours, float) and isinstance(theirs, float | int):
        return math.isclose(ours, theirs, rel_tol=AGREEMENT, abs_tol=AGREEMENT)
    return bool(ours == theirs)


def _damaged(file: str) -> Fault:
    return Fault(
        code="record-does-not-replay", what="The record is incomplete, or its figures do not follow from its counts.", file=file,
        allowed="an assessment.json as eia wrote it", do="Assess the case again from its files.",
    )  # fmt: skip
