"""Takes an Assessment; gives its findings, its groups, and differences in marks, pay and time, as data frames of numbers at full precision."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import get_args

import numpy as np
import pandas as pd

from eia.case import QUESTIONS, Question
from eia.findings.assessment import Assessment
from eia.findings.core.comparisons import to_go
from eia.findings.core.finding import Direction, Finding, Level
from eia.findings.supplementary.look_further import Further
from eia.stats.bounds.ranges import Figure, least, most
from eia.stats.models.contrast import Contrast, NoInterval
from eia.stats.results import Split

NUMBERS = (
    "people", "selected", "rate", "comparator_people", "comparator_selected", "comparator_rate", "expected", "excess",
    "odds_ratio", "ci_low", "ci_high", "p_midp", "p_exact", "p_adjusted",
)  # fmt: skip


def findings_frame(assessment: Assessment, question: Question | None = None) -> pd.DataFrame:
    """The findings of one question, or of all, a row each, with the same columns and types whatever they are.

    Index: question, characteristic (its key) and group. Numbers are floats: nan where they are not known or were not tested, or where counts
    are ranges that leave more than one. A group is compared with everyone else who answered (``comparator_...``).

    ===============  ==============================  =================================  ==============================
    column           scope                           spread                             selection
    ===============  ==============================  =================================  ==============================
    people           in the workforce                in pools                           in pools
    selected         in a pool                       would lose their jobs if each      selected
                                                     pool chose evenly
    expected         in a pool, if the group had     would, if every pool also lost     selected, if each pool chose
                     its share of the workforce      the same share                     evenly
    odds_ratio       of these counts                 of these counts                    common to the pools
    ci_low, ci_high  whole posts permuted            shares of the cuts permuted        mid-p
    p_midp           whole posts permuted            shares of the cuts permuted        mid-p
    p_exact          nan: posts go, not people       nan                                exact
    ===============  ==============================  =================================  ==============================

    rate: selected / people. excess: selected - expected.
    p_adjusted: p within the family of the question. family: the comparisons in it; the second side of a pair has the p of the first and does not
    count. level, direction: the evidence level, and whether it is against the group or for it. reasons: why the level is what it is, and what
    else the figures have to be treated with caution for, joined by "; ".
    """
    asked = QUESTIONS if question is None else (question,)
    found = [finding for each in asked for finding in assessment.under(each)]
    rows = [numbers(one) for one in found]
    return pd.DataFrame(
        {
            **{name: np.array([row.get(name, math.nan) for row in rows], dtype=float) for name in NUMBERS},
            "family": np.array([one.family for one in found], dtype=np.int64),
            "level": pd.Categorical([one.level for one in found], categories=get_args(Level)),
            "direction": pd.Categorical([one.direction for one in found], categories=get_args(Direction)),
            "reasons": pd.array(["; ".join(_reasons(one)) for one in found], dtype="str"),
        },
        index=_index([(one.question, one.characteristic.key, one.group.label) for one in found]),
    )


def _index(names: Sequence[tuple[str, str, str]]) -> pd.MultiIndex:
    """The names of the rows, in the order of the pages: pandas takes them for sorted, so that it finds a question without searching."""
    numbered = [pd.factorize(pd.Index([name[at] for name in names], dtype="str")) for at in range(3)]
    return pd.MultiIndex(
        levels=[labels for _, labels in numbered],
        codes=[codes for codes, _ in numbered],
        names=["question", "characteristic", "group"],
    )


def numbers(finding: Finding) -> Mapping[str, float]:
    """The numbers of one finding by the names of the columns; what was not tested is left out."""
    row = {name: _known(figure) for name, figure in _counted(finding).items()}
    row |= {"rate": _rate(row, ""), "comparator_rate": _rate(row, "comparator_"), "p_adjusted": finding.adjusted_p}
    if finding.permuted and finding.odds_ratio:
        row |= {"odds_ratio": _odds_ratio(row), "p_midp": finding.permuted.pvalue}
        row |= {"ci_low": finding.odds_ratio.low, "ci_high": finding.odds_ratio.high}
    if test := finding.tested:
        limits = test.odds_ratio.midp_interval
        row |= {"odds_ratio": test.odds_ratio.estimate, "ci_low": limits.low, "ci_high": limits.high}
        row |= {"p_midp": test.midp, "p_exact": test.pvalue}
    if bounds := finding.bounds:
        row |= {"odds_ratio": _known(bounds.odds_ratio), "ci_low": bounds.interval.low, "ci_high": bounds.interval.high}
        row["p_midp"] = _known(bounds.midp)
    return row


def _counted(finding: Finding) -> dict[str, Figure | None]:
    """People, selected, expected and excess of the group, and people and selected of everyone else."""
    them, answered = finding.people, finding.stated or finding.tested or finding.bounds
    split = finding.split if answered and isinstance(finding.split, Split) else None
    selected: Figure | None
    all_selected: Figure | None
    expected: Figure | None
    if finding.question == "scope":
        in_people = them.workforce is not None and most(them.workforce) > 1  # and not in shares of it
        people, everyone = (them.group_workforce, them.workforce) if in_people else (None, None)
        selected, all_selected = them.group_in_scope, them.in_scope
        expected = them.even_share_of_pools if answered else None
    elif finding.question == "spread":
        people, everyone = them.group_there, them.there
        selected, all_selected = (split.expected_by_pools, split.selected) if split else (None, None)
        expected = split.expected_by_scope if split else None
    else:
        people, everyone, selected = them.group_there, them.there, them.group_selected
        all_selected = None if selected is None else them.selected
        expected = split.expected_by_pools if split else None
    return {
        "people": people,
        "selected": selected,
        "comparator_people": _known(everyone) - _known(people),
        "comparator_selected": _known(all_selected) - _known(selected),
        "expected": expected,
        "excess": finding.excess if answered else None,
    }


def _known(figure: Figure | None) -> float:
    """A figure as one number; nan where it is not known, or a range of more than one."""
    return math.nan if figure is None or least(figure) != most(figure) else float(least(figure))


def _rate(row: Mapping[str, float], whose: str) -> float:
    people = row[f"{whose}people"]
    return row[f"{whose}selected"] / people if people else math.nan


def _odds_ratio(row: Mapping[str, float]) -> float:
    """The odds of being selected in the group over those of everyone else."""
    cross = row["selected"] * (row["comparator_people"] - row["comparator_selected"])
    other = row["comparator_selected"] * (row["people"] - row["selected"])
    if other:
        return cross / other
    return math.inf if cross > 0 else math.nan


def _reasons(finding: Finding) -> Iterator[str]:
    """Why the level is what it is, and every caution that the report gives beside it."""
    yield from finding.reasons
    yield from finding.cautions
    if finding.in_ranges and "counts are ranges" not in finding.reasons:
        yield "counts are ranges"
    if finding.grounds and (unknown := finding.grounds.unknown):
        turns = (unknown.least.excess > 0) != (unknown.most.excess > 0)
        if turns or finding.grounds.tipping:
            yield "missing answers could turn it"
    if without := most(finding.people.left_out):
        yield f"answers not known: {'at most ' if finding.in_ranges else ''}{without:.0f}"


def by_group(assessment: Assessment, characteristic: str) -> pd.DataFrame:
    """The groups of a characteristic, a row each, those that did not answer included. characteristic: its key.

    Index: group. kind: "answer", or the way of not answering. people: in the file, or in the workforce where that is a table of its own.
    in_scope: in any pool. earlier: of these, dealt with before people were chosen, such as volunteers. at_risk: still there then, in a pool
    where somebody is selected. selected, retained: of those still there, in any pool; selection_rate, retention_rate: these as shares. Numbers are
    floats: nan where they are not known, or where counts are ranges.
    """
    cube, case = assessment.cube, assessment.case
    groups, table = cube.layout.dimensions[characteristic].groups, cube.by_pool(characteristic)
    unknown = np.full(len(groups), np.nan)
    known = np.where(table.low == table.high, table.low, np.nan)
    people, whole = known.sum(axis=(1, 2)), cube.whole_workforce
    if whole and characteristic in whole.amounts:
        people = unknown if whole.are_shares else whole.amounts[characteristic]
    chosen = 1 + case.stages.order.index(case.stages.compulsory)
    pools = known[:, :-1]
    earlier, went = pools[:, :, 1:chosen].sum(axis=2), pools[:, :, chosen:].sum(axis=2)
    there = pools.sum(axis=2) - earlier
    numbers = went.sum(axis=0) if cube.chosen else to_go(cube, case)
    in_pools, selected = there.sum(axis=1), went.sum(axis=1) if cube.chosen else unknown
    rate = np.divide(selected, in_pools, out=unknown.copy(), where=in_pools > 0)
    return pd.DataFrame(
        {
            "kind": pd.array([group.kind for group in groups], dtype="str"),
            "people": people,
            "in_scope": pools.sum(axis=(1, 2)),
            "earlier": earlier.sum(axis=1),
            "at_risk": unknown if numbers is None or np.isnan(numbers).any() else there[:, numbers > 0].sum(axis=1),
            "selected": selected,
            "retained": in_pools - selected,
            "selection_rate": rate,
            "retention_rate": 1 - rate,
        },
        index=pd.Index([group.label for group in groups], dtype="str", name="group"),
    )


def contrasts_frame(further: Further) -> pd.DataFrame:
    """How far each group lies from everyone else in the same pools, a row each; the same columns and types whatever there is.

    Index: measure ("score", or as :class:`~eia.findings.supplementary.subsequent_outcomes.ByNumber` names it), characteristic (its key), group, and
    criterion ("Total", or "" where it is no score). estimate: in marks, in per cent of pay, or a ratio of hazards; ci_low, ci_high: its interval, nan where
    there is none, and then no_interval says why. people, of_group: compared; clusters: pools that they are of; reliable: whether there are enough
    of them. left_out: people whose figures are not known or cannot be used. p_alone, p_adjusted: of the test by ranks beside it.
    """
    rows = list(_apart(further))
    names = [pd.Index([name[place] for name, *_ in rows], dtype="str") for place in range(4)]
    found = [contrast for _, contrast, *_ in rows]
    limits = [(one.interval.low, one.interval.high) if one.interval else (math.nan, math.nan) for one in found]
    floats = {
        "estimate": [one.estimate for one in found],
        "ci_low": [low for low, _ in limits],
        "ci_high": [high for _, high in limits],
        "p_alone": [alone for *_, alone, _ in rows],
        "p_adjusted": [adjusted for *_, adjusted in rows],
    }
    return pd.DataFrame(
        {
            **{name: np.array(values, dtype=np.float64) for name, values in floats.items()},
            **{
                name: np.array([getattr(one, name) for one in found], dtype=np.int64)
                for name in ("people", "of_group", "clusters", "left_out")
            },
            "reliable": np.array([one.reliable for one in found], dtype=np.bool_),
            "no_interval": pd.Categorical([one.no_interval for one in found], categories=get_args(NoInterval)),
        },
        index=pd.MultiIndex.from_arrays(names, names=["measure", "characteristic", "group", "criterion"]),
    )


def _apart(further: Further) -> Iterator[tuple[tuple[str, str, str, str], Contrast, float, float]]:
    for gap in further.scores.gaps if further.scores else ():
        name = ("score", gap.characteristic, gap.group.label, gap.criterion or "Total")
        yield name, gap.contrast, gap.pvalue, gap.adjusted_p
    for number in further.subsequent_outcomes.numbers:
        for group in number.groups:
            if group.contrast:
                name = (number.measure, group.characteristic, group.group.label, "")
                yield name, group.contrast, group.test.pvalue, group.adjusted_p
