"""Takes all groups of a characteristic, selected and in all, pool by pool; gives the test of all of them at once."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.linalg import pinvh
from scipy.special import chdtrc

from eia import budget
from eia.errors import EiaError, Fault
from eia.stats import checks
from eia.stats.checks import Floats, Ints
from eia.stats.exact.conditional_distribution import TIE
from eia.stats.exact.informative_pools import informative_pools
from eia.stats.exact.log_probabilities import log_binomial
from eia.stats.permutation.score_sums import ScoredPool, redraw
from eia.stats.permutation.westfall_young import standard_error

TOO_MANY = 10**9
"""A pool of so many people cannot be drawn from."""

NO_LINK = 1e-9
"""An eigenvalue of the correlations below this is 0 but for rounding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssociationTest:
    """All groups of a characteristic at once, conditional on every pool's margins.

    groups, pools: all given. informative_pools: those where some but not all go, and that hold at least two groups. people, selected:
        everyone, and everyone selected, in these.
    statistic: generalised Cochran-Mantel-Haenszel, for general association. dof: its degrees of freedom. chi_squared_pvalue: its p from the
        chi-squared law. 0, 0 and 1 with no informative pool.
    pvalue: exact, or from tables drawn. standard_error: its Monte Carlo standard error; 0 where it is exact.
    draws: tables drawn besides the one observed; 0 where pvalue is exact. seed: where they began.
    """

    groups: int
    pools: int
    informative_pools: int
    people: int
    selected: int
    statistic: float
    dof: int
    chi_squared_pvalue: float
    pvalue: float
    standard_error: float
    draws: int
    seed: int
    method: str


def association(
    *, group_selected: ArrayLike, group_total: ArrayLike, seed: int, draws: int = 10_000
) -> AssociationTest:
    """Test all groups of a characteristic together, each against the others in the same pools.

    Parameters
    ----------
    group_selected, group_total: people of each group selected, and in all. Two integer arrays (groups, pools); together the groups are
        everyone in the pool.
    seed: where the draws begin. draws: how many, where the tables are too many to go through.

    Returns
    -------
    AssociationTest: see there for every field.

    Raises
    ------
    EiaError
        where a count is not a whole number from 0, a part is larger than its whole, or a pool holds 10^9 people or more.

    Notes
    -----
    With d the people selected above expectation, group by group, and V their covariance if selection ignored the groups, both added up over
    pools, the statistic is d' V⁻ d. Its degrees of freedom are the rank of V: groups less one, where every two of them are linked by pools.

    - p is the probability of a statistic at least as large, to within 1e-7 of it, the margins of every pool being fixed. Where tables are
      drawn it is (b + 1) / (draws + 1), b of them being so.
    - A pool where nobody or everybody goes, or that holds one group only, says nothing and is left out. No informative pool: p = 1.
    - With two groups the statistic is z² of the stratified test.

    References
    ----------
    Landis, Heyman and Koch (1978), *International Statistical Review* 46, 237-254.

    Example
    -------
    Admissions to Berkeley's graduate school in 1973, men and women in six departments; "selected" is rejected.

    >>> test = association(group_selected=[[313, 207, 205, 279, 138, 351], [19, 8, 391, 244, 299, 317]],
    ...     group_total=[[825, 560, 325, 417, 191, 373], [108, 25, 593, 375, 393, 341]], seed=1)
    >>> round(test.statistic, 4), test.dof, round(test.chi_squared_pvalue, 4)
    (1.5246, 1, 0.2169)
    """
    checked = checks.counts(
        {"group_selected": group_selected, "group_total": group_total},
        dimensions=2,
        at_most=[("group_selected", "group_total")],
    )
    x, n = checked.values()
    if np.any(n.sum(axis=0) >= TOO_MANY):
        raise EiaError(
            Fault(
                code="too-many-to-draw",
                what="A pool holds more people than can be drawn from.",
                allowed=f"Fewer than {TOO_MANY:,} people a pool.",
                do="Check that the counts are of people.",
            )
        )
    pools, draws = _informative(x, n), checks.count("draws", draws)
    distance = _Distance.of(pools) if pools else None
    pvalue, exact = _chance(pools, distance, draws=draws, seed=seed) if distance else (1.0, True)
    statistic, dof = (distance.observed, distance.dof) if distance else (0.0, 0)
    return AssociationTest(
        groups=x.shape[0],
        pools=x.shape[1],
        informative_pools=len(pools),
        people=sum(int(pool.people.sum()) for pool in pools),
        selected=sum(int(pool.selected.sum()) for pool in pools),
        statistic=statistic,
        dof=dof,
        chi_squared_pvalue=float(chdtrc(dof, statistic)) if dof else 1.0,
        pvalue=pvalue,
        standard_error=0.0 if exact else standard_error(pvalue, draws + 1),
        draws=0 if exact else draws,
        seed=seed,
        method="generalised Cochran-Mantel-Haenszel",
    )


