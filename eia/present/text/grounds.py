"""Takes findings with their grounds; gives the sentences and tables of how far they hold, and what could have been seen."""

from __future__ import annotations

import math

from eia.case import Question
from eia.findings.assessment import Assessment
from eia.findings.core.finding import STANDING_OUT, Finding, Grounds
from eia.findings.headlines import at_level, once
from eia.present.documents.model import Table, heads, tabulated
from eia.present.text.evidence import NO_CHANCE
from eia.present.text.numbers import expected, how_often, interval, percent, pvalue, ratio, signed
from eia.present.text.words import capital, group_name, in_words, listed, more_or_fewer, plural, row_name
from eia.stats.sensitivity.fragility import Fragility
from eia.stats.sensitivity.minimum_detectable import DetectableDisparity
from eia.stats.sensitivity.pool_contributions import PoolContribution

MOST_POOLS = 8
FEWEST_OF_A_GROUP = 10  # in a pool, or its row would be about single people
NOT_A_TARGET = "This measures how firm the figure is. It is not a target."
NONE_HOWEVER_LARGE = "none, however large"
LED_BY = 3
"""Pools named in a sentence as those that a gap comes from."""


def grounds_told(finding: Finding, pools: tuple[str, ...]) -> tuple[str, ...]:
    """Everything that stands behind one finding, in sentences. pools: their names; without them the pools that it comes from are not named."""
    grounds = finding.grounds
    if grounds is None:
        return ()
    driven = _driven(grounds, pools) if pools else ""
    told = (_could_show(finding, grounds), _firm(grounds), driven, _unknown(finding, grounds))
    return tuple(filter(None, told))


def _could_show(finding: Finding, grounds: Grounds) -> str:
    """What these pools could have shown: the interval first, since that is what they did show."""
    who, could = group_name(finding.characteristic, finding.group), grounds.could_show
    times = f"{100 * could.power:g} in 100"
    lead = "Once people are chosen from these pools"
    if finding.tested:
        limits = finding.tested.odds_ratio.midp_interval
        lead = f"The odds ratios that fit these figures run from {interval(limits)}. With these pools and numbers"
    if could.above is None and could.below is None:
        return f"{lead}, no gap for or against {who}, however large, would be clear among so many groups."
    return (
        f"{lead}, a gap against {who} would reliably show ({times}) {_from(could.above)}, and one in their favour "
        f"{_from(could.below)}."
    )


def _from(side: DetectableDisparity | None) -> str:
    if side is None:
        return "at no size, however large"
    way = "more" if side.people > 0 else "fewer"
    return f"only from about {abs(side.people):,} {way} than expected on (odds ratio {ratio(side.odds_ratio)})"


def _firm(grounds: Grounds) -> str:
    firm = grounds.fragility
    if firm is None:
        return ""
    if firm.exchanges is None:
        return "No swaps of people inside these pools would make this a clear gap."
    swaps = f"{capital(in_words(firm.exchanges))} {'swap' if firm.exchanges == 1 else 'swaps'}"
    way = "against them" if firm.direction > 0 else "in their favour"
    change = "remove this clear gap" if firm.found else f"turn this into a clear gap {way}"
    return f"{swaps} of one selected and one retained person, in the same pool, would {change}. {NOT_A_TARGET}"


def _driven(grounds: Grounds, pools: tuple[str, ...]) -> str:
    driving = grounds.driving
    if driving is None or len(driving.pools) < 2:
        return ""
    named_here = (part for part in driving.pools if may_show(part))
    led = [part for part in named_here if round(part.excess)][:LED_BY]
    if not led:
        return ""
    named = listed([f"{pools[part.pool]} ({more_or_fewer(part.excess)})" for part in led])
    above = sum(part.excess > 0 for part in driving.pools)
    below = sum(part.excess < 0 for part in driving.pools)
    return (
        f"The largest parts come from {named}; in all {plural(above, 'pool lies', 'pools lie')} above expectation and "
        f"{below or 'none'} below. Single pools are found by searching: the annex has each with its own p."
    )


def may_show(part: PoolContribution) -> bool:
    """Whether a pool may have a row or a name: with enough people of the group, of whom neither all nor none are selected."""
    return part.group_total >= FEWEST_OF_A_GROUP and 0 < part.group_selected < part.group_total


def _unknown(finding: Finding, grounds: Grounds) -> str:
    unknown, tipping = grounds.unknown, grounds.tipping
    if unknown is None:
        return ""
    who = group_name(finding.characteristic, finding.group)
    bounds = (
        f"{unknown.unknown_selected:,} selected and {unknown.unknown_retained:,} retained people there have no known answer. If none of the "
        f"first and all of the second were {who}, the figure would be {signed(unknown.least.excess)}; the other way round, "
        f"{signed(unknown.most.excess)}."
    )
    if tipping is None:
        return bounds
    becomes = "would be" if tipping.holds else "would no longer be"
    share = percent(tipping.people, tipping.of)
    return f"{bounds} With {tipping.people:,} of these {tipping.of:,} selected ({share}) {who}, there {becomes} a clear gap."


