"""Takes the people, who was chosen and the findings; gives each disparity before and after allowing for what the case names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from eia.case import Case
from eia.counts.stages import Choosing
from eia.findings.core.comparisons import Comparison
from eia.findings.core.finding import STANDING_OUT, Finding
from eia.intake.workforce import codes_of, numbers_of
from eia.stats.effect_sizes.adjusted_odds_ratio import AdjustedOddsRatio, adjusted_odds_ratio
from eia.vocabulary.characteristics import Group

_Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustedComparison:
    """One disparity allowing for other things. It never changes the evidence level.

    characteristic: its key. allowing: what was allowed for; dropped: what could not be, since it does not vary inside pools or
    says the same as what stands before it. left_out: people without an age or service that was asked for.
    """

    characteristic: str
    group: Group
    allowing: tuple[str, ...]
    dropped: tuple[str, ...]
    left_out: int
    result: AdjustedOddsRatio


def adjusted_comparisons(
    choosing: Choosing, case: Case, compared: Sequence[Comparison], findings: Sequence[Finding]
) -> tuple[AdjustedComparison, ...]:
    """Every disparity found or standing out alone, each comparison once, allowing for what the case names beforehand.

    findings: of who is selected within each pool, one a comparison.
    """
    if not case.analysis.adjust_for:
        return ()
    return tuple(
        _allow(choosing.people, choosing.selected, case, comparison)
        for comparison, finding in zip(compared, findings, strict=True)
        if finding.level in STANDING_OUT and not finding.mirrored
    )


def _allow(
    people: pd.DataFrame, selected: npt.NDArray[np.bool_], case: Case, comparison: Comparison
) -> AdjustedComparison:
    key = comparison.dimension.characteristic.key
    asked = [name for name in case.analysis.adjust_for if name != key]
    columns = [adjuster_columns(people, name) for name in asked]
    names = [name for name, column in zip(asked, columns, strict=True) for _ in range(column.shape[1])]
    matrix = np.concatenate([np.empty((selected.size, 0)), *columns], axis=1)
    codes = codes_of(people, key)
    known = comparison.among[codes]
    complete = ~np.isnan(matrix).any(axis=1)
    result = adjusted_odds_ratio(
        selected=selected[known & complete],
        group=codes[known & complete] == comparison.index,
        pool=codes_of(people, "pool")[known & complete],
        adjusters=matrix[known & complete],
        level=case.analysis.level,
    )
    used = tuple(dict.fromkeys(names[place] for place in result.used))
    return AdjustedComparison(
        characteristic=key,
        group=comparison.group_of,
        allowing=used,
        dropped=tuple(name for name in asked if name not in used),
        left_out=int((known & ~complete).sum()),
        result=result,
    )


def adjuster_columns(people: pd.DataFrame, name: str) -> _Matrix:
    """What is allowed for as columns of numbers: years and hours as they are, a characteristic as one column a group but the first.

    No column where the file does not say.
    """
    number = numbers_of(people, {"age": "age_years", "service": "service_years", "hours": "fte"}.get(name, ""))
    if number is not None:
        return number.astype(np.float64)[:, None]
    if name not in people:
        return np.empty((len(people), 0))
    codes = codes_of(people, name)
    columns: _Matrix = (codes[:, None] == np.unique(codes)[1:]).astype(np.float64)
    return columns
