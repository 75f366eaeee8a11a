"""Takes nothing; gives the characteristics that eia knows and the groups of each, read once from the data file beside it.

A characteristic holds groups. Every group has a kind: an *answer*, or one of the three ways of not having one, which
stay apart everywhere (someone who declined was asked; someone not recorded may never have been).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Literal

Kind = Literal["answer", "declined", "not recorded", "not applicable"]

NOT_ANSWERS: tuple[Kind, ...] = ("declined", "not recorded", "not applicable")


@dataclass(frozen=True, slots=True)
class Group:
    """One value of a characteristic: its label as pages print it, and what kind of value it is."""

    label: str
    kind: Kind = "answer"


DECLINED = Group("Prefer not to say", "declined")
NOT_RECORDED = Group("Not recorded", "not recorded")
NOT_APPLICABLE = Group("Not applicable", "not applicable")
MISSING: tuple[Group, ...] = (DECLINED, NOT_RECORDED, NOT_APPLICABLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Characteristic:
    """One characteristic.

    key: name in code and case files. title: as pages print it. protected: the protected characteristic it belongs to,
    or None. closed: whether only the groups listed are answers. groups: labels of the answers known beforehand, in
    order. others: the group of everyone whom none of the others describes, such as full-time staff, or None.
    combined_from: the characteristic it is counted from, or None; combine: detailed label -> combined label.
    """

    key: str
    title: str
    protected: str | None = None
    closed: bool = False
    groups: tuple[str, ...] = ()
    others: str | None = None
    combined_from: str | None = None
    combine: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    """One characteristic as it is counted: what it is, and its groups in order, ways of not answering last."""

    characteristic: Characteristic
    groups: tuple[Group, ...]


def group_called(label: str) -> Group:
    """The group of a label, which is an answer unless it is the label of a way of not answering."""
    return next((group for group in MISSING if group.label == label), Group(label))


def answers_to_compare(characteristic: Characteristic, groups: Sequence[Group], given: Sequence[int]) -> list[int]:
    """Of the answers that somebody gave, by place among the groups, those to compare: of two only one, since the other says the same.

    >>> sex = characteristics()["sex"]
    >>> answers_to_compare(sex, [Group("Female"), Group("Male")], [0, 1])
    [0]
    """
    if len(given) == 2:
        return [place for place in given if groups[place].label != characteristic.others][:1]
    return list(given) if len(given) > 2 else []


@cache
def characteristics() -> Mapping[str, Characteristic]:
    """Every characteristic by key, in the order of the pages.

    >>> characteristics()["sex"].groups
    ('Female', 'Male')
    >>> characteristics()["race_group"].combine["Chinese"]
    'Asian or Asian British'
    """
    import yaml

    entries = yaml.safe_load(files("eia.vocabulary").joinpath("characteristics.yaml").read_text(encoding="utf-8"))
    return {
        key: Characteristic(
            key=key,
            title=entry["title"],
            protected=entry.get("protected"),
            closed=entry["closed"],
            groups=tuple(entry["groups"]),
            others=entry.get("others"),
            combined_from=entry.get("from"),
            combine={part: whole for whole, parts in entry.get("combine", {}).items() for part in parts},
        )
        for key, entry in entries.items()
    }
