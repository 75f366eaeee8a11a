"""Takes people pool by pool, with columns of numbers; gives the conditional logistic likelihood, penalised, and its maximum.

In a pool where m of n people go, the model gives each set R of m people a chance in proportion to exp(β's), where s is the sum of the
rows of x over R. All that is asked of it are the cumulants of s: the log of the sum over all sets, and its derivatives in β.

The sets are not gone through. Let every person toss a coin of their own, with odds exp(β'x + α): given m heads, the heads are R, whatever α
is. So α is chosen to make m the number to be expected, and the chance of just m heads is read from the transform of the
number of heads, by Fourier inversion. At one frequency the coins are still independent, only with complex chances, so the law of
total cumulance holds as it does for any mixture: the covariance of s is the mean covariance and the covariance of the means, and so on
for the third. It is exact, needs some thirty frequencies however large the pool, and never meets a number too large
or too small for a float. The recursion over people and numbers selected (Gail, Lubin and Rubinstein 1981) gives the same in
n·m steps a pool.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve
from scipy.special import expit, logit

from eia.stats.checks import Floats, Ints
from eia.stats.exact.conditional_distribution import NEGLIGIBLE, reach

Complexes = NDArray[np.complex128]

FIRTH = 0.5
"""Weight of the log determinant of the information in the penalised likelihood (Firth 1993)."""

BATCH = 256
"""Patterns worked on together, about: their arrays, frequencies included, fit the cache, and products stay on one processor."""

NEAR = 0.1
"""The number of heads expected may be so far from the number selected: the answer does not depend on it, only its digits."""

ENOUGH = 1e-18
"""Twice the rise in log likelihood that a further step promises, where the search stops: 1e-9 of a standard error."""

ROUNDED = 1e-8
"""From here on the rise is lost in rounding: steps are taken on trust, as long as each promises less than the one before."""

STEEP = 1e-4
"""A step must bring this part of the rise that the slope promises (Armijo 1966)."""

LONGEST_STEP = 4.0
"""A step changes no coefficient by more: beyond, from flat ground, it would lead where nothing is left of the information."""

MOST_STEPS = 200
MOST_HALVINGS = 30


class NoMaximumError(ArithmeticError):
    """The search for a maximum did not settle."""


@dataclass(frozen=True, slots=True)
class PoolBatch:
    """Pools with about as many patterns; a pattern is a row of x that people of one pool share.

    x: (pools, patterns, columns), 0 where a pool has fewer patterns. count: people, (pools, patterns), 0 there. selected: (pools,).
    """

    x: Floats
    count: Floats
    selected: Floats


@dataclass(frozen=True, slots=True)
class PooledPeople:
    """People in pools where some go and some stay.

    batches: the pools. observed: the sum of x over those selected, (columns,).
    """

    batches: tuple[PoolBatch, ...]
    observed: Floats

    @classmethod
    def of(cls, x: Floats, pool: Ints, selected: Ints) -> PooledPeople:
        """Take the rows of x, the pool's number from 0 on without gaps, and 0 or 1 for selected, person by person."""
        kinds, times = np.unique(np.column_stack([pool, x]), axis=0, return_counts=True)
        patterns = np.bincount(kinds[:, 0].astype(np.intp))
        starts = np.cumsum(patterns) - patterns
        chosen = np.bincount(pool, weights=selected).astype(np.float64)
        order = np.argsort(patterns, kind="stable")
        cuts = np.flatnonzero(np.diff(np.cumsum(patterns[order]) // BATCH, prepend=-1))
        batches = []
        for some in np.split(order, cuts[1:]):
            place = np.arange(patterns[some].max())
            there = place < patterns[some, None]
            row = np.where(there, starts[some, None] + place, 0)
            x_there = np.where(there[..., None], kinds[row, 1:], 0.0)
            batches.append(PoolBatch(x_there, np.where(there, times[row], 0).astype(np.float64), chosen[some]))
        return cls(tuple(batches), observed=x[selected == 1].sum(axis=0))


@dataclass(frozen=True, slots=True)
class Cumulants:
    """Cumulants of the sum of x over those selected, added up over pools.

    log_sum: log of Σ exp(β's) over all sets. mean: (columns,). covariance: (columns, columns). third: (columns,) three times.
    """

    log_sum: float
    mean: Floats
    covariance: Floats
    third: Floats

    def __add__(self, other: Cumulants) -> Cumulants:
        """Give the cumulants of the sum of two independent sums."""
        return Cumulants(
            self.log_sum + other.log_sum,
            self.mean + other.mean,
            self.covariance + other.covariance,
            self.third + other.third,
        )


def cumulants(batch: PoolBatch, beta: Floats) -> Cumulants:
    """Give the cumulants of the sum of x over those selected in the pools of a batch, by the law of total cumulance.

    Two people, one of whom goes, with x = 0 and 1: the odds that it is the second are exp(β).

    >>> pair = PoolBatch(np.array([[[0.0], [1.0]]]), np.ones((1, 2)), np.ones(1))
    >>> even = cumulants(pair, np.zeros(1))
    >>> round(even.log_sum, 12) == round(math.log(2.0), 12), even.mean.round(12), even.covariance.round(12)
    (True, array([0.5]), array([[0.25]]))
    """
    log_sum, weight, q = _coins(batch, beta)
    x, count = batch.x, batch.count[:, None, :]
    columns = x.shape[2]

    # The cumulants at each frequency: of a coin the first three are q, q(1-q) and q(1-q)(1-2q); coins add up.
    variance = count * q * (1.0 - q)
    skewness = variance * (1.0 - 2.0 * q)
    means = (count * q) @ x
    mean = (weight[:, None, :] @ means).real
    away = means - mean
    weighted = weight[..., None] * away

    # Averaged over frequencies while still person by person, where that is less to multiply.
    mean_variance = (weight[:, None, :] @ variance).real.reshape(-1, 1)
    mean_skewness = (weight[:, None, :] @ skewness).real.reshape(-1, 1)
    covariance_with_mean = (weighted.swapaxes(1, 2) @ variance).real.swapaxes(1, 2).reshape(-1, columns)

    rows, away, weighted = x.reshape(-1, columns), away.reshape(-1, columns), weighted.reshape(-1, columns)
    squares = _squares(rows)
    own = (mean_skewness * rows).T @ squares + (weighted.T @ _squares(away)).real
    crossed = (covariance_with_mean.T @ squares).reshape(columns, columns, columns)
    return Cumulants(
        log_sum=log_sum,
        mean=mean.sum(axis=(0, 1)),
        covariance=(mean_variance * rows).T @ rows + (weighted.T @ away).real,
        third=own.reshape(crossed.shape) + crossed + crossed.transpose(1, 0, 2) + crossed.transpose(1, 2, 0),
    )


def _squares(rows: Any) -> Any:
    """Give the products of every two columns, row by row."""
    return (rows[:, :, None] * rows[:, None, :]).reshape(len(rows), -1)


def _coins(batch: PoolBatch, beta: Floats) -> tuple[float, Complexes, Complexes]:
    """Toss the coins: give the log of the sum over all sets, what each frequency weighs, and each coin's complex chance there.

    The weights of a pool, (pools, frequencies), have real parts that add up to 1. Chances are (pools, frequencies, patterns).
    """
    count, selected = batch.count, batch.selected
    log_odds = batch.x @ beta
    tilt = _tilt(log_odds, count, selected)
    log_odds = log_odds + tilt[:, None]
    p = expit(log_odds)
    variance = (count * p * (1.0 - p)).sum(axis=1)

    # Numbers of heads a whole length apart fall together in the transform, so the length is beyond their reach; and odd, since at
    # frequency π the transform of a fair coin is 0.
    length = (int(np.minimum(count.sum(axis=1), reach(variance)).max()) + 1) | 1
    frequency = 2.0 * math.pi / length * np.arange(length // 2 + 1)
    frequency = frequency[variance.min() * (1.0 - np.cos(frequency)) <= NEGLIGIBLE]

    coin = 1.0 + p[:, None, :] * np.expm1(1j * frequency)[:, None]
    log_coin = np.log(np.abs(coin)) + 1j * np.angle(coin)  # np.log of complex numbers takes twenty times as long
    heads = np.exp((log_coin @ count[..., None])[..., 0] - 1j * selected[:, None] * frequency)
    heads[:, 1:] *= 2.0  # each frequency but 0 stands for its negative too
    chance = heads.real.sum(axis=1, keepdims=True)
    log_sum = (count * np.logaddexp(0.0, log_odds)).sum() - tilt @ selected + np.log(chance / length).sum()
    return float(log_sum), heads / chance, p[:, None, :] * np.exp(1j * frequency)[:, None] / coin


def _tilt(log_odds: Floats, count: Floats, selected: Floats) -> Floats:
    """Give α pool by pool, at which about as many heads are to be expected as people are selected.

    By Newton's steps within a bracket: at its ends all coins are at most, or at least, as likely to show heads as they should
    be on average.
    """
    there = count > 0.0
    even: Floats = logit(selected / count.sum(axis=1))
    low = even - np.where(there, log_odds, -np.inf).max(axis=1)
    high = even - np.where(there, log_odds, np.inf).min(axis=1)
    alpha: Floats = 0.5 * (low + high)
    while True:
        p = expit(log_odds + alpha[:, None])
        gap = (count * p).sum(axis=1) - selected
        if np.abs(gap).max() <= NEAR:
            return alpha
        low, high = np.where(gap < 0.0, alpha, low), np.where(gap > 0.0, alpha, high)
        slope = (count * p * (1.0 - p)).sum(axis=1)
        new = alpha - np.divide(gap, slope, out=np.full_like(gap, np.inf), where=slope > 0.0)
        alpha = np.where((low < new) & (new < high), new, 0.5 * (low + high))


@dataclass(frozen=True, slots=True)
class Likelihood:
    """The penalised log likelihood at one β: its value, its slope and the information, which is not penalised."""

    beta: Floats
    value: float
    score: Floats
    information: Floats


def likelihood(people: PooledPeople, beta: Floats, *, penalty: float = FIRTH) -> Likelihood:
    """Give log likelihood + penalty × log det(information) at β, with its slope; value -inf where the information is gone.

    References
    ----------
    Cox (1972), *JRSS B* 34, 187-220, section 7 (the likelihood); Firth (1993), *Biometrika* 80, 27-38, and Heinze and Puhr (2010),
    *Statistics in Medicine* 29, 770-777 (the penalty, and its use with this likelihood).
    """
    total = sum((cumulants(batch, beta) for batch in people.batches[1:]), cumulants(people.batches[0], beta))
    try:
        root = cho_factor(total.covariance, lower=True)
    except np.linalg.LinAlgError:
        return Likelihood(beta, -math.inf, np.zeros_like(beta), total.covariance)
    log_determinant = 2.0 * float(np.log(np.diag(root[0])).sum())
    inverse = cho_solve(root, np.eye(beta.size))
    return Likelihood(
        beta=beta,
        value=float(beta @ people.observed) - total.log_sum + penalty * log_determinant,
        score=people.observed - total.mean + penalty * np.tensordot(total.third, inverse),
        information=total.covariance,
    )


def maximum_likelihood(people: PooledPeople, start: Floats, *, held: int = 0, penalty: float = FIRTH) -> Likelihood:
    """Give the point of the highest penalised likelihood, the first ``held`` coefficients staying as they are in ``start``.

    Fisher's scoring. The information knows nothing of how the penalty bends, which in small pools is much: so its inverse is corrected
    by the last few steps (the formula of Broyden, Fletcher, Goldfarb and Shanno). A step is halved until it leads up.

    Raises
    ------
    NoMaximumError
        where the search does not settle.
    """
    here = likelihood(people, start, penalty=penalty)
    taken: list[tuple[Floats, Floats]] = []
    promised = math.inf
    for _ in range(MOST_STEPS):
        if not math.isfinite(here.value):
            break
        step = np.zeros_like(start)
        step[held:] = _inverse(here.information[held:, held:], taken[-start.size :]) @ here.score[held:]
        before, promised = promised, float(step @ here.score)
        if promised <= ENOUGH or before <= promised <= ROUNDED:
            return here
        if promised <= ROUNDED:
            there = likelihood(people, here.beta + step, penalty=penalty)
        else:
            there = _uphill(people, here, step / max(np.abs(step).max() / LONGEST_STEP, 1.0), penalty)
        taken.append(((there.beta - here.beta)[held:], (here.score - there.score)[held:]))
        here = there
    raise NoMaximumError


def _inverse(information: Floats, taken: list[tuple[Floats, Floats]]) -> Floats:
    """Give the inverse of the information, corrected by steps and by how much the slope fell along them."""
    inverse: Floats = np.linalg.inv(information).astype(np.float64)
    for step, fall in taken:
        if (bend := step @ fall) > 0.0:
            apart = np.eye(step.size) - np.outer(step, fall) / bend
            inverse = apart @ inverse @ apart.T + np.outer(step, step) / bend
    return inverse


def _uphill(people: PooledPeople, here: Likelihood, step: Floats, penalty: float) -> Likelihood:
    """Give the first point that is higher, of those the whole step, half of it, a quarter and so on away."""
    for share in 0.5 ** np.arange(MOST_HALVINGS):
        there = likelihood(people, here.beta + share * step, penalty=penalty)
        if there.value >= here.value + STEEP * share * (step @ here.score):
            return there
    raise NoMaximumError
