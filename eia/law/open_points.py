"""Takes nothing; gives what is not settled or was not found about the law, to be shown as "check before relying on this".

Nothing here is a value, and no computation reads it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from eia.law.records import NATIONS, Place, Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPoint:
    """One point that is open: what it is about, what is known, where it matters, and the keys of the rules it bears on, if any."""

    title: str
    says: str
    where: Place
    keys: tuple[str, ...]


@cache
def open_points() -> tuple[OpenPoint, ...]:
    """Every open point, in the order of the file.

    >>> [point.title for point in open_points() if "protective_award_days" in point.keys]
    ['The protective award of 180 days']
    """
    import yaml

    entries = yaml.safe_load(files("eia.law").joinpath("open_points.yaml").read_text(encoding="utf-8"))
    return tuple(
        OpenPoint(title=each["title"], says=each["says"], where=each["where"], keys=tuple(each["keys"]))
        for each in entries
    )


def open_on(rules: Iterable[Rule]) -> tuple[OpenPoint, ...]:
    """The open points that bear on any of these rules, where these are law.

    >>> import datetime as dt
    >>> from eia.law.lookup import rule
    >>> [point.title for point in open_on([rule("sex", on=dt.date(2026, 11, 22))])]
    ['How sex and gender identity are recorded', 'Codes of practice']
    """
    places = {(each.key, nation) for each in rules for nation in NATIONS[each.extent]}
    return tuple(
        point
        for point in open_points()
        if not places.isdisjoint((key, nation) for key in point.keys for nation in NATIONS[point.where])
    )
