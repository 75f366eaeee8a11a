"""Takes the margins of pools and a total observed there; gives its exact p-values, and the odds ratio that fits it best."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from eia.stats.checks import Floats
from eia.stats.exact.conditional_distribution import (
    TIE,
    GroupTotal,
    PoolMargins,
    TotalDistribution,
    tilt_to_log_mass,
    tilt_to_mean,
)

CLEAR = 1e-6
"""Probabilities are read from the law at odds ratio 1 down to this, where its noise still is 1e-10 of them."""

TIED = 1e-12
"""A p-value within this of alpha, relatively, is alpha but for rounding: 3 of 3 in a pool of 6 have a mid-p of just 0.05."""


@dataclass(frozen=True, slots=True)
class Pvalues:
    """Exact p-values at odds ratio 1. midp_greater, midp_less: one-sided."""

    log_two_sided: float = 0.0
    greater: float = 1.0
    less: float = 1.0
    midp_greater: float = 0.5
    midp_less: float = 0.5

    def __neg__(self) -> Pvalues:
        """Those of the total with its sign changed."""
        return Pvalues(self.log_two_sided, self.less, self.greater, self.midp_less, self.midp_greater)

    @property
    def two_sided(self) -> float:
        """The probability of all totals no likelier than the one observed."""
        return min(math.exp(self.log_two_sided), 1.0)

    @property
    def midp(self) -> float:
        """Twice the smaller mid-p tail."""
        return 2.0 * min(self.midp_greater, self.midp_less)


@dataclass(frozen=True, slots=True)
class ObservedTotal:
    """What the law of a total has to say of the one observed.

    theta: the log odds ratio at which it is the mean; infinite at an end of the support, ``nan`` where the margins allow one total. law: tilted
    to about it; ``None`` there.
    """

    pvalues: Pvalues
    theta: float
    law: TotalDistribution | None


def observe(margins: PoolMargins, observed: int, *, start: float = 0.0) -> ObservedTotal:
    """Work out the law about the total observed, and what follows, right at any size of p. start: a first guess of theta.

    >>> two_of_three = PoolMargins.of(*np.array([[3], [4], [10]]))
    >>> seen = observe(two_of_three, 2)
    >>> round(seen.pvalues.midp * 60), round(math.exp(seen.theta), 2)
    (22, 4.17)
    """
    if margins.least == margins.most:
        return ObservedTotal(Pvalues(), math.nan, None)
    total = GroupTotal(margins)
    inner = min(max(float(observed), margins.least + 0.5), margins.most - 0.5)
    theta, tilted = tilt_to_mean(total, inner, start=start)
    law = total.law_of(tilted)
    if observed != inner:
        theta = math.copysign(math.inf, observed - inner)
    return ObservedTotal(
        _upward(total, law, observed) if law.theta >= 0.0 else -_upward(-total, -law, -observed), theta, law
    )


def pvalues(margins: PoolMargins, observed: int) -> Pvalues:
    """Read the p-values of the total observed from the law at odds ratio 1, to 1e-9; below 1e-6, where it has too few digits, from
    the law about that total.

    >>> round(pvalues(PoolMargins.of(*np.array([[3], [4], [10]])), 2).midp * 60)
    22
    """
    if margins.least == margins.most:
        return Pvalues()
    law = GroupTotal(margins).law(0.0)
    here = int(observed - law.x[0])
    point = float(law.mass[here]) if 0 <= here < law.mass.size else 0.0
    if point < CLEAR:
        return observe(margins, observed).pvalues
    less, greater = float(law.mass[:here].sum()), float(law.mass[here + 1 :].sum())
    return Pvalues(
        log_two_sided=min(math.log(float(law.mass[law.mass <= point * (1.0 + TIE)].sum())), 0.0),
        greater=min(greater + point, 1.0),
        less=min(less + point, 1.0),
        midp_greater=greater + 0.5 * point,
        midp_less=less + 0.5 * point,
    )


def _upward(total: GroupTotal, law: TotalDistribution, observed: int) -> Pvalues:
    """Give the p-values where the observed total is at or above its mean: ``law`` is tilted upwards, to about it."""
    here = int(np.searchsorted(law.x, observed))
    log_null = law.log_null()
    log_greater = law.log_null_tail(observed)
    greater, point = math.exp(log_greater), math.exp(log_null[here])
    midp = greater - 0.5 * point
    return Pvalues(
        log_two_sided=_log_two_sided(total, law.theta, log_null, here, log_greater),
        greater=min(greater, 1.0),
        less=min(1.0 - greater + point, 1.0),
        midp_greater=midp,
        midp_less=1.0 - midp,
    )


def _log_two_sided(total: GroupTotal, theta: float, log_null: Floats, here: int, log_greater: float) -> float:
    """Give the log probability of all totals no likelier than the one observed.

    The law of a total rises to its mode and then falls, so these are an upper tail and a lower one. The lower may hold much of p
    though it lies far away, and is read from a law of its own.
    """
    threshold = log_null[here] + math.log1p(TIE)
    likelier = np.flatnonzero(log_null[:here] > threshold)
    if not likelier.size:
        return 0.0
    near = np.logaddexp.reduce(log_null[likelier[-1] + 1 : here], initial=log_greater)
    across = total.law_of(tilt_to_log_mass(total, threshold, start=-theta))
    first = np.argmax(across.log_null() > threshold)
    if across.x[first] == total.least:
        return float(near)
    return float(np.logaddexp(near, (-across).log_null_tail(1 - int(across.x[first]))))
