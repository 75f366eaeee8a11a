"""Every grouping of ethnic categories is whole and has its source, and what bodies count differently is counted differently."""

from __future__ import annotations

from importlib.resources import files

import pytest
import yaml

from eia.case import Categories
from eia.vocabulary.category_schemes import Coding, Grouping, codings, grouped, groupings
from eia.vocabulary.characteristics import characteristics
from eia.vocabulary.synonyms import plain

COMBINED = set(characteristics()["race_group"].groups)
BASE = characteristics()["race"].groups


@pytest.fixture(params=groupings().values(), ids=list(groupings()))
def grouping(request: pytest.FixtureRequest) -> Grouping:
    return request.param


@pytest.fixture(params=codings().values(), ids=list(codings()))
def coding(request: pytest.FixtureRequest) -> Coding:
    return request.param


def test_the_case_can_choose_every_grouping() -> None:
    assert {Categories.model_validate({"ethnicity": name}).ethnicity for name in groupings()} == set(groupings())


def test_every_entry_has_its_source_and_how_certain_it_is() -> None:
    data = yaml.safe_load(files("eia.vocabulary").joinpath("category_schemes.yaml").read_text(encoding="utf-8"))
    for entry in (*data["groupings"].values(), *data["codes"].values()):
        assert entry["title"]
        assert entry["source"]
        assert entry["certainty"] in ("A", "B", "C")


def test_every_category_of_a_grouping_has_a_combined_group(grouping: Grouping) -> None:
    assert {grouping.combine[group] for group in grouping.groups} <= COMBINED
    assert len(set(map(plain, grouping.groups))) == len(grouping.groups)


def test_every_category_of_the_base_is_one_of_the_grouping_or_is_read_as_one(grouping: Grouping) -> None:
    assert set(grouping.read_as) <= set(BASE)
    assert set(grouping.read_as.values()) <= set(grouping.groups)


def test_the_number_of_categories_is_the_published_one() -> None:
    sizes = {name: len(grouping.groups) for name, grouping in groupings().items()}
    assert sizes["census_2021"] == 19
    assert sizes["census_2011"] == 18
    assert sizes["census_2001"] == 16


def test_bodies_differ_about_chinese_people_and_irish_travellers() -> None:
    chinese = {name: grouping.combine["Chinese"] for name, grouping in groupings().items()}
    assert {name for name, whole in chinese.items() if whole == "Other ethnic group"} == {"census_2001"}
    assert groupings()["northern_ireland_2021"].combine["Irish Traveller"] == "Other ethnic group"
    assert groupings()["census_2021"].combine["Gypsy or Irish Traveller"] == "White"


def test_codes_stand_for_known_groups(coding: Coding) -> None:
    known = {*BASE, *COMBINED, *characteristics()["impairment"].groups}
    known |= {group for grouping in groupings().values() for group in grouping.groups}
    assert {group.label for group in coding.groups.values() if group.kind == "answer"} <= known
    assert coding.grouping is None or coding.grouping in groupings()


def test_no_disability_and_not_available_are_two_codes() -> None:
    codes = codings()["hesa_disability"].groups
    assert (codes["95"].label, codes["99"].kind) == ("Not disabled", "not recorded")


def test_a_grouping_leaves_other_characteristics_alone() -> None:
    sex = characteristics()["sex"]
    assert grouped(sex, "census_2001") == sex
