"""Takes people, their pools and who is selected; gives p-values for who is selected within each pool, adjusted for the whole family.

Selections are drawn again and again within every pool, among everyone in it. A draw keeps each person whole, so that the tests of all
characteristics move together as they would under even-handed selection, and saying the same of the same people twice costs nothing.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from eia.errors import Fault
from eia.stats import checks
from eia.stats.checks import Flags, Floats, Ints
from eia.stats.exact.informative_pools import some_but_not_all
from eia.stats.multiplicity import FamilyWeights
from eia.stats.permutation.drawn_midp import LARGE, drawn_midp
from eia.stats.permutation.redraw_people import batches, drawn, smallest, turned
from eia.stats.permutation.westfall_young import (
    any_family_positive,
    critical_score,
    critical_scores,
    in_families,
    standard_error,
    tail_shares,
    westfall_young,
)

Part = tuple[int, int, Collection[int]]
"""Which column, the code of the group in it, and the codes that count as known; the group's own always does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyMember:
    """A group and everyone it is compared with.

    parts: one for an ordinary group, more for an overlap. Everyone in the group has the code of every part; they are compared with the
    others known in every part.
    """

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MinP:
    """The family of selection, adjusted by step-down minima over drawn selections.

    scores: how unusual each comparison, and then each trend, finds the selections made: a comparison's mid-p, exact or nearly so; a trend's
        permutation p. ``nan`` where there is nothing to learn.
    adjusted_pvalues: adjusted for the family; ``nan`` likewise. standard_errors: their Monte Carlo standard errors.
    own_pvalues: adjusted for the tests of its own family within it alone. standing_out: how often even-handed selection gives at least one of
        these that is small; ``nan`` for an empty family.
    overall: how often even-handed selection gives a smallest score, over its weight, at least this small; ``nan`` for an empty family.
    draws: selections drawn besides the one made. seed: where they began.
    first_criticals: the score of each at or below which it would be positive at alpha, whatever the others are. criticals: the same, the others
        being as they are: larger where others are positive without it. ``nan`` likewise.
    """

    scores: tuple[float, ...]
    adjusted_pvalues: tuple[float, ...]
    standard_errors: tuple[float, ...]
    own_pvalues: tuple[float, ...]
    standing_out: float
    overall: float
    first_criticals: tuple[float, ...]
    criticals: tuple[float, ...]
    draws: int
    seed: int
    method: str


