"""Each characteristic as a whole: those of three answers or more, by Pearson's statistic and every table in one pool."""

from __future__ import annotations

import by_hand
import pytest
from made import assessed, assessed_counts, case, counts_of, staff

QUICK = case(analysis={"draws": 9999})
RELIGIONS = ["Christian"] * 5 + ["Muslim"] * 3 + ["No religion"] * 4 + ["Prefer not to say", ""]
GONE = {0, 5, 6, 7, 8, 12}
PEOPLE = [
    {"reference": f"P{n}", "sex": "FM"[n % 2], "disability": "", "religion": religion, "pool": "A", "outcome": "selected" if n in GONE else "retained"}
    for n, religion in enumerate(RELIGIONS)
]  # fmt: skip


def pearson(groups: list[str], selected: frozenset[int]) -> float:
    """(n - 1)/n times Pearson's chi-squared of groups by selected or not."""
    n, m = len(groups), len(selected)
    total = 0.0
    for group in set(groups):
        size, gone = groups.count(group), sum(groups[i] == group for i in selected)
        for seen, share in ((gone, m / n), (size - gone, 1 - m / n)):
            total += (seen - size * share) ** 2 / (size * share)
    return (n - 1) / n * total


def test_in_one_pool_it_is_pearsons_statistic_and_p_that_of_every_selection_among_those_who_answered() -> None:
    (whole,) = assessed(staff(PEOPLE), QUICK).further.omnibus_tests
    answered, made = RELIGIONS[:12], frozenset(GONE - {12})
    assert whole.characteristic == "religion"
    assert (whole.test.groups, whole.test.people, whole.test.selected, whole.test.dof) == (3, 12, 5, 2)
    assert whole.test.statistic == pytest.approx(pearson(answered, made))
    assert whole.test.pvalue == pytest.approx(by_hand.share_as_far(lambda s: pearson(answered, s), [(12, 5)], made))


def test_two_answers_are_one_comparison_and_no_whole_and_ways_of_not_answering_are_no_answers() -> None:
    two = [
        {**person, "religion": "Muslim" if person["religion"] == "Muslim" else "Christian"} for person in PEOPLE[:12]
    ]
    silent = [{**person, "religion": person["religion"] or "Prefer not to say"} for person in two] + PEOPLE[12:]
    assert assessed(staff(two), QUICK).further.omnibus_tests == ()
    assert assessed(staff(silent), QUICK).further.omnibus_tests == ()


def test_counts_are_enough_for_it_and_while_nobody_is_chosen_there_is_none() -> None:
    from_people, from_counts = assessed(staff(PEOPLE), QUICK), assessed_counts(counts_of(PEOPLE), QUICK)
    for ours, theirs in zip(from_counts.further.omnibus_tests, from_people.further.omnibus_tests, strict=True):
        assert ours.characteristic == theirs.characteristic
        assert (ours.test.statistic, ours.test.pvalue) == pytest.approx((theirs.test.statistic, theirs.test.pvalue))
    nobody = [{**person, "outcome": ""} for person in PEOPLE]
    assert assessed(staff(nobody), QUICK).further.omnibus_tests == ()
