"""Takes the p-values of one family of tests; gives them adjusted for their number."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from eia.errors import EiaError, Fault
from eia.stats.checks import Floats


def holm(pvalues: ArrayLike) -> Floats:
    """Adjust p-values by Holm's step-down method.

    Parameters
    ----------
    pvalues: one p-value a test, in [0, 1], one dimension. ``nan`` stands for a test that was not made: it stays ``nan``
        and does not count towards the size of the family.

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
    Holm (1979), A simple sequentially rejective multiple test procedure, *Scandinavian Journal of Statistics* 6, 65-70;
    adjusted values as in Wright (1992), *Biometrics* 48, section 2.

    Example
    -------
    >>> holm([0.01, float("nan"), 0.04, 0.03])
    array([0.03,  nan, 0.06, 0.06])
    """
    p = np.asarray(pvalues, dtype=np.float64)
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
    ascending = tested[np.argsort(p[tested], kind="stable")]
    remaining = tested.size - np.arange(tested.size)
    adjusted[ascending] = np.minimum(np.maximum.accumulate(remaining * p[ascending]), 1.0)
    return adjusted


def holm_criticals(pvalues: ArrayLike, alpha: float) -> Floats:
    """Give for each test the p-value at or below which Holm's method would make it positive at alpha, the others being as they are.

    Takes p-values as :func:`holm` does; ``nan`` stays ``nan``. With no other positive that is alpha over the number of tests; each other
    one that is positive without it leaves one fewer to allow for. A test is positive exactly where its own p is at or below it.

    >>> holm_criticals([0.01, float("nan"), 0.04, 0.03], 0.05)
    array([0.01666667,        nan, 0.025     , 0.025     ])
    """
    p = np.asarray(pvalues, dtype=np.float64)
    tested = np.flatnonzero(~np.isnan(p))
    allowed = alpha / (tested.size - np.arange(tested.size))  # of the smallest p, the next, and so on
    criticals = np.full_like(p, np.nan)
    for place, test in enumerate(tested):
        others = np.sort(np.delete(p[tested], place))
        criticals[test] = allowed[np.argmin(np.append(others <= allowed[:-1], False))]
    return criticals
