"""Takes limits on severance pay, or a comparison of severance terms; gives their section, or their document."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Mapping

from eia.case import Analysis, Case
from eia.findings.core.evidence_level import judge
from eia.law.lookup import in_force, written
from eia.present.documents.model import Block, Bullets, Document, Facts, Heading, Paragraph, Table, heads, tabulated
from eia.present.sections.law import amount, citation, period, sources, warning
from eia.present.text.contrasts import CLUSTERED, DESCRIPTIVE, contrast_cells, per_cent
from eia.present.text.narrative import CONFIDENTIAL
from eia.present.text.numbers import MINUS, interval, people, pounds, pvalue, ratio
from eia.present.text.words import LEVELS, capital
from eia.process.severance import Condition, Limits, Scheme, place, relevant_date
from eia.process.severance_impact import GroupImpact, Measure, SeveranceImpact, Who
from eia.process.week_pay_caps import Caps

HEADING = "Severance pay"
FEWEST = 5  # a median of fewer people would be near to somebody's own payment
_TOO_FEW = f"Fewer than {FEWEST}"

_WHO: Mapping[Who, str] = {
    "leaving": "Those leaving, by choice or not",
    "in pools": "Everybody in a pool, since nobody has been chosen yet",
    "everyone": "Everybody in the file",
}
_MEASURES: Mapping[Measure, str] = {
    "pounds": "Pounds",
    "weeks": "Weeks of a person's own pay: the file does not give pay, or the hours that it is for",
}
_PARTS: Mapping[str, str] = {
    "all": "All of them",
    "compulsory": "Chosen",
    "volunteers": "Volunteers",
    "short service": "Under two years' service",
}
_SCHEMES: Mapping[str, str] = {
    "statutory": "the statutory redundancy payment",
    "civil service": "the civil service terms of 2010, which are in force",
    "civil service 1987": "the civil service terms of 1987, long replaced",
    "civil service 2016": "the civil service terms of 2016, which were quashed in 2017",
    "NHS": "the terms of the National Health Service",
}
_CONDITIONS: Mapping[Condition, str] = {
    "weeks by age": "½, 1 and 1½ weeks' pay by age, as in the statutory payment",
    "years counted": "20 years of service counted, as in the statutory payment",
    "service asked for": "No longer service asked for than in the statutory payment",
    "no limit on the total": "No limit on the total of its own",
    "limit on a week's pay": "The limit on a week's pay is the statutory one, raised or removed",
    "each year": "What each year earns is not cut",
    "total": "The total is not cut",
}


def severance(found: Limits | None, caps: Caps | None) -> Iterator[Block]:
    """The section of the report: the limits of the day, and which apply when; nothing where the case has no day."""
    if found is None:
        return
    yield Heading(HEADING, 2, "severance")
    yield Paragraph(limits_told(found), lead=True)
    if told := caps_told(caps):
        yield Paragraph(told)
    yield Paragraph(
        "What terms would pay, and to whom, is a document of its own, since it rests on the pay and service of each person: "
        "the dashboard has it on the page “Take away”, and the command eia terms writes it from the case file."
    )


def limits_told(found: Limits) -> str:
    """The limits of the day, in a sentence or two."""
    day = written(found.on)
    if found.crown:
        return f"{amount(found.crown)} {citation(found.crown)}."
    if found.week is None:
        return f"The limit on a week's pay on {day} is not recorded for this place. Check the law itself."
    limit = f"{pounds(float(str(found.week.value)))}{warning(found.week)}"
    told = f"On {day} a week's pay counts up to {limit} towards a statutory redundancy payment"
    if found.most is None:
        return f"{told}. How that payment is worked out is not recorded for this place."
    return f"{told}, which is at most {pounds(found.most)}."


def caps_told(caps: Caps | None) -> str:
    """Whose day decides which limit counts, and where people leave on both sides of a change, which limit applies when."""
    if caps is None:
        return ""
    told = [f"{amount(caps.whose_day)} ({citation(caps.whose_day)})"] if caps.whose_day else []
    if len(caps.limits) > 1 or caps.after:
        told.append("People leave on both sides of a change.")
        told += [f"{capital(period(limit))}: {amount(limit)}{warning(limit)}." for limit in caps.limits]
    if caps.after:
        told.append(f"From {written(caps.after)}: another limit, which is not recorded yet.")
    return " ".join(told)


def terms_document(comparison: SeveranceImpact, case: Case, *, today: dt.date) -> Document:
    """The document on the terms: sums, the comparison at the same grade, service and hours, and what is not worked out."""
    return Document(
        title="Severance terms, by characteristic",
        subtitle=case.title,
        notice=CONFIDENTIAL,
        blocks=tuple(_terms(comparison, case, today)),
    )


def _terms(comparison: SeveranceImpact, case: Case, today: dt.date) -> Iterator[Block]:
    yield Heading("The terms", 2, "terms")
    what = f"What is looked at: {_named(comparison.scheme)}"
    if comparison.instead_of:
        what += f", instead of {_named(comparison.instead_of)}. Every amount below is the change: new less old"
    yield Paragraph(f"{what}.", lead=True)
    for quashed in (rule for rule in comparison.rules if rule.key == "cscs_2016_quashed"):
        yield Paragraph(f"{amount(quashed)} {citation(quashed)}.")
    yield Facts(
        (
            ("Whom the terms would fall on", _WHO[comparison.who]),
            ("Amounts", _MEASURES[comparison.measure]),
            ("People of 55 or over", "Not given" if comparison.near_pension is None else people(comparison.near_pension)),
        )
    )  # fmt: skip
    if comparison.conditions:
        yield _conditions_table(comparison, case)
    yield Heading("At the same grade, service and hours", 2, "alike")
    yield Paragraph(
        "The comparison that says most: people of the same grade, the same complete year of service and the same hours. Within "
        f"each of {people(comparison.cells)} such cells, a gap is looked for among those who get less than the middle."
    )
    yield _alike_table(comparison, case.analysis)
    yield Heading("What is not worked out", 2, "not-worked-out")
    yield Bullets(tuple(_left_out(comparison, case)))
    yield Heading("Annex: crude sums", 2, "annex")
    yield Paragraph(
        "These mix grades, lengths of service and hours, and show what the workforce is like as much as what the terms are like."
    )
    yield _parts_table(comparison)
    yield _groups_table(comparison)
    yield from sources(comparison.rules, today=today)


def _alike_table(comparison: SeveranceImpact, conventions: Analysis) -> Table:
    rows, sections = [], []
    for each in comparison.groups:
        if each.test is None or not each.test.informative_pools:
            cells = ("–",) * 5 + (LEVELS["not_tested"],)
        else:
            test, odds = each.test, each.test.odds_ratio
            level, direction, _ = judge(
                pvalue=test.midp,
                adjusted_p=each.adjusted_p,
                own_p=each.own_p,
                odds_ratio=odds.midp_interval,
                equivalence=odds.midp_interval,
                excess=test.excess,
                conventions=conventions,
                doubts=("pools differ",) if test.homogeneity.pvalue <= conventions.alpha else (),
            )
            cells = (
                people(test.observed), people(round(test.expected, 1)), ratio(odds.estimate), interval(odds.midp_interval),
                pvalue(each.adjusted_p), LEVELS[level] + (f", {direction} the group" if level == "found" else ""),
            )  # fmt: skip
        gap = _signed(each.difference, comparison.measure) if each.amounts.known >= FEWEST else _TOO_FEW
        enough = each.contrast and each.contrast.smaller_side >= FEWEST
        rows.append((each.group.label, gap, *contrast_cells(each.contrast if enough else None, per_cent), *cells))
        sections.append(each.characteristic.title)
    return Table(
        title="Severance terms at the same grade, service and hours",
        columns=heads(
            "Group",
            "Difference of means",
            "Difference, per cent",
            "Its interval",
            "Less than the middle",
            "Expected",
            "Odds ratio",
            "Interval",
            "Adjusted p",
            "Evidence",
            words=("Evidence",),
        ),
        rows=tuple(rows),
        sections=tuple(sections),
        notes=(
            "Each group is compared with everyone else who answered; of a pair only one is shown. Means and tests use only cells "
            "that hold both. The adjusted p counts every group tested here.",
            "Per cent: within a grade, allowing for service and hours (ordinary least squares of logarithms), of those who get anything. "
            f"{CLUSTERED} Where there are no pools, grades stand in their place. {DESCRIPTIVE}",
            "Level of intervals, p and the ratio that would matter are those of the case: conventions, not law.",
        ),
    )


def _left_out(comparison: SeveranceImpact, case: Case) -> Iterator[str]:
    yield (
        "Ages and lengths of service are those of the file, in complete years. A birthday or an anniversary before the "
        "relevant date changes a payment."
    )
    if comparison.measure == "pounds":
        yield (
            "A week's pay is taken as a fifty-second part of a year's. The law's own way of working it out looks at the "
            "weeks before."
        )
    else:
        yield "Limits on the pay that counts do not show in weeks of a person's own pay: above the limit a week brings less."
    civil_service = [
        each for each in (comparison.scheme, comparison.instead_of) if each and each.name == "civil service"
    ]
    if civil_service:
        age = case.severance.pension_age
        yield (
            f"The lower limit from pension age is applied from the age of {age}, which the case gives for everybody. People of "
            "different pension schemes have different pension ages."
            if age
            else "The lower limit from pension age is applied to nobody, since the case gives no pension age. Those who have "
            "reached theirs would get less."
        )
        yield "Payments that shrink towards pension age are not worked out."
    if comparison.near_pension:
        yield (
            f"{people(comparison.near_pension)} of them are 55 or over. Early pensions, what they cost the employer, and tapers near "
            "pension age are not worked out, and can outweigh all else."
        )
        yield from _told("local_government_redundancy_pension", case)
    if comparison.measure == "pounds":
        yield from _told("part_time_severance", case)
    if case.employer.kind == "public authority":
        yield from _told("local_government_continuity", case)
    if any(each.characteristic.key == "working_pattern" for each in comparison.groups):
        yield (
            "Part-time and full-time staff are not compared at the same grade, service and hours, since their hours differ: what the "
            "basis of pay does to them shows in the crude sums only."
        )
    yield "Whether a difference can be justified, and by what aim, no figure says."


def _told(key: str, case: Case) -> Iterator[str]:
    """What a rule says on the relevant date, where it is law."""
    on = relevant_date(case)
    found = in_force(key, on=on, where=place(case)) if on else None
    if found:
        yield f"{found.title}: {amount(found)} ({citation(found)})"


def _conditions_table(comparison: SeveranceImpact, case: Case) -> Table:
    kept = all(each for _, each in comparison.conditions)
    return Table(
        title="Terms of the employer's own and the exception for age",
        columns=heads("Condition", "Kept", words=("Kept",)),
        rows=tuple((_CONDITIONS[condition], "Yes" if each else "No") for condition, each in comparison.conditions),
        notes=(
            "Terms that keep to all of them need no justification as to age"
            + ("." if kept else "; these do not, and whether they can be justified is for people to say."),
            *_told("enhanced_redundancy_pay", case),
            *_told("service_related_benefits", case),
        ),
    )


def _parts_table(comparison: SeveranceImpact) -> Table:
    measure = comparison.measure
    return tabulated(
        "What the terms come to",
        comparison.parts.items(),
        {
            "People": lambda part: _PARTS[part[0]],
            "How many": lambda part: people(part[1].people),
            "Amount known of": lambda part: people(part[1].known),
            "Total": lambda part: _amount(part[1].total, measure),
            "Median": lambda part: _amount(part[1].median, measure) if part[1].known >= FEWEST else _TOO_FEW,
            "Get nothing": lambda part: people(part[1].nothing),
        },
    )


def _groups_table(comparison: SeveranceImpact) -> Table:
    return Table(
        title="Crude totals and medians by characteristic",
        columns=heads("Group", "How many", "Total", "Median", "Get nothing"),
        rows=tuple(_crude(each, comparison.measure) for each in comparison.groups),
        sections=tuple(each.characteristic.title for each in comparison.groups),
    )


def _crude(each: GroupImpact, measure: Measure) -> tuple[str, ...]:
    if each.amounts.known < FEWEST:
        return (each.group.label, people(each.amounts.people), *(_TOO_FEW,) * 3)
    sums = each.amounts
    return (
        each.group.label,
        people(sums.people),
        _amount(sums.total, measure),
        _amount(sums.median, measure),
        people(sums.nothing),
    )


def _named(scheme: Scheme) -> str:
    return _SCHEMES.get(scheme.name, f"“{scheme.name}”")


def _amount(value: float, measure: Measure) -> str:
    if math.isnan(value):
        return "–"
    shown = pounds(abs(value)) if measure == "pounds" else f"{abs(value):,.1f} weeks"
    return f"{MINUS}{shown}" if value < 0 and shown != _amount(0.0, measure) else shown


def _signed(value: float, measure: Measure) -> str:
    shown = _amount(value, measure)
    return f"+{shown}" if value > 0 and shown != _amount(0.0, measure) else shown
