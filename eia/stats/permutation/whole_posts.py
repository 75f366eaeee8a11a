"""Takes groups counted by block (posts, units or pools) and a weight for each; gives the test that permutes whole blocks.

Posts go, not people one by one: what is put in scope is a post with everyone in it, and a share to go falls on a pool as a whole. So
the question of scope, and that of spread, is answered by dealing the same weights to the blocks in another order.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri

from eia.errors import EiaError, Fault
from eia.stats import checks
from eia.stats.checks import Flags, Floats, Ints
from eia.stats.exact.conditional_distribution import TIE
from eia.stats.multiplicity import FamilyWeights
from eia.stats.permutation.arrangements import Arranged, Blocks, Draw, arranged, by_unit, of_about_one_size
from eia.stats.permutation.westfall_young import (
    any_family_positive,
    in_families,
    standard_error,
    tail_shares,
    westfall_young,
)
from eia.stats.results import Interval

Among = Literal["all", "alike", "units"]
"""What was permuted: all blocks, blocks of about one size, or whole units."""
Decides = Literal["larger", "one size"]
"""Which p counts where blocks were also permuted among those of about one size: the larger of the two, or that one alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PermutedTest:
    """One group against everyone else, whole blocks being permuted.

    blocks: blocks with anyone in them. fewest: of these, on the smaller of the two sides, those with a weight above the average over people
        and the others (units, where fewer of them are on a side and they were permuted too); below 10 there are too few to tell whether it
        could be chance.
    excess: Σ weight x (group - everyone x group's share), in people.
    gap: the excess above its mean over the permutations that decide, in people; among all blocks that mean is 0. sd: its standard deviation over
        them; where the larger p decides, the larger of theirs.
    gap_interval: gap -/+ z sd; an approximation, from the spread of the permuted results.
    among_all: two-sided p of an excess at least as far from 0, all blocks being permuted. among_alike: the same among blocks of about one size
        only, the excess being counted from its mean over these permutations; ``nan`` where that was not asked, or they are all of about one
        size. among_units: the same, whole units being permuted
        and blocks within each; ``nan`` where that was not asked. pvalue: the one that decides. Each p is 1
        where no permutation changes anything.
    one_size: whether p among blocks of about one size decides alone.
    apart: whether the permutations point to different sides of their means, so that no direction can be told.
    pvalue_greater, pvalue_less: one-sided, among all.
    adjusted_pvalue: pvalue adjusted for the family; own_pvalue: adjusted for the tests of its own family within it alone. Both ``nan`` where no
        permutation changes anything, or the test is not counted.
    standing_out: how often the permutations give some group of the family an own_pvalue that is small; the largest of those that decide.
    standard_error: Monte Carlo standard error of pvalue; 0 where every arrangement was gone through.
    draws: arrangements drawn, or gone through, besides the one observed. seed: where the draws began.
    """

    blocks: int
    fewest: int
    excess: float
    gap: float
    sd: float
    gap_interval: Interval
    pvalue: float
    among_all: float
    among_alike: float
    among_units: float
    one_size: bool
    apart: bool
    pvalue_greater: float
    pvalue_less: float
    adjusted_pvalue: float
    own_pvalue: float
    standing_out: float
    standard_error: float
    draws: int
    seed: int
    level: float
    method: str

    @property
    def deciding(self) -> tuple[float, ...]:
        """The p of which pvalue is the largest."""
        if self.one_size:
            return (self.among_alike,)
        return tuple(p for p in (self.among_all, self.among_alike, self.among_units) if not math.isnan(p))

    @property
    def decides(self) -> Among:
        """What was permuted for the p that decides."""
        by_p: dict[float, Among] = {self.among_units: "units", self.among_alike: "alike"}
        return by_p.get(self.pvalue, "all")

    def interval(self, level: float) -> Interval:
        """The interval of the gap at another level."""
        return _around(self.gap, self.sd, level)


