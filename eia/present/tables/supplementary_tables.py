"""Takes an Assessment; gives the tables of what stands beside its findings: age as a number, overlaps, and so on."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter

from eia.findings.assessment import Assessment
from eia.present.documents.model import Table, heads, tabulated
from eia.present.tables.findings_tables import NOT_KNOWN, columns_of_test
from eia.present.text.alternative_comparators import alternatives_tables
from eia.present.text.numbers import expected, interval, people, percent, pvalue, ratio, signed
from eia.present.text.supplementary import CHANGES_NOTHING, characteristic_of, no_route
from eia.present.text.words import adjuster_name, listed
from eia.stats.effect_sizes.rates import Rates
from eia.stats.permutation.age_thresholds import AgeThreshold
from eia.stats.results import Interval, StratifiedTest
from eia.vocabulary.characteristics import Group

_Cut = tuple[str, AgeThreshold, StratifiedTest, str]  # its name, its counts, its test, p of the search


def supplementary_tables(assessment: Assessment) -> tuple[Table, ...]:
    """Every table of what stands beside the findings that has anything in it."""
    made = (age_table, _overlaps_table, _allowed_table, _rounds_table, _leaving_table)
    tables = (*(make(assessment) for make in made), *alternatives_tables(assessment))
    return tuple(table for table in tables if table.rows)


def age_table(assessment: Assessment) -> Table:
    """The cuts of age: the one that tells most of all searched, and those that law or schemes use."""
    age = assessment.further.age
    cuts: list[_Cut] = []
    if age and age.best and age.cuts.best:
        best = age.cuts.best
        cuts.append((f"{best.age} or older (found by searching)", best, age.best, pvalue(age.cuts.pvalue)))
    if age:
        cuts += [(f"{cut.age} or older", cut, test, "–") for cut, test in zip(age.cuts.named, age.named, strict=True)]

    def told(show: Callable[[StratifiedTest], str]) -> Callable[[_Cut], str]:
        return lambda row: show(row[2]) if row[2].informative_pools else NOT_KNOWN

    return tabulated(
        "Ages at which rules change, and the age that shows most",
        cuts,
        {
            "Age": lambda row: row[0],
            "In pools": lambda row: people(sum(row[1].group_total)),
            "Selected": lambda row: people(sum(row[1].group_selected)),
            "Expected": lambda row: expected(sum(row[1].group_selected) - row[1].excess),
            "More (+) or fewer (−)": told(lambda test: signed(test.excess)),
            "Odds ratio": told(lambda test: ratio(test.odds_ratio.estimate)),
            "Interval": told(lambda test: interval(test.odds_ratio.midp_interval)),
            "p, alone": told(lambda test: pvalue(test.midp)),
            "p, every age searched": lambda row: row[3] if row[2].informative_pools else NOT_KNOWN,
        },
        notes=(
            "People are those of all pools, whose age is known. A pool where all are on one side of an age, or where all or none are selected, adds nothing "
            "to more or fewer: the odds ratio and p rest on the others.",
            "Everyone of this age or older against everyone younger in the same pools. Ages 22, 41, 50, 55, 60 and 65 are named beforehand, "
            "since law or schemes use them, and shown whatever they say; p alone does not allow for there being several.",
            "The age found by searching is the one, of every whole year with at least 10 people and 5% on each side, at which old and young "
            "differ most; its p allows for the search.",
        ),
    )


def _overlaps_table(assessment: Assessment) -> Table:
    """The overlaps that stand out."""
    found = assessment.further.intersections
    return tabulated(
        "Overlaps of groups that stand out",
        found.reported if found else (),
        {
            "Overlap": lambda overlap: " and ".join(_row_of(assessment, key, group) for key, group in overlap.parts),
            **columns_of_test(attrgetter("test")),
            "p, all overlaps": lambda overlap: pvalue(overlap.adjusted_p),
            "p within each group": lambda overlap: "; ".join(map(pvalue, overlap.within)),
        },
        notes=(
            f"Found by searching {found.searched if found else 0:,} overlaps of two groups of 10 people or more, a family of their own. One is "
            "shown where its p, all overlaps allowed for, is small, and it goes further the same way among people of each of its own groups: "
            "otherwise one group alone tells as much.",
            no_route(assessment),
        ),
    )


def _allowed_table(assessment: Assessment) -> Table:
    """Gaps before and after allowing for what the case names."""
    return tabulated(
        "Before and after allowing for other things",
        assessment.further.allowed,
        {
            "Group": lambda one: _row_of(assessment, one.characteristic, one.group),
            "Allowing for": lambda one: (
                listed([adjuster_name(name) for name in one.allowing]) if one.allowing else "nothing varies"
            ),
            "Odds ratio before": lambda one: ratio(one.result.before.estimate),
            "Interval before": lambda one: interval(one.result.before.interval),
            "Odds ratio after": lambda one: ratio(one.result.after.estimate),
            "Interval after": lambda one: interval(one.result.after.interval),
            "p after": lambda one: pvalue(one.result.after.pvalue),
            "People left out": lambda one: people(one.left_out),
        },
        words=("Allowing for",),
        notes=(
            "Conditional logistic regression inside pools with Firth's penalty, before and after by the same method; so the odds ratio before "
            f"lies a little nearer 1 than that of the exact test. {CHANGES_NOTHING}",
            "Scores, ratings, absence and whatever else people are chosen by are never allowed for: they are the practice under test.",
        ),
    )


def _rounds_table(assessment: Assessment) -> Table:
    """Every round of selection, and all of them added up."""
    told = assessment.further.rounds
    each = range(len(told[0].result.rounds)) if told else range(0)
    return Table(
        title="Round by round, and all rounds added up",
        columns=heads(
            "Group",
            *(f"Round {number + 1}: more (+) or fewer (−)" for number in each),
            "Rounds in the same direction",
            "All rounds: more (+) or fewer (−)",
            "Odds ratio",
            "Interval",
            "p, alone",
        ),
        rows=tuple(
            (
                one.group.label,
                *(signed(test.excess) if test.informative_pools else "–" for test in one.result.rounds),
                f"{one.result.same_direction_rounds} of {one.result.looks}",
                signed(one.result.combined.excess),
                ratio(one.result.combined.odds_ratio.estimate),
                interval(one.result.combined.odds_ratio.midp_interval),
                pvalue(one.result.combined.midp),
            )
            for one in told
        ),
        sections=tuple(characteristic_of(assessment, one.characteristic).title for one in told),
        notes=(
            "Each round counts the people then at risk: those selected before are gone. The rounds are looked at as many times as there are "
            "rounds that can tell, and p does not allow for that, nor for the number of groups.",
        ),
    )


def _others_share(rates: Rates) -> str:
    return percent(rates.comparator_selection.count, rates.comparator_selection.total)


def _difference(rates: Rates) -> str:
    return signed(100 * rates.difference.estimate)


def _difference_interval(rates: Rates) -> str:
    limits = rates.difference.interval
    return f"{signed(100 * limits.low)} to {signed(100 * limits.high)}"


def _leaving_table(assessment: Assessment) -> Table:
    """Everyone leaving, volunteers included."""
    return tabulated(
        "Everyone leaving, volunteers included, out of everybody in a pool",
        assessment.further.leaving,
        {
            "Group": lambda one: one.group.label,
            "Leaving": lambda one: people(one.rates.selection.count),
            "In pools": lambda one: people(one.rates.selection.total),
            "Share leaving": lambda one: percent(one.rates.selection.count, one.rates.selection.total),
            "Its interval": lambda one: _percentages(one.rates.selection.interval),
            "Others leaving, share": lambda one: _others_share(one.rates),
            "Difference, percentage points": lambda one: _difference(one.rates),
            "Its interval ": lambda one: _difference_interval(one.rates),
        },
        under=lambda one: characteristic_of(assessment, one.characteristic).title,
        notes=(
            "Volunteering may be no free choice, so these are counted too. People redeployed stay in work. How many volunteer is not fixed beforehand: the share has Wilson's "
            "interval, the difference Newcombe's. Pools are taken together.",
        ),
    )


def _percentages(limits: Interval) -> str:
    return f"{percent(limits.low, 1)} to {percent(limits.high, 1)}"


def _row_of(assessment: Assessment, key: str, group: Group) -> str:
    return f"{characteristic_of(assessment, key).title}: {group.label}"
