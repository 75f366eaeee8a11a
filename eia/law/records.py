"""Takes a folder of YAML files; gives the dated rules in them, or every fault of the files at once.

A record is one value of one rule from one day on, with everything about it in one place: where it stands, how sure we
are of it, and when somebody last looked. Files are read strictly, since a source that is silently not read is worse
than none.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from itertools import combinations, pairwise
from typing import Any, Literal, get_args
from urllib.parse import urlsplit

from dateutil.relativedelta import relativedelta

from eia.errors import EiaError, Fault

Value = int | float | str | tuple[str, ...]
Confidence = Literal["read", "second-hand", "unchecked"]
Place = Literal[
    "United Kingdom", "Great Britain", "England and Wales", "England", "Wales", "Scotland", "Northern Ireland"
]
DateBasis = Literal[
    "date of the proposal",
    "date of dismissal",
    "date notice is given",
    "relevant date",  # of a redundancy payment, as sections 145 and 153 of the Employment Rights Act 1996 fix it
    "date leave ends",
    "first day of the six weeks",  # of shared parental leave taken in one run
    "date the employer is told",
    "date of birth",
    "date of bereavement",
    "date of the transfer",
]

GREAT_BRITAIN = frozenset({"England", "Wales", "Scotland"})
NATIONS: Mapping[str, frozenset[str]] = {
    "United Kingdom": GREAT_BRITAIN | {"Northern Ireland"},
    "Great Britain": GREAT_BRITAIN,
    "England and Wales": frozenset({"England", "Wales"}),
    **{nation: frozenset({nation}) for nation in ("England", "Wales", "Scotland", "Northern Ireland")},
}
HOSTS = frozenset({"www.legislation.gov.uk", "www.gov.uk", "www.bailii.org", "caselaw.nationalarchives.gov.uk",
                   "www.nidirect.gov.uk", "www.civilservicepensionscheme.org.uk", "www.nhsemployers.org",
                   "curia.europa.eu"})  # fmt: skip
FRESH = relativedelta(months=18)

_OF_A_FILE = ("key", "title", "unit", "extent", "date_basis", "values")
_OF_A_VALUE = ("from", "value", "instrument", "provision", "url", "confidence", "checked_on")
_MAY_STAND = ("until", "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One value of one rule, in force from ``from_`` to ``until``, both days included.

    key: name in code. area: the folder it is kept in. title: as pages print it. value: a number, a text (what the
    provision says) or several texts; unit: of the value. until: None while no end is known. extent: where it is law.
    date_basis: which date of a case decides. instrument, provision, url: where it stands. confidence: "read", the
    provision itself was read; "second-hand", a secondary source says so; "unchecked", to be shown as "check before
    relying on this" only. checked_on: the last day for which somebody looked whether it stands. note: what to mind.
    """

    key: str
    area: str
    title: str
    value: Value
    unit: str
    from_: dt.date
    until: dt.date | None
    extent: Place
    date_basis: DateBasis
    instrument: str
    provision: str
    url: str
    confidence: Confidence
    checked_on: dt.date
    note: str

    @property
    def number(self) -> float:
        """The value of a rule that holds a number."""
        assert isinstance(self.value, int | float)  # noqa: S101 - only asked of rules that hold one
        return float(self.value)

    def stale(self, today: dt.date) -> bool:
        """Whether it may have changed unseen: still open, and last checked more than 18 months before ``today``."""
        return (self.until is None or self.until > self.checked_on) and bool(today > self.checked_on + FRESH)


def read_records(folder: Traversable) -> tuple[Rule, ...]:
    """Read every rule under a folder: one subfolder an area, one file a rule and extent, named after its key.

    Returns
    -------
    The rules by area, key and file, each file's values from the first day to the last.

    Raises
    ------
    EiaError with every fault of every file: text that is no YAML, a key given twice, missing or not known, a value of a
    wrong kind, a source off the list of hosts, values that leave a gap or overlap, two files for one place.
    """
    read: list[tuple[Rule, ...]] = []
    faults: list[Fault] = []
    for area in sorted((each for each in folder.iterdir() if each.is_dir()), key=lambda each: each.name):
        for file in sorted(area.iterdir(), key=lambda each: each.name):
            if file.name.endswith(".yaml"):
                entry, found = _parsed(file)
                found = found or list(_faults(entry, file.name))
                faults += found
                if not found:
                    read.append(tuple(_rules(entry, area.name)))
    for (one, *_), (other, *_) in combinations(read, 2):
        if one.key == other.key and NATIONS[one.extent] & NATIONS[other.extent]:
            what = f"Two files give {one.key} for one place."
            faults.append(_fault(what, f"{one.key}.yaml", "one file for each place"))
    if faults:
        raise EiaError(faults)
    return tuple(rule for rules in read for rule in rules)


def _parsed(file: Traversable) -> tuple[dict[str, Any], list[Fault]]:
    """The content of a file, or why it has none."""
    import yaml

    try:
        entry = yaml.load(file.read_text(encoding="utf-8"), Loader=_strict())  # noqa: S506 - a safe loader, made stricter
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", "a character that is not allowed")
        what, line = f"The file is not plain YAML: {problem}.", () if mark is None else (mark.line + 1,)
        return {}, [_fault(what, file.name, "each key once, with a plain value, saved as UTF-8", line)]
    except (TypeError, ValueError):
        return {}, [_fault("A date in the file is none, or a key no word.", file.name, "dates such as 2024-04-06")]
    if not isinstance(entry, dict):
        return {}, [_fault("The file holds no keys.", file.name, ", ".join(_OF_A_FILE))]
    return entry, []