def permuted_blocks(
    *,
    weights: ArrayLike,
    group_total: ArrayLike,
    total: ArrayLike,
    size: ArrayLike | None = None,
    unit: ArrayLike | None = None,
    decides: Decides = "larger",
    counted: ArrayLike | None = None,
    family: FamilyWeights | None = None,
    small: float = 0.05,
    seed: int,
    draws: int = 10_000,
    level: float = 0.95,
) -> tuple[PermutedTest, ...]:
    """Test whether the weights of blocks have to do with who is in them, for a family of groups at once.

    Parameters
    ----------
    weights: (blocks,), or (groups, blocks) where they depend on whose answer is known. Scope: 1 for a post in a pool, else 0. Spread:
        the share of the pool that is to go. Where total is 0 a weight is ignored.
    group_total, total: people of the group, and everyone of known answer, (groups, blocks), integers.
    size: (blocks,) how large each block is, a whole number: where given, the weights are also permuted among blocks of about one size only.
    unit: (blocks,) the unit of each block, whole numbers from 0, where blocks go in by unit: then whole units are permuted too, each with the
        share of its blocks, and the blocks within each unit.
    decides: which p counts then: the larger, or that among blocks of about one size alone.
    counted: (groups,) whether a group counts in the family; False for the second of two that mirror each other. All count by default.
    family: how the error of the family is shared out over the groups, and which of them are a family of their own; evenly, and all one, by
        default.
    small: at or below which an own_pvalue stands out. seed: where the draws begin. draws: how many. level: coverage of the intervals, in (0, 1).

    Returns
    -------
    One PermutedTest a group, in order: see there for every field.

    Raises
    ------
    EiaError
        where a count is not a whole number from 0, a group is larger than its block, the weights are not finite numbers, these or the
        sizes are not of the same blocks, ``counted`` or ``family`` is not of the same groups, or the level is not in (0, 1).

    Notes
    -----
    The model: every order of the weights over the blocks is as likely as the one there is. All groups are tested on the same orders.

    - A post of one person rarely makes a pool, a share to go of whole people varies more in the smaller pool, and more of a group may work in
      one or the other. Then not every order is as likely, and p among all blocks may be far too small. Among blocks of about one size it
      holds, but says nothing of what depends on size. The larger of the two is no smaller than it should be where either model holds.
      Among all pools the noisy shares of small ones also hide what one size shows: there the second may decide alone.
    - Where blocks go in by unit they are not chosen one by one. The excess has a part that lies between units and one within them; units are
      permuted for the first and blocks within their units for the second, and the two are added up.
    - Blocks are of about one size that stand next to each other in order of size, at least 10 together and those of the same size never apart.
    - With no more distinct orders than ``draws``, each is gone through once, and p is exact. Otherwise p = (b + 1) / (draws + 1).
    - Blocks without anyone of known answer are left out, group by group; the others keep their weights.
    - Two excesses within 1e-7 of a standard deviation count as equal. In the family, of two groups that equally few orders take so far, the
      one farther out in standard deviations is the stronger: else no p there could be below the number of groups over that of draws.
    - A group spread evenly over all blocks, weights all alike, fewer than two blocks: nothing to permute, p = 1, sd 0.
    - The variance is Σ(w - w̄)² Σe² / (blocks - 1), with e = group - everyone x group's share, whose mean is 0.

    References
    ----------
    Pitman (1937), *JRSS Supplement* 4, 119-130; the variance: Hoeffding (1951), *Annals of Mathematical Statistics* 22, 558-566, theorem 2;
    the family: Westfall and Young (1993), *Resampling-Based Multiple Testing*, algorithm 2.8.

    Example
    -------
    Six posts of ten people, the three with most women in scope: 1 of the 20 ways to put three in scope, and 1 more as far the other way.

    >>> (women,) = permuted_blocks(weights=[1, 1, 1, 0, 0, 0], group_total=[[9, 8, 7, 5, 4, 3]], total=[[10] * 6], seed=1)
    >>> women.excess, women.pvalue, women.fewest, women.method
    (6.0, 0.1, 3, 'permutation of blocks, every arrangement')
    """
    checks.error_rate(level)
    g, n = checks.counts(
        {"group_total": group_total, "total": total}, dimensions=2, at_most=[("group_total", "total")]
    ).values()
    w = _weights(weights, n)
    in_family = _counted(counted, n.shape[0])
    shared = (family or FamilyWeights.even(len(n))).of(len(n))
    alike = everywhere = np.zeros(n.shape[1], dtype=np.int64)
    if size is not None:
        alike = of_about_one_size(checks.counts({"total": n.sum(axis=0), "size": size})["size"])
    blocks, draw = Blocks(w, _residuals(g, n), n), Draw(seed=seed, draws=checks.count("draws", draws))
    judge = partial(_judged, in_family=in_family, family=shared, small=small)
    among_all = judge(arranged(blocks, everywhere, draw))
    among_alike = judge(arranged(blocks, alike, draw)) if alike.any() else among_all
    deciding = [among_alike] if decides == "one size" else [among_all, among_alike]
    fewest, among_units = blocks.fewest, None
    if unit is not None:
        of_unit = checks.counts({"total": n.sum(axis=0), "unit": unit})["unit"]
        units = blocks.by(of_unit)
        among_units = judge(by_unit(arranged(blocks, of_unit, draw), units, draw))
        deciding, fewest = [*deciding, among_units], np.minimum(fewest, units.fewest)

    excess = (w * blocks.residuals).sum(axis=1)
    gap = excess - deciding[0].mean
    sd = np.max([one.sd for one in deciding], axis=0)
    adjusted, own = (
        np.max([np.where(sd > 0.0, np.where(one.sd > 0.0, getattr(one, p), 1.0), np.nan) for one in deciding], axis=0)
        for p in ("adjusted", "own")
    )
    above_mean = np.array([excess - one.mean for one in deciding])
    apart = (above_mean.min(axis=0) < -checks.ROUNDING) & (above_mean.max(axis=0) > checks.ROUNDING)
    tests = []
    for i in range(len(n)):
        one = max(deciding, key=lambda permuted: permuted.pvalue[i])
        tests.append(
            PermutedTest(
                blocks=int(blocks.held[i].sum()),
                fewest=int(fewest[i]),
                excess=float(excess[i]),
                gap=float(gap[i]),
                sd=float(sd[i]),
                gap_interval=_around(float(gap[i]), float(sd[i]), level),
                pvalue=float(one.pvalue[i]),
                among_all=float(among_all.pvalue[i]),
                among_alike=float(among_alike.pvalue[i]) if alike.any() else math.nan,
                among_units=float(among_units.pvalue[i]) if among_units else math.nan,
                one_size=decides == "one size" and bool(alike.any()),
                apart=bool(apart[i]),
                pvalue_greater=float(among_all.greater[i]),
                pvalue_less=float(among_all.less[i]),
                adjusted_pvalue=float(adjusted[i]) if in_family[i] else math.nan,
                own_pvalue=float(own[i]) if in_family[i] else math.nan,
                standing_out=max(permuted.standing_out for permuted in deciding),
                standard_error=0.0 if one.complete else standard_error(float(one.pvalue[i]), one.rows),
                draws=among_all.rows - 1,
                seed=seed,
                level=level,
                method="permutation of blocks, " + ("every arrangement" if among_all.complete else "Monte Carlo"),
            )
        )
    return tuple(tests)


