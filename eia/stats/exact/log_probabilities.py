"""Takes the four cells of tables, or counts and a share; gives log probabilities that keep their digits at any size.

The log-gamma function of ten million is about 1.5e8, so differences of log-gammas lose eight of their sixteen digits. Here
the large parts are cancelled by hand: what is left of each factorial after Stirling's formula is small, and the rest
is a sum of deviances, each computed without cancellation (Loader 2000, *Fast and accurate computation of binomial
probabilities*; the same split as R's ``dbinom`` and ``dhyper``).
"""

from __future__ import annotations

import numpy as np
from scipy.special import gammaln, xlog1py, xlogy

from eia.stats.checks import Floats

_HALF_LOG_2PI = 0.5 * np.log(2.0 * np.pi)
_SMALL = np.arange(16.0)
_RESTS = gammaln(_SMALL + 1.0) - xlogy(_SMALL, _SMALL) + _SMALL


def stirling_rest(n: Floats) -> Floats:
    """Give log n! - (n log n - n), the part of a log factorial that Stirling's leading terms leave over.

    Takes whole numbers from 0, as floats, any shape. At 0 it is 0. From 16 on it is the usual series, whose first omitted
    term is below 2e-16 (Abramowitz and Stegun 1964, 6.1.41); before that, a table.

    >>> stirling_rest(np.array([0.0, 1.0]))
    array([0., 1.])
    """
    large = np.maximum(n, _SMALL.size)
    square = 1.0 / (large * large)
    series = (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - square / 1188) * square) * square) * square) / large
    small = _RESTS[np.minimum(n, _SMALL[-1]).astype(np.intp)]
    rest: Floats = np.where(n < _SMALL.size, small, _HALF_LOG_2PI + 0.5 * np.log(large) + series)
    return rest


def deviance(observed: Floats, excess: Floats, expected: Floats) -> Floats:
    """Give o log(o / e) - (o - e), from o, o - e and e > 0: never negative, 0 where o = e, and e where o = 0.

    The excess is an argument of its own since callers know it better than a difference of two rounded numbers.

    >>> deviance(np.array([0.0, 2.0]), np.array([-2.0, 0.0]), np.array([2.0, 2.0]))
    array([2., 0.])
    """
    return xlog1py(observed, excess / expected) - excess


def log_hypergeometric(a: Floats, b: Floats, c: Floats, d: Floats) -> Floats:
    """Give the log probability of 2 x 2 tables under chance alone, all margins fixed.

    Takes the four cells (a, b in the group, c, d outside it; a, c selected), whole numbers as floats, any one shape, all
    margins above 0. It is a half of the likelihood-ratio statistic G² and a Stirling rest for each margin and cell.

    >>> np.exp(log_hypergeometric(*np.array([[3.0], [1.0], [1.0], [3.0]]))) * 70
    array([16.])
    """
    group, others, selected, retained = a + b, c + d, a + c, b + d
    total = group + others
    excess = (a * d - b * c) / total
    half_g2 = (
        deviance(a, excess, group * selected / total)
        + deviance(b, -excess, group * retained / total)
        + deviance(c, -excess, others * selected / total)
        + deviance(d, excess, others * retained / total)
    )
    rests = stirling_rest(np.stack([group, others, selected, retained, total, a, b, c, d]))
    log_mass: Floats = rests[:4].sum(axis=0) - rests[4:].sum(axis=0) - half_g2
    return log_mass


def log_binomial(x: Floats, n: Floats, p: float, q: float) -> Floats:
    """Give the log probability of x of n at a share p strictly between 0 and 1, with q = 1 - p; whole numbers as floats.

    >>> np.exp(log_binomial(np.array([0.0, 1.0, 2.0]), np.full(3, 2.0), 0.5, 0.5))
    array([0.25, 0.5 , 0.25])
    """
    excess = x - n * p
    rest = stirling_rest(n) - stirling_rest(x) - stirling_rest(n - x)
    return rest - deviance(x, excess, n * p) - deviance(n - x, -excess, n * q)
