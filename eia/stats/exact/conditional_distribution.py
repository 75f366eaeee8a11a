"""Takes the margins of pools; gives the law of how many of a group are selected in all, with every pool's margins fixed.

Inside one pool that number is hypergeometric, noncentral at an odds ratio ψ = exp(θ) (Fisher 1935); over pools it is their sum.
Multiplying P(X = x) by exp(θx) and rescaling *tilts* the law so that its mass sits where it is wanted; the odds ratio
is such a tilt, and any one law can be turned into any other. So nothing here works far out in a tail: every question is put
to a law tilted until the numbers in question are its bulk, and the answer is carried back in logs. That is what keeps
a p-value of 10^-36000 right to its last digits, and lets one discrete Fourier transform do the whole convolution: its noise, 1e-16
of the largest probability, is then 1e-16 of the answer.

Each law is kept only where it exceeds about 1e-18 of its peak, so the work grows with the spread of a total and not
with the number of people.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from eia.stats.checks import Floats, Ints
from eia.stats.exact.informative_pools import informative_pools
from eia.stats.exact.log_probabilities import log_hypergeometric
from eia.stats.exact.root_finding import rising_root

NEGLIGIBLE = -math.log(1e-18)
"""Mass below exp(-NEGLIGIBLE) is left out of every law."""

TIE = 1e-7
"""Probabilities within this of each other, relatively, count as equal, as in R's exact tests."""

EXTREME = 300.0
"""No tilt beyond this: exp(2 * 300) still is a float, and an odds ratio of exp(300) is infinite in all but name."""

TRUSTED = 0.5
"""How far a law may be re-tilted, in 1/sd: further, and the noise in its far tail would grow to where it counts."""

BATCH = 4096.0
"""Length of all rows of a batch together: they fit the cache, and products with them stay on one processor."""


def cell_at(psi: float, group: Floats, selected: Floats, total: Floats) -> Floats:
    """Give the first cell of tables with these margins whose cross-product ratio is psi: near the mean at that odds ratio.

    It is the root of (ψ-1)x² - [(g+m)ψ + n-g-m]x + gmψ within the table (Cornfield 1956; Breslow and Day 1980, 4.30), written
    so that it holds at ψ = 1 and loses no digits beside it. Below 1 the retained are counted in place of the selected, at 1/ψ.

    >>> cell_at(1.0, np.array([4.0]), np.array([5.0]), np.array([10.0]))
    array([2.])
    """
    if psi < 1.0:
        return group - cell_at(1.0 / psi, group, total - selected, total)
    b = (group + selected) * psi + (total - group - selected)
    c = group * selected * psi
    return 2.0 * c / (b + np.sqrt(b * b - 4.0 * (psi - 1.0) * c))


def reach(variance: Floats, negligible: float = NEGLIGIBLE) -> Floats:
    """Give the distance from its mean beyond which a law of this variance holds at most exp(-negligible), or about.

    A hypergeometric number is a sum of independent ones of 0 and 1, at any tilt, and so is a sum of such numbers
    (Vatutin and Mikhailov 1982); Bernstein's inequality then bounds the tail by exp(-t²/(2v + 2t/3)).
    """
    third = negligible / 3.0
    return np.ceil(third + np.sqrt(third * third + 2.0 * negligible * variance)) + 1.0