def excess_by_chance(
    *,
    weights: ArrayLike,
    group_total: ArrayLike,
    total: ArrayLike,
    among: Among,
    size: ArrayLike = (),
    unit: ArrayLike = (),
    seed: int,
    draws: int = 10_000,
) -> Floats:
    """Give the excess of one group, in people, at every arrangement that its test holds the observed one against; the observed one first.

    Of the same arrays as :func:`permuted_blocks` takes, for one group (blocks,). among: what is permuted; "alike" needs ``size``, "units" ``unit``.

    >>> excess = excess_by_chance(weights=[1, 1, 1, 0, 0, 0], group_total=[9, 8, 7, 5, 4, 3], total=[10] * 6, among="all", seed=1)
    >>> len(excess), float(excess[0]), float(excess.min())
    (20, 6.0, -6.0)
    """
    g, n = checks.counts(
        {"group_total": np.asarray(group_total)[None], "total": np.asarray(total)[None]},
        dimensions=2,
        at_most=[("group_total", "total")],
    ).values()
    blocks, draw = (
        Blocks(_weights(weights, n), _residuals(g, n), n),
        Draw(seed=seed, draws=checks.count("draws", draws)),
    )
    if among == "units":
        of_unit = checks.counts({"total": n[0], "unit": unit})["unit"]
        return by_unit(arranged(blocks, of_unit, draw), blocks.by(of_unit), draw).excess[:, 0]
    alike = (
        of_about_one_size(checks.counts({"total": n[0], "size": size})["size"])
        if among == "alike"
        else np.zeros_like(n[0])
    )
    return arranged(blocks, alike, draw).excess[:, 0]


