"""Takes an Assessment some of whose counts are ranges; gives what can be told of these, in sentences and as a table."""

from __future__ import annotations

from eia.findings.assessment import Assessment
from eia.findings.ranged import RangedFinding
from eia.present.document import Column, Table
from eia.present.format import interval, percent, pvalue, ratio, signed
from eia.present.words import LEVELS, REASONS, capital, group_name, listed, plural
from eia.stats.ranges import Range

RANGES = "Some counts were withheld or rounded: every figure is from the least to the most over all tables that fit what is printed."


def ranged_told(assessment: Assessment) -> tuple[str, ...]:
    """The groups whose counts are ranges, those about which something can be said first."""
    told = [one for level in _TOLD for one in assessment.ranged if one.level == level and one.test]
    return tuple(_sentence(one) for one in told)


_TOLD = ("found", "could be chance", "cannot tell", "not found")


def _sentence(one: RangedFinding) -> str:
    test = one.test
    if test is None:
        return ""
    who = capital(group_name(one.characteristic, one.group))
    gap = (
        f"{signed(test.excess.low)} to {signed(test.excess.high)} people against even-handed choosing in the same pools"
    )
    said = {
        "found": f"Disparity found, {one.direction} the group, whichever of the tables that fit is the true one",
        "could be chance": "Could be chance among so many comparisons",
        "cannot tell": f"Cannot tell: {listed([REASONS[reason] for reason in one.reasons])}"
        if one.reasons
        else "Cannot tell",
        "not found": "Disparity not found, whichever of the tables that fit is the true one",
    }[one.level]
    return f"{who}: {gap}. {said} (odds ratios {interval(test.interval)}; p at most {pvalue(test.midp.high)})."


def ranged_answer(assessment: Assessment) -> str:
    """How many comparisons of ranges reach which level."""
    counts = {level: sum(one.level == level for one in assessment.ranged) for level in LEVELS}
    said = [f"{count} {level}" for level, count in counts.items() if count]
    return f"{RANGES} Of {plural(len(assessment.ranged), 'group', 'groups')} counted so: {listed(said)}."


def ranged_table(assessment: Assessment) -> Table:
    """Every group whose counts are ranges."""
    return Table(
        title="Who goes within a job, where counts are ranges",
        columns=(
            Column("Group"),
            Column("Selected, share", numeric=True),
            Column("Others selected, share", numeric=True),
            Column("Above (+) or below (−)", numeric=True),
            Column("Odds ratio", numeric=True),
            Column("Interval, at its widest", numeric=True),
            Column("p, largest", numeric=True),
            Column("p, all comparisons", numeric=True),
            Column("Evidence"),
        ),
        rows=tuple(_row(one) for one in assessment.ranged),
        sections=tuple(one.characteristic.title for one in assessment.ranged),
        notes=(
            RANGES,
            "A level is given only where every table that fits gives it. p for all comparisons is by Holm's method.",
        ),
    )


def _row(one: RangedFinding) -> tuple[str, ...]:
    test = one.test
    level = f"{LEVELS['found']}, {one.direction} the group" if one.level == "found" else LEVELS[one.level]
    if test is None:
        return (one.group.label, *("–",) * 7, level)
    return (
        one.group.label,
        _between(test.group_rate),
        _between(test.comparator_rate),
        f"{signed(test.excess.low)} to {signed(test.excess.high)}",
        f"{ratio(test.odds_ratio.low)} to {ratio(test.odds_ratio.high)}",
        interval(test.interval),
        pvalue(test.midp.high),
        pvalue(one.adjusted_p),
        level,
    )


def _between(ends: Range) -> str:
    low, high = percent(ends.low, 1), percent(ends.high, 1)
    return low if low == high else f"{low} to {high}"
