"""The files of the law are healthy: every rule is used, named once, sourced, and its open end is spoken of."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import pytest

from eia.law.lookup import rule, rules, standing
from eia.law.open_points import open_points
from eia.law.records import NATIONS, Rule
from eia.vocabulary.characteristics import characteristics

HERE = Path(__file__).resolve().parents[2]
EVERY = [each for versions in rules().values() for each in versions]


def by_file() -> list[list[Rule]]:
    found: dict[tuple[str, str], list[Rule]] = defaultdict(list)
    for each in EVERY:
        found[each.key, each.extent].append(each)
    return list(found.values())


def test_every_rule_is_asked_for_by_the_code() -> None:
    sources = "\n".join(
        path.read_text(encoding="utf-8") for path in (HERE / "eia").rglob("*.py") if path.parent.name != "law"
    )
    assert [key for key in rules() if f'"{key}"' not in sources] == []


@pytest.mark.parametrize("values", by_file(), ids=lambda values: f"{values[0].key}-{values[0].extent}")
def test_the_values_of_a_rule_follow_one_another_to_the_day(values: list[Rule]) -> None:
    for one, following in pairwise(values):
        assert one.until is not None
        assert one.until + dt.timedelta(days=1) == following.from_
    assert len({(each.title, each.unit, each.date_basis) for each in values}) == 1


def test_a_rule_whose_last_value_ends_is_among_the_open_points() -> None:
    """Or is a scheme that has ended."""
    spoken_of = {key for point in open_points() for key in point.keys}
    ended = {values[-1].key for values in by_file() if values[-1].until and values[-1].area != "severance_schemes"}
    assert ended <= spoken_of


def test_open_points_name_rules_that_are_there_and_stand_once() -> None:
    assert {key for point in open_points() for key in point.keys} <= set(rules())
    assert len({point.title for point in open_points()}) == len(open_points())
    assert all(point.says.endswith(".") and not point.title.endswith(".") for point in open_points())


def test_a_title_names_one_rule() -> None:
    titles = {each.title: each.key for each in EVERY}
    assert len(titles) == len(rules())


def test_texts_are_sentences_and_numbers_have_a_unit() -> None:
    for each in EVERY:
        if isinstance(each.value, str):
            assert each.value.endswith("."), each.key
            assert each.unit == "what it says", each.key
        assert not each.note or each.note.endswith("."), each.key
        assert not each.title.endswith("."), each.key


def test_no_derived_amount_is_stored() -> None:
    most = {30 * each.value for each in rules()["week_pay_cap"] if isinstance(each.value, int)}
    assert [each.key for each in EVERY if each.value in most or each.value == 225] == []


def test_whoever_is_named_as_protected_is_a_characteristic_of_the_toolkit() -> None:
    known = {each.protected for each in characteristics().values() if each.protected}
    on = dt.date(2026, 11, 22)
    whole = set(rule("protected_characteristics", on=on).value)
    assert whole == known
    assert whole - set(rule("indirect_discrimination_characteristics", on=on).value) == {"Pregnancy and maternity"}
    assert whole - set(rule("equality_duty_characteristics", on=on).value) == {"Marriage and civil partnership"}
    assert len(rule("northern_ireland_categories", on=on, where="Northern Ireland").value) == 9


def test_nothing_was_looked_at_after_the_day_of_the_newest_source() -> None:
    assert max(each.checked_on for each in EVERY) <= dt.date.today()


def test_a_file_is_named_after_its_key_and_in_its_area() -> None:
    for path in (HERE / "eia/law").glob("*/*.yaml"):
        assert re.fullmatch(
            r"[a-z0-9_]+(\.(england|wales|scotland|northern_ireland|england_and_wales))?\.yaml", path.name
        )
        assert {each.area for each in rules()[path.name.split(".")[0]]} == {path.parent.name}


@pytest.mark.parametrize("place", NATIONS)
def test_what_stands_in_a_place_is_law_in_all_of_it(place: str) -> None:
    for each in standing(None, on=dt.date(2026, 11, 22), where=place):
        assert NATIONS[place] <= NATIONS[each.extent]
