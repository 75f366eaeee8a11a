"""Takes an Assessment; gives its tables: finished cells for pages and files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from eia.case import Question
from eia.findings.assessment import Assessment
from eia.findings.core.finding import Finding, HeadcountBounds
from eia.intake.intake_record import Source
from eia.present.documents.model import Table, TableColumn
from eia.present.text.numbers import expected, interval, parts, people, percent, pvalue, ratio, signed
from eia.present.text.words import LEVELS, QUESTIONS, REASONS, row_name
from eia.stats.bounds.ranges import Figure, Range, most, share
from eia.stats.results import BinomialTest, Split

NOT_KNOWN = "–"
_ANSWERS = (
    "Each row counts the people whose answer is known; declined and not recorded are compared with all who answered."
)

_RANGES = (
    "Some counts were withheld or rounded: a figure from one number to another is from the least to the most over all tables that fit what is "
    "printed, and a level is given only where every one of them gives it; p is then the largest that fits, by Holm's method for all comparisons."
)
_JUDGED = (TableColumn("p, all comparisons", numeric=True), TableColumn("Evidence"))
_BLOCKS: Mapping[Question, str] = {
    "scope": "p is how often choosing whole posts blindly would give a gap at least this large, allowing for the number of comparisons.",
    "spread": "p is how often sharing out the same cuts blindly among the pools would give a gap at least this large, allowing for the "
    "number of comparisons; among all pools, or among those of about one size, whichever is the larger.",
}


def question_table(assessment: Assessment, question: Question) -> Table:
    """The table of one question, a row a group."""
    return table_of(assessment.under(question), question)


def table_of(findings: Iterable[Finding], question: Question) -> Table:
    """The table of these findings of one question, a row each."""
    make = {"scope": _scope, "spread": _spread, "selection": _selection}[question]
    return make(tuple(findings))


def _scope(findings: Sequence[Finding]) -> Table:
    rows = []
    for finding in findings:
        them, known = finding.people, finding.stated
        shares_only = them.workforce is None or most(them.workforce) <= 1
        rows.append(
            (
                finding.group.label,
                _cell(people, None if shares_only else them.group_workforce, known),
                percent(them.group_workforce or 0, them.workforce or 0) if known else NOT_KNOWN,
                people(them.group_in_scope),
                percent(them.group_in_scope, them.in_scope),
                _cell(expected, them.even_share_of_pools, known),
                _cell(signed, them.scope_excess, known),
                people(them.left_out),
                pvalue(finding.adjusted_p),
                _level_cell(finding),
            )
        )
    return Table(
        title=f"{QUESTIONS['scope']} Every group in the workforce and in the pools",
        columns=(
            TableColumn("Group"),
            TableColumn("In the workforce", numeric=True),
            TableColumn("Share of workforce", numeric=True),
            TableColumn("In pools", numeric=True),
            TableColumn("Share of those in pools", numeric=True),
            TableColumn("Even share of pools", numeric=True),
            TableColumn("Above (+) or below (−)", numeric=True),
            TableColumn("Answer not known", numeric=True),
            *_JUDGED,
        ),
        rows=tuple(rows),
        sections=_sections(findings),
        notes=(_ANSWERS, *_in_ranges(findings), _BLOCKS["scope"], *_reasons(findings)),
    )


def _spread(findings: Sequence[Finding]) -> Table:
    rows = []
    for finding in findings:
        split, known = finding.split, finding.stated
        exact = split if isinstance(split, Split) else None
        rows.append(
            (
                finding.group.label,
                people(finding.people.group_there),
                _cell(expected, exact.expected_by_scope if exact else None, known),
                _cell(expected, exact.expected_by_pools if exact else None, known),
                _cell(signed, finding.excess, known),
                pvalue(finding.adjusted_p),
                _level_cell(finding),
            )
        )
    return Table(
        title=f"{QUESTIONS['spread']} People to go if pools lost equal shares, and as they do",
        columns=(
            TableColumn("Group"),
            TableColumn("In pools", numeric=True),
            TableColumn("To go, equal shares", numeric=True),
            TableColumn("To go, as shared out", numeric=True),
            TableColumn("Above (+) or below (−)", numeric=True),
            *_JUDGED,
        ),
        rows=tuple(rows),
        sections=_sections(findings),
        notes=(
            _ANSWERS,
            *_in_ranges(findings),
            "Inside each pool choosing is taken as even-handed here. Every figure is rounded by itself.",
            _BLOCKS["spread"],
            *_reasons(findings),
        ),
    )


def _selection(findings: Sequence[Finding]) -> Table:
    rows = []
    for finding in findings:
        split, known = finding.split, bool(finding.tested or finding.bounds)
        even = split.expected_by_pools if isinstance(split, Split) and known else None
        rows.append(
            (
                finding.group.label,
                *_selected_cells(finding),
                _cell(expected, even),
                NOT_KNOWN if even is None else percent(even, finding.people.group_there),
                _cell(signed, finding.excess, known),
                pvalue(finding.adjusted_p),
                _level_cell(finding),
            )
        )
    return Table(
        title=f"{QUESTIONS['selection']} Selected and not selected inside the same pools",
        columns=(
            TableColumn("Group"),
            TableColumn("Selected", numeric=True),
            TableColumn("In pools", numeric=True),
            TableColumn("Selected, share", numeric=True),
            TableColumn("Retained, share", numeric=True),
            TableColumn("Expected", numeric=True),
            TableColumn("Expected, share", numeric=True),
            TableColumn("Above (+) or below (−)", numeric=True),
            *_JUDGED,
        ),
        rows=tuple(rows),
        sections=_sections(findings),
        notes=(
            _ANSWERS,
            *_in_ranges(findings),
            "Expected is what even-handed choosing inside every pool would give. Only pools where some went and some stayed, "
            "and where both the group and others were, can tell anything of chance: p rests on these.",
            "p is how often even-handed selection would give a gap at least this large, allowing for the number of "
            "comparisons made. The annex has every figure.",
            *_reasons(findings),
        ),
    )


def _cell(show: Callable[[Figure], str], figure: Figure | None, known: bool = True) -> str:
    """A figure as a cell; "–" where it is not known."""
    return show(figure) if known and figure is not None else NOT_KNOWN


def _reasons(findings: Iterable[Finding]) -> tuple[str, ...]:
    """Why groups are not tested, each reason with the groups it holds for."""
    untested: dict[str, list[str]] = {}
    for finding in findings:
        if finding.level == "not tested":
            untested.setdefault(REASONS[finding.reasons[0]], []).append(row_name(finding))
    return tuple(f"Not tested, {reason}: {'; '.join(names)}." for reason, names in untested.items())


def _in_ranges(findings: Iterable[Finding], more: str = "") -> tuple[str, ...]:
    """What goes with figures some of which are ranges."""
    return tuple(filter(None, (_RANGES, more))) if any(finding.in_ranges for finding in findings) else ()


def _sections(findings: Iterable[Finding]) -> tuple[str, ...]:
    return tuple(finding.characteristic.title for finding in findings)


def _selected_cells(finding: Finding) -> tuple[str, str, str, str]:
    them = finding.people
    there = people(them.group_there)
    if them.group_selected is None:
        return NOT_KNOWN, there, NOT_KNOWN, NOT_KNOWN
    if isinstance(them, HeadcountBounds):
        rate = finding.bounds.group_rate if finding.bounds else share(them.group_selected, them.group_there)
        shares = percent(rate, 1), percent(Range(low=1 - rate.high, high=1 - rate.low), 1)
    else:
        stayed = them.group_there - them.group_selected
        shares = percent(them.group_selected, them.group_there), percent(stayed, them.group_there)
    return people(them.group_selected), there, *shares


def _level_cell(finding: Finding) -> str:
    if finding.level == "found":
        return f"{LEVELS['found']}, {finding.direction} the group"
    return LEVELS[finding.level]


def split_table(assessment: Assessment) -> Table:
    """How every group's excess among those to go adds up."""
    findings = [f for f in assessment.each_group() if f.split]
    rows = []
    for finding in findings:
        split = finding.split
        if split is None:
            continue
        shown: Sequence[Figure] = [part for part in (split.scope, split.spread, split.selection) if part is not None]
        if isinstance(split, Split):
            given = [split.scope, split.spread, *([] if split.selection is None else [split.selection])]
            gone = expected(split.expected_by_pools) if split.group_selected is None else people(split.group_selected)
            shown, even, total = parts(given), expected(split.expected_by_workforce), signed(sum(parts(given)))
        else:
            gone, even = _cell(people, finding.people.group_selected), NOT_KNOWN
            total = _cell(signed, finding.in_all)
        cells = [*map(signed, shown), NOT_KNOWN][:3]
        if finding.people.workforce is None:
            cells[0] = NOT_KNOWN
        rows.append((finding.group.label, gone, even, total, *cells))
    chosen = assessment.cube.chosen
    return Table(
        title="What it adds up to: people to go above or below an even share of the workforce, and where that comes from",
        columns=(
            TableColumn("Group"),
            TableColumn("Selected" if chosen else "To go, even-handed in each pool", numeric=True),
            TableColumn("Even share of workforce", numeric=True),
            TableColumn("Above (+) or below (−)", numeric=True),
            TableColumn("from which jobs are in play", numeric=True),
            TableColumn("from which pools lose most", numeric=True),
            TableColumn("from who goes within a job", numeric=True),
        ),
        rows=tuple(rows),
        sections=_sections(findings),
        notes=(
            "The three parts add up to the whole for every group; shown figures are rounded so that they add up too.",
            _ANSWERS,
            *_in_ranges(
                findings, "The ends of ranges do not add up: the least of one part may go with the most of another."
            ),
            *(
                ()
                if assessment.cube.has_rest
                else ("The pools are all the file holds: they stand for the workforce here.",)
            ),
        ),
    )


