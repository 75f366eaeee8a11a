"""Takes a rising function with its slope, or a falling one without; gives the point where it crosses zero."""

from __future__ import annotations

from collections.abc import Callable

LONGEST_STRIDE = 4.0
"""Newton steps are cut to this: from a flat stretch an uncut step can land where nothing is representable."""

CLOSE = 1e-9
"""A Newton step this short is the last: the next would be about its square."""


def rising_root(
    function: Callable[[float], tuple[float, float]], *, start: float, low: float, high: float, enough: float = 0.0
) -> float:
    """Find where a rising function is zero, by Newton's steps kept inside a shrinking bracket.

    Parameters
    ----------
    function: x -> (value, slope). The value rises with x; the slope need only be good near the root.
    start: first guess. low, high: the root is taken to lie between; where it does not, the nearer end is given.
    enough: stop where the value is at most this far from zero.

    Returns
    -------
    The root, to the last digits or so; less exactly where ``enough`` says so.

    Notes
    -----
    A Newton step that would leave the bracket is replaced by halving the bracket, as in Press et al. (2007),
    *Numerical Recipes*, section 9.4.

    >>> round(rising_root(lambda x: (x**3 - 8, 3 * x**2), start=1.0, low=-10.0, high=10.0), 12)
    2.0
    """
    x = min(max(start, low), high)
    while True:
        value, slope = function(x)
        if abs(value) <= enough:
            return x
        if value < 0.0:
            low = x
        else:
            high = x
        step = -value / slope if slope > 0.0 else float("nan")
        if abs(step) <= CLOSE * max(1.0, abs(x)):
            return x + step
        new = x + min(max(step, -LONGEST_STRIDE), LONGEST_STRIDE)
        if not low < new < high:
            new = 0.5 * (low + high)
            if new in (low, high):  # the bracket is two neighbouring floats
                return new
        x = new


def crossing(function: Callable[[float], float], *, low: float, high: float, close: float) -> float:
    """Find where a function falls through zero, to within ``close``, by halving the bracket: no slope, and no way to go astray.

    It is at least zero at ``low`` and at most zero at ``high``, and is asked for neither.

    >>> round(crossing(lambda x: 8 - x**3, low=-10.0, high=10.0, close=1e-14), 12)
    2.0
    """
    while high - low > close:
        middle = 0.5 * (low + high)
        if middle in (low, high):  # neighbouring floats
            return middle
        low, high = (middle, high) if function(middle) > 0.0 else (low, middle)
    return 0.5 * (low + high)
