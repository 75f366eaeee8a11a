"""The law is taken down once, when an assessment is made: pages and replays cite those records, whatever the files say later."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from typing import Any

import everything
import pytest
from made import assessed, case, pools

from eia.findings.assessment import Assessment
from eia.findings.legal.law_of_the_case import rules_of_routes
from eia.findings.legal.legal_routes import routes
from eia.findings.record import from_json, to_json
from eia.law import lookup
from eia.law.records import Rule
from eia.present.documents.model import Table
from eia.present.documents.write_report import report_files
from eia.present.sections.law import says, warning
from eia.present.sections.law_section import law_annex

FILE = pools(A=(2, 5, 1, 5), B=(1, 3, 2, 4), none=(0, 4, 0, 6))


def made(kind: str = "public authority", where: str = "England", on: str = "2026-11-02") -> Assessment:
    return assessed(
        FILE,
        case(
            employer={"kind": kind, "jurisdiction": where},
            dates={"proposal": dt.date.fromisoformat(on)},
            consultation={"number_proposed": 120},
        ),
    )


def rules(assessment: Assessment) -> set[Rule]:
    """Every rule that an assessment rests on."""
    law = assessment.law
    caps = law.caps.rules if law.caps else ()
    parts = (
        rules_of_routes(law.applies, assessment.findings),
        law.papers.rules,
        law.clock.rules,
        law.limits.rules,
        caps,
        [law.form.contents] if law.form else [],
        assessment.notice.cited if assessment.notice else [],
    )
    return {rule for part in parts for rule in part}


def changed(assessment: Assessment, key: str, **new: object) -> Assessment:
    """The assessment taken back from its record, in which a rule has been changed and the digest made to fit."""

    def walk(value: Any) -> Any:
        if isinstance(value, list):
            return [walk(part) for part in value]
        if not isinstance(value, dict):
            return value
        found = {name: walk(part) for name, part in value.items()}
        return {**found, **new} if found.get("key") == key and "provision" in found else found

    rest = {name: walk(part) for name, part in json.loads(to_json(assessment)).items() if name != "sha256"}
    digest = hashlib.sha256(json.dumps(rest, sort_keys=True).encode()).hexdigest()
    return from_json(json.dumps({**rest, "sha256": digest}))


def text(assessment: Assessment) -> str:
    return everything.text(assessment)


@pytest.mark.parametrize("where", ["England", "Northern Ireland"])
def test_a_finding_holds_the_dated_rules_of_its_routes(where: str) -> None:
    assessment = made(where=where)
    for finding in assessment.findings:
        assert finding.routes == routes(finding.characteristic, finding.group, law=assessment.law.applies)
        assert all(rule.from_ <= assessment.law.applies.on for route in finding.routes for rule in route.cited)
    assert any(route.cited for finding in assessment.findings for route in finding.routes)


def test_a_record_holds_the_whole_of_every_rule_it_rests_on() -> None:
    assessment = made()
    record = to_json(assessment)
    written = [entry for entry in _mappings(json.loads(record)) if "provision" in entry]
    assert {entry["key"] for entry in written} == {rule.key for rule in rules(assessment)}
    for entry in written:
        assert set(entry) == {field.name for field in dataclasses.fields(Rule)}
        assert entry["url"].startswith("https://")
        assert dt.date.fromisoformat(entry["checked_on"])
    assert rules(from_json(record)) == rules(assessment)


def test_a_replay_asks_no_file_of_the_law(monkeypatch: pytest.MonkeyPatch) -> None:
    assessment = made()
    record, report = to_json(assessment), report_files(assessment)

    def lost(key: str) -> tuple[Rule, ...]:
        raise AssertionError(f"{key} was looked up again")

    monkeypatch.setattr(lookup, "_versions", lost)
    monkeypatch.setattr(lookup, "rules", lambda: lost("everything"))
    again = from_json(record)
    assert to_json(again) == record
    assert report_files(again) == report


@pytest.mark.parametrize(
    ("key", "new", "said"),
    [
        ("week_pay_cap", {"value": 752}, "£752"),
        ("consultation_days_100", {"provision": "s.188(99)"}, "s.188(99)"),
        ("indirect_discrimination", {"provision": "s.19(98)"}, "Equality Act 2010 s.19(98)"),
        ("equality_duty", {"checked_on": "2024-01-01"}, "Not looked at for over 18 months"),
    ],
)
def test_a_page_prints_the_record_that_was_used(key: str, new: Mapping[str, object], said: str) -> None:
    assessment = made()
    again = changed(assessment, key, **new)
    assert {name: getattr(rule, name) for rule in rules(again) if rule.key == key for name in new} == {
        name: dt.date.fromisoformat(str(value)) if name == "checked_on" else value for name, value in new.items()
    }
    assert said not in text(assessment)
    assert said in text(again)


@pytest.mark.parametrize("where", ["England", "Wales", "Scotland", "Northern Ireland"])
@pytest.mark.parametrize("kind", ["public authority", "other body", "Crown"])
@pytest.mark.parametrize("on", ["2012-03-01", "2026-11-02"])
def test_the_sources_of_a_report_are_the_rules_of_its_assessment(where: str, kind: str, on: str) -> None:
    assessment = made(kind, where, on)
    (table,) = [each for each in law_annex(assessment) if isinstance(each, Table) and "sources" in each.title]
    assert len(set(table.rows)) == len(table.rows)
    assert set(table.rows) == {
        (rule.title + warning(rule), says(rule), f"{rule.instrument} {rule.provision}, {rule.url}", lookup.written(rule.from_),
         lookup.written(rule.checked_on))
        for rule in rules(assessment)
    }  # fmt: skip


def _mappings(value: Any) -> list[dict[str, Any]]:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [*([value] if isinstance(value, dict) else []), *(found for part in inner for found in _mappings(part))]