def one_by_one_table(assessment: Assessment) -> Table:
    """For the annex: scope as if people had been put in pools one by one, which they are not."""
    findings = [finding for finding in assessment.under("scope") if finding.drawn_one_by_one]
    rows = []
    for finding in findings:
        test = finding.drawn_one_by_one
        if test is None:
            continue
        if isinstance(test, BinomialTest):
            rows.append((finding.group.label, NOT_KNOWN, NOT_KNOWN, pvalue(test.midp), pvalue(test.pvalue)))
        else:
            odds = test.odds_ratio
            rows.append(
                (
                    finding.group.label,
                    ratio(odds.estimate),
                    interval(odds.interval),
                    pvalue(test.midp),
                    pvalue(test.pvalue),
                )
            )
    return Table(
        title="Which jobs are in play, as if people had been drawn one by one",
        columns=(
            TableColumn("Group"),
            TableColumn("Odds ratio", numeric=True),
            TableColumn("Exact interval", numeric=True),
            TableColumn("Mid-p", numeric=True),
            TableColumn("Exact p", numeric=True),
        ),
        rows=tuple(rows),
        sections=_sections(findings),
        notes=(
            "Posts are put in pools, not people one by one, and people in the same post are often alike. These figures "
            "take no account of that and make chance look too small. They are no basis for a finding.",
        ),
    )