def min_p(
    *,
    pool: ArrayLike,
    selected: ArrayLike,
    columns: Sequence[ArrayLike],
    comparisons: Sequence[FamilyMember],
    trends: Sequence[ArrayLike] = (),
    weights: FamilyWeights | None = None,
    seed: int,
    draws: int = 10_000,
    alpha: float = 0.05,
    small: float = 0.05,
    large: float = LARGE,
) -> MinP:
    """Adjust the tests of who is selected within each pool for their number, by drawing selections that are even-handed.

    Parameters
    ----------
    pool: (people,) whole numbers from 0; people of no pool are left out beforehand. selected: (people,) True or False.
    columns: arrays (people,) of integer codes, one a characteristic.
    comparisons: the family; of two groups that mirror each other, one.
    trends: arrays (people,) of numbers such as age, ``nan`` where not known.
    weights: how the error of the family is shared out over the comparisons and then the trends, and which are families of their own; evenly,
        and all one, by default.
    seed: where the draws begin. draws: how many. alpha: the chance of any false alarm that the critical scores answer to. small: at or
        below which an own_pvalue stands out. large: from
        which variance on a mid-p may be scored by the normal form, which is quicker: see :func:`eia.stats.permutation.drawn_midp.drawn_midp`.

    Returns
    -------
    MinP: see there for every field.

    Raises
    ------
    EiaError
        where the arrays are not of the same people, not of the kind named above, or a comparison names a column that is not there.

    Notes
    -----
    - Each draw selects as many people of each pool as were selected, everyone in the pool being equally likely, known or not.
    - Up to 40,000 people are drawn one by one. Where there are more, the largest pools are turned: everyone there stands in a circle, in an
      order drawn once, and each draw moves the selection made round it by any number of places. To turn pools so, each on its own, is a
      subgroup of all ways to permute people within pools, and any such gives a p that is valid as it stands. A pool has as many
      turns as people: the variance of a score over them differs from that over all selections by about the root of 2 / people.
    - Each comparison is scored by its doubled mid-p, given how many people known to it the draw selects in each pool: see
      :func:`eia.stats.permutation.drawn_midp.drawn_midp`.
    - A trend is scored by van Elteren's statistic: ranks within the pool among the known, pools weighted by 1 / (known + 1), standardised
      given how many known are selected; then by the share of draws at least as far from 0.
    - The data are scored as the draws are, and count as one of them. So the adjusted p-values hold whatever the scores.
    - A comparison is ``nan`` and does not count where no pool from which some but not all go holds both someone of the group and someone
      known outside it; a trend, where no such pool has two different values. Where it is only that those selected are all unknown,
      it counts, with score 1.

    - With weights each score counts over its weight, so that a test of weight 10 is positive at ten times the score of one of weight 1.

    References
    ----------
    Westfall and Young (1993), *Resampling-Based Multiple Testing*, algorithm 2.8; weights: Westfall, Kropf and Finos (2004), in *Recent
    Developments in Multiple Comparison Procedures*, IMS Lecture Notes 47, 143-154; van Elteren (1960), *Bulletin of the International
    Statistical Institute* 37, 351-361; Chung and Fraser (1958), *JASA* 53, 729-735, and Hemerik and Goeman (2018), *TEST* 27, 811-825
    (subgroups).

    Example
    -------
    Two pools of four, one of each selected, the only one over fifty both times; two characteristics that agree.

    >>> family = min_p(pool=[0] * 4 + [1] * 4, selected=[True, False, False, False] * 2, columns=[[1, 0, 0, 0] * 2] * 2,
    ...     comparisons=[FamilyMember(parts=((column, 1, (0, 1)),)) for column in (0, 1)], seed=1)
    >>> [round(score, 4) for score in family.scores], [round(p, 2) for p in family.adjusted_pvalues]
    ([0.0625, 0.0625], [0.06, 0.06])
    """
    where, chosen, codes, numbers = _checked(pool, selected, columns, comparisons, trends)
    order = np.argsort(where, kind="stable")
    chosen, pools = chosen[order], _pools(where[order])
    family = _family([code[order] for code in codes], comparisons, [values[order] for values in numbers], pools)
    drawn = _draw(family, chosen, pools, rows=checks.count("draws", draws) + 1, seed=seed)

    people = np.array([members.stop - members.start for members in pools], dtype=np.int64)
    some_go = some_but_not_all([np.count_nonzero(chosen[members]) for members in pools], people)
    scores = np.concatenate(
        [_comparison_scores(family, drawn, pools, some_go, large), _trend_scores(family, drawn, pools, some_go)], axis=1
    )
    tested = ~np.isnan(scores[0])
    shared = (weights or FamilyWeights.even(tested.size)).of(tested.size)
    weight, own_family = shared.weights[tested], shared.own[tested]
    weighted = scores[:, tested] / weight
    adjusted, own, first, criticals = np.full((4, tested.size), np.nan)
    adjusted[tested], own[tested] = westfall_young(weighted), in_families(scores[:, tested], own_family)
    if tested.any():
        first[tested] = weight * critical_score(weighted, alpha)
    criticals[tested] = weight * critical_scores(weighted, alpha)
    return MinP(
        scores=tuple(scores[0].tolist()),
        adjusted_pvalues=tuple(adjusted.tolist()),
        standard_errors=tuple(standard_error(p, len(scores)) for p in adjusted.tolist()),
        own_pvalues=tuple(own.tolist()),
        standing_out=any_family_positive(scores[:, tested], own_family, small) if tested.any() else math.nan,
        overall=float(adjusted[tested].min()) if tested.any() else math.nan,
        first_criticals=tuple(first.tolist()),
        criticals=tuple(criticals.tolist()),
        draws=len(scores) - 1,
        seed=seed,
        method="step-down minima of mid-p over drawn selections",
    )