def _informative(x: Ints, n: Ints) -> list[ScoredPool]:
    """Give the pools where some but not all go and that hold two groups or more; each person scores one for the own group."""
    informative = informative_pools(n, x.sum(axis=0), n.sum(axis=0)).any(axis=0)
    each_one = np.eye(len(n))
    return [
        ScoredPool(people, selected, each_one)
        for people, selected in zip(n.T[informative], x.T[informative], strict=True)
    ]


def _chance(pools: list[ScoredPool], distance: _Distance, *, draws: int, seed: int) -> tuple[float, bool]:
    """Give the probability of a statistic at least as large as the one observed; and whether that is exact."""
    least = distance.observed - TIE * (1.0 + distance.observed)
    if math.prod(_most_tables(pool) for pool in pools) <= budget.TABLES_OF_GROUPS:
        totals, log_mass = np.zeros((1, distance.expected.size)), np.zeros(1)
        for pool in pools:
            tables = _every_table(pool)
            totals = (totals[:, None] + tables).reshape(-1, distance.expected.size)
            log_mass = np.add.outer(log_mass, _log_mass(tables, pool)).ravel()
        at_least = distance(totals) >= least
        return min(float(np.exp(log_mass[at_least]).sum()), 1.0), True
    totals, complete = redraw(pools, draws=draws, seed=seed)
    return float(np.mean(distance(totals) >= least)), complete


def _most_tables(pool: ScoredPool) -> float:
    """Give a bound on the number of tables: any number in all groups but the one with most room, which takes the rest."""
    with np.errstate(over="ignore"):  # beyond all numbers is beyond the bound too
        return float(np.prod(np.sort(_room(pool))[:-1], dtype=np.float64))


def _room(pool: ScoredPool) -> Ints:
    """Give in how many ways each group can come out, were it not for the others."""
    room: Ints = np.minimum(pool.people, pool.selected.sum()) + 1
    return room


def _every_table(pool: ScoredPool) -> Ints:
    """List the selected by group in all tables with the pool's margins: (tables, groups)."""
    room = _room(pool)
    *others, last = np.argsort(room, kind="stable").tolist()
    varied = [group for group in others if room[group] > 1]
    tables = np.zeros((math.prod(room[varied].tolist()), room.size), dtype=np.int64)
    tables[:, varied] = np.indices(room[varied].tolist()).reshape(len(varied), -1).T
    rest = pool.selected.sum() - tables.sum(axis=1)
    tables[:, last] = rest
    fitting: Ints = tables[(rest >= 0) & (rest <= pool.people[last])]
    return fitting


def _log_mass(tables: Ints | Floats, pool: ScoredPool) -> Floats:
    """Give the log probability of selections by group (..., groups), if selection ignored the groups.

    It is that of independent binomial numbers with the pool's share to go, given their sum.
    """
    there = pool.people > 0
    selected, people = tables[..., there].astype(np.float64), pool.people[there].astype(np.float64)
    chosen, everyone = pool.selected.sum(dtype=np.float64), people.sum()
    go, stay = float(chosen / everyone), float((everyone - chosen) / everyone)
    log_mass: Floats = log_binomial(selected, people, go, stay).sum(axis=-1) - log_binomial(chosen, everyone, go, stay)
    return log_mass


@dataclass(frozen=True, slots=True, eq=False)
class _Distance:
    """How far numbers selected by group, over all pools, lie from those expected: d' V⁻ d.

    expected: (groups,). inverse: V⁻, (groups, groups). dof: the rank of V. observed: the distance of those selected.
    """

    expected: Floats
    inverse: Floats
    dof: int
    observed: float

    @classmethod
    def of(cls, pools: list[ScoredPool]) -> _Distance:
        people, selected = np.array([pool.people for pool in pools]), np.array([pool.selected for pool in pools])
        n, m = people.sum(axis=1, keepdims=True), selected.sum(axis=1, keepdims=True)
        share = people / n
        weighted = m * ((n - m) / (n - 1.0)) * share
        covariance = np.diag(weighted.sum(axis=0)) - weighted.T @ share
        sd = np.sqrt(np.diag(covariance))
        scale = np.divide(1.0, sd, out=np.zeros_like(sd), where=sd > 0.0)
        inverse, rank = pinvh(covariance * np.outer(scale, scale), rtol=NO_LINK, return_rank=True)
        expected, inverse = (m * share).sum(axis=0), inverse * np.outer(scale, scale)
        return cls(expected, inverse, int(rank), float(_quadratic(selected.sum(axis=0) - expected, inverse)))

    def __call__(self, selected: Floats) -> Floats:
        """Give the distance of numbers selected (..., groups)."""
        return _quadratic(selected - self.expected, self.inverse)


def _quadratic(excess: Floats, inverse: Floats) -> Floats:
    form: Floats = np.sum((excess @ inverse) * excess, axis=-1)
    return np.maximum(form, 0.0)
