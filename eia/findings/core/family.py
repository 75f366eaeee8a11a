"""Takes the Comparisons of a question and the case; gives how the error of their family is shared out, and which are families of their own.

The shares are fixed before anything is looked at. They say where a gap would be missed least, and nothing of who matters more.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from eia.case import Case
from eia.findings.core.comparison_bounds import OfOneGroup
from eia.stats.multiplicity import FamilyWeights

CORE = frozenset({
    "sex", "gender", "disability", "race_group", "working_pattern", "contract", "contract_short", "pregnancy_maternity", "family_leave",
})  # fmt: skip
"""Characteristics whose groups are the core of the family, as is the trend with age: what disputes about redundancies are most often about."""

CORE_WEIGHT = 10.0
"""The weight of each comparison of the core; every other one has 1."""


def family_weights(compared: Sequence[OfOneGroup], case: Case, *, age_trend: bool = False) -> FamilyWeights:
    """The weight of every comparison, and the characteristic that it belongs to. age_trend: whether the trend with age comes last.

    People without a known answer are not of the core. A characteristic that the case declares has half of the error, shared evenly.
    """
    keys = [comparison.dimension.characteristic.key for comparison in compared]
    core = [
        key in CORE and comparison.group_of.kind == "answer" for key, comparison in zip(keys, compared, strict=True)
    ]
    keys += ["age"] * age_trend
    weights = np.where([*core, *[True] * age_trend], CORE_WEIGHT, 1.0)
    declared = np.array([key == case.analysis.declared for key in keys], dtype=bool)
    if declared.any() and not declared.all():
        weights[declared] = weights[~declared].sum() / declared.sum()
    return FamilyWeights(weights, np.unique(keys, return_inverse=True)[1])
