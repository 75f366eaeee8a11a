"""Takes the p-values of one family of tests, and how its error is shared out; gives them adjusted for their number."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from eia.errors import EiaError, Fault
from eia.stats.checks import Floats, Ints, refuse


@dataclass(frozen=True, slots=True, eq=False)
class FamilyWeights:
    """How the error of a family is shared out over its tests, and which of them are families of their own within it.

    weights: (tests,) above 0: a test of weight 10 may find at a p ten times as large as one of weight 1. own: (tests,) a whole number for
    each, the same for those of one family.
    """

    weights: Floats
    own: Ints

    @classmethod
    def even(cls, tests: int) -> FamilyWeights:
        """All alike, and all one family.

        >>> FamilyWeights.even(2).weights
        array([1., 1.])
        """
        return cls(np.ones(tests), np.zeros(tests, dtype=np.int64))

    def of(self, tests: int) -> FamilyWeights:
        """The same, checked to be of so many tests.

        Raises EiaError where it is not, or a weight is not a finite number above 0.
        """
        if (
            self.weights.shape != (tests,)
            or self.own.shape != (tests,)
            or not np.all(np.isfinite(self.weights) & (self.weights > 0))
        ):
            refuse([Fault(code="not-weights-of-tests", what=f"The family has {self.weights.size} weights; there are {tests} tests.",
                          allowed="One finite number above 0 for each test.", do="Give a weight for every test.")])  # fmt: skip
        return self


def holm(pvalues: ArrayLike, weights: ArrayLike | None = None) -> Floats:
    """Adjust p-values by Holm's step-down method.

    Parameters
    ----------
    pvalues: one p-value a test, in [0, 1], one dimension. ``nan`` stands for a test that was not made: it stays ``nan``
        and does not count towards the size of the family.
    weights: one a test, above 0: how the error is shared out; evenly by default.

    Returns
    -------
    Adjusted p-values in the order given, in [0, 1], none below its own p-value. Calling a test positive when its
    adjusted p-value is at most α keeps the chance of any false alarm in the family at α or less, whatever the
    dependence between the tests.

    Raises
    ------
    EiaError
        where a number lies outside [0, 1], or the p-values are not one-dimensional.

    References
    ----------
    Holm (1979), A simple sequentially rejective multiple test procedure, *Scandinavian Journal of Statistics* 6, 65-70, weights in
    section 4; adjusted values as in Wright (1992), *Biometrics* 48, section 2.

    Example
    -------
    >>> holm([0.01, float("nan"), 0.04, 0.03])
    array([0.03,  nan, 0.06, 0.06])
    >>> holm([0.01, 0.03], weights=[1, 3])
    array([0.04, 0.04])
    """
    p = np.asarray(pvalues, dtype=np.float64)
    w = np.ones_like(p) if weights is None else np.asarray(weights, dtype=np.float64)
    if p.ndim != 1 or np.any((p < 0.0) | (p > 1.0)):
        raise EiaError(
            Fault(
                code="not-pvalues",
                what="The p-values to adjust are not a list of numbers between 0 and 1.",
                allowed="Numbers from 0 to 1, or nan for a test that was not made.",
                do="Give the p-values of one family.",
            )
        )
    adjusted = np.full_like(p, np.nan)
    tested = np.flatnonzero(~np.isnan(p))
    ascending = tested[np.argsort(p[tested] / w[tested], kind="stable")]
    remaining = np.cumsum(w[ascending][::-1])[::-1]
    adjusted[ascending] = np.minimum(np.maximum.accumulate(remaining * p[ascending] / w[ascending]), 1.0)
    return adjusted


def holm_within(pvalues: ArrayLike, family: ArrayLike) -> Floats:
    """Adjust each p-value by Holm's method for those of its own family alone. family: one label a test, of any kind that sorts.

    >>> holm_within([0.01, 0.04, 0.03], ["sex", "race", "race"])
    array([0.01, 0.06, 0.06])
    """
    p, labels = np.asarray(pvalues, dtype=np.float64), np.asarray(family)
    adjusted = np.empty_like(p)
    for each in np.unique(labels):
        adjusted[labels == each] = holm(p[labels == each])
    return adjusted


def holm_criticals(pvalues: ArrayLike, alpha: float, weights: ArrayLike | None = None) -> Floats:
    """Give for each test the p-value at or below which Holm's method would make it positive at alpha, the others being as they are.

    Takes p-values and weights as :func:`holm` does; ``nan`` stays ``nan``. With no other positive that is its share of alpha; every other one that
    is positive without it leaves less to allow for. A test is positive exactly where its own p is at or below it.

    >>> holm_criticals([0.01, float("nan"), 0.04, 0.03], 0.05)
    array([0.01666667,        nan, 0.025     , 0.025     ])
    """
    p = np.asarray(pvalues, dtype=np.float64)
    w = np.ones_like(p) if weights is None else np.asarray(weights, dtype=np.float64)
    criticals = np.full_like(p, np.nan)
    for test in np.flatnonzero(~np.isnan(p)).tolist():
        without = np.where(np.arange(p.size) == test, 1.0, p)  # the test itself is allowed for until the last
        left = ~np.isnan(p) & ~(holm(without, w) <= alpha)
        left[test] = True
        criticals[test] = alpha * w[test] / w[left].sum()
    return criticals