@dataclass(frozen=True, slots=True)
class _Family:
    """Everyone, pool after pool, as the comparisons and the trends see them.

    groups: (people, comparisons), who is of the group. ranks: (people, trends), centred and weighted, 0 where not known.
    known: (people, sets), who is known, once for each distinct set of people; known_of: which of the sets is each comparison's, and
    then each trend's.
    """

    groups: Flags
    ranks: Floats
    known: Flags
    known_of: list[int]


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What the selections add up to: in the first row the one made, then those drawn.

    group_selected: (rows, comparisons). rank_sums: (rows, trends). known_selected: (sets, pools, rows), the most that is held of them all, in
        numbers as short as they may be.
    """

    group_selected: NDArray[np.int32]
    rank_sums: Floats
    known_selected: NDArray[np.int16] | NDArray[np.int32]


def _pools(where: Ints) -> list[slice]:
    """Give where each pool's people stand, once they are in order."""
    ends = np.flatnonzero(np.diff(where, append=-1)) + 1
    return [slice(*pool) for pool in itertools.pairwise([0, *ends.tolist()])]


def _family(
    codes: list[Ints], comparisons: Sequence[FamilyMember], numbers: list[Floats], pools: list[slice]
) -> _Family:
    """Say of everyone which groups they are of, and to which comparisons and trends they are known."""
    people = pools[-1].stop if pools else 0
    groups = np.ones((len(comparisons), people), dtype=bool)
    known = np.ones((len(comparisons) + len(numbers), people), dtype=bool)
    for comparison, in_group, is_known in zip(comparisons, groups, known, strict=False):
        for column, code, among in comparison.parts:
            in_group &= codes[column] == code
            is_known &= np.isin(codes[column], [code, *among])
    for values, is_known in zip(numbers, known[len(comparisons) :], strict=True):
        is_known &= ~np.isnan(values)
    ranks = [np.empty((0, people)), *(_centred_ranks(values, pools)[None, :] for values in numbers)]
    _, distinct, known_of = np.unique(np.packbits(known, axis=1), axis=0, return_index=True, return_inverse=True)
    return _Family(groups=groups.T, ranks=np.concatenate(ranks).T, known=known[distinct].T, known_of=known_of.tolist())


def _centred_ranks(values: Floats, pools: list[slice]) -> Floats:
    """Give everyone's midrank within the pool among the known, less its mean, over their number and one."""
    ranks = np.zeros(values.size)
    for members in pools:
        known = members.start + np.flatnonzero(~np.isnan(values[members]))
        _, at, times = np.unique(values[known], return_inverse=True, return_counts=True)
        midranks = np.cumsum(times) - 0.5 * (times - 1.0)
        ranks[known] = (midranks[at] - 0.5 * (known.size + 1.0)) / (known.size + 1.0)
    return ranks


def _draw(family: _Family, chosen: Flags, pools: list[slice], *, rows: int, seed: int) -> _Drawn:
    """Draw selections pool by pool, and count what each comes to."""
    rng = np.random.default_rng(seed)
    group_selected = np.zeros((rows, family.groups.shape[1]), dtype=np.int32)
    rank_sums = np.zeros((rows, family.ranks.shape[1]))
    small = smallest(pools)
    to_go = [int(np.count_nonzero(chosen[members])) for members in pools]
    whole = np.int16 if max(to_go, default=0) < np.iinfo(np.int16).max else np.int32
    known_selected = np.empty((family.known.shape[1], len(pools), rows), dtype=whole)
    groups = group_selected.shape[1]
    for together in batches(pools, small):
        members = slice(pools[together[0]].start, pools[together[-1]].stop)
        left_out, unknown = _unknown(family.known, [pools[k] for k in together])
        flags = np.concatenate([family.groups[members], unknown], axis=1)
        made, ranks = [chosen[pools[k]] for k in together], family.ranks[members]
        for k in together:
            known_selected[:, k] = to_go[k]
        counted = (
            drawn(rng, made, flags, ranks, rows) if small[together[0]] else turned(rng, made[0], flags, ranks, rows)
        )
        for these, counts, sums in counted:
            group_selected[these] += counts[:, :groups]
            for (place, known), column in zip(left_out, counts[:, groups:].T, strict=True):
                known_selected[known, together[place], these] -= column.astype(whole)
            rank_sums[these] += sums
    return _Drawn(group_selected, rank_sums, known_selected)


