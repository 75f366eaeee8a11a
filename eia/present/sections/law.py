"""Takes an Assessment; gives what the law says of it: which law, which duties, which routes, and every rule with its source."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from eia.findings.assessment import Assessment
from eia.findings.legal.applicable_law import Applicable, Bound
from eia.findings.legal.law_of_the_case import rules_of_routes
from eia.findings.legal.legal_routes import Route, RouteKey
from eia.law.lookup import written
from eia.law.open_points import OpenPoint
from eia.law.records import Confidence, Rule
from eia.present.documents.model import Block, Bullets, Facts, Heading, Notice, Paragraph, Table, TableColumn, tabulated
from eia.present.text.words import listed

HEADING = "What the law says here"
CHECK = "Check before relying on this"
CONFIDENCES: Mapping[Confidence, str] = {
    "read": "The provision was read",
    "second-hand": "A secondary source says so",
    "unchecked": CHECK,
}
DOCUMENT: Mapping[Bound, str] = {
    "bound": "equality impact assessment",
    "in public functions": "equality analysis",
    "not bound": "equality analysis",
    "not known": "equality analysis",
}
_BINDS: Mapping[Bound, str] = {
    "bound": "The employer is given as one that the equality duty binds, as an employer too.",
    "in public functions": "The equality duty binds this employer only in exercising its public functions; whether this "
    "proposal is part of that is not for figures to say. This document is called an equality analysis.",
    "not bound": "An employer of the kind given is not bound by the public sector equality duty. This document is called an equality analysis.",
    "not known": "The case does not say what kind of employer this is, so that no duty is cited and this document is called "
    "an equality analysis. Say it in the case file, under [employer], as kind.",
}
_BINDS_THE_CROWN = (
    "The employer is given as the Crown. The equality duty binds the departments that Schedule 19 of the Equality Act 2010 lists, as "
    "employers too; which specific duties reach a department depends on that list, and none is cited here."
)
_BINDS_NORTHERN_IRELAND: Mapping[bool, str] = {
    True: "The employer is given as one that section 75 of the Northern Ireland Act 1998 binds. The Equality Act 2010 does not "
    "apply. Political opinion and dependants are categories of that duty too: a case file can add a column for each, as "
    "[characteristics.political_opinion] and [characteristics.dependants].",
    False: "The Equality Act 2010 does not apply here, and the case does not give the employer as one that the duty of public "
    "authorities binds. This document is called an equality analysis.",
}
_DISABILITY = (
    "Not the comparison that indirect discrimination asks for, unless all have the same disability: it is evidence for due regard "
    "and for questions. What arises from a disability, and adjustments, need no group figure."
)
_DISABILITY_NORTHERN = (
    "No comparison that a claim rests on, since the Act knows no indirect discrimination because of disability: it is evidence for "
    "due regard and for questions. Adjustments need no group figure."
)
_ROUTES: Mapping[RouteKey, tuple[str, str]] = {
    "indirect": (
        "Indirect discrimination",
        "Evidence whether the practice puts the group at a particular disadvantage. That is not the whole test: the person must be "
        "at that disadvantage, and the practice can be justified.",
    ),
    "same disadvantage": (
        "Same disadvantage",
        "The same evidence, for somebody outside the group whom the practice puts at substantively the same disadvantage.",
    ),
    "recorded gender": (
        "Sex, and gender as recorded",
        "The Act means biological sex. What a system records as gender is not evidence of it.",
    ),
    "disability": ("Disability", _DISABILITY),
    "pregnancy": (
        "Pregnancy and maternity discrimination",
        "Asks why a person was treated so. It needs no comparator and no group figure; a figure is a reason to ask.",
    ),
    "indirect sex": (
        "Indirect sex discrimination",
        "Pregnancy and maternity is not on the list for indirect discrimination, and working part-time and family leave are not "
        "characteristics: figures on them speak to sex.",
    ),
    "part-time": (
        "Part-time workers",
        "Needs an actual full-time comparator and part-time status as the sole reason. Figures alone do not show either.",
    ),
    "fixed-term": (
        "Fixed-term employees",
        "Needs a comparable permanent employee. After four years of successive contracts somebody may be permanent in law.",
    ),
    "separate law": (
        "The law of Northern Ireland",
        "Evidence whether the practice puts the group at a disadvantage. That is not the whole test, and the practice can be "
        "justified.",
    ),
    "separate law on treatment": (
        "The law of Northern Ireland",
        "A figure is a reason to ask why people were treated so. Whether it can be more is for the Order or the Regulations named.",
    ),
    "separate law on disability": ("The law of Northern Ireland", _DISABILITY_NORTHERN),
    "due regard": (
        "Due regard",
        "What a decision-maker must know and weigh, whether or not chance could give the gap.",
    ),
    "due regard in part": (
        "Due regard, to eliminating discrimination only",
        "The characteristic is not on the list for the rest of the duty.",
    ),
    "no route the other way": (
        "No route here",
        "The law protects the other group only. A gap against this one is shown all the same.",
    ),
    "no route": ("No route here", "No rule that this toolkit holds speaks of it."),
}

_Row = tuple[RouteKey, str]  # the kind of route, and what its name goes on with


@dataclass(frozen=True, slots=True)
class _Told:
    """One route: the comparisons that speak to it, and as keys, in order and once, the rules it rests on."""

    comparisons: list[str] = field(default_factory=list)
    rules: dict[Rule, None] = field(default_factory=dict)


def document_name(assessment: Assessment) -> str:
    """What this document is called: an equality impact assessment only where the employer is known to be bound.

    In small letters, without an article.
    """
    return DOCUMENT[assessment.law.applies.bound]


def asides(assessment: Assessment) -> tuple[str, ...]:
    """What has to be said wherever the figures are shown, beside them: of disability."""
    ways = (route for finding in assessment.each_group() for route in finding.routes)
    on_disability = [way for way in ways if way.key in ("disability", "separate law on disability")]
    if not on_disability:
        return ()
    said, source = _ROUTES[on_disability[0].key][1], citation(on_disability[0].rules[0])
    return (f"Disabled people compared with everyone else: {said[0].lower()}{said[1:]} {source}.",)


def law_section(assessment: Assessment) -> Iterator[Block]:
    """The section of the report on the law, each rule with its source and how sure we are of it."""
    law = assessment.law.applies
    used = rules_of_routes(law, assessment.findings)
    yield Heading(HEADING, 2, "law")
    yield Paragraph(
        f"{_whose(law)} A figure speaks to a route; it never shows that it succeeds. This is not legal advice."
    )
    yield Paragraph(_binds(law))
    if law.duties:
        yield Facts(tuple((duty.title, f"{amount(duty)} {citation(duty)}.") for duty in law.duties))
    yield _routes_table(_told(assessment))
    yield from sources(used, today=assessment.run.when.date())
    yield from unsettled(assessment.law.unsettled)


def citation(rule: Rule) -> str:
    """Where a rule stands, and a warning where it was not checked.

    >>> import datetime as dt
    >>> from eia.law.lookup import rule
    >>> citation(rule("employment", on=dt.date(2026, 11, 22)))
    'Equality Act 2010 s.39(2)(c) and (d), s.39(7) (check before relying on this)'
    """
    return citations([rule])


def warning(rule: Rule) -> str:
    """What stands behind a value that nobody looked up, wherever it is told; nothing behind another.

    >>> import datetime as dt
    >>> from eia.law.lookup import rule
    >>> warning(rule("age", on=dt.date(2026, 11, 22))), warning(rule("week_pay_cap", on=dt.date(2026, 11, 22)))
    (' (check before relying on this)', '')
    """
    return f" ({CHECK[0].lower()}{CHECK[1:]})" if rule.confidence == "unchecked" else ""


def citations(rules: Iterable[Rule]) -> str:
    """Where several rules stand, each instrument named once.

    >>> import datetime as dt
    >>> from eia.law.lookup import rule
    >>> keys = ("indirect_discrimination", "age", "associative_indirect_discrimination")
    >>> citations(rule(key, on=dt.date(2026, 11, 22)) for key in keys)
    'Equality Act 2010 s.19(1) and (2), s.5 (check before relying on this), s.19A'
    """
    by_instrument: dict[str, list[str]] = {}
    for each in rules:
        by_instrument.setdefault(each.instrument, []).append(each.provision + warning(each))
    return "; ".join(f"{instrument} {', '.join(provisions)}" for instrument, provisions in by_instrument.items())


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


def looked_at(rule: Rule) -> str:
    """How sure we are of a rule, and when somebody last looked at it."""
    return f"{CONFIDENCES[rule.confidence]} ({written(rule.checked_on)})"


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


def sources(rules: Iterable[Rule], *, today: dt.date) -> Iterator[Block]:
    """Rules used with their sources, each once; and which of them nobody has looked at for too long."""
    once = tuple(dict.fromkeys(rules))
    yield sources_table(once)
    yield from stale(once, today=today)


def stale(rules: Iterable[Rule], *, today: dt.date) -> Iterator[Block]:
    """Which rules nobody has looked at for too long; nothing where there are none."""
    if titles := [rule.title for rule in rules if rule.stale(today)]:
        yield Notice(f"Not checked for over 18 months, and perhaps changed since: {listed(titles)}.", "caution")


def unsettled(points: Iterable[OpenPoint]) -> Iterator[Block]:
    """What is to be checked, under a heading of its own; nothing where all is settled."""
    if said := tuple(map(open_point, points)):
        yield Heading(CHECK, 3)
        yield Bullets(said)


def sources_table(rules: Iterable[Rule]) -> Table:
    """Every rule used, with what it says, where it stands, since when, how sure we are and when somebody last looked."""
    return tabulated(
        "The rules used, with their sources",
        rules,
        {
            "Rule": lambda each: each.title,
            "What it says": says,
            "Where it stands": address,
            "From": lambda each: written(each.from_),
            "How sure, and last looked at": looked_at,
        },
        words=None,
        notes=("From: the day this wording is recorded from, which can be later than the day the rule itself began.",),
    )


def _whose(law: Applicable) -> str:
    day = f"the day of the proposal, {written(law.on)}" if law.dated else f"the day this was made, {written(law.on)}"
    undated = "" if law.dated else " The case does not date the proposal."
    if law.where == "Great Britain":
        return (
            f"The law of Great Britain as recorded for {day}.{undated} The case does not say in which nation the people work: "
            "England, Wales and Scotland have duties of their own, and the law of Northern Ireland is another."
        )
    return f"The law of {law.where} as recorded for {day}.{undated}"


def _binds(law: Applicable) -> str:
    if law.northern_ireland:
        return _BINDS_NORTHERN_IRELAND[law.bound == "bound"]
    return _BINDS_THE_CROWN if law.crown else _BINDS[law.bound]


def _told(assessment: Assessment) -> Mapping[_Row, _Told]:
    """What there is to tell of each route, in the order of :data:`_ROUTES`."""
    found: dict[_Row, _Told] = {}
    answered = [finding for finding in assessment.each_group() if finding.group.kind == "answer"]
    for of in (dimension.characteristic for dimension in assessment.cube.layout.dimensions.values()):
        by_group = {each.group.label: each.routes for each in answered if each.characteristic.key == of.key}
        for row in dict.fromkeys(_row(route) for each in by_group.values() for route in each):
            ways = {label: route for label, each in by_group.items() for route in each if _row(route) == row}
            whole = ways.keys() >= by_group.keys() - {of.others}
            told = found.setdefault(row, _Told())
            told.comparisons.append(of.title if whole else f"{of.title} ({listed(list(ways))})")
            told.rules.update(dict.fromkeys(rule for route in ways.values() for rule in route.rules))
    order = list(_ROUTES)
    return dict(sorted(found.items(), key=lambda each: order.index(each[0][0])))


def _row(route: Route) -> _Row:
    """Where a route stands in the table: all of one kind together, but each law of Northern Ireland by itself."""
    apart = route.key.startswith("separate law")
    return route.key, f", on {_small(route.rules[0].title)}" if apart else ""


def _small(title: str) -> str:
    return title[0].lower() + title[1:]


def _routes_table(told: Mapping[_Row, _Told]) -> Table:
    return Table(
        title="Which route in law each comparison speaks to",
        columns=tuple(map(TableColumn, ("Route", "Comparisons", "What these figures are to it", "Where it stands"))),
        rows=tuple(
            (_ROUTES[key][0] + named, "; ".join(way.comparisons), _ROUTES[key][1], citations(way.rules) or "–")
            for (key, named), way in told.items()
        ),
    )
