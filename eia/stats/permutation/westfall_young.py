"""Takes what every test of a family gave on the observed data and on random draws; gives p-values adjusted for the family.

The draws carry the dependence between the tests, so that nothing is lost by adjusting for tests that say the same twice.
"""

from __future__ import annotations

import math

import numpy as np

from eia.stats.checks import Flags, Floats, Ints
from eia.stats.exact.conditional_distribution import TIE


def westfall_young(scores: Floats) -> Floats:
    """Adjust the p-values of a family by Westfall and Young's step-down minima.

    Parameters
    ----------
    scores: (draws + 1, tests): how unusual each test finds each draw, as a p-value or anything like it, small being unusual. The
        first row is the observed data, scored as the draws are.

    Returns
    -------
    Adjusted p-values (tests,), none below 1 / (draws + 1). The smallest is how often a draw finds anything as unusual anywhere. Calling
    positive what is at most α keeps the chance of any false alarm at α or less, however the scores were made, as long as the draws
    are as likely as the data when nothing is amiss.

    References
    ----------
    Westfall and Young (1993), *Resampling-Based Multiple Testing*, algorithm 2.8; counting the data among the draws: Davison and Hinkley
    (1997), *Bootstrap Methods and their Application*, (4.11).

    Example
    -------
    >>> westfall_young(np.array([[0.02, 0.30], [0.01, 0.90], [0.40, 0.20], [0.70, 0.60]]))
    array([0.5, 0.5])
    """
    order = np.argsort(scores[0], kind="stable")
    smallest = np.minimum.accumulate(scores[:, order[::-1]], axis=1)[:, ::-1]
    adjusted = np.empty(order.size)
    adjusted[order] = np.maximum.accumulate((smallest <= scores[0, order] * (1.0 + TIE)).mean(axis=0))
    return adjusted


def in_families(scores: Floats, family: Ints) -> Floats:
    """Adjust each test for the tests of its own family alone, as :func:`westfall_young` does. family: (tests,) a number for each.

    >>> in_families(np.array([[0.02, 0.30], [0.01, 0.90], [0.40, 0.20], [0.70, 0.60]]), np.array([0, 1]))
    array([0.5, 0.5])
    """
    adjusted = np.empty(family.size)
    for each in np.unique(family):
        adjusted[family == each] = westfall_young(scores[:, family == each])
    return adjusted


def any_family_positive(scores: Floats, family: Ints, alpha: float) -> float:
    """Give the share of rows in which some test is at or below alpha when adjusted for its own family alone.

    Takes what :func:`in_families` does: how often something stands out somewhere although nothing is amiss.

    >>> any_family_positive(np.array([[0.1, 0.4], [0.2, 0.3], [0.3, 0.2], [0.4, 0.1]]), np.array([0, 1]), 0.25)
    0.5
    """
    positive = np.zeros(len(scores), dtype=bool)
    for each in np.unique(family):
        smallest = scores[:, family == each]
        positive |= smallest.min(axis=1) <= critical_score(smallest, alpha) * (1.0 + TIE)
    return float(positive.mean())


def critical_score(scores: Floats, alpha: float) -> float:
    """Give the score at or below which one test alone would be positive at alpha, all tests allowed for.

    Takes scores as :func:`westfall_young` does: the largest of the rows' smallest scores that at most a share alpha of rows reach; 0 where
    so few rows there are that none does.

    >>> critical_score(np.array([[0.02, 0.30], [0.01, 0.90], [0.40, 0.20], [0.70, 0.60]]), 0.5)
    0.02
    """
    smallest = np.sort(scores.min(axis=1))
    reached = np.searchsorted(smallest, smallest * (1.0 + TIE), side="right") <= alpha * smallest.size
    return float(smallest[reached].max(initial=0.0))


def critical_scores(scores: Floats, alpha: float) -> Floats:
    """Give for each test the score at or below which :func:`westfall_young` would make it positive at alpha, the others being as they are.

    Takes scores as :func:`westfall_young` does. Where others are positive without it, fewer are left to allow for, and its score may be larger
    than :func:`critical_score`. A test is positive exactly where its own score is at or below its critical one.

    >>> scores = np.array([[0.01, 0.04], [0.02, 0.30], [0.40, 0.05], [0.70, 0.60]])
    >>> critical_scores(scores, 0.25), westfall_young(scores)
    (array([0.01, 0.04]), array([0.25, 0.25]))
    """
    positive = _positive(scores, alpha)
    critical = np.zeros(positive.size)
    if not positive.all():
        critical[~positive] = critical_score(scores[:, ~positive], alpha)
    for test in np.flatnonzero(positive).tolist():
        critical[test] = critical_score(scores[:, ~_positive(scores, alpha, but=test)], alpha)
    return critical


def _positive(scores: Floats, alpha: float, but: int | None = None) -> Flags:
    """Which tests step-down makes positive, one of them being taken as negative whatever its score."""
    positive = np.zeros(scores.shape[1], dtype=bool)
    while not positive.all():
        more = ~positive & (scores[0] <= critical_score(scores[:, ~positive], alpha) * (1.0 + TIE))
        if but is not None:
            more[but] = False
        if not more.any():
            break
        positive |= more
    return positive


def tail_shares(statistics: Floats) -> Floats:
    """Give the share of rows, itself among them, whose statistic is at least that of each row, column by column.

    Takes (draws + 1, tests) statistics, in units of their standard deviation: within 1e-7 they count as equal.

    >>> tail_shares(np.array([[2.0], [1.0], [1.0], [0.0]]))[:, 0]
    array([0.25, 0.75, 0.75, 1.  ])
    """
    shares = np.empty_like(statistics)
    for column, share in zip(statistics.T, shares.T, strict=True):
        order = np.argsort(column)
        ascending = column[order]  # looked up in order, each is found near the one before it
        share[order] = (column.size - np.searchsorted(ascending, ascending - TIE)) / column.size
    return shares


def standard_error(pvalue: float, rows: int) -> float:
    """Give the Monte Carlo standard error of a p-value counted over so many rows; 0 for none (``nan`` stays ``nan``)."""
    return math.sqrt(pvalue * (1.0 - pvalue) / rows)
