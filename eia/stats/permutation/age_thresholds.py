"""Takes people with their pool, whether they are selected, and their age; gives the age cut that tells most, found by searching."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from eia.stats import checks
from eia.stats.checks import Floats, Ints
from eia.stats.exact.conditional_distribution import TIE, PoolMargins
from eia.stats.exact.informative_pools import informative_pools, some_but_not_all
from eia.stats.permutation.score_sums import ScoredPool, redraw
from eia.stats.permutation.values_by_pool import PoolValues, values_by_pool
from eia.stats.permutation.westfall_young import standard_error

NAMED = (22, 41, 50, 55, 60, 65)
"""Ages looked at whatever they show."""

LEAST_PEOPLE = 10
LEAST_SHARE = 0.05
"""A cut is searched only with so many people, and such a share of them, on either side of it in informative pools."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeThreshold:
    """Those of an age and older, against everyone younger in the same pools.

    age: in whole years; the group is everyone of this age or older.
    group_selected, group_total, selected, total: one entry a pool, all pools, as ``stratified_test`` takes them.
    informative_pools: pools where some but not all go, and that hold both older and younger people. older, younger: people in these.
    excess: older people selected above the number expected; variance: of that number, if selection ignored age.
    z: excess / sd; above 0 where older people go more often, ``nan`` with no informative pool.
    """

    age: int
    group_selected: tuple[int, ...]
    group_total: tuple[int, ...]
    selected: tuple[int, ...]
    total: tuple[int, ...]
    informative_pools: int
    older: int
    younger: int
    excess: float
    variance: float
    z: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeThresholdSearch:
    """The age cut that tells most among those searched, and the named cuts.

    pools: which pools the entries of every cut stand for, as given. unknown: people left out, since their age is not known.
    searched: the ages searched. best: the cut with z farthest from 0, the lowest age of several; ``None`` where none could be searched.
    pvalue: how often even-handed selection gives any searched cut a z at least as far from 0 as that of the best; ``nan`` without one.
    standard_error: its Monte Carlo standard error; 0 where every way to select was gone through.
    named: the cuts named beforehand, in the order given; no p-value here allows for these.
    draws: selections drawn besides the one made; 0 where every way to select was gone through. seed: where they began.
    """

    pools: tuple[int, ...]
    unknown: int
    searched: tuple[int, ...]
    best: AgeThreshold | None
    pvalue: float
    standard_error: float
    named: tuple[AgeThreshold, ...]
    draws: int
    seed: int
    method: str


def age_thresholds(
    *,
    pool: ArrayLike,
    selected: ArrayLike,
    age: ArrayLike,
    seed: int,
    named: Sequence[int] = NAMED,
    draws: int = 10_000,
) -> AgeThresholdSearch:
    """Search every age cut for the one at which those selected differ most from those retained in the same pools.

    Parameters
    ----------
    pool, selected, age: as for :func:`eia.stats.permutation.values_by_pool.values_by_pool`, which raises EiaError; age in
        years, parts of a year being cut off.
    seed: where the draws begin. named: ages to give whatever they show, whole numbers from 0. draws: how many.

    Returns
    -------
    AgeThresholdSearch: see there for every field.

    Notes
    -----
    A cut at age c sets those of c and older against everyone younger. There is one for each whole age of anyone, provided that its
    informative pools hold at least 10 people and 5% of their people on either side. Its z is (O - E) / sd, where O of the older are selected
    and E and sd are those of the sum of hypergeometric numbers, one a pool.

    - The largest of many z is large by chance. So it is compared with the largest z of selections that ignore age: of every way to select
      as many people from each pool, where there are no more ways than ``draws``, or else of ``draws`` of them. The cuts are the same in each.
    - A z within 1e-7 of another counts as equal.
    - This is a family of its own, found by searching. The p-value of a ``stratified_test`` of the best cut alone would be far too small.

    References
    ----------
    Miller and Siegmund (1982), *Biometrics* 38, 1011-1016; Lausen and Schumacher (1992), *Biometrics* 48, 73-85.

    Example
    -------
    One pool of twenty-two people aged 30 to 51, of whom the four oldest go.

    >>> search = age_thresholds(pool=[1] * 22, selected=[age > 47 for age in range(30, 52)], age=range(30, 52), seed=1)
    >>> search.searched, search.best.age, search.best.group_selected, round(search.best.z, 2), round(search.pvalue, 3)
    ((40, 41, 42), 42, (4,), 2.37, 0.057)
    """
    years = np.asarray(age)
    whole = np.floor(years) if years.dtype.kind == "f" else years
    pools, unknown = values_by_pool(pool=pool, selected=selected, value=whole)
    named = tuple(checks.counts({"named": list(named)})["named"].tolist())
    draws = checks.count("draws", draws)
    people = _People.of(pools)
    ages = np.unique(people.age).astype(np.int64).tolist()
    searched = [cut for cut in (_cut(people, age) for age in ages) if _is_searched(cut)]
    largest = max((abs(cut.z) for cut in searched), default=math.nan)
    best = next((cut for cut in searched if abs(cut.z) >= largest - TIE), None)
    rows, complete = _largest(pools, searched, draws=draws, seed=seed)
    pvalue = float(np.mean(rows >= largest - TIE)) if searched else math.nan
    return AgeThresholdSearch(
        pools=tuple(each.pool for each in pools),
        unknown=unknown,
        searched=tuple(cut.age for cut in searched),
        best=best,
        pvalue=pvalue,
        standard_error=0.0 if complete else standard_error(pvalue, rows.size),
        named=tuple(_cut(people, age) for age in named),
        draws=0 if complete else draws,
        seed=seed,
        method="found by searching",
    )


