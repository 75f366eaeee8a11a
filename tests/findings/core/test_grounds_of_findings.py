"""What stands behind a finding agrees with the finding, and with testing again what it says would happen."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from made import QUICK, Person, assessed, case, one, pools, staff, table, workforces

from eia.findings.core.comparisons import comparisons
from eia.findings.core.finding import Finding, Grounds
from eia.findings.core.questions import findings
from eia.stats.results import StratifiedTest

CLOSE = 1e-9
TIED = 1e-7  # p-values this near, as a part of their size, are the same


def grounds_of(finding: Finding) -> Grounds:
    assert finding.grounds is not None
    return finding.grounds


# ------------------------------------------------------------------------------------------------------ before choosing


def test_before_anybody_is_chosen_there_is_only_what_the_pools_could_show() -> None:
    to_go = case(pools={"A": {"to_go": 6}, "B": {"to_go": 3}}, analysis={"draws": 999})
    women = one(assessed(pools(chosen=False, A=(0, 12, 0, 8), B=(0, 5, 0, 7)), to_go), "selection", "Female")
    grounds = grounds_of(women)
    assert grounds.could_show_alone.informative_pools == 2
    assert grounds.could_show_alone.people == 32
    assert grounds.could_show_alone.expected == pytest.approx(6 * 12 / 20 + 3 * 5 / 12)
    assert (grounds.fragility, grounds.driving, grounds.unknown, grounds.tipping) == (None, None, None, None)


def test_while_numbers_to_go_are_not_known_or_where_everyone_goes_there_is_nothing_to_show() -> None:
    data = pools(chosen=False, A=(0, 12, 0, 8))
    closed = case(pools={"A": {"to_go": 20}}, analysis={"draws": 999})
    for choices in (QUICK, closed):
        assert one(assessed(data, choices), "selection", "Female").grounds is None


def test_what_pools_could_show_is_the_same_before_and_after_choosing() -> None:
    to_go = case(pools={"A": {"to_go": 6}, "B": {"to_go": 3}}, analysis={"draws": 999})
    counts = {"A": (5, 12, 1, 8), "B": (2, 5, 1, 7)}
    before = one(assessed(pools(chosen=False, **counts), to_go), "selection", "Female")
    after = one(assessed(pools(**counts), QUICK), "selection", "Female")
    assert grounds_of(before).could_show_alone == grounds_of(after).could_show_alone


# ------------------------------------------------------------------------------------------------------------ any finding


def test_what_was_not_tested_has_no_grounds() -> None:
    assert one(assessed(pools(A=(4, 4, 4, 4)), QUICK), "selection", "Female").grounds is None


@settings(deadline=None, max_examples=12)
@given(workforces(least=8, most=40))
def test_no_level_rests_on_grounds(people: list[Person]) -> None:
    made = assessed(staff(people), QUICK)
    alone = findings(comparisons(made.cube, made.case), made.cube, made.case, made.drawn, with_grounds=False)
    assert [(one.level, one.direction, one.reasons) for one in alone] == [
        (one.level, one.direction, one.reasons) for one in made.findings
    ]


@settings(deadline=None, max_examples=12)
@given(workforces(least=8, most=40))
def test_grounds_agree_with_the_finding_they_stand_behind(people: list[Person]) -> None:
    found = assessed(staff(people), QUICK)
    for finding in found.under("selection"):
        if finding.tested is None:
            continue
        grounds, test = grounds_of(finding), finding.tested
        firm, driving = grounds.fragility, grounds.driving
        assert grounds.could_show_alone.alpha == 0.05

        assert firm is not None
        assert firm.observed == test.observed
        assert firm.found == (test.midp <= firm.alpha * (1 + TIED))
        assert firm.found == (finding.level == "found")
        assert firm.alpha <= max(0.05, test.midp)

        assert driving is not None
        assert len(driving.pools) == test.informative_pools
        assert driving.excess == pytest.approx(test.excess, abs=CLOSE)
        assert sum(pool.excess for pool in driving.pools) == pytest.approx(test.excess, abs=CLOSE)
        if driving.gross > CLOSE:
            assert sum(pool.share for pool in driving.pools) == pytest.approx(1)


def not_answered(person: Person, key: str) -> bool:
    """Whether somebody there to be chosen did not answer; those to whom a question does not apply have nothing to answer."""
    there = person["pool"] and person["outcome"] not in ("slotted in", "volunteer accepted")
    return bool(there) and person[key] in ("", "Prefer not to say")


@settings(deadline=None, max_examples=12)
@given(workforces(least=8, most=40))
def test_bounds_bracket_what_is_known_and_are_there_where_an_answer_is_missing(people: list[Person]) -> None:
    for finding in assessed(staff(people), QUICK).under("selection"):
        if finding.tested is None:
            continue
        bounds = grounds_of(finding).unknown
        missing = sum(not_answered(person, finding.characteristic.key) for person in people)
        assert (bounds is not None) == (finding.group.kind == "answer" and missing > 0)
        if bounds is not None:
            assert bounds.unknown_selected + bounds.unknown_retained == missing
            assert bounds.least.excess - CLOSE <= finding.tested.excess <= bounds.most.excess + CLOSE


@pytest.mark.parametrize("pool", [(12, 20, 2, 20), (9, 20, 4, 20), (10, 20, 10, 20), (1, 20, 11, 20)])
def test_that_many_exchanges_turn_what_is_found_and_one_fewer_does_not(pool: tuple[int, int, int, int]) -> None:
    women, of_women, men, of_men = pool
    firm = grounds_of(one(assessed(pools(A=pool), QUICK), "selection", "Female")).fragility
    assert firm is not None
    assert firm.exchanges is not None

    def found_after(exchanges: int) -> bool:
        moved = firm.direction * exchanges
        after = assessed(pools(A=(women + moved, of_women, men - moved, of_men)), QUICK)
        test = one(after, "selection", "Female").tested
        assert test is not None
        return test.midp <= firm.alpha * (1 + TIED)

    assert found_after(0) == found_after(firm.exchanges - 1) == firm.found
    assert found_after(firm.exchanges) != firm.found


def test_the_pool_that_an_excess_comes_from_is_named_first() -> None:
    driving = grounds_of(one(assessed(pools(A=(5, 10, 5, 10), B=(9, 10, 1, 10)), QUICK), "selection", "Female")).driving
    assert driving is not None
    assert [(part.pool, part.share) for part in driving.pools] == [(1, 1.0), (0, 0.0)]


# ---------------------------------------------------------------------------------------------------- answers not known


def with_answers(*, women_selected: int, women_retained: int, unknown_selected: int, unknown_retained: int) -> bytes:
    """One pool of 150 people who answered, 10 of 50 women and 10 of 100 men selected; and more, as told."""
    groups = {
        ("Female", "selected"): 10 + women_selected, ("Female", "retained"): 40 + women_retained,
        ("Male", "selected"): 10, ("Male", "retained"): 90, ("", "selected"): unknown_selected, ("", "retained"): unknown_retained,
    }  # fmt: skip
    return table([[sex, "A", outcome] for (sex, outcome), people in groups.items() for _ in range(people)], ["sex", "pool", "outcome"])  # fmt: skip


def test_the_number_that_decides_is_where_testing_again_turns() -> None:
    data = with_answers(women_selected=0, women_retained=0, unknown_selected=10, unknown_retained=30)
    grounds = grounds_of(one(assessed(data, QUICK), "selection", "Female"))
    tipping = grounds.tipping
    assert tipping is not None
    assert (tipping.of, tipping.holds) == (10, True)

    def found_with(people: int) -> bool:
        """With so many of the ten selected women and the others men, and of those retained a third women as among the known."""
        answered = with_answers(women_selected=people, women_retained=10, unknown_selected=0, unknown_retained=0)
        men = "\n".join(["Male,A,selected"] * (10 - people) + ["Male,A,retained"] * 20)
        test: StratifiedTest | None = one(assessed(answered + men.encode(), QUICK), "selection", "Female").tested
        assert test is not None
        return test.midp <= grounds.could_show.alpha * (1 + TIED) and test.excess > 0

    assert not found_with(tipping.people - 1)
    assert found_with(tipping.people)


def test_where_no_answer_could_change_what_is_found_nothing_decides() -> None:
    data = with_answers(women_selected=40, women_retained=0, unknown_selected=1, unknown_retained=1)
    women = one(assessed(data, QUICK), "selection", "Female")
    assert women.level == "found"
    assert grounds_of(women).unknown is not None
    assert grounds_of(women).tipping is None


def test_who_did_not_answer_has_no_answers_to_bound() -> None:
    data = with_answers(women_selected=0, women_retained=0, unknown_selected=10, unknown_retained=30)
    blank = one(assessed(data, QUICK), "selection", "Not recorded")
    assert grounds_of(blank).unknown is None
    assert grounds_of(blank).tipping is None


def test_bounds_never_change_a_level() -> None:
    data = with_answers(women_selected=12, women_retained=0, unknown_selected=20, unknown_retained=20)
    women = one(assessed(data, QUICK), "selection", "Female")
    bounds = grounds_of(women).unknown
    assert bounds is not None
    assert bounds.least.midp > 0.05 or bounds.least.excess < 0
    assert women.level == "found"
    assert not math.isnan(women.adjusted_p)
