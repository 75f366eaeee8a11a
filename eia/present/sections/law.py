"""Takes dated rules; gives them in words: what each says, where it stands, how sure we are of it, and what to check."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import TypeVar

from eia.law.lookup import rules, written
from eia.law.open_points import OpenPoint
from eia.law.records import Confidence, Rule
from eia.present.documents.model import Block, Bullets, Heading, Table, tabulated
from eia.present.text.mixed import anew
from eia.present.text.numbers import people
from eia.present.text.words import listed, plural

_Told = TypeVar("_Told")

CHECK = "Check before relying on this"
MARK = "†"
"""Stands behind every rule whose wording was not checked against the provision or judgment itself; what to check is said once, at the end."""
MARKED = (
    f"{MARK} marks a rule whose wording is not yet checked in full against legislation.gov.uk or the judgment itself."
)
CONFIDENCES: Mapping[Confidence, str] = {
    "read": "The provision was read",
    "second-hand": "A secondary source says so",
    "unchecked": CHECK,
}
_TO_CHECK: Mapping[Confidence, str] = {
    "unchecked": f"{MARK} Not yet checked in full against legislation.gov.uk or the judgment itself",
    "second-hand": f"{MARK} Known from a secondary source, and not yet checked against legislation.gov.uk or the judgment itself",
}

_CHECKED: Mapping[Confidence, str] = {
    "read": "Yes",
    "second-hand": "No: known from a secondary source",
    "unchecked": "Not yet in full",
}


def citation(rule: Rule) -> str:
    """Where a rule stands, and the mark where its wording was not checked there.

    >>> import datetime as dt
    >>> from eia.law.lookup import rule
    >>> citation(rule("employment", on=dt.date(2026, 11, 22)))
    'Equality Act 2010 s.39(2)(c) and (d), s.39(7)†'
    """
    return citations([rule])


def warning(rule: Rule) -> str:
    """The mark behind a rule whose wording was not checked against the provision or judgment itself; nothing behind another.

    >>> import datetime as dt
    >>> from eia.law.lookup import rule
    >>> warning(rule("age", on=dt.date(2026, 11, 22))), warning(rule("indirect_discrimination", on=dt.date(2026, 11, 22)))
    ('†', '')
    """
    return "" if rule.confidence == "read" else MARK


def citations(rules: Iterable[Rule]) -> str:
    """Where several rules stand, each instrument named once.

    >>> import datetime as dt
    >>> from eia.law.lookup import rule
    >>> keys = ("indirect_discrimination", "age", "associative_indirect_discrimination")
    >>> citations(rule(key, on=dt.date(2026, 11, 22)) for key in keys)
    'Equality Act 2010 s.19(1) and (2), s.5†, s.19A'
    """
    by_instrument: dict[str, list[str]] = {}
    for each in rules:
        by_instrument.setdefault(each.instrument, []).append(each.provision + warning(each))
    return "; ".join(f"{instrument} {', '.join(provisions)}" for instrument, provisions in by_instrument.items())


def marked_once(told: _Told) -> _Told:
    """The same with the mark of a provision at its first mention only. Of a name that two laws share every mention keeps its own.

    >>> marked_once(("Equality Act 2010 s.5†, s.149(1)†", "s.149(1)†", "s.149(2)†"))
    ('Equality Act 2010 s.5†, s.149(1)†', 's.149(1)', 's.149(2)†')
    """
    seen: set[str] = set()

    def once(found: re.Match[str]) -> str:
        known = found[1] in seen
        seen.add(found[1])
        return found[1] if known else found[0]

    return anew(told, lambda text: _unchecked().sub(once, text) if MARK in text else text)


@cache
def _unchecked() -> re.Pattern[str]:
    """Every provision that can be marked, and that one law alone has."""
    every = {(rule.provision, rule.instrument) for held in rules().values() for rule in held if warning(rule)}
    laws = Counter(provision for provision, _ in every)
    names = sorted((name for name, number in laws.items() if number == 1), key=len, reverse=True)
    return re.compile(rf"(?<![\w.])({'|'.join(map(re.escape, names))}){MARK}")


def amount(rule: Rule) -> str:
    """The value of a rule with its unit, as a text.

    >>> import datetime as dt
    >>> from eia.law.lookup import rule
    >>> amount(rule("week_pay_cap", on=dt.date(2012, 3, 1))), amount(rule("consultation_days_100", on=dt.date(2012, 3, 1)))
    ('£430 a week', '90 days')
    """
    match rule.value:
        case str(text):
            return text
        case tuple(texts):
            return "; ".join(texts) + "."
        case number if rule.unit.startswith("pounds"):
            return f"£{number:,g}{rule.unit.removeprefix('pounds')}"
        case number:
            return f"{number:,g} {rule.unit}"


def says(rule: Rule) -> str:
    """The value of a rule and what to mind about it, as sentences.

    >>> import datetime as dt
    >>> from eia.law.lookup import rule
    >>> says(rule("consultation_days_100", on=dt.date(2026, 11, 22)))
    '45 days. For proposals made on or after 6 April 2013.'
    """
    return f"{amount(rule).removesuffix('.')}. {rule.note}".strip()


def address(rule: Rule) -> str:
    """Where a rule can be read."""
    return f"{rule.instrument} {rule.provision}, {rule.url}"


def period(rule: Rule) -> str:
    """When a value holds.

    >>> import datetime as dt
    >>> from eia.law.lookup import rule
    >>> period(rule("week_pay_cap", on=dt.date(2012, 3, 1))), period(rule("sex", on=dt.date(2012, 3, 1)))
    ('1 February 2012 to 31 January 2013', 'from 1 October 2010')
    """
    return f"{written(rule.from_)} to {written(rule.until)}" if rule.until else f"from {written(rule.from_)}"


def about(rule: Rule, *, today: dt.date) -> tuple[tuple[str, str], ...]:
    """Everything that is held of a rule, as pairs of name and value; ``today`` decides whether it may have changed unseen."""
    pairs = (
        ("What it says", amount(rule)),
        ("To mind", rule.note),
        ("When", f"{period(rule)}, by the {rule.date_basis}"),
        ("Where", rule.extent),
        ("Source", address(rule)),
        ("How sure", f"{CONFIDENCES[rule.confidence]}; last looked at {written(rule.checked_on)}"),
        ("Caution", "Not checked for over 18 months, and perhaps changed since." if rule.stale(today) else ""),
    )
    return tuple((name, value) for name, value in pairs if value)


def open_point(point: OpenPoint) -> str:
    """Something not settled or not found, as a sentence or two."""
    return f"{point.title}. {point.says}"


def sources(rules: Iterable[Rule], *, today: dt.date, points: Iterable[OpenPoint] = ()) -> Iterator[Block]:
    """Rules used with their sources, and what to check of them: each once, at the end of a document."""
    once = tuple(dict.fromkeys(rules))
    yield sources_table(once)
    if told := tuple(to_check(once, points, today=today)):
        yield Heading(CHECK, 3)
        yield Bullets(told)


def rules_table(rules: Iterable[Rule]) -> Table:
    """Every rule used in a line: where it stands, since when, when it was last looked at, and whether its wording was checked."""
    return tabulated(
        "The rules used",
        tuple(dict.fromkeys(rules)),
        {
            "Rule": lambda each: each.title + warning(each),
            "Where it stands": lambda each: f"{each.instrument} {each.provision}",
            "In force from": lambda each: written(each.from_),
            "Last looked at": lambda each: written(each.checked_on),
            "Wording checked": lambda each: _CHECKED[each.confidence],
        },
        words=None,
        notes=(
            "In force from: the day this wording is recorded from, which can be later than the day the rule itself began.",
            MARKED,
        ),
    )


def checked_told(rules: Iterable[Rule], *, today: dt.date) -> str:
    """How many of many rules were not checked, and where each is marked, which a list of their names would not tell."""
    once = tuple(dict.fromkeys(rules))
    memory, second = (sum(rule.confidence == how for rule in once) for how in ("unchecked", "second-hand"))
    stale = sum(rule.stale(today) for rule in once)
    told = (
        f"{plural(len(once), 'rule stands', 'rules stand')} behind these figures. Not yet checked against legislation.gov.uk or the judgment itself: "
        f"{people(second)}, known from a secondary source. Not yet checked in full: {people(memory)}. {MARK} marks them in the table above, and in the workbook, which has every rule. "
        "Check those that you rely on.",
        f"Not looked at for over 18 months, and perhaps changed since: {people(stale)}." if stale else "",
    )
    return " ".join(filter(None, told))


def to_check(rules: Iterable[Rule], points: Iterable[OpenPoint], *, today: dt.date) -> Iterator[str]:
    """What to check, in sentences: rules that were not read, by how they are known; what is not settled; what may have changed unseen."""
    once = tuple(dict.fromkeys(rules))
    for confidence, lead in _TO_CHECK.items():
        if titles := tuple(dict.fromkeys(rule.title for rule in once if rule.confidence == confidence)):
            yield f"{lead}: {'; '.join(titles)}."
    if titles := tuple(dict.fromkeys(rule.title for rule in once if rule.stale(today))):
        yield f"Not looked at for over 18 months, and perhaps changed since: {listed(titles)}."
    yield from map(open_point, points)


def sources_table(rules: Iterable[Rule]) -> Table:
    """Every rule used, with what it says, where it stands, since when, and the mark of those not read."""
    return tabulated(
        "The rules used, with their sources",
        rules,
        {
            "Rule": lambda each: each.title + warning(each),
            "What it says": says,
            "Where it stands": address,
            "From": lambda each: written(each.from_),
            "Last looked at": lambda each: written(each.checked_on),
        },
        words=None,
        notes=(
            "From: the day this wording is recorded from, which can be later than the day the rule itself began.",
            MARKED,
        ),
    )
