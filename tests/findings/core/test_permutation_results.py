"""Chance by drawing: what is drawn for which evidence, the same again from the same seed, and the family that enumeration gives."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from made import QUICK, Person, assessed, assessed_counts, case, counts_of, one, pools, staff, table, workforces

from eia.findings.record import plain

HEADERS = ["sex", "disability", "post", "unit", "pool", "outcome"]


def in_posts(*, post: bool = True, unit: bool = True) -> bytes:
    """Twelve posts of three people in two units, half of them in pools."""
    rows = [
        [
            "FM"[(i + n) % 2],
            ("Yes", "No", "")[(i * n) % 3],
            f"Post {n}" if post else "",
            ("North", "South")[n % 2] if unit else "",
            "AB"[n % 2] if n < 6 else "",
            ("selected" if (i + n) % 3 == 0 else "retained") if n < 6 else "",
        ]
        for n in range(12)
        for i in range(3)
    ]
    return table(rows, HEADERS)


# ---------------------------------------------------------------------------------------------------------- what is drawn


def test_people_in_posts_give_all_three_questions_one_entry_a_comparison() -> None:
    found = assessed(in_posts(), QUICK)
    groups = len(found.each_group())
    assert (len(found.drawn.scope), len(found.drawn.spread)) == (groups, groups)
    assert (found.drawn.from_people, found.drawn.moved, found.drawn.parted) == (True, "posts", 0)
    assert found.drawn.selection is not None
    once = [f for f in found.under("selection") if f.tested and not f.mirrored]
    assert len(found.drawn.selection.adjusted_pvalues) == len(once)


def test_where_posts_are_not_given_whole_units_are_moved() -> None:
    assert assessed(in_posts(post=False), QUICK).drawn.moved == "units"
    nothing = assessed(in_posts(post=False, unit=False), QUICK).drawn
    assert (nothing.moved, nothing.scope) == (None, ())


def test_a_post_of_which_some_are_in_a_pool_and_others_not_is_counted_as_parted() -> None:
    rows = [["F", "", f"Post {n}", "", "A" if n + i > 4 else "", "retained" if n + i > 4 else ""] for n in range(8) for i in range(3)]  # fmt: skip
    assert assessed(table(rows, HEADERS), QUICK).drawn.parted == 2


def test_only_the_questions_asked_are_drawn() -> None:
    for question in ("scope", "spread", "selection"):
        drawn = assessed(in_posts(), case(analysis={"draws": 999, "questions": (question,)})).drawn
        there = {"scope": bool(drawn.scope), "spread": bool(drawn.spread), "selection": drawn.selection is not None}
        assert there == {name: name == question for name in there}


def test_counts_alone_give_spread_and_nothing_else() -> None:
    people = [
        {"sex": sex, "disability": "", "religion": "", "pool": pool, "outcome": "selected" if n < 2 else "retained"}
        for sex, pool, of in (("Female", "A", 5), ("Male", "A", 3), ("Female", "B", 4), ("Male", "B", 9))
        for n in range(of)
    ]
    counted = assessed_counts(counts_of(people), QUICK)
    assert (counted.drawn.from_people, counted.drawn.scope, counted.drawn.selection) == (False, (), None)
    assert one(counted, "spread", "Female").permuted == one(assessed(staff(people), QUICK), "spread", "Female").permuted


def test_while_nobody_is_chosen_only_numbers_to_go_are_shared_out() -> None:
    data = pools(chosen=False, A=(0, 6, 0, 2), B=(0, 2, 0, 9))
    nothing = assessed(data, QUICK).drawn
    assert (nothing.spread, nothing.selection) == ((), None)
    to_go = case(pools={"A": {"to_go": 3}, "B": {"to_go": 1}}, analysis={"draws": 999})
    assert len(assessed(data, to_go).drawn.spread) == 2


def test_a_table_of_the_whole_workforce_says_nothing_of_posts() -> None:
    pooled = b"characteristic,group,pool,people,selected\nsex,Female,A,20,4\nsex,Male,A,20,4\n"
    found = assessed_counts(pooled, whole=b"characteristic,group,people\nsex,Female,25\nsex,Male,75\n")
    assert found.drawn.scope == ()
    assert one(found, "scope", "Female").reasons == ("needs people",)


def test_what_cannot_tell_anything_is_in_no_family() -> None:
    drawn = assessed(pools(A=(4, 4, 4, 4), B=(0, 3, 0, 3), none=(0, 2, 0, 2)), QUICK).drawn
    assert drawn.selection is None


# ------------------------------------------------------------------------------------------------------- the same again


def test_the_same_seed_draws_the_same_and_another_seed_the_same_within_the_error_of_drawing() -> None:
    seeds = [case(analysis={"draws": 999, "seed": seed}) for seed in (1, 1, 2)]
    first, again, other = (assessed(in_posts(), choices).drawn for choices in seeds)
    assert plain(first) == plain(again)
    assert plain(first) != plain(other)
    for ours, theirs in zip(first.scope, other.scope, strict=True):
        assert ours.pvalue == pytest.approx(theirs.pvalue, abs=0.01 + 6 * math.hypot(ours.standard_error, theirs.standard_error))  # fmt: skip


def test_the_rows_of_the_file_have_no_part_in_what_is_drawn_of_posts() -> None:
    rows = [["FM"[i * n % 3 % 2], f"Post {n}", "A" if n < 12 else ""] for n in range(25) for i in range(4)]
    scope = case(analysis={"draws": 999, "questions": ("scope",)})
    ours, theirs = (assessed(table(some, ["sex", "post", "pool"]), scope).drawn for some in (rows, rows[::-1]))
    assert plain(ours) == plain(theirs)


def test_the_rows_of_the_file_have_no_part_in_what_is_drawn_where_ages_have_fractions() -> None:
    rows = [["FM"[i % 2], "A", f"{30 + i * 17 % 40 / 40}", "selected" if i % 3 else "retained"] for i in range(40)]
    header = ["sex", "pool", "age", "outcome"]
    ours, theirs = (assessed(table(some, header), QUICK).drawn for some in (rows, rows[::-1]))
    assert plain(ours) == plain(theirs)


def test_draws_are_those_of_the_case() -> None:
    drawn = assessed(in_posts(), case(analysis={"draws": 1234})).drawn
    assert drawn.selection is not None
    assert drawn.selection.draws == 1234


@settings(deadline=None, max_examples=12)
@given(workforces(least=4, most=40))
def test_the_score_of_the_selections_made_is_the_midp_of_the_exact_test(people: list[Person]) -> None:
    found = assessed(staff(people), QUICK)
    once = [f for f in found.under("selection") if f.tested and not f.mirrored]
    scores = found.drawn.selection.scores if found.drawn.selection else ()
    assert [f.tested.midp for f in once] == pytest.approx(list(scores), abs=1e-7)


# ------------------------------------------------------------------------------------------------ the family, enumerated


def midps(group: np.ndarray, selections: np.ndarray) -> np.ndarray:
    """The doubled mid-p of every selection, from how often each number of the group occurs among them all."""
    numbers = selections[:, group].sum(axis=1)
    return np.array([
        min(2 * min((numbers > x).mean(), (numbers < x).mean()) + (numbers == x).mean(), 1.0) for x in numbers
    ])  # fmt: skip


def adjusted(scores: Sequence[np.ndarray], observed: int) -> list[float]:
    """Step-down minima over every selection there is."""
    table = np.array(scores)
    order = np.argsort(table[:, observed])
    result = [0.0] * len(table)
    highest = 0.0
    for place, test in enumerate(order):
        smallest = table[order[place:]].min(axis=0)
        highest = max(highest, float((smallest <= table[test, observed] + 1e-12).mean()))
        result[test] = highest
    return result


@pytest.mark.parametrize("chosen", [(0, 1, 2, 3), (0, 2, 4, 6), (1, 3, 5, 8), (0, 1, 4, 9)])
def test_the_adjusted_p_are_those_of_every_selection_that_could_have_been_made(chosen: tuple[int, ...]) -> None:
    women = np.arange(10) < 6
    disabled = np.isin(np.arange(10), [0, 1, 2, 7])
    rows = [["FM"[not w], "No" if not d else "Yes", "A", "selected" if place in chosen else "retained"]
            for place, (w, d) in enumerate(zip(women, disabled, strict=True))]  # fmt: skip
    found = assessed(table(rows, ["sex", "disability", "pool", "outcome"]))

    every = list(itertools.combinations(range(10), 4))
    selections = np.array([np.isin(np.arange(10), which) for which in every])
    expected = adjusted([midps(women, selections), midps(disabled, selections)], every.index(chosen))
    for p, group, characteristic in zip(expected, ("Female", "Disabled"), ("sex", "disability"), strict=True):
        within = 5 * math.sqrt(p * (1 - p) / 10_000) + 1 / 10_000
        assert one(found, "selection", group, characteristic).adjusted_p == pytest.approx(p, abs=within)


def test_saying_the_same_of_the_same_people_twice_costs_nothing() -> None:
    rows = [[sex, "Yes" if sex == "F" else "No", "A", "selected" if gone else "retained"]
            for sex, of in (("F", 7), ("M", 2)) for n in range(12) for gone in [n < of]]  # fmt: skip
    twice = assessed(table(rows, ["sex", "disability", "pool", "outcome"]))
    once = assessed(table([[row[0], *row[2:]] for row in rows], ["sex", "pool", "outcome"]))
    women, alone = one(twice, "selection", "Female"), one(once, "selection", "Female")
    assert (women.family, alone.family) == (2, 1)
    assert women.adjusted_p == one(twice, "selection", "Disabled", "disability").adjusted_p
    error = math.sqrt(alone.adjusted_p * (1 - alone.adjusted_p) / 10_000)
    assert women.adjusted_p == pytest.approx(alone.adjusted_p, abs=6 * math.sqrt(2) * error)
