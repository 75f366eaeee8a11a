"""Headers are known by kind of table: each stands for one column of it, and what the case says comes first."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import get_args

import pytest

from eia.vocabulary.headers import TableKind, column_headers, column_of, header_words, match
from eia.vocabulary.synonyms import plain

KINDS = get_args(TableKind)


@pytest.mark.parametrize("kind", [*KINDS, "asked", "identifiers", "headcounts"])
def test_no_header_stands_for_two_columns_of_a_kind_of_table(kind: str) -> None:
    words = [word for listed in column_headers(kind).values() for word in listed]
    assert sorted(words) == sorted(set(words))
    assert all(word == plain(word) for word in words)


def test_the_data_file_has_no_table_that_nothing_reads() -> None:
    tables = tomllib.loads(files("eia.vocabulary").joinpath("headers.toml").read_text(encoding="utf-8"))
    assert set(tables) == {*KINDS, "asked", "identifiers", "headcounts", "leavers", "panel"}


def test_a_header_that_says_who_somebody_is_is_no_column() -> None:
    assert not header_words("people").keys() & header_words("identifiers").keys()


def test_a_header_is_known_or_asked_about_and_not_both() -> None:
    assert not [word for word in header_words("asked") if column_of(word, "people")]
    assert set(column_headers("asked")) <= set(column_headers("people"))


def test_a_column_stands_only_where_the_case_says() -> None:
    headers = ["Sex", "Gender at birth", "Pool"]
    assert match(headers, "people", said={"sex": "Gender at birth"}) == {"sex": (1,), "pool": (2,)}


def test_a_header_that_the_case_names_and_the_file_lacks_leaves_the_column_to_its_known_headers() -> None:
    assert match(["Sex"], "people", said={"sex": "Gender"}) == {"sex": (0,)}


def test_the_case_may_take_a_known_header_for_another_column() -> None:
    assert match(["Sex", "Team"], "people", said={"unit": "Sex"}) == {"unit": (0,)}


def test_one_header_may_be_two_columns_where_the_case_says_so() -> None:
    said = {"disability": "Impairment", "impairment": "Impairment"}
    assert match(["Impairment"], "people", said=said) == {"disability": (0,), "impairment": (0,)}


def test_every_header_that_could_be_a_column_is_given() -> None:
    assert match(["Ethnicity (column A)", "Ethnicity (column B)"], "people") == {"race": (0, 1)}
