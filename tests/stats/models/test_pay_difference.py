"""Amounts of pay in per cent: R, a worked case, what has no logarithm, and units."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from eia.stats.models.pay import pay_difference


def test_amounts_allowing_for_service_and_hours_are_those_of_r(r_case: tuple[dict[str, Any], dict[str, Any]]) -> None:
    d, results = r_case
    found = pay_difference(
        amount=d["amount"], group=d["group"], stratum=d["pool"], level=0.95, covariates=np.column_stack([d["service"], d["hours"]])
    )  # fmt: skip
    expected = results["pay"]
    assert found.interval is not None
    assert found.clusters == expected["clusters"]
    assert [found.estimate, found.interval.low, found.interval.high] == pytest.approx(
        [100 * math.expm1(expected[end]) for end in ("estimate", "low", "high")], rel=1e-9
    )


def test_amounts_of_nothing_and_gains_have_no_logarithm_and_are_left_out_and_counted() -> None:
    amount = [110, 100, 240, 200, 0, -50, math.nan]
    found = pay_difference(amount=amount, group=[True, False] * 3 + [True], stratum=[0, 0, 1, 1, 0, 1, 1], level=0.95)
    assert (found.people, found.left_out) == (4, 3)
    assert found.estimate == pytest.approx(100 * (math.sqrt(1.1 * 1.2) - 1))


def test_the_unit_of_amounts_makes_no_difference() -> None:
    rng = np.random.default_rng(4)
    amount, group, stratum = rng.lognormal(8, 0.4, 200), rng.random(200) < 0.5, rng.integers(0, 25, 200)
    pounds, weeks = (
        pay_difference(amount=unit * amount, group=group, stratum=stratum, level=0.95) for unit in (1, 1 / 437)
    )
    assert pounds.interval is not None
    assert weeks.interval is not None
    assert [pounds.estimate, pounds.interval.low] == pytest.approx([weeks.estimate, weeks.interval.low], rel=1e-9)


@pytest.mark.parametrize("amount", [[0, 0, 0, 0], [5, -1, -2, 7]])
def test_nobody_with_an_amount_on_one_side_is_nobody_to_compare(amount: list[int]) -> None:
    found = pay_difference(amount=amount, group=[True, False, False, True], stratum=[0] * 4, level=0.95)
    assert (found.no_interval, found.people) == ("nobody to compare", 0)
    assert math.isnan(found.estimate)


def test_everybody_losing_the_same_is_a_difference_of_nothing() -> None:
    found = pay_difference(amount=[500.0] * 8, group=[True, False] * 4, stratum=[0, 0, 1, 1] * 2, level=0.95)
    assert (found.estimate, found.no_interval) == (0.0, "all the same")
