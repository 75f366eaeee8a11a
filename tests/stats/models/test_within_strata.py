"""A group within strata: statsmodels and R, the sandwich written out, what may change nothing, every edge, and coverage."""

from __future__ import annotations

import math
import warnings
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import t
from statsmodels.regression.linear_model import OLS

from eia.errors import EiaError
from eia.stats.models.contrast import Contrast, two_sided, within_strata
from eia.stats.models.scores import score_difference

Person = tuple[int, bool, float]
people = st.lists(
    st.tuples(st.integers(0, 3), st.booleans(), st.integers(-20, 60).map(float) | st.just(math.nan)),
    min_size=1,
    max_size=30,
)


def of(rows: list[Person], **options: Any) -> Contrast:
    stratum, group, value = (list(column) for column in zip(*rows, strict=True))
    return within_strata(**{"value": value, "group": group, "stratum": stratum, "level": 0.95, **options})


def drawn(seed: int, *, strata: int = 12, people: int = 150) -> dict[str, npt.NDArray[Any]]:
    rng = np.random.default_rng(seed)
    stratum = rng.integers(0, strata, people)
    group = rng.random(people) < 0.2 + 0.6 * rng.random(strata)[stratum]
    value = rng.normal(size=strata)[stratum] * (1 + group) + rng.normal(size=people)
    return {"stratum": stratum, "group": group, "value": value}


def close(found: Contrast, estimate: float, low: float, high: float) -> None:
    assert found.interval is not None
    assert [found.estimate, found.interval.low, found.interval.high] == pytest.approx([estimate, low, high], rel=1e-9)


def test_marks_by_pool_are_those_of_r(r_case: tuple[dict[str, Any], dict[str, Any]]) -> None:
    d, expected = r_case
    found = score_difference(mark=d["mark"], group=d["group"], pool=d["pool"], level=0.95)
    assert found.clusters == expected["by_pool"].pop("clusters")
    close(found, **expected["by_pool"])


def test_marks_by_marker_are_those_of_r(r_case: tuple[dict[str, Any], dict[str, Any]]) -> None:
    d, expected = r_case
    found = score_difference(mark=d["mark"], group=d["group"], pool=d["pool"], marker=d["marker"], level=0.95)
    assert found.clusters == expected["by_marker"].pop("clusters")
    close(found, **expected["by_marker"])


@pytest.mark.parametrize("seed", range(5))
def test_it_is_the_regression_of_statsmodels_with_an_effect_of_every_stratum(seed: int) -> None:
    d = drawn(seed)
    marker = np.random.default_rng(seed).integers(0, 9, d["value"].size)
    inside = two_sided(group=d["group"], stratum=d["stratum"], known=np.ones(d["value"].size, bool))
    dummies = (d["stratum"][inside, None] == np.unique(d["stratum"][inside])).astype(float)
    fitted = OLS(d["value"][inside], np.column_stack([d["group"][inside], dummies])).fit(
        cov_type="cluster", cov_kwds={"groups": marker[inside]}, use_t=True
    )
    close(within_strata(**d, cluster=marker, level=0.95), fitted.params[0], *fitted.conf_int()[0])


def test_the_sandwich_written_out_gives_the_same() -> None:
    d = drawn(7)
    strata = np.unique(d["stratum"])
    x = np.column_stack([d["group"], d["stratum"][:, None] == strata]).astype(float)
    bread = np.linalg.inv(x.T @ x)
    effects = bread @ x.T @ d["value"]
    errors = d["value"] - x @ effects
    pulls = [x[d["stratum"] == each].T @ errors[d["stratum"] == each] for each in strata]
    variance = (bread @ sum(np.outer(pull, pull) for pull in pulls) @ bread)[0, 0] * strata.size / (strata.size - 1)
    reach = t.ppf(0.95, strata.size - 1) * math.sqrt(variance)
    close(within_strata(**d, level=0.9), effects[0], effects[0] - reach, effects[0] + reach)


