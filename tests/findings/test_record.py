"""The record replays to the same assessment and the same text; whatever was changed in it, or is no record, is refused."""

from __future__ import annotations

import copy
import datetime as dt
import hashlib
import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made import QUICK, Person, assessed, assessed_counts, case, pools, staff, table, workforces
from pydantic import ValidationError

from eia.case import Case, read_case
from eia.errors import EiaError, Fault
from eia.findings.assess import assess_evidence
from eia.findings.core.finding import Finding
from eia.findings.core.permutation_results import PermutationResults
from eia.findings.headlines import asks, limits
from eia.findings.record import from_json, plain, restore, to_json
from eia.findings.supplementary.look_further import Supplementary
from eia.intake.evidence import read_evidence
from eia.present.documents.write_report import report_files

DATA = Path(__file__).parents[2] / "datasets"
SMALL = assessed(pools(A=(2, 5, 1, 5), B=(1, 3, 2, 4), none=(0, 4, 0, 6)))
WHOLE = assessed_counts(
    b"characteristic,group,pool,people,selected\nsex,F,A,5,2\nsex,M,A,5,2\n",
    whole=b"characteristic,group,share\nsex,Male,0.6\nsex,Female,0.4\n",
)


def of_dataset(name: str):
    path = DATA / name / "case.toml"
    choices = read_case(path)
    evidence = read_evidence(choices, folder=path.parent)
    return assess_evidence(evidence, choices)


@pytest.mark.parametrize(
    "name", [pytest.param("millbrook", marks=pytest.mark.slow), "real/meacham", "real/ricci", "real/university-2010"]
)
def test_a_record_replays_to_the_same_record_and_the_same_report(name: str) -> None:
    first = of_dataset(name)
    text = to_json(first)
    again = from_json(text)
    assert to_json(again) == text
    assert report_files(again) == report_files(first)


@settings(deadline=None, max_examples=12)
@given(workforces(least=2, most=30))
def test_any_assessment_replays(people: list[Person]) -> None:
    text = to_json(assessed(staff(people), QUICK))
    assert to_json(from_json(text)) == text


def titled(title: str) -> Case:
    return case(title=title, analysis={"draws": 999, "questions": ("spread",)})


@settings(deadline=None, max_examples=30)
@given(
    st.lists(st.text(min_size=1, max_size=60).filter(lambda text: text.strip()), min_size=2, max_size=5, unique=True)
)
def test_any_text_survives(labels: list[str]) -> None:
    rows = [[label, labels[0], "A", "retained"] for label in labels] + [["x", "y", "A", "selected"]]
    try:
        first = assessed(table(rows, ["religion", "grade", "pool", "outcome"]), titled(labels[0][:200]))
    except (EiaError, ValidationError):
        return  # a text that the intake or the case refuses, such as one with a NUL
    text = to_json(first)
    again = from_json(text)
    assert again.cube.layout == first.cube.layout
    assert again.case == first.case
    assert to_json(again) == text


def test_a_record_says_what_to_ask_and_what_cannot_be_told() -> None:
    found = assessed(pools(A=(12, 20, 2, 20), B=(10, 20, 3, 20), none=(0, 20, 0, 60)))
    told = json.loads(to_json(found))["told"]
    assert [each["key"] for each in told["asks"]] == [each.key for each in asks(found)]
    assert [each["key"] for each in told["limits"]] == [each.key for each in limits(found)]
    first = told["asks"][0]
    assert (first["key"], first["finding"]) == (
        "selection found",
        ["selection", "sex", {"label": "Female", "kind": "answer"}],
    )


def test_what_to_ask_has_to_follow_from_the_findings() -> None:
    record = json.loads(to_json(SMALL))
    with pytest.raises(EiaError, match="do not follow"):
        from_json(sealed(changed(record, ("told", "asks", 0, "number"), 99)))


def test_infinite_numbers_are_plain_json() -> None:
    text = to_json(assessed(pools(A=(3, 3, 0, 3))))
    json.loads(text, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))
    assert '"inf"' in text


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every single value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in inner:
        yield from leaves(part, (*path, key))
    if not isinstance(value, dict | list):
        yield path


def changed(record: dict[str, Any], path: tuple[Any, ...], new: Any) -> dict[str, Any]:
    """The record with one value replaced."""
    result = copy.deepcopy(record)
    inner = result
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = new
    return result


