"""Which jobs are at risk, and which pools lose most: whole posts and pools are moved, and ten on a side are needed to tell."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made import QUICK, assessed, assessed_counts, case, one, pools, table

from datasets.generator.riverbank import Riverbank, make
from datasets.generator.tables import csv_text
from eia.case import read_case
from eia.findings.assess import assess
from eia.findings.assessment import Assessment
from eia.findings.core.finding import Finding
from eia.intake.evidence import read_workforce
from eia.present.text.evidence import statement
from eia.present.text.words import REASONS

RIVERBANK = Path(__file__).parents[3] / "datasets" / "riverbank" / "case.toml"
SCOPE = case(analysis={"draws": 999, "questions": ("scope",)})

Post = tuple[str, int, int]  # its pool, and the women and men in it


def posts(these: Sequence[Post], unit: str = "North") -> bytes:
    """A file of people by post."""
    rows = [
        [sex, f"Post {number}", unit, pool]
        for number, (pool, women, men) in enumerate(these)
        for sex, people in (("Female", women), ("Male", men))
        for _ in range(people)
    ]
    return table(rows, ["sex", "post", "unit", "pool"])


def women_in(inside: int, outside: int) -> bytes:
    """Posts of four women inside a pool, and of four men outside."""
    return posts([("A", 4, 0)] * inside + [("", 0, 4)] * outside)


def women_to_go(high: int, low: int) -> bytes:
    """Pools of four women of which two go, and of four men of which none do."""
    return pools(**{f"F{n}": (2, 4, 0, 0) for n in range(high)}, **{f"M{n}": (0, 0, 0, 4) for n in range(low)})


@st.composite
def some_posts(draw: st.DrawFn) -> list[Post]:
    """Posts inside one of two pools and outside."""
    numbers = st.integers(0, 6)
    post = st.tuples(st.sampled_from(["A", "B", ""]), numbers, numbers).filter(lambda post: post[1] + post[2] > 0)
    inside, outside = ("A", draw(numbers), draw(numbers) + 2), ("", draw(numbers), draw(numbers) + 2)
    return [inside, outside, *draw(st.lists(post, min_size=2, max_size=20))]


# ------------------------------------------------------------------------------------------------------ ten on a side


@pytest.mark.parametrize(("question", "data"), [("scope", women_in), ("spread", women_to_go)])
def test_with_ten_on_either_side_a_disparity_is_found_against_one_group_and_for_the_other(
    question: str, data: Callable[[int, int], bytes]
) -> None:
    found = assessed(data(10, 10), QUICK)
    women, men = one(found, question, "Female"), one(found, question, "Male")
    assert (women.level, women.direction, women.reasons) == ("found", "against", ())
    assert (men.level, men.direction, men.reasons) == ("found", "for", ())


@pytest.mark.parametrize(("question", "data"), [("scope", women_in), ("spread", women_to_go)])
@pytest.mark.parametrize(("above", "below"), [(9, 11), (11, 9), (9, 40), (40, 9)])
def test_with_fewer_on_either_side_nothing_is_said_of_chance_however_large_the_gap(
    question: str, data: Callable[[int, int], bytes], above: int, below: int
) -> None:
    women = one(assessed(data(above, below), QUICK), question, "Female")
    assert (women.level, women.direction, women.reasons) == ("cannot_say", None, ("few blocks",))
    assert women.stated
    assert women.excess is not None
    assert women.excess > 0
    assert women.permuted is not None
    assert women.permuted.fewest == 9


def test_shares_that_are_settled_by_the_size_of_pools_leave_nothing_to_be_told_apart() -> None:
    """One to go from each pool, of three or of nine people: the small pools lose more, and women work there."""
    small, large = {f"S{n}": (1, 3, 0, 0) for n in range(12)}, {f"L{n}": (0, 1, 1, 8) for n in range(12)}
    women = one(assessed(pools(**small, **large), QUICK), "spread", "Female")
    assert (women.level, women.direction, women.reasons) == ("not_tested", None, ("no other arrangement",))
    assert women.stated
    assert REASONS["no other arrangement"] in statement(women)


def test_among_pools_of_one_size_their_own_direction_is_told_with_the_other_beside_it() -> None:
    """Larger pools lose more and hold more women; of either size the pools with fewer women lose more."""
    small = {f"S{n}": ((0, 1, 2, 9) if n % 2 else (0, 3, 0, 7)) for n in range(20)}
    large = {f"L{n}": ((7, 20, 7, 20) if n % 2 else (5, 28, 5, 12)) for n in range(20)}
    women = one(assessed(pools(**small, **large), QUICK), "spread", "Female")
    assert women.permuted is not None
    assert women.permuted.gap < 0 < women.permuted.excess
    assert (women.level, women.direction) == ("found", "for")
    assert women.cautions == ("size turns it",)


# ------------------------------------------------------------------------------------------- size, and whole units


def of_sizes(*posts: tuple[int, int, bool, str]) -> bytes:
    """Posts of so many women and men, in a pool or not, in a unit."""
    rows = [
        [sex, f"P{number}", "A" if inside else "", unit]
        for number, (women, men, inside, unit) in enumerate(posts)
        for sex in "F" * women + "M" * men
    ]
    return table(rows, ["sex", "post", "pool", "unit"])


def test_where_larger_posts_go_in_the_larger_p_counts() -> None:
    """Every large post goes in and no small one; women work in large ones: of one size no other choice would have changed it."""
    posts = [(8, 2, True, "")] * 12 + [(1, 1, False, "")] * 12
    women = one(assessed(of_sizes(*posts), SCOPE), "scope", "Female")
    assert women.permuted is not None
    assert women.permuted.among_all < 0.05 < women.permuted.among_alike == women.permuted.pvalue
    assert women.level == "cannot_say"
    assert "follows size" in women.reasons


def test_where_whole_units_go_in_units_are_what_is_dealt_out_and_too_few_of_them_say_nothing() -> None:
    posts = [
        (4, 1, unit < 3, f"U{unit}") if unit < 3 else (1, 4, False, f"U{unit}") for unit in range(9) for _ in range(6)
    ]
    assessment = assessed(of_sizes(*posts), SCOPE)
    women = one(assessment, "scope", "Female")
    assert assessment.drawn.by_unit
    assert women.permuted is not None
    assert women.permuted.fewest == 3
    assert women.permuted.among_units >= 0.005
    assert (women.level, women.reasons) == ("cannot_say", ("few units",))


def test_posts_of_every_unit_alike_are_no_units_that_go_in() -> None:
    posts = [(4, 1, post % 2 == 0, f"U{unit}") for unit in range(9) for post in range(6)]
    assert not assessed(of_sizes(*posts), SCOPE).drawn.by_unit


# ----------------------------------------------------------------------------------------------------- what is not known


def test_without_posts_scope_is_stated_in_people_and_not_tested() -> None:
    women = one(assessed(pools(A=(1, 15, 1, 5), none=(0, 10, 0, 20)), QUICK), "scope", "Female")
    assert (women.level, women.reasons) == ("not_tested", ("posts not given",))
    assert women.stated
    assert women.excess == pytest.approx(15 - 20 * 25 / 50)
    assert women.drawn_one_by_one is not None
    assert women.permuted is None
    assert math.isnan(women.adjusted_p)


def test_one_person_a_post_is_as_if_posts_were_not_given() -> None:
    each_alone = posts([("A", 1, 0)] * 15 + [("", 0, 1)] * 15, unit="")
    assert one(assessed(each_alone, QUICK), "scope", "Female").reasons == ("posts not given",)


def test_counts_alone_cannot_say_which_people_share_a_post() -> None:
    rows = b"sex,Female,A,15,1\nsex,Male,A,5,1\nsex,Female,,10,0\nsex,Male,,20,0\n"
    women = one(assessed_counts(b"characteristic,group,pool,people,selected\n" + rows, QUICK), "scope", "Female")
    assert (women.level, women.reasons) == ("not_tested", ("needs people",))
    assert women.stated
    assert women.excess == pytest.approx(15 - 20 * 25 / 50)


def test_counts_are_enough_for_spread() -> None:
    rows = [["sex", sex, f"{sex} {n}", "4", gone] for sex, gone in (("Female", "2"), ("Male", "0")) for n in range(10)]
    found = assessed_counts(table(rows, ["characteristic", "group", "pool", "people", "selected"]), QUICK)
    assert one(found, "spread", "Female").level == "found"


def test_numbers_to_go_are_enough_for_spread() -> None:
    to_go = {f"{sex}{n}": {"to_go": gone} for sex, gone in (("F", 2), ("M", 0)) for n in range(10)}
    rows = [[word, f"{word[0]}{n}"] for word in ("Female", "Male") for n in range(10) for _ in range(4)]
    found = assessed(table(rows, ["sex", "pool"]), case(pools=to_go, analysis={"draws": 999}))
    assert one(found, "spread", "Female").level == "found"


@pytest.mark.parametrize("question", ["scope", "spread"])
def test_where_no_arrangement_would_change_anything_that_is_said_and_nothing_tested(question: str) -> None:
    rows = [[sex, f"P{n}", "AB"[n % 2] if n < 12 else "", ("retained" if i else "selected") if n < 12 else ""]
            for n in range(24) for sex in ("F", "M") for i in range(3)]  # fmt: skip
    women = one(assessed(table(rows, ["sex", "post", "pool", "outcome"]), QUICK), question, "Female")
    assert (women.level, women.reasons) == ("not_tested", ("no other arrangement",))
    assert women.stated
    assert women.excess == pytest.approx(0, abs=1e-9)
    assert math.isnan(women.adjusted_p)


# ---------------------------------------------------------------------------------------------------- figures and chance


def excess(inside: Sequence[bool], these: Sequence[Post]) -> Fraction:
    """Women in pools above their share of everyone, in exact fractions."""
    women, everyone = sum(w for _, w, _ in these), sum(w + m for _, w, m in these)
    held = [post for post, is_in in zip(these, inside, strict=True) if is_in]
    return sum(w for _, w, _ in held) - Fraction(women, everyone) * sum(w + m for _, w, m in held)


@pytest.mark.parametrize("these", [
    [("A", 5, 1), ("A", 4, 0), ("B", 2, 2), ("", 0, 3), ("", 1, 4), ("", 2, 2), ("", 0, 5)],
    [("A", 1, 9), ("", 4, 4), ("", 6, 2), ("", 3, 3)],
    [("A", 3, 3), ("A", 5, 0), ("A", 2, 7), ("A", 6, 6), ("", 8, 1), ("", 0, 4)],
])  # fmt: skip
def test_the_p_of_scope_is_that_of_every_choice_of_as_many_posts(these: list[Post]) -> None:
    finding = one(assessed(posts(these), QUICK), "scope", "Female")
    inside = sum(pool != "" for pool, _, _ in these)
    observed = excess([pool != "" for pool, _, _ in these], these)
    choices = [
        excess([post in chosen for post in range(len(these))], these)
        for chosen in itertools.combinations(range(len(these)), inside)
    ]
    expected = sum(abs(choice) >= abs(observed) for choice in choices) / len(choices)
    assert finding.permuted is not None
    assert finding.permuted.pvalue == pytest.approx(expected)
    assert finding.adjusted_p == pytest.approx(
        expected
    )  # sex is the only characteristic, and its two groups one comparison
    assert finding.excess == pytest.approx(float(observed))


@settings(deadline=None, max_examples=40)
@given(some_posts())
def test_the_excess_tested_is_the_excess_stated(these: list[Post]) -> None:
    for finding in assessed(posts(these), SCOPE).findings:
        if finding.permuted is not None:
            assert finding.permuted.excess == pytest.approx(finding.excess, abs=1e-9)


def table_odds_ratio(finding: Finding) -> float:
    """Of the table of the group and everyone else, in pools and outside."""
    them = finding.people
    assert them.workforce is not None
    assert them.group_workforce is not None
    out, others = them.group_workforce - them.group_in_scope, them.in_scope - them.group_in_scope
    neither = them.workforce - them.group_workforce - others
    return them.group_in_scope * neither / (out * others) if out * others else math.inf


@settings(deadline=None, max_examples=40)
@given(some_posts())
def test_the_odds_ratio_has_the_limits_of_the_excess(these: list[Post]) -> None:
    for finding in assessed(posts(these), SCOPE).findings:
        if finding.odds_ratio is not None and finding.permuted is not None:
            odds, limits = finding.odds_ratio, finding.permuted.gap_interval
            assert 0 <= odds.low <= odds.high
            assert odds.low * (1 - 1e-9) <= table_odds_ratio(finding) <= odds.high * (1 + 1e-9)
            assert (odds.level, odds.method) == (limits.level, limits.method)
            for odds_limit, limit in ((odds.low, limits.low), (odds.high, limits.high)):
                if abs(limit) > 1e-9:
                    assert (odds_limit > 1) == (limit > 0)


@settings(deadline=None, max_examples=40)
@given(some_posts())
def test_of_two_groups_one_mirrors_the_other_and_both_have_one_adjusted_p(these: list[Post]) -> None:
    found = [f for f in assessed(posts(these), SCOPE).findings if f.permuted is not None]
    assert len(found) in (0, 2)
    for women, men in zip(found[::2], found[1::2], strict=True):
        assert (women.mirrored, men.mirrored) == (False, True)
        assert women.adjusted_p == men.adjusted_p
        assert women.family == men.family == 1
        assert women.excess == pytest.approx(-men.excess, abs=1e-9)
        assert {women.direction, men.direction} in ({None}, {"for", "against"})


def test_every_comparison_counts_once_in_its_family() -> None:
    religions = ("Christian", "Muslim", "Hindu")
    rows = [[("F", "M")[i % 2], religions[(i + n // 2) % 3], f"P{n}", "A" if n < 12 else ""] for n in range(24)
            for i in range(4 + n % 3)]  # fmt: skip
    tested = [f for f in assessed(table(rows, ["sex", "religion", "post", "pool"]), SCOPE).findings if f.permuted]
    assert {f.group.label for f in tested if f.mirrored} == {"Male"}
    assert {f.family for f in tested} == {1 + 3}


# --------------------------------------------------------------------------------------------------- promises about chance


def teams(rng: np.random.Generator) -> list[Post]:
    """Teams of six that are mostly women or mostly men, half of them in a pool for no reason."""
    women = rng.binomial(6, rng.choice([0.1, 0.9], 24))
    inside = rng.permutation(24) < 12
    return [("A" if is_in else "", int(w), 6 - int(w)) for w, is_in in zip(women, inside, strict=True)]


@pytest.mark.slow
def test_posts_chosen_for_no_reason_stand_out_as_seldom_as_promised_though_people_drawn_one_by_one_would_not() -> None:
    tries = 120
    alarms = one_by_one = 0
    for seed in range(tries):
        women = one(assessed(posts(teams(np.random.default_rng(seed))), SCOPE), "scope", "Female")
        alarms += women.level == "found"
        assert women.drawn_one_by_one is not None
        one_by_one += women.drawn_one_by_one.pvalue <= 0.05
    promised = 0.05 * tries + 4 * math.sqrt(0.05 * 0.95 * tries)
    assert alarms <= promised < one_by_one


def test_posts_chosen_for_the_women_in_them_are_found_wherever_they_are() -> None:
    for seed in range(20):
        these = sorted(teams(np.random.default_rng(seed)), key=lambda post: -post[1])
        chosen = [("A" if place < 12 else "", women, men) for place, (_, women, men) in enumerate(these)]
        order = np.random.default_rng(seed + 1000).permutation(24)
        women = one(assessed(posts([chosen[place] for place in order]), SCOPE), "scope", "Female")
        assert (women.level, women.direction) == ("found", "against")


def council(made: Riverbank) -> Assessment:
    """Riverbank Council assessed for scope and spread."""
    choices = read_case(RIVERBANK)
    asked = choices.analysis.model_copy(update={"questions": ("scope", "spread")})
    choices = choices.model_copy(update={"pools": {}, "analysis": asked})
    staff, selections = csv_text(made.workforce).encode(), csv_text(made.selections).encode()
    return assess(read_workforce(staff, choices, selections=selections, name="workforce.csv"), choices)


def found_in(assessment: Assessment) -> set[tuple[str, str, str]]:
    return {(f.question, f.characteristic.key, f.group.label) for f in assessment.findings if f.level == "found"}


@pytest.mark.simulation
def test_what_is_planted_in_riverbank_is_found_and_in_its_null_twins_nothing_is() -> None:
    planted = {
        ("scope", "sex", "Female"),
        ("scope", "working_pattern", "Part-time"),
        ("spread", "contract", "Fixed-term"),
    }
    councils = 20
    missed = sum(not planted <= found_in(council(make(seed, planted=True))) for seed in range(councils))
    alarms = {"scope": 0, "spread": 0}
    for seed in range(councils):
        for question in {question for question, _, _ in found_in(council(make(seed)))}:
            alarms[question] += 1
    assert missed <= 1
    assert max(alarms.values()) <= 0.05 * councils + 4 * math.sqrt(0.05 * 0.95 * councils)
