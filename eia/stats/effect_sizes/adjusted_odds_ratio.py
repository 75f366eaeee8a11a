"""Takes people pool by pool, and what to adjust for; gives the odds ratio of a group before and after the adjustment."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

from eia.errors import Fault
from eia.stats import checks
from eia.stats.checks import Flags, Floats, Ints
from eia.stats.effect_sizes.conditional_logistic import Likelihood, NoMaximumError, PooledPeople, maximum_likelihood
from eia.stats.exact.informative_pools import some_but_not_all
from eia.stats.exact.root_finding import rising_root
from eia.stats.results import Interval

METHOD = "conditional logistic, Firth's penalty"
PROFILE = "profile penalised likelihood"

ALLOWED = {
    "selected": "0 or 1 for each person.",
    "group": "0 or 1 for each person.",
    "pool": "A whole number from 0 for each person.",
    "adjusters": "A row of numbers for each person, none of them missing.",
}

OPEN = 12.0
"""A log odds ratio as far from 0 as this, 160,000 to 1, is as good as infinite."""

DEPENDENT = 1e-8
"""A column is a combination of others where less than this part of its spread inside pools is left without them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PenalisedOddsRatio:
    """The odds ratio of a group by penalised conditional likelihood.

    estimate: odds of being selected in the group over those outside it; always between 0 and infinity. ``nan`` where
        nothing can be estimated, with interval (0, inf) and p = 1; there p = ``nan`` says that the search did not settle.
    interval: every odds ratio that the penalised likelihood-ratio test does not reject.
    statistic, pvalue: of that test at an odds ratio of 1, chi-squared with 1 degree of freedom.
    """

    estimate: float
    interval: Interval
    statistic: float
    pvalue: float
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustedOddsRatio:
    """The odds ratio of a group inside pools, before and after an adjustment, by the same method.

    before, after: without and with the adjusters.
    used, dropped: the columns of adjusters, by place from 0; dropped where constant inside every pool, or a combination
        of earlier ones there.
    aliased: whether the group itself is a combination of the adjusters inside every pool; ``after`` is then ``nan``.
    pools: all given. informative_pools: where some go, some stay, and there are people of the group and others.
        one_group_pools: where some go and some stay, but all or none are of the group: these help to estimate what the
        adjusters do, and nothing else.
    people, selected, group_people, observed: everyone, those selected, those of the group, and those who are both; in
        informative pools only.
    level: coverage of both intervals, in (0, 1).
    """

    before: PenalisedOddsRatio
    after: PenalisedOddsRatio
    used: tuple[int, ...]
    dropped: tuple[int, ...]
    aliased: bool
    pools: int
    informative_pools: int
    one_group_pools: int
    people: int
    selected: int
    group_people: int
    observed: int
    level: float
    method: str


