"""Takes the people, who was chosen and in which round, or the comparisons of earlier rounds; gives each group round by round, and all
added up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from eia.case import Case
from eia.counts.stages import Choosing
from eia.findings.core.comparisons import Comparison, family
from eia.intake.workforce import codes_of
from eia.stats.exact.selection_rounds import SelectionRounds, selection_rounds
from eia.vocabulary.characteristics import Group


@dataclass(frozen=True, slots=True, kw_only=True)
class ByRound:
    """One group over the rounds of selection, each with the people then at risk. characteristic: its key."""

    characteristic: str
    group: Group
    result: SelectionRounds


def by_round(choosing: Choosing, case: Case, compared: Sequence[Comparison], pools: int) -> tuple[ByRound, ...]:
    """Every answer that can tell anything, each comparison once; nothing where the file names fewer than two rounds."""
    people = choosing.people
    if "round" not in people:
        return ()
    number = codes_of(people, "round") + np.int32(1)  # 0 for those not selected
    if np.unique(number[choosing.selected]).size < 2:
        return ()
    told = [compared[place] for place in family(compared) if compared[place].group_of.kind == "answer"]
    return tuple(_by_round(comparison, choosing, number, case, pools) for comparison in told if len(people))


def _by_round(
    comparison: Comparison, choosing: Choosing, number: npt.NDArray[np.int32], case: Case, pools: int
) -> ByRound:
    key = comparison.dimension.characteristic.key
    codes, pool = codes_of(choosing.people, key), codes_of(choosing.people, "pool")
    known, member = comparison.among[codes], codes == comparison.index

    def counted(which: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
        return np.bincount(pool[which], minlength=pools)

    each = range(1, int(number.max()) + 1)
    chosen = [number == this for this in each]
    at_risk = [(number == 0) | (number >= this) for this in each]
    return ByRound(
        characteristic=key,
        group=comparison.group_of,
        result=selection_rounds(
            group_selected=np.array([counted(member & now) for now in chosen]),
            group_total=np.array([counted(member & now) for now in at_risk]),
            selected=np.array([counted(known & now) for now in chosen]),
            total=np.array([counted(known & now) for now in at_risk]),
            level=case.analysis.level,
        ),
    )


def added_up(
    compared: Sequence[Comparison], earlier: Sequence[Sequence[Comparison]], case: Case
) -> tuple[ByRound, ...]:
    """Every answer that was compared in an earlier round too, with every pool of every round a pool of its own.

    compared: of this round, taken whole. earlier: of the rounds before it, in the order of time; one in which nobody was chosen is left out.
    """
    found = []
    for place in family(compared):
        now = compared[place]
        before = [one for round_ in earlier for one in round_ if one.chosen and _same(one, now)]
        if now.chosen and now.group_of.kind == "answer" and before:
            result = selection_rounds(**_side_by_side([*before, now]), level=case.analysis.level)
            found.append(ByRound(characteristic=now.dimension.characteristic.key, group=now.group_of, result=result))
    return tuple(found)


def _same(one: Comparison, other: Comparison) -> bool:
    return (one.dimension.characteristic.key, one.group_of) == (other.dimension.characteristic.key, other.group_of)


def _side_by_side(rounds: Sequence[Comparison]) -> dict[str, npt.NDArray[np.int64]]:
    """The margins of each round (rows) in pools of their own (columns)."""
    margins = [one.margins() for one in rounds]
    ends = np.cumsum([0, *(len(each["total"]) for each in margins)])
    together = {name: np.zeros((len(rounds), ends[-1]), dtype=np.int64) for name in margins[0]}
    for row, each in enumerate(margins):
        for name, counts in each.items():
            together[name][row, ends[row] : ends[row + 1]] = counts
    return together