@dataclass(frozen=True)
class PoolMargins:
    """The margins of informative pools, pools of the same margins taken together.

    group, selected, total: people of the group, people to go, everyone; whole numbers as floats, one entry a kind of pool,
    those of least variance first. times: how many pools of each kind.
    """

    group: Floats
    selected: Floats
    total: Floats
    times: Floats

    @classmethod
    def of(cls, group: Ints, selected: Ints, total: Ints) -> PoolMargins:
        """Take the margins pool by pool; those that are not informative are left out."""
        informative = informative_pools(group, selected, total)
        margins = np.stack([group, selected, total])[:, informative]
        kinds, counted = np.unique(margins, axis=1, return_counts=True)
        order = np.argsort(_variances(*kinds.astype(np.float64)), kind="stable")
        g, m, n = kinds[:, order].astype(np.float64)
        return cls(g, m, n, counted[order].astype(np.float64))

    @cached_property
    def batches(self) -> tuple[slice, ...]:
        """Kinds of pool to be worked on together: of about one variance, so that rows are of about one length."""
        lengths = np.minimum(
            reach(_variances(self.group, self.selected, self.total)), np.minimum(self.group, self.selected)
        )
        starts = np.flatnonzero(np.diff(np.cumsum(lengths) // BATCH, prepend=-1.0))
        return tuple(slice(*ends) for ends in itertools.pairwise([*starts.tolist(), lengths.size]))

    @cached_property
    def least(self) -> int:
        """The smallest total the margins allow."""
        return int(self.times @ np.maximum(0.0, self.group + self.selected - self.total))

    @cached_property
    def most(self) -> int:
        """The largest total the margins allow."""
        return int(self.times @ np.minimum(self.group, self.selected))

    @cached_property
    def mean(self) -> float:
        """E(X) at odds ratio 1."""
        return float(self.times @ (self.group * self.selected / self.total))

    @cached_property
    def variance(self) -> float:
        """Var(X) at odds ratio 1."""
        return float(self.times @ _variances(self.group, self.selected, self.total))


def _variances(g: Floats, m: Floats, n: Floats) -> Floats:
    """Give the variances of hypergeometric numbers, at odds ratio 1."""
    return g * (n - g) * m * (n - m) / (n * n * (n - 1.0))


@dataclass(frozen=True)
class Tilted:
    """The law inside each kind of pool at tilt θ, before they are added up.

    anchor: a number near the mode, for each kind. rows: for each batch of kinds, the mass at anchor + j plus, and minus, that at
    anchor - j, for j = 1, 2, ..., the mass at the anchor being 1. norm: the sum of each law, anchor included, over all batches.
    mean, variance: of the total. log_scale, origin: log of E(exp(θX)) is log_scale + θ origin; apart, since the second is an exact
    product that mostly cancels. Most laws are looked at for their shape alone, so both are worked out when they are asked for.
    """

    margins: PoolMargins
    theta: float
    anchor: Floats
    rows: tuple[tuple[Floats, Floats], ...]
    norm: Floats
    mean: float
    variance: float

    @cached_property
    def origin(self) -> float:
        """Give the sum of the anchors."""
        return float(self.margins.times @ self.anchor)

    @cached_property
    def log_scale(self) -> float:
        """Give log E(exp(θ(X - origin))), the expectation at odds ratio 1."""
        g, m, n = self.margins.group, self.margins.selected, self.margins.total
        a, c = self.anchor, m - self.anchor
        return float(self.margins.times @ (log_hypergeometric(a, g - a, c, n - g - c) + np.log(self.norm)))

    def log_mean_exp(self, at: float) -> float:
        """Give log E(exp(θ(X - at))), the expectation at odds ratio 1."""
        return self.log_scale + self.theta * (self.origin - at)


def tilt(margins: PoolMargins, theta: float) -> Tilted:
    """Give the law inside each kind of pool at odds ratio exp(theta)."""
    psi = math.exp(theta)
    g, m, n = margins.group, margins.selected, margins.total
    anchor = np.rint(cell_at(psi, g, m, n))
    a, b, c, d = anchor, g - anchor, m - anchor, n - g - m + anchor
    spread = 1.0 / (1.0 / (a + 1.0) + 1.0 / (b + 1.0) + 1.0 / (c + 1.0) + 1.0 / (d + 1.0))
    lengths = np.minimum(reach(spread), np.maximum(np.minimum(b, c), np.minimum(a, d)))
    norm, first, second = np.empty((3, anchor.size))
    rows = []
    for k in margins.batches:
        j = np.arange(1.0, lengths[k].max() + 1.0)
        above, below = _outward(j, b[k], c[k], a[k], d[k], psi), _outward(j, a[k], d[k], b[k], c[k], 1.0 / psi)
        even, odd = above + below, above - below
        norm[k] = 1.0 + even.sum(axis=1)
        first[k], second[k] = odd @ j / norm[k], even @ (j * j) / norm[k]
        rows.append((even, odd))
    return Tilted(
        margins=margins,
        theta=theta,
        anchor=anchor,
        rows=tuple(rows),
        norm=norm,
        mean=float(margins.times @ (anchor + first)),
        variance=float(margins.times @ (second - first * first)),
    )


def _outward(j: Floats, b: Floats, c: Floats, a: Floats, d: Floats, psi: float) -> Floats:
    """Give the mass j = 1, 2, ... people away from tables (a, b, c, d), in the direction that takes from b and c.

    Each table is the one before it times (b+1-j)(c+1-j)ψ / ((a+j)(d+j)). The factor is 0 where b or c runs out, and so is all
    that follows: rows need no mask at the end of their support.
    """
    ratio = ((b + 1.0)[:, None] - j) * ((c + 1.0)[:, None] - j)
    ratio *= psi
    ratio /= (a[:, None] + j) * (d[:, None] + j)
    return np.cumprod(ratio, axis=1, out=ratio)


@dataclass(frozen=True, slots=True)
class TotalDistribution:
    """The law of the total at tilt θ, where it has mass.

    x: the totals, consecutive whole numbers as floats. mass: P_θ(X = x). mean, sd: at this tilt. origin, pools: log P(X = x) at odds ratio
    1 is log mass + log_scale of the pools + θ(origin - x).
    """

    theta: float
    x: Floats
    mass: Floats
    mean: float
    sd: float
    origin: float
    pools: Tilted

    def __neg__(self) -> TotalDistribution:
        """The law of -X: a lower tail becomes an upper one, and θ changes sign."""
        return TotalDistribution(
            -self.theta, -self.x[::-1], self.mass[::-1], -self.mean, self.sd, -self.origin, self.pools
        )

    def log_null(self) -> Floats:
        """Give log P(X = x) at odds ratio 1: as good as the mass is, so not to be trusted far from the mean."""
        with np.errstate(divide="ignore"):
            return np.log(self.mass) + (self.pools.log_scale + self.theta * (self.origin - self.x))

    def mean_at(self, theta: float) -> float:
        """Give E_θ(X) at another tilt nearby."""
        away = self.x - self.mean
        weight = self.mass * np.exp((theta - self.theta) * away)
        return self.mean + float((weight * away).sum()) / float(weight.sum())

    def log_null_tail(self, at: int) -> float:
        """Give log P(X >= at) at odds ratio 1, from a law tilted upwards (θ >= 0) to about ``at``."""
        beyond = np.searchsorted(self.x, at)
        weight = self.mass[beyond:] * np.exp(-self.theta * (self.x[beyond:] - at))
        return math.log(float(weight.sum())) + self.pools.log_scale + self.theta * (self.origin - at)

    def upper_tail(self, theta: float, at: int, share: float) -> tuple[float, float]:
        """Give the log of P_θ(X > at) + share P_θ(X = at) at a tilt nearby, and its slope in θ."""
        away = self.x - at
        weight = self.mass * np.exp((theta - self.theta) * away)
        first = int(np.searchsorted(self.x, at))
        tail = weight[first:].copy()
        if first < self.x.size and self.x[first] == at:
            tail[0] *= share
        # Sums of products, not dot products: BLAS would wake every processor for these, at more cost than gain.
        inside, everything = float(tail.sum()), float(weight.sum())
        if inside <= 0.0:
            return -math.inf, 0.0
        slope = float((tail * away[first:]).sum()) / inside - float((weight * away).sum()) / everything
        return math.log(inside / everything), slope


@dataclass(frozen=True)
class GroupTotal:
    """The total of a group over pools, or, with sign -1, its negative: what holds of one tail then serves for the other."""

    margins: PoolMargins
    sign: int = 1

    def __neg__(self) -> GroupTotal:
        """The total with its sign changed."""
        return GroupTotal(self.margins, -self.sign)

    @property
    def least(self) -> int:
        """The smallest value it can take."""
        return self.margins.least if self.sign > 0 else -self.margins.most

    @property
    def mean(self) -> float:
        """Its mean at odds ratio 1."""
        return self.sign * self.margins.mean

    def tilt(self, theta: float) -> Tilted:
        """Give the law inside each kind of pool, at θ of the signed total; what is given is unsigned."""
        return tilt(self.margins, self.sign * theta)

    def law(self, theta: float) -> TotalDistribution:
        """Give the law of the signed total at its θ."""
        return self.law_of(self.tilt(theta))

    def law_of(self, tilted: Tilted) -> TotalDistribution:
        """Give the law of the signed total from its pools' laws."""
        law = add_up(tilted)
        return law if self.sign > 0 else -law


def add_up(tilted: Tilted) -> TotalDistribution:
    """Add up the pools: the product of their discrete Fourier transforms is that of the sum.

    The transform is cyclic, of a length that holds all of the sum's mass, so it does not matter that what lies beyond wraps
    round. A sum of independent numbers of 0 and 1 with variance v has a transform of at most exp(-v(1 - cos ω)) at frequency ω, so that only
    some thirty frequencies count, however many people there are, and each pool is transformed at those alone. Taken about
    its anchor, it has small phases, and so small errors of rounding.
    """
    margins, far = tilted.margins, int(reach(np.asarray(tilted.variance)))
    length = min(2 * far + 1, margins.most - margins.least + 1)
    frequency = 2.0 * math.pi / length * np.arange(length // 2 + 1)
    frequency = frequency[tilted.variance * (1.0 - np.cos(frequency)) <= NEGLIGIBLE]
    longest = max(even.shape[1] for even, _ in tilted.rows)
    phase = np.multiply.outer(np.arange(1.0, longest + 1.0), frequency)
    cos, sin = np.cos(phase), np.sin(phase)
    factors = np.concatenate(
        [1.0 + even @ cos[: even.shape[1]] - 1j * (odd @ sin[: odd.shape[1]]) for even, odd in tilted.rows]
    )
    factors /= tilted.norm[:, None]
    repeated = margins.times > 1.0
    factors[repeated] **= margins.times[repeated, None]
    cyclic = np.fft.irfft(factors.prod(axis=0), length)

    middle = round(tilted.mean)
    x = np.arange(max(middle - far, margins.least), min(middle + far, margins.most) + 1)
    return TotalDistribution(
        theta=tilted.theta,
        x=x.astype(np.float64),
        mass=np.maximum(cyclic[(x - int(tilted.origin)) % length], 0.0),
        mean=tilted.mean,
        sd=math.sqrt(tilted.variance),
        origin=tilted.origin,
        pools=tilted,
    )


def tilt_to_mean(total: GroupTotal, mean: float, *, start: float, enough: float = 0.0) -> tuple[float, Tilted]:
    """Give θ at which the total has this mean, strictly inside its support, and the pools tilted to it or within a hair.

    start: a first guess of θ. enough: stop where the mean is at most this far off.
    """
    tilted: Tilted

    def gap(theta: float) -> tuple[float, float]:
        nonlocal tilted
        tilted = total.tilt(theta)
        return total.sign * tilted.mean - mean, tilted.variance

    theta = rising_root(gap, start=start, low=-EXTREME, high=EXTREME, enough=enough)
    return theta, tilted


def tilt_to_log_mass(total: GroupTotal, log_mass: float, *, start: float) -> Tilted:
    """Give the pools tilted down until the total's mean has about this log probability at odds ratio 1; or, where none has, is least.

    By the saddlepoint formula of Daniels (1954), with 1 + 2πv for 2πv, which is right for a law on a single point too. A quarter of a unit
    of log probability is near enough, since the law is then computed there and read exactly.
    """
    tilted: Tilted

    def gap(theta: float) -> tuple[float, float]:
        nonlocal tilted
        tilted = total.tilt(theta)
        height = tilted.log_mean_exp(tilted.mean) - 0.5 * math.log1p(2.0 * math.pi * tilted.variance) - log_mass
        at_least = total.sign * tilted.mean - total.least < 0.5
        return (min(height, 0.0) if at_least else height), -theta * tilted.variance

    rising_root(gap, start=start, low=-EXTREME, high=0.0, enough=0.25)
    return tilted


def log_odds_limit(
    total: GroupTotal, law: TotalDistribution, at: int, *, alpha: float, share: float
) -> tuple[float, TotalDistribution]:
    """Give the θ at which P_θ(X > at) + share P_θ(X = at) = alpha, and the last law used to find it.

    With share 1 that is the exact lower limit of log ψ, with a half the mid-p one. ``law`` is where to begin; laws are re-tilted until
    the root lies where the last one can be trusted.
    """
    target = math.log(alpha)
    while True:
        base = law

        def excess(theta: float, base: TotalDistribution = base) -> tuple[float, float]:
            value, slope = base.upper_tail(theta, at, share)
            return value - target, slope

        stride = min(4.0 / max(base.sd, 1e-300), 4.0)
        theta = rising_root(excess, start=base.theta, low=base.theta - stride, high=base.theta + stride)
        if abs(theta - base.theta) * base.sd <= TRUSTED:
            return theta, base
        law = total.law(theta)
