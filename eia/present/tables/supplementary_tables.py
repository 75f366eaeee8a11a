"""Takes an Assessment; gives the tables of what stands beside its findings: age as a number, overlaps, and so on."""

from __future__ import annotations

from collections.abc import Sequence

from eia.findings.assessment import Assessment
from eia.findings.supplementary.intersections import Intersection
from eia.present.documents.model import Table, TableColumn
from eia.present.text.alternative_comparators import alternatives_tables
from eia.present.text.numbers import expected, interval, people, percent, pvalue, ratio, signed
from eia.present.text.supplementary import CHANGES_NOTHING, characteristic_of, no_route
from eia.present.text.words import adjuster_name, listed
from eia.stats.effect_sizes.adjusted_odds_ratio import PenalisedOddsRatio
from eia.stats.effect_sizes.rates import Rates
from eia.stats.results import Interval, StratifiedTest
from eia.vocabulary.characteristics import Group


def supplementary_tables(assessment: Assessment) -> tuple[Table, ...]:
    """Every table of what stands beside the findings that has anything in it."""
    made = (_age_table, _wholes_table, _overlaps_table, _allowed_table, _rounds_table, _rates_table, _leaving_table)
    tables = (*(make(assessment) for make in made), *alternatives_tables(assessment))
    return tuple(table for table in tables if table.rows)


def _age_table(assessment: Assessment) -> Table:
    """The cuts of age: the one that tells most of all searched, and those that law or schemes use."""
    age = assessment.further.age
    rows = []
    if age and age.best and age.cuts.best:
        rows.append(_cut_row(f"{age.cuts.best.age} or older (found by searching)", age.best, pvalue(age.cuts.pvalue)))
    if age:
        rows += [
            _cut_row(f"{cut.age} or older", test, "–") for cut, test in zip(age.cuts.named, age.named, strict=True)
        ]
    return Table(
        title="Ages at which rules change, and the age that shows most",
        columns=(
            TableColumn("Age"),
            TableColumn("Selected", numeric=True),
            TableColumn("In pools that can tell", numeric=True),
            TableColumn("Expected", numeric=True),
            TableColumn("Above (+) or below (−)", numeric=True),
            TableColumn("Odds ratio", numeric=True),
            TableColumn("Interval", numeric=True),
            TableColumn("p, alone", numeric=True),
            TableColumn("p, every age searched", numeric=True),
        ),
        rows=tuple(rows),
        notes=(
            "Everyone of this age or older against everyone younger in the same pools. Ages 22, 41, 50, 55, 60 and 65 are named beforehand, "
            "since law or schemes use them, and shown whatever they say; p alone does not allow for there being several.",
            "The age found by searching is the one, of every whole year with at least 10 people and 5% on each side, at which old and young "
            "differ most; its p allows for the search.",
        ),
    )


def _cut_row(name: str, test: StratifiedTest, searched: str) -> tuple[str, ...]:
    if test.informative_pools == 0:
        return (name, *("–",) * 8)
    return (
        name,
        people(test.observed),
        people(test.group_people),
        expected(test.expected),
        signed(test.excess),
        ratio(test.odds_ratio.estimate),
        interval(test.odds_ratio.midp_interval),
        pvalue(test.midp),
        searched,
    )


def _wholes_table(assessment: Assessment) -> Table:
    """Each characteristic of three groups or more as a whole."""
    return Table(
        title="Each characteristic as a whole: do any of its groups go more often?",
        columns=(
            TableColumn("Characteristic"),
            TableColumn("Groups", numeric=True),
            TableColumn("Pools that can tell", numeric=True),
            TableColumn("Statistic", numeric=True),
            TableColumn("Degrees of freedom", numeric=True),
            TableColumn("p", numeric=True),
            TableColumn("p, large numbers", numeric=True),
        ),
        rows=tuple(
            (
                characteristic_of(assessment, one.characteristic).title,
                people(one.test.groups),
                f"{one.test.informative_pools:,} of {one.test.pools:,}",
                expected(one.test.statistic),
                people(one.test.dof),
                pvalue(one.test.pvalue),
                pvalue(one.test.chi_squared_pvalue),
            )
            for one in assessment.further.omnibus_tests
        ),
        notes=(
            "Generalised Cochran-Mantel-Haenszel test of general association, inside pools; p exact, or by drawing where there are too many "
            "tables; beside it p as it would be with large numbers. It is not part of the family and changes no level.",
        ),
    )


def _overlaps_table(assessment: Assessment) -> Table:
    """The overlaps that stand out."""
    found = assessment.further.intersections
    reported: Sequence[Intersection] = found.reported if found else ()
    searched = found.searched if found else 0
    return Table(
        title="Overlaps of groups that stand out",
        columns=(
            TableColumn("Overlap"),
            TableColumn("Selected", numeric=True),
            TableColumn("In pools that can tell", numeric=True),
            TableColumn("Expected", numeric=True),
            TableColumn("Above (+) or below (−)", numeric=True),
            TableColumn("Odds ratio", numeric=True),
            TableColumn("Interval", numeric=True),
            TableColumn("p, all overlaps", numeric=True),
            TableColumn("p within each group", numeric=True),
        ),
        rows=tuple(
            (
                " and ".join(
                    f"{characteristic_of(assessment, key).title}: {group.label}" for key, group in overlap.parts
                ),
                people(overlap.test.observed),
                people(overlap.test.group_people),
                expected(overlap.test.expected),
                signed(overlap.test.excess),
                ratio(overlap.test.odds_ratio.estimate),
                interval(overlap.test.odds_ratio.midp_interval),
                pvalue(overlap.adjusted_p),
                "; ".join(pvalue(p) for p in overlap.within),
            )
            for overlap in reported
        ),
        notes=(
            f"Found by searching {searched:,} overlaps of two groups of 10 people or more, a family of their own. One is shown where its p, all "
            "overlaps allowed for, is small, and it goes further the same way among people of each of its own groups: otherwise one group "
            "alone tells as much.",
            no_route(assessment),
        ),
    )


