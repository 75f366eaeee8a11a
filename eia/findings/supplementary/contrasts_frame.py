"""Takes what stands beside the findings; gives every difference in marks, pay and time as a data frame, at full precision."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import get_args

import numpy as np
import pandas as pd

from eia.findings.supplementary.look_further import Supplementary
from eia.stats.models.contrast import Contrast, NoInterval

_Name = tuple[str, str, str, str]


def contrasts_frame(further: Supplementary) -> pd.DataFrame:
    """How far each group lies from everyone else in the same pools, a row each; the same columns and types whatever there is.

    Index: measure ("score", or as :class:`~eia.findings.supplementary.subsequent_outcomes.ByNumber` names it), characteristic (its key), group, and
    criterion ("Total", or "" where it is no score). estimate: in marks, in per cent of pay, or a ratio of hazards; ci_low, ci_high: its interval, nan where
    there is none, and then no_interval says why. people, of_group: compared; clusters: pools that they are of; reliable: whether there are enough
    of them. left_out: people whose figures are not known or cannot be used. p_alone, p_adjusted: of the test by ranks beside it.
    """
    rows = list(_rows(further))
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


def _rows(further: Supplementary) -> Iterator[tuple[_Name, Contrast, float, float]]:
    for gap in further.scores.gaps if further.scores else ():
        name = ("score", gap.characteristic, gap.group.label, gap.criterion or "Total")
        yield name, gap.contrast, gap.pvalue, gap.adjusted_p
    for number in further.subsequent_outcomes.numbers:
        for group in number.groups:
            if group.contrast:
                name = (number.measure, group.characteristic, group.group.label, "")
                yield name, group.contrast, group.test.pvalue, group.adjusted_p
