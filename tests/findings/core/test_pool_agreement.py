"""Whether pools agree is asked of the gap that they share, whatever it is."""

from __future__ import annotations

import math

import pytest
from made import QUICK, assessed, one, pools


def test_one_pool_cannot_differ_from_others_however_large_its_gap() -> None:
    women = one(assessed(pools(A=(15, 20, 4, 20)), QUICK), "selection", "Female")
    assert women.level == "found"
    assert (women.pools_differ, women.cautions) == (1.0, ())
    assert math.isnan(women.agreement)


def test_pools_with_the_same_large_gap_agree() -> None:
    women = one(assessed(pools(**{f"P{n}": (16, 20, 4, 20) for n in range(8)}), QUICK), "selection", "Female")
    assert women.level == "found"
    assert women.pools_differ == pytest.approx(1.0)
    assert women.cautions == ()


def test_a_pool_that_turns_the_other_way_differs() -> None:
    turned = pools(**{f"P{n}": (16, 20, 4, 20) for n in range(4)}, Q=(4, 20, 16, 20))
    women = one(assessed(turned, QUICK), "selection", "Female")
    assert women.pools_differ <= 0.05
    assert "pools differ" in (*women.cautions, *women.reasons)