def other(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 1
    return "other" if value is None else f"{value}1"


REFUSALS = ("record-does-not-replay", "not-a-record", "case-value", "case-format", "counts-are-ranges")


@pytest.mark.slow
@pytest.mark.parametrize("assessment", [SMALL, WHOLE], ids=["people", "counts"])
def test_a_record_in_which_any_value_was_changed_is_refused(assessment) -> None:
    record = json.loads(to_json(assessment))
    for path in leaves(record):
        value = record
        for step in path:
            value = value[step]
        with pytest.raises(EiaError) as caught:
            from_json(json.dumps(changed(record, path, other(value))))
        assert caught.value.faults[0].code in REFUSALS


def sealed(record: dict[str, Any]) -> str:
    """The record with a digest that fits it, as someone who knew how could make it."""
    rest = {name: part for name, part in record.items() if name != "sha256"}
    digest = hashlib.sha256(json.dumps(rest, sort_keys=True).encode()).hexdigest()
    return json.dumps({**rest, "sha256": digest})


def test_what_is_taken_back_is_what_was_written() -> None:
    again = from_json(to_json(SMALL))
    assert plain(again.findings) == plain(SMALL.findings)
    assert plain(again.drawn) == plain(SMALL.drawn)
    assert plain(again.further.all()) == plain(SMALL.further.all())


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_findings_that_do_not_follow_from_the_counts_are_refused_even_with_a_digest_that_fits(
    data: st.DataObject,
) -> None:
    record = json.loads(to_json(SMALL))
    figures = [p for p in leaves(record) if p[0] == "findings" and p[-1] != "definition"]
    path = data.draw(st.sampled_from(figures))
    value = record
    for step in path:
        value = value[step]
    with pytest.raises(EiaError):
        from_json(sealed(changed(record, path, other(value))))


@settings(deadline=None, max_examples=50)
@given(st.data())
def test_no_damage_breaks_the_reading_of_a_record(data: st.DataObject) -> None:
    record = json.loads(to_json(SMALL))
    path = data.draw(
        st.sampled_from(
            [p[: data.draw(st.integers(1, len(p)))] for p in [data.draw(st.sampled_from(list(leaves(record))))]]
        )
    )
    new = data.draw(st.sampled_from([None, -1, 10**30, "x", [], {}, [[1]], {"a": 1}, True, 0.5]))
    text = sealed(changed(record, path, new))
    faults: tuple[Fault, ...] = ()
    try:
        from_json(text)
    except EiaError as error:
        faults = error.faults
    assert all(fault.do for fault in faults)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", "1", '"x"', "{}", '{"format": 3}', '{"format": 1}', "[" * 100_000, "\0", "NaN"]
)
def test_what_is_no_record_is_refused_with_a_message(text: str) -> None:
    with pytest.raises(EiaError) as caught:
        from_json(text, file="mine.json")
    assert caught.value.faults[0].file == "mine.json"
    assert caught.value.faults[0].do


def test_a_record_of_another_format_is_refused_with_the_version_that_made_it() -> None:
    older = json.loads(
        to_json(assessed(table([["F", "A", "selected"], ["M", "A", "retained"]], ["sex", "pool", "outcome"])))
    )
    older |= {"format": 1, "run": {**older["run"], "version": "0.0.9"}}
    with pytest.raises(EiaError) as caught:
        from_json(json.dumps(older))
    (fault,) = caught.value.faults
    assert fault.code == "not-a-record"
    assert "0.0.9" in fault.what
    assert fault.do


def test_a_record_holds_no_reference_and_no_column_that_was_not_asked_for() -> None:
    data = b"reference,name,sex,pool,outcome\nR-1,Zebedee-Canary-42,F,A,selected\nR-2,Zebedee-Canary-42,M,A,retained\n"
    text = to_json(assessed(data))
    assert "Canary" not in text
    assert "R-1" not in text
    assert '"name"' in text  # the header is listed as not used


# ---- values as they are written: infinite and undefined numbers too; what does not fit its kind is refused ------------


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
    in_ranges = assessed_counts(b"characteristic,group,pool,people,selected\nsex,F,A,50,20\nsex,M,A,50,<5\n").findings
    for finding in (*EXPERIMENT.findings, *in_ranges):
        assert plain(restore(Finding, through_json(finding))) == plain(finding)
    assert plain(restore(PermutationResults, through_json(EXPERIMENT.drawn))) == plain(EXPERIMENT.drawn)
    assert plain(restore(Supplementary, through_json(EXPERIMENT.further.all()))) == plain(EXPERIMENT.further.all())


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
    with pytest.raises(ValueError, match="validation error"):
        restore(Shape, {**plain(SHAPE), field: value})


def test_a_field_too_many_or_too_few_is_refused() -> None:
    whole = plain(SHAPE)
    with pytest.raises(ValueError, match="validation error"):
        restore(Shape, {**whole, "colour": "red"})
    for field in whole:
        with pytest.raises(ValueError, match="validation error"):
            restore(Shape, {name: value for name, value in whole.items() if name != field})


@pytest.mark.parametrize("value", [None, 3, "x", [], [[]], True])
def test_what_is_no_mapping_is_no_dataclass(value: Any) -> None:
    with pytest.raises(ValueError, match="validation error"):
        restore(Point, value)


def test_a_refusal_quotes_no_value() -> None:
    with pytest.raises(ValueError, match="validation error") as caught:
        restore(Shape, {**plain(SHAPE), "kind": "Zebedee-Canary-42"})
    assert "Canary" not in str(caught.value)


@pytest.mark.parametrize("value", ["abc", {"a": 1}])
def test_text_or_a_mapping_where_a_list_belongs_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match="validation error"):
        restore(Words, {"words": value})
