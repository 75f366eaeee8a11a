"""The three questions add up to the whole for every group, on any workforce, and count known answers only."""

from __future__ import annotations

import math
import random
from collections import defaultdict
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made import ANSWERS, QUICK, Person, assessed, assessed_counts, case, one, pools, staff, workforces

from eia.findings.assessment import Assessment
from eia.findings.core.finding import Finding
from eia.findings.record import plain

EARLIER = ("slotted in", "volunteer accepted")
FORCED = ("selected", "redeployed", "dismissed")
SPREAD = case(
    analysis={"draws": 999, "questions": ("spread",)}
)  # the quickest; the split is the same under every question
KINDS = {"": "Not recorded", "N/A": "Not applicable"}


def answer(person: Person, key: str) -> str:
    return KINDS.get(person[key], person[key])


def compared(people: list[Person], key: str, group: str) -> list[Person]:
    """Those a group is compared among: who answered, and the group itself."""
    unknown = {"Not recorded", "Not applicable", "Prefer not to say"} - {group}
    return [p for p in people if answer(p, key) not in unknown]


@settings(deadline=None, max_examples=40)
@given(workforces(least=2, most=60))
def test_scope_spread_and_selection_add_up_to_the_whole(people: list[Person]) -> None:
    for finding in assessed(staff(people), SPREAD).findings:
        split = finding.split
        assert split is not None
        assert split.selection is not None
        assert math.isclose(split.scope + split.spread + split.selection, split.overall, abs_tol=1e-9)


@settings(deadline=None, max_examples=40)
@given(workforces(least=2, most=60))
def test_every_part_is_what_plain_counting_gives(people: list[Person]) -> None:
    outside = any(not person["pool"] for person in people)
    for finding in assessed(staff(people), SPREAD).findings:
        key, group, split = finding.characteristic.key, finding.group.label, finding.split
        assert split is not None
        at_the_start = compared(people, key, group)
        everyone = [p for p in at_the_start if p["outcome"] not in EARLIER]
        ours = [p for p in everyone if answer(p, key) == group]
        pooled, selected = [p for p in everyone if p["pool"]], [p for p in everyone if p["outcome"] in FORCED]
        n, m, x = len(everyone), len(selected), sum(p["outcome"] in FORCED for p in ours)
        ours_pooled = [p for p in ours if p["pool"]]
        base, base_ours = (n, len(ours)) if outside else (len(pooled), len(ours_pooled))
        workforce = m * base_ours / base if base else 0
        scope = m * len(ours_pooled) / len(pooled) if pooled else 0
        by_pool = defaultdict(lambda: [0, 0, 0])
        for p in pooled:
            by_pool[p["pool"]][0] += p["outcome"] in FORCED
            by_pool[p["pool"]][1] += answer(p, key) == group
            by_pool[p["pool"]][2] += 1
        even = sum(gone * of_group / there for gone, of_group, there in by_pool.values())
        expected = (scope - workforce, even - scope, x - even, x - workforce)
        assert (split.scope, split.spread, split.selection, split.overall) == pytest.approx(expected, abs=1e-9)
        them = finding.people
        assert (them.there, them.group_there, them.selected, them.group_selected) == (
            len(pooled),
            len(ours_pooled),
            m,
            x,
        )
        in_scope = [p for p in at_the_start if p["pool"]]
        assert (them.in_scope, them.group_in_scope) == (len(in_scope), sum(answer(p, key) == group for p in in_scope))
        of_all = (len(at_the_start), sum(answer(p, key) == group for p in at_the_start)) if outside else (None, None)
        assert (them.workforce, them.group_workforce) == of_all
        assert them.left_out == len(people) - len(at_the_start)


@settings(deadline=None, max_examples=12)
@given(workforces(least=2, most=40))
def test_the_excess_of_selection_is_that_of_its_test_since_silent_pools_have_none(people: list[Person]) -> None:
    for finding in assessed(staff(people), QUICK).findings:
        if finding.question == "selection" and finding.test is not None:
            assert finding.excess == pytest.approx(finding.test.excess, abs=1e-9)


