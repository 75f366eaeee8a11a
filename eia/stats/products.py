"""Takes two matrices; gives their product, worked out a little at a time.

A large product would wake every processor, and wait for busy ones: ten thousand of them take twice the processor's time, for nothing.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

MOST = 1 << 18
"""Multiplications in one product, up to which BLAS stays on one processor."""

COLUMNS = 64
"""Columns of one product."""


def product(left: NDArray[np.floating], right: NDArray[np.floating]) -> NDArray[np.floating]:
    """Multiply two matrices of one type.

    >>> product(np.ones((2, 3)), np.ones((3, 1)))
    array([[3.],
           [3.]])
    """
    result = np.empty((len(left), right.shape[1]), dtype=right.dtype)
    for column in range(0, right.shape[1], COLUMNS):
        some = np.ascontiguousarray(right[:, column : column + COLUMNS])
        rows = max(MOST // max(some.size, 1), 1)
        for row in range(0, len(left), rows):
            with np.errstate(invalid="ignore"):  # BLAS may work on what lies beyond the arrays, and flag what it finds
                result[row : row + rows, column : column + COLUMNS] = left[row : row + rows] @ some
    return result
