"""The data file of characteristics is whole: known keys, no group twice, every combined group made of groups that exist."""

from __future__ import annotations

import itertools
from importlib.resources import files

import pytest
import yaml

from eia.vocabulary.characteristics import MISSING, NOT_ANSWERS, Characteristic, characteristics
from eia.vocabulary.headers import column_headers, header_words
from eia.vocabulary.synonyms import group_of, plain

ALL = list(characteristics().values())
PROTECTED = {
    "Age", "Disability", "Gender reassignment", "Marriage and civil partnership", "Pregnancy and maternity", "Race",
    "Religion or belief", "Sex", "Sexual orientation",
}  # fmt: skip


@pytest.fixture(params=ALL, ids=lambda characteristic: characteristic.key)
def characteristic(request: pytest.FixtureRequest) -> Characteristic:
    return request.param


def test_every_protected_characteristic_can_be_assessed() -> None:
    assert {each.protected for each in ALL if each.protected} == PROTECTED


def test_the_data_file_has_no_key_that_nothing_reads() -> None:
    entries = yaml.safe_load(files("eia.vocabulary").joinpath("characteristics.yaml").read_text(encoding="utf-8"))
    assert {key for entry in entries.values() for key in entry} <= {
        "title",
        "protected",
        "closed",
        "groups",
        "others",
        "from",
        "combine",
    }
    assert {type(entry["closed"]) for entry in entries.values()} == {bool}


def test_groups_are_words_and_stand_once(characteristic: Characteristic) -> None:
    assert all(isinstance(group, str) and group for group in characteristic.groups)
    assert len(set(map(plain, characteristic.groups))) == len(characteristic.groups)
    assert not set(map(plain, characteristic.groups)) & {plain(group.label) for group in MISSING}


def test_the_group_of_all_others_is_one_of_the_groups(characteristic: Characteristic) -> None:
    assert characteristic.others is None or characteristic.others in characteristic.groups


def test_titles_stand_once() -> None:
    assert len({plain(each.title) for each in ALL}) == len(ALL)


def test_a_combined_characteristic_takes_in_every_group_of_the_detailed_one(characteristic: Characteristic) -> None:
    if characteristic.combined_from is None:
        assert characteristic.combine == {}
        return
    detailed = characteristics()[characteristic.combined_from]
    assert set(detailed.groups) <= set(characteristic.combine)
    assert set(characteristic.combine.values()) == set(characteristic.groups)
    assert all(
        characteristic.combine[group] == group for group in characteristic.groups if group in characteristic.combine
    )


def test_every_characteristic_has_a_header_that_names_it(characteristic: Characteristic) -> None:
    assert characteristic.key in header_words("people").values()
    assert characteristic.key in column_headers("people")


def test_a_group_is_recognised_by_its_own_name(characteristic: Characteristic) -> None:
    if characteristic.combined_from or not characteristic.groups or not characteristic.closed:
        return
    for label in characteristic.groups:
        found = group_of(characteristic.key, label)
        assert found is not None
        assert (found.label, found.kind) == (label, "answer")


def test_the_ways_of_not_answering_stay_apart() -> None:
    assert tuple(group.kind for group in MISSING) == NOT_ANSWERS
    words = {
        "PNTS": "declined",
        "": "not recorded",
        "Unknown": "not recorded",
        "N/A": "not applicable",
        "-": "not recorded",
    }
    for word, kind in words.items():
        found = group_of("sex", word)
        assert found is not None
        assert found.kind == kind


def test_no_word_stands_for_two_things() -> None:
    import tomllib

    tables = tomllib.loads(files("eia.vocabulary").joinpath("synonyms.toml").read_text(encoding="utf-8"))
    for name in ("missing", "outcomes", "volunteering", "post_lists"):
        words = [plain(word) for listed in tables[name].values() for word in listed]
        repeated = [word for word, run in itertools.groupby(sorted(words)) if len(list(run)) > 1]
        assert repeated == [], name
    for key, groups in tables["values"].items():
        words = [plain(word) for label, listed in groups.items() for word in {*map(plain, listed), plain(label)}]
        assert len(words) == len(set(words)), key