def adjusted_odds_ratio(
    *, selected: ArrayLike, group: ArrayLike, pool: ArrayLike, adjusters: ArrayLike, level: float = 0.95
) -> AdjustedOddsRatio:
    """Compare one group with everyone else in the same pools who is alike in other ways.

    Parameters
    ----------
    selected, group: whether each person is selected, and of the group; booleans, or 0 and 1.
    pool: each person's pool, a whole number from 0; any numbers will do.
    adjusters: (people, columns), numbers without gaps: years of age or service, a grade's rank, 0 and 1 for part-time; a category of c values
        as c - 1 such columns. Named before the result is seen. No columns at all are allowed.
    level: coverage of the intervals, in (0, 1).

    Returns
    -------
    AdjustedOddsRatio: see there for every field.

    Raises
    ------
    EiaError
        where the arrays do not hold what they should, or are of different people, or the level is not in (0, 1).

    Notes
    -----
    The model: within each pool the odds of being selected are multiplied by ψ for the group and by exp(γ) for each unit of
    an adjuster, given how many go. Pools have no coefficients: they are conditioned away. The likelihood carries Firth's penalty, half the log
    determinant of the information, which keeps every estimate finite where the selected and the retained can be told apart by
    the columns, and takes away most of the bias of small numbers. In the profile the penalty is that of all coefficients, so that
    p is at most 1 - level where the interval excludes 1.

    - ``before`` is penalised too, and so lies nearer 1 than the odds ratio of the exact test: the two are set side by side to
      show what the adjusters do. The exact test stays the test of who is selected within each pool.
    - A limit beyond exp(12), 160,000 to 1, is given as 0 or infinite.
    - p rests on a chi-squared approximation, unlike that of the exact test.
    - An adjuster may itself be a disadvantage (a grade held back, service broken off by care). What is left after adjusting is
      not the whole of the disparity, and no adjuster explains it away.

    References
    ----------
    Heinze and Puhr (2010), *Statistics in Medicine* 29, 770-777; Firth (1993), *Biometrika* 80, 27-38; Heinze and Schemper (2002),
    *Statistics in Medicine* 21, 2409-2419 (the profile and its test); Gail, Lubin and Rubinstein (1981), *Biometrika* 68, 703-707.

    Example
    -------
    Two pools of eight. Those who go have short service; those of the group have too.

    >>> result = adjusted_odds_ratio(
    ...     selected=[1, 1, 1, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0],
    ...     group=[1, 1, 0, 1, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 1, 0],
    ...     pool=[0] * 8 + [1] * 8,
    ...     adjusters=[[years] for years in [1, 2, 2, 3, 4, 2, 6, 7, 1, 5, 2, 4, 8, 6, 9, 3]])
    >>> round(result.before.estimate, 2), round(result.after.estimate, 2), round(result.after.pvalue, 2)
    (3.18, 1.58, 0.73)
    """
    chosen, member, code, columns = _checked(selected, group, pool, adjusters)
    alpha = checks.error_rate(level)
    names, code = np.unique(code, return_inverse=True)
    some, both = _mixed(chosen, code, names.size), _mixed(member, code, names.size)
    informative = (some & both)[code]

    told = some[code]
    _, told_code = np.unique(code[told], return_inverse=True)
    inside = _inside(np.column_stack([columns[told], member[told]]), told_code)
    last = columns.shape[1]
    kept = _independent(inside)
    used = [place for place in kept if place < last]
    aliased = bool(informative.any()) and last not in kept
    scale = np.sqrt((inside[:, used] ** 2).sum(axis=0) / max(len(inside), 1))
    x = np.column_stack([inside[:, last], inside[:, used] / scale])

    def estimate(x: Floats) -> PenalisedOddsRatio:
        return _odds_ratio(PooledPeople.of(x, told_code, chosen[told]), level=level, alpha=alpha)

    nothing = _undefined(level, pvalue=1.0)
    return AdjustedOddsRatio(
        before=estimate(x[:, :1]) if informative.any() else nothing,
        after=estimate(x) if last in kept else nothing,
        used=tuple(used),
        dropped=tuple(place for place in range(last) if place not in used),
        aliased=aliased,
        pools=names.size,
        informative_pools=int((some & both).sum()),
        one_group_pools=int((some & ~both).sum()),
        people=int(informative.sum()),
        selected=int(chosen[informative].sum()),
        group_people=int(member[informative].sum()),
        observed=int((chosen * member)[informative].sum()),
        level=level,
        method=METHOD,
    )


def _mixed(yes: Ints, code: Ints, pools: int) -> Flags:
    """Say of each pool whether it holds both a 1 and a 0."""
    return some_but_not_all(np.bincount(code, weights=yes, minlength=pools), np.bincount(code, minlength=pools))


def _inside(columns: Floats, code: Ints) -> Floats:
    """Give each column less its mean in the same pool; exactly 0 in pools where it is constant."""
    _, first = np.unique(code, return_index=True)
    columns = columns - columns[first][code]
    sums = np.stack([np.bincount(code, weights=column) for column in columns.T], axis=1)
    return columns - (sums / np.bincount(code)[:, None])[code]


def _independent(columns: Floats) -> list[int]:
    """Give the places of the columns that are no combination of those before, by Gram and Schmidt's process."""
    basis, kept = np.empty((len(columns), 0)), []
    for place, column in enumerate(columns.T):
        rest = column - basis @ (basis.T @ column)
        rest -= basis @ (basis.T @ rest)  # what rounding left
        size = np.linalg.norm(rest)
        if size > DEPENDENT * np.linalg.norm(column):
            basis = np.column_stack([basis, rest / size])
            kept.append(place)
    return kept


