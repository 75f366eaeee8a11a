"""Weights drawn evenly: each selects as the rule would, and many people mean fewer weightings."""

from __future__ import annotations

import numpy as np
from pool_of_six import MARKS, six

from eia.case import Scenario
from eia.scenarios.rule import stated_rule
from eia.scenarios.try_rule import try_rule
from eia.scenarios.weightings import affordable, drawn_weights, looked_at, selections


def test_each_weighting_selects_as_the_rule_with_these_weights_does() -> None:
    staff, choices = six({**MARKS, "B": (None, 8, 5, 5)}, pools=dict(zip(MARKS, "PPPQQQ", strict=True)), selected="AD")
    rule = stated_rule(staff, choices)
    weights = drawn_weights(4, 50, seed=1)
    drawn = np.concatenate(list(selections(rule, weights)))
    for row, made in zip(weights, drawn, strict=True):
        change = Scenario(weights=dict(zip(rule.criteria, row.tolist(), strict=True)))
        assert (made == try_rule(rule, staff, choices, change).selected[looked_at(rule)]).all()


def test_weights_are_even_over_all_that_add_to_1() -> None:
    weights = drawn_weights(3, 4000, seed=2)
    assert np.allclose(weights.sum(axis=1), 1)
    assert np.allclose(weights.mean(axis=0), 1 / 3, atol=0.02)
    assert np.allclose((weights > 0.5).mean(axis=0), 0.25, atol=0.03)  # of a triangle each corner is a quarter


def test_many_people_mean_fewer_weightings_and_beyond_use_none() -> None:
    assert affordable(851) == 2000
    assert 100 <= affordable(100_000) < 2000
    assert affordable(1_000_000) == 0
