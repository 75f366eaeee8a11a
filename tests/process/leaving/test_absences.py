"""Days of absence by kind and group: ten people behind every number, what to ask where attendance is scored, and what the record keeps."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from eia.findings.assess import assess
from eia.findings.assessment import Assessment
from eia.findings.record import from_json, to_json
from eia.present.documents.annex import annex as document
from eia.present.documents.model import Heading
from eia.present.sections.extras.absences import ABSENCES
from eia.present.sections.law_section import rules_used
from eia.process.leaving.absences import AbsenceTotals

PEOPLE = [(f"R{n}", "F" if n < 24 else "M", "selected" if n % 2 else "retained") for n in range(48)]
STAFF = ("ref,sex,pool,outcome\n" + "".join(f"{ref},{sex},A,{outcome}\n" for ref, sex, outcome in PEOPLE)).encode()
SCORES = ("ref,Attendance\n" + "".join(f"{ref},{n % 7}\n" for n, (ref, *_) in enumerate(PEOPLE))).encode()
SELECTED_WOMEN = [ref for ref, sex, outcome in PEOPLE if (sex, outcome) == ("F", "selected")]


def absences(people: list[str], reason: str = "Pregnancy") -> bytes:
    return ("ref,days,reason\n" + "".join(f"{ref},2,{reason}\n" for ref in people)).encode()


def assessed(given: bytes | None, **choices: Any) -> Assessment:
    return assess(STAFF, absences=given, **choices)


def totals(given: bytes, **choices: Any) -> AbsenceTotals:
    found = assessed(given, **choices).absences
    assert found is not None
    return found


def test_totals_are_by_kind_outcome_and_group() -> None:
    found = totals(absences(SELECTED_WOMEN))
    assert [(one.kind, one.whose, one.group, one.people, one.days) for one in found.totals] == [
        ("pregnancy or maternity", "selected", "", 12, 24.0),
        ("pregnancy or maternity", "selected", "Female", 12, 24.0),
    ]


def test_nine_people_are_told_of_nowhere() -> None:
    assert totals(absences(SELECTED_WOMEN[:9])).totals == ()
    assert len(totals(absences(SELECTED_WOMEN[:10])).totals) == 2


def test_a_group_is_kept_back_where_the_rest_would_be_fewer_than_ten() -> None:
    men = [ref for ref, sex, outcome in PEOPLE if (sex, outcome) == ("M", "selected")]
    assert [one.group for one in totals(absences([*SELECTED_WOMEN, *men[:9]])).totals] == [""]
    assert [one.group for one in totals(absences([*SELECTED_WOMEN, *men[:10]])).totals] == ["", "Female", "Male"]


def test_attendance_among_the_scores_brings_the_question_and_its_law() -> None:
    on = {"proposal": dt.date(2026, 11, 1)}
    found = totals(absences(SELECTED_WOMEN), scores=SCORES, dates=on, employer={"jurisdiction": "England"})
    assert found.criteria == ("Attendance",)
    assert [(rule.provision.split(",")[0], rule.confidence) for rule in found.rules] == [
        ("s.18", "unchecked"), ("s.15", "read"), ("ss.20 and 21", "second-hand"),
    ]  # fmt: skip
    assert (totals(absences(SELECTED_WOMEN)).criteria, totals(absences(SELECTED_WOMEN)).rules) == ((), ())


def test_the_equality_act_is_not_law_in_northern_ireland() -> None:
    given = {
        "scores": SCORES,
        "employer": {"jurisdiction": "Northern Ireland"},
        "dates": {"proposal": dt.date(2026, 11, 1)},
    }
    assert all("Equality Act" not in rule.instrument for rule in totals(absences(SELECTED_WOMEN), **given).rules)


def test_the_draft_has_the_section_and_the_record_keeps_the_totals_alone() -> None:
    made = assessed(absences(SELECTED_WOMEN), scores=SCORES)
    text = to_json(made)
    assert made.absences
    assert {*made.absences.rules} <= {*rules_used(made)}
    assert from_json(text).absences == made.absences
    assert "R13" not in text
    assert Heading(ABSENCES, 3) in document(made).blocks
    assert Heading(ABSENCES, 3) not in document(assessed(None)).blocks
    without = assessed(None)
    assert (without.absences, "absences" in json.loads(to_json(without))) == (None, False)
    assert from_json(to_json(without)).absences is None
