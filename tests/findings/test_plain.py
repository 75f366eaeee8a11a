"""What is written as plain values comes back the same, infinite and undefined numbers too; what does not fit its kind is refused."""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made import QUICK, assessed, pools

from eia.findings.core.finding import Finding
from eia.findings.core.permutation_results import PermutationResults
from eia.findings.plain import plain, restore
from eia.findings.supplementary.look_further import Supplementary


@dataclass(frozen=True)
class Point:
    """A place, for the tests."""

    x: float
    name: str | None = None


@dataclass(frozen=True)
class Shape:
    """One of each kind of field that results have."""

    points: tuple[Point, ...]
    pair: tuple[int, str]
    kind: Literal["open", "closed"]
    by_name: Mapping[str, Point]
    inside: Point | None
    size: int | float
    closed: bool
    drawn: dt.datetime


@dataclass(frozen=True)
class Words:
    """Any number of words."""

    words: tuple[str, ...]


SHAPE = Shape(
    points=(Point(1.5, "a"), Point(math.inf)),
    pair=(3, "three"),
    kind="open",
    by_name={"b": Point(-math.inf, "b")},
    inside=None,
    size=2,
    closed=True,
    drawn=dt.datetime(2026, 11, 2, 9, 30, tzinfo=dt.UTC),
)
EXPERIMENT = assessed(pools(A=(9, 12, 2, 12), B=(1, 3, 2, 4), none=(0, 4, 0, 6)), QUICK)


def through_json(value: Any) -> Any:
    return json.loads(json.dumps(plain(value), allow_nan=False))


def test_every_kind_of_field_comes_back() -> None:
    assert restore(Shape, through_json(SHAPE)) == SHAPE


@given(st.floats())
def test_every_number_comes_back_bit_for_bit_and_as_json(number: float) -> None:
    again = restore(Point, through_json(Point(number))).x
    assert again == number or (math.isnan(again) and math.isnan(number))
    assert math.copysign(1, again) == math.copysign(1, number) or math.isnan(number)


@pytest.mark.parametrize(("number", "word"), [(math.inf, "inf"), (-math.inf, "-inf"), (math.nan, "nan")])
def test_numbers_that_json_has_not_are_words(number: float, word: str) -> None:
    assert plain(Point(number)) == {"x": word, "name": None}


@given(st.text())
def test_text_stays_text_even_where_it_spells_a_number(text: str) -> None:
    assert restore(Point, through_json(Point(0.0, text))).name == text
    assert restore(Point, through_json(Point(0.0, "inf"))).name == "inf"


def test_whole_numbers_stay_whole_where_either_may_stand() -> None:
    assert type(restore(Shape, through_json(SHAPE)).size) is int


def test_findings_and_what_stands_beside_them_come_back() -> None:
    for finding in EXPERIMENT.findings:
        assert plain(restore(Finding, through_json(finding))) == plain(finding)
    assert plain(restore(PermutationResults, through_json(EXPERIMENT.drawn))) == plain(EXPERIMENT.drawn)
    assert plain(restore(Supplementary, through_json(EXPERIMENT.further))) == plain(EXPERIMENT.further)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("points", None), ("points", 3), ("points", [3]), ("points", [{"x": 1, "y": 2}]), ("points", [{"name": "a"}]),
        ("points", [{"x": "1"}]), ("points", [{"x": "infinity"}]), ("points", [{"x": True}]), ("points", [{"x": None}]),
        ("points", [{"x": 1, "name": 3}]), ("pair", [3]), ("pair", [3, "three", 3]), ("pair", ["three", 3]), ("pair", [3.0, "three"]),
        ("pair", [True, "three"]), ("kind", "ajar"), ("kind", None), ("kind", ["open"]), ("by_name", []), ("by_name", {"b": 3}),
        ("inside", "inside"), ("inside", []), ("size", "2"), ("size", None), ("size", False), ("closed", 1), ("closed", "true"),
        ("drawn", "yesterday"), ("drawn", 20261102), ("drawn", None),
    ],
)  # fmt: skip
def test_what_does_not_fit_its_kind_is_refused(field: str, value: Any) -> None:
    with pytest.raises((TypeError, ValueError, KeyError, AttributeError)):
        restore(Shape, {**plain(SHAPE), field: value})


def test_a_field_too_many_or_too_few_is_refused() -> None:
    whole = plain(SHAPE)
    with pytest.raises(TypeError):
        restore(Shape, {**whole, "colour": "red"})
    for field in whole:
        with pytest.raises(TypeError):
            restore(Shape, {name: value for name, value in whole.items() if name != field})


@pytest.mark.parametrize("value", [None, 3, "x", [], [[]], True])
def test_what_is_no_mapping_is_no_dataclass(value: Any) -> None:
    with pytest.raises(TypeError):
        restore(Point, value)


def test_a_refusal_quotes_no_value() -> None:
    with pytest.raises((TypeError, ValueError)) as caught:
        restore(Shape, {**plain(SHAPE), "kind": "Zebedee-Canary-42"})
    assert "Canary" not in str(caught.value)


@pytest.mark.parametrize("value", ["abc", {"a": 1}])
def test_text_or_a_mapping_where_a_list_belongs_is_refused(value: Any) -> None:
    with pytest.raises(TypeError):
        restore(Words, {"words": value})
