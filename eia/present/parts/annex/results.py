"""Takes an Assessment; gives parts C4 to C7 of the annex: the main results, how sure we are, criteria, and which pools."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from eia.findings.assessment import Assessment
from eia.findings.core.finding import Finding, Headcounts
from eia.findings.gaps import Gap, gaps, of_step
from eia.findings.headlines import TOLD_ALREADY, describes, looked_at, once
from eia.present.charts.from_assessment import figure
from eia.present.charts.specs import Forest
from eia.present.documents.model import Block, Bullets, Figure, Heading, Paragraph, Table, heads
from eia.present.parts.behind import FULLY_TOLD
from eia.present.sections.extras.scores import scores_tables, scores_told
from eia.present.sections.scenarios import without_one_table
from eia.present.tables.findings_tables import NOT_KNOWN, split_table
from eia.present.tables.supplementary_tables import supplementary_tables
from eia.present.text.alternative_comparators import alternatives_told
from eia.present.text.grounds import could_show_table, driving_table, grounds_told, overall_told, unknown_table
from eia.present.text.numbers import expected, interval, people, pvalue, ratio, signed
from eia.present.text.supplementary import supplementary_told
from eia.present.text.words import LEVELS, QUESTIONS, capital, group_name, listed, plural, row_name
from eia.stats.bounds.ranges import Figure as Number
from eia.stats.results import Interval

MAIN = "The main results: every group under each question"
_ROWS = 25
"""Rows of a table of further figures that the annex prints; the workbook has all."""


def main_results(assessment: Assessment) -> Iterator[Block]:
    """C4: one table, a row for each group under each question; the intervals as a chart; then what each group adds up from."""
    yield Heading("C4 Main results", 2, "c4")
    for question in assessment.case.analysis.questions:
        if told := overall_told(assessment, question):
            yield Paragraph(f"{QUESTIONS[question]} {told}")
    if told := _counted_as(assessment):
        yield Paragraph(told)
    yield main_table(assessment)
    shown = {(gap.finding.characteristic.title, gap.finding.group.label) for gap in gaps(assessment)}
    chart = figure(assessment, "selection") if "selection" in assessment.case.analysis.questions else None
    if isinstance(chart, Forest) and (
        rows := tuple(
            replace(row, label=f"{row.group}: {row.label}", group="")
            for row in chart.rows
            if (row.group, row.label) in shown
        )
    ):
        yield Figure(
            "Odds of being selected within each pool, for the groups with a gap",
            replace(chart, rows=rows),
            "selection-odds",
        )
    described = {(one.characteristic.title, one.group.label) for one in once(assessment.each_group()) if describes(one)}
    adding_up = _of_groups(split_table(assessment), described)
    if adding_up.rows:
        yield _named_in_full(adding_up)


def _counted_as(assessment: Assessment) -> str:
    """Why the draft counts groups, and a test comparisons, of the same figures; nothing where both are as many."""
    by_question = [assessment.under(question) for question in assessment.case.analysis.questions]
    groups = max(len(looked_at(findings)) for findings in by_question)
    if all(one.family in (0, groups) for findings in by_question for one in findings):
        return ""
    age = assessment.further.age
    more = [
        *dict.fromkeys(f"“{one.characteristic.title}”" for findings in by_question for one in findings if one.characteristic.key == TOLD_ALREADY),
        *(["the trend with age within pools"] if age and age.trend.informative_pools else []),
    ]  # fmt: skip
    added = f", while {listed(more)} {'is one' if len(more) == 1 else 'are'}" if more else ""
    return f"The draft counts {plural(groups, 'group', 'groups')}: of these a group that could not be tested is no comparison{added}."


def main_table(assessment: Assessment) -> Table:
    """Each comparison once: the groups that the law protects or compares, without grade and without ways of not answering."""
    told = [
        finding
        for question in assessment.case.analysis.questions
        for finding in once(assessment.under(question))
        if describes(finding)
    ]  # fmt: skip
    level = f"{100 * assessment.case.analysis.level:g}%"
    return Table(
        title=MAIN,
        columns=heads(
            "Group", "People", "Selected", "If even", "More or fewer", f"Odds ratio ({level} interval)", "p exact", "p mid", "p, all", "Evidence",
            words=("Evidence",),
        ),
        rows=tuple(_row(finding) for finding in told),
        sections=tuple(QUESTIONS[finding.question] for finding in told),
        notes=(
            "Under the first question selected means at risk, out of the whole workforce. Under the second it means to be selected if each pool chose "
            "evenly. Under the third it means selected, in pools where some are selected and some are not.",
            "p exact and p mid are of the group alone; p, all allows for the number of groups. Under the first two questions "
            "p exact is by choosing whole posts, or pools, again at random, and the interval is approximate. Groups that mirror another are left out, as is grade: the workbook has every group.",
        ),
    )  # fmt: skip


def _row(finding: Finding) -> tuple[str, ...]:
    """One comparison as cells, from its finding."""
    return (row_name(finding), *_counts(finding), *_chance(finding), _short(finding.adjusted_p), LEVELS[finding.level])


def _counts(finding: Finding) -> tuple[str, str, str, str]:
    """People, selected, expected and the difference; from the least to the most where counts are ranges."""
    counted, split = finding.people, finding.split
    if finding.question == "selection":
        if test := finding.tested:
            return people(test.group_people), people(test.observed), expected(test.expected), signed(test.excess)
        if bounds := finding.bounds:
            selected = NOT_KNOWN if counted.group_selected is None else people(counted.group_selected)
            return people(counted.group_there), selected, NOT_KNOWN, signed(bounds.excess)
        return people(counted.group_there), *[NOT_KNOWN] * 3  # type: ignore[return-value]
    if not finding.stated:
        return people(counted.group_in_scope), *[NOT_KNOWN] * 3  # type: ignore[return-value]
    gap = NOT_KNOWN if finding.excess is None else signed(finding.excess)
    if finding.question == "scope":
        whole = counted.group_workforce
        known = isinstance(counted, Headcounts) and counted.workforce is not None and counted.workforce > 1
        everyone = people(whole) if known and whole is not None else NOT_KNOWN
        even = counted.even_share_of_pools
        return everyone, people(counted.group_in_scope), NOT_KNOWN if even is None else expected(even), gap
    pools, scope = (getattr(split, name, None) for name in ("expected_by_pools", "expected_by_scope"))
    return people(counted.group_there), *(NOT_KNOWN if one is None else expected(one) for one in (pools, scope)), gap  # type: ignore[return-value]


def _chance(finding: Finding) -> tuple[str, str, str]:
    """Odds ratio with its interval, exact p and mid p; what was permuted has one p alone."""
    if test := finding.tested:
        odds = test.odds_ratio
        return f"{ratio(odds.estimate)} {_limits(odds.midp_interval)}", _short(test.pvalue), _short(test.midp)
    if bounds := finding.bounds:
        return (
            f"{ratio(bounds.odds_ratio)} {_limits(bounds.interval)}",
            _short(bounds.largest_pvalue),
            _short(bounds.midp),
        )
    limits = NOT_KNOWN if finding.odds_ratio is None else _limits(finding.odds_ratio)
    return limits, _short(finding.permuted.pvalue) if finding.permuted else NOT_KNOWN, NOT_KNOWN


def _limits(limits: Interval) -> str:
    """An interval in brackets, in which no line ends."""
    return f"({interval(limits)})".replace(" ", "\N{NO-BREAK SPACE}")


def _short(p: Number) -> str:
    """A p-value as a narrow cell."""
    return pvalue(p).replace("less than ", "<")


def how_sure(assessment: Assessment) -> Iterator[Block]:
    """C5: what answers not known could make of the gaps first; then other pools, what could be seen, swaps, and further checks."""
    yield Heading("C5 How sure are we?", 2, "c5")
    pools = assessment.cube.layout.pools
    found = _evident(gaps(assessment))
    shown = {(gap.finding.characteristic.title, gap.finding.group.label) for gap in found}
    yield from _some(unknown_table(assessment), shown)
    for gap in [gap for gap in found if gap.step == "selection"][:FULLY_TOLD]:
        if held := grounds_told(gap.finding, pools):
            yield Heading(capital(group_name(gap.finding.characteristic, gap.finding.group)), 3)
            yield Bullets(held)
    yield from _some(could_show_table(assessment), shown)
    others = [
        line for question in assessment.case.analysis.questions for line in alternatives_told(assessment, question)
    ]
    if told := (*others, *supplementary_told(assessment)):
        yield Heading("Further checks", 3)
        yield Bullets(tuple(told))
    yield from (table for table in supplementary_tables(assessment) if len(table.rows) <= _ROWS)


def _evident(found: Sequence[Gap]) -> Sequence[Gap]:
    """The gaps for which the evidence speaks; all of them where it does for none."""
    return [gap for gap in found if gap.evidence] or found


def _some(table: Table, shown: Iterable[tuple[str, str]]) -> Iterator[Table]:
    """The rows of some groups, of a table that has a section for each characteristic; nothing where none of them is in it."""
    made = _of_groups(table, shown)
    if made.rows:
        once_each = len(set(made.sections)) == len(made.sections)
        told = _named_in_full(made) if once_each else made
        yield replace(told, notes=(*told.notes, "The groups with a gap; the workbook has every group."))


def _of_groups(table: Table, shown: Iterable[tuple[str, str]]) -> Table:
    kept = [place for place, row in enumerate(table.rows) if (table.sections[place], row[0]) in set(shown)]
    rows, sections = tuple(table.rows[place] for place in kept), tuple(table.sections[place] for place in kept)
    return replace(table, rows=rows, sections=sections)


def _named_in_full(table: Table) -> Table:
    """Each row with its heading in its name, where a heading would take a line more than its words."""
    rows = tuple((f"{heading}: {row[0]}", *row[1:]) for heading, row in zip(table.sections, table.rows, strict=True))
    return replace(table, rows=rows, sections=())


def criteria(assessment: Assessment) -> Iterator[Block]:
    """C6: what the scores show; the gaps that chance would rarely give, pools in which others than the lowest were selected, and each criterion left out in turn."""
    yield Heading("C6 Criteria", 2, "c6")
    told = scores_told(assessment)
    if not told:
        yield Paragraph("No scores are in the file.")
        return
    yield Bullets(told)
    found = _evident(of_step(gaps(assessment), "selection"))
    shown = {(gap.finding.characteristic.title, gap.finding.group.label) for gap in found}
    for table in scores_tables(assessment):
        yield from _some(table, shown) if table.sections else (table,)
    if assessment.changes and (left_out := without_one_table(assessment.changes)):
        yield left_out


def from_pools(assessment: Assessment) -> Iterator[Block]:
    """C7: which pools the gaps come from."""
    yield Heading("C7 Pools", 2, "c7")
    table = driving_table(assessment)
    if table.rows:
        yield table
    else:
        yield Paragraph(
            "No pool can be shown by itself. One is shown where who is selected makes a gap, with at least ten people of the group, some of them selected and some not."
        )
