"""Takes people, their pools and who is selected; gives what selections drawn within every pool find, each scored as the one made is.

A draw keeps each person whole, so that the tests of all characteristics move together as they would under even-handed selection.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from eia.errors import Fault
from eia.stats import checks
from eia.stats.checks import Flags, Floats, Ints
from eia.stats.exact.informative_pools import some_but_not_all
from eia.stats.permutation.drawn_midp import LARGE, drawn_midp
from eia.stats.permutation.redraw_people import batches, drawn, smallest, turned

Part = tuple[int, int, Collection[int]]
"""Which column, the code of the group in it, and the codes that count as known; the group's own always does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyMember:
    """A group and everyone it is compared with.

    parts: one for an ordinary group, more for an overlap. Everyone in the group has the code of every part; they are compared with the
    others known in every part.
    """

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False, repr=False)
class Draws:
    """What the selections drawn gave, kept so that another selection of as many from each pool can be held against them.

    selected: how many of each pool. midp: (draws, comparisons). trends: (draws, trends), how far each statistic lies from 0. Where pools are turned they are turns
    of the selection first made.
    """

    selected: tuple[int, ...]
    midp: Floats
    trends: Floats

    @property
    def drawn(self) -> Draws:
        """All but the first, which is the selection made."""
        return Draws(selected=self.selected, midp=self.midp[1:], trends=self.trends[1:])

    def fits(self, other: Draws) -> bool:
        """Whether the other is of as many selected from each pool, and of as many tests."""
        widths = [(one.midp.shape[1], one.trends.shape[1]) for one in (self, other)]
        return self.selected == other.selected and widths[0] == widths[1]


def family_draws(
    *,
    pool: ArrayLike,
    selected: ArrayLike,
    columns: Sequence[ArrayLike],
    comparisons: Sequence[FamilyMember],
    trends: Sequence[ArrayLike] = (),
    seed: int,
    draws: int = 10_000,
    large: float = LARGE,
) -> Draws:
    """The draws that :func:`eia.stats.permutation.min_p.min_p` makes of the same, for holding other selections of as many from each pool against them.

    >>> from eia.stats.permutation.min_p import min_p
    >>> pool, code, went = [0] * 4, [1, 0, 0, 0], [True, False, False, False]
    >>> of = dict(pool=pool, columns=[code], comparisons=[FamilyMember(parts=((0, 1, (0, 1)),))], seed=1)
    >>> min_p(selected=went, **of) == min_p(selected=went, **of, against=family_draws(selected=went[::-1], **of))
    True
    """
    return selections_scored(
        pool=pool, selected=selected, columns=columns, comparisons=comparisons, trends=trends,
        rows=checks.count("draws", draws) + 1, seed=seed, large=large,
    ).drawn  # fmt: skip


def selections_scored(
    *,
    pool: ArrayLike,
    selected: ArrayLike,
    columns: Sequence[ArrayLike],
    comparisons: Sequence[FamilyMember],
    trends: Sequence[ArrayLike] = (),
    rows: int,
    seed: int,
    large: float = LARGE,
) -> Draws:
    """What the selection made, in the first row, and those drawn in the others give: see :func:`eia.stats.permutation.min_p.min_p`, which takes the same."""
    where, chosen, codes, numbers = _checked(pool, selected, columns, comparisons, trends)
    order = np.argsort(where, kind="stable")
    chosen, pools = chosen[order], _pools(where[order])
    family = _family([code[order] for code in codes], comparisons, [values[order] for values in numbers], pools)
    to_go = [int(np.count_nonzero(chosen[members])) for members in pools]
    people = np.array([members.stop - members.start for members in pools], dtype=np.int64)
    some_go = some_but_not_all(to_go, people)
    drawn = _draw(family, chosen, pools, rows=rows, seed=seed)
    return Draws(
        selected=tuple(to_go),
        midp=_comparison_scores(family, drawn, pools, some_go, large),
        trends=_trend_distances(family, drawn, pools, some_go),
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


def _trend_distances(family: _Family, drawn: _Drawn, pools: list[slice], some_go: Flags) -> Floats:
    """How far van Elteren's statistic of every trend lies from 0 on every selection, in standard deviations."""
    distances = np.full(drawn.rank_sums.shape, np.nan)
    known_total = _by_pool(family.known, pools)
    sets = family.known_of[drawn.group_selected.shape[1] :]
    for i, (scatter, known) in enumerate(zip(_by_pool(family.ranks**2, pools), sets, strict=True)):
        if (some_go & (scatter > 0.0)).any():
            m, n = drawn.known_selected[known], np.maximum(known_total[known], 2)
            variance = np.einsum("kd,k", m * (n[:, None] - m), scatter / (n * (n - 1.0)))
            distances[:, i] = np.abs(drawn.rank_sums[:, i]) / np.sqrt(np.where(variance > 0.0, variance, np.inf))
    return distances


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
