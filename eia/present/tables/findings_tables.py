"""Takes an Assessment; gives its tables: finished cells for pages and files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from eia.case import Question
from eia.findings.assessment import Assessment
from eia.findings.core.finding import Finding, HeadcountBounds
from eia.present.documents.model import Table, heads, tabulated
from eia.present.text.numbers import expected, interval, parts, people, percent, pvalue, ratio, signed
from eia.present.text.words import LEVELS, QUESTIONS, REASONS, row_name
from eia.stats.bounds.ranges import Figure, Range, most, share
from eia.stats.results import Split, StratifiedTest

NOT_KNOWN = "–"
_Item = TypeVar("_Item")
_ANSWERS = (
    "Each row counts the people whose answer is known; declined and not recorded are compared with all who answered."
)

_RANGES = (
    "Some counts were withheld or rounded: a figure from one number to another is from the least to the most over all tables that fit what is "
    "printed, and a level is given only where every one of them gives it; p is then the largest that fits, by Holm's method for all comparisons."
)
_BLOCKS: Mapping[Question, str] = {
    "scope": "p is how often choosing whole posts at random would give a gap at least this large, allowing for the number of "
    "comparisons: among all posts, among posts of about one size, or by whole units, whichever is the largest.",
    "spread": "p is how often sharing out the same cuts at random, among pools of about one size, would give a gap at least this large, allowing "
    "for the number of comparisons.",
}


def question_table(assessment: Assessment, question: Question) -> Table:
    """The table of one question, a row a group."""
    return table_of(assessment.under(question), question)


def table_of(findings: Iterable[Finding], question: Question) -> Table:
    """The table of these findings of one question, a row each."""
    make = {"scope": _scope, "spread": _spread, "selection": _selection}[question]
    return make(tuple(findings))


def findings_table(
    title: str, findings: Iterable[Finding], columns: Mapping[str, Callable[[Finding], str]], notes: tuple[str, ...]
) -> Table:
    """A table with a row for each finding, named by its group, under the title of its characteristic."""
    named = {"Group": lambda finding: finding.group.label, **columns}
    return tabulated(title, findings, named, words=("Evidence",), under=_title, notes=notes)


def columns_of_test(test: Callable[[_Item], StratifiedTest]) -> dict[str, Callable[[_Item], str]]:
    """The columns of a test inside pools, each item having one: the gap, and the odds ratio; dashes where no pool can tell."""

    def cell(show: Callable[[StratifiedTest], str]) -> Callable[[_Item], str]:
        return lambda item: show(test(item)) if test(item).informative_pools else NOT_KNOWN

    return {
        "Selected": cell(lambda found: people(found.observed)),
        "In pools that can tell": cell(lambda found: people(found.group_people)),
        "Expected": cell(lambda found: expected(found.expected)),
        "More (+) or fewer (−)": cell(lambda found: signed(found.excess)),
        "Odds ratio": cell(lambda found: ratio(found.odds_ratio.estimate)),
        "Interval": cell(lambda found: interval(found.odds_ratio.midp_interval)),
    }


def _title(finding: Finding) -> str:
    return finding.characteristic.title


def _scope(findings: Sequence[Finding]) -> Table:
    return findings_table(
        f"{QUESTIONS['scope']} Every group in the workforce and in the pools",
        findings,
        {
            "In the workforce": _in_workforce,
            "Share of workforce": lambda f: (
                percent(f.people.group_workforce or 0, f.people.workforce or 0) if f.stated else NOT_KNOWN
            ),
            "In pools": lambda f: people(f.people.group_in_scope),
            "Share of those in pools": lambda f: percent(f.people.group_in_scope, f.people.in_scope),
            "If even": lambda f: _cell(expected, f.people.even_share_of_pools, f.stated),
            "More (+) or fewer (−)": lambda f: _cell(signed, f.people.scope_excess, f.stated),
            "Answer not known": lambda f: people(f.people.left_out),
            **_JUDGED,
        },
        notes=(_ANSWERS, *_in_ranges(findings), _BLOCKS["scope"], *_reasons(findings)),
    )


def _in_workforce(finding: Finding) -> str:
    """People of the group; not known where only shares of the workforce are."""
    them = finding.people
    shares_only = them.workforce is None or most(them.workforce) <= 1
    return _cell(people, None if shares_only else them.group_workforce, finding.stated)


def _spread(findings: Sequence[Finding]) -> Table:
    return findings_table(
        f"{QUESTIONS['spread']} People to be selected if pools lost equal shares, and as they do",
        findings,
        {
            "In pools": lambda f: people(f.people.group_there),
            "Selected, equal shares": lambda f: _of_split(f, lambda split: split.expected_by_scope),
            "Selected, as shared out": lambda f: _of_split(f, lambda split: split.expected_by_pools),
            "More (+) or fewer (−)": lambda f: _cell(signed, f.excess, f.stated),
            **_JUDGED,
        },
        notes=(
            _ANSWERS,
            *_in_ranges(findings),
            "Inside each pool choosing is taken as even here. Every figure is rounded by itself.",
            _BLOCKS["spread"],
            *_reasons(findings),
        ),
    )


def _of_split(finding: Finding, part: Callable[[Split], float]) -> str:
    split = finding.split
    return expected(part(split)) if isinstance(split, Split) and finding.stated else NOT_KNOWN


def _selection(findings: Sequence[Finding]) -> Table:
    return findings_table(
        f"{QUESTIONS['selection']} Selected and not selected inside the same pools",
        findings,
        {
            "Selected": lambda f: _cell(people, f.people.group_selected),
            "In pools": lambda f: people(f.people.group_there),
            "Selected, share": lambda f: _shares(f)[0],
            "Retained, share": lambda f: _shares(f)[1],
            "Expected": lambda f: _cell(expected, _even(f)),
            "Expected, share": lambda f: _cell(lambda even: percent(even, f.people.group_there), _even(f)),
            "More (+) or fewer (−)": lambda f: _cell(signed, f.excess, bool(f.tested or f.bounds)),
            **_JUDGED,
        },
        notes=(
            _ANSWERS,
            *_in_ranges(findings),
            "Expected is how many it would be if the cuts fell evenly within each pool. Only pools where some went and some stayed, "
            "and where both the group and others were, can tell anything of chance: p rests on these.",
            "p is how often chance would give a gap at least this large if the cuts fell evenly, allowing for the number of "
            "comparisons made. The annex has every figure.",
            *_reasons(findings),
        ),
    )


def _even(finding: Finding) -> float | None:
    """How many of the group would be selected if the cuts fell evenly, where anything was tested."""
    split, known = finding.split, finding.tested or finding.bounds
    return split.expected_by_pools if isinstance(split, Split) and known else None


def _cell(show: Callable[[Figure], str], figure: Figure | None, known: bool = True) -> str:
    """A figure as a cell; "–" where it is not known."""
    return show(figure) if known and figure is not None else NOT_KNOWN


def _reasons(findings: Iterable[Finding]) -> tuple[str, ...]:
    """Why groups are not tested, each reason with the groups it holds for."""
    untested: dict[str, list[str]] = {}
    for finding in findings:
        if finding.level == "not_tested":
            untested.setdefault(REASONS[finding.reasons[0]], []).append(row_name(finding))
    return tuple(f"Not tested, {reason}: {'; '.join(names)}." for reason, names in untested.items())


def _in_ranges(findings: Iterable[Finding], more: str = "") -> tuple[str, ...]:
    """What goes with figures some of which are ranges."""
    return tuple(filter(None, (_RANGES, more))) if any(finding.in_ranges for finding in findings) else ()


def _shares(finding: Finding) -> tuple[str, str]:
    """The share of the group that was selected, and the share that was retained."""
    them = finding.people
    if them.group_selected is None:
        return NOT_KNOWN, NOT_KNOWN
    if isinstance(them, HeadcountBounds):
        rate = finding.bounds.group_rate if finding.bounds else share(them.group_selected, them.group_there)
        return percent(rate, 1), percent(Range(low=1 - rate.high, high=1 - rate.low), 1)
    stayed = them.group_there - them.group_selected
    return percent(them.group_selected, them.group_there), percent(stayed, them.group_there)


def level_cell(finding: Finding) -> str:
    """The evidence level, with its direction where there is a clear gap."""
    if finding.level == "found":
        return f"{LEVELS['found']}, {finding.direction} the group"
    return LEVELS[finding.level]


_JUDGED: Mapping[str, Callable[[Finding], str]] = {
    "p, all comparisons": lambda finding: pvalue(finding.adjusted_p),
    "Evidence": level_cell,
}


def split_table(assessment: Assessment) -> Table:
    """How the gap of every group adds up."""
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
    return Table(
        title="What it adds up to: how many more or fewer are selected than if the cuts fell evenly, and where that comes from",
        columns=heads(
            "Group",
            "Selected" if assessment.cube.chosen else "Selected, if even in each pool",
            "If the cuts fell evenly",
            "More (+) or fewer (−)",
            "from jobs at risk",
            "from pools that lose most",
            "from selection within pools",
        ),
        rows=tuple(rows),
        sections=tuple(map(_title, findings)),
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


def exact_table(assessment: Assessment) -> Table:
    """For the annex: every figure of the exact tests, the headline ones first."""
    findings = [f for f in assessment.under("selection") if f.tested or f.bounds]
    level = f"{100 * assessment.case.analysis.level:g}%"
    return Table(
        title="Who is selected within each pool: every figure of the exact tests",
        columns=heads(
            "Group",
            "Pools that can tell",
            "Odds ratio",
            f"{level} interval (mid-p)",
            "p (mid-p)",
            "p, all comparisons",
            "Exact p",
            f"{level} exact interval",
            "Mantel-Haenszel odds ratio",
            "CMH p",
            "p that pools agree",
        ),
        rows=tuple(_exact_row(finding) for finding in findings),
        sections=tuple(map(_title, findings)),
        notes=(
            f"Where mid-p and exact p fall on different sides of {assessment.case.analysis.alpha:g} the interval follows mid-p, and the level needs the p for all comparisons too: the exact p is never too "
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


def intake_table(assessment: Assessment) -> Table:
    """The files, and what was done to their columns."""
    intake = assessment.evidence.intake
    rows = [
        (source.file, "; ".join(filter(None, (f"{people(source.rows)} rows read, {source.encoding}", source.remarks))))
        for source in assessment.sources
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
        columns=heads("What", "How", words=("How",)),
        rows=tuple(rows),
    )