def test_equal_pairs_are_students_interval_of_their_differences() -> None:
    ours, theirs = np.array([5.0, 1, 6, 2]), np.array([7.0, 3, 8, 6])
    rows = [(n, True, a) for n, a in enumerate(ours)] + [(n, False, b) for n, b in enumerate(theirs)]
    gaps = ours - theirs
    reach = t.ppf(0.975, 3) * gaps.std(ddof=1) / 2
    close(of(rows), gaps.mean(), gaps.mean() - reach, gaps.mean() + reach)


@pytest.mark.parametrize("seed", range(3))
def test_covariates_are_allowed_for_as_statsmodels_does(seed: int) -> None:
    d = drawn(seed)
    rng = np.random.default_rng(seed)
    beside = np.column_stack([rng.normal(size=d["value"].size) + d["group"], rng.integers(0, 3, d["value"].size)])
    inside = two_sided(group=d["group"], stratum=d["stratum"], known=np.ones(d["value"].size, bool))
    columns = np.column_stack([d["value"], d["group"], beside]).astype(float)[inside]
    for each in np.unique(d["stratum"][inside]):
        columns[d["stratum"][inside] == each] -= columns[d["stratum"][inside] == each].mean(axis=0)
    fitted = OLS(columns[:, 0], columns[:, 1:]).fit(
        cov_type="cluster", cov_kwds={"groups": d["stratum"][inside]}, use_t=True
    )
    close(within_strata(**d, covariates=beside, level=0.95), fitted.params[0], *fitted.conf_int()[0])
    twice = np.column_stack([beside, beside[:, 0], np.ones(d["value"].size)])  # what says nothing of its own
    close(within_strata(**d, covariates=twice, level=0.95), fitted.params[0], *fitted.conf_int()[0])


def same(one: Contrast, other: Contrast) -> None:
    """Equal but for rounding. An interval may hang on it where the errors of the clusters are next to nothing."""
    assert one.estimate == pytest.approx(other.estimate, rel=1e-9, abs=1e-9, nan_ok=True)
    assert (one.no_interval, one.people, one.of_group, one.clusters) == (
        other.no_interval,
        other.people,
        other.of_group,
        other.clusters,
    )
    if one.interval and other.interval:
        assert [one.interval.low, one.interval.high] == pytest.approx(
            [other.interval.low, other.interval.high], abs=1e-7
        )


@given(people)
def test_neither_the_names_of_strata_nor_the_order_of_people_matter(rows: list[Person]) -> None:
    same(of([(7 - stratum, member, value) for stratum, member, value in rows[::-1]]), of(rows))


@given(people, st.integers(-9, 9))
def test_what_all_of_a_stratum_have_more_changes_nothing(rows: list[Person], more: int) -> None:
    same(of([(s, member, value + more * (s == 1)) for s, member, value in rows]), of(rows))


@given(people)
def test_seen_from_the_other_side_the_sign_turns(rows: list[Person]) -> None:
    ours, theirs = of(rows), of([(s, not member, value) for s, member, value in rows])
    turned = replace(
        theirs,
        estimate=-theirs.estimate,
        of_group=theirs.people - theirs.of_group,
        interval=theirs.interval and replace(theirs.interval, low=-theirs.interval.high, high=-theirs.interval.low),
    )
    same(ours, turned)


@given(people, st.lists(st.integers(0, 50), max_size=5), st.booleans())
def test_a_stratum_with_one_side_adds_nothing(rows: list[Person], values: list[int], member: bool) -> None:
    same(of([*rows, *((9, member, float(value)) for value in values)]), of(rows))


