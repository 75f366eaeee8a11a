"""People counted pool by pool and value by value."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from eia.stats.permutation.values_by_pool import values_by_pool

people = st.lists(st.tuples(st.integers(0, 3), st.booleans(), st.sampled_from([1.0, 2.5, -4.0, math.nan])), max_size=20)


@settings(deadline=None, derandomize=True, max_examples=100)
@given(people)
def test_equals_counting_person_by_person(some: list[tuple[int, bool, float]]) -> None:
    pool, selected, value = (np.array([p[i] for p in some], kind) for i, kind in enumerate((int, bool, float)))
    pools, unknown = values_by_pool(pool=pool, selected=selected, value=value)
    assert unknown == sum(math.isnan(v) for _, _, v in some)
    assert [each.pool for each in pools] == sorted({p for p, _, _ in some})
    for each in pools:
        here = [(chosen, v) for p, chosen, v in some if p == each.pool and not math.isnan(v)]
        assert each.value.tolist() == sorted({v for _, v in here})
        assert each.people.tolist() == [sum(v == one for _, v in here) for one in each.value]
        assert each.selected.tolist() == [sum(chosen and v == one for chosen, v in here) for one in each.value]
        assert (each.everyone, each.chosen) == (len(here), sum(chosen for chosen, _ in here))
