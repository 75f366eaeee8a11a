"""Takes the findings of one group; gives the charts of its story as specs: three intervals on one scale, what chance would give, and its pools by size."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from eia.findings.core.finding import Finding
from eia.findings.frames import numbers
from eia.findings.supplementary.by_chance import Bar
from eia.present.charts.from_assessment import chart_level
from eia.present.charts.specs import LEVEL_WORDS, Forest, ForestRow, PairRow, Pairs, RatesChart, RatesRow
from eia.present.text.evidence import NO_CHANCE
from eia.present.text.grounds import may_show
from eia.present.text.numbers import MINUS, interval, people, percent, ratio, whole
from eia.present.text.words import IF_EVEN, QUESTIONS, capital, group_name
from eia.stats.results import Interval

MOST_POOLS = 12
"""Pools that a chart shows, the largest first."""


def intervals(findings: Sequence[Finding]) -> Forest | None:
    """The odds ratio of one group under each question, all on one scale; None where there is none."""
    rows = tuple(map(_row, findings))
    if all(math.isnan(row.estimate) for row in rows):
        return None
    one = findings[0]
    matters, who = one.conventions.matters, group_name(one.characteristic, one.group)
    said = "; ".join(f"{row.label} {row.note or 'not known'}, {LEVEL_WORDS[row.level]}" for row in rows)
    return Forest(
        title=f"How the odds compare for {who}, question by question",
        alt=f"Odds ratios of {who} with their intervals: {said}.",
        rows=rows,
        axis="Odds ratio, against everyone else compared",
        band=(1 / matters, matters),
        below="fewer",
        above="more",
    )


def _row(finding: Finding) -> ForestRow:
    given = numbers(finding)
    odds, low, high = (given.get(name, math.nan) for name in ("odds_ratio", "ci_low", "ci_high"))
    method = finding.conventions.level
    note = (
        "" if math.isnan(odds) else f"{ratio(odds)} ({interval(Interval(low=low, high=high, level=method, method=''))})"
    )
    return ForestRow(
        label=QUESTIONS[finding.question], estimate=odds, low=low, high=high, level=chart_level(finding), note=note
    )


def against_chance(finding: Finding, bars: Sequence[Bar]) -> RatesChart | None:
    """How often chance would give as much of the group under a question, and what there is; None where nothing is said of chance. bars: what an
    Assessment has as the chances of the finding."""
    if not bars or NO_CHANCE.intersection(finding.reasons):
        return None
    who, test = group_name(finding.characteristic, finding.group), finding.tested
    if test is not None:
        even = f"If the cuts fell evenly within each pool, most often about {whole(test.expected)} {who} would be selected."
        alt, axis = f"{even} {people(test.observed)} are.", f"How often chance selects so many {who}"
        rows = tuple(_chance_of(bar, people) for bar in bars)
    else:
        seen = next(_numbers(bar, _more) for bar in bars if bar.observed)
        alt = f"{capital(who)}, more (+) or fewer (−) than {IF_EVEN[finding.question]}: {seen}, beside what chance would give."
        axis, rows = (
            "How often chance gives so many more (+) or fewer (−)",
            tuple(_chance_of(bar, _more) for bar in bars),
        )
    return RatesChart(
        title=f"{QUESTIONS[finding.question]} What chance would give, and what there is: {who}",
        alt=alt,
        rows=rows,
        axis=axis,
        group_label="What there is",
        comparator_label="By chance",
    )


def _chance_of(bar: Bar, number: Callable[[float], str]) -> RatesRow:
    text = "hardly ever" if bar.probability < 0.005 else percent(bar.probability, 1)
    seen, other = (bar.probability, math.nan) if bar.observed else (math.nan, bar.probability)
    return RatesRow(
        label=_numbers(bar, number), group_rate=seen, comparator_rate=other,
        group_text=text if bar.observed else "", comparator_text="" if bar.observed else text,
    )  # fmt: skip


def _numbers(bar: Bar, number: Callable[[float], str]) -> str:
    return number(bar.low) if bar.low == bar.high else f"{number(bar.low)} to {number(bar.high)}"


def _more(count: float) -> str:
    """Whole people more or fewer, with a sign."""
    return f"{'+' if count > 0 else MINUS if count < 0 else ''}{abs(count):,.0f}"


def by_pool(finding: Finding, pools: Sequence[str]) -> Pairs | None:
    """How many of the group each pool selects beside how many if its cuts fell evenly, the largest pools first; None where no pool can be shown.

    A pool is shown as the annex shows it: where it would not be about single people. pools: their names.
    """
    driving = finding.grounds.driving if finding.grounds else None
    shown = [part for part in driving.pools if may_show(part)] if driving else []
    largest = sorted(shown, key=lambda part: -part.total)[:MOST_POOLS]
    rows = tuple(
        PairRow(
            label=f"{pools[part.pool]} ({people(part.total)} people)",
            seen=part.group_selected,
            even=part.selected * part.group_total / part.total,
            seen_text=f"{people(part.group_selected)} of {people(part.group_total)}",
            even_text=f"about {whole(part.selected * part.group_total / part.total)}",
        )
        for part in largest
    )
    if not rows:
        return None
    who = group_name(finding.characteristic, finding.group)
    return Pairs(
        title=f"Pool by pool, the largest first: {who}",
        alt="; ".join(f"{row.label}: {row.seen_text} selected, {row.even_text} if even" for row in rows) + ".",
        rows=rows,
        axis="People of the group selected",
    )
