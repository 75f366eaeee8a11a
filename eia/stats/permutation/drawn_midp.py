"""Takes how many of a group each draw selects, and its margins by pool; gives the mid-p of every draw.

Where answers are missing, the people of known answer that a draw selects differ in number from draw to draw, and with them the law of how
many are of the group. A law is worked out for every draw where few people are concerned; the normal form serves where many are.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln, ndtr

from eia.stats.checks import Flags, Floats, Ints
from eia.stats.exact.conditional_distribution import GroupTotal, PoolMargins, reach
from eia.stats.exact.informative_pools import some_but_not_all
from eia.stats.products import product

Transforms = NDArray[np.complex128]
_Lookup = tuple[NDArray[np.intp], Transforms]
"""The level of every draw, and the transform of each level: (draws,), (levels, frequencies)."""

Whole = NDArray[np.int16] | NDArray[np.int32] | NDArray[np.int64]

LARGE = 100.0
"""From this variance on the normal form serves, where margins vary, unless another is given."""

CHUNK = 1 << 18
"""Pools times draws worked out at a time: they stay near the processor."""

LEVELS = 256
"""Transforms are looked up together as long as they have no more levels between them."""

FAINT = -math.log(1e-10)
"""Mass below exp(-FAINT) is left out of a law that serves one draw."""


def drawn_midp(
    *, group_selected: Whole, selected: Whole, group_total: Ints, total: Ints, large: float = LARGE
) -> Floats:
    """Give the doubled mid-p, at most 1, of numbers drawn at odds ratio 1, for groups that the same people are known to.

    Parameters
    ----------
    group_selected: (draws, groups) people of each group selected, over all pools.
    selected: (pools, draws) people selected. group_total, total: (groups, pools) people of the group, and (pools,) everyone.
    large: the variance from which on the normal form serves.

    Returns
    -------
    (draws, groups), each draw given its own margins: exact where all draws have the same ones, to 1e-9 where the variance is below ``large``, and the
    normal tail at the exact mean and variance otherwise. 1 where the margins allow one number.

    References
    ----------
    Lancaster (1961), *JASA* 56, 223-234.

    Example
    -------
    One of the group among three people selected of six, and among two, the group being three.

    >>> drawn_midp(group_selected=np.array([[1], [1]]), selected=np.array([[3, 2]]),
    ...     group_total=np.array([[3]]), total=np.array([6]))[:, 0].round(4)
    array([0.55, 1.  ])
    """
    some_go = some_but_not_all(selected, total[:, None]).any(axis=1)
    varies = (selected != selected[:, :1]).any(axis=1)
    open_ = some_but_not_all(group_total, total) & some_go
    fixed = ~(open_ & varies).any(axis=1)
    mean, variance = _moments(selected, group_total.astype(np.float64), total.astype(np.float64), varies)
    nearly = ~fixed & (variance.max(axis=1, initial=0.0) >= large)
    midp = np.ones(group_selected.shape)
    midp[:, nearly] = _normal(group_selected[:, nearly] - mean[nearly].T, variance[nearly].T)
    for i in np.flatnonzero(open_.any(axis=1) & ~nearly):
        pools, closed = open_[i], ~open_[i]
        closed &= group_total[i] > 0  # of nobody none is selected, whatever is
        forced = np.maximum(selected[closed] + (group_total[i] - total)[closed, None], 0)
        x = group_selected[:, i] - forced.sum(axis=0)
        margins = selected[pools], group_total[i, pools], total[pools]
        midp[:, i] = _at_fixed_margins(x, *margins) if fixed[i] else _at_drawn_margins(x, *margins)
    return midp


def _moments(selected: Whole, g: Floats, n: Floats, varies: Flags) -> tuple[Floats, Floats]:
    """Give the mean and variance of every group's number in every draw: (groups, draws). varies: pools in which draws select different numbers."""
    everyone = np.maximum(n, 1.0)
    share, scatter = g / everyone, g * (n - g) / (everyone * everyone * np.maximum(n - 1.0, 1.0))
    same = selected[~varies, 0].astype(np.float64)
    mean = np.tile(share[:, ~varies] @ same, (selected.shape[1], 1)).T
    variance = np.tile(scatter[:, ~varies] @ (same * (n[~varies] - same)), (selected.shape[1], 1)).T
    pools = np.flatnonzero(varies)
    step = max(CHUNK // selected.shape[1], 1)
    for start in range(0, pools.size, step):
        some = pools[start : start + step]
        m = selected[some].astype(np.float64)
        mean += product(share[:, some], m)
        variance += product(scatter[:, some], m * (n[some, None] - m))
    return mean, variance


def _normal(away: Floats, variance: Floats) -> Floats:
    sd = np.sqrt(variance)
    midp: Floats = 2.0 * ndtr(-np.divide(np.abs(away), sd, out=np.zeros_like(sd), where=sd > 0.0))
    return midp


def _at_fixed_margins(x: Ints, m: Whole, g: Ints, n: Ints) -> Floats:
    """Look the numbers up in the one law of them all."""
    margins = PoolMargins.of(g, m[:, 0].astype(np.int64), n)
    law = GroupTotal(margins).law(0.0)
    lower = np.cumsum(law.mass) - 0.5 * law.mass
    upper = np.cumsum(law.mass[::-1])[::-1] - 0.5 * law.mass
    at = np.clip(x - law.x[0], 0, law.x.size - 1).astype(np.intp)
    midp: Floats = np.minimum(2.0 * np.minimum(lower, upper), 1.0)[at]
    return midp


def _at_drawn_margins(x: Ints, selected: Whole, group_total: Ints, total: Ints) -> Floats:
    """Give every draw the law of its own margins: the product of its pools' transforms, each looked up by the number selected there.

    Of many pools alike it is counted in how many each number is selected.

    Numbers are counted from the least possible. A transform has room for all that a draw allows, or for what lies about its mean.
    """
    m, g, n = selected.astype(np.float64), group_total.astype(np.float64), total.astype(np.float64)
    least = np.maximum(m + (g - n)[:, None], 0.0)
    most = int((np.minimum(m, g[:, None]) - least).sum(axis=0).max())
    mean, variance = _moments(selected, g[None, :], n, np.ones(n.size, dtype=bool))
    above, mean = x - least.sum(axis=0), mean[0] - least.sum(axis=0)
    far = int(reach(variance.max(), FAINT))
    length = min(most, 2 * far) + 1
    start = np.maximum(np.floor(mean) - far, 0.0) if length <= most else np.zeros(mean.size)
    frequency = 2.0 * math.pi / length * np.arange(length // 2 + 1)
    # |transform| <= exp(-variance (1 - cos)), as of any sum of independent yes or no, which such a number is in law
    frequency = frequency[variance.min() * (1.0 - np.cos(frequency)) < FAINT]
    at = np.clip(above - start, 0, length - 1).astype(np.intp)
    lookups = [(at, _below(length, frequency)), (start.astype(np.intp), _turned(start.max(), frequency))]

    many: Transforms = np.ones((1, frequency.size), dtype=np.complex128)
    for alike in _alike(group_total, total):
        went = selected[alike].astype(np.intp)
        fewest = int(went.min())
        margins = np.arange(fewest, went.max() + 1.0)
        mass = _hypergeometric(margins, np.full_like(margins, g[alike[0]]), np.full_like(margins, n[alike[0]]))
        of_level = mass.astype(np.complex128) @ np.conj(_turned(mass.shape[1] - 1, frequency))
        if alike.size <= margins.size:
            lookups += [(level, of_level) for level in went - fewest]
        else:
            for one, level in enumerate(of_level):
                times = np.count_nonzero(went == fewest + one, axis=0)
                many = many * (level ** np.arange(times.max() + 1)[:, None])[times]
    for level, of_level in _together(lookups):
        many = many * of_level[level]
    lower = many.real.sum(axis=1)
    midp: Floats = np.clip(2.0 * np.minimum(lower, 1.0 - lower), 0.0, 1.0)
    return midp


def _turned(most: float, frequency: Floats) -> Transforms:
    """Give what moves a transform by 0 and up to so many: (numbers, frequencies)."""
    turned: Transforms = np.exp(1j * np.multiply.outer(np.arange(most + 1.0), frequency))
    return turned


def _below(length: int, frequency: Floats) -> Transforms:
    """Give what each frequency of a transform adds to the mass below a number, and half of that at it: (numbers, frequencies)."""
    turned = _turned(length - 1, frequency)
    alone = (
        np.rint(frequency * length / (2.0 * math.pi)) % (0.5 * length) == 0.0
    )  # all others stand for their conjugates too
    below: Transforms = np.where(alone, 1.0, 2.0) / length * (np.cumsum(turned, axis=0) - 0.5 * turned)
    return below


def _together(lookups: Iterable[_Lookup]) -> Iterator[_Lookup]:
    """Several lookups as one, of every level of each beside every level of the others: transforms are multiplied draw by draw less often."""
    level, of_level = np.zeros(1, dtype=np.intp), np.ones((1, 1), dtype=np.complex128)
    for other, of_other in lookups:
        if len(of_level) * len(of_other) > LEVELS:
            yield level, of_level
            level, of_level = other, of_other
        else:
            level = level * len(of_other) + other
            of_level = (of_level[:, None] * of_other).reshape(-1, of_other.shape[1])
    yield level, of_level


def _alike(group_total: Ints, total: Ints) -> list[Ints]:
    """Give the pools of each kind: as many people, and as many of the group, as one another."""
    kind = np.unique(np.stack([group_total, total]), axis=1, return_inverse=True)[1]
    return [np.flatnonzero(kind == each) for each in range(kind.max(initial=-1) + 1)]


def _hypergeometric(m: Floats, g: Floats, n: Floats) -> Floats:
    """Give the mass at the least number possible and those after it: (margins, numbers), 0 beyond the greatest."""
    least, greatest = np.maximum(m + g - n, 0.0), np.minimum(m, g)
    x = least[:, None] + np.arange((greatest - least).max() + 1.0)
    inside = x <= greatest[:, None]
    x = np.minimum(x, greatest[:, None])
    m, g, n = m[:, None], g[:, None], n[:, None]
    log_mass = -gammaln(x + 1.0) - gammaln(g - x + 1.0) - gammaln(m - x + 1.0) - gammaln(n - g - m + x + 1.0)
    mass = np.where(inside, np.exp(log_mass - log_mass.max(axis=1, keepdims=True)), 0.0)
    normalised: Floats = mass / mass.sum(axis=1, keepdims=True)
    return normalised
