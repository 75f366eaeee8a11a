"""Takes a characteristic, a group and the law of the case; gives the routes in law that its comparison speaks to.

A route is a way in which somebody could rely on the figures, or "no route". It never says that a route succeeds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from eia.findings.legal.applicable_law import Applicable
from eia.law.lookup import in_force, rule
from eia.law.records import Rule
from eia.vocabulary.characteristics import Characteristic, Group

RouteKey = Literal[
    "indirect",
    "same disadvantage",
    "recorded gender",
    "disability",
    "pregnancy",
    "indirect sex",
    "part-time",
    "fixed-term",
    "flexible",
    "due regard",
    "due regard in part",
    "separate law",
    "separate law on treatment",
    "separate law on disability",
    "no route the other way",
    "no route",
]

_DEFINED: Mapping[str, str] = {
    "Age": "age", "Disability": "disability", "Gender reassignment": "gender_reassignment",
    "Marriage and civil partnership": "marriage", "Race": "race", "Religion or belief": "religion", "Sex": "sex",
    "Sexual orientation": "sexual_orientation",
}  # fmt: skip
_NORTHERN: Mapping[str, str] = {**_DEFINED, "Pregnancy and maternity": "pregnancy_discrimination"}
_NORTHERN_BY_KEY: Mapping[str, str] = {
    "working_pattern": "part_time_equal_treatment", "contract": "fixed_term_equal_treatment",
    "contract_short": "fixed_term_equal_treatment",
    "political_opinion": "political_opinion",
}  # fmt: skip
# Where what is applied to all alike is known to count.
_NORTHERN_INDIRECT = frozenset({"sex", "race", "age", "sexual_orientation"})
_PROTECT_BY_THEMSELVES = frozenset(
    {"pregnancy", "part-time", "fixed-term", "flexible", "separate law on treatment", "separate law on disability"}
)
_OF_FIXED_TERMS = ("contract", "contract_short")  # with the long ones, and without
_SPEAK_TO_SEX = ("pregnancy_maternity", "family_leave", "working_pattern", "flexible")
NORTHERN_IRELAND_ONLY = ("political_opinion", "dependants")  # names of columns that a case can add
MATERNITY_LEAVE = "Maternity leave"


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One way in law that a comparison speaks to.

    rules: the dated rules that it rests on; where the law protects the other group only, the one that says so. defined: the rule
    that says who shares the characteristic, where it matters to the route.
    """

    key: RouteKey
    rules: tuple[Rule, ...] = ()
    defined: Rule | None = None

    @property
    def cited(self) -> tuple[Rule, ...]:
        """Every rule of the route."""
        return self.rules if self.defined is None else (*self.rules, self.defined)


def routes(characteristic: Characteristic, group: Group, *, law: Applicable) -> tuple[Route, ...]:
    """Give the routes that the comparison of a group speaks to, in the order in which they are told.

    The practice examined is that of the question asked; which routes there are depends on the group and on whom the law
    protects. People without a known answer share no characteristic: no route.

    >>> import datetime as dt
    >>> from eia.case import Case, Employer
    >>> from eia.findings.legal.applicable_law import applicable
    >>> from eia.vocabulary.characteristics import characteristics
    >>> law = applicable(Case(employer=Employer(kind="other body")), today=dt.date(2026, 11, 22))
    >>> [route.key for route in routes(characteristics()["working_pattern"], Group("Part-time"), law=law)]
    ['indirect sex', 'part-time']
    >>> [route.key for route in routes(characteristics()["disability"], Group("Not disabled"), law=law)]
    ['no route the other way']
    """
    if group.kind != "answer":
        return (Route(key="no route"),)
    protected = group.label != characteristic.others
    if law.northern_ireland:
        separate = tuple(_northern(characteristic, law))
        found = (*(separate if protected else ()), *_northern_duty(characteristic, law))
    else:
        separate = tuple(_british(characteristic, group, law))
        found = separate if protected else ()
    return found or (Route(key="no route the other way", rules=_who(separate)) if separate else Route(key="no route"),)


