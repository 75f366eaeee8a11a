"""Takes an Assessment; gives it as JSON, and takes it back from there: the record that replays to the same text.

Findings are written for whoever wants to read them, but taken back they are computed again from the counts and the case
and must agree with what was written: a record whose figures were changed is refused. What only people can tell is taken
back as it was written, since a record holds counts and no people; and so is the law, since what is held of it can change.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any, TypeVar

import numpy as np
from pydantic import ConfigDict, TypeAdapter
from pydantic_core import CoreConfig, SchemaSerializer, SchemaValidator, core_schema

from eia import budget
from eia.case import validated
from eia.counts.cube import CharacteristicCounts, Counts, Cube, CubeAxes, WholeWorkforce
from eia.errors import EiaError, Fault, inert
from eia.findings.assessment import Assessment, EvidenceSummary, Run
from eia.findings.beside import Recorded
from eia.findings.compare import Since
from eia.findings.core.comparisons import comparisons
from eia.findings.core.finding import Finding
from eia.findings.core.permutation_results import PermutationResults
from eia.findings.core.questions import findings
from eia.findings.headlines import asks, limits
from eia.findings.legal.law_of_the_case import LawOfTheCase, rules_of_routes
from eia.findings.legal.legal_routes import Route
from eia.findings.scenarios.changes import Changes
from eia.findings.supplementary.alternative_comparators import alternative_comparisons
from eia.findings.supplementary.look_further import Supplementary
from eia.intake.counts.tallies import CountMargins
from eia.law.records import Rule
from eia.process.leaving.absences import AbsenceTotals
from eia.process.leaving.notice import Notice
from eia.process.leaving.pension import PensionOnRedundancy
from eia.process.priority_counts import PriorityCounts
from eia.process.restructure import Restructure
from eia.process.staying.other_work import OtherWork
from eia.process.staying.pay_protection import ProtectedPay

FORMAT = 4
"""1 was that of version 0.1.0 as it was first written, whose differences in scores had no interval; 2 held no open questions; 3 no notice."""
AGREEMENT = 1e-9

Kind = TypeVar("Kind")


def to_json(assessment: Assessment) -> str:
    """The record of an assessment, as JSON text: one line a part, and one a finding, so that two records can be compared.

    Infinite numbers are written as the words "inf", "-inf" and "nan". ``sha256`` is the hash of everything else in it, so that a
    record in which anything was changed is refused.
    """
    parts = _parts(assessment)
    parts = {"format": FORMAT, "sha256": _digest(parts), **parts}
    findings = ",\n".join(_line(finding) for finding in parts.pop("findings"))
    lines = [f'"{name}": {_line(part)}' for name, part in parts.items()]
    return "{\n" + ",\n".join([*lines, f'"findings": [\n{findings}\n]']) + "\n}\n"


def from_json(text: str, *, file: str = "assessment.json") -> Assessment:
    """Take an assessment back from its record.

    Raises EiaError where the text is no record of a format this version knows, or is larger than one, or its findings do not
    follow from its counts to within 1e-9.
    """
    if len(text) > budget.RECORD_BYTES:
        raise EiaError(_too_large(file))
    try:
        record = json.loads(text)
    except (ValueError, RecursionError):
        record = None
    if not isinstance(record, dict) or record.get("format") != FORMAT:
        raise EiaError(_unknown_format(record, file)) from None
    try:
        if record.get("sha256") != _digest(record):
            raise EiaError(_damaged(file))
        if _cells_in(record["cube"]) > budget.RECORD_CELLS:
            raise EiaError(_too_large(file))
        case = validated(record["case"], file=file)
        cube = _cube(record["cube"])
        drawn = restore(PermutationResults, record["drawn"])
        rules = {rule.key: rule for rule in restore(tuple[Rule, ...], record["rules"])}
        found = findings(comparisons(cube, case), cube, case, drawn)
        assessment = Assessment(
            case=case,
            evidence=restore(EvidenceSummary, record["summary"]),
            cube=cube,
            drawn=drawn,
            findings=_routed(found, record, rules),
            beside=Recorded(
                further=restore(Supplementary, record["further"]),
                otherwise=alternative_comparisons(
                    cube, case, restore(tuple[PermutationResults, ...], record["drawn_otherwise"])
                ),
                changes=restore(Changes, record["changes"]) if "changes" in record else None,
            ),
            restructure=restore(Restructure, record["restructure"]) if record["restructure"] else None,
            priority=record["priority"] and restore(PriorityCounts, record["priority"]),
            notice=record["notice"] and restore(Notice, record["notice"]),
            pension=record["pension"] and restore(PensionOnRedundancy, record["pension"]),
            other_work=record["other_work"] and restore(OtherWork, record["other_work"]),
            protection=record["protection"] and restore(ProtectedPay, record["protection"]),
            absences=restore(AbsenceTotals, record["absences"]) if "absences" in record else None,
            since=restore(Since, record["since"]) if "since" in record else None,
            law=restore(LawOfTheCase, record["law"]),
            run=restore(Run, record["run"]),
        )
        follows = all(
            _agree(part, record[name])
            for name, part in (*_plain_findings(assessment.findings).items(), ("told", _told(assessment)))
        )
    except (AttributeError, KeyError, TypeError, ValueError, IndexError, OverflowError, RecursionError) as error:
        if isinstance(error, EiaError):
            raise
        raise EiaError(_damaged(file)) from None
    if not follows or case.hash != assessment.run.case_hash:
        raise EiaError(_damaged(file))
    return assessment


def _digest(record: dict[str, Any]) -> str:
    """SHA-256 of a record, its own digest left out, however its lines are broken."""
    rest = {name: part for name, part in record.items() if name != "sha256"}
    return hashlib.sha256(json.dumps(rest, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _parts(assessment: Assessment) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "run": plain(assessment.run),
        "case": assessment.case.model_dump(mode="json", exclude_none=True),
        "summary": plain(assessment.evidence),
        "told": _told(assessment),
        "drawn_otherwise": [plain(one.drawn) for one in assessment.otherwise],
        **_plain_findings(assessment.findings),
        "drawn": plain(assessment.drawn),
        "further": plain(assessment.further.all()),
        "restructure": plain(assessment.restructure),
        "priority": plain(assessment.priority),
        "notice": plain(assessment.notice),
        "pension": plain(assessment.pension),
        "protection": plain(assessment.protection),
        "other_work": plain(assessment.other_work),
        **({"absences": plain(assessment.absences)} if assessment.absences else {}),
        **({"changes": plain(assessment.changes)} if assessment.changes else {}),
        **({"since": plain(assessment.since)} if assessment.since else {}),
        "law": plain(assessment.law),
        "rules": plain(rules_of_routes(assessment.law.applies, assessment.findings)),
        "cube": _plain_cube(assessment.cube),
    }


def _plain_findings(findings: tuple[Finding, ...]) -> dict[str, list[dict[str, Any]]]:
    """Every finding with its characteristic and rules by key: the characteristic stands in the layout of the cube, a rule
    once for all findings, the conventions in the case. Those whose counts are ranges are a part of their own."""
    result: dict[str, list[dict[str, Any]]] = {"findings": [], "ranged": []}
    for finding in findings:
        routes = [
            {"key": way.key, "rules": [rule.key for rule in way.rules], "defined": way.defined and way.defined.key}
            for way in finding.routes
        ]
        entry = {**plain(replace(finding, routes=())), "characteristic": finding.characteristic.key, "routes": routes}
        del entry["conventions"]
        result["ranged" if finding.in_ranges else "findings"].append(entry)
    return result


def _told(assessment: Assessment) -> dict[str, Any]:
    """What to ask and what cannot be told, as keys, each question with the finding behind it by name."""
    return {
        "asks": [
            {
                "key": ask.key,
                "number": ask.number,
                "finding": ask.finding
                and [ask.finding.question, ask.finding.characteristic.key, plain(ask.finding.group)],
            }
            for ask in asks(assessment)
        ],
        "limits": plain(limits(assessment)),
    }


def _routed(findings: tuple[Finding, ...], record: Mapping[str, Any], rules: Mapping[str, Rule]) -> tuple[Finding, ...]:
    """The findings with the routes that were written down for them."""
    as_written = sorted(range(len(findings)), key=lambda place: findings[place].in_ranges)
    entry_of = dict(zip(as_written, (*record["findings"], *record["ranged"]), strict=True))
    return tuple(
        replace(finding, routes=tuple(_route(route, rules) for route in entry_of[place]["routes"]))
        for place, finding in enumerate(findings)
    )


def _route(route: Mapping[str, Any], rules: Mapping[str, Rule]) -> Route:
    defined = route["defined"]
    return replace(
        restore(Route, {"key": route["key"]}),
        rules=tuple(rules[key] for key in route["rules"]),
        defined=None if defined is None else rules[defined],
    )


def _plain_cube(cube: Cube) -> dict[str, Any]:
    """The cube with only the cells that are not 0: group, place, outcome, low, high."""
    return {
        "chosen": cube.chosen,
        "layout": plain(cube.layout),
        "place_pool": cube.place_pool.tolist(),
        "place_unit": cube.place_unit.tolist(),
        "tables": {key: _cells(table) for key, table in cube.tables.items()},
        "margins": {key: _ends(table.margins) for key, table in cube.tables.items() if table.margins},
        "whole_workforce": cube.whole_workforce
        and {
            "are_shares": cube.whole_workforce.are_shares,
            "amounts": {key: amounts.tolist() for key, amounts in cube.whole_workforce.amounts.items()},
        },
    }


def _cells(table: CharacteristicCounts) -> list[list[int]]:
    held = np.argwhere(table.high > 0)
    low, high = table.low[tuple(held.T)], table.high[tuple(held.T)]
    return np.column_stack([held, low, high]).tolist()  # type: ignore[no-any-return]


def _cells_in(cube: dict[str, Any]) -> int:
    """How many cells the tables of a cube would have, before any is made."""
    layout = cube["layout"]
    groups = sum(len(layout["dimensions"][key]["groups"]) for key in cube["tables"])
    return groups * len(cube["place_pool"]) * len(layout["outcomes"])


def _cube(record: dict[str, Any]) -> Cube:
    layout = restore(CubeAxes, record["layout"])
    places = len(record["place_pool"])
    whole = record["whole_workforce"]
    return Cube(
        layout=layout,
        place_pool=np.array(record["place_pool"], dtype=np.int32),
        place_unit=np.array(record["place_unit"], dtype=np.int32),
        tables={
            key: _table(
                cells, (len(layout.dimensions[key].groups), places, len(layout.outcomes)), record["margins"].get(key)
            )
            for key, cells in record["tables"].items()
        },
        chosen=record["chosen"],
        whole_workforce=whole
        and WholeWorkforce(
            amounts={key: np.array(amounts, dtype=float) for key, amounts in whole["amounts"].items()},
            are_shares=whole["are_shares"],
        ),
    )


def _ends(margins: CountMargins) -> dict[str, Any]:
    """Every margin as its two ends."""
    names = [field.name for field in dataclasses.fields(margins)]
    return {name: [end.tolist() for end in getattr(margins, name)] for name in names}


def _table(cells: list[list[int]], shape: tuple[int, int, int], margins: dict[str, Any] | None) -> CharacteristicCounts:
    held = np.array(cells, dtype=np.int64).reshape(-1, 5)
    low: Counts = np.zeros(shape, dtype=np.int64)
    high: Counts = np.zeros(shape, dtype=np.int64)
    at = (held[:, 0], held[:, 1], held[:, 2])
    low[at], high[at] = held[:, 3], held[:, 4]
    if margins is None:
        return CharacteristicCounts(low, high)
    ends = {name: (np.array(low, dtype=float), np.array(high, dtype=float)) for name, (low, high) in margins.items()}
    return CharacteristicCounts(low, high, CountMargins(**ends))


def plain(value: Any) -> Any:
    """Any of our frozen dataclasses, or a tuple of them, as JSON values. Infinite numbers become the words "inf", "-inf" and "nan".

    >>> from eia.stats.results import Interval
    >>> plain(Interval(low=0.0, high=float("inf"), level=0.95, method="exact"))
    {'low': 0.0, 'high': 'inf', 'level': 0.95, 'method': 'exact'}
    """
    if isinstance(value, tuple):
        return [plain(part) for part in value]
    return _form(type(value))[0].to_python((value,), mode="json")[0]  # type: ignore[arg-type] # a class can be hashed


def restore(kind: type[Kind], value: Any) -> Kind:
    """Take a value of a kind back from its plain form.

    Raises ValueError, which quotes no value, where the form does not fit the kind: a field missing or unknown, a word that is none
    of those allowed, a number where text belongs.

    >>> from eia.stats.results import Interval
    >>> restore(Interval, {"low": 0.0, "high": "inf", "level": 0.95, "method": "exact"}).high
    inf
    """
    return _form(kind)[1].validate_json(json.dumps([value]))[0]  # type: ignore[no-any-return, arg-type]


@cache
def _form(kind: type) -> tuple[SchemaSerializer, SchemaValidator]:
    """How one value of a kind is written and read: a field too many or of another kind is refused."""
    strict = ConfigDict(extra="forbid", strict=True, hide_input_in_errors=True)
    schema = _as_we_write(TypeAdapter(tuple[kind], config=strict).core_schema)  # type: ignore[valid-type]
    return SchemaSerializer(schema), SchemaValidator(schema, CoreConfig(strict=True, hide_input_in_errors=True))


def _as_we_write(schema: Any) -> Any:
    """The schema with our own way of writing infinite numbers, which JSON has not, and points in time."""
    if isinstance(schema, list):
        return [_as_we_write(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.get("type") == "float":
        written = core_schema.plain_serializer_function_ser_schema(lambda x: x if math.isfinite(x) else str(x))
        return core_schema.no_info_before_validator_function(_number, schema, serialization=written)
    if schema.get("type") == "datetime":
        return {**schema, "serialization": core_schema.plain_serializer_function_ser_schema(dt.datetime.isoformat)}
    return {name: _as_we_write(part) for name, part in schema.items()}


def _number(written: Any) -> Any:
    return float(written) if written in ("inf", "-inf", "nan") else written


def _agree(ours: Any, theirs: Any) -> bool:
    """Whether two plain values are the same, numbers to within 1e-9 of their size."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return ours.keys() == theirs.keys() and all(_agree(ours[key], theirs[key]) for key in ours)
    if isinstance(ours, list) and isinstance(theirs, list):
        return len(ours) == len(theirs) and all(map(_agree, ours, theirs))
    if isinstance(ours, float) and isinstance(theirs, float | int):
        return math.isclose(ours, theirs, rel_tol=AGREEMENT, abs_tol=AGREEMENT)
    return bool(ours == theirs)


