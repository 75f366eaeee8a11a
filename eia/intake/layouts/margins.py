"""Takes the facts of a page; gives a row for each group of each characteristic in each pool: its figure, or the sum of those that make it up.

A table that names several characteristics at once tells each of them exactly: the figures of the others are added up. Where
it gives the total too, the two must agree, and a figure that is withheld in one is as narrow as the other makes it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from eia.case import Case
from eia.intake.counts.group_labels import ALL_MINORITIES, is_minority, published_groups
from eia.intake.counts.published_cells import figures, published_marks
from eia.intake.layouts.facts import BLOCK, HEADER, MEASURE, NUMBER, OTHER, PERCENTAGE, POOL, TEXT, TOTAL, dimensions

Measured = tuple[str, bool]


@dataclass(frozen=True, slots=True)
class LongRow:
    """The figures of one group in one pool by what they count. number: the first row of the file that they are from."""

    characteristic: str
    group: str
    pool: str
    number: int
    cells: dict[Measured, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A total that is not what it is the total of. number, header: where it stands. low, high: what the others make.
    other: the row of another table that says something else of the same people; 0 where it is a total."""

    number: int
    header: str
    text: str
    low: float
    high: float
    other: int = 0


def long_rows(facts: pd.DataFrame, case: Case) -> tuple[list[LongRow], list[Contradiction]]:
    """The rows, in the order of the page, and the totals that contradict what they are totals of."""
    ends = [_ends(text, case) for text in facts[TEXT]]
    facts = facts.assign(low=[low for low, _ in ends], high=[high for _, high in ends])
    facts[POOL] = facts[POOL].where(facts[POOL].notna(), TOTAL) if POOL in facts else ""
    rows: dict[tuple[str, str, str], list[LongRow]] = {}
    first: dict[tuple[str, str, str, Measured], tuple[int, str, int]] = {}
    wrong: list[Contradiction] = []
    for block, told in _told_alike(facts):
        for key in (key for key in told if not key.startswith(OTHER)):
            for one in _margin(_told(facts, block, told), key, [other for other in told if other != key], wrong):
                _place(rows, first, one, block, wrong)
    return [row for each in rows.values() for row in each], wrong


def _told_alike(facts: pd.DataFrame) -> list[tuple[int, tuple[str, ...]]]:
    """The tables, and which columns of labels hold for some facts of each; those that tell fewest first."""
    keys = dimensions(facts.drop(columns=["low", "high"]))
    told = facts[keys].notna()
    alike = dict.fromkeys(
        (int(block), tuple(np.array(keys)[row].tolist()))
        for block, row in zip(facts[BLOCK], told.to_numpy(), strict=True)
    )
    return sorted(alike, key=lambda one: (len(one[1]), one[0]))


def _told(facts: pd.DataFrame, block: int, told: Sequence[str]) -> pd.DataFrame:
    """The facts of a table that are told by just these columns of labels."""
    keys = dimensions(facts.drop(columns=["low", "high"]))
    return facts[(facts[BLOCK] == block) & (facts[keys].notna() == [key in told for key in keys]).all(axis=1)]


@dataclass(frozen=True, slots=True)
class _Margin:
    """One figure of a margin."""

    characteristic: str
    group: str
    pool: str
    measured: Measured
    text: str
    number: int
    header: str


def _margin(facts: pd.DataFrame, key: str, others: list[str], wrong: list[Contradiction]) -> Iterator[_Margin]:
    """The figures of one characteristic, the others folded away one by one."""
    for place, other in enumerate(others):
        facts = _folded(facts, other, [key, *others[place + 1 :], POOL, MEASURE, PERCENTAGE], wrong)
    for one in facts.to_dict("records"):
        measured = (str(one[MEASURE]), bool(one[PERCENTAGE]))
        yield _Margin(key, one[key], one[POOL], measured, one[TEXT], int(one[NUMBER]), str(one[HEADER]))


