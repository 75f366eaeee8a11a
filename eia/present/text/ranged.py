"""Takes an Assessment some of whose counts are ranges; gives what can be told of these, in sentences and as tables."""

from __future__ import annotations

from collections.abc import Sequence

from eia.case import Question
from eia.findings.assessment import Assessment
from eia.findings.core.ranged import RangedFinding
from eia.findings.headlines import surely
from eia.present.documents.model import Table, TableColumn
from eia.present.text.numbers import interval, people, percent, pvalue, ratio, signed
from eia.present.text.words import LEVELS, REASONS, capital, group_name, listed, plural
from eia.stats.bounds.stratified_test_bounds import Range

RANGES = "Some counts were withheld or rounded: every figure is from the least to the most over all tables that fit what is printed."
WHICHEVER = "whichever of the tables that fit is the true one"
_TOLD = ("found", "could be chance", "cannot tell", "not found")
_AGAINST = {
    "scope": "in pools against an even share of the workforce",
    "spread": "to go against every pool losing the same share",
    "selection": "against even-handed choosing in the same pools",
}


def ranged_under(assessment: Assessment, question: Question) -> tuple[RangedFinding, ...]:
    """The findings about counts that are ranges, of one question."""
    return tuple(one for one in assessment.ranged if one.question == question)


def ranged_told(assessment: Assessment, question: Question) -> tuple[str, ...]:
    """Of who goes within a job every group, those about which something can be said first; of the other questions the groups
    that are surely hit by a person or more."""
    found = ranged_under(assessment, question)
    if question != "selection":
        return tuple(f"{_gap(one, one.excess)}, {WHICHEVER}." for one in surely(found) if one.excess)
    return tuple(_tested(one) for level in _TOLD for one in found if one.level == level and one.test)


def ranged_answer(assessment: Assessment, question: Question) -> str:
    """The answer to a question for the groups whose counts are ranges; empty where there are none."""
    found = ranged_under(assessment, question)
    if not found:
        return ""
    if question == "selection":
        counts = {level: sum(one.level == level for one in found) for level in LEVELS}
        said = [f"{count} {level}" for level, count in counts.items() if count]
        return f"Of {plural(len(found), 'group', 'groups')} whose counts are ranges: {listed(said)}."
    stated = [one for one in found if one.excess]
    if not stated:
        return f"Where counts are ranges, not tested: {REASONS[found[0].reasons[0]]}."
    hit = _hit(stated, [(one, one.excess) for one in surely(stated)])
    return hit if assessment.findings else f"{hit} {capital(REASONS[stated[0].reasons[0]])}."


def ranged_overall(assessment: Assessment) -> str:
    """What it adds up to for the groups whose counts are ranges; empty where that is not known."""
    every = [one for one in ranged_under(assessment, assessment.case.analysis.questions[0]) if one.split]
    return _hit(every, [(one, one.in_all) for one in surely(every, in_all=True)]) if every else ""


def _hit(every: Sequence[RangedFinding], hit: Sequence[tuple[RangedFinding, Range | None]]) -> str:
    groups = f"Of {plural(len(every), 'group', 'groups')} whose counts are ranges"
    clauses = [f"{group_name(one.characteristic, one.group)} ({_from(excess)})" for one, excess in hit if excess]
    if not clauses:
        return f"{groups} none is hit by as much as one person in every table that fits."
    return f"{groups} these are hit by a person or more, {WHICHEVER}: {listed(clauses)}."


def _gap(one: RangedFinding, excess: Range | None) -> str:
    who = capital(group_name(one.characteristic, one.group))
    return f"{who}: {_from(excess)} {_AGAINST[one.question]}" if excess else who


def _from(excess: Range) -> str:
    """A number of people from the least to the most."""
    low, high = signed(excess.low), signed(excess.high)
    return f"{low if low == high else f'{low} to {high}'} people"


def _tested(one: RangedFinding) -> str:
    test = one.test
    if test is None:
        return ""
    reasons = f": {listed([REASONS[reason] for reason in one.reasons])}" if one.reasons else ""
    said = {
        "found": f"Disparity found, {one.direction} the group, {WHICHEVER}",
        "could be chance": f"Could be chance among so many comparisons, {WHICHEVER}",
        "cannot tell": f"Cannot tell{reasons}",
        "not found": f"Disparity not found, {WHICHEVER}",
    }[one.level]
    return (
        f"{_gap(one, test.excess)}. {said} (odds ratios {interval(test.interval)}; p at most {pvalue(test.midp.high)})."
    )