def _unknown_format(record: Any, file: str) -> Fault:
    """The fault of what is no record, or one of another format: which version made it, as far as it says."""
    what = "This is not the record of an assessment that this version knows."
    run = record.get("run") if isinstance(record, dict) else None
    made_by, made_as = (run.get("version"), record.get("format")) if isinstance(run, dict) else (None, None)
    if isinstance(made_by, str) and isinstance(made_as, int):
        what = f"This record was made by eia {inert(made_by)}, in format {made_as}, which this version does not read."
    return Fault(
        code="not-a-record", what=what, file=file, allowed=f"an assessment.json of format {FORMAT}",
        do="Assess the case again from its files.",
    )  # fmt: skip


def _too_large(file: str) -> Fault:
    return Fault(
        code="record-too-large", what="The record is larger than any that this version reads.", file=file,
        allowed=f"an assessment.json of up to {budget.RECORD_BYTES >> 20} MB and {budget.RECORD_CELLS:,} counts", do="Check that it is the right file.",
    )  # fmt: skip


def _damaged(file: str) -> Fault:
    return Fault(
        code="record-does-not-replay", what="The record is incomplete, or its figures do not follow from its counts.", file=file,
        allowed="an assessment.json as eia wrote it", do="Assess the case again from its files.",
    )  # fmt: skip
