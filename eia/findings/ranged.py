"""Takes a Cube some of whose counts are ranges; gives who goes within a job for these, over every table that fits them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from eia.case import Case
from eia.counts.codes import Dimension
from eia.counts.cube import Counts, Cube, Table
from eia.findings.finding import Direction, Level, Reason
from eia.findings.rules import judge
from eia.law.characteristics import Characteristic, Group
from eia.stats.multiplicity import holm
from eia.stats.ranges import RangedTest, ranged_test

_Ends = tuple[Counts, Counts]


@dataclass(frozen=True, slots=True, kw_only=True)
class RangedFinding:
    """One group whose counts are ranges. A level is given only where every table that fits gives it.

    test: None where no pool could tell anything in any table. adjusted_p: of the largest mid-p that fits, in the family of
    selection, by Holm's method.
    """

    characteristic: Characteristic
    group: Group
    test: RangedTest | None
    adjusted_p: float
    level: Level
    direction: Direction | None
    reasons: tuple[Reason, ...]


def ranged(cube: Cube, case: Case, exact: Sequence[float]) -> tuple[RangedFinding, ...]:
    """Judge every answer of every characteristic that has ranges.

    exact: the mid-p of the comparisons counted exactly, which are in the same family.
    """
    if "selection" not in case.analysis.questions or not cube.chosen:
        return ()
    tested = _tested(cube, case)
    repeats = _repeats(tested)
    largest = _largest(tested)
    adjusted = iter(holm([*exact, *largest])[len(exact) :].tolist())
    p_of = {place: next(adjusted) for place, (_, _, test) in enumerate(tested) if test and place not in repeats}
    p_of |= {place: p_of[partner] for place, partner in repeats.items()}
    return tuple(
        _judged(dimension, index, test, p_of.get(place, float("nan")), case)
        for place, (dimension, index, test) in enumerate(tested)
    )


def largest_pvalues(cube: Cube, case: Case) -> list[float]:
    """The largest mid-p that fits, of each comparison of ranges: what they add to the family of selection."""
    return _largest(_tested(cube, case)) if cube.chosen else []


_Tested = tuple[Dimension, int, RangedTest | None]


def _largest(tested: Sequence[_Tested]) -> list[float]:
    repeats = _repeats(tested)
    return [test.midp.high for place, (_, _, test) in enumerate(tested) if test and place not in repeats]


def _tested(cube: Cube, case: Case) -> list[_Tested]:
    return [
        (dimension, index, _test(cube.by_pool(key), dimension, index, case))
        for key, dimension in cube.layout.dimensions.items()
        if cube.tables[key].are_ranges
        for index, group in enumerate(dimension.groups)
        if group.kind == "answer"
    ]


def _repeats(tested: Sequence[_Tested]) -> dict[int, int]:
    """The second of two tested answers of a characteristic repeats the first."""
    places: dict[str, list[int]] = {}
    for place, (dimension, _, test) in enumerate(tested):
        if test:
            places.setdefault(dimension.characteristic.key, []).append(place)
    return {two[1]: two[0] for two in places.values() if len(two) == 2}


def _test(table: Table, dimension: Dimension, index: int, case: Case) -> RangedTest | None:
    """The test over all tables that fit; None where no pool could tell anything in any of them."""
    at = 1 + case.stages.order.index(case.stages.compulsory)
    answers = np.array([group.kind == "answer" for group in dimension.groups])
    cells, group, selected, everyone = _ends(table, answers, at)
    chosen = (cells[0][index, :-1, at:].sum(axis=1), cells[1][index, :-1, at:].sum(axis=1))
    of_group = (group[0][index, :-1], group[1][index, :-1])
    went, there = (selected[0][:-1], selected[1][:-1]), (everyone[0][:-1], everyone[1][:-1])
    can_tell = (of_group[1] > 0) & (of_group[0] < there[1]) & (went[1] > 0) & (went[0] < there[1])
    if not can_tell.any():
        return None
    return ranged_test(
        group_selected=chosen, group_total=of_group, selected=went, total=there, level=case.analysis.level
    )


def _ends(table: Table, answers: npt.NDArray[np.bool_], at: int) -> tuple[_Ends, _Ends, _Ends, _Ends]:
    """The cells, and by pool everybody of each group, and those who answered, selected and in all; each as its two ends.

    Sums are at least as narrow as the table knows them. People gone before anybody was chosen are in none of them.
    """
    cells = (table.low, table.high)
    kept = [0, *range(at, table.low.shape[2])]
    sums = [
        (
            end[:, :, kept].sum(axis=2),
            end[answers][:, :, at:].sum(axis=(0, 2)),
            end[answers][:, :, kept].sum(axis=(0, 2)),
        )
        for end in cells
    ]
    group, selected, everyone = (tuple(ends) for ends in zip(*sums, strict=True))
    margins = table.margins
    gone_before = bool(table.high[:, :, 1:at].any())
    if margins is None or gone_before:
        return cells, group, selected, everyone
    return (
        cells,
        _narrowed(group, margins.group),
        _narrowed(selected, margins.selected),
        _narrowed(everyone, margins.everyone),
    )


def _narrowed(ours: _Ends, theirs: tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]) -> _Ends:
    return np.maximum(ours[0], theirs[0].astype(np.int64)), np.minimum(ours[1], theirs[1].astype(np.int64))


def _judged(dimension: Dimension, index: int, test: RangedTest | None, adjusted_p: float, case: Case) -> RangedFinding:
    level: Level = "not tested"
    direction: Direction | None = None
    reasons: tuple[Reason, ...] = ("nobody to compare",)
    if test is not None:
        level, direction, reasons = _level(test, adjusted_p, case)
    return RangedFinding(
        characteristic=dimension.characteristic,
        group=dimension.groups[index],
        test=test,
        adjusted_p=adjusted_p,
        level=level,
        direction=direction,
        reasons=reasons,
    )


def _level(test: RangedTest, adjusted_p: float, case: Case) -> tuple[Level, Direction | None, tuple[Reason, ...]]:
    """The level by the largest p; "cannot tell" where a smaller p that fits would give another."""
    excess = test.excess.low if test.excess.low > 0 else test.excess.high
    one_sided = test.excess.low > 0 or test.excess.high < 0
    level, direction, reasons = judge(
        pvalue=test.midp.high if one_sided else 1.0,
        adjusted_p=adjusted_p if one_sided else 1.0,
        odds_ratio=test.interval,
        excess=excess,
        conventions=case.analysis,
        doubts=("counts are ranges",) if test.midp.low <= case.analysis.alpha < test.midp.high else (),
    )
    return level, direction, reasons
