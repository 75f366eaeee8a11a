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
    if POOL not in facts:
        facts[POOL] = np.nan
    rows: dict[tuple[str, str, str], list[LongRow]] = {}
    first: dict[tuple[str, str, str, Measured], tuple[int, str, int]] = {}
    wrong: list[Contradiction] = []
    pools = facts[POOL].notna().any()
    facts[POOL] = facts[POOL].fillna(TOTAL if pools else "")
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
    """The figures of one characteristic: as given for everybody of the others together, and as the sum over the others."""
    by = [key, POOL, MEASURE, PERCENTAGE]
    given = facts[(facts[others] == TOTAL).all(axis=1)]
    summed = facts[(facts[others] != TOTAL).all(axis=1) & ~facts[PERCENTAGE]] if others else facts.iloc[:0]
    sums = summed.groupby(by, sort=False).agg(
        low=("low", "sum"),
        high=("high", "sum"),
        number=(NUMBER, "min"),
        header=(HEADER, "first"),
        text=(TEXT, "first"),
        rows=(TEXT, "size"),
    )
    seen = set()
    for one in given.to_dict("records"):
        at = tuple(one[name] for name in by)
        seen.add(at)
        low, high, text, number, header = one["low"], one["high"], one[TEXT], one[NUMBER], one[HEADER]
        if at in sums.index:
            least, most = sums.at[at, "low"], sums.at[at, "high"]
            if max(low, least) > min(high, most):
                wrong.append(Contradiction(number, header, text, least, most))
            elif (max(low, least), min(high, most)) != (low, high):
                text = _written(max(low, least), min(high, most))
        yield _Margin(key, at[0], at[1], (at[2], bool(at[3])), text, number, header)
    for at, row in sums.iterrows():
        if at not in seen:
            text = row["text"] if row["rows"] == 1 else _written(row["low"], row["high"])
            yield _Margin(key, at[0], at[1], (at[2], bool(at[3])), text, int(row["number"]), str(row["header"]))


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
