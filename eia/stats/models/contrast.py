"""Takes a number for each person, who is of a group and what is compared within; gives the Contrast of the group with everyone else.

The regression of the number on membership with an effect of every stratum, its errors clustered. With one coefficient wanted it is a
closed form (Frisch, Waugh and Lovell): three sums over people. The tests hold it to statsmodels and R; importing statsmodels for it would
cost a second or two wherever there are scores.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import stdtrit

from eia.stats import checks
from eia.stats.checks import Flags, Floats, Ints
from eia.stats.exact.informative_pools import some_but_not_all
from eia.stats.results import Interval

FEW_CLUSTERS = 20
"""With fewer, clustered errors are too small by an amount that nobody knows (Cameron and Miller 2015, VI.A)."""

ROUNDING = 1e-10
"""A part of a number's size below which it is an artefact of binary arithmetic."""

NoInterval = Literal[
    "nobody to compare", "all the same", "told by what is allowed for", "one cluster", "clusters agree", "one side alone", "not settled"
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    """One group against everyone else in the same strata.

    estimate: a difference of means, a difference in per cent or a ratio of hazards, as ``method`` says; ``nan`` where undefined.
    interval: None where there is none, and then ``no_interval`` says why:
        nobody to compare: no stratum holds both sides (estimate nan). all the same: nothing differs within any stratum (estimate 0).
        told by what is allowed for: who is of the group follows from the covariates (estimate nan). one cluster: nothing to learn from
        how clusters differ. clusters agree: they do not differ at all. one side alone: whenever both sides waited, only one of them was
        placed (estimate 0 or inf). not settled: the search for the estimate did not end (estimate nan).
    people, of_group: compared, in strata that hold both sides. clusters: that they are of.
    left_out: people whose number, or what is allowed for, is not known or cannot be used.
    """

    estimate: float
    interval: Interval | None
    no_interval: NoInterval | None
    people: int
    of_group: int
    clusters: int
    left_out: int
    method: str

    @classmethod
    def of(
        cls,
        estimate: float,
        found: Interval | NoInterval,
        *,
        inside: Flags,
        group: Flags,
        known: Flags,
        clusters: int,
        method: str,
    ) -> Contrast:
        """A contrast of the people inside, with its interval or with why there is none."""
        interval, no_interval = (found, None) if isinstance(found, Interval) else (None, found)
        return cls(
            estimate=estimate,
            interval=interval,
            no_interval=no_interval,
            people=int(inside.sum()),
            of_group=int(group[inside].sum()),
            clusters=clusters,
            left_out=int((~known).sum()),
            method=method,
        )

    @property
    def reliable(self) -> bool:
        """Whether there are clusters enough for the interval to cover as it promises."""
        return self.interval is not None and self.clusters >= FEW_CLUSTERS

    @property
    def smaller_side(self) -> int:
        """How many people the smaller of the two sides has."""
        return min(self.of_group, self.people - self.of_group)


def two_sided(*, group: Flags, stratum: Ints | NDArray[np.int32], known: Flags) -> Flags:
    """Who is compared: people of known number in strata that hold somebody of the group and somebody else.

    >>> two_sided(group=np.array([1, 0, 1, 1, 0], bool), stratum=np.array([0, 0, 1, 1, 1]), known=np.array([1, 1, 1, 1, 0], bool))
    array([ True,  True, False, False, False])
    """
    size = int(stratum.max(initial=-1)) + 1
    ours, everyone = (np.bincount(stratum[some], minlength=size) for some in (known & group, known))
    inside: Flags = known & some_but_not_all(ours, everyone)[stratum]
    return inside


def within_strata(
    *,
    value: ArrayLike,
    group: ArrayLike,
    stratum: ArrayLike,
    level: float,
    cluster: ArrayLike | None = None,
    covariates: ArrayLike | None = None,
    method: str = "OLS within strata, CR1",
) -> Contrast:
    """Compare a group's mean with that of everyone else in the same strata, allowing for covariates, with clustered errors.

    Parameters
    ----------
    value: (people,) numbers, ``nan`` where not known. group: (people,) True or False. stratum: (people,) whole numbers from 0.
    cluster: (people,) whole numbers from 0, of people whose numbers may err together; the strata where None.
    covariates: (people, columns) numbers, ``nan`` where not known. level: of the interval.

    Returns
    -------
    Contrast: see there for every field and edge.

    Raises
    ------
    EiaError where an array is not of its kind or not of the same people as the others, or the level is not between 0 and 1.

    Notes
    -----
    Membership x, the number y and the covariates are taken less their mean in the stratum, and x and y less what the covariates explain. Then
    b = Σxy / Σx², e = y - bx, and

        var(b) = G/(G-1) · (N-1)/(N-K) · Σ_clusters (Σ xe)² / (Σx²)²,   interval b ± t(G-1) · sd(b)

    with G clusters, N people and K coefficients. Effects of strata count in K only where strata lie across clusters: within them they are
    estimated from the cluster alone (Cameron and Miller 2015, III.B).

    References
    ----------
    Liang and Zeger (1986), *Biometrika* 73, 13-22; Cameron and Miller (2015), *Journal of Human Resources* 50, 317-372.

    Example
    -------
    The difference is 2 in one stratum, 4 in another, and that of the third cannot be told.

    >>> found = within_strata(value=[3, 1, 9, 5, 7], group=[True, False, True, False, True], stratum=[0, 0, 1, 1, 2], level=0.95)
    >>> found.estimate, found.people, found.clusters
    (3.0, 4, 2)
    """
    tail = checks.error_rate(level) / 2
    given = {"stratum": stratum} if cluster is None else {"stratum": stratum, "cluster": cluster}
    strata, *clusters = checks.counts(given).values()
    number, member = np.asarray(value), np.asarray(group)
    faults = checks.not_of_people(
        strata.size,
        {"value": ("iuf", number), "group": ("b", member)},
        allowed="True or False in group, finite numbers in value.",
    )
    checks.refuse(faults)
    others = np.empty((number.size, 0)) if covariates is None else np.asarray(covariates, dtype=np.float64)
    known = np.isfinite(number) & np.isfinite(others).all(axis=1)
    inside = two_sided(group=member, stratum=strata, known=known)
    within, several = _numbered(strata[inside])
    together, groups = _numbered(clusters[0][inside]) if clusters else (within, several)
    contrast = partial(Contrast.of, inside=inside, group=member, known=known, clusters=groups, method=method)
    if not inside.any():
        return contrast(math.nan, "nobody to compare")
    sides, centred = _centred(member[inside][:, None], within), _centred(number[inside][:, None], within)
    if np.abs(centred).max() <= ROUNDING * np.abs(number[inside]).max():
        return contrast(0.0, "all the same")
    (x, y), explained = _allowing(np.hstack([sides, centred]), _centred(others[inside], within))
    spread = float(x @ x)
    if spread <= ROUNDING * float(sides[:, 0] @ sides[:, 0]):
        return contrast(math.nan, "told by what is allowed for")
    slope = float(x @ y) / spread
    if groups == 1:
        return contrast(slope, "one cluster")
    pulls = np.bincount(together, weights=x * (y - slope * x))
    nested = np.unique(within * groups + together).size == several
    free = x.size - 1 - explained - (0 if nested else several)
    if free <= 0 or np.abs(pulls).max() <= ROUNDING * float(np.abs(x) @ np.abs(centred[:, 0])):
        return contrast(slope, "clusters agree")
    correction = groups / (groups - 1) * (x.size - 1) / free
    reach = -float(stdtrit(groups - 1, tail)) * math.sqrt(correction * float(pulls @ pulls)) / spread
    return contrast(slope, Interval(low=slope - reach, high=slope + reach, level=level, method="CR1, t"))


def _numbered(codes: Ints) -> tuple[Ints, int]:
    """Codes numbered from 0 without gaps, and how many there are."""
    held = np.bincount(codes) > 0
    return (np.cumsum(held) - 1)[codes], int(held.sum())


def _centred(columns: NDArray[np.generic], stratum: Ints) -> Floats:
    """Columns less their mean in the stratum."""
    people = np.bincount(stratum)
    centred = columns.astype(np.float64)
    for column in centred.T:
        column -= (np.bincount(stratum, weights=column) / people)[stratum]
    return centred


def _allowing(columns: Floats, covariates: Floats) -> tuple[Floats, int]:
    """Columns, as rows, less what the covariates explain of them; and how many of the covariates say anything of their own."""
    size = np.sqrt((covariates**2).sum(axis=0))
    scaled = covariates[:, size > 0] / size[size > 0]
    if not scaled.shape[1]:
        return columns.T, 0
    effects, _, rank, _ = np.linalg.lstsq(scaled, columns, rcond=ROUNDING)
    return (columns - scaled @ effects).T, int(rank)