def exact_table(assessment: Assessment) -> Table:
    """For the annex: every figure of the exact tests, the headline ones first."""
    findings = [f for f in assessment.under("selection") if f.tested or f.bounds]
    level = f"{100 * assessment.case.analysis.level:g}%"
    return Table(
        title="Who goes within a job: every figure of the exact tests",
        columns=(
            TableColumn("Group"),
            TableColumn("Pools that can tell", numeric=True),
            TableColumn("Odds ratio", numeric=True),
            TableColumn(f"{level} interval (mid-p)", numeric=True),
            TableColumn("p (mid-p)", numeric=True),
            TableColumn("p, all comparisons", numeric=True),
            TableColumn("Exact p", numeric=True),
            TableColumn(f"{level} exact interval", numeric=True),
            TableColumn("Mantel-Haenszel odds ratio", numeric=True),
            TableColumn("CMH p", numeric=True),
            TableColumn("p that pools agree", numeric=True),
        ),
        rows=tuple(_exact_row(finding) for finding in findings),
        sections=_sections(findings),
        notes=(
            f"Where mid-p and exact p fall on different sides of {assessment.case.analysis.alpha:g} the headline follows mid-p: the exact p is never too "
            "small but often too large in small pools.",
            *_in_ranges(findings),
        ),
    )


def _exact_row(finding: Finding) -> tuple[str, ...]:
    test, bounds = finding.tested, finding.bounds
    if bounds:
        return (
            finding.group.label,
            people(bounds.informative_pools),
            ratio(bounds.odds_ratio),
            interval(bounds.interval),
            pvalue(bounds.midp),
            pvalue(finding.adjusted_p),
            pvalue(bounds.largest_pvalue),
            interval(bounds.exact_interval),
            *[NOT_KNOWN] * 3,
        )
    if test is None:
        raise ValueError("Only a finding that was tested has exact figures.")
    return (
        finding.group.label,
        f"{test.informative_pools} of {test.pools}",
        ratio(test.odds_ratio.estimate),
        interval(test.odds_ratio.midp_interval),
        pvalue(test.midp),
        pvalue(finding.adjusted_p),
        pvalue(test.pvalue),
        interval(test.odds_ratio.interval),
        ratio(test.mh_odds_ratio.estimate),
        pvalue(test.cmh_pvalue),
        pvalue(finding.agreement),
    )


def sources(assessment: Assessment) -> tuple[Source, ...]:
    """Every file that was read, the lists of posts last."""
    lists = assessment.restructure.intake.sources if assessment.restructure else ()
    return (*assessment.evidence.intake.sources, *lists)


def intake_table(assessment: Assessment) -> Table:
    """The files, and what was done to their columns."""
    intake = assessment.evidence.intake
    rows = [
        (source.file, "; ".join(filter(None, (f"{people(source.rows)} rows read, {source.encoding}", source.remarks))))
        for source in sources(assessment)
    ]
    if intake.empty_rows:
        rows.append(("Empty rows at the end", f"{people(intake.empty_rows)} left out"))
    rows += [(f"Column “{done.column}”", f"{done.rule} ({people(done.rows)} rows)") for done in intake.recodings]
    for held in intake.held_back:
        labels = f": {', '.join(held.labels)}" if held.labels else ""
        rows.append((held.characteristic, f"Not assessed: {held.reason}{labels} ({people(held.rows)} rows)"))
    if intake.unused:
        rows.append(("Columns not used and not kept", ", ".join(intake.unused)))
    if lists := assessment.restructure and assessment.restructure.intake:
        rows += [
            (f"Posts, column “{done.column}”", f"{done.rule} ({people(done.rows)} rows)") for done in lists.recodings
        ]
        if lists.unused:
            rows.append(("Columns of the posts not used and not kept", ", ".join(lists.unused)))
    return Table(
        title="What was read, and what was done to it",
        columns=(TableColumn("What"), TableColumn("How")),
        rows=tuple(rows),
    )