def _residuals(group: Ints, total: Ints) -> Floats:
    """People of each group in each block, less its share of everyone."""
    people = np.maximum(total.sum(axis=1), 1)
    residuals: Floats = group - total * (group.sum(axis=1) / people)[:, None]
    return residuals


def _around(gap: float, sd: float, level: float) -> Interval:
    half = -float(ndtri(0.5 * checks.error_rate(level))) * sd
    return Interval(
        low=gap - half, high=gap + half, level=level, method="approximate, from the spread of the permuted results"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Permuted:
    """What permuting gave, each an array of one entry a group. mean: of the excess. adjusted, own: ``nan`` where nothing changes, or the
    group is not counted.

    rows: the arrangements, the one observed among them. complete: whether these are all there are.
    """

    mean: Floats
    sd: Floats
    pvalue: Floats
    greater: Floats
    less: Floats
    adjusted: Floats
    own: Floats
    standing_out: float
    rows: int
    complete: bool


def _judged(arranged: Arranged, *, in_family: Flags, family: FamilyWeights, small: float) -> _Permuted:
    """Count how often the excess lies as far from its mean as the one observed."""
    varies = arranged.sd > checks.ROUNDING
    sd = np.where(varies, arranged.sd, 0.0)
    standardised = (arranged.excess - arranged.mean) / np.where(varies, sd, np.inf)
    greater, less = ((sign * standardised >= sign * standardised[0] - TIE).mean(axis=0) for sign in (1.0, -1.0))
    distances = np.abs(standardised)
    shares = tail_shares(distances)
    # Of equal shares, the one farther out is the stronger.
    scores = shares - 0.5 / len(distances) * distances / (1.0 + distances)
    counts = varies & in_family
    adjusted, own = np.full((2, varies.size), np.nan)
    adjusted[counts] = westfall_young(scores[:, counts] / family.weights[counts])
    own[counts] = in_families(scores[:, counts], family.own[counts])
    standing_out = any_family_positive(scores[:, counts], family.own[counts], small)
    return _Permuted(
        mean=arranged.mean, sd=sd, pvalue=shares[0], greater=greater, less=less, adjusted=adjusted, own=own,
        standing_out=standing_out, rows=len(distances), complete=arranged.complete,
    )  # fmt: skip


def _weights(weights: ArrayLike, total: Ints) -> Floats:
    """Check the weights, and give one a group and block: 0 where there is nobody."""
    values = np.asarray(weights)
    values = np.broadcast_to(values, total.shape) if values.shape == total.shape[1:] else values
    what = None
    if values.shape != total.shape:
        what = f"weights has shape {values.shape}, total has shape {total.shape}."
    elif values.size and values.dtype.kind not in "biuf":
        what = "weights is not made of numbers."
    elif not np.all(np.isfinite(values[total > 0])):
        what = "weights holds numbers that are missing or infinite."
    if what:
        allowed = "One finite number a block, or one a group and block."
        raise EiaError(Fault(code="not-weights", what=what, allowed=allowed, do="Give the same blocks everywhere."))
    return np.where(total > 0, values, 0.0).astype(np.float64)


def _counted(counted: ArrayLike | None, groups: int) -> Flags:
    """Check which groups count in the family."""
    flags = np.ones(groups, dtype=bool) if counted is None else np.asarray(counted)
    if flags.shape != (groups,) or flags.dtype != np.bool_:
        raise EiaError(
            Fault(
                code="not-flags",
                what=f"counted has shape {flags.shape} and type {flags.dtype}; there are {groups} groups.",
                allowed="True or False for every group.",
                do="Say of every group whether it counts in the family.",
            )
        )
    return flags
