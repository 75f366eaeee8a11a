"""The cube holds what counting with plain masks gives: every person once, every group and pool, also those with nobody."""

from __future__ import annotations

import csv
import io
from collections import Counter
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from made import ANSWERS, OUTCOMES, POOLS, Person, case, counted, counts_of, staff, table, workforces

from eia.case import Case
from eia.counts.cube import Cube, count, cube_axes
from eia.counts.from_count_table import from_count_table, with_whole_workforce
from eia.counts.stages import compulsory
from eia.intake.evidence import read_workforce

LABELS = {"": "Not recorded", "N/A": "Not applicable"}
CHOICES = case()
GONE_EARLIER = ("slotted in", "volunteer accepted")
GONE_BY_FORCE = ("selected", "redeployed", "dismissed")


def cube_of(people: list[Person], choices: Case = CHOICES) -> Cube:
    workforce = read_workforce(staff(people), choices, name="staff.csv")
    return count(workforce.frame, cube_axes(workforce, choices))


def label(person: Person, key: str) -> str:
    return LABELS.get(person[key], person[key])


@settings(deadline=None, max_examples=60)
@given(workforces())
def test_every_cell_is_what_plain_counting_gives(people: list[Person]) -> None:
    cube = cube_of(people)
    units, outcomes = (*cube.layout.units, ""), cube.layout.outcomes
    for key in ANSWERS:
        dimension = cube.layout.dimensions[key]
        chosen = any(person["outcome"] for person in people)
        expected = Counter(
            (label(p, key), p["unit"], p["pool"], (p["outcome"] or "retained") if chosen else "retained")
            for p in people
        )
        found = {
            (
                group.label,
                units[cube.place_unit[place]],
                (*cube.layout.pools, "")[cube.place_pool[place]],
                outcomes[o],
            ): n
            for (g, place, o), n in np.ndenumerate(cube.tables[key].low)
            for group in (dimension.groups[g],)
            if n
        }
        assert found == dict(expected)
        assert (cube.tables[key].high == cube.tables[key].low).all()


@settings(deadline=None, max_examples=60)
@given(workforces())
def test_the_totals_of_every_characteristic_are_the_rows(people: list[Person]) -> None:
    cube = cube_of(people)
    assert {int(counts.low.sum()) for counts in cube.tables.values()} == {len(people)}
    for key in cube.tables:
        by_pool = cube.by_pool(key).low.sum(axis=(0, 2))
        in_pools = Counter(person["pool"] for person in people)
        assert by_pool.tolist() == [*(in_pools[pool] for pool in cube.layout.pools), in_pools[""]]


@settings(deadline=None, max_examples=40)
@given(workforces())
def test_every_listed_group_is_there_also_without_people(people: list[Person]) -> None:
    cube = cube_of(people)
    for key, listed in (("sex", ["Female", "Male"]), ("disability", ["Disabled", "Not disabled"])):
        groups = [group.label for group in cube.layout.dimensions[key].groups]
        assert groups == [*listed, "Prefer not to say", "Not recorded", "Not applicable"]
        assert cube.by_pool(key).low.shape == (len(groups), len(cube.layout.pools) + 1, len(OUTCOMES))


def test_a_pool_whose_people_all_answer_otherwise_is_there_with_zeros() -> None:
    cube = cube_of([
        {"sex": "Female", "pool": "A", "outcome": "selected"}, {"sex": "Male", "pool": "B", "outcome": "retained"},
    ])  # fmt: skip
    assert cube.by_pool("sex").low.sum(axis=2)[:2].tolist() == [[1, 0, 0], [0, 1, 0]]


@settings(deadline=None, max_examples=60)
@given(workforces())
def test_who_left_before_people_were_chosen_is_in_no_base_and_who_left_after_was_selected(people: list[Person]) -> None:
    cube = cube_of(people)
    for key in ANSWERS:
        stage = compulsory(cube, key, CHOICES.stages)
        for (g, group), (k, pool) in product(
            enumerate(cube.layout.dimensions[key].groups), enumerate((*cube.layout.pools, ""))
        ):
            those = [person for person in people if person["pool"] == pool and label(person, key) == group.label]
            earlier = sum(person["outcome"] in GONE_EARLIER for person in those)
            assert stage.earlier[g, k] == earlier
            assert stage.there[g, k] == len(those) - earlier
            if stage.went is not None:
                assert stage.went[g, k] == sum(person["outcome"] in GONE_BY_FORCE for person in those)


