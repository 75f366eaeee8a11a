"""Takes a Finding; gives its sentences of evidence: the fact in people, then what can be said of chance.

Every word of comfort is tied to a number: see :func:`chance`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from eia.findings.core.finding import Caution, Finding, Level, Reason
from eia.findings.headlines import looked_at
from eia.present.text.numbers import how_often, people, percent, whole
from eia.present.text.words import (
    LEVELS,
    REASONS,
    WHICHEVER,
    capital,
    group_name,
    in_words,
    known,
    listed,
    more_or_fewer,
    plural,
)
from eia.stats.bounds.ranges import Figure, Range, most
from eia.stats.bounds.split_bounds import SplitBounds
from eia.stats.results import Interval, Split

COMMON = 0.2
"""From this p on, taken alone, chance is said to do often what was seen; below it the sentence says how often."""

TIMES = (1.25, 1.5, 2.0, 3.0, 5.0, 10.0, 20.0, 50.0)
"""How many times the odds sentences speak of."""

NO_CHANCE: frozenset[Reason] = frozenset({"few blocks", "few units", "points apart"})
"""Where nothing is said of chance, nor of what it rules out."""

_ODDS: Mapping[str, str] = {"scope": "being in a pool", "spread": "losing their job", "selection": "being selected"}


def statement(finding: Finding) -> str:
    """What a finding shows: first the fact in people, then what can be said of chance."""
    return f"{fact(finding)} {chance(finding)}".rstrip()


def fact(finding: Finding) -> str:
    """What happened, in people; why there is nothing to say where there is not."""
    who = group_name(finding.characteristic, finding.group)
    told = _fact(finding, who)
    if told is None:
        return f"{capital(who)}: not tested, {REASONS[finding.reasons[0]]}."
    return f"{told}, {WHICHEVER}." if finding.in_ranges else f"{told}."


def _fact(finding: Finding, who: str) -> str | None:
    counted = finding.people
    if finding.stated and finding.question == "scope":
        pools = f"{people(counted.group_in_scope)} of the {people(counted.in_scope)} people in pools{known(finding)} are {who}"
        if finding.in_ranges or counted.even_share_of_pools is None:
            return f"{pools}: {more_or_fewer(counted.scope_excess or 0)} than if the posts had been chosen evenly"
        return f"{pools}. If the posts had been chosen evenly, {_about(counted.even_share_of_pools)} would be"
    if finding.stated and isinstance(finding.split, Split | SplitBounds):
        gap = more_or_fewer(finding.split.spread)
        if gap == "as many":
            return f"As the cuts are shared out, about as many {who} would be selected as if every pool lost the same share"
        told = f"As the cuts are shared out, {gap} {who} would be selected than if every pool lost the same share"
        dealt = finding.permuted
        if dealt and dealt.gap * dealt.excess < 0 and more_or_fewer(dealt.gap) != "as many":
            return f"{told}. Among pools of about one size it is {more_or_fewer(dealt.gap)}"
        return told
    if test := finding.tested:
        return (
            f"{people(test.observed)} of the {people(test.group_people)} {who} in pools where some go and some stay are selected. If the cuts "
            f"fell evenly within each pool, {_about(test.expected)} would be"
        )
    if bounds := finding.bounds:
        return (
            f"{percent(bounds.group_rate, 1)} of {who} are selected, and {percent(bounds.comparator_rate, 1)} of the others: "
            f"{more_or_fewer(bounds.excess)} than if the cuts fell evenly within each pool"
        )
    return None


def _about(count: Figure) -> str:
    return "hardly any" if most(count) < 0.5 else f"about {whole(count)}"


def chance(finding: Finding) -> str:
    """What can be said of chance; nothing where there was nothing to state or to test.

    A clear gap and one that stands out are told with how often chance would do as much: the first counting all groups looked at, the second
    those of its characteristic. The others are told with what can be ruled out; and with how often chance alone would do it, unless
    that is once in five times or more often, which is the only case in which chance is said to do it often.
    """
    if finding.level == "not_tested":
        return f"Not tested: {REASONS[finding.reasons[0]]}." if finding.stated else ""
    told = f"{LEVELS[finding.level]}{_way(finding)}"
    if finding.level == "found":
        return f"{told}. Chance would do this {how_often(finding.adjusted_p)}, counting every group looked at.{_caution(finding)}"
    if finding.level == "stands_out":
        own = f"Looking at this characteristic alone, chance would do this {how_often(finding.own_p)}."
        return f"{told}. {own} {common(finding)}{_caution(finding)}"
    because = f": {listed([REASONS[reason] for reason in finding.reasons])}" if finding.reasons else ""
    return " ".join(filter(None, (f"{told}{because}.", ruled_out(finding), _alone(finding))))


def _way(finding: Finding) -> str:
    return " in their favour" if finding.direction == "for" else ""


def common(finding: Finding) -> str:
    """How common it is that some group stands out with nothing amiss: as it was worked out for this case, where it could be."""
    if math.isnan(finding.standing_out):
        return "With so many groups looked at, some may stand out with nothing wrong."
    tenths = round(10 * finding.standing_out)
    if finding.standing_out >= COMMON:
        return f"In about {tenths} of 10 cases with nothing wrong, some group stands out."
    return f"With nothing wrong, some group stands out {how_often(finding.standing_out)}."


def _alone(finding: Finding) -> str:
    """How often chance would do this, the group taken alone: by each way of counting where there are several."""
    p = pvalue_alone(finding)
    if math.isnan(p.low) or NO_CHANCE.intersection(finding.reasons):
        return ""
    if p.low >= COMMON:
        return "Chance often does as much."
    if p.high < COMMON:
        return f"Taken alone, chance would do this {how_often(p.high)}."
    return f"Taken alone, chance would do this {how_often(p.low)} by one count, and far more often by another."


def pvalue_alone(finding: Finding) -> Range:
    """P of the group taken alone, from the least to the most that it is among blocks of every kind, or over all tables that fit; nan where it was
    not tested."""
    if finding.permuted:
        return Range(low=min(finding.permuted.deciding), high=max(finding.permuted.deciding))
    if finding.bounds:
        return finding.bounds.midp
    p = finding.tested.midp if finding.tested else math.nan
    return Range(low=p, high=p)


def ruled_out(finding: Finding) -> str:
    """Which sizes of gap do not fit the figures any more, and which do; nothing where too few posts or pools leave all of them open."""
    limits = finding.equivalence
    if limits is None or NO_CHANCE.intersection(finding.reasons):
        return ""
    matters = finding.conventions.matters
    who = f"the odds of {_ODDS[finding.question]}"
    hit = _side(limits.high, who)
    return hit if limits.low >= 1 / matters else f"{hit} {_spared(limits)}"


def _side(high: float, who: str) -> str:
    """Of one side: how many times the odds the figures fit, and from how many times on they do not.

    >>> _side(2.4, "the odds"), _side(1.1, "the odds"), _side(math.inf, "the odds")
    ('The figures fit 2 times the odds, but not more than 3 times.', 'The figures do not fit more than 1.25 times the odds.', 'The figures fit even 50 times the odds.')
    """
    out = next((times for times in TIMES if times >= high), None)
    within = max((times for times in TIMES if times < high), default=None)
    if out is None:
        return f"The figures fit even {TIMES[-1]:g} times {who}."
    if within is None:
        return f"The figures do not fit more than {out:g} times {who}."
    return f"The figures fit {within:g} times {who}, but not more than {out:g} times."


def _spared(limits: Interval) -> str:
    times = max(
        (times for times in TIMES if times < (1 / limits.low if limits.low > 0 else math.inf)), default=TIMES[0]
    )
    return f"They fit odds {times:g} times lower than those of the others too."


def _caution(finding: Finding) -> str:
    said = [_CAUTIONS[caution] for caution in finding.cautions]
    return f" Treat with caution: {listed(said)}." if said else ""


_CAUTIONS: Mapping[Caution, str] = {
    "exact p disagrees": "a stricter form of the test does not call it clear",
    "pools differ": "the pools differ from one another",
    "smaller than matters": "it is smaller than what this case treats as mattering",
    "size turns it": "this is among pools of about one size; all pools together lie the other way",
}


def to_read_out(finding: Finding) -> str:
    """A finding as it can be said across a table: people and the evidence level, what is ruled out left to its row."""
    if finding.level not in _READ_OUT:
        return statement(finding)
    return f"{fact(finding)} {_READ_OUT[finding.level]}{_way(finding)}.{_caution(finding)}"


_READ_OUT: Mapping[Level, str] = {
    "found": "This is a clear gap",
    "stands_out": "This stands out on its own",
}


def levels_counted(findings: Sequence[Finding]) -> str:
    """How many groups show what."""
    counted = looked_at(findings)
    count = {level: sum(finding.level == level for finding in counted) for level in LEVELS}
    if count["not_tested"] == len(counted):
        return ""
    said = [f"We looked at {plural(len(counted), 'group', 'groups')}."]
    shown: tuple[tuple[Level, str, str], ...] = (
        ("found", "shows a clear gap", "show a clear gap"),
        ("stands_out", "stands out", "stand out"),
        ("not_found", "shows no clear gap", "show no clear gap"),
        ("not_tested", "could not be tested", "could not be tested"),
    )
    for level, one, many in shown:
        if number := count[level]:
            favoured = sum(f.level == level and f.direction == "for" for f in counted)
            in_favour = f", {in_words(favoured)} of them in their favour" if favoured and number > 1 else ""
            said.append(f"{capital(in_words(number))} {one if number == 1 else many}{in_favour}.")
    if number := count["cannot_say"]:
        said.append(f"For {in_words(number)} we cannot say.")
    return " ".join(said)


def levels_told(findings: Sequence[Finding]) -> str:
    """The same where it stands by itself: with what it does not mean that nothing can be said of some."""
    silent = any(finding.level == "cannot_say" for finding in looked_at(findings))
    return f"{levels_counted(findings)}{' That does not mean all is well.' if silent else ''}"
