"""Another pool for comparison gives what a file of those people alone would, stands beside the default, and changes nothing there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from made import WHEN, Person, assessed, assessed_counts, case, counted, counts_of, staff

from eia.case import Case
from eia.errors import EiaError
from eia.findings.assess import assess
from eia.findings.assessment import Assessment
from eia.findings.core.finding import Finding
from eia.findings.headlines import once
from eia.findings.record import from_json, to_json
from eia.findings.supplementary.alternative_comparators import AlternativeComparison
from eia.present.tables.supplementary_tables import supplementary_tables
from eia.present.text.alternative_comparators import alternatives_told
from eia.present.text.narrative import statements

PEOPLE: tuple[Person, ...] = tuple(
    {
        "reference": f"P{n}", "sex": "FM"[n % 3 > 0], "disability": ("Disabled", "Not disabled", "")[n % 7 % 3], "religion": "",
        "age": str(20 + 7 * n % 45), "unit": ("North", "South")[n // 4 % 2], "pool": ("A", "B", "C", "", "")[n // 20],
        "outcome": "selected" if n < 60 and (n % 20 < 6 or (n % 3 == 0 and n % 4 == 1)) else ("retained" if n < 60 else ""),
    }
    for n in range(96)
)  # fmt: skip
BOTH = {"question": "selection", "reason": "One panel chose in both.", "pools": ("A", "B")}


def choices(**other: Any) -> Case:
    return case(analysis={"draws": 999}, comparison={"Elsewhere": other})


def figures(findings: Sequence[Finding]) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """What is to be the same, numbers to nine figures."""
    told = {}
    for f in findings:
        numbers = [f.people.group_there, f.people.selected, f.excess, f.adjusted_p, f.family]
        numbers += [f.test.observed, f.test.expected, f.test.midp, f.test.pools] if f.test else []
        numbers += [f.permuted.pvalue, f.permuted.excess] if f.permuted else []
        shown = [f"{number:.9g}" if number is not None else "" for number in numbers]
        told[f.characteristic.key, f.group.label] = (f.level, str(f.direction), *shown)
    return told


def other(assessment: Assessment) -> AlternativeComparison:
    (one,) = assessment.otherwise
    return one


def alone(people: Sequence[Mapping[str, str]], question: str) -> tuple[Finding, ...]:
    return assessed(staff(people), case(analysis={"draws": 999, "questions": (question,)})).findings


def test_two_pools_as_one_are_what_a_file_with_one_pool_would_give() -> None:
    one_pool = [{**person, "pool": "AB"} for person in PEOPLE if person["pool"] in ("A", "B")]
    found = other(assessed(staff(PEOPLE), choices(**BOTH)))
    assert figures(found.findings) == figures(alone(one_pool, "selection"))
    (pools,) = {finding.test.pools for finding in found.findings if finding.test}
    assert pools == 1


@pytest.mark.parametrize("question", ["scope", "spread", "selection"])
def test_units_are_what_a_file_of_these_units_would_give(question: str) -> None:
    north = [person for person in PEOPLE if person["unit"] == "North"]
    found = other(assessed(staff(PEOPLE), choices(question=question, reason="Only there.", units=("North",))))
    assert figures(found.findings) == figures(alone(north, question))
    assert {finding.question for finding in found.findings} == {question}


def test_pools_of_spread_are_what_a_file_of_these_pools_would_give() -> None:
    two = [person for person in PEOPLE if person["pool"] in ("A", "C")]
    found = other(assessed(staff(PEOPLE), choices(question="spread", reason="One budget.", pools=("A", "C"))))
    assert figures(found.findings) == figures(alone(two, "spread"))


def test_counts_can_be_compared_otherwise_too() -> None:
    in_pools = [person for person in PEOPLE if person["pool"]]
    one_pool = [{**person, "pool": "Elsewhere"} for person in in_pools if person["pool"] in ("A", "B")]
    found = other(assessed_counts(counts_of(in_pools), choices(**BOTH)))
    quick = case(analysis={"draws": 999, "questions": ("selection",)})
    by_hand = assess(counted(counts_of(one_pool)), quick, when=WHEN)
    assert figures(found.findings) == figures(by_hand.findings)


def test_the_default_is_what_it_is_without_another() -> None:
    quick = case(analysis={"draws": 999})
    assert figures(assessed(staff(PEOPLE), choices(**BOTH)).findings) == figures(
        assessed(staff(PEOPLE), quick).findings
    )
    assert assessed(staff(PEOPLE), quick).otherwise == ()


def test_before_anybody_is_chosen_the_numbers_to_go_of_pools_taken_as_one_are_added_up() -> None:
    nobody = [{**person, "outcome": ""} for person in PEOPLE]
    to_go = case(
        analysis={"draws": 999}, comparison={"Elsewhere": BOTH}, pools={"A": {"to_go": 3}, "B": {"to_go": 4}, "C": {"to_go": 5}}
    )  # fmt: skip
    women = next(f for f in other(assessed(staff(nobody), to_go)).findings if f.group.label == "Female")
    assert women.people.selected == pytest.approx(7)
    assert women.grounds is not None
    assert women.grounds.could_show_alone.people == 40


def test_a_record_gives_it_back() -> None:
    assessment = assessed(staff(PEOPLE), choices(**BOTH))
    text = to_json(assessment)
    again = from_json(text)
    assert to_json(again) == text
    assert figures(other(again).findings) == figures(other(assessment).findings)


def test_the_pages_say_who_why_and_where_it_differs() -> None:
    assessment = assessed(staff(PEOPLE), choices(**BOTH))
    name, told = "Another pool for comparison, “Elsewhere”.", alternatives_told(assessment, "selection")
    assert all(line.startswith(name) for line in told)
    assert "A and B" in told[0]
    assert "One panel chose in both." in told[0]
    default = {(f.characteristic.key, f.group.label): f.level for f in assessment.under("selection")}
    shown = once(other(assessment).findings)
    same = sum(default[f.characteristic.key, f.group.label] == f.level for f in shown)
    assert f"{same} of {len(shown)} comparisons" in told[0]
    assert set(told) <= set(statements(assessment, "selection"))
    assert alternatives_told(assessment, "scope") == ()
    assert supplementary_tables(assessment)[-1].title.startswith(name)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({**BOTH, "pools": ("A", "Z")}, "no-such-part"),
        ({"question": "scope", "reason": "x", "units": ("West",)}, "no-such-part"),
        ({"question": "selection", "reason": "x", "pools": ("A",), "units": ("Quiet",)}, "nobody-to-compare"),
    ],
)
def test_what_is_not_there_cannot_be_compared(given: Mapping[str, Any], code: str) -> None:
    people = [*PEOPLE, {**PEOPLE[-1], "reference": "Q", "unit": "Quiet"}]
    with pytest.raises(EiaError) as caught:
        assessed(staff(people), choices(**given))
    (fault,) = caught.value.faults
    assert (fault.code, fault.file, fault.column) == (code, "case.toml", "comparison.Elsewhere")
