"""Takes amounts of pay, who is of a group, and grade, service and hours; gives by how many per cent the group's amounts differ."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from eia.stats.models.contrast import Contrast, within_strata


def pay_difference(
    *,
    amount: ArrayLike,
    group: ArrayLike,
    stratum: ArrayLike,
    level: float,
    covariates: ArrayLike | None = None,
    cluster: ArrayLike | None = None,
) -> Contrast:
    """Compare a group's amounts with those of everyone else in the same strata, allowing for covariates: the difference in per cent.

    Parameters
    ----------
    amount: (people,) pounds, or weeks of pay; ``nan`` where not known. Amounts of 0 and below have no logarithm: they are left out, and counted.
    group: (people,) True or False, of people whose answer is known. stratum: (people,) whole numbers from 0: pool or grade.
    level: of the interval. covariates: (people, columns), such as service and hours. cluster: as :func:`~eia.stats.models.contrast.within_strata`.

    Returns
    -------
    Contrast, ``estimate`` above 0 where the group's amounts are the larger: 100 · (exp(b) - 1) for a difference b of mean logarithms.

    Notes
    -----
    Ordinary least squares of the logarithm; formula and edges as :func:`~eia.stats.models.contrast.within_strata`. What is compared are
    geometric means, so that one very large amount does not decide.

    Example
    -------
    In each of three pools the group loses twice, twice and four times as much.

    >>> found = pay_difference(amount=[200, 100, 600, 300, 400, 100, 0], group=[True, False] * 3 + [True], stratum=[0, 0, 1, 1, 2, 2, 2],
    ...                        level=0.95)
    >>> round(found.estimate), found.people, found.left_out, found.clusters
    (152, 6, 1, 3)
    """
    pounds = np.asarray(amount, dtype=np.float64)
    logs = np.log(pounds, out=np.full(pounds.shape, np.nan), where=pounds > 0)
    found = within_strata(
        value=logs, group=group, stratum=stratum, cluster=cluster, covariates=covariates, level=level, method="per cent, OLS of logs, CR1"
    )  # fmt: skip
    limits = found.interval and replace(
        found.interval, low=_per_cent(found.interval.low), high=_per_cent(found.interval.high)
    )
    return replace(found, estimate=_per_cent(found.estimate), interval=limits)


def _per_cent(difference: float) -> float:
    """A difference of logarithms in per cent; infinite beyond what a float holds."""
    with np.errstate(over="ignore"):
        return 100.0 * float(np.expm1(difference))
