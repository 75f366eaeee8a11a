"""The split of a group's excess: scope + spread + selection = overall."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eia.errors import EiaError
from eia.stats.effect_sizes.split import split


@st.composite
def proposals(draw: st.DrawFn) -> dict[str, object]:
    """Workforces with pools of up to 200,000 people, and who goes."""
    pools = draw(st.lists(st.integers(0, 200_000), max_size=8))
    group = [draw(st.integers(0, n)) for n in pools]
    selected = [draw(st.integers(0, n)) for n in pools]
    chosen = [draw(st.integers(max(0, g + m - n), min(g, m))) for n, g, m in zip(pools, group, selected, strict=True)]
    elsewhere = draw(st.integers(0, 1_000_000))
    group_elsewhere = draw(st.integers(0, elsewhere))
    return {
        "group_people": sum(group) + group_elsewhere,
        "people": sum(pools) + elsewhere,
        "pool_group": np.array(group, dtype=int),
        "pool_people": np.array(pools, dtype=int),
        "selected": np.array(selected, dtype=int),
        "group_selected": np.array(chosen, dtype=int),
    }


@settings(deadline=None, derandomize=True)
@given(proposals())
def test_parts_add_up_to_overall_to_a_billionth(proposal: dict) -> None:
    parts = split(**proposal)
    assert parts.scope + parts.spread + parts.selection == pytest.approx(parts.overall, abs=1e-9)
    assert parts.scope + parts.spread == pytest.approx(parts.overall_before_selection, abs=1e-9)


@settings(deadline=None, derandomize=True, max_examples=50)
@given(proposals())
def test_parts_equal_their_formulas_in_fractions(proposal: dict) -> None:
    parts = split(**proposal)
    g, n, m = (list(map(int, proposal[name])) for name in ("pool_group", "pool_people", "selected"))
    if not sum(n):
        assert (parts.scope, parts.spread, parts.selection, parts.overall) == (0.0, 0.0, 0.0, 0.0)
        return
    workforce_share = Fraction(proposal["group_people"], proposal["people"])
    scope_share = Fraction(sum(g), sum(n))
    by_pools = sum(Fraction(mk * gk, nk) for gk, nk, mk in zip(g, n, m, strict=True) if nk)
    assert parts.scope == pytest.approx(float(sum(m) * (scope_share - workforce_share)), abs=1e-9)
    assert parts.spread == pytest.approx(float(by_pools - sum(m) * scope_share), abs=1e-9)
    assert parts.selection == pytest.approx(float(int(proposal["group_selected"].sum()) - by_pools), abs=1e-9)


@settings(deadline=None, derandomize=True, max_examples=50)
@given(proposals())
def test_group_and_everyone_else_mirror_each_other(proposal: dict) -> None:
    others = {
        **proposal,
        "group_people": proposal["people"] - proposal["group_people"],
        "pool_group": proposal["pool_people"] - proposal["pool_group"],
        "group_selected": proposal["selected"] - proposal["group_selected"],
    }
    one, other = split(**proposal), split(**others)
    for part in ("scope", "spread", "selection", "overall"):
        assert getattr(one, part) == pytest.approx(-getattr(other, part), abs=1e-9)


@settings(deadline=None, derandomize=True, max_examples=50)
@given(proposals().filter(lambda p: p["people"] > 0))
def test_workforce_may_be_given_as_a_share(proposal: dict) -> None:
    share = {**proposal, "group_people": proposal["group_people"] / proposal["people"], "people": 1.0}
    assert split(**share).scope == pytest.approx(split(**proposal).scope, abs=1e-9)


def test_nobody_chosen_yet_leaves_selection_and_overall_open() -> None:
    parts = split(group_people=40, people=100, pool_group=[10, 2], pool_people=[20, 10], selected=[5, 1])
    assert parts.group_selected is parts.selection is parts.overall is None
    assert parts.overall_before_selection == pytest.approx(parts.scope + parts.spread)


def test_numbers_to_go_may_be_fractions_while_nobody_is_chosen() -> None:
    pools = {"group_people": 40, "people": 100, "pool_group": [10, 2], "pool_people": [20, 10]}
    halves, whole = split(**pools, selected=[2.5, 0.5]), split(**pools, selected=[5, 1])
    assert halves.selected == 3.0
    assert halves.scope == pytest.approx(whole.scope / 2)
    assert halves.spread == pytest.approx(whole.spread / 2)


def test_fractions_to_go_are_refused_once_people_are_chosen() -> None:
    with pytest.raises(EiaError, match="not whole"):
        split(group_people=4, people=10, pool_group=[2], pool_people=[5], selected=[2.5], group_selected=[1])


def test_whole_workforce_in_pools_leaves_nothing_to_scope() -> None:
    parts = split(group_people=12, people=30, pool_group=[10, 2], pool_people=[20, 10], selected=[5, 1])
    assert parts.scope == 0.0


def test_same_share_to_go_everywhere_leaves_nothing_to_spread() -> None:
    parts = split(group_people=40, people=100, pool_group=[10, 2], pool_people=[20, 10], selected=[4, 2])
    assert parts.spread == pytest.approx(0.0, abs=1e-12)


def test_no_pools_means_nothing_to_split() -> None:
    parts = split(group_people=40, people=100, pool_group=[], pool_people=[], selected=[], group_selected=[])
    assert (parts.scope, parts.spread, parts.selection, parts.overall, parts.selected) == (0.0, 0.0, 0.0, 0.0, 0)


def test_workforce_of_nobody_with_empty_pools_gives_zero() -> None:
    parts = split(group_people=0, people=0, pool_group=[0], pool_people=[0], selected=[0], group_selected=[0])
    assert (parts.expected_by_workforce, parts.overall) == (0.0, 0.0)


def test_pool_of_nobody_counts_for_nothing() -> None:
    pools = {"pool_group": [10, 0], "pool_people": [20, 0], "selected": [5, 0]}
    assert split(group_people=40, people=100, **pools).expected_by_pools == 2.5


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"selected": [5, 1]}, "selected is larger than pool_people in 1 of 2 entries, first in entry 1"),
        ({"pool_group": [30, 0]}, "pool_group is larger than pool_people"),
        ({"pool_group": [10]}, "shape"),
        ({"group_people": 120}, "the first within the second"),
        ({"group_people": float("nan")}, "the first within the second"),
        ({"group_people": 0, "people": 0}, "holds nobody"),
        ({"selected": [5]}, "shape"),
        ({"selected": [float("nan"), 0.0]}, "missing"),
        ({"selected": [-0.5, 0.0]}, "negative"),
        ({"group_selected": [6, 0]}, "group_selected is larger than selected"),
        ({"group_selected": [0, 0], "pool_group": [18, 0]}, "outside the group"),
    ],
)
def test_what_cannot_be_is_refused_in_words(change: dict, words: str) -> None:
    proposal = {"group_people": 40, "people": 100, "pool_group": [10, 0], "pool_people": [20, 0], "selected": [5, 0]}
    with pytest.raises(EiaError, match=words):
        split(**{**proposal, **change})