def _unknown(known: Flags, pools: Sequence[slice]) -> tuple[list[tuple[int, int]], Flags]:
    """Name every pool, by its place, and set in which anybody is not known; and say who that is: (people of these pools, such pools and sets).

    Most are known, so that to take these off those selected is less work than to count the others.
    """
    first = pools[0].start
    places = [
        (place, int(of)) for place, members in enumerate(pools) for of in np.flatnonzero(~known[members].all(axis=0))
    ]
    unknown = np.zeros((pools[-1].stop - first, len(places)), dtype=bool)
    for column, (place, of) in enumerate(places):
        members = pools[place]
        unknown[members.start - first : members.stop - first, column] = ~known[members, of]
    return places, unknown


def _by_pool(values: NDArray[np.generic], pools: list[slice]) -> NDArray[np.generic]:
    """Add up what is given for everyone, (people, things), to (things, pools)."""
    return np.array([values[members].sum(axis=0) for members in pools]).reshape(len(pools), values.shape[1]).T


def _comparison_scores(family: _Family, drawn: _Drawn, pools: list[slice], some_go: Flags, large: float) -> Floats:
    """Score every comparison (columns) on every selection (rows) by its mid-p."""
    scores = np.full(drawn.group_selected.shape, np.nan)
    group_total: Ints = _by_pool(family.groups, pools).astype(np.int64)
    known_total: Ints = _by_pool(family.known, pools).astype(np.int64)
    known_of = np.array(family.known_of[: len(group_total)], dtype=np.intp)
    for known in range(len(known_total)):
        total: Ints = known_total[known]
        can_tell = (some_go & some_but_not_all(group_total, total)).any(axis=1)
        these = np.flatnonzero((known_of == known) & can_tell)
        if these.size:
            scores[:, these] = drawn_midp(
                group_selected=drawn.group_selected[:, these],
                selected=drawn.known_selected[known],
                group_total=group_total[these],
                total=total,
                large=large,
            )
    return scores


def _trend_scores(family: _Family, drawn: _Drawn, pools: list[slice], some_go: Flags) -> Floats:
    """Score every trend on every selection by van Elteren's statistic, and then by its rank among them."""
    scores = np.full(drawn.rank_sums.shape, np.nan)
    known_total = _by_pool(family.known, pools)
    sets = family.known_of[drawn.group_selected.shape[1] :]
    for i, (scatter, known) in enumerate(zip(_by_pool(family.ranks**2, pools), sets, strict=True)):
        if (some_go & (scatter > 0.0)).any():
            m, n = drawn.known_selected[known], np.maximum(known_total[known], 2)
            variance = np.einsum("kd,k", m * (n[:, None] - m), scatter / (n * (n - 1.0)))
            sd = np.sqrt(np.where(variance > 0.0, variance, np.inf))
            scores[:, i] = tail_shares(np.abs(drawn.rank_sums[:, i, None]) / sd[:, None])[:, 0]
    return scores


def _checked(
    pool: ArrayLike,
    selected: ArrayLike,
    columns: Sequence[ArrayLike],
    comparisons: Sequence[FamilyMember],
    trends: Sequence[ArrayLike],
) -> tuple[Ints, Flags, list[Ints], list[Floats]]:
    """Check everything there is about people, and give it back as arrays."""
    where = checks.counts({"pool": pool})["pool"]
    chosen, codes = np.asarray(selected), [np.asarray(column) for column in columns]
    numbers = [np.asarray(trend) for trend in trends]
    faults = checks.not_of_people(
        where.size,
        {"selected": ("b", chosen)}
        | {f"columns[{i}]": ("iu", code) for i, code in enumerate(codes)}
        | {f"trends[{i}]": ("iuf", values) for i, values in enumerate(numbers)},
        allowed="True or False in selected, whole numbers in columns, finite numbers or nan in trends.",
    )
    named = {column for comparison in comparisons for column, _, _ in comparison.parts}
    if not named <= set(range(len(codes))):
        faults.append(
            Fault(
                code="column-not-there",
                what=f"A comparison names a column that is not among the {len(codes)} columns.",
                allowed="The position of a column, from 0.",
                do="Give the column, or leave the comparison out.",
            )
        )
    checks.refuse(faults)
    return where, chosen, codes, [values.astype(np.float64) for values in numbers]
