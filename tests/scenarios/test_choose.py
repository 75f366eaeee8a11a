"""The lowest of each pool are selected, so many of each, whatever the order of the file."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eia.errors import EiaError
from eia.scenarios.choose import Standing, choose, same_order


def standing(pool: list[int], total: list[float], to_go: list[int], then: list[float] | None = None) -> Standing:
    return Standing(
        pool=np.array(pool, dtype=np.int32),
        total=np.array(total),
        then=np.array(then if then else [0.0] * len(pool)),
        to_go=np.array(to_go, dtype=np.int64),
    )


PEOPLE = st.lists(
    st.tuples(st.integers(-1, 3), st.sampled_from([1.0, 2.0, 3.0, float("nan")]), st.booleans()), max_size=30
)


@given(PEOPLE, st.data())
def test_the_number_to_go_holds_in_every_pool_and_nobody_lower_stays(people: list[tuple[int, float, bool]], data: st.DataObject) -> None:  # fmt: skip
    pool, total, now = (np.array([each[i] for each in people]) for i in range(3))
    now = now.astype(bool) & (pool >= 0)
    to_go = []
    for code in range(4):
        here, placed = pool == code, (pool == code) & ~np.isnan(total.astype(float))
        held = int((here & ~placed & now).sum())
        to_go.append(data.draw(st.integers(held, held + int(placed.sum()))))
    made = standing(pool.tolist(), total.tolist(), to_go)
    choice = choose(made, now)
    for code, number in enumerate(to_go):
        here = pool == code
        assert choice.selected[here].sum() == number
        went, stayed = (
            total[here & made.placed & choice.selected],
            total[here & made.placed & ~choice.selected],
        )
        assert not len(went) or not len(stayed) or went.max() <= stayed.min()
    without = (pool >= 0) & np.isnan(total.astype(float))
    assert (choice.selected[without] == now[without]).all()
    assert not choice.selected[pool < 0].any()


@given(PEOPLE, st.randoms())
def test_the_order_of_the_file_changes_only_who_of_equals_goes(people: list[tuple[int, float, bool]], random: object) -> None:  # fmt: skip
    order = list(range(len(people)))
    random.shuffle(order)  # type: ignore[attr-defined]
    pool, total = [p for p, _, _ in people], [t for _, t, _ in people]
    placed = [p >= 0 and t == t for p, t, _ in people]
    to_go = [sum(ok for ok, p in zip(placed, pool, strict=True) if p == code) // 2 for code in range(4)]
    now = np.zeros(len(people), dtype=bool)
    one = choose(standing(pool, total, to_go), now)
    other = choose(standing([pool[i] for i in order], [total[i] for i in order], to_go), now)
    sure = one.selected & ~one.tied
    assert (other.tied == one.tied[order]).all()
    assert ((other.selected & ~other.tied) == sure[order]).all()


def test_pools_in_which_the_order_is_the_same_are_told() -> None:
    before = standing([0, 0, 1, 1], [1, 2, 1, 2], [1, 1])
    assert same_order(before, standing([0, 0, 1, 1], [10, 20, 2, 1], [1, 1])).tolist() == [True, False]
    assert same_order(before, standing([0, 0, 1, 1], [1, 2, 1, 2], [1, 2])).tolist() == [True, False]
    assert same_order(before, standing([0, 1, 1, 1], [1, 2, 1, 2], [1, 1])).tolist() == [False, False]
    assert same_order(before, standing([0, 0, 1, 1], [1, 1, 1, 2], [1, 1])).tolist() == [False, True]


def test_more_to_go_than_can_be_selected_is_refused() -> None:
    with pytest.raises(EiaError, match="can be selected"):
        choose(standing([0, 0], [1, float("nan")], [2]), np.zeros(2, dtype=bool))


def test_fewer_to_go_than_are_selected_without_a_total_is_refused() -> None:
    with pytest.raises(EiaError, match="without a total"):
        choose(standing([0, 0], [1, float("nan")], [0]), np.array([False, True]))