def _odds_ratio(people: PooledPeople, *, level: float, alpha: float) -> PenalisedOddsRatio:
    """Estimate the odds ratio of the first column, whatever the others are."""
    try:
        flat = np.zeros_like(
            people.observed
        )  # the information is never gone there; far out, as beside ``best``, it may be
        best, null = maximum_likelihood(people, flat), maximum_likelihood(people, flat, held=1)
        low, high = (_limit(people, best, side, quantile=-float(ndtri(0.5 * alpha))) for side in (-1.0, 1.0))
    except NoMaximumError:
        return _undefined(level, pvalue=math.nan)
    statistic = max(2.0 * (best.value - null.value), 0.0)
    return PenalisedOddsRatio(
        estimate=math.exp(best.beta[0]),
        interval=Interval(low=math.exp(low), high=math.exp(high), level=level, method=PROFILE),
        statistic=statistic,
        pvalue=math.erfc(math.sqrt(0.5 * statistic)),
        method=METHOD,
    )


def _limit(people: PooledPeople, best: Likelihood, side: float, *, quantile: float) -> float:
    """Give the log odds ratio on one side at which the root of the likelihood-ratio statistic is this normal quantile."""
    nearest = best

    def root(outward: float) -> tuple[float, float]:
        nonlocal nearest
        along = np.linalg.solve(nearest.information[1:, 1:], nearest.information[1:, 0])
        start = nearest.beta[1:] - (side * outward - nearest.beta[0]) * along
        nearest = maximum_likelihood(people, np.array([side * outward, *start]), held=1)
        depth = math.sqrt(max(2.0 * (best.value - nearest.value), 0.0))
        return depth - quantile, -side * float(nearest.score[0]) / depth if depth > 0.0 else 0.0

    centre = side * float(best.beta[0])
    error = math.sqrt(np.linalg.inv(best.information)[0, 0])
    outward = rising_root(root, start=centre + quantile * error, low=centre, high=max(centre, OPEN))
    return side * (outward if outward < OPEN else math.inf)


def _undefined(level: float, *, pvalue: float) -> PenalisedOddsRatio:
    interval = Interval(low=0.0, high=math.inf, level=level, method=PROFILE)
    return PenalisedOddsRatio(estimate=math.nan, interval=interval, statistic=math.nan, pvalue=pvalue, method=METHOD)


def _checked(
    selected: ArrayLike, group: ArrayLike, pool: ArrayLike, adjusters: ArrayLike
) -> tuple[Ints, Ints, Ints, Floats]:
    arrays = {"selected": selected, "group": group, "pool": pool, "adjusters": adjusters}
    values = {name: np.asarray(array) for name, array in arrays.items()}
    checks.refuse(fault for name in values for fault in _faults(name, values))
    chosen, member, code = (values[name].astype(np.int64) for name in ("selected", "group", "pool"))
    return chosen, member, code, values["adjusters"].astype(np.float64)


def _faults(name: str, arrays: dict[str, NDArray[Any]]) -> Iterable[Fault]:
    values, people = arrays[name], arrays["selected"].shape[:1]
    dimensions = 2 if name == "adjusters" else 1
    what = None
    if values.ndim != dimensions:
        what = f"{name} has {values.ndim} dimensions, not {dimensions}."
    elif values.shape[:1] != people:
        what = f"{name} is of {len(values)} people, selected of {people[0]}."
    elif values.size and values.dtype.kind not in "biuf":
        what = f"{name} is not made of numbers."
    elif not np.isfinite(values).all():
        what = f"{name} holds numbers that are missing or infinite."
    elif name == "pool" and np.any((values < 0) | (values != np.floor(values))):
        what = "pool holds numbers that are negative or not whole."
    elif name in ("selected", "group") and np.any((values != 0) & (values != 1)):
        what = f"{name} holds numbers other than 0 and 1."
    if what:
        yield Fault(
            code="not-people", what=what, allowed=ALLOWED[name], do="Give one entry a person, in the same order."
        )