@cache
def _strict() -> Any:
    """A loader of plain values to which a key that is given twice is a fault; to YAML the last one would count."""
    import yaml

    class Strict(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
        """Has a constructor of its own for mappings."""

    def mapping(loader: Any, node: yaml.MappingNode) -> dict[Any, Any]:
        pairs = loader.construct_pairs(node, deep=True)
        if len(dict(pairs)) != len(pairs):
            raise yaml.constructor.ConstructorError(None, None, "a key is given twice", node.start_mark)
        return dict(pairs)

    Strict.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, mapping)
    return Strict


def _faults(entry: Mapping[str, Any], name: str) -> Iterator[Fault]:
    """Everything wrong with what a file says."""
    yield from _wrong_keys(entry, name, "the file", _OF_A_FILE, ())
    if entry.get("key") != name.split(".")[0]:
        yield _fault("The file is not named after its key.", name, f"{entry.get('key')}.yaml")
    values = entry.get("values")
    if not isinstance(values, list) or not values or not all(isinstance(value, dict) for value in values):
        yield _fault("The file has no list of values.", name, "values: at least one, each with its own source")
        return
    for number, value in enumerate(values, start=1):
        yield from _wrong_keys(value, name, f"value {number}", _OF_A_VALUE, _MAY_STAND)
    days = [(value.get("from"), value.get("until")) for value in values]
    if not all(_is_day(start) and (end is None or _is_day(end)) for start, end in days):
        return
    for number, (start, end) in enumerate(days, start=1):
        if end is not None and end < start:
            yield _fault(f"Value {number} ends before it starts.", name, "until on or after from")
    for number, ((_, end), (start, _)) in enumerate(pairwise(days), start=2):
        if end is None or end + dt.timedelta(days=1) != start:
            kind = "overlaps" if end is None or end >= start else "leaves a gap after"
            what = f"Value {number} {kind} the one before."
            yield _fault(what, name, "each value from the day after the last one's until")


def _wrong_keys(
    entry: Mapping[str, Any], name: str, where: str, wanted: tuple[str, ...], allowed: tuple[str, ...]
) -> Iterator[Fault]:
    """Keys that are missing or not known, and what stands under a key that may not."""
    for key in wanted:
        if key not in entry:
            yield _fault(f"In {where}, {key} is missing.", name, ", ".join(wanted))
    for key, found in entry.items():
        if key not in (*wanted, *allowed):
            yield _fault(f"In {where}, the key {key} is not known.", name, ", ".join((*wanted, *allowed)))
        elif key in _CHECKED and not _CHECKED[key][0](found):
            yield _fault(f"In {where}, the value of {key} is not allowed.", name, _CHECKED[key][1])


def _is_day(found: Any) -> bool:
    return isinstance(found, dt.date) and not isinstance(found, dt.datetime)


def _is_text(found: Any) -> bool:
    return isinstance(found, str) and bool(found.strip())


def _is_value(found: Any) -> bool:
    number = isinstance(found, int | float) and not isinstance(found, bool) and math.isfinite(found)
    return number or _is_text(found) or (isinstance(found, list) and bool(found) and all(map(_is_text, found)))


def _is_source(found: Any) -> bool:
    return _is_text(found) and urlsplit(found).scheme == "https" and urlsplit(found).netloc in HOSTS


def _one_of(literal: Any) -> tuple[Callable[[Any], bool], str]:
    words = get_args(literal)
    return lambda found: found in words, ", ".join(words)


_DAY = (_is_day, "a day such as 2024-04-06")
_TEXT = (_is_text, "a text")
_CHECKED: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "key": _TEXT, "title": _TEXT, "unit": _TEXT, "instrument": _TEXT, "provision": _TEXT, "note": _TEXT,
    "from": _DAY, "until": _DAY, "checked_on": _DAY,
    "extent": _one_of(Place), "date_basis": _one_of(DateBasis), "confidence": _one_of(Confidence),
    "value": (_is_value, "a number, a text or a list of texts"),
    "url": (_is_source, f"https:// and one of {', '.join(sorted(HOSTS))}"),
}  # fmt: skip


def _rules(entry: Mapping[str, Any], area: str) -> Iterator[Rule]:
    for given in entry["values"]:
        value = given["value"]
        yield Rule(
            key=entry["key"], area=area, title=entry["title"], unit=entry["unit"], extent=entry["extent"],
            date_basis=entry["date_basis"], value=tuple(value) if isinstance(value, list) else value,
            from_=given["from"], until=given.get("until"), instrument=given["instrument"], provision=given["provision"],
            url=given["url"], confidence=given["confidence"], checked_on=given["checked_on"], note=given.get("note", ""),
        )  # fmt: skip


def _fault(what: str, file: str, allowed: str, row: tuple[int, ...] = ()) -> Fault:
    return Fault(code="law-record", what=what, file=file, row=row, allowed=allowed, do="Mend the file of the rule.")
