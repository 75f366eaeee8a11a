"""The record replays to the same assessment and the same text; whatever was changed in it, or is no record, is refused."""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made import QUICK, Person, assessed, assessed_counts, case, pools, staff, table, workforces

from eia.case import Case, read_case
from eia.errors import EiaError, Fault
from eia.findings.assessment import assess
from eia.findings.headlines import asks, limits
from eia.findings.plain import plain
from eia.findings.record import from_json, to_json
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
    return assess(evidence.main, choices, whole_workforce=evidence.whole_workforce, structure=evidence.structure)


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
    except EiaError:
        return  # a text that the intake refuses, such as one with a NUL
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
    assert plain(again.further) == plain(SMALL.further)


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
    "text", ["", "{", "[]", "null", "1", '"x"', "{}", '{"format": 2}', '{"format": 1}', "[" * 100_000, "\0", "NaN"]
)
def test_what_is_no_record_is_refused_with_a_message(text: str) -> None:
    with pytest.raises(EiaError) as caught:
        from_json(text, file="mine.json")
    assert caught.value.faults[0].file == "mine.json"
    assert caught.value.faults[0].do


def test_a_record_holds_no_reference_and_no_column_that_was_not_asked_for() -> None:
    data = b"reference,name,sex,pool,outcome\nR-1,Zebedee-Canary-42,F,A,selected\nR-2,Zebedee-Canary-42,M,A,retained\n"
    text = to_json(assessed(data))
    assert "Canary" not in text
    assert "R-1" not in text
    assert '"name"' in text  # the header is listed as not used
