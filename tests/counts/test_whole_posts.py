"""People are counted by what is put in pools whole: posts, or units where posts are not given; each once, in or out."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made import ANSWERS, QUICK, Person, staff, table, workforces

from eia.counts.cube import cube_axes
from eia.counts.whole_posts import WholePosts, whole_posts
from eia.intake.evidence import read_workforce

WORDS = {"": "Not recorded", "N/A": "Not applicable"}


def blocks_of(data: bytes) -> WholePosts | None:
    workforce = read_workforce(data, QUICK, name="staff.csv")
    return whole_posts(workforce.frame, cube_axes(workforce, QUICK))


def rows(*people: str) -> bytes:
    """People as sex, pool, unit and post, divided by commas."""
    return table([person.split(",") for person in people], ["sex", "pool", "unit", "post"])


def sizes(counted: WholePosts | None) -> list[tuple[bool, int]]:
    """Whether each block is in a pool, and its people."""
    assert counted is not None
    return sorted(zip(counted.in_pool.tolist(), counted.people["sex"].sum(axis=0).tolist(), strict=True))


@settings(deadline=None, max_examples=40)
@given(workforces(least=6), st.data())
def test_every_person_is_counted_once_in_the_block_of_their_post(people: list[Person], data: st.DataObject) -> None:
    post = st.sampled_from(["Clerk", "Cook", "Porter"])
    placed = [{**person, "post": data.draw(post)} for person in people]
    expected = {
        key: Counter(((p["unit"], p["post"], bool(p["pool"])), WORDS.get(p[key], p[key])) for p in placed)
        for key in ANSWERS
    }
    held = {block for block, _ in expected["sex"]}
    counted = blocks_of(staff(placed))
    if counted is None or counted.kind != "posts":
        names = Counter((p["unit"], p["post"]) for p in placed)
        assert len(names) == 1 or sum(size == 1 for size in names.values()) * 2 >= len(placed)
        return
    assert counted.parted == len(held) - len({(unit, name) for unit, name, _ in held})
    assert sorted(counted.in_pool.tolist()) == sorted(inside for _, _, inside in held)
    for key, counts in counted.people.items():
        if key in ANSWERS:
            assert counts.sum() == len(people)
            assert sorted(n for n in counts.ravel().tolist() if n) == sorted(expected[key].values())


def test_posts_of_one_name_in_two_units_are_two() -> None:
    one = rows(*["F,A,North,Clerk"] * 2, *["M,,North,Cook"] * 2)
    two = rows(*["F,A,North,Clerk"] * 2, *["M,,South,Clerk"] * 2)
    for data in (one, two):
        assert sizes(blocks_of(data)) == [(False, 2), (True, 2)]


def test_people_of_no_unit_have_posts_all_the_same() -> None:
    assert sizes(blocks_of(rows(*["F,A,,Clerk"] * 3, *["M,,,Cook"] * 2))) == [(False, 2), (True, 3)]


def test_a_post_of_which_only_some_are_in_a_pool_is_two_blocks() -> None:
    counted = blocks_of(rows("F,A,,Clerk", "F,A,,Clerk", "M,,,Clerk", "M,,,Cook", "M,,,Cook"))
    assert sizes(counted) == [(False, 1), (False, 2), (True, 2)]
    assert counted is not None
    assert counted.parted == 1


def test_a_post_split_between_two_pools_is_one_block_in_pools() -> None:
    assert sizes(blocks_of(rows("F,A,,Clerk", "F,B,,Clerk", "M,,,Cook", "M,,,Cook"))) == [(False, 2), (True, 2)]


@pytest.mark.parametrize("posts", [["", "", "", ""], ["a", "b", "c", "d"], ["a", "a", "b", ""]],
                         ids=["no posts", "each a post of their own", "somebody without"])  # fmt: skip
def test_where_posts_do_not_tell_who_belongs_together_units_do(posts: list[str]) -> None:
    people = [f"F,{pool},{unit},{post}" for pool, unit, post in zip("AA  ", "NNSS", posts, strict=True)]
    counted = blocks_of(rows(*people))
    assert counted is not None
    assert counted.kind == "units"
    assert sizes(counted) == [(False, 2), (True, 2)]


@pytest.mark.parametrize(
    "people",
    [
        ["F,A,,", "F,A,,", "M,,,", "M,,,"],
        ["F,A,N,", "F,A,N,", "M,,S,", "M,,,"],
        ["F,A,N,x", "F,A,N,x", "M,,N,x", "M,,N,x"],
        ["F,A,N,a", "F,A,S,b", "M,,E,c", "M,,W,d"],
    ],
    ids=["neither is given", "somebody in no unit", "all in one", "each alone in both"],
)
def test_where_neither_tells_nothing_is_counted(people: list[str]) -> None:
    assert blocks_of(rows(*people)) is None


def test_up_to_half_may_have_a_post_of_their_own() -> None:
    most = ["F,A,,Clerk", "F,A,,Clerk", "F,A,,Clerk", "M,,,Cook", "M,,,Porter"]
    half = [*most, "M,,,Driver"]
    assert blocks_of(rows(*most)) is not None
    assert blocks_of(rows(*half)) is None


def test_neither_the_order_of_blocks_nor_the_numbers_of_units_are_those_of_the_rows() -> None:
    people = [*["F,A,South,Clerk"] * 2, *["M,,North,Cook"] * 3, *["F,,South,Cook"] * 2, *["F,A,East,Cook"] * 2]
    as_they_stand, turned = blocks_of(rows(*people)), blocks_of(rows(*people[::-1]))
    assert as_they_stand is not None
    assert turned is not None
    assert as_they_stand.unit is not None
    assert turned.unit is not None
    assert as_they_stand.unit.tolist() == turned.unit.tolist()
    assert as_they_stand.people["sex"].tolist() == turned.people["sex"].tolist()
