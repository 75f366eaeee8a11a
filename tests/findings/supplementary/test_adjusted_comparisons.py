"""Allowing for other things: which disparities, for what, among whom; the odds ratio is that of every selection gone through."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

import numpy as np
import pytest
from made import assessed, case, one, staff
from scipy.optimize import minimize

from eia.case import Case
from eia.findings.assessment import Assessment
from eia.findings.supplementary.adjusted_comparisons import AdjustedComparison


def asking(*names: str) -> Case:
    return case(analysis={"draws": 999, "adjust_for": names})


WOMEN = [1, 1, 1, 1, 0, 0, 0, 0, 0, 0]
SERVICE = [2, 1, 6, 4, 9, 3, 12, 8, 15, 7]
GONE = [0, 1, 2, 5]


def council(
    pools: int, *, service: Sequence[object] = SERVICE, gone: Sequence[int] = GONE, asked: Sequence[str] = ("service",)
) -> Assessment:
    """Pools of ten, all alike; four go, three of them women."""
    rows = [
        {"reference": f"{pool}{n}", "sex": "MF"[WOMEN[n]], "service years": str(service[n]), "grade": "EFG"[n % 3],
         "pool": pool, "outcome": "selected" if n in gone else "retained"}
        for pool in "ABCDEFGHIJ"[:pools]
        for n in range(10)
    ]  # fmt: skip
    return assessed(staff(rows), asking(*asked))


def by_every_selection(columns: Sequence[Sequence[float]], pools: int) -> list[float]:
    """The coefficients with the largest likelihood, Firth's penalty on, all 210 ways to select four of ten gone through."""
    x = np.array(columns, dtype=float).T
    sums = np.array([x[list(each)].sum(axis=0) for each in itertools.combinations(range(10), 4)])
    made = x[GONE].sum(axis=0)

    def loss(beta: np.ndarray) -> float:
        logs = sums @ beta
        weight = np.exp(logs - logs.max())
        chance = weight / weight.sum()
        centred = sums - chance @ sums
        information = pools * (centred.T * chance) @ centred
        log_likelihood = pools * (made @ beta - logs.max() - math.log(weight.sum()))
        return -float(log_likelihood + 0.5 * np.linalg.slogdet(information)[1])

    return list(
        minimize(
            loss, np.zeros(len(columns)), method="Nelder-Mead", options={"xatol": 1e-9, "fatol": 1e-12, "maxiter": 4000}
        ).x
    )


def women_of(assessment: Assessment) -> AdjustedComparison:
    (told,) = [each for each in assessment.further.allowed if each.characteristic == "sex"]
    return told


def test_before_and_after_are_those_of_every_selection_gone_through() -> None:
    told = women_of(council(6))
    assert math.log(told.result.before.estimate) == pytest.approx(by_every_selection([WOMEN], 6)[0], abs=1e-5)
    assert math.log(told.result.after.estimate) == pytest.approx(by_every_selection([WOMEN, SERVICE], 6)[0], abs=1e-5)
    assert (told.allowing, told.dropped, told.left_out) == (("service",), (), 0)


def test_only_what_is_found_or_stands_out_is_shown_again_and_each_comparison_once() -> None:
    assessment = council(6)
    assert one(assessment, "selection", "Female").level == "found"
    telling = {
        (f.characteristic.key, f.group.label)
        for f in assessment.under("selection")
        if f.level in ("found", "stands_out") and not f.mirrored
    }
    assert {(each.characteristic, each.group.label) for each in assessment.further.allowed} == telling
    assert ("sex", "Male") not in telling


def test_nothing_is_shown_where_nothing_stands_out_or_nothing_is_asked() -> None:
    assert council(1, gone=(0, 4, 5, 6)).further.allowed == ()
    assert council(6, asked=()).further.allowed == ()


def test_people_whose_service_is_not_known_are_left_out_and_counted() -> None:
    service = [*SERVICE[:9], ""]
    assert women_of(council(6, service=service)).left_out == 6


def test_what_does_not_vary_inside_pools_cannot_be_allowed_for_and_is_named() -> None:
    told = women_of(council(6, service=[5] * 10))
    assert (told.allowing, told.dropped) == ((), ("service",))
    assert told.result.after.estimate == pytest.approx(told.result.before.estimate)


def test_it_never_changes_a_level() -> None:
    with_it, without = council(6), council(6, asked=())
    assert with_it.further.allowed
    assert without.further.allowed == ()
    assert [f.level for f in with_it.findings] == [f.level for f in without.findings]
