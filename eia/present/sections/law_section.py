"""Takes an Assessment; gives what the law says of it: what decides something here, and at the end every rule with its source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from eia.findings.assessment import Assessment
from eia.findings.core.finding import STANDING_OUT, Finding
from eia.findings.headlines import by_evidence
from eia.findings.legal.applicable_law import Applicable, Bound
from eia.findings.legal.law_of_the_case import rules_of_routes
from eia.findings.legal.legal_routes import Route, RouteKey
from eia.law.lookup import written
from eia.law.open_points import OpenPoint
from eia.law.records import Rule
from eia.present.documents.model import Block, Bullets, Heading, Paragraph, Table, TableColumn
from eia.present.sections.law import MARKED, amount, citation, citations, sources, warning
from eia.present.text.words import group_name, listed
from eia.vocabulary.characteristics import Group

HEADING = "What the law says here"
ANNEX = "Annex: the law, rule by rule"
NEVER_CHOOSE = (
    "Never choose who goes because of a characteristic. Adjustments for disabled people, and treating them more favourably, are lawful "
    "and can be required"
)
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
        "Pregnancy and maternity is not on the list for indirect discrimination. Working part-time, flexible arrangements and family leave "
        "are not characteristics: figures on them speak to sex where the pattern goes with caring for children.",
    ),
    "part-time": (
        "Part-time workers",
        "Needs an actual full-time comparator. Whether being part-time must be the only reason is disputed, and a case to watch. Figures alone "
        "do not show the reason.",
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
    "flexible": (
        "Flexible working",
        "Asks whether somebody was treated so because of a request to work flexibly. A figure is a reason to ask.",
    ),
    "due regard": (
        "Due regard",
        "What a decision-maker must know and weigh, whether or not chance could give the gap.",
    ),
    "due regard in part": (
        "Due regard, to eliminating discrimination only",
        "The characteristic is not on the list for the rest of the duty.",
    ),
    "no route the other way": (
        "No rule here",
        "The law protects the other group only. A gap against this one is shown all the same.",
    ),
    "no route": ("No rule here", "No rule that this toolkit holds speaks of it."),
}

_Row = tuple[RouteKey, str]  # the kind of route, and what its name goes on with


@dataclass(frozen=True, slots=True)
class _Told:
    """One route: the comparisons that speak to it, the titles of their characteristics, and as keys, in order and once, the rules it rests on."""

    comparisons: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
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


def never_choose(assessment: Assessment) -> str:
    """What no figure may be used for, and what is allowed and can be owed; cited where the Equality Act 2010 applies."""
    direct, adjust = _held(assessment, "direct_discrimination"), _held(assessment, "reasonable_adjustments")
    if not direct or not adjust:
        return f"{NEVER_CHOOSE}."
    mark = warning(direct)
    return f"{NEVER_CHOOSE} ({direct.instrument} s.13(3){mark}, s.20{warning(adjust)}; age can be justified, s.13(2){mark})."


def disability_told(assessment: Assessment) -> tuple[str, ...]:
    """What is said on page one wherever disability shows a gap: rights that need no group figure."""
    gaps = [each for each in by_evidence(assessment.findings) if each.characteristic.protected == "Disability"]
    for route in (route for finding in gaps for route in finding.routes):
        if route.key == "disability":
            arising, adjust = route.rules[1:]
            return (
                "Each disabled person has rights that need no group figure. One is about what arises from a disability "
                f"({citation(arising)}). Another is to adjustments ({citation(adjust)}).",
            )
        if route.key == "separate law on disability":
            return (f"Adjustments for a disabled person need no group figure ({citations(route.rules)}).",)
    return ()


def time_limits(assessment: Assessment) -> str:
    """How soon a claim must be made, with the caution that it is due to change."""
    times = assessment.law.applies.claim_times
    if not times:
        return (
            "Claims to a tribunal have short time limits. Those of this place are not recorded here: check on the day."
        )
    told = "; ".join(
        f"{_small(each.title).removeprefix('time limit for ')}: {_small(amount(each)).rstrip('.')} ({citation(each)})"
        for each in times
    )
    return (
        f"Claims to a tribunal have short time limits, which are due to change: check on the day. As recorded, {told}."
    )


def law_section(assessment: Assessment) -> Iterator[Block]:
    """The part of the law that decides something here, a page at most; the annex has every rule."""
    law = assessment.law.applies
    yield Heading(HEADING, 2, "law")
    yield Paragraph(
        f"{_whose(law)} A figure speaks to a rule; it never shows that a claim succeeds. This is not legal advice. "
        f"{MARKED} What to check stands once, at the end."
    )
    yield Paragraph(never_choose(assessment))
    yield Paragraph(_binds(law))
    if law.duties:
        yield Paragraph(f"The duties: {citations(law.duties)}.")
    standing_out = [
        finding
        for finding in by_evidence(assessment.findings)
        if finding.level in STANDING_OUT and finding.group.kind == "answer"
    ]
    shown = _told(assessment, standing_out)
    if told := tuple(_short(row, way) for row, way in shown.items() if not row[0].startswith("no route")):
        yield Paragraph("Law that the clear gaps, and those that stand out, can matter to:")
        yield Bullets(told)
    else:
        yield Paragraph("No gap here is clear or stands out. The annex has the law that each comparison speaks to.")
    yield Paragraph(time_limits(assessment))


def law_annex(assessment: Assessment) -> Iterator[Block]:
    """Every rule used, once, with its source; then what to check, once."""
    yield Heading(ANNEX, 2, "law-annex")
    yield routes_table(assessment)
    yield from sources(rules_used(assessment), today=assessment.run.when.date(), points=points_open(assessment))


def rules_used(assessment: Assessment) -> tuple[Rule, ...]:
    """Every rule that any part of the assessment rests on, once."""
    law, found = assessment.law, assessment.priority
    beside = (assessment.notice, assessment.pension)
    parts = (
        rules_of_routes(law.applies, assessment.findings),
        law.clock.rules if law.clock else (),
        law.papers.rules,
        law.limits.rules if law.limits else (),
        law.caps.rules if law.caps else (),
        (law.form.contents,) if law.form else (),
        (law.decisions.rule,) if law.decisions and law.decisions.rule else (),
        *(each.rules for each in law.transfers),
        found.rules if found else (),
        *(each.cited for each in beside if each),
        assessment.other_work.rules if assessment.other_work else (),
        assessment.absences.rules if assessment.absences else (),
    )
    return tuple(dict.fromkeys(rule for part in parts for rule in part))


def points_open(assessment: Assessment) -> tuple[OpenPoint, ...]:
    """Everything that is not settled about any rule used, once."""
    of_priority = assessment.priority.unsettled if assessment.priority else ()
    return tuple(dict.fromkeys((*assessment.law.unsettled, *of_priority)))


def _held(assessment: Assessment, key: str) -> Rule | None:
    """A rule that stands behind every route, as it was held for this assessment."""
    return next((rule for rule in assessment.law.applies.general if rule.key == key), None)


def _short(row: _Row, way: _Told) -> str:
    (key, named) = row
    return f"{_ROUTES[key][0]}{named}: {'; '.join(way.titles)}. {_ROUTES[key][1]} ({citations(way.rules)})"


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


def _told(assessment: Assessment, answered: Sequence[Finding]) -> Mapping[_Row, _Told]:
    """What there is to tell of each route that these findings speak to, in the order of :data:`_ROUTES`."""
    found: dict[_Row, _Told] = {}
    for of in (dimension.characteristic for dimension in assessment.cube.layout.dimensions.values()):
        by_group = {each.group.label: each.routes for each in answered if each.characteristic.key == of.key}
        for row in dict.fromkeys(_row(route) for each in by_group.values() for route in each):
            ways = {label: route for label, each in by_group.items() for route in each if _row(route) == row}
            whole = ways.keys() >= by_group.keys() - {of.others}
            told = found.setdefault(row, _Told())
            told.titles.append(of.title)
            told.comparisons.append(
                of.title if whole else f"{of.title} ({listed([group_name(of, Group(label)) for label in ways])})"
            )
            told.rules.update(dict.fromkeys(rule for route in ways.values() for rule in route.rules))
    order = list(_ROUTES)
    return dict(sorted(found.items(), key=lambda each: order.index(each[0][0])))


def _row(route: Route) -> _Row:
    """Where a route stands in the table: all of one kind together, but each law of Northern Ireland by itself."""
    apart = route.key.startswith("separate law")
    return route.key, f", on {_small(route.rules[0].title)}" if apart else ""


def _small(title: str) -> str:
    return title[0].lower() + title[1:]


def routes_table(assessment: Assessment) -> Table:
    """Law that each comparison can matter to, a row for each."""
    told = _told(assessment, [each for each in assessment.each_group() if each.group.kind == "answer"])
    return Table(
        title="Law that each comparison can matter to",
        columns=tuple(map(TableColumn, ("Law", "Comparisons", "What these figures are to it", "Where it stands"))),
        rows=tuple(
            (_ROUTES[key][0] + named, "; ".join(way.comparisons), _ROUTES[key][1], citations(way.rules) or "–")
            for (key, named), way in told.items()
        ),
    )