@pytest.mark.parametrize(
    ("rows", "estimate", "why"),
    [
        ([(0, True, 3.0), (0, True, 4.0), (1, False, 3.0)], math.nan, "nobody to compare"),
        ([(0, True, 3.0), (0, False, math.nan)], math.nan, "nobody to compare"),
        ([(0, True, 3.0), (0, False, 3.0), (1, True, 5.0), (1, False, 5.0)], 0.0, "all the same"),
        ([(0, True, 0.1 + 0.2), (0, False, 0.3)], 0.0, "all the same"),
        ([(0, True, 0.0), (0, False, 0.0)], 0.0, "all the same"),
        ([(0, True, 3.0), (0, True, 5.0), (0, False, 6.0), (0, False, 7.0)], -2.5, "one cluster"),
        ([(n, side, 10.0 * n - 2 * side) for n in range(4) for side in (True, False)], -2.0, "clusters agree"),
    ],
)
def test_where_there_is_no_interval_it_is_said_why(rows: list[Person], estimate: float, why: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = of(rows)
    assert (found.no_interval, found.interval, found.reliable) == (why, None, False)
    assert found.estimate == pytest.approx(estimate, nan_ok=True)


def test_a_group_that_is_told_by_what_is_allowed_for_cannot_be_compared() -> None:
    rows = [(n % 3, n % 2 == 0, float(n)) for n in range(12)]
    found = of(rows, covariates=[[2.0 + 3 * member] for _, member, _ in rows])
    assert math.isnan(found.estimate)
    assert found.no_interval == "told by what is allowed for"


def test_as_many_coefficients_as_people_leave_nothing_to_learn_from() -> None:
    rows = [(n // 2, n % 2 == 0, float(n * n)) for n in range(4)]
    assert of(rows, cluster=[0, 1, 1, 2]).no_interval is None
    assert of(rows, cluster=[0, 1, 1, 2], covariates=[[1.0], [0.0], [5.0], [0.0]]).no_interval == "clusters agree"


def test_people_whose_number_or_covariate_is_not_known_are_left_out_and_counted() -> None:
    rows = [(n % 4, n % 3 == 0, float(n * 7 % 11)) for n in range(40)]
    gaps = [(s, member, math.nan if n == 5 else value) for n, (s, member, value) in enumerate(rows)]
    beside = [[math.nan if n == 6 else 1.0] for n in range(40)]
    found = of(gaps, covariates=beside)
    assert (found.left_out, found.people) == (2, 38)
    same(found, of([row for n, row in enumerate(rows) if n not in (5, 6)]))


@pytest.mark.parametrize(("strata", "reliable"), [(19, False), (20, True)])
def test_with_fewer_than_twenty_clusters_an_interval_is_called_unreliable(strata: int, reliable: bool) -> None:
    found = of([(n, side, float(n * n % 7 + 2 * side * (n % 3))) for n in range(strata) for side in (True, False)])
    assert found.interval is not None
    assert (found.clusters, found.reliable, found.smaller_side) == (strata, reliable, strata)


def test_a_level_strata_or_people_that_are_none_are_refused() -> None:
    with pytest.raises(EiaError):
        of([(0, True, 1.0), (0, False, 2.0)], level=1.0)
    with pytest.raises(EiaError):
        of([(-1, True, 1.0), (0, False, 2.0)])
    with pytest.raises(EiaError):
        of([(0, True, 1.0), (0, False, 2.0)], group=[True])
    with pytest.raises(EiaError):
        of([(0, True, math.inf), (0, False, 2.0)])


@pytest.mark.simulation
@pytest.mark.parametrize("strata", [20, 60])
def test_the_interval_covers_what_is_true_of_pools_that_differ(strata: int) -> None:
    runs, covered = 2000, 0
    for seed in range(runs):
        rng = np.random.default_rng(seed)
        stratum = np.repeat(np.arange(strata), 6)
        group = np.tile([True, True, False], 2 * strata)  # a third others, in every pool
        gap = rng.normal(-3, 2, strata)  # differs between pools, so that people of a pool err together
        value = 10 * stratum + gap[stratum] * group + rng.normal(0, 3, stratum.size)
        found = within_strata(value=value, group=group, stratum=stratum, level=0.95)
        assert found.interval is not None
        covered += -3 in found.interval
    assert abs(covered / runs - 0.95) <= 3 * math.sqrt(0.95 * 0.05 / runs)
