"""Takes the Comparisons of a family and their tests; gives whether the pools of each agree with one another.

Against the group in one pool and for it in another would otherwise come out as nothing at all.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from eia import budget
from eia.case import Case
from eia.findings.core.comparisons import AnyComparison, Comparison
from eia.findings.draws import draws_of
from eia.stats.bounds.stratified_test_bounds import StratifiedTestBounds
from eia.stats.exact.homogeneity import pools_given_total, zelen_monte_carlo
from eia.stats.multiplicity import holm
from eia.stats.results import StratifiedTest
from eia.stats.sensitivity.pool_contributions import PoolContributions, pool_contributions

FIRST_LOOK = 199
"""Tables drawn at first; and where p might be small, which it has to be in a family, at most."""

FAR_FROM_SMALL = 3.0
"""Times alpha: a first p above this is settled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolAgreement:
    """Of one comparison.

    agreement: p that its pools share one odds ratio; nan where there are not two. differ: p that they do, and that no single pool stands out among
    them, in the family of all comparisons. driving: which pools its excess comes from.
    """

    agreement: float
    differ: float
    driving: PoolContributions


def pool_agreement(
    members: Sequence[tuple[AnyComparison, StratifiedTest | StratifiedTestBounds | None]], case: Case
) -> dict[int, PoolAgreement]:
    """Whether pools agree, by the place of each comparison of exact counts.

    A family of its own: among many comparisons some pools always seem to differ. Among many pools that agree a test of them all may not
    see one that stands out; so both are asked, each with half of the error.
    """
    exact = {
        at: (comparison, test)
        for at, (comparison, test) in enumerate(members)
        if isinstance(comparison, Comparison) and isinstance(test, StratifiedTest)
    }
    driving = {at: pool_contributions(**comparison.margins()) for at, (comparison, _) in exact.items()}
    shared = {at: agreement(comparison, test, case) for at, (comparison, test) in exact.items()}
    either = [min(0.5, _p(shared[at]), _standing_out(comparison)) * 2.0 for at, (comparison, _) in exact.items()]
    differ = dict(zip(exact, holm(either).tolist(), strict=True))
    return {at: PoolAgreement(agreement=shared[at], differ=differ[at], driving=driving[at]) for at in exact}


def _p(value: float) -> float:
    return 1.0 if math.isnan(value) else value


def _standing_out(comparison: Comparison) -> float:
    """The p of the pool that stands out most among the others, allowing for their number; 1 where that cannot be told."""
    midp = pools_given_total(**comparison.margins())
    return 1.0 if midp is None else float(holm(midp).min())


def agreement(comparison: Comparison, test: StratifiedTest, case: Case) -> float:
    """P that the pools share one odds ratio: Zelen's exact test where it can be made. Where it cannot, and Tarone's says
    that they differ, Zelen's by drawing, since Tarone's raises false alarms in small pools; in large ones Tarone's stands.
    """
    if test.homogeneity.zelen_pvalue is not None:
        return test.homogeneity.zelen_pvalue
    if not test.homogeneity.pvalue <= case.analysis.alpha:
        return test.homogeneity.pvalue
    name = f"{comparison.dimension.characteristic.key}/{comparison.group_of.label}"
    drawn = None
    for draws in (FIRST_LOOK, min(budget.DRAWS_OF_AGREEMENT, draws_of(case, comparison.pools))):
        rng = np.random.default_rng(zlib.crc32(name.encode()))  # the same draws for the same group in every run
        drawn = zelen_monte_carlo(**comparison.margins(), rng=rng, draws=draws)
        if drawn is None or drawn > FAR_FROM_SMALL * case.analysis.alpha:
            break
    return test.homogeneity.pvalue if drawn is None else drawn
