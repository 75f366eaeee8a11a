"""Takes the key of a rule, a day and a place; gives the rule as it stood there on that day, with its source.

The day is always asked for: nothing here knows "the current value".
"""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import get_args

from eia.errors import EiaError, Fault
from eia.law.records import NATIONS, Place, Rule, read_records


@cache
def rules() -> Mapping[str, tuple[Rule, ...]]:
    """Every rule by key, in the order of the files, each with all its values.

    >>> [each.value for each in rules()["consultation_days_100"] if each.extent == "Great Britain"]
    [90, 45]
    """
    records = sorted(read_records(files("eia.law")), key=lambda each: (each.area, each.key))
    return {key: tuple(found) for key, found in groupby(records, key=lambda each: each.key)}


def rule(key: str, *, on: dt.date, where: Place = "Great Britain") -> Rule:
    """Give a rule as it stands on a day in a place.

    Parameters
    ----------
    key: of the rule. on: the day, of the kind that the rule's ``date_basis`` names. where: a nation or a union of them;
    the rule must be law in all of it.

    Raises
    ------
    EiaError for a key that is not known, a place where the rule is not law, and a day before its first value or after
    its last.

    >>> found = rule("consultation_days_100", on=dt.date(2012, 3, 1))
    >>> found.value, found.unit, found.provision, found.until
    (90, 'days', 's.188(1A)(a)', datetime.date(2013, 4, 5))
    """
    found = in_force(key, on=on, where=where)
    if found is not None:
        return found
    versions = [each for each in _versions(key) if NATIONS[where] <= NATIONS[each.extent]]
    if not versions:
        extents: list[str] = [each.extent for each in _versions(key)]
        raise _not_recorded(key, where, ", ".join(dict.fromkeys(extents)))
    if on < versions[0].from_:
        raise _not_recorded(key, written(on), f"{written(versions[0].from_)} or later")
    raise _not_recorded(key, written(on), f"{written(versions[-1].until or on)} or earlier")


def in_force(key: str, *, on: dt.date, where: Place = "Great Britain") -> Rule | None:
    """Give a rule as it stands on a day in a place, or None where it is not law there or not on that day.

    Raises EiaError for a key that is not known.

    >>> in_force("associative_indirect_discrimination", on=dt.date(2023, 12, 31)) is None
    True
    """
    for each in _versions(key):
        there = NATIONS[where] <= NATIONS[each.extent]
        if there and each.from_ <= on and (each.until is None or on <= each.until):
            return each
    return None


def standing(key: str | None, *, on: dt.date, where: str | None = None) -> tuple[Rule, ...]:
    """Give the rules that stand on a day: of one key or of all, in one place or in every place that has a file.

    Raises
    ------
    EiaError for a place or key that is not known, and where a key was named and nothing stands.

    >>> [each.extent for each in standing("assessment_duty", on=dt.date(2026, 11, 22))]
    ['Northern Ireland', 'Scotland', 'Wales']
    """
    places = [place for place in get_args(Place) if where in (None, place)]
    if not places:
        raise EiaError(Fault(code="law-unknown-place", what="That is not a place that rules are held for.",
                             allowed=", ".join(get_args(Place)), do="Give one of these, in inverted commas if it is two words."))  # fmt: skip
    keys = tuple(rules()) if key is None else (key,)
    stand = (in_force(each, on=on, where=place) for each in keys for place in places)
    found = tuple(dict.fromkeys(each for each in stand if each is not None))
    if key is not None and not found:
        latest = max(_versions(key), key=lambda each: each.until or dt.date.max)
        rule(key, on=on, where=places[0] if where else latest.extent)
    return tuple(sorted(found, key=lambda each: (each.area, each.key, each.extent)))


def written(day: dt.date) -> str:
    """A day in words.

    >>> written(dt.date(2013, 4, 6))
    '6 April 2013'
    """
    return f"{day.day} {day:%B %Y}"


def _versions(key: str) -> tuple[Rule, ...]:
    if key in rules():
        return rules()[key]
    near = difflib.get_close_matches(key, rules(), n=3) or ["a key that `eia law` lists"]
    raise EiaError(Fault(code="law-unknown-key", what="eia holds no rule of that name.", allowed=", ".join(near),
                         do="Type `eia law` to see them all."))  # fmt: skip


def _not_recorded(key: str, about: str, allowed: str) -> EiaError:
    return EiaError(
        Fault(code="law-not-recorded", what=f"eia holds nothing on “{rules()[key][0].title}” for {about}.", allowed=allowed,
              do="Check the dates and the place in the case, then the law itself.")
    )  # fmt: skip
