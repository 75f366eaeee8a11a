"""Everyone leaving: volunteers, and those selected who are not redeployed, out of everybody in a pool; people slotted in stay."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from made import QUICK, Person, assessed, pools, staff, workforces

from eia.findings.supplementary.everyone_leaving import Leaving

GO = {"volunteer accepted", "selected", "dismissed"}


def told(people: list[Person]) -> tuple[Leaving, ...]:
    return assessed(staff(people), QUICK).further.leaving


@pytest.mark.slow
@settings(deadline=None, max_examples=25)
@given(workforces(least=6, most=40))
def test_rates_are_those_counted_person_by_person(people: list[Person]) -> None:
    assessment = assessed(staff(people), QUICK)
    labels = {"Female": "Female", "Male": "Male"}
    in_pools = [person for person in people if person["pool"] and person["sex"] in labels]
    there, gone = Counter(p["sex"] for p in in_pools), Counter(p["sex"] for p in in_pools if p["outcome"] in GO)
    others = any(person["outcome"] in ("volunteer accepted", "redeployed") and person["pool"] for person in people)
    shown = {one.group.label: one.rates for one in assessment.further.leaving if one.characteristic == "sex"}
    chosen = any(person["outcome"] for person in people)
    assert set(shown) == ({label for label in labels if there[label]} if others and chosen else set())
    for label, rates in shown.items():
        assert (rates.selection.count, rates.selection.total) == (gone[label], there[label])
        assert (rates.comparator_selection.count, rates.comparator_selection.total) == (
            sum(gone.values()) - gone[label], sum(there.values()) - there[label],
        )  # fmt: skip


def test_where_only_those_selected_leave_there_is_nothing_beside_selection() -> None:
    assert assessed(pools(A=(3, 10, 2, 10)), QUICK).further.leaving == ()


def test_volunteers_are_among_those_leaving_and_people_slotted_in_or_redeployed_are_not() -> None:
    outcomes = ["volunteer accepted"] * 3 + ["slotted in", "redeployed"] + ["selected"] * 2 + ["retained"] * 3
    people = [
        {"reference": f"P{n}{sex}", "sex": sex, "pool": "A", "outcome": o}
        for sex in "FM"
        for n, o in enumerate(outcomes)
    ]
    women, men = told(people)
    assert women.rates.selection.estimate == men.rates.selection.estimate == pytest.approx(5 / 10)
    assert women.rates.difference.estimate == 0
