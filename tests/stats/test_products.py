"""A product worked out a little at a time is the product, of the type it is given."""

from __future__ import annotations

import numpy as np
import pytest

from eia.stats import products


@pytest.mark.parametrize("shape", [(1, 1, 1), (0, 3, 2), (5, 4, 130), (300, 7, 65), (3, 40, 0)])
@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_the_parts_of_a_product_make_the_whole(shape, kind, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(products, "MOST", 1 << 10)
    rows, inner, columns = shape
    rng = np.random.default_rng(1)
    left, right = (
        rng.integers(0, 9, size).astype(kind).copy(order)
        for size, order in (((rows, inner), "C"), ((inner, columns), "F"))
    )
    made = products.product(left, right)
    assert made.dtype == kind
    assert np.array_equal(made, left @ right)
