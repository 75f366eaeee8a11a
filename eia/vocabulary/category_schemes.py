"""Takes nothing; gives the ways in which official bodies group ethnic categories, and the codes that systems write.

The same person is counted differently by different bodies: Chinese people are Asian in the censuses of 2011 and 2021, and
of another ethnic group in that of 2001, which the NHS still uses. So the grouping is a choice of the case, with its source.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from eia.vocabulary.characteristics import MISSING, Characteristic, Group, characteristics


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """One official list of ethnic categories, told apart from Census 2021, England and Wales.

    title, source: as pages print them. groups: its categories. read_as: a category that it does not have -> the one that
    counts those people. words: further categories -> how files write them. combine: category -> combined group.
    """

    title: str
    source: str
    groups: tuple[str, ...]
    read_as: Mapping[str, str]
    words: Mapping[str, tuple[str, ...]]
    combine: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """Codes that stand for the answers of a column, and the characteristics that are read from it. second_character: whether a code may carry another that only
    its user knows. grouping: the grouping that the codes were made for, or None."""

    title: str
    source: str
    characteristics: tuple[str, ...]
    groups: Mapping[str, Group]
    second_character: bool
    grouping: str | None


@cache
def groupings() -> Mapping[str, Grouping]:
    """Every grouping by its name in a case.

    >>> groupings()["census_2001"].combine["Chinese"], groupings()["census_2021"].combine["Chinese"]
    ('Other ethnic group', 'Asian or Asian British')
    """
    base, combined = characteristics()["race"], characteristics()["race_group"]
    result = {}
    for name, entry in _data()["groupings"].items():
        read_as = entry.get("read_as", {})
        groups = tuple(entry.get("groups", (group for group in base.groups if group not in read_as)))
        result[name] = Grouping(
            title=entry["title"],
            source=entry["source"],
            groups=groups,
            read_as=read_as,
            words={label: tuple(words) for label, words in entry.get("words", {}).items()},
            combine={**combined.combine, **entry.get("combine", {})},
        )
    return result


@cache
def codings() -> Mapping[str, Coding]:
    """Every set of codes by name.

    >>> codings()["nhs"].groups["R"].label, codings()["hesa_disability"].groups["99"].kind
    ('Chinese', 'not recorded')
    """
    kinds = {group.kind: group for group in MISSING}
    return {
        name: Coding(
            title=entry["title"],
            source=entry["source"],
            characteristics=tuple(entry["characteristics"]),
            groups={
                **{code: Group(label) for code, label in entry["groups"].items()},
                **{code: kinds[kind] for code, kind in entry["missing"].items()},
            },
            second_character=entry.get("second_character", False),
            grouping=entry.get("grouping"),
        )
        for name, entry in _data()["codes"].items()
    }


def grouped(characteristic: Characteristic, grouping: str) -> Characteristic:
    """The characteristic with the categories of a grouping, where it has them: race and its combined groups.

    >>> grouped(characteristics()["race_group"], "census_2001").combine["Chinese"]
    'Other ethnic group'
    """
    scheme = groupings()[grouping]
    if characteristic.key == "race":
        return replace(characteristic, groups=scheme.groups)
    if characteristic.key == "race_group":
        return replace(characteristic, combine=scheme.combine)
    return characteristic


@cache
def _data() -> Mapping[str, Any]:
    import yaml

    data: Mapping[str, Any] = yaml.safe_load(
        files("eia.vocabulary").joinpath("category_schemes.yaml").read_text(encoding="utf-8")
    )
    return data