def _folded(facts: pd.DataFrame, other: str, by: list[str], wrong: list[Contradiction]) -> pd.DataFrame:
    """The facts for all of one column of labels together: as given, and else as the sum over it. The two must agree."""
    given = facts[facts[other] == TOTAL]
    parts = facts[
        (facts[other] != TOTAL) & ~facts[PERCENTAGE].astype(bool) & ~facts[other].isin(_subtotals(facts[other]))
    ]
    sums = parts.groupby(by, sort=False).agg(
        **{TEXT: (TEXT, "first"), NUMBER: (NUMBER, "min"), HEADER: (HEADER, "first")},
        low=("low", "sum"), high=("high", "sum"), parts=(TEXT, "size"), labels=(other, "nunique"),
    )  # fmt: skip
    # what is not listed is 0 in a table of cells, and merely not given in a row of totals
    of_totals = (sums.index.to_frame()[by[:-3]] == TOTAL).any(axis=1)
    sums = sums[~of_totals | (sums["labels"] == parts[other].nunique())]
    found = []
    for one in given.to_dict("records"):
        at = tuple(one[name] for name in by)
        if at in sums.index:
            low, high = max(one["low"], sums.at[at, "low"]), min(one["high"], sums.at[at, "high"])
            if low > high:
                wrong.append(
                    Contradiction(one[NUMBER], one[HEADER], one[TEXT], sums.at[at, "low"], sums.at[at, "high"])
                )
            elif (low, high) != (one["low"], one["high"]):
                one |= {TEXT: _written(low, high), "low": low, "high": high}
        found.append(one)
    alone = sums[~sums.index.isin(given.set_index(by).index)].reset_index()
    added = alone["parts"] > 1
    alone.loc[added, TEXT] = [_written(low, high) for low, high in alone.loc[added, ["low", "high"]].to_numpy()]
    return pd.concat([pd.DataFrame(found, columns=facts.columns), alone], ignore_index=True)


def _subtotals(labels: pd.Series[str]) -> set[str]:
    """The labels that count several of the others together: all minority ethnic groups, beside any of them."""
    groups = dict(zip(distinct := list(dict.fromkeys(labels)), published_groups("race", distinct, Case()), strict=True))
    minorities = [
        label for label, group in groups.items() if group and group.kind == "answer" and is_minority(group.label)
    ]
    wholes = {label for label in minorities if (group := groups[label]) and group.label == ALL_MINORITIES}
    return wholes if len(minorities) > len(wholes) else set()


def _place(
    rows: dict[tuple[str, str, str], list[LongRow]],
    first: dict[tuple[str, str, str, Measured], tuple[int, str, int]],
    one: _Margin,
    block: int,
    wrong: list[Contradiction],
) -> None:
    """Put a figure into the row of its group. What another table gave already must be the same; what stands twice in one table
    makes a row of its own, which is then found to repeat another."""
    at = (one.characteristic, one.group, one.pool)
    table, text, number = first.setdefault((*at, one.measured), (block, one.text, one.number))
    if table != block:
        if text != one.text and text.isdecimal() and one.text.isdecimal():
            wrong.append(Contradiction(one.number, one.header, one.text, float(text), float(text), number))
        return
    of_group = rows.setdefault(at, [])
    row = next((row for row in of_group if one.measured not in row.cells), None)
    if row is None:
        row = LongRow(one.characteristic, one.group, one.pool, one.number)
        of_group.append(row)
    row.cells[one.measured] = one.text


def _ends(text: str, case: Case) -> tuple[float, float]:
    """The least and the most that a cell states."""
    stated = [
        figure
        for figure in figures(text, rounded_to=case.counts.rounded_to, marks=published_marks(case))
        if not figure.parts
    ]
    if not stated:
        return 0.0, math.inf
    return float(stated[0].low), math.inf if stated[0].high is None else float(stated[0].high)


def _written(low: float, high: float) -> str:
    """From the least to the most, as a published cell would say it."""
    if low == high:
        return f"{low:.0f}"
    return f"at least {low:.0f}" if math.isinf(high) else f"{low:.0f} to {high:.0f}"