def could_show_table(assessment: Assessment) -> Table:
    """What these pools could have shown, and how firm what they show is: a row a comparison."""
    told = [(finding, finding.grounds) for finding in once(assessment.under("selection")) if finding.grounds]
    return tabulated(
        "What these pools could have shown, and how firm the figures are",
        told,
        {
            "Group": lambda one: one[0].group.label,
            "Interval": lambda one: interval(one[0].tested.odds_ratio.midp_interval) if one[0].tested else "–",
            "Clear from, against": lambda one: _side(one[1].could_show.above),
            "Clear from, for": lambda one: _side(one[1].could_show.below),
            "Alone: against": lambda one: _side(one[1].could_show_alone.above),
            "Alone: for": lambda one: _side(one[1].could_show_alone.below),
            "Swaps": lambda one: _exchanges(one[1].fragility),
        },
        under=lambda one: one[0].characteristic.title,
        notes=(
            "Clear from: the smallest gap, in people more or fewer than expected and as an odds ratio, that would be a clear gap in 80 "
            "of 100 such selections, allowing for all comparisons; alone: if this were the only one. It rests on the pools and the "
            "numbers to be selected, never on the gap seen.",
            "Swaps: pairs of one selected and one retained, one of the group and one not, in the same pool, who would have to "
            f"change places before what is found would turn. {NOT_A_TARGET}",
        ),
    )


def _exchanges(firm: Fragility | None) -> str:
    return "–" if firm is None else "none does it" if firm.exchanges is None else f"{firm.exchanges:,}"


def _side(side: DetectableDisparity | None) -> str:
    return NONE_HOWEVER_LARGE if side is None else f"{signed(side.people)[:-2]} ({ratio(side.odds_ratio)})"


def driving_table(assessment: Assessment) -> Table:
    """The pools that clear gaps, and those that stand out, come from: the largest parts."""
    told = [f for level in STANDING_OUT for f in at_level(assessment.under("selection"), level) if f.grounds]
    parts = [
        (finding, part)
        for finding in told
        if finding.grounds and finding.grounds.driving
        for part in finding.grounds.driving.pools[:MOST_POOLS]
        if may_show(part)
    ]
    return tabulated(
        "Which pools the gaps come from",
        parts,
        {
            "Pool": lambda one: assessment.cube.layout.pools[one[1].pool],
            "Group selected": lambda one: f"{one[1].group_selected:,} of {one[1].group_total:,}",
            "Everyone selected": lambda one: f"{one[1].selected:,} of {one[1].total:,}",
            "Expected": lambda one: expected(one[1].selected * one[1].group_total / one[1].total),
            "More (+) or fewer (−)": lambda one: signed(one[1].excess),
            "Part of all gaps": lambda one: percent(one[1].share, 1),
            "p, this pool alone": lambda one: pvalue(one[1].midp),
            "p, all pools": lambda one: pvalue(one[1].adjusted),
        },
        under=lambda one: row_name(one[0]),
        notes=(
            f"Found by searching: pools are a family of their own, and these are the {MOST_POOLS} with the largest parts. Part of all gaps: of "
            "the gaps of all pools added up without their signs.",
            f"Pools with fewer than {FEWEST_OF_A_GROUP} people of the group are left out, and those where all of them or none are selected: there a row would be "
            "about single people.",
        ),
    )


def unknown_table(assessment: Assessment) -> Table:
    """How far the answers not known bound each finding."""
    told = [
        (finding, finding.tested.excess, finding.grounds.unknown, finding.grounds.tipping)
        for finding in once(assessment.under("selection"))
        if finding.tested and finding.grounds and finding.grounds.unknown
    ]
    rows = tuple(
        (
            finding.group.label,
            f"{unknown.unknown_selected:,}",
            f"{unknown.unknown_retained:,}",
            *map(signed, (excess, unknown.least.excess, unknown.most.excess)),
            f"{ratio(unknown.least.odds_ratio)} to {ratio(unknown.most.odds_ratio)}",
            f"{pvalue(unknown.least.pvalue_greater)} to {pvalue(unknown.most.pvalue_greater)}",
            "–" if tipping is None else f"{tipping.people:,} of {tipping.of:,}",
        )
        for finding, excess, unknown, tipping in told
    )
    return Table(
        title="What the answers not known could make of it",
        columns=heads(
            "Group",
            "Not known, selected",
            "Not known, retained",
            "More (+) or fewer (−), as known",
            "Least",
            "Most",
            "Odds ratio, least to most",
            "One-sided p, least to most",
            "Turns at",
        ),
        rows=rows,
        sections=tuple(finding.characteristic.title for finding, *_ in told),
        notes=(
            "Least: no selected person whose answer is not known is of the group, and everyone retained is; most: the reverse. Neither is "
            "likely; together they bound what the gaps in the records can hide. They never lower a finding.",
            "Turns at: of the selected people not known, how many would have to be of the group, in the same share in every pool, for a "
            "gap to be clear, or no longer clear; people retained being taken as their pool's known people are.",
        ),
    )


def overall_told(assessment: Assessment, question: Question = "selection") -> str:
    """How often chance would give a gap at least as strong as the strongest, anywhere; nothing where it was not drawn."""
    findings = assessment.under(question)
    if question == "selection":
        drawn = assessment.drawn.selection
        p = drawn.overall if drawn else math.nan
    else:
        tested = [
            finding.adjusted_p
            for finding in findings
            if finding.permuted and not NO_CHANCE.intersection(finding.reasons)
        ]
        p = min(tested, default=math.nan)
    if math.isnan(p):
        return ""
    family = max(finding.family for finding in findings)
    return f"With nothing wrong, chance would give some gap as strong as the strongest of these {plural(family, 'comparison', 'comparisons')} {how_often(p)}."