def ranged_table(assessment: Assessment, question: Question) -> Table:
    """Every group whose counts are ranges, under one question."""
    found = ranged_under(assessment, question)
    titles, row = {"scope": (_SCOPE, _in_pools), "spread": (_SPREAD, _shared_out), "selection": (_SELECTION, _within)}[
        question
    ]
    notes = {
        "scope": "Whether chance could do it cannot be asked of counts, since posts go with the people in them.",
        "spread": "Even-handed: every pool loses the same share.",
        "selection": "A level is given only where every table that fits gives it. p for all comparisons is by Holm's method.",
    }
    return Table(
        title=f"{titles[0]}, where counts are ranges",
        columns=(
            TableColumn("Group"),
            *(TableColumn(title, numeric=True) for title in titles[1:]),
            TableColumn("Evidence"),
        ),
        rows=tuple((one.group.label, *row(one), _level(one)) for one in found),
        sections=tuple(one.characteristic.title for one in found),
        notes=(RANGES, notes[question]),
    )


_SCOPE = (
    "Which jobs are in play",
    "In the workforce",
    "Share",
    "In pools",
    "Share of those in pools",
    "Above (+) or below (−)",
)
_SPREAD = ("Which pools lose most", "In pools", "Selected", "Above (+) or below (−)")
_SELECTION = (
    "Who goes within a job", "Selected, share", "Others selected, share", "Above (+) or below (−)", "Odds ratio",
    "Interval, at its widest", "p, largest", "p, all comparisons",
)  # fmt: skip


def _in_pools(one: RangedFinding) -> tuple[str, ...]:
    told = one.people
    shares_only = told.workforce is not None and told.workforce.high <= 1
    return (
        "–" if shares_only else _number(told.group_workforce),
        _share(told.group_workforce, told.workforce),
        _number(told.group_in_scope),
        _share(told.group_in_scope, told.in_scope),
        _ends(one.excess),
    )


def _shared_out(one: RangedFinding) -> tuple[str, ...]:
    return _number(one.people.group_there), _number(one.people.group_selected), _ends(one.excess)


def _within(one: RangedFinding) -> tuple[str, ...]:
    test = one.test
    if test is None:
        return ("–",) * 7
    return (
        _between(test.group_rate),
        _between(test.comparator_rate),
        _ends(test.excess),
        f"{ratio(test.odds_ratio.low)} to {ratio(test.odds_ratio.high)}",
        interval(test.interval),
        pvalue(test.midp.high),
        pvalue(one.adjusted_p),
    )


def ranged_split_table(assessment: Assessment) -> Table:
    """How those to go add up for every group whose counts are ranges."""
    found = ranged_under(assessment, assessment.case.analysis.questions[0])
    rows = [
        (one.group.label, *map(_ends, (one.in_all, one.split.scope, one.split.spread, one.split.selection)))
        for one in found
        if one.split
    ]
    parts = ("from which jobs are in play", "from which pools lose most", "from who goes within a job")
    return Table(
        title="What it adds up to, where counts are ranges",
        columns=(
            TableColumn("Group"),
            *(TableColumn(title, numeric=True) for title in ("Above (+) or below (−)", *parts)),
        ),
        rows=tuple(rows),
        sections=tuple(one.characteristic.title for one in found if one.split),
        notes=(
            RANGES,
            "The parts add up in every table that fits, but their ends do not: the least of one may go with the most of another.",
        ),
    )


def _level(one: RangedFinding) -> str:
    return f"{LEVELS['found']}, {one.direction} the group" if one.level == "found" else LEVELS[one.level]


def _number(ends: Range | None) -> str:
    if ends is None:
        return "–"
    return people(ends.low) if ends.low == ends.high else f"{people(ends.low)} to {people(ends.high)}"


def _ends(excess: Range | None) -> str:
    return _from(excess).removesuffix(" people") if excess else "–"


def _share(part: Range | None, whole: Range | None) -> str:
    """A share of the whole, each end with the end of everyone else that belongs to it."""
    if part is None or whole is None or not whole.high:
        return "–"
    least, most = part.low / max(whole.high, part.low), min(part.high / max(whole.low, part.high), 1.0)
    return _between(Range(low=least, high=most))


def _between(ends: Range) -> str:
    low, high = percent(ends.low, 1), percent(ends.high, 1)
    return low if low == high else f"{low} to {high}"