@dataclass(frozen=True, slots=True)
class _People:
    """All pools in one: place, age, people, selected, one entry an age and pool; chosen, everyone, one entry a pool."""

    place: Ints
    age: Floats
    people: Ints
    selected: Ints
    chosen: Ints
    everyone: Ints

    @classmethod
    def of(cls, pools: Sequence[PoolValues]) -> _People:
        place = np.repeat(np.arange(len(pools)), [each.value.size for each in pools])
        nobody = np.empty(0, dtype=np.int64)
        age, people, selected = (
            np.concatenate([nobody, *(getattr(each, name) for each in pools)])
            for name in ("value", "people", "selected")
        )
        counts = [np.array([getattr(each, name) for each in pools], dtype=np.int64) for name in ("chosen", "everyone")]
        return cls(place, age, people, selected, *counts)


def _cut(people: _People, age: int) -> AgeThreshold:
    """Count older and younger people pool by pool."""
    older, m, n = people.age >= age, people.chosen, people.everyone
    x, g = (
        np.bincount(people.place[older], weights=counts[older], minlength=n.size).astype(np.int64)
        for counts in (people.selected, people.people)
    )
    informative = informative_pools(g, m, n)
    margins = PoolMargins.of(g, m, n)
    excess = float(x[informative].sum()) - margins.mean
    return AgeThreshold(
        age=age,
        group_selected=tuple(x.tolist()),
        group_total=tuple(g.tolist()),
        selected=tuple(m.tolist()),
        total=tuple(n.tolist()),
        informative_pools=int(informative.sum()),
        older=int(g[informative].sum()),
        younger=int((n - g)[informative].sum()),
        excess=excess,
        variance=margins.variance,
        z=excess / math.sqrt(margins.variance) if margins.variance else math.nan,
    )


def _is_searched(cut: AgeThreshold) -> bool:
    return min(cut.older, cut.younger) >= max(LEAST_PEOPLE, LEAST_SHARE * (cut.older + cut.younger))


def _largest(
    pools: Sequence[PoolValues], searched: Sequence[AgeThreshold], *, draws: int, seed: int
) -> tuple[Floats, bool]:
    """Give the largest distance of z from 0, over the cuts, in every way to select or in draws; and whether that is all ways."""
    if not searched:
        return np.empty(0), True
    ages = np.array([cut.age for cut in searched])
    made_up = []
    for each in pools:
        if some_but_not_all(each.chosen, each.everyone):
            older = (each.value[:, None] >= ages).astype(np.float64)
            share = each.people @ older / each.everyone  # taken off, so that those selected add up to the excess
            made_up.append(ScoredPool(each.people, each.selected, older - share))
    excess, complete = redraw(made_up, draws=draws, seed=seed)
    sd = np.sqrt([cut.variance for cut in searched])
    return np.max(np.abs(excess) / sd, axis=1), complete