def test_while_nobody_is_chosen_nobody_went() -> None:
    cube = cube_of([{"sex": "Female", "pool": "A", "outcome": ""}])
    assert not cube.chosen
    assert compulsory(cube, "sex", CHOICES.stages).went is None


def test_the_case_orders_the_stages() -> None:
    people = [{"sex": "Female", "pool": "A", "outcome": outcome} for outcome in ("voluntary", "sent away", "kept on")]
    choices = case(
        stages={"order": ("by agreement", "sent"), "compulsory": "sent"},
        outcomes={"voluntary": "by agreement", "sent away": "sent", "kept on": "retained"},
    )
    stage = compulsory(cube_of(people, choices), "sex", choices.stages)
    assert (stage.there[0, 0], stage.earlier[0, 0]) == (2, 1)
    assert stage.went is not None
    assert stage.went[0, 0] == 1


@pytest.mark.slow
@settings(deadline=None, max_examples=60)
@given(workforces(outcomes=("retained", "selected")))
def test_a_table_of_counts_gives_the_cube_of_the_people_it_was_counted_from(people: list[Person]) -> None:
    cube = cube_of([{**person, "unit": ""} for person in people])
    tabulated = from_count_table(counted(counts_of(people)), CHOICES)
    assert tabulated.chosen
    for key in ANSWERS:
        ours, theirs = (
            {
                (group.label, pool): one.by_pool(key).low[g, k].tolist()
                for g, group in enumerate(one.layout.dimensions[key].groups)
                for k, pool in enumerate((*one.layout.pools, ""))
                if one.by_pool(key).low[g, k].any()
            }
            for one in (cube, tabulated)
        )
        assert ours == theirs


@pytest.mark.parametrize("name", ["sex", "Sex", "SEX", " sex "])
def test_one_characteristic_named_in_two_ways_is_one(name: str) -> None:
    cube = from_count_table(
        counted(f"characteristic,group,pool,people,selected\nsex,Female,A,10,5\n{name},Male,A,7,2\n".encode()), CHOICES
    )
    assert list(cube.tables) == ["sex"]
    assert cube.tables["sex"].low.sum() == 17


def test_unknown_characteristics_stay_apart_however_alike_their_names() -> None:
    long = "Comparison of people " * 3
    names = [f"{long}one", f"{long}two", "人事", "部門", "Sex – as told"]
    rows = [[name, group, "A", "3", "1"] for name in names for group in ("Yes", "No")]
    cube = from_count_table(counted(table(rows, ["characteristic", "group", "pool", "people", "selected"])), CHOICES)
    assert len(cube.tables) == len(names)
    assert {int(counts.low.sum()) for counts in cube.tables.values()} == {6}
    assert all(key.isascii() for key in cube.tables)


def test_counts_with_commas_in_thousands_are_read() -> None:
    cube = from_count_table(
        counted(b'characteristic,group,pool,people,selected\nsex,F,A,"1,234","1,000"\nsex,M,A,5,5\n'), CHOICES
    )
    assert cube.tables["sex"].low.sum() == 1239


def test_an_empty_number_selected_everywhere_means_that_nobody_is_chosen() -> None:
    assert not from_count_table(
        counted(b"characteristic,group,pool,people,selected\nsex,F,A,5,\nsex,M,A,5,\n"), CHOICES
    ).chosen
    assert from_count_table(
        counted(b"characteristic,group,pool,people,selected\nsex,F,A,5,0\nsex,M,A,5,0\n"), CHOICES
    ).chosen


def test_a_whole_workforce_gives_its_numbers_or_its_shares() -> None:
    cube = from_count_table(counted(b"characteristic,group,pool,people,selected\nsex,F,A,5,2\nsex,M,A,5,1\n"), CHOICES)
    assert not cube.has_rest
    numbers = with_whole_workforce(cube, counted(b"characteristic,group,people\nsex,Male,30\nsex,Female,20\n"))
    assert numbers.has_rest
    assert numbers.whole_workforce is not None
    assert numbers.whole_workforce.amounts["sex"].tolist()[:2] == [20, 30]
    shares = with_whole_workforce(cube, counted(b"characteristic,group,share\nsex,Male,0.6\nsex,Female,0.4\n"))
    assert shares.whole_workforce is not None
    assert shares.whole_workforce.are_shares
    assert shares.whole_workforce.amounts["sex"].tolist()[:2] == [0.4, 0.6]