@settings(deadline=None, max_examples=12)
@given(workforces(least=2, most=40))
def test_everyone_whose_group_is_there_gets_one_finding_a_question_and_not_applicable_gets_none(
    people: list[Person],
) -> None:
    found = [(f.question, f.characteristic.key, f.group.label) for f in assessed(staff(people), QUICK).findings]
    assert len(found) == len(set(found))
    for key in ANSWERS:
        there = {answer(p, key) for p in people} - {"Not applicable"}
        assert {group for question, of, group in found if of == key} == there


def numbers(assessment: Assessment) -> dict[tuple[str, str, str], Finding]:
    return {(f.question, f.characteristic.key, f.group.label): f for f in assessment.findings}


@settings(deadline=None, max_examples=8)
@given(workforces(least=2, most=40), st.randoms(use_true_random=False))
def test_the_order_of_people_changes_nothing_not_even_what_is_drawn(people: list[Person], by: random.Random) -> None:
    aged = [{**person, "age": str(20 + number)} for number, person in enumerate(people)]
    ours = assessed(staff(aged), QUICK)
    by.shuffle(aged)
    theirs = assessed(staff(aged), QUICK)
    assert plain(theirs.drawn) == plain(ours.drawn)
    assert plain(theirs.findings) == plain(ours.findings)


@settings(deadline=None, max_examples=8)
@given(workforces(least=2, most=40))
def test_the_names_of_pools_change_nothing_but_what_is_drawn_and_that_within_its_error(people: list[Person]) -> None:
    names = {"Clerks": "Zoo", "Cleaners": "Aviary", "Cooks": "Maze", "": ""}
    other = [{**person, "pool": names[person["pool"]]} for person in people]
    ours, theirs = numbers(assessed(staff(people), QUICK)), numbers(assessed(staff(other), QUICK))
    assert set(ours) == set(theirs)
    for key, finding in ours.items():
        twin = theirs[key]
        assert (finding.people, finding.family, finding.mirrored) == (twin.people, twin.family, twin.mirrored)
        assert finding.excess == pytest.approx(twin.excess, abs=1e-9)
        if finding.test is not None and twin.test is not None:
            assert finding.test.midp == pytest.approx(twin.test.midp, abs=1e-9)
        assert finding.adjusted_p == pytest.approx(
            twin.adjusted_p, abs=drawing_error(finding.adjusted_p, twin.adjusted_p), nan_ok=True
        )


def drawing_error(p: float, q: float) -> float:
    """How far two p-values of one thing, each from 999 draws, may lie apart: six standard errors, and a little for rare events."""
    mean = (p + q) / 2
    return 6 * math.sqrt(2 * mean * (1 - mean) / 1000) + 0.01


def test_a_case_worked_by_hand() -> None:
    # 40 women and 60 men; two pools of 20: A with 15 women loses 6 (5 women), B with 5 women loses 2 (1 woman)
    found = assessed(pools(A=(5, 15, 1, 5), B=(1, 5, 1, 15), none=(0, 20, 0, 40)))
    women = one(found, "selection", "Female")
    assert women.split is not None
    assert women.split.expected_by_workforce == pytest.approx(8 * 40 / 100)
    assert women.split.expected_by_scope == pytest.approx(8 * 20 / 40)
    assert women.split.expected_by_pools == pytest.approx(6 * 15 / 20 + 2 * 5 / 20)
    assert (women.split.scope, women.split.spread) == pytest.approx((0.8, 1.0))
    assert (women.split.selection, women.split.overall) == pytest.approx((1.0, 2.8))
    assert women.people.scope_excess == pytest.approx(20 - 40 * 40 / 100)
    men = one(found, "selection", "Male")
    assert men.split is not None
    assert men.split.overall == pytest.approx(-2.8)