def _allowed_table(assessment: Assessment) -> Table:
    """Disparities before and after allowing for what the case names."""
    return Table(
        title="Before and after allowing for other things",
        columns=(
            TableColumn("Group"),
            TableColumn("Allowing for"),
            TableColumn("Odds ratio before", numeric=True),
            TableColumn("Interval before", numeric=True),
            TableColumn("Odds ratio after", numeric=True),
            TableColumn("Interval after", numeric=True),
            TableColumn("p after", numeric=True),
            TableColumn("People left out", numeric=True),
        ),
        rows=tuple(
            (
                _row_name(assessment, one.characteristic, one.group),
                listed([adjuster_name(name) for name in one.allowing]) if one.allowing else "nothing varies",
                *_estimate(one.result.before),
                *_estimate(one.result.after),
                pvalue(one.result.after.pvalue),
                people(one.left_out),
            )
            for one in assessment.further.allowed
        ),
        notes=(
            "Conditional logistic regression inside pools with Firth's penalty, before and after by the same method; so the odds ratio before "
            f"lies a little nearer 1 than that of the exact test. {CHANGES_NOTHING}",
            "Scores, ratings, absence and whatever else people are chosen by are never allowed for: they are the practice under test.",
        ),
    )


def _estimate(found: PenalisedOddsRatio) -> tuple[str, str]:
    return ratio(found.estimate), interval(found.interval)


def _rounds_table(assessment: Assessment) -> Table:
    """Every round of selection, and all of them added up."""
    told = assessment.further.rounds
    each = range(len(told[0].result.rounds)) if told else range(0)
    return Table(
        title="Round by round, and all rounds added up",
        columns=(
            TableColumn("Group"),
            *(TableColumn(f"Round {number + 1}: above (+) or below (−)", numeric=True) for number in each),
            TableColumn("Rounds in the same direction", numeric=True),
            TableColumn("All rounds: above (+) or below (−)", numeric=True),
            TableColumn("Odds ratio", numeric=True),
            TableColumn("Interval", numeric=True),
            TableColumn("p, alone", numeric=True),
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


def _rates_table(assessment: Assessment) -> Table:
    """Rates with all pools taken together, for comparison with other papers."""
    told = [f for f in assessment.under("selection") if f.grounds and f.grounds.rates]
    return Table(
        title="Selection rates with all pools taken together",
        columns=(
            TableColumn("Group"),
            TableColumn("Selected, share", numeric=True),
            TableColumn("Others selected, share", numeric=True),
            TableColumn("Difference, percentage points", numeric=True),
            TableColumn("Its interval", numeric=True),
            TableColumn("Ratio, selected", numeric=True),
            TableColumn("Its interval ", numeric=True),
            TableColumn("Ratio, retained", numeric=True),
            TableColumn("Its interval  ", numeric=True),
        ),
        rows=tuple((f.group.label, *_rates(f.grounds.rates)) for f in told if f.grounds and f.grounds.rates),
        sections=tuple(f.characteristic.title for f in told),
        notes=(
            "Pools are not kept apart here, so that the jobs people do are mixed with how they were chosen: for comparison with other papers, and "
            "no basis for a finding. Intervals: Newcombe's of the difference, Koopman's of the ratios.",
        ),
    )


def _rates(rates: Rates) -> tuple[str, ...]:
    gap = rates.difference
    return (
        percent(rates.selection.count, rates.selection.total),
        percent(rates.comparator_selection.count, rates.comparator_selection.total),
        signed(100 * gap.estimate),
        f"{signed(100 * gap.interval.low)} to {signed(100 * gap.interval.high)}",
        ratio(rates.selection_ratio.estimate),
        interval(rates.selection_ratio.interval),
        ratio(rates.retention_ratio.estimate),
        interval(rates.retention_ratio.interval),
    )


def _leaving_table(assessment: Assessment) -> Table:
    """Everyone leaving, volunteers included."""
    told = assessment.further.leaving
    return Table(
        title="Everyone leaving, volunteers included, out of everybody in a pool",
        columns=(
            TableColumn("Group"),
            TableColumn("Leaving", numeric=True),
            TableColumn("In pools", numeric=True),
            TableColumn("Share leaving", numeric=True),
            TableColumn("Its interval", numeric=True),
            TableColumn("Others leaving, share", numeric=True),
            TableColumn("Difference, percentage points", numeric=True),
            TableColumn("Its interval ", numeric=True),
        ),
        rows=tuple(
            (
                one.group.label,
                people(one.rates.selection.count),
                people(one.rates.selection.total),
                percent(one.rates.selection.count, one.rates.selection.total),
                _percentages(one.rates.selection.interval),
                percent(one.rates.comparator_selection.count, one.rates.comparator_selection.total),
                *_rates(one.rates)[2:4],
            )
            for one in told
        ),
        sections=tuple(characteristic_of(assessment, one.characteristic).title for one in told),
        notes=(
            "Volunteering may be no free choice, so these are counted too. How many volunteer is not fixed beforehand: the share has Wilson's "
            "interval, the difference Newcombe's. Pools are taken together.",
        ),
    )


def _percentages(limits: Interval) -> str:
    return f"{percent(limits.low, 1)} to {percent(limits.high, 1)}"


def _row_name(assessment: Assessment, key: str, group: Group) -> str:
    return f"{characteristic_of(assessment, key).title}: {group.label}"
