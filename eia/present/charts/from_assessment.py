"""Takes an Assessment; gives its charts as specs: tidy numbers with their text alternatives, drawn elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from eia.case import Question
from eia.findings.assessment import Assessment
from eia.findings.core.finding import Direction, Finding, Headcounts
from eia.findings.headlines import LEAST_EXCESS, at_level, describes, once
from eia.present.charts import specs
from eia.present.charts.specs import Level as ChartLevel
from eia.present.text.numbers import interval, parts, people, percent, ratio, signed
from eia.present.text.words import IF_EVEN, OVERALL, QUESTIONS, capital, group_name, listed
from eia.stats.bounds.ranges import Range
from eia.stats.results import Split


def figure(assessment: Assessment, question: Question) -> specs.Forest | specs.Excess | None:
    """The chart of one question, of exact counts: odds ratios for selection, people more or fewer for the others. None without any."""
    findings = assessment.under(question)
    if question == "selection":
        return _forest(assessment, [f for f in findings if f.tested])
    return _excess(question, [f for f in findings if f.stated])


def described(assessment: Assessment, question: Question) -> specs.Forest | specs.Excess | None:
    """The same of the groups that a document has in a row: without grade, missing answers and groups that mirror another."""
    findings = tuple(finding for finding in once(assessment.under(question)) if describes(finding))
    return figure(replace(assessment, findings=findings), question)


FEWEST_AGES, FEWEST_PEOPLE = 3, 10  # on a chart of ages; of fewer people a share says little
_DIRECTIONS: tuple[Direction, ...] = ("against", "for")


def _forest(assessment: Assessment, findings: Sequence[Finding]) -> specs.Forest | None:
    if not findings:
        return None
    rows = []
    for finding in findings:
        test = finding.tested
        assert test is not None  # noqa: S101 - chosen so by the caller
        odds = test.odds_ratio
        rows.append(
            specs.ForestRow(
                label=finding.group.label,
                estimate=odds.estimate,
                low=odds.midp_interval.low,
                high=odds.midp_interval.high,
                level=chart_level(finding),
                note=f"{ratio(odds.estimate)} ({interval(odds.midp_interval)})",
                group=finding.characteristic.title,
            )
        )
    matters = assessment.case.analysis.matters
    more, fewer = (at_level(findings, "found", direction) for direction in _DIRECTIONS)
    told = [
        f"{way} {listed([group_name(f.characteristic, f.group) for f in found])} than expected"
        for way, found in (("more", more), ("fewer", fewer))
        if found
    ]
    message = f"Clear gap: {'; '.join(told)}." if told else "No group shows a clear gap."
    return specs.Forest(
        title=QUESTIONS["selection"],
        alt=f"Odds ratios of being selected with {100 * assessment.case.analysis.level:g}% intervals for "
        f"{len(rows)} groups, inside their pools. {message} The table has every figure.",
        rows=tuple(rows),
        axis="Odds ratio of being selected, against everyone else in the same pools",
        band=(1 / matters, matters),
        below="less often selected",
        above="more often selected",
    )


def chart_level(finding: Finding) -> ChartLevel:
    """The evidence level as charts mark it, with its direction where one was found."""
    if finding.level != "found":
        return finding.level
    return "found against" if finding.direction == "against" else "found for"


def _excess(question: Question, findings: Sequence[Finding]) -> specs.Excess | None:
    told = [
        (finding, value)
        for finding in findings
        if (value := finding.excess) is not None and not isinstance(value, Range)
    ]
    if not told or max(abs(value) for _, value in told) < LEAST_EXCESS:
        return None  # bars of less than one person would look like more
    rows = tuple(
        specs.ExcessRow(label=finding.group.label, value=value, text=signed(value), group=finding.characteristic.title)
        for finding, value in told
    )
    most, value = max(told, key=lambda pair: pair[1])
    where = "in pools" if question == "scope" else "selected"
    return specs.Excess(
        title=QUESTIONS[question],
        alt=f"People {where}, more or fewer than {IF_EVEN[question]}, for {len(rows)} groups. The largest gap is of "
        f"{group_name(most.characteristic, most.group)}: {signed(value)}. The table has every figure.",
        rows=rows,
        axis=f"People {where}, more (+) or fewer (−) than expected",
    )


def ages(assessment: Assessment) -> specs.RatesChart | None:
    """The share selected at each age, beside what it would be if the cuts fell evenly within each pool; None with fewer than three ages of ten people."""
    by_age = [f for f in assessment.under("selection") if f.characteristic.key == "age" and f.group.kind == "answer"]
    rows = tuple(
        replace(_rate(f, f.people, f.split), group="")
        for f in by_age
        if f.people.group_selected is not None and isinstance(f.split, Split) and isinstance(f.people, Headcounts) and f.people.group_there >= FEWEST_PEOPLE
    )  # fmt: skip
    if len(rows) < FEWEST_AGES:
        return None
    most = max(rows, key=lambda row: row.group_rate)
    clear = at_level(by_age, "found", "against")
    said = (
        f"There is a clear gap for {listed([group_name(f.characteristic, f.group) for f in clear])}"
        if clear
        else "No age shows a clear gap"
    )
    return specs.RatesChart(
        title=f"People aged {most.label[0].lower()}{most.label[1:]} are selected most often: {most.group_text}. {said}",
        alt="; ".join(
            f"{row.label}: {row.group_text} selected, {row.comparator_text} if the cuts fell evenly" for row in rows
        ) + ".",
        rows=rows,
        comparator_label="If the cuts fell evenly within each pool",
    )  # fmt: skip


def _rate(finding: Finding, them: Headcounts, split: Split) -> specs.RatesRow:
    there, went = them.group_there, them.group_selected or 0
    return specs.RatesRow(
        label=finding.group.label,
        group_rate=went / there,
        comparator_rate=split.expected_by_pools / there,
        group_text=percent(went, there),
        comparator_text=percent(split.expected_by_pools, there),
        group=finding.characteristic.title,
    )


def waterfall(finding: Finding) -> specs.Waterfall | None:
    """How the gap of one group adds up; None where it is not known exactly."""
    split = finding.split
    if not isinstance(split, Split):
        return None
    who = group_name(finding.characteristic, finding.group)
    given = [(QUESTIONS["scope"], split.scope), (QUESTIONS["spread"], split.spread)]
    if split.selection is not None:
        given.append((QUESTIONS["selection"], split.selection))
    shown = parts([value for _, value in given])
    steps = tuple(
        specs.WaterfallStep(label=label, value=value, text=signed(value))
        for (label, _), value in zip(given, shown, strict=True)
    )
    total = signed(sum(shown))
    spelled = listed([f"{step.text} from “{step.label}”" for step in steps])
    return specs.Waterfall(
        title=f"{OVERALL} {capital(who)}",
        alt=f"{capital(who)} among the {people(split.selected)} selected: {total} people compared with cuts that fall evenly on the "
        f"workforce, made up of {spelled}.",
        steps=steps,
        total_label="More or fewer in all",
        total_text=total,
    )