def _who(routes: Iterable[Route]) -> tuple[Rule, ...]:
    """The rule that says whom the law protects, of the routes that the other group has; none where no single rule says so."""
    defined = [route.defined for route in routes if route.defined]
    by_itself = [route.rules[0] for route in routes if route.key in _PROTECT_BY_THEMSELVES]
    return tuple((*defined, *by_itself)[:1])


def _british(characteristic: Characteristic, group: Group, law: Applicable) -> Iterator[Route]:
    def cited(*keys: str) -> tuple[Rule, ...]:
        return tuple(rule(key, on=law.on, where=law.where) for key in keys)

    protected = characteristic.protected
    eight = rule("indirect_discrimination_characteristics", on=law.on, where=law.where)
    indirect = cited("indirect_discrimination", "indirect_discrimination_characteristics")
    if protected == "Disability":  # no indirect route: that asks for people with the same disability
        aside = ("same_disability", "discrimination_arising_from_disability", "reasonable_adjustments")
        yield Route(key="disability", rules=cited(*aside), defined=cited("disability")[0])
    elif protected is not None and protected in _texts(eight):
        (defined,) = cited(_DEFINED[protected])
        yield Route(key="indirect", rules=indirect, defined=defined)
        if associative := in_force("associative_indirect_discrimination", on=law.on, where=law.where):
            yield Route(key="same disadvantage", rules=(associative,))
    if characteristic.key == "gender":
        yield Route(key="recorded gender", rules=cited("sex"))
    if protected == "Pregnancy and maternity" or group.label == MATERNITY_LEAVE:
        yield Route(key="pregnancy", rules=cited("pregnancy_discrimination"))
    if characteristic.key in _SPEAK_TO_SEX:
        yield Route(key="indirect sex", rules=indirect)
    if characteristic.key == "working_pattern":
        yield Route(
            key="part-time", rules=cited("part_time_equal_treatment", "part_time_sole_reason", "part_time_dismissal")
        )
    if characteristic.key in _OF_FIXED_TERMS:
        ends = ("fixed_term_dismissal", "fixed_term_expiry", "fixed_term_four_years")
        yield Route(key="fixed-term", rules=cited("fixed_term_equal_treatment", *ends))
    if characteristic.key == "flexible":
        yield Route(key="flexible", rules=cited("flexible_working"))
    if protected is not None and law.bound in ("bound", "in public functions"):
        whole = rule("equality_duty_characteristics", on=law.on, where=law.where)
        key: RouteKey = "due regard" if protected in _texts(whole) else "due regard in part"
        yield Route(key=key, rules=(whole,))


def _northern(characteristic: Characteristic, law: Applicable) -> Iterator[Route]:
    """The Order, Regulations or Act of Northern Ireland that speaks of the characteristic, each a route of its own."""
    protected = characteristic.protected
    keys = [_NORTHERN[protected]] if protected else []
    keys += [_NORTHERN_BY_KEY[characteristic.key]] if characteristic.key in _NORTHERN_BY_KEY else []
    keys += ["sex"] if characteristic.key in _SPEAK_TO_SEX else []
    for key in keys:
        kind: RouteKey = "separate law" if key in _NORTHERN_INDIRECT else "separate law on treatment"
        kind = "separate law on disability" if key == "disability" else kind
        yield Route(key=kind, rules=(rule(key, on=law.on, where=law.where),))


def _northern_duty(characteristic: Characteristic, law: Applicable) -> Iterator[Route]:
    """Every protected characteristic of Great Britain falls within one of the nine categories of the duty, whole, and there are
    two more."""
    if law.bound == "bound" and (characteristic.protected or characteristic.key in NORTHERN_IRELAND_ONLY):
        yield Route(key="due regard", rules=(rule("northern_ireland_categories", on=law.on, where=law.where),))


def _texts(listing: Rule) -> tuple[str, ...]:
    """The texts of a rule whose value is a list."""
    return listing.value if isinstance(listing.value, tuple) else ()
