"""Scores by group inside pools, and whether the lowest went: by hand, by brute force, and over many drawn files without a gap."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made import case, table

from eia.case import Case
from eia.counts.cube import cube_axes
from eia.counts.stages import choosing
from eia.findings.supplementary.score_gaps import ScoresLook, look_at_scores
from eia.intake.files.raw_table import open_table
from eia.intake.people.load import load_people

QUICK = case(analysis={"draws": 999})

Row = tuple[str, str, str, float | None]  # pool, sex, outcome, total


def looked(rows: list[Row], choices: Case = QUICK) -> ScoresLook | None:
    people = [[f"R{n}", sex, pool, outcome] for n, (pool, sex, outcome, _) in enumerate(rows)]
    marks = [[f"R{n}", "" if total is None else f"{total:g}"] for n, (*_, total) in enumerate(rows)]
    staff = load_people(
        open_table(table(people, ["ref", "sex", "pool", "outcome"]), name="staff.csv"), choices,
        scores=open_table(table(marks, ["ref", "Total"]), name="scores.csv"),
    )  # fmt: skip
    return look_at_scores(staff, choosing(staff.frame, cube_axes(staff, choices), choices.stages), choices)


SMALL: list[Row] = [
    ("A", "Female", "selected", 10), ("A", "Female", "retained", 12), ("A", "Female", "retained", 14),
    *(("A", "Male", "retained", total) for total in (11, 15, 17, 18)),
    ("B", "Female", "retained", 20), ("B", "Female", "retained", 21), ("B", "Male", "selected", 30), ("B", "Male", "retained", 25),
    ("B", "Female", "retained", None),
]  # fmt: skip


def test_a_gap_is_from_everyone_else_in_the_same_pools_each_weighed_by_how_many_it_has_of_both() -> None:
    look = looked(SMALL)
    (gap,) = look.gaps
    assert (gap.group.label, gap.criterion) == ("Female", None)
    assert (gap.contrast.of_group, gap.contrast.people, gap.contrast.clusters) == (5, 11, 2)
    assert gap.mean == pytest.approx((10 + 12 + 14 + 20 + 21) / 5)
    gaps = ((10 + 12 + 14) / 3 - (11 + 15 + 17 + 18) / 4, (20 + 21) / 2 - (30 + 25) / 2)
    assert gap.contrast.estimate == pytest.approx(np.average(gaps, weights=(3 * 4 / 7, 2 * 2 / 4)))
    assert not gap.contrast.reliable
    assert (look.scored, look.not_scored) == (11, 1)


def test_p_is_the_share_of_all_ways_to_deal_the_marks_out_again() -> None:
    (gap,) = looked(SMALL).gaps
    ranks = (
        np.array([0, 2, 3, 1, 4, 5, 6]) / 8,
        np.array([0, 1, 3, 2]) / 5,
    )  # van Elteren: over people and one, women first
    sums = [
        sum(pool[list(taken)].sum() for pool, taken in zip(ranks, ways, strict=True))
        for ways in itertools.product(itertools.combinations(range(7), 3), itertools.combinations(range(4), 2))
    ]
    middle, seen = np.mean(sums), ranks[0][:3].sum() + ranks[1][:2].sum()
    assert gap.pvalue == pytest.approx(np.mean([abs(each - middle) >= abs(seen - middle) - 1e-9 for each in sums]))
    assert gap.z < 0


def test_a_mean_of_fewer_than_five_people_would_tell_somebody_s_marks_and_is_not_given() -> None:
    assert looked(SMALL[1:]).gaps == ()
    assert (
        looked(
            [("A", "Female", "retained", n) for n in range(9)] + [("A", "Male", "selected", n) for n in range(4)]
        ).gaps
        == ()
    )


def test_who_went_in_another_order_than_the_totals_is_counted_by_pool() -> None:
    look = looked([*SMALL, ("A", "Male", "selected", 12)])
    assert [(o.pool, o.people, o.selected, o.above, o.below, o.tied) for o in look.orders] == [
        (0, 8, 2, 1, 1, 0),
        (1, 4, 1, 1, 3, 0),
    ]


@pytest.mark.parametrize(
    ("totals", "above", "below", "tied"),
    [
        ([1, 2, 3, 4], 0, 0, 0),
        ([2, 2, 2, 3], 0, 0, 2),
        ([1, 3, 2, 3], 1, 1, 0),
        ([4, 3, 2, 1], 2, 2, 0),
        ([2, 2, 2, 2], 0, 0, 2),
    ],
)
def test_ties_and_turns_are_told_apart(totals: list[float], above: int, below: int, tied: int) -> None:
    outcomes = ("selected", "selected", "retained", "retained")
    (order,) = looked(
        [("A", "FM"[n % 2], outcome, total) for n, (outcome, total) in enumerate(zip(outcomes, totals, strict=True))]
    ).orders
    assert (order.above, order.below, order.tied) == (above, below, tied)


@given(st.lists(st.tuples(st.sampled_from("AB"), st.booleans(), st.integers(0, 4)), min_size=2, max_size=14))
@settings(max_examples=50, deadline=None)
def test_orders_are_those_of_every_pair_looked_at(people: list[tuple[str, bool, int]]) -> None:
    look = looked(
        [(pool, "FM"[n % 2], "selected" if gone else "retained", total) for n, (pool, gone, total) in enumerate(people)]
    )
    found = {
        "AB"[order.pool] if {p for p, *_ in people} == {"A", "B"} else people[0][0]: order for order in look.orders
    }
    for pool in "AB":
        went = [total for name, gone, total in people if name == pool and gone]
        stayed = [total for name, gone, total in people if name == pool and not gone]
        if not went or not stayed:
            assert pool not in found
            continue
        above = sum(any(mark > other for other in stayed) for mark in went)
        tied = sum(
            any(mark == other for other in stayed) and not any(mark > other for other in stayed) for mark in went
        )
        below = sum(any(mark < other for other in went) for mark in stayed)
        assert (found[pool].above, found[pool].below, found[pool].tied) == (above, below, tied)


def test_before_anybody_is_chosen_the_gaps_are_there_and_no_order() -> None:
    look = looked([(pool, sex, "", total) for pool, sex, _, total in SMALL])
    assert len(look.gaps) == 1
    assert look.orders == ()


def test_volunteers_are_in_no_comparison() -> None:
    assert looked([*SMALL, ("A", "Male", "volunteer accepted", 1)]).gaps == looked(SMALL).gaps


@pytest.mark.parametrize("rows", [[("A", "Female", "selected", 1), ("B", "Male", "retained", 2)], [("A", "Female", "retained", 5)] * 3,
                                  [("A", "Female", "selected", 5), ("A", "Male", "retained", 5)]])  # fmt: skip
def test_pools_that_cannot_tell_give_no_gap(rows: list[Row]) -> None:
    look = looked(rows)
    assert look.gaps == ()
    assert look.most is None


def test_the_order_of_the_rows_changes_nothing() -> None:
    rows = [
        (pool, "FM"[n % 3 % 2], "selected" if n % 4 == 0 else "retained", (n * 7) % 23)
        for n in range(60)
        for pool in "ABC"[n % 3]
    ]
    assert looked(rows).gaps == looked(rows[::-1]).gaps


@pytest.mark.simulation
def test_marks_dealt_blindly_raise_no_more_alarms_than_promised() -> None:
    alarms = 0
    for seed in range(100):
        rng = np.random.default_rng(seed)
        rows = [
            (
                pool,
                "Female" if rng.random() < share else "Male",
                "selected" if rng.random() < 0.3 else "retained",
                float(rng.integers(20, 60)),
            )
            for pool, share in zip("ABCD", (0.9, 0.6, 0.4, 0.1), strict=True)
            for _ in range(12)
        ]
        alarms += any(gap.adjusted_p <= 0.05 for gap in looked(rows).gaps)
    assert alarms <= 5 + 2 * np.sqrt(100 * 0.05 * 0.95) + 0.5


def test_a_planted_gap_is_found_and_named() -> None:
    rng = np.random.default_rng(3)
    rows: list[Row] = [
        (
            pool,
            sex,
            "selected" if rng.random() < 0.3 else "retained",
            float(50 + rng.integers(0, 10) - (12 if sex == "Female" else 0)),
        )
        for pool in "ABCDEF"
        for sex in ["Female", "Male"] * 6
    ]
    (found,) = looked(rows).apart(0.05)
    assert found.group.label == "Female"
    assert found.contrast.estimate == pytest.approx(-12, abs=2)
    assert found.contrast.interval
    assert -12 in found.contrast.interval


def test_a_gap_by_ranks_that_the_means_do_not_have_is_not_called_lower() -> None:
    rows: list[Row] = [
        (pool, sex, "retained", float(n + (20 * (sex == "Male") if n else 900 * (sex == "Female"))))
        for pool in "ABCDEF"
        for sex in ("Female", "Male")
        for n in range(8)
    ]
    look = looked(rows)
    (gap,) = look.gaps
    assert gap.adjusted_p <= 0.05
    assert gap.z < 0 < gap.contrast.estimate
    assert look.apart(0.05) == ()