@settings(deadline=None, max_examples=40)
@given(workforces(least=3))
def test_the_order_of_the_rows_does_not_matter(people: list[Person]) -> None:
    one, other = cube_of(people), cube_of(people[::-1])
    for key in ANSWERS:
        assert one.layout.dimensions[key] == other.layout.dimensions[key]
        assert (one.by_pool(key).low == other.by_pool(key).low).all()


def test_many_units_and_pools_are_counted_alike() -> None:
    rows = [["Female" if i % 3 else "Male", f"P{i % 2000}" if i % 5 else "", f"U{i % 2500}", ""] for i in range(6000)]
    data = table(rows, ["sex", "pool", "unit", "outcome"])
    workforce = read_workforce(data, CHOICES)
    cube = count(workforce.frame, cube_axes(workforce, CHOICES))
    expected = Counter((row["sex"], row["pool"]) for row in csv.DictReader(io.StringIO(data.decode())))
    by_pool = cube.by_pool("sex").low.sum(axis=2)
    assert {
        (sex, pool): int(by_pool[g, k])
        for g, sex in enumerate(("Female", "Male"))
        for k, pool in enumerate((*cube.layout.pools, ""))
        if by_pool[g, k]
    } == dict(expected)


def test_pools_keep_their_whole_names() -> None:
    long = "Business Support Officer, Directorate of Adult Social Care, Health and Communities, Team "
    people = [{"sex": "Female", "pool": f"{long}{team}", "outcome": ""} for team in "AB"]
    assert len(cube_of(people).layout.pools) == 2


@pytest.mark.parametrize("name", ["人事部", "Ünïcode", "Équipe", "отдел"])
def test_names_in_any_script_are_names(name: str) -> None:
    cube = cube_of([{"sex": "Female", "pool": name, "religion": name, "outcome": "selected"}] * 5)
    assert cube.layout.pools == (name,)
    assert name in [group.label for group in cube.layout.dimensions["religion"].groups]


@pytest.mark.parametrize("word", ["", "-", "–", "none", "N/A", "Not in a pool", "not at risk"])
def test_words_for_no_pool_are_no_pool(word: str) -> None:
    assert (
        cube_of(
            [{"sex": "Female", "pool": word, "outcome": ""}, {"sex": "Male", "pool": POOLS[0], "outcome": ""}]
        ).layout.pools
        == POOLS[:1]
    )


@settings(deadline=None, max_examples=40)
@given(workforces())
def test_as_a_table_every_cell_is_a_row_and_every_characteristic_counts_everybody(people: list[Person]) -> None:
    cube = cube_of(people)
    frame = cube.to_frame()
    assert list(frame) == ["characteristic", "group", "unit", "pool", "outcome", "low", "high"]
    assert set(frame.groupby("characteristic")["low"].sum()) == {len(people)}
    assert (frame["low"] == frame["high"]).all()
    assert frame["outcome"].notna().all() == cube.chosen
    outcomes = len(cube.layout.outcomes) if cube.chosen else 1
    cells = sum(len(counts.low) for counts in cube.tables.values()) * len(cube.place_pool) * outcomes
    assert len(frame) == cells
    women = frame[(frame["characteristic"] == "sex") & (frame["group"] == "Female")]
    in_pools = women.groupby("pool", observed=False)["low"].sum()
    assert in_pools.tolist() == [
        sum(p["pool"] == pool and p["sex"] == "Female" for p in people) for pool in cube.layout.pools
    ]


def test_as_a_table_a_range_has_two_ends() -> None:
    text = b"characteristic,group,pool,people\nSex,Female,A,<5\nSex,Male,A,10\n"
    frame = from_count_table(counted(text), CHOICES).to_frame()
    ends = frame[(frame["group"] == "Female") & (frame["pool"] == "A")][["low", "high"]].to_numpy().tolist()
    assert len(ends) == 1
    assert ends[0][0] < ends[0][1]