def test_who_did_not_answer_is_compared_with_all_who_did_and_left_out_otherwise() -> None:
    rows = (
        ["Female,A,selected"] * 3 + ["Male,A,retained"] * 5 + [",A,selected"] * 2 + ["Prefer not to say,A,retained"] * 4
    )
    found = assessed("\n".join(["sex,pool,outcome", *rows, "n/a,A,selected", ""]).encode())
    women, blank, declined = (
        one(found, "selection", group) for group in ("Female", "Not recorded", "Prefer not to say")
    )
    assert (women.people.in_scope, women.people.selected, women.people.left_out) == (8, 3, 7)
    assert (blank.people.in_scope, blank.people.selected, blank.people.left_out) == (10, 5, 5)
    assert (declined.people.in_scope, declined.people.selected, declined.people.left_out) == (12, 3, 3)


def test_before_anybody_is_chosen_the_numbers_to_go_answer_scope_and_spread() -> None:
    choices = case(pools={"A": {"to_go": 6}, "B": {"to_go": 2}})
    found = assessed(pools(chosen=False, A=(0, 15, 0, 5), B=(0, 5, 0, 15), none=(0, 20, 0, 40)), choices)
    women = one(found, "spread", "Female")
    assert women.split is not None
    assert (women.split.scope, women.split.spread) == pytest.approx((0.8, 1.0))
    assert (women.split.selection, women.split.overall) == (None, None)
    assert women.split.overall_before_selection == pytest.approx(1.8)
    assert one(found, "selection", "Female").reasons == ("nobody chosen yet",)


def test_numbers_to_go_are_shared_out_to_known_answers() -> None:
    rows = ["Female,A"] * 6 + ["Male,A"] * 2 + [",A"] * 2 + ["Female,"] * 5 + ["Male,"] * 5
    found = assessed("\n".join(["sex,pool", *rows, ""]).encode(), case(pools={"A": {"to_go": 5}}))
    women = one(found, "spread", "Female")
    assert women.people.selected == pytest.approx(5 * 8 / 10)
    assert women.split is not None
    assert women.split.expected_by_pools == pytest.approx(4 * 6 / 8)


def test_a_table_of_the_whole_workforce_stands_for_the_rest() -> None:
    pooled = b"characteristic,group,pool,people,selected\nsex,Female,A,20,4\nsex,Male,A,20,4\n"
    shares = assessed_counts(pooled, whole=b"characteristic,group,share\nsex,Female,0.25\nsex,Male,0.75\n")
    counts = assessed_counts(pooled, whole=b"characteristic,group,people\nsex,Female,25\nsex,Male,75\n")
    for found in (shares, counts):
        women = one(found, "scope", "Female")
        assert women.split is not None
        assert women.split.scope == pytest.approx(8 * 0.5 - 8 * 0.25)
        assert women.people.scope_excess == pytest.approx(10)


def test_who_is_missing_from_the_shares_of_the_workforce_is_not_said_to_be_nobody() -> None:
    pooled = b"characteristic,group,pool,people,selected\nsex,Female,A,20,4\nsex,Male,A,20,4\nsex,Not recorded,A,5,1\n"
    found = assessed_counts(pooled, whole=b"characteristic,group,share\nsex,Female,0.5\nsex,Male,0.5\n")
    blank = one(found, "scope", "Not recorded")
    assert blank.reasons == ("whole workforce not given",)
    assert blank.people.scope_excess is None
    assert blank.drawn_one_by_one is None
    assert one(found, "scope", "Female").people.scope_excess == pytest.approx(0)


def test_findings_are_frozen() -> None:
    finding = assessed(pools(A=(1, 2, 1, 3))).findings[0]
    assert replace(finding) == finding
    with pytest.raises(AttributeError):
        finding.level = "found"  # type: ignore[misc]
